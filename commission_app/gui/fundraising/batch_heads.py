"""The heads over the cells of a batch, while its rows are one line each."""

from typing import final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.fundraising.batch_cells import ROOM, SINGLE
from commission_app.gui.widgets.text import Hairline, Text


class BatchHeads(QWidget):
    """From, For, Amount, Method, Number. Where rows take two lines, the cells speak for themselves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named = (self.tr("From"), self.tr("For"), self.tr("Amount"), self.tr("Method"), self.tr("Number"))
        self._words = QWidget(self)
        self._row = QHBoxLayout(self._words)
        self._row.setSpacing(8)
        self._texts = [Text(name, "label", "ink-2", parent=self._words) for name in named]
        for at, text in enumerate(self._texts):
            self._row.addWidget(text, 5 if at < 2 else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(Hairline("line-strong", parent=self))
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the widths from the text size again."""
        self._row.setContentsMargins(theme.scaled(22) + 8, 0, 2 * (theme.scaled(32) + 8), 0)
        for text, width in zip(self._texts[2:], ROOM, strict=True):
            text.setFixedWidth(theme.scaled(width))
        self._words.setVisible(self.width() >= theme.scaled(SINGLE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(self.width() >= theme.scaled(SINGLE))


class StuckHeads(BatchHeads):
    """The heads once more above what scrolls in an area, while their own are scrolled away."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._heads: BatchHeads | None = None
        self.hide()
        area.verticalScrollBar().valueChanged.connect(self.place)
        area.verticalScrollBar().rangeChanged.connect(self.place)

    def follow(self, heads: BatchHeads) -> None:
        """Stand in for these heads."""
        self._heads = heads
        self.place()

    @final
    @Slot()
    def place(self) -> None:
        """Stand where the heads would be, or step aside where they are seen."""
        view, heads = self._area.viewport(), self._heads
        if heads is None or not view.isAncestorOf(heads):
            self.hide()
            return
        corner = heads.mapTo(view, QPoint(0, 0))
        is_stuck = corner.y() < 0 and heads.width() >= theme.scaled(SINGLE)
        if is_stuck is self.isHidden():
            self.setVisible(is_stuck)
            self._area.setViewportMargins(0, heads.height() if is_stuck else 0, 0, 0)
        self.setGeometry(view.x() + corner.x(), view.y() - heads.height(), heads.width(), heads.height())
