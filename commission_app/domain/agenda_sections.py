"""The sections of an agenda: standing titles, kinds and texts, and their order by kind of meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commission_app.domain.agendas import ItemKind
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.setting_specs import DEFAULT_ORDER


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingSection:
    """What a section always carries: title, kind at the right, text below the title.

    `special_text` takes the place of `text` at special and emergency meetings; `reports` are the
    titles of items that every regular agenda is offered; `prints_empty`: the section is printed
    even without items.
    """

    slug: str
    title: str
    kind: ItemKind | None = None
    text: str = ""
    special_text: str | None = None
    reports: tuple[str, ...] = ()
    prints_empty: bool = False

    @classmethod
    def of(cls, slug: str) -> "StandingSection":
        """The program's own words for a section; an unknown slug is read as its title."""
        return _STANDING.get(slug) or cls(slug=slug, title=slug.replace("-", " ").capitalize())

    def text_for(self, kind: MeetingKind) -> str:
        """The standing text at a kind of meeting."""
        if kind is not MeetingKind.REGULAR and self.special_text is not None:
            return self.special_text
        return self.text


def _standing(slug: str, title: str, kind: ItemKind | None = None, empty: bool = False) -> StandingSection:
    return StandingSection(slug=slug, title=title, kind=kind, prints_empty=empty)


_STANDING = {
    section.slug: section
    for section in (
        _standing("opening", "Call to order and roll call", empty=True),
        _standing("pledge", "Pledge of allegiance", empty=True),
        _standing("alternates", "Seating of alternates", empty=True),
        _standing("public-forum", "Public forum", empty=True),
        _standing("announcements", "Announcements and correspondence", empty=True),
        _standing("conflicts", "Conflicts of interest", empty=True),
        _standing("approve-agenda", "Approval of the agenda", ItemKind.ACTION, empty=True),
        _standing("approve-minutes", "Approval of minutes"),
        _standing("consent", "Consent calendar"),
        _standing("reports", "Reports"),
        _standing("unfinished-business", "Unfinished business"),
        _standing("new-business", "New business"),
        _standing("business", "Business"),
        _standing("future-items", "Future agenda items and next meeting", empty=True),
        _standing("adjournment", "Adjournment", empty=True),
    )
}

KIND_WORDS = {
    ItemKind.INFORMATION: "Information",
    ItemKind.DISCUSSION: "Discussion",
    ItemKind.ACTION: "Action",
    ItemKind.CONSENT: "Consent",
    ItemKind.CLOSED: "Closed session",
}


def sections_for(kind: MeetingKind, order: Mapping[str, Sequence[str]] | Any) -> tuple[str, ...]:
    """The sections of a kind of meeting in their order, from the value of `agenda.order`.

    A kind that the setting leaves out has the short order.
    """
    return tuple(order.get(kind.value) or DEFAULT_ORDER[kind.value])


def section_for_business(sections: Sequence[str], *, unfinished: bool) -> str:
    """Where a new item of business goes: unfinished or new business, else business, else the last but one."""
    for slug in ("unfinished-business" if unfinished else "new-business", "new-business", "business"):
        if slug in sections:
            return slug
    return sections[-2] if len(sections) > 1 else sections[-1]
