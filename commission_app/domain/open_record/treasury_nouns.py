"""Deposits, refunds, receipts, statements, letters to donors, hours and closed years in the open record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from commission_app.domain.donor_letters import DonorLetterKind, Sending, Tone, Wordable
from commission_app.domain.money import MOST_CENTS
from commission_app.domain.open_record.kinds import (
    UNREADABLE,
    AnyJson,
    Choice,
    Day,
    Field,
    Integer,
    Json,
    Key,
    Kind,
    Nested,
    Problems,
    Reference,
    Rows,
    Text,
    shown,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import VOIDED
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.validation import NAME, RECOMMENDED, TEXT
from commission_app.domain.volunteering import MOST_MINUTES
from commission_app.errors import Problem

_REQUIRED: Final = True
_NAME = Text(NAME)
_LINE = Text(RECOMMENDED)
_LINES = Text(RECOMMENDED, multiline=True)
_PROSE = Text(TEXT, multiline=True)
_CENTS = Integer(1, MOST_CENTS)
_CONTACT = Reference(noun="contacts")
_CAMPAIGN = Reference(noun="campaigns")
_PLEDGE = Reference(noun="pledges")
_PAYMENT = Reference(noun="payments")
_DELIVERY = Reference(noun="deliveries")
_VOIDED = Field("voided", VOIDED, column="")
#: How many payments one deposit has.
MOST_PAYMENTS: Final = 100_000


@dataclass(frozen=True)
class Frozen(Kind):
    """Every word of a paper as it was issued."""

    words = "object, every word as it was frozen"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, Mapping):
            problems.append(Problem(path, f"Must be an object, not {shown(value)}."))
            return UNREADABLE
        return AnyJson().read(value, path, problems)

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value

    def schema(self) -> dict[str, Json]:
        return {"type": "object"}


DEPOSITS: Final = Noun(
    "deposits",
    "deposit",
    "deposits",
    (
        Field("key", Key()),
        Field("on", Day(), _REQUIRED),
        Field("account", _NAME),
        Field("reference", _NAME),
        Field("payments", Rows(_PAYMENT, MOST_PAYMENTS), _REQUIRED, note="in order"),
        _VOIDED,
    ),
    addable="voided",
)

REFUNDS: Final = Noun(
    "refunds",
    "refund",
    "refunds",
    (
        Field("key", Key()),
        Field("payment", _PAYMENT, _REQUIRED),
        Field("on", Day(), _REQUIRED),
        Field("amount_cents", _CENTS, _REQUIRED),
        Field("method", Choice(PaymentMethod)),
        Field("reference", _NAME),
        Field("reason", _LINE, _REQUIRED),
        Field(
            "parts",
            Rows(
                Nested(
                    (Field("pledge", _PLEDGE, _REQUIRED), Field("amount_cents", _CENTS, _REQUIRED)),
                    is_whole=True,
                )
            ),
            note="what it takes back of pledges; the rest comes out of the gift",
        ),
        _VOIDED,
    ),
    addable="voided",
)

RECEIPTS: Final = Noun(
    "receipts",
    "receipt",
    "receipts",
    (
        Field("key", Key()),
        Field("number", Integer(1, 1_000_000), _REQUIRED, note="without gaps in the year of `issued_on`"),
        Field("kind", Choice(ReceiptKind), _REQUIRED),
        Field("issued_on", Day(), _REQUIRED),
        Field("contact", _CONTACT, note="of all but lost numbers, like `content`"),
        Field("payment", _PAYMENT),
        Field("delivery", _DELIVERY, note="in kind, instead of a payment"),
        Field("amount_cents", _CENTS, note="never in kind"),
        Field("content", Frozen()),
        _VOIDED,
    ),
    addable="voided",
)

STATEMENTS: Final = Noun(
    "statements",
    "statement",
    "statements",
    (
        Field("key", Key()),
        Field("contact", _CONTACT, _REQUIRED),
        Field("from", Day(), _REQUIRED, column="from_on"),
        Field("to", Day(), _REQUIRED, column="to_on"),
        Field("issued_on", Day(), _REQUIRED),
        Field("amount_cents", Integer(0, MOST_CENTS), _REQUIRED),
        Field("content", Frozen(), _REQUIRED),
    ),
)

DONOR_LETTERS: Final = Noun(
    "donor_letters",
    "letter to a donor",
    "letters to donors",
    (
        Field("key", Key()),
        Field("contact", _CONTACT, _REQUIRED),
        Field("pledge", _PLEDGE),
        Field("kind", Choice(DonorLetterKind), _REQUIRED),
        Field("tone", Choice(Tone), note="of a reminder"),
        Field("on", Day(), _REQUIRED),
        Field("sending", Choice(Sending), otherwise=Sending.LETTER, note="null: letter"),
        Field("subject", _LINE),
        Field("text", _PROSE),
        Field("amount_cents", Integer(0, MOST_CENTS), note="that it asked for"),
    ),
)

WORDINGS: Final = Noun(
    "wordings",
    "wording",
    "wordings",
    (
        Field("paper", Choice(Wordable), _REQUIRED),
        Field("subject", _LINE),
        Field("text", _PROSE, _REQUIRED),
    ),
    identity=("paper",),
)

VOLUNTEER_HOURS: Final = Noun(
    "volunteer_hours",
    "entry of hours",
    "entries of hours",
    (
        Field("key", Key()),
        Field("contact", _CONTACT, _REQUIRED),
        Field("on", Day(), _REQUIRED),
        Field("minutes", Integer(1, MOST_MINUTES), _REQUIRED),
        Field("campaign", _CAMPAIGN),
        Field("what", _LINES),
    ),
)

YEAR_CLOSINGS: Final = Noun(
    "year_closings",
    "closed year",
    "closed years",
    (
        Field("key", Key()),
        Field("from", Day(), _REQUIRED, column="from_on"),
        Field("to", Day(), _REQUIRED, column="to_on"),
        Field("closed_on", Day(), _REQUIRED),
        Field("closed_by", _NAME),
        Field("note", _PROSE),
        Field("voided", VOIDED, column="", note="reopened"),
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
