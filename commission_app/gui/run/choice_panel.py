"""A few things to choose from, each by one key, with a time where one may be typed first."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_time_near
from commission_app.errors import ValidationError
from commission_app.gui.run.button_row import ButtonRow
from commission_app.gui.widgets.buttons import Button, Kind
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.text import Paragraph


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its key, its words, its icon, and why it cannot be done now.

    `asks_twice`: Enter alone does not take it, only its key or its button."""

    value: Any
    key: str
    words: str
    icon: str = ""
    why_not: str = ""
    asks_twice: bool = False


class ChoicePanel(Panel):
    """`chosen` sends a value; `typed_time` is the time that was typed for it, near the time when the meeting
    `starts`. Esc sends `cancelled`.

    The first choice has the keyboard, unless it asks twice; a letter chooses, a digit begins a time, Enter
    takes the choice that is marked."""

    chosen = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        choices: list[Choice],
        *,
        timed: bool = False,
        starts: time = time(18),
        asks: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(padding=20, parent=parent)
        self.choices = choices
        self.column.addWidget(Paragraph(title, "run-lead", parent=self))
        if sentence:
            self.column.addWidget(Paragraph(sentence, "run-body", "ink-2", parent=self))
        self.time = TextField(self.tr("Time"), placeholder=self.tr("now, or 7:05p"), parent=self)
        self.words = TextField(asks, parent=self)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, shown in ((self.time, timed), (self.words, bool(asks))):
            fields.addWidget(field, 0 if field is self.time else 1)
            field.setVisible(shown)
        if timed and not asks:
            fields.addStretch(1)
        self.column.addLayout(fields)
        self.row = ButtonRow(self)
        for at, choice in enumerate(choices):
            kind: Kind = "secondary" if at or choice.why_not or choice.asks_twice else "primary"
            button = Button(
                choice.words,
                kind,
                choice.icon or None,
                "run",
                key=choice.key,
                parent=self.row,
            )
            button.setProperty("choice", at)
            button.set_unavailable(choice.why_not or None)
            button.clicked.connect(self._pressed)
            self.row.add(button)
        self.column.addWidget(self.row)
        self._timed, self._starts = timed, starts
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(title)

    def begin(self) -> None:
        """Give the keyboard to the first choice that can be taken."""
        if (first := self._first()) is not None and first.asks_twice:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif first is not None:
            self._mark(first)

    def _mark(self, choice: Choice) -> None:
        self.row.buttons[self.choices.index(choice)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def typed_time(self) -> Any:
        """The time that was typed; None where none was, ValidationError where it is none."""
        text = self.time.value()
        return parse_time_near(text, self._starts) if text else None

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self._take(self.choices[int(button.property("choice"))])

    def _take(self, choice: Choice) -> None:
        if self._is_time():
            self.chosen.emit(choice.value)

    def _is_time(self) -> bool:
        """Whether the time can be read; what is wrong with it stands below it."""
        try:
            self.typed_time()
        except ValidationError as error:
            self.time.set_error(error.problems[0].message)
            self.time.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.time.edit.selectAll()
            return False
        return True

    def _first(self) -> Choice | None:
        return next((choice for choice in self.choices if not choice.why_not), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        typing = self.time.edit.hasFocus() or self.words.edit.hasFocus()
        named = [each for each in self.choices if each.key and each.key.casefold() == text.casefold()]
        if key is Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if typing and (first := self._first()) is not None:
                if not first.asks_twice:
                    self._take(first)
                elif self._is_time():
                    self._mark(first)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down) and not typing:
            self._step(-1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1)
        elif text.isdigit() and self._timed and not typing:
            self.time.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.time.edit.setText(text)
        elif named and not named[0].why_not and not typing:
            self._take(named[0])
        # Everything else is for this panel too: a letter that means nothing here must do nothing elsewhere.

    def _step(self, direction: int) -> None:
        usable = [button for button in self.row.buttons if button.isEnabled()]
        focused = self.focusWidget()
        if isinstance(focused, Button) and focused in usable:
            target = usable[(usable.index(focused) + direction) % len(usable)]
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif usable:
            usable[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
