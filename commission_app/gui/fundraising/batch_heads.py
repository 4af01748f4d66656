"""The heads over the cells of a batch, while its rows are one line each."""

from typing import Final, final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.fundraising.batch_cells import BESIDE_ROWS, ROOM, SINGLE, WIDE
from commission_app.gui.widgets.text import Hairline, Text

_PADDING: Final = 11  # of the text in a cell


class BatchHeads(QWidget):
    """From, For, Amount, Method, Number, over the rows in an area. Where rows take two lines, the cells speak
    for themselves.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area.parentWidget())
        self._area = area
        named = (self.tr("From"), self.tr("For"), self.tr("Amount"), self.tr("Method"), self.tr("Number"))
        self._words = QWidget(self)
        self._row = QHBoxLayout(self._words)
        self._row.setSpacing(8)
        self._texts = [Text(name, "label", "ink-2", parent=self._words) for name in named]
        self._texts[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for at, text in enumerate(self._texts):
            self._row.addWidget(text, WIDE[at] if at < len(WIDE) else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(Hairline("line-strong", parent=self))
        self.restyle()
        theme.notifier().changed.connect(self.restyle)
        area.verticalScrollBar().rangeChanged.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the widths from the text size again."""
        bar = self._area.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        right = 2 * (theme.scaled(32) + 8) + beside + BESIDE_ROWS
        self._row.setContentsMargins(theme.scaled(22) + 8, 0, right, 0)
        self._texts[2].setContentsMargins(0, 0, theme.scaled(_PADDING), 0)
        for text, width in zip(self._texts[2:], ROOM, strict=True):
            text.setFixedWidth(theme.scaled(width))
        self._words.setVisible(self.width() >= theme.scaled(SINGLE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(self.width() >= theme.scaled(SINGLE))
