"""A real window on a copy of a file, put into a state and painted, without a screen and without waiting."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, QPoint, QSize, QTimer, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from commission_app.bootstrap import CommissionProgram
from commission_app.gui import application, theme
from commission_app.gui.desk import Desk
from commission_app.gui.header import Sitter
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener, sitters_of
from commission_app.gui.page import Page, Place
from commission_app.gui.preferences import Preferences
from commission_app.gui.welcome.page import WelcomePage
from commission_app.gui.widgets.pdf_desk import PdfDesk
from commission_app.services.meetings import MeetingView
from commission_app.storage.shelf import Shelf

_PATIENCE = 20_000  # milliseconds until a window that does not settle is given up
_LOOK_AGAIN = 10  # milliseconds after which a window that is silent is looked at again
AnyPage = TypeVar("AnyPage", bound=Page)


class NotSettledError(Exception):
    """A window kept working, or never came to what was waited for."""


class Stage(QObject):
    """One window; each scene gets fresh copies of the prepared files in `folder`."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder = folder
        self._now, self._moved_to = now, now()
        self._open = folder / "open"
        self._open.mkdir(exist_ok=True)
        self._pictures: list[QImage] = []
        self.program = CommissionProgram(self.now)
        self.app = application.prepare(["screens"])
        self._set_theme(theme.Scheme.LIGHT, 100)
        self.window = MainWindow(Preferences())
        self.opener = FileOpener(lambda: self.program, self.window, None)
        self.window.show()

    def set_look(self, scheme: theme.Scheme, size: QSize, percent: int) -> None:
        """Another theme, window size and text size for the scenes that follow."""
        self._set_theme(scheme, percent)
        self.window.resize(size)

    def _set_theme(self, scheme: theme.Scheme, percent: int) -> None:
        if (theme.scheme(), theme.text_percent()) != (scheme, percent) or not self.app.styleSheet():
            theme.install(self.app, scheme, percent)

    def now(self) -> datetime:
        """The moment of the scene."""
        return self._moved_to

    def move_to(self, moment: datetime) -> None:
        """Go on at another moment, until the next file is opened."""
        self._moved_to = moment

    # Files

    def open(self, name: str, who: str = "Ana Ruiz") -> None:
        """A fresh copy of a prepared file, with somebody at the keyboard."""
        self.window.close_session()
        self.move_to(self._now())
        path = self._open / f"{name}.commission"
        shutil.copy(self._folder / path.name, path)
        Shelf.beside(path).note(numbers={})  # the receipts of another scene were never issued
        self.window.preferences.note_person(path, who)
        self.opener.open(path)
        self.settle()

    def open_reading(self, name: str) -> None:
        """A prepared file without the right to write."""
        self.window.close_session()
        session = self.program.open_reading(self.file(name))
        self.window.open_session(session, sitters_of(session), Sitter("Ana Ruiz"))
        self.settle()

    def welcome(self) -> WelcomePage:
        """The welcome page."""
        self.window.close_session()
        self.opener.show_welcome()
        page = self.opener.welcome()
        assert page is not None
        return page

    def recent(self, *names: str) -> None:
        """Let files have been open before."""
        for name in names:
            self.window.preferences.note_opened(self._folder / f"{name}.commission")

    def file(self, name: str) -> Path:
        """A prepared file."""
        return self._folder / f"{name}.commission"

    @property
    def desk(self) -> Desk:
        """What the pages share."""
        assert self.window.desk is not None
        return self.window.desk

    def meeting(self, on: date) -> MeetingView:
        """The meeting of a day; StopIteration if there is none."""
        return next(view for view in self.desk.session.meetings.all() if view.meeting.on == on)

    def go(
        self, kind: type[AnyPage], tab: str = "", record_id: str | None = None, action: str = ""
    ) -> AnyPage:
        """Go to a place and wait for its page."""
        self.window.navigate(Place(page=kind.name, tab=tab, record_id=record_id, action=action))
        self.settle()
        page = self.window.current_page()
        assert isinstance(page, kind)
        return page

    # Waiting

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Let events run until something is so."""
        deadline, waking = QDeadlineTimer(_PATIENCE), QTimer()
        waking.start(_LOOK_AGAIN)
        while not condition():
            if deadline.hasExpired():
                raise NotSettledError(what)
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        """Until nothing works in the background and every paper in view is drawn."""
        for _ in range(2):
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.wait_for(self._is_settled, "the window did not come to rest")

    def _is_settled(self) -> bool:
        operations = self.window.operations()
        if operations is not None and operations.is_busy():
            return False
        desks = self.window.findChildren(PdfDesk)
        return all(desk.is_drawn() for desk in desks if not desk.visibleRegion().isEmpty())

    # Pictures

    def picture(self) -> QImage:
        """The window with the menus and dialogs over it."""
        self.settle()
        image = self.window.grab().toImage()
        painter = QPainter(image)
        corner = self.window.mapToGlobal(QPoint(0, 0))
        for widget in self.app.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                self._lay_over(painter, widget, widget.mapToGlobal(QPoint(0, 0)) - corner)
        painter.end()
        return image

    def _lay_over(self, painter: QPainter, widget: QWidget, at: QPoint) -> None:
        if isinstance(widget, QDialog):
            at = QPoint(
                max(0, (self.window.width() - widget.width()) // 2),
                max(0, (self.window.height() - widget.height()) // 2),
            )
            painter.setPen(theme.colour("line-strong"))
            painter.drawRect(at.x() - 1, at.y() - 1, widget.width() + 1, widget.height() + 1)
        painter.drawPixmap(at, widget.grab())

    def picture_of_question(self, ask: Callable[[], object]) -> QImage:
        """The window while `ask` waits in a dialog, which is answered with Esc."""
        QTimer.singleShot(0, self, self._answer)
        ask()
        return self._pictures.pop()

    @Slot()
    def _answer(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            raise NotSettledError("no question was asked")
        self._pictures.append(self.picture())
        dialog.reject()

    def clear(self) -> None:
        """Close the menus and dialogs of a scene, and its file: a look is changed in an empty window."""
        for widget in self.app.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        self.window.close_session()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """Put the file and the window away."""
        self.clear()
        self.window.close()
