"""Search: every record by any part of its words, marks and case aside, in SQL and in blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Select,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
)

from commission_app.domain.contacts import ContactKind
from commission_app.domain.countries import country_name, country_names
from commission_app.domain.meetings import Meeting
from commission_app.domain.text import fold, search_words
from commission_app.services.context import Context
from commission_app.services.deposits import DepositFilter, deposit_lines, deposits_by_words
from commission_app.services.list_blocks import Order
from commission_app.services.receipt_lists import (
    ReceiptFilter,
    ReceiptLine,
    ReceiptSort,
    page_of_receipts,
    receipt_lines,
)
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    action_items,
    agenda_items,
    campaigns,
    cities,
    contacts,
    donor_letters,
    inquiries,
    letters,
    meetings,
    metadata,
    motions,
    payments,
    pledges,
)

#: So many letters may be the initials of a name.
_MOST_INITIALS: Final = 4
#: The column that names the record as part of which the rows of a table are shown.
_OWNERS: Final = {
    "agenda_items": "meeting_id",
    "attendance": "meeting_id",
    "postings": "meeting_id",
    "posting_copies": "meeting_id",
    "proceedings": "meeting_id",
    "recesses": "meeting_id",
    "departures": "meeting_id",
    "seatings": "meeting_id",
    "recusals": "meeting_id",
    "motions": "meeting_id",
    "speakers": "meeting_id",
    "action_items": "meeting_id",
    "minutes": "meeting_id",
    "corrections": "meeting_id",
    "terms": "seat_id",
    "letters": "inquiry_id",
    "steps": "inquiry_id",
    "instalments": "pledge_id",
    "write_offs": "pledge_id",
    "deliveries": "pledge_id",
    "pledge_changes": "pledge_id",
    "allocations": "payment_id",
    "refunds": "payment_id",
    "deposit_items": "deposit_id",
    "refund_parts": "pledge_id",
    "statements": "contact_id",
    "donor_letters": "contact_id",
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
    MOTION = "motion"
    ACTION_ITEM = "action-item"
    RECEIPT = "receipt"
    DEPOSIT = "deposit"
    DONOR_LETTER = "donor-letter"


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

    @property
    def key(self) -> str:
        """The id of the row that was found: of an agenda item its own, though its meeting opens."""
        return self.part or self.opens


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: records that have all words, or those with these ids; at most so many."""

    words: Sequence[str]
    most: int
    ids: Sequence[str] | None = None

    def where(
        self, id_: ColumnElement[str], has: Callable[[str], ColumnElement[bool]]
    ) -> list[ColumnElement[bool]]:
        """The conditions on a record whose `id_` is this column, where `has` tells how it has a word."""
        return [id_.in_(self.ids)] if self.ids is not None else [has(word) for word in self.words]

    def first(self, column: ColumnElement[str]) -> ColumnElement[int]:
        """0 for texts that begin with the first word, else 1."""
        return case((column.startswith(self.words[0] if self.words else "", autoescape=True), 0), else_=1)


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
        entered); then contacts with these initials. Nothing for a text without words.
        """
        words = search_words(text)
        if not words:
            return []
        with self.context.database.reading() as connection:
            wanted = Wanted(words, most)
            found = [hit for find in _FINDERS.values() for hit in find(connection, wanted)]
            return [*found, *_by_initials(connection, wanted)]

    def recall(self, ids: Mapping[Noun, Sequence[str]]) -> list[Hit]:
        """Records found before, by the `key` of their hits, in the order of the kinds; what is gone is not
        there.
        """
        with self.context.database.reading() as connection:
            return [
                hit
                for noun, find in _FINDERS.items()
                if ids.get(noun)
                for hit in find(connection, Wanted((), len(ids[noun]), ids[noun]))
            ]

    def vocabulary(self) -> frozenset[str]:
        """Every word that a record is found by, for telling what a mistyped one may have meant."""
        with self.context.database.reading() as connection:
            keys = [
                connection.execute(select(table.c.search_key).where(table.c.search_key != "")).scalars()
                for table in (
                    contacts,
                    cities,
                    campaigns,
                    agenda_items,
                    letters,
                    inquiries,
                    pledges,
                    payments,
                    motions,
                    action_items,
                )
            ]
            words = {word for column in keys for key in column for word in key.split()}
        return frozenset(words.union(*(fold(name).split() for name in country_names().values())))

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


def _entered(table: Any) -> ColumnElement[int]:
    """The order of entry: going through the rows as they lie, newest first, ends at the last one wanted."""
    return literal_column(f"{table.name}.rowid")


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column kept from its index, which would gather every match before the first is known."""
    return func.coalesce(column, null())


