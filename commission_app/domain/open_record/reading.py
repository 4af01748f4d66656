"""Reading an open record: every problem at once, each with its path."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from commission_app.domain.open_record.fields import read_fields
from commission_app.domain.open_record.form import FORMAT
from commission_app.domain.open_record.kind import MOST_LEVELS, Problems, is_too_deep, shown
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import BY_NAME, NOUNS
from commission_app.errors import Problem, ValidationError

#: How many problems are told of one record; more help nobody.
MOST_PROBLEMS: Final = 1_000


@dataclass(slots=True)
class Entry:
    """One entry as read: the fields that were given, and where it stands. `sound`: nothing wrong so far."""

    noun: Noun
    path: str
    values: dict[str, Any]
    sound: bool = True

    @property
    def key(self) -> str | None:
        """The key, where one was given."""
        return self.values.get("key")

    def references(self) -> Iterator[tuple[str, str, str]]:
        """What the entry names: the path of the field, the list named, and the key there."""
        noun, values = self.noun, self.values
        for name, listed in noun.references:
            yield from _named(name, listed, values.get(name))
        for name, inner, listed in noun.nested_references:
            yield from _named(f"{name}.{inner}", listed, (values.get(name) or {}).get(inner))
        for name, inner, listed in noun.inner_references:
            for index, part in enumerate(values.get(name) or ()):
                yield from _named(f"{name}[{index}].{inner}", listed, part[inner])
        for name, listed in noun.listed_references:
            for index, key in enumerate(values.get(name) or ()):
                yield from _named(f"{name}[{index}]", listed, key)


def _named(path: str, listed: str, key: str | None) -> Iterator[tuple[str, str, str]]:
    if key is not None:
        yield path, listed, key


@dataclass(slots=True)
class Record:
    """A record as read: its entries by noun (only the lists that were given), and what is wrong with it."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    problems: Problems = field(default_factory=list)

    def of(self, noun: str) -> list[Entry]:
        """The entries of a list; none where it was not given."""
        return self.entries.get(noun, [])


class _Repeated(dict[str, Any]):
    """An object in which a field stood twice."""

    names: tuple[str, ...] = ()


def parse(data: bytes | str) -> Any:
    """The JSON document in a text; ValidationError where it is none.

    NaN and Infinity are no JSON; a field that stands twice in one object is refused by `read`.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValidationError([Problem("", f"The record is not UTF-8 (byte {error.start:,}).")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno:,}, column {error.colno:,}"
        raise ValidationError([Problem("", f"The record is no JSON: {error.msg}, {where}.")]) from error
    except RecursionError as error:
        raise ValidationError([Problem("", "The record is nested too deep.")]) from error
    except ValueError as error:
        raise ValidationError([Problem("", f"The record is no JSON: {error}.")]) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = _Repeated(found)
    names = [name for name, _ in pairs]
    repeated.names = tuple(sorted({name for name in names if names.count(name) > 1}))
    return repeated


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def read(document: Any) -> Record:
    """The entries of a document with all problems of form: fields, kinds of value, what stands twice."""
    record = Record()
    if not isinstance(document, Mapping):
        record.problems.append(Problem("", f"The record must be an object of lists, not {shown(document)}."))
        return record
    _note_repeated(document, "", record.problems)
    for name, value in document.items():
        if name == "format":
            if value != FORMAT:
                record.problems.append(Problem("format", f"Must be {FORMAT}, not {shown(value)}."))
        elif name not in BY_NAME:
            record.problems.append(Problem(name, "There is no list of this name."))
    for noun in NOUNS:
        if noun.name in document and document[noun.name] is not None:
            record.entries[noun.name] = list(_entries(noun, document[noun.name], record.problems))
            _note_doubles(noun, record.entries[noun.name], record.problems)
    return record


def _entries(noun: Noun, value: Any, problems: Problems) -> Sequence[Entry]:
    if noun.is_single:
        return [_entry(noun, value, noun.name, problems)]
    if not isinstance(value, Sequence) or isinstance(value, str):
        problems.append(Problem(noun.name, f"Must be a list, not {shown(value)}."))
        return []
    return [_entry(noun, item, f"{noun.name}[{index}]", problems) for index, item in enumerate(value)]


def _entry(noun: Noun, value: Any, path: str, problems: Problems) -> Entry:
    before = len(problems)
    values: dict[str, Any] = {}
    if isinstance(value, Mapping):
        deep = [name for name, item in value.items() if is_too_deep(item)]
        message = f"Is nested more than {MOST_LEVELS} levels deep."
        problems += [Problem(f"{path}.{name}", message) for name in deep]
        if deep:
            return Entry(noun, path, values, sound=False)
        _note_repeated(value, path, problems)
        values = read_fields(noun.by_name, value, path, problems)
        if noun.has_key and values.get("key") is None:
            values.pop("key", None)
    else:
        problems.append(Problem(path, f"Must be an object, not {shown(value)}."))
    return Entry(noun, path, values, sound=len(problems) == before)


def _note_repeated(value: Any, path: str, problems: Problems) -> None:
    """Note fields that stood twice in an object, or in one inside it."""
    if isinstance(value, _Repeated):
        problems.extend(
            Problem(f"{path}.{name}" if path else name, "Stands twice in one object.") for name in value.names
        )
    if path:
        inner = value.items() if isinstance(value, Mapping) else ()
        for name, item in inner:
            if isinstance(item, Mapping):
                _note_repeated(item, f"{path}.{name}", problems)


def _note_doubles(noun: Noun, entries: Sequence[Entry], problems: Problems) -> None:
    seen: dict[Any, str] = {}
    for entry in entries:
        if not entry.sound or noun.is_single:
            continue
        if entry.key is not None:
            mark, path = ("key", entry.key), f"{entry.path}.key"
            message = f"{entry.key} stands twice; first in {{first}}."
        else:
            mark, path = _mark(entry), entry.path
            message = "The same entry stands twice; first in {first}."
        if mark in seen:
            problems.append(Problem(path, message.format(first=seen[mark])))
            entry.sound = False
        else:
            seen[mark] = entry.path


def _mark(entry: Entry) -> tuple[Any, ...]:
    names = entry.noun.identity or tuple(entry.noun.by_name)
    return tuple(hashable(entry.values.get(name)) for name in names)


def hashable(value: Any) -> Any:
    """A value of an entry as one that can be compared in sets: objects and lists as tuples."""
    if isinstance(value, Mapping):
        return tuple((name, hashable(item)) for name, item in sorted(value.items()))
    return tuple(map(hashable, value)) if isinstance(value, list) else value


def require(problems: Sequence[Problem]) -> None:
    """Raise ValidationError with the problems, if there are any."""
    if len(problems) > MOST_PROBLEMS:
        more = Problem("", f"There are {len(problems) - MOST_PROBLEMS:,} more problems.")
        problems = [*problems[:MOST_PROBLEMS], more]
    if problems:
        raise ValidationError(problems)
