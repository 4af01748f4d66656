"""Posting an agenda: the question, the copy, where it was put up, late ones, voiding, the revised copy."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.meetings import MeetingState, Posting
from commission_app.gui.meetings import posting_tab, preview
from commission_app.gui.meetings.agenda_tab import Shown
from commission_app.gui.meetings.detail import Tab
from commission_app.gui.meetings.durations import span
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.posting_dialogs import PostDialog
from commission_app.gui.page import Place
from commission_app.gui.widgets.posting_track import PostingTrack
from commission_app.gui.widgets.text import Text
from tests.gui.meetings_bench import LAST, NEXT, Bench, make_sample, open_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


@pytest.fixture
def late(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    """The day before the meeting, when the deadline has passed."""
    made = Bench(qtbot, open_copy(sample, tmp_path, on=date(2026, 9, 23)))
    yield made
    made.close()


def ask(bench: Bench) -> PostDialog:
    bench.press(bench.page.detail.header.primary)
    dialog = bench.page.detail.post_dialog()
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def facts(dialog: PostDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(Text) if label.text()]


def post(bench: Bench) -> None:
    bench.press(ask(bench).doing)
    bench.wait(lambda: bench.page.detail.posting.form() is not None)


def postings(bench: Bench, on: date = NEXT) -> list[Posting]:
    return bench.session.postings.postings(bench.meeting(on).id)


def record_all(bench: Bench) -> None:
    form = bench.page.detail.posting.form()
    assert form is not None
    assert form.save is not None
    bench.press(form.save)


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_question_says_how_the_check_and_the_deadline_stand(bench: Bench) -> None:
    dialog = ask(bench)
    assert dialog.question.text() == "Post this agenda?"
    assert "8 of 8 checks in order" in facts(dialog)
    assert "4 days 18 hours before the deadline" in facts(dialog)
    assert dialog.doing.text() == "Post agenda"
    dialog.reject()
    assert bench.session.postings.copies(bench.meeting(NEXT).id) == []


def test_question_lists_what_is_missing_and_offers_to_post_anyway(bench: Bench) -> None:
    bench.session.agendas.add(
        AgendaItemDraft(
            meeting_id=bench.meeting(NEXT).id, section="new-business", title="Vote", kind=ItemKind.ACTION
        )
    )
    dialog = ask(bench)
    assert "7 of 8 checks in order" in facts(dialog)
    assert "XI.D is an action item without a recommended action" in facts(dialog)
    assert dialog.doing.text() == "Post anyway"
    dialog.reject()


def test_question_warns_when_it_is_late(late: Bench) -> None:
    dialog = ask(late)
    [warning] = [fact for fact in facts(dialog) if "late;" in fact]
    assert warning == (
        "The deadline was Mon, Sep 21, 6 PM. This posting is 1 day 6 hours late; the record will say so."
    )
    assert dialog.doing.text() == "Post anyway"
    dialog.reject()


def test_posting_makes_the_copy_and_asks_where_it_was_put_up(bench: Bench) -> None:
    post(bench)
    [copy] = bench.session.postings.copies(bench.meeting(NEXT).id)
    assert "DRAFT" not in text_of(bench.session.postings.pdf(copy))
    detail = bench.page.detail
    assert detail.tab() is Tab.POSTING
    form = detail.posting.form()
    assert form is not None
    assert [box.box.text() for box in form.places] == [
        "City Hall bulletin board",
        "alderglen.example.org/sistercities",
    ]
    assert form.by.value() == "Ana Ruiz"
    assert form.copy.value() == 1
    assert not detail.header.primary.isVisible()


def test_what_is_left_to_do_is_told_until_it_is_posted(bench: Bench) -> None:
    tab = bench.page.detail.posting
    bench.page.detail.show_tab(Tab.POSTING)

    def told() -> list[str]:
        return [text.text() for text in tab.table.findChildren(Text) if text.isVisible()]

    assert "Make the posting copy, put it up, and record here where and when." in told()
    assert tab.findChild(PostingTrack).isVisible()
    post(bench)
    assert "Put up the copy, and record here where and when." in told()
    assert tab.findChild(PostingTrack).isVisible()
    record_all(bench)
    assert "Not posted yet" not in told()
    assert not tab.findChild(PostingTrack).isVisible()


def test_several_places_are_recorded_at_once(bench: Bench) -> None:
    post(bench)
    form = bench.page.detail.posting.form()
    assert form is not None
    form.other.edit.setText("Public library")
    record_all(bench)
    found = postings(bench)
    assert [posting.place for posting in found] == [
        "City Hall bulletin board",
        "alderglen.example.org/sistercities",
        "Public library",
    ]
    assert {posting.by for posting in found} == {"Ana Ruiz"}
    assert bench.said[-1].text == "Recorded 3 postings."
    assert bench.page.detail.posting.form() is None
    assert bench.page.detail.header.chips() == ["Posted"]


def test_state_of_a_posting_is_told_against_the_deadline(bench: Bench) -> None:
    post(bench)
    record_all(bench)
    table = bench.page.detail.posting.table
    texts = [cell.text for cell in table.model.cells(table.rows()[0])]
    assert texts[0] == "City Hall bulletin board"
    assert texts[4] == "In time"


def test_late_posting_is_recorded_as_late(late: Bench) -> None:
    post(late)
    record_all(late)
    table = late.page.detail.posting.table
    assert table.model.cells(table.rows()[0])[4].text == "Late by 1 day 6 hours"
    assert late.page.detail.header.chips() == ["Posted late"]


def test_a_posting_in_the_future_is_refused_under_its_day(bench: Bench) -> None:
    post(bench)
    form = bench.page.detail.posting.form()
    assert form is not None
    form.day.edit.setFocus()
    form.day.edit.selectAll()
    QTest.keyClicks(form.day.edit, "9/20")
    record_all(bench)
    assert form.day.error() == "The time of posting is in the future."
    assert postings(bench) == []


def test_a_posting_without_a_place_is_told(bench: Bench) -> None:
    post(bench)
    form = bench.page.detail.posting.form()
    assert form is not None
    for box in form.places:
        bench.press(box.box)
    record_all(bench)
    assert form.other.error() == "Say where it was put up."


def test_cancel_leaves_the_form(bench: Bench) -> None:
    post(bench)
    form = bench.page.detail.posting.form()
    assert form is not None
    form.other.setFocus()
    bench.key(Qt.Key.Key_Escape)
    assert bench.page.detail.posting.form() is None
    assert bench.page.detail.header.wish() is Wish.RECORD
    assert bench.page.detail.header.primary.isVisible()


def test_voiding_asks_a_reason_and_keeps_the_posting(bench: Bench) -> None:
    post(bench)
    record_all(bench)
    tab = bench.page.detail.posting
    first = postings(bench)[0]
    assert not tab.void.isVisible()
    tab.table.select(first.id)
    bench.press(tab.void)
    dialog = tab.void_dialog()
    assert dialog is not None
    bench.press(dialog.doing)
    assert dialog.reason.error()
    assert dialog.isVisible()
    QTest.keyClicks(dialog.reason.area, "Wrong board")
    bench.press(dialog.doing)
    voided = next(posting for posting in postings(bench) if posting.id == first.id)
    assert voided.void_reason == "Wrong board"
    assert tab.table.model.cells(voided)[4].text == "Voided"


def test_a_change_after_the_copy_offers_a_revised_one(bench: Bench) -> None:
    post(bench)
    record_all(bench)
    tab = bench.page.detail.posting
    bench.wait(lambda: not bench.operations.is_busy())
    assert tab.banner.text() == ""
    bench.session.agendas.add(
        AgendaItemDraft(meeting_id=bench.meeting(NEXT).id, section="new-business", title="One more")
    )
    bench.wait(lambda: bool(tab.banner.text()))
    assert tab.banner.text() == "The agenda was changed after copy 1 was made."
    assert bench.page.detail.header.primary.text() == "Post revision…"
    assert "REVISED" in bench.page.detail.agenda.notice.text()
    bench.press(tab.banner.button)
    dialog = bench.page.detail.post_dialog()
    assert dialog is not None
    assert dialog.question.text() == "Make a revised copy?"
    bench.press(dialog.doing)
    copies = bench.session.postings.copies(bench.meeting(NEXT).id)
    assert [copy.number for copy in copies] == [1, 2]
    assert "REVISED No. 2" in text_of(bench.session.postings.pdf(copies[1]))
    assert "REVISED" not in text_of(bench.session.postings.pdf(copies[0]))
    bench.wait(lambda: not tab.banner.text())


def previewed(bench: Bench) -> bytes:
    """The page of the preview once nothing is drawn any more."""
    bench.wait(lambda: not bench.operations.is_busy())
    pdf = bench.page.detail.agenda.preview.pdf()
    assert pdf is not None
    return pdf.data


def test_the_preview_of_a_posted_agenda_is_its_posting_copy(bench: Bench) -> None:
    assert "DRAFT" in text_of(previewed(bench))
    post(bench)
    [copy] = bench.session.postings.copies(bench.meeting(NEXT).id)
    agenda = bench.page.detail.agenda
    assert previewed(bench) == bench.session.postings.pdf(copy)
    pdf = agenda.preview.pdf()
    assert pdf is not None and pdf.marks  # a press on the page still finds its item
    assert agenda.pane.which.isHidden()


def test_what_is_changed_after_posting_is_shown_as_the_next_revision(bench: Bench) -> None:
    post(bench)
    detail, meeting = bench.page.detail, bench.meeting(NEXT)
    [copy] = bench.session.postings.copies(meeting.id)
    frozen, which = bench.session.postings.pdf(copy), detail.agenda.pane.which
    detail.show_tab(Tab.AGENDA)
    previewed(bench)
    detail.agenda.remove(bench.item_id("Inquiry from Tainan"))
    assert "Tainan" not in text_of(previewed(bench))
    assert which.isVisible() and which.current() is Shown.NEXT
    bench.press(which[Shown.POSTED])
    assert previewed(bench) == frozen
    bench.press(which[Shown.NEXT])
    assert "DRAFT" in text_of(previewed(bench))
    bench.session.history.undo()
    assert previewed(bench) == frozen
    assert which.isHidden()


def test_an_agenda_changed_before_shows_the_copy_that_hangs_on_the_board(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(bench)
    meeting = bench.meeting(NEXT)
    [copy] = bench.session.postings.copies(meeting.id)
    bench.choose(LAST)
    previewed(bench)
    bench.session.agendas.remove(bench.item_id("Inquiry from Tainan"))
    bench.choose(NEXT)
    assert previewed(bench) == bench.session.postings.pdf(copy)
    assert bench.page.detail.agenda.pane.which.current() is Shown.POSTED
    printed: list[bytes] = []

    def note(desk: object, pdf: bytes, name: str, parent: object) -> None:
        printed.append(pdf)

    monkeypatch.setattr(preview, "print_paper", note)
    bench.page.detail.do(Wish.PRINT)
    bench.wait(lambda: bool(printed))
    assert "DRAFT" in text_of(printed[0])


def test_a_held_meeting_shows_the_agenda_that_was_posted(qtbot: QtBot, sample: Path, tmp_path: Path) -> None:
    session = open_copy(sample, tmp_path, on=date(2026, 9, 25))
    [meeting] = [view.meeting for view in session.meetings.all() if view.meeting.on == NEXT]
    frozen = session.postings.pdf(session.postings.make_copy(meeting.id))
    session.meetings.set_state(meeting.id, MeetingState.HELD)
    session.agendas.remove(session.agendas.items(meeting.id)[-1].id)
    bench = Bench(qtbot, session)
    bench.choose(NEXT)
    assert previewed(bench) == frozen
    assert bench.page.detail.agenda.pane.which.isHidden()
    bench.close()


def test_home_can_begin_the_posting(bench: Bench) -> None:
    bench.page.open_at(Place(page="meetings", tab="posting", record_id=bench.meeting(NEXT).id, action="post"))
    dialog = bench.page.detail.post_dialog()
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_the_posting_copy_is_printed_from_the_head_in_one_click(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def note(desk: object, pdf: bytes, name: str, parent: object) -> None:
        printed.append(pdf)

    monkeypatch.setattr(posting_tab, "print_paper", note)
    header = bench.page.detail.header
    assert "Print the posting copy" not in [action.text() for action in header.build_menu().actions()]
    post(bench)
    entries = {action.text(): action for action in header.build_menu().actions()}
    entries["Print the posting copy"].trigger()
    record_all(bench)
    assert header.primary.text() == "Print the posting copy"
    bench.press(header.primary)
    copy = bench.session.postings.copies(bench.meeting(NEXT).id)[-1]
    assert printed == [bench.session.postings.pdf(copy)] * 2


def test_a_held_meeting_shows_its_postings_and_asks_for_nothing(bench: Bench) -> None:
    bench.choose(LAST)
    detail = bench.page.detail
    assert detail.header.chips() == ["Held"]
    assert detail.header.wish() is None
    detail.show_tab(Tab.POSTING)
    assert len(detail.posting.table.rows()) == 1
    assert bench.meeting(LAST).state is MeetingState.HELD


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (200, "3 hours 20 minutes"),
        (4 * 1440 + 8 * 60 + 5, "4 days 8 hours"),
        (1440, "1 day"),
        (-90, "1 hour 30 minutes"),
    ],
)
def test_span_names_the_largest_units(qtbot: QtBot, minutes: int, words: str) -> None:
    from datetime import timedelta

    assert span(timedelta(minutes=minutes)) == words
