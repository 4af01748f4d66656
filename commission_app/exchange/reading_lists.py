"""Lists of people read from CSV, XLSX or pasted text; what is in them is judged elsewhere."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Final

from commission_app.domain.importing import (
    AS_FOUND,
    MOST_ROWS,
    HowRead,
    ImportLine,
    ImportTable,
    is_header,
    names_in,
)
from commission_app.errors import FileMissingError, Problem, StorageError, ValidationError
from commission_app.exchange.decoding import decoded

MOST_BYTES: Final = 50 * 1024 * 1024
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: What a list of ours puts a quote before, so that no spreadsheet takes it for a formula.
_FORMULA: Final = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: How text begins that is no list: PDF, HTML or XML, JSON.
_NO_LIST: Final = re.compile(r"\s*(%PDF|<|\{|\[\s*[\[{\"])")
_NAMES: Final = 3  # names of columns that make a row the header, wherever it stands
_FIRST: Final = 50  # rows from which the separator is found out
_TITLES: Final = 15  # rows above the header that may be titles and totals


def read_list(path: Path, how: HowRead = AS_FOUND) -> ImportTable:
    """A list from a .csv, .txt, .tsv or .xlsx file; raises ValidationError or a StorageError in words."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refused(f"{path.name} is over {MOST_BYTES // 1024**2} MB.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissingError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    table = read_data(data, path.name, how)
    if not table.width:
        raise refused(f"The sheet {how.sheet} is empty." if how.sheet is not None else "The file is empty.")
    return table


def read_data(data: bytes, name: str, how: HowRead = AS_FOUND) -> ImportTable:
    """A list from the bytes of a file of that name."""
    suffix = Path(name).suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        from commission_app.exchange.reading_xlsx import read_xlsx

        return read_xlsx(data, how)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in (".xls", ".ods", ".numbers"):
        raise refused(f"{name} is no CSV or XLSX file. Save it as one of these and import that.")
    return read_csv(data, how)


def refused(message: str) -> ValidationError:
    """A list that cannot be read at all."""
    return ValidationError([Problem("source", message)])


def read_csv(data: bytes, how: HowRead = AS_FOUND) -> ImportTable:
    """A table from the bytes of a CSV file; its encoding and separator are found out where not given."""
    found = decoded(data, how.encoding)
    if _NO_LIST.match(found.text):
        raise refused("The file holds PDF, HTML or JSON, and no list. Save the list as CSV or XLSX.")
    separator = how.separator or _separator(found.text)
    table = table_of(_rows(found.text, separator), how)
    words = f"{found.encoding.upper()}, separated by {SEPARATORS[separator]}"
    read = replace(table.read, encoding=found.encoding, separator=separator)
    return replace(table, how=words, read=read, doubt=found.doubt)


def _rows(text: str, separator: str) -> list[list[str]]:
    """The rows of a CSV file; ValidationError names the line from which it cannot be read."""
    rows: list[list[str]] = []
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(
            f"What begins in line {line:,} is no row of a list: a cell there has over "
            f"{csv.field_size_limit():,} characters. Perhaps a quotation mark is missing."
        ) from error
    return rows


def _separator(text: str) -> str:
    """The separator that divides the first lines into the most, and most alike, columns."""
    lines = text[: _FIRST * 4000].splitlines()[:_FIRST]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = usual * widths.count(usual) / len(widths) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def table_of(rows: Iterable[Sequence[str | Decimal]], how: HowRead = AS_FOUND) -> ImportTable:
    """Rows as a table. A first row that names columns (or is said to) is the header, titles and totals above
    it and empty rows are passed over.
    """
    filled = _filled(rows)
    first = list(islice(filled, _TITLES + 1))
    tops = tuple(first)
    header, number = _header_of(first, how)
    first = [line for line in first if line.number > number]
    lines: list[ImportLine] = []
    for line in chain(first, filled):
        if len(lines) == MOST_ROWS:
            raise refused(f"The list has more than {MOST_ROWS:,} rows. Divide it.")
        lines.append(line)
    read = HowRead(has_header=bool(header), header_row=number or None)
    return ImportTable(header, tuple(lines), read=read, tops=tops)


def _header_of(first: Sequence[ImportLine], how: HowRead) -> tuple[tuple[str, ...], int]:
    """The names of the columns with the number of their row; none and 0 without any."""
    if how.has_header is False or not first:
        return (), 0
    told = next((line for line in first if line.number == how.header_row), None)
    at = _header_at([line.cells for line in first])
    if told is None and at is None and how.has_header:
        at = 0
    found = first[at] if told is None and at is not None else told
    return (found.cells, found.number) if found is not None else ((), 0)


def _filled(rows: Iterable[Sequence[str | Decimal]]) -> Iterator[ImportLine]:
    """The rows that hold something, without empty cells at their ends."""
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            numbers = frozenset(at for at, cell in enumerate(row) if isinstance(cell, Decimal))
            yield ImportLine(number, tuple(cells), numbers)


def _text(cell: str | Decimal) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return (cell[1:] if _FORMULA.match(cell) else cell).strip()


def _header_at(first: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows names the columns: one that has more of their names than those before it, as
    where a bank has its totals first; else before it only titles, of one cell each, may stand.
    """
    named = [names_in(cells) for cells in first]
    if max(named, default=0) >= _NAMES:
        return named.index(max(named))
    for at, cells in enumerate(first):
        if is_header(cells) and (at == 0 or len(cells) > 1):
            return at
        if sum(map(bool, cells)) > 1 and _stands_out(cells, first[at + 1 :]):
            return at
        if sum(map(bool, cells)) > 1:
            break
    return named.index(2) if 2 in named else None


def _stands_out(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has only words where the rows below have numbers, days or e-mail addresses: names of
    columns that nobody knows.
    """
    if not all(cells) or any(map(_is_data, cells)):
        return False
    columns = ([row[at] for row in below if at < len(row) and row[at]] for at in range(len(cells)))
    return any(column and all(map(_is_data, column)) for column in columns)


def _is_data(cell: str) -> bool:
    return "@" in cell or any(character.isdigit() for character in cell)


_ADDRESSED: Final = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<\s*([^<>\s]+@[^<>\s]+)\s*>[,;]?\s*")


def read_pasted(text: str, how: HowRead = AS_FOUND) -> ImportTable:
    """Names as pasted: one a line, as `Name <email>`, or cells divided by tabs, semicolons or commas.

    "Ruiz, Ana" alone is a last and a first name. Raises ValidationError for what no list can be.
    """
    rows: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip():
            rows.append([])
        elif match := _ADDRESSED.fullmatch(line):
            rows.append([match[1] or match[2], match[2]])
        elif "\t" in line or ";" in line:
            rows.append(re.split(r"[\t;]", line))
        else:
            rows.append(_by_commas(line))
    return table_of(rows, how)


def _by_commas(line: str) -> list[str]:
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error as error:
        raise refused(f"A line of {len(line):,} characters is no name. Put one person on a line.") from error
    if len(cells) == 2 and all(cells) and not re.search(r"[@\d]", line) and not is_header(cells):
        return [f"{cells[1]} {cells[0]}"]
    return cells
