"""The step of a list that shows its rows: pills that count them, the table, and what is told of a row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_model import Column
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph, Text


class Numbered(Protocol):
    """A row of a list."""

    @property
    def number(self) -> int:
        """Its line in the list."""


R = TypeVar("R", bound=Numbered)
L = TypeVar("L")


class JudgedRows(QWidget, Generic[R, L]):
    """`looks` are the words of the pills with {count}, the first one that of all rows. `decided` tells that
    other rows are to be taken. How a row stands, `look_of` says, and what is told of those selected,
    `tell_rows`.
    """

    decided = Signal()

    def __init__(self, looks: Mapping[L, str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._all = next(iter(looks))
        self._rows: Sequence[R] = ()
        self.totals = Text("", "strong", wrap=True, parent=self)  # placed by the dialog
        self.totals.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.pills = Pills(dict.fromkeys(looks, ""), parent=self)
        self.pills.chosen.connect(self._fill)
        self.reason = Paragraph("", "body", parent=self)

    def set_table(self, columns: Sequence[Column[R]]) -> QVBoxLayout:
        """Put the table in, once; what stands below it is added to the layout."""
        self.table = RecordTable[R](
            columns, _number, name=self.tr("Rows of the list"), multiple=True, parent=self
        )
        self.table.selection_changed.connect(self._tell_rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.pills)
        column.addWidget(self.table, 1)
        return column

    def look_of(self, row: R) -> L:
        """Under which pill a row is counted."""
        raise NotImplementedError

    def tell_rows(self, chosen: Sequence[R]) -> None:
        """Say of the selected rows what they are, and what can be decided about them."""
        raise NotImplementedError

    @property
    def look(self) -> L:
        """Which rows are shown."""
        return self.pills.current()

    def show_rows(self, rows: Sequence[R], totals: str) -> None:
        """Show rows, those of the pill that is pressed as long as there is one."""
        self._rows = rows
        counts = Counter(map(self.look_of, rows))
        counts[self._all] = len(rows)
        if not counts[self.look]:
            self.pills.choose(self._all)
        for look, words in self._looks.items():
            count = counts[look]
            said = words.format(count=f"{count:,}")
            self.pills.say(look, said, is_shown=look is self._all or bool(count))
        self.totals.setText(totals)
        self._fill()
        self.decided.emit()

    @Slot()
    def _fill(self) -> None:
        look = self.look
        self.table.set_rows([row for row in self._rows if look is self._all or self.look_of(row) is look])
        self._tell_rows()

    @Slot()
    def _tell_rows(self) -> None:
        self.tell_rows(self.table.selected())


def _number(row: Numbered) -> int:
    return row.number
