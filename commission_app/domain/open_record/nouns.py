"""Every noun of the open record with its fields: the one description that all the rest is derived from."""

from enum import StrEnum
from typing import Final

from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.contacts import ContactKind
from commission_app.domain.meetings import AttendanceState, MeetingKind, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind, TermEnd
from commission_app.domain.open_record.inquiry_nouns import CITIES, INQUIRIES, LETTERS, STEPS
from commission_app.domain.open_record.kinds import (
    AnyJson,
    Bytes,
    Choice,
    Day,
    Field,
    Flag,
    Instant,
    Integer,
    Key,
    LocalTime,
    Nested,
    Reference,
    Several,
    Sha256,
    Text,
)
from commission_app.domain.open_record.money_nouns import (
    CAMPAIGNS,
    DELIVERIES,
    PAYMENTS,
    PLEDGES,
    WRITE_OFFS,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import VOIDED
from commission_app.domain.open_record.sitting_nouns import SITTING_NOUNS
from commission_app.domain.open_record.treasury_nouns import TREASURY_NOUNS
from commission_app.domain.validation import (
    ADDRESS,
    EMAIL,
    LABEL,
    LANGUAGE,
    MOST_HOURS_BEFORE,
    MOST_MINUTES,
    NAME,
    NOTE,
    NOTICE,
    PHONE,
    PLACE,
    RECOMMENDED,
    TEXT,
    TITLE,
    WEBSITE,
)


class AttachmentUse(StrEnum):
    LOGO = "logo"
    ORIGINAL = "original"
    PAPER = "paper"


class AttachmentNoun(StrEnum):
    """The lists whose entries can carry attachments."""

    COMMISSION = "commission"
    CONTACTS = "contacts"
    COMMUNITY_ORGANIZATIONS = "community_organizations"
    MEETINGS = "meetings"
    AGENDA_ITEMS = "agenda_items"
    POSTING_COPIES = "posting_copies"
    INQUIRIES = "inquiries"
    LETTERS = "letters"
    MINUTES = "minutes"


_NAME = Text(NAME)
_EMAIL = Text(EMAIL)
_PHONE = Text(PHONE)
_ADDRESS = Text(ADDRESS, multiline=True)
_PLACE = Text(PLACE)
_SOURCE = Text(1_000)
_NOTICE = Text(NOTICE, multiline=True)
_NOTE = Text(NOTE, multiline=True)
_CONTACT = Reference(noun="contacts")
_SEAT = Reference(noun="seats")
_MEETING = Reference(noun="meetings")
_ORGANIZATION = Reference(noun="community_organizations")
_REQUIRED: Final = True

_LETTERHEAD = Nested(
    (
        Field("address", _ADDRESS),
        Field("phone", _PHONE),
        Field("email", _EMAIL),
        Field("website", Text(WEBSITE)),
    )
)
_ACCOMMODATION = Nested(
    (
        Field("contact", _NAME, column="accommodation_contact"),
        Field("phone", _PHONE, column="accommodation_phone"),
        Field("hours_before", Integer(0, MOST_HOURS_BEFORE), column="accommodation_hours_before"),
    )
)
_NOTICES = Nested((Field("speaking", _NOTICE), Field("late_papers", _NOTICE)))
_STAFF = Nested((Field("contact", _CONTACT, _REQUIRED), Field("title", _NAME)))

COMMISSION: Final = Noun(
    "commission",
    "commission",
    "commissions",
    (
        Field("name", _NAME, _REQUIRED),
        Field("city", _NAME, _REQUIRED),
        Field("state", _NAME),
        Field("country", _NAME),
        Field("zone", _NAME, _REQUIRED),
        Field("currency", Text(3)),
        Field("rules", _NAME, _REQUIRED),
        Field("letterhead", _LETTERHEAD),
        Field("accommodation", _ACCOMMODATION),
        Field("notices", _NOTICES),
        Field("posting_places", Several(_PLACE, 100)),
        Field("staff", Several(_STAFF, 100)),
    ),
    is_single=True,
)

SETTINGS: Final = Noun(
    "settings",
    "setting",
    "settings",
    (
        Field("name", _NAME, _REQUIRED),
        Field("value", AnyJson(), _REQUIRED),
        Field("from", Day(), column="from_on"),
        Field("source", _SOURCE),
        Field("note", _NOTE),
    ),
    identity=("name", "from"),
)

CONTACTS: Final = Noun(
    "contacts",
    "contact",
    "contacts",
    (
        Field("key", Key(), _REQUIRED),
        Field("kind", Choice(ContactKind), _REQUIRED),
        Field("name", _NAME, _REQUIRED),
        Field("email", _EMAIL),
        Field("phone", _PHONE),
        Field("address", _ADDRESS),
        Field("language", Text(LANGUAGE)),
        Field("minor", Flag()),
        Field("ein", _NAME),
        Field("note", _NOTE),
    ),
)

SEATS: Final = Noun(
    "seats",
    "seat",
    "seats",
    (
        Field("key", Key(), _REQUIRED),
        Field("kind", Choice(SeatKind), _REQUIRED),
        Field("label", Text(LABEL), _REQUIRED),
        Field("appointed_by", _NAME),
    ),
)

TERMS: Final = Noun(
    "terms",
    "term",
    "terms",
    (
        Field("seat", _SEAT, _REQUIRED),
        Field("contact", _CONTACT, _REQUIRED),
        Field("from", Day(), _REQUIRED, column="from_on"),
        Field("to", Day(), column="to_on"),
        Field("ended", Choice(TermEnd)),
        Field("ended_on", Day()),
        Field("vacancy_notice_on", Day()),
        Field("appointed_by", _NAME),
        Field("confirmed_on", Day()),
    ),
    identity=("seat", "from", "contact"),
)

OFFICES: Final = Noun(
    "offices",
    "office",
    "offices",
    (
        Field("title", Choice(OfficeTitle), _REQUIRED),
        Field("contact", _CONTACT, _REQUIRED),
        Field("from", Day(), _REQUIRED, column="from_on"),
        Field("to", Day(), column="to_on"),
    ),
    identity=("title", "from", "contact", "to"),
)

COMMUNITY_ORGANIZATIONS: Final = Noun(
    "community_organizations",
    "community organization",
    "community organizations",
    (Field("key", Key(), _REQUIRED), Field("contact", _CONTACT, _REQUIRED)),
)

MEMBERSHIPS: Final = Noun(
    "memberships",
    "membership",
    "memberships",
    (
        Field("organization", _ORGANIZATION, _REQUIRED),
        Field("contact", _CONTACT, _REQUIRED),
        Field("from", Day(), column="from_on", note="null: before the record"),
        Field("to", Day(), column="to_on"),
    ),
    identity=("organization", "contact", "from", "to"),
)

MEETINGS: Final = Noun(
    "meetings",
    "meeting",
    "meetings",
    (
        Field("key", Key(), _REQUIRED),
        Field("kind", Choice(MeetingKind), _REQUIRED),
        Field("starts", LocalTime(), _REQUIRED),
        Field("place", _PLACE),
        Field("state", Choice(MeetingState), _REQUIRED),
        Field("instead_of", Day()),
        Field("notice", _NOTICE),
    ),
)

POSTING_COPIES: Final = Noun(
    "posting_copies",
    "posting copy",
    "posting copies",
    (
        Field("meeting", _MEETING, _REQUIRED),
        Field("number", Integer(1, 10_000), _REQUIRED),
        Field("made_at", Instant(), _REQUIRED),
        Field("sha256", Sha256(), _REQUIRED, note="its PDF is an attachment"),
    ),
    identity=("meeting", "number"),
)

POSTINGS: Final = Noun(
    "postings",
    "posting",
    "postings",
    (
        Field("meeting", _MEETING, _REQUIRED),
        Field("copy", Integer(1, 10_000), note="number of its posting copy; null: from paper"),
        Field("place", _PLACE, _REQUIRED),
        Field("by", _NAME),
        Field("posted_at", Instant(), _REQUIRED),
        Field("sha256", Sha256()),
        Field("voided", VOIDED, column=""),
    ),
    identity=("meeting", "posted_at", "place", "copy", "by", "sha256"),
    addable="voided",
)

AGENDA_ITEMS: Final = Noun(
    "agenda_items",
    "agenda item",
    "agenda items",
    (
        Field("key", Key()),
        Field("meeting", _MEETING, _REQUIRED),
        Field("section", _NAME, _REQUIRED, note="a section of the order of business"),
        Field("position", Integer(0, 100_000), note="within its section; null: the last"),
        Field("title", Text(TITLE), _REQUIRED),
        Field("kind", Choice(ItemKind), _REQUIRED),
        Field("presenter", _NAME),
        Field("minutes", Integer(0, MOST_MINUTES)),
        Field("recommended_action", Text(RECOMMENDED, multiline=True)),
        Field("text", Text(TEXT, multiline=True)),
        Field("inquiry", Reference(noun="inquiries")),
        Field("outcome", Choice(Outcome)),
        Field("continued_from", Reference(noun="agenda_items")),
    ),
)

ATTENDANCE: Final = Noun(
    "attendance",
    "attendance entry",
    "attendance entries",
    (
        Field("meeting", _MEETING, _REQUIRED),
        Field("contact", _CONTACT, _REQUIRED),
        Field("seat", _SEAT, note="the one held; not given: the one of the term on that day"),
        Field("state", Choice(AttendanceState), _REQUIRED),
        Field("arrived", Instant()),
        Field("left", Instant()),
        Field("remote_reason", _SOURCE),
    ),
    identity=("meeting", "contact"),
)

ATTACHMENTS: Final = Noun(
    "attachments",
    "attachment",
    "attachments",
    (
        Field("key", Key(), _REQUIRED),
        Field("noun", Choice(AttachmentNoun), _REQUIRED),
        Field(
            "of",
            Text(500),
            _REQUIRED,
            column="of_id",
            note="its key; of a posting copy `meeting/number`, of minutes the key of their meeting, "
            "of the commission `commission`",
        ),
        Field("use", Choice(AttachmentUse)),
        Field("name", Text(255), _REQUIRED),
        Field("type", Text(200), _REQUIRED),
        Field("sha256", Sha256(), _REQUIRED),
        Field("bytes", Bytes(), on_request=True),
    ),
)

#: In the order in which they are shown and written: what others refer to stands before them.
NOUNS: Final = (
    COMMISSION,
    SETTINGS,
    CONTACTS,
    SEATS,
    TERMS,
    OFFICES,
    COMMUNITY_ORGANIZATIONS,
    MEMBERSHIPS,
    MEETINGS,
    POSTING_COPIES,
    POSTINGS,
    CITIES,
    INQUIRIES,
    STEPS,
    LETTERS,
    AGENDA_ITEMS,
    ATTENDANCE,
    *SITTING_NOUNS,
    CAMPAIGNS,
    PLEDGES,
    PAYMENTS,
    WRITE_OFFS,
    DELIVERIES,
    *TREASURY_NOUNS,
    ATTACHMENTS,
)

BY_NAME: Final = {noun.name: noun for noun in NOUNS}
