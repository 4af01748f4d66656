"""Readers of files from outside are given damaged and made-up bytes: a result or a refusal in words, nothing
else."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from commission_app.domain.import_columns import ENCODINGS
from commission_app.domain.importing import HowRead, ImportTable, columns_of, day_order, decimal_comma
from commission_app.domain.open_record import reading
from commission_app.errors import CommissionError
from commission_app.exchange.eml import parse_message, parse_pasted
from commission_app.exchange.reading_lists import read_csv, read_data, read_pasted
from commission_app.exchange.reading_xlsx import read_xlsx
from commission_app.exchange.sealed import seal, unseal
from commission_app.exchange.writing_lists import as_csv

#: What a spreadsheet takes for the beginning of a formula.
SIGNS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
ZONE = ZoneInfo("America/Los_Angeles")
Change = tuple[int, int, bytes]
changes = st.lists(
    st.tuples(st.integers(0, 100_000), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=6
)
nouns = st.sampled_from(["contacts", "memberships", "pledges", "payments"])


def mutated(data: bytes, steps: list[Change]) -> bytes:
    """The bytes with some taken out and others put in, at places that wrap around."""
    for at, gone, put in steps:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + gone :]
    return data


def told(read: Callable[[], object]) -> object:
    """What is read, or None where it was refused in words; anything else that is raised fails the test."""
    try:
        return read()
    except CommissionError as error:
        assert str(error)
        return None


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Name", "Since", "Amount"), ("Ana Ruiz", date(2026, 3, 4), 12.5), ("王小明", None, "=1+1")):
        sheet.append(list(row))
    sheet.merge_cells("A2:B3")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


CSV = 'Name;E-mail;Joined\r\n"Ruiz; Ana";ana@example.org;03/04/2026\r\n王小明;;2024-05-01\r\n'.encode()
XLSX = workbook()
RECORD = json.dumps(
    {
        "format": "commission-record/1",
        "commission": {
            "name": "Alder Glen",
            "city": "Alder Glen",
            "zone": "America/Los_Angeles",
            "rules": "x",
        },
        "contacts": [{"key": "ana", "kind": "person", "name": "Ana Ruiz"}],
        "meetings": [{"key": "m1", "kind": "regular", "starts": "2026-05-28T18:00", "state": "held"}],
        "pledges": [
            {"key": "p", "kind": "money", "donor": "ana", "schedule": {"every": "month", "count": 2}}
        ],
    }
).encode()
MESSAGE = (
    b"From: =?utf-8?b?546L5bCP5piO?= <wang@example.org>\r\nDate: Thu, 17 Sep 2026 09:41:00 +0800\r\n"
    b"Subject: A first approach\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"PGI+aGk8L2I+\r\n"
    b'--b\r\nContent-Disposition: attachment; filename="../a.pdf"\r\n\r\n%PDF\r\n--b--\r\n'
)
SEALED = seal(RECORD, "a long passphrase", "parcel.json", cost=2)


def looked_at(table: ImportTable, noun: str) -> None:
    """What is asked of a list before its rows are judged."""
    columns = columns_of(noun, table)
    assert all(0 <= at < table.width for at in columns.values())
    for at in range(min(table.width, 20)):
        day_order(table.column(at))
        decimal_comma(table.column(at))


@given(data=st.binary(max_size=400), noun=nouns)
def test_any_bytes_as_csv(data: bytes, noun: str) -> None:
    table = told(lambda: read_csv(data))
    if isinstance(table, ImportTable):
        looked_at(table, noun)


@given(
    steps=changes,
    encoding=st.sampled_from([None, *ENCODINGS]),
    separator=st.sampled_from([None, ",", ";", "\t", "|"]),
    has_header=st.sampled_from([None, True, False]),
    noun=nouns,
)
def test_damaged_csv_read_in_any_way(
    steps: list[Change], encoding: str | None, separator: str | None, has_header: bool | None, noun: str
) -> None:
    how = HowRead(encoding, separator, None, has_header)
    table = told(lambda: read_csv(mutated(CSV, steps), how))
    if isinstance(table, ImportTable):
        looked_at(table, noun)


@given(text=st.text(max_size=300))
def test_any_pasted_text(text: str) -> None:
    table = told(lambda: read_pasted(text))
    if isinstance(table, ImportTable):
        looked_at(table, "memberships")


@given(steps=changes)
def test_damaged_workbook(steps: list[Change]) -> None:
    told(lambda: read_data(mutated(XLSX, steps), "list.xlsx"))


@given(data=st.data())
def test_workbook_with_a_damaged_part(data: st.DataObject) -> None:
    source = zipfile.ZipFile(io.BytesIO(XLSX))
    name = data.draw(st.sampled_from(source.namelist()))
    steps = data.draw(changes)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            content = source.read(part)
            archive.writestr(part, mutated(content, steps) if part == name else content)
    told(lambda: read_xlsx(target.getvalue()))


@given(data=st.binary(max_size=300))
def test_any_bytes_as_a_workbook(data: bytes) -> None:
    told(lambda: read_xlsx(data))
    told(lambda: read_xlsx(b"PK\x03\x04" + data))


@given(steps=changes)
def test_damaged_open_record(steps: list[Change]) -> None:
    told(lambda: reading.read(reading.parse(mutated(RECORD, steps))))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    path=st.sampled_from(
        [("contacts",), ("pledges", 0, "schedule"), ("meetings", 0, "starts"), ("commission",), ("format",)]
    ),
    value=json_values,
)
def test_open_record_with_anything_in_the_place_of_something(
    path: tuple[str | int, ...], value: object
) -> None:
    document = json.loads(RECORD)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    told(lambda: reading.read(document))


@given(steps=changes)
def test_damaged_message(steps: list[Change]) -> None:
    told(lambda: parse_message(mutated(MESSAGE, steps), ZONE))


@given(data=st.binary(max_size=300), text=st.text(max_size=300))
def test_any_bytes_and_any_text_as_a_message(data: bytes, text: str) -> None:
    told(lambda: parse_message(data, ZONE))
    told(lambda: parse_pasted(text, ZONE))


@given(steps=changes)
def test_damaged_sealed_parcel_never_opens(steps: list[Change]) -> None:
    locked = mutated(SEALED, steps)
    opened = told(lambda: unseal(locked, "a long passphrase"))
    assert opened is None or locked == SEALED


@given(
    cells=st.lists(
        st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=12),
        min_size=1,
        max_size=4,
    )
)
def test_text_comes_back_from_our_own_csv_and_no_cell_is_a_formula(cells: list[str]) -> None:
    data = as_csv(["Name", *["x"] * (len(cells) - 1)], [cells])
    [written] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert not any(cell.startswith(SIGNS) for cell in written)
    wanted = [cell.strip() for cell in cells]
    while wanted and not wanted[-1]:
        wanted.pop()
    found = [list(line.cells) for line in read_csv(data, HowRead("utf-8", ",", None, True)).lines]
    assert found == ([wanted] if wanted else [])


@pytest.mark.parametrize("sign", SIGNS)
def test_quotes_before_a_sign_are_kept(sign: str) -> None:
    for text in (f"{sign}1", f"'{sign}1", f"''{sign}1"):
        table = read_csv(as_csv(["Name", "x"], [["Ana", f"{text}"]]), HowRead("utf-8", ",", None, True))
        assert table.lines[0].cells[1] in (text, text.strip())
