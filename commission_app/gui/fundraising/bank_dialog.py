"""A bank's or payment service's list: read, its columns, what each row is likely to be, recorded at once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.importing import ImportTable
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.bank_rows import BankNames, BankRows, names_of
from commission_app.gui.imports.list_dialog import ROWS, ListDialog
from commission_app.gui.imports.words import ImportKind
from commission_app.services.bank_matching import BankPreview


class BankDialog(ListDialog[BankRows]):
    """Three steps; what is recorded are payments on what the rows pay."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        currency = desk.session.commission.get().currency or "USD"
        super().__init__(desk, ImportKind.BANK, BankRows(desk, currency), parent)

    @override
    def judging(
        self, table: ImportTable, mapping: dict[str, int], asked: Mapping[str, Any]
    ) -> Callable[..., tuple[BankPreview, BankNames]]:
        return partial(_matched, self._desk, table, mapping, **asked)

    @override
    def show_judged(self, found: tuple[BankPreview, BankNames], table: ImportTable) -> None:
        self.rows.show_preview(*found)

    @override
    def chosen_count(self) -> int:
        return len(self.rows.preview.chosen)

    @override
    def doing_words(self, count: int) -> tuple[str, str]:
        one, many = self.tr("Record {count} payment"), self.tr("Record {count} payments")
        return labels.counted(count, one, many), self.tr("No row is to be recorded.")

    @override
    def writing(self) -> Callable[..., int]:
        return partial(self._desk.session.bank.record, self.rows.preview)

    @override
    def written(self, count: int) -> str:
        one, many = self.tr("{count} payment recorded."), self.tr("{count} payments recorded.")
        return labels.counted(count, one, many)

    @override
    def refuse(self, words: str) -> None:
        if self.step() != ROWS:
            super().refuse(words)
            return
        self._desk.messages.error(words)
        self.rows.reason.setText(words)
        self.rows.reason.show()


def _matched(
    desk: Desk, table: ImportTable, mapping: dict[str, int], **asked: Any
) -> tuple[BankPreview, BankNames]:
    """In the pool: what each row is likely to be, with the names that are shown."""
    preview = desk.session.bank.preview(table, mapping, **asked)
    return preview, names_of(desk, preview.rows)


def open_bank(desk: Desk, parent: QWidget) -> None:
    """Open the matching over a page."""
    dialog = BankDialog(desk, parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
