"""What all fields share: label above, help or error below, one protocol.

Every field has `value`, `set_value`, `problem` (what is wrong with what was typed, by itself), `set_error`
(what is wrong by the rules), the signal `changed` while it is edited, and `committed` when it is left or
Enter is pressed with another value than before; `told` when what stands under it changed."""

from typing import Any, TypedDict

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from commission_app.gui.widgets.controls import mark_problem
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text


class FieldOptions(TypedDict, total=False):
    """What every field takes: `name` is the accessible name where there is no label."""

    required: bool
    help_text: str
    name: str
    parent: QWidget | None


class _Note(QWidget):
    """The line under a field: help, an echo, or the error with its icon in their place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = IconLabel("overdue", "over", 16, self)
        self._text = Paragraph("", "meta", "ink-2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def say(self, text: str, error: bool) -> None:
        """Show a text, or nothing."""
        self._text.set_role("label" if error else "meta")
        self._text.set_colour("over" if error else "ink-2")
        self._text.setText(text)
        self._icon.setVisible(error)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What stands there."""
        return self._text.text()


class Field(QWidget):
    """What all fields share; made with its control."""

    changed = Signal()
    committed = Signal()
    told = Signal()

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        required: bool = False,
        help_text: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.required = required
        self._control = control
        self._help, self._echo, self._error = help_text, "", ""
        self._says_here = True
        self._committed: Any = None
        self._given: Any = None
        self._begun: Any = None
        self._label = Text(label, "label", "ink-2", parent=self)
        self._label.setBuddy(control)
        self._required = Text(self.tr("required"), "meta", "ink-3", parent=self)
        self._aside = Text("", "meta", "ink-2", parent=self)
        self._note = _Note(self)
        control.setAccessibleName(name or label)
        self._lay_out()
        self._label.setVisible(bool(label))
        self._required.setVisible(required and bool(label))
        self._aside.setVisible(False)
        self._tell()
        self.setFocusProxy(control)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self._label)
        head.addWidget(self._required)
        head.addStretch(1)
        head.addWidget(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self._label.text():
            column.addLayout(head)
        column.addWidget(self._control)
        column.addWidget(self._note)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def control(self) -> QWidget:
        """What is typed or clicked in."""
        return self._control

    def set_label(self, text: str) -> None:
        """Call the field otherwise."""
        self._label.setText(text)
        self._control.setAccessibleName(text)

    def label(self) -> str:
        """The label's text."""
        return self._label.text()

    def value(self) -> Any:
        """What is entered, in the field's type; None or "" for nothing."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; it counts as the one from before and no signal is sent."""
        self._given = value
        blocked = self.blockSignals(True)
        self._show(value)
        self.blockSignals(blocked)
        self._committed = self._begun = self.value()
        self.set_error(None)

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def problem(self) -> str | None:
        """What is wrong with what was entered, by itself; None if nothing is."""
        if self.required and self.value() in (None, ""):
            return self.tr("This cannot be empty.")
        return None

    def error(self) -> str:
        """The error that is shown, or an empty text."""
        return self._error

    def set_error(self, message: str | None) -> None:
        """Show an error under the field in place of the help, or take it away."""
        self._error = message or ""
        mark_problem(self._control, bool(message))
        self._tell()

    def set_help(self, text: str) -> None:
        """Show another help under the field."""
        self._help = text
        self._tell()

    def say_elsewhere(self) -> None:
        """Leave the line under the field away: it is too narrow, and who placed it says it where `told` is
        heard.
        """
        self._says_here = False
        self._tell()

    def note(self) -> str:
        """What stands under the field now."""
        return self._note.text()

    def is_changed(self) -> bool:
        """Whether the value is another one than was set or committed last."""
        return bool(self.value() != self._committed)

    def is_entered(self) -> bool:
        """Whether the value is another one than was set, committed or not."""
        return self.is_changed() or bool(self.value() != self._begun)

    def reset(self) -> None:
        """Show the value again that was set last."""
        self.set_value(self._given)

    def typed(self) -> Any:
        """What stands in the field as a draft keeps it: a text, a list of texts, yes or no, or None."""
        return self.value()

    def bring_back(self, typed: Any) -> None:
        """Put into the field what a draft kept, as if it were being typed now."""
        self._put(typed)
        self._edited()

    def _put(self, typed: Any) -> None:
        self._show(typed)

    def _set_echo(self, text: str) -> None:
        self._echo = text
        self._tell()

    def _tell(self) -> None:
        shown = self._error or self._echo or self._help
        self._note.say(shown if self._says_here else "", bool(self._error))
        self._control.setAccessibleDescription(shown)
        self.told.emit()

    @Slot()
    def _edited(self) -> None:
        """What was typed changed."""
        if self._error:
            self.set_error(None)
        self.changed.emit()

    def commit(self) -> None:
        """Send `committed` if what stands in the field is new, while it is still being typed in."""
        self._commit()

    @Slot()
    def _commit(self) -> None:
        """The field was left, or Enter pressed."""
        value = self.value()
        if value == self._committed:
            return
        problem = self.problem()
        if problem is not None:
            self.set_error(problem)
            return
        self._committed = value
        self.committed.emit()
