"""The question when a file is open elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from commission_app.errors import InUseError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


class InUseDialog(Dialog):
    """A file is open elsewhere: read it, take over from another computer, or leave it."""

    def __init__(self, error: InUseError, parent: "MainWindow") -> None:
        super().__init__(
            parent.tr("This file is in use"), f"{error}", doing="", safe=parent.tr("Cancel"), parent=parent
        )
        self.take_over = False
        self.doing.setText(self.tr("Open for reading"))
        self.doing.restyle()
        self.add_fact(self.tr("Nothing was changed."))
        self.add_fact(self.tr("Open for reading, you can look at everything and print it."))
        self.over: Button | None = None
        if error.is_elsewhere:
            text = self.tr(
                "If that is your old computer, or it crashed, take over. "
                "If somebody is working there now, one of you loses what they enter."
            )
            self.add_fact(text, "warning", "warn")
            self.over = Button(self.tr("Take over"), "secondary", parent=self)
            self.over.clicked.connect(self._take_over)
            self.buttons.insertWidget(0, self.over)

    @Slot()
    def _take_over(self) -> None:
        self.take_over = True
        self.accept()
