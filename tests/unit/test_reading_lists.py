"""Lists from elsewhere: encodings, separators, headers, pasted names, workbooks and what they hide."""

import io
import struct
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from commission_app.domain.importing import (
    MEMBERSHIP_FIELDS,
    ColumnUse,
    HowRead,
    columns_of,
    day_in,
    day_order,
    field_of,
    is_guess,
    recognized,
)
from commission_app.errors import StorageError, ValidationError
from commission_app.exchange.reading_lists import read_csv, read_list, read_pasted
from commission_app.exchange.reading_xlsx import LAST_ROW, MOST_COLUMNS, read_xlsx
from commission_app.exchange.writing_lists import as_csv, as_xlsx, flattened


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_csv(data).lines]


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp1252",
        *(f"utf-{bits}{end}" for bits in (16, 32) for end in ("", "-le", "-be")),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_found_out(encoding: str, separator: str) -> None:
    text = f"Name{separator}E-mail\r\nJosé Núñez{separator}jose@example.org\r\n"
    table = read_csv(text.encode(encoding))
    assert table.header == ("Name", "E-mail")
    assert [line.cells for line in table.lines] == [("José Núñez", "jose@example.org")]
    assert table.read.encoding == encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    assert not table.doubt


def test_a_letter_of_another_program_spoils_no_list_in_utf_8() -> None:
    data = "Name\nJosé\nZoë\n王小明\n".encode() + "Françoise\n".encode("cp1252")
    for how in (HowRead(), HowRead(encoding="utf-8")):
        table = read_csv(data, how)
        assert [line.cells[0] for line in table.lines] == ["José", "Zoë", "王小明", "Françoise"]
        assert table.read.encoding == "utf-8"
        assert "line 5" in table.doubt
        assert "“Françoise”" in table.doubt


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (
            "Name\nMuñoz\nÑuñez\nPeña\n".encode("cp1252") + "José\n".encode(),
            "“JosÃ©” looks like letters in UTF-8",
        ),
        ("Name\nŁukasz\n".encode("iso8859-2"), "“£ukasz” looks wrong"),
        ("Name\nPaweł\n".encode("iso8859-2"), "“Pawe³” looks wrong"),
        ("Name\nKovaĽ\n".encode("iso8859-2"), "“Kova¥” looks wrong"),
        (
            "Name,Note\nJosé Núñez,¡Hola! 5°C 12 m² «oui» £20 ©2026 D´Angelo 2ª N°5 Alder®\n".encode(
                "cp1252"
            ),
            "",
        ),
    ],
)
def test_what_is_hardly_western_is_doubted_by_its_first_word(data: bytes, word: str) -> None:
    table = read_csv(data)
    assert table.read.encoding == "cp1252"
    assert table.doubt.startswith(word)
    assert bool(table.doubt) == bool(word)


def test_the_letters_of_central_europe_can_be_chosen() -> None:
    table = read_csv("Name\nŁukasz Ą\n".encode("iso8859-2"), HowRead(encoding="iso8859-2"))
    assert (table.lines[0].cells, table.doubt) == (("Łukasz Ą",), "")


def test_what_becomes_of_each_column_is_told() -> None:
    table = read_csv(b"Name,Email,Fone,Email,,Birthday\nAna,a@example.org,1,b@example.org,,1990\n")
    uses = table.uses(columns_of("contacts", table))
    assert uses == [
        ColumnUse(1, "Name", "name"),
        ColumnUse(2, "Email", "email"),
        ColumnUse(3, "Fone"),
        ColumnUse(4, "Email", None, 2),
        ColumnUse(6, "Birthday"),
    ]


def test_a_cell_without_an_end_is_named_by_its_line() -> None:
    with pytest.raises(
        ValidationError, match="begins in line 3 is no row of a list: a cell there has over 131,072"
    ):
        read_csv(b'Name\nAna\n"Bo\n' + b"x\n" * 70_000)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n,,\r\n"])
