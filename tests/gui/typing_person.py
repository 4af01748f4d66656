"""A person who types a letter in a process to be killed: says `kept` when the file has a draft."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commission_app import gui  # noqa: F401 - sets Qt up
from commission_app.bootstrap import CommissionProgram
from commission_app.gui import theme
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.preferences import Preferences
from commission_app.services.session import Session


class _Watch:
    """Tells once that the file has a draft."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.timer = QTimer()
        self.timer.setInterval(20)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        if self._session.drafts.all():
            self.timer.stop()
            sys.stdout.write("kept\n")
            sys.stdout.flush()


def main(path: Path, inquiry_id: str, text: str) -> None:
    app = QApplication([])
    theme.install(app)
    window = MainWindow(Preferences())
    FileOpener(CommissionProgram, window, None).open(path)
    window.show()
    window.navigate(Place(page="inquiries", record_id=inquiry_id, action="write"))
    page = window.current_page()
    assert isinstance(page, InquiriesPage)
    sheet = page.sheet()
    assert isinstance(sheet, ReplySheet)
    QTest.keyClicks(sheet.subject.edit, "Your visit")
    QTest.keyClicks(sheet.text.area, text)
    assert window.desk is not None
    watch = _Watch(window.desk.session)
    app.exec()
    watch.timer.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
