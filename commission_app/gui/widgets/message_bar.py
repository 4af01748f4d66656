"""The bar at the foot of the window: what was done last, its Undo, and when it was saved."""

from enum import StrEnum
from typing import Final, NamedTuple, final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import KeyCap
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.text import Elided, IconLabel, Text


class MessageKind(StrEnum):
    """What a message is about: done or worth knowing pass by, a warning or failure fills the bar."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    FAILURE = "failure"


class _Look(NamedTuple):
    icon: str
    icon_role: str
    ink: str
    fill: str


_LOOKS: Final = {
    MessageKind.DONE: _Look("ok", "ok", "ink", "inset"),
    MessageKind.INFO: _Look("info", "ink-2", "ink", "inset"),
    MessageKind.WARNING: _Look("warning", "warn", "warn", "warn-bg"),
    MessageKind.FAILURE: _Look("overdue", "over", "over", "over-bg"),
}


class _Sentence(Text):
    """A sentence on one line, or on two where there is no room; what is longer ends with an ellipsis and is
    whole in the tooltip and for a screen reader."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(wrap=True, parent=parent)
        self._whole = ""
        self.setObjectName("sentence")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def say(self, text: str, colour: str) -> None:
        """Show another sentence in a colour."""
        self._whole = text
        self.set_colour(colour)
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def whole(self) -> str:
        """The sentence."""
        return self._whole

    def _fit(self) -> None:
        metrics, line = self.fontMetrics(), theme.line_height("body")
        shown, room = self._whole, 2 * self.width()
        self.setText(shown)
        while room > 0 and super().heightForWidth(self.width()) > 2 * line + 2:
            shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
            self.setText(shown)
            room -= line
        self.setToolTip(self._whole if shown != self._whole else "")

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(painting.text_width("body", self._whole)) + 2, theme.line_height("body"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.line_height("body"))

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class MessageBar(QWidget):
    """Shows one message, the last one, until the next; failures until they are closed.

    `undo_wanted`, `action_wanted` and `other_wanted` tell that Undo or one of the message's own buttons
    was pressed."""

    undo_wanted = Signal()
    action_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = MessageKind.INFO
        self.setAccessibleName(self.tr("Messages"))
        self._icon = IconLabel("info", "ink-2", 18, self)
        self._text = _Sentence(self)
        self.undo = Button(self.tr("Undo"), "quiet", "undo", "small", parent=self)
        self._key = KeyCap(key_text(QKeySequence.StandardKey.Undo), self)
        self.action = Button("", "outline", size="small", parent=self)
        self.other = Button("", "quiet", size="small", parent=self)
        self._check = IconLabel("check", "ink-3", 16, self)
        self._saved = Elided("", "meta", "ink-3", self)
        self._saved.setSizePolicy(
            QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        )  # a message gives way
        self.close_button = Button(
            kind="ghost", icon="close", size="small", name=self.tr("Close"), parent=self
        )
        self._lay_out()
        self.undo.clicked.connect(self.undo_wanted)
        self.action.clicked.connect(self.action_wanted)
        self.other.clicked.connect(self.other_wanted)
        self.close_button.clicked.connect(self.clear)
        self.clear()
        self.set_saved("")
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(40, 1, 20, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text)
        self._row.addSpacing(4)
        self._row.addWidget(self.undo)
        self._row.addWidget(self._key)
        self._row.addStretch(1)
        self._row.addWidget(self.action)
        self._row.addWidget(self.other)
        self._row.addWidget(self._check)
        self._row.addWidget(self._saved)
        self._row.addWidget(self.close_button)
        self._row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the height from the text size again."""
        self.setFixedHeight(theme.scaled(44))
        self.update()

    def set_padding(self, left: int) -> None:
        """Where the message begins: the padding of the page, 20 beside a list pane."""
        self._row.setContentsMargins(left, 1, 20, 0)

    def tell(
        self, kind: MessageKind, text: str, *, undo: bool = False, action: str = "", other: str = ""
    ) -> None:
        """Show a message in place of the last one, with Undo or buttons of its own, and say it aloud."""
        look = _LOOKS[kind]
        self._kind = kind
        self._icon.set_icon(look.icon, look.icon_role)
        self._text.say(text, look.ink)
        self._icon.setVisible(bool(text))
        self.undo.setVisible(undo)
        self._key.setVisible(undo)
        self.action.setText(action)
        self.action.set_tone(look.ink if kind in (MessageKind.WARNING, MessageKind.FAILURE) else "")
        self.action.setVisible(bool(action))
        self.other.setText(other)
        self.other.setVisible(bool(other))
        self.close_button.setVisible(kind is MessageKind.FAILURE)
        self._show_saved()
        self.update()
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def kind(self) -> MessageKind:
        """The kind of the message that is shown."""
        return self._kind

    def text(self) -> str:
        """The message that is shown."""
        return self._text.whole()

    @Slot()
    def clear(self) -> None:
        """Show no message."""
        self.tell(MessageKind.INFO, "")

    def set_saved(self, text: str) -> None:
        """What stands at the right: Saved 9:41 AM."""
        self._saved.set_text(text)
        self._show_saved()

    def saved(self) -> str:
        """What stands at the right."""
        return self._saved.text()

    def _show_saved(self) -> None:
        calm = bool(self._saved.text()) and self._kind in (MessageKind.DONE, MessageKind.INFO)
        calm = calm and self.other.isHidden()  # two things to choose from take its room
        self._check.setVisible(calm)
        self._saved.setVisible(calm)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(_LOOKS[self._kind].fill))
        painting.hairline(painter, QPointF(0, 0), self.width(), theme.colour("line"))
        painter.end()
