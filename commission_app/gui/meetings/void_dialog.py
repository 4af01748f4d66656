"""Asks why something of a meeting that is final is voided."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.validation import RECOMMENDED
from commission_app.gui.widgets.asking_dialog import AskingDialog
from commission_app.gui.widgets.fields import TextAreaField


class VoidingDialog(AskingDialog):
    """A question with a reason; `confirmed` sends it."""

    confirmed = Signal(str)

    def __init__(self, question: str, body: str, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(question, body, doing=doing, safe=self.tr("Cancel"), danger=True, parent=parent)
        self.reason = TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=5)
        self.ask(self.reason)
        self.reason.setFocus()

    @override
    def send(self) -> None:
        self.confirmed.emit(self.reason.value())


class VoidMotionDialog(VoidingDialog):
    """Asks why a closed motion is voided; `motion` is its name."""

    def __init__(self, motion: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Void {motion}?").format(motion=motion),
            self.tr(
                "It stays in the record, struck through with your reason. What it brought about is taken "
                "back, and the minutes leave it out. This cannot be undone: it would be moved again."
            ),
            self.tr("Void the motion"),
            parent,
        )
