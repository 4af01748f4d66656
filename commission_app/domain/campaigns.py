"""Campaigns: what money, goods and hours are asked for, and how far each has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from commission_app.domain.contacts import Contact
from commission_app.domain.deposits import Refund
from commission_app.domain.members import CommunityOrganization
from commission_app.domain.payments import Payment
from commission_app.domain.pledge_accounts import PledgeAccount
from commission_app.domain.rule_book import RuleBook

#: The value of `fundraising.receiver` that means the file's only community organization.
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


def campaign_standings(
    campaigns: Iterable[Campaign],
    accounts: Iterable[PledgeAccount],
    payments: Iterable[Payment],
    campaign_of: Mapping[str, str],
    as_of: date,
    *,
    refunds: Iterable[Refund] = (),
) -> list[CampaignStanding]:
    """Each campaign as of a day, in the order given: `accounts` as of that day, `campaign_of` the campaign's
    id by that of the pledge.
    """
    pledged: dict[str, int] = {}
    overdue: dict[str, int] = {}
    waiting: dict[str, int] = {}
    for account in accounts:
        own = account.pledge.campaign_id
        pledged[own] = pledged.get(own, 0) + account.pledged_cents
        overdue[own] = overdue.get(own, 0) + account.overdue_cents
        waiting[own] = waiting.get(own, 0) + account.waiting_cents
    received = received_cents(payments, campaign_of, as_of, refunds=refunds)
    return [
        CampaignStanding(
            campaign=campaign,
            pledged_cents=pledged.get(campaign.id, 0),
            received_cents=received.get(campaign.id, 0),
            overdue_cents=overdue.get(campaign.id, 0),
            waiting_cents=waiting.get(campaign.id, 0),
        )
        for campaign in campaigns
    ]


def received_cents(
    payments: Iterable[Payment],
    campaign_of: Mapping[str, str],
    as_of: date,
    *,
    refunds: Iterable[Refund] = (),
) -> dict[str, int]:
    """What has come in by campaign: of each payment live on a day, what is allocated to a pledge (credit
    too) for that pledge's campaign, and the rest, a gift, for its own; less what was given back by then.
    """
    found: dict[str, int] = {}
    gift_of: dict[str, str] = {}
    for payment in payments:
        if not payment.is_live(as_of):
            continue
        for allocation in payment.allocations:
            own = campaign_of[allocation.pledge_id]
            found[own] = found.get(own, 0) + allocation.amount_cents
        if payment.gift_cents and payment.campaign_id is not None:
            gift_of[payment.id] = payment.campaign_id
            found[payment.campaign_id] = found.get(payment.campaign_id, 0) + payment.gift_cents
    for refund in refunds:
        if not refund.is_live(as_of):
            continue
        for part in refund.parts:
            found[campaign_of[part.pledge_id]] -= part.amount_cents
        if refund.gift_cents:
            found[gift_of[refund.payment_id]] -= refund.gift_cents
    return found


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
    named = book.value("fundraising.receiver", on)
    if named == ONLY_ORGANIZATION:
        found = [organization.contact_id for organization in organizations]
        return found[0] if len(found) == 1 else None
    return next((contact.id for contact in contacts if contact.key == named), None)
