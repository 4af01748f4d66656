"""Starting the window: the application, its look, one window, and what happens when the program has a bug.

Nothing but Qt and our own widgets is loaded before the frame of the window is painted."""

import gc
import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

import commission_app
from commission_app import paths
from commission_app.gui import loading, theme
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
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


def main(make_program: Callable[[], "Program"], path: Path | None, on: date | None = None) -> int:
    """Show the window until it is closed; the exit status.

    `make_program` gives what opens files; it is called after the first paint, since it loads a lot."""
    app = prepare(sys.argv[:1])
    preferences = Preferences()
    theme.install(app, preferences.scheme, preferences.text_percent)
    app.setWindowIcon(QIcon(str(paths.resource("icon.svg"))))
    window = MainWindow(preferences)
    reporter = BugReporter(window)
    before, sys.excepthook = sys.excepthook, reporter.report
    try:
        opener = FileOpener(make_program, window, on)
        opener.begun.connect(loading.look_for_garbage_again)
        window.show()
        opener.begin(path)
        return app.exec()
    finally:
        sys.excepthook = before
        window.close_session()
        gc.unfreeze()
        gc.enable()


class BugReporter:
    """Tells of an exception that nobody expected, once at a time; the program goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._is_telling = False

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the bug and apologize for it; Ctrl+C in a terminal closes the window."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
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
