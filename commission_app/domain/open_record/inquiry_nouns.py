"""Cities, inquiries, their steps and letters in the open record."""

from typing import Final

from commission_app.domain.inquiries import Channel, ClosedAs, Direction, LetterDirection, ProofKind
from commission_app.domain.inquiry_checks import MOST_PEOPLE
from commission_app.domain.open_record.fields import Field, Nested
from commission_app.domain.open_record.kinds import Choice, Day, Degrees, Integer, Key, Reference, Text
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import CONTACT, INQUIRY, LINE, NAME, PROSE, REQUIRED
from commission_app.domain.validation import TITLE

_COUNTRY = Text(2)

CITIES: Final = Noun(
    "cities",
    "city",
    "cities",
    (
        Field("key", Key(), REQUIRED),
        Field("name", NAME, REQUIRED),
        Field("country", _COUNTRY, REQUIRED, note="its code of two letters, like JP"),
        Field("region", NAME),
        Field("population", Integer(0, MOST_PEOPLE)),
        Field("zone", NAME),
        Field("latitude", Degrees(90)),
        Field("longitude", Degrees(180)),
        Field("native_name", NAME, note="its own spelling"),
    ),
)

_CLOSED = Nested(
    (
        Field("on", Day(), REQUIRED, column="closed_on"),
        Field("as", Choice(ClosedAs), REQUIRED, column="closed_as"),
    )
)

INQUIRIES: Final = Noun(
    "inquiries",
    "inquiry",
    "inquiries",
    (
        Field("key", Key(), REQUIRED),
        Field("direction", Choice(Direction), REQUIRED),
        Field("procedure", NAME, note="not given: the one of the direction's name, else the first"),
        Field("city", Reference(noun="cities"), REQUIRED, note="or a name with country"),
        Field("country", _COUNTRY, note="of a city given by its name", given_only=True),
        Field("received_on", Day(), REQUIRED),
        Field("channel", Choice(Channel)),
        Field("contact", CONTACT),
        Field("summary", PROSE),
        Field("closed", _CLOSED, column=""),
    ),
    addable="closed",
)

_PROOF = Nested(
    (
        Field("kind", Choice(ProofKind), REQUIRED, column="proof_kind"),
        Field("text", LINE, column="proof_text"),
    )
)

STEPS: Final = Noun(
    "steps",
    "step",
    "steps",
    (
        Field("inquiry", INQUIRY, REQUIRED),
        Field("step", NAME, REQUIRED),
        Field("done_on", Day(), REQUIRED),
        Field("by", NAME),
        Field("proof", _PROOF, column=""),
    ),
    identity=("inquiry", "step"),
)

LETTERS: Final = Noun(
    "letters",
    "letter",
    "letters",
    (
        Field("key", Key(), REQUIRED),
        Field("inquiry", INQUIRY),
        Field("direction", Choice(LetterDirection), REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("channel", Choice(Channel), REQUIRED),
        Field("contact", CONTACT),
        Field("subject", Text(TITLE)),
        Field("text", PROSE),
        Field("follow_up_on", Day()),
    ),
)
