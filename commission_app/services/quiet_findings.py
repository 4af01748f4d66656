"""What waits quietly for the treasurer and the secretary: told on Home alone, in no check of the record."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from commission_app.domain.attention import meeting_name
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import OfficeTitle
from commission_app.domain.open_business import MINUTES_SOURCE, OpenBusiness
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.receipt_lists import waiting_ids
from commission_app.services.undeposited import read_undeposited
from commission_app.storage.tables import deposits, minutes, payments, receipts

#: Once some money is in hand for longer than this, all that waits is asked about.
DEPOSIT_DAYS: Final = timedelta(days=14)
#: For so long the minutes of a meeting that was run here are asked about; then they count as not approved.
MINUTES_DAYS: Final = timedelta(days=60)
RECEIPTS_WAITING, DEPOSIT_WAITING, MINUTES_DRAFT = "receipts-waiting", "deposit-waiting", "minutes-draft"
RECEIPT_SOURCE: Final = "IRS Publication 1771"


def quiet_findings(
    connection: Connection, today: date, office: OfficeTitle | None, business: OpenBusiness
) -> list[Finding]:
    """`receipts-waiting` and `deposit-waiting` for the treasurer of a file that has receipts and deposits,
    `minutes-draft` for the secretary. All are for information.
    """
    if office is OfficeTitle.TREASURER:
        return [*_receipts(connection), *_deposits(connection, today)]
    return list(_minutes(connection, today, business)) if office is OfficeTitle.SECRETARY else []


def _receipts(connection: Connection) -> Iterator[Finding]:
    if connection.execute(select(receipts.c.id).limit(1)).first() is None:
        return
    found = waiting_ids(connection, PaymentFilter())
    if found:
        first = select(payments.c.received_on).where(payments.c.id == found[0])
        first_on = connection.execute(first).scalar_one()
        text = f"{len(found):,} {'payment' if len(found) == 1 else 'payments'} without a receipt"
        values = {"payments": len(found), "first_on": first_on.isoformat()}
        yield _of_payments(RECEIPTS_WAITING, text, values, RECEIPT_SOURCE)


def _deposits(connection: Connection, today: date) -> Iterator[Finding]:
    if connection.execute(select(deposits.c.id).limit(1)).first() is None:
        return
    found = read_undeposited(connection, today)
    if found.first_on is not None and found.first_on < today - DEPOSIT_DAYS:
        text = f"{found.count:,} {'payment' if found.count == 1 else 'payments'} not deposited"
        values = {
            "payments": found.count,
            "first_on": found.first_on.isoformat(),
            "cents": found.cents,
            "older": found.older_count,
            "older_cents": found.older_cents,
        }
        yield _of_payments(DEPOSIT_WAITING, text, values)


def _of_payments(rule: str, text: str, values: Mapping[str, Any], source: str = "") -> Finding:
    """One finding for all payments of which something is to be done."""
    return Finding(
        rule=rule,
        level=Level.INFO,
        subject=Subject(noun="payment", key=None, name="Payments"),
        text=text,
        due_on=None,
        source=source,
        values=values,
    )


def _minutes(connection: Connection, today: date, business: OpenBusiness) -> Iterator[Finding]:
    """The meetings that were run here lately, and of which nobody has begun the minutes."""
    drafted = set(connection.execute(select(minutes.c.meeting_id)).scalars())
    for meeting in business.waiting:
        is_recent = today - MINUTES_DAYS <= meeting.on <= today
        if meeting.state is MeetingState.HELD and is_recent and meeting.id in business.begun - drafted:
            yield Finding(
                rule=MINUTES_DRAFT,
                level=Level.INFO,
                subject=Subject(noun="meeting", key=meeting.key, name=meeting_name(meeting), id=meeting.id),
                text="minutes not drafted",
                due_on=meeting.on,
                source=MINUTES_SOURCE,
                values={},
            )
