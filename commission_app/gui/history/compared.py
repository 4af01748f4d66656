"""Fields before and after, side by side, in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from commission_app.gui.history import field_words
from commission_app.gui.history.names import record_names, rule_names
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.history import FieldChange

MOST = 200
_TOP = Qt.AlignmentFlag.AlignTop


class ComparedFields(QWidget):
    """A line for each field: its name, what it was, what it became; one value alone where there is no other.

    `heads` stand above the two values. `told` is what is shown: name, old, new.
    """

    def __init__(
        self,
        desk: "Desk",
        changes: "Sequence[FieldChange]",
        *,
        heads: tuple[str, str] | None = None,
        with_equal: bool = False,
    ) -> None:
        super().__init__()
        shown = [
            change
            for change in changes
            if change.field not in field_words.HIDDEN
            and (change.old != change.new or (with_equal and change.new not in (None, "")))
        ][:MOST]
        self.told: list[tuple[str, str, str]] = []
        self._zone = desk.session.context.today().zone
        self._names = record_names(desk, shown)
        self._rules = rule_names(desk, changes)
        self._sides = (
            heads is not None or any(c.old is not None for c in shown),
            heads is not None or any(c.new is not None for c in shown),
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for column, stretch in enumerate((0, 1, 0, 1)):
            self._grid.setColumnStretch(column, stretch)
        if heads is not None:
            for column, head in ((1, heads[0]), (3, heads[1])):
                self._grid.addWidget(Text(head, "label", "ink-2", wrap=True), 0, column, _TOP)
        last = ""
        for change in shown:
            if heads is None and change.row_id != last:
                last, row = change.row_id, self._grid.rowCount()
                self._grid.setRowMinimumHeight(row, 28)
                title = Text(field_words.table_words(change.table), "heading")
                self._grid.addWidget(title, row, 0, 1, 4)
            self._add(change)

    def _add(self, change: "FieldChange") -> None:
        rule = self._rules.get(change.row_id, "")
        old, new = (
            field_words.value_words(change, side, self._names, self._zone, rule)
            for side in (change.old, change.new)
        )
        name = field_words.field_words(change.field)
        self.told.append((name, old, new))
        row, differs = self._grid.rowCount(), change.old != change.new
        self._grid.addWidget(Text(name, "meta", "ink-2"), row, 0, _TOP)
        if self._sides != (True, True):
            self._grid.addWidget(Paragraph(new or old, "body"), row, 1, 1, 3, _TOP)
            return
        before = Paragraph(old or "–", "body", "ink-2" if old else "ink-3")
        before.setAccessibleName(self.tr("before: {value}").format(value=old or self.tr("nothing")))
        after = Paragraph(new or "–", "strong" if differs and new else "body", "ink" if new else "ink-3")
        after.setAccessibleName(self.tr("after: {value}").format(value=new or self.tr("nothing")))
        self._grid.addWidget(before, row, 1, _TOP)
        self._grid.addWidget(after, row, 3, _TOP)
        if differs:
            arrow = IconLabel("right", "ink-3", 16)
            arrow.setAccessibleName(self.tr("became"))
            self._grid.addWidget(arrow, row, 2, _TOP)
