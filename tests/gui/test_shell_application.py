"""Starting and ending the program, and what a bug does to it."""

import logging
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.bugs import report_of
from commission_app.gui import application
from commission_app.gui.application import BugReporter
from commission_app.gui.main_window import MainWindow
from commission_app.gui.messages import BugReport
from commission_app.gui.preferences import Preferences
from tests.gui.conftest import Boxes


def raise_with(words: str) -> None:
    raise LookupError(words)


def bug(words: str) -> LookupError:
    try:
        raise_with(words)
    except LookupError as error:
        return error
    raise AssertionError


@pytest.mark.logs_warnings
def test_a_bug_apologizes_with_a_report_to_copy(
    main_window: MainWindow, boxes: Boxes, caplog: pytest.LogCaptureFixture
) -> None:
    copied: list[str] = []

    def copy(box: QDialog) -> bool:
        assert isinstance(box, BugReport)
        box.copy.click()
        copied.append(QApplication.clipboard().text())
        return True

    boxes.answer(copy)
    error = bug("Ana Ruiz, 455 Alder Glen Avenue")
    with caplog.at_level(logging.ERROR):
        BugReporter(main_window).report(type(error), error, error.__traceback__)
    assert "LookupError" in copied[0]
    assert "tests/gui/test_shell_application.py" in copied[0]
    assert main_window.desk is not None
    assert main_window.desk.session.contacts.all()


def test_a_report_names_no_person_and_no_folder() -> None:
    error = bug("Ana Ruiz, 455 Alder Glen Avenue")
    text = report_of(type(error), error.__traceback__)
    assert "Ana Ruiz" not in text
    assert "Alder Glen" not in text
    assert str(Path.home()) not in text
    assert str(Path(__file__).parent) not in text
    assert "in raise_with" in text


def test_the_system_s_english_is_kept_and_other_languages_give_way() -> None:
    before = QLocale()
    application.set_locale()
    assert QLocale().language() is QLocale.Language.English
    QLocale.setDefault(before)


def test_the_program_starts_with_the_file_given_and_remembers_its_place(
    look: None,
    boxes: Boxes,
    alder_glen_file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    hook = sys.excepthook

    def run() -> int:
        def is_home() -> bool:
            windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.desk]
            return bool(windows)

        qtbot.waitUntil(is_home)
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.desk)
        seen.append(window.windowTitle())
        assert sys.excepthook != hook
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(run))
    assert application.main(CommissionProgram, alder_glen_file, date(2026, 9, 17)) == 0
    assert seen == ["Alder Glen Sister Cities Commission"]
    assert sys.excepthook is hook
    assert Preferences().last_file == alder_glen_file
    assert not Preferences().geometry.isEmpty()


def test_nothing_but_qt_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    import subprocess

    heavy = ("sqlalchemy", "reportlab", "commission_app.services", "commission_app.domain.meetings")
    code = f"import sys, commission_app.gui.application; print([m for m in {heavy} if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_a_timer_of_a_closed_window_does_nothing(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.freshness.minute_passed()
    assert empty_window.desk is None
    assert not any(timer.isActive() for timer in empty_window.findChildren(QTimer))
