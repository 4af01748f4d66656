"""The kinds of single values in the open record: how each is read from JSON, written back, and described."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from commission_app.domain.dates import FIRST_YEAR, LAST_YEAR
from commission_app.domain.open_record.kind import Json, Kind, Problems, refuse, shown
from commission_app.domain.text import clean

_DAY_LONG = timedelta(days=1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(?P<offset>Z|[+-]\d\d:\d\d(:\d\d)?)?", re.ASCII
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Text(Kind):
    """A text of at most `most` characters, on one line unless `multiline`."""

    most: int = 300
    multiline: bool = False
    words = "text"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return refuse(problems, path, f"Must be a text, not {shown(value)}.")
        cleaned = tidy(value, multiline=self.multiline)
        if cleaned is None:
            removed = clean(value, multiline=self.multiline).removed
            return refuse(problems, path, f"Holds {' and '.join(removed)}.")
        if len(cleaned) > self.most:
            return refuse(problems, path, f"Has {len(cleaned):,} characters; at most {self.most:,} are kept.")
        return cleaned or None

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value if _is_plain(value) else clean(value, multiline=self.multiline).text

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "maxLength": self.most}


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()


def tidy(text: str, *, multiline: bool = False) -> str | None:
    """A text as it is kept (NFC, ends stripped), or None when something would have to be taken out of it."""
    if _is_plain(text):
        return text
    cleaned = clean(text, multiline=multiline)
    return None if cleaned.removed else cleaned.text


@dataclass(frozen=True)
class Key(Text):
    """The name under which other entries refer to this one."""

    most: int = 200
    words = "text, unique in its list"


@dataclass(frozen=True)
class Reference(Text):
    """The key of an entry of another list."""

    noun: str = ""
    most: int = 200

    @property
    def words(self) -> str:  # type: ignore[override]
        return f"a key of `{self.noun}`"


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number within bounds, both inclusive."""

    least: int = 0
    most: int = 1_000_000_000_000

    @property
    def words(self) -> str:  # type: ignore[override]
        return f"whole number, {self.least} to {self.most}"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            return refuse(problems, path, f"Must be a whole number, not {shown(value)}.")
        if not self.least <= value <= self.most:
            return refuse(problems, path, f"Must be from {self.least:,} to {self.most:,}.")
        return value

    def schema(self) -> dict[str, Json]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Degrees(Kind):
    """A latitude or longitude to a millionth of a degree, from -`most` to `most`."""

    most: int

    @property
    def words(self) -> str:  # type: ignore[override]
        return f"degrees, -{self.most} to {self.most}"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return refuse(problems, path, f"Must be a number of degrees, not {shown(value)}.")
        if not -self.most <= value <= self.most:
            return refuse(problems, path, f"Must be from -{self.most} to {self.most}.")
        return round(value * 1_000_000) / 1_000_000

    def schema(self) -> dict[str, Json]:
        return {"type": "number", "minimum": -self.most, "maximum": self.most}


@dataclass(frozen=True)
class Flag(Kind):
    """true or false; nothing given is false."""

    words = "true or false"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, bool):
            return refuse(problems, path, f"Must be true or false, not {shown(value)}.")
        return value

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return bool(value)

    def schema(self) -> dict[str, Json]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day, YYYY-MM-DD."""

    words = "day"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                return refuse(problems, path, f"There is no day {value}.")
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            return refuse(problems, path, f"Must be in the years {FIRST_YEAR} to {LAST_YEAR}.")
        return refuse(problems, path, f"Must be a day like 2026-09-24, not {shown(value)}.")

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value.isoformat()

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class LocalTime(Kind):
    """A planned start on the commission's wall clock, YYYY-MM-DDTHH:MM."""

    words = "local start, `YYYY-MM-DDTHH:MM`"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if isinstance(value, str) and _LOCAL.fullmatch(value):
            return _moment(value, value, path, problems)
        return refuse(problems, path, f"Must be a local start like 2026-09-24T18:00, not {shown(value)}.")

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return f"{value:%Y-%m-%dT%H:%M}"

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}


@dataclass(frozen=True)
class Instant(Kind):
    """What has happened: a date and time with its offset from UTC."""

    words = "instant with offset"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return refuse(
                problems, path, f"Must be an instant like 2026-09-21T16:00:00-07:00, not {shown(value)}."
            )
        if not match["offset"]:
            return refuse(problems, path, f"{value} needs its offset, as in 2026-09-21T16:00:00-07:00.")
        return _moment(value, value, path, problems)

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value.astimezone(zone).isoformat()

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "format": "date-time", "pattern": r"(Z|[+-]\d{2}:\d{2}(:\d{2})?)$"}


def _moment(text: str, value: str, path: str, problems: Problems) -> Any:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return refuse(problems, path, f"There is no moment {value}.")
    if not (FIRST_YEAR <= moment.year <= LAST_YEAR and _is_within_years_everywhere(moment)):
        return refuse(problems, path, f"Must be in the years {FIRST_YEAR} to {LAST_YEAR}.")
    return moment


def _is_within_years_everywhere(moment: datetime) -> bool:
    """Whether an instant is in the years that are kept wherever it is shown; a local start always is."""
    if moment.tzinfo is None:
        return True
    there = moment.astimezone(UTC)
    return (there - _DAY_LONG).year >= FIRST_YEAR and (there + _DAY_LONG).year <= LAST_YEAR


@dataclass(frozen=True)
class Choice(Kind):
    """One of an enumeration's values."""

    choices: type[StrEnum]

    @property
    def words(self) -> str:  # type: ignore[override]
        return ", ".join(choice.value for choice in self.choices)

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if isinstance(value, str):
            try:
                return self.choices(value)
            except ValueError:
                pass
        return refuse(problems, path, f"Must be one of {self.words}, not {shown(value)}.")

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return self.choices(value).value

    def schema(self) -> dict[str, Json]:
        return {"enum": [choice.value for choice in self.choices]}


def _hides_something(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(_hides_something(item) for pair in value.items() for item in pair)
    if isinstance(value, list):
        return any(_hides_something(item) for item in value)
    return isinstance(value, str) and tidy(value, multiline=True) is None


@dataclass(frozen=True)
class AnyJson(Kind):
    """The value of a setting: what its name allows is checked by the rule book."""

    words = "what the setting allows"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if _hides_something(value):
            return refuse(problems, path, "Holds a control character or another hidden one.")
        return value

    def schema(self) -> dict[str, Json]:
        return {}


@dataclass(frozen=True)
class Sha256(Kind):
    """The SHA-256 of some bytes, in small hexadecimal digits."""

    words = "SHA-256 in hexadecimal"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if isinstance(value, str) and _SHA256.fullmatch(value):
            return value
        return refuse(problems, path, "Must be a SHA-256: 64 hexadecimal digits in small letters.")

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True)
class Bytes(Kind):
    """The bytes of an attachment in base64, at most `most` of them."""

    most: int = 25 * 1024 * 1024
    words = "base64, only with `--with-attachments`"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return refuse(problems, path, "Must be a text in base64.")
        try:
            data = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return refuse(problems, path, "Is not valid base64.")
        if len(data) > self.most:
            return refuse(problems, path, f"Has more than {self.most // 1024**2} MB.")
        return data

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return base64.b64encode(value).decode("ascii")

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "contentEncoding": "base64"}
