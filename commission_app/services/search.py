"""Search: every record by any part of its words, marks and case aside, in SQL and in blocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal_column, null, or_, select

from commission_app.domain.contacts import ContactKind
from commission_app.domain.countries import country_name, country_names
from commission_app.domain.meetings import Meeting
from commission_app.domain.text import fold
from commission_app.services.context import Context
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    agenda_items,
    campaigns,
    cities,
    contacts,
    inquiries,
    letters,
    meetings,
    metadata,
    payments,
    pledges,
)

#: The column that names the record as part of which the rows of a table are shown.
_OWNERS: Final = {
    "agenda_items": "meeting_id",
    "attendance": "meeting_id",
    "postings": "meeting_id",
    "posting_copies": "meeting_id",
    "terms": "seat_id",
    "letters": "inquiry_id",
    "steps": "inquiry_id",
    "instalments": "pledge_id",
    "write_offs": "pledge_id",
    "deliveries": "pledge_id",
    "pledge_changes": "pledge_id",
    "allocations": "payment_id",
}


class Noun(StrEnum):
    """What was found."""

    CONTACT = "contact"
    INQUIRY = "inquiry"
    CAMPAIGN = "campaign"
    ITEM = "agenda-item"
    LETTER = "letter"
    PLEDGE = "pledge"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that has every word. `text` is what it is called, `beside` what stands beside that: a city's
    own spelling, a pledge's description, a payment's reference. `opens` is the record to be shown, `part`
    what to select in it: of an agenda item its meeting and the item, of a letter its inquiry and the letter.
    `words` are the folded texts that were searched.
    """

    noun: Noun
    opens: str
    text: str
    words: str
    part: str | None = None
    beside: str | None = None
    on: date | None = None
    cents: int | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class SearchService:
    """Finds records for the search box."""

    context: Context

    def meetings(self) -> list[Meeting]:
        """All meetings, whose names in words only the screen knows."""
        with self.context.database.reading() as connection:
            return rows(connection, Meeting, meetings, order=meetings.c.starts)

    def find(self, text: str, most: int = 8) -> list[Hit]:
        """The records that have every word of a text somewhere, at most so many of each kind: those that
        begin with the first word before the others, the newest first (of pledges and payments: the last
        entered). Nothing for a text without words.
        """
        words = fold(text).split()
        if not words:
            return []
        with self.context.database.reading() as connection:
            return [hit for find in _FINDERS for hit in find(connection, words, most)]

    def owner_of(self, table: str, row_id: str) -> str | None:
        """The record as part of which a row is shown: of an agenda item its meeting, of an allocation its
        payment, of most rows the row itself; None when it is not in the file any more.
        """
        of = metadata.tables[table].c
        owner = of[_OWNERS[table]] if table in _OWNERS else of.id
        with self.context.database.reading() as connection:
            found: str | None = connection.execute(select(owner).where(of.id == row_id)).scalar()
            return found


def _has(table: Any, word: str) -> ColumnElement[bool]:
    return table.c.search_key.contains(word, autoescape=True)  # type: ignore[no-any-return]


def _holding(table: Any, word: str) -> Select[Any]:
    return select(table.c.id).where(_has(table, word))


def _first(column: ColumnElement[str], words: Sequence[str]) -> ColumnElement[int]:
    """0 for texts that begin with the first word, else 1."""
    return case((column.startswith(words[0], autoescape=True), 0), else_=1)


