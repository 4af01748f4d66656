"""What is drawn of the papers: the page with several kinds of them, and what is empty in a new file."""

from functools import partial

from PySide6.QtGui import QImage

from commission_app.domain.mailing import MailFile
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.papers.page import PapersPage
from tests.screens.scenes import scene
from tests.screens.stage import Stage


@scene("papers", large=True)
def _agenda(stage: Stage) -> None:
    stage.go(PapersPage)


@scene("papers-pledges", large=True)
def _pledges(stage: Stage) -> None:
    stage.go(PapersPage, tab="pledges")


@scene("papers-attendance")
def _attendance(stage: Stage) -> None:
    stage.go(PapersPage, tab="attendance")


@scene("papers-roster")
def _roster(stage: Stage) -> None:
    stage.go(PapersPage, tab="roster")


@scene("papers-mail", large=True)
def _mail(stage: Stage) -> QImage:
    page, session = stage.go(PapersPage), stage.desk.session
    people = [*session.mail.groups()[0].people, *(one for one in session.contacts.all() if not one.email)]
    subject = "Alder Glen Sister Cities Commission: agenda of the regular meeting"
    write = partial(
        write_mail,
        stage.desk,
        page,
        contact_ids=[one.id for one in people],
        subject=subject,
        text="Attached is the agenda.",
        files=[MailFile("agenda-2026-09-24.pdf", b"")],
    )
    return stage.picture_of_question(write)


@scene("new-papers", file="empty")
def _new_papers(stage: Stage) -> None:
    stage.go(PapersPage)
