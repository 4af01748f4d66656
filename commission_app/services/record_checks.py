"""The checks of what was entered: the rules that a form would have kept, over every record."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Text, select, type_coerce

from commission_app.domain.campaigns import Campaign
from commission_app.domain.conditions import check_matched
from commission_app.domain.contacts import Contact
from commission_app.domain.inquiries import City, Inquiry, Letter
from commission_app.domain.inquiry_checks import check_city, check_inquiry, check_letter
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import Seat, Term
from commission_app.domain.pledge_accounts import misfits_of
from commission_app.domain.pledge_checks import check_campaign, check_payment, check_pledge
from commission_app.domain.rule_book import check_setting
from commission_app.domain.validation import (
    check_commission,
    check_contact,
    check_meeting,
    check_membership,
    check_office,
    check_posting,
    check_term,
)
from commission_app.errors import Problem
from commission_app.services.checking import Check, Trouble, told
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import procedures_of
from commission_app.services.money_words import currency_of
from commission_app.storage.pledge_reading import matched_by_id, read_payments, read_pledges
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    campaigns,
    cities,
    contacts,
    in_record_order,
    inquiries,
    letters,
    meetings,
    memberships,
    offices,
    posting_copies,
    postings,
    seats,
    settings,
    terms,
)
from commission_app.storage.types import Day, Instant, LocalTime

_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def _names(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(contacts.c.id, contacts.c.name)).all())


def dates(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every day and every instant is a real one, of the years 1900 to 2100."""
    for table in in_record_order():
        for column in table.c:
            if not isinstance(column.type, Day | Instant | LocalTime):
                continue
            values = select(type_coerce(column, Text)).where(column.is_not(None)).distinct()
            for value in connection.execute(values).scalars():
                if not _is_plausible(column, value):
                    what = f"{table.name.replace('_', ' ').capitalize()}, {column.name.replace('_', ' ')}"
                    advice = "Open the record and correct the day. Days are of the years 1900 to 2100."
                    yield Trouble(f"{what}: {value} is no day that can be.", advice)


def _is_plausible(column: Column[Any], value: str) -> bool:
    read = date.fromisoformat if isinstance(column.type, Day) else datetime.fromisoformat
    try:
        return _FIRST_YEAR <= read(value).year <= _LAST_YEAR
    except ValueError:
        return False


