"""The rows of one pledge, gathered: what its account is computed from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Payment
from commission_app.domain.pledges import Delivery, Pledge, TermsChange, WriteOff

Row = TypeVar("Row")
Voidable = TypeVar("Voidable", Payment, Refund)


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeRows:
    """Every row that touches one pledge; allocations of `payments` and parts of `refunds` to other pledges
    are passed over. `currency` is the file's, for sentences.
    """

    pledge: Pledge
    changes: tuple[TermsChange, ...] = ()
    payments: tuple[Payment, ...] = ()
    write_offs: tuple[WriteOff, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    refunds: tuple[Refund, ...] = ()
    currency: str = "USD"

    def known_by(self, day: date) -> "PledgeRows":
        """The rows as a payment of that day finds them: payments and voids of the day are known, its
        refunds, write-offs, changes of terms and cancellation come after it.
        """
        pledge = self.pledge
        if pledge.cancelled_on is not None and pledge.cancelled_on >= day:
            pledge = replace(pledge, cancelled_on=None, cancel_reason=None)
        payments = (_as_known(payment, day) for payment in self.payments if payment.received_on <= day)
        refunds = (_as_known(refund, day) for refund in self.refunds if refund.on < day)
        return PledgeRows(
            pledge=pledge,
            changes=tuple(change for change in self.changes if change.on < day),
            payments=tuple(payments),
            write_offs=tuple(write_off for write_off in self.write_offs if write_off.on < day),
            deliveries=tuple(delivery for delivery in self.deliveries if delivery.on <= day),
            refunds=tuple(refunds),
            currency=self.currency,
        )


def _as_known(row: Voidable, day: date) -> Voidable:
    """A row without a void of a later day."""
    if row.voided_on is None or row.voided_on <= day:
        return row
    return replace(row, voided_on=None, void_reason=None)


def rows_by_pledge(
    pledges: Iterable[Pledge],
    changes: Iterable[TermsChange] = (),
    payments: Iterable[Payment] = (),
    write_offs: Iterable[WriteOff] = (),
    deliveries: Iterable[Delivery] = (),
    *,
    refunds: Iterable[Refund] = (),
    currency: str = "USD",
) -> dict[str, PledgeRows]:
    """The rows of a file by the id of their pledge, in the order of `pledges`."""
    own_changes, own_payments, own_write_offs, own_deliveries, own_refunds = (
        _grouped((row.pledge_id, row) for row in changes),
        _grouped(
            (pledge_id, payment)
            for payment in payments
            for pledge_id in dict.fromkeys(part.pledge_id for part in payment.allocations)
        ),
        _grouped((row.pledge_id, row) for row in write_offs),
        _grouped((row.pledge_id, row) for row in deliveries),
        _grouped((part.pledge_id, row) for row in refunds for part in row.parts),
    )
    return {
        pledge.id: PledgeRows(
            pledge=pledge,
            changes=tuple(own_changes.get(pledge.id, ())),
            payments=tuple(own_payments.get(pledge.id, ())),
            write_offs=tuple(own_write_offs.get(pledge.id, ())),
            deliveries=tuple(own_deliveries.get(pledge.id, ())),
            refunds=tuple(own_refunds.get(pledge.id, ())),
            currency=currency,
        )
        for pledge in pledges
    }


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found
