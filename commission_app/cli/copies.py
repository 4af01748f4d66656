"""Three laptops: reading copies, parcels back, and the hand-over to a new keeper."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.errors import NotFoundError, ValidationError

if TYPE_CHECKING:
    from commission_app.domain.handover import Manifest
    from commission_app.domain.parcels import Name, ParcelPreview
    from commission_app.services.session import Session

_PATH = click.Path(path_type=Path)
_OUT = click.argument("out", type=_PATH)
PASSPHRASE = click.option(
    "--passphrase-file",
    type=_PATH,
    metavar="F",
    help="The passphrase that locks it: the first line of this file.",
)


def passphrase_of(file: Path | None) -> str | None:
    """The passphrase in a file's first line; raises NotFoundError or ValidationError."""
    if file is None:
        return None
    try:
        first, *_ = file.read_text(encoding="utf-8").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(f"The passphrase cannot be read from {file}.") from error
    if not first.strip():
        raise ValidationError({"passphrase": "The first line of the file is empty."})
    return first


@command("copy")
@FILE
@_OUT
@click.option("--to", required=True, metavar="NAME", help="Who it is for.")
@PASSPHRASE
@pass_call
def copy(call: Call, file: Path, out: Path, to: str, passphrase_file: Path | None) -> None:
    """Write a reading copy: it prints everything, and what is entered in it comes back as a parcel."""
    with call.writing(file) as session:
        given = session.copies.give(out, to=to, passphrase=passphrase_of(passphrase_file))
    path = out.absolute().with_name(given.file)
    document = {"file": file.name, "copy": str(path), "to": given.to, "at": given.at.isoformat()}
    call.answer(document, [f"A reading copy for {given.to}.", str(path)])


@command("parcel")
@click.argument("copy", type=_PATH)
@_OUT
@PASSPHRASE
@pass_call
def parcel(call: Call, copy: Path, out: Path, passphrase_file: Path | None) -> None:
    """Write what was entered in a reading COPY as a parcel, to be loaded into the keeper's file."""
    with call.reading(copy) as session:
        session.sit_down(call.name if call.who else session.copies.require_mark().given_to)
        path = session.parcels.send_back(out, passphrase=passphrase_of(passphrase_file))
        count = session.copies.entered()
    call.answer({"file": copy.name, "parcel": str(path), "entries": count}, [str(path)])


@command("open-copy")
@click.argument("locked", type=_PATH)
@_OUT
@click.option(
    "--passphrase-file", type=_PATH, metavar="F", required=True, help="Its passphrase: the first line."
)
@pass_call
def open_copy(call: Call, locked: Path, out: Path, passphrase_file: Path) -> None:
    """Put the file that a LOCKED copy holds at OUT, readable by you alone."""
    from commission_app.services.copies import open_locked

    path = open_locked(locked, passphrase_of(passphrase_file) or "", out)
    call.answer({"file": locked.name, "opened": str(path)}, [str(path)])


def load_parcel(call: Call, session: "Session", path: Path, *, dry_run: bool, **wanted: Any) -> None:
    """Load a parcel, or say what loading it would do."""
    from commission_app.domain.parcels import Choices

    found = session.parcels.read(path, passphrase=passphrase_of(wanted["passphrase_file"]))
    sent = [(noun, entry["key"]) for noun, entries in found.lists.items() for entry in entries]
    people = {key for noun, key in sent if noun == "contacts"}
    choices = Choices(
        same=_same(wanted["same"], people, {contact.key for contact in session.contacts.all()}),
        left=frozenset(_row_of(text, sent, "--leave") for text in wanted["leave"]),
        taken=frozenset(_row_of(text, sent, "--take") for text in wanted["take"]),
    )
    done = session.parcels.preview(found, choices) if dry_run else session.parcels.load(found, choices)
    call.answer(_parcel_document(session.path, done, dry_run), lambda: _parcel_lines(done, dry_run))


def refuse_choices(**wanted: Any) -> None:
    """Raise BadParameter where a choice about a parcel is given with what is none."""
    for name in ("same", "leave", "take"):
        for text in wanted[name]:
            raise click.BadParameter(f"{text}: a plain record has nothing to choose.", param_hint=f"--{name}")


