"""Payments as they are kept: one receipt of money each, and the parts of it that pay pledges."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaymentMethod(StrEnum):
    CHECK = "check"
    CASH = "cash"
    CARD = "card"
    BANK_TRANSFER = "bank-transfer"
    DONOR_ADVISED_FUND = "donor-advised-fund"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The part of a payment that pays one instalment; `due_on` None is credit on the pledge."""

    pledge_id: str
    due_on: date | None = None
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDraft:
    """A payment as entered, its allocations resolved; what they leave is a gift to `campaign_id`."""

    key: str | None = None
    payer_id: str
    received_on: date
    amount_cents: int
    method: PaymentMethod | None = None
    reference: str | None = None
    campaign_id: str | None = None
    asked_by_id: str | None = None
    adviser_id: str | None = None
    goods: str | None = None
    goods_cents: int | None = None
    allocations: tuple[Allocation, ...] = ()

    @property
    def gift_cents(self) -> int:
        """What no allocation takes."""
        return self.amount_cents - sum(part.amount_cents for part in self.allocations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One receipt of money from a payer, who is not always the donor.

    `asked_by_id` is who asked for it, `adviser_id` who advised the donor-advised fund that paid. `goods` is
    what the payer got in return, `goods_cents` its value in good faith.
    """

    id: str
    key: str
    payer_id: str
    received_on: date
    amount_cents: int
    method: PaymentMethod | None = None
    reference: str | None = None
    campaign_id: str | None = None
    asked_by_id: str | None = None
    adviser_id: str | None = None
    goods: str | None = None
    goods_cents: int | None = None
    allocations: tuple[Allocation, ...] = ()
    voided_on: date | None = None
    void_reason: str | None = None

    @property
    def gift_cents(self) -> int:
        """What no allocation takes: a gift to the campaign."""
        return self.amount_cents - sum(part.amount_cents for part in self.allocations)

    def is_live(self, as_of: date) -> bool:
        """Whether the payment counts on a day: received by then and not voided by then."""
        return self.received_on <= as_of and (self.voided_on is None or self.voided_on > as_of)
