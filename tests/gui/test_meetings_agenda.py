"""The agenda of a meeting: outline, editor in place, moving, suggestions, check and preview."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.outline_rows import OPENING
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.page import Place
from tests.gui.meetings_bench import LAST, NEXT, Bench, make_sample, open_copy

TAINAN, EKATERINBURG, HUE = "Inquiry from Tainan", "Inquiry from Ekaterinburg", "Inquiry from Huế"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


def row(bench: Bench, title: str):  # type: ignore[no-untyped-def]
    found = bench.page.detail.agenda.outline.row_widget(bench.item_id(title))
    assert found is not None
    return found


# Outline


def test_next_meeting_is_shown_with_its_sections_and_items(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    titles = outline.titles()
    assert titles[0] == "Opening, 7 sections"
    assert "Approval of minutes, 1 item" in titles
    assert "Unfinished business" in titles
    assert any(title.startswith(TAINAN) for title in titles)
    assert bench.page.detail.header.title.title.text() == "Thursday, September 24"
    assert bench.page.detail.header.chips() == ["Draft", "Post by Mon, Sep 21, 6 PM"]


def test_pressing_a_section_folds_and_unfolds_it(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    section = outline.row_widget("unfinished-business")
    assert section is not None
    bench.press(section)
    assert "Unfinished business, 2 items" in outline.titles()
    bench.press(section)
    assert "Unfinished business" in outline.titles()
    opening = outline.row_widget(OPENING)
    assert opening is not None
    bench.press(opening)
    assert "Public forum" in outline.titles()


def test_arrows_go_along_the_rows_and_fold_sections(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    outline.focus_row("unfinished-business")
    bench.key(Qt.Key.Key_Down)
    assert bench.window.focusWidget() is row(bench, TAINAN)
    bench.key(Qt.Key.Key_Left)
    assert bench.window.focusWidget() is outline.row_widget("unfinished-business")
    bench.key(Qt.Key.Key_Left)
    assert not outline.is_unfolded("unfinished-business")
    bench.key(Qt.Key.Key_Right)
    assert outline.is_unfolded("unfinished-business")
    assert bench.window.focusWidget() is outline.row_widget("unfinished-business")


def test_rows_say_what_they_are_to_a_screen_reader(bench: Bench) -> None:
    name = row(bench, TAINAN).accessibleName()
    assert name.startswith("X.A, Inquiry from Tainan")
    assert name.endswith("Action, 15 minute(s)")


# Editor


def test_pressing_an_item_opens_it_in_place_and_leaving_a_field_saves(bench: Bench) -> None:
    tainan = bench.item_id(TAINAN)
    bench.press(row(bench, TAINAN))
    outline = bench.page.detail.agenda.outline
    editor = outline.editor
    assert outline.open_item() == tainan
    assert editor.isVisible()
    assert editor.label.text() == "X.A"
    assert bench.window.focusWidget() is editor.title.edit
    QTest.keyClicks(editor.title.edit, " in October")
    assert bench.titles("unfinished-business")[0].endswith("next steps")
    bench.key(Qt.Key.Key_Tab)
    assert bench.titles("unfinished-business")[0].endswith("next steps in October")
    assert bench.said[-1].undo
    assert editor.isVisible()


def test_title_counts_its_words(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    editor = bench.page.detail.agenda.outline.editor
    assert "9 of 20 words" in [label.text() for label in editor.title.findChildren(type(editor.label))]


def test_undo_takes_a_change_back_and_the_editor_shows_it(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    editor = bench.page.detail.agenda.outline.editor
    QTest.keyClicks(editor.title.edit, " again")
    bench.key(Qt.Key.Key_Tab)
    bench.operations.undo()
    assert editor.title.value().endswith("next steps")
    assert bench.titles("unfinished-business")[0].endswith("next steps")


def test_an_empty_title_is_told_and_escape_keeps_the_old_one(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    outline = bench.page.detail.agenda.outline
    outline.editor.title.edit.clear()
    bench.key(Qt.Key.Key_Tab)
    assert outline.editor.title.error() == "The title is missing."
    bench.key(Qt.Key.Key_Escape)
    assert outline.open_item() is None
    assert bench.titles("unfinished-business")[0].startswith(TAINAN)


def test_an_item_that_cannot_be_saved_stays_open_when_another_is_pressed(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    outline = bench.page.detail.agenda.outline
    outline.editor.title.edit.clear()
    bench.press(row(bench, EKATERINBURG))
    assert outline.open_item() == bench.item_id(TAINAN)
    assert outline.editor.title.error()


def test_pressing_another_item_saves_the_first(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    outline = bench.page.detail.agenda.outline
    QTest.keyClicks(outline.editor.title.edit, ", first")
    bench.press(row(bench, EKATERINBURG))
    assert outline.open_item() == bench.item_id(EKATERINBURG)
    assert bench.titles("unfinished-business")[0].endswith(", first")


def test_presenter_is_completed_from_members_and_staff(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    presenter = bench.page.detail.agenda.outline.editor.presenter
    presenter.open_list()
    assert "Rosa Delgado" in presenter.offered()
    presenter.edit.clear()
    QTest.keyClicks(presenter.edit, "nguyen")
    assert presenter.offered() == ["Nguyễn Thị Minh Khai"]


def test_kind_is_saved_when_chosen(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    kind = bench.page.detail.agenda.outline.editor.kind
    kind.box.setCurrentIndex(1)
    kind.box.activated.emit(1)
    items = {item.id: item for item in bench.session.agendas.items(bench.meeting(NEXT).id)}
    assert items[bench.item_id(TAINAN)].kind is ItemKind.DISCUSSION


def test_f2_opens_and_escape_closes_back_onto_the_row(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    outline.focus_row(bench.item_id(HUE))
    bench.key(Qt.Key.Key_F2)
    assert outline.open_item() == bench.item_id(HUE)
    bench.key(Qt.Key.Key_Escape)
    assert outline.open_item() is None
    assert bench.window.focusWidget() is row(bench, HUE)


def test_outcome_is_offered_once_the_day_has_come(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    assert bench.page.detail.agenda.outline.editor.outcome.isHidden()
    bench.choose(LAST)
    garden = bench.item_id("Friendship garden", LAST)
    outline = bench.page.detail.agenda.outline
    outline.select(garden)
    assert outline.editor.outcome.isVisible()
    assert outline.editor.outcome.value() is Outcome.CONTINUED
    outline.editor.outcome_chosen.emit(Outcome.DISCUSSED)
    items = {item.id: item for item in bench.session.agendas.items(bench.meeting(LAST).id)}
    assert items[garden].outcome is Outcome.DISCUSSED


# Adding, moving, removing


def test_add_an_item_with_enter_in_its_section(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    add = outline.row_widget("add:new-business")
    assert add is not None
    bench.press(add)
    assert outline.new_in() == "new-business"
    QTest.keyClicks(outline.editor.title.edit, "Budget of the delegation")
    bench.key(Qt.Key.Key_Return)
    assert bench.titles("new-business")[-1] == "Budget of the delegation"
    assert outline.open_item() == bench.item_id("Budget")
    assert outline.new_in() is None


def test_control_n_begins_an_item_in_the_current_section_and_escape_gives_it_up(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    outline.focus_row(bench.item_id(TAINAN))
    bench.page.new_here()
    assert outline.new_in() == "unfinished-business"
    QTest.keyClicks(outline.editor.title.edit, "Never mind")
    bench.key(Qt.Key.Key_Escape)
    assert outline.new_in() is None
    assert "Never mind" not in bench.titles("unfinished-business")


def test_a_new_item_without_a_title_is_not_added(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    bench.page.detail.agenda.begin_new("new-business")
    before = bench.titles("new-business")
    bench.press(outline.editor.save)
    assert outline.editor.title.error() == "The title is missing."
    assert bench.titles("new-business") == before


def test_alt_arrows_move_within_and_across_sections(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    tainan = bench.item_id(TAINAN)
    outline.focus_row(tainan)
    bench.key(Qt.Key.Key_Down, ALT)
    assert [t.split(" (")[0] for t in bench.titles("unfinished-business")] == [EKATERINBURG, TAINAN]
    assert bench.window.focusWidget() is outline.row_widget(tainan)
    bench.key(Qt.Key.Key_Down, ALT)
    assert bench.titles("new-business")[0].startswith(TAINAN)
    assert len(bench.titles("unfinished-business")) == 1
    bench.key(Qt.Key.Key_Up, ALT)
    assert bench.titles("unfinished-business")[-1].startswith(TAINAN)


def test_alt_arrow_moves_the_open_item_and_keeps_the_editor(bench: Bench) -> None:
    bench.press(row(bench, TAINAN))
    outline = bench.page.detail.agenda.outline
    bench.key(Qt.Key.Key_Down, ALT)
    assert outline.open_item() == bench.item_id(TAINAN)
    assert outline.editor.label.text() == "X.B"
    assert bench.window.focusWidget() is outline.editor.title.edit


def drag(bench: Bench, title: str, below: str, *, offset: int = 0, drop: bool = True) -> None:
    source = row(bench, title)
    target = bench.page.detail.agenda.outline.row_widget(below) or row(bench, below)
    start = source.rect().center()
    end = source.mapFromGlobal(target.mapToGlobal(QPoint(40, target.height() + offset)))
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(source, start + QPoint(0, 15))
    QTest.mouseMove(source, end)
    if drop:
        QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_shows_the_line_and_moves_within_a_section(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    drag(bench, TAINAN, EKATERINBURG, drop=False)
    line = outline.drop_line()
    assert line is not None
    assert abs(line.top() - row(bench, EKATERINBURG).geometry().bottom()) <= 2
    source = row(bench, TAINAN)
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=source.rect().center())
    assert outline.drop_line() is None
    assert bench.titles("unfinished-business")[0].startswith(EKATERINBURG)


def test_dragging_across_sections_puts_the_item_where_the_line_was(bench: Bench) -> None:
    drag(bench, TAINAN, HUE)
    assert bench.titles("new-business")[1].startswith(TAINAN)
    assert len(bench.titles("unfinished-business")) == 1


def test_dropping_on_a_folded_section_puts_it_last_there_and_unfolds(bench: Bench) -> None:
    drag(bench, TAINAN, "reports")
    assert bench.titles("reports")[-1].startswith(TAINAN)
    assert bench.page.detail.agenda.outline.is_unfolded("reports")


def test_escape_gives_a_drag_up(bench: Bench) -> None:
    before = bench.titles("unfinished-business")
    drag(bench, TAINAN, EKATERINBURG, drop=False)
    row(bench, TAINAN).setFocus()
    bench.key(Qt.Key.Key_Escape)
    source = row(bench, TAINAN)
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=source.rect().center())
    assert bench.titles("unfinished-business") == before
    assert bench.page.detail.agenda.outline.drop_line() is None


def test_delete_removes_with_undo(bench: Bench) -> None:
    outline = bench.page.detail.agenda.outline
    outline.focus_row(bench.item_id(EKATERINBURG))
    bench.key(Qt.Key.Key_Delete)
    assert len(bench.titles("unfinished-business")) == 1
    assert bench.said[-1].undo
    bench.operations.undo()
    assert len(bench.titles("unfinished-business")) == 2


def test_menu_moves_an_item_to_another_section(bench: Bench) -> None:
    agenda = bench.page.detail.agenda
    menu = agenda.build_menu(bench.item_id(TAINAN))
    assert [action.text() for action in menu.actions() if action.text()][:3] == [
        "Edit",
        "Move up",
        "Move down",
    ]
    sections = next(action.menu() for action in menu.actions() if action.text() == "Move to")
    next(action for action in sections.actions() if action.text() == "Reports").trigger()
    assert bench.titles("reports")[-1].startswith(TAINAN)


# Suggestions and check


def test_a_suggestion_is_added_with_its_reason_gone_from_the_tray(bench: Bench) -> None:
    tray = bench.page.detail.agenda.tray
    first = tray.rows()[0]
    assert first.title.text() == "Friendship garden at the library: site and upkeep"
    assert first.reason.text() == "Continued on June 25, 2026"
    bench.press(first.add)
    assert "Friendship garden at the library: site and upkeep" in bench.titles("unfinished-business")
    assert tray.rows()[0].title.text() == "Student exchange 2027: host families"
    assert row(bench, "Friendship garden").hasFocus()


def test_a_dismissed_suggestion_does_not_come_back(bench: Bench) -> None:
    tray = bench.page.detail.agenda.tray
    bench.press(tray.rows()[0].dismiss)
    bench.page.refresh()
    assert tray.rows()[0].title.text() == "Student exchange 2027: host families"
    assert "Friendship garden at the library: site and upkeep" not in bench.titles("unfinished-business")


def test_tray_shows_two_and_all_on_demand(bench: Bench) -> None:
    tray = bench.page.detail.agenda.tray
    assert len(tray.rows()) == 2
    assert tray.toggle.text() == "Show 3 more"
    bench.press(tray.toggle)
    assert len(tray.rows()) == 5


def add_item(bench: Bench, **values: object) -> str:
    draft = AgendaItemDraft(
        meeting_id=bench.meeting(NEXT).id,
        **({"section": "new-business", "title": "One", **values}),  # type: ignore[arg-type]
    )
    item_id = bench.session.agendas.add(draft)
    bench.page.refresh()
    return item_id


def test_check_line_leads_to_the_item_and_its_field(bench: Bench) -> None:
    checks = bench.page.detail.agenda.checks
    assert checks.count.text() == "8 in order"
    item = add_item(bench, title="Vote on it", kind=ItemKind.ACTION)
    assert checks.count.text() == "7 in order"
    [line] = checks.rows()
    assert "action item without a recommended action" in line.text.text()
    bench.press(line.button)
    outline = bench.page.detail.agenda.outline
    assert outline.open_item() == item
    assert bench.window.focusWidget() is outline.editor.recommended.area


def test_long_title_is_marked_in_its_row(bench: Bench) -> None:
    item = add_item(bench, title=" ".join(["word"] * 24))
    shown = bench.page.detail.agenda.outline.row_widget(item)
    assert shown is not None
    assert "24 words" in shown.accessibleName()


def test_missing_place_leads_to_the_form_of_the_meeting(bench: Bench) -> None:
    from dataclasses import asdict

    from commission_app.domain.meetings import MeetingDraft

    meeting = bench.meeting(NEXT)
    values = asdict(meeting)
    del values["id"]
    bench.session.meetings.change(meeting.id, MeetingDraft(**values | {"place": None}))
    [line] = bench.page.detail.agenda.checks.rows()
    assert line.text.text() == "The place is missing"
    bench.press(line.button)
    sheet = bench.page.sheet()
    assert sheet is not None
    assert sheet.title.title.text() == "Change the meeting of Thursday, September 24"


def test_missing_accommodation_leads_to_settings(bench: Bench) -> None:
    from dataclasses import replace

    from commission_app.domain.commission import Accommodation

    body = bench.session.commission.get()
    bench.session.commission.change(replace(body, accommodation=Accommodation()))
    [line] = bench.page.detail.agenda.checks.rows()
    bench.press(line.button)
    assert bench.places == [Place(page="settings", tab="commission", action="accommodation")]


# Preview


def test_a_new_item_of_the_consent_calendar_is_of_its_kind(bench: Bench) -> None:
    agenda = bench.page.detail.agenda
    agenda.begin_new("consent")
    assert agenda.outline.editor.kind.value() is ItemKind.CONSENT
    assert not agenda.outline.editor.is_changed()
    agenda.close_editor()
    agenda.begin_new("new-business")
    assert agenda.outline.editor.kind.value() is ItemKind.DISCUSSION
    agenda.close_editor()


def test_preview_draws_the_real_agenda(bench: Bench) -> None:
    bench.wait_for_paper()
    preview = bench.page.detail.agenda.preview
    pdf = preview.pdf()
    assert pdf is not None
    assert pdf.data.startswith(b"%PDF")
    assert preview.view.page_text() == "Page 1 of 2"


def test_preview_follows_typing_before_anything_is_saved(bench: Bench) -> None:
    import io

    from pypdf import PdfReader

    bench.press(row(bench, TAINAN))
    bench.wait_for_paper()
    preview = bench.page.detail.agenda.preview
    with bench.qtbot.waitSignal(preview.drawn, timeout=5_000):
        QTest.keyClicks(bench.page.detail.agenda.outline.editor.title.edit, " quickly")

    def is_typed() -> bool:
        pdf = preview.pdf()
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.data)).pages) if pdf else ""
        return "quickly" in text

    bench.wait(is_typed)
    assert "quickly" not in bench.titles("unfinished-business")[0]


def test_pressing_an_item_on_the_page_opens_it(bench: Bench) -> None:
    bench.wait_for_paper()
    preview = bench.page.detail.agenda.preview
    pdf = preview.pdf()
    hue = bench.item_id(HUE)
    assert pdf is not None
    mark = pdf.marks[hue][0]
    preview.view.clicked_at.emit(mark.page, mark.x + 5, mark.y + mark.height / 2)
    assert bench.page.detail.agenda.outline.open_item() == hue


def test_unprintable_characters_are_told_above_the_page(bench: Bench) -> None:
    item = add_item(bench, title="Plans for \U00013000")
    bench.wait(lambda: bool(bench.page.detail.agenda.preview.banner.text()))
    assert "\U00013000" in bench.page.detail.agenda.preview.banner.text()
    assert any(line.line.item_id == item for line in bench.page.detail.agenda.checks.rows())


# Narrow windows, other files


def test_preview_is_a_tab_in_a_narrow_window(qtbot: QtBot, sample: Path, tmp_path: Path) -> None:
    narrow = Bench(qtbot, open_copy(sample, tmp_path), 1024, 700)
    try:
        detail = narrow.page.detail
        assert not detail.agenda.pane.isVisible()
        detail.tabs.set_current(1)
        assert detail.agenda.pane.isVisible()
        assert not detail.agenda.outline.isVisible()
        narrow.window.resize(1440, 900)
        assert detail.agenda.outline.isVisible()
        assert detail.agenda.pane.isVisible()
    finally:
        narrow.close()


def test_nothing_can_be_changed_in_a_file_opened_for_reading(
    qtbot: QtBot, sample: Path, tmp_path: Path
) -> None:
    import shutil

    from commission_app.bootstrap import CommissionProgram

    path = tmp_path / "glen.commission"
    shutil.copyfile(sample, path)
    reading = Bench(qtbot, CommissionProgram().open_reading(path))
    try:
        agenda = reading.page.detail.agenda
        assert agenda.outline.row_widget("add:new-business") is None
        assert not reading.page.detail.header.primary.isEnabled()
        assert not reading.page.pane.add.isEnabled()
        assert all(not tray_row.add.isEnabled() for tray_row in agenda.tray.rows())
    finally:
        reading.close()


def test_models_of_the_page_are_sound(bench: Bench, qtbot: QtBot) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (bench.page.pane.list.rows, bench.page.detail.posting.table.model):
        QAbstractItemModelTester(model, mode, bench.window)
    bench.choose(LAST)
    bench.page.refresh()


def test_what_is_typed_is_saved_when_the_window_closes(qtbot: QtBot, sample: Path, tmp_path: Path) -> None:
    from commission_app.bootstrap import CommissionProgram
    from commission_app.gui.header import Sitter
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.preferences import Preferences

    session = open_copy(sample, tmp_path)
    meeting_id = session.meetings.named("2026-09-24").meeting.id
    item = next(i for i in session.agendas.items(meeting_id) if i.title.startswith(TAINAN))
    window = MainWindow(Preferences())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    ana = Sitter("Ana Ruiz")
    window.open_session(session, (ana,), ana)
    window.navigate(Place(page="meetings", record_id=meeting_id))
    page = window.page("meetings")
    assert isinstance(page, MeetingsPage)
    page.detail.agenda.outline.select(item.id, focus="title")
    QTest.keyClicks(page.detail.agenda.outline.editor.title.edit, " at last")
    window.close_session()
    reopened = CommissionProgram().open_reading(session.path)
    titles = [i.title for i in reopened.agendas.items(meeting_id)]
    assert f"{item.title} at last" in titles
    reopened.close()
    window.close()


# Meetings that are over or cancelled


def test_a_cancelled_meeting_asks_for_nothing_and_its_paper_says_so(bench: Bench) -> None:
    assert bench.page.detail.agenda.outline.row_widget("add:new-business") is not None
    bench.cancel()
    agenda = bench.page.detail.agenda
    assert not agenda.tray.isVisible()
    assert not agenda.checks.isVisible()
    assert agenda.outline.row_widget("add:new-business") is None
    bench.page.new_here()
    assert agenda.outline.new_in() is None
    paper = agenda.paper()
    assert paper is not None
    assert paper.mark == "CANCELLED"
    bench.page.detail.do(Wish.REINSTATE)
    assert agenda.checks.isVisible()
    assert agenda.outline.row_widget("add:new-business") is not None


def test_a_held_meeting_keeps_its_outcomes_alone(bench: Bench) -> None:
    bench.choose(LAST)
    agenda = bench.page.detail.agenda
    assert not agenda.tray.isVisible()
    assert not agenda.checks.isVisible()
    assert agenda.outline.may_have_outcome
    assert agenda.outline.row_widget("add:new-business") is None


def test_the_file_is_named_after_the_city_and_the_day(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(path).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    bench.wait_for_paper()
    bench.page.detail.do(Wish.SAVE)
    assert asked == ["Alder Glen agenda 2026-09-24.pdf"]
