"""A painted row of the agenda outline: the opening sections, a section, an item, or the offer to add one."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, labels, theme
from commission_app.gui.meetings.outline_rows import OutlineRow, RowKind
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec, chip_size, paint_chip
from commission_app.gui.widgets.with_focus import PaintsRing

INSET = 8  # between the edge of the row and its content
_HEIGHT, _RADIUS = 32, 8
_NUMBER, _TITLE = 20, 68
_HANDLE, _LETTER, _ITEM_TITLE = 16, 40, 68
_MINUTES, _GAP = 36, 8


class RowWidget(PaintsRing, painting.Painted):
    """One row; tells of a press, and of a drag once the mouse has moved far enough."""

    pressed = Signal(str)
    dragged = Signal(str, QPoint)
    dropped = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, row: OutlineRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._chips: list[ChipSpec] = []
        self._down_at: QPoint | None = None
        self._is_dragging = self._is_hovered = False
        self.may_drag = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_row(row, [])

    def set_row(self, row: OutlineRow, chips: list[ChipSpec]) -> None:
        """Show another state of the row; `chips` stand before the kind and the minutes."""
        self.row, self._chips = row, chips
        words = [self.title_text()]
        if row.number:
            words.insert(0, row.item.label if row.item else row.number)
        words += [chip.text for chip in chips] + [self.kind_text()]
        if row.minutes:
            words.append(self.tr("%n minute(s)", "", row.minutes))
        if row.kind in (RowKind.GROUP, RowKind.SECTION):
            words.append(self.tr("unfolded") if row.is_open else self.tr("folded"))
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setToolTip("")
        self.update()

    def title_text(self) -> str:
        """The words of the row."""
        row = self.row
        if row.kind is RowKind.ADD:
            return self.tr("Add an item")
        if row.kind is RowKind.GROUP:
            return self.tr("Opening, {count} sections").format(count=row.count)
        if row.kind is RowKind.SECTION and row.count and not row.is_open:
            items = self.tr("1 item") if row.count == 1 else self.tr("{count} items").format(count=row.count)
            return self.tr("{section}, {items}").format(section=row.title, items=items)
        return row.title

    def kind_text(self) -> str:
        """The kind of an item in a word."""
        return labels.item_kind(self.row.item.item.kind) if self.row.item else ""

    # Painting

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(240), theme.scaled(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), theme.scaled(_HEIGHT))

    @override
    def draw(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self._is_hovered:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("hover"))
        inner = area.adjusted(INSET, 0, 0, 0)
        if self.row.kind is RowKind.ITEM:
            self._draw_item(painter, inner)
        elif self.row.kind is RowKind.ADD:
            self._draw_add(painter, inner)
        else:
            self._draw_section(painter, inner)
        if self.is_ringed:
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)

    def _draw_section(self, painter: QPainter, inner: QRectF) -> None:
        row, side = self.row, theme.scaled(14)
        ink = "ink" if row.is_printed else "ink-3"
        arrow = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        icons.paint(
            painter, "down" if row.is_open else "right", arrow, "ink-2" if row.is_printed else "ink-3"
        )
        room = inner.adjusted(theme.scaled(_NUMBER), 0, 0, 0)
        painting.write(painter, room.adjusted(0, 0, -self._right_room(), 0), row.number, "strong", ink)
        self._write_right(painter, inner, str(row.minutes) if row.minutes else "")
        title = inner.adjusted(theme.scaled(_TITLE), 0, -theme.scaled(_MINUTES), 0)
        painting.write(painter, title, self.title_text(), "strong" if row.is_printed else "body", ink)

    def _draw_add(self, painter: QPainter, inner: QRectF) -> None:
        side = theme.scaled(16)
        at = QRectF(inner.left() + theme.scaled(_LETTER), inner.center().y() - side / 2, side, side)
        icons.paint(painter, "add", at, "accent")
        room = inner.adjusted(theme.scaled(_ITEM_TITLE), 0, 0, 0)
        painting.write(painter, room, self.title_text(), "medium", "accent")

    def _draw_item(self, painter: QPainter, inner: QRectF) -> None:
        side = theme.scaled(16)
        if self.may_drag and (self._is_hovered or self.is_ringed or self.hasFocus()):
            handle = QRectF(inner.left() + theme.scaled(_HANDLE), inner.center().y() - side / 2, side, side)
            icons.paint(painter, "drag", handle, "ink-3")
        letter = inner.adjusted(theme.scaled(_LETTER), 0, 0, 0)
        painting.write(painter, letter, self.row.number, "strong", "ink")
        self._write_right(painter, inner, str(self.row.minutes) if self.row.minutes else "")
        right = inner.right() - theme.scaled(_MINUTES)
        title = inner.adjusted(theme.scaled(_ITEM_TITLE), 0, 0, 0)
        room = right - title.left() - theme.scaled(120)
        kind = self.kind_text()
        width = painting.text_width("body", kind)
        if room > width:
            box = QRectF(right - width - 1, inner.top(), width + 1, inner.height())
            painting.write(painter, box, kind, "body", "ink-2")
            right -= width + _GAP
        for chip in reversed(self._chips):
            size = chip_size(chip.text, chip.icon, ChipKind.QUIET)
            if right - size.width() - title.left() < theme.scaled(60):
                break
            at = QRectF(right - size.width(), inner.top(), size.width(), inner.height())
            colour = {ChipKind.SOON: "warn", ChipKind.OVERDUE: "over", ChipKind.DONE: "ok"}.get(chip.kind)
            paint_chip(painter, at, chip.text, chip.icon, ChipKind.QUIET, colour=colour)
            right -= size.width() + _GAP
        title.setRight(right)
        painting.write(painter, title, self.row.title, "body", "ink")

    def _right_room(self) -> int:
        return theme.scaled(_MINUTES)

    def _write_right(self, painter: QPainter, inner: QRectF, text: str) -> None:
        painting.write(painter, inner, text, "body", "ink-2", align=Qt.AlignmentFlag.AlignRight)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and self.row.kind is RowKind.ITEM:
            self.setToolTip(self.row.title)
        return super().event(event)

    # Mouse and focus

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._down_at, self._is_dragging = event.position().toPoint(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down_at is None or self.row.kind is not RowKind.ITEM or not self.may_drag:
            return
        far = (event.position().toPoint() - self._down_at).manhattanLength()
        if self._is_dragging or far >= QApplication.startDragDistance():
            self._is_dragging = True
            self.dragged.emit(self.row.key, event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._down_at is None:
            return
        was_dragging, self._down_at, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            self.dropped.emit(self.row.key)
        elif self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.row.key)

    def stop_drag(self) -> None:
        """Forget a drag that was given up."""
        self._down_at, self._is_dragging = None, False

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.row.key, event.globalPos())

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()

    def ring(self) -> None:
        """Show the focus, which the keyboard brought here."""
        self.is_ringed = True
        self.update()
