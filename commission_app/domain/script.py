"""What the chair says and does at a meeting, from its agenda: prompts in the order of business."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agendas import AgendaItem, ItemKind
from commission_app.domain.course import joined
from commission_app.domain.dates import hour_text
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.motions import Threshold
from commission_app.domain.script_paper import Cue, ScriptLine, ScriptPart

_THRESHOLDS: Final = {
    Threshold.CAST: "It carries with more ayes than noes. A tie fails.",
    Threshold.PRESENT: "It carries with ayes of more than half of the voters present.",
    Threshold.ALL: "It carries with ayes of more than half of all regular seats.",
    Threshold.TWO_THIRDS: "It needs two thirds: two ayes for each no.",
}
_NOTHING_ADDED: Final = "At this kind of meeting nothing may be added to the agenda [Gov. Code 54956]."
_TO_ADD: Final = (
    "To take up what is not on the agenda, the need must have arisen after it was posted, and two thirds of "
    "the members present agree; all of them where fewer than two thirds of the seats are present. An "
    "emergency needs a majority of the body [Gov. Code 54954.2]."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """What the script must know beside the agenda. `roll`: the regular members in the order of the roll;
    `alternates`: in the order in which they are asked to sit; `sits_for`: what is known already, in
    sentences; `away`: who is known not to come; `coming`: when the next meeting is, in a sentence.
    """

    kind: MeetingKind
    kind_line: str
    body: str
    starts: datetime
    roll: Sequence[str]
    alternates: Sequence[str]
    sits_for: Sequence[str]
    away: Sequence[str]
    needed: int
    seats: int
    minutes_each: int
    threshold: Threshold
    coming: str = ""


def script(sections: Sequence[NumberedSection], evening: Evening) -> list[ScriptPart]:
    """The parts of the script, each with the time at which it begins if all keep to their minutes."""
    at = evening.starts
    found: list[ScriptPart] = []
    for section in sections:
        if not section.is_printed:
            continue
        found.append(
            ScriptPart(
                clock=hour_text(at),
                label=f"{section.number}.",
                title=section.title,
                minutes=section.minutes or None,
                lines=tuple(_section(section, evening)),
            )
        )
        together = section.slug == "consent"
        for entry in section.items:
            if not together:
                found.append(
                    ScriptPart(
                        clock=hour_text(at),
                        label=entry.label,
                        title=entry.item.title,
                        minutes=entry.item.minutes,
                        lines=tuple(_item(entry.item, evening)),
                    )
                )
            at += timedelta(minutes=entry.item.minutes or 0)
    return found


def _say(text: str) -> ScriptLine:
    return ScriptLine(Cue.SAY, text)


def _do(text: str) -> ScriptLine:
    return ScriptLine(Cue.DO, text)


def _section(section: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    lines = _SECTIONS.get(section.slug)
    if lines is not None:
        yield from lines(section, evening)
    elif not section.items and section.kind_word == "Action":
        yield from _vote(evening)
    elif section.text:
        yield _do(section.text)


def _opening(_: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    yield _say(
        f"I call the {evening.kind_line.lower()} of the {evening.body} to order. The time is ________."
    )
    yield _say("The secretary will call the roll.")
    yield from (ScriptLine(Cue.NAME, name) for name in evening.roll)
    if evening.away:
        yield _do(f"Known to be away: {joined(evening.away)}.")
    yield _do(
        f"{evening.needed} of {evening.seats} make a quorum. Without one the commission may only adjourn, "
        "recess or take measures to obtain one."
    )
    yield _say("We have a quorum.")


def _pledge(_: NumberedSection, __: Evening) -> Iterator[ScriptLine]:
    yield _say("Please rise for the pledge of allegiance.")


def _alternates(_: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    yield from (_say(sentence) for sentence in evening.sits_for)
    if not evening.sits_for:
        yield _say("Alternate ________________ sits for ________________.")
    if evening.alternates:
        yield _do(f"Alternates are asked in this order: {joined(evening.alternates)}.")


def _forum(_: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    each = _minutes(evening.minutes_each)
    if evening.kind is MeetingKind.REGULAR:
        yield _say(
            f"Anyone may now speak on a subject that is not on this agenda, for up to {each} each. Nobody "
            "has to give a name. By law we cannot act on it tonight."
        )
    else:
        yield _say(
            f"Anyone may speak on an item of this agenda, for up to {each} each. Nobody has to give a name."
        )
    yield _do(f"{each} for each speaker.")


def _announcements(_: NumberedSection, __: Evening) -> Iterator[ScriptLine]:
    yield _say("Are there announcements or correspondence?")


def _conflicts(_: NumberedSection, __: Evening) -> Iterator[ScriptLine]:
    yield _say("Does any member have a conflict of interest with an item on this agenda?")
    yield _do("Whoever is recused from an item takes no part in it and leaves the table.")


def _agenda(_: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    yield _do(_TO_ADD if evening.kind is MeetingKind.REGULAR else _NOTHING_ADDED)
    yield from _vote(evening, "Is there a motion to approve the agenda?")


def _consent(section: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    if not section.items:
        return
    yield _say(
        "The items on the consent calendar are approved by one motion, without discussion. Does a member, "
        "staff or anyone from the public wish to take an item out?"
    )
    yield from (_do(f"{entry.label} {entry.item.title}") for entry in section.items)
    yield _do("What is taken out is discussed and voted on by itself.")
    yield from _vote(evening, "Is there a motion to approve the consent calendar?")


def _future(section: NumberedSection, evening: Evening) -> Iterator[ScriptLine]:
    yield _say("Are there items for a coming agenda?")
    if evening.coming:
        yield _say(evening.coming)


def _adjournment(_: NumberedSection, __: Evening) -> Iterator[ScriptLine]:
    yield _say("Is there a motion to adjourn? Is there a second? All in favor, say aye.")
    yield _say("The meeting is adjourned. The time is ________.")


_SECTIONS: Final = {
    "opening": _opening,
    "pledge": _pledge,
    "alternates": _alternates,
    "public-forum": _forum,
    "announcements": _announcements,
    "conflicts": _conflicts,
    "approve-agenda": _agenda,
    "consent": _consent,
    "future-items": _future,
    "adjournment": _adjournment,
}


def _item(item: AgendaItem, evening: Evening) -> Iterator[ScriptLine]:
    if item.presenter:
        yield _say(f"{item.presenter}, please.")
    if item.kind is ItemKind.CLOSED:
        yield _say("We go into closed session on this item. Is there public comment before we do?")
        yield _say("We are back in open session. What was decided is reported: ________________.")
        return
    if item.kind is ItemKind.INFORMATION:
        yield _say("Thank you. Are there questions?")
        return
    yield _say("Is there public comment on this item?")
    yield _do(f"{_minutes(evening.minutes_each)} for each speaker.")
    if item.kind is ItemKind.DISCUSSION:
        yield _say("Is there discussion?")
        return
    if item.recommended_action:
        yield _do(f"Recommendation: {item.recommended_action}")
    yield from _vote(evening)


def _vote(evening: Evening, ask: str = "Is there a motion?") -> Iterator[ScriptLine]:
    yield _say(ask)
    yield _say("Is there a second? Is there discussion?")
    yield _say("All in favor, say aye. Opposed, say no. Does anyone abstain?")
    if evening.roll:
        yield _do(f"By roll call: {', '.join(evening.roll)}.")
    yield _do(_THRESHOLDS[evening.threshold])
    yield _say("The motion carries (fails), ____ to ____.")


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"
