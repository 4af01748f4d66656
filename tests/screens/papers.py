"""The papers of the sample, page by page."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtGui import QImage

from commission_app.documents import agenda, printed
from commission_app.domain.papers import NothingToPrintError
from commission_app.gui import printing
from tests.screens.scenes import NEXT
from tests.screens.stage import Stage

_DOTS_PER_POINT = 110 / 72


def pages(data: bytes) -> list[QImage]:
    """The pages of a PDF at 110 dots an inch."""
    document = printing.open_pdf(data)
    sizes = [document.pagePointSize(page) * _DOTS_PER_POINT for page in range(document.pageCount())]
    return [printing.render_page(document, page, size.toSize()) for page, size in enumerate(sizes)]


def draw(stage: Stage) -> dict[str, bytes]:
    """The next agenda as a draft, its posting copy, the revised one, and every kind of paper."""
    stage.open("alder-glen")
    session, meeting_id = stage.desk.session, stage.meeting(NEXT).meeting.id
    drawn = {"agenda-draft": agenda.draw(session.agendas.paper(meeting_id)).data}
    drawn["agenda-posted"] = session.postings.pdf(session.postings.make_copy(meeting_id))
    session.agendas.remove(session.agendas.items(meeting_id)[0].id)
    drawn["agenda-revised"] = session.postings.pdf(session.postings.make_copy(meeting_id))
    for kind in session.papers.kinds():
        with suppress(NothingToPrintError):
            drawn[f"paper-{kind.slug}"] = printed.draw(session.papers.paper(kind.slug).content).data
    return drawn


def write(stage: Stage, folder: Path) -> list[str]:
    """Write the papers and their pages into a folder; the names of the pictures."""
    names = []
    for name, data in draw(stage).items():
        (folder / f"{name}.pdf").write_bytes(data)
        for number, image in enumerate(pages(data), 1):
            names.append(f"{name}-{number}")
            image.save(str(folder / f"{names[-1]}.png"))
    return names
