"""The bare controls for typing: line edit, filter box, text area; and where a popup goes."""

import math
from typing import Final, final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from commission_app.domain.text import clean
from commission_app.gui import icons, theme
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.chips import KeyCap

BOX_HEIGHT: Final = 36


def mark_problem(control: QWidget, problem: bool) -> None:
    """Give a control the border of an error, or take it away."""
    if bool(control.property("problem")) is problem:
        return
    control.setProperty("problem", problem)
    control.style().unpolish(control)
    control.style().polish(control)
    control.update()


def show_beside_problem(control: QWidget, reason: Qt.FocusReason) -> None:
    """The border tells of the focus; where it tells of a problem already, the ring stands around it."""
    if control.property("problem"):
        focus_ring.enter(control, reason, 6)
    else:
        focus_ring.note_reason(reason)


class LineEdit(QLineEdit):
    """A line to type in; looks come from the style sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def show_start(self) -> None:
        """Show a long text from its beginning, unless somebody is typing in it."""
        if not self.hasFocus():
            self.setCursorPosition(0)

    @override
    def event(self, event: QEvent) -> bool:
        """A text that is wider than the line is shown whole while the pointer rests on it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width() - 24
            from html import escape  # with all names of HTML for signs

            QToolTip.showText(event.globalPos(), f"<qt>{escape(self.text())}</qt>" if is_cut else "", self)
            return True
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_for_the_record(event)
        ):
            event.ignore()
            return True
        return super().event(event)

    def _is_for_the_record(self, event: QKeyEvent) -> bool:
        """Whether Undo or Redo is the record's: nothing to redo in the line, nor to undo where nothing was
        typed. What was typed and undone is no reason to go on with the record.
        """
        if self.isRedoAvailable():
            return False
        if event.matches(QKeySequence.StandardKey.Redo):
            return True
        return event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()

    def take_out_unseen(self) -> tuple[str, ...]:
        """Take characters out that nobody sees, as a page or a sheet lends them to what is pasted; which."""
        found = clean(self.text()) if not self.text().isprintable() else None
        if found is None or not found.removed:
            return ()
        after = len(self.text()) - self.cursorPosition()
        self.setText(found.text)
        self.setCursorPosition(max(0, len(found.text) - after))
        return found.removed

    def add_icon(self, name: str, *, leading: bool = False, tip: str = "") -> QAction:
        """Put an icon at the end of the line, or before the text; its action tells when it is pressed."""
        action = QAction(tip, self)
        action.setToolTip(tip)
        icons.assign(action, name)
        side = (
            QLineEdit.ActionPosition.LeadingPosition if leading else QLineEdit.ActionPosition.TrailingPosition
        )
        self.addAction(action, side)
        return action

    @final
    @Slot()
    def restyle(self) -> None:
        """Take font and placeholder colour from the theme again."""
        self.setFont(theme.font("body"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("ink-3"))
        self.setPalette(palette)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_beside_problem(self, event.reason())
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.end(False)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focus_ring.leave(self)


class FilterBox(LineEdit):
    """Filter as you type: an icon, a placeholder and the key that leads here. Esc empties it."""

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.add_icon("filter", leading=True, tip=placeholder)
        self.setTextMargins(-6, 0, 0, 0)
        self._cap = KeyCap(key, self) if key else None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._place)

    @override
    def sizeHint(self) -> QSize:
        cap = self._cap.sizeHint().width() + 16 if self._cap else 16
        words = int(painting.text_width("body", self.placeholderText()))
        return QSize(max(theme.scaled(200), words + theme.scaled(40) + cap), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), super().minimumSizeHint().height())

    @Slot()
    def _place(self) -> None:
        if self._cap is not None:
            size = self._cap.sizeHint()
            words = int(painting.text_width("body", self.placeholderText())) + theme.scaled(36)
            self._cap.setVisible(not self.text() and words + size.width() + 8 <= self.width())
            self._cap.setGeometry(
                self.width() - size.width() - 8,
                (self.height() - size.height()) // 2,
                size.width(),
                size.height(),
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines, as high as the text between a least and a greatest number of lines.

    `pasted` tells what was taken out of a pasted text. Ctrl+Enter is left to the form."""

    left = Signal()
    pasted = Signal(object)

    def __init__(self, least: int = 2, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._role = "body"
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.restyle()
        self.textChanged.connect(self._grow)
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take font and height from the theme again."""
        self.setFont(theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("ink-3"))
        self.setPalette(palette)
        self._grow()

    def set_role(self, role: str) -> None:
        """Write in the font of another role."""
        self._role = role
        self.restyle()

    @Slot()
    def _grow(self) -> None:
        lines = min(self._most, max(self._least, int(self.document().size().height())))
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        height = lines * line + 2 * int(self.document().documentMargin()) + 14
        if height != self.height():
            self.setFixedHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        show_beside_problem(self, event.reason())
        self.reveal_soon()

    def reveal_soon(self) -> None:
        """Bring the whole box and what stands under it into view once they have their place: by itself a
        page scrolls to the text cursor only."""
        if self.hasFocus():
            QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        shown: QWidget = self.parentWidget() or self
        above = shown.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = None if above.isWindow() else above.parentWidget()  # not the page under a dialog
        inside = above.widget() if above is not None else None
        if above is None or inside is None or not self.hasFocus():
            return
        if shown.height() > above.viewport().height():
            return
        top = shown.mapTo(inside, QPoint(0, 0))
        above.ensureVisible(top.x(), top.y() + shown.height(), 0, 8)
        above.ensureVisible(top.x(), top.y(), 0, 8)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText():
            return
        found = clean(f"|{source.text()}|", multiline=True)  # the bars keep the blanks at both ends
        self.insertPlainText(found.text[1:-1])
        self.pasted.emit(found.removed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focus_ring.leave(self)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def below(widget: QWidget, size: QSize) -> QPoint:
    """Where a popup of a size goes: under a widget, or above it where the screen ends. Global coordinates."""
    top_left = widget.mapToGlobal(QPoint(0, widget.height() + 4))
    screen = widget.screen().availableGeometry() if widget.screen() else QRect(top_left, size)
    x = max(screen.left(), min(top_left.x(), screen.right() - size.width()))
    y = top_left.y()
    if y + size.height() > screen.bottom():
        y = max(screen.top(), widget.mapToGlobal(QPoint(0, 0)).y() - size.height() - 4)
    return QPoint(x, y)