def _same(pairs: Sequence[str], sent: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Which contacts of a parcel are which of the file; raises BadParameter for a key that is in neither."""
    found: dict[str, str] = {}
    for pair in pairs:
        own, mark, other = pair.partition("=")
        message = ""
        if not mark:
            message = f"{pair}: give KEY=KEY, the parcel's contact and yours."
        elif own not in sent:
            message = f"The parcel brings no contact {own}."
        elif own in known:
            message = f"The contact {own} is in the file already."
        elif other not in known:
            message = f"The file has no contact {other}."
        elif found.get(own, other) != other:
            message = f"The contact {own} is named twice."
        if message:
            raise click.BadParameter(message, param_hint="--same")
        found[own] = other
    return found


def _row_of(given: str, sent: Sequence["Name"], option: str) -> "Name":
    """The row of a parcel that KEY or NOUN:KEY names; raises BadParameter for none and for several."""
    noun, _, key = given.partition(":")
    nouns = (noun, f"{noun}s", f"{noun.removesuffix('y')}ies")
    rows = [row for row in sent if row[0] in nouns and row[1] == key]
    rows = rows or [row for row in sent if row[1] == given]
    if len(rows) == 1:
        return rows[0]
    message = f"The parcel brings nothing with the key {given}."
    if rows:
        message = f"{given} is the key of several; give one of {', '.join(map(':'.join, rows))}."
    raise click.BadParameter(message, param_hint=option)


def _parcel_document(file: Path, done: "ParcelPreview", dry_run: bool) -> dict[str, Any]:
    from commission_app.domain.parcels import RowState

    def counts(*states: RowState) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in done.rows:
            if row.state in states:
                found[row.noun] = found.get(row.noun, 0) + 1
        return found

    return {
        "file": file.name,
        "dry_run": dry_run,
        "parcel": done.parcel.mark.as_fact() | {"made_by": done.parcel.made_by},
        "added": counts(RowState.NEW, RowState.ADJUSTED),
        "changed": counts(RowState.VOID),
        "removed": {},
        "skipped": counts(RowState.THERE, RowState.KEPT, RowState.SAME),
        "left_out": counts(RowState.LEFT),
        "cautions": list(done.cautions),
        "rows": [
            {
                "noun": row.noun,
                "key": row.key,
                "words": row.words,
                "state": row.state.value,
                "note": row.note or None,
                "same_as": [{"key": key, "name": name} for key, name in row.same_as],
            }
            for row in done.rows
        ],
    }


def _parcel_lines(done: "ParcelPreview", dry_run: bool) -> list[str]:
    rows = [[row.state.value, row.noun.replace("_", " "), row.words, row.note] for row in done.rows]
    last = f"{'Would have' if dry_run else 'Done:'} {done.text}."
    if done.is_empty:
        last = "The file has all of this already." if not done.conflicts else "Nothing comes in."
    return [*columns(rows), *done.cautions, "", last]


@command("handover")
@FILE
@click.argument("folder", type=_PATH, required=False)
@click.option("--to", metavar="NAME", help="The new keeper.")
@click.option("--code", metavar="CODE", help="The code that the new keeper's program shows.")
@click.option("--remove", is_flag=True, help="With --code: take the file away, kept as a backup.")
@click.option("--call-off", is_flag=True, help="Forget the hand-over that is under way.")
@click.option("--receive", is_flag=True, help="Check the hand-over in FOLDER and put its file at FILE.")
@pass_call
def handover(call: Call, /, file: Path, folder: Path | None, **wanted: Any) -> None:
    """Hand FILE over to a new keeper: into FOLDER with --to, then --code closes the old file for writing.

    The new keeper's program says the code: handover FILE FOLDER --receive.
    """
    steps = [bool(wanted["to"]), bool(wanted["code"]), wanted["call_off"], wanted["receive"]]
    if sum(steps) > 1 or (wanted["remove"] and not wanted["code"]):
        raise click.UsageError("Give one of --to, --code, --call-off, --receive; --remove goes with --code.")
    if folder is None and (wanted["to"] or wanted["receive"] or not any(steps)):
        raise click.UsageError("Say which FOLDER, or give --code or --call-off.")
    if wanted["receive"] and folder is not None:
        _receive(call, file, folder)
    elif wanted["code"]:
        _confirm(call, file, wanted["code"], remove=wanted["remove"])
    elif wanted["call_off"]:
        with call.writing(file) as session:
            session.handover.call_off()
        call.answer({"file": file.name, "called_off": True}, ["The hand-over is called off."])
    elif folder is not None:
        _write(call, file, folder, wanted["to"])


def _write(call: Call, file: Path, folder: Path, to: str | None) -> None:
    if not to:
        raise click.UsageError("Say who the new keeper is: --to NAME.")
    with call.writing(file) as session:
        manifest = session.handover.write(folder, to=to)
    lines = [
        *_manifest_lines(manifest),
        "",
        "Give the folder to the new keeper. When the code comes back: handover FILE --code CODE.",
        str(folder.absolute()),
    ]
    document = {"file": file.name, "folder": str(folder.absolute()), "manifest": _manifest(manifest)}
    call.answer(document, lines)


def _receive(call: Call, file: Path, folder: Path) -> None:
    from commission_app.services.handover import receive

    manifest = receive(folder, file)
    document = {
        "file": file.name,
        "received": str(file.absolute()),
        "code": manifest.code,
        "manifest": _manifest(manifest),
    }
    lines = [
        *_manifest_lines(manifest),
        "",
        f"Everything is as {manifest.given_by} handed it over. Read this code to {manifest.given_by}:",
        manifest.code,
        str(file.absolute()),
    ]
    call.answer(document, lines)


def _confirm(call: Call, file: Path, code: str, *, remove: bool) -> None:
    with call.writing(file) as session:
        done = session.handover.confirm(code)
        kept = session.handover.put_away() if remove else None
    document = {"file": file.name, "handed_over_to": done.to, "kept_as": str(kept) if kept else None}
    text = f"Handed over to {done.to}. This file can only be read from now on."
    if kept:
        text = f"Handed over to {done.to}. The file was taken away and is kept as a backup:"
    call.answer(document, [text, *([str(kept)] if kept else [])])


def _manifest(manifest: "Manifest") -> dict[str, Any]:
    return {
        "record": manifest.record,
        "from": manifest.given_by,
        "to": manifest.to,
        "at": manifest.at.isoformat(),
        "sha256": manifest.sha256,
        "figures": dict(manifest.figures),
    }


def _manifest_lines(manifest: "Manifest") -> list[str]:
    rows = [[name, f"{value:,}"] for name, value in manifest.figures.items() if value]
    return [f"{manifest.record}, to {manifest.to}", *columns(rows, right=(1,)), f"SHA-256 {manifest.sha256}"]
