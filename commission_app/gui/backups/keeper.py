"""The keeper of backups: one at start and every half hour of change, and once a day the deep check.

A sample gets none: it is made anew at will."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from commission_app import paths
from commission_app.errors import CommissionError, StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commission_app.gui.main_window import MainWindow
    from commission_app.services.verification import CheckResult

#: After the first change since the last backup, in milliseconds.
HALF_AN_HOUR: Final = 30 * 60 * 1000
#: The deep check begins when the window is long up, in milliseconds.
A_MINUTE: Final = 60 * 1000


class BackupKeeper(QObject):
    """Keeps backups of the file that is open for writing in one window, in the pool; says what is wrong."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.due = QTimer(self)
        self.due.setSingleShot(True)
        self.due.setInterval(HALF_AN_HOUR)
        self.due.timeout.connect(self.back_up)
        self.deep = QTimer(self)
        self.deep.setSingleShot(True)
        self.deep.setInterval(A_MINUTE)
        self.deep.timeout.connect(self.check)

    def begin(self) -> None:
        """A file was opened for writing: back it up when something changed, and watch it."""
        self.stop()
        operations = self._window.operations()
        if operations is not None:
            operations.changed.connect(self._changed)
        self._make("start")
        self.deep.start()

    @Slot()
    def stop(self) -> None:
        """The file is closed."""
        self.due.stop()
        self.deep.stop()

    @Slot(object)
    def _changed(self, change: object) -> None:
        if not self.due.isActive():
            self.due.start()

    @Slot()
    def back_up(self) -> None:
        """Half an hour has passed since the first change that no backup has."""
        self._make("work")

    def _make(self, reason: str) -> None:
        operations, desk = self._window.operations(), self._window.desk
        if operations is None or desk is None or desk.session.path.parent == paths.samples():
            return
        if desk.session.may_write:
            work = partial(desk.session.backups.make_if_changed, reason)
            operations.in_background(work, self._backed_up, self._not_backed_up)

    @Slot(object)
    def _backed_up(self, made: object) -> None:
        """A backup made in passing is not worth a message; Home tells when the last one was made."""
        page = self._window.current_page()
        if made is not None and page is not None and page.name == "home":
            from commission_app.gui.home.page import HomePage

            if isinstance(page, HomePage):
                page.take_backup()

    def _not_backed_up(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        text = self.tr("No backup could be made: {what} {advice}")
        self._window.messages.error(text.format(what=error, advice=error.advice))
        self.due.start()

    @Slot()
    def check(self) -> None:
        """Look the whole record through, unless that was done today."""
        operations, desk = self._window.operations(), self._window.desk
        if operations is not None and desk is not None:
            operations.in_background(desk.session.verification.run_if_due, self._checked, self._not_checked)

    def _checked(self, wrong: "Sequence[CheckResult]") -> None:
        if not wrong:
            return
        first = next(trouble for result in wrong for trouble in result.troubles)
        text = self.tr(
            "Something in the record is not as it should be: {what} See Settings, Check my records."
        )
        self._window.messages.error(text.format(what=first.text))

    def _not_checked(self, error: Exception) -> None:
        if not isinstance(error, CommissionError):
            raise error
        self._window.messages.error(self.tr("The record could not be checked: {what}").format(what=error))
