"""Fields of an entry in the open record, and the kinds that are made of fields or of several values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from commission_app.domain.open_record.kind import UNREADABLE, Json, Kind, Problems, refuse, shown
from commission_app.domain.open_record.kinds import AnyJson, Flag, Reference
from commission_app.errors import Problem


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
            return refuse(problems, path, f"Must be an object, not {shown(value)}.")
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
            return refuse(problems, path, f"Must be a list, not {shown(value)}.")
        if len(value) > self.most:
            return refuse(problems, path, f"Has more than {self.most:,} entries.")
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
