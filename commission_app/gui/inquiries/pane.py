"""The list of inquiries: by state, each with its dots and its state in words, and a filter above."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.text import fold
from commission_app.gui.inquiries import words
from commission_app.gui.list_page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.clock_dots import IN_LISTS, dots_width, paint_dots
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView


def paint_row_dots(painter: QPainter, area: QRectF, row: ListRow) -> float:
    """The dots before the state of a row."""
    paint_dots(painter, QPointF(area.left(), area.center().y() - IN_LISTS / 2), row.data, IN_LISTS)
    return dots_width(len(row.data), IN_LISTS)


def matches(view: "InquiryView", typed: str) -> bool:
    """Whether an inquiry has every word typed: in its city, country, contact or state; marks ignored."""
    parts = [
        view.place,
        view.city.beside,
        view.city.city.native_name or "",
        view.contact.name if view.contact else "",
        words.state_chip(view).text,
    ]
    text = fold(" ".join(parts))
    return all(word in text for word in fold(typed).split())


def list_row(view: "InquiryView") -> ListRow:
    """An inquiry in a list: its city, its dots, its state."""
    chip = words.state_chip(view, in_list=True)
    return ListRow(
        view.inquiry.id,
        view.city.city.name,
        native=view.city.beside,
        chip=chip.quiet(),
        colour=words.COLOURS.get(chip.kind, ""),
        data=words.dots_of(view) or None,
        two_lines=True,
    )


class InquiriesPane(Pane):
    """`chosen` sends an inquiry's id, `opened` that of Enter; `board_wanted` asks for the board instead."""

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    board_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[InquiryView] = ()
        self.add = Button(kind="icon", icon="add", size="small", name=self.tr("New inquiry"), parent=self)
        self.title = PageTitle(self.tr("Inquiries"), compact=True, parent=self)
        self.title.set_actions(self.add)
        self.filter = FilterBox(self.tr("Filter"), parent=self)
        self.board = Button(
            kind="icon", icon="board", size="normal", name=self.tr("Show as a board by step"), parent=self
        )
        self.list = ListPane(self.tr("Inquiries"), graphic=paint_row_dots, parent=self)
        self.nothing = Text(self.tr("No inquiry matches."), "meta", "ink-2", wrap=True, parent=self)
        self.nothing.setContentsMargins(20, 8, 16, 0)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self.board)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 16, 4)
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.add.clicked.connect(self.new_wanted)
        self.board.clicked.connect(self.board_wanted)
        self.filter.textChanged.connect(self._refilter)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(self.pressed)

    def set_read_only(self, reason: str | None) -> None:
        """Say why nothing can be entered here, if that is so."""
        self.add.set_unavailable(reason)

    def show_views(self, views: Sequence["InquiryView"]) -> None:
        """Show other inquiries, keeping the selection."""
        self._views = words.in_order(views)
        self._refilter()

    @Slot()
    def _refilter(self) -> None:
        typed = self.filter.text()
        items: list[Item] = []
        found = [view for view in self._views if matches(view, typed)]
        for group in words.Group:
            own = [view for view in found if words.group_of(view) is group]
            if own:
                items.append(ListLabel(words.group_label(group, len(own))))
                items += [list_row(view) for view in own]
        self.nothing.setVisible(bool(self._views) and not found)
        self.list.set_rows(items)

    @override
    def select(self, inquiry_id: str) -> bool:
        """Select an inquiry, taking a filter away that hides it."""
        if not self.list.select(inquiry_id) and self.filter.text():
            self.filter.clear()
        return self.list.select(inquiry_id)

    def first_key(self) -> str | None:
        """What is shown first: the most urgent one."""
        return self._views[0].inquiry.id if self._views else None
