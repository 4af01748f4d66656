"""Asks on which day and for what reason something of money is taken back."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextAreaField


class ReasonDialog(Dialog):
    """A question with a day and a reason; `confirmed` sends both. What is refused stands under the fields,
    and the dialog stays open with what was typed."""

    confirmed = Signal(object, str)

    def __init__(self, question: str, body: str, doing: str, safe: str, parent: QWidget) -> None:
        super().__init__(question, body, doing=doing, safe=safe, danger=True, parent=parent)
        self.day = day_field(self.tr("On"), labels.today(), required=True)
        self.day.set_value(labels.today())
        self.reason = TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=5)
        self.add_widget(self.day)
        self.add_widget(self.reason)
        self._is_refused = False
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self.reason.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        else:
            super().keyPressEvent(event)

    @Slot()
    def confirm(self) -> None:
        """Take day and reason, where both are there."""
        problems = [field.problem() for field in (self.day, self.reason)]
        for field, problem in zip((self.day, self.reason), problems, strict=True):
            field.set_error(problem)
        day = self.day.value()
        if not any(problems) and isinstance(day, date):
            self._is_refused = False
            self.confirmed.emit(day, self.reason.value())
            if not self._is_refused:
                self.accept()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong: with the reason under it, else under the day, which most refusals are about."""
        self._is_refused = True
        day = " ".join(message for path, message in errors.items() if path != "reason")
        for field, problem in ((self.reason, errors.get("reason")), (self.day, day)):
            field.set_error(problem)
            if problem:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
