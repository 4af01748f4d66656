"""The buttons of a form stay in sight, and rows go on below where there is no more room."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui.members.beside import Beside
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.money_bars import MoneyBar, MoneyFacts
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow


def is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().size() == widget.size()


def test_the_buttons_of_a_long_form_are_seen_in_a_low_pane(qtbot: QtBot) -> None:
    form = Form()
    for number in range(12):
        form.add(f"field{number}", TextField(f"Field {number}"))
    save = form.set_actions("Save", "Cancel")
    scroll = FormScroll()
    qtbot.addWidget(scroll)
    scroll.show_widget(form)
    assert form.button_row is not None
    scroll.dock(form.button_row)
    scroll.resize(480, 300)
    scroll.show()
    qtbot.waitUntil(lambda: is_whole(save))
    assert scroll.area.verticalScrollBar().maximum() > 0
    with qtbot.waitSignal(form.submitted):
        save.click()
    scroll.hide_buttons()
    assert not save.isVisible()


def test_a_sheet_leaves_room_for_the_ring_and_ends_at_the_padding_of_the_page(
    look: None, qtbot: QtBot
) -> None:
    form = Form()
    for number in range(12):
        form.add(f"field{number}", TextField(f"Field {number}"))
    save = form.set_actions("Save", "Cancel")
    beside = Beside(QWidget())
    qtbot.addWidget(beside)
    beside.resize(1440, 500)
    beside.show()
    beside.open_sheet("A form", form)
    qtbot.waitUntil(lambda: is_whole(save))
    sheet, scroll = beside.sheet, beside.sheet.findChild(QScrollArea)
    assert scroll is not None and scroll.verticalScrollBar().maximum() > 0
    left, right = (form.mapTo(sheet, QPoint(x, 0)).x() for x in (0, form.width()))
    title, first = (part.mapTo(sheet, QPoint(0, 0)).x() for part in (sheet.title, save))
    assert title == first == left
    assert sheet.width() - right == 40
    assert scroll.viewport().mapTo(sheet, QPoint(0, 0)).x() <= left - 4
    assert scroll.viewport().mapTo(sheet, QPoint(scroll.viewport().width(), 0)).x() >= right + 4


def test_a_row_claims_the_height_of_its_lines(qtbot: QtBot) -> None:
    buttons = [Button(f"Button {number}") for number in range(4)]
    holder = Wrapped(WrappingRow(*buttons))
    qtbot.addWidget(holder)
    holder.resize(holder.sizeHint())
    holder.show()
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 1)
    holder.resize(buttons[0].width() * 2 + 20, 10)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 2)
    assert all(is_whole(button) for button in buttons)


def test_amounts_stand_below_each_other_where_they_do_not_fit(qtbot: QtBot) -> None:
    facts = MoneyFacts(
        "Garden", 100, 200, 400, "goal $12,000.00", "$10,200.00 received", "$11,400.00 pledged"
    )
    bar = MoneyBar(facts)
    qtbot.addWidget(bar)
    bar.resize(600, 80)
    one_line = bar.minimumSizeHint().height()
    bar.resize(200, 80)
    assert bar.minimumSizeHint().height() > one_line
