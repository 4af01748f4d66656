"""Which rows of a table are selected: counted and kept by ranges, 100,000 as quickly as ten."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Self

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange

from commission_app.gui.widgets.record_view import RecordView

#: More rows than these are not remembered one by one while rows are replaced, only all of them together.
_KEPT_ONE_BY_ONE = 5000


def _ranges(view: RecordView) -> Iterator[QItemSelectionRange]:
    chosen = view.selectionModel().selection()
    return (chosen.at(at) for at in range(chosen.size()))


def selected_count(view: RecordView) -> int:
    """How many rows are selected."""
    return sum(each.height() for each in _ranges(view))


def selected_positions(view: RecordView) -> list[int]:
    """Where the selected rows stand, from the top."""
    found: set[int] = set()
    for each in _ranges(view):
        found.update(range(each.top(), each.bottom() + 1))
    return sorted(found)


def select_positions(view: RecordView, positions: Iterable[int]) -> None:
    """Select the rows that stand there, and no others."""
    chosen, last = QItemSelection(), len(view.records.columns) - 1
    for first, end in runs(sorted(positions)):
        chosen.select(view.records.index(first, 0), view.records.index(end, last))
    view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Sorted rows that follow one another as first and last: 1, 2, 3, 7 as (1, 3), (7, 7)."""
    run: tuple[int, int] | None = None
    for at in positions:
        if run is not None and at == run[1] + 1:
            run = run[0], at
            continue
        if run is not None:
            yield run
        run = at, at
    if run is not None:
        yield run


class Kept:
    """Keeps selection, current row and scroll position by keys while the rows are replaced.

    `is_lost` says afterwards that rows were selected and none of them is there any more."""

    def __init__(self, view: RecordView) -> None:
        self._view = view
        self._keys: list[Hashable] = []
        self.is_lost = False

    def __enter__(self) -> Self:
        view, records = self._view, self._view.records
        count = selected_count(view)
        self._all = count == records.rowCount() > _KEPT_ONE_BY_ONE
        if count <= _KEPT_ONE_BY_ONE:
            self._keys = [records.key_at(at) for at in selected_positions(view)]
        current = view.currentIndex()
        self._current = records.key_at(current.row()) if current.isValid() else None
        self._column = max(0, current.column())
        self._top = view.verticalScrollBar().value()
        return self

    def __exit__(self, *failure: object) -> None:
        view, records = self._view, self._view.records
        if self._current is not None:
            index = records.index_of(self._current, self._column)
            view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self._all:
            view.selectAll()
        elif self._keys:
            indexes = (records.index_of(key) for key in self._keys)
            select_positions(view, (index.row() for index in indexes if index.isValid()))
        view.verticalScrollBar().setValue(self._top)
        self.is_lost = bool(self._keys) and not view.selectionModel().hasSelection()
