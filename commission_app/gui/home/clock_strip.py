"""The three-meeting clock of each open inquiry, side by side; pressing one opens it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.domain.inquiry_clock import ClockState
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import theme
from commission_app.gui.inquiries import words
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, paint_chip
from commission_app.gui.widgets.clock_dots import ON_HOME, paint_dots
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.with_focus import Ringed

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView

_CELL = 132
#: So many cities stand side by side up to a text size in percent.
_ROOM = ((115, 5), (150, 4), (999, 3))


class ClockCell(Ringed, QAbstractButton):
    """A city, its dots and its state."""

    def __init__(self, view: "InquiryView", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.chip = words.state_chip(view, in_list=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{view.place}, {self.chip.text}")
        self.setToolTip(f"{view.place}, {self.chip.text}")

    @override
    def sizeHint(self) -> QSize:
        height = theme.line_height("strong") + theme.line_height("meta") + ON_HOME + theme.scaled(24) + 18
        return QSize(theme.scaled(_CELL), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(80), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, y = self.width(), 0
        ink = "accent" if self.underMouse() else "ink"
        first, second = theme.line_height("strong"), theme.line_height("meta")
        painting.write(painter, QRectF(0, y, width, first), self.view.city.city.name, "strong", ink)
        y += first
        painting.write(painter, QRectF(0, y, width, second), self.view.city.beside, "meta", "ink-2")
        y += second + 9
        paint_dots(painter, QPointF(0, y), words.dots_of(self.view), ON_HOME)
        y += ON_HOME + 9
        colour = words.COLOURS.get(self.chip.kind, "ink-2")
        line = QRectF(0, y, width, theme.scaled(24))
        paint_chip(painter, line, self.chip.text, self.chip.icon, ChipKind.QUIET, colour=colour)
        painter.end()


class ClockStrip(Section):
    """`opened` sends an inquiry's id; hidden while no inquiry came in."""

    opened = Signal(str)
    all_wanted = Signal()
    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", lined=False, parent=parent)
        self.set_heading(self.tr("Three meetings to discuss an inquiry"))
        self.mark = InfoMark(None, self)
        self.mark.rule_wanted.connect(self.rule_wanted)
        self.add_after(self.mark)
        link = Button(self.tr("All inquiries"), "link", parent=self)
        link.clicked.connect(self.all_wanted)
        self.add_aside(link)
        self.cells: list[ClockCell] = []
        self._shown: object = None

    def show_views(self, views: "list[InquiryView]", book: RuleBook) -> None:
        """Show the inquiries that came in, the most urgent first; not those closed or discussed late."""
        most = next(count for percent, count in _ROOM if theme.text_percent() <= percent)
        open_ones = [view for view in words.in_order(views) if view.inquiry.closed_as is None]
        found = [view for view in open_ones if view.clock and view.clock.state is not ClockState.LATE][:most]
        if (found, most) == self._shown:
            return
        self._shown = (found, most)
        self.clear()
        self.setVisible(bool(found))
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(12)
        self.cells = [ClockCell(view, row) for view in found]
        for cell in self.cells:
            cell.clicked.connect(self._open)
            line.addWidget(cell, 1)
        for _ in range(most - len(self.cells)):
            line.addStretch(1)
        self.add(row)
        self.mark.set_explanation(self._explanation(found, book) if found else None)

    def _explanation(self, views: "list[InquiryView]", book: RuleBook) -> Explanation:
        clock = views[0].clock
        counted = self.tr(
            "Meetings on later days than the receipt count, unless they are cancelled or lack a quorum. "
            "Filled ones are used, the ring is the next one, dashed ones are dates of the calendar."
        )
        rule = self.tr("Discuss within {count} meetings from the date of the inquiry")
        allowed = clock.allowed if clock else 3
        source = book.source(words.RULE, views[0].inquiry.received_on) or ""
        number = self.tr("Three meetings")
        return Explanation(number, counted, rule.format(count=allowed), source, words.RULE)

    @Slot()
    def _open(self) -> None:
        cell = self.sender()
        if isinstance(cell, ClockCell):
            self.opened.emit(cell.view.inquiry.id)
