"""The board: inquiries under the step that comes next, each with its dots."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.inquiries import ClosedAs
from commission_app.gui import theme
from commission_app.gui.inquiries import words
from commission_app.gui.inquiries.pane import list_row, matches, paint_row_dots
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.list_pane import ListPane
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Hairline, Text

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView

_COLUMN, _DONE = 232, "done"


class BoardColumn(QWidget):
    """One step with the inquiries that wait for it; `opened` sends an inquiry's id,
    `stepped` asks for the column beside it."""

    opened = Signal(object)
    stepped = Signal(int)

    def __init__(self, title: str, views: Sequence["InquiryView"], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = list(views)
        self.title = Text(title, "strong", wrap=True, parent=self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.title.setMinimumHeight(2 * theme.line_height("strong"))
        count = Text(str(len(views)), "body", "ink-3", parent=self)
        self.list = ListPane(title, graphic=paint_row_dots, parent=self)
        self.list.set_rows([list_row(view) for view in views])
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline("line-strong", parent=self))
        column.addSpacing(6)
        column.addWidget(self.list, 1)
        self.setFixedWidth(theme.scaled(_COLUMN))
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(self._clicked)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        row = self.list.rows.row_at(index)
        if row is not None:
            self.opened.emit(row.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def focus(self) -> None:
        """Put the keyboard on the first inquiry."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.list.currentIndex().isValid() and self.views:
            self.list.select(self.views[0].inquiry.id)


class Board(QWidget):
    """All steps side by side. `opened` sends the id of the inquiry that was pressed."""

    opened = Signal(object)
    new_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[InquiryView] = ()
        self.columns: list[BoardColumn] = []
        self.filter = FilterBox(self.tr("Filter"), parent=self)
        self.filter.setMaximumWidth(theme.scaled(240))
        self.list_button = Button(kind="icon", icon="list", name=self.tr("Show as a list"), parent=self)
        self.add = Button(self.tr("New inquiry"), "primary", "add", parent=self)
        title = PageTitle(self.tr("Inquiries"), parent=self)
        title.set_actions(self.filter, self.list_button, self.add)
        self._holder = QWidget()
        self._row = QHBoxLayout(self._holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 12)
        column.setSpacing(20)
        column.addWidget(title)
        column.addWidget(self._scroll, 1)
        self.filter.textChanged.connect(self._build)
        self.list_button.clicked.connect(self.list_wanted)
        self.add.clicked.connect(self.new_wanted)
        theme.notifier().changed.connect(self._build)

    def set_read_only(self, reason: str | None) -> None:
        """Say why nothing can be entered here, if that is so."""
        self.add.set_unavailable(reason)

    def show_views(self, views: Sequence["InquiryView"]) -> None:
        """Show other inquiries; declined and withdrawn ones have left the board."""
        left = (ClosedAs.DECLINED, ClosedAs.WITHDRAWN)
        self._views = words.in_order(view for view in views if view.inquiry.closed_as not in left)
        self._build()

    @Slot()
    def _build(self) -> None:
        for old in self.columns:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        while self._row.takeAt(0) is not None:
            pass
        titles: dict[str, str] = {}
        waiting: dict[str, list[InquiryView]] = {}
        found = [view for view in self._views if matches(view, self.filter.text())]
        for view in sorted(found, key=_procedure):
            for line in view.steps:
                titles.setdefault(line.slug, line.title)
        for view in found:
            waiting.setdefault(view.now.slug if view.now else _DONE, []).append(view)
        titles[_DONE] = self.tr("All steps done")
        self.columns = []
        for slug, title in titles.items():
            if slug == _DONE and slug not in waiting:
                continue
            column = BoardColumn(title, waiting.get(slug, ()), self._holder)
            column.opened.connect(self.opened)
            column.stepped.connect(self._step)
            self._row.addWidget(column)
            self.columns.append(column)
        room = theme.scaled(_COLUMN) - 24 - theme.scaled(24)
        height = max((column.title.heightForWidth(room) for column in self.columns), default=0)
        for column in self.columns:
            column.title.setMinimumHeight(height)
        self._row.addStretch(1)

    @Slot(int)
    def _step(self, by: int) -> None:
        """Left and Right go to the next column that has an inquiry."""
        focused = [at for at, column in enumerate(self.columns) if column.list.hasFocus()]
        at = focused[0] if focused else -1
        while 0 <= (at := at + by) < len(self.columns):
            if self.columns[at].views:
                self.columns[at].focus()
                self._scroll.ensureWidgetVisible(self.columns[at])
                return

    def focus(self) -> None:
        """Put the keyboard on the first inquiry."""
        for column in self.columns:
            if column.views:
                column.focus()
                return


def _procedure(view: "InquiryView") -> tuple[bool, int]:
    """Procedures of incoming inquiries first, the longest of them first."""
    return view.clock is None, -len(view.steps)
