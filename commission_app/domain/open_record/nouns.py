"""Every noun of the open record with its fields: the one description that all the rest is derived from."""

from enum import StrEnum
from typing import Final

from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.contacts import ContactKind
from commission_app.domain.meetings import AttendanceState, MeetingKind, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind, TermEnd
from commission_app.domain.open_record.fields import Field, Nested, Several
from commission_app.domain.open_record.inquiry_nouns import CITIES, INQUIRIES, LETTERS, STEPS
from commission_app.domain.open_record.kinds import (
    AnyJson,
    Bytes,
    Choice,
    Day,
    Flag,
    Instant,
    Integer,
    Key,
    LocalTime,
    Reference,
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
from commission_app.domain.open_record.parts import (
    CONTACT,
    FROM,
    INQUIRY,
    ITEM,
    LINES,
    MEETING,
    NAME,
    NOTE,
    PROSE,
    REQUIRED,
    SEAT,
    TO,
    VOIDED,
)
from commission_app.domain.open_record.sitting_nouns import SITTING_NOUNS
from commission_app.domain.open_record.treasury_nouns import TREASURY_NOUNS
from commission_app.domain.validation import (
    ADDRESS,
    EMAIL,
    LABEL,
    LANGUAGE,
    MOST_HOURS_BEFORE,
    MOST_MINUTES,
    NOTICE,
    PHONE,
    PLACE,
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


_EMAIL = Text(EMAIL)
_PHONE = Text(PHONE)
_ADDRESS = Text(ADDRESS, multiline=True)
_PLACE = Text(PLACE)
_SOURCE = Text(1_000)
_NOTICE = Text(NOTICE, multiline=True)
_ORGANIZATION = Reference(noun="community_organizations")

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
        Field("contact", NAME, column="accommodation_contact"),
        Field("phone", _PHONE, column="accommodation_phone"),
        Field("hours_before", Integer(0, MOST_HOURS_BEFORE), column="accommodation_hours_before"),
    )
)
_NOTICES = Nested((Field("speaking", _NOTICE), Field("late_papers", _NOTICE)))
_STAFF = Nested((Field("contact", CONTACT, REQUIRED), Field("title", NAME)))

COMMISSION: Final = Noun(
    "commission",
    "commission",
    "commissions",
    (
        Field("name", NAME, REQUIRED),
        Field("city", NAME, REQUIRED),
        Field("state", NAME),
        Field("country", NAME),
        Field("zone", NAME, REQUIRED),
        Field("currency", Text(3)),
        Field("rules", NAME, REQUIRED),
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
        Field("name", NAME, REQUIRED),
        Field("value", AnyJson(), REQUIRED),
        FROM,
        Field("source", _SOURCE),
        Field("note", NOTE),
    ),
    identity=("name", "from"),
)

CONTACTS: Final = Noun(
    "contacts",
    "contact",
    "contacts",
    (
        Field("key", Key(), REQUIRED),
        Field("kind", Choice(ContactKind), REQUIRED),
        Field("name", NAME, REQUIRED),
        Field("email", _EMAIL),
        Field("phone", _PHONE),
        Field("address", _ADDRESS),
        Field("language", Text(LANGUAGE)),
        Field("minor", Flag()),
        Field("ein", NAME),
        Field("note", NOTE),
    ),
)

SEATS: Final = Noun(
    "seats",
    "seat",
    "seats",
    (
        Field("key", Key(), REQUIRED),
        Field("kind", Choice(SeatKind), REQUIRED),
        Field("label", Text(LABEL), REQUIRED),
        Field("appointed_by", NAME),
    ),
)

TERMS: Final = Noun(
    "terms",
    "term",
    "terms",
    (
        Field("seat", SEAT, REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("from", Day(), REQUIRED, column="from_on"),
        TO,
        Field("ended", Choice(TermEnd)),
        Field("ended_on", Day()),
        Field("vacancy_notice_on", Day()),
        Field("appointed_by", NAME),
        Field("confirmed_on", Day()),
    ),
    identity=("seat", "from", "contact"),
)

OFFICES: Final = Noun(
    "offices",
    "office",
    "offices",
    (
        Field("title", Choice(OfficeTitle), REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("from", Day(), REQUIRED, column="from_on"),
        TO,
    ),
    identity=("title", "from", "contact", "to"),
)

COMMUNITY_ORGANIZATIONS: Final = Noun(
    "community_organizations",
    "community organization",
    "community organizations",
    (Field("key", Key(), REQUIRED), Field("contact", CONTACT, REQUIRED)),
)

MEMBERSHIPS: Final = Noun(
    "memberships",
    "membership",
    "memberships",
    (
        Field("organization", _ORGANIZATION, REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("from", Day(), column="from_on", note="null: before the record"),
        TO,
    ),
    identity=("organization", "contact", "from", "to"),
)

MEETINGS: Final = Noun(
    "meetings",
    "meeting",
    "meetings",
    (
        Field("key", Key(), REQUIRED),
        Field("kind", Choice(MeetingKind), REQUIRED),
        Field("starts", LocalTime(), REQUIRED),
        Field("place", _PLACE),
        Field("state", Choice(MeetingState), REQUIRED),
        Field("instead_of", Day()),
        Field("notice", _NOTICE),
    ),
)

POSTING_COPIES: Final = Noun(
    "posting_copies",
    "posting copy",
    "posting copies",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("number", Integer(1, 10_000), REQUIRED),
        Field("made_at", Instant(), REQUIRED),
        Field("sha256", Sha256(), REQUIRED, note="its PDF is an attachment"),
    ),
    identity=("meeting", "number"),
)

POSTINGS: Final = Noun(
    "postings",
    "posting",
    "postings",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("copy", Integer(1, 10_000), note="number of its posting copy; null: from paper"),
        Field("place", _PLACE, REQUIRED),
        Field("by", NAME),
        Field("posted_at", Instant(), REQUIRED),
        Field("sha256", Sha256()),
        VOIDED,
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
        Field("meeting", MEETING, REQUIRED),
        Field("section", NAME, REQUIRED, note="a section of the order of business"),
        Field("position", Integer(0, 100_000), note="within its section; null: the last"),
        Field("title", Text(TITLE), REQUIRED),
        Field("kind", Choice(ItemKind), REQUIRED),
        Field("presenter", NAME),
        Field("minutes", Integer(0, MOST_MINUTES)),
        Field("recommended_action", LINES),
        Field("text", PROSE),
        Field("inquiry", INQUIRY),
        Field("outcome", Choice(Outcome)),
        Field("continued_from", ITEM),
    ),
)

ATTENDANCE: Final = Noun(
    "attendance",
    "attendance entry",
    "attendance entries",
    (
        Field("meeting", MEETING, REQUIRED),
        Field("contact", CONTACT, REQUIRED),
        Field("seat", SEAT, note="the one held; not given: the one of the term on that day"),
        Field("state", Choice(AttendanceState), REQUIRED),
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
        Field("key", Key(), REQUIRED),
        Field("noun", Choice(AttachmentNoun), REQUIRED),
        Field(
            "of",
            Text(500),
            REQUIRED,
            column="of_id",
            note="its key; of a posting copy `meeting/number`, of minutes the key of their meeting, "
            "of the commission `commission`",
        ),
        Field("use", Choice(AttachmentUse)),
        Field("name", Text(255), REQUIRED),
        Field("type", Text(200), REQUIRED),
        Field("sha256", Sha256(), REQUIRED),
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
