"""Kinds of value in the open record: how each is read from JSON, written back, and described."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from commission_app.domain.dates import FIRST_YEAR, LAST_YEAR
from commission_app.domain.text import clean
from commission_app.errors import Problem

Json = Any
Problems = list[Problem]


class Unreadable:
    """The place of a value that could not be read; what is wrong with it stands in the problems."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = Unreadable()

#: How many objects and lists may stand in each other within one value.
MOST_LEVELS: Final = 32

_DAY_LONG = timedelta(days=1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(?P<offset>Z|[+-]\d\d:\d\d(:\d\d)?)?", re.ASCII
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Kind:
    """What may stand in a field."""

    #: What stands in the help page for people.
    words: str = ""

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        """The value as the program keeps it; UNREADABLE after noting what is wrong with it."""
        raise NotImplementedError

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        """The value as the open record shows it."""
        raise NotImplementedError

    def schema(self) -> dict[str, Json]:
        """The JSON Schema of a value."""
        raise NotImplementedError


def _refuse(problems: Problems, path: str, message: str) -> Unreadable:
    problems.append(Problem(path, message))
    return UNREADABLE


def is_too_deep(value: Json) -> bool:
    """Whether objects and lists stand more than `MOST_LEVELS` deep in each other."""
    level = [value]
    for _ in range(MOST_LEVELS + 1):
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return False
    return True


def _inside(value: Json) -> Iterable[Json]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def shown(value: Json) -> str:
    """A value as a message quotes it: shortened, on one line."""
    if is_too_deep(value):
        return "what is nested too deep"
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True)
class Text(Kind):
    """A text of at most `most` characters, on one line unless `multiline`."""

    most: int = 300
    multiline: bool = False
    words = "text"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return _refuse(problems, path, f"Must be a text, not {shown(value)}.")
        cleaned = tidy(value, multiline=self.multiline)
        if cleaned is None:
            removed = clean(value, multiline=self.multiline).removed
            return _refuse(problems, path, f"Holds {' and '.join(removed)}.")
        if len(cleaned) > self.most:
            return _refuse(
                problems, path, f"Has {len(cleaned):,} characters; at most {self.most:,} are kept."
            )
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
            return _refuse(problems, path, f"Must be a whole number, not {shown(value)}.")
        if not self.least <= value <= self.most:
            return _refuse(problems, path, f"Must be from {self.least:,} to {self.most:,}.")
        return value

    def write(self, value: Any, zone: ZoneInfo) -> Json:
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
            return _refuse(problems, path, f"Must be a number of degrees, not {shown(value)}.")
        if not -self.most <= value <= self.most:
            return _refuse(problems, path, f"Must be from -{self.most} to {self.most}.")
        return round(value * 1_000_000) / 1_000_000

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value

    def schema(self) -> dict[str, Json]:
        return {"type": "number", "minimum": -self.most, "maximum": self.most}


@dataclass(frozen=True)
class Flag(Kind):
    """true or false; nothing given is false."""

    words = "true or false"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, bool):
            return _refuse(problems, path, f"Must be true or false, not {shown(value)}.")
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
                return _refuse(problems, path, f"There is no day {value}.")
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            return _refuse(problems, path, f"Must be in the years {FIRST_YEAR} to {LAST_YEAR}.")
        return _refuse(problems, path, f"Must be a day like 2026-09-24, not {shown(value)}.")

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
        return _refuse(problems, path, f"Must be a local start like 2026-09-24T18:00, not {shown(value)}.")

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
            return _refuse(
                problems, path, f"Must be an instant like 2026-09-21T16:00:00-07:00, not {shown(value)}."
            )
        if not match["offset"]:
            return _refuse(problems, path, f"{value} needs its offset, as in 2026-09-21T16:00:00-07:00.")
        return _moment(value, value, path, problems)

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value.astimezone(zone).isoformat()

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "format": "date-time", "pattern": r"(Z|[+-]\d{2}:\d{2}(:\d{2})?)$"}


def _moment(text: str, value: str, path: str, problems: Problems) -> Any:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _refuse(problems, path, f"There is no moment {value}.")
    if not (FIRST_YEAR <= moment.year <= LAST_YEAR and _is_within_years_everywhere(moment)):
        return _refuse(problems, path, f"Must be in the years {FIRST_YEAR} to {LAST_YEAR}.")
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
        return _refuse(problems, path, f"Must be one of {self.words}, not {shown(value)}.")

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
            return _refuse(problems, path, "Holds a control character or another hidden one.")
        return value

    def write(self, value: Any, zone: ZoneInfo) -> Json:
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
        return _refuse(problems, path, "Must be a SHA-256: 64 hexadecimal digits in small letters.")

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return value

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True)
class Bytes(Kind):
    """The bytes of an attachment in base64, at most `most` of them."""

    most: int = 25 * 1024 * 1024
    words = "base64, only with `--with-attachments`"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return _refuse(problems, path, "Must be a text in base64.")
        try:
            data = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return _refuse(problems, path, "Is not valid base64.")
        if len(data) > self.most:
            return _refuse(problems, path, f"Has more than {self.most // 1024**2} MB.")
        return data

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return base64.b64encode(value).decode("ascii")

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "contentEncoding": "base64"}


