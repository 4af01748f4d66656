"""Minutes from the record: they say what happened, are approved by a later meeting, and then stay."""

import io
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from pypdf import PdfReader

from commission_app.documents import minutes as paper
from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import AttendanceState, MeetingDraft
from commission_app.domain.minutes_paper import MinutesPaper
from commission_app.domain.moving import MotionDraft
from commission_app.domain.papers import PaperChoice
from commission_app.domain.proceedings import Answer, MinutesStyle, Purpose
from commission_app.domain.report_paper import FrozenPaper
from commission_app.errors import ConflictError, ValidationError
from commission_app.exchange.minutes_docx import minutes_docx
from commission_app.services.minutes import MOST_TEXT
from tests.integration.evening import MEMBERS, Evening, clock

CORRECTED_ON = date(2026, 11, 20)


def hold(evening: Evening) -> None:
    """An evening on which everything happens."""
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    garden = evening.add("Garden")
    evening.mark("Eva", state=AttendanceState.EXCUSED)
    evening.call("Ana", "Ben", "Cal", "Uma")
    run.seat_alternate(meeting, who["Uma"], evening.seats["regular-4"], at=clock("18:05"))
    run.add_speaker(meeting, name="Pat Roe", text="asked for benches")
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:08"))
    motion = evening.move()
    change = run.amend(motion, "Write to Tainan and Taipei.", who["Cal"], who["Ben"], at=clock("18:11"))
    run.vote_all_aye_except(change, at=clock("18:12"))
    run.close(change, at=clock("18:12"))
    run.vote_all_aye_except(motion, {who["Cal"]: Answer.NO}, at=clock("18:14"))
    run.close(motion, at=clock("18:15"))
    run.add_action_item(
        ActionItemDraft(
            meeting_id=meeting,
            item_id=evening.items["Tainan"],
            text="Write the letter",
            contact_id=who["Ben"],
            due_on=date(2026, 10, 1),
        )
    )
    run.note(evening.items["Tainan"], "The mayor's letter was read aloud.")
    run.arrive(meeting, who["Dee"], at=clock("18:30"))
    run.go_to_item(meeting, garden, at=clock("18:31"))
    run.recuse(meeting, who["Ben"], reason="lives next to it", at=clock("18:32"))
    run.recess(meeting, at=clock("18:40"))
    run.resume(meeting, at=clock("18:50"))
    run.adjourn(meeting, at=clock("19:04"))


def as_approved(evening: Evening) -> bytes:
    """The PDF of the minutes as it was approved."""
    made = evening.session.papers.paper("minutes", PaperChoice(meeting=evening.meeting_id))
    assert isinstance(made.content, FrozenPaper)
    return made.content.data


def approve(evening: Evening, text: str = "Approve the minutes.") -> str:
    """A later meeting approves the minutes of the first."""
    run, who = evening.run, evening.who
    later = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 21), place="Hall"))
    for name in MEMBERS:
        run.mark(later, who[name], AttendanceState.PRESENT)
    run.call_to_order(later, at=clock("21:00"))
    draft = MotionDraft(
        text=text,
        purpose=Purpose.MINUTES,
        minutes_of_id=evening.meeting_id,
        mover_id=who["Ana"],
        seconder_id=who["Ben"],
    )
    motion = run.move(later, draft, at=clock("21:05"))
    run.vote_all_aye_except(motion, at=clock("21:06"))
    run.close(motion, at=clock("21:06"))
    return motion


def minutes_of(evening: Evening) -> MinutesPaper:
    return evening.session.minutes.view(evening.meeting_id).paper


