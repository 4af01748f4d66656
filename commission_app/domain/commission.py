"""The commission itself: its name, letterhead, notices and staff."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Address (several lines), telephone, e-mail and website as printed on every paper."""

    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accommodation:
    """Whom to ask for an accommodation, and how many hours before a meeting."""

    contact: str | None = None
    phone: str | None = None
    hours_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Texts printed below every agenda: how to speak, and where late papers can be read."""

    speaking: str | None = None
    late_papers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A city employee who serves the commission."""

    id: str = ""
    contact_id: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """The advisory body whose file this is. An empty currency is read as USD."""

    name: str
    city: str
    state: str | None = None
    country: str | None = None
    zone: str
    currency: str | None = None
    rules: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    accommodation: Accommodation = field(default_factory=Accommodation)
    notices: Notices = field(default_factory=Notices)
    posting_places: tuple[str, ...] = ()
    staff: tuple[StaffMember, ...] = ()
