"""Work that takes a while: a thin line that moves at the top of the page, and Cancel where it may be."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Surface, Text

#: The height of the line.
LINE: Final = 4


class WorkingLine(QProgressBar):
    """The line; hidden while nothing takes long."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(LINE)
        self.setAccessibleName(self.tr("Working"))
        self.hide()


class WorkingSign(Surface):
    """The words "Still working" with Cancel, over the foot of the page, which stays usable."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("sel", parent)
        self.cancel = Button(self.tr("Cancel"), "secondary", size="small", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(Text(self.tr("Still working..."), "body", "sel-ink", parent=self))
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancelled)
        self.hide()
