"""Papers: the agenda, and every other one by its kind."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from commission_app.cli.calls import FILE, Call, Today, command, output_to, pass_call
from commission_app.cli.columns import columns

if TYPE_CHECKING:
    from commission_app.domain.papers import PaperKind
    from commission_app.services.session import Session

_AGENDA_FORMS: Final = (".pdf", ".docx", ".html", ".ics")
_ENDINGS: Final = ".pdf, .docx, .html or .ics"


@command("agenda")
@FILE
@click.option("--meeting", default="next", show_default=True, help="next, a day (YYYY-MM-DD) or a key.")
@click.option(
    "--draft", is_flag=True, help="Draw the agenda that the program proposes; the file stays as it is."
)
@output_to("The paper, ending in .pdf, .docx (Word), .html (for the website) or .ics (for a calendar).")
@pass_call
def agenda(call: Call, file: Path, meeting: str, draft: bool, output: Path) -> None:
    """Print the agenda of a meeting as a PDF, or write it for Word, the website or a calendar.

    An agenda that stands as it was posted is printed from its posting copy, else as a DRAFT.
    """
    from commission_app.exchange.whole_files import write_whole

    form = output.suffix.lower()
    if form not in _AGENDA_FORMS:
        raise click.BadParameter(f"The agenda is written to a file that ends in {_ENDINGS}.", param_hint="-o")
    if draft and form == ".ics":
        raise click.UsageError("--draft says nothing for a calendar: an entry has no agenda.")
    missing: tuple[str, ...] = ()
    with call.reading(file) as session:
        found = session.meetings.named(meeting).meeting
        if form == ".pdf":
            data, missing = _drawn(session, found.id, draft=draft)
        else:
            data = _written(session, found.id, form, draft=draft)
        name = session.path.name
    path = write_whole(output, data)
    _tell_missing(missing)
    call.answer({"file": name, "meeting": found.key, "paper": str(path)}, [str(path)])


def _written(session: "Session", meeting_id: str, form: str, *, draft: bool) -> bytes:
    """The agenda in another form than paper."""
    if form == ".ics":
        from commission_app.exchange.ics import meetings_ics

        return meetings_ics(session.calendar.sheet(meeting_id=meeting_id))
    paper = session.agendas.proposal(meeting_id) if draft else session.postings.paper(meeting_id)
    if form == ".html":
        from commission_app.exchange.html_agenda import agenda_html

        return agenda_html(paper)
    from commission_app.exchange.agenda_docx import agenda_docx

    return agenda_docx(paper, session.context.now)


def _drawn(session: "Session", meeting_id: str, *, draft: bool) -> tuple[bytes, tuple[str, ...]]:
    """The paper's bytes, and the characters that no font has."""
    if not draft:
        copies = session.postings.copies(meeting_id)
        if copies and not session.postings.is_changed_since(meeting_id):
            return session.postings.pdf(copies[-1]), ()
    from commission_app.documents.agenda import draw

    paper = session.agendas.proposal(meeting_id) if draft else session.agendas.paper(meeting_id)
    pdf = draw(paper)
    return pdf.data, tuple(pdf.missing)


def _tell_missing(missing: tuple[str, ...]) -> None:
    if missing:
        letters = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[:10])
        click.echo(f"No font of the program has {letters}; the paper has gaps there.", err=True)


# ---- Every paper ----------------------------------------------------------------------------------

#: How an option of a paper is called here; the day of `as_of` is that of --on.
_FLAGS: Final = {
    "meeting": "--meeting",
    "copy": "--copy",
    "item": "--item",
    "organization": "--organization",
    "inquiry": "--inquiry",
    "letter": "--letter",
    "pledge": "--pledge",
    "tone": "--tone",
    "contact": "--contact",
    "campaign": "--campaign",
    "deposit": "--deposit",
    "receipt": "--receipt",
    "payment": "--payment",
    "year": "--year",
    "from_on": "--from",
    "to_on": "--to",
    "public": "--public",
    "minors": "--minors",
    "start": "--start",
    "size": "--size",
}


