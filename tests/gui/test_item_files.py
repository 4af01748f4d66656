"""Files on the item that is open in the agenda: attached, dropped, refused, ordered, removed, printed."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from commission_app.domain.intake import MOST_BYTES
from commission_app.gui.meetings import item_files
from commission_app.gui.meetings.item_files import ItemFiles
from tests.gui.meetings_bench import Bench, make_sample, open_copy

TAINAN = "Inquiry from Tainan"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


@pytest.fixture
def files(bench: Bench) -> ItemFiles:
    bench.page.detail.agenda.outline.select(bench.item_id(TAINAN))
    return bench.page.detail.agenda.outline.editor.files


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    path = tmp_path / "letter from Tainan.pdf"
    path.write_bytes(out.getvalue())
    return path


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    found = ([str(path) for path in paths], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: found)


def shown(files: ItemFiles) -> list[tuple[str, str]]:
    return [(row.number.text(), row.file.name) for row in files.rows]


def drop(bench: Bench, *urls: QUrl) -> bool:
    editor = bench.page.detail.agenda.outline.editor
    mime = QMimeData()
    mime.setUrls(list(urls))
    keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, *keys)
    editor.dragEnterEvent(enter)
    if enter.isAccepted():
        put = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, *keys)
        editor.dropEvent(put)
    return enter.isAccepted()


def test_a_chosen_file_is_listed_by_its_number_and_on_the_paper(
    bench: Bench, files: ItemFiles, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, letter)
    bench.press(files.add)
    assert shown(files) == [("Attachment 1", "letter from Tainan.pdf")]
    assert bench.said[-1].undo
    paper = bench.page.detail.agenda.paper()
    assert paper is not None
    attached = [item.attachments for section in paper.sections for item in section.items if item.attachments]
    assert attached == [(1,)]
    bench.page.desk.operations.undo()
    assert shown(files) == []


def test_files_are_put_in_order_and_taken_off(
    bench: Bench, files: ItemFiles, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "map.pdf"
    other.write_bytes(letter.read_bytes())
    choose(monkeypatch, letter, other)
    bench.press(files.add)
    assert files.rows[0].up.isHidden() and files.rows[1].down.isHidden()
    bench.press(files.rows[1].up)
    assert [name for _, name in shown(files)] == ["map.pdf", "letter from Tainan.pdf"]
    row = bench.page.detail.agenda.outline.row_widget(bench.item_id(TAINAN))
    assert row is not None and "2 files" in row.accessibleName()
    assert bench.window.focusWidget() is files.add
    bench.press(files.rows[0].remove)
    assert shown(files) == [("Attachment 1", "letter from Tainan.pdf")]


def test_a_file_that_is_dropped_on_the_item_is_attached(bench: Bench, files: ItemFiles, letter: Path) -> None:
    assert drop(bench, QUrl.fromLocalFile(str(letter)))
    assert [name for _, name in shown(files)] == ["letter from Tainan.pdf"]
    assert not drop(bench, QUrl("https://example.org/letter.pdf"))


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(
    bench: Bench, files: ItemFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = tmp_path / "film.mov"
    with film.open("wb") as file:
        file.truncate(200 * 1024**2)
    assert film.stat().st_size > MOST_BYTES
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert drop(bench, QUrl.fromLocalFile(str(film)))
    assert bench.said[-1].text == "film.mov is larger than 25 MB and was not attached."
    assert shown(files) == []


def test_an_empty_file_is_refused_and_those_beside_it_are_attached(
    bench: Bench, files: ItemFiles, letter: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "scan.pdf"
    empty.write_bytes(b"")
    assert drop(bench, QUrl.fromLocalFile(str(empty)), QUrl.fromLocalFile(str(letter)))
    assert bench.said[-1].text == "scan.pdf is empty and was not attached."
    assert not bench.said[-1].undo
    assert [name for _, name in shown(files)] == ["letter from Tainan.pdf"]


def test_a_file_that_is_gone_is_told(bench: Bench, files: ItemFiles, tmp_path: Path) -> None:
    assert drop(bench, QUrl.fromLocalFile(str(tmp_path / "gone.pdf")))
    assert bench.said[-1].text == "gone.pdf was not read: No such file or directory."


def test_what_the_packet_cannot_print_is_kept_and_told(
    bench: Bench, files: ItemFiles, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    assert drop(bench, QUrl.fromLocalFile(str(broken)))
    assert [name for _, name in shown(files)] == ["broken.pdf"]
    assert bench.said[-1].text == (
        "Attached, but not printed in the packet. broken.pdf: This PDF file is damaged and cannot be read."
    )


def test_a_file_opens_in_the_system_s_own_reader(
    bench: Bench, files: ItemFiles, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(item_files, "open_file", lambda desk, file: opened.append(file.name))
    drop(bench, QUrl.fromLocalFile(str(letter)))
    bench.press(files.rows[0].open)
    assert opened == ["letter from Tainan.pdf"]


def test_a_new_item_has_no_files_yet(bench: Bench, files: ItemFiles, letter: Path) -> None:
    bench.page.detail.agenda.begin_new("new-business")
    assert files.isHidden()
    assert not drop(bench, QUrl.fromLocalFile(str(letter)))


def test_the_keyboard_goes_through_the_files_before_the_button_that_adds(
    bench: Bench, files: ItemFiles, letter: Path
) -> None:
    drop(bench, QUrl.fromLocalFile(str(letter)))
    files.rows[0].open.setFocus(Qt.FocusReason.TabFocusReason)
    bench.key(Qt.Key.Key_Tab)
    assert bench.window.focusWidget() is files.rows[0].remove
    bench.key(Qt.Key.Key_Tab)
    assert bench.window.focusWidget() is files.add


def test_treasurers_item_is_offered_the_treasurers_report(bench: Bench, qtbot: QtBot) -> None:
    outline = bench.page.detail.agenda.outline
    outline.select(bench.item_id(TAINAN))
    assert not outline.editor.files.report.isVisible()
    meeting_id = bench.session.meetings.named("next").meeting.id
    [item] = [one for one in bench.session.agendas.items(meeting_id) if "Treasurer" in one.title]
    outline.select(item.id)
    files = outline.editor.files
    assert files.report.isVisible()
    files.report.click()
    qtbot.waitUntil(lambda: bool(files.rows))
    [row] = files.rows
    assert row.file.name == "treasurer-public-2026-09-24.pdf"
    kept = bench.session.item_files.file(row.file.id)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(kept.data)).pages)
    assert "Treasurer’s report" in text
    assert "6 pledges, $2,400.00" in text
    assert "Rotary" not in text


def test_a_report_older_than_the_money_is_attached_again_from_the_check(bench: Bench, qtbot: QtBot) -> None:
    agenda = bench.page.detail.agenda
    meeting_id = bench.session.meetings.named("next").meeting.id
    [item] = [one for one in bench.session.agendas.items(meeting_id) if "Treasurer" in one.title]
    report = bench.session.item_files.treasurer_report(item.id)
    bench.session.item_files.attach(item.id, report)
    paid = bench.session.payments.page().rows[0].id
    bench.session.payments.void(paid, bench.session.context.today().today, "Came back")
    qtbot.waitUntil(lambda: any(row.line.code == "treasurer-report" for row in agenda.checks.rows()))
    [row] = [row for row in agenda.checks.rows() if row.line.code == "treasurer-report"]
    assert row.button.text() == "Attach again"
    row.button.click()
    qtbot.waitUntil(lambda: all(row.line.code != "treasurer-report" for row in agenda.checks.rows()))
    [file] = bench.session.agendas.agenda(meeting_id).files[item.id]
    assert bench.session.item_files.file(file.file.id).data != report.data
