"""Frozen papers as JSON: whether every word is where the paper expects it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from commission_app.errors import Problem

_WORDS: Final = {str: "words", bool: "true or false", float: "a number", NoneType: "null"}


def check_frozen(
    paper: type[Any], content: Any, path: str = "content", *, besides: Collection[str] = ()
) -> list[Problem]:
    """What of a frozen paper cannot be read back as the dataclass that it was, each with its place. Names in
    `besides` are not frozen; what the dataclass does not know is passed over.
    """
    return list(_wrong(paper, content, path, besides))


def _wrong(kind: Any, value: Any, path: str, besides: Collection[str] = ()) -> Iterator[Problem]:
    if is_dataclass(kind):
        yield from _wrong_object(kind, value, path, besides)
    elif get_origin(kind) is tuple:
        yield from _wrong_list(get_args(kind), value, path)
    elif get_origin(kind) is UnionType:
        options = [one for one in get_args(kind) if one is not NoneType]
        if value is not None:
            yield from _wrong(options[0], value, path)
    elif not _is(kind, value):
        yield Problem(path, f"Must be {_WORDS[kind]}.")


def _wrong_object(kind: Any, value: Any, path: str, besides: Collection[str]) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(path, "Must be an object.")
        return
    kinds = _kinds_of(kind)
    for field in fields(kind):
        if field.name in besides:
            continue
        inner = f"{path}.{field.name}"
        if field.name in value:
            yield from _wrong(kinds[field.name], value[field.name], inner)
        elif field.default is MISSING:
            yield Problem(inner, "Is missing.")


@cache
def _kinds_of(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _wrong_list(kinds: tuple[Any, ...], value: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, list | tuple):
        yield Problem(path, "Must be a list.")
    elif kinds[-1] is Ellipsis:
        for number, one in enumerate(value):
            yield from _wrong(kinds[0], one, f"{path}[{number}]")
    elif len(value) != len(kinds):
        yield Problem(path, f"Must be a list of {len(kinds)}.")
    else:
        for number, (kind, one) in enumerate(zip(kinds, value, strict=True)):
            yield from _wrong(kind, one, f"{path}[{number}]")


def _is(kind: Any, value: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind)
