"""Papers: the agenda."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commission_app.cli.calls import FILE, Call, command, pass_call

if TYPE_CHECKING:
    from commission_app.services.session import Session


@command("agenda")
@FILE
@click.option("--meeting", default="next", show_default=True, help="next, a day (YYYY-MM-DD) or a key.")
@click.option(
    "--draft", is_flag=True, help="Draw the agenda that the program proposes; the file stays as it is."
)
@click.option(
    "-o",
    "--output",
    "output",
    required=True,
    type=click.Path(path_type=Path),
    help="The paper, ending in .pdf.",
)
@pass_call
def agenda(call: Call, file: Path, meeting: str, draft: bool, output: Path) -> None:
    """Print the agenda of a meeting as a PDF.

    An agenda that stands as it was posted is printed from its posting copy, else as a DRAFT.
    """
    from commission_app.exchange.whole_files import write_whole

    if output.suffix.lower() != ".pdf":
        raise click.BadParameter("The agenda is written to a file that ends in .pdf.", param_hint="-o")
    with call.reading(file) as session:
        found = session.meetings.named(meeting).meeting
        data, missing = _drawn(session, found.id, draft=draft)
        name = session.path.name
    path = write_whole(output, data)
    if missing:
        letters = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[:10])
        click.echo(f"No font of the program has {letters}; the paper has gaps there.", err=True)
    call.answer({"file": name, "meeting": found.key, "paper": str(path)}, [str(path)])


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
