"""The stories begin with the program as it starts, on a morning in September."""

import shutil
from collections.abc import Callable, Generator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app import clock
from commission_app.bootstrap import CommissionProgram
from commission_app.gui import labels, operations, theme
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.preferences import Preferences
from tests.e2e.person import Person
from tests.factories import put_sample
from tests.watchdog import watchdog  # noqa: F401 - a fixture

TODAY = date(2026, 9, 17)
NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)  # 9:41 AM in California

Start = Callable[..., Person]


def _now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_sample(tmp_path_factory.mktemp("sample") / "alder-glen.commission", TODAY, _now)


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample."""
    return Path(shutil.copy(made_sample, tmp_path / made_sample.name))


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Generator[Start]:
    """Starts the program, with a file or without, for somebody who is remembered at the keyboard.

    `answer` is the button that is pressed in the question of the start, after `reading` it."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(operations, "MOMENT", 60.0)  # what a page reads is there at once
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    theme.install(qapp, theme.Scheme.LIGHT)
    windows: list[MainWindow] = []

    def begin(
        file: Path | None = None,
        who: str = "Ana Ruiz",
        *,
        answer: str = "",
        reading: tuple[str, ...] = (),
        at: datetime = NOW,
    ) -> Person:
        moment[:] = [at]
        preferences = Preferences()
        if file is not None:
            preferences.note_person(file, who)
        window = MainWindow(preferences)
        windows.append(window)
        qtbot.addWidget(window)
        opener = FileOpener(lambda: CommissionProgram(clock.now), window, None)
        window.resize(1440, 900)
        person = Person(window, qtbot)
        question = person.answering(answer, *reading) if answer else nullcontext()
        with question, qtbot.waitSignal(opener.begun, timeout=10_000):
            window.show()
            opener.begin(file)
        qtbot.waitActive(window)
        return person

    yield begin
    for window in windows:
        window.close()
    labels.look_from(None)
    QLocale.setDefault(before)
