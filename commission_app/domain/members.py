"""Seats, terms, offices and the rosters of community organizations."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SeatKind(StrEnum):
    REGULAR = "regular"
    ALTERNATE = "alternate"
    LIAISON = "liaison"


class TermEnd(StrEnum):
    EXPIRED = "expired"
    RESIGNED = "resigned"
    REMOVED = "removed"
    DIED = "died"
    MOVED_SEAT = "moved-seat"


class OfficeTitle(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"


class SeatState(StrEnum):
    FILLED = "filled"
    ENDING_SOON = "ending-soon"
    HOLDOVER = "holdover"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A chair at the table; it exists while empty. `position` orders seats of one kind."""

    id: str
    key: str
    kind: SeatKind
    label: str
    appointed_by: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDraft:
    """A term as entered."""

    seat_id: str
    contact_id: str
    from_on: date
    to_on: date | None = None
    ended: TermEnd | None = None
    ended_on: date | None = None
    vacancy_notice_on: date | None = None
    appointed_by: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One contact in one seat from a day to a day, both inclusive; `to_on` None is open."""

    id: str
    seat_id: str
    contact_id: str
    from_on: date
    to_on: date | None = None
    ended: TermEnd | None = None
    ended_on: date | None = None
    vacancy_notice_on: date | None = None
    appointed_by: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Chair, vice chair, secretary or treasurer: a contact from a day to a day."""

    id: str
    title: OfficeTitle
    contact_id: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityOrganization:
    """The non-profit that carries a sister city's programmes."""

    id: str
    key: str
    contact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A contact on an organization's roster; `from_on` None is before the record."""

    id: str
    organization_id: str
    contact_id: str
    from_on: date | None = None
    to_on: date | None = None
