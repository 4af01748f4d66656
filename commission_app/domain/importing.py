"""Lists that come from elsewhere: their columns recognised by name, and a verdict for each row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.dates import parse_day
from commission_app.domain.import_columns import (
    BANK_COLUMNS,
    MONEY_HEADERS,
    PAYMENT_COLUMNS,
    PLEDGE_COLUMNS,
)
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft
from commission_app.domain.text import fold
from commission_app.errors import Problem, ValidationError

MOST_ROWS: Final = 50_000

#: Field -> the names under which lists have it, folded, without punctuation.
SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "name",
        "full name",
        "member",
        "member name",
        "contact",
        "person",
        "contact name",
        "display name",
    ),
    "first_name": ("first name", "first", "given name", "forename", "firstname"),
    "last_name": ("last name", "last", "surname", "family name", "lastname"),
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "phone": ("phone", "telephone", "tel", "mobile", "cell", "phone number", "cell phone", "mobile phone"),
    "address": ("address", "street", "street address", "mailing address", "address line 1"),
    "town": ("city", "town"),
    "region": ("state", "province", "region"),
    "postal_code": ("zip", "zip code", "postal code", "postcode"),
    "language": ("language", "preferred language"),
    "kind": ("kind", "type"),
    "minor": ("minor", "under 18"),
    "ein": ("ein", "tax id"),
    "note": ("note", "notes", "comment", "comments", "remarks"),
    "key": ("key", "contact key"),
    "organization": ("organization", "organisation", "community organization"),
    "from": (
        "from",
        "since",
        "start",
        "joined",
        "member since",
        "start date",
        "begin",
        "from on",
        "joined on",
    ),
    "to": (
        "to",
        "until",
        "end",
        "expires",
        "expiration",
        "end date",
        "valid until",
        "expiry",
        "through",
        "to on",
    ),
}
CONTACT_FIELDS: Final = (
    *("name", "first_name", "last_name", "email", "phone", "address", "town", "region", "postal_code"),
    *("language", "kind", "minor", "ein", "note", "key"),
)
MEMBERSHIP_FIELDS: Final = (*CONTACT_FIELDS, "organization", "from", "to")

_OF_MONEY: Final = {"pledges": PLEDGE_COLUMNS, "payments": PAYMENT_COLUMNS, "bank": BANK_COLUMNS}

Mapping_ = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row of a list: its number in the source (from 1), its cells as text, and which of them (from 0) a
    workbook holds as numbers: those are written with a point, whatever is usual where the list comes from.
    """

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HowRead:
    """How a file becomes a table: encoding and separator of a CSV file, sheet of a workbook, whether a row
    names the columns, and which one, by its number in the file. What is None is found out.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    has_header: bool | None = None
    header_row: int | None = None


#: Everything is found out.
AS_FOUND: Final = HowRead()


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of a list by number (from 1) and name, the field that it fills (None: it is not used), and the
    first column of the same name, if this is another.
    """

    number: int
    name: str
    field: str | None = None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class ImportTable:
    """A list as read: names of its columns (none: it has no header), its rows, how it was read in words, as
    choices, the sheets there are to choose from, in words why it may be read wrong (empty: it is not), and
    the first rows of the file, from which the one with the names of the columns is chosen.
    """

    header: tuple[str, ...]
    lines: tuple[ImportLine, ...]
    how: str = ""
    read: HowRead = AS_FOUND
    sheets: tuple[str, ...] = ()
    doubt: str = ""
    tops: tuple[ImportLine, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header) or max((len(line.cells) for line in self.lines), default=0)

    def column(self, at: int, most: int | None = None) -> list[str]:
        """The filled cells of a column, from the top; of all, or the first of them."""
        cells = (line.cells[at].strip() for line in self.lines if at < len(line.cells))
        return list(islice(filter(None, cells), most))

    def uses(self, columns: Mapping_) -> list["ColumnUse"]:
        """What becomes of each column that has a name or holds anything."""
        held, known = {at: field for field, at in columns.items()}, list(map(plain_header, self.header))
        found = []
        for at in range(self.width):
            name = self.header[at] if at < len(self.header) else ""
            if not name and at not in held and not self.column(at, 1):
                continue
            first = known.index(plain_header(name)) if name else at
            found.append(ColumnUse(at + 1, name, held.get(at), first + 1 if first < at else None))
        return found

    def signature(self) -> str:
        """What tells a kind of list from others: the names of its columns; empty without any."""
        return "|".join(map(plain_header, self.header))


