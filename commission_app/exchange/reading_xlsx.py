"""Reading XLSX: its archive is looked at before anything is unpacked."""

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from defusedxml.common import EntitiesForbidden
from defusedxml.ElementTree import iterparse

from commission_app.domain.importing import AS_FOUND, MOST_ROWS, HowRead, ImportTable
from commission_app.errors import ValidationError
from commission_app.exchange.reading_lists import refused, table_of

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 200
MOST_COLUMNS: Final = 100
#: The last row that may hold anything; some more than are read, for titles and gaps between them.
LAST_ROW: Final = MOST_ROWS + 50
#: The last row that the format has.
_LAST_OF_FORMAT: Final = 1_048_576


def read_xlsx(data: bytes, how: HowRead = AS_FOUND) -> ImportTable:
    """The sheet that is named, else the first that holds anything; formulas by their last value, days as
    YYYY-MM-DD. Of merged cells the first has the value; macros are not looked at.

    Raises ValidationError for an archive that would unpack to too much, or with XML entities, and for a
    sheet with anything beyond the last row or column that is read.
    """
    from openpyxl import load_workbook

    _look_at(data)
    workbook = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # features of the sheet that do not concern its cells
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            names = tuple(sheet.title for sheet in workbook.worksheets)
            for sheet in workbook.worksheets:
                if how.sheet is not None and sheet.title != how.sheet:
                    continue
                sheet.reset_dimensions()
                table = table_of(_within_limits(sheet.iter_rows(values_only=True)), how)
                if table.header or table.lines or how.sheet is not None:
                    read = replace(table.read, sheet=sheet.title)
                    return replace(table, how=f"the sheet {sheet.title}", read=read, sheets=names)
            if how.sheet is not None:
                raise refused(f"There is no sheet {how.sheet}; there are {', '.join(names)}.")
    except ValidationError:
        raise
    except _UNREADABLE as error:
        raise refused(
            "The file is no workbook that can be read. Save it again as XLSX, or as CSV."
        ) from error
    finally:
        if workbook is not None:
            workbook.close()
    return ImportTable((), ())


#: What the library raises for a workbook that is not one inside.
_UNREADABLE: Final = (
    OSError,
    zipfile.BadZipFile,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)


def _look_at(data: bytes) -> None:
    """Refuse what would unpack to too much, by what the archive says of itself, and what defines entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except _UNREADABLE as error:
        raise refused("The file is no workbook: its archive is damaged.") from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > max(len(data), 50_000) * MOST_RATIO:
        raise refused(f"The workbook would unpack to {unpacked / 1024**2:,.0f} MB, far more than a list has.")
    if any(part.flag_bits & 1 for part in parts):
        raise refused("The workbook is locked with a password. Save it without one.")
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            _require_no_entities(archive, part)


def _require_no_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities are defined before the first element; what reads the sheets later may not look for them."""
    try:
        with archive.open(part) as source:
            next(iter(iterparse(source, events=("start",))), None)
    except EntitiesForbidden as error:
        raise refused("The workbook defines XML entities, which no list needs.") from error
    except _UNREADABLE:
        return  # what is no XML is refused where it is needed


def _within_limits(rows: Iterable[Sequence[Any]]) -> Iterator[list[str | Decimal]]:
    """The rows as text and numbers; what is formatted beyond the limits is passed over, what is filled in
    there is refused.
    """
    for number, row in enumerate(rows, 1):
        if number > LAST_ROW and (_is_filled(row) or number > _LAST_OF_FORMAT):
            raise refused(f"Row {number:,} holds something; a list ends at row {LAST_ROW:,}. Divide it.")
        if _is_filled(row[MOST_COLUMNS:]):
            raise refused(f"Row {number:,} has more than {MOST_COLUMNS} columns. Remove those not needed.")
        yield [_value(cell) for cell in row[:MOST_COLUMNS]]


def _is_filled(cells: Sequence[Any]) -> bool:
    return cells.count(None) < len(cells) and any(str(_value(cell)).strip() for cell in cells)


def _value(value: Any) -> str | Decimal:
    """A cell as the text that a CSV file would have, or as a number of the 15 digits that workbooks show."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case int():
            return Decimal(value)
        case float():
            return Decimal(f"{value:.15g}")
        case _:
            return str(value)
