"""Buttons, chips, tabs, lists, message bar, dialog, explanation, menus: what a person presses and reads."""

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeySequence, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets import focus_ring
from commission_app.gui.widgets.buttons import Button, Kind, match_widths
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec, KeyCap, chip_size, paint_chip
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.fields import CheckField, ChoiceField, RadioField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.list_pane import ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import Menu, key_text
from commission_app.gui.widgets.message_bar import MessageBar, MessageKind
from commission_app.gui.widgets.page_parts import (
    NARROW,
    EmptyState,
    FindingRow,
    PageTitle,
    Panel,
    ScrollPage,
    Section,
)
from commission_app.gui.widgets.parsed_fields import NumberField, TimeField
from commission_app.gui.widgets.record_model import Column
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.tabs import Tabs
from commission_app.gui.widgets.text import Elided, Hairline, IconLabel, Line, Run, Surface, Text

COUNTED = Explanation("22 members", "Contacts, each once.", "At least 20", "Memorandum, 2024", "twenty")

WINDOWS: list[QWidget] = []


@pytest.fixture(autouse=True, params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme.install(qapp, theme.Scheme(request.param))
    focus_ring.note_reason(Qt.FocusReason.MouseFocusReason)
    yield
    WINDOWS.clear()
    theme.install(qapp, theme.Scheme.LIGHT)


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """The widgets in a shown, active window."""
    window = QWidget()
    WINDOWS.append(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(12, 12, 12, 12)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


# Buttons


@pytest.mark.parametrize(
    ("kind", "fill"),
    [("primary", "accent-fill"), ("secondary", "page"), ("danger", "danger"), ("quiet", "page")],
)
def test_button_has_the_fill_of_its_kind(qtbot: QtBot, kind: Kind, fill: str) -> None:
    button = Button("Post agenda...", kind)
    shown(qtbot, button)
    assert image_of(button).pixelColor(8, 18).name() == theme.colour(fill).name()
    assert button.height() == 36


@pytest.mark.parametrize(("size", "height"), [("small", 32), ("normal", 36), ("large", 48)])
def test_button_heights_follow_size_and_text(qapp: QApplication, size: str, height: int) -> None:
    button = Button("Add", size=size)  # type: ignore[arg-type] # one of the sizes
    assert button.sizeHint().height() == height
    theme.install(qapp, theme.Scheme.LIGHT, 150)
    assert button.sizeHint().height() == height * 3 // 2


def test_button_that_cannot_be_pressed_says_why(qtbot: QtBot) -> None:
    button = Button("Post agenda...", "primary", name="Post")
    button.set_unavailable("The agenda is already posted.")
    assert not button.isEnabled()
    assert button.toolTip() == "The agenda is already posted."
    assert button.accessibleDescription() == "The agenda is already posted."
    button.set_unavailable(None)
    assert button.isEnabled()
    assert button.toolTip() == "Post"


def test_icon_button_is_square_and_has_a_name(qtbot: QtBot) -> None:
    button = Button(kind="icon", icon="columns", name="Columns")
    assert button.sizeHint().width() == button.sizeHint().height() == 36
    assert button.accessibleName() == button.toolTip() == "Columns"


def test_enter_presses_a_button(qtbot: QtBot) -> None:
    button = Button("Add")
    shown(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_pill_is_checked_by_a_press(qtbot: QtBot) -> None:
    pill = Button("All", "pill")
    shown(qtbot, pill)
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert pill.isChecked()
    pill.clearFocus()
    assert image_of(pill).pixelColor(5, 16).name() == theme.colour("sel").name()


def test_buttons_of_a_list_become_as_wide_as_the_widest(qtbot: QtBot) -> None:
    buttons = [Button("Add"), Button("Put on the agenda")]
    match_widths(buttons)
    shown(qtbot, *buttons)
    assert buttons[0].width() == buttons[1].width()


def test_focus_ring_shows_for_the_keyboard_only(qtbot: QtBot) -> None:
    first, second = Button("First"), Button("Second")
    shown(qtbot, first, second)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert focus_ring.current() is None or focus_ring.current().widget() is not first  # type: ignore[union-attr]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    ring = focus_ring.current()
    assert ring is not None
    assert ring.widget() is second
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    QCoreApplication.sendEvent(first, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.widget() is None


def test_ring_survives_the_window_it_was_in(qtbot: QtBot) -> None:
    for _ in range(2):
        first, second = Button("First"), Button("Second")
        window = shown(qtbot, first, second)
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Tab)
        ring = focus_ring.current()
        assert ring is not None
        assert ring.widget() is second
        assert ring.window() is window
        WINDOWS.clear()
        window.deleteLater()
        del ring, window
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert focus_ring.current() is None


# Chips and text


@pytest.mark.parametrize("kind", ChipKind)
def test_chip_is_24_high_and_as_wide_as_its_text(kind: ChipKind) -> None:
    short, long = chip_size("Held", "held", kind), chip_size("Post by Mon, Sep 21, 6 PM", "held", kind)
    assert short.height() == long.height() == 24
    assert short.width() < long.width()
    assert Chip("Held", kind, "held").sizeHint() == short


def test_quiet_chip_has_no_padding() -> None:
    assert chip_size("Filled", "ok", ChipKind.QUIET).width() == chip_size("Filled", "ok").width() - 14


def test_accent_chip_in_a_selected_row_stands_on_page_colour() -> None:
    for selected, role in ((False, "sel"), (True, "page")):
        image = QImage(120, 24, QImage.Format.Format_RGB32)
        image.fill(QColor("#808080"))
        painter = QPainter(image)
        paint_chip(painter, QPointF(0, 0), "Posted", "posted", ChipKind.ACCENT, selected=selected)
        painter.end()
        assert image.pixelColor(4, 12).name() == theme.colour(role).name()


def test_chip_can_be_read_by_a_screen_reader() -> None:
    assert Chip.of(ChipSpec("Overdue", ChipKind.OVERDUE, "overdue")).text() == "Overdue"


def test_text_is_never_taken_for_markup() -> None:
    assert Text("<b>not bold</b>").textFormat() is Qt.TextFormat.PlainText


def test_line_that_is_too_narrow_tells_its_text_by_tooltip(qtbot: QtBot) -> None:
    line = Line([Run("Dr. Alexandria Montgomery-Featherstonehaugh", "strong"), Run("臺南", "body", "ink-2")])
    window = shown(qtbot, line)
    window.resize(500, 60)
    qtbot.waitUntil(lambda: line.width() > 400)
    assert line.toolTip() == ""
    line.setFixedWidth(120)
    qtbot.waitUntil(line.is_cut)
    assert line.toolTip() == "Dr. Alexandria Montgomery-Featherstonehaugh 臺南"


# Tabs


def test_tabs_change_by_press_and_by_arrow(qtbot: QtBot) -> None:
    tabs = Tabs(["Agenda", "Posting", "Run"], name="Meeting")
    shown(qtbot, tabs)
    chosen: list[int] = []
    tabs.changed.connect(chosen.append)
    assert tabs.current() == 0
    words = tabs.findChildren(type(tabs._tabs[0]))
    qtbot.mouseClick(words[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(words[1], Qt.Key.Key_Right)
    qtbot.keyClick(words[2], Qt.Key.Key_Right)
    assert chosen == [1, 2]
    assert words[2].hasFocus()
    tabs.set_texts(["One"])
    assert (tabs.texts(), tabs.current()) == (["One"], 0)


# List pane


def pane_rows() -> list[ListLabel | ListRow]:
    draft = ChipSpec("Draft", ChipKind.OUTLINE, "draft")
    return [
        ListLabel("2026"),
        ListRow("oct", "Thu, Oct 22", chip=draft),
        ListRow("sep", "Thu, Sep 24", chip=draft),
        ListLabel("2025"),
        ListRow("dec", "Thu, Dec 18", detail="No quorum"),
    ]


def test_list_model_behaves(qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    qtbot.addWidget(pane)
    QAbstractItemModelTester(pane.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pane.set_rows(pane_rows())
    pane.set_rows(pane_rows()[1:3])
    pane.set_rows([])


def test_list_goes_over_labels_by_keyboard_and_opens_by_enter(qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    shown(qtbot, pane)
    pane.set_rows(pane_rows())
    chosen: list[object] = []
    pane.chosen.connect(chosen.append)
    pane.select("oct")
    pane.setFocus()
    for _ in range(3):
        qtbot.keyClick(pane, Qt.Key.Key_Down)
    assert chosen == ["oct", "sep", "dec"]
    qtbot.keyClick(pane, Qt.Key.Key_Up)
    assert pane.selected() == "sep"
    with qtbot.waitSignal(pane.opened) as opened:
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert opened.args == ["sep"]


def test_list_keeps_what_is_selected_when_rows_change(qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    shown(qtbot, pane)
    pane.set_rows(pane_rows())
    pane.select("sep")
    chosen: list[object] = []
    pane.chosen.connect(chosen.append)
    pane.set_rows(pane_rows()[1:])
    assert (pane.selected(), chosen) == ("sep", [])
    pane.set_rows(pane_rows()[3:])
    assert (pane.selected(), chosen) == (None, [None])
    assert not pane.select("sep")


def test_list_rows_are_40_or_66_high_and_labels_cannot_be_selected(qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    shown(qtbot, pane)
    pane.set_rows(pane_rows())
    heights = [pane.visualRect(pane.rows.index(at, 0)).height() for at in range(5)]
    assert heights == [36, 40, 40, 36, 66]
    qtbot.mouseClick(
        pane.viewport(), Qt.MouseButton.LeftButton, pos=pane.visualRect(pane.rows.index(3, 0)).center()
    )
    assert pane.selected() is None


def test_selected_list_row_has_its_colour_and_bar(qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    shown(qtbot, pane)
    pane.set_rows(pane_rows())
    pane.select("sep")
    area = pane.visualRect(pane.rows.index_of("sep"))
    image = image_of(pane.viewport())
    assert image.pixelColor(area.left() + 9, area.center().y()).name() == theme.colour("accent").name()
    assert image.pixelColor(area.right() - 12, area.center().y()).name() == theme.colour("sel").name()


# Message bar


def test_message_stays_until_the_next_and_offers_undo(qtbot: QtBot) -> None:
    bar = MessageBar()
    shown(qtbot, bar)
    bar.set_saved("Saved 9:41 AM")
    bar.tell(MessageKind.DONE, "Pledge recorded.", undo=True)
    assert (bar.text(), bar.saved()) == ("Pledge recorded.", "Saved 9:41 AM")
    with qtbot.waitSignal(bar.undo_wanted):
        qtbot.mouseClick(bar.undo, Qt.MouseButton.LeftButton)
    bar.tell(MessageKind.INFO, "Nothing to undo.")
    assert not bar.undo.isVisible()


def test_a_long_message_gives_way_to_when_it_was_saved(qtbot: QtBot) -> None:
    bar = MessageBar()
    shown(qtbot, bar)
    bar.set_saved("Saved 9:41 AM")
    bar.tell(MessageKind.DONE, "Recorded a batch of many payments by people with long names. " * 4, undo=True)
    bar.window().resize(780, 120)
    qtbot.waitUntil(lambda: bar.width() < 800)
    assert bar._saved.width() >= bar._saved.sizeHint().width()
    assert not bar._saved.toolTip()


@pytest.mark.parametrize(
    ("kind", "role"),
    [(MessageKind.DONE, "inset"), (MessageKind.WARNING, "warn-bg"), (MessageKind.FAILURE, "over-bg")],
)
def test_message_bar_is_filled_by_kind(qtbot: QtBot, kind: MessageKind, role: str) -> None:
    bar = MessageBar()
    shown(qtbot, bar)
    bar.tell(kind, "Said.")
    assert image_of(bar).pixelColor(4, 20).name() == theme.colour(role).name()
    assert bar.height() == 44


def test_failure_has_its_button_and_can_be_closed(qtbot: QtBot) -> None:
    bar = MessageBar()
    shown(qtbot, bar)
    bar.tell(MessageKind.FAILURE, "Not saved: the disk is full.", action="What to do")
    with qtbot.waitSignal(bar.action_wanted):
        qtbot.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert (bar.text(), bar.kind()) == ("", MessageKind.INFO)


# Dialog, explanation, menus


def test_dialog_answers_by_its_two_buttons(qtbot: QtBot) -> None:
    dialog = Dialog(
        "Post this agenda?", doing="Post agenda", safe="Cancel", facts=("11 of 11 checks in order",)
    )
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.windowTitle() == "Post this agenda?"
    assert dialog.width() == 440
    qtbot.mouseClick(dialog.doing, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_dangerous_dialog_starts_on_the_safe_button(qtbot: QtBot) -> None:
    dialog = Dialog("Void the payment?", doing="Void the payment", safe="Keep it", danger=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.safe is not None
    assert dialog.safe.isDefault()
    assert dialog.doing.kind() == "danger"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_info_mark_opens_by_space_and_leads_to_the_rule(qtbot: QtBot) -> None:
    mark = InfoMark(COUNTED)
    shown(qtbot, mark)
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Space)
    popover = mark.popover()
    assert popover is not None
    assert popover.width() == 320
    assert "Memorandum, 2024" in popover.accessibleName()
    assert popover.link is not None
    with qtbot.waitSignal(mark.rule_wanted) as wanted:
        qtbot.mouseClick(popover.link, Qt.MouseButton.LeftButton)
    assert wanted.args == ["twenty"]
    qtbot.waitUntil(lambda: mark.popover() is None)


def test_no_line_of_an_explanation_is_cut(qtbot: QtBot) -> None:
    long = "Memorandum on the number of persons of a community organization, with its appendix, page 12"
    mark = InfoMark(Explanation("Falls under 20", "Counted at each month end. " * 6, long, long))
    shown(qtbot, mark)
    mark.open()
    popover = mark.popover()
    assert popover is not None
    wrapped = [text for text in popover.findChildren(Text) if text.wordWrap()]
    assert len(wrapped) == 3
    assert all(text.height() >= text.heightForWidth(text.width()) for text in wrapped)
    popover.close()
    qtbot.waitUntil(lambda: mark.popover() is None)


def test_info_mark_closes_by_esc(qtbot: QtBot) -> None:
    mark = InfoMark(COUNTED)
    shown(qtbot, mark)
    mark.open()
    popover = mark.popover()
    assert popover is not None
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: mark.popover() is None)
    mark.set_explanation(None)
    assert not mark.isVisible()


def test_menu_entry_runs_its_slot_and_the_unavailable_one_says_why(qtbot: QtBot) -> None:
    menu = Menu()
    qtbot.addWidget(menu)
    button = QPushButton()
    qtbot.addWidget(button)
    button.setCheckable(True)
    menu.add("Check", button.toggle, icon="check", shortcut="Ctrl+K").trigger()
    assert button.isChecked()
    off = menu.add("Void", button.toggle, unavailable="The receipt is issued.")
    off.trigger()
    assert (button.isChecked(), off.toolTip()) == (True, "The receipt is issued.")


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert key_text("Ctrl+Shift+Z") == "Ctrl Shift Z"
    assert key_text(QKeySequence.StandardKey.Undo)


# Parts of pages


def test_finding_row_reads_and_acts(qtbot: QtBot) -> None:
    row = FindingRow(
        "inquiries", "Tainan is waiting", ChipSpec("Overdue"), "Received July 2.", "Write the answer"
    )
    shown(qtbot, row)
    assert row.button.accessibleDescription() == "Tainan is waiting"
    assert row.height() >= 66
    with qtbot.waitSignal(row.pressed):
        qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)


def test_empty_state_offers_the_first_step(qtbot: QtBot) -> None:
    empty = EmptyState(
        "inquiries", "No inquiries yet", "A first letter from a city abroad.", "Record an inquiry"
    )
    shown(qtbot, empty)
    assert empty.button is not None
    with qtbot.waitSignal(empty.pressed):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_section_body_can_be_filled_again(qtbot: QtBot) -> None:
    section = Section("What needs attention", 2)
    section.add(Text("one"), line=True)
    section.clear()
    section.add(Text("two"))
    shown(qtbot, section)
    assert section.body.count() == 1
    assert section.heading.text() == "What needs attention 2"


def test_page_title_shows_a_native_spelling(qtbot: QtBot) -> None:
    title = PageTitle("Meetings")
    title.set_text("Tainan", "臺南")
    title.set_subtitle("Taiwan")
    assert (title.title.text(), title.subtitle.text()) == ("Tainan 臺南", "Taiwan")


def test_scroll_page_pads_by_the_width_of_the_window(qtbot: QtBot) -> None:
    page = ScrollPage()
    qtbot.addWidget(page)
    page.resize(NARROW, 600)
    page.show()
    assert not page.is_narrow()
    assert page.column.contentsMargins().left() == 40
    with qtbot.waitSignal(page.width_changed):
        page.resize(NARROW - 1, 600)
    assert page.column.contentsMargins().left() == 28


# Nothing stays behind


MAKERS: dict[str, Callable[[], QWidget]] = {
    "Text": lambda: Text("a"),
    "Elided": lambda: Elided("a"),
    "IconLabel": lambda: IconLabel("ok"),
    "Hairline": Hairline,
    "Surface": Surface,
    "Button": lambda: Button("a", icon="add"),
    "Chip": lambda: Chip("a"),
    "KeyCap": lambda: KeyCap("Ctrl Z"),
    "FilterBox": lambda: FilterBox("Filter", "Ctrl F"),
    "TextField": lambda: TextField("a", limit=3),
    "TextAreaField": lambda: TextAreaField("a"),
    "ChoiceField": lambda: ChoiceField("a", [(1, "one")]),
    "CheckField": lambda: CheckField("a"),
    "RadioField": lambda: RadioField("a", [(1, "one")]),
    "NumberField": lambda: NumberField("a"),
    "TimeField": lambda: TimeField("a"),
    "Form": lambda: Form(boxed=True),
    "Tabs": lambda: Tabs(["a", "b"]),
    "ListPane": lambda: ListPane("a"),
    "RecordTable": lambda: RecordTable([Column("a", str)], str, name="a"),
    "MessageBar": MessageBar,
    "Dialog": lambda: Dialog("a", doing="b", safe="c", facts=("d",)),
    "InfoMark": lambda: InfoMark(COUNTED),
    "Section": lambda: Section("a", 1),
    "PageTitle": lambda: PageTitle("a", "b"),
    "FindingRow": lambda: FindingRow("home", "a", ChipSpec("b"), "c", "d"),
    "EmptyState": lambda: EmptyState("home", "a", "b", "c"),
    "Panel": Panel,
    "ScrollPage": ScrollPage,
}


def collect() -> None:
    """Let everything go that nothing holds."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.parametrize("name", MAKERS)
def test_widget_is_gone_when_it_is_deleted(qapp: QApplication, name: str) -> None:
    def listeners() -> int:
        return theme.notifier().receivers(SIGNAL("changed()"))

    collect()
    before = listeners()
    holder = QWidget()
    row = QHBoxLayout(holder)
    widget = MAKERS[name]()
    row.addWidget(widget)
    holder.grab()
    theme.install(qapp, theme.Scheme.DARK, 130)
    holder.grab()
    gone = weakref.ref(widget)
    del widget, row
    holder.deleteLater()
    del holder
    collect()
    assert gone() is None
    assert listeners() == before
    theme.install(qapp, theme.Scheme.LIGHT)


@pytest.mark.parametrize("percent", [100, 200])
def test_a_long_message_takes_two_lines_and_then_is_whole_in_its_tooltip(
    qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    theme.install(qapp, theme.Scheme.LIGHT, percent)
    try:
        bar = MessageBar()
        qtbot.addWidget(bar)
        bar.resize(800, bar.height())
        bar.show()
        two = "The file is open for reading only. Nothing can be changed here." * (200 // percent)
        bar.tell(MessageKind.WARNING, two, action="Try again")
        sentence = bar.findChild(QLabel, "sentence")
        assert sentence is not None
        assert sentence.text() == bar.text() == two
        assert sentence.width() < sentence.sizeHint().width()
        assert sentence.heightForWidth(sentence.width()) <= sentence.height() <= bar.height()
        long = two + "and so on " * 60
        bar.tell(MessageKind.WARNING, long, action="Try again")
        assert bar.text() == sentence.toolTip() == sentence.accessibleName() == long
        assert sentence.text().endswith("…")
        assert sentence.heightForWidth(sentence.width()) <= sentence.height()
    finally:
        theme.install(qapp, theme.Scheme.LIGHT)


def test_a_dialog_with_what_scrolls_is_no_higher_than_its_window(qtbot: QtBot) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    column = QVBoxLayout(inside)
    for number in range(60):
        column.addWidget(Text(f"Line {number}"))
    dialog = Dialog("Issue receipts?", doing="Issue them", safe="Not now", parent=window)
    dialog.add_widget(Room(inside, grows=True))
    dialog.show()
    qtbot.waitExposed(dialog)
    assert 400 < dialog.height() <= window.height()
    assert dialog.doing.visibleRegion().boundingRect() == dialog.doing.rect()


def test_a_dialog_that_grows_does_not_hang_out_below_its_window(qtbot: QtBot) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    column = QVBoxLayout(inside)
    dialog = Dialog("Issue receipts?", doing="Issue them", safe="Not now", parent=window)
    dialog.add_widget(Room(inside, grows=True))
    dialog.show()
    qtbot.waitExposed(dialog)
    before = dialog.height()
    for number in range(25):
        column.addWidget(Text(f"Line {number}"))
    qtbot.waitUntil(lambda: dialog.height() > before + 200)
    assert dialog.frameGeometry().bottom() <= window.frameGeometry().bottom()
    assert dialog.frameGeometry().top() >= window.frameGeometry().top()
