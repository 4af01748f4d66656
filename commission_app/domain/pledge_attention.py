"""What needs attention about money: the findings of pledges."""

from collections.abc import Iterable, Mapping

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
        found.append(
            Finding(
                rule="pledge-overdue",
                level=Level.OVERDUE,
                subject=Subject(noun="pledge", key=account.pledge.key, name=name, id=account.pledge.id),
                text=f"{format_money(account.overdue_cents, currency)} overdue since {day_text(since)}",
                due_on=since,
                source=PLEDGE_SOURCE,
                values={"overdue_cents": account.overdue_cents, "balance_cents": account.balance_cents},
            )
        )
    return found
