"""How long the current item has taken, against the minutes planned for it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import labels, theme
from commission_app.gui.widgets import painting

_BAR, _HIGH, _GAP = 120, 8, 12
_SOON = 0.8  # of the planned minutes


class TimeBar(painting.Painted):
    """Minutes and seconds in words, and a bar: from 80 percent it warns, over time it says by how much."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._minutes: int | None
        self.show_time(0, None)

    def show_time(self, seconds: int, minutes: int | None) -> None:
        """Show the seconds that passed, of so many minutes planned (None: not planned)."""
        self._seconds, self._minutes = seconds, minutes
        self.setAccessibleName(" ".join(self.words()))
        self.restyle()

    def words(self) -> tuple[str, str]:
        """What is written: 12:40, of 15 minutes."""
        clock = f"{self._seconds // 60}:{self._seconds % 60:02d}"
        if not self._minutes:
            return clock, ""
        over = (self._seconds - self._minutes * 60) // 60
        if over >= 1:
            text = labels.counted(over, self.tr("{count} minute over"), self.tr("{count} minutes over"))
            return clock, text
        one, many = self.tr("of {count} minute"), self.tr("of {count} minutes")
        return clock, labels.counted(self._minutes, one, many)

    def share(self) -> float:
        """How much of the planned time has passed, 0 to 1 and more."""
        return self._seconds / (self._minutes * 60) if self._minutes else 0.0

    def colour(self) -> str:
        """The colour role of the bar."""
        share = self.share()
        return "over-mark" if share > 1 else "warn-mark" if share >= _SOON else "accent-fill"

    @override
    def sizeHint(self) -> QSize:
        clock, rest = self.words()
        width = painting.text_width("run-strong", clock)
        if rest:
            width += theme.scaled(6) + painting.text_width("run-body", rest) + theme.scaled(_GAP + _BAR)
        return QSize(int(width) + 2, theme.line_height("run-body"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def draw(self, painter: QPainter) -> None:
        clock, rest = self.words()
        area = QRectF(self.rect())
        is_over = self.share() > 1
        painting.write(painter, area, clock, "run-strong", "over" if is_over else "ink")
        if not rest:
            return
        left = painting.text_width("run-strong", clock) + theme.scaled(6)
        room = QRectF(left, 0, area.width() - left, area.height())
        painting.write(painter, room, rest, "run-body", "over" if is_over else "ink-2")
        high = theme.scaled(_HIGH)
        bar = QRectF(area.right() - theme.scaled(_BAR), (area.height() - high) // 2, theme.scaled(_BAR), high)
        painter.fillPath(painting.rounded(bar, high / 2), theme.colour("track"))
        end = bar.left() + bar.width() * min(1.0, self.share())
        painting.bar(painter, bar, high / 2, theme.colour(self.colour()), (bar.left(), end))
        painter.setPen(Qt.PenStyle.NoPen)
