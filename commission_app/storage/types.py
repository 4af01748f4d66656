"""Column types: days, instants, wall times, flags, choices and JSON, each kept as STRICT text or integer."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

Choice_ = TypeVar("Choice_", bound=StrEnum)


class Day(TypeDecorator[date]):
    """A calendar day, kept as `YYYY-MM-DD`."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """What has happened: a UTC instant of fixed width, so that text order is time order."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without an offset")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class LocalTime(TypeDecorator[datetime]):
    """What is planned: naive wall time in the commission's zone, kept as `YYYY-MM-DDTHH:MM`."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall time with an offset")
        return value.strftime("%Y-%m-%dT%H:%M")

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Choice(TypeDecorator[Choice_]):
    """One of an enumeration's values, kept by value; its table carries the CHECK."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[Choice_]) -> None:
        super().__init__()
        self.choices = choices

    @override
    def process_bind_param(self, value: Choice_ | None, dialect: Dialect) -> str | None:
        return None if value is None else self.choices(value).value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Choice_ | None:
        return None if value is None else self.choices(value)


class Json(TypeDecorator[Any]):
    """Any JSON value, kept as text with sorted keys; None is no value, or JSON's null with `null`."""

    impl = Text
    cache_ok = True

    def __init__(self, *, null: bool = False) -> None:
        super().__init__()
        self.null = null

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None and not self.null:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Degrees(TypeDecorator[float]):
    """A latitude or longitude, kept as millionths of a degree: STRICT tables take no floating point here."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: float | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value * 1_000_000)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> float | None:
        return None if value is None else value / 1_000_000
