"""Lists written as CSV or XLSX; no cell can be taken for a formula."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | None


def flattened(
    entries: Iterable[Mapping[str, Any]], fields: Sequence[str]
) -> tuple[list[str], list[list[Cell]]]:
    """Entries as a header and rows: objects become columns of their own, lists one cell."""
    found = [dict(_cells(entry)) for entry in entries]
    header = list(dict.fromkeys([*(name for row in found for name in row)])) or list(fields)
    return header, [[row.get(name) for name in header] for row in found]


def _cells(entry: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Cell]]:
    for name, value in entry.items():
        if isinstance(value, Mapping) and not before and name != "value":
            yield from _cells(value, f"{name}.")
        elif isinstance(value, bool):
            yield before + name, "yes" if value else "no"
        elif value is None or isinstance(value, str | int):
            yield before + name, value
        else:
            yield before + name, json.dumps(value, ensure_ascii=False)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with a mark, as spreadsheets expect it; formulas get a quote before them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defused(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def as_xlsx(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet with a fixed header; texts stay texts, numbers numbers."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(title[:31])
        bold = workbook.add_format({"bold": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
            widest = max((len(str(row[column] or "")) for row in rows), default=0)
            sheet.set_column(column, column, min(max(widest, len(name)) + 2, 50))
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
    return data.getvalue()
