"""What is open by age, what is due, what is overdue, and the whole story of one donor."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, or_, select

from commission_app.domain.aging import BUCKETS, NAMES, Aging, Buckets
from commission_app.domain.campaigns import Campaign
from commission_app.domain.contacts import Contact
from commission_app.domain.deposits import Refund
from commission_app.domain.donor_letters import REMIND_AGAIN_DAYS, DonorLetterKind
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.payments import Payment
from commission_app.domain.pledge_accounts import PledgeAccount, accounts_of
from commission_app.domain.pledge_attention import overdue_finding
from commission_app.domain.pledges import PledgeState
from commission_app.domain.refund_checks import refunded_cents
from commission_app.services.campaigns import campaign_names
from commission_app.services.money_words import currency_of
from commission_app.storage.pledge_figures import figures_as_of, open_parts, overdue_cents
from commission_app.storage.pledge_reading import read_payments, read_pledges, read_refunds
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    allocations,
    campaigns,
    contacts,
    donor_letters,
    payments,
    pledge_figures,
    pledges,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """The open part of an instalment that is due."""

    due_on: date
    pledge_id: str
    donor_id: str
    donor: str
    campaign: str
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due from a day to a day: the first lines by day, and how many and how much there is in all."""

    lines: tuple[DueLine, ...]
    count: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorStory:
    """One donor as of a day: the accounts of all pledges, the latest first, every payment made by the donor
    or by others on those pledges, the latest first, and what was given back of these.
    """

    donor: Contact
    as_of: date
    accounts: tuple[PledgeAccount, ...]
    payments: tuple[Payment, ...]
    campaigns: dict[str, Campaign]
    payers: dict[str, Contact]
    refunds: tuple[Refund, ...] = ()

    @property
    def pledged_cents(self) -> int:
        """What is promised in money."""
        return sum(account.pledged_cents for account in self.accounts)

    @property
    def paid_cents(self) -> int:
        """What is paid on the pledges, by whomever."""
        return sum(account.paid_cents for account in self.accounts)

    @property
    def balance_cents(self) -> int:
        """What is still to be paid."""
        return sum(account.balance_cents for account in self.accounts)

    @property
    def overdue_cents(self) -> int:
        """What was due before and is not paid."""
        return sum(account.overdue_cents for account in self.accounts)

    @property
    def given_cents(self) -> int:
        """What the donor has paid in and not got back, gifts, credit and others' pledges included."""
        return sum(
            payment.amount_cents - self.refunded_cents(payment.id)
            for payment in self.payments
            if payment.payer_id == self.donor.id and payment.is_live(self.as_of)
        )

    @property
    def waiting_cents(self) -> int:
        """What is open on conditional pledges that still wait."""
        return sum(account.waiting_cents for account in self.accounts)

    def refunded_cents(self, payment_id: str) -> int:
        """What was given back of a payment by that day."""
        return refunded_cents((one for one in self.refunds if one.payment_id == payment_id), self.as_of)


def read_aging(connection: Connection, as_of: date, *, by_donor: bool) -> Aging:
    """Open balances by age as of a day, in all and, if asked for, of each donor by name."""
    part = open_parts(connection, as_of, by_pledge=by_donor)
    ages = _ages(part, as_of)
    if not by_donor:
        # A sum for each age: its parts lie side by side in the index of what is open.
        cents = func.coalesce(func.sum(part.c.open_cents), 0)
        of_ages = (select(cents).where(aged).scalar_subquery() for aged in ages)
        total = Buckets(tuple(connection.execute(select(*of_ages)).one()))
        return Aging(as_of=as_of, total=total, donors=())
    sums = [
        func.coalesce(func.sum(case((aged, part.c.open_cents), else_=0)), 0).label(name)
        for name, aged in zip(NAMES, ages, strict=True)
    ]
    # By pledge first: there are fewer of them than of parts.
    each = select(part.c.pledge_id, *sums).group_by(part.c.pledge_id).subquery("each")
    query = (
        select(contacts.c.id, *(func.sum(each.c[name]) for name in NAMES))
        .join_from(each, pledge_figures, pledge_figures.c.pledge_id == each.c.pledge_id)
        .join(contacts, contacts.c.id == pledge_figures.c.donor_id)
        .group_by(contacts.c.id)
        .order_by(contacts.c.search_key, contacts.c.id)
    )
    donors = tuple((found[0], Buckets(tuple(found[1:]))) for found in connection.execute(query))
    return Aging(as_of=as_of, total=sum((own for _, own in donors), Buckets()), donors=donors)


def _ages(part: FromClause, as_of: date) -> list[ColumnElement[bool]]:
    """One condition a bucket: how many days past due."""
    due_on = part.c.due_on
    oldest = [as_of - timedelta(days=most) for _, most in BUCKETS]
    between = [(due_on >= last) & (due_on < first) for first, last in pairwise(oldest)]
    return [due_on >= oldest[0], *between, due_on < oldest[-1]]


