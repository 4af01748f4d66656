"""The papers of one evening: packet, chair's script, sign-in sheet, tally sheet, certificate, action list."""

import io
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from commission_app.bootstrap import CommissionProgram
from commission_app.documents.printed import draw
from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.intake import KeptFile
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingKind
from commission_app.domain.members import TermDraft
from commission_app.domain.moving import MotionDraft
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.posting import deadline
from commission_app.domain.proceedings import Answer
from commission_app.domain.script_paper import Cue, ScriptPaper
from commission_app.domain.tally_paper import TallyPaper
from commission_app.services.session import Session
from tests.factories import make_session
from tests.pdf_words import pages_of

TODAY = date(2026, 9, 17)
ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 9, 17, 9, 41, tzinfo=ZONE).astimezone(UTC)
NEXT, LAST = date(2026, 9, 24), date(2026, 6, 25)
HARD = ("محمد بن عبد الله آل سعود", "林家慧", "X" * 120, "Сергей Воробьёв", "ก้องภพ แสงทอง")


def _now() -> datetime:
    return NOW


@pytest.fixture
def session(sample: Path, tmp_path: Path) -> Iterator[Session]:
    copy = Path(shutil.copy(sample, tmp_path / "glen.commission"))
    made = CommissionProgram(now=_now).open_writing(copy, who="Ana Ruiz")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "new"
    folder.mkdir()
    made = make_session(folder, on=TODAY)
    yield made
    made.close()


def meeting(session: Session, on: date = NEXT) -> str:
    return session.meetings.named(on.isoformat()).meeting.id


def pages(session: Session, slug: str, meeting_id: str | None = None) -> list[str]:
    paper = session.papers.paper(slug, PaperChoice(meeting=meeting_id))
    printed = draw(paper.content)
    assert printed.missing == ()
    return pages_of(printed.data)


def pdf(pages: int, words: str) -> KeptFile:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(1, pages + 1):
        canvas.drawString(72, 400, f"{words} {page}")
        canvas.showPage()
    canvas.save()
    return KeptFile(name=f"{words}.pdf", type="application/pdf", data=out.getvalue())


def crowd(session: Session, meeting_id: str, count: int) -> None:
    """Members with names of all kinds, and an agenda that is far too long."""
    for view, name in zip(session.members.seats(), HARD, strict=False):
        contact = session.contacts.add(ContactDraft(name=name))
        term = TermDraft(seat_id=view.seat.id, contact_id=contact, from_on=date(2026, 1, 1))
        session.members.appoint(term)
    kinds = list(ItemKind)
    for number in range(count):
        title = ("Wort 臺南 مرحبا " * 140)[:500] if number == 7 else f"Subject {number}"
        session.agendas.add(
            AgendaItemDraft(
                meeting_id=meeting_id,
                section="new-business",
                title=title,
                kind=kinds[number % len(kinds)],
                presenter=HARD[number % len(HARD)],
                minutes=number % 7,
            )
        )


# ---- The packet -----------------------------------------------------------------------------------


def test_the_packet_has_the_posted_agenda_and_every_attachment_in_order(session: Session) -> None:
    meeting_id = meeting(session)
    items = session.agendas.agenda(meeting_id)
    by_label = {entry.label: entry.item.id for section in items.sections for entry in section.items}
    session.item_files.attach(by_label["XI.A"], pdf(1, "Itinerary"))
    session.item_files.attach(by_label["X.A"], pdf(2, "Letter"))
    found = pages(session, "packet", meeting_id)
    assert "DRAFT" in found[0]
    assert "Letter 2 Attachment 1, item X.A, page 2 of 2 Packet page 4 of 5" in found[3]
    assert "Itinerary 1 Attachment 2, item XI.A, page 1 of 1 Packet page 5 of 5" in found[4]
    session.postings.make_copy(meeting_id)
    assert "DRAFT" not in pages(session, "packet", meeting_id)[0]


