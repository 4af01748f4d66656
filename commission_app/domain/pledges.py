"""Pledges as they are kept: the promise, its changes of terms, what was given up, what was delivered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from commission_app.domain.schedules import Instalment, Schedule

#: The day from which a conditional pledge that still waits is due.
NEVER: Final = date.max


class PledgeKind(StrEnum):
    MONEY = "money"
    IN_KIND = "in-kind"


class PledgeState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    WRITTEN_OFF = "written-off"
    CANCELLED = "cancelled"


class InstalmentState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeDraft:
    """A pledge as entered. Of money: amount and schedule; in kind: description, unit, quantity, and an
    internal estimate that no paper and no total shows.
    """

    key: str | None = None
    kind: PledgeKind = PledgeKind.MONEY
    donor_id: str
    campaign_id: str
    pledged_on: date
    amount_cents: int | None = None
    schedule: Schedule | None = None
    description: str | None = None
    unit: str | None = None
    quantity: int | None = None
    estimate_cents: int | None = None
    asked_by_id: str | None = None
    condition: str | None = None
    match_percent: int | None = None
    matches_id: str | None = None
    match_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A promise of money or in kind by a donor to a campaign; amount and schedule are the first terms.

    `asked_by_id` is who asked for it (soft credit). A conditional pledge (`condition`, or one that matches
    what others give) is not due until `condition_met_on`. `match_percent` of what comes in on the pledge
    `matches_id`, or else to the campaign from others, until `match_until`, is what a matching pledge earns,
    up to its amount.
    """

    id: str
    key: str
    kind: PledgeKind
    donor_id: str
    campaign_id: str
    pledged_on: date
    amount_cents: int | None = None
    schedule: Schedule | None = None
    description: str | None = None
    unit: str | None = None
    quantity: int | None = None
    estimate_cents: int | None = None
    asked_by_id: str | None = None
    condition: str | None = None
    condition_met_on: date | None = None
    match_percent: int | None = None
    matches_id: str | None = None
    match_until: date | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether the money is due only once a condition is met, or what others give has earned it."""
        return self.condition is not None or self.match_percent is not None

    def due_from(self, as_of: date) -> date | None:
        """The day until which nothing of it is overdue, as known on a day: None for an ordinary pledge, the
        day on which its condition was met, `NEVER` while it waits.
        """
        if not self.is_conditional:
            return None
        met_on = self.condition_met_on
        return met_on if met_on is not None and met_on <= as_of else NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChangeDraft:
    """New terms as entered: the whole new amount, what is paid included, and its schedule."""

    pledge_id: str
    on: date
    amount_cents: int
    schedule: Schedule
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChange:
    """New terms of a pledge from a day; of several on one day the last by `position` holds. The old terms
    stay in the history.
    """

    id: str
    pledge_id: str
    on: date
    amount_cents: int
    schedule: Schedule
    reason: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffDraft:
    """A write-off as entered; `instalments` None takes the oldest open ones first."""

    key: str | None = None
    pledge_id: str
    on: date
    amount_cents: int
    reason: str
    decided_by: str | None = None
    instalments: tuple[Instalment, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """A part of a pledge given up, on a day, for a reason; each adds to the others."""

    id: str
    key: str
    pledge_id: str
    on: date
    amount_cents: int
    reason: str
    decided_by: str | None = None
    instalments: tuple[Instalment, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraft:
    """A delivery of what was pledged in kind, as entered."""

    key: str | None = None
    pledge_id: str
    on: date
    quantity: int
    contact_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Part or all of an in-kind pledge handed over on a day, by somebody where it was not the donor."""

    id: str
    key: str
    pledge_id: str
    on: date
    quantity: int
    contact_id: str | None = None
    note: str | None = None
