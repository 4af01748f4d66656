"""Lists written as CSV or XLSX; no cell can be taken for a formula."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from commission_app.errors import DiskFullError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What a spreadsheet takes for a formula, full-width signs too; a quote that stands there gets another one.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
Cell = str | int | Decimal | date | None
_WIDEST: Final = 50
#: The numbers that workbooks have for sizes of paper.
_PAPERS: Final = {"letter": 1, "a4": 9}


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
        elif value is None or isinstance(value, str | int | Decimal | date):
            yield before + name, value
        else:
            yield before + name, json.dumps(value, ensure_ascii=False)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with a mark, as spreadsheets expect it; formulas get a quote before them, days
    are written as 2026-09-17. The rows are asked for one by one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_defused(name) for name in header])
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defused(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def as_xlsx(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    summed: Collection[int] = (),
    paper: str = "letter",
) -> bytes:
    """A workbook of one sheet with a fixed header; texts stay texts, numbers numbers, days days. The rows
    are asked for one by one. Columns that are `summed` have their total below, of the rows that a filter of
    the sheet leaves. It prints on `paper`, letter or a4, in its full width with the header on each page.
    Raises DiskFullError where there is no room for passing files."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    data = io.BytesIO()
    try:
        with xlsxwriter.Workbook(data, {"constant_memory": True}) as workbook:
            made = _Sheet(workbook, workbook.add_worksheet(_sheet_name(title)), header, summed)
            made.fill(rows)
            made.set_up_page(title, paper)
    except (OSError, FileCreateError) as error:
        raise DiskFullError("The disk for passing files is full.", "Nothing was written.") from error
    return data.getvalue()


def _sheet_name(title: str) -> str:
    """What a spreadsheet allows for a name: 31 letters, no brackets, slashes, colons or stars."""
    allowed = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return " ".join(allowed.split())[:31].strip("'") or "List"


class _Sheet:
    """The one sheet, written row by row."""

    def __init__(
        self, workbook: "Workbook", sheet: "Worksheet", header: Sequence[str], summed: Collection[int]
    ) -> None:
        self._workbook, self._sheet, self._header = workbook, sheet, header
        self._sums: dict[int, Decimal] = dict.fromkeys(summed, Decimal(0))
        self._widths = [len(name) for name in header]
        self._formats: dict[tuple[str, bool], Format] = {}

    def fill(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write the header and all rows."""
        bold = self._workbook.add_format({"bold": True})
        for column, name in enumerate(self._header):
            self._sheet.write_string(0, column, name, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self._write(last, column, cell)
                self._widths[column] = max(self._widths[column], len(str("" if cell is None else cell)))
                if column in self._sums and isinstance(cell, Decimal):
                    self._sums[column] += cell
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(width + 2, _WIDEST))
        self._sheet.freeze_panes(1, 0)
        if last:
            self._sheet.autofilter(0, 0, last, len(self._header) - 1)
            self._write_totals(last)

    def _write_totals(self, last: int) -> None:
        """The sums of the columns of money, which follow the sheet's filter."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        totals = {column: cents for column, cents in self._sums.items() if cents}
        if not totals:
            return
        if 0 not in totals:
            self._sheet.write_string(last + 1, 0, "Total", self._format("", total=True))
        for column, found in totals.items():
            first, end = xl_rowcol_to_cell(1, column), xl_rowcol_to_cell(last, column)
            shown = self._format(_number_format(found), total=True)
            self._sheet.write_formula(last + 1, column, f"=SUBTOTAL(109,{first}:{end})", shown, float(found))

    def set_up_page(self, title: str, paper: str) -> None:
        """All columns on the width of a page, the header on each, title and page number below."""
        self._sheet.set_paper(_PAPERS[paper])
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer("&L" + title.replace("&", "&&") + "&R&P / &N")

    def _write(self, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, date):
            self._sheet.write_datetime(row, column, cell, self._format("m/d/yyyy"))
        elif isinstance(cell, Decimal):
            self._sheet.write_number(row, column, float(cell), self._format(_number_format(cell)))
        elif isinstance(cell, int):
            self._sheet.write_number(row, column, cell)
        elif cell:
            self._sheet.write_string(row, column, cell)

    def _format(self, shown: str, *, total: bool = False) -> "Format":
        if (shown, total) not in self._formats:
            looks = {"bold": True, "top": 1} if total else {}
            self._formats[shown, total] = self._workbook.add_format({"num_format": shown, **looks})
        return self._formats[shown, total]


def _number_format(number: Decimal) -> str:
    """How a spreadsheet shows a number with as many places as it has."""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"#,##0.{'0' * places}" if places else "#,##0"
