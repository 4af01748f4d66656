"""What leads from the payments to the bank and back: deposits, refunds, and years that are closed."""

from dataclasses import dataclass
from datetime import date

from commission_app.domain.payments import PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositDraft:
    """A deposit as entered: payments brought to the bank together."""

    key: str | None = None
    on: date
    account: str | None = None
    reference: str | None = None
    payment_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Payments brought to the bank together on a day. A payment is in one deposit that is not voided."""

    id: str
    key: str
    on: date
    account: str | None = None
    reference: str | None = None
    payment_ids: tuple[str, ...] = ()
    voided_on: date | None = None
    void_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPart:
    """What a refund takes back from a pledge: its credit first, then the last instalments that were paid."""

    pledge_id: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDraft:
    """Money given back as entered; what `parts` leave of the amount comes out of the gift."""

    key: str | None = None
    payment_id: str
    on: date
    amount_cents: int
    method: PaymentMethod | None = None
    reference: str | None = None
    reason: str
    parts: tuple[RefundPart, ...] = ()

    @property
    def gift_cents(self) -> int:
        """What no part takes: it comes out of the payment's gift."""
        return self.amount_cents - sum(part.amount_cents for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A part of a payment, or all of it, given back on a day for a reason."""

    id: str
    key: str
    payment_id: str
    on: date
    amount_cents: int
    method: PaymentMethod | None = None
    reference: str | None = None
    reason: str
    parts: tuple[RefundPart, ...] = ()
    voided_on: date | None = None
    void_reason: str | None = None

    @property
    def gift_cents(self) -> int:
        """What no part takes: it comes out of the payment's gift."""
        return self.amount_cents - sum(part.amount_cents for part in self.parts)

    def is_live(self, as_of: date) -> bool:
        """Whether the refund counts on a day: made by then and not voided by then."""
        return self.on <= as_of and (self.voided_on is None or self.voided_on > as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearClosing:
    """A year of the money that was closed: nothing dated in it is entered, changed or voided any more.
    Voiding the closing, with a reason, opens the year again.
    """

    id: str
    key: str
    from_on: date
    to_on: date
    closed_on: date
    closed_by: str | None = None
    note: str | None = None
    voided_on: date | None = None
    void_reason: str | None = None
