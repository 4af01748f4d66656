"""What is brought to the bank of payments, in questions to the file: domain.cash_at_hand in SQL."""

from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select

from commission_app.domain.cash_at_hand import BY_ITSELF
from commission_app.domain.payments import PaymentMethod
from commission_app.storage.tables import payments, refunds


def is_carried() -> ColumnElement[bool]:
    """Whether a row of `payments` waits until somebody brings it to the bank."""
    of = payments.c.method
    return or_(of.is_(None), of.not_in(sorted(BY_ITSELF)))


def brought_cents(by: ColumnElement[date] | date) -> ColumnElement[int]:
    """What of a row of `payments` is brought to the bank on a day, or waits to be."""
    of = refunds.c
    given_back = (
        select(func.coalesce(func.sum(of.amount_cents), 0))
        .where(
            of.payment_id == payments.c.id,
            of.method == PaymentMethod.CASH,
            of.on <= by,
            or_(of.voided_on.is_(None), of.voided_on > by),
        )
        .correlate_except(refunds)
        .scalar_subquery()
    )
    return payments.c.amount_cents - case((payments.c.method == PaymentMethod.CASH, given_back), else_=0)
