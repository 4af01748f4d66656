"""Asks why something of a meeting that is final is voided."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.validation import RECOMMENDED
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextAreaField


class VoidingDialog(Dialog):
    """A question with a reason; `confirmed` sends it. Ctrl+Enter answers too."""

    confirmed = Signal(str)

    def __init__(self, question: str, body: str, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(question, body, doing=doing, safe=self.tr("Cancel"), danger=True, parent=parent)
        self.reason = TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=5)
        self.add_widget(self.reason)
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
        """Take the reason where there is one."""
        problem = self.reason.problem()
        self.reason.set_error(problem)
        if problem is None:
            self.confirmed.emit(self.reason.value())
            self.accept()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong with the reason."""
        self.reason.set_error(" ".join(errors.values()))


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
