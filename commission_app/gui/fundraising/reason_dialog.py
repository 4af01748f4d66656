"""Asks on which day and for what reason something of money is taken back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.asking_dialog import AskingDialog
from commission_app.gui.widgets.fields import TextAreaField


class ReasonDialog(AskingDialog):
    """A question with a day and a reason; `confirmed` sends both."""

    confirmed = Signal(object, str)

    def __init__(self, question: str, body: str, doing: str, safe: str, parent: QWidget) -> None:
        super().__init__(question, body, doing=doing, safe=safe, danger=True, parent=parent)
        self.day = day_field(self.tr("On"), labels.today(), required=True)
        self.day.set_value(labels.today())
        self.reason = TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=5)
        self.ask(self.day, self.reason)
        self.reason.setFocus()

    @override
    def send(self) -> None:
        self.confirmed.emit(self.day.value(), self.reason.value())

    @override
    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong: with the reason under it, else under the day, which most refusals are about."""
        self._is_refused = True
        day = " ".join(message for path, message in errors.items() if path != "reason")
        for field, problem in ((self.reason, errors.get("reason")), (self.day, day)):
            field.set_error(problem)
            if problem:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
