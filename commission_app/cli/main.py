"""The command line's entry: finds the command, runs it, and turns refusals into words and exit codes."""

import importlib
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import Call, shared_options
from commission_app.cli.commands import COMMANDS
from commission_app.errors import CommissionError

if TYPE_CHECKING:
    from commission_app.services.session import Program


class LazyGroup(click.Group):
    """The commands of `COMMANDS`; a module is imported when one of its commands is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        found = getattr(importlib.import_module(f"commission_app.cli.{module}"), function)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        call = ctx.ensure_object(Call)
        try:
            super().invoke(ctx)
        except CommissionError as error:
            call.refuse(error)
            ctx.exit(1)
        ctx.exit(call.exit_code)


@click.command("commission-app", cls=LazyGroup, params=shared_options())
@click.version_option(package_name="commission-app", message="%(version)s")
def commission_app() -> None:
    """The record of a sister cities commission.

    Without a command, or with only a FILE, the window opens. Every command takes the file first.
    Exit status: 0 in order, 1 refused or something is overdue or wrong, 2 wrong usage.
    """


class _Net:
    """Under the whole command: what nobody expected becomes one refusal; the details go to the log."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Refuse instead of showing a traceback, which could name people; the process ends with status 1."""
        if kind is None or not issubclass(kind, Exception):
            return
        import logging

        from commission_app import bugs

        log = bugs.write_log()
        logging.getLogger(__name__).error("%s", bugs.report_of(kind, trace))
        where = f" What is known about it stands in {log}." if log else ""
        self._call.refuse(
            CommissionError(f"The program made a mistake and stopped. Nothing half done was kept.{where}")
        )
        sys.exit(1)


def run(program: "Program", arguments: Sequence[str]) -> None:
    """Run a command and leave the process with its exit status."""
    call = Call(program)
    with _Net(call):
        commission_app.main(list(arguments), prog_name="commission-app", obj=call)