def commission(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The commission's particulars keep the rules."""
    advice = "Open Settings, Commission and correct it."
    yield from told("The commission", check_commission(read_commission(connection)), advice, "commission")


def rule_values(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every rule of the rule book is known and has a value that it can have."""
    for name, value in connection.execute(select(settings.c.name, settings.c.value)):
        advice = "Open Settings, Rule book and choose a value."
        yield from told(f"The rule {name}", check_setting(name, value), advice, "setting", name)


def directory(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every contact keeps the rules."""
    for found in rows(connection, Contact, contacts):
        advice = "Open the contact and correct it."
        yield from told(f"The contact {found.name}", check_contact(found), advice, "contact", found.id)


def seat_terms(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Terms in one seat do not overlap, nobody holds two seats at once, and offices have their days."""
    labels = {seat.id: seat.label for seat in rows(connection, Seat, seats)}
    names = _names(connection)
    by_party: dict[str, list[Term]] = {}
    for term in rows(connection, Term, terms, order=terms.c.from_on):
        near = {t.id: t for party in (term.seat_id, term.contact_id) for t in by_party.get(party, ())}
        what = f"The term of {names.get(term.contact_id)} in {labels.get(term.seat_id)}"
        problems = check_term(term, near.values(), labels, names)
        yield from told(what, problems, "Open the seat and correct the term’s days.", "seat", term.seat_id)
        for party in (term.seat_id, term.contact_id):
            by_party.setdefault(party, []).append(term)
    for contact_id, first, last in connection.execute(
        select(offices.c.contact_id, offices.c.from_on, offices.c.to_on)
    ):
        what = f"The office of {names.get(contact_id)}"
        yield from told(
            what, check_office(first, last), "Open Members and correct the office’s days.", "seat"
        )


def rosters(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every membership of a community organization has its days in order."""
    names = _names(connection)
    query = select(memberships.c.contact_id, memberships.c.from_on, memberships.c.to_on)
    for contact_id, first, last in connection.execute(query):
        what = f"The membership of {names.get(contact_id)}"
        advice = "Open the roster and correct the membership’s days."
        yield from told(what, check_membership(first, last), advice, "community_organization")


def sittings(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every meeting starts at a time that there is, and every posting is of a copy that was made."""
    zone = context.present(connection).zone
    advice = "Open the meeting and correct it."
    for found in rows(connection, Meeting, meetings):
        problems = check_meeting(found, zone)
        yield from told(f"The meeting of {found.on}", problems, advice, "meeting", found.id)
    copies = set(connection.execute(select(posting_copies.c.meeting_id, posting_copies.c.number)).all())
    query = select(
        postings.c.meeting_id, postings.c.copy, postings.c.place, postings.c.posted_at, postings.c.by
    )
    for meeting_id, copy, place, posted_at, by in connection.execute(query):
        what = f"The posting at {place}"
        yield from told(what, check_posting(place, posted_at, by=by), advice, "meeting", meeting_id)
        if copy is not None and (meeting_id, copy) not in copies:
            text = f"{what} is of posting copy {copy}, which is not in the file."
            yield Trouble(text, "Void the posting with a reason, and record it anew.", "meeting", meeting_id)


def approaches(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every city, inquiry and letter keeps the rules."""
    known = {city.id: city for city in rows(connection, City, cities)}
    for city in known.values():
        yield from told(f"The city {city.name}", check_city(city), "Open the city and correct it.", "city")
    procedures = procedures_of(connection)
    for found in rows(connection, Inquiry, inquiries):
        city_name = known[found.city_id].name if found.city_id in known else "an unknown city"
        advice = "Open the inquiry and correct it."
        what = f"The inquiry from {city_name}"
        yield from told(what, check_inquiry(found, procedures), advice, "inquiry", found.id)
    for letter in rows(connection, Letter, letters):
        what = f"The letter of {letter.on}"
        advice = "Open its inquiry and correct the letter."
        yield from told(what, check_letter(letter), advice, "inquiry", letter.inquiry_id)


def money(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every campaign, pledge and payment keeps the rules, and payments fit what was promised."""
    for campaign in rows(connection, Campaign, campaigns):
        advice = "Open the campaign and correct it."
        yield from told(
            f"The campaign {campaign.name}", check_campaign(campaign), advice, "campaign", campaign.id
        )
    names, currency = _names(connection), currency_of(connection)
    for payment in read_payments(connection):
        what = f"The payment by {names.get(payment.payer_id)} on {payment.received_on}"
        advice = "Void the payment with a reason, and record it anew."
        problems = check_payment(payment, currency=currency)
        yield from told(what, problems, advice, "payment", payment.id)
    every, others = read_pledges(connection), matched_by_id(connection)
    for found in every.values():
        what = f"The pledge by {names.get(found.pledge.donor_id)} of {found.pledge.pledged_on}"
        advice = "Open the pledge, and change its terms or void what does not fit."
        misfits = [Problem("", misfit.message) for misfit in misfits_of(found)]
        of = every.get(found.pledge.matches_id or "")
        matched = check_matched(found.pledge.matches_id, of.pledge if of else None, found.pledge.id, others)
        problems = [*check_pledge(found.pledge, currency=currency), *matched, *misfits]
        yield from told(what, problems, advice, "pledge", found.pledge.id)


RECORD_CHECKS: Final = (
    Check("dates", "Every day is one that can be.", dates),
    Check("commission", "The commission’s particulars keep the rules.", commission),
    Check("settings", "The rule book’s values are ones that they can have.", rule_values),
    Check("contacts", "Every contact keeps the rules.", directory),
    Check("terms", "Terms and offices have their days, and no two overlap.", seat_terms),
    Check("memberships", "Memberships have their days in order.", rosters),
    Check("meetings", "Meetings and postings keep the rules.", sittings),
    Check("inquiries", "Cities, inquiries and letters keep the rules.", approaches),
    Check("money", "Pledges and payments keep the rules and fit each other.", money),
)
