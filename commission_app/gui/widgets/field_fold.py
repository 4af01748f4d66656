"""Fields that few need, folded away in a form behind a line that says what they are."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QScrollArea

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.form import Form


class FieldFold(QObject):
    """A line in a form that shows the fields of these names, which stand below it, and hides them again.

    The form puts the line before its fields. While one of them holds something they stay in view."""

    def __init__(self, form: Form, line: Button, names: tuple[str, ...]) -> None:
        super().__init__(form)
        self.line, self._form, self._names = line, form, names
        self._unwanted: frozenset[str] = frozenset()
        self.is_open = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._reveal)
        line.clicked.connect(self.turn)
        self._arrange()

    def fields(self) -> list[Field]:
        """What is folded."""
        return [self._form.fields[name] for name in self._names]

    def set_unwanted(self, *names: str) -> None:
        """Fields that are not asked for now, open or not."""
        self._unwanted = frozenset(names)
        self._arrange()

    @Slot()
    def turn(self) -> None:
        """Show the fields and go to the first, or hide them while nothing is in them."""
        if self.is_open and self.holds_something():
            self.fields()[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_open(not self.is_open)
        if self.is_open:
            first = next((name for name in self._names if name not in self._unwanted), self._names[0])
            self._form.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)
            self._soon.start()

    @Slot()
    def _reveal(self) -> None:
        """Scroll to what was unfolded, once it has its place."""
        area = self._form.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        shown = [field for field in self.fields() if field.isVisibleTo(self._form)]
        if isinstance(area, QScrollArea) and shown:
            area.ensureWidgetVisible(shown[-1])
            area.ensureWidgetVisible(self.line)

    def holds_something(self) -> bool:
        """Whether anything is entered in the fields."""
        return any(field.is_entered() for field in self.fields())

    def set_open(self, is_open: bool) -> None:
        """Show the fields, or hide them."""
        self.is_open = is_open
        self._arrange()

    def open_for(self, values: Mapping[str, Any]) -> None:
        """Show the fields where one of them is named: it has an error, or a draft brought it back."""
        if not self.is_open and any(values.get(name) for name in self._names):
            self.set_open(True)

    def _arrange(self) -> None:
        self.line.set_icon("up" if self.is_open else "down")
        self.line.setAccessibleDescription(self.tr("Shown") if self.is_open else self.tr("Folded away"))
        for name in self._names:
            is_wanted = name not in self._unwanted
            self._form.fields[name].setVisible(self.is_open and is_wanted)
            self._form.fields[name].setEnabled(is_wanted)
