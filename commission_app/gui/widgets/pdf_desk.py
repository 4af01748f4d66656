"""The desk on which the pages of a PDF lie, one below the other."""

import math
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget
from typing_extensions import override

from commission_app.gui import printing, theme
from commission_app.gui.widgets import focus_ring, painting

FULL_SIZE = 96 / 72  # logical pixels a point at 100 percent
STEPS = (25, 33, 50, 67, 75, 90, 100, 125, 150, 200, 300, 400)
_SIDE, _ABOVE, _GAP = 25, 20, 16
_MOST_PIXELS = 16_000_000  # of one page; larger ones are drawn smaller and stretched
_KEPT_AROUND = 2  # pages before and after the visible ones whose pictures are kept


class Mark(NamedTuple):
    """A place on a page: its number from 0, and a rectangle in points from the page's top left corner."""

    page: int
    rect: QRectF


class _Picture(NamedTuple):
    image: QImage
    generation: int
    size: QSize


class PdfDesk(QAbstractScrollArea):
    """Pages fitted to the width, or at a chosen zoom, with marks over them.

    Pages in view are drawn one at a time between events; until then the old picture stays. `clicked_at` tells
    page, x and y in points; `view_changed` that another page is current or the zoom is another.
    """

    clicked_at = Signal(int, float, float)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Preview of the paper"))
        self._document: QPdfDocument | None = None
        self._sizes: list[QSizeF] = []
        self._rects: list[QRectF] = []  # of the pages, as if nothing were scrolled
        self._pictures: dict[int, _Picture] = {}
        self._generation = 0
        self._marks: list[Mark] = []
        self._zoom: int | None = None
        self._sentence = ""
        self._pressed_at: QPointF | None = None
        self._is_ringed = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setAutoFillBackground(True)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        """Take the desk's colour from the theme again."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.colour("desk"))
        self.setPalette(palette)
        self.viewport().update()

    # What lies on the desk

    def set_document(self, document: QPdfDocument) -> None:
        """Lay other pages on the desk; scroll position and zoom stay as they are."""
        old = self._document
        document.setParent(self)
        self._document, self._sentence = document, ""
        self._sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
        self._generation += 1
        for page in [page for page in self._pictures if page >= len(self._sizes)]:
            del self._pictures[page]
        if old is not None:
            old.close()
            old.deleteLater()
        self._lay_out()

    def set_sentence(self, sentence: str) -> None:
        """Clear the desk and say why it is empty."""
        if self._document is not None:
            self._document.close()
            self._document.deleteLater()
        self._document, self._sizes, self._sentence = None, [], sentence
        self._pictures.clear()
        self._lay_out()

    def sentence(self) -> str:
        """What the empty desk says."""
        return self._sentence

    def set_marks(self, marks: list[Mark]) -> None:
        """Mark other places; those on pages that do not exist are not shown."""
        self._marks = marks
        self.viewport().update()

    def reveal(self, mark: Mark) -> None:
        """Scroll as little as needed to bring a place into view."""
        if mark.page >= len(self._sizes):
            return
        bar, area = (
            self.verticalScrollBar(),
            self.mark_rect(mark).translated(0, self.verticalScrollBar().value()),
        )
        if area.top() < bar.value() + _ABOVE:
            bar.setValue(int(area.top()) - _ABOVE)
        elif area.bottom() > bar.value() + self.viewport().height() - _ABOVE:
            bar.setValue(math.ceil(area.bottom()) + _ABOVE - self.viewport().height())

    def page_count(self) -> int:
        """How many pages lie there."""
        return len(self._sizes)

    def current_page(self) -> int:
        """The page, from 0, that crosses a line one third down the view."""
        line = self.viewport().height() / 3
        below = [page for page in range(len(self._sizes)) if self.page_rect(page).bottom() + _GAP > line]
        return below[0] if below else max(len(self._sizes) - 1, 0)

    def is_drawn(self) -> bool:
        """Whether every page in view has its new picture."""
        return all(self._is_fresh(page) for page in self._visible())

    # Zoom

    def percent(self) -> int:
        """The zoom in percent of the true size."""
        return round(self._scale() / FULL_SIZE * 100)

    def is_fitted(self) -> bool:
        """Whether the zoom follows the width."""
        return self._zoom is None

    def fit_width(self) -> None:
        """Let the zoom follow the width."""
        self._set_zoom(None)

    @Slot()
    def zoom_in(self) -> None:
        """The next larger step."""
        self._set_zoom(next((step for step in STEPS if step > self.percent()), STEPS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """The next smaller step."""
        self._set_zoom(next((step for step in reversed(STEPS) if step < self.percent()), STEPS[0]))

    def _set_zoom(self, zoom: int | None) -> None:
        page, fraction = self._middle()
        self._zoom = zoom
        self._lay_out()
        if self._sizes:
            rect = self._rects[page]
            middle = rect.top() + rect.height() * fraction
            self.verticalScrollBar().setValue(round(middle - self.viewport().height() / 2))

    def _middle(self) -> tuple[int, float]:
        """The page in the middle of the view, and how far down it the middle is."""
        middle = self.viewport().height() / 2
        for page in range(len(self._sizes)):
            rect = self.page_rect(page)
            if middle <= rect.bottom() + _GAP:
                return page, (middle - rect.top()) / max(rect.height(), 1)
        return max(len(self._sizes) - 1, 0), 1

    def _scale(self) -> float:
        """Logical pixels a point."""
        if self._zoom is not None:
            return FULL_SIZE * self._zoom / 100
        widest = max((size.width() for size in self._sizes), default=612.0)
        return max(self.width() - 2 * _SIDE, 60) / widest

    # Geometry

    def page_rect(self, page: int) -> QRectF:
        """Where a page is now, in the coordinates of the view."""
        return self._rects[page].translated(
            -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def mark_rect(self, mark: Mark) -> QRectF:
        """The band of a mark across its page, in the coordinates of the view."""
        page, scale = self.page_rect(mark.page), self._scale()
        return QRectF(
            page.left(), page.top() + mark.rect.top() * scale, page.width(), mark.rect.height() * scale
        )

    def place_at(self, position: QPointF) -> tuple[int, float, float] | None:
        """The page under a place in the view, and the point on it in points; None beside the pages."""
        for page in self._visible():
            rect = self.page_rect(page)
            if rect.contains(position):
                offset = (position - rect.topLeft()) / self._scale()
                return page, offset.x(), offset.y()
        return None

    def _visible(self) -> list[int]:
        view = QRectF(self.viewport().rect())
        return [page for page in range(len(self._sizes)) if self.page_rect(page).intersects(view)]

    def _lay_out(self) -> None:
        scale, top, widest = self._scale(), _ABOVE, 0
        self._rects = []
        for size in self._sizes:
            width, height = round(size.width() * scale), round(size.height() * scale)
            left = max((self.width() - width) // 2, _SIDE if self._zoom is None else 8)
            self._rects.append(QRectF(left, top, width, height))
            top, widest = top + height + _GAP, max(widest, width)
        height = top - _GAP + _ABOVE
        view = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, height - view.height()))
        vertical.setPageStep(max(view.height() - 40, 40))
        vertical.setSingleStep(40)
        horizontal.setRange(0, 0 if self._zoom is None else max(0, widest + 16 - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(40)
        self.viewport().update()
        self._tell()

    # Drawing

    def _wanted_size(self, page: int) -> QSize:
        ratio, rect = self.devicePixelRatioF(), self.page_rect(page)
        width, height = rect.width() * ratio, rect.height() * ratio
        less = min(1.0, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
        return QSize(max(round(width * less), 1), max(round(height * less), 1))

    def _is_fresh(self, page: int) -> bool:
        picture = self._pictures.get(page)
        if picture is None:
            return False
        return picture.generation == self._generation and picture.size == self._wanted_size(page)

    @Slot()
    def _draw_next(self) -> None:
        visible = self._visible()
        stale = [page for page in visible if not self._is_fresh(page)]
        if self._document is None or not stale:
            return
        page, size = stale[0], self._wanted_size(stale[0])
        try:
            image = printing.render_page(self._document, page, size)
        except printing.PrintingError as error:
            self.set_sentence(str(error))
            return
        self._pictures[page] = _Picture(image, self._generation, size)
        kept = range(visible[0] - _KEPT_AROUND, visible[-1] + _KEPT_AROUND + 1)
        for far in [page for page in self._pictures if page not in kept]:
            del self._pictures[far]
        self.viewport().update(self.page_rect(page).toAlignedRect())
        if len(stale) > 1:
            self._next.start(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("desk"))
        if self._sentence:
            area = QRectF(self.viewport().rect()).adjusted(24, 0, -24, 0)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("ink-2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self._sentence)
        visible = self._visible()
        for page in visible:
            self._paint_page(painter, page)
        if self._is_ringed:
            painting.outline(painter, QRectF(self.viewport().rect()), 0, theme.colour("accent"), 2)
        painter.end()
        if not all(self._is_fresh(page) for page in visible) and not self._next.isActive():
            self._next.start(0)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = painting.snapped(painter, self.page_rect(page))
        line = painting.pixel(painter)
        painter.fillRect(rect.adjusted(-line, -line, line, line), theme.colour("line-strong"))
        painter.fillRect(rect, QColor(Qt.GlobalColor.white))
        picture = self._pictures.get(page)
        if picture is not None:
            stretched = picture.size != self._wanted_size(page)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, stretched)
            painter.drawImage(rect, picture.image)
        accent = QColor(theme.roles(dark=False)["accent"])  # paper is white in both themes
        for mark in self._marks:
            if mark.page == page:
                band = painting.snapped(painter, self.mark_rect(mark))
                tint = QColor(accent)
                tint.setAlphaF(0.07)
                painter.fillRect(band, tint)
                painting.fill(painter, QRectF(band.left(), band.top(), 3, band.height()), accent)

    # Events

    @Slot()
    def _scrolled(self) -> None:
        self._tell()

    def _tell(self) -> None:
        if QAccessible.isActive() and self._document is not None and self._sizes:
            self.setAccessibleDescription(self._document.getAllText(self.current_page()).text())
        elif self._sentence:
            self.setAccessibleDescription(self._sentence)
        self.view_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._sizes or self._zoom is not None or event.oldSize().width() == event.size().width():
            self._lay_out()
            return
        old = max(self.verticalScrollBar().maximum(), 1)
        share = self.verticalScrollBar().value() / old
        self._lay_out()
        self.verticalScrollBar().setValue(round(share * self.verticalScrollBar().maximum()))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (control and event.key() == Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom_out()
        elif control and event.key() == Qt.Key.Key_0:
            self.fit_width()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position() if event.button() is Qt.MouseButton.LeftButton else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._pressed_at = self._pressed_at, None
        if start is None:
            return
        moved = (event.position() - start).manhattanLength()
        place = self.place_at(event.position())
        if place is not None and moved < QApplication.startDragDistance():
            self.clicked_at.emit(*place)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_ringed = focus_ring.note_reason(event.reason())
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_ringed = False
        self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.viewport().update(QRect())
        return super().viewportEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(486, 620)
