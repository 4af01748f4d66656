"""The scenes of minutes: a draft, approved ones with a correction, and the question for one."""

from datetime import date
from typing import Final

from commission_app.domain.meetings import MeetingState
from commission_app.gui.meetings.minutes_tab import MinutesTab
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.meetings.recorded import Deed, Recorded
from tests.screens.scenes import HELD, scene
from tests.screens.stage import Stage

_CORRECTED_ON: Final = date(2026, 9, 17)


def _minutes(stage: Stage, on: date) -> MinutesTab:
    page = stage.go(MeetingsPage, tab="minutes", record_id=stage.meeting(on).meeting.id)
    return page.detail.minutes


def _approved(stage: Stage) -> MinutesTab:
    """The latest minutes that are approved."""
    session = stage.desk.session
    held = [view.meeting for view in session.meetings.all() if view.meeting.state is MeetingState.HELD]
    approved = [meeting for meeting in held if session.minutes.view(meeting.id).is_approved]
    return _minutes(stage, approved[-1].on)


@scene("minutes-draft", large=True)
def _draft(stage: Stage) -> None:
    _minutes(stage, HELD)


def _recorded(stage: Stage) -> Recorded:
    """The motions, speakers and action items of a draft; one motion is void."""
    tab = _minutes(stage, HELD)
    service, meeting = stage.desk.session.proceedings, stage.meeting(HELD).meeting.id
    service.add_speaker(meeting, name="Pat Roe", text="asked for benches of wood")
    view = service.state(meeting)
    carried = [each.motion for each in view.motions if each.motion.item_id and not each.is_voided]
    last = [motion for motion in carried if motion.id not in view.approving][-1]
    service.void_motion(last.id, "It was moved again in another wording")
    stage.settle()
    tab.recorded.setFocus()
    tab.ensureWidgetVisible(tab.recorded, 0, 0)
    tab.verticalScrollBar().setValue(tab.verticalScrollBar().maximum())
    return tab.recorded


@scene("minutes-recorded", large=True)
def _put_right(stage: Stage) -> None:
    _recorded(stage)


@scene("minutes-void")
def _void(stage: Stage) -> None:
    rows = _recorded(stage).motions.rows.values()
    next(row for row in rows if row.buttons[Deed.VOID].isEnabled()).buttons[Deed.VOID].click()


@scene("minutes-change-action")
def _change(stage: Stage) -> None:
    rows = _recorded(stage).to_do.rows.values()
    next(iter(rows)).buttons[Deed.CHANGE].click()


@scene("minutes-approved")
def _corrected(stage: Stage) -> None:
    tab = _approved(stage)
    meeting = tab.meeting_id()
    assert meeting is not None
    text = "Pat Roe asked for benches of wood, not of stone."
    stage.desk.session.minutes.correct(meeting, text, on=_CORRECTED_ON, by="Ana Ruiz")
    stage.settle()


@scene("minutes-correction", large=True)
def _question(stage: Stage) -> None:
    _approved(stage).ask_for_correction()