def said(minutes: MinutesPaper) -> str:
    """All words of the PDF, with plain spaces."""
    pages = PdfReader(io.BytesIO(paper.draw(minutes).data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_the_chair_called_to_order_though_the_roll_was_called_after_it(evening: Evening) -> None:
    evening.run.call_to_order(evening.meeting_id, at=clock("18:01"))
    assert "The meeting was called to order at 6:01 PM." in said(minutes_of(evening))
    evening.mark("Ana", "Ben", "Cal", "Dee")
    assert "Chair Ana Doe called the meeting to order at 6:01 PM." in said(minutes_of(evening))


def test_the_draft_says_everything_that_happened(evening: Evening) -> None:
    hold(evening)
    text = said(minutes_of(evening))
    for sentence in (
        "Chair Ana Doe called the meeting to order at 6:02 PM.",
        "Present: Ana Doe, Ben Doe, Cal Doe, Dee Doe (arrived 6:30 PM)",
        "Excused: Eva Doe",
        "Quorum. 4 here, 4 needed: quorum. Ana Doe, Ben Doe, Cal Doe and alternate Uma Doe for Dee Doe.",
        "From 6:32 PM: 3 here, 4 needed: no quorum.",
        "Alternate Uma Doe was seated for Dee Doe at 6:05 PM and sat until 6:30 PM.",
        "The meeting was in recess from 6:40 PM to 6:50 PM.",
        "Public speaker. Pat Roe: asked for benches.",
        "Motion. Write to Tainan. Moved by Ana Doe, seconded by Ben Doe. Voice vote.",
        "Amendment. Write to Tainan and Taipei. Moved by Cal Doe, seconded by Ben Doe.",
        "As amended. Write to Tainan and Taipei.",
        "Ayes (3): Ana Doe, Ben Doe, Uma Doe.",
        "Noes (1): Cal Doe.",
        "The motion carried, 3 to 1.",
        "Action. Ben Doe: Write the letter, by October 1, 2026.",
        "Ben Doe was recused and took no part in this item, lives next to it.",
        "The meeting was adjourned at 7:04 PM.",
        "Signature: Ana Doe, presiding",
        "DRAFT",
    ):
        assert sentence in text
    assert "read aloud" not in text  # the style is the action style


def test_the_style_says_whether_the_prose_is_printed(evening: Evening) -> None:
    hold(evening)
    minutes, item = evening.session.minutes, evening.items["Tainan"]
    minutes.set_item_style(item, MinutesStyle.SUMMARY)
    assert "The mayor's letter was read aloud." in said(minutes_of(evening))
    minutes.set_item_style(item, None)
    assert "read aloud" not in said(minutes_of(evening))
    minutes.set_style(evening.meeting_id, MinutesStyle.SUMMARY)
    assert "read aloud" in said(minutes_of(evening))


def test_the_usual_style_is_a_setting(evening: Evening) -> None:
    hold(evening)
    evening.set_rule("minutes.style", "summary")
    assert "read aloud" in said(minutes_of(evening))


def test_opening_and_closing_are_prose_and_are_undone(evening: Evening) -> None:
    hold(evening)
    minutes = evening.session.minutes
    minutes.write_opening(evening.meeting_id, "A minute of silence was kept.")
    minutes.write_closing(evening.meeting_id, "Tea was served.")
    text = said(minutes_of(evening))
    assert (
        text.index("6:02 PM. A minute of silence") < text.index("adjourned") < text.index("Tea was served.")
    )
    evening.session.history.undo(evening.session.history.recent(1)[0].id)
    assert "Tea" not in said(minutes_of(evening))


def test_a_text_that_is_too_long_is_refused(evening: Evening) -> None:
    with pytest.raises(ValidationError, match="20,000 or fewer"):
        evening.run.note(evening.items["Tainan"], "x" * (MOST_TEXT + 1))
    with pytest.raises(ValidationError, match="at most 20,000"):
        evening.session.minutes.write_opening(evening.meeting_id, "x" * (MOST_TEXT + 1))
    assert evening.session.minutes.view(evening.meeting_id).notes == {}


def test_approval_freezes_what_was_approved(evening: Evening) -> None:
    hold(evening)
    service, meeting = evening.session.minutes, evening.meeting_id
    with pytest.raises(ConflictError, match="draft"):
        service.correct(meeting, "Cal, not Dee.", on=CORRECTED_ON)
    approve(evening)
    view = service.view(meeting)
    assert view.is_approved
    assert view.paper.mark == "APPROVED September 24, 2026"
    assert view.paper.approval == (
        "Approved by the Commission on September 24, 2026. Moved by Ana Doe, seconded by Ben Doe. "
        "The motion carried, 5 to 0."
    )
    assert as_approved(evening).startswith(b"%PDF")
    with pytest.raises(ConflictError, match="Add a correction"):
        service.write_closing(meeting, "More.")
    with pytest.raises(ConflictError, match="Enter a correction"):
        evening.run.note(evening.items["Tainan"], "More.")
    with pytest.raises(ConflictError, match="Add a correction"):
        service.set_style(meeting, MinutesStyle.SUMMARY)
    assert all(result.is_good for result in evening.session.verification.run())


def test_minutes_that_wait_for_approval_are_those_of_meetings_before(evening: Evening) -> None:
    hold(evening)
    later = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    for title in ("Minutes of September 24, 2026", "Three minutes of speech for everybody"):
        evening.session.agendas.add(
            AgendaItemDraft(meeting_id=later, section="approve-minutes", title=title, kind=ItemKind.ACTION)
        )
    [found] = evening.session.minutes.listed(later).values()
    assert found.id == evening.meeting_id
    approve(evening)
    assert evening.session.minutes.listed(later) == {}


def test_corrections_stand_beside_the_text(evening: Evening) -> None:
    hold(evening)
    approve(evening)
    service, meeting = evening.session.minutes, evening.meeting_id
    before = as_approved(evening)
    service.correct(meeting, "Pat Roe asked for trees, not benches.", on=CORRECTED_ON, by="Ana Doe")
    evening.session.contacts.change(evening.who["Ana"], ContactDraft(name="Ana Renamed"))
    made = evening.session.papers.paper("minutes", PaperChoice(meeting=meeting))
    assert isinstance(made.content, FrozenPaper)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made.content.data)).pages]
    approved = PdfReader(io.BytesIO(before)).pages
    assert pages[:-1] == [" ".join(page.extract_text().split()) for page in approved]
    assert "asked for benches." in pages[0] and "Ana Renamed" not in " ".join(pages)
    assert "Corrections November 20, 2026, Ana Doe. Pat Roe asked for trees, not benches." in pages[-1]
    assert "CORRECTIONS" in pages[-1] and "APPROVED" not in pages[-1]


