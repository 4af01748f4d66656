"""Starting the window: the application, its look, one window, and what happens when the program has a bug.

Nothing but Qt and our own widgets is loaded before the frame of the window is painted."""

import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Slot
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication
from typing_extensions import override

import commission_app
from commission_app import paths
from commission_app.errors import CommissionError
from commission_app.gui import running, theme
from commission_app.gui.garbage import GarbageCollector
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.preferences import Preferences

if TYPE_CHECKING:
    from commission_app.services.session import Program

NAME: Final = "Commission App"
_LOG = logging.getLogger(__name__)


def prepare(arguments: list[str]) -> QApplication:
    """The application with its names, icon and language; the one there is, in tests."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(arguments)
    app.setApplicationName("commission-app")
    app.setApplicationDisplayName(NAME)
    app.setApplicationVersion(version())
    app.setDesktopFileName("commission-app")
    set_locale()
    return app


def set_locale() -> None:
    """Dates and numbers in the system's way where that is English, as the texts are; else as in the USA."""
    system = QLocale.system()
    if system.language() is not QLocale.Language.English:
        system = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    QLocale.setDefault(system)


def version() -> str:
    """The version of the program."""
    return getattr(commission_app, "__version__", "")


def main(
    make_program: Callable[[], "Program"], path: Path | None, on: date | None = None, at: str = ""
) -> int:
    """Show the window until it is closed; the exit status. Where a window has the file open already, that
    one comes forward instead.

    `make_program` gives what opens files; it is called after the first paint, since it loads a lot. `at`
    names a place in the window: a page, PAGE/TAB or PAGE/TAB/RECORD."""
    app = prepare(sys.argv[:1])
    preferences = Preferences()
    place = place_named(at)
    wanted = path or preferences.last_file
    if wanted is not None and running.ring(wanted, place):
        return 0
    theme.install(app, preferences.scheme, preferences.text_percent)
    app.setWindowIcon(QIcon(str(paths.resource("icon.svg"))))
    window = MainWindow(preferences)
    reporter = BugReporter(window)
    garbage = GarbageCollector(app)
    before, sys.excepthook = sys.excepthook, reporter.report
    try:
        opener = FileOpener(make_program, window, on)
        opener.begun.connect(garbage.begin)
        opener.begun.connect(write_log)
        files = FilesFromOutside(opener.open)
        if sys.platform == "darwin":
            app.installEventFilter(files)
        window.show()
        opener.begin(path, place)
        return app.exec()
    finally:
        sys.excepthook = before
        window.close_session()
        close_log()
        garbage.end()


def place_named(text: str) -> Place | None:
    """A place written as PAGE, PAGE/TAB or PAGE/TAB/RECORD; None for no text."""
    page, _, rest = text.partition("/")
    tab, _, record = rest.partition("/")
    return Place(page=page, tab=tab, record_id=record or None) if page else None


@Slot()
def write_log() -> None:
    """Begin the log, once the window is up."""
    from commission_app import bugs

    bugs.write_log()
    _LOG.info("Commission App %s began", version())


def close_log() -> None:
    """End the log, if it was begun."""
    if "commission_app.bugs" in sys.modules:
        from commission_app import bugs

        bugs.close_log()


class FilesFromOutside(QObject):
    """Opens what macOS hands over on a double click: an event, not an argument."""

    def __init__(self, open_file: Callable[[Path], bool]) -> None:
        super().__init__()
        self._open_file = open_file

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open_file(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


class BugReporter:
    """Tells of an exception that nobody expected, once at a time; the program goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._is_telling = False

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the bug and apologize for it; Ctrl+C in a terminal closes the window.

        An error with words of its own, which no page has told, is no bug: it is told now."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        operations = self._window.operations()
        if isinstance(error, CommissionError) and operations is not None:
            operations.tell(error)
            return
        from commission_app import bugs

        text = bugs.report_of(kind, trace, f"Qt {qt_version}")
        _LOG.error("%s", text)
        if self._is_telling:
            return
        from commission_app.gui.messages import BugReport

        self._is_telling = True
        try:
            dialog = BugReport(text, self._window)
            dialog.exec()
            dialog.deleteLater()
        finally:
            self._is_telling = False
