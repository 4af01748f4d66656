"""Files attached to agenda items: kept, ordered, numbered through the agenda, gone with their item."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from commission_app.documents.agenda import draw
from commission_app.domain.agendas import AgendaItemDraft, PaperItem
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.intake import MOST_BYTES, KeptFile
from commission_app.domain.meetings import MeetingDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.exchange.agenda_docx import agenda_docx
from commission_app.exchange.html_agenda import agenda_html
from commission_app.services.revisions import changed_copies
from commission_app.services.session import Session
from commission_app.storage.tables import minutes
from tests.factories import make_session

TODAY = date(2026, 9, 17)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, on=TODAY)
    yield made
    made.close()


@pytest.fixture
def meeting(session: Session) -> str:
    return session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18)))


def item(session: Session, meeting: str, title: str, section: str = "new-business") -> str:
    return session.agendas.add(AgendaItemDraft(meeting_id=meeting, section=section, title=title))


def kept(name: str, data: bytes = b"words", kind: str = "text/plain") -> KeptFile:
    return KeptFile(name=name, type=kind, data=data)


def names(session: Session, meeting: str) -> dict[str, list[tuple[int, str]]]:
    """Number and name of every file, by the title of its item."""
    view = session.agendas.agenda(meeting)
    return {
        entry.item.title: [(one.number, one.file.name) for one in view.files[entry.item.id]]
        for section in view.sections
        for entry in section.items
    }


def printed(session: Session, meeting: str) -> dict[str, PaperItem]:
    return {item.title: item for s in session.agendas.paper(meeting).sections for item in s.items}


def test_files_are_numbered_through_in_the_order_of_the_agenda(session: Session, meeting: str) -> None:
    second, first = item(session, meeting, "Later"), item(session, meeting, "Earlier", "unfinished-business")
    for name in ("a.txt", "b.txt"):
        session.item_files.attach(second, kept(name))
    session.item_files.attach(first, kept("c.txt"))
    assert names(session, meeting) == {"Earlier": [(1, "c.txt")], "Later": [(2, "a.txt"), (3, "b.txt")]}
    assert printed(session, meeting)["Later"].attachments == (2, 3)
    session.agendas.move(first, "new-business", None)
    assert names(session, meeting) == {"Later": [(1, "a.txt"), (2, "b.txt")], "Earlier": [(3, "c.txt")]}


def test_every_form_of_the_agenda_names_them_alike(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Inquiry from Tainan")
    for name in ("a.txt", "b.txt", "c.txt"):
        session.item_files.attach(only, kept(name))
    paper, note = session.agendas.paper(meeting), "Attachments 1, 2 and 3"
    assert note in agenda_html(paper).decode()
    word = Document(io.BytesIO(agenda_docx(paper, session.context.now)))
    assert any(note in paragraph.text for paragraph in word.paragraphs)
    pages = PdfReader(io.BytesIO(draw(paper).data)).pages
    assert any(note in page.extract_text() for page in pages)


def test_a_meeting_that_is_removed_takes_them_along(session: Session, meeting: str) -> None:
    made = session.item_files.attach(item(session, meeting, "Budget"), kept("budget.txt"))
    session.meetings.remove(meeting)
    with pytest.raises(NotFoundError):
        session.item_files.file(made.id)


def test_order_changes_within_an_item_and_is_undone(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Budget")
    ids = [session.item_files.attach(only, kept(f"{name}.txt", name.encode())).id for name in "abc"]
    session.item_files.move(ids[2], -1)
    assert names(session, meeting)["Budget"] == [(1, "a.txt"), (2, "c.txt"), (3, "b.txt")]
    assert session.item_files.file(ids[1]).data == b"c"
    session.item_files.move(ids[0], -1)  # at the top already
    session.history.undo()
    assert [name for _, name in names(session, meeting)["Budget"]] == ["a.txt", "b.txt", "c.txt"]


def test_a_removed_file_comes_back_with_its_bytes(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Budget")
    made = session.item_files.attach(only, kept("budget.txt", b"figures"))
    session.item_files.remove(made.id)
    assert names(session, meeting)["Budget"] == []
    session.history.undo()
    assert session.item_files.file(made.id).data == b"figures"


def test_an_item_that_is_removed_takes_its_files_along_and_brings_them_back(
    session: Session, meeting: str
) -> None:
    only = item(session, meeting, "Budget")
    made = session.item_files.attach(only, kept("budget.txt"))
    session.agendas.remove(only)
    with pytest.raises(NotFoundError):
        session.item_files.file(made.id)
    session.history.undo()
    assert names(session, meeting) == {"Budget": [(1, "budget.txt")]}


def test_an_empty_file_is_refused_in_words(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Budget")
    with pytest.raises(ValidationError, match=r"scan.pdf is empty and was not attached\."):
        session.item_files.attach(only, kept("scan.pdf", b"", "application/pdf"))


def test_too_large_a_file_is_refused_in_words(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Budget")
    with pytest.raises(ValidationError, match=r"film.mov is over 25 MB\."):
        session.item_files.attach(only, kept("film.mov", b"\0" * (MOST_BYTES + 1), "video/quicktime"))
    assert names(session, meeting)["Budget"] == []


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (kept("a.pdf", b"%PDF-1.4 and no more", "application/pdf"), "damaged"),
        (kept("b.png", b"\x89PNG\r\n\x1a\n", "image/png"), "cannot be printed"),
        (kept("c.xlsx", b"PK", "application/vnd.ms-excel"), "neither a PDF file nor a picture"),
    ],
)
def test_what_the_packet_cannot_print_is_kept_and_told(
    session: Session, meeting: str, file: KeptFile, words: str
) -> None:
    made = session.item_files.attach(item(session, meeting, "Budget"), file)
    assert words in made.why_left_out
    assert session.item_files.file(made.id).data == file.data


def test_a_copy_that_was_made_before_is_told_to_be_out_of_date(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Budget")
    session.postings.make_copy(meeting)
    made = session.item_files.attach(only, kept("budget.txt"))
    assert session.postings.is_changed_since(meeting)
    with session.context.database.reading() as connection:
        assert changed_copies(connection, session.context.present(connection)) == {meeting: 1}
    session.item_files.remove(made.id)
    with session.context.database.reading() as connection:
        assert changed_copies(connection, session.context.present(connection)) == {}
    assert not session.postings.is_changed_since(meeting)


def test_attachments_of_a_meeting_with_approved_minutes_stay_as_they_are(
    session: Session, meeting: str
) -> None:
    only = item(session, meeting, "Budget")
    with session.context.database.writing("approved the minutes") as writer:
        writer.insert(minutes, meeting_id=meeting, style="action", as_corrected=False, approved_on=TODAY)
    with pytest.raises(ConflictError, match="minutes of September 24 are approved"):
        session.item_files.attach(only, kept("late.txt"))


# ---- The treasurer's report -----------------------------------------------------------------------


def report_lines(session: Session, meeting: str) -> list[tuple[bool, str]]:
    checks = session.agendas.agenda(meeting).checks
    return [(line.ok, line.text) for line in checks if line.code == "treasurer-report"]


@pytest.fixture
def reported(session: Session, meeting: str) -> str:
    """The treasurer's item with the report between two other files, and a payment that it counts."""
    only = item(session, meeting, "Treasurer’s report")
    session.item_files.attach(only, kept("before.txt", b"1"))
    session.item_files.attach(only, session.item_files.treasurer_report(only))
    session.item_files.attach(only, kept("behind.txt", b"2"))
    return only


