"""The keyboard stays on the page when what had it goes away."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place


@pytest.fixture
def cells(main_window: MainWindow, qtbot: QtBot) -> list[QLineEdit]:
    """Three lines at the end of the page of payments, where the chain of the keyboard ends too."""
    main_window.navigate(Place(page="fundraising", tab="payments"))
    main_window.activateWindow()
    page = main_window.current_page()
    assert page is not None
    tab = page.tab()  # type: ignore[attr-defined] # the fundraising page
    assert isinstance(tab, PaymentsTab)
    holder = QWidget(tab)
    column = QVBoxLayout(holder)
    made = [QLineEdit(holder) for _ in range(3)]
    for cell in made:
        column.addWidget(cell)
    holder.show()
    QApplication.processEvents()
    return made


def test_hidden_part_hands_the_keyboard_to_the_next_one(
    main_window: MainWindow, cells: list[QLineEdit]
) -> None:
    cells[1].setFocus()
    cells[1].hide()
    assert main_window.focusWidget() is cells[2]


def test_last_part_hands_it_to_the_one_before(main_window: MainWindow, cells: list[QLineEdit]) -> None:
    cells[2].setFocus()
    cells[2].hide()
    assert main_window.focusWidget() is cells[1]


def test_disabled_part_hands_it_on_too(main_window: MainWindow, cells: list[QLineEdit]) -> None:
    cells[2].setFocus()
    cells[2].setEnabled(False)
    assert main_window.focusWidget() is cells[1]


def test_deleted_part_leaves_it_near(main_window: MainWindow, cells: list[QLineEdit]) -> None:
    cells[2].setFocus()
    cells[2].deleteLater()
    QApplication.sendPostedEvents(cells[2], QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    assert main_window.focusWidget() in cells[:2]


def test_button_of_the_message_bar_hands_it_back_to_the_page(
    main_window: MainWindow, cells: list[QLineEdit]
) -> None:
    assert main_window.desk is not None
    cells[0].setFocus()
    main_window.desk.messages.undone("Undone: a payment.")
    button = main_window.bar.action
    button.setFocus(Qt.FocusReason.TabFocusReason)
    main_window.desk.messages.clear()
    assert main_window.focusWidget() is cells[0]
