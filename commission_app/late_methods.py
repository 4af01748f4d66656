"""Dataclasses whose methods are compiled when they are first called."""

import dataclasses
import sys
from collections.abc import Callable
from typing import Any, Final

_create: Any = getattr(dataclasses, "_create_fn", None)
#: Before Python 3.13, which writes all methods of a class at once.
CAN_BE_LATE: Final = sys.version_info < (3, 13) and _create is not None


def compile_late() -> None:
    """From now on `dataclass` leaves the methods that it writes uncompiled until they are called.

    It writes six for a frozen class, and few of them are called before the first page is there: a tenth of
    the start went into compiling the others.
    """
    if CAN_BE_LATE:
        dataclasses._create_fn = _late  # type: ignore[attr-defined]


def _late(name: str, arguments: Any, body: Any, **known: Any) -> Callable[..., Any]:
    """A method that puts the real one in its own place in the class when it is called."""
    made: list[Callable[..., Any]] = []

    def method(self: object, *args: Any, **kwargs: Any) -> Any:
        if not made:
            made.append(_create(name, arguments, body, **known))
            made[0].__qualname__ = method.__qualname__
            for owner in type(self).__mro__:
                if owner.__dict__.get(name) is method:
                    setattr(owner, name, made[0])
        return made[0](self, *args, **kwargs)

    method.__name__ = name
    return method
