"""The account of a pledge once more, cent by cent and slowly, to compare the real one with."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Payment
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import TermsChange, WriteOff
from commission_app.domain.schedules import Every, Schedule, due_days


@dataclass
class Cent:
    """One promised cent of an instalment, and who paid it; `is_carried`: it was credit before."""

    payer: str | None = None
    is_carried: bool = False


@dataclass
class Plain:
    """What a pledge looks like: its cents by due day, credit as payment ids, one for each cent."""

    amount: int = 0
    cents: dict[date, list[Cent]] = field(default_factory=dict)
    credit: list[str] = field(default_factory=list)
    waiting: list[Payment] = field(default_factory=list)
    returned: dict[str, list[tuple[date | None, str]]] = field(default_factory=dict)
    given_up: int = 0
    is_cancelled: bool = False

    def all_cents(self) -> list[tuple[date, Cent]]:
        return [(day, cent) for day in sorted(self.cents) for cent in self.cents[day]]

    @property
    def paid(self) -> int:
        return sum(cent.payer is not None for _, cent in self.all_cents())

    def first_open(self) -> Cent | None:
        return next((cent for _, cent in self.all_cents() if cent.payer is None), None)


def plain_account(rows: PledgeRows, as_of: date) -> Plain:
    """The pledge as of a day, from its rows alone."""
    pledge = rows.pledge
    assert pledge.amount_cents is not None
    assert pledge.schedule is not None
    found = Plain(amount=pledge.amount_cents)
    for day, count in dealt(pledge.schedule, pledge.amount_cents, []).items():
        found.cents[day] = [Cent() for _ in range(count)]
    payments = sorted(rows.payments, key=lambda payment: payment.key)
    days = {payment.received_on for payment in payments} | {change.on for change in rows.changes}
    days |= {payment.voided_on for payment in payments if payment.voided_on}
    days |= {row.on for row in rows.refunds} | {row.voided_on for row in rows.refunds if row.voided_on}
    days |= {row.on for row in rows.write_offs} | {pledge.cancelled_on or as_of}
    refunds = sorted(
        (row for row in rows.refunds if row.voided_on is None or row.voided_on > row.on),
        key=lambda row: row.key,
    )
    for day in sorted(day for day in days if day <= as_of):
        for refund in refunds:
            if refund.voided_on == day:
                keep_after_all(found, refund)
        for payment in payments:
            if payment.voided_on == day:
                free(found, payment, pledge.id)
        for payment in payments:
            if payment.received_on == day and payment.voided_on != day:
                receive(found, payment, pledge.id)
        for refund in refunds:
            if refund.on == day:
                give_back(found, refund, pledge.id)
        changes = sorted((c for c in rows.changes if c.on == day), key=lambda change: change.position)[-1:]
        write_offs = sorted((w for w in rows.write_offs if w.on == day), key=lambda row: row.key)
        late = deepcopy(found)
        for change in changes:
            renew(late, change, pledge.id)
        early = [row for row in write_offs if not give_up(late, row)] if changes else []
        for row in early:
            give_up(found, row)
        for change in changes:
            renew(found, change, pledge.id)
        for row in write_offs:
            if row not in early:
                give_up(found, row)
        if pledge.cancelled_on == day:
            found = Plain(is_cancelled=True)
    return found


def dealt(schedule: Schedule, amount: int, full: list[date]) -> Counter[date]:
    """Cents dealt to the days one after the other, days that are full left out while others remain."""
    if schedule.every is Every.DATES:
        return Counter({part.due_on: part.amount_cents for part in schedule.dates})
    days = [day for day in due_days(schedule) if day not in full] or [due_days(schedule)[-1]]
    return Counter(days[n % len(days)] for n in range(amount))


def receive(found: Plain, payment: Payment, pledge_id: str) -> None:
    found.credit += [
        payment.id
        for part in payment.allocations
        if part.pledge_id == pledge_id and part.due_on is None
        for _ in range(part.amount_cents)
    ]
    if any(part.pledge_id == pledge_id and part.due_on for part in payment.allocations):
        found.waiting.append(payment)
        place_waiting(found, pledge_id)


def named_cents(payment: Payment, pledge_id: str) -> Counter[date]:
    named: Counter[date] = Counter()
    for part in payment.allocations:
        if part.pledge_id == pledge_id and part.due_on:
            named[part.due_on] += part.amount_cents
    return named


def place_waiting(found: Plain, pledge_id: str) -> None:
    for payment in list(found.waiting):
        named = named_cents(payment, pledge_id)
        free_cents = {
            day: [cent for cent in found.cents.get(day, []) if cent.payer is None]
            + [cent for cent in reversed(found.cents.get(day, [])) if cent.is_carried]
            for day in named
        }
        if any(len(free_cents[day]) < named[day] for day in named):
            continue
        found.waiting.remove(payment)
        for day, wanted in named.items():
            free_now = [cent for cent in found.cents[day] if cent.payer is None]
            carried = [cent for cent in reversed(found.cents[day]) if cent.is_carried]
            for cent in (free_now + carried)[:wanted]:
                moved = cent.payer
                cent.payer, cent.is_carried = payment.id, False
                if moved is not None:
                    carry(found, moved)


def carry(found: Plain, payer: str) -> None:
    cent = found.first_open()
    if cent is None:
        found.credit.append(payer)
    else:
        cent.payer, cent.is_carried = payer, True


def free(found: Plain, payment: Payment, pledge_id: str) -> None:
    found.credit = [payer for payer in found.credit if payer != payment.id]
    found.waiting = [other for other in found.waiting if other.id != payment.id]
    for _, cent in found.all_cents():
        if cent.payer == payment.id:
            cent.payer, cent.is_carried = None, False
    place_waiting(found, pledge_id)


def give_back(found: Plain, refund: Refund, pledge_id: str) -> None:
    """Credit goes first, then the last cents that the payment has paid, those that were credit once first."""
    own = refund.payment_id
    for payment in [one for one in found.waiting if one.id == own]:
        found.waiting.remove(payment)
        found.credit += [own] * sum(named_cents(payment, pledge_id).values())
    for _ in range(sum(part.amount_cents for part in refund.parts if part.pledge_id == pledge_id)):
        paid = [(day, cent) for day, cent in found.all_cents() if cent.payer == own]
        gone = found.returned.setdefault(refund.id, [])
        if own in found.credit:
            found.credit.remove(own)
            gone.append((None, own))
        else:
            day, cent = max(paid, key=lambda one: (one[0], one[1].is_carried))
            cent.payer, cent.is_carried = None, False
            gone.append((day, own))
    place_waiting(found, pledge_id)


def keep_after_all(found: Plain, refund: Refund) -> None:
    """What was given back stands again where it stood if that is open, or else like credit of old."""
    for day, own in found.returned.pop(refund.id, []):
        open_cents = [cent for cent in found.cents.get(day or date.min, []) if cent.payer is None]
        if day is None:
            found.credit.append(own)
        elif open_cents:
            open_cents[0].payer, open_cents[0].is_carried = own, True
        else:
            carry(found, own)


def give_up(found: Plain, row: WriteOff) -> bool:
    """Take cents out of the instalments; whether all were there."""
    before = found.given_up
    if row.instalments is None:
        gone = [day for day, cent in found.all_cents() if cent.payer is None]
        gone += [day for day, cent in found.all_cents() if cent.is_carried]
        gone = gone[: row.amount_cents]
    else:
        gone = [part.due_on for part in row.instalments for _ in range(part.amount_cents)]
    for day in gone:
        own = found.cents.get(day, [])
        free_cents = [cent for cent in own if cent.payer is None]
        free_cents += [cent for cent in reversed(own) if cent.is_carried]
        if free_cents:
            found.cents[day] = [cent for cent in own if cent is not free_cents[0]]
            found.given_up += 1
            if (payer := free_cents[0].payer) is not None:
                carry(found, payer)
    return found.given_up - before == row.amount_cents


def renew(found: Plain, change: TermsChange, pledge_id: str) -> None:
    kept = {day: [cent for cent in cents if cent.payer] for day, cents in found.cents.items()}
    kept = {day: cents for day, cents in kept.items() if cents}
    rest = change.amount_cents - sum(map(len, kept.values())) - found.given_up
    new = dealt(change.schedule, rest, list(kept))
    if change.schedule.every is Every.DATES:
        elsewhere = found.given_up
        for day, cents in kept.items():
            elsewhere += len(cents) - min(len(cents), new[day])
            new[day] -= min(len(cents), new[day])
        for _ in range(elsewhere):
            new[min(day for day in new if new[day])] -= 1
    found.amount = change.amount_cents
    found.cents = kept
    for day, count in new.items():
        if count:
            found.cents.setdefault(day, []).extend(Cent() for _ in range(count))
    credit, found.credit = found.credit, []
    for payer in credit:
        carry(found, payer)
    place_waiting(found, pledge_id)
