"""What can be found: records, meetings, papers and help pages as entries with the place where they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.contacts import ContactKind
from commission_app.domain.money import format_money
from commission_app.domain.papers import KINDS
from commission_app.domain.text import search_words
from commission_app.gui import labels
from commission_app.gui.page import Place
from commission_app.gui.search import wording
from commission_app.services.search import Hit, Noun

if TYPE_CHECKING:
    from commission_app.services.session import Session

#: So many rows are shown, and so many records of a kind are read.
MOST: Final = 8
MEETING: Final = "meeting"
#: The icon, the page and the tab of each noun.
_SHOWN: Final = {
    Noun.CONTACT: ("person", "members", "contacts"),
    Noun.INQUIRY: ("inquiries", "inquiries", ""),
    Noun.CAMPAIGN: ("fundraising", "fundraising", "overview"),
    Noun.ITEM: ("list", "meetings", "agenda"),
    Noun.LETTER: ("mail", "inquiries", ""),
    Noun.PLEDGE: ("gift", "fundraising", "pledges"),
    Noun.PAYMENT: ("payment", "fundraising", "payments"),
    Noun.MOTION: ("vote", "meetings", "minutes"),
    Noun.ACTION_ITEM: ("ok", "meetings", "to-do"),
    Noun.RECEIPT: ("receipt", "fundraising", "receipts"),
    Noun.DEPOSIT: ("payment", "fundraising", "payments"),
    Noun.DONOR_LETTER: ("mail", "fundraising", "donor"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the help."""

    slug: str


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that can be found: what it is called, its kind in words, where it leads.

    `target` is a place, a help page, or the name of an action. `words` are found as well but not shown. `key`
    names it among what was opened before; `does`: it begins something, rather than being something."""

    icon: str
    text: str
    kind: str
    target: Place | Topic | str
    words: str = ""
    key: str = ""
    does: bool = False


def meeting_entries(session: "Session") -> list[SearchEntry]:
    """The meetings, the nearest first: their names in words are this window's."""
    translate = QCoreApplication.translate
    today = session.context.today().today
    meetings = sorted(session.search.meetings(), key=lambda meeting: abs(meeting.on - today))
    return [
        SearchEntry(
            "meetings",
            translate("search", "{kind} meeting, {day}").format(
                kind=labels.meeting_kind(meeting.kind), day=labels.day_long(meeting.on)
            ),
            translate("search", "Meeting"),
            Place(page="meetings", record_id=meeting.id),
            f"{meeting.on.isoformat()} {meeting.on.year}",
            f"{MEETING}:{meeting.id}",
        )
        for meeting in meetings
    ]


def paper_entries() -> list[SearchEntry]:
    """Everything printable."""
    translate, words = QCoreApplication.translate, wording.paper_words()
    return [
        SearchEntry(
            "papers",
            kind.title,
            translate("search", "Paper"),
            Place(page="papers", tab=kind.slug),
            f"{kind.purpose} {translate('search', 'print pdf')} {words.get(kind.slug, '')}",
            f"paper:{kind.slug}",
        )
        for kind in KINDS
    ]


def help_entries() -> list[SearchEntry]:
    """The pages of the help, found by their headings too."""
    from commission_app.gui.help.topics import help_topics

    kind, words = QCoreApplication.translate("search", "Help"), wording.help_words()
    return [
        SearchEntry(
            "help",
            title,
            kind,
            Topic(slug),
            " ".join((slug, *headings, words.get(slug, ""))),
            f"help:{slug}",
        )
        for slug, title, headings in help_topics()
    ]


def told_entries(text: str) -> list[SearchEntry]:
    """The pages of the help that have every word of a text somewhere, for what nothing is called."""
    from commission_app.gui.help.finding import find

    slugs = dict.fromkeys(hit.slug for hit in find(text))
    by_key = {entry.key: entry for entry in help_entries()}
    return [by_key[f"help:{slug}"] for slug in slugs]


def record_entries(session: "Session", text: str) -> list[SearchEntry]:
    """The other records that have every word of a text, or these initials; and those of the kind that one of
    the words names: the pledges of Yuki for yuki pledge."""
    hits: list[Hit] = []
    for noun, rest in wording.nouns_in(search_words(text)):
        hits += [hit for hit in session.search.find(" ".join(rest), MOST) if hit.noun is noun]
    named = [replace(entry, words=f"{entry.words} {_named(entry)}") for entry in _entries(session, hits)]
    known = {entry.key for entry in named}
    found = _entries(session, session.search.find(text, MOST))
    return [*named, *(entry for entry in found if entry.key not in known)]


def _named(entry: SearchEntry) -> str:
    return " ".join(wording.noun_words()[Noun(entry.key.partition(":")[0])])


def recalled_entries(session: "Session", keys: Sequence[str]) -> list[SearchEntry]:
    """The records that were opened before, as they are called now, in the order of their keys."""
    ids: dict[Noun, list[str]] = {}
    for key in keys:
        noun, _, row_id = key.partition(":")
        if noun in list(Noun):
            ids.setdefault(Noun(noun), []).append(row_id)
    found = {entry.key: entry for entry in _entries(session, session.search.recall(ids))}
    return [found[key] for key in keys if key in found]


def _entries(session: "Session", hits: Sequence[Hit]) -> list[SearchEntry]:
    currency = session.commission.get().currency or "USD" if any(hit.cents for hit in hits) else ""
    return [_entry(hit, currency) for hit in hits]


def _entry(hit: Hit, currency: str) -> SearchEntry:
    icon, page, tab = _SHOWN[hit.noun]
    if hit.noun is Noun.CONTACT:
        kind = labels.contact_kind(ContactKind.PERSON if hit.is_person else ContactKind.ORGANIZATION)
    elif hit.noun is Noun.ITEM and hit.on:
        kind = labels.day_short(hit.on)
    else:
        kind = _kinds()[hit.noun]
        if hit.on:
            kind = f"{kind}, {labels.day_short(hit.on)}"
    amount = format_money(hit.cents, currency, sign=True, locale=QLocale().name()) if hit.cents else ""
    text = ", ".join(filter(None, (hit.text, amount, hit.beside)))
    place = Place(page=page, tab=tab, record_id=hit.opens, part=hit.part)
    if hit.noun is Noun.MOTION:
        place = replace(place, part=None)
    elif hit.noun is Noun.ACTION_ITEM:
        place = replace(place, record_id=hit.key, part=None)
    elif hit.noun is Noun.DEPOSIT:
        place = replace(place, action="deposits")
    return SearchEntry(icon, text, kind, place, hit.words, f"{hit.noun.value}:{hit.key}")


def _kinds() -> Mapping[Noun, str]:
    translate = QCoreApplication.translate
    return {
        Noun.ITEM: translate("search", "Agenda item"),
        Noun.INQUIRY: translate("search", "Inquiry"),
        Noun.CAMPAIGN: translate("search", "Campaign"),
        Noun.LETTER: translate("search", "Letter"),
        Noun.PLEDGE: translate("search", "Pledge"),
        Noun.PAYMENT: translate("search", "Payment"),
        Noun.MOTION: translate("search", "Motion"),
        Noun.ACTION_ITEM: translate("search", "Action item"),
        Noun.RECEIPT: translate("search", "Receipt"),
        Noun.DEPOSIT: translate("search", "Deposit"),
        Noun.DONOR_LETTER: translate("search", "Letter to a donor"),
    }
