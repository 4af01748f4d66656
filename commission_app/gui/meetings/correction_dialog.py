"""The question what is corrected in minutes that are approved."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.gui import labels
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextAreaField


class CorrectionDialog(Dialog):
    """Asks for the day and the text of a correction; `confirmed` sends both."""

    confirmed = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Correct the minutes"),
            self.tr(
                "The text stays as it was approved. The correction is kept beside it and printed after it."
            ),
            doing=self.tr("Add the correction"),
            safe=self.tr("Cancel"),
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = day_field(self.tr("On"), labels.today(), required=True)
        self.day.set_value(labels.today())
        self.text = TextAreaField(self.tr("What is corrected"), required=True, least=3, most=10)
        self.add_widget(self.day)
        self.add_widget(self.text)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self.text.setFocus()

    @Slot()
    def confirm(self) -> None:
        """Take both where they are there."""
        problems = [field.problem() for field in (self.day, self.text)]
        for field, problem in zip((self.day, self.text), problems, strict=True):
            field.set_error(problem)
        day = self.day.value()
        if not any(problems) and isinstance(day, date):
            self.confirmed.emit(day, self.text.value())
            self.accept()