def _contacts(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = contacts.c
    query = (
        select(of.id, of.name, of.search_key, of.kind)
        .where(*wanted.where(of.id, partial(_has, contacts)))
        .order_by(wanted.first(of.search_key), of.search_key, of.id)
        .limit(wanted.most)
    )
    return _contact_hits(connection, query)


def _contact_hits(connection: Connection, query: Executable) -> list[Hit]:
    return [
        Hit(noun=Noun.CONTACT, opens=id_, text=name, words=key, is_person=kind is ContactKind.PERSON)
        for id_, name, key, kind in connection.execute(query)
    ]


def _by_initials(connection: Connection, wanted: Wanted) -> list[Hit]:
    """The contacts whose first words begin with the letters of a short word: Ana Ruiz for ar."""
    of, [first, *others] = contacts.c, wanted.words
    if others or not _MOST_INITIALS >= len(first) > 1 or not first.isalpha():
        return []
    query = (
        select(of.id, of.name, of.search_key, of.kind)
        .where(of.search_key.like("% ".join(first) + "%"), ~_has(contacts, first))
        .order_by(of.search_key, of.id)
        .limit(wanted.most)
    )
    return _contact_hits(connection, query)


def _of_city(word: str) -> Select[Any]:
    """The cities that have a word in a name, or lie in a country that has."""
    codes = [code for code, name in country_names().items() if word in fold(name)]
    return select(cities.c.id).where(or_(_has(cities, word), cities.c.country.in_(codes)))


def _inquiries(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = inquiries.c
    who = func.coalesce(contacts.c.search_key, "")
    query = (
        select(of.id, cities.c.name, cities.c.country, cities.c.native_name, of.received_on)
        .add_columns(cities.c.search_key + " " + of.search_key + " " + who)
        .join_from(inquiries, cities, cities.c.id == of.city_id)
        .outerjoin(contacts, contacts.c.id == of.contact_id)
        .order_by(wanted.first(cities.c.search_key), of.received_on.desc(), of.id)
        .limit(wanted.most)
    )

    def has(word: str) -> ColumnElement[bool]:
        return or_(of.city_id.in_(_of_city(word)), _has(inquiries, word), _has(contacts, word))

    query = query.where(*wanted.where(of.id, has))
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


def _campaigns(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = campaigns.c
    query = (
        select(of.id, of.name, of.search_key)
        .where(*wanted.where(of.id, partial(_has, campaigns)))
        .order_by(wanted.first(of.search_key), of.search_key, of.id)
        .limit(wanted.most)
    )
    found = connection.execute(query)
    return [Hit(noun=Noun.CAMPAIGN, opens=id_, text=name, words=key) for id_, name, key in found]


def _items(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = agenda_items.c
    query = (
        select(of.meeting_id, of.id, of.title, of.search_key, meetings.c.starts)
        .join_from(agenda_items, meetings, meetings.c.id == of.meeting_id)
        .where(*wanted.where(of.id, partial(_has, agenda_items)))
        .order_by(wanted.first(of.search_key), meetings.c.starts.desc(), of.id)
        .limit(wanted.most)
    )
    return [
        Hit(noun=Noun.ITEM, opens=meeting_id, part=id_, text=title, words=key, on=starts.date())
        for meeting_id, id_, title, key, starts in connection.execute(query)
    ]


def _letters(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = letters.c

    def has(word: str) -> ColumnElement[bool]:
        return or_(_has(letters, word), _has(contacts, word))

    who = func.coalesce(contacts.c.search_key, "")
    query = (
        select(of.inquiry_id, of.id, of.subject, of.on, of.search_key + " " + who)
        .outerjoin_from(letters, contacts, contacts.c.id == of.contact_id)
        .where(of.inquiry_id.is_not(None), of.search_key != "")
        .where(*wanted.where(of.id, has))
        .order_by(wanted.first(of.search_key), of.on.desc(), of.id)
        .limit(wanted.most)
    )
    return [
        Hit(noun=Noun.LETTER, opens=inquiry_id, part=id_, text=subject, words=key, on=on)
        for inquiry_id, id_, subject, on, key in connection.execute(query)
        if inquiry_id and subject
    ]


def _pledges(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = pledges.c

    def has(word: str) -> ColumnElement[bool]:
        described = _holding(pledges, word).where(of.search_key != "")
        by_donor = _unindexed(of.donor_id).in_(_holding(contacts, word))
        of_campaign = _unindexed(of.campaign_id).in_(_holding(campaigns, word))
        return or_(by_donor, of_campaign, of.id.in_(described))

    newest = _entered(pledges).desc()
    best = select(of.id).where(*wanted.where(of.id, has)).order_by(newest).limit(wanted.most).subquery()
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


def _payments(connection: Connection, wanted: Wanted) -> list[Hit]:
    of = payments.c

    def has(word: str) -> ColumnElement[bool]:
        return or_(of.payer_id.in_(_holding(contacts, word)), _has(payments, word))

    newest = _entered(payments).desc()
    best = select(of.id).where(*wanted.where(of.id, has)).order_by(newest).limit(wanted.most).subquery()
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


def _of_meeting(noun: Noun, table: Any, connection: Connection, wanted: Wanted) -> list[Hit]:
    """The motions or the action items by their words."""
    of = table.c
    query = (
        select(of.meeting_id, of.id, of.text, of.search_key, meetings.c.starts)
        .join_from(table, meetings, meetings.c.id == of.meeting_id)
        .where(*wanted.where(of.id, partial(_has, table)))
        .order_by(wanted.first(of.search_key), meetings.c.starts.desc(), of.id)
        .limit(wanted.most)
    )
    return [
        Hit(noun=noun, opens=meeting_id, part=id_, text=text, words=key, on=starts.date())
        for meeting_id, id_, text, key, starts in connection.execute(query)
    ]


def _receipts(connection: Connection, wanted: Wanted) -> list[Hit]:
    """Receipts by number (12, 2026-0012) or name, the latest first."""
    if wanted.ids is not None:
        lines: Sequence[ReceiptLine] = receipt_lines(connection, wanted.ids)
    else:
        chosen, latest = (
            ReceiptFilter(text=" ".join(wanted.words)),
            Order(ReceiptSort.NUMBER, descending=True),
        )
        lines = page_of_receipts(connection, chosen, latest, limit=wanted.most, after=None).rows
    return [
        Hit(
            noun=Noun.RECEIPT,
            opens=one.id,
            text=one.label,
            beside=one.name or None,
            words=fold(f"{one.label} {one.name}"),
            on=one.issued_on,
            cents=one.amount_cents,
        )
        for one in lines
    ]


def _deposits(connection: Connection, wanted: Wanted) -> list[Hit]:
    """Deposits by account and reference, the latest first."""
    ids = wanted.ids
    if ids is None:
        ids = deposits_by_words(connection, DepositFilter(text=" ".join(wanted.words)), wanted.most)
    return [
        Hit(
            noun=Noun.DEPOSIT,
            opens=one.id,
            text=one.account or "",
            beside=one.reference,
            words=fold(f"{one.account or ''} {one.reference or ''}"),
            on=one.on,
            cents=one.amount_cents,
        )
        for one in deposit_lines(connection, ids)
    ]


def _donor_letters(connection: Connection, wanted: Wanted) -> list[Hit]:
    """Letters that went to donors, by name and subject."""
    of = donor_letters.c

    def has(word: str) -> ColumnElement[bool]:
        return or_(_has(contacts, word), func.lower(of.subject).contains(word, autoescape=True))

    query = (
        select(of.contact_id, of.id, of.subject, contacts.c.name, of.on, contacts.c.search_key)
        .join_from(donor_letters, contacts, contacts.c.id == of.contact_id)
        .where(of.subject.is_not(None), *wanted.where(of.id, has))
        .order_by(of.on.desc(), of.id)
        .limit(wanted.most)
    )
    return [
        Hit(
            noun=Noun.DONOR_LETTER,
            opens=contact_id,
            part=id_,
            text=subject or "",
            beside=name,
            words=f"{fold(subject or '')} {key}",
            on=on,
        )
        for contact_id, id_, subject, name, on, key in connection.execute(query)
    ]


#: In the order of the list where two fit as well.
_FINDERS: Final[dict[Noun, Callable[[Connection, Wanted], list[Hit]]]] = {
    Noun.CONTACT: _contacts,
    Noun.INQUIRY: _inquiries,
    Noun.CAMPAIGN: _campaigns,
    Noun.ITEM: _items,
    Noun.LETTER: _letters,
    Noun.PLEDGE: _pledges,
    Noun.PAYMENT: _payments,
    Noun.MOTION: partial(_of_meeting, Noun.MOTION, motions),
    Noun.ACTION_ITEM: partial(_of_meeting, Noun.ACTION_ITEM, action_items),
    Noun.RECEIPT: _receipts,
    Noun.DEPOSIT: _deposits,
    Noun.DONOR_LETTER: _donor_letters,
}
