"""The ways in of the welcome page: large tiles, and the files that were open."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, labels, theme
from commission_app.gui.preferences import RecentFile
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Pressed

WIDTH = 520
_TILE = 84


class Tile(Pressed, QAbstractButton):
    """A large way in: icon, words, one line. The first of a page is filled."""

    ring_radius = 12

    def __init__(self, icon: str, text: str, line: str, *, filled: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._line, self._filled = icon, line, filled
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.notifier().changed.connect(self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, theme.scaled(_TILE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        hovered, down = self.underMouse(), self.isDown()
        if self._filled:
            fill = "accent-fill-pressed" if down else "accent-fill-hover" if hovered else "accent-fill"
            title, line, mark = "on-accent", "on-accent", "on-accent"
        else:
            fill = "chrome-hover" if down else "hover" if hovered else "page"
            title, line, mark = "ink", "ink-2", "accent"
        painter.fillPath(painting.rounded(area, 12), theme.colour(fill))
        if not self._filled:
            painting.outline(painter, area, 12, theme.colour("line-strong"))
        side, middle = 24, area.height() / 2
        icons.paint(painter, self._icon, QRectF(21, round(middle - side / 2), side, side), mark)
        arrow = QRectF(area.right() - 40, round(middle - 9), 18, 18)
        icons.paint(painter, "right", arrow, "on-accent" if self._filled else "ink-2")
        width, first = arrow.left() - 67 - 12, theme.line_height("tile")
        top = middle - (first + theme.line_height("body")) / 2
        painting.write(painter, QRectF(67, top, width, first), self.text(), "tile", title)
        below = QRectF(67, top + first, width, theme.line_height("body"))
        painting.write(painter, below, self._line, "body", line)
        painter.end()


class RecentButton(Pressed, QAbstractButton):
    """A file that was open: its name, its folder and when."""

    ring_radius = 8

    def __init__(self, entry: RecentFile, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = entry.path
        self.setText(entry.path.name)
        opened = labels.day_short(entry.opened_at.astimezone().date())
        self._where = self.tr("{folder}, opened {day}").format(folder=entry.path.parent.name, day=opened)
        self.setAccessibleName(f"{self.text()}, {self._where}")
        self.setToolTip(str(entry.path))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, theme.scaled(40))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse():
            painter.fillPath(painting.rounded(area, 8), theme.colour("hover"))
        icons.paint(painter, "papers", QRectF(0, (area.height() - 18) // 2, 18, 18), "ink-2")
        width = painting.text_width("body", self._where)
        where = QRectF(area.right() - width, 0, width + 1, area.height())
        painting.write(painter, where, self._where, "body", "ink-2")
        name = QRectF(30, 0, where.left() - 42, area.height())
        painting.write(painter, name, self.text(), "medium", "ink")
        painter.end()