def test_a_packet_without_attachments_is_the_agenda(session: Session) -> None:
    found = pages(session, "packet")
    assert found[0].endswith("Packet page 1 of 2")


def test_bytes_that_were_not_loaded_leave_a_page_that_says_so(session: Session, empty: Session) -> None:
    meeting_id = meeting(session)
    session.item_files.attach(session.agendas.items(meeting_id)[0].id, pdf(1, "Letter"))
    record = session.record.document()
    empty.record.load(record)
    found = pages(empty, "packet", meeting(empty))
    assert "Letter.pdf" in found[-1] and "Its bytes are not in the record." in found[-1]


# ---- The chair's script ---------------------------------------------------------------------------


def test_the_script_has_the_clock_the_quorum_the_prompts_and_the_names(session: Session) -> None:
    text = " ".join(pages(session, "script", meeting(session)))
    assert "4 members make a quorum, of 7 regular seats." in text
    assert "X.A Inquiry from Tainan (臺南), Taiwan:" in text and "6:10 PM" in text
    assert "6:25 PM" in text and "15 min" in text
    assert "Is there a motion?" in text and "All in favor, say aye." in text
    assert "Nguyễn Thị Minh Khai, please." in text
    assert "for up to 3 minutes each" in text
    assert "two thirds of the members present agree" in text
    assert "By roll call: Dr. Alexandria Montgomery-Featherstonehaugh, Nguyễn Thị Minh Khai, Ana Ruiz" in text
    assert "Alternates are asked in this order: Marisol Cruz and Tomasz Wójcik." in text
    assert "The next regular meeting is on Thursday, October 22, 2026" in text


def test_the_script_follows_the_rule_book(session: Session) -> None:
    for name, value in (("speakers.minutes_each", 2), ("votes.threshold", "two-thirds")):
        session.commission.set_rule(name, value, from_on=None, source=None, note=None)
    text = " ".join(pages(session, "script", meeting(session)))
    assert "for up to 2 minutes each" in text
    assert "It needs two thirds: two ayes for each no." in text


def test_the_script_says_who_sits_for_whom_where_that_is_known(session: Session) -> None:
    text = " ".join(pages(session, "script", meeting(session, LAST)))
    assert "Alternate Marisol Cruz sits for Daniel Lee." in text
    assert "Known to be away:" in text


def test_consent_items_are_read_together_and_nothing_is_added_to_a_special_meeting(empty: Session) -> None:
    regular = empty.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18)))
    for title in ("Pay the dues", "Thank the hosts"):
        draft = AgendaItemDraft(meeting_id=regular, section="consent", title=title, kind=ItemKind.CONSENT)
        empty.agendas.add(draft)
    content = empty.papers.paper("script", PaperChoice(meeting=regular)).content
    assert isinstance(content, ScriptPaper)
    [part] = [part for part in content.parts if part.title == "Consent calendar"]
    said = [line.text for line in part.lines if line.cue is Cue.SAY]
    assert "approved by one motion" in said[0] and "motion to approve the consent calendar" in said[1]
    assert [line.text for line in part.lines if "dues" in line.text] == ["VII.A Pay the dues"]
    assert not any(part.title == "Pay the dues" for part in content.parts)
    starts = datetime(2026, 9, 28, 18)
    special = empty.meetings.schedule(
        MeetingDraft(kind=MeetingKind.SPECIAL, starts=starts, notice="Called for the budget.")
    )
    assert "on an item of this agenda" in " ".join(pages(empty, "script", special))


# ---- Sign-in and tally sheets ---------------------------------------------------------------------


def test_the_sign_in_sheet_has_every_seat_and_says_that_signing_is_voluntary(session: Session) -> None:
    text = " ".join(pages(session, "sign-in"))
    for name in ("Seat 6 Daniel Lee", "Alternate 1 Marisol Cruz", "City Council Priya Raman", "Rosa Delgado"):
        assert name in text
    assert "Seat 7" not in text
    assert "Signing is voluntary." in text and "[Gov. Code 54953.3]" in text
    assert "Name (voluntary)" in text


