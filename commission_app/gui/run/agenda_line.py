"""A line of the agenda beside the meeting: number, title, planned minutes; the current one is marked."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.run import lettering
from commission_app.gui.run.shown import LineShown
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import PaintsRing

_HEIGHT, _PADDING, _NUMBER, _RADIUS, _MOST = 38, 10, 54, 8, 2


class AgendaLine(PaintsRing, painting.Painted):
    """`chosen` asks to go on with this item, `stepped` sends that the keyboard goes up or down."""

    chosen = Signal()
    stepped = Signal(int)

    def __init__(self, shown: LineShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self._lines: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_line(shown)

    def show_line(self, shown: LineShown) -> None:
        """Show the item as it stands; nothing is painted when it is as before."""
        if shown == self.shown and self._lines:
            return
        self.shown = shown
        state = self.tr("now") if shown.is_current else self.tr("done") if shown.is_done else ""
        words = (shown.number, shown.title, shown.minutes, state)
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setToolTip(shown.title)
        self.restyle()

    def _role(self) -> str:
        return "run-strong" if self.shown.is_current else "run-body"

    @override
    def restyle(self) -> None:
        """Measure and paint again: a long title takes two lines, what is more is in its tooltip."""
        minutes = painting.text_width(self._role(), self.shown.minutes) + theme.scaled(8)
        room = self.width() - theme.scaled(2 * _PADDING + _NUMBER) - minutes
        self._lines = lettering.lines_of(self.shown.title[:200], self._role(), max(room, theme.scaled(60)))
        if len(self._lines) > _MOST:
            self._lines = [*self._lines[: _MOST - 1], self._lines[_MOST - 1] + "…"]
        high = len(self._lines) * theme.line_height("run-body")
        self.setFixedHeight(max(theme.scaled(_HEIGHT), high + theme.scaled(10)))
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.restyle()

    @override
    def draw(self, painter: QPainter) -> None:
        area, shown, role = QRectF(self.rect()), self.shown, self._role()
        ink = "sel-ink" if shown.is_current else "ink-2" if shown.is_done else "ink"
        if shown.is_current:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("sel"))
        elif self.underMouse():
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("hover"))
        left = float(theme.scaled(_PADDING))
        middle = area.center().y()
        if shown.is_done:
            side = theme.scaled(18)
            icons.paint(painter, "check", QRectF(left, round(middle - side / 2), side, side), "ink-2")
        else:
            number = QRectF(left, 0, theme.scaled(_NUMBER), area.height())
            painting.write(painter, number, shown.number, "run-strong", ink if shown.is_current else "ink-2")
        left += theme.scaled(_NUMBER)
        top = middle - len(self._lines) * theme.line_height("run-body") / 2
        lettering.write_lines(painter, QPointF(left, top), self._lines, role, ink)
        end = area.adjusted(0, 0, -theme.scaled(_PADDING), 0)
        right = Qt.AlignmentFlag.AlignRight
        quiet = ink if shown.is_current else "ink-2"
        painting.write(painter, end, shown.minutes, role, quiet, align=right)
        if self.is_ringed:
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()
