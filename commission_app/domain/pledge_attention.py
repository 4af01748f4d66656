"""What needs attention about money: the findings of pledges."""

from datetime import date

from commission_app.domain.dates import day_text
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.money import format_money

PLEDGE_SOURCE = "The terms of the pledge"


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