def test_an_empty_file_is_called_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(ValidationError, match="The file is empty"):
        read_list(tmp_path / "a.csv")


def test_an_empty_sheet_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook())
    for how, words in (
        (HowRead(), "The file is empty"),
        (HowRead(sheet="Sheet"), "The sheet Sheet is empty"),
    ):
        with pytest.raises(ValidationError, match=words):
            read_list(tmp_path / "a.xlsx", how)


def test_semicolons_divide_though_the_cells_have_commas() -> None:
    data = b'Name;Address\n"Ruiz; Ana";1 Main St, Alder Glen\nBo;2 Main St, Alder Glen\n'
    assert cells(data) == [("Ruiz; Ana", "1 Main St, Alder Glen"), ("Bo", "2 Main St, Alder Glen")]


def test_rows_keep_their_numbers_and_empty_ones_are_passed_over() -> None:
    table = read_csv(b"\n,,\nName,Phone\n\nAna,1\nBo,2,extra\n")
    assert [(line.number, line.cells) for line in table.lines] == [
        (5, ("Ana", "1")),
        (6, ("Bo", "2", "extra")),
    ]


def test_list_without_a_header_is_read_by_what_stands_in_it() -> None:
    table = read_csv(b"Ana Ruiz,ana@example.org,(408) 555-0100,2024-05-01\n")
    assert table.header == ()
    found = recognized(table, MEMBERSHIP_FIELDS)
    assert found == {"name": 0, "email": 1, "phone": 2, "from": 3}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("E-Mail Address", "email"),
        ("MEMBER SINCE", "from"),
        ("Given_name", "first_name"),
        ("Teléfono", None),
        ("Zip Code", "postal_code"),
        ("Expires", "to"),
    ],
)
def test_column_is_recognized_by_its_name(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_quote_that_we_put_before_a_formula_is_taken_off_again() -> None:
    header, rows = flattened([{"name": "=1+1", "phone": "+1 408"}], ["name", "phone"])
    assert cells(as_csv(header, rows)) == [("=1+1", "+1 408")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz <ana@example.org>", ("Ana Ruiz", "ana@example.org")),
        ('"Ruiz, Ana" <ana@example.org>,', ("Ruiz, Ana", "ana@example.org")),
        ("<ana@example.org>", ("ana@example.org", "ana@example.org")),
        ("Ana Ruiz\tana@example.org", ("Ana Ruiz", "ana@example.org")),
        ("Ana Ruiz, ana@example.org", ("Ana Ruiz", "ana@example.org")),
        ("Ruiz, Ana", ("Ana Ruiz",)),
        ("王小明", ("王小明",)),
    ],
)
def test_pasted_line_is_a_name_with_what_follows(text: str, expected: tuple[str, ...]) -> None:
    [line] = read_pasted(f"\n{text}\n").lines
    assert line.cells == expected


def test_pasted_line_that_is_far_too_long_is_refused() -> None:
    with pytest.raises(ValidationError, match="200,000 characters"):
        read_pasted("Ana Ruiz\n" + "x" * 200_000)


def test_days_of_a_list_are_read_in_the_order_that_it_shows() -> None:
    assert day_order(["03/04/2026", "23/04/2026"]) is True
    assert day_order(["03/04/2026", "04/23/2026"]) is False
    assert day_order(["03/04/2026"]) is None
    assert day_order(["03/03/2026", "2026-04-03"]) is False
    wrong, right = ["13/05/2026"], ["04/22/2026", "05/30/2026"]
    assert day_order([*wrong, *right, "06/02/2026"]) is False
    assert day_order(["23/04/2026", *("22/04/2026", "30/05/2026"), "05/13/2026"]) is True
    assert day_order([*wrong, *right[:1]]) is None
    assert day_order([*wrong, *("06/02/2026",) * 8]) is None
    assert day_order(["13/13/2026", "3/3/2026"]) is False
    assert day_in("3/4/2026", date(2026, 1, 1), day_first=True) == date(2026, 4, 3)
    assert day_in("2024-05-01", date(2026, 1, 1), day_first=False) == date(2024, 5, 1)
    for text in ("tomorrow", "4/23", "thu", "Apr 23"):
        with pytest.raises(ValidationError):
            day_in(text, date(2026, 1, 1), day_first=False)


