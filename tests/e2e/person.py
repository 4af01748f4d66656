"""Somebody at the window: reads what is shown, presses what can be pressed, types on the keyboard."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from commission_app.gui import printing
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.widgets.field import Field

_PATIENCE = 10_000
_MOST_TABS = 80
Shown = TypeVar("Shown", bound=QWidget)


class Person(QObject):
    """Uses one window, or the dialog that stands over it, and counts what it takes: `clicks` of the mouse,
    choices in the system's dialogs not among them, and `strokes` on the keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        super().__init__()
        self.window, self._qtbot = window, qtbot
        self.clicks = self.strokes = 0
        self._answers: list[str] = []
        self._entering = "", ""
        self._read_in_dialog: list[str] = []
        self._watch = QTimer(self)
        self._watch.setInterval(20)
        self._watch.timeout.connect(self._answer_now)

    # Reading

    def _roots(self) -> list[QWidget]:
        modal = QApplication.activeModalWidget()
        popup = QApplication.activePopupWidget()
        return [widget for widget in (popup, modal) if widget is not None][:1] or [self.window]

    def _shown(self, kind: type[Shown]) -> Iterator[Shown]:
        for root in self._roots():
            yield from (widget for widget in root.findChildren(kind) if widget.isVisible())

    def reads(self) -> str:
        """Every word in view, and the names of what is painted, as a reader of the screen says it."""
        words: list[str] = []
        for widget in self._shown(QWidget):
            if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
                words.append(widget.text())
            elif isinstance(widget, QComboBox):
                words.append(widget.currentText())
            elif isinstance(widget, QPlainTextEdit):
                words.append(widget.toPlainText())
            elif isinstance(widget, QAbstractItemView):
                words += self._cells(widget)
            words += [widget.accessibleName(), widget.accessibleDescription()]
        return "\n".join(word for word in words if word)

    @staticmethod
    def _cells(view: QAbstractItemView) -> list[str]:
        model, top = view.model(), QModelIndex()
        columns = 1 if isinstance(view, QListView) else model.columnCount(top)
        cells = [model.index(row, at) for row in range(model.rowCount(top)) for at in range(columns)]
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return [str(cell.data(role)) for cell in cells for role in roles if cell.data(role)]

    def sees(self, *texts: str) -> None:
        """Wait until all of these can be read."""

        def are_there() -> None:
            read = self.reads()
            for text in texts:
                assert text in read, f"{text!r} is not in:\n{read}"

        self._qtbot.waitUntil(are_there, timeout=_PATIENCE)

    def sees_no(self, *texts: str) -> None:
        """Wait until none of these can be read."""

        def are_gone() -> None:
            read = self.reads()
            for text in texts:
                assert text not in read

        self._qtbot.waitUntil(are_gone, timeout=_PATIENCE)

    def is_told(self, text: str) -> None:
        """Wait until the message bar says this."""
        self._qtbot.waitUntil(lambda: text in self.window.bar.text(), timeout=_PATIENCE)

    # Pressing

    def press(self, name: str) -> None:
        """Press the button, tab, box or link of this name with the mouse; wait for it to be there."""
        self._click(self._wait_for(lambda: self._button(name), name))

    def may_press(self, name: str) -> bool:
        """Whether a button of this name is there and can be pressed."""
        return self._button(name) is not None

    def _button(self, name: str) -> QAbstractButton | None:
        for exact in (True, False):
            for button in self._shown(QAbstractButton):
                called = button.text().replace("&", ""), button.accessibleName()
                found = name in called if exact else any(text.startswith(name) for text in called)
                if found and button.isEnabled():
                    return button
        return None

    def _wait_for(self, find: Callable[[], Shown | None], name: str) -> Shown:
        found: list[Shown] = []

        def is_there() -> None:
            widget = find()
            assert widget is not None, f"nothing is called {name!r} in:\n{self.reads()}"
            found.append(widget)

        self._qtbot.waitUntil(is_there, timeout=_PATIENCE)
        return found[-1]

    def _click(self, widget: QWidget) -> None:
        self._bring_into_view(widget)
        if QApplication.activePopupWidget() is None:
            widget.activateWindow()  # as a press does on a screen
            self._qtbot.waitUntil(widget.isActiveWindow, timeout=_PATIENCE)
        at = QPoint(min(16, widget.width() // 2), widget.height() // 2)
        assert widget.visibleRegion().contains(at), f"{widget} is covered or cut"
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    @staticmethod
    def _bring_into_view(widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        QApplication.processEvents()

    def choose(self, *entries: str) -> None:
        """Choose from the menu that is open."""
        for entry in entries:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            action = next(action for action in menu.actions() if action.text().startswith(entry))
            assert action.isEnabled()
            self.clicks += 1
            self._qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=self._middle(menu, action))

    @staticmethod
    def _middle(menu: QMenu, action: QAction) -> QPoint:
        return menu.actionGeometry(action).center()

    def press_part(self, name: str) -> None:
        """Press what is painted under this name, such as the card of a seat."""

        def find() -> QWidget | None:
            return next(
                (each for each in self._shown(QWidget) if each.accessibleName().startswith(name)), None
            )

        self._click(self._wait_for(find, name))

    def press_row(self, text: str, name: str = "") -> None:
        """Press the row with this text in a table or list (of this name)."""

        def find() -> QAbstractItemView | None:
            views = (view for view in self._shown(QAbstractItemView) if name in view.accessibleName())
            return next((view for view in views if self._row(view, text).isValid()), None)

        view = self._wait_for(find, text)
        index = self._row(view, text)
        view.scrollTo(index)
        self._click_at(view, index)

    @staticmethod
    def _row(view: QAbstractItemView, text: str) -> QModelIndex:
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if text in str(model.index(row, column).data()):
                    return model.index(row, column)
        return QModelIndex()

    def _click_at(self, view: QAbstractItemView, index: QModelIndex) -> None:
        at = view.visualRect(index).center()
        assert view.viewport().rect().contains(at), f"{index.data()} is not in view"
        self.clicks += 1
        self._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    # Typing

    def field(self, label: str) -> Field:
        """The field with this label."""

        def find() -> Field | None:
            fields = (field for field in self._shown(Field) if label in (field.label(), _name(field)))
            return next(fields, None)

        return self._wait_for(find, label)

    def enter(self, label: str, text: str) -> None:
        """Press a field, replace what stands in it, and leave it with Tab."""
        control = self.field(label).control()
        self._click(control)
        control.setFocus()
        self.keys("Ctrl+A")
        self.type(text)
        self.keys("Tab")

    def create(self, label: str, name: str) -> None:
        """Type a name that nobody has yet into a lookup, and choose to create it."""
        self._click(self.field(label).control())
        self.type(name)
        popup = self._wait_for(self._list, f"Create “{name}”")
        last = popup.model().index(popup.model().rowCount() - 1, 0)
        assert last.data() == f"Create “{name}”"
        self._click_at(popup, last)

    def pick(self, label: str, text: str, entry: str = "") -> None:
        """By keys alone: go to a lookup, type, and take an entry of its list, else the text itself."""
        self.tab_to(label)
        self.type(text)
        popup = self._wait_for(self._list, text)
        for _ in range(popup.model().rowCount()):
            QTest.keyClick(popup, Qt.Key.Key_Down)
            if str(popup.currentIndex().data()).startswith(entry or text):
                break
        QTest.keyClick(popup, Qt.Key.Key_Return)

    @staticmethod
    def _list() -> QAbstractItemView | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QAbstractItemView) and popup.model().rowCount() else None

    def paste(self, label: str, text: str) -> None:
        """Paste a text into a field."""
        self._click(self.field(label).control())
        QApplication.clipboard().setText(text)
        self.keys("Ctrl+V")

    def type(self, text: str) -> None:
        """Type where the cursor is; a line break is typed as Return."""
        self.strokes += len(text)
        for character in text:
            if character == "\n":
                QTest.keyClick(self._focus(), Qt.Key.Key_Return)
            elif character.isascii():
                QTest.keyClick(self._focus(), character)
            else:
                key, plain = Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier
                QTest.sendKeyEvent(QTest.KeyAction.Click, self._focus(), key, character, plain)

    def keys(self, *sequences: str) -> None:
        """Press keys such as Ctrl+1, Tab or Return."""
        for sequence in sequences:
            if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
                self.window.activateWindow()  # as a screen does when a list or a dialog has closed
                self._qtbot.waitUntil(self.window.isActiveWindow, timeout=_PATIENCE)
            self.strokes += 1
            QTest.keySequence(QApplication.activePopupWidget() or self._focus(), sequence)
            QApplication.processEvents()

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of this name has the keyboard."""
        met = []
        for _ in range(_MOST_TABS):
            widget = self._focus()
            met.append(
                widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            )
            if met[-1].replace("&", "") in (name, f"{name}, required"):
                return
            self.keys("Tab")
        raise AssertionError(f"Tab never comes to {name!r}, but to {met}")

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    # Questions

    @contextmanager
    def answering(
        self, button: str, *reading: str, entering: tuple[str, str] = ("", ""), then: str = ""
    ) -> Generator[None]:
        """Read the question that comes in the block, fill in a field of it, and press its button; a dialog
        in two steps is gone through with the button `then`."""
        self._answers, self._entering = [each for each in (button, then) if each], entering
        self._read_in_dialog = []
        self._watch.start()
        try:
            yield
            self._qtbot.waitUntil(lambda: not self._watch.isActive(), timeout=_PATIENCE)
        finally:
            self._watch.stop()
        for text in reading:
            assert any(text in read for read in self._read_in_dialog), self._read_in_dialog

    @Slot()
    def _answer_now(self) -> None:
        if QApplication.activeModalWidget() is not None and (button := self._button(self._answers[0])):
            self._watch.stop()
            self._read_in_dialog.append(self.reads())
            if self._entering[0]:
                self.enter(*self._entering)
                self._entering = "", ""
            self._answers.pop(0)
            if self._answers:
                self._watch.start()
            self._click(button)

    # Paper

    def reads_paper(self, *texts: str, in_order: bool = False) -> None:
        """Wait until the preview shows pages with these words, one after the other if `in_order`."""

        def are_there() -> None:
            page = self.window.current_page()
            assert isinstance(page, MeetingsPage)
            pdf = page.detail.agenda.preview.pdf()
            assert pdf is not None
            read = paper_text(pdf.data)
            for text in texts:
                assert text in read, f"{text!r} is not on the paper:\n{read}"
            if in_order:
                assert [*texts] == sorted(texts, key=read.index)
            assert page.detail.agenda.preview.view.desk.is_drawn()

        self._qtbot.waitUntil(are_there, timeout=_PATIENCE)


def _name(field: Field) -> str:
    return field.control().accessibleName()


def paper_text(data: bytes) -> str:
    """The words of a PDF as its reader finds them, lines joined."""
    document: QPdfDocument = printing.open_pdf(data)
    pages = (document.getAllText(page).text() for page in range(document.pageCount()))
    return " ".join(" ".join(pages).split())
