"""Buttons beside each other, in as many lines as the width asks for; the row claims the height of them."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.wrapping import WrappingRow


class ButtonRow(QWidget):
    """What can be pressed, the likeliest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = WrappingRow(spacing=10)
        self.setLayout(self._row)
        self.buttons: list[Button] = []

    def add(self, button: Button) -> None:
        """Add a button at the end."""
        self.buttons.append(button)
        self._row.addWidget(button)
        button.show()
        self.claim()

    def clear(self) -> None:
        """Take all buttons away."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []

    def claim(self) -> None:
        """Take the room of all lines."""
        self.setMinimumHeight(self._row.heightForWidth(max(self.width(), 1)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.claim()
