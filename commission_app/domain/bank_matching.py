"""Which expected payment each row of a bank's or payment service's list is likely to be.

A match is scored: how well the row's words fit a name, whether its e-mail, a pledge's key or an open amount
fits, and how near its day is to the due one. Nothing is certain until somebody agrees.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commission_app.domain.bank_lines import (
    REST,
    BankLine,
    BankMatch,
    Certainty,
    Expected,
    Payer,
    Recorded,
    Share,
    shared,
)
from commission_app.domain.payer_names import PayerNames, names_somebody, runs_of
from commission_app.domain.text import fold

#: A row and a payment in the file are the same within so many days.
NEAR: Final = timedelta(days=3)
#: From this score on a match is sure, or likely; a sure one has no rival within `_AHEAD`.
_SURE, _LIKELY, _AHEAD = 80, 40, 15
_MAIL, _KEY, _DUE = 50, 50, 5
_DUE_DAYS: Final = 15
#: An amount that more donors owe tells nothing.
_MOST_OWING: Final = 20


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: int
    payer_id: str
    pledge: Expected | None
    reasons: tuple[str, ...]
    is_named: bool = False


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
        self._names = PayerNames([payer.name for payer in payers])
        self._by_mail = {fold(payer.email): payer.contact_id for payer in payers if payer.email}
        self._expected: dict[str, dict[str, Expected]] = {}
        self._by_amount: dict[int, dict[str, int]] = {}
        self._by_key = {fold(one.key): one for one in expected}
        for one in expected:
            self._put(one)
        self._recorded: dict[int, list[Recorded]] = {}
        for each in recorded:
            self._recorded.setdefault(each.cents, []).append(each)
        self._gift_to = gift_to

    def _put(self, one: Expected, change: int = 1) -> None:
        """Take a pledge in, or (-1) out: under its donor and under the amounts that would fit it."""
        own = self._expected.setdefault(one.donor_id, {})
        if change > 0:
            own[one.pledge_id] = one
        else:
            own.pop(one.pledge_id, None)
        for cents in {one.due_cents, one.balance_cents}:
            donors = self._by_amount.setdefault(cents, {})
            donors[one.donor_id] = donors.get(one.donor_id, 0) + change

    def match(self, line: BankLine) -> BankMatch:
        """What is proposed for a row."""
        if line.wrong:
            return BankMatch(line=line, certainty=Certainty.REFUSED, reason=line.wrong)
        if line.passed or line.cents <= 0:
            out = (
                "Money that went out: a fee, a refund or a withdrawal." if line.cents else "No money came in."
            )
            reason = line.passed or out
            return BankMatch(line=line, certainty=Certainty.LEFT_OUT, reason=reason)
        found = sorted(self._candidates(line), key=lambda one: -one.score)
        best = found[0] if found else None
        present = self._present(line, best)
        if present is not None:
            return self._proposed(line, best, Certainty.PRESENT, f"Recorded already, as {present.words}.")
        if best is None or best.score < _LIKELY:
            return self._proposed(line, best, Certainty.UNKNOWN, "")
        rival = next((one for one in found[1:] if one.payer_id != best.payer_id), None)
        is_sure = best.score >= _SURE and (rival is None or best.score - rival.score >= _AHEAD)
        certainty = Certainty.SURE if is_sure else Certainty.LIKELY
        match = self._proposed(line, best, certainty, "; ".join(best.reasons))
        if is_sure:
            self.take(match)
        return match.ticked(is_sure)

    def take(self, match: BankMatch) -> None:
        """Count what a row pays as paid."""
        for share in match.shares:
            own = self._expected.get(match.payer_id or "", {}).get(share.pledge_id)
            if own is not None:
                self._put(own, -1)
                left = own.after(share.cents)
                if left.parts:
                    self._put(left)

    def shares(self, payer_id: str, pledge_id: str | None, line: BankLine) -> tuple[Share, ...]:
        """How a row is divided between a pledge and the payer's others."""
        own = self._expected.get(payer_id, {})
        first = own.get(pledge_id or "")
        if first is None or line.on is None:
            return ()
        others = sorted((one for one in own.values() if one is not first), key=_by_day)
        return shared(line.cents, line.on, first, others)

    def _proposed(
        self, line: BankLine, best: _Candidate | None, certainty: Certainty, reason: str
    ) -> BankMatch:
        if line.fee_cents:
            reason = "; ".join(filter(None, (reason, "the gift is the amount before the fee")))
        if best is None or (certainty is Certainty.UNKNOWN and best.score < REST):
            return BankMatch(line=line, certainty=certainty, reason=reason)
        pledge_id = best.pledge.pledge_id if best.pledge else None
        return BankMatch(
            line=line,
            certainty=certainty,
            payer_id=best.payer_id,
            pledge_id=pledge_id,
            campaign_id=None if best.pledge else self._gift_to,
            reason=reason,
            shares=self.shares(best.payer_id, pledge_id, line),
        )

    def _candidates(self, line: BankLine) -> Iterable[_Candidate]:
        scores = self._by_words(line)
        named_by_words = set(scores)
        owing = [donor_id for donor_id, count in self._by_amount.get(line.cents, {}).items() if count > 0]
        says_who = names_somebody(line.name if runs_of(line.name) else line.description)
        if not says_who and len(owing) <= _MOST_OWING:
            # A name that is not theirs says that somebody else paid, whatever the amount.
            for donor_id in owing:
                scores.setdefault(donor_id, (0, ()))
        named = next((one for word, one in self._keyed(line) if word), None)
        if named is not None:
            score, reasons = scores.get(named.donor_id, (0, ()))
            scores[named.donor_id] = (score + _KEY, (*reasons, f"names the pledge {named.key}"))
        for payer_id, (score, reasons) in scores.items():
            pledge = self._best_pledge(payer_id, line, named)
            added, more = self._amount(line, payer_id, pledge, alone=len(owing) == 1 and not score)
            if score or added:
                is_named = payer_id in named_by_words
                yield _Candidate(score + added, payer_id, pledge, (*reasons, *more), is_named)

    def _amount(
        self, line: BankLine, payer_id: str, pledge: Expected | None, *, alone: bool
    ) -> tuple[int, tuple[str, ...]]:
        """What the amount adds; `alone`: nothing else is known, and one donor only owes it."""
        if pledge is None:
            return 0, ()
        fits = pledge.fits(line.cents)
        own = self._expected[payer_id].values()
        if not fits and len(own) > 1 and line.cents == sum(one.balance_cents for one in own):
            return REST, ("all that is open on their pledges",)
        if not fits:
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
        scores: dict[str, tuple[int, tuple[str, ...]]] = {}
        for text in filter(None, (line.name, line.description)):
            for hit in self._names.find(text, is_name=text == line.name):
                payer_id = self._payers[hit.place].contact_id
                if hit.score > scores.get(payer_id, (0, ()))[0]:
                    scores[payer_id] = (hit.score, (hit.reason,))
        by_mail = self._by_mail.get(fold(line.email)) if line.email else None
        if by_mail is not None:
            score, reasons = scores.get(by_mail, (0, ()))
            scores[by_mail] = (score + _MAIL, (*reasons, "the e-mail"))
        return scores

    def _best_pledge(self, payer_id: str, line: BankLine, named: Expected | None) -> Expected | None:
        """The pledge that a payer's money is for: the one named, one of that amount, else the oldest due."""
        own = self._expected.get(payer_id, {})
        if named is not None and named.pledge_id in own:
            return own[named.pledge_id]
        return min(own.values(), key=lambda one: (-one.fits(line.cents), *_by_day(one)), default=None)

    def _present(self, line: BankLine, best: _Candidate | None) -> Recorded | None:
        """What in the file the row is already; taken from the list, so that it is found once."""
        same = [
            one
            for one in self._recorded.get(line.cents, ())
            if line.on is not None and abs(line.on - one.on) <= NEAR and _may_be(one, line, best)
        ]
        if line.on is None or not same:
            return None
        on = line.on
        found = min(same, key=lambda one: (not one.is_named(line), one.payer_id is None, abs(on - one.on)))
        self._recorded[line.cents].remove(found)
        return found


def _by_day(one: Expected) -> tuple[date, str]:
    return one.due_on, one.pledge_id


def _may_be(one: Recorded, line: BankLine, best: _Candidate | None) -> bool:
    """Whether what is recorded of this amount and day can be this row."""
    if one.is_other(line):
        return False
    if one.payer_id is None:
        return best is None or not best.is_named
    if best is not None and best.payer_id == one.payer_id:
        return True
    return one.is_named(line) and (best is None or not best.is_named)
