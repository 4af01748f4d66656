"""A sentence across a part of the page that must not be missed, with the one button that helps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import IconLabel, Paragraph, Surface


class Banner(Surface):
    """A filled line with an icon; hidden while it has nothing to say."""

    pressed = Signal()

    def __init__(self, action: str = "", *, tone: str = "warn", parent: QWidget | None = None) -> None:
        super().__init__(f"{tone}-bg", parent)
        icon = "warning" if tone == "warn" else "overdue"
        self._text = Paragraph("", "body", "ink", parent=self)
        self.button = Button(action, "outline", size="small", tone=tone, parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, tone, 18, self), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def say(self, text: str) -> None:
        """Show a sentence, or with an empty one nothing."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self._text.text()
