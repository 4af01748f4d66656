"""Lists and records in and out: import, export, load."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.copies import PASSPHRASE, load_parcel, refuse_choices
from commission_app.domain.import_columns import ENCODINGS, field_in_words
from commission_app.errors import NotFoundError, Problem, ValidationError

if TYPE_CHECKING:
    from commission_app.domain.importing import ColumnUse, ImportPreview, ImportTable
    from commission_app.services.record import LoadReport
    from commission_app.services.session import Session

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@command("load")
@FILE
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD.json")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--same", multiple=True, metavar="KEY=KEY", help="Of a parcel: this contact is that one here.")
@click.option("--leave", multiple=True, metavar="[NOUN:]KEY", help="Of a parcel: leave this out.")
@click.option(
    "--take", multiple=True, metavar="[NOUN:]KEY", help="Of a parcel: take this in spite of its note."
)
@PASSPHRASE
@pass_call
def load(call: Call, /, file: Path, record: Path, dry_run: bool, **wanted: Any) -> None:
    """Add an open record: all of it, or nothing and every reason why not.

    Of a parcel (or the reading copy itself) what fits comes in; the rest is named and left out.
    """
    with call.reading(file) if dry_run else call.writing(file) as session:
        if session.parcels.is_one(record):
            load_parcel(call, session, record, dry_run=dry_run, **wanted)
            return
        refuse_choices(**wanted)
        report = session.record.load_file(record, dry_run=dry_run)
    call.answer(_load_document(file, report, dry_run), lambda: _load_lines(report, dry_run))


def _load_document(file: Path, report: "LoadReport", dry_run: bool) -> dict[str, Any]:
    return {
        "file": file.name,
        "dry_run": dry_run,
        "added": dict(report.added),
        "changed": dict(report.changed),
        "removed": dict(report.removed),
        "skipped": dict(report.skipped),
    }


def _load_lines(report: "LoadReport", dry_run: bool) -> list[str]:
    nouns = dict.fromkeys((*report.added, *report.changed, *report.removed, *report.skipped))
    rows = [
        [
            noun.replace("_", " "),
            *(
                str(part.get(noun, 0))
                for part in (report.added, report.changed, report.removed, report.skipped)
            ),
        ]
        for noun in nouns
    ]
    table = columns(rows, ["", "added", "changed", "removed", "already there"], right=(1, 2, 3, 4))
    if report.is_empty:
        last = "The file has all of this already."
    else:
        last = f"{'Would have' if dry_run else 'Done:'} {report.text}."
    return [*table, "", last] if table else [last]


@command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.argument("noun", required=False)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    help=".json; .csv or .xlsx for one list; a new folder (FOLDER/) for an archive of everything.",
)
@click.option("--public", is_flag=True, help="Leave out private data and minors.")
@click.option("--with-attachments", is_flag=True, help="With the bytes of attachments.")
@click.option("--schema", is_flag=True, help="Write the JSON Schema that load checks; needs no FILE.")
@pass_call
def export(call: Call, /, file: Path | None, noun: str | None, target: str | None, **wanted: bool) -> None:
    """Write one list (NOUN) to .csv, .xlsx or .json, or the whole record to .json or into a new folder.

    Without -o it is printed as JSON. JSON is exact; .csv and .xlsx are for people: names before the keys,
    amounts in units with the currency, parts of payments in words.
    """
    from commission_app.domain.open_record.nouns import BY_NAME
    from commission_app.domain.open_record.writing import text

    output = Path(target) if target else None
    if wanted["schema"]:
        from commission_app.domain.open_record.schema import json_schema

        _deliver(call, "schema", text(json_schema()).encode(), output)
        return
    if file is None:
        raise click.MissingParameter(param_hint="FILE", param_type="argument")
    if noun is not None and noun not in BY_NAME:
        raise click.BadParameter(
            f"There is no list {noun}; there are {', '.join(BY_NAME)}.", param_hint="NOUN"
        )
    if noun is None and target is not None and (target.endswith(("/", os.sep)) or Path(target).is_dir()):
        with call.reading(file) as session:
            folder = session.record.archive(Path(target), public_only=wanted["public"])
        call.answer({"file": file.name, "export": str(folder)}, [str(folder)])
        return
    suffix = output.suffix.lower() if output else ".json"
    if suffix not in (".json", ".csv", ".xlsx") or (noun is None and suffix != ".json"):
        known = (
            ".json, .csv or .xlsx" if noun else ".json (or in / for a folder); name a list for .csv or .xlsx"
        )
        raise click.BadParameter(f"The export is written to a file that ends in {known}.", param_hint="-o")
    with call.reading(file) as session:
        if noun is None:
            record = session.record.text(
                public_only=wanted["public"], with_attachments=wanted["with_attachments"]
            )
            _deliver(call, file.name, record.encode(), output)
            return
        if suffix != ".json":
            _deliver(call, file.name, _spreadsheet(session, noun, suffix, wanted["public"]), output)
            return
        entries = session.record.entries(noun, public_only=wanted["public"])
    from commission_app.domain.open_record.form import FORMAT

    one: Any = entries[0] if BY_NAME[noun].is_single else entries
    _deliver(call, file.name, text({"format": FORMAT, noun: one}).encode(), output)


def _spreadsheet(session: "Session", noun: str, suffix: str, public_only: bool) -> bytes:
    """A list as people read it."""
    from commission_app.cli.readable_lists import ReadableLists
    from commission_app.domain.open_record.nouns import BY_NAME
    from commission_app.exchange.writing_lists import as_csv, as_xlsx, flattened

    entries = ReadableLists(session, public_only=public_only).entries(noun)
    header, rows = flattened(entries, list(BY_NAME[noun].by_name))
    if suffix == ".csv":
        return as_csv(header, rows)
    return as_xlsx(noun.replace("_", " "), header, rows, paper=session.papers.usual_size())


def _deliver(call: Call, name: str, data: bytes, output: Path | None) -> None:
    """Write an export whole and say where, or print it."""
    if output is None:
        click.echo(data.decode(), nl=False)
        return
    from commission_app.exchange.whole_files import write_whole

    path = write_whole(output, data)
    call.answer({"file": name, "export": str(path)}, [str(path)])


@command("import")
@FILE
@click.argument("noun", type=click.Choice(["contacts", "memberships", "pledges", "payments"]))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the verdicts; write nothing.")
@click.option("--organization", metavar="KEY", help="Whose members they are, when there are several.")
@click.option("--add-similar", is_flag=True, help="Also add rows that may be the same as a contact.")
@click.option("--day-first/--month-first", default=None, help="How to read days like 3/4/2026.")
@click.option("--decimal-comma/--decimal-point", default=None, help="How to read amounts like 12,50.")
@click.option("--sheet", metavar="NAME", help="Of a workbook: the sheet; else the first that holds anything.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Of CSV; else it is found out.")
@click.option("--separator", type=click.Choice(list(_SEPARATORS)), help="Of CSV; else it is found out.")
@click.option("--header/--no-header", "has_header", default=None, help="Whether the first row names columns.")
@click.option(
    "--column",
    "columns_",
    multiple=True,
    metavar="FIELD=NUMBER",
    help="Which column (from 1) holds a field; all that are wanted, once one is given.",
)
@pass_call
def import_rows(call: Call, /, file: Path, noun: str, source: Path, **wanted: Any) -> None:
    """Import contacts, memberships, pledges or payments from a CSV or XLSX file, with a verdict for each row.

    Rows that are refused or may be the same as a contact are left out; the others are added in one step.
    The exit status is 1 when every row was refused.
    """
    from commission_app.domain.importing import HowRead, Verdict
    from commission_app.exchange.reading_lists import read_list

    separator = _SEPARATORS.get(wanted["separator"] or "")
    table = read_list(source, HowRead(wanted["encoding"], separator, wanted["sheet"], wanted["has_header"]))
    mapping = _mapping(noun, wanted["columns_"])
    dry_run = wanted["dry_run"]
    how = {"day_first": wanted["day_first"]}
    with call.reading(file) if dry_run else call.writing(file) as session:
        if noun == "contacts":
            preview = session.imports.preview_contacts(table, mapping)
        elif noun == "memberships":
            organization_id = _organization(session, wanted["organization"])
            preview = session.imports.preview_memberships(organization_id, table, mapping, **how)
        else:
            how["decimal_comma"] = wanted["decimal_comma"]
            imports = session.imports
            of_money = imports.preview_pledges if noun == "pledges" else imports.preview_payments
            preview = of_money(table, mapping, **how)
        if wanted["add_similar"]:
            preview = _with_similar(preview)
        count = len(preview.chosen) if dry_run else session.imports.carry_out(preview)
    if preview.rows and all(row.verdict is Verdict.REFUSED for row in preview.rows):
        call.exit_code = 1
    document = {
        "file": file.name,
        "dry_run": dry_run,
        "imported": 0 if dry_run else count,
        "read": table.how,
        "doubt": table.doubt or None,
        "columns": [asdict(use) for use in table.uses(preview.columns)],
        "rows": [
            {"row": row.number, "name": row.name, "verdict": row.verdict.value, "message": row.message}
            for row in preview.rows
        ],
    }
    call.answer(document, lambda: _import_lines(table, preview, count, dry_run))


def _mapping(noun: str, given: Sequence[str]) -> dict[str, int] | None:
    """Which column holds which field, as said on the command line; None: it is found out."""
    from commission_app.domain.importing import fields_of

    found: dict[str, int] = {}
    for text in given:
        field, _, number = text.partition("=")
        if field not in fields_of(noun) or not (number.isascii() and number.isdigit() and int(number)):
            known = ", ".join(fields_of(noun))
            raise click.BadParameter(
                f"{text} is not FIELD=NUMBER; the fields are {known}.", param_hint="--column"
            )
        found[field] = int(number) - 1
    return found or None


def _organization(session: "Session", key: str | None) -> str:
    """The organization whose members are imported."""
    known = {view.organization.key: view.organization.id for view in session.organizations.all()}
    if key is not None:
        if key not in known:
            raise NotFoundError(f"There is no community organization {key}; there are {', '.join(known)}.")
        return known[key]
    if not known:
        raise NotFoundError("The file has no community organization yet.")
    if len(known) > 1:
        message = f"There are several organizations; name one: {', '.join(known)}."
        raise ValidationError([Problem("organization", message)])
    return next(iter(known.values()))


def _with_similar(preview: "ImportPreview") -> "ImportPreview":
    from dataclasses import replace

    from commission_app.domain.importing import Verdict

    rows = tuple(row.as_new() if row.verdict is Verdict.SIMILAR else row for row in preview.rows)
    return replace(preview, rows=rows)


def _read_lines(table: "ImportTable", preview: "ImportPreview") -> list[str]:
    """How a list was read, and which of its columns are used for what."""
    uses = table.uses(preview.columns)
    used = [f"{_column(use)} as {field_in_words(use.field)}" for use in uses if use.field is not None]
    left = [_column(use) for use in uses if use.field is None]
    return [
        *([f"Read as {table.how}."] if table.how else []),
        *([f"Warning: {table.doubt}"] if table.doubt else []),
        f"Columns: {', '.join(used)}.",
        *([f"Columns not used: {', '.join(left)}."] if left else []),
        "",
    ]


def _column(use: "ColumnUse") -> str:
    if use.same_as is not None:
        return f"{use.name} (column {use.number}, named like column {use.same_as})"
    return use.name or f"column {use.number}"


def _import_lines(table: "ImportTable", preview: "ImportPreview", count: int, dry_run: bool) -> Sequence[str]:
    rows = [[str(row.number), row.name, row.verdict.value, row.message] for row in preview.rows]
    last = f"{count:,} {'would be imported' if dry_run else 'imported'}, {len(rows) - count:,} left out."
    listed = columns(rows, ["Row", "Name", "Verdict", "Why"], right=(0,))
    return [*_read_lines(table, preview), *listed, "", last]