def _entered(table: Any) -> ColumnElement[int]:
    """The order of entry: going through the rows as they lie, newest first, ends at the last one wanted."""
    return literal_column(f"{table.name}.rowid")


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column kept from its index, which would gather every match before the first is known."""
    return func.coalesce(column, null())


def _contacts(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = contacts.c
    query = (
        select(of.id, of.name, of.search_key, of.kind)
        .where(*(_has(contacts, word) for word in words))
        .order_by(_first(of.search_key, words), of.search_key, of.id)
        .limit(most)
    )
    return [
        Hit(noun=Noun.CONTACT, opens=id_, text=name, words=key, is_person=kind is ContactKind.PERSON)
        for id_, name, key, kind in connection.execute(query)
    ]


def _of_city(word: str) -> Select[Any]:
    """The cities that have a word in a name, or lie in a country that has."""
    codes = [code for code, name in country_names().items() if word in fold(name)]
    return select(cities.c.id).where(or_(_has(cities, word), cities.c.country.in_(codes)))


def _inquiries(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = inquiries.c
    who = func.coalesce(contacts.c.search_key, "")
    query = (
        select(of.id, cities.c.name, cities.c.country, cities.c.native_name, of.received_on)
        .add_columns(cities.c.search_key + " " + of.search_key + " " + who)
        .join_from(inquiries, cities, cities.c.id == of.city_id)
        .outerjoin(contacts, contacts.c.id == of.contact_id)
        .order_by(_first(cities.c.search_key, words), of.received_on.desc(), of.id)
        .limit(most)
    )
    for word in words:
        either = or_(of.city_id.in_(_of_city(word)), _has(inquiries, word), _has(contacts, word))
        query = query.where(either)
    return [
        Hit(
            noun=Noun.INQUIRY,
            opens=id_,
            text=f"{city}, {country_name(code)}",
            beside=native,
            words=f"{key} {fold(country_name(code))}",
            on=on,
        )
        for id_, city, code, native, on, key in connection.execute(query)
    ]


def _campaigns(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = campaigns.c
    query = (
        select(of.id, of.name, of.search_key)
        .where(*(_has(campaigns, word) for word in words))
        .order_by(_first(of.search_key, words), of.search_key, of.id)
        .limit(most)
    )
    found = connection.execute(query)
    return [Hit(noun=Noun.CAMPAIGN, opens=id_, text=name, words=key) for id_, name, key in found]


def _items(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = agenda_items.c
    query = (
        select(of.meeting_id, of.id, of.title, of.search_key, meetings.c.starts)
        .join_from(agenda_items, meetings, meetings.c.id == of.meeting_id)
        .where(*(_has(agenda_items, word) for word in words))
        .order_by(_first(of.search_key, words), meetings.c.starts.desc(), of.id)
        .limit(most)
    )
    return [
        Hit(noun=Noun.ITEM, opens=meeting_id, part=id_, text=title, words=key, on=starts.date())
        for meeting_id, id_, title, key, starts in connection.execute(query)
    ]


def _letters(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = letters.c
    who = func.coalesce(contacts.c.search_key, "")
    query = (
        select(of.inquiry_id, of.id, of.subject, of.on, of.search_key + " " + who)
        .outerjoin_from(letters, contacts, contacts.c.id == of.contact_id)
        .where(of.inquiry_id.is_not(None), of.search_key != "")
        .where(*(or_(_has(letters, word), _has(contacts, word)) for word in words))
        .order_by(_first(of.search_key, words), of.on.desc(), of.id)
        .limit(most)
    )
    return [
        Hit(noun=Noun.LETTER, opens=inquiry_id, part=id_, text=subject, words=key, on=on)
        for inquiry_id, id_, subject, on, key in connection.execute(query)
        if inquiry_id and subject
    ]


def _pledges(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = pledges.c
    found = select(of.id, of.pledged_on).order_by(_entered(pledges).desc()).limit(most)
    for word in words:
        described = _holding(pledges, word).where(of.search_key != "")
        by_donor = _unindexed(of.donor_id).in_(_holding(contacts, word))
        of_campaign = _unindexed(of.campaign_id).in_(_holding(campaigns, word))
        found = found.where(or_(by_donor, of_campaign, of.id.in_(described)))
    best = found.subquery()
    key = contacts.c.search_key + " " + campaigns.c.search_key + " " + of.search_key
    query = (
        select(of.id, contacts.c.name, of.description, of.pledged_on, of.amount_cents, key)
        .join(best, best.c.id == of.id)
        .join(contacts, contacts.c.id == of.donor_id)
        .join(campaigns, campaigns.c.id == of.campaign_id)
        .order_by(of.pledged_on.desc(), of.id)
    )
    return [
        Hit(noun=Noun.PLEDGE, opens=id_, text=donor, beside=what, words=words_, on=on, cents=cents)
        for id_, donor, what, on, cents, words_ in connection.execute(query)
    ]


def _payments(connection: Connection, words: Sequence[str], most: int) -> list[Hit]:
    of = payments.c
    found = select(of.id).order_by(_entered(payments).desc()).limit(most)
    for word in words:
        found = found.where(or_(of.payer_id.in_(_holding(contacts, word)), _has(payments, word)))
    best = found.subquery()
    query = (
        select(of.id, contacts.c.name, of.reference, of.received_on, of.amount_cents)
        .add_columns(contacts.c.search_key + " " + of.search_key)
        .join(best, best.c.id == of.id)
        .join(contacts, contacts.c.id == of.payer_id)
        .order_by(of.received_on.desc(), of.id)
    )
    return [
        Hit(noun=Noun.PAYMENT, opens=id_, text=payer, beside=reference, words=key, on=on, cents=cents)
        for id_, payer, reference, on, cents, key in connection.execute(query)
    ]


#: In the order of the list where two fit as well.
_FINDERS: Final[tuple[Callable[[Connection, Sequence[str], int], list[Hit]], ...]] = (
    _contacts,
    _inquiries,
    _campaigns,
    _items,
    _letters,
    _pledges,
    _payments,
)
