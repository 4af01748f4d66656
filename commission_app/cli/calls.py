"""What every command shares: its options, opening the file, and how it answers and refuses."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commission_app.errors import CommissionError, Problem, StorageError, ValidationError

if TYPE_CHECKING:
    from commission_app.services.session import Program, Session

F = TypeVar("F", bound=Callable[..., Any])


class Today(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or value != day.isoformat() or not 1900 <= day.year <= 2100:
            self.fail(f"{value} is no day like 2026-09-24 (1900 to 2100).", param, ctx)
        return day


@dataclass
class Call:
    """One call of the program: what it was told for all commands, and where it answers."""

    program: "Program"
    as_json: bool = False
    on: date | None = None
    who: str | None = None
    exit_code: int = field(default=0)

    @property
    def name(self) -> str:
        """Who it is, for the history."""
        if self.who:
            return self.who
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "unknown"

    @contextmanager
    def reading(self, path: Path) -> Iterator["Session"]:
        """The file opened for reading; its bytes stay as they are."""
        session = self.program.open_reading(path, on=self.on)
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def writing(self, path: Path) -> Iterator["Session"]:
        """The file opened for writing; refused while somebody else has it."""
        session = self.program.open_writing(path, who=self.name, on=self.on)
        try:
            yield session
        finally:
            session.close()

    def answer(self, document: dict[str, Any], lines: Sequence[str] | Callable[[], Sequence[str]]) -> None:
        """Print the JSON document, or for people the lines."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
            return
        for line in lines() if callable(lines) else lines:
            click.echo(line)

    def mention_place(self, path: Path) -> None:
        """Say in passing, to people only, that a file lives where it can come to harm."""
        risk = None if self.as_json else self.program.risk_of(path)
        if risk is not None:
            where = (
                f"in a folder that {risk.name} watches"
                if risk.kind == "synced"
                else f"on a network ({risk.name})"
            )
            click.echo(f"This file is {where}; it is safer on this computer alone.", err=True)

    def refuse(self, error: CommissionError) -> None:
        """Say why the call was refused."""
        problems = problems_of(error)
        if self.as_json:
            refused = [{"path": problem.path, "message": problem.message} for problem in problems]
            click.echo(json.dumps({"refused": refused}, ensure_ascii=False, indent=2))
            return
        for problem in problems:
            click.echo(f"{problem.path}: {problem.message}" if problem.path else problem.message, err=True)
        if isinstance(error, StorageError):
            click.echo(error.advice, err=True)


def problems_of(error: CommissionError) -> Sequence[Problem]:
    """What is wrong, each with its path; of a file that cannot be used the path is `file`."""
    if isinstance(error, ValidationError):
        return error.problems
    return (Problem("file" if isinstance(error, StorageError) else "", str(error)),)


pass_call = click.make_pass_decorator(Call)
FILE = click.argument("file", type=click.Path(path_type=Path))


def output_to(words: str, *, required: bool = True) -> Callable[[F], F]:
    """The option that names the file to write; `words` are its help."""
    path = click.Path(path_type=Path)
    return click.option("-o", "--output", "output", required=required, type=path, help=words)


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def note(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        if value:
            setattr(context.ensure_object(Call), name, value)
        return value

    return note


def shared_options() -> list[click.Parameter]:
    """The options that may stand before or after every command."""
    return [
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_remember("as_json"),
            help="Print one JSON document.",
        ),
        click.Option(
            ["--on", "on"],
            type=Today(),
            expose_value=False,
            callback=_remember("on"),
            help="Look at the record as of this day.",
        ),
        click.Option(
            ["--as", "who"],
            expose_value=False,
            callback=_remember("who"),
            help="Who it is, for the history.",
        ),
    ]


class RecordCommand(click.Command):
    """A command that takes the shared options too."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params += shared_options()


def command(name: str) -> Callable[[Callable[..., Any]], RecordCommand]:
    """Declare a command of the program; its docstring is its help."""
    return click.command(name, cls=RecordCommand)
