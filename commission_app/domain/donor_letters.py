"""What is written to donors: letters that were sent, the commission's own wording, hours of volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from commission_app.domain.contacts import Contact


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


# ---- Reminders ------------------------------------------------------------------------------------

#: So long nobody is reminded again unless that is asked for [general knowledge].
REMIND_AGAIN_DAYS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """A pledge with an overdue part, what was sent about it since then, and the tone that comes next.

    `waits_until` is the day from which it may be reminded again, where the last reminder is still fresh.
    """

    pledge_id: str
    donor: Contact
    campaign: str
    pledged_cents: int
    paid_cents: int
    overdue_cents: int
    since: date
    sent: tuple[DonorLetter, ...]
    tone: Tone
    waits_until: date | None

    @property
    def is_proposed(self) -> bool:
        """Whether a reminder is due now: none is fresh, and the last one was not the final one."""
        return self.waits_until is None and not (self.sent and self.sent[-1].tone is Tone.FINAL)


def next_tone(sent: Sequence[DonorLetter]) -> Tone:
    """The tone after the reminders that went out: gentle, then firm, then final, which stays."""
    tones = list(Tone)
    reached = [tones.index(letter.tone) for letter in sent if letter.tone is not None]
    return tones[min(max(reached) + 1, len(tones) - 1)] if reached else Tone.GENTLE


def waits_until(sent: Sequence[DonorLetter], as_of: date) -> date | None:
    """The day from which a donor may be reminded again; None where that has come, or nothing was sent."""
    if not sent:
        return None
    again = max(letter.on for letter in sent) + timedelta(days=REMIND_AGAIN_DAYS)
    return again if again > as_of else None


def since_overdue(letters: Sequence[DonorLetter], since: date) -> tuple[DonorLetter, ...]:
    """The reminders about what is overdue now, the oldest first: older ones were about what is paid since."""
    own = [one for one in letters if one.kind is DonorLetterKind.REMINDER and one.on > since]
    return tuple(sorted(own, key=lambda letter: (letter.on, letter.id)))
