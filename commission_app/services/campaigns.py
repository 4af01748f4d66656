"""Campaigns: what is asked for, and how far each has come."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, FromClause, Select, case, func, null, select

from commission_app.domain.campaigns import (
    Campaign,
    CampaignDraft,
    CampaignStanding,
    default_receiver,
    may_raise_funds,
)
from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact
from commission_app.domain.members import CommunityOrganization
from commission_app.domain.pledge_checks import check_campaign
from commission_app.domain.text import search_words
from commission_app.domain.validation import require
from commission_app.services.context import Context
from commission_app.storage.pledge_figures import figures_as_of, is_waiting
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    allocations,
    campaigns,
    community_organizations,
    contacts,
    payments,
    pledge_figures,
    refund_parts,
    refunds,
)

_BY_NAME = (campaigns.c.search_key, campaigns.c.id)


@dataclass(frozen=True, slots=True)
class CampaignService:
    """The campaigns of the file."""

    context: Context

    def all(self, containing: str = "") -> list[Campaign]:
        """Campaigns by name; `containing` is matched anywhere in name or purpose, marks ignored."""
        with self.context.database.reading() as connection:
            words = search_words(containing)
            where = [campaigns.c.search_key.contains(word, autoescape=True) for word in words]
            return rows(
                connection, Campaign, campaigns, *where, order=(campaigns.c.search_key, campaigns.c.id)
            )

    def get(self, campaign_id: str) -> Campaign:
        """One campaign; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return row(connection, Campaign, campaigns, campaign_id)

    def may_raise_funds(self) -> bool:
        """Whether the rule book lets the commission keep campaigns, pledges and payments."""
        with self.context.database.reading() as connection:
            return may_raise(self.context, connection)

    def default_receiver(self) -> str | None:
        """The contact who receives the money of a campaign that names nobody, by the rule book."""
        with self.context.database.reading() as connection:
            return default_receiver_of(self.context, connection)

    def add(self, draft: CampaignDraft) -> str:
        """Add a campaign and return its id; raises ValidationError."""
        draft = cleaned(draft)[0]
        with self.context.database.writing(f"added the campaign {draft.name}") as writer:
            require(check_campaign(draft, is_allowed=may_raise(self.context, writer.connection)))
            return writer.insert(campaigns, **asdict(draft))

    def change(self, campaign_id: str, draft: CampaignDraft) -> None:
        """Change what is known of a campaign; raises ValidationError."""
        draft = cleaned(draft)[0]
        require(check_campaign(draft))
        values = asdict(draft)
        del values["key"]
        with self.context.database.writing(f"changed the campaign {draft.name}") as writer:
            writer.update(campaigns, campaign_id, **values)

    def remove(self, campaign_id: str) -> None:
        """Remove a campaign that nothing refers to; raises ConflictError otherwise."""
        with self.context.database.writing("removed a campaign") as writer:
            writer.what = (
                f"removed the campaign {row(writer.connection, Campaign, campaigns, campaign_id).name}"
            )
            writer.remove(campaigns, campaign_id)

    def standings(self, as_of: date | None = None) -> list[CampaignStanding]:
        """Each campaign by name with what is pledged, received and overdue as of a day (default: today)."""
        with self.context.database.reading() as connection:
            return read_standings(connection, as_of or self.context.present(connection).today)


def may_raise(context: Context, connection: Connection) -> bool:
    """Whether the commission keeps pledges today, within a transaction."""
    return may_raise_funds(context.rule_book(connection), context.present(connection).today)


def default_receiver_of(context: Context, connection: Connection) -> str | None:
    """The contact who receives the money of a campaign that names nobody, within a transaction."""
    book, today = context.rule_book(connection), context.present(connection).today
    named = str(book.value("fundraising.receiver", today))
    return default_receiver(
        book,
        today,
        rows(connection, CommunityOrganization, community_organizations),
        rows(connection, Contact, contacts, contacts.c.key == named),
    )


def campaign_names(connection: Connection) -> dict[str, Campaign]:
    """Every campaign by id, for joining names to rows."""
    return {campaign.id: campaign for campaign in rows(connection, Campaign, campaigns)}


