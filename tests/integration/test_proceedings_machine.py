"""A meeting at random: every quorum, every list of voters and every result is counted again, plainly."""

import functools
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.motions import Threshold
from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import Answer, MotionResult
from commission_app.errors import ConflictError, ValidationError
from tests.integration.evening import DAY, MEMBERS, Evening, clock, make_evening

ALTERNATES = ("Uma", "Vic")
PEOPLE = (*MEMBERS, *ALTERNATES, "Wes")
SEATS = tuple(range(1, 8))  # 6 and 7 are vacant
anyone = st.sampled_from(PEOPLE)
alternate = st.sampled_from(ALTERNATES)


@functools.cache
def _begun() -> tuple[Path, Evening]:
    """The file as every example begins with it, made once."""
    evening = make_evening(Path(tempfile.mkdtemp(prefix="commission-app-tests-")))
    evening.add("Oulu")
    evening.call()
    evening.session.close()
    return evening.session.path, evening


class Meeting(RuleBasedStateMachine):
    """What people do at a meeting, on a real file; beside it plain sets that say who is where."""

    def __init__(self) -> None:
        super().__init__()
        path, begun = _begun()
        self.folder = Path(tempfile.mkdtemp())
        session = CommissionProgram().open_writing(Path(shutil.copy(path, self.folder)), who="Ana", on=DAY)
        self.evening = Evening(session, begun.meeting_id, begun.who, begun.seats, begun.items)
        self.minute = 0
        self.here: set[str] = set()
        self.remote: set[str] = set()
        self.recused: set[str] = set()
        self.sits: dict[str, int] = {}
        self.item: str | None = None
        self.ever_recused: dict[str, set[str]] = {"Tainan": set(), "Oulu": set()}
        self.announced: dict[str, tuple[MotionResult, dict[str, Answer]]] = {}

    @initialize(
        basis=st.sampled_from(["seats", "filled"]),
        recused=st.booleans(),
        remote=st.booleans(),
        vacant=st.booleans(),
        until=st.sampled_from(["arrival", "adjournment"]),
        here=st.sets(st.sampled_from(PEOPLE)),
    )
    def begin(
        self, *, basis: str, recused: bool, remote: bool, vacant: bool, until: str, here: set[str]
    ) -> None:
        self.basis, self.recused_count, self.remote_count = basis, recused, remote
        self.vacant_too, self.until = vacant, until
        for name, value in (
            ("quorum.basis", basis),
            ("quorum.recused_counts", recused),
            ("remote.counts_for_quorum", remote),
            ("alternates.for_vacant_seats", vacant),
            ("alternates.until", until),
        ):
            self.evening.set_rule(name, value)
        self.evening.mark(*sorted(here))
        self.here = set(here)

    # ---- The plain count --------------------------------------------------------------------------

    def in_seat(self, number: int) -> str | None:
        """Who is in a regular seat: the alternate that sits there, else its member."""
        for name, seat in self.sits.items():
            if seat == number:
                return name
        member = MEMBERS[number - 1] if number <= len(MEMBERS) else None
        return member if member in self.here else None

    def voters(self) -> list[str]:
        return [name for n in SEATS if (name := self.in_seat(n)) and name not in self.recused]

    def counted(self, also_recused: frozenset[str] = frozenset()) -> int:
        count = 0
        for number in SEATS:
            name = self.in_seat(number)
            if name is None or (name in self.remote and not self.remote_count):
                continue
            count += self.recused_count or name not in self.recused | also_recused
        return count

    def needed(self) -> int:
        return 4 if self.basis == "seats" else 3

    # ---- Steps ------------------------------------------------------------------------------------

    def now(self) -> datetime:
        self.minute += 1
        return clock("18:02") + timedelta(minutes=self.minute)

    def attempt(self, allowed: bool, step: str, *args: object) -> None:
        """A step that the rules allow is done, any other is refused."""
        run, meeting_id = self.evening.run, self.evening.meeting_id
        try:
            getattr(run, step)(meeting_id, *args, at=self.now())
            done = True
        except (ConflictError, ValidationError):
            done = False
        assert done == allowed, (step, args)

    def take_seat_back(self, name: str) -> None:
        if self.until == "arrival" and name in MEMBERS:
            own = MEMBERS.index(name) + 1
            self.sits = {who: seat for who, seat in self.sits.items() if seat != own}

    @rule(name=anyone)
    def arrive(self, name: str) -> None:
        self.attempt(name not in self.here, "arrive", self.evening.who[name])
        if name not in self.here:
            self.here.add(name)
            self.take_seat_back(name)

    @rule(name=anyone)
    def go_remote(self, name: str) -> None:
        self.attempt(True, "go_remote", self.evening.who[name], "ill")
        self.remote.add(name)
        if name not in self.here:
            self.here.add(name)
            self.take_seat_back(name)

    @rule(name=anyone)
    def depart(self, name: str) -> None:
        self.attempt(name in self.here, "depart", self.evening.who[name])
        self.here.discard(name)
        self.sits.pop(name, None)

    @rule(name=alternate, number=st.sampled_from(SEATS))
    def seat(self, name: str, number: int) -> None:
        has_member = number <= len(MEMBERS)
        allowed = (
            name in self.here
            and name not in self.sits
            and self.in_seat(number) is None
            and (has_member or self.vacant_too)
        )
        self.attempt(
            allowed, "seat_alternate", self.evening.who[name], self.evening.seats[f"regular-{number}"]
        )
        if allowed:
            self.sits[name] = number

    @rule(name=alternate)
    def unseat(self, name: str) -> None:
        self.attempt(name in self.sits, "unseat", self.evening.who[name])
        self.sits.pop(name, None)

    @rule(title=st.sampled_from(["Tainan", "Oulu"]))
    def go_to(self, title: str) -> None:
        self.attempt(True, "go_to_item", self.evening.items[title])
        if title != self.item:
            self.item, self.recused = title, set(self.ever_recused[title])

    @rule(name=anyone)
    def recuse(self, name: str) -> None:
        allowed = self.item is not None and name in self.here and name not in self.recused
        self.attempt(allowed, "recuse", self.evening.who[name])
        if allowed and self.item:
            self.recused.add(name)
            self.ever_recused[self.item].add(name)

    @rule(name=anyone)
    def end_recusal(self, name: str) -> None:
        self.attempt(name in self.recused, "end_recusal", self.evening.who[name])
        self.recused.discard(name)

    @rule(
        mover=anyone,
        seconder=anyone,
        threshold=st.sampled_from(Threshold),
        said=st.lists(st.sampled_from(["aye", "aye", "no", "abstain", "recused"]), min_size=7, max_size=7),
        insist=st.booleans(),
    )
    def decide(self, mover: str, seconder: str, threshold: Threshold, said: list[str], insist: bool) -> None:
        """A motion from its mover to its result."""
        run, who, voters = self.evening.run, self.evening.who, self.voters()
        draft = MotionDraft(
            text="So moved.", mover_id=who[mover], seconder_id=who[seconder], threshold=threshold
        )
        allowed = mover in voters and seconder in voters and mover != seconder
        self.attempt(allowed, "move", draft)
        if not allowed:
            return
        motion = run.state(self.evening.meeting_id).course.open_motions[-1].id
        answers = {name: Answer(word) for name, word in zip(voters, said, strict=False)}
        run.vote(motion, {who[name]: answer for name, answer in answers.items()}, at=self.now())
        stood_aside = frozenset(name for name, answer in answers.items() if answer is Answer.RECUSED)
        quorum = self.counted(stood_aside)
        try:
            told = run.close(motion, without_quorum=insist, at=self.now())
        except ConflictError:
            assert quorum < self.needed() and not insist
            run.withdraw(motion, at=self.now())
            return
        assert quorum >= self.needed() or insist
        assert bool(told.warning) == (quorum < self.needed())
        ayes, noes = (list(answers.values()).count(one) for one in (Answer.AYE, Answer.NO))
        present = len(answers) - len(stood_aside)
        wins = {
            Threshold.CAST: ayes > noes,
            Threshold.PRESENT: ayes > present / 2,
            Threshold.ALL: ayes > 7 / 2,
            Threshold.TWO_THIRDS: ayes > 0 and ayes >= 2 * noes,
        }[threshold]
        assert told.result is (MotionResult.CARRIED if wins else MotionResult.FAILED)
        frozen = dict(answers)
        for number in SEATS:
            name = self.in_seat(number)
            if name is not None and name in self.recused:
                frozen[name] = Answer.RECUSED
            elif name is None and number <= len(MEMBERS):
                frozen[MEMBERS[number - 1]] = Answer.ABSENT
        row = run.state(self.evening.meeting_id).course.motion(motion)
        assert row is not None
        assert (row.regular_seats, row.quorum_needed, row.quorum_present) == (7, self.needed(), quorum)
        self.announced[motion] = told.result, frozen

    @precondition(lambda self: self.minute > 0)
    @rule()
    def undo(self) -> None:
        """Taking the last step back and doing it again changes nothing."""
        history = self.evening.session.history
        action = history.undoable()
        if action is None:
            return
        before = self.evening.session.record.text()
        try:
            history.undo()
        except ConflictError:
            assert self.evening.session.record.text() == before
            return
        history.redo()
        assert self.evening.session.record.text() == before

    # ---- Checks -----------------------------------------------------------------------------------

    @invariant()
    def quorum_and_voters_are_as_counted(self) -> None:
        if not hasattr(self, "basis"):
            return
        view = self.evening.run.state(
            self.evening.meeting_id, at=clock("18:02") + timedelta(minutes=self.minute, seconds=1)
        )
        quorum = view.sitting.quorum
        assert (quorum.needed, quorum.present) == (self.needed(), self.counted())
        assert [voter.name.split()[0] for voter in view.sitting.voters] == self.voters()
        assert view.timeline[-1].count == quorum

    @invariant()
    def what_was_announced_stays(self) -> None:
        if not self.announced:
            return
        course = self.evening.run.state(self.evening.meeting_id).course
        names = {who: name for name, who in self.evening.who.items()}
        for motion_id, (result, answers) in self.announced.items():
            row = course.motion(motion_id)
            assert row is not None and row.result is result
            known = {names[who]: vote.answer for who, vote in course.answers(motion_id).items()}
            assert known == answers

    def teardown(self) -> None:
        assert [check for check in self.evening.session.verification.run() if not check.is_good] == []
        self.evening.session.close()
        shutil.rmtree(self.folder)


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(
    max_examples=settings().max_examples // 12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
