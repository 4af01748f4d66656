"""The sentences of the minutes, each from the rows that it tells of: nothing is typed twice, and nothing that
they say can contradict the record (rules, section 3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from commission_app.domain.agendas import Outcome
from commission_app.domain.dates import hour_text, long_day
from commission_app.domain.meetings import Attendance, AttendanceState
from commission_app.domain.minutes_paper import MinutesPart, PartKind
from commission_app.domain.motions import Threshold
from commission_app.domain.proceedings import (
    ActionItem,
    AddedGround,
    Answer,
    Departure,
    ItemNote,
    Method,
    Motion,
    MotionResult,
    Purpose,
    Recess,
    Recusal,
    Seating,
    Speaker,
    Vote,
)

_METHODS: Final = {
    Method.VOICE: "Voice vote.",
    Method.ROLL_CALL: "Roll-call vote.",
    Method.UNANIMOUS_CONSENT: "By unanimous consent.",
}
_ANSWERS: Final = {
    Answer.AYE: "Ayes",
    Answer.NO: "Noes",
    Answer.ABSTAIN: "Abstained",
    Answer.RECUSED: "Recused",
    Answer.ABSENT: "Absent",
}
_ALWAYS_TOLD: Final = (Answer.AYE, Answer.NO)
_THRESHOLDS: Final = {
    Threshold.CAST: "",
    Threshold.PRESENT: "a majority of the members present was needed",
    Threshold.ALL: "a majority of all seats was needed",
    Threshold.TWO_THIRDS: "two thirds of the votes cast were needed",
}
#: What may be taken up that is not on the agenda is counted by those present [Gov. Code 54954.2].
_TO_ADD: Final = {
    Threshold.ALL: "a majority of all seats was needed",
    Threshold.TWO_THIRDS: "two thirds of the members present were needed",
}
_OUTCOMES: Final = {
    Outcome.DISCUSSED: "Discussed",
    Outcome.CONTINUED: "Continued",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.REFERRED: "Referred",
    Outcome.APPROVED: "Approved",
    Outcome.FAILED: "Failed",
}
_GROUNDS: Final = {
    AddedGround.EMERGENCY: "This item was not on the posted agenda. It was taken up because of an emergency.",
    AddedGround.AROSE_AFTER_POSTING: "This item was not on the posted agenda. It was taken up because the "
    "need to act arose after the agenda was posted.",
}
SOMEBODY: Final = "A member of the public"


@dataclass(frozen=True, slots=True)
class Wording:
    """What turns rows into words: the names of contacts by their ids, and the zone of the wall clock."""

    names: Mapping[str, str]
    zone: ZoneInfo

    def hour(self, at: datetime) -> str:
        """6:02 PM, not broken at the end of a line."""
        return hour_text(at.astimezone(self.zone)).replace(" ", "\u00a0")

    def name(self, contact_id: str | None) -> str:
        """A person's name."""
        return self.names.get(contact_id or "", "")

    # The roll

    def person_on_roll(self, entry: Attendance, called_at: datetime | None, gone: Sequence[Departure]) -> str:
        """A name with when the person came and went, and why somebody took part from elsewhere."""
        remarks = []
        if entry.state is AttendanceState.REMOTE and entry.remote_reason:
            remarks.append(entry.remote_reason.strip().rstrip("."))
        if entry.arrived is not None and (called_at is None or entry.arrived > called_at):
            remarks.append(f"arrived {self.hour(entry.arrived)}")
        own = [one for one in gone if one.contact_id == entry.contact_id]
        for one in sorted(own, key=lambda one: one.left_at):
            remarks.append(f"left {self.hour(one.left_at)}, returned {self.hour(one.returned_at)}")
        if entry.left is not None:
            remarks.append(f"left {self.hour(entry.left)}")
        name = self.name(entry.contact_id)
        return f"{name} ({'; '.join(remarks)})" if remarks else name

    def seated(self, seating: Seating, member: str) -> MinutesPart:
        """That an alternate sat for somebody: a member's name, or a vacant seat."""
        until = f" and sat until {self.hour(seating.until_at)}" if seating.until_at else ""
        alternate = self.name(seating.contact_id)
        return _event(
            f"Alternate {alternate} was seated for {member} at {self.hour(seating.from_at)}{until}."
        )

    # What happened

    def called(self, at: datetime, presiding: str) -> str:
        """The call to order; `presiding` is a name with the office before it, or empty."""
        if presiding:
            return f"{presiding} called the meeting to order at {self.hour(at)}."
        return f"The meeting was called to order at {self.hour(at)}."

    def recusal(self, row: Recusal) -> MinutesPart:
        """That somebody took no part, and why."""
        why = f", {row.reason.strip().rstrip('.')}" if row.reason else ""
        return _event(f"{self.name(row.contact_id)} was recused and took no part in this item{why}.")

    def recess(self, row: Recess) -> MinutesPart:
        """That the meeting stood still."""
        if row.until_at is None:
            return _event(f"The meeting went into recess at {self.hour(row.from_at)}.")
        if self.hour(row.from_at) == self.hour(row.until_at):
            return _event(f"The meeting was in recess at {self.hour(row.from_at)} for less than a minute.")
        return _event(
            f"The meeting was in recess from {self.hour(row.from_at)} to {self.hour(row.until_at)}."
        )

    def speakers(self, rows: Iterable[Speaker]) -> list[MinutesPart]:
        """Who of the public spoke, in order."""
        return [
            MinutesPart(
                kind=PartKind.EVENT, head="Public speaker.", text=_sentence(row.name or SOMEBODY, row)
            )
            for row in sorted(rows, key=lambda row: row.position)
        ]

    def adjourned(self, at: datetime, *, no_quorum: bool) -> str:
        """The end."""
        if no_quorum:
            return f"There being no quorum, the meeting was adjourned at {self.hour(at)}."
        return f"The meeting was adjourned at {self.hour(at)}."

    # Motions

    def moved(self, motion: Motion) -> MinutesPart:
        """What was moved, by whom, and how it was voted on."""
        head = "Amendment." if motion.purpose is Purpose.AMENDMENT else "Motion."
        text = f"{_stopped(motion.text)} {self._by(motion)}".strip()
        return MinutesPart(kind=PartKind.MOTION, head=head, text=text)

    def amended(self, text: str) -> MinutesPart:
        """The motion as it was voted on after its amendments."""
        return MinutesPart(kind=PartKind.MOTION, head="As amended.", text=_stopped(text))

    def voted(self, motion: Motion, votes: Sequence[Vote]) -> list[MinutesPart]:
        """The answers by name, and the result [Gov. Code 54953(c)]."""
        found = []
        if motion.result in (MotionResult.CARRIED, MotionResult.FAILED):
            for answer, title in _ANSWERS.items():
                people = [self.name(vote.contact_id) for vote in votes if vote.answer is answer]
                if people or (answer in _ALWAYS_TOLD and votes):
                    head = f"{title} ({len(people)}):" if people else f"{title}:"
                    text = f"{', '.join(people) or 'none'}."
                    found.append(MinutesPart(kind=PartKind.VOTES, head=head, text=text))
        found.append(MinutesPart(kind=PartKind.RESULT, text=result_sentence(motion, votes)))
        return found

    def _by(self, motion: Motion) -> str:
        mover, second = self.name(motion.mover_id), self.name(motion.seconder_id)
        by = f"Moved by {mover}" if mover else ""
        if second:
            by = f"{by}, seconded by {second}" if by else f"Seconded by {second}"
        is_voted = motion.result not in (MotionResult.WITHDRAWN, MotionResult.NO_SECOND)
        method = _METHODS[motion.method] if is_voted else ""
        return " ".join(part for part in (f"{by}." if by else "", method) if part)

    # What follows

    def action(self, row: ActionItem) -> MinutesPart:
        """Who does what until when."""
        who = f"{self.name(row.contact_id)}: " if row.contact_id else ""
        when = ""
        if row.due_on is not None:
            when = f", by {long_day(row.due_on)}"
        elif row.due_next_meeting:
            when = ", by the next meeting"
        text = f"{who}{row.text.strip().rstrip('.')}{when}."
        return MinutesPart(kind=PartKind.ACTION, head="Action.", text=text)


