"""What the tests of the window get: files, a window on them, and no box that nobody answers."""

import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.gui import labels, operations, theme
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.preferences import Preferences
from commission_app.services.session import Session
from tests.factories import make_session, put_sample
from tests.gui.run_evening import Evening, six_pm
from tests.watchdog import watchdog  # noqa: F401 - a fixture

TODAY = date(2026, 9, 17)
NOW = datetime(2026, 9, 17, 9, 41, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Qt ends the process where a widget is made before the application, whichever test comes first."""
    return qapp


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page reads is there at once, however slow the machine: no test measures time."""
    monkeypatch.setattr(operations, "MOMENT", 60.0)


@pytest.fixture
def look(qapp: QApplication) -> Generator[None]:
    """The light theme at 100 percent, and dates as in the USA."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    if theme.scheme() is not theme.Scheme.LIGHT or theme.text_percent() != 100 or not qapp.styleSheet():
        theme.install(qapp, theme.Scheme.LIGHT)
    labels.look_from(TODAY)
    yield
    labels.look_from(None)
    QLocale.setDefault(before)


@dataclass
class Boxes:
    """The dialogs that a test expects: each one gets the next answer, a box without one fails the test."""

    answers: list[Callable[[QDialog], bool]] = field(default_factory=list)
    seen: list[QDialog] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def accept(self) -> None:
        """Press the doing button of the next box."""
        self.answers.append(_accept)

    def reject(self) -> None:
        """Leave the next box by its safe button."""
        self.answers.append(_reject)

    def answer(self, how: Callable[[QDialog], bool]) -> None:
        """Do something with the next box; the result says whether it was accepted."""
        self.answers.append(how)


def _accept(box: QDialog) -> bool:
    return True


def _reject(box: QDialog) -> bool:
    return False


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> Generator[Boxes]:
    """Modal dialogs, answered as the test says; one that nobody expects fails the test."""
    found = Boxes()

    def show(box: QDialog) -> int:
        found.texts.append(box.windowTitle())
        if not found.answers:
            raise AssertionError(f"an unexpected box: {box.windowTitle()}")
        return int(found.answers.pop(0)(box))

    monkeypatch.setattr(QDialog, "exec", show)
    yield found
    assert not found.answers, "a box was expected and did not come"


@pytest.fixture
def no_file_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's file dialog is never opened by accident."""

    def refuse(*_: object, **__: object) -> tuple[str, str]:
        raise AssertionError("an unexpected file dialog")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", refuse)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", refuse)


@pytest.fixture
def program() -> CommissionProgram:
    """The program on the morning of the pictures."""
    return CommissionProgram(now=_now)


def _now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once; tests work on copies."""
    return put_sample(tmp_path_factory.mktemp("sample") / "Alder Glen.commission", TODAY, _now)


@pytest.fixture
def alder_glen_file(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample."""
    return Path(shutil.copy(sample_file, tmp_path / sample_file.name))


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    """A new file by the rules of Milpitas, open for writing."""
    made = make_session(tmp_path, on=TODAY)
    yield made
    made.close()


@pytest.fixture
def alder_glen(alder_glen_file: Path, program: CommissionProgram) -> Generator[Session]:
    """The sample, open for writing."""
    made = program.open_writing(alder_glen_file, who="Ana Ruiz")
    yield made
    made.close()


@pytest.fixture
def empty_window(look: None, boxes: Boxes, no_file_dialog: None, qtbot: QtBot) -> Generator[MainWindow]:
    """The window before a file is open."""
    window = MainWindow(Preferences())
    qtbot.addWidget(window)
    window.resize(1440, 900)
    yield window
    window.close_session()


@pytest.fixture
def opener(empty_window: MainWindow, program: CommissionProgram) -> FileOpener:
    """What opens files in the window."""

    def make() -> CommissionProgram:
        return program

    return FileOpener(make, empty_window, None)


@pytest.fixture
def main_window(
    empty_window: MainWindow, opener: FileOpener, alder_glen_file: Path, qtbot: QtBot
) -> MainWindow:
    """The window with the sample open, Ana Ruiz at the keyboard."""
    empty_window.preferences.note_person(alder_glen_file, "Ana Ruiz")
    assert opener.open(alder_glen_file)
    settle(empty_window, qtbot)
    empty_window.show()
    qtbot.waitExposed(empty_window)
    return empty_window


@pytest.fixture
def evening(empty_window: MainWindow, alder_glen_file: Path, qtbot: QtBot) -> Evening:
    """The sample in the window at two minutes past six on the day of its next meeting."""
    now = [six_pm()]
    program = CommissionProgram(now=lambda: now[0])
    labels.look_from(date(2026, 9, 24))
    empty_window.preferences.note_person(alder_glen_file, "Ana Ruiz")
    assert FileOpener(lambda: program, empty_window, None).open(alder_glen_file)
    settle(empty_window, qtbot)
    empty_window.show()
    qtbot.waitExposed(empty_window)
    return Evening(now, empty_window, qtbot)


@pytest.fixture
def new_window(empty_window: MainWindow, opener: FileOpener, session: Session, qtbot: QtBot) -> MainWindow:
    """The window with a new and empty file open."""
    session.close()
    assert opener.open(session.path)
    settle(empty_window, qtbot)
    empty_window.show()
    qtbot.waitExposed(empty_window)
    return empty_window


@pytest.fixture
def desk(main_window: MainWindow) -> Desk:
    """What pages get, on the sample."""
    assert main_window.desk is not None
    return main_window.desk


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is under way in the pool (the backup at start)."""

    def is_idle() -> bool:
        operations = window.operations()
        return operations is None or not operations.is_busy()

    qtbot.waitUntil(is_idle)
