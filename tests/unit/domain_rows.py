"""Short ways to make the rows that the rules look at."""

import tomllib
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commission_app import paths
from commission_app.domain.agendas import AgendaItem, ItemKind, Outcome
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import Contact, ContactKind
from commission_app.domain.inquiries import Direction, Inquiry
from commission_app.domain.inquiry_clock import Listing
from commission_app.domain.meetings import Meeting, MeetingKind, Posting
from commission_app.domain.members import Membership, Seat, SeatKind, Term
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook, Setting
from commission_app.domain.rule_packs import RulePack, parse

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def pack(slug: str) -> RulePack:
    """A rule pack from resources."""
    data = tomllib.loads(paths.resource("rules", f"{slug}.toml").read_text(encoding="utf-8"))
    return parse(slug, data)


def book(slug: str = "milpitas", /, *later: tuple[str, Any, date], **values: Any) -> RuleBook:
    """A pack's rule book; `values` (quorum__basis="filled") replace its own; `later`: name, value, day."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    own = [s for s in pack(slug).settings if s.name not in named]
    settings = [Setting(id=s.name, name=s.name, value=s.value, source=s.source) for s in own]
    settings += [Setting(id=name, name=name, value=value) for name, value in named.items()]
    settings += [
        Setting(id=f"{name} {day}", name=name, value=value, from_on=day) for name, value, day in later
    ]
    return RuleBook(settings)


def day(text: str) -> date:
    """A day from YYYY-MM-DD."""
    return date.fromisoformat(text)


def present(text: str) -> Present:
    """The first instant of a day, or a local moment, in Los Angeles."""
    if "T" in text:
        return Present(datetime.fromisoformat(text).replace(tzinfo=LOS_ANGELES), LOS_ANGELES)
    return Present.on(day(text), LOS_ANGELES)


def commission() -> Commission:
    """Alder Glen."""
    return Commission(
        name="Alder Glen Sister Cities Commission",
        city="Alder Glen",
        state="CA",
        zone="America/Los_Angeles",
        rules="milpitas",
    )


def contact(
    key: str, name: str | None = None, kind: ContactKind = ContactKind.PERSON, **fields: Any
) -> Contact:
    """A contact whose id is its key."""
    return Contact(id=key, key=key, kind=kind, name=name or key.title(), **fields)


def seats(regular: int = 7, alternates: int = 0, liaisons: int = 0) -> list[Seat]:
    """Seats whose ids are their keys."""
    counts = {SeatKind.REGULAR: regular, SeatKind.ALTERNATE: alternates, SeatKind.LIAISON: liaisons}
    return [
        Seat(id=f"{kind}-{n}", key=f"{kind}-{n}", kind=kind, label=f"Seat {n}", position=n)
        for kind, count in counts.items()
        for n in range(1, count + 1)
    ]


def term(seat: str, who: str, from_on: str, to_on: str | None = None, **fields: Any) -> Term:
    """A term from texts."""
    return Term(
        id=f"{seat} {who} {from_on}",
        seat_id=seat,
        contact_id=who,
        from_on=day(from_on),
        to_on=day(to_on) if to_on else None,
        **fields,
    )


def membership(
    who: str, from_on: str | None = None, to_on: str | None = None, organization: str = "assoc"
) -> Membership:
    """A membership from texts."""
    return Membership(
        id=f"{who} {from_on}",
        organization_id=organization,
        contact_id=who,
        from_on=day(from_on) if from_on else None,
        to_on=day(to_on) if to_on else None,
    )


def meeting(starts: str, **fields: Any) -> Meeting:
    """A meeting whose id and key are its local start."""
    found = datetime.fromisoformat(starts)
    fields = {"place": "City Hall", "kind": MeetingKind.REGULAR, **fields}
    return Meeting(id=fields.pop("id", starts), key=fields.pop("key", starts), starts=found, **fields)


def posting(of: Meeting, posted_at: str, **fields: Any) -> Posting:
    """A posting at a local moment in Los Angeles, or with an offset."""
    at = datetime.fromisoformat(posted_at)
    return Posting(
        id=posted_at,
        meeting_id=of.id,
        place="City Hall",
        posted_at=at if at.tzinfo else at.replace(tzinfo=LOS_ANGELES),
        **fields,
    )


def item(
    title: str,
    section: str = "new-business",
    position: int = 0,
    kind: ItemKind = ItemKind.DISCUSSION,
    **fields: Any,
) -> AgendaItem:
    """An agenda item."""
    fields.setdefault("id", f"{section} {position} {title}")
    fields.setdefault("meeting_id", "m")
    return AgendaItem(key=fields["id"], section=section, position=position, title=title, kind=kind, **fields)


def inquiry(received_on: str = "2026-05-01", key: str = "i1", **fields: Any) -> Inquiry:
    """An incoming inquiry from the city of the same key, whose id is its key."""
    fields = {"direction": Direction.INCOMING, "city_id": key, **fields}
    return Inquiry(id=key, key=key, received_on=day(received_on), **fields)


def listing(of: str, outcome: Outcome | None = None, label: str = "X.A") -> Listing:
    """An item that names an inquiry at a meeting."""
    return Listing(meeting_id=of, item_id=f"{of} {label}", label=label, outcome=outcome)