def test_word_says_the_same(evening: Evening) -> None:
    hold(evening)
    data = minutes_docx(minutes_of(evening), datetime(2026, 9, 25, 9))
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]
    assert "Chair Ana Doe called the meeting to order at 6:02 PM." in lines
    assert "The motion carried, 3 to 1." in lines
    assert [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Title"] == [
        "Minutes"
    ]


def test_a_meeting_without_a_quorum_says_so(evening: Evening) -> None:
    evening.call("Ana", "Ben")
    evening.run.adjourn_no_quorum(evening.meeting_id, at=clock("18:20"))
    text = said(minutes_of(evening))
    assert "2 here, 4 needed: no quorum." in text
    assert "There being no quorum, the meeting was adjourned at 6:20 PM." in text


def test_two_hundred_pages_are_drawn(evening: Evening) -> None:
    hold(evening)
    minutes = evening.session.minutes
    minutes.set_style(evening.meeting_id, MinutesStyle.SUMMARY)
    for number in range(40):
        item = evening.add(f"Item {number}")
        evening.run.note(item, "\n".join(f"Line {line} of what was said on it." * 6 for line in range(90)))
    pdf = paper.draw(minutes_of(evening))
    assert pdf.pages >= 200


def test_an_item_that_was_suggested_approves_the_minutes_it_names(evening: Evening) -> None:
    session, who = evening.session, evening.who
    hold(evening)
    later = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    [suggested] = [s for s in session.agendas.agenda(later).suggestions if s.code == "minutes"]
    assert suggested.from_meeting_id == evening.meeting_id
    item_id = session.agendas.add_suggestion(suggested)
    assert not [s for s in session.agendas.agenda(later).suggestions if s.code == "minutes"]
    found = session.minutes.listed(later)[item_id]
    assert found.id == evening.meeting_id
    assert session.minutes.listed(evening.meeting_id) == {}, "items about something else"
    for name in MEMBERS:
        evening.run.mark(later, who[name], AttendanceState.PRESENT)
    session.context.on = date(2026, 10, 22)
    at = clock("18:05", session.context.on)
    evening.run.call_to_order(later, at=at)
    draft = MotionDraft(
        text="Approve the minutes.",
        item_id=item_id,
        purpose=Purpose.MINUTES,
        minutes_of_id=found.id,
        mover_id=who["Ana"],
        seconder_id=who["Ben"],
    )
    motion = evening.run.move(later, draft, at=at)
    evening.run.vote_all_aye_except(motion, at=at)
    assert evening.run.close(motion, at=at).effect == "The minutes are approved."
    assert session.minutes.view(evening.meeting_id).is_approved
    assert session.minutes.listed(later) == {}, "nothing is left to approve"