def read_due(connection: Connection, as_of: date, first: date, last: date, limit: int) -> Due:
    """What is open as of a day and due from a day to a day."""
    part = open_parts(connection, as_of)
    inside = part.c.due_on.between(first, last)
    count, cents = connection.execute(
        select(func.count(), func.coalesce(func.sum(part.c.open_cents), 0)).where(inside)
    ).one()
    columns: list[Any] = [
        *(part.c.due_on, part.c.pledge_id, pledges.c.donor_id),
        *(contacts.c.name.label("donor"), campaigns.c.name.label("campaign"), part.c.open_cents),
    ]
    query = (
        select(*columns)
        .join_from(part, pledges, pledges.c.id == part.c.pledge_id)
        .join(contacts, contacts.c.id == pledges.c.donor_id)
        .join(campaigns, campaigns.c.id == pledges.c.campaign_id)
        .where(inside)
        .order_by(part.c.due_on, contacts.c.search_key, part.c.pledge_id)
        .limit(limit)
    )
    lines = tuple(DueLine(**line) for line in connection.execute(query).mappings())
    return Due(lines=lines, count=count, cents=cents)


def read_overdue(connection: Connection, as_of: date, *, is_brief: bool = False) -> list[Finding]:
    """The findings of the pledges that are overdue as of a day, from their figures. In brief only the one
    that is overdue for longest, its values told together with the `count` and the `all_overdue_cents`; while
    everybody was reminded lately it is for information, and `reminded_on` says since when.
    """
    figures = figures_as_of(connection, as_of)
    of = figures.c
    is_overdue = of.state == PledgeState.OVERDUE
    columns: list[Any] = [
        *(pledges.c.id, pledges.c.key, contacts.c.name.label("donor"), campaigns.c.name.label("campaign")),
        *(of.next_due_on, of.overdue_cents, of.pledged_cents - of.paid_cents - of.written_off_cents),
    ]
    query = (
        select(*columns)
        .join(pledges, pledges.c.id == of.pledge_id)
        .join(contacts, contacts.c.id == of.donor_id)
        .join(campaigns, campaigns.c.id == of.campaign_id)
        .where(is_overdue)
        .order_by(pledges.c.id)
    )
    together: dict[str, Any] = {}
    if is_brief:
        count = connection.execute(select(func.count(of.pledge_id)).where(is_overdue)).scalar_one()
        oldest = select(of.pledge_id).where(is_overdue).order_by(of.next_due_on, of.pledge_id).limit(1)
        query = query.where(of.pledge_id == connection.execute(oldest).scalar())
        if count > 1:
            together = {"count": count, "all_overdue_cents": overdue_cents(connection, as_of)}
    reminded_on = _reminded_on(connection, as_of, figures) if is_brief else None
    if reminded_on is not None:
        together["reminded_on"] = reminded_on.isoformat()
    currency = currency_of(connection)
    found = []
    for pledge_id, key, donor, campaign, since, overdue, balance in connection.execute(query):
        subject = Subject(noun="pledge", key=key, name=f"{donor}, {campaign}", id=pledge_id)
        finding = overdue_finding(subject, since, overdue, balance, currency)
        level = finding.level if reminded_on is None else Level.INFO
        found.append(replace(finding, level=level, values={**finding.values, **together}))
    return found


def _reminded_on(connection: Connection, as_of: date, figures: FromClause) -> date | None:
    """Since when everybody has a fresh reminder of what is overdue now; None where somebody has none."""
    letter, of = donor_letters.c, figures.c
    is_fresh = letter.on.between(as_of - timedelta(days=REMIND_AGAIN_DAYS - 1), as_of)
    reminded = (
        select(letter.pledge_id, func.max(letter.on).label("on"))
        .where(letter.kind == DonorLetterKind.REMINDER, is_fresh)
        .group_by(letter.pledge_id)
        .subquery("reminded")
    )
    if connection.execute(select(reminded.c.pledge_id).limit(1)).first() is None:
        return None
    is_of_it = and_(reminded.c.pledge_id == of.pledge_id, reminded.c.on > of.next_due_on)
    counts = select(func.count(), func.count(reminded.c.on), func.min(reminded.c.on))
    counts = counts.select_from(figures.outerjoin(reminded, is_of_it))
    overdue, told, first = connection.execute(counts.where(of.state == PledgeState.OVERDUE)).one()
    return first if overdue == told else None


def read_story(connection: Connection, donor_id: str, as_of: date) -> DonorStory:
    """One donor's whole story as of a day; raises NotFoundError."""
    donor = row(connection, Contact, contacts, donor_id)
    own = connection.execute(select(pledges.c.id).where(pledges.c.donor_id == donor_id)).scalars().all()
    accounts = accounts_of(read_pledges(connection, own).values(), as_of)
    on_own = select(allocations.c.payment_id).where(allocations.c.pledge_id.in_(own))
    named = select(payments.c.id).where(or_(payments.c.payer_id == donor_id, payments.c.id.in_(on_own)))
    paid = [
        payment
        for payment in read_payments(connection, connection.execute(named).scalars().all())
        if payment.received_on <= as_of
    ]
    payers = contacts.c.id.in_({payment.payer_id for payment in paid})
    return DonorStory(
        donor=donor,
        as_of=as_of,
        accounts=tuple(
            sorted(accounts, key=lambda found: (found.pledge.pledged_on, found.pledge.id), reverse=True)
        ),
        payments=tuple(reversed(paid)),
        campaigns=campaign_names(connection),
        payers={contact.id: contact for contact in rows(connection, Contact, contacts, payers)},
        refunds=tuple(read_refunds(connection, of_payments=[payment.id for payment in paid])),
    )
