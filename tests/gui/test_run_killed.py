"""The computer stops in the middle of a vote: nothing is lost, and the meeting goes on where it stood."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.proceedings import Answer
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from tests.gui.conftest import settle
from tests.gui.run_evening import Evening, six_pm


def test_a_meeting_that_is_killed_goes_on_at_the_same_item(
    empty_window: MainWindow, alder_glen_file: Path, qtbot: QtBot
) -> None:
    command = [sys.executable, "-m", "tests.gui.running_person", str(alder_glen_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "voted\n"
        process.kill()
    opener = FileOpener(lambda: CommissionProgram(now=six_pm), empty_window, None)
    empty_window.preferences.note_person(alder_glen_file, "Ana Ruiz")
    assert opener.open(alder_glen_file)
    settle(empty_window, qtbot)
    empty_window.show()
    qtbot.waitExposed(empty_window)
    assert empty_window.bar.text() == "A meeting is in progress since 6:02 PM."
    empty_window.bar.action.click()
    evening = Evening([six_pm()], empty_window, qtbot)
    assert evening.view.current is not None
    assert "Tainan" in evening.view.current.item.title
    empty_window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert [vote.answer for vote in evening.course.votes] == [Answer.AYE] * 4
    assert evening.screen.item.votes.result.text() == "1 has not answered"
    evening.keys("V N Enter")
    assert evening.screen.item.told.words.text() == "Motion 1: Carries, 4 to 1"
