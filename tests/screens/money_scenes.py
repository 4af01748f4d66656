"""What is drawn of inquiries and fundraising."""

from commission_app.gui.fundraising.overview_tab import OverviewTab
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.inquiries.page import InquiriesPage
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def inquiry_id(stage: Stage, city: str) -> str:
    """The inquiry from a city of the sample."""
    return next(view.inquiry.id for view in stage.desk.session.inquiries.all() if view.city.city.name == city)


@scene("inquiries", large=True)
def _inquiry(stage: Stage) -> None:
    stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"))


@scene("inquiries-overdue")
def _overdue(stage: Stage) -> None:
    stage.go(InquiriesPage, record_id=inquiry_id(stage, "Ekaterinburg"))


@scene("inquiries-list")
def _list(stage: Stage) -> None:
    stage.go(InquiriesPage)


@scene("inquiries-step")
def _step(stage: Stage) -> None:
    page = stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"))
    page.detail.steps.open_form(list(page.detail.steps.rows)[3])


@scene("inquiries-board")
def _board(stage: Stage) -> None:
    stage.go(InquiriesPage, tab="board")


@scene("inquiries-add")
def _intake(stage: Stage) -> None:
    stage.go(InquiriesPage, action="add")


@scene("fundraising", large=True)
def _fundraising(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="overview")


def overview(stage: Stage) -> OverviewTab:
    """The overview."""
    tab = stage.go(FundraisingPage, tab="overview").tab()
    assert isinstance(tab, OverviewTab)
    return tab


@scene("fundraising-months")
def _months(stage: Stage) -> None:
    overview(stage).campaigns.by_month.click()


@scene("fundraising-rows")
def _rows(stage: Stage) -> None:
    overview(stage).aging.bars.press(1)


@scene("fundraising-received")
def _received(stage: Stage) -> None:
    overview(stage).campaigns.bars[0].press(1)


@scene("fundraising-pledges")
def _pledges(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges")


@scene("fundraising-payments")
def _payments(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="payments")


@scene("fundraising-payment")
def _payment(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="payments", action="new")


@scene("fundraising-pledge")
def _pledge(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges", action="new")


@scene("new-inquiries", file="empty")
def _new_inquiries(stage: Stage) -> None:
    stage.go(InquiriesPage)


@scene("new-fundraising", file="empty")
def _new_fundraising(stage: Stage) -> None:
    stage.go(FundraisingPage)
