"""A date of the calendar that no meeting has yet."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.gui import labels
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Text


class ProjectedView(QWidget):
    """A calendar date that is not in the file, and the offer to enter it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PageTitle("", compact=True, parent=self)
        self.title.set_beside(Chip.of(labels.projected(), self))
        self.words = Text(
            self.tr("The calendar rule names this date. Enter the meeting to prepare and post its agenda."),
            "body",
            "ink-2",
            wrap=True,
            parent=self,
        )
        self.enter = Button(self.tr("Enter this meeting"), "primary", "add", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.enter)
        column.addStretch(1)

    def show_start(self, starts: datetime) -> None:
        """Show a date of the calendar."""
        self.title.set_text(labels.day_long(starts))
