"""What needs attention about money: the findings of pledges."""

from collections.abc import Iterable, Mapping
from datetime import date

from commission_app.domain.campaigns import Campaign
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import day_text
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.money import format_money
from commission_app.domain.pledge_accounts import PledgeAccount
from commission_app.domain.pledges import Pledge, PledgeState

PLEDGE_SOURCE = "The terms of the pledge"


def pledge_name(pledge: Pledge, contacts: Mapping[str, Contact], campaigns: Mapping[str, Campaign]) -> str:
    """As the subject of a finding: Ana Ruiz, Youth exchange 2027. `contacts` and `campaigns` by id."""
    donor, campaign = contacts.get(pledge.donor_id), campaigns.get(pledge.campaign_id)
    return ", ".join(row.name for row in (donor, campaign) if row is not None)


def pledge_findings(
    accounts: Iterable[PledgeAccount],
    contacts: Mapping[str, Contact],
    campaigns: Mapping[str, Campaign],
    currency: str = "USD",
) -> list[Finding]:
    """`pledge-overdue`: each pledge with a due instalment unpaid on the day after its date."""
    found = []
    for account in accounts:
        since = account.next_due_on
        if account.state is not PledgeState.OVERDUE or since is None:
            continue
        name = pledge_name(account.pledge, contacts, campaigns)
        subject = Subject(noun="pledge", key=account.pledge.key, name=name, id=account.pledge.id)
        found.append(overdue_finding(subject, since, account.overdue_cents, account.balance_cents, currency))
    return found


def overdue_finding(
    subject: Subject, since: date, overdue_cents: int, balance_cents: int, currency: str = "USD"
) -> Finding:
    """`pledge-overdue` of one pledge, from its figures in cents and the first day that is unpaid."""
    return Finding(
        rule="pledge-overdue",
        level=Level.OVERDUE,
        subject=subject,
        text=f"{format_money(overdue_cents, currency)} overdue since {day_text(since)}",
        due_on=since,
        source=PLEDGE_SOURCE,
        values={"overdue_cents": overdue_cents, "balance_cents": balance_cents},
    )
