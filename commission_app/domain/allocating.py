"""Allocation by rule: which instalments a payment pays when nobody says so by hand.

What is stored is always explicit: the pledge, the due day and the cents of each part.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_accounts import misfits_of
from commission_app.domain.pledge_ledger import Misfit, ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import Instalment

#: The id of a payment that is being entered.
NEW: Final = "(new)"


def _open_parts(rows: PledgeRows) -> list[Instalment]:
    return ledger_of(rows).open_parts()


def propose(
    amount_cents: int,
    received_on: date,
    chosen: Sequence[PledgeRows],
    *,
    has_campaign: bool = False,
    open_parts: Callable[[PledgeRows], list[Instalment]] = _open_parts,
) -> tuple[Allocation, ...]:
    """How a payment pays the chosen pledges of money, as everything in the file leaves them: the oldest
    open instalments first, those of one day in the order of `chosen`. The rest is a gift to the payment's
    campaign where it names one (`has_campaign`), else credit on the first pledge.

    A pledge whose terms changed on that day or later gets credit instead: the change brings it to the
    instalments of the new terms, which stay as they are known. `open_parts` says what is open on one,
    otherwise than by its ledger.
    """
    offered: list[tuple[date, int, Allocation]] = []
    for place, rows in enumerate(chosen):
        is_later = any(change.on >= received_on for change in rows.changes)
        for part in open_parts(rows) if rows.pledge.kind is PledgeKind.MONEY else ():
            due_on = None if is_later else part.due_on
            cents = part.amount_cents
            found = Allocation(pledge_id=rows.pledge.id, due_on=due_on, amount_cents=cents)
            offered.append((part.due_on, place, found))
    taken: dict[tuple[str, date | None], int] = {}
    left = amount_cents
    for _, _, part_offered in sorted(offered, key=lambda entry: entry[:2]):
        cents = min(left, part_offered.amount_cents)
        if cents:
            mark = (part_offered.pledge_id, part_offered.due_on)
            taken[mark] = taken.get(mark, 0) + cents
            left -= cents
    if left and chosen and not has_campaign:
        mark = (chosen[0].pledge.id, None)
        taken[mark] = taken.get(mark, 0) + left
    return tuple(
        Allocation(pledge_id=pledge_id, due_on=due_on, amount_cents=cents)
        for (pledge_id, due_on), cents in taken.items()
    )


def by_rule(
    rows: PledgeRows, draft: PaymentDraft, stored: PledgeRows | None = None
) -> tuple[Allocation, ...]:
    """How a payment that names nothing but its pledge pays it (`pledge: KEY` of the open record): the
    oldest instalments open on the day it was received, as that day knew them; where later rows of the file
    leave no room for that, the oldest that these leave open.

    `stored` is the pledge as the file has it (default: `rows`). Rows that are only now being loaded move no
    payment of an earlier day: where they contradict it, that is theirs. Payments of one pledge are given in
    the order of their days.
    """
    stored = rows if stored is None else stored
    has_campaign = draft.campaign_id is not None
    known = rows.known_by(draft.received_on)
    found = propose(draft.amount_cents, draft.received_on, [known], has_campaign=has_campaign)
    if new_misfits(stored, with_payment(stored, draft, found)):
        known = _joined(known, stored)
        return propose(draft.amount_cents, draft.received_on, [known], has_campaign=has_campaign)
    return found


def _joined(known: PledgeRows, stored: PledgeRows) -> PledgeRows:
    """The rows of a file, and those that one day knew besides."""
    kept = (stored.payments, stored.write_offs, stored.changes, stored.refunds)
    ids = {row.id for rows in kept for row in rows}
    return replace(
        stored,
        payments=(*stored.payments, *(row for row in known.payments if row.id not in ids)),
        write_offs=(*stored.write_offs, *(row for row in known.write_offs if row.id not in ids)),
        changes=(*stored.changes, *(row for row in known.changes if row.id not in ids)),
        refunds=(*stored.refunds, *(row for row in known.refunds if row.id not in ids)),
    )


def proposed_write_off(rows: PledgeRows, on: date, amount_cents: int) -> tuple[Instalment, ...] | None:
    """The instalments that a write-off names: None (oldest open first) where no row is dated later, else
    the oldest that are open as everything in the file stands, so that later payments keep theirs.
    """
    later = [change.on for change in rows.changes] + [row.on for row in rows.write_offs]
    for payment in rows.payments:
        later += [day for day in (payment.received_on, payment.voided_on) if day is not None]
    for refund in rows.refunds:
        later += [day for day in (refund.on, refund.voided_on) if day is not None]
    if all(day <= on for day in later):
        return None
    found = []
    for part in ledger_of(rows).open_parts():
        if taken := min(amount_cents, part.amount_cents):
            found.append(replace(part, amount_cents=taken))
            amount_cents -= taken
    return tuple(found)


def with_payment(
    rows: PledgeRows, draft: PaymentDraft, allocations: tuple[Allocation, ...] | None = None
) -> PledgeRows:
    """The rows as they would be with a payment more, whose id is `NEW`."""
    payment = Payment(
        id=NEW,
        # After the payments of the same day that are there already.
        key=draft.key or "\uffff",
        payer_id=draft.payer_id,
        received_on=draft.received_on,
        amount_cents=draft.amount_cents,
        campaign_id=draft.campaign_id,
        allocations=draft.allocations if allocations is None else allocations,
    )
    return replace(rows, payments=(*rows.payments, payment))


def new_misfits(before: PledgeRows, after: PledgeRows) -> tuple[Misfit, ...]:
    """What does not fit after a change of a pledge's rows and did before."""
    known = set(misfits_of(before))
    return tuple(misfit for misfit in misfits_of(after) if misfit not in known)