def read_standings(connection: Connection, as_of: date) -> list[CampaignStanding]:
    """The standings of all campaigns by name as of a day, within a transaction.

    What came in for pledges is what they have as paid and as credit; the rest of a payment is a gift, and
    some money comes before its pledge is made.
    """
    of = figures_as_of(connection, as_of).c
    waits = case((is_waiting(of), of.pledged_cents - of.paid_cents - of.written_off_cents), else_=0)
    columns = [of.pledged_cents, of.paid_cents + of.credit_cents, of.overdue_cents, waits]
    # In the order of the pledges first (no offset keeps the two apart): so what is overdue of each lies near.
    each = select(of.campaign_id, *(own.label(f"of_{at}") for at, own in enumerate(columns))).offset(0)
    campaign_id, *figures = each.subquery("each").c
    query = select(campaign_id, *map(func.sum, figures)).group_by(campaign_id)
    sums = {row[0]: row[1:] for row in connection.execute(query)}
    beside = _beside_pledges(connection, as_of)
    found = []
    for campaign in rows(connection, Campaign, campaigns, order=_BY_NAME):
        pledged, received, overdue, waiting = sums.get(campaign.id, (0, 0, 0, 0))
        found.append(
            CampaignStanding(
                campaign=campaign,
                pledged_cents=pledged,
                received_cents=received + beside.get(campaign.id, 0),
                overdue_cents=overdue,
                waiting_cents=waiting,
            )
        )
    return found


def _beside_pledges(connection: Connection, as_of: date) -> dict[str, int]:
    """By campaign: what no allocation takes, and what pays pledges that were made later; less refunds."""
    of, part, figures = payments.c, allocations.c, pledge_figures.c
    back, back_part = refunds.c, refund_parts.c
    received_on = func.coalesce(of.received_on, null())  # not by its index: by campaign there are fewer
    is_live = (received_on <= as_of) & (of.voided_on.is_(None) | (of.voided_on > as_of))
    is_back = (back.on <= as_of) & (back.voided_on.is_(None) | (back.voided_on > as_of))
    touched_later = select(figures.pledge_id).where(figures.settled_on > as_of)  # a few, found by their index
    is_later = figures.pledge_id.in_(touched_later) & (figures.pledged_on > as_of)
    gifts = _gifts(campaigns.join(payments, of.campaign_id == campaigns.c.id), of, part.payment_id)
    returned = _gifts(
        campaigns.join(payments, of.campaign_id == campaigns.c.id).join(refunds, back.payment_id == of.id),
        back,
        back_part.refund_id,
    )
    early = (
        select(figures.campaign_id, func.sum(part.amount_cents))
        .join_from(pledge_figures, allocations, part.pledge_id == figures.pledge_id)
        .join(payments, of.id == part.payment_id)
        .where(is_live, is_later)
        .group_by(figures.campaign_id)
    )
    early_back = (
        select(figures.campaign_id, func.sum(back_part.amount_cents))
        .join_from(pledge_figures, refund_parts, back_part.pledge_id == figures.pledge_id)
        .join(refunds, back.id == back_part.refund_id)
        .where(is_back, is_later)
        .group_by(figures.campaign_id)
    )
    found: dict[str, int] = {}
    for query, sign in (
        (gifts.where(is_live), 1),
        (early, 1),
        (returned.where(is_back), -1),
        (early_back, -1),
    ):
        for campaign_id, cents in connection.execute(query):
            found[campaign_id] = found.get(campaign_id, 0) + sign * cents
    return found


def _gifts(source: FromClause, of: Any, taken_by: Column[str]) -> Select[Any]:
    """By campaign: of each row (a payment, a refund) what none of its parts takes."""
    taken = select(func.coalesce(func.sum(taken_by.table.c.amount_cents), 0)).where(taken_by == of.id)
    rest = func.sum(of.amount_cents - taken.scalar_subquery())
    return select(campaigns.c.id, rest).select_from(source).group_by(campaigns.c.id)
