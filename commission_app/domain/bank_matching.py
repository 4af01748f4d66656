"""Rows of a bank's or payment service's list, and which expected payment each of them is likely to be.

A match is scored: how well the row's words fit a name, whether its e-mail, a pledge's key or an open amount
fits, and how near its day is to the due one. Nothing is certain until somebody agrees.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from commission_app.domain.money import parse_money
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.text import fold
from commission_app.errors import Problem, ValidationError

#: A row and a payment in the file are the same within so many days.
NEAR: Final = timedelta(days=3)
#: From this score on a match is sure, or likely; a sure one has no rival within `_AHEAD`.
_SURE, _LIKELY, _AHEAD = 80, 40, 15
_NAME, _MAIL, _KEY, _AMOUNT, _REST, _DUE = 50, 50, 50, 35, 30, 5
#: Least similarity of names (0 to 100) that counts, and counts in full.
_LEAST, _FULL = 80, 95
_DUE_DAYS: Final = 15


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


OPEN_TO_CHOICE: Final = frozenset({Certainty.SURE, Certainty.LIKELY, Certainty.UNKNOWN, Certainty.PRESENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """One row as read: `cents` is what came in before fees, below zero what went out; `wrong` says why the
    row cannot be taken, `passed` why it is none of ours.
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

    @property
    def words(self) -> str:
        """What says from whom it came."""
        return " ".join(filter(None, (self.name, self.description)))

    @property
    def method(self) -> PaymentMethod:
        """How it was paid, as far as the row tells."""
        if self.fee_cents:
            return PaymentMethod.CARD
        is_check = re.search(r"\b(check|cheque|chk)\b", self.words, re.IGNORECASE)
        return PaymentMethod.CHECK if is_check else PaymentMethod.BANK_TRANSFER


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An open pledge of money: what is due next of it, and what is open in all."""

    pledge_id: str
    key: str
    donor_id: str
    due_on: date
    due_cents: int
    overdue_cents: int
    balance_cents: int

    def fits(self, cents: int) -> int:
        """How well an amount fits: the instalment, all that is late, or all that is open."""
        if cents in (self.due_cents, self.overdue_cents):
            return _AMOUNT
        return _REST if cents == self.balance_cents else 0


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

    def paid_by(self, payer_id: str, pledge_id: str | None, campaign_id: str | None) -> "BankMatch":
        """Decided by somebody: who paid, and for which pledge or as a gift to which campaign."""
        found = replace(self, payer_id=payer_id, pledge_id=pledge_id, campaign_id=campaign_id)
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


# ---- Matching -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: int
    payer_id: str
    pledge: Expected | None
    reasons: tuple[str, ...]


class Matching:
    """Matches rows one after the other: what one row pays is not proposed again, and a payment in the file
    is the same as one row only.
    """

    def __init__(
        self,
        payers: Sequence[Payer],
        expected: Sequence[Expected],
        recorded: Iterable[Recorded],
        *,
        gift_to: str | None = None,
    ) -> None:
        """`gift_to` is the campaign of gifts where the file has only one."""
        self._payers = list(payers)
        self._names = [fold(payer.name) for payer in payers]
        self._by_mail = {fold(payer.email): payer.contact_id for payer in payers if payer.email}
        self._expected: dict[str, list[Expected]] = {}
        self._by_amount: dict[int, list[Expected]] = {}
        self._by_key = {fold(one.key): one for one in expected}
        for one in expected:
            self._expected.setdefault(one.donor_id, []).append(one)
            self._by_amount.setdefault(one.due_cents, []).append(one)
        self._recorded: dict[int, list[Recorded]] = {}
        for each in recorded:
            self._recorded.setdefault(each.cents, []).append(each)
        self._gift_to = gift_to
        self._taken: set[str] = set()

    def match(self, line: BankLine) -> BankMatch:
        """What is proposed for a row."""
        if line.wrong:
            return BankMatch(line=line, certainty=Certainty.REFUSED, reason=line.wrong)
        if line.passed or line.cents <= 0:
            reason = line.passed or "Money that went out: a fee, a refund or a withdrawal."
            return BankMatch(line=line, certainty=Certainty.LEFT_OUT, reason=reason)
        found = sorted(self._candidates(line), key=lambda one: -one.score)
        best = found[0] if found else None
        present = self._present(line, best.payer_id if best else None)
        if present:
            return self._proposed(line, best, Certainty.PRESENT, present)
        if best is None or best.score < _LIKELY:
            return self._proposed(line, best, Certainty.UNKNOWN, "")
        rival = next((one for one in found[1:] if one.payer_id != best.payer_id), None)
        is_sure = best.score >= _SURE and (rival is None or best.score - rival.score >= _AHEAD)
        certainty = Certainty.SURE if is_sure else Certainty.LIKELY
        match = self._proposed(line, best, certainty, "; ".join(best.reasons))
        if is_sure and best.pledge is not None:
            self._taken.add(best.pledge.pledge_id)
        return match.ticked(is_sure)

    def _proposed(
        self, line: BankLine, best: _Candidate | None, certainty: Certainty, reason: str
    ) -> BankMatch:
        if line.fee_cents:
            reason = "; ".join(filter(None, (reason, "the gift is the amount before the fee")))
        if best is None or (certainty is Certainty.UNKNOWN and best.score < _REST):
            return BankMatch(line=line, certainty=certainty, reason=reason)
        return BankMatch(
            line=line,
            certainty=certainty,
            payer_id=best.payer_id,
            pledge_id=best.pledge.pledge_id if best.pledge else None,
            campaign_id=None if best.pledge else self._gift_to,
            reason=reason,
        )

    def _candidates(self, line: BankLine) -> Iterable[_Candidate]:
        scores = self._by_words(line)
        for one in self._by_amount.get(line.cents, ()):
            scores.setdefault(one.donor_id, (0, ()))
        named = next((one for word, one in self._keyed(line) if word), None)
        if named is not None:
            score, reasons = scores.get(named.donor_id, (0, ()))
            scores[named.donor_id] = (score + _KEY, (*reasons, f"names the pledge {named.key}"))
        alone = len({one.donor_id for one in self._by_amount.get(line.cents, ())}) == 1
        for payer_id, (score, reasons) in scores.items():
            pledge = self._best_pledge(payer_id, line, named)
            added, more = self._amount(line, pledge, alone=alone and not score)
            if score or added:
                yield _Candidate(score + added, payer_id, pledge, (*reasons, *more))

    def _amount(self, line: BankLine, pledge: Expected | None, *, alone: bool) -> tuple[int, tuple[str, ...]]:
        """What the amount adds; `alone`: nothing else is known, and one donor only owes it."""
        fits = pledge.fits(line.cents) if pledge is not None else 0
        if pledge is None or not fits:
            return 0, ()
        if line.on is not None and abs(line.on - pledge.due_on).days <= _DUE_DAYS:
            fits += _DUE
        reason = "the only open installment of this amount" if alone else "the amount that is open"
        return fits, (reason,)

    def _keyed(self, line: BankLine) -> Iterable[tuple[str, Expected]]:
        for word in re.findall(r"[^\s,;]+", fold(f"{line.words} {line.reference}")):
            if word in self._by_key:
                yield word, self._by_key[word]

    def _by_words(self, line: BankLine) -> dict[str, tuple[int, tuple[str, ...]]]:
        """By contact: what name and e-mail add."""
        from rapidfuzz import fuzz, process

        scores: dict[str, tuple[int, tuple[str, ...]]] = {}
        words = fold(line.words)
        found = process.extract(words, self._names, scorer=fuzz.token_set_ratio, score_cutoff=_LEAST, limit=8)
        for name, alike, place in found if words else ():
            if len(name.split()) < 2 and name != fold(line.name):
                continue
            is_full = alike >= _FULL
            score = _NAME if is_full else round(_NAME * 0.8)
            scores[self._payers[place].contact_id] = (score, ("the name" if is_full else "a similar name",))
        by_mail = self._by_mail.get(fold(line.email)) if line.email else None
        if by_mail is not None:
            score, reasons = scores.get(by_mail, (0, ()))
            scores[by_mail] = (score + _MAIL, (*reasons, "the e-mail"))
        return scores

    def _best_pledge(self, payer_id: str, line: BankLine, named: Expected | None) -> Expected | None:
        """The pledge that a payer's money is for: the one named, one of that amount, else the oldest due."""
        own = [one for one in self._expected.get(payer_id, ()) if one.pledge_id not in self._taken]
        if named is not None and named in own:
            return named
        own.sort(key=lambda one: (-one.fits(line.cents), one.due_on))
        return own[0] if own else None

    def _present(self, line: BankLine, payer_id: str | None) -> str:
        """In words, what in the file the row is already; taken from the list, so that it is found once."""
        for one in self._recorded.get(line.cents, ()):
            if line.on is None or abs(line.on - one.on) > NEAR:
                continue
            same_reference = bool(one.reference) and fold(one.reference) in fold(
                f"{line.reference} {line.description}"
            )
            if one.payer_id is None or one.payer_id == payer_id or same_reference:
                self._recorded[line.cents].remove(one)
                return "A deposit of this sum is recorded." if one.payer_id is None else "Recorded already."
        return ""


def counted(matches: Iterable[BankMatch]) -> Mapping[Certainty, int]:
    """How many rows stand how."""
    found = dict.fromkeys(Certainty, 0)
    for match in matches:
        found[match.certainty] += 1
    return found
