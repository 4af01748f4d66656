"""Statements of gifts: what a donor gave from a day to a day, in words, and frozen as it left the house."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Final

from commission_app.domain.contacts import Contact
from commission_app.domain.frozen_words import check_frozen
from commission_app.domain.giving import Gift, GiftInKind, Giving
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.money import format_money
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.statement_rows import gift_rows, later_block, short_day
from commission_app.errors import Problem

NO_RETURN = "No goods or services were given in return for these contributions."
OTHERWISE_NO_RETURN = "Nothing was given in return for the other contributions."
RETURNED = (
    "Only the part of a payment above the value of what was given in return may be deductible as a "
    "contribution."
)
NOT_OVER = "This period is not over. The statement has what was given up to {today}."
NO_EIN = (
    "{receiver} has no EIN on record. This statement is an acknowledgement with our thanks, and not a "
    "receipt for tax purposes."
)
ADVISED = (
    "Donor-advised funds paid these gifts on your advice. You cannot deduct them: your tax receipt is the "
    "one from the organization that holds the fund."
)
IN_KIND = "Described only: this statement puts no value on them."


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A donor of a period in a list: what there is to state, and the statement of it that was issued last,
    with its amount, and whether it tells of other refunds than one of now would. `advised_cents` is what
    stayed of donor-advised funds, which no total has.
    """

    donor: Contact
    amount_cents: int
    payments: int
    has_advised: bool
    has_in_kind: bool
    has_given_back_later: bool = False
    advised_cents: int = 0
    issued_id: str | None = None
    issued_on: date | None = None
    issued_cents: int | None = None
    has_other_refunds: bool = False

    @property
    def has_changed(self) -> bool:
        """Whether the amount, or what was given back, is not that of the statement issued last."""
        is_other = self.issued_cents != self.amount_cents or self.has_other_refunds
        return self.issued_id is not None and is_other


def total_of(giving: Giving, currency: str) -> str:
    """What was given, as it stands after "you gave"."""
    words = "" if giving.gifts else " and ".join(giving.total_words)
    return words or format_money(giving.amount_cents, currency, sign=True)


# ---- The parts ------------------------------------------------------------------------------------


def statement_blocks(
    giving: Giving, receivers: Mapping[str | None, Contact | None], commission: str, currency: str
) -> tuple[Block, ...]:
    """The tables of a statement: contributions by receiver, what was given in return, what funds paid on the
    donor's advice, gifts in kind, what was given back of earlier gifts. `receivers` are contacts by id; None
    stands for the commission.
    """
    by_receiver: dict[str | None, list[Gift]] = {}
    for gift in giving.gifts:
        by_receiver.setdefault(gift.receiver, []).append(gift)
    blocks: list[Block] = []
    for receiver_id, gifts in by_receiver.items():
        receiver = receivers.get(receiver_id)
        name = receiver.name if receiver is not None else commission
        ein = receiver.ein if receiver is not None else None
        blocks.append(
            Block(
                heading=f"Contributions to {name}" + (f", EIN {ein}" if ein else ""),
                text="" if ein else NO_EIN.format(receiver=name),
                table=_gift_table(gifts, currency),
            )
        )
    blocks += _goods(giving.gifts, currency)
    if giving.advised:
        table = _gift_table(giving.advised, currency)
        blocks.append(Block(heading="Paid by donor-advised funds", text=ADVISED, table=table))
    if giving.in_kind:
        rows = tuple((short_day(one.on), one.description, _quantity(one)) for one in giving.in_kind)
        columns = (Column("Day"), Column("What"), Column("How much", numeric=True))
        blocks.append(Block(heading="Gifts in kind", text=IN_KIND, table=Table(columns, rows)))
    if giving.given_back_later:
        blocks.append(later_block(giving.given_back_later, currency))
    return tuple(blocks)


