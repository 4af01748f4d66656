"""What happened at a meeting: who sat for whom, what was moved and how each voted, what is to be done; and
what the minutes add to it. Rows only; the rules are in `sitting.py`, `motions.py` and `quorum.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commission_app.domain.motions import Threshold
from commission_app.domain.quorum import QuorumBasis


class Method(StrEnum):
    VOICE = "voice"
    ROLL_CALL = "roll-call"
    UNANIMOUS_CONSENT = "unanimous-consent"


class Answer(StrEnum):
    AYE = "aye"
    NO = "no"
    ABSTAIN = "abstain"
    RECUSED = "recused"
    ABSENT = "absent"


class Purpose(StrEnum):
    """What a motion is for, where its result has an effect of its own."""

    MAIN = "main"
    AMENDMENT = "amendment"
    CONSENT = "consent"  # the consent calendar as a whole
    AGENDA = "agenda"  # approves the agenda
    MINUTES = "minutes"  # approves the minutes of an earlier meeting
    ADD_ITEM = "add-item"  # takes up what is not on the agenda [Gov. Code 54954.2]
    ADJOURN = "adjourn"


class MotionResult(StrEnum):
    CARRIED = "carried"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    NO_SECOND = "no-second"


class AddedGround(StrEnum):
    """Why an item that was not on the posted agenda may be taken up [Gov. Code 54954.2]."""

    EMERGENCY = "emergency"
    AROSE_AFTER_POSTING = "arose-after-posting"


class MinutesStyle(StrEnum):
    ACTION = "action"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """The course of one meeting, at most one row a meeting. Instants are UTC.

    Begun when `called_at` is known, over when `adjourned_at` is; `current_item_id` is where it stands.
    """

    id: str
    meeting_id: str
    called_at: datetime | None = None
    presiding_id: str | None = None
    current_item_id: str | None = None
    adjourned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recess:
    """The meeting stood still from an instant to another; `until_at` None: it still does."""

    id: str
    meeting_id: str
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody left and came back; who left for good has `left` in the attendance instead."""

    id: str
    meeting_id: str
    contact_id: str
    left_at: datetime
    returned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """An alternate (the contact) in the regular seat of an absent member; `until_at` None: to the end."""

    id: str
    meeting_id: str
    contact_id: str
    seat_id: str
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """Somebody takes no part in one item; `until_at` None: to the end of the item."""

    id: str
    meeting_id: str
    contact_id: str
    item_id: str
    from_at: datetime
    until_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What was moved. `position` is its place among the meeting's motions, from 1.

    Closing it sets `closed_at` and `result` and freezes its votes, its threshold, the number of regular
    seats, the basis of the quorum and how many were needed and present. `amends_id`: the motion that an
    amendment changes; `minutes_of_id`: the meeting whose minutes it approves. Once closed it is final: it is
    voided with a reason, never changed.
    """

    id: str
    key: str
    meeting_id: str
    item_id: str | None = None
    position: int
    purpose: Purpose = Purpose.MAIN
    amends_id: str | None = None
    minutes_of_id: str | None = None
    text: str
    mover_id: str | None = None
    seconder_id: str | None = None
    method: Method = Method.VOICE
    threshold: Threshold = Threshold.CAST
    moved_at: datetime | None = None
    closed_at: datetime | None = None
    result: MotionResult | None = None
    regular_seats: int | None = None
    quorum_basis: QuorumBasis | None = None
    quorum_needed: int | None = None
    quorum_present: int | None = None
    voided_on: date | None = None
    void_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One answer to a motion, by name; `seat_id` is the regular seat voted from (an alternate's: sat for)."""

    id: str
    motion_id: str
    contact_id: str
    seat_id: str | None = None
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A member of the public who spoke, in order of `position`; nobody has to give a name [54953.3]."""

    id: str
    meeting_id: str
    item_id: str | None = None
    position: int
    name: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """What somebody must do by a day or by the next meeting; open until `done_on`."""

    id: str
    key: str
    meeting_id: str
    item_id: str | None = None
    text: str
    contact_id: str | None = None
    due_on: date | None = None
    due_next_meeting: bool = False
    done_on: date | None = None
    done_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNote:
    """What the meeting and its minutes add to an agenda item, at most one row an item.

    `began_at`: since when the item is before the meeting; `spent_seconds`: from earlier times that it was.
    `text`: the prose of the minutes; `style` None: as the minutes have it. `pulled`: taken from the consent
    calendar to be voted on by itself; `added`: it was not on the posted agenda, and why it may be taken up.
    """

    id: str
    item_id: str
    began_at: datetime | None = None
    spent_seconds: int = 0
    style: MinutesStyle | None = None
    text: str | None = None
    referred_to: str | None = None
    pulled: bool = False
    added: AddedGround | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a meeting, at most one row a meeting; without `approved_on` they are a draft.

    Approved by a motion of a later meeting they are locked, and `sha256` names the PDF as it was approved.
    """

    id: str
    meeting_id: str
    style: MinutesStyle = MinutesStyle.ACTION
    opening: str | None = None
    closing: str | None = None
    approved_on: date | None = None
    approved_by_id: str | None = None
    as_corrected: bool = False
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of approved minutes, kept beside the text."""

    id: str
    meeting_id: str
    on: date
    by: str | None = None
    text: str
