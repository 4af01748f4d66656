"""Refunds: money given back to a payer, out of a gift, of credit, or of what a pledge had been paid."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, func, select

from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact
from commission_app.domain.deposits import Refund, RefundDraft, RefundPart
from commission_app.domain.payments import Payment, PaymentMethod
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.refund_checks import (
    check_brought,
    check_refund,
    check_refund_voiding,
    propose_refund,
)
from commission_app.domain.text import clean
from commission_app.domain.validation import require
from commission_app.errors import NotFoundError, Problem, ValidationError
from commission_app.services.context import Context
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.open_years import require_open
from commission_app.services.receipt_voiding import void_of_payment
from commission_app.storage.pledge_reading import deposited_on, read_payments, read_pledges, read_refunds
from commission_app.storage.rows import row
from commission_app.storage.tables import contacts, payments, refund_parts, refunds
from commission_app.storage.writer import Writer, new_id

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class RefundService:
    """Money given back. A refund stays in the file; one that was an error is voided with a reason."""

    context: Context

    def of_payment(self, payment_id: str) -> list[Refund]:
        """The refunds of a payment in order of day, voided ones too."""
        with self.context.database.reading() as connection:
            return read_refunds(connection, of_payments=(payment_id,))

    def by_payment(self, as_of: date) -> dict[str, int]:
        """What was given back by a day, by the key of the payment."""
        of = refunds.c
        query = (
            select(payments.c.key, func.sum(of.amount_cents))
            .join_from(refunds, payments, payments.c.id == of.payment_id)
            .where(of.on <= as_of, of.voided_on.is_(None) | (of.voided_on > as_of))
            .group_by(payments.c.key)
        )
        with self.context.database.reading() as connection:
            return dict(connection.execute(query).all())

    def propose(self, payment_id: str, cents: int) -> tuple[RefundPart, ...]:
        """Out of which pledges an amount comes back: what the payment has as a gift goes first, then its
        credit, then its last instalments. Raises NotFoundError.
        """
        with self.context.database.reading() as connection:
            payment, paid, earlier = _affairs(connection, payment_id)
            return propose_refund(payment, cents, paid, earlier)

    def check(self, draft: RefundDraft) -> None:
        """Raise ValidationError with everything that is wrong with a refund as it is being entered."""
        with self.context.database.reading() as connection:
            _require(self.context, connection, draft)

    def refund(self, draft: RefundDraft) -> str:
        """Record that a payment, or a part of it, was given back, and return the id. The payment's receipt
        is voided on the same day. Raises ValidationError.
        """
        with self.context.database.writing("recorded a refund") as writer:
            payment = _payment(writer.connection, draft.payment_id)
            refund_id = record_refund(self.context, writer, draft)
            reason = f"Refund of {money_in_words(writer.connection, draft.amount_cents)}"
            void_of_payment(writer, payment.id, draft.on, reason)
            writer.what = f"recorded a refund of {_whom(writer.connection, payment, draft.amount_cents)}"
            return refund_id

    def void(self, refund_id: str, on: date, reason: str) -> None:
        """Void a refund that was entered in error: its money stands on the payment's pledges again, and a
        receipt issued meanwhile for less is voided. Raises ValidationError.
        """
        with self.context.database.writing("voided a refund") as writer:
            connection = writer.connection
            reason = clean(reason).text
            refund = _found(read_refunds(connection, (refund_id,)))
            paid = read_pledges(connection, {part.pledge_id for part in refund.parts})
            require(check_refund_voiding(refund, on, reason, paid))
            payment = _payment(connection, refund.payment_id)
            require(check_brought(refund, payment, deposited_on(connection, payment.id), on))
            require_open(connection, {"on": on})
            writer.update(refunds, refund_id, voided_on=on, void_reason=reason)
            amount = money_in_words(connection, refund.amount_cents)
            void_of_payment(writer, refund.payment_id, on, f"The refund of {amount} was voided")
            writer.what = f"voided the refund of {_whom(connection, payment, refund.amount_cents)}"


def record_refund(context: Context, writer: Writer, draft: RefundDraft) -> str:
    """Check a refund and write it within a use case; raises ValidationError."""
    refund_id = new_id()
    draft = replace(cleaned(draft)[0], key=draft.key or refund_id)
    _require(context, writer.connection, draft)
    values = asdict(draft)
    del values["parts"]
    writer.insert(refunds, id=refund_id, **values)
    for position, part in enumerate(draft.parts):
        writer.insert(refund_parts, refund_id=refund_id, position=position, **asdict(part))
    return refund_id


def give_back_at_once(context: Context, writer: Writer, payment_id: str, cents: int, reason: str) -> str:
    """Give a part of a payment back on the day on which it came in, out of what no instalment takes (a gift,
    or credit), within a use case: cash in cash. Raises ValidationError.
    """
    payment, paid, _ = _affairs(writer.connection, payment_id)
    loose = payment.gift_cents + sum(part.amount_cents for part in payment.allocations if part.due_on is None)
    if not 0 < cents <= loose:
        amounts = f"{money_in_words(writer.connection, cents)} is more than the"
        message = f"{amounts} {money_in_words(writer.connection, loose)} that no installment takes."
        raise ValidationError([Problem("give_back", message)])
    draft = RefundDraft(
        payment_id=payment_id,
        on=payment.received_on,
        amount_cents=cents,
        method=PaymentMethod.CASH if payment.method is PaymentMethod.CASH else None,
        reason=reason,
        parts=propose_refund(payment, cents, paid),
    )
    return record_refund(context, writer, draft)


def _require(context: Context, connection: Connection, draft: RefundDraft) -> None:
    payment, paid, earlier = _affairs(connection, draft.payment_id, draft.parts)
    today, currency = context.present(connection).today, currency_of(connection)
    require(check_refund(draft, payment, earlier, paid, today=today, currency=currency))
    require(check_brought(draft, payment, deposited_on(connection, payment.id)))
    require_open(connection, {"on": draft.on})


def _affairs(
    connection: Connection, payment_id: str, parts: Iterable[RefundPart] = ()
) -> tuple[Payment, dict[str, PledgeRows], list[Refund]]:
    """A payment, the pledges that it (and some parts) name with all their rows, and its refunds."""
    payment = _payment(connection, payment_id)
    named = {part.pledge_id for part in payment.allocations} | {part.pledge_id for part in parts}
    return payment, read_pledges(connection, named), read_refunds(connection, of_payments=(payment_id,))


def _payment(connection: Connection, payment_id: str) -> Payment:
    return _found(read_payments(connection, (payment_id,)))


def _found(rows: list[Found]) -> Found:
    if not rows:
        raise NotFoundError("This record is no longer in the file.")
    return rows[0]


def _whom(connection: Connection, payment: Payment, cents: int) -> str:
    payer = row(connection, Contact, contacts, payment.payer_id).name
    return f"{money_in_words(connection, cents)} to {payer}"
