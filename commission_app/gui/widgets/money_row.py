"""A line of money: a day, words, a state and an amount; pressed where it leads somewhere."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.members.names import shortened, split_name
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipSpec, chip_size, paint_chip
from commission_app.gui.widgets.text import Run, native, paint_runs
from commission_app.gui.widgets.with_focus import Pressed

_HEIGHT, _GAP = 34, 12


class MoneyRow(Pressed, QAbstractButton):
    """A day, words, a chip and an amount between hairlines; `opened` sends the id of what it stands for.

    Without an id it only tells. `day_width` aligns the words of rows below each other."""

    ring_radius = 4

    opened = Signal(str)

    def __init__(
        self,
        day: str,
        words: str,
        amount: str = "",
        *,
        chip: ChipSpec | None = None,
        record_id: str = "",
        day_width: int = 92,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.day, self.words, self.amount, self.chip = day, words, amount, chip
        self.record_id = record_id
        self._day_width, self._quiet = day_width, quiet
        said = ", ".join(filter(None, (day, words, amount, chip.text if chip else "")))
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if record_id:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._open)
        theme.notifier().changed.connect(self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @Slot()
    def _open(self) -> None:
        if self.record_id:
            self.opened.emit(self.record_id)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(240), theme.scaled(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), theme.scaled(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.record_id and self.underMouse():
            painting.fill(painter, area, theme.colour("hover"))
        line = painting.pixel(painter)
        painting.hairline(painter, QPointF(0, area.bottom() - line), area.width(), theme.colour("line"))
        left, right = 0.0, area.right()
        if self.day:
            width = theme.scaled(self._day_width)
            painting.write(painter, QRectF(0, 0, width, area.height()), self.day, "meta", "ink-2")
            left = width + _GAP
        if self.amount:
            width = int(painting.text_width("body", self.amount)) + 1
            ink = "ink-3" if self._quiet else "ink"
            at = QRectF(right - width, 0, width, area.height())
            painting.write(painter, at, self.amount, "body", ink, align=Qt.AlignmentFlag.AlignRight)
            right -= width + _GAP
        if self.chip is not None:
            width = chip_size(self.chip.text, self.chip.icon, self.chip.kind).width()
            at = QRectF(right - width, 0, width, area.height())
            paint_chip(painter, at, self.chip.text, self.chip.icon, self.chip.kind)
            right -= width + _GAP
        latin, other = split_name(self.words)
        ink = "ink-3" if self._quiet else "ink"
        runs = [Run(shortened(latin, int(right - left), "body"), "body", ink)]
        if other:
            runs.append(native(other))
        paint_runs(painter, QRectF(left, 0, max(0.0, right - left), area.height()), runs)
        painter.end()
