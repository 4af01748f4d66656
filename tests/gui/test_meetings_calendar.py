"""Cancelling with a notice, and meetings as files: for Word, the website and calendars."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.gui.meetings.cancel_sheet import CancelSheet, shift_words
from commission_app.gui.meetings.header import Wish
from commission_app.gui.page import Place
from commission_app.gui.papers.mail_dialog import MailDialog
from tests.gui.conftest import Boxes
from tests.gui.meetings_bench import NEXT, Bench, make_sample, open_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


def cancel_sheet(bench: Bench) -> CancelSheet:
    bench.page.detail.do(Wish.CANCEL)
    sheet = bench.page.sheet()
    assert isinstance(sheet, CancelSheet)
    return sheet


def menu(bench: Bench) -> list[str]:
    return [action.text() for action in bench.page.detail.header.build_menu().actions() if action.text()]


# Cancelling


def test_the_form_names_the_clocks_that_change(bench: Bench) -> None:
    sheet = cancel_sheet(bench)
    expected = bench.session.calendar.shifts_if_cancelled(bench.meeting(NEXT).id)
    assert expected and len(sheet.lines) == min(8, len(expected))
    for line, shift in zip(sheet.lines, expected, strict=False):
        assert line.words.text() == shift_words(shift)
    assert sheet.lines[1].words.text() == "Tainan, Taiwan: to be discussed by Thu, Nov 19, not Thu, Oct 22."
    assert sheet.clocks.isVisible()


def test_nothing_is_cancelled_before_the_button_is_pressed(bench: Bench) -> None:
    sheet = cancel_sheet(bench)
    sheet.notice.set_value("The room is flooded.")
    bench.key(Qt.Key.Key_Escape)
    assert bench.meeting(NEXT).state is MeetingState.SCHEDULED
    assert bench.page.sheet() is None


def test_a_reason_is_kept_and_undone_with_the_cancelling(bench: Bench) -> None:
    bench.cancel("The room is flooded.")
    meeting = bench.meeting(NEXT)
    assert (meeting.state, meeting.notice) == (MeetingState.CANCELLED, "The room is flooded.")
    assert "Notice of cancellation" in menu(bench) and "Cancel the meeting" not in menu(bench)
    bench.operations.undo()
    meeting = bench.meeting(NEXT)
    assert (meeting.state, meeting.notice) == (MeetingState.SCHEDULED, None)


def test_the_notice_is_one_press_away(bench: Bench) -> None:
    bench.cancel("The room is flooded.")
    primary = bench.page.detail.header.primary
    assert primary.text() == "Print the notice" and primary.isEnabled()
    bench.press(primary)
    meeting = bench.meeting(NEXT)
    assert bench.places == [Place(page="papers", tab="cancellation", record_id=meeting.id)]


def test_a_reason_that_is_too_long_stays_in_the_form(bench: Bench) -> None:
    sheet = cancel_sheet(bench)
    sheet.notice.area.setPlainText("x" * 50_000)
    sheet.form.submit()
    assert bench.page.sheet() is sheet and sheet.notice.error()
    assert bench.meeting(NEXT).state is MeetingState.SCHEDULED
    sheet.notice.set_value("")


def test_a_meeting_without_clocks_shows_none(bench: Bench) -> None:
    draft = MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime(2026, 9, 30, 18), notice="To hear Tainan.")
    special = bench.session.meetings.schedule(draft)
    bench.page.open_at(Place(page="meetings", record_id=special, action="cancel"))
    found = bench.page.sheet()
    assert isinstance(found, CancelSheet)
    assert not found.clocks.isVisible() and found.notice.value() == "To hear Tainan."


def test_what_a_clock_becomes_is_told_where_days_are_unknown_or_stay(bench: Bench) -> None:
    (shift, *_) = bench.session.calendar.shifts_if_cancelled(bench.meeting(NEXT).id)
    nothing = replace(shift.after, places=())
    assert shift_words(replace(shift, after=nothing)).endswith("is not known any more.")
    assert shift_words(replace(shift, before=nothing)).endswith(
        "counts other meetings, to be discussed by Thu, Oct 22."
    )


# Files


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the system's file dialog was answered to save, with the name that was proposed."""
    found: list[Path] = []

    def answer(parent: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        found.append(tmp_path / Path(proposed).name)
        return str(found[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return found


def save(bench: Bench, wish: Wish, saved: list[Path]) -> Path:
    bench.wait_for_paper()
    bench.page.detail.do(wish)
    bench.wait(lambda: bool(saved) and saved[-1].exists())
    return saved[-1]


def test_the_agenda_is_saved_for_word(bench: Bench, saved: list[Path]) -> None:
    path = save(bench, Wish.WORD, saved)
    assert path.name == "agenda-2026-09-24.docx"
    titles = [line.text for line in docx.Document(io.BytesIO(path.read_bytes())).paragraphs]
    assert any(title.startswith("Inquiry from Tainan") for title in titles)
    assert bench.said[-1].text.startswith("Saved agenda-2026-09-24.docx")


def test_the_agenda_is_saved_for_the_website(bench: Bench, saved: list[Path]) -> None:
    path = save(bench, Wish.WEB, saved)
    text = path.read_text()
    assert path.name == "agenda-2026-09-24.html"
    assert '<html lang="en-US">' in text and "DRAFT" in text


def test_a_posted_agenda_is_no_draft_on_the_website(bench: Bench, saved: list[Path]) -> None:
    bench.session.postings.make_copy(bench.meeting(NEXT).id)
    assert "DRAFT" not in save(bench, Wish.WEB, saved).read_text()


def test_the_meeting_is_saved_for_a_calendar(bench: Bench, saved: list[Path]) -> None:
    path = save(bench, Wish.CALENDAR, saved)
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt.date() == NEXT and path.name == "meeting-2026-09-24.ics"


def test_a_year_is_saved_for_a_calendar(bench: Bench, saved: list[Path]) -> None:
    bench.page.detail.files.save_year(2026)
    bench.wait(lambda: bool(saved) and saved[-1].exists())
    events = Calendar.from_ical(saved[-1].read_bytes()).walk("VEVENT")
    assert len(events) == len(bench.session.meetings.all(2026))


def test_a_year_without_meetings_is_told(bench: Bench, saved: list[Path]) -> None:
    bench.page.detail.files.save_year(2040)
    bench.wait(lambda: bool(bench.said) and "No meeting of 2040" in bench.said[-1].text)
    assert saved == []


def test_an_e_mail_begins_with_the_calendar_file(bench: Bench, boxes: Boxes) -> None:
    seen: list[tuple[list[str], str, str]] = []

    def look(box: object) -> bool:
        assert isinstance(box, MailDialog)
        names = [file.name for file in box.files]
        seen.append((names, box.subject.value(), box.text.value()))
        return False

    boxes.answer(look)
    bench.page.detail.do(Wish.MAIL_CALENDAR)
    bench.wait(lambda: bool(seen))
    (names, subject, text) = seen[0]
    assert names == ["meeting-2026-09-24.ics"]
    assert subject.endswith(": the meeting of September 24")
    assert "brings the same entries up to date" in text
