"""A line of money: a day, words, a state and an amount; pressed where it leads somewhere."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.members.names import shortened, split_name
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipSpec, chip_size, paint_chip
from commission_app.gui.widgets.text import Run, breakable, native, paint_runs
from commission_app.gui.widgets.with_focus import Pressed

_HEIGHT, _GAP, _BELOW = 34, 12, 7
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class MoneyRow(Pressed, QAbstractButton):
    """A day, words, a chip and an amount between hairlines; `opened` sends the id of what it stands for.

    Without an id it only tells. `words` is shortened as a name where room is scarce; `note` stands whole in
    lines of its own below. `day_width` aligns the words of rows below each other."""

    ring_radius = 4

    opened = Signal(str)

    def __init__(
        self,
        day: str,
        words: str,
        amount: str = "",
        *,
        note: str = "",
        chip: ChipSpec | None = None,
        record_id: str = "",
        day_width: int = 92,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.day, self.words, self.amount, self.chip, self.note = day, words, amount, chip, note
        self.record_id = record_id
        self._day_width, self._quiet = day_width, quiet
        said = ", ".join(filter(None, (day, words, note, amount, chip.text if chip else "")))
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
        self._claim_height()
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        """Where the words begin."""
        return theme.scaled(self._day_width) + _GAP if self.day else 0

    def _claim_height(self) -> None:
        """The line, and the lines of the note at the width there is."""
        height = theme.scaled(_HEIGHT)
        if self.note:
            room = QRect(0, 0, max(1, self.width() - self._left()), 0)
            metrics = QFontMetrics(theme.font("meta"))
            height += metrics.boundingRect(room, _WRAPPED, breakable(self.note)).height() + _BELOW
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim_height()

    @Slot()
    def _open(self) -> None:
        if self.record_id:
            self.opened.emit(self.record_id)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(240), max(theme.scaled(_HEIGHT), self.minimumHeight()))

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
        left, right = float(self._left()), area.right()
        if self.note:
            area.setHeight(theme.scaled(_HEIGHT))
            below = QRectF(left, area.height() - 3, right - left, self.height() - area.height())
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.colour("ink-3" if self._quiet else "ink-2"))
            painter.drawText(below, _WRAPPED, breakable(self.note))
        if self.day:
            width = theme.scaled(self._day_width)
            painting.write(painter, QRectF(0, 0, width, area.height()), self.day, "meta", "ink-2")
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
