"""Somebody who runs a meeting in a process to be killed: says `voted` when four of five have answered."""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commission_app import gui  # noqa: F401 - sets Qt up
from commission_app.bootstrap import CommissionProgram
from commission_app.domain.meetings import AttendanceState
from commission_app.domain.proceedings import Answer
from commission_app.gui import theme
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.preferences import Preferences
from commission_app.gui.run.keys import Do
from tests.gui.run_evening import six_pm


def _now() -> datetime:
    return six_pm()


def main(path: Path) -> None:
    app = QApplication([])
    theme.install(app)
    window = MainWindow(Preferences())
    FileOpener(lambda: CommissionProgram(_now), window, None).open(path)
    window.show()
    assert window.desk is not None
    window.running.begin(window.desk.session.meetings.named("2026-09-24").meeting.id)
    screen = window.running.screen
    assert screen is not None
    for cap in "12345":
        screen.steps.mark(screen.people.by_key(cap) or "", AttendanceState.PRESENT)
    screen.do(Do.CALL)
    while (
        screen.view is None or screen.view.current is None or "Tainan" not in screen.view.current.item.title
    ):
        screen.do(Do.NEXT)
    screen.do(Do.MOTION)
    form = screen.entering.open
    for field, cap in ((form.mover, "2"), (form.second, "4")):
        QTest.keyClicks(field.edit, cap)
    QTest.keyClick(form.second.edit, Qt.Key.Key_Return)
    form.submit()
    for row in list(screen.item.votes.rows.values())[:4]:
        screen.steps.vote(row.shown.contact_id, Answer.AYE)
    sys.stdout.write("voted\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
