"""Opening a file that is open already, that lives in a risky place, or that the clock disagrees with."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app import paths
from commission_app.bootstrap import CommissionProgram
from commission_app.errors import DamagedError, DiskFullError, UnreachableError
from commission_app.gui import application, running
from commission_app.gui.application import BugReporter, place_named
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.opening_checks import RiskyPlaceDialog
from commission_app.gui.page import Place
from commission_app.gui.running import Doorbell
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.message_bar import MessageKind
from tests.gui.conftest import Boxes, settle

RING = """
import sys
from commission_app.gui import application
sys.exit(application.main(None, __import__("pathlib").Path(sys.argv[1]), None, "members/contacts"))
"""


@pytest.fixture
def synced_file(alder_glen_file: Path, tmp_path: Path) -> Path:
    """The sample in the folder of a sync client."""
    folder = tmp_path / "Dropbox" / "Commission"
    folder.mkdir(parents=True)
    return Path(shutil.copy(alder_glen_file, folder))


# A second start


@pytest.mark.skipif(os.name == "nt", reason="sockets are files here")
def test_a_second_start_raises_the_window_at_the_place_it_wants_and_ends(
    main_window: MainWindow, alder_glen_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[object] = []
    monkeypatch.setattr(QApplication, "alert", raised.append)
    main_window.showMinimized()
    second = subprocess.Popen([sys.executable, "-c", RING, str(alder_glen_file)])
    qtbot.waitUntil(lambda: bool(raised), timeout=60_000)
    assert second.wait(timeout=60) == 0
    assert not main_window.isMinimized()
    page = main_window.current_page()
    assert page is not None
    assert page.name == "members"


def test_a_page_that_does_not_exist_is_not_gone_to(main_window: MainWindow, opener: FileOpener) -> None:
    opener.bell.rung.emit(Place(page="os"))
    page = main_window.current_page()
    assert page is not None
    assert page.name == "home"


def test_a_file_that_another_window_has_is_shown_there(
    empty_window: MainWindow,
    opener: FileOpener,
    alder_glen_file: Path,
    program: CommissionProgram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = program.open_writing(alder_glen_file, who="Harold Lindqvist")
    monkeypatch.setattr(running, "ring", lambda path, place: path == alder_glen_file)
    assert not opener.open(alder_glen_file)
    assert "its own window" in empty_window.bar.text()
    other.close()


class LateBell(Doorbell):
    """Listens once somebody has rung in vain, which may be in another thread."""

    missed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.missed.connect(self.listen_late)

    @Slot(object)
    def listen_late(self, path: Path) -> None:
        self.listen(path)


@pytest.fixture
def late_bell(
    program: CommissionProgram, alder_glen_file: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Generator[LateBell]:
    """Another window has the file already, and is about to listen."""
    other, bell = program.open_writing(alder_glen_file, who="Harold Lindqvist"), LateBell()
    ring = running.ring
    missed: list[Path] = []

    def ring_and_miss(path: Path, place: Place | None) -> bool:
        if not missed:
            missed.append(path)
            bell.missed.emit(path)
            return False
        return ring(path, place)

    monkeypatch.setattr(running, "ring", ring_and_miss)
    yield bell
    bell.stop()
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="sockets are files here")
def test_a_window_that_opens_the_file_this_moment_is_waited_for(
    empty_window: MainWindow, opener: FileOpener, late_bell: LateBell, alder_glen_file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(late_bell.rung, timeout=10_000):
        assert not opener.open(alder_glen_file)
    assert "its own window" in empty_window.bar.text()


@pytest.mark.skipif(os.name == "nt", reason="sockets are files here")
def test_of_two_starts_at_once_the_second_leaves_the_file_to_the_first(
    empty_window: MainWindow, opener: FileOpener, late_bell: LateBell, alder_glen_file: Path, qtbot: QtBot
) -> None:
    place = Place(page="members")
    with qtbot.waitSignal(late_bell.rung, timeout=10_000) as rung:
        empty_window.show()
        opener.begin(alder_glen_file, place)
    assert rung.args == [place]
    qtbot.waitUntil(lambda: not empty_window.isVisible())


@pytest.mark.skipif(os.name == "nt", reason="sockets are files here")
def test_a_window_listens_only_while_its_file_is_open(
    main_window: MainWindow, opener: FileOpener, alder_glen_file: Path
) -> None:
    address = running.address_of(alder_glen_file)
    assert address is not None
    assert Path(address).exists()
    opener.close()
    assert not Path(address).exists()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", None),
        ("meetings", Place(page="meetings")),
        ("members/contacts", Place(page="members", tab="contacts")),
        ("meetings//0190", Place(page="meetings", record_id="0190")),
    ],
)
def test_a_place_is_named_in_the_command(text: str, place: Place | None) -> None:
    assert place_named(text) == place


# Where the file lives


def test_a_file_in_a_synced_folder_is_moved_here_when_wanted(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, synced_file: Path, qtbot: QtBot
) -> None:
    size = synced_file.stat().st_size
    told: list[str] = []

    def agree(box: QDialog) -> bool:
        assert isinstance(box, RiskyPlaceDialog)
        told.extend([box.question.text(), box.body.text()])
        return True

    boxes.answer(agree)
    empty_window.preferences.note_person(synced_file, "Ana Ruiz")
    assert opener.open(synced_file)
    qtbot.waitUntil(lambda: not boxes.answers)
    settle(empty_window, qtbot)
    assert "Dropbox" in told[0]
    assert "damaged" in told[1]
    desk = empty_window.desk
    assert desk is not None
    assert desk.session.path == (paths.user_records() / synced_file.name).resolve()
    assert desk.session.who == "Ana Ruiz"
    assert not synced_file.exists()
    [kept] = synced_file.parent.glob("*.commission-old")
    assert kept.stat().st_size >= size
    assert [entry.path for entry in empty_window.preferences.recent()] == [desk.session.path]
    assert kept.name in empty_window.bar.text()


def test_a_file_that_stays_is_asked_about_once(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, synced_file: Path, qtbot: QtBot
) -> None:
    boxes.reject()
    assert opener.open(synced_file)
    qtbot.waitUntil(lambda: not boxes.answers)
    settle(empty_window, qtbot)
    assert opener.open(synced_file)
    settle(empty_window, qtbot)
    assert synced_file.exists()
    assert len(boxes.texts) == 1


def test_a_file_that_cannot_be_moved_stays_open_where_it_was(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, synced_file: Path, qtbot: QtBot
) -> None:
    taken = paths.user_records() / synced_file.name
    taken.parent.mkdir(parents=True)
    taken.write_text("somebody else's", encoding="utf-8")
    boxes.accept()
    boxes.reject()
    assert opener.open(synced_file)
    qtbot.waitUntil(lambda: not boxes.answers)
    settle(empty_window, qtbot)
    assert taken.read_text(encoding="utf-8") == "somebody else's"
    assert empty_window.desk is not None
    assert empty_window.desk.session.path == synced_file
    assert "already a file" in boxes.texts[1]


# The clock


def test_a_clock_behind_the_last_change_is_said(
    empty_window: MainWindow, alder_glen_file: Path, program: CommissionProgram, qtbot: QtBot
) -> None:
    with closing(program.open_reading(alder_glen_file)) as session:
        last = session.history.last_change_at()
    assert last == session.now()  # the program's clock made it
    behind = CommissionProgram(now=lambda: last - timedelta(days=400))
    assert FileOpener(lambda: behind, empty_window, None).open(alder_glen_file)
    settle(empty_window, qtbot)
    assert "clock" in empty_window.bar.text()
    assert empty_window.bar.kind() is MessageKind.WARNING


# Trouble


def test_what_may_pass_can_be_tried_again(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main_window.desk is not None
    operations = main_window.desk.operations
    results: list[Exception | str] = [
        DiskFullError("The disk is full."),
        UnreachableError("Gone."),
        "written",
    ]
    buttons: list[str] = []

    def work() -> str:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    def again(box: QDialog) -> bool:
        assert isinstance(box, Dialog)
        buttons.append(box.doing.text())
        return True

    boxes.answer(again)
    boxes.answer(again)
    done = operations.run(work)
    assert done is not None
    assert done.value == "written"
    assert buttons == ["Try again", "Try again"]


def test_a_damaged_file_s_last_backup_is_named_and_opened(
    main_window: MainWindow, boxes: Boxes, alder_glen_file: Path, qtbot: QtBot
) -> None:
    desk = main_window.desk
    assert desk is not None
    before = len(desk.session.contacts.all())
    desk.operations.run(desk.session.contacts.remove, desk.session.contacts.all()[0].id)
    facts: list[str] = []

    def open_backup(box: QDialog) -> bool:
        assert isinstance(box, Dialog)
        assert box.doing.text() == "Open that backup"
        facts.extend(label.text() for label in box.findChildren(type(box.body)))
        return True

    boxes.answer(open_backup)
    desk.operations.tell(DamagedError("The file is damaged."))
    qtbot.waitUntil(lambda: main_window.desk is not None and main_window.desk is not desk)
    settle(main_window, qtbot)
    assert any(str(paths.user_data() / "backups") in fact for fact in facts)
    assert main_window.desk is not None
    assert len(main_window.desk.session.contacts.all()) == before
    assert list(alder_glen_file.parent.glob("*before restore*"))


def test_a_file_that_is_none_of_ours_gives_way_to_another_one(
    opener: FileOpener, boxes: Boxes, alder_glen_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = alder_glen_file.with_name("page.commission")
    page.write_text("<html></html>", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(alder_glen_file), ""))
    boxes.accept()
    assert opener.open(page)
    window = opener.parent()
    assert isinstance(window, MainWindow)
    settle(window, qtbot)
    assert window.desk is not None
    assert window.desk.session.path == alder_glen_file


def test_an_error_with_words_is_told_as_such_and_not_as_a_bug(main_window: MainWindow, boxes: Boxes) -> None:
    boxes.reject()
    error = DiskFullError("The disk is full.")
    BugReporter(main_window).report(type(error), error, None)
    assert boxes.texts == ["The disk is full."]


def test_the_log_tells_when_the_program_began_and_names_nobody(home: Path) -> None:
    application.write_log()
    application.close_log()
    text = paths.user_log().read_text(encoding="utf-8")
    assert "began" in text
    assert str(home) not in text
