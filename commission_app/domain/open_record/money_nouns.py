"""Campaigns, pledges, payments, write-offs and deliveries in the open record."""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from commission_app.domain.conditions import MOST_PERCENT
from commission_app.domain.money import MOST_CENTS
from commission_app.domain.open_record.kinds import (
    UNREADABLE,
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
    Several,
    Text,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import VOIDED
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledge_checks import MOST_QUANTITY
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import MOST_INSTALMENTS, Every, Instalment, Schedule
from commission_app.domain.validation import NAME, NOTE, RECOMMENDED

_REQUIRED: Final = True
_NAME = Text(NAME)
_REASON = Text(RECOMMENDED)
_LINES = Text(RECOMMENDED, multiline=True)
_CENTS = Integer(1, MOST_CENTS)
_QUANTITY = Integer(1, MOST_QUANTITY)
_CONTACT = Reference(noun="contacts")
_CAMPAIGN = Reference(noun="campaigns")
_PLEDGE = Reference(noun="pledges")
_INSTALMENT = Nested(
    (Field("due_on", Day(), _REQUIRED), Field("amount_cents", _CENTS, _REQUIRED)),
)


@dataclass(frozen=True)
class Instalments(Several):
    """Days with their amounts."""

    each: Kind = _INSTALMENT
    most: int = MOST_INSTALMENTS

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        found = super().read(value, path, problems)
        return UNREADABLE if found is UNREADABLE else tuple(Instalment(**part) for part in found)

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return [{"due_on": part.due_on.isoformat(), "amount_cents": part.amount_cents} for part in value]


@dataclass(frozen=True)
class Terms(Nested):
    """When the parts of a pledge are due."""

    fields: tuple[Field, ...] = (
        Field("every", Choice(Every), _REQUIRED),
        Field("count", Integer(1, MOST_INSTALMENTS)),
        Field("first_on", Day()),
        Field("dates", Instalments()),
    )
    is_whole: bool = True

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        found = super().read(value, path, problems)
        if found is UNREADABLE:
            return found
        return Schedule(**{**found, "dates": found["dates"] or ()})

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        names = (known.name for known in self.fields)
        return super().write({name: getattr(value, name) or None for name in names}, zone)


CAMPAIGNS: Final = Noun(
    "campaigns",
    "campaign",
    "campaigns",
    (
        Field("key", Key(), _REQUIRED),
        Field("name", _NAME, _REQUIRED),
        Field("purpose", Text(NOTE, multiline=True)),
        Field("receiver", _CONTACT),
        Field("goal_cents", _CENTS),
        Field("from", Day(), column="from_on"),
        Field("to", Day(), column="to_on"),
    ),
)

_CHANGES = Rows(
    Nested(
        (
            Field("on", Day(), _REQUIRED),
            Field("amount_cents", _CENTS, _REQUIRED),
            Field("schedule", Terms(), _REQUIRED),
            Field("reason", _REASON),
        ),
        is_whole=True,
    )
)
_CANCELLED = Nested(
    (
        Field("on", Day(), _REQUIRED, column="cancelled_on"),
        Field("reason", _REASON, column="cancel_reason"),
    ),
    is_whole=True,
)

PLEDGES: Final = Noun(
    "pledges",
    "pledge",
    "pledges",
    (
        Field("key", Key(), _REQUIRED),
        Field("kind", Choice(PledgeKind), _REQUIRED),
        Field("donor", _CONTACT, _REQUIRED),
        Field("campaign", _CAMPAIGN, _REQUIRED),
        Field("pledged_on", Day(), _REQUIRED),
        Field("amount_cents", _CENTS),
        Field("schedule", Terms()),
        Field("description", Text(NOTE, multiline=True)),
        Field("unit", _NAME),
        Field("quantity", _QUANTITY),
        Field("estimate_cents", Integer(0, MOST_CENTS)),
        Field("asked_by", _CONTACT),
        Field("condition", _LINES, note="that it depends on"),
        Field("condition_met_on", Day()),
        Field("match_percent", Integer(1, MOST_PERCENT), note="a matching pledge; its amount is the most"),
        Field("matches", _PLEDGE, note="null: what others give to the campaign"),
        Field("match_until", Day()),
        Field("changes", _CHANGES, note="in order of day; amount and schedule above are the first terms"),
        Field("cancelled", _CANCELLED, column=""),
    ),
    addable="cancelled",
)

_ALLOCATIONS = Rows(
    Nested(
        (
            Field("pledge", _PLEDGE, _REQUIRED),
            Field("due_on", Day()),
            Field("amount_cents", _CENTS, _REQUIRED),
        ),
        is_whole=True,
    )
)

PAYMENTS: Final = Noun(
    "payments",
    "payment",
    "payments",
    (
        Field("key", Key(), _REQUIRED),
        Field("payer", _CONTACT, _REQUIRED),
        Field("received_on", Day(), _REQUIRED),
        Field("amount_cents", _CENTS, _REQUIRED),
        Field("method", Choice(PaymentMethod)),
        Field("reference", _NAME),
        Field("campaign", _CAMPAIGN, note="of what no allocation takes"),
        Field("asked_by", _CONTACT),
        Field("adviser", _CONTACT, note="of a donor-advised fund"),
        Field("goods", _LINES, note="goods or services in return"),
        Field("goods_cents", Integer(0, MOST_CENTS), note="their value in good faith"),
        Field("allocations", _ALLOCATIONS, note="`due_on` null: credit on that pledge"),
        Field(
            "pledge",
            _PLEDGE,
            note="alone: allocation by rule, the rest a gift if `campaign` stands, else credit",
            given_only=True,
        ),
        Field("voided", VOIDED, column=""),
    ),
    addable="voided",
)

WRITE_OFFS: Final = Noun(
    "write_offs",
    "write-off",
    "write-offs",
    (
        Field("key", Key()),
        Field("pledge", _PLEDGE, _REQUIRED),
        Field("on", Day(), _REQUIRED),
        Field("amount_cents", _CENTS, _REQUIRED),
        Field("reason", _REASON, _REQUIRED),
        Field("decided_by", _NAME),
        Field("instalments", Instalments(), note="null: the oldest first"),
    ),
)

DELIVERIES: Final = Noun(
    "deliveries",
    "delivery",
    "deliveries",
    (
        Field("key", Key()),
        Field("pledge", _PLEDGE, _REQUIRED),
        Field("on", Day(), _REQUIRED),
        Field("quantity", _QUANTITY, _REQUIRED),
        Field("contact", _CONTACT, note="who delivered it"),
        Field("note", _LINES),
    ),
)
