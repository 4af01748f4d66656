"""The scenes of a meeting that runs: each step of the evening of September 24, and one entered afterwards."""

from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingKind
from commission_app.domain.proceedings import Answer
from commission_app.gui import labels
from commission_app.gui.home.page import HomePage
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.run.keys import Do
from commission_app.gui.run.screen import RunScreen
from tests.screens.scenes import NEXT, scene
from tests.screens.stage import Stage

_LATE: Final = 4  # of the roll: came at 6:11


def _at(hour: int, minute: int, second: int = 0) -> datetime:
    """A time of the evening in California, as an instant."""
    return datetime(2026, 9, 25, hour + 7 - 24, minute, second, tzinfo=UTC)


def _key(letter: str) -> QKeyEvent:
    """A letter as it is pressed."""
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(letter)), Qt.KeyboardModifier.NoModifier, letter)


def _begin(stage: Stage, on: date = NEXT) -> RunScreen:
    stage.window.running.begin(stage.meeting(on).meeting.id)
    screen = stage.window.running.screen
    assert screen is not None
    labels.look_from(stage.desk.session.context.today().today)
    return screen


def _roll(screen: RunScreen) -> None:
    """Five are here, one is excused, one absent, one seat is vacant."""
    states = dict.fromkeys("12389C", AttendanceState.PRESENT)
    states |= {"5": AttendanceState.EXCUSED, "6": AttendanceState.ABSENT, "S": AttendanceState.ABSENT}
    for cap, state in states.items():
        contact = screen.people.by_key(cap)
        assert contact is not None
        screen.steps.mark(contact, state)


def _before_tainan(stage: Stage) -> RunScreen:
    """As far as the pictures of the design: the inquiry from Tainan is before the meeting."""
    stage.move_to(_at(18, 2))
    screen = _begin(stage)
    _roll(screen)
    screen.do(Do.CALL)
    stage.move_to(_at(18, 11))
    steps, late = screen.steps, screen.people.by_key("4")
    steps.run(steps.service.arrive, steps.meeting_id, late)
    absent = next(line for line in screen.view.lines if line.name == "Daniel Lee")
    alternate = screen.people.by_key("8")
    steps.run(steps.service.seat_alternate, steps.meeting_id, alternate, absent.seat.id)
    stage.move_to(_at(18, 34, 20))
    while screen.view is not None and "Tainan" not in (
        screen.view.current.item.title if screen.view.current else ""
    ):
        screen.do(Do.NEXT)
    stage.move_to(_at(18, 47))
    screen.tell_time()
    return screen


def _with_motion(stage: Stage) -> RunScreen:
    """A motion is before the meeting, and four of five have answered aye."""
    screen = _before_tainan(stage)
    screen.do(Do.MOTION)
    form = screen.entering.open
    assert form is not None
    form.mover.edit.setText("2")
    form.mover.edit.textEdited.emit("2")
    form.second.edit.setText("4")
    form.second.edit.textEdited.emit("4")
    form.submit()
    alternate = screen.people.by_key("8")
    assert alternate is not None
    screen.steps.vote(alternate, Answer.NO)
    screen.do(Do.ALL_AYE)
    return screen


@scene("run-before")
def _before(stage: Stage) -> None:
    stage.move_to(_at(17, 58))
    _begin(stage)


@scene("run-roll", large=True)
def _roll_call(stage: Stage) -> None:
    stage.move_to(_at(18, 2))
    screen = _begin(stage)
    _roll(screen)
    screen.do(Do.ROLL)


@scene("run-not-begun")
def _not_begun(stage: Stage) -> None:
    stage.move_to(_at(18, 2))
    screen = _begin(stage)
    _roll(screen)
    screen.do(Do.CALL)
    screen.do(Do.ADJOURN)


@scene("run-motion-form")
def _motion_form(stage: Stage) -> None:
    _before_tainan(stage).do(Do.MOTION)


