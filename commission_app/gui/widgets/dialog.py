"""The base of every dialog: a question, what will happen, the facts, the safe button and the doing one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from commission_app.gui.help.window import HelpWindow

_WIDTH, _WIDEST = 440, 560
_ROOMY, _AROUND = QSize(1120, 860), 56
_LOW, _CLOSE = 700, 12  # a window lower than this, at the text's size, is taken as a whole by a roomy dialog


class Dialog(QDialog):
    """A question with two answers. `accepted` is the doing one; Esc and the safe button reject.

    `facts` stand below with check icons, or with the icon and colour role given for one. A dangerous dialog
    has a red button, and the keyboard starts on the safe one. Without `safe` there is one button only. A
    roomy one fills its window, for tables, and can be made larger."""

    def __init__(
        self,
        question: str,
        body: str = "",
        *,
        doing: str,
        safe: str = "",
        danger: bool = False,
        facts: Sequence[str | tuple[str, str, str]] = (),
        icon: tuple[str, str] | None = None,
        wide: bool = False,
        width: int = 0,
        roomy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setModal(True)
        self._is_roomy = roomy
        self._pixels = width or (_WIDEST if wide else _WIDTH)
        self.question = Text(question, "dialog", wrap=True, parent=self)
        self.body = Text(body, "body", "ink-2", wrap=True, parent=self)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setVisible(bool(body))
        self.content = QVBoxLayout()
        self.content.setSpacing(6)
        for fact in facts:
            self.add_fact(*((fact,) if isinstance(fact, str) else fact))
        self.doing = Button(doing, "danger" if danger else "primary", parent=self)
        self.safe = Button(safe, "secondary", parent=self) if safe else None
        self._lay_out(icon)
        self.help: HelpWindow | None = None
        help_key = QAction(self)
        help_key.setShortcut(QKeySequence("F1"))
        help_key.triggered.connect(self.open_help)
        self.addAction(help_key)
        self.doing.clicked.connect(self.accept)
        if self.safe is not None:
            self.safe.clicked.connect(self.reject)
        first = self.safe if danger and self.safe is not None else self.doing
        first.setDefault(True)
        first.setFocus()
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def _lay_out(self, icon: tuple[str, str] | None) -> None:
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        if self.safe is not None:
            self.buttons.addWidget(self.safe)
        self.buttons.addWidget(self.doing)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        if icon is not None:
            self.head.addWidget(IconLabel(icon[0], icon[1], 24, self), 0, Qt.AlignmentFlag.AlignTop)
        self.head.addWidget(self.question, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(self.body)
        column.addLayout(self.content, 1 if self._is_roomy else 0)
        if not self._is_roomy:
            column.addStretch(1)
        column.addSpacing(4)
        column.addLayout(self.buttons)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the width from the text size again."""
        parent = self.parentWidget()
        if self._is_roomy and parent is not None:
            most = QSize(theme.scaled(_ROOMY.width()), theme.scaled(_ROOMY.height()))
            window = parent.window().size()
            around = _CLOSE if window.height() < theme.scaled(_LOW) else _AROUND
            self.resize((window - QSize(around, around)).boundedTo(most))
        else:
            room = parent.window().width() - _AROUND if parent is not None else theme.scaled(self._pixels)
            self.setFixedWidth(min(theme.scaled(self._pixels), max(room, self._pixels)))

    def add_fact(self, text: str, icon: str = "ok", role: str = "ok") -> None:
        """Add a fact with its icon."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 18, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(text, "body", wrap=True, parent=self), 1)
        self.content.addLayout(row)

    def add_widget(self, widget: QWidget) -> None:
        """Add something below the facts: a form, a reason."""
        self.content.addWidget(widget)

    @Slot()
    def open_help(self) -> None:
        """Open the help page of this dialog, or of what it stands over; both can be used."""
        from commission_app.gui.help.topics import topic_in, topic_of
        from commission_app.gui.help.window import HelpWindow

        below = self.parentWidget()
        topic = topic_of(self) or (topic_in(below.window()) if below is not None else "")
        if self.help is None:
            self.help = HelpWindow(self)
        self.help.open_at(topic)

    @override
    def sizeHint(self) -> QSize:
        """As high as the lines are at the width that the dialog has."""
        layout, hint = self.layout(), super().sizeHint()
        if self._is_roomy or layout is None or not layout.hasHeightForWidth():
            return hint
        width = min(theme.scaled(self._pixels), self.maximumWidth())
        wanted, least = layout.totalHeightForWidth(width), layout.totalMinimumHeightForWidth(width)
        return QSize(width, max(min(wanted, self._most_height()), least))

    def _most_height(self) -> int:
        """The height of the window below, or of the screen: what is more scrolls within, where it can."""
        parent = self.parentWidget()
        if parent is None:
            return self.screen().availableGeometry().height()
        return parent.window().height() - _CLOSE

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What grew after it was placed does not hang out below its window."""
        super().resizeEvent(event)
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            window, own = parent.window().frameGeometry(), self.frameGeometry()
            if own.bottom() > window.bottom():
                self.move(self.x(), max(window.top(), window.center().y() - own.height() // 2))

    @override
    def event(self, event: QEvent) -> bool:
        """It grows with what is said under its fields: no line lies behind the buttons."""
        done = super().event(event)
        grows = event.type() is QEvent.Type.LayoutRequest and not self._is_roomy
        if grows and self.height() < (wanted := self.sizeHint().height()):
            self.resize(self.width(), wanted)
        return done

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return reading_order.step(self, forward=forward)
