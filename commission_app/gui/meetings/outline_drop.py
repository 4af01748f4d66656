"""Where a dragged item would be put down: the accent line between two rows, and scrolling at the edges."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from commission_app.gui import theme
from commission_app.gui.meetings.outline_rows import Spot
from commission_app.gui.widgets.text import Surface

_EDGE, _STEP = 28, 12  # of the viewport, in which a drag scrolls, and how far
_SIDE = 24


class DropGuide:
    """Shows the nearest spot while something is dragged over the body of a scroll area."""

    def __init__(self, area: QScrollArea, body: QWidget) -> None:
        self._area, self._body = area, body
        self._spot: Spot | None = None
        self._line = Surface("accent", body)
        self._line.setVisible(False)

    def spot(self) -> Spot | None:
        """Where the item would be put down now; None while nothing is dragged."""
        return self._spot

    def line(self) -> QRect | None:
        """Where the line is shown, in the body; None while nothing is dragged."""
        return None if self._spot is None else self._line.geometry()

    def show(self, at: QPoint, spots: Sequence[tuple[int, Spot]]) -> None:
        """Show the spot nearest to a global position; each one comes with its height in the body."""
        self._scroll_near(at)
        y = self._body.mapFromGlobal(at).y()
        if not spots:
            return
        distances = [abs(height - y) for height, _ in spots]
        height, self._spot = spots[distances.index(min(distances))]
        self._line.setGeometry(QRect(_SIDE, height - 1, self._body.width() - 2 * _SIDE, 2))
        self._line.setVisible(True)
        self._line.raise_()
        self._area.setCursor(Qt.CursorShape.ClosedHandCursor)

    def end(self) -> None:
        """Nothing is dragged any more."""
        self._spot = None
        self._line.setVisible(False)
        self._area.unsetCursor()

    def _scroll_near(self, at: QPoint) -> None:
        viewport, bar = self._area.viewport(), self._area.verticalScrollBar()
        y = viewport.mapFromGlobal(at).y()
        if y < _EDGE:
            bar.setValue(bar.value() - theme.scaled(_STEP))
        elif y > viewport.height() - _EDGE:
            bar.setValue(bar.value() + theme.scaled(_STEP))
