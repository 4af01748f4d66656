"""Campaigns, pledges, payments, write-offs and deliveries in the open record."""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from commission_app.domain.conditions import MOST_PERCENT
from commission_app.domain.open_record.fields import Field, Nested, Rows, Several
from commission_app.domain.open_record.kind import UNREADABLE, Json, Kind, Problems
from commission_app.domain.open_record.kinds import Choice, Day, Integer, Key
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.parts import (
    CAMPAIGN,
    CENTS,
    CENTS_FROM_ZERO,
    CONTACT,
    FROM,
    LINE,
    LINES,
    NAME,
    NOTE,
    PLEDGE,
    REQUIRED,
    TO,
    VOIDED,
)
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledge_checks import MOST_QUANTITY
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import MOST_INSTALMENTS, Every, Instalment, Schedule

_QUANTITY = Integer(1, MOST_QUANTITY)
_INSTALMENT = Nested(
    (Field("due_on", Day(), REQUIRED), Field("amount_cents", CENTS, REQUIRED)),
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
        Field("every", Choice(Every), REQUIRED),
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
        Field("key", Key(), REQUIRED),
        Field("name", NAME, REQUIRED),
        Field("purpose", NOTE),
        Field("receiver", CONTACT),
        Field("goal_cents", CENTS),
        FROM,
        TO,
    ),
)

_CHANGES = Rows(
    Nested(
        (
            Field("on", Day(), REQUIRED),
            Field("amount_cents", CENTS, REQUIRED),
            Field("schedule", Terms(), REQUIRED),
            Field("reason", LINE),
        ),
        is_whole=True,
    )
)
_CANCELLED = Nested(
    (
        Field("on", Day(), REQUIRED, column="cancelled_on"),
        Field("reason", LINE, column="cancel_reason"),
    ),
    is_whole=True,
)

PLEDGES: Final = Noun(
    "pledges",
    "pledge",
    "pledges",
    (
        Field("key", Key(), REQUIRED),
        Field("kind", Choice(PledgeKind), REQUIRED),
        Field("donor", CONTACT, REQUIRED),
        Field("campaign", CAMPAIGN, REQUIRED),
        Field("pledged_on", Day(), REQUIRED),
        Field("amount_cents", CENTS),
        Field("schedule", Terms()),
        Field("description", NOTE),
        Field("unit", NAME),
        Field("quantity", _QUANTITY),
        Field("estimate_cents", CENTS_FROM_ZERO),
        Field("asked_by", CONTACT),
        Field("condition", LINES, note="that it depends on"),
        Field("condition_met_on", Day()),
        Field("match_percent", Integer(1, MOST_PERCENT), note="a matching pledge; its amount is the most"),
        Field("matches", PLEDGE, note="null: what others give to the campaign"),
        Field("match_until", Day()),
        Field("changes", _CHANGES, note="in order of day; amount and schedule above are the first terms"),
        Field("cancelled", _CANCELLED, column=""),
    ),
    addable="cancelled",
)

_ALLOCATIONS = Rows(
    Nested(
        (
            Field("pledge", PLEDGE, REQUIRED),
            Field("due_on", Day()),
            Field("amount_cents", CENTS, REQUIRED),
        ),
        is_whole=True,
    )
)

PAYMENTS: Final = Noun(
    "payments",
    "payment",
    "payments",
    (
        Field("key", Key(), REQUIRED),
        Field("payer", CONTACT, REQUIRED),
        Field("received_on", Day(), REQUIRED),
        Field("amount_cents", CENTS, REQUIRED),
        Field("method", Choice(PaymentMethod)),
        Field("reference", NAME),
        Field("campaign", CAMPAIGN, note="of what no allocation takes"),
        Field("asked_by", CONTACT),
        Field("adviser", CONTACT, note="of a donor-advised fund"),
        Field("goods", LINES, note="goods or services in return"),
        Field("goods_cents", CENTS_FROM_ZERO, note="their value in good faith"),
        Field("allocations", _ALLOCATIONS, note="`due_on` null: credit on that pledge"),
        Field(
            "pledge",
            PLEDGE,
            note="alone: allocation by rule, the rest a gift if `campaign` stands, else credit",
            given_only=True,
        ),
        VOIDED,
    ),
    addable="voided",
)

WRITE_OFFS: Final = Noun(
    "write_offs",
    "write-off",
    "write-offs",
    (
        Field("key", Key()),
        Field("pledge", PLEDGE, REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("amount_cents", CENTS, REQUIRED),
        Field("reason", LINE, REQUIRED),
        Field("decided_by", NAME),
        Field("instalments", Instalments(), note="null: the oldest first"),
    ),
)

DELIVERIES: Final = Noun(
    "deliveries",
    "delivery",
    "deliveries",
    (
        Field("key", Key()),
        Field("pledge", PLEDGE, REQUIRED),
        Field("on", Day(), REQUIRED),
        Field("quantity", _QUANTITY, REQUIRED),
        Field("contact", CONTACT, note="who delivered it"),
        Field("note", LINES),
    ),
)
