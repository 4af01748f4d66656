"""Statements of gifts: what a donor gave from a day to a day, in words, and frozen as it left the house."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, Final

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.frozen_words import check_frozen
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.money import format_money
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.errors import Problem

METHODS: Mapping[PaymentMethod, str] = {
    PaymentMethod.CHECK: "Check",
    PaymentMethod.CASH: "Cash",
    PaymentMethod.CARD: "Card",
    PaymentMethod.BANK_TRANSFER: "Bank transfer",
    PaymentMethod.DONOR_ADVISED_FUND: "Donor-advised fund",
    PaymentMethod.OTHER: "Other",
}
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
GIVEN_BACK_LATER = (
    "These gifts came in before the period of this statement. What was given back of them is listed for your "
    "records; it is not taken off the contributions of this statement."
)
IN_KIND = "Described only: this statement puts no value on them."


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """A refund of a payment, on a day."""

    on: date
    amount_cents: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A payment as a statement lists it, or the part of it that one receiver got; `fund` is the
    donor-advised fund that paid it.
    """

    on: date
    method: PaymentMethod | None = None
    reference: str | None = None
    amount_cents: int
    receipt: str = ""
    receiver: str | None = None
    fund: str = ""
    goods: str = ""
    goods_cents: int | None = None
    returned: tuple[GivenBack, ...] = ()

    @property
    def kept_cents(self) -> int:
        """What stayed."""
        return self.amount_cents - sum(one.amount_cents for one in self.returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBackLater:
    """A refund in a period of a gift that came in before it. `stated_on` is the day of a statement that has
    the gift, issued last before the refund; where there is none, `taken_off_on` that of one issued later.
    """

    gift: Gift
    refund: GivenBack
    stated_on: date | None = None
    taken_off_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftInKind:
    """Something delivered on a day, described without a value."""

    on: date
    description: str
    quantity: int
    unit: str = ""


@dataclass(slots=True, kw_only=True)
class Giving:
    """What one contact gave in a period. What a donor-advised fund paid on somebody's advice stands by
    itself: it is no contribution of the adviser, and in no total. So does what was given back of earlier
    gifts.
    """

    contact_id: str
    gifts: list[Gift] = field(default_factory=list)
    advised: list[Gift] = field(default_factory=list)
    in_kind: list[GiftInKind] = field(default_factory=list)
    given_back_later: list[GivenBackLater] = field(default_factory=list)

    @property
    def amount_cents(self) -> int:
        """The contributions less what was given back of them."""
        return sum(gift.kept_cents for gift in self.gifts)

    @property
    def total_words(self) -> tuple[str, ...]:
        """What there is besides money, in words."""
        return tuple(
            words
            for words, found in (
                ("gifts through a donor-advised fund", self.advised),
                ("gifts in kind", self.in_kind),
            )
            if found
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A donor of a period in a list: what there is to state, and the statement of it that was issued last,
    with its amount.
    """

    donor: Contact
    amount_cents: int
    payments: int
    has_advised: bool
    has_in_kind: bool
    has_given_back_later: bool = False
    issued_id: str | None = None
    issued_on: date | None = None
    issued_cents: int | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the amount is not that of the statement issued last."""
        return self.issued_id is not None and self.issued_cents != self.amount_cents


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
        rows = tuple((_day(one.on), one.description, _quantity(one)) for one in giving.in_kind)
        columns = (Column("Day"), Column("What"), Column("How much", numeric=True))
        blocks.append(Block(heading="Gifts in kind", text=IN_KIND, table=Table(columns, rows)))
    if giving.given_back_later:
        blocks.append(_later(giving.given_back_later, currency))
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
    rows = tuple(row for gift in gifts for row in _gift_rows(gift, currency))
    total = format_money(sum(gift.kept_cents for gift in gifts), currency, sign=True)
    return Table(columns, rows, ("Total", "", "", "", total))


def _gift_rows(gift: Gift, currency: str) -> Iterator[tuple[str, ...]]:
    how = gift.fund or (METHODS[gift.method] if gift.method else "")
    amount = format_money(gift.amount_cents, currency)
    yield _day(gift.on), how, gift.reference or "", gift.receipt, amount
    for one in gift.returned:
        yield _day(one.on), "Given back", one.reason, "", format_money(-one.amount_cents, currency)


def _goods(gifts: Iterable[Gift], currency: str) -> Iterator[Block]:
    gifts = list(gifts)
    rows = tuple(
        (
            _day(gift.on),
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


def _later(found: Iterable[GivenBackLater], currency: str) -> Block:
    """What was given back of earlier gifts, apart from what the statement adds up."""
    found = list(found)
    days, gifts = ({one.refund.on.year for one in found}, {one.gift.on.year for one in found})
    heading = "Given back of earlier gifts"
    if len(days) == len(gifts) == 1 and days != gifts:
        heading = f"Given back in {days.pop()} of gifts of {gifts.pop()}"
    columns = (
        Column("Day"),
        Column("Gift of"),
        Column("Reason"),
        Column("Statement of that gift"),
        Column("Given back", numeric=True),
    )
    rows = tuple(
        (
            _day(one.refund.on),
            _gift_words(one.gift, currency),
            one.refund.reason,
            _stated(one),
            format_money(one.refund.amount_cents, currency),
        )
        for one in found
    )
    total = format_money(sum(one.refund.amount_cents for one in found), currency, sign=True)
    table = Table(columns, rows, ("Total", "", "", "", total))
    return Block(heading=heading, text=GIVEN_BACK_LATER, table=table)


def _gift_words(gift: Gift, currency: str) -> str:
    """December 20, 2025: 100.00, check 1042."""
    how = " ".join(filter(None, (METHODS[gift.method].lower() if gift.method else "", gift.reference)))
    return ", ".join(filter(None, (f"{_day(gift.on)}: {format_money(gift.amount_cents, currency)}", how)))


def _stated(one: GivenBackLater) -> str:
    if one.stated_on is not None:
        return f"{_day(one.stated_on)}, without it"
    return f"{_day(one.taken_off_on)}, taken off" if one.taken_off_on is not None else "None issued"


def _quantity(gift: GiftInKind) -> str:
    return f"{gift.quantity:,} {gift.unit}".strip()


def _day(day: date) -> str:
    month, _, rest = long_day(day).partition(" ")
    return f"{month[:3]} {rest}".replace(" ", "\u00a0")


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
    return check_frozen(LetterPaper, content, besides=_OF_NOW)


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
