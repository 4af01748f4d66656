"""A help page on the screen: a column that is not too wide, with what was searched for marked."""

from typing import final

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget
from typing_extensions import override

from commission_app.domain.text import fold
from commission_app.gui import theme
from commission_app.gui.help import document
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.with_focus import ScrollsWithFocus

_MARGIN, _ABOVE = 28, 24


class Reader(ScrollsWithFocus, QTextBrowser):
    """Shows one page; links are left to who made it (`anchorClicked`)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Help page"))
        self._page = ("", "", "")
        self._places: dict[str, int] = {}

    def show_page(self, markdown: str, heading: str = "", searched: str = "") -> None:
        """Show a page from its top, or from a heading on, with the words that were searched for marked."""
        self._places = document.fill(self.document(), markdown, dark=theme.is_dark())
        self._fit()
        self._mark(searched)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        place = self._places.get(heading)
        if place is not None:
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
            top = self.document().documentLayout().blockBoundingRect(cursor.block()).top()
            self.verticalScrollBar().setValue(int(top) - 12)

    def headings(self) -> dict[str, int]:
        """Where the headings of the page stand, by their names in links."""
        return dict(self._places)

    def _mark(self, searched: str) -> None:
        marks = []
        for word in fold(searched).split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(theme.colour("warn-bg"))
                marks.append(mark)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)

    @final
    @Slot()
    def _fit(self) -> None:
        """Keep the lines short enough to be read: what is left over stands at the right."""
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        room = self.viewport().width() - 2 * _MARGIN
        form.setLeftMargin(_MARGIN)
        form.setRightMargin(_MARGIN + max(0, room - document.line_width()))
        form.setTopMargin(_ABOVE)
        form.setBottomMargin(40)
        frame.setFrameFormat(form)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and focus_ring.by_keyboard():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.viewport().rect()).adjusted(3, 3, -3, -3)
            painting.outline(painter, area, 6, theme.colour("accent"), 2)
            painter.end()
