"""What a check of the record is, and what it tells: a sentence that names the record, and what to do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from commission_app.errors import Problem
from commission_app.services.context import Context


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: what, with the record's name, and what a person can do about it. `noun` and
    `record_id` tell where it can be put right in the window: contact, meeting, pledge, seat, setting.
    """

    text: str
    advice: str
    noun: str = ""
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its short name: what it looks at in words, and whether a repair can put it right by deriving
    again what it found wrong.
    """

    name: str
    text: str
    find: Callable[[Context, Connection], Iterator[Trouble]]
    is_repairable: bool = False


def told(
    what: str, problems: Iterable[Problem], advice: str, noun: str = "", record_id: str | None = None
) -> Iterator[Trouble]:
    """What the rules say of a record, each with its name and advice."""
    for problem in problems:
        yield Trouble(f"{what}: {problem.message}", advice, noun, record_id)