def test_columns_are_a_guess_without_a_header_and_where_two_would_do() -> None:
    def guessed(noun: str, text: str) -> bool:
        table = read_csv(text.encode())
        return is_guess(noun, table, columns_of(noun, table))

    assert guessed("contacts", "Maria Silva,Braga,maria@example.org\n")
    assert guessed("contacts", "Maria Silva,408-555-0111\n")
    assert guessed("payments", "Maria Silva,4/23/2026,25.00\n")
    assert not guessed("contacts", "Maria Silva,maria@example.org\n")
    assert guessed("contacts", "Name,Email,Mail\nMaria,m@example.org,n@example.org\n")
    assert guessed("payments", "Date,Payer,Amount,Total\n4/23/2026,Maria,5,6\n")
    assert not guessed("contacts", "Name,Email,Mail\nMaria,m@example.org,\n")
    assert not guessed("contacts", "Name,Email,Shoe size\nMaria,m@example.org,38\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"Name\n" + b"x" * 200_000 + b"\n"),
        ("a.csv", b"Name\n" + b"x\n" * 50_001),
        ("a.csv", b"Name\n\x81\x8d\n"),
        ("a.csv", b"%PDF-1.7\n1 0 obj\n"),
        ("a.csv", b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<p>Ana</p>\n"),
        ("a.csv", b' {"name": "Ana"}\n'),
        ("a.txt", b'[\n  {"name": "Ana"}\n]\n'),
        ("a.ods", b"PK\x03\x04"),
        ("a.csv", b"PK\x03\x04 a workbook under another name"),
        ("a.xlsx", b"no archive"),
        ("a.xlsx", b""),
    ],
)
def test_list_that_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValidationError) as caught:
        read_list(tmp_path / name)
    assert [problem.path for problem in caught.value.problems] == ["source"]


def test_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(StorageError):
            read_list(path)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_workbook_is_read_as_text_with_days_and_whole_numbers() -> None:
    data = workbook(
        ("Name", "Phone", "Since", "Minor"),
        ("Zoë 王", 4085550100, datetime(2024, 5, 1), True),
        (None, None, None),
    )
    table = read_xlsx(data)
    assert table.header == ("Name", "Phone", "Since", "Minor")
    assert [line.cells for line in table.lines] == [("Zoë 王", "4085550100", "2024-05-01", "yes")]


def test_workbook_keeps_which_cells_are_numbers_and_their_fifteen_digits() -> None:
    row = ("Ana", 8.335, 1234.5, 0.1 + 0.2, 1e-7, 1e20, 12, "8.335", True, datetime(2026, 4, 3))
    line = read_xlsx(workbook(("Name", *("Amount",) * 9), row)).lines[0]
    assert line.cells == (
        *("Ana", "8.335", "1234.5", "0.3", "0.0000001", "100000000000000000000", "12", "8.335", "yes"),
        "2026-04-03",
    )
    assert line.numbers == {1, 2, 3, 4, 5, 6}