def test_the_tally_sheet_is_blank_before_the_meeting(session: Session) -> None:
    content = session.papers.paper("tally", PaperChoice(meeting=meeting(session))).content
    assert isinstance(content, TallyPaper)
    assert [column.label for column in content.columns][:3] == ["VII", "VIII.A", "X.A"]
    assert content.columns[-1].label.startswith("Item ___")
    assert not any(column.answers for column in content.columns)
    assert [row.name for row in content.rows][-1] == "Tomasz Wójcik"


def test_the_tally_sheet_has_the_votes_of_a_meeting_that_was_held(session: Session) -> None:
    meeting_id = meeting(session, LAST)
    content = session.papers.paper("tally", PaperChoice(meeting=meeting_id)).content
    assert isinstance(content, TallyPaper)
    names = [row.name for row in content.rows]
    for column, view in zip(content.columns, session.proceedings.state(meeting_id).motions, strict=True):
        assert column.result == view.headline
        for line in view.lines:
            assert column.answers[names.index(line.name)] is line.answer
    [seat] = [row.seat for row in content.rows if row.name == "Marisol Cruz"]
    assert seat == "Alternate 1, for Daniel Lee"
    text = " ".join(pages(session, "tally", meeting_id))
    assert "absent" in text and "Carried, 5 to 0" in text


def test_a_voided_motion_is_not_on_the_tally_sheet(empty: Session) -> None:
    starts = datetime(2026, 9, 17, 18)
    meeting_id = empty.meetings.schedule(MeetingDraft(starts=starts))
    people = []
    for view in empty.members.seats()[:5]:
        person = empty.contacts.add(ContactDraft(name=f"Person {view.seat.label}"))
        empty.members.appoint(TermDraft(seat_id=view.seat.id, contact_id=person, from_on=date(2026, 1, 1)))
        people.append(person)
    steps = empty.proceedings
    at = starts.replace(tzinfo=ZONE).astimezone(UTC)
    for person in people:
        steps.mark(meeting_id, person, AttendanceState.PRESENT)
    steps.call_to_order(meeting_id, presiding_id=people[0], at=at)
    for text in ("Thank the hosts", "Plant a tree"):
        draft = MotionDraft(text=text, mover_id=people[0], seconder_id=people[1])
        motion = steps.move(meeting_id, draft, at=at + timedelta(minutes=1))
        steps.vote_all_aye_except(motion, {people[2]: Answer.NO}, at=at + timedelta(minutes=2))
        steps.close(motion, at=at + timedelta(minutes=3))
    steps.void_motion(motion, "Moved by mistake")
    content = empty.papers.paper("tally", PaperChoice(meeting=meeting_id)).content
    assert isinstance(content, TallyPaper)
    [column] = content.columns
    assert (column.title, column.mover, column.result) == (
        "Thank the hosts", "Person Seat 1", "Carried, 4 to 1"
    )  # fmt: skip
    assert column.answers == (Answer.AYE, Answer.AYE, Answer.NO, Answer.AYE, Answer.AYE)


# ---- Certificate and action list ------------------------------------------------------------------


