"""Importing a list: where it is, what its columns hold, a verdict for each row, then one step."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.importing import ImportPreview, ImportTable
from commission_app.gui.desk import Desk
from commission_app.gui.imports.list_dialog import ROWS, ListDialog
from commission_app.gui.imports.rows_step import RowsStep
from commission_app.gui.imports.summary_step import SummaryStep
from commission_app.gui.imports.words import ImportKind, added, doing

SUMMARY = 3


class ImportDialog(ListDialog[RowsStep]):
    """Contacts, members, pledges or payments; a last step says of an import what did not come in."""

    def __init__(
        self, desk: Desk, kind: ImportKind, organization_id: str = "", parent: QWidget | None = None
    ) -> None:
        currency = desk.session.commission.get().currency or "USD"
        super().__init__(desk, kind, RowsStep(kind, currency), parent)
        self._organization_id = organization_id
        self.summary = SummaryStep(kind, self)
        self._steps.addWidget(self.summary)

    @property
    def preview(self) -> ImportPreview | None:
        """The verdicts, once the rows were judged."""
        return self.rows.preview if self.step() == ROWS else None

    @override
    def judging(
        self, table: ImportTable, mapping: dict[str, int], asked: Mapping[str, Any]
    ) -> Callable[..., ImportPreview]:
        imports = self._desk.session.imports
        if self._kind is ImportKind.CONTACTS:
            return partial(imports.preview_contacts, table, mapping)
        if self._kind is ImportKind.MEMBERSHIPS:
            first, of = asked["day_first"], self._organization_id
            return partial(imports.preview_memberships, of, table, mapping, day_first=first)
        if self._kind is ImportKind.PLEDGES:
            return partial(imports.preview_pledges, table, mapping, **asked)
        return partial(imports.preview_payments, table, mapping, **asked)

    @override
    def show_judged(self, found: ImportPreview, table: ImportTable) -> None:
        self.rows.show_preview(found, table)

    @override
    def chosen_count(self) -> int:
        return len(self.rows.preview.chosen)

    @override
    def doing_words(self, count: int) -> tuple[str, str]:
        return doing(count), self.tr("No row is to be imported.")

    @override
    def writing(self) -> Callable[..., int]:
        return partial(self._desk.session.imports.carry_out, self.rows.preview)

    @override
    def written(self, count: int) -> str:
        return added(self._kind, count)

    @override
    def finish(self, count: int, table: ImportTable) -> None:
        preview = self.rows.preview
        if len(preview.rows) == count:
            self.accept()
            return
        self.summary.show_result(preview, table, count)
        self.show_step(SUMMARY)
        if self.safe is not None:
            self.safe.hide()
        self.doing.setFocus(Qt.FocusReason.OtherFocusReason)
