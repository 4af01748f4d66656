"""What several nouns of the open record share: usual texts and amounts, references, and being voided."""

from typing import Final

from commission_app.domain import validation
from commission_app.domain.money import MOST_CENTS
from commission_app.domain.open_record.fields import Field, Nested
from commission_app.domain.open_record.kinds import Day, Integer, Reference, Text

REQUIRED: Final = True

NAME: Final = Text(validation.NAME)
LINE: Final = Text(validation.RECOMMENDED)
LINES: Final = Text(validation.RECOMMENDED, multiline=True)
PROSE: Final = Text(validation.TEXT, multiline=True)
NOTE: Final = Text(validation.NOTE, multiline=True)
CENTS: Final = Integer(1, MOST_CENTS)
CENTS_FROM_ZERO: Final = Integer(0, MOST_CENTS)

CAMPAIGN: Final = Reference(noun="campaigns")
CONTACT: Final = Reference(noun="contacts")
INQUIRY: Final = Reference(noun="inquiries")
ITEM: Final = Reference(noun="agenda_items")
MEETING: Final = Reference(noun="meetings")
PAYMENT: Final = Reference(noun="payments")
PLEDGE: Final = Reference(noun="pledges")
SEAT: Final = Reference(noun="seats")

FROM: Final = Field("from", Day(), column="from_on")
TO: Final = Field("to", Day(), column="to_on")
VOIDED: Final = Field(
    "voided",
    Nested(
        (
            Field("on", Day(), REQUIRED, column="voided_on"),
            Field("reason", LINE, REQUIRED, column="void_reason"),
        )
    ),
    column="",
)
