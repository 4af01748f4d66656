"""Rows of a bank's or payment service's list as read, what they are compared with, and what is proposed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from commission_app.domain.dates import long_day
from commission_app.domain.money import parse_money
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.text import fold
from commission_app.errors import Problem, ValidationError

#: What an amount adds to a match: the instalment or what is late, or all that is open.
EXACT: Final = 35
REST: Final = 30


class Certainty(StrEnum):
    """How a row stands: sure, likely or unknown what it is; already recorded; not for this record (a fee, a
    withdrawal, a payment that failed); refused because it cannot be read.
    """

    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    PRESENT = "present"
    LEFT_OUT = "left-out"
    REFUSED = "refused"


_CHECK_NUMBER: Final = re.compile(
    r"\b(?:check|cheque|chk|ck)\b[\s#.:]*(?:no|nbr|num|number)?[\s#.:]*(\d{2,8})\b", re.IGNORECASE
)
_SHORT_NUMBER: Final = re.compile(r"\d{2,8}")


def _number_in(reference: str) -> str:
    """The number of a check as somebody entered it: 1209, #1209, check 1209."""
    found = re.fullmatch(r"\D*(\d+)", reference.strip())
    return found[1].lstrip("0") if found else ""


OPEN_TO_CHOICE: Final = frozenset({Certainty.SURE, Certainty.LIKELY, Certainty.UNKNOWN, Certainty.PRESENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """One row as read: `cents` is what came in before fees, below zero what went out; `wrong` says why the
    row cannot be taken, `passed` why it is none of ours. `kind` is what the list calls such a row, `currency`
    one that is not the file's.
    """

    number: int
    on: date | None = None
    cents: int = 0
    fee_cents: int = 0
    name: str = ""
    email: str = ""
    description: str = ""
    reference: str = ""
    wrong: str = ""
    passed: str = ""
    kind: str = ""
    currency: str = ""

    @property
    def words(self) -> str:
        """What says from whom it came."""
        return " ".join(filter(None, (self.name, self.description)))

    @property
    def method(self) -> PaymentMethod:
        """How it was paid, as far as the row tells."""
        if self.fee_cents:
            return PaymentMethod.CARD
        is_check = re.search(r"\b(check|cheque|chk)\b", f"{self.words} {self.kind}", re.IGNORECASE)
        return PaymentMethod.CHECK if is_check else PaymentMethod.BANK_TRANSFER

    @property
    def check_number(self) -> str:
        """The number of the check where the row tells it, without zeros before it; empty where not."""
        found = _CHECK_NUMBER.search(self.words)
        if found:
            return found[1].lstrip("0")
        is_one = self.method is PaymentMethod.CHECK and _SHORT_NUMBER.fullmatch(self.reference)
        return self.reference.lstrip("0") if is_one else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An open pledge of money: its open instalments by day, and how much of that is late."""

    pledge_id: str
    key: str
    donor_id: str
    parts: tuple[tuple[date, int], ...]
    overdue_cents: int

    @property
    def due_on(self) -> date:
        """The day of the next instalment."""
        return self.parts[0][0] if self.parts else date.max

    @property
    def due_cents(self) -> int:
        """The next instalment."""
        return self.parts[0][1] if self.parts else 0

    @property
    def balance_cents(self) -> int:
        """What is open in all."""
        return sum(cents for _, cents in self.parts)

    def fits(self, cents: int) -> int:
        """How well an amount fits: the instalment, all that is late, or all that is open."""
        if cents in (self.due_cents, self.overdue_cents):
            return EXACT
        return REST if cents == self.balance_cents else 0

    def due_by(self, on: date) -> int:
        """What is to be paid by a day."""
        return sum(cents for due_on, cents in self.parts if due_on <= on)

    def after(self, paid: int) -> "Expected":
        """What is left once so much was paid, the oldest first."""
        late, left = max(0, self.overdue_cents - paid), []
        for due_on, cents in self.parts:
            taken = min(paid, cents)
            paid -= taken
            if cents > taken:
                left.append((due_on, cents - taken))
        return replace(self, parts=tuple(left), overdue_cents=late)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a row one pledge takes."""

    pledge_id: str
    cents: int


def shared(cents: int, on: date, first: Expected, others: Iterable[Expected]) -> tuple[Share, ...]:
    """How a payment is divided between a pledge and the donor's others: as much to the first as it has open,
    then to the others what is due by the day, pledge by pledge, then what is due later. What nothing takes
    is credit on the first, and is in no share.
    """
    chosen = [first, *others]
    taken = dict.fromkeys((one.pledge_id for one in chosen), 0)
    offered = [(first.pledge_id, first.balance_cents)]
    offered += [(one.pledge_id, one.due_by(on)) for one in chosen[1:]]
    later = [(day, at, part) for at, one in enumerate(chosen) if at for day, part in one.parts if day > on]
    offered += [(chosen[at].pledge_id, part) for _, at, part in sorted(later)]
    for pledge_id, most in offered:
        part = min(cents, most)
        taken[pledge_id] += part
        cents -= part
    return tuple(Share(pledge_id, part) for pledge_id, part in taken.items() if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A contact who may have paid."""

    contact_id: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is in the file: a payment, or a deposit (without a payer) that stands in the bank as one sum."""

    on: date
    cents: int
    payer_id: str | None = None
    reference: str = ""
    method: PaymentMethod | None = None

    @property
    def words(self) -> str:
        """As check 1209 of August 30, 2026."""
        noun = "check" if self.method is PaymentMethod.CHECK else "payment"
        what = "the deposit" if self.payer_id is None else f"{noun} {self.reference}".strip()
        what = what if self.reference or self.payer_id is None else f"the {noun}"
        return f"{what} of {long_day(self.on)}"

    def is_other(self, line: "BankLine") -> bool:
        """Whether the numbers of both say that they are not the same: of two checks, or of one form."""
        own = _number_in(self.reference) if self.method is PaymentMethod.CHECK else ""
        if own and line.check_number:
            return own != line.check_number
        one, other = fold(self.reference), fold(line.reference)
        is_told = any(letter.isdigit() for letter in one) and any(letter.isdigit() for letter in other)
        return self.method is not PaymentMethod.CHECK and is_told and len(one) == len(other) and one != other

    def is_named(self, line: "BankLine") -> bool:
        """Whether the row has its number."""
        number = _number_in(self.reference)
        if number and number == line.check_number:
            return True
        words = re.findall(r"[^\s,;#]+", fold(f"{line.reference} {line.description}"))
        return bool(self.reference) and fold(self.reference) in words


@dataclass(frozen=True, slots=True, kw_only=True)
class BankMatch:
    """What is proposed for a row. With a pledge it pays that, with a campaign alone it is a gift."""

    line: BankLine
    certainty: Certainty
    payer_id: str | None = None
    pledge_id: str | None = None
    campaign_id: str | None = None
    reason: str = ""
    is_chosen: bool = False
    #: How the money is divided where it pays pledges; what is missing in them stays as credit.
    shares: tuple[Share, ...] = ()

    @property
    def number(self) -> int:
        """The row of the list."""
        return self.line.number

    @property
    def is_complete(self) -> bool:
        """Whether it is said who paid, and what for."""
        return self.payer_id is not None and (self.pledge_id or self.campaign_id) is not None

    def ticked(self, is_chosen: bool) -> "BankMatch":
        """The row taken or left out; only one that is complete can be taken."""
        return replace(self, is_chosen=is_chosen and self.is_complete and self.certainty in OPEN_TO_CHOICE)

    @property
    def pledge_ids(self) -> tuple[str, ...]:
        """The pledges that it pays, the one that was chosen first."""
        ids = (self.pledge_id, *(share.pledge_id for share in self.shares)) if self.pledge_id else ()
        return tuple(dict.fromkeys(ids))

    @property
    def credit_cents(self) -> int:
        """What no instalment takes."""
        return self.line.cents - sum(share.cents for share in self.shares) if self.pledge_id else 0

    def paid_by(self, payer_id: str, pledge_id: str | None, campaign_id: str | None) -> "BankMatch":
        """Decided by somebody: who paid, and for which pledge or as a gift to which campaign."""
        found = replace(self, payer_id=payer_id, pledge_id=pledge_id, campaign_id=campaign_id, shares=())
        certainty = Certainty.SURE if found.is_complete else Certainty.UNKNOWN
        return replace(found, certainty=certainty, reason="").ticked(True)


# ---- Reading cells --------------------------------------------------------------------------------

_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₫": "VND", "₹": "INR"}
_MARK: Final = re.compile(r"\b[A-Z]{3}\b|[$€£¥₩₫₹]")


def currency_in(cell: str) -> str | None:
    """The currency that an amount names by its code or sign; None where it names none. A dollar sign after
    letters of a country, as in NT$, is none of ours.
    """
    if match := re.search(r"\b([A-Z]{1,2})\$", cell):
        return "USD" if match[1] == "US" else f"{match[1]}$"
    found = _MARK.search(cell)
    return _SIGNS.get(found[0], found[0]) if found else None


def signed_cents(cell: str, currency: str, locale: str) -> int:
    """An amount with its sign: -12.50, (12.50) and 12.50- are below zero; ValidationError in words."""
    bare = cell.strip().replace("−", "-")
    is_negative = bool(re.fullmatch(r"\(.*\)", bare)) or "-" in (bare[:1], bare[-1:])
    bare = bare.strip("()")
    match = re.fullmatch(r"([^\d]*?)-([^\d-]*\d.*)", bare)
    if match:  # $-12.50
        is_negative, bare = True, match[1] + match[2]
    bare = bare.strip("+- ")
    cents = parse_money(bare, currency, locale=locale, zero_allowed=True)
    return -cents if is_negative else cents


def require_currency(named: str | None, currency: str, *, mixes: bool) -> None:
    """ValidationError for a row of another currency, and for one that names none where others differ."""
    if named is not None and named != currency:
        message = f"This row is in {named}; the file keeps {currency}. Convert it and enter it by hand."
        raise ValidationError([Problem("amount", message)])
    if named is None and mixes:
        message = "The list mixes currencies, and this row does not say which one it is in."
        raise ValidationError([Problem("amount", message)])
