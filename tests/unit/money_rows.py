"""Short ways to make the rows of money: amounts in cents from texts like 25.02, ids equal to keys."""

from datetime import date
from typing import Any

from commission_app.domain.allocating import by_rule
from commission_app.domain.campaigns import Campaign
from commission_app.domain.money import parse_money
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_accounts import PledgeAccount, account_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import Delivery, Pledge, PledgeKind, TermsChange, WriteOff
from commission_app.domain.schedules import Every, Instalment, Schedule
from tests.unit.domain_rows import day

YOUTH = Campaign(id="youth", key="youth", name="Youth exchange 2027", goal_cents=1_200_000)
GARDEN = Campaign(id="garden", key="garden", name="Friendship Garden", goal_cents=500_000)


def cents(text: str) -> int:
    """Cents from an amount."""
    return parse_money(text, zero_allowed=True)


def every(name: str, count: int | None = None, first_on: str | None = None) -> Schedule:
    """A schedule from texts."""
    return Schedule(every=Every(name), count=count, first_on=day(first_on) if first_on else None)


def parts(*pairs: tuple[str, str]) -> tuple[Instalment, ...]:
    """Days with amounts."""
    return tuple(Instalment(due_on=day(on), amount_cents=cents(amount)) for on, amount in pairs)


def dates(*pairs: tuple[str, str]) -> Schedule:
    """A schedule of own dates."""
    return Schedule(every=Every.DATES, dates=parts(*pairs))


def pledge(amount: str, schedule: Schedule, key: str = "p1", **fields: Any) -> Pledge:
    """A pledge of money by Ana to the youth exchange on 1 February 2026."""
    given = {"donor_id": "ana", "campaign_id": "youth", "pledged_on": day("2026-02-01"), **fields}
    return Pledge(
        id=key, key=key, kind=PledgeKind.MONEY, amount_cents=cents(amount), schedule=schedule, **given
    )


def in_kind(quantity: int, key: str = "k1", **fields: Any) -> Pledge:
    """A pledge of nights."""
    given = {"donor_id": "ana", "campaign_id": "youth", "pledged_on": day("2026-02-01"), **fields}
    return Pledge(
        id=key,
        key=key,
        kind=PledgeKind.IN_KIND,
        description="Beds",
        unit="nights",
        quantity=quantity,
        **given,
    )


def payment(
    amount: str, on: str, *named: tuple[str, str | None, str], key: str = "y1", **fields: Any
) -> Payment:
    """A payment with its allocations: pledge, due day or None, amount."""
    allocations = tuple(
        Allocation(pledge_id=to, due_on=day(due_on) if due_on else None, amount_cents=cents(part))
        for to, due_on, part in named
    )
    given = {"payer_id": "ana", "allocations": allocations, **fields}
    return Payment(id=key, key=key, received_on=day(on), amount_cents=cents(amount), **given)


def paid_by_rule(rows: PledgeRows, amount: str, on: str, key: str = "y1", **fields: Any) -> Payment:
    """A payment that names nothing but its pledge."""
    draft = PaymentDraft(payer_id="ana", received_on=day(on), amount_cents=cents(amount), **fields)
    found = payment(amount, on, key=key, **fields)
    return Payment(**{name: getattr(found, name) for name in _FIELDS} | {"allocations": by_rule(rows, draft)})


_FIELDS = tuple(Payment.__dataclass_fields__)


def change(on: str, amount: str, schedule: Schedule, position: int = 0, to: str = "p1") -> TermsChange:
    """New terms."""
    return TermsChange(
        id=f"{to} change {position}",
        pledge_id=to,
        on=day(on),
        amount_cents=cents(amount),
        schedule=schedule,
        position=position,
    )


def write_off(on: str, amount: str, *chosen: tuple[str, str], key: str = "w1", to: str = "p1") -> WriteOff:
    """A write-off, of the oldest open instalments where none are chosen."""
    return WriteOff(
        id=key,
        key=key,
        pledge_id=to,
        on=day(on),
        amount_cents=cents(amount),
        reason="moved away",
        instalments=parts(*chosen) if chosen else None,
    )


def delivery(on: str, quantity: int, key: str = "d1", to: str = "k1") -> Delivery:
    """A delivery."""
    return Delivery(id=key, key=key, pledge_id=to, on=day(on), quantity=quantity)


def rows(of: Pledge, *others: TermsChange | Payment | WriteOff | Delivery) -> PledgeRows:
    """All rows of one pledge."""
    return PledgeRows(
        pledge=of,
        changes=tuple(row for row in others if isinstance(row, TermsChange)),
        payments=tuple(row for row in others if isinstance(row, Payment)),
        write_offs=tuple(row for row in others if isinstance(row, WriteOff)),
        deliveries=tuple(row for row in others if isinstance(row, Delivery)),
    )


def account(of: PledgeRows, on: str | date) -> PledgeAccount:
    """The account as of a day on which the pledge exists."""
    found = account_of(of, day(on) if isinstance(on, str) else on)
    assert found is not None
    return found


def listed(found: PledgeAccount) -> list[tuple[str, int, int]]:
    """Its instalments: due day, amount, paid."""
    return [(part.due_on.isoformat(), part.amount_cents, part.paid_cents) for part in found.instalments]