class Verdict(StrEnum):
    ADD = "add"
    PRESENT = "already there"
    SIMILAR = "may be the same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """What will become of one row. `contact` is added unless `contact_id` is taken instead.

    A row that may be the same as a contact is left out until somebody decides.
    """

    number: int
    name: str
    verdict: Verdict
    message: str = ""
    is_chosen: bool = False
    is_decided: bool = False
    contact: ContactDraft | None = None
    contact_id: str | None = None
    similar_id: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    #: Of money: the pledge with what was paid before, or the payment with the pledge it names; donor and
    #: payer are filled in when the row is carried out.
    pledge: PledgeDraft | None = None
    payment: PaymentDraft | None = None
    pledge_id: str | None = None
    #: Whether more than the contact comes in with the row.
    adds_more: bool = True

    def as_new(self) -> "ImportRow":
        """Decided: another one, to be added."""
        return replace(self, is_chosen=True, is_decided=True, contact_id=None)

    def as_same(self) -> "ImportRow":
        """Decided: the same as the contact it resembles; nothing but a membership, pledge or payment is
        added, and of a list of contacts nothing at all.
        """
        return replace(self, is_chosen=self.adds_more, is_decided=True, contact_id=self.similar_id)

    def left_out(self) -> "ImportRow":
        """Decided: not to be imported."""
        return replace(self, is_chosen=False, is_decided=True)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say if this is the contact that it resembles."""
        return self.verdict is Verdict.SIMILAR and not self.is_decided


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """Every row of a list (`noun`) with its verdict; `organization_id` where memberships are imported."""

    rows: tuple[ImportRow, ...]
    columns: Mapping_
    organization_id: str | None = None
    noun: str = "contacts"

    def count(self, verdict: Verdict) -> int:
        """How many rows have a verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def chosen(self) -> tuple[ImportRow, ...]:
        """The rows that will be imported."""
        return tuple(row for row in self.rows if row.is_chosen)

    def with_row(self, *decided: ImportRow) -> "ImportPreview":
        """The same preview with some rows decided."""
        found = {row.number: row for row in decided}
        return replace(self, rows=tuple(found.get(old.number, old) for old in self.rows))


def field_of(header: str) -> str | None:
    """The field that a column's name stands for, or None."""
    name = plain_header(header)
    return next((field for field, names in SYNONYMS.items() if name in names), None)


def plain_header(header: str) -> str:
    """The name of a column, folded, without punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(header)).split())


def names_in(cells: Sequence[str]) -> int:
    """How many cells of a row are names that columns of lists have; none where a cell looks like data."""
    if any("@" in cell or _AMOUNT.fullmatch(cell) or _HAS_YEAR.fullmatch(cell) for cell in cells):
        return 0
    return sum(bool(field_of(cell)) or plain_header(cell) in MONEY_HEADERS for cell in cells if cell)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names columns: a known one is among them, and no cell looks like data."""
    is_known = any(field_of(cell) or plain_header(cell) in MONEY_HEADERS for cell in cells)
    return is_known and not any("@" in cell for cell in cells)


def fields_of(noun: str) -> tuple[str, ...]:
    """The fields that a column of a list of a noun can hold."""
    if noun in ("contacts", "memberships"):
        return CONTACT_FIELDS if noun == "contacts" else MEMBERSHIP_FIELDS
    return tuple(_OF_MONEY[noun])


def columns_of(noun: str, table: ImportTable) -> dict[str, int]:
    """Which column of a list of a noun holds which field, as far as the list tells."""
    if noun in ("contacts", "memberships"):
        return recognized(table, fields_of(noun))
    known = _OF_MONEY[noun]
    if noun == "bank":
        return _of_a_bank(table) if table.header else _bank_by_content(table)
    if not table.header:
        return _money_by_content(table, "pledged_on" if noun == "pledges" else "received_on")
    found: dict[str, int] = {}
    for index, header in enumerate(table.header):
        name = plain_header(header)
        column = next((field for field, names in known.items() if name in names), None)
        if column is not None and column not in found:
            found[column] = index
    return found


def _of_a_bank(table: ImportTable) -> dict[str, int]:
    """The columns of a bank's list: of several that could hold a field the one with its usual name, so that
    a bank's DETAILS (credit or debit) are not taken for what stands in its DESCRIPTION.
    """
    places: dict[str, int] = {}
    for at, header in enumerate(table.header):
        places.setdefault(plain_header(header), at)
    found: dict[str, int] = {}
    for field, names in BANK_COLUMNS.items():
        free = (places[name] for name in names if name in places and places[name] not in found.values())
        if (place := next(free, None)) is not None:
            found[field] = place
    return found


def _bank_by_content(table: ImportTable) -> dict[str, int]:
    """The columns of a bank's list without a header: day, amount (below zero what went out), and the text."""
    found: dict[str, int] = {}
    longest = 0
    for at in range(table.width):
        cells = table.column(at)
        if cells and all(_HAS_YEAR.fullmatch(cell.partition(" ")[0]) for cell in cells):
            found.setdefault("received_on", at)
        elif cells and all(_AMOUNT.fullmatch(cell.strip("+-() ")) for cell in cells):
            found.setdefault(
                "amount" if any(re.search(r"[.,]\d\d\b", cell) for cell in cells) else "reference", at
            )
        elif sum(map(len, cells)) > longest and any(letter.isalpha() for cell in cells for letter in cell):
            found["details"], longest = at, sum(map(len, cells))
    return found


