"""What a kind of value in the open record is, and what all kinds share."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

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


class Kind:
    """What may stand in a field."""

    #: What stands in the help page for people.
    words: str = ""

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        """The value as the program keeps it; UNREADABLE after noting what is wrong with it."""
        raise NotImplementedError

    def write(self, value: Any, zone: ZoneInfo) -> Json:
        """The value as the open record shows it; as it is, unless its kind says otherwise."""
        return value

    def schema(self) -> dict[str, Json]:
        """The JSON Schema of a value."""
        raise NotImplementedError


def refuse(problems: Problems, path: str, message: str) -> Unreadable:
    """Note what is wrong with the value at `path`."""
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
