"""Making, backing up, restoring and checking files, and their history."""

from pathlib import Path
from typing import Any

import click

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns


@command("new")
@FILE
@click.option("--name", required=True, help="The commission's full name.")
@click.option("--city", required=True)
@click.option("--zone", required=True, help="Its time zone, like America/Los_Angeles.")
@click.option("--rules", required=True, metavar="PACK", help="milpitas, san-jose or generic.")
@click.option("--state", help="Like CA.")
@click.option("--country", help="Like US.")
@click.option("--currency", help="Like USD.")
@pass_call
def new(call: Call, /, file: Path, **particulars: str | None) -> None:
    """Create a commission's file from a rule pack; never overwrites.

    The record begins today, or on the day given with --on.
    """
    from commission_app.domain.commission import Commission

    required = ("name", "city", "zone", "rules")
    given: dict[str, Any] = {
        name: value or "" for name, value in particulars.items() if value or name in required
    }
    call.program.create(file, Commission(**given), who=call.name, on=call.on)
    call.answer({"file": file.name, "created": str(file.absolute())}, [f"Created {file.absolute()}"])


@command("sample")
@FILE
@pass_call
def sample(call: Call, file: Path) -> None:
    """Create the sample, the invented city of Alder Glen, as of today or of --on."""
    call.program.create_sample(file, on=call.on)
    call.answer({"file": file.name, "created": str(file.absolute())}, [f"Created {file.absolute()}"])


@command("backup")
@FILE
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@pass_call
def backup(call: Call, file: Path, folder: Path | None) -> None:
    """Make a verified backup now, in DIR or among the program's own backups."""
    with call.reading(file) as session:
        made = session.backups.make("manual", folder.absolute() if folder else None)
    document = {"file": file.name, "backup": str(made.path), "size": made.size}
    call.answer(document, [f"Backed up {made.size:,} bytes, verified.", str(made.path)])


@command("restore")
@FILE
@click.argument("backup", type=click.Path(path_type=Path))
@pass_call
def restore(call: Call, file: Path, backup: Path) -> None:
    """Put BACKUP in the file's place; the present file is kept aside under another name."""
    aside = call.program.restore(backup, file)
    lines = [f"Restored {file.absolute()}"]
    if aside is not None:
        lines.append(f"The file as it was is kept as {aside.absolute()}")
    document = {
        "file": file.name,
        "restored": str(file.absolute()),
        "kept_aside": str(aside.absolute()) if aside else None,
    }
    call.answer(document, lines)


@command("verify")
@FILE
@pass_call
def verify(call: Call, file: Path) -> None:
    """Check the file itself: schema, pages, references, change log, attachments, rules.

    The exit status is 1 when something is wrong.
    """
    with call.reading(file) as session:
        results = session.verification.run()
    document = {
        "file": file.name,
        "in_order": all(result.is_good for result in results),
        "checks": [
            {"check": result.name, "in_order": result.is_good, "problems": list(result.problems)}
            for result in results
        ],
    }
    lines = []
    for result in results:
        lines.append(f"{'ok   ' if result.is_good else 'WRONG'}  {result.text}")
        lines += [f"       {problem}" for problem in result.problems]
    call.answer(document, lines)
    if not document["in_order"]:
        call.exit_code = 1


@command("history")
@FILE
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=100, show_default=True)
@pass_call
def history(call: Call, file: Path, limit: int) -> None:
    """What was done, by whom and when, the newest first."""
    with call.reading(file) as session:
        actions = session.history.recent(limit)
        zone = session.context.today().zone
        as_of = session.context.today().today
    document = {
        "file": file.name,
        "as_of": as_of.isoformat(),
        "history": [
            {
                "id": action.id,
                "at": action.at.astimezone(zone).isoformat(),
                "who": action.who,
                "what": action.what,
                "kind": action.kind.value,
                "undone": action.undone,
            }
            for action in actions
        ],
    }
    rows = [
        [
            f"{action.at.astimezone(zone):%Y-%m-%d %H:%M}",
            action.who,
            action.what + (" (undone)" if action.undone else ""),
        ]
        for action in actions
    ]
    call.answer(document, columns(rows) or ["Nothing was done yet."])