def is_guess(noun: str, table: ImportTable, columns: Mapping_) -> bool:
    """Whether somebody should look at what the columns of a list hold: without a header it was guessed by
    what stands in them, unless that is names and e-mail addresses alone, and of two filled columns for the
    same field one was taken.
    """
    if not table.header:
        held = [at for at in range(table.width) if table.column(at, 1)]
        return not set(columns) <= {"name", "email"} or any(at not in columns.values() for at in held)
    alone = (replace(table, header=("",) * at + (name,)) for at, name in enumerate(table.header))
    fields = (next(iter(columns_of(noun, one)), None) for one in alone)
    return any(
        field is not None and columns.get(field) != at and bool(table.column(at, 1))
        for at, field in enumerate(fields)
    )


def _money_by_content(table: ImportTable, day: str) -> dict[str, int]:
    """Name, day and amount of a list of money without a header: the first columns of that kind."""
    found: dict[str, int] = {}
    for index in range(table.width):
        cells = table.column(index)
        if not cells:
            continue
        if all("@" in cell for cell in cells):
            found.setdefault("email", index)
        elif all(_HAS_YEAR.fullmatch(cell) for cell in cells):
            found.setdefault(day, index)
        elif all(_AMOUNT.fullmatch(cell) for cell in cells):
            found.setdefault("amount", index)
        elif not any(character.isdigit() for cell in cells for character in cell):
            found.setdefault("name", index)
    return found


def recognized(table: ImportTable, fields: Sequence[str]) -> dict[str, int]:
    """Which column holds which field: by the header, else by what stands in the columns."""
    found: dict[str, int] = {}
    if table.header:
        for index, name in enumerate(table.header):
            field = field_of(name)
            if field is not None and field in fields and field not in found:
                found[field] = index
        return found
    for index in range(table.width):
        cells = table.column(index)
        if not cells:
            continue
        if all("@" in cell for cell in cells):
            found.setdefault("email", index)
        elif all(sum(c.isdigit() for c in cell) >= 7 and "/" not in cell for cell in cells) and not any(
            _HAS_YEAR.fullmatch(cell) for cell in cells
        ):
            found.setdefault("phone", index)
        elif all(_HAS_YEAR.search(cell) for cell in cells) and "from" in fields:
            found.setdefault("to" if "from" in found else "from", index)
        else:
            found.setdefault("name", index)
    return found


_HAS_YEAR = re.compile(
    r"(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d)|[A-Za-z].*(?:19|20)\d\d)"
)
_AMOUNT = re.compile(r"[$€£]?\s?\d[\d.,' ]*")
_SLASHED = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](?:\d{4}|\d\d)")


#: So many cells that could be either for each that tells: of real days more than half have a day over 12.
_WEAK: Final = 8


def day_order(cells: Sequence[str]) -> bool | None:
    """Whether days like 23/4/2026 put the day first, as most of the cells that tell have it: a wrong day
    among them does not turn the others round. None when no cell tells and it matters, when as many tell one
    as the other, or when so few tell that they may be the wrong ones.
    """
    pairs = [(int(m[1]), int(m[2])) for m in map(_SLASHED.fullmatch, cells) if m]
    day_first = sum(first > 12 >= second for first, second in pairs)
    month_first = sum(second > 12 >= first for first, second in pairs)
    unclear = sum(first != second and max(first, second) <= 12 for first, second in pairs)
    if day_first == month_first:
        return None if unclear or day_first else False
    if unclear >= _WEAK * abs(day_first - month_first):
        return None
    return day_first > month_first


_COMMA_LAST = re.compile(r".*\d,\d{1,2}|.*\d\.\d{3},\d+|.*\d[  ]\d{3},\d+")
_POINT_LAST = re.compile(r".*\d\.\d{1,2}|.*\d,\d{3}\.\d+")
_POINTS_ONLY = re.compile(r"\D*\d{1,3}(?:\.\d{3})+\D*")


def decimal_comma(cells: Sequence[str]) -> bool | None:
    """Whether amounts write their cents after a comma; None when no cell tells and it matters."""
    bare = [cell.strip(" \u00a0$€£()") for cell in cells]
    if any(_POINT_LAST.fullmatch(cell) for cell in bare):
        return False
    return None if any(_COMMA_LAST.fullmatch(c) or _POINTS_ONLY.fullmatch(c) for c in bare) else False


def day_in(text: str, today: date, *, day_first: bool) -> date:
    """A day of a list, which must name its year; ValidationError otherwise."""
    if not _HAS_YEAR.search(text):
        raise ValidationError([Problem("", f"{text} is no day with a year, like 2026-04-23.")])
    return parse_day(text, today, day_first=day_first)
