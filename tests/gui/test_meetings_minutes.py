"""The minutes of a meeting in the window: prose beside the record, its style, approval, corrections."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import MeetingState
from commission_app.domain.papers import PaperChoice
from commission_app.domain.proceedings import MinutesStyle
from commission_app.domain.report_paper import FrozenPaper
from commission_app.errors import NotFoundError
from commission_app.gui.meetings.detail import Tab
from commission_app.gui.meetings.minutes_tab import MinutesTab
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import CheckField, TextAreaField
from tests.factories import make_session
from tests.gui.meetings_bench import LAST, NEXT, TODAY, Bench, make_sample, open_copy

SAID = "The gardeners of the library were thanked."


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


def draft(bench: Bench) -> MinutesTab:
    """The minutes of the last meeting."""
    bench.choose(LAST)
    bench.page.detail.show_tab(Tab.MINUTES)
    return bench.page.detail.minutes


def approved(bench: Bench) -> MinutesTab:
    """The latest minutes that are approved."""
    session = bench.session
    held = [view.meeting for view in session.meetings.all() if view.meeting.state is MeetingState.HELD]
    found = [meeting for meeting in held if session.minutes.view(meeting.id).is_approved]
    bench.choose(found[-1].on)
    bench.page.detail.show_tab(Tab.MINUTES)
    return bench.page.detail.minutes


def box(tab: MinutesTab, name: str) -> TextAreaField:
    assert tab.form is not None
    field = tab.form.fields[name]
    assert isinstance(field, TextAreaField)
    return field


def type_into(tab: MinutesTab, name: str, text: str) -> None:
    """Type into a box and leave it."""
    field = box(tab, name)
    field.area.setFocus()
    field.area.selectAll()
    QTest.keyClicks(field.area, text)
    QTest.keyClick(field.area, Qt.Key.Key_Tab)


def printed(bench: Bench, tab: MinutesTab) -> str:
    """The words of the paper beside the boxes."""
    bench.wait(lambda: tab.preview.pdf() is not None and not bench.operations.is_busy())
    pdf = tab.preview.pdf()
    assert pdf is not None
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.data)).pages).split())


def test_a_meeting_ahead_has_no_minutes_yet(bench: Bench) -> None:
    bench.choose(NEXT)
    bench.page.detail.show_tab(Tab.MINUTES)
    bench.choose(LAST)
    bench.choose(NEXT)
    assert bench.page.detail.tab() is Tab.AGENDA


def test_a_text_is_saved_on_leaving_and_printed_where_wanted(bench: Bench) -> None:
    tab = draft(bench)
    item = bench.item_id("Friendship garden", LAST)
    type_into(tab, item, SAID)
    assert bench.session.minutes.view(tab.meeting_id() or "").notes[item].text == SAID
    assert SAID not in printed(bench, tab)  # there was a note on it from the meeting, which is not printed
    assert tab.form is not None
    shown = tab.form.fields[f"printed:{item}"]
    assert isinstance(shown, CheckField)
    assert shown.isVisibleTo(tab.form)
    bench.press(shown.box)
    bench.wait(lambda: SAID in printed(bench, tab))
    bench.press(shown.box)
    bench.wait(lambda: SAID not in printed(bench, tab))


def test_what_is_written_first_is_meant_for_the_paper(bench: Bench) -> None:
    tab = draft(bench)
    type_into(tab, bench.item_id("Treasurer", LAST), SAID)
    bench.wait(lambda: SAID in printed(bench, tab))


def test_a_very_long_title_leaves_the_boxes_their_width(bench: Bench) -> None:
    item = bench.item_id("Treasurer", LAST)
    before = bench.session.agendas.items(bench.meeting(LAST).id)
    known = next(found for found in before if found.id == item)
    values = {name: getattr(known, name) for name in AgendaItemDraft.__slots__}
    bench.session.agendas.change(item, AgendaItemDraft(**{**values, "title": "Treasury " * 50}))
    tab = draft(bench)
    bench.wait(lambda: tab.horizontalScrollBar().maximum() == 0)


def test_the_style_of_all_is_one_press(bench: Bench) -> None:
    tab = draft(bench)
    type_into(tab, bench.item_id("Friendship garden", LAST), SAID)
    button = tab.styles.button(list(MinutesStyle).index(MinutesStyle.SUMMARY))
    bench.press(button)
    bench.wait(lambda: SAID in printed(bench, tab))
    assert button.isChecked()


def test_the_paper_follows_what_is_typed_before_it_is_saved(bench: Bench) -> None:
    tab = draft(bench)
    field = box(tab, "opening")
    field.area.setFocus()
    QTest.keyClicks(field.area, "A minute of silence was kept.")
    bench.wait(lambda: "A minute of silence was kept." in printed(bench, tab))
    assert bench.session.minutes.view(tab.meeting_id() or "").minutes is None


def test_what_is_typed_and_not_left_is_kept(bench: Bench) -> None:
    tab = draft(bench)
    field = box(tab, "closing")
    field.area.setFocus()
    QTest.keyClicks(field.area, "Tea was served.")
    assert tab.drafts is not None
    tab.drafts.keep()
    kept = bench.session.drafts.get(f"minutes:{tab.meeting_id()}")
    assert kept is not None
    assert kept.typed == {"closing": "Tea was served."}
    QTest.keyClick(field.area, Qt.Key.Key_Backtab)
    bench.wait(lambda: bench.session.drafts.get(f"minutes:{tab.meeting_id()}") is None)
    view = bench.session.minutes.view(tab.meeting_id() or "")
    assert view.minutes is not None
    assert view.minutes.closing == "Tea was served."


def test_a_text_that_is_too_long_is_told_under_its_box(bench: Bench) -> None:
    tab = draft(bench)
    field = box(tab, "opening")
    field.area.setFocus()
    field.area.setPlainText("x" * 20_001)
    QTest.keyClick(field.area, Qt.Key.Key_Tab)
    assert field.error() == "This is 1 character too long."
    assert bench.session.minutes.view(tab.meeting_id() or "").minutes is None


def test_the_record_stands_under_the_boxes(bench: Bench) -> None:
    tab = draft(bench)
    item = bench.item_id("Minutes of the regular meeting of March", LAST)
    assert box(tab, item).note() == "Approved. The motion carried, 5 to 0."


def test_approved_minutes_are_locked_and_take_corrections(bench: Bench) -> None:
    tab = approved(bench)
    assert tab.chip.text() == "Approved"
    assert tab.form is not None
    assert tab.form.isHidden()
    bench.press(tab.correct)
    dialog = tab.correction_dialog()
    assert dialog is not None
    bench.press(dialog.doing)
    assert dialog.text.error() == "This cannot be empty."
    dialog.text.set_value("Of wood, not of stone.")
    bench.press(dialog.doing)
    bench.wait(lambda: "Of wood, not of stone." in printed(bench, tab))
    assert len(bench.session.minutes.view(tab.meeting_id() or "").corrections) == 1


def test_approved_minutes_are_shown_as_they_were_approved(bench: Bench) -> None:
    tab = approved(bench)
    meeting_id = tab.meeting_id() or ""
    made = bench.session.papers.paper("minutes", PaperChoice(meeting=meeting_id))
    assert isinstance(made.content, FrozenPaper)
    before = made.content.data
    [member, *_] = [seat.holder for seat in bench.session.members.seats() if seat.holder]
    assert member is not None and member.name in printed(bench, tab)
    bench.session.contacts.change(member.id, ContactDraft(name="Renamed Since"))
    tab.show_meeting(bench.session.meetings.get(meeting_id))
    assert member.name in printed(bench, tab)
    pdf = tab.preview.pdf()
    assert pdf is not None and pdf.data == before
    assert not tab.word.isEnabled()
    assert "PDF" in tab.word.toolTip()


def test_they_are_saved_for_word(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = draft(bench)
    target = tmp_path / "minutes.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    bench.press(tab.word)
    bench.wait(target.exists)
    bench.wait(lambda: not bench.operations.is_busy())
    assert any(paragraph.text == "Minutes" for paragraph in docx.Document(str(target)).paragraphs)


def test_print_or_send_opens_the_paper(bench: Bench) -> None:
    tab = draft(bench)
    bench.press(tab.open)
    assert bench.places[-1] == Place(page="papers", tab="minutes", record_id=tab.meeting_id())


def test_minutes_whose_pdf_is_not_in_the_file_say_so(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    """A record that was loaded without its files has approved minutes and no PDF of them."""
    (tmp_path / "loaded").mkdir()
    session = make_session(tmp_path / "loaded", on=TODAY)
    session.record.load(json.loads(bench.session.record.text()))
    loaded = Bench(qtbot, session)
    try:
        draft(loaded)
        loaded.wait(lambda: loaded.page.detail.minutes.preview.pdf() is not None)
        tab = approved(loaded)
        said = tab.preview.view.desk.sentence()
        assert said == "The paper could not be drawn: The bytes of this paper are not in the file."
        assert tab.preview.pdf() is None, "the paper of the meeting before is not printed in its place"
        assert tab.chip.text() == "Approved"
        with pytest.raises(NotFoundError, match="not in the file"):
            session.papers.paper("minutes", PaperChoice(meeting=tab.meeting_id()))
    finally:
        loaded.close()


def test_ctrl_p_prints_the_minutes_where_they_are_shown(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed_names: list[str] = []
    preview = "commission_app.gui.meetings.preview.print_paper"
    monkeypatch.setattr(preview, lambda desk, data, name, parent: printed_names.append(name))
    tab = draft(bench)
    bench.wait(lambda: tab.preview.pdf() is not None)
    bench.page.print_here()
    bench.page.detail.show_tab(Tab.AGENDA)
    bench.wait_for_paper()
    bench.page.print_here()
    assert printed_names[0] == f"minutes-{LAST.isoformat()}.pdf"
    assert "agenda" in printed_names[1]
