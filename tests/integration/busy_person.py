"""Somebody who does one thing after the other, at random, until the process is killed, and tells of each
change when the file has it.
"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft, Outcome
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.domain.members import TermDraft
from commission_app.domain.moving import MotionDraft
from commission_app.errors import CommissionError, NotFoundError
from commission_app.exchange.reading_lists import read_csv
from commission_app.services.session import Change, Session
from tests.integration import three_laptops as three
from tests.integration.forked import Tell
from tests.integration.operations import FILE

RUN = "evening"


def keep_busy(tell: Tell, folder: Path, seed: int) -> None:
    """Do random things for ever. Tells `open`, then `change` with the number of each action, `draft` with
    its text.
    """
    session = CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", on=three.TODAY)

    def changed(change: Change) -> None:
        tell("change", change.action_id)

    session.listen(changed)
    tell("open", None)
    person = _Person(session, Random(seed), tell)
    while True:
        try:
            person.do_something()
        except CommissionError:
            continue  # refused by a rule: nothing was changed, so nothing is told


class _Person:
    def __init__(self, session: Session, random: Random, tell: Tell) -> None:
        self._session, self._random, self._tell = session, random, tell
        self._meetings = [view.meeting.id for view in session.meetings.all()]
        self._count = 0

    def do_something(self) -> None:
        """One use case."""
        self._count += 1
        what: Any = self._random.choice(
            (
                *(self._add, self._merge, self._note, self._item, self._outcome, self._hold, self._post),
                *(self._run, self._run, self._run),
                *(self._pledge, self._pay, self._pay, self._void, self._deliver),
                *(self._import, self._load, self._draft, self._undo, self._undo, self._redo, self._back_up),
            )
        )
        what()

    def _name(self) -> str:
        return f"Guest {self._random.randrange(10**9)}"

    def _contact(self) -> str:
        return self._random.choice(self._session.contacts.all()).id

    def _meeting(self) -> str:
        return self._random.choice(self._meetings)

    def _add(self) -> None:
        three.add_person(self._session, self._name())

    def _merge(self) -> None:
        self._session.merging.merge(self._contact(), self._contact())

    def _note(self) -> None:
        contact = self._session.contacts.get(self._contact())
        draft = ContactDraft(kind=contact.kind, name=contact.name, note="x" * self._random.randrange(9_000))
        self._session.contacts.change(contact.id, draft)

    def _evening(self) -> str:
        """The meeting of today; to be run it has members."""
        try:
            return self._session.meetings.named(RUN).meeting.id
        except NotFoundError:
            starts = datetime.combine(three.TODAY, time(9))
            return self._session.meetings.schedule(MeetingDraft(key=RUN, starts=starts, place="City Hall"))

    def _run(self) -> None:
        """A step of a meeting, entered from paper notes."""
        run, draw = self._session.proceedings, self._random
        view = run.state(self._evening())
        vacant = [line.seat.id for line in view.lines if not line.contact_id]
        if len(view.lines) - len(vacant) < 6:
            draft = TermDraft(seat_id=draw.choice(vacant), contact_id="", from_on=three.TODAY)
            self._session.members.appoint(draft, ContactDraft(name=self._name()))
            return
        starts = view.meeting.starts.replace(tzinfo=view.course.zone).astimezone(UTC)
        meeting_id, at = view.meeting.id, starts + timedelta(minutes=self._count % 240)
        who = draw.choice([line.contact_id for line in view.lines if line.contact_id])
        if not view.is_running:
            run.mark(meeting_id, who, draw.choice((AttendanceState.PRESENT, AttendanceState.ABSENT)))
            run.call_to_order(meeting_id, at=at)
        elif view.open_motion is not None:
            run.vote_all_aye_except(view.open_motion.motion.id, at=at)
            run.close(view.open_motion.motion.id, without_quorum=True, at=at)
        elif draw.random() < 0.5:
            second = draw.choice([voter.contact_id for voter in view.sitting.voters] or [who])
            run.move(meeting_id, MotionDraft(text="So moved.", mover_id=who, seconder_id=second), at=at)
        else:
            step = draw.choice((run.arrive, run.depart))
            step(meeting_id, who, at=at)

    def _item(self) -> None:
        draft = AgendaItemDraft(meeting_id=self._meeting(), section="new-business", title=self._name())
        self._session.agendas.add(draft)

    def _outcome(self) -> None:
        items = self._session.agendas.items(self._meeting())
        if items:
            outcome = self._random.choice((None, Outcome.DISCUSSED, Outcome.CONTINUED))
            self._session.agendas.record_outcome(self._random.choice(items).id, outcome)

    def _hold(self) -> None:
        state = self._random.choice((MeetingState.CANCELLED, MeetingState.SCHEDULED))
        self._session.meetings.set_state(self._meeting(), state)

    def _post(self) -> None:
        meeting, copies = self._meeting(), self._session.postings.copies
        if len(copies(meeting)) < 3:
            self._session.postings.make_copy(meeting)
        now = self._session.context.now
        self._session.postings.record(meeting, copy=1, place="City Hall", by=None, posted_at=now)

    def _pledge(self) -> None:
        campaign = three.id_of(self._session, "campaigns", "youth")
        self._session.pledges.record(three.money_pledge(None, self._contact(), campaign))

    def _pay(self) -> None:
        cents = self._random.randrange(1, 2_000)
        three.pay(self._session, self._random.choice(("p-rotary", "p-berg")), cents)

    def _void(self) -> None:
        payment = three.pay(self._session, "p-berg", 500)
        self._session.payments.void(payment, three.TODAY, "Came back")

    def _deliver(self) -> None:
        three.deliver(self._session, 1)

    def _import(self) -> None:
        text = "Name\n" + "\n".join(self._name() for _ in range(20))
        preview = self._session.imports.preview_contacts(read_csv(text.encode()))
        self._session.imports.carry_out(preview)

    def _load(self) -> None:
        people = [
            {"key": self._name(), "kind": ContactKind.PERSON.value, "name": self._name()} for _ in range(20)
        ]
        self._session.record.load({"format": "commission-record/1", "contacts": people})

    def _draft(self) -> None:
        text = f"{self._count} " + "Dear Mayor " * self._random.randrange(400)
        self._session.drafts.keep("letter", "a letter", {"page": "inquiries"}, {"text": text})
        self._tell("draft", text)

    def _undo(self) -> None:
        self._session.history.undo()

    def _redo(self) -> None:
        self._session.history.redo()

    def _back_up(self) -> None:
        if self._random.random() < 0.3:
            self._session.backups.make()