def test_the_certificate_has_each_posting_with_its_copy_and_says_which_is_late(session: Session) -> None:
    meeting_id = meeting(session)
    copy = session.postings.make_copy(meeting_id)
    last = deadline(session.meetings.get(meeting_id).meeting.starts, 72, ZONE)
    session.context.on = date(2026, 9, 23)
    for place, by, at in (
        ("City Hall", "Ana Ruiz", last - timedelta(hours=2)),
        ("Library", "Ana Ruiz", last + timedelta(hours=1)),
        ("Website", "Rosa Delgado", last - timedelta(minutes=1)),
    ):
        session.postings.record(meeting_id, copy=copy.number, place=place, by=by, posted_at=at)
    found = pages(session, "certificate", meeting_id)
    text = " ".join(found)
    assert "at least 72 hours before the meeting: by Monday, September 21, 2026, 6:00 PM." in text
    assert text.count("In time.") == 2
    assert "Posted Monday, September 21, 2026, 7:00 PM. Late: after the deadline." in text
    assert text.replace(" ", "").count(copy.sha256) == 3
    assert "Posting copy 1, made Thursday, September 17, 2026, 9:41 AM" in text
    assert "I put up the agenda as told under 1 and 3." in text and "Signature: Ana Ruiz" in text
    assert "I put up the agenda as told under 2." in text and "Signature: Rosa Delgado" in text


def test_the_certificate_of_an_agenda_that_was_not_posted_is_refused_in_words(session: Session) -> None:
    with pytest.raises(NothingToPrintError, match="No posting of the agenda of Thursday, September 24"):
        session.papers.paper("certificate", PaperChoice(meeting=meeting(session)))


def test_the_action_list_goes_by_person_and_due_day(session: Session) -> None:
    last, steps = meeting(session, LAST), session.proceedings
    for item in session.proceedings.state(last).action_items:
        if item.row.done_on is None:
            steps.finish_action_item(item.row.id)
    who = {seat.holder.name: seat.holder.id for seat in session.members.seats() if seat.holder}
    for text, name, due_on, next_meeting in (
        ("Write to Tainan", "Daniel Lee", date(2026, 9, 30), False),
        ("Book the room", "Daniel Lee", date(2026, 9, 1), False),
        ("Bring the budget", "Ana Ruiz", None, True),
        ("Find a sponsor", None, None, False),
    ):
        draft = ActionItemDraft(meeting_id=last, text=text, due_on=due_on, due_next_meeting=next_meeting)
        if name:
            draft = ActionItemDraft(
                meeting_id=last, text=text, contact_id=who[name], due_on=due_on, due_next_meeting=next_meeting
            )
        steps.add_action_item(draft)
    text = " ".join(pages(session, "actions"))
    assert "4 open action items, 1 overdue" in text
    order = [
        text.index(word) for word in ("Ana Ruiz", "Bring", "Daniel Lee", "Book", "Write", "Nobody", "Find")
    ]
    assert order == sorted(order)
    assert "Next meeting, Sep 24, 2026" in text.replace("\u00a0", " ")
    assert "Sep 1, 2026, overdue" in text.replace("\u00a0", " ")


def test_where_nothing_is_open_the_action_list_says_so(empty: Session) -> None:
    with pytest.raises(NothingToPrintError, match=r"No action item is open\."):
        empty.papers.paper("actions")


# ---- Hard cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 60])
def test_every_paper_of_a_meeting_prints_with_no_items_and_with_far_too_many(
    empty: Session, count: int
) -> None:
    meeting_id = empty.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18)))
    crowd(empty, meeting_id, count)
    for slug in ("script", "sign-in", "tally", "packet"):
        content = empty.papers.paper(slug, PaperChoice(meeting=meeting_id)).content
        printed = draw(content)
        found = PdfReader(io.BytesIO(printed.data)).pages
        assert "Sister Cities Commission" in found[0].extract_text()
        if count and slug == "script":
            assert len(found) > 10
            assert "Subject 59" in " ".join(page.extract_text() for page in found[-4:])


def test_without_members_the_sheets_have_the_public_alone(empty: Session) -> None:
    meeting_id = empty.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18)))
    assert "Members and staff" not in " ".join(pages(empty, "sign-in", meeting_id))
    assert "Approval of the agenda" in " ".join(pages(empty, "tally", meeting_id))
    assert "We have a quorum." in " ".join(pages(empty, "script", meeting_id))
