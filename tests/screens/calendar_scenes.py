"""Scenes of the calendar: the month in every state, a holiday with other days, cancelling and after."""

from datetime import date

from PySide6.QtWidgets import QWidget

from commission_app.domain.meetings import MeetingDraft, MeetingKind
from commission_app.gui.meetings.cancel_sheet import CancelSheet
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.month_view import MonthView
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.meetings.year_plan import YearPlan
from commission_app.services.session import Session
from tests.screens.scenes import CANCELLED, NEXT, scene
from tests.screens.stage import Stage

_THANKSGIVING = date(2026, 11, 26)


def _meets_on_thanksgiving(session: Session) -> None:
    """The calendar rule of a commission that meets on fourth Thursdays in November too."""
    rule = {"rules": ["FREQ=MONTHLY;BYDAY=4TH;BYMONTH=1,2,3,4,5,6,9,10,11"], "starts": "18:00"}
    session.commission.set_rule("meetings.rule", rule, from_on=None, source=None, note=None)


def _month(stage: Stage, day: date) -> MonthView:
    page = stage.go(MeetingsPage, tab="month")
    page.month.show_day(day)
    _wait_for_room(stage, page.month.panel)
    return page.month


def _wait_for_room(stage: Stage, part: QWidget) -> None:
    """Until a part that was just filled, and each row in it, is as high as it needs to be at its width."""

    def has_room() -> bool:
        rows = (row for row in part.findChildren(QWidget) if row.isVisible() and row.hasHeightForWidth())
        return all(row.height() >= row.heightForWidth(row.width()) for row in (part, *rows))

    for _ in range(4):  # room for the rows makes the page scroll, whose bar takes some of it again
        stage.settle()
        stage.wait_for(has_room, "the rows found no room")


@scene("month", large=True)
def _next(stage: Stage) -> None:
    meetings = stage.desk.session.meetings
    starts = stage.meeting(NEXT).meeting.starts
    for day in (21, 24):
        special = MeetingDraft(
            kind=MeetingKind.SPECIAL, starts=starts.replace(day=day, hour=12), place="Library"
        )
        meetings.schedule(special)
    _month(stage, NEXT)


@scene("month-keyboard")
def _keyboard(stage: Stage) -> None:
    month = _month(stage, date(2026, 9, 1))
    month.focus()
    month.grid.is_ringed = True


@scene("month-cancelled")
def _cancelled(stage: Stage) -> None:
    _month(stage, CANCELLED)


@scene("month-dark")
def _dark(stage: Stage) -> None:
    _month(stage, date(2026, 8, 4))


@scene("month-holiday", large=True)
def _holiday(stage: Stage) -> None:
    _meets_on_thanksgiving(stage.desk.session)
    _month(stage, _THANKSGIVING)


@scene("month-projected")
def _projected(stage: Stage) -> None:
    _month(stage, date(2026, 10, 22))


@scene("meetings-plan-holiday", large=True)
def _plan(stage: Stage) -> None:
    _meets_on_thanksgiving(stage.desk.session)
    page = stage.go(MeetingsPage, action="plan")
    sheet = page.sheet()
    assert isinstance(sheet, YearPlan)
    sheet.year.set_value(2026)
    sheet.year.committed.emit()
    _wait_for_room(stage, sheet.dates)


@scene("meetings-cancel", large=True)
def _cancel(stage: Stage) -> None:
    page = stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id, action="cancel")
    sheet = page.sheet()
    assert isinstance(sheet, CancelSheet)
    sheet.notice.set_value("The council chamber is closed for repairs; the meeting will not be made up.")


@scene("meetings-cancel-done")
def _done(stage: Stage) -> None:
    session = stage.desk.session
    meeting_id = stage.meeting(NEXT).meeting.id
    session.calendar.cancel(meeting_id, "The council chamber is closed for repairs.")
    page = stage.go(MeetingsPage, record_id=meeting_id)
    assert page.detail.header.wish() is Wish.NOTICE