def pay(session: Session, cents: int) -> str:
    campaign = session.campaigns.all()[0] if session.campaigns.all() else None
    campaign_id = campaign.id if campaign else session.campaigns.add(CampaignDraft(name="Peace Garden"))
    payer = session.contacts.add(ContactDraft(name="Mei Tanaka"))
    draft = PaymentDraft(payer_id=payer, received_on=TODAY, amount_cents=cents, campaign_id=campaign_id)
    return session.payments.record(draft)


def test_an_attached_report_that_is_older_than_the_money_is_told(
    session: Session, meeting: str, reported: str
) -> None:
    assert report_lines(session, meeting) == [(True, "The treasurer’s report is as new as the money")]
    session.contacts.add(ContactDraft(name="No money"))
    assert report_lines(session, meeting)[0][0]
    pay(session, 40_000)
    [(ok, text)] = report_lines(session, meeting)
    assert not ok
    assert text.endswith("has a treasurer’s report from before the last change of the money")
    moved = session.agendas.agenda(meeting).files[reported][1].file.id
    session.item_files.move(moved, -1)
    assert not report_lines(session, meeting)[0][0]


def test_a_report_is_attached_again_in_its_place_with_one_undo(
    session: Session, meeting: str, reported: str
) -> None:
    paid = pay(session, 40_000)
    session.item_files.renew_report(reported, session.item_files.treasurer_report(reported))
    assert report_lines(session, meeting)[0][0]
    files = session.agendas.agenda(meeting).files[reported]
    order = ["before.txt", "treasurer-public-2026-09-24.pdf", "behind.txt"]
    assert [one.file.name for one in files] == order
    text = PdfReader(io.BytesIO(session.item_files.file(files[1].file.id).data)).pages[0].extract_text()
    assert "400.00" in text
    session.history.undo()
    assert not report_lines(session, meeting)[0][0]
    assert [one.file.name for one in session.agendas.agenda(meeting).files[reported]] == order
    session.history.redo()
    assert report_lines(session, meeting)[0][0]
    session.payments.void(paid, TODAY, "Came back")
    assert not report_lines(session, meeting)[0][0]


def test_the_same_report_attached_again_is_as_new_as_the_money(
    session: Session, meeting: str, reported: str
) -> None:
    pay(session, 40_000)
    first = session.item_files.treasurer_report(reported)
    session.item_files.renew_report(reported, first)
    session.history.undo()
    pay(session, 100)
    session.history.undo()
    second = session.item_files.treasurer_report(reported)
    assert second.data == first.data
    session.item_files.renew_report(reported, second)
    assert report_lines(session, meeting)[0][0]


def test_no_report_is_attached_again_where_there_is_none(session: Session, meeting: str) -> None:
    only = item(session, meeting, "Treasurer’s report")
    with pytest.raises(NotFoundError):
        session.item_files.renew_report(only, session.item_files.treasurer_report(only))
    assert report_lines(session, meeting) == []
