"""A form: fields by name in one column, related short ones side by side, and the two buttons at its end."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar, final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.parsed_fields import ParsedField
from commission_app.gui.widgets.text import Paragraph, Text

F = TypeVar("F", bound=Field)
_WIDTH, _SHORT = 480, 128  # a form, a short field beside others
NEW: Final = "new"  # of a draft: which newcomers are being entered


class Newcomer(Protocol):
    """Fields of a form that enter something new in place of a lookup."""

    def is_new(self) -> bool:
        """Whether something new is being entered."""

    def begin_new(self, text: str) -> None:
        """Enter something new, beginning with what was typed."""

    def leave_new(self) -> None:
        """Choose something known after all."""


class _Actions(QWidget):
    """The buttons of a form; Esc leaves the form wherever the buttons stand."""

    def __init__(self, form: "Form") -> None:
        super().__init__(form)
        self._form = form
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._form.keyPressEvent(event)


class Form(QWidget):
    """Fields in at most 480 pixels. Enter sends `submitted` if nothing is wrong, Esc sends `cancelled`.
    In a text of several lines it is Ctrl+Enter.

    Boxed, the form is an inset panel inside a page. Errors go under their fields; those that belong to no
    field stand above the form."""

    submitted = Signal()
    cancelled = Signal()
    changed = Signal()

    def __init__(self, *, boxed: bool = False, width: int = _WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.newcomers: dict[str, Newcomer] = {}
        self._rows: list[tuple[QBoxLayout, list[Field]]] = []
        self.save: Button | None = None
        self.button_row: QWidget | None = None
        self._boxed, self._width = boxed, width
        self._message = Paragraph("", "label", "over", parent=self)
        self._message.setVisible(False)
        self._column = QVBoxLayout(self)
        margin = 16 if boxed else 0
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(16)
        self._column.addWidget(self._message)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the width from the text size again."""
        self.setMaximumWidth(theme.scaled(self._width) + (32 if self._boxed else 0))
        self._arrange()

    def _arrange(self) -> None:
        for row, fields in self._rows:
            beside = self.width() >= len(fields) * theme.scaled(_SHORT)
            way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            if row.direction() is not way:
                row.setDirection(way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """As high as its lines are at the width it has: a form is never higher than its hint."""
        hint = super().sizeHint()
        if not self.isVisible():
            return hint
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        """Not wider than its widest field: every row can be taken apart."""
        least, margins = super().minimumSizeHint(), self._column.contentsMargins()
        widest = max((field.minimumSizeHint().width() for field in self.fields.values()), default=0)
        return QSize(min(least.width(), widest + margins.left() + margins.right()), least.height())

    def add(self, name: str, field: F) -> F:
        """Add a field over the whole width; errors and values go by its name."""
        self._register(name, field)
        self._column.addWidget(field)
        return field

    def add_row(self, *fields: tuple[str, Field], stretches: Sequence[int] = ()) -> None:
        """Add related short fields side by side, or below each other where larger text leaves no room."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(12)
        for at, (name, field) in enumerate(fields):
            self._register(name, field)
            row.addWidget(field, stretches[at] if at < len(stretches) else 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self._rows.append((row, [field for _, field in fields]))

    def add_heading(self, text: str) -> None:
        """Add a heading before the next fields."""
        self._column.addSpacing(8)
        self._column.addWidget(Text(text, "heading", parent=self))

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._column.addWidget(widget)

    def set_actions(self, save: str, cancel: str | None = None, *, danger: bool = False) -> Button:
        """Add the buttons: what saves, as a verb, and what leaves. Returns the first."""
        actions = _Actions(self)
        self.save = Button(save, "danger" if danger else "primary", parent=actions)
        self.save.clicked.connect(self.submit)
        actions.row.addWidget(self.save)
        if cancel is not None:
            leave = Button(cancel, "secondary", parent=actions)
            leave.clicked.connect(self.cancelled)
            actions.row.addWidget(leave)
        actions.row.addStretch(1)
        self._column.addSpacing(4)
        self._column.addWidget(actions)
        self.button_row = actions
        return self.save

    def _register(self, name: str, field: Field) -> None:
        self.fields[name] = field
        field.changed.connect(self.changed)

    def values(self) -> dict[str, Any]:
        """The values of all fields by name."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; fields that are not named stay as they are."""
        for name, value in values.items():
            self.fields[name].set_value(value)

    def is_changed(self) -> bool:
        """Whether any field was edited since its value was set."""
        return any(field.is_changed() for field in self.fields.values())

    def typed(self) -> dict[str, Any]:
        """What was entered and not saved, by field, as a draft keeps it; empty when there is nothing."""
        found = {
            name: field.typed()
            for name, field in self.fields.items()
            if field.isEnabled() and self.is_unsaved(field)
        }
        new = [name for name, newcomer in self.newcomers.items() if newcomer.is_new()]
        return {**found, NEW: new} if found and new else found

    def is_unsaved(self, field: Field) -> bool:
        """Whether a field holds something that would be lost with the form."""
        return field.is_entered()

    def bring_back(self, typed: Mapping[str, Any]) -> None:
        """Put what a draft kept into the fields, as if it were being typed now."""
        for name in typed.get(NEW, ()):
            if name in self.newcomers:
                self.newcomers[name].begin_new("")
        first: Field | None = None
        for name, field in self.fields.items():
            if name in typed:
                field.bring_back(typed[name])
                first = first or field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def reset(self) -> None:
        """Forget what was entered and not saved."""
        for newcomer in self.newcomers.values():
            if newcomer.is_new():
                newcomer.leave_new()
        for field in self.fields.values():
            field.reset()
        self.show_errors({})
        self.changed.emit()

    def show_above(self, notice: QWidget) -> None:
        """Show something above the first field."""
        self._column.insertWidget(0, notice)

    def problems(self) -> dict[str, str]:
        """What the fields find wrong by themselves: what cannot be read, what is required and missing."""
        found = {name: field.problem() for name, field in self.fields.items() if field.isEnabled()}
        return {name: message for name, message in found.items() if message}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Put each message under its field and the focus on the first; none takes all errors away."""
        first: Field | None = None
        for name, field in self.fields.items():
            message = errors.get(name)
            field.set_error(message)
            if message and first is None:
                first = field
        rest = [message for name, message in errors.items() if name not in self.fields]
        self._message.setText("\n".join(rest))
        self._message.setVisible(bool(rest))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the focus on the first field that can be edited; a proposed number or day is typed over."""
        for field in self.fields.values():
            if field.isEnabled() and field.isVisibleTo(self):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(field, ParsedField):
                    field.edit.selectAll()
                return

    @Slot()
    def submit(self) -> None:
        """Send `submitted`, or show what is wrong."""
        problems = self.problems()
        self.show_errors(problems)
        if not problems:
            self.submitted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._boxed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillPath(painting.rounded(area, 10), theme.colour("inset"))
        painting.outline(painter, area, 10, theme.colour("line"))
        painter.end()
