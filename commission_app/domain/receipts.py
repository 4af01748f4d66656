"""Receipts as they are kept: one numbered paper for each payment or delivery, frozen when it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class ReceiptKind(StrEnum):
    """Which paper it is (IRS Publication 1771): a short receipt, the full acknowledgement of a payment of
    250.00 or more, thanks to a receiver's donor where the receiver has no EIN, thanks for a payment by a
    donor-advised fund, a receipt in kind without any amount; or a number that was lost with a file.
    """

    SHORT = "short"
    FULL = "full"
    ACKNOWLEDGEMENT = "acknowledgement"
    FUND = "fund"
    IN_KIND = "in-kind"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A numbered paper that left the house. `number` counts without gaps in the calendar year of issue;
    `content` is every word that it prints. In kind it has a delivery and no amount; a lost number, which a
    restored backup did not know, has neither payment nor delivery and is void from the beginning.
    """

    id: str
    key: str
    year: int
    number: int
    kind: ReceiptKind
    contact_id: str | None = None
    payment_id: str | None = None
    delivery_id: str | None = None
    issued_on: date
    amount_cents: int | None = None
    content: Mapping[str, Any] | None = None
    voided_on: date | None = None
    void_reason: str | None = None

    @property
    def label(self) -> str:
        """The number as people say it: 2026-0012."""
        return f"{self.year}-{self.number:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a donor gave from a day to a day, without voided payments and less refunds, frozen when issued."""

    id: str
    key: str
    contact_id: str
    from_on: date
    to_on: date
    issued_on: date
    amount_cents: int
    content: Mapping[str, Any]
