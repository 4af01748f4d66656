"""Making, backing up, restoring and checking files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.errors import ConflictError, FileMissingError, NotFoundError, StorageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from commission_app.services.backups import ListedBackup


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
@click.option("--list", "lists", is_flag=True, help="List the backups there are, with what they hold.")
@pass_call
def backup(call: Call, file: Path, folder: Path | None, lists: bool) -> None:
    """Make a verified backup now, in DIR, a folder that is there, or among the program's own backups."""
    if folder is not None and not folder.is_dir():
        raise FileMissingError(f"There is no folder {folder}.", "Nothing was written. Make the folder first.")
    with call.reading(file) as session:
        if lists:
            found = session.backups.listed()
            zone = session.context.today().zone
            call.answer(
                {"file": file.name, "backups": [_as_json(one, session.path) for one in found]},
                columns([_as_row(one, zone) for one in found]) or ["There is no backup yet."],
            )
            return
        made = session.backups.make("manual", folder.absolute() if folder else None)
    document = {"file": file.name, "backup": str(made.path), "size": made.size}
    call.answer(document, [f"Backed up {made.size:,} bytes, verified.", str(made.path)])


def _as_json(listed: "ListedBackup", file: Path) -> dict[str, Any]:
    found, held = listed.backup, listed.summary
    return {
        "path": str(found.path),
        "made_at": found.made_at.isoformat(),
        "reason": found.reason,
        "made_from": listed.other or str(file),
        "size": found.size,
        "in_order": held is not None,
        "contacts": held.contacts if held else None,
        "meetings": held.meetings if held else None,
        "inquiries": held.inquiries if held else None,
        "pledges": held.pledges if held else None,
        "payments": held.payments if held else None,
        "received_cents": held.received_cents if held else None,
        "last_change": held.changed_what if held else None,
        "by": held.changed_by if held else None,
    }


def _as_row(listed: "ListedBackup", zone: "ZoneInfo") -> list[str]:
    found, held = listed.backup, listed.summary
    moment = f"{found.made_at.astimezone(zone):%Y-%m-%d %H:%M}"
    if held is None:
        counts, last = "DAMAGED", found.path.name
    else:
        counts = f"{held.contacts} contacts, {held.meetings} meetings, {held.payments} payments"
        last = f"{held.changed_by} {held.changed_what}"
    if listed.other is not None:
        last = f"{last}; another copy of the record, made from {listed.other}: {found.path}"
    return [moment, found.reason, counts, last]


@command("restore")
@FILE
@click.argument("backup", type=click.Path(path_type=Path), required=False)
@click.option("--newest", is_flag=True, help="The newest good backup of FILE, also when FILE is damaged.")
@click.option("--before-upgrade", is_flag=True, help="The backup from before the last upgrade of FILE.")
@click.option("--undo", is_flag=True, help="Take the last restore back: the file from before it.")
@click.option("--although-handed-over", is_flag=True, help="Even if there are two records of it then.")
@pass_call
def restore(call: Call, /, file: Path, backup: Path | None, **wanted: bool) -> None:
    """Put BACKUP in the file's place; the present file is kept aside under another name."""
    newest, before_upgrade, undo = (wanted[name] for name in ("newest", "before_upgrade", "undo"))
    if [backup is not None, newest, before_upgrade, undo].count(True) != 1:
        raise click.UsageError("Give a BACKUP, or one of --newest, --before-upgrade and --undo.")
    if undo:
        chosen = call.program.before_restore(file)
    else:
        chosen = backup or (_newest_good(file) if newest else call.program.before_upgrade(file))
    if not wanted["although_handed_over"]:
        _require_kept_here(chosen, file)
    aside = call.program.undo_restore(file) if undo else call.program.restore(chosen, file)
    lines = [f"Restored {file.absolute()}"]
    if aside is not None:
        lines.append(f"The file as it was is kept as {aside.absolute()}")
    if before_upgrade:
        lines.append("Open it with the earlier version of the program: this one brings it up to date again.")
    document = {
        "file": file.name,
        "restored": str(file.absolute()),
        "kept_aside": str(aside.absolute()) if aside else None,
    }
    call.answer(document, lines)


def _newest_good(file: Path) -> Path:
    from commission_app.services.backups import newest_good, others_of

    offer = newest_good(file)
    if offer is not None:
        return offer.backup.path
    others = dict.fromkeys(str(origin) for _, origin in others_of(file) if origin is not None)
    hint = f" There are some of another copy of its record, made from {', '.join(others)}:" if others else ""
    choose = " backup --list names them, to be restored one by one." if others else ""
    raise NotFoundError(f"There is no good backup of {file.name} on this computer.{hint}{choose}")


def _require_kept_here(source: Path, file: Path) -> None:
    """Raise ConflictError where restoring would make a second record beside one that was handed over."""
    from contextlib import suppress
    from zoneinfo import ZoneInfo

    from commission_app.domain.dates import long_day
    from commission_app.services.backups import handed_over_since

    gone = None
    with suppress(StorageError):  # a damaged file is no record that could be written
        gone = handed_over_since(source, file.resolve())
    if gone is not None:
        to, at, zone = gone
        day = long_day(at.astimezone(ZoneInfo(zone)).date())
        raise ConflictError(
            f"This record was handed over to {to} on {day}. There would be two records, and what is entered "
            "in them cannot be joined. To do it all the same: --although-handed-over."
        )


@command("verify")
@FILE
@click.option("--repair", is_flag=True, help="After a backup, make anew what is derived; no entry changes.")
@pass_call
def verify(call: Call, file: Path, repair: bool) -> None:
    """Check my records: the file itself, its history, and whether every entry keeps the rules.

    The exit status is 1 when something is wrong.
    """
    with call.writing(file) if repair else call.reading(file) as session:
        results = session.verification.repair() if repair else session.verification.run()
    document = {
        "file": file.name,
        "in_order": all(result.is_good for result in results),
        "checks": [
            {
                "check": result.name,
                "in_order": result.is_good,
                "problems": list(result.problems),
                "advice": list(result.advice),
            }
            for result in results
        ],
    }
    lines = []
    for result in results:
        lines.append(f"{'ok   ' if result.is_good else 'WRONG'}  {result.text}")
        lines += [f"       {problem}" for problem in result.problems]
        lines += [f"       -> {advice}" for advice in result.advice]
    if not repair and any(result.is_repairable and not result.is_good for result in results):
        lines += ["", "verify --repair puts right what is derived."]
    call.answer(document, lines)
    call.mention_place(file)
    if not document["in_order"]:
        call.exit_code = 1
