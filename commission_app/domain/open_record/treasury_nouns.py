"""Deposits, refunds, receipts, statements, letters to donors, hours and closed years in the open record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from commission_app.domain.donor_letters import DonorLetterKind, Sending, Tone, Wordable
from commission_app.domain.open_record.fields import Field, Nested, Rows
from commission_app.domain.open_record.kind import Json, Kind, Problems, refuse, shown
from commission_app.domain.open_record.kinds import AnyJson, Choice, Day, Integer, Key, Reference
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import (
    CAMPAIGN,
    CENTS,
    CENTS_FROM_ZERO,
    CONTACT,
    LINE,
    LINES,
    NAME,
    PAYMENT,
    PLEDGE,
    PROSE,
    REQUIRED,
    VOIDED,
)
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.volunteering import MOST_MINUTES

#: How many payments one deposit has.
MOST_PAYMENTS: Final = 100_000


@dataclass(frozen=True)
class Frozen(Kind):
    """Every word of a paper as it was issued."""

    words = "object, every word as it was frozen"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, Mapping):
            return refuse(problems, path, f"Must be an object, not {shown(value)}.")
        return AnyJson().read(value, path, problems)

    def schema(self) -> dict[str, Json]:
        return {"type": "object"}


DEPOSITS: Final = Noun(
    "deposits",
    "deposit",
    "deposits",
    (
        Field("key", Key()),
        Field("on", Day(), REQUIRED),
        Field("account", NAME),
        Field("reference", NAME),
        Field("payments", Rows(PAYMENT, MOST_PAYMENTS), REQUIRED, note="in order"),
        VOIDED,
    ),
    addable="voided",
)

REFUNDS: Final = Noun(
    "refunds",
    "refund",
    "refunds",
    (
        Field("key", Key()),
        Field("payment", PAYMENT, REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("amount_cents", CENTS, REQUIRED),
        Field("method", Choice(PaymentMethod)),
        Field("reference", NAME),
        Field("reason", LINE, REQUIRED),
        Field(
            "parts",
            Rows(
                Nested(
                    (Field("pledge", PLEDGE, REQUIRED), Field("amount_cents", CENTS, REQUIRED)),
                    is_whole=True,
                )
            ),
            note="what it takes back of pledges; the rest comes out of the gift",
        ),
        VOIDED,
    ),
    addable="voided",
)

RECEIPTS: Final = Noun(
    "receipts",
    "receipt",
    "receipts",
    (
        Field("key", Key()),
        Field("number", Integer(1, 1_000_000), REQUIRED, note="without gaps in the year of `issued_on`"),
        Field("kind", Choice(ReceiptKind), REQUIRED),
        Field("issued_on", Day(), REQUIRED),
        Field("contact", CONTACT, note="of all but lost numbers, like `content`"),
        Field("payment", PAYMENT),
        Field("delivery", Reference(noun="deliveries"), note="in kind, instead of a payment"),
        Field("amount_cents", CENTS, note="never in kind"),
        Field("content", Frozen()),
        VOIDED,
    ),
    addable="voided",
)

STATEMENTS: Final = Noun(
    "statements",
    "statement",
    "statements",
    (
        Field("key", Key()),
        Field("contact", CONTACT, REQUIRED),
        Field("from", Day(), REQUIRED, column="from_on"),
        Field("to", Day(), REQUIRED, column="to_on"),
        Field("issued_on", Day(), REQUIRED),
        Field("amount_cents", CENTS_FROM_ZERO, REQUIRED),
        Field("content", Frozen(), REQUIRED),
    ),
)

DONOR_LETTERS: Final = Noun(
    "donor_letters",
    "letter to a donor",
    "letters to donors",
    (
        Field("key", Key()),
        Field("contact", CONTACT, REQUIRED),
        Field("pledge", PLEDGE),
        Field("kind", Choice(DonorLetterKind), REQUIRED),
        Field("tone", Choice(Tone), note="of a reminder"),
        Field("on", Day(), REQUIRED),
        Field("sending", Choice(Sending), otherwise=Sending.LETTER, note="null: letter"),
        Field("subject", LINE),
        Field("text", PROSE),
        Field("amount_cents", CENTS_FROM_ZERO, note="that it asked for"),
    ),
)

WORDINGS: Final = Noun(
    "wordings",
    "wording",
    "wordings",
    (
        Field("paper", Choice(Wordable), REQUIRED),
        Field("subject", LINE),
        Field("text", PROSE, REQUIRED),
    ),
    identity=("paper",),
)

VOLUNTEER_HOURS: Final = Noun(
    "volunteer_hours",
    "entry of hours",
    "entries of hours",
    (
        Field("key", Key()),
        Field("contact", CONTACT, REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("minutes", Integer(1, MOST_MINUTES), REQUIRED),
        Field("campaign", CAMPAIGN),
        Field("what", LINES),
    ),
)

YEAR_CLOSINGS: Final = Noun(
    "year_closings",
    "closed year",
    "closed years",
    (
        Field("key", Key()),
        Field("from", Day(), REQUIRED, column="from_on"),
        Field("to", Day(), REQUIRED, column="to_on"),
        Field("closed_on", Day(), REQUIRED),
        Field("closed_by", NAME),
        Field("note", PROSE),
        replace(VOIDED, note="reopened"),
    ),
    addable="voided",
)

#: In the order in which they are written: what others refer to stands before them, what locks comes last.
TREASURY_NOUNS: Final = (
    DEPOSITS,
    REFUNDS,
    RECEIPTS,
    STATEMENTS,
    DONOR_LETTERS,
    WORDINGS,
    VOLUNTEER_HOURS,
    YEAR_CLOSINGS,
)
