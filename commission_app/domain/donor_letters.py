"""What is written to donors: letters that were sent, the commission's own wording, hours of volunteers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DonorLetterKind(StrEnum):
    CONFIRMATION = "confirmation"
    REMINDER = "reminder"
    THANKS = "thanks"


class Tone(StrEnum):
    """How a reminder speaks: the first one gently, the next one firmly, then for the last time."""

    GENTLE = "gentle"
    FIRM = "firm"
    FINAL = "final"


class Sending(StrEnum):
    LETTER = "letter"
    EMAIL = "email"


class Wordable(StrEnum):
    """The papers whose own words a commission may choose."""

    RECEIPT = "receipt"
    FULL = "full"
    ACKNOWLEDGEMENT = "acknowledgement"
    FUND = "fund"
    IN_KIND = "in-kind"
    CONFIRMATION = "confirmation"
    REMINDER_GENTLE = "reminder-gentle"
    REMINDER_FIRM = "reminder-firm"
    REMINDER_FINAL = "reminder-final"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorLetterDraft:
    """A letter to a donor as it is recorded when it goes out."""

    key: str | None = None
    contact_id: str
    pledge_id: str | None = None
    kind: DonorLetterKind
    tone: Tone | None = None
    on: date
    sending: Sending = Sending.LETTER
    subject: str | None = None
    text: str | None = None
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorLetter:
    """A letter that went to a donor; a reminder has a tone, and `amount_cents` is what it asked for."""

    id: str
    key: str
    contact_id: str
    pledge_id: str | None = None
    kind: DonorLetterKind
    tone: Tone | None = None
    on: date
    sending: Sending = Sending.LETTER
    subject: str | None = None
    text: str | None = None
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The commission's own words of a paper, in place of those that come with the program."""

    id: str
    paper: Wordable
    subject: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerHoursDraft:
    """Time that a volunteer gave, as entered."""

    key: str | None = None
    contact_id: str
    on: date
    minutes: int
    campaign_id: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerHours:
    """Time that a volunteer gave on a day, in minutes: counted, never valued."""

    id: str
    key: str
    contact_id: str
    on: date
    minutes: int
    campaign_id: str | None = None
    what: str | None = None
