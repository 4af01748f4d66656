"""Saving what a table shows as a file for spreadsheets."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from commission_app.exchange.writing_lists import as_csv
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.widgets.record_table import RecordTable


def table_csv(table: RecordTable[Any]) -> bytes:
    """The rows that a table shows, with its headers, as CSV; days as they are kept."""
    shown = [at for at in range(len(table.model.columns)) if not table.view.isColumnHidden(at)]
    rows = []
    for row in table.rows():
        cells = table.model.cells(row)
        rows.append([f"{cells[at].text} {cells[at].native}".strip() for at in shown])
    return as_csv([table.model.columns[at].header for at in shown], rows)


def save_csv(desk: Desk, path: Path, table: RecordTable[Any]) -> None:
    """Write what a table shows to a file, and say so."""
    path = path if path.suffix else path.with_suffix(".csv")
    translate = QCoreApplication.translate
    try:
        path.write_bytes(table_csv(table))
    except OSError as error:
        refused = translate("export", "{name} could not be written: {reason}.")
        desk.messages.error(refused.format(name=path.name, reason=error.strerror or str(error)))
        return
    count = labels.counted(
        len(table.rows()), translate("export", "1 row saved"), translate("export", "{count} rows saved")
    )
    desk.messages.info(translate("export", "{rows} as {name}.").format(rows=count, name=path.name))