@scene("run-motion", large=True)
def _motion(stage: Stage) -> None:
    screen = _with_motion(stage)
    screen.steps.plain(
        screen.steps.service.note,
        screen.view.current.item.id,
        "Nguyễn reported on the call of July 22. Schools and the botanical garden first; costs still open.",
    )


@scene("run-result")
def _result(stage: Stage) -> None:
    _with_motion(stage).do(Do.CLOSE)


def _decided(stage: Stage) -> RunScreen:
    """A vote was closed, and two speakers and an action item stand at the right."""
    screen = _with_motion(stage)
    steps = screen.steps
    steps.plain(
        steps.service.add_speaker, steps.meeting_id, name="Pat Roe", text="For the exchange of schools"
    )
    steps.plain(steps.service.add_speaker, steps.meeting_id)
    draft = ActionItemDraft(
        meeting_id=steps.meeting_id, text="Ask Tainan for its list of schools", due_next_meeting=True
    )
    steps.plain(steps.service.add_action_item, draft)
    screen.do(Do.CLOSE)
    return screen


@scene("run-correct", large=True)
def _correct(stage: Stage) -> None:
    _decided(stage).do(Do.CORRECT)


@scene("run-reconsider")
def _reconsider(stage: Stage) -> None:
    screen = _decided(stage)
    screen.do(Do.CORRECT)
    screen.entering.open.keyPressEvent(_key("R"))


@scene("run-voided", large=True)
def _voided(stage: Stage) -> None:
    screen = _decided(stage)
    motion = screen.view.motions[0].motion.id
    screen.steps.plain(screen.steps.service.void_motion, motion, "The motion was read out wrongly")
    screen.announce(None)


@scene("run-consent")
def _consent(stage: Stage) -> None:
    meeting = stage.meeting(NEXT).meeting.id
    for title in ("Minutes of the regular meeting of June 25, 2026", "Invoice for the flags"):
        stage.desk.session.agendas.add(
            AgendaItemDraft(meeting_id=meeting, section="consent", title=title, kind=ItemKind.CONSENT)
        )
    screen = _before_tainan(stage)
    item = next(line.item.id for line in screen.view.agenda if line.is_consent)
    screen.steps.go_to(item)
    screen.do(Do.MOTION)


@scene("run-person")
def _person(stage: Stage) -> None:
    screen = _before_tainan(stage)
    contact = screen.people.by_key("3")
    assert contact is not None
    screen.persons.open_person(contact)


@scene("run-action")
def _action(stage: Stage) -> None:
    _before_tainan(stage).do(Do.ACTION)


@scene("run-no-quorum")
def _no_quorum(stage: Stage) -> None:
    screen = _before_tainan(stage)
    for cap in "12":
        screen.steps.run(screen.steps.service.depart, screen.steps.meeting_id, screen.people.by_key(cap))


@scene("run-recess")
def _recess(stage: Stage) -> None:
    _before_tainan(stage).do(Do.RECESS)


@scene("run-agenda")
def _agenda(stage: Stage) -> None:
    _before_tainan(stage).do(Do.GO_TO)


@scene("run-afterwards")
def _afterwards(stage: Stage) -> None:
    draft = MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime(2026, 9, 10, 18), place="City Hall")
    stage.desk.session.meetings.schedule(draft)
    screen = _begin(stage, draft.starts.date())
    screen.setFocus(Qt.FocusReason.OtherFocusReason)


@scene("run-reading-only", file="")
def _reading(stage: Stage) -> None:
    stage.open_reading("alder-glen")
    stage.move_to(_at(18, 2))
    _begin(stage)


@scene("run-roll-afterwards", large=True)
def _roll_afterwards(stage: Stage) -> None:
    _before_tainan(stage)
    stage.window.running.end()
    stage.go(MeetingsPage, tab="attendance", record_id=stage.meeting(NEXT).meeting.id)


@scene("run-left-for-home")
def _left(stage: Stage) -> None:
    _before_tainan(stage)
    stage.window.running.end()
    stage.go(HomePage)