@dataclass(frozen=True)
class Field:
    """A field of an entry: `column` names it in the file where the two differ."""

    name: str
    kind: Kind
    required: bool = False
    column: str = ""
    note: str = ""
    #: Shown in an export only where it was asked for, and never compared.
    on_request: bool = False
    #: What the file keeps where the entry says nothing.
    otherwise: Any = None
    #: Read by a load, which turns it into something else; never kept, compared or exported.
    given_only: bool = False

    def __post_init__(self) -> None:
        if not self.column:
            column = f"{self.name}_id" if isinstance(self.kind, Reference) else self.name
            object.__setattr__(self, "column", column)

    @property
    def default(self) -> Any:
        """What the file keeps where the entry says nothing."""
        if isinstance(self.kind, Rows):
            return []
        return False if isinstance(self.kind, Flag) else self.otherwise

    def schema(self) -> dict[str, Json]:
        """The JSON Schema of the field."""
        own = self.kind.schema()
        if self.required or not own:
            return own
        if "enum" in own:
            return {"enum": [*own["enum"], None]}
        if "type" in own:
            return {**own, "type": [own["type"], "null"]}
        return {"anyOf": [own, {"type": "null"}]}


def read_fields(
    fields: Mapping[str, Field], value: Mapping[str, Json], path: str, problems: Problems
) -> dict[str, Any]:
    """The fields that were given, as the program keeps them; unreadable ones are left out."""
    found: dict[str, Any] = {}
    for name, item in value.items():
        own = f"{path}.{name}" if path else name
        known = fields.get(name)
        if known is None:
            problems.append(Problem(own, "There is no field of this name."))
        elif item is None and not isinstance(known.kind, AnyJson):
            found[name] = known.default
        else:
            read = known.kind.read(item, own, problems)
            found[name] = known.default if read is None and not known.required else read
    for name, known in fields.items():
        missing = name not in value or (found.get(name) is None and not isinstance(known.kind, AnyJson))
        if known.required and missing:
            problems.append(Problem(f"{path}.{name}" if path else name, "Is required."))
            found.pop(name, None)
    return {name: item for name, item in found.items() if item is not UNREADABLE}


@dataclass(frozen=True)
class Nested(Kind):
    """An object with fields of its own; `is_whole`: a field not given is the same as one that is empty."""

    fields: tuple[Field, ...]
    is_whole: bool = False

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {known.name: known for known in self.fields}

    @property
    def words(self) -> str:  # type: ignore[override]
        return "{" + ", ".join(f"{known.name}{'*' * known.required}" for known in self.fields) + "}"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, Mapping):
            return _refuse(problems, path, f"Must be an object, not {shown(value)}.")
        before = len(problems)
        found = read_fields(self.by_name, value, path, problems)
        if self.is_whole:
            found = {known.name: known.default for known in self.fields} | found
        return found if len(problems) == before else UNREADABLE

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return {known.name: written(known, value.get(known.name), zone) for known in self.fields}

    def schema(self) -> dict[str, Json]:
        return object_schema(self.fields)


@dataclass(frozen=True)
class Several(Kind):
    """A list of values of one kind."""

    each: Kind
    most: int = 1000

    @property
    def words(self) -> str:  # type: ignore[override]
        return f"[{self.each.words}]"

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return _refuse(problems, path, f"Must be a list, not {shown(value)}.")
        if len(value) > self.most:
            return _refuse(problems, path, f"Has more than {self.most:,} entries.")
        before = len(problems)
        found = [self.each.read(item, f"{path}[{index}]", problems) for index, item in enumerate(value)]
        problems += [Problem(f"{path}[{i}]", "Is required.") for i, item in enumerate(found) if item is None]
        return found if len(problems) == before else UNREADABLE

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        return [self.each.write(item, zone) for item in value]

    def schema(self) -> dict[str, Json]:
        return {"type": "array", "items": self.each.schema(), "maxItems": self.most}


@dataclass(frozen=True)
class Rows(Several):
    """A list of objects that the file keeps in a table of their own; nothing given is none."""


def written(known: Field, value: Any, zone: ZoneInfo) -> Json:
    """A field's value as the open record shows it; null where there is none."""
    return None if value is None else known.kind.write(value, zone)


def object_schema(fields: Sequence[Field]) -> dict[str, Json]:
    """The JSON Schema of an object with these fields and no others."""
    required = [known.name for known in fields if known.required]
    return {
        "type": "object",
        "properties": {known.name: known.schema() for known in fields},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
