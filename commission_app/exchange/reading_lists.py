"""Lists of people read from CSV, XLSX or pasted text; what is in them is judged elsewhere."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from commission_app.domain.importing import MOST_ROWS, ImportLine, ImportTable, is_header
from commission_app.errors import FileMissingError, Problem, StorageError, ValidationError

MOST_BYTES: Final = 50 * 1024 * 1024
_SEPARATORS: Final = (",", ";", "\t")
_SEPARATOR_WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
#: What a list of ours puts a quote before, so that no spreadsheet takes it for a formula.
_FORMULA: Final = re.compile(r"'[=+\-@\t\r]")
#: How text begins that is no list: PDF, HTML or XML, JSON.
_NO_LIST: Final = re.compile(r"\s*(%PDF|<|\{|\[\s*[\[{\"])")


def read_list(path: Path) -> ImportTable:
    """A list from a .csv, .txt, .tsv or .xlsx file; raises ValidationError or a StorageError in words."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissingError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise refused(f"{path.name} is over {MOST_BYTES // 1024**2} MB.")
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        from commission_app.exchange.reading_xlsx import read_xlsx

        return read_xlsx(data)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in (".xls", ".ods", ".numbers"):
        raise refused(f"{path.name} is no CSV or XLSX file. Save it as one of these and import that.")
    return read_csv(data)


def refused(message: str) -> ValidationError:
    """A list that cannot be read at all."""
    return ValidationError([Problem("source", message)])


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16, or else Windows' western one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:200].count(0) > len(data[:200]) // 4:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise refused("The text is in an encoding that is not known. Save it as UTF-8.")


def read_csv(data: bytes) -> ImportTable:
    """A table from the bytes of a CSV file, its encoding and separator found out."""
    text, encoding = decoded(data)
    if _NO_LIST.match(text):
        raise refused("The file holds PDF, HTML or JSON, and no list. Save the list as CSV or XLSX.")
    separator = _separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise refused(f"The list is no CSV: {error}.") from error
    table = table_of(rows)
    how = f"{encoding.removesuffix('-sig').upper()}, separated by {_SEPARATOR_WORDS[separator]}"
    return ImportTable(table.header, table.lines, how)


def _separator(text: str) -> str:
    """The separator that divides the first lines into the most, and most alike, columns."""
    lines = text.splitlines()[:50]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
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


def table_of(rows: Iterable[Sequence[str]]) -> ImportTable:
    """Rows as a table: a first row that names columns is the header, empty rows are passed over."""
    header: tuple[str, ...] = ()
    lines: list[ImportLine] = []
    for number, row in enumerate(rows, 1):
        cells = [cell[1:] if _FORMULA.match(cell) else cell for cell in (cell.strip() for cell in row)]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if not header and not lines and is_header(cells):
            header = tuple(cells)
            continue
        if len(lines) == MOST_ROWS:
            raise refused(f"The list has more than {MOST_ROWS:,} rows. Divide it.")
        lines.append(ImportLine(number, tuple(cells)))
    return ImportTable(header, tuple(lines))


_ADDRESSED: Final = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<\s*([^<>\s]+@[^<>\s]+)\s*>[,;]?\s*")


def read_pasted(text: str) -> ImportTable:
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
    return table_of(rows)


def _by_commas(line: str) -> list[str]:
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error as error:
        raise refused(f"A line of {len(line):,} characters is no name. Put one person on a line.") from error
    if len(cells) == 2 and all(cells) and not re.search(r"[@\d]", line) and not is_header(cells):
        return [f"{cells[1]} {cells[0]}"]
    return cells
