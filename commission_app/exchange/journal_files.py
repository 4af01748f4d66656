"""The journal as files: XLSX and CSV for accountants, QIF for GnuCash and other programs that keep books."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from commission_app.domain.journal import Entry, Line
from commission_app.domain.money import decimals
from commission_app.exchange.writing_lists import Cell, as_csv, as_xlsx

HEADER: Final = ("Date", "Number", "Account", "Debit", "Credit", "Memo", "Donor")
_SUMMED: Final = (HEADER.index("Debit"), HEADER.index("Credit"))
#: The endings of the files that a journal can be written to.
FORMS: Final = (".xlsx", ".csv", ".qif")


def journal_file(form: str, entries: Sequence[Entry], currency: str, paper: str) -> bytes:
    """The journal in one of the `FORMS`; a workbook prints on `paper`, letter or a4."""
    if form == ".xlsx":
        return journal_xlsx(entries, currency, paper)
    return journal_qif(entries, currency) if form == ".qif" else journal_csv(entries, currency)


def journal_csv(entries: Iterable[Entry], currency: str) -> bytes:
    """A row for each account of each entry; debit and credit are plain numbers."""
    return as_csv(HEADER, _rows(entries, currency))


def journal_xlsx(entries: Iterable[Entry], currency: str, paper: str) -> bytes:
    """The rows of the CSV as a workbook, with the sums of debit and credit below."""
    return as_xlsx("Journal", HEADER, _rows(entries, currency), summed=_SUMMED, paper=paper)


def _rows(entries: Iterable[Entry], currency: str) -> list[list[Cell]]:
    places = decimals(currency)
    return [
        [
            entry.on,
            entry.number,
            line.account,
            _amount(line.cents, places) if line.cents > 0 else None,
            _amount(-line.cents, places) if line.cents < 0 else None,
            entry.memo,
            entry.donor,
        ]
        for entry in entries
        for line in entry.lines
        if line.cents
    ]


def journal_qif(entries: Sequence[Entry], currency: str) -> bytes:
    """Quicken's interchange format in UTF-8: every income account, then the entries account by account,
    each in the account of its first line. Days are written month/day/year.
    """
    places = decimals(currency)
    filled = [entry for entry in entries if any(line.cents for line in entry.lines)]
    income = sorted({line.account for entry in filled for line in entry.lines if line.is_income})
    told = ["!Type:Cat"] + [line for name in income for line in (f"N{_plain(name)}", "I", "^")]
    by_account: dict[str, list[Entry]] = {}
    for entry in filled:
        by_account.setdefault(entry.lines[0].account, []).append(entry)
    for account, own in sorted(by_account.items()):
        told += ["!Account", f"N{_plain(account)}", "TBank", "^", "!Type:Bank"]
        for entry in own:
            told += _transaction(entry, places)
    return "\n".join([*told, ""]).encode()


def _transaction(entry: Entry, places: int) -> list[str]:
    first, *others = entry.lines
    told = [
        f"D{entry.on:%m/%d/%Y}",
        f"T{_amount(first.cents, places)}",
        f"N{entry.number}",
        f"P{_plain(entry.donor or entry.memo)}",
        f"M{_plain(entry.memo)}",
    ]
    if len(others) == 1:
        return [*told, f"L{_category(others[0])}", "^"]
    for line in others:
        told += [f"S{_category(line)}", f"${_amount(-line.cents, places)}"]
    return [*told, "^"]


def _category(line: Line) -> str:
    """An income account by its name; another account of the bank stands in brackets."""
    name = _plain(line.account)
    return name if line.is_income else f"[{name}]"


def _amount(cents: int, places: int) -> Decimal:
    return Decimal(cents).scaleb(-places)


def _plain(text: str) -> str:
    """In one line, and without what marks an account, a class or a field in this format."""
    return " ".join(text.translate(_MARKS).split())


_MARKS: Final = str.maketrans("/|[]^", "-----")
