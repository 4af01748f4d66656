"""Column types of pledges: schedules and chosen instalments, kept as JSON text."""

import json
from datetime import date
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from commission_app.domain.schedules import Every, Instalment, Schedule


class ScheduleText(TypeDecorator[Schedule]):
    """When the parts of a pledge are due, as the open record writes it."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Schedule | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        plain: dict[str, Any] = {"every": value.every.value}
        if value.count is not None:
            plain["count"] = value.count
        if value.first_on is not None:
            plain["first_on"] = value.first_on.isoformat()
        if value.dates:
            plain["dates"] = _plain(value.dates)
        return json.dumps(plain, sort_keys=True)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Schedule | None:
        if value is None:
            return None
        plain = json.loads(value)
        first_on = plain.get("first_on")
        return Schedule(
            every=Every(plain["every"]),
            count=plain.get("count"),
            first_on=date.fromisoformat(first_on) if first_on else None,
            dates=_instalments(plain.get("dates", ())),
        )


class InstalmentsText(TypeDecorator[tuple[Instalment, ...]]):
    """Chosen instalments with their amounts in cents; none chosen is null."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[Instalment, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(_plain(value), sort_keys=True)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Instalment, ...] | None:
        return None if value is None else _instalments(json.loads(value))


def _plain(parts: tuple[Instalment, ...]) -> list[dict[str, Any]]:
    return [{"due_on": part.due_on.isoformat(), "amount_cents": part.amount_cents} for part in parts]


def _instalments(parts: Any) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(due_on=date.fromisoformat(part["due_on"]), amount_cents=part["amount_cents"])
        for part in parts
    )
