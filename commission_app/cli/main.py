"""The command line's entry: finds the command, runs it, and turns refusals into words and exit codes."""

import importlib
from collections.abc import Sequence
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


def run(program: "Program", arguments: Sequence[str]) -> None:
    """Run a command and leave the process with its exit status."""
    commission_app.main(list(arguments), prog_name="commission-app", obj=Call(program))
