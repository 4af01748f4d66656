"""The rows of statements on gifts and on what was given back; and what a frozen statement says in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from commission_app.domain.dates import long_day
from commission_app.domain.giving import METHODS, Gift, GivenBack, GivenBackLater, Giving
from commission_app.domain.money import format_money
from commission_app.domain.report_paper import Block, Column, Table

GIVEN_BACK_LATER = (
    "These gifts came in before the period of this statement. What was given back of them is listed for your "
    "records; it is not taken off the contributions of this statement."
)
TAKEN_BACK_TOO = "What was taken back could not stay: the bank returned it, or it was entered in error."
#: What a row says in its second column that tells what was given back of the gift above it.
GIVEN_BACK: Final = "Given back"
TAKEN_BACK: Final = "Taken back"
_STATED: Final = "Statement of that gift"
_Row = tuple[str, ...]


def gift_rows(gift: Gift, currency: str) -> Iterator[_Row]:
    """A gift in its table, and below it what was given back of it."""
    how = gift.fund or (METHODS[gift.method] if gift.method else "")
    amount = format_money(gift.amount_cents, currency)
    yield short_day(gift.on), how, gift.reference or "", gift.receipt, amount
    for one in gift.returned:
        yield short_day(one.on), GIVEN_BACK, one.reason, "", format_money(-one.amount_cents, currency)


def later_block(found: Iterable[GivenBackLater], currency: str) -> Block:
    """What was given back or taken back of earlier gifts, apart from what the statement adds up."""
    found = list(found)
    ways = sorted({_way(one.refund) for one in found})
    way = " or ".join([ways[0], *map(str.lower, ways[1:])])
    days, gifts = ({one.refund.on.year for one in found}, {one.gift.on.year for one in found})
    heading = f"{way} of earlier gifts"
    if len(days) == len(gifts) == 1 and days != gifts:
        heading = f"{way} in {days.pop()} of gifts of {gifts.pop()}"
    columns = (
        Column("Day"),
        Column("Gift of"),
        Column("Reason"),
        Column(_STATED),
        Column(way, numeric=True),
    )
    rows = tuple(_later_row(one, currency) for one in found)
    total = format_money(sum(one.refund.amount_cents for one in found), currency, sign=True)
    text = GIVEN_BACK_LATER if ways == [GIVEN_BACK] else f"{GIVEN_BACK_LATER} {TAKEN_BACK_TOO}"
    return Block(heading=heading, text=text, table=Table(columns, rows, ("Total", "", "", "", total)))


def _way(refund: GivenBack) -> str:
    return TAKEN_BACK if refund.is_void else GIVEN_BACK


def _later_row(one: GivenBackLater, currency: str) -> _Row:
    refund = one.refund
    return (
        short_day(refund.on),
        _gift_words(one.gift, currency),
        f"{_way(refund)}: {refund.reason}" if refund.is_void else refund.reason,
        _stated(one),
        format_money(refund.amount_cents, currency),
    )


def _gift_words(gift: Gift, currency: str) -> str:
    """December 20, 2025: 100.00, check 1042."""
    how = " ".join(filter(None, (METHODS[gift.method].lower() if gift.method else "", gift.reference)))
    return ", ".join(
        filter(None, (f"{short_day(gift.on)}: {format_money(gift.amount_cents, currency)}", how))
    )


def _stated(one: GivenBackLater) -> str:
    if one.stated_on is not None:
        return f"{short_day(one.stated_on)}, without it"
    return f"{short_day(one.taken_off_on)}, taken off" if one.taken_off_on is not None else "None issued"


def short_day(day: date) -> str:
    """Dec 20, 2025, which is not broken between two lines."""
    month, _, rest = long_day(day).partition(" ")
    return f"{month[:3]} {rest}".replace(" ", "\u00a0")


# ---- What a frozen statement says -----------------------------------------------------------------


def times_listed(content: Mapping[str, Any], gift: Gift, currency: str) -> int:
    """How often a frozen statement lists a gift, as far as its day, method, reference and amount tell."""
    return len(list(_listed(content, gift, currency)))


def takes_off(content: Mapping[str, Any], gift: Gift, currency: str) -> bool:
    """Whether a frozen statement lists a gift with everything that was given back of it."""
    _, *wanted = gift_rows(gift, currency)
    return any(all(row in below for row in wanted) for below in _listed(content, gift, currency))


def _listed(content: Mapping[str, Any], gift: Gift, currency: str) -> Iterator[list[_Row]]:
    """Of each place where a frozen statement lists a gift, what stands below as given back. A fund may have
    another name by now.
    """
    own, *_ = gift_rows(gift, currency)
    cells = (0, 2, 4) if gift.fund else (0, 1, 2, 4)
    for _, rows in _tables(content):
        for n, row in enumerate(rows):
            if len(row) == len(own) and all(row[cell] == own[cell] for cell in cells):
                below = []
                for other in rows[n + 1 :]:
                    if not _is_given_back(other):
                        break
                    below.append(other)
                yield below


def given_back_of(giving: Giving, currency: str) -> list[_Row]:
    """What a statement of now tells as given back, without which statements have the gifts; sorted."""
    rows = [row for gift in (*giving.gifts, *giving.advised) for row in gift_rows(gift, currency)]
    later = [_besides_receipt(_later_row(one, currency)) for one in giving.given_back_later]
    return sorted([*filter(_is_given_back, rows), *later])


def given_back_in(content: Mapping[str, Any]) -> list[_Row]:
    """What a frozen statement tells as given back, as `given_back_of` does."""
    found: list[_Row] = []
    for columns, rows in _tables(content):
        if _STATED in columns:
            found += map(_besides_receipt, rows)
        else:
            found += filter(_is_given_back, rows)
    return sorted(found)


def _tables(content: Mapping[str, Any]) -> Iterator[tuple[list[str], list[_Row]]]:
    """The tables of a frozen statement: the titles of their columns, and their rows."""
    for block in content.get("blocks", ()):
        if table := block.get("table"):
            yield [column["title"] for column in table["columns"]], [tuple(row) for row in table["rows"]]


def _is_given_back(row: Sequence[str]) -> bool:
    return len(row) == 5 and row[1] == GIVEN_BACK


def _besides_receipt(row: _Row) -> _Row:
    """A row without what may be put into its fourth column later on."""
    return row[:3] + row[4:]
