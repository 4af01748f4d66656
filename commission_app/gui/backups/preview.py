"""A backup in a window of its own, to be looked at: everything is there, nothing can be changed."""

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCloseEvent
from typing_extensions import override

from commission_app.gui.actions import Name
from commission_app.gui.header import Sitter
from commission_app.gui.main_window import MainWindow
from commission_app.gui.preferences import Preferences

if TYPE_CHECKING:
    from commission_app.services.session import Session

_NOT_HERE = (Name.OPEN_FILE, Name.CREATE_FILE, Name.CLOSE_FILE, Name.BACK_UP)


class PreviewWindow(MainWindow):
    """The whole window on a copy of a backup that goes with it; `moment` says when the backup was made."""

    def __init__(
        self, preferences: Preferences, session: "Session", moment: str, folder: "TemporaryDirectory[str]"
    ) -> None:
        super().__init__(preferences)
        self._folder = folder
        translate = QCoreApplication.translate
        self._title = translate("PreviewWindow", "Backup of {moment}, read-only").format(moment=moment)
        who = Sitter(session.who)
        with session.one_view():
            self.open_session(session, (who,), who)
        text = translate(
            "PreviewWindow", "You are looking at the backup of {moment}. Nothing can be changed here."
        )
        self.messages.info(text.format(moment=moment))
        for name in _NOT_HERE:
            self.actions_by_name[name].setEnabled(False)

    @override
    def file_note(self, *, may_write: bool) -> str:
        return QCoreApplication.translate("PreviewWindow", "Backup, read-only")

    @override
    def file_title(self, name: str) -> str:
        return self._title

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        self.close_session()
        self._folder.cleanup()
        event.accept()
