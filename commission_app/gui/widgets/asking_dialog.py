"""A question that is answered in fields."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import Field


class AskingDialog(Dialog):
    """Ctrl+Enter answers too. What is refused stands under the fields, and the dialog stays open with what
    was typed. A kind of question asks its fields and sends what they say.
    """

    _fields: tuple[Field, ...] = ()
    _is_refused = False

    def ask(self, *fields: Field) -> None:
        """The fields, once, in their order."""
        self._fields = fields
        for field in fields:
            self.add_widget(field)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)

    def send(self) -> None:
        """Tell what was answered."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        else:
            super().keyPressEvent(event)

    @Slot()
    def confirm(self) -> None:
        """Take the answer, where it is complete."""
        problems = [field.problem() for field in self._fields]
        for field, problem in zip(self._fields, problems, strict=True):
            field.set_error(problem)
        if any(problems):
            return
        self._is_refused = False
        self.send()
        if not self._is_refused:
            self.accept()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong: under the first field, unless a kind of question knows better."""
        self._is_refused = True
        self._fields[0].set_error(" ".join(errors.values()))
