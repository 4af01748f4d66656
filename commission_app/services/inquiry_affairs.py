"""The rows that everything about inquiries is read from: clock, findings, suggestions for the agenda."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, exists, select

from commission_app.domain.agenda_layout import layout
from commission_app.domain.agenda_sections import sections_for
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.countries import country_names
from commission_app.domain.inquiries import Inquiry, Letter, Step
from commission_app.domain.inquiry_attention import InquiryAffairs
from commission_app.domain.inquiry_clock import Listing
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import Seat, SeatKind, Term
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.rule_packs import Procedure
from commission_app.domain.seats import standings
from commission_app.services.agenda_sections import pack_named, standing_sections
from commission_app.services.cities import all_cities
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.storage.rows import rows
from commission_app.storage.tables import agenda_items, inquiries, letters, meetings, seats, steps, terms


def read_inquiry_affairs(context: Context, connection: Connection) -> InquiryAffairs:
    """The inquiries with all that their findings look at, within a transaction."""
    book = context.rule_book(connection)
    if not connection.execute(select(exists(select(inquiries.c.id)))).scalar_one():
        return InquiryAffairs(book=book)
    held = tuple(rows(connection, Meeting, meetings, order=(meetings.c.starts, meetings.c.id)))
    return InquiryAffairs(
        book=book,
        inquiries=tuple(
            rows(connection, Inquiry, inquiries, order=(inquiries.c.received_on, inquiries.c.key))
        ),
        cities=all_cities(connection),
        countries=country_names(),
        steps=tuple(rows(connection, Step, steps)),
        letters=tuple(rows(connection, Letter, letters, order=(letters.c.on.desc(), letters.c.id.desc()))),
        meetings=held,
        listings=_listings(connection, held, book),
    )


def procedures_of(connection: Connection) -> tuple[Procedure, ...]:
    """The procedures of the rule pack that the file was made with."""
    return pack_named(read_commission(connection).rules).procedures


def _listings(
    connection: Connection, held: Sequence[Meeting], book: RuleBook
) -> Mapping[str, Sequence[Listing]]:
    """The agenda items that name an inquiry, by inquiry, each with its label."""
    named = select(agenda_items.c.meeting_id).where(agenda_items.c.inquiry_id.is_not(None))
    found = rows(connection, AgendaItem, agenda_items, agenda_items.c.meeting_id.in_(named))
    by_meeting: dict[str, list[AgendaItem]] = {}
    for item in found:
        by_meeting.setdefault(item.meeting_id, []).append(item)
    if not by_meeting:
        return {}
    all_seats, all_terms = rows(connection, Seat, seats), rows(connection, Term, terms)
    standing = standing_sections(connection)
    listings: dict[str, list[Listing]] = {}
    for meeting in held:
        if meeting.id not in by_meeting:
            continue
        on = meeting.on
        sections = layout(
            by_meeting[meeting.id],
            sections_for(meeting.kind, book.value("agenda.order", on)),
            kind=meeting.kind,
            numbering=book.text("agenda.numbering", on),
            standing=standing,
            alternates_needed=any(
                seat.seat.kind is SeatKind.ALTERNATE and seat.is_filled
                for seat in standings(all_seats, all_terms, on, book)
            ),
        )
        for entry in (entry for section in sections for entry in section.items):
            if entry.item.inquiry_id:
                listing = Listing(
                    meeting_id=meeting.id,
                    item_id=entry.item.id,
                    label=entry.label,
                    outcome=entry.item.outcome,
                )
                listings.setdefault(entry.item.inquiry_id, []).append(listing)
    return listings
