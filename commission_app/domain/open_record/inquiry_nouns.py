"""Cities, inquiries, their steps and letters in the open record."""

from typing import Final

from commission_app.domain.inquiries import Channel, ClosedAs, Direction, LetterDirection, ProofKind
from commission_app.domain.inquiry_checks import MOST_PEOPLE
from commission_app.domain.open_record.kinds import (
    Choice,
    Day,
    Degrees,
    Field,
    Integer,
    Key,
    Nested,
    Reference,
    Text,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.validation import NAME, RECOMMENDED, TEXT, TITLE

_NAME = Text(NAME)
_COUNTRY = Text(2)
_CONTACT = Reference(noun="contacts")
_INQUIRY = Reference(noun="inquiries")
_REQUIRED: Final = True

CITIES: Final = Noun(
    "cities",
    "city",
    "cities",
    (
        Field("key", Key(), _REQUIRED),
        Field("name", _NAME, _REQUIRED),
        Field("country", _COUNTRY, _REQUIRED, note="its code of two letters, like JP"),
        Field("region", _NAME),
        Field("population", Integer(0, MOST_PEOPLE)),
        Field("zone", _NAME),
        Field("latitude", Degrees(90)),
        Field("longitude", Degrees(180)),
        Field("native_name", _NAME, note="its own spelling"),
    ),
)

_CLOSED = Nested(
    (
        Field("on", Day(), _REQUIRED, column="closed_on"),
        Field("as", Choice(ClosedAs), _REQUIRED, column="closed_as"),
    )
)

INQUIRIES: Final = Noun(
    "inquiries",
    "inquiry",
    "inquiries",
    (
        Field("key", Key(), _REQUIRED),
        Field("direction", Choice(Direction), _REQUIRED),
        Field("procedure", _NAME, note="not given: the one of the direction's name, else the first"),
        Field("city", Reference(noun="cities"), _REQUIRED, note="or a name with country"),
        Field("country", _COUNTRY, note="of a city given by its name", given_only=True),
        Field("received_on", Day(), _REQUIRED),
        Field("channel", Choice(Channel)),
        Field("contact", _CONTACT),
        Field("summary", Text(TEXT, multiline=True)),
        Field("closed", _CLOSED, column=""),
    ),
    addable="closed",
)

_PROOF = Nested(
    (
        Field("kind", Choice(ProofKind), _REQUIRED, column="proof_kind"),
        Field("text", Text(RECOMMENDED), column="proof_text"),
    )
)

STEPS: Final = Noun(
    "steps",
    "step",
    "steps",
    (
        Field("inquiry", _INQUIRY, _REQUIRED),
        Field("step", _NAME, _REQUIRED),
        Field("done_on", Day(), _REQUIRED),
        Field("by", _NAME),
        Field("proof", _PROOF, column=""),
    ),
    identity=("inquiry", "step"),
)

LETTERS: Final = Noun(
    "letters",
    "letter",
    "letters",
    (
        Field("key", Key(), _REQUIRED),
        Field("inquiry", _INQUIRY),
        Field("direction", Choice(LetterDirection), _REQUIRED),
        Field("on", Day(), _REQUIRED),
        Field("channel", Choice(Channel), _REQUIRED),
        Field("contact", _CONTACT),
        Field("subject", Text(TITLE)),
        Field("text", Text(TEXT, multiline=True)),
        Field("follow_up_on", Day()),
    ),
)