def result_sentence(motion: Motion, votes: Sequence[Vote]) -> str:
    """The result of a motion with its count, and the threshold where it is not the usual one."""
    if motion.closed_at is None or motion.result is None:
        return "No vote was taken."
    if motion.result is MotionResult.WITHDRAWN:
        return "The motion was withdrawn."
    if motion.result is MotionResult.NO_SECOND:
        return "The motion died for lack of a second."
    noun = "amendment" if motion.purpose is Purpose.AMENDMENT else "motion"
    ayes = sum(vote.answer is Answer.AYE for vote in votes)
    noes = sum(vote.answer is Answer.NO for vote in votes)
    word = "carried" if motion.result is MotionResult.CARRIED else "failed"
    count = f", {ayes} to {noes}" if votes else ""
    rule = _TO_ADD if motion.purpose is Purpose.ADD_ITEM else _THRESHOLDS
    needed = f"; {rule[motion.threshold]}" if rule.get(motion.threshold) else ""
    return f"The {noun} {word}{count}{needed}."


def outcome_words(outcome: Outcome | None, note: ItemNote | None) -> str:
    """What became of an item, beside its title."""
    if outcome is None:
        return ""
    if outcome is Outcome.REFERRED and note is not None and note.referred_to:
        return f"Referred to {note.referred_to}"
    return _OUTCOMES[outcome]


def added_sentence(note: ItemNote | None) -> str:
    """Why an item was considered that was not on the posted agenda, or apart from the consent calendar."""
    if note is None:
        return ""
    if note.added is not None:
        return _GROUNDS[note.added]
    return "This item was taken from the consent calendar and considered by itself." if note.pulled else ""


def _event(text: str) -> MinutesPart:
    return MinutesPart(kind=PartKind.EVENT, text=text)


def _sentence(name: str, row: Speaker) -> str:
    return f"{name}: {_stopped(row.text)}" if row.text else f"{name}."


def _stopped(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "。")) else f"{text}."
