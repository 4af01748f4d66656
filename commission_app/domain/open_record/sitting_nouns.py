"""What happens at a meeting in the open record: its course, motions and votes, action items and minutes."""

from typing import Final

from commission_app.domain.motions import Threshold
from commission_app.domain.open_record.fields import Field, Nested
from commission_app.domain.open_record.kinds import (
    Choice,
    Day,
    Flag,
    Instant,
    Integer,
    Key,
    Reference,
    Sha256,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import (
    CONTACT,
    ITEM,
    LINE,
    LINES,
    MEETING,
    NAME,
    PROSE,
    REQUIRED,
    SEAT,
    VOIDED,
)
from commission_app.domain.proceedings import (
    AddedGround,
    Answer,
    Method,
    MinutesStyle,
    MotionResult,
    Purpose,
)
from commission_app.domain.quorum import QuorumBasis

_SEATS = Integer(0, 1_000)
_FROM = Field("from_at", Instant(), REQUIRED)
_UNTIL = Field("until_at", Instant(), note="null: to the end")

PROCEEDINGS: Final = Noun(
    "proceedings",
    "course of a meeting",
    "courses of meetings",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("called_at", Instant()),
        Field("presiding", CONTACT),
        Field("current_item", ITEM),
        Field("adjourned_at", Instant()),
    ),
    identity=("meeting",),
)

RECESSES: Final = Noun(
    "recesses",
    "recess",
    "recesses",
    (Field("meeting", MEETING, REQUIRED), _FROM, _UNTIL),
    identity=("meeting", "from_at", "until_at"),
)

DEPARTURES: Final = Noun(
    "departures",
    "departure",
    "departures",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("left_at", Instant(), REQUIRED),
        Field("returned_at", Instant(), REQUIRED, note="who did not return has `left` in `attendance`"),
    ),
    identity=("meeting", "contact", "left_at", "returned_at"),
)

SEATINGS: Final = Noun(
    "seatings",
    "seating",
    "seatings",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("contact", CONTACT, REQUIRED, note="the alternate"),
        Field("seat", SEAT, REQUIRED, note="the absent member's"),
        _FROM,
        _UNTIL,
    ),
    identity=("meeting", "seat", "contact", "from_at", "until_at"),
)

RECUSALS: Final = Noun(
    "recusals",
    "recusal",
    "recusals",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("item", ITEM, REQUIRED),
        _FROM,
        Field("until_at", Instant(), note="null: to the end of the item"),
        Field("reason", LINES),
    ),
    identity=("meeting", "item", "contact", "from_at", "until_at"),
)

_CLOSED = Nested(
    (
        Field("at", Instant(), REQUIRED, column="closed_at"),
        Field("result", Choice(MotionResult), REQUIRED),
        Field("regular_seats", _SEATS),
        Field("quorum_basis", Choice(QuorumBasis)),
        Field("quorum_needed", _SEATS),
        Field("quorum_present", _SEATS),
    )
)

MOTIONS: Final = Noun(
    "motions",
    "motion",
    "motions",
    (
        Field("key", Key()),
        Field("meeting", MEETING, REQUIRED),
        Field("item", ITEM),
        Field("position", Integer(1, 100_000), note="among the meeting's motions; null: the last"),
        Field("purpose", Choice(Purpose), otherwise=Purpose.MAIN, note="null: main"),
        Field("amends", Reference(noun="motions"), note="the motion that this one changes"),
        Field("minutes_of", MEETING, note="whose minutes it approves"),
        Field("text", PROSE, REQUIRED),
        Field("mover", CONTACT),
        Field("seconder", CONTACT),
        Field("method", Choice(Method), otherwise=Method.VOICE, note="null: voice"),
        Field("threshold", Choice(Threshold), otherwise=Threshold.CAST, note="null: cast"),
        Field("moved_at", Instant()),
        Field(
            "closed",
            _CLOSED,
            column="",
            note="with its numbers when it carried or failed; final, with the votes",
        ),
        VOIDED,
    ),
    addable="closed",
    then_addable="voided",
)

VOTES: Final = Noun(
    "votes",
    "vote",
    "votes",
    (
        Field("motion", Reference(noun="motions"), REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("seat", SEAT, note="the regular seat voted from; an alternate's: sat for"),
        Field("answer", Choice(Answer), REQUIRED),
    ),
    identity=("motion", "contact"),
)

SPEAKERS: Final = Noun(
    "speakers",
    "public speaker",
    "public speakers",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("item", ITEM),
        Field("position", Integer(1, 100_000), REQUIRED, note="in order"),
        Field("name", NAME, note="nobody has to give one"),
        Field("text", PROSE),
    ),
    identity=("meeting", "position", "item", "name", "text"),
)

_DONE = Nested(
    (
        Field("on", Day(), REQUIRED, column="done_on"),
        Field("note", LINES, column="done_note"),
    )
)

ACTION_ITEMS: Final = Noun(
    "action_items",
    "action item",
    "action items",
    (
        Field("key", Key()),
        Field("meeting", MEETING, REQUIRED),
        Field("item", ITEM),
        Field("text", LINES, REQUIRED),
        Field("contact", CONTACT, note="who does it"),
        Field("due_on", Day()),
        Field("due_next_meeting", Flag(), note="instead of a day"),
        Field("done", _DONE, column=""),
    ),
    addable="done",
)

ITEM_NOTES: Final = Noun(
    "item_notes",
    "note on an agenda item",
    "notes on agenda items",
    (
        Field("item", ITEM, REQUIRED),
        Field("began_at", Instant(), note="since when the item is before the meeting"),
        Field("spent_seconds", Integer(0, 1_000_000), otherwise=0, note="from earlier times that it was"),
        Field("style", Choice(MinutesStyle), note="null: as the minutes have it"),
        Field("text", PROSE, note="the prose of the minutes"),
        Field("referred_to", LINE),
        Field("pulled", Flag(), note="from the consent calendar"),
        Field("added", Choice(AddedGround), note="why it was taken up without being on the posted agenda"),
    ),
    identity=("item",),
)

_APPROVED = Nested(
    (
        Field("on", Day(), REQUIRED, column="approved_on"),
        Field("motion", Reference(noun="motions"), column="approved_by_id"),
        Field("as_corrected", Flag()),
        Field("sha256", Sha256()),
    ),
    is_whole=True,
)

MINUTES: Final = Noun(
    "minutes",
    "set of minutes",
    "sets of minutes",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("style", Choice(MinutesStyle), otherwise=MinutesStyle.ACTION, note="null: action"),
        Field("opening", PROSE),
        Field("closing", PROSE),
        Field("approved", _APPROVED, column="", note="by a motion of a later meeting; final"),
    ),
    identity=("meeting",),
    addable="approved",
)

CORRECTIONS: Final = Noun(
    "corrections",
    "correction of minutes",
    "corrections of minutes",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("by", NAME),
        Field("text", PROSE, REQUIRED),
    ),
    identity=("meeting", "on", "by", "text"),
)

#: In the order in which they are written: what others refer to stands before them.
SITTING_NOUNS: Final = (
    PROCEEDINGS,
    RECESSES,
    DEPARTURES,
    SEATINGS,
    RECUSALS,
    MOTIONS,
    VOTES,
    SPEAKERS,
    ACTION_ITEMS,
    ITEM_NOTES,
    MINUTES,
    CORRECTIONS,
)