def with_cell(row: int, column: int, value: object) -> bytes:
    """A workbook of one person and one cell elsewhere."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name"])
    sheet.append(["Ana"])
    sheet.cell(row, column).font = Font(bold=True)
    sheet.cell(row, column).value = value  # type: ignore[assignment] # a cell takes what it can hold
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("row", "column"), [(LAST_ROW + 1, 1), (1_048_576, 1), (2, MOST_COLUMNS + 1)])
def test_workbook_with_something_beyond_the_limits_is_refused(row: int, column: int) -> None:
    with pytest.raises(ValidationError, match=f"Row {row:,} "):
        read_xlsx(with_cell(row, column, "Bo"))


@pytest.mark.parametrize("value", [None, " "])
@pytest.mark.parametrize(("row", "column"), [(LAST_ROW + 1, 1), (2, MOST_COLUMNS + 1)])
def test_empty_cells_beyond_the_limits_are_passed_over(row: int, column: int, value: str | None) -> None:
    assert [line.cells for line in read_xlsx(with_cell(row, column, value)).lines] == [("Ana",)]


def test_workbook_is_read_up_to_its_limits() -> None:
    assert read_xlsx(with_cell(LAST_ROW, 1, "Bo")).lines[-1].number == LAST_ROW
    assert read_xlsx(with_cell(2, MOST_COLUMNS, "Bo")).lines[0].cells[-1] == "Bo"


def test_our_own_workbook_is_read_back() -> None:
    header, rows = flattened([{"name": "=1+1", "note": None, "minor": True}], [])
    table = read_xlsx(as_xlsx("contacts", header, rows))
    assert (table.header, table.lines[0].cells) == (("name", "note", "minor"), ("=1+1", "", "yes"))


def with_part(name: str, content: bytes) -> bytes:
    """A workbook one part of which was put in its place."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("Name",), ("Ana",))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, content if part == name else source.read(part))
        if name not in source.namelist():
            archive.writestr(name, content)
    return target.getvalue()


def test_workbook_that_would_unpack_to_too_much_is_refused_unread() -> None:
    with pytest.raises(ValidationError, match="would unpack to"):
        read_xlsx(with_part("xl/media/image1.png", b"\0" * 60_000_000))


def test_workbook_with_xml_entities_is_refused() -> None:
    sheet = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        with pytest.raises(ValidationError, match="entities"):
            read_xlsx(with_part(part, sheet))


def test_workbook_without_its_parts_is_refused() -> None:
    with pytest.raises(ValidationError, match="Save it again"):
        read_xlsx(with_part("[Content_Types].xml", b"<Types/>"))


def test_workbook_with_a_damaged_part_is_refused() -> None:
    whole = workbook(*[(f"Name {number}", number) for number in range(400)])
    part = zipfile.ZipFile(io.BytesIO(whole)).getinfo("xl/worksheets/sheet1.xml")
    start = part.header_offset + 30 + len(part.filename)
    for at in (start, start + 200):
        with pytest.raises(ValidationError, match="Save it again"):
            read_xlsx(whole[:at] + b"\xff" * 100 + whole[at + 100 :])


def test_workbook_nested_very_deeply_is_refused() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(ValidationError, match="Save it again"):
        read_xlsx(with_part("[Content_Types].xml", deep))


@pytest.mark.parametrize(
    "error",
    [
        zlib.error("invalid block type"),
        EOFError(),
        struct.error("unpack requires a buffer"),
        RuntimeError("damaged"),
        RecursionError(),
        OverflowError("date value out of range"),
        NotImplementedError("compression type 99"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_a_damaged_workbook_raises_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def load_workbook(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("openpyxl.load_workbook", load_workbook)
    with pytest.raises(ValidationError, match="Save it again"):
        read_xlsx(workbook(("Name",), ("Ana",)))


def test_headings_stand_below_lines_about_the_account() -> None:
    text = b"Account,Checking 1234\nPeriod,Sep 2026\nDate,Description,Amount\n9/5/2026,Zelle,1.00\n"
    table = read_csv(text)
    assert (table.header, table.read.header_row) == (("Date", "Description", "Amount"), 3)
    assert [line.number for line in table.lines] == [4]
    assert [line.number for line in table.tops] == [1, 2, 3, 4]
    told = read_csv(text, HowRead(header_row=2))
    assert (told.header, len(told.lines)) == (("Period", "Sep 2026"), 2)
