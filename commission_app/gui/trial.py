"""The window's part of the self-test: opened on a file, painted page by page; an agenda is printed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from commission_app.errors import CommissionError

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow
    from commission_app.services.session import Session

#: What Qt says on a screen that is none, of a font whose successor in the list writes the script, and of a
#: system that was told no language: nothing of that is wrong with the program.
_ALWAYS_SAID: Final = ("This plugin does not support", "OpenType support missing", "Detected locale")
#: A page that was drawn has at least so many colours among its pixels.
_COLOURS: Final = 8


class _Ears:
    """Keeps what Qt warns of while the window is tried."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Note a message of Qt."""
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(_ALWAYS_SAID):
            self.heard.append(text)


def try_window(session: "Session", folder: Path, tell: Callable[[str], None]) -> None:
    """Open the window on a file without a screen, visit every page, print the next agenda into `folder`.

    The session is closed with the window. Raises CommissionError when a page stays empty, the paper is
    not printed, or Qt warns of anything. QT_QPA_PLATFORM names another kind of screen.
    """
    from commission_app.gui import application

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ears = _Ears()
    before = qInstallMessageHandler(ears.hear)
    try:
        app = application.prepare(["commission-app"])
        _print_agenda(session, folder / "printed.pdf", tell)
        _visit_pages(app, session, tell)
    finally:
        qInstallMessageHandler(before)
    if ears.heard:
        raise CommissionError(f"Qt warned: {ears.heard[0]}")


def _visit_pages(app: QApplication, session: "Session", tell: Callable[[str], None]) -> None:
    from commission_app.gui import theme, theme_fonts
    from commission_app.gui.header import Sitter
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.preferences import Preferences
    from commission_app.gui.sidebar import entries

    theme.install(app, theme.Scheme.LIGHT)
    theme_fonts.add_missing_scripts()
    window = MainWindow(Preferences())
    ana = Sitter("Ana Ruiz")
    window.open_session(session, (ana,), ana)
    window.show()
    for entry in entries():
        window.go_to_page(entry.name)
        app.processEvents()
        _look_at(window, entry.name)
    theme.install(app, theme.Scheme.DARK)
    _look_at(window, entries()[-1].name)
    window.hide()
    window.close_session()
    window.deleteLater()
    tell(f"Opened the window: all {len(entries())} pages were drawn, in both themes.")


def _look_at(window: "MainWindow", page: str) -> None:
    if QApplication.activeModalWidget() is not None:
        raise CommissionError(f"A box came up on the page {page}.")
    shown = window.current_page()
    if shown is None or shown.name != page:
        raise CommissionError(f"The page {page} did not open.")
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = {
        picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    if len(colours) < _COLOURS:
        raise CommissionError(f"The page {page} was not drawn.")


def _print_agenda(session: "Session", path: Path, tell: Callable[[str], None]) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from commission_app.documents.agenda import draw
    from commission_app.gui.printing import open_pdf, print_pdf

    paper = draw(session.agendas.paper(session.meetings.named("next").meeting.id))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    sheets = print_pdf(paper.data, printer)
    if sheets != open_pdf(paper.data).pageCount() or open_pdf(path.read_bytes()).pageCount() != sheets:
        raise CommissionError("The printed agenda has not as many pages as the paper.")
    tell(f"Printed the agenda from the window ({sheets} page{'' if sheets == 1 else 's'}).")
