"""What is drawn of the papers: the page with several kinds of them, and what is empty in a new file."""

from functools import partial

from PySide6.QtGui import QImage

from commission_app.documents.printed import draw
from commission_app.domain.intake import KeptFile
from commission_app.domain.mailing import MailFile
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.papers.page import PapersPage
from tests.screens.scenes import HELD, NEXT, scene
from tests.screens.stage import Stage


def attach(stage: Stage) -> str:
    """Put two papers and a spreadsheet on the item about Tainan; its id."""
    session, meeting_id = stage.desk.session, stage.meeting(NEXT).meeting.id
    items = session.agendas.items(meeting_id)
    item_id = next(item.id for item in items if "Tainan" in item.title)
    paper = session.papers.paper("clocks").content
    for name, kind, data in (
        (
            "Letter of 臺南 市政府, a first answer to the mayor of Alder Glen.pdf",
            "application/pdf",
            draw(paper).data,
        ),
        ("What a visit costs.xlsx", "application/vnd.ms-excel", b"PK"),
    ):
        session.item_files.attach(item_id, KeptFile(name=name, type=kind, data=data))
    return item_id


@scene("papers", large=True)
def _agenda(stage: Stage) -> None:
    stage.go(PapersPage)


@scene("papers-pledges", large=True)
def _pledges(stage: Stage) -> None:
    stage.go(PapersPage, tab="pledges")


@scene("papers-treasurer", large=True)
def _treasurer(stage: Stage) -> None:
    stage.go(PapersPage, tab="treasurer")


@scene("papers-attendance")
def _attendance(stage: Stage) -> None:
    stage.go(PapersPage, tab="attendance")


@scene("papers-roster")
def _roster(stage: Stage) -> None:
    stage.go(PapersPage, tab="roster")


@scene("papers-receipt")
def _receipt(stage: Stage) -> None:
    stage.go(PapersPage, tab="receipt")


@scene("papers-packet")
def _packet(stage: Stage) -> None:
    attach(stage)
    stage.go(PapersPage, tab="packet")


@scene("papers-script", large=True)
def _script(stage: Stage) -> None:
    stage.go(PapersPage, tab="script")


@scene("papers-tally")
def _tally(stage: Stage) -> None:
    stage.go(PapersPage, tab="tally", record_id=stage.meeting(HELD).meeting.id)


@scene("papers-certificate")
def _certificate(stage: Stage) -> None:
    stage.go(PapersPage, tab="certificate", record_id=stage.meeting(HELD).meeting.id)


@scene("meetings-agenda-report-old")
def _old_report(stage: Stage) -> None:
    session = stage.desk.session
    meeting_id = session.meetings.named("next").meeting.id
    [item] = [one for one in session.agendas.items(meeting_id) if "Treasurer" in one.title]
    session.item_files.attach(item.id, session.item_files.treasurer_report(item.id))
    paid = session.payments.page().rows[0].id
    session.payments.void(paid, session.context.today().today, "Came back from the bank")
    stage.go(MeetingsPage, tab="agenda", record_id=meeting_id)


@scene("meetings-agenda-files", large=True)
def _files(stage: Stage) -> None:
    item_id = attach(stage)
    page = stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id)
    page.detail.agenda.go_to(item_id)


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
