"""Voiding a receipt: with the payment it is of, or by itself. Its number stays taken."""

from datetime import date

from commission_app.domain.dates import long_day
from commission_app.domain.receipts import Receipt
from commission_app.domain.validation import check_day, check_void, require
from commission_app.errors import Problem
from commission_app.storage.rows import rows
from commission_app.storage.tables import receipts
from commission_app.storage.writer import Writer


def void_of_payment(writer: Writer, payment_id: str, on: date, reason: str) -> Receipt | None:
    """Void the live receipt of a payment within a use case and return it as it was; None if there is none.
    Raises ValidationError.
    """
    live = receipts.c.voided_on.is_(None)
    found = rows(writer.connection, Receipt, receipts, receipts.c.payment_id == payment_id, live)
    if not found:
        return None
    void_receipt(writer, found[0], on, reason)
    return found[0]


def void_receipt(writer: Writer, receipt: Receipt, on: date, reason: str) -> None:
    """Void a receipt within a use case; raises ValidationError."""
    problems = check_day("on", on, "The day", required=True) + check_void(reason)
    if receipt.voided_on is not None:
        voided = long_day(receipt.voided_on)
        problems.append(Problem("on", f"The receipt {receipt.label} was voided on {voided}."))
    elif on < receipt.issued_on:
        issued = long_day(receipt.issued_on)
        problems.append(Problem("on", f"The receipt {receipt.label} was issued on {issued}, later."))
    require(problems)
    writer.update(receipts, receipt.id, voided_on=on, void_reason=reason)