@command("paper")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.argument("kind", required=False)
@click.option("--list", "lists", is_flag=True, help="The papers there are, and what each can be told.")
@click.option("--meeting", help="next, a day (YYYY-MM-DD) or a key.")
@click.option("--copy", type=click.IntRange(0), help="Number of the posting copy; 0: as it stands now.")
@click.option("--item", help="An agenda item by its key.")
@click.option("--organization", help="A community organization by its key.")
@click.option("--inquiry", help="An inquiry by its key.")
@click.option("--letter", help="A recorded letter by its key.")
@click.option("--pledge", help="A pledge by its key.")
@click.option("--tone", type=click.Choice(["gentle", "firm", "final"]), help="Of a reminder.")
@click.option("--contact", help="A donor by its key; without it all.")
@click.option("--campaign", help="A campaign by its key.")
@click.option("--deposit", help="A deposit by its key.")
@click.option("--receipt", help="A receipt by its number, like 2026-0012.")
@click.option("--payment", help="A payment by its key: its receipt as a draft.")
@click.option("--year", type=click.IntRange(1900, 2100))
@click.option("--from", "from_on", type=Today(), help="First day of a period.")
@click.option("--to", "to_on", type=Today(), help="Last day of a period.")
@click.option("--public", is_flag=True, default=None, help="Leave out what the packet must not show.")
@click.option("--minors", is_flag=True, default=None, help="Name people under 18 too.")
@click.option("--start", type=click.IntRange(1, 30), help="The first label of the sheet to print on.")
@click.option("--size", type=click.Choice(["letter", "a4"]))
@output_to("The paper, ending in .pdf (of minutes also .docx).", required=False)
@pass_call
def paper(
    call: Call, /, file: Path | None, kind: str | None, lists: bool, output: Path | None, **told: Any
) -> None:
    """Print a paper of KIND as a PDF; --list names the kinds.

    Without options it is the usual one: of the next meeting, of today (or --on), of the latest record.
    """
    from commission_app.domain.papers import KINDS

    if lists:
        _list(call, KINDS)
        return
    if file is None or kind is None or output is None:
        raise click.UsageError("Give FILE, KIND and -o OUT, or --list.")
    found = next((one for one in KINDS if one.slug == kind), None)
    if found is None:
        raise click.BadParameter(f"There is no paper {kind}; paper --list names them.", param_hint="KIND")
    given = {name: value for name, value in told.items() if value is not None}
    for name in given:
        if name not in found.options:
            raise click.UsageError(f"{_FLAGS[name]} says nothing for the paper {kind}.")
    write_paper(call, file, kind, given, output)


def _list(call: Call, kinds: "tuple[PaperKind, ...]") -> None:
    flags = {kind.slug: [_FLAGS[each] for each in kind.options if each in _FLAGS] for kind in kinds}
    document = [
        {
            "kind": kind.slug,
            "title": kind.title,
            "purpose": kind.purpose,
            "for": kind.reader.value,
            "private": kind.is_private,
            "options": flags[kind.slug],
        }
        for kind in kinds
    ]
    rows = [[kind.slug, kind.purpose, " ".join(flags[kind.slug])] for kind in kinds]
    call.answer({"papers": document}, columns(rows))


def write_paper(call: Call, file: Path, kind: str, told: dict[str, Any], output: Path) -> None:
    """Write a paper as a PDF, or the minutes for Word."""
    from commission_app.documents.printed import draw
    from commission_app.domain.papers import PaperChoice
    from commission_app.exchange.whole_files import write_whole

    form = output.suffix.lower()
    if form != ".pdf" and (kind, form) != ("minutes", ".docx"):
        endings = ".pdf or .docx" if kind == "minutes" else ".pdf"
        message = f"The paper is written to a file that ends in {endings}."
        raise click.BadParameter(message, param_hint="-o")
    missing: tuple[str, ...] = ()
    with call.reading(file) as session:
        found = session.papers.paper(kind, PaperChoice(**_resolved(session, told)))
        name = session.path.name
        if form == ".docx":
            data = _minutes_for_word(session, found.choice.meeting or "")
        else:
            printed = draw(found.content)
            data, missing = printed.data, tuple(printed.missing)
    path = write_whole(output, data)
    _tell_missing(missing)
    for note in found.notes:
        click.echo(note, err=True)
    call.answer({"file": name, "kind": kind, "title": found.title, "paper": str(path)}, [str(path)])


def _minutes_for_word(session: "Session", meeting_id: str) -> bytes:
    from commission_app.errors import ConflictError
    from commission_app.exchange.minutes_docx import minutes_docx

    view = session.minutes.view(meeting_id)
    if view.is_approved:
        raise ConflictError("These minutes are approved and kept as a PDF that nobody edits: write that.")
    return minutes_docx(view.paper, session.context.now)


def _resolved(session: "Session", told: dict[str, Any]) -> dict[str, Any]:
    """What was told, with the ids of the records in place of their keys."""
    values = dict(told)
    if "meeting" in told:
        values["meeting"] = session.meetings.named(told["meeting"]).meeting.id
    for name in (
        "item",
        "organization",
        "inquiry",
        "letter",
        "pledge",
        "contact",
        "campaign",
        "deposit",
        "payment",
    ):
        if name in told:
            values[name] = session.papers.id_of(name, told[name])
    if "receipt" in told:
        values["receipt"] = session.receipts.named(told["receipt"]).id
    first, last = values.get("from_on"), values.get("to_on")
    if isinstance(first, date) and isinstance(last, date) and first > last:
        raise click.UsageError("--to is before --from.")
    return values
