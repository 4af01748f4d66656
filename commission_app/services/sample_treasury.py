"""The treasurer's books of the sample: papers, a deposit, hours, a reminder, and the years that are over."""

from collections.abc import Callable
from datetime import date
from typing import Final

from commission_app.domain.deposits import DepositDraft
from commission_app.domain.donor_letters import DonorLetterKind, Tone, VolunteerHoursDraft
from commission_app.services.receipt_lists import ReceiptFilter
from commission_app.services.session import Session

#: A day as it was written for the day of the pictures, moved like all others.
_Day = Callable[[int, int, int], date]

#: Who gave how many minutes when, for which campaign, and what was done.
_HOURS: Final = (
    ("Rebecca Stein", (2026, 6, 13), 180, "Student Exchange 2027", "Met the students at the airport"),
    ("Patricia Kowalczyk", (2026, 5, 9), 240, "Friendship Garden", "Dug the beds beside the library"),
    ("Mateus Oliveira", (2026, 5, 9), 270, "Friendship Garden", "Planted the first saplings"),
    ("Amina Diallo", (2026, 8, 22), 90, None, "Addressed the invitations to the summer picnic"),
)


def add(session: Session, day: _Day) -> None:
    """Add what stands in the treasurer's books to a file that has the sample's pledges and payments."""
    _receive_again(session, day)
    _bring_to_the_bank(session, day)
    _give_time(session, day)
    _remind(session, day)
    for year in reversed(session.years.years()):
        if year.is_over:
            session.years.close(year.from_on)


def _receive_again(session: Session, day: _Day) -> None:
    """The last receipt went to an old address: voided, and issued anew."""
    issued = session.receipts.lines(session.receipts.ids(ReceiptFilter()))
    last = max(issued, key=lambda line: line.label)
    on = day(2026, 1, 12)
    session.receipts.void(last.id, on, "It went to an old address.")
    session.receipts.issue([last.payment_id or ""], on)


def _bring_to_the_bank(session: Session, day: _Day) -> None:
    """The checks of the summer, in one deposit."""
    until = day(2026, 8, 24)
    waiting = session.deposits.waiting(day(2026, 7, 1))
    session.deposits.make(
        DepositDraft(
            on=until,
            account="Checking",
            payment_ids=tuple(line.id for line in waiting if line.received_on <= until),
        )
    )


def _give_time(session: Session, day: _Day) -> None:
    people = {contact.name: contact.id for contact in session.contacts.all()}
    of = {standing.campaign.name: standing.campaign.id for standing in session.campaigns.standings()}
    for name, on, minutes, campaign, what in _HOURS:
        session.volunteers.record(
            VolunteerHoursDraft(
                contact_id=people[name],
                on=day(*on),
                minutes=minutes,
                campaign_id=of[campaign] if campaign else None,
                what=what,
            )
        )


def _remind(session: Session, day: _Day) -> None:
    """A gentle reminder of the pledge that is overdue longest."""
    on = day(2026, 8, 20)
    oldest = min(session.donor_letters.reminders(on), key=lambda line: line.since)
    letter = session.donor_letters.draft(oldest.pledge_id, DonorLetterKind.REMINDER, Tone.GENTLE, on)
    session.donor_letters.record([letter.draft])
