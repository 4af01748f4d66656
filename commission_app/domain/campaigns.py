"""Campaigns: what money, goods and hours are asked for, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from commission_app.domain.contacts import Contact
from commission_app.domain.members import CommunityOrganization
from commission_app.domain.rule_book import RuleBook

#: The rule who receives the money; and its value that means the file's only community organization.
RECEIVER = "fundraising.receiver"
ONLY_ORGANIZATION = "community-organization"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """A campaign as entered; `receiver_id` is the contact who gets the money."""

    key: str | None = None
    name: str
    purpose: str | None = None
    receiver_id: str | None = None
    goal_cents: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A purpose for which money, goods or hours are asked."""

    id: str
    key: str
    name: str
    purpose: str | None = None
    receiver_id: str | None = None
    goal_cents: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStanding:
    """A campaign as of a day, in cents. `pledged_cents` is all that is promised, written off or not,
    without cancelled pledges; `received_cents` unvoided payments with credit and gifts, less refunds;
    `waiting_cents` what is open on conditional pledges that still wait.
    """

    campaign: Campaign
    pledged_cents: int = 0
    received_cents: int = 0
    overdue_cents: int = 0
    waiting_cents: int = 0

    def values(self) -> dict[str, Any]:
        """As JSON, as the command line prints it."""
        return {
            "goal_cents": self.campaign.goal_cents,
            "pledged_cents": self.pledged_cents,
            "received_cents": self.received_cents,
            "overdue_cents": self.overdue_cents,
            "waiting_cents": self.waiting_cents,
        }


# ---- The rule book --------------------------------------------------------------------------------


def may_raise_funds(book: RuleBook, on: date) -> bool:
    """Whether the commission keeps campaigns, pledges and payments (setting `fundraising.allowed`)."""
    return book.flag("fundraising.allowed", on)


def default_receiver(
    book: RuleBook,
    on: date,
    organizations: Iterable[CommunityOrganization],
    contacts: Iterable[Contact],
) -> str | None:
    """The id of the contact who receives the money of a campaign that names nobody (setting
    `fundraising.receiver`): a contact by its key, or the file's only community organization; else None.
    """
    named = book.value(RECEIVER, on)
    if named == ONLY_ORGANIZATION:
        found = [organization.contact_id for organization in organizations]
        return found[0] if len(found) == 1 else None
    return next((contact.id for contact in contacts if contact.key == named), None)
