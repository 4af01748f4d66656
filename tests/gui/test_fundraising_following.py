"""The list and what stands beside it agree: one selection, one record, whatever the mouse and the keys do."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.person import contact_row
from commission_app.gui.page import Place
from tests.gui.conftest import TODAY

Key = Qt.Key


@pytest.fixture
def tab(main_window: MainWindow) -> PledgesTab:
    main_window.navigate(Place(page="fundraising", tab="pledges"))
    found = main_window.findChild(PledgesTab)
    assert isinstance(found, PledgesTab)
    return found


@pytest.fixture
def view(tab: PledgesTab) -> QWidget:
    tab.list.table.view.setFocus()
    return tab.list.table.view


def point_of(tab: PledgesTab, row: int) -> QPoint:
    view = tab.list.table.view
    return view.visualRect(tab.list.table.model.index(row, 0)).center()


def shown(tab: PledgesTab) -> str | None:
    content = tab.sheet_content()
    return content.pledge_id if isinstance(content, PledgeDetails) else None


def selected(tab: PledgesTab) -> list[object]:
    return list(tab.list.table.selected_keys())


def click(tab: PledgesTab, row: int, qtbot: QtBot, keys: Qt.KeyboardModifier | None = None) -> None:
    viewport = tab.list.table.view.viewport()
    held = Qt.KeyboardModifier.NoModifier if keys is None else keys
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, held, point_of(tab, row))


def test_one_click_opens_a_pledge_and_the_next_one_follows(tab: PledgesTab, qtbot: QtBot) -> None:
    click(tab, 1, qtbot)
    assert shown(tab) is None  # a second click may come
    qtbot.waitUntil(lambda: shown(tab) is not None)
    assert [shown(tab)] == selected(tab)
    click(tab, 3, qtbot)
    assert [shown(tab)] == selected(tab)
    qtbot.keyClick(tab.list.table.view, Key.Key_Down)
    assert [shown(tab)] == selected(tab)
    assert tab.list.table.view.hasFocus()


def test_of_several_none_is_shown(tab: PledgesTab, view: QWidget, qtbot: QtBot) -> None:
    tab.show_pledge(tab.list.table.rows()[2].id)
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(selected(tab)) == 2
    assert tab.sheet_content() is None
    assert view.hasFocus()


def test_what_is_filtered_away_is_not_shown_and_typing_goes_on(tab: PledgesTab, qtbot: QtBot) -> None:
    tab.show_pledge(next(line.id for line in tab.list.table.rows() if "Rotary" in line.donor))
    tab.filter_here()
    qtbot.keyClicks(QApplication.focusWidget(), "harold")
    assert tab.list.filter.text() == "harold"
    assert shown(tab) is None


def test_a_form_being_typed_in_stays_when_another_row_is_clicked(tab: PledgesTab, qtbot: QtBot) -> None:
    tab.new_here()
    form = tab.sheet_content()
    assert isinstance(form, PledgeForm)
    form.amount.edit.setFocus()
    qtbot.keyClicks(form.amount.edit, "75")
    form.pledged_on.edit.setFocus()
    click(tab, 2, qtbot)
    assert tab.sheet_content() is form


def test_of_two_new_pledges_the_second_alone_is_selected(tab: PledgesTab, qtbot: QtBot) -> None:
    session = tab.desk.session
    made: list[str] = []
    for name in ("Daniel", "Tomasz"):
        tab.new_here()
        form = tab.sheet_content()
        assert isinstance(form, PledgeForm)
        form.person.lookup.set_value(contact_row(session.contacts.all(containing=name)[0]))
        form.campaign.set_value(form.campaign.row() or form.campaign._provider("garden")[0])
        form.amount.set_value(5_000)
        form.schedule.first_on.set_value(TODAY)
        qtbot.keyClick(form.amount.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made.append(shown(tab) or "")
        assert selected(tab) == [made[-1]]
    assert len(set(made)) == 2


def test_a_selected_record_is_the_only_one_even_with_a_key_held(tab: PledgesTab, qtbot: QtBot) -> None:
    first, second = (line.id for line in tab.list.table.rows()[:2])
    tab.list.table.select(first)
    view = tab.list.table.view
    qtbot.keyPress(view, Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    tab.list.table.select(second)
    qtbot.keyRelease(view, Key.Key_Control)
    assert selected(tab) == [second]


def test_f2_edits_the_selected_pledge(tab: PledgesTab, view: QWidget, qtbot: QtBot) -> None:
    chosen = tab.list.table.rows()[4]
    tab.list.table.select(chosen.id)
    qtbot.keyClick(view, Key.Key_F2)
    form = tab.sheet_content()
    assert isinstance(form, PledgeForm)
    assert form.person.contact_id() == chosen.donor_id


def test_a_removed_pledge_leaves_the_side(tab: PledgesTab) -> None:
    session = tab.desk.session
    key = session.pledges.record(
        PledgeDraft(
            donor_id=session.contacts.all()[0].id,
            campaign_id=session.campaigns.all()[0].id,
            kind=PledgeKind.MONEY,
            pledged_on=TODAY,
            amount_cents=100,
            schedule=Schedule(every=Every.ONCE, first_on=TODAY),
        )
    )
    tab.refresh()
    tab.show_pledge(key)
    tab.remove_selected()
    assert tab.sheet_content() is None


class _Painted(QObject):
    """What of a widget was painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.region = QRegion()
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def test_focus_frame_leaves_nothing_on_the_row_that_it_left(
    tab: PledgesTab, view: QWidget, qtbot: QtBot
) -> None:
    tab.list.table.select(tab.list.table.rows()[1].id)
    rows = tab.list.table.view
    row = rows.visualRect(tab.list.table.model.index(1, 0))
    painted = _Painted(rows.viewport())
    qtbot.keyClick(view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    last = QPoint(rows.viewport().width() - 4, row.center().y())
    qtbot.waitUntil(lambda: painted.region.contains(last))


def test_one_click_opens_a_deposit_and_rows_of_a_narrow_window_say_how(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments", action="deposits"))
    page = main_window.findChild(DepositPage)
    assert isinstance(page, DepositPage)
    rows = page.table.view
    assert rows.hint == ""
    at = rows.visualRect(page.table.model.index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: isinstance(page.sheet_content(), DepositDetails))
    page.beside.close_sheet()
    main_window.resize(1024, 700)
    assert rows.hint == "Enter or a double click opens it."
    main_window.resize(1440, 900)
    assert rows.hint == ""