@pytest.mark.parametrize(
    ("section", "title"),
    [
        ("consent", "Minutes of the regular meeting of September 24, 2026"),
        ("consent", "Approve the minutes of the last meeting"),
        ("approve-minutes", "Minutes of September 24, 2026"),
    ],
)
def test_minutes_on_the_consent_calendar_are_approved_with_it(
    evening: Evening, section: str, title: str
) -> None:
    session, run = evening.session, evening.run
    hold(evening)
    later = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    draft = AgendaItemDraft(meeting_id=later, section=section, title=title, kind=ItemKind.CONSENT)
    session.agendas.add(draft)
    session.agendas.add(replace(draft, section="consent", title="Three minutes of speech for everybody"))
    agenda = session.agendas.agenda(later)
    assert not [line for line in agenda.suggestions if line.code == "minutes"]
    assert [line.ok for line in agenda.checks if line.code == "minutes-listed"] == [True]
    motion = put_consent(evening, later)
    expected = "Two items are approved, with the minutes of September 24, 2026."
    assert run.close(motion, at=OCTOBER).effect == expected
    view = session.minutes.view(evening.meeting_id)
    assert view.paper.mark == "APPROVED October 22, 2026"
    assert view.paper.approval == (
        "Approved by the Commission on October 22, 2026. Moved by Ana Doe, seconded by Ben Doe. "
        "The motion carried, 5 to 0."
    )
    assert as_approved(evening)
    with pytest.raises(ConflictError, match="Add a correction"):
        session.minutes.write_closing(evening.meeting_id, "More.")
    with pytest.raises(ConflictError, match="stay so"):
        run.void_motion(motion, "wrong")
    with pytest.raises(ConflictError, match="stay so"):
        run.reopen(motion, "wrong", at=OCTOBER)
    with pytest.raises(ConflictError, match="final"):
        session.history.undo()
    assert session.minutes.listed(later) == {}, "nothing is left to approve"
    assert all(result.is_good for result in session.verification.run())


def test_minutes_pulled_from_consent_wait_for_a_motion_of_their_own(evening: Evening) -> None:
    session, run, who = evening.session, evening.run, evening.who
    hold(evening)
    later = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    title = "Minutes of September 24, 2026"
    draft = AgendaItemDraft(meeting_id=later, section="consent", title=title, kind=ItemKind.CONSENT)
    item_id = session.agendas.add(draft)
    session.agendas.add(replace(draft, title="Pay the hall"))
    motion = put_consent(evening, later, pulled=item_id)
    assert run.close(motion, at=OCTOBER).effect == "One item is approved."
    assert not session.minutes.view(evening.meeting_id).is_approved
    run.void_motion(motion, "wrong")
    own = MotionDraft(
        text="Approve the minutes.",
        item_id=item_id,
        purpose=Purpose.MINUTES,
        minutes_of_id=evening.meeting_id,
        mover_id=who["Ana"],
        seconder_id=who["Ben"],
    )
    motion = run.move(later, own, at=OCTOBER)
    run.vote_all_aye_except(motion, at=OCTOBER)
    run.close(motion, at=OCTOBER)
    assert session.minutes.view(evening.meeting_id).is_approved


OCTOBER = clock("18:05", date(2026, 10, 22))


def put_consent(evening: Evening, meeting: str, *, pulled: str | None = None) -> str:
    """The motion on the consent calendar of a meeting in October, with everybody's aye."""
    run, who = evening.run, evening.who
    evening.session.context.on = OCTOBER.date()
    for name in MEMBERS:
        run.mark(meeting, who[name], AttendanceState.PRESENT)
    run.call_to_order(meeting, at=OCTOBER)
    if pulled is not None:
        run.pull_from_consent(pulled)
    motion = run.put_consent(meeting, who["Ana"], who["Ben"], at=OCTOBER)
    run.vote_all_aye_except(motion, at=OCTOBER)
    return motion


def test_open_action_items_are_suggested_to_the_next_meeting(evening: Evening) -> None:
    session = evening.session
    hold(evening)
    later = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    [found] = [s for s in session.agendas.agenda(later).suggestions if s.code == "action-item"]
    assert found.title == "Follow-up: Write the letter"
    assert found.reason == "Action item of September 24, 2026: Ben Doe, due October 1, 2026"
    session.agendas.dismiss_suggestion(found)
    assert not [s for s in session.agendas.agenda(later).suggestions if s.code == "action-item"]