def _gift_table(gifts: Iterable[Gift], currency: str) -> Table:
    gifts = list(gifts)
    is_advised = any(gift.fund for gift in gifts)
    columns = (
        Column("Day"),
        Column("Fund" if is_advised else "Method"),
        Column("Reference"),
        Column("Receipt"),
        Column("Amount", numeric=True),
    )
    rows = tuple(row for gift in gifts for row in gift_rows(gift, currency))
    total = format_money(sum(gift.kept_cents for gift in gifts), currency, sign=True)
    return Table(columns, rows, ("Total", "", "", "", total))


def _goods(gifts: Iterable[Gift], currency: str) -> Iterator[Block]:
    gifts = list(gifts)
    rows = tuple(
        (
            short_day(gift.on),
            gift.goods,
            format_money(gift.goods_cents, currency) if gift.goods_cents is not None else "not estimated",
        )
        for gift in gifts
        if gift.goods
    )
    if not gifts:
        return
    if not rows:
        yield Block(text=NO_RETURN)
        return
    columns = (Column("For the payment of"), Column("What was given"), Column("Value", numeric=True))
    text = RETURNED if len(rows) == len(gifts) else f"{RETURNED} {OTHERWISE_NO_RETURN}"
    yield Block(heading="Given in return, at a value estimated in good faith", table=Table(columns, rows))
    yield Block(text=text)


def _quantity(gift: GiftInKind) -> str:
    return f"{gift.quantity:,} {gift.unit}".strip()


# ---- Frozen ---------------------------------------------------------------------------------------


#: What a letter has from the day on which it is printed.
_OF_NOW: Final = ("logo", "mark", "page_size")
_KNOWN: Final = frozenset(each.name for each in fields(LetterPaper)) - frozenset(_OF_NOW)
_OF_COLUMN: Final = tuple(each.name for each in fields(Column))


def frozen(paper: LetterPaper) -> dict[str, Any]:
    """Every word of a letter as it is kept in the file, without the logo, the mark and the paper's size."""
    values = asdict(paper)
    for name in _OF_NOW:
        del values[name]
    return values


def check_content(content: Any) -> list[Problem]:
    """What of a frozen statement cannot be read back, each with its place in it."""
    return check_frozen(LetterPaper, content, besides=_OF_NOW) or list(_ragged(content))


def _ragged(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Rows of tables that have not a cell in each column."""
    for place, block in enumerate(content.get("blocks", ())):
        table = block.get("table") or {"columns": (), "rows": ()}
        count, path = len(table["columns"]), f"content.blocks[{place}].table"
        for number, row in enumerate(table["rows"]):
            if len(row) != count:
                yield Problem(f"{path}.rows[{number}]", f"Must be a list of {count}.")
        if len(table.get("total") or ()) not in (0, count):
            yield Problem(f"{path}.total", f"Must be a list of {count}.")


def thawed(content: Mapping[str, Any], *, logo: bytes | None, mark: str = "") -> LetterPaper:
    """A letter as it was frozen, with the logo of now; what this version does not know is passed over."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in content.items()
        if name in _KNOWN
    }
    values["blocks"] = tuple(_block(one) for one in content.get("blocks", ()))
    return replace(LetterPaper(**values), logo=logo, mark=mark)


def _block(values: Mapping[str, Any]) -> Block:
    table = values.get("table")
    return Block(
        heading=values.get("heading", ""),
        facts=tuple((name, value) for name, value in values.get("facts", ())),
        text=values.get("text", ""),
        table=_table(table) if table else None,
        signer=values.get("signer"),
    )


def _table(values: Mapping[str, Any]) -> Table:
    return Table(
        tuple(
            Column(**{name: column[name] for name in _OF_COLUMN if name in column})
            for column in values["columns"]
        ),
        tuple(tuple(row) for row in values["rows"]),
        tuple(values.get("total", ())),
        values.get("none", ""),
        values.get("room", 0.0),
    )
