"""A paper to a printer through the system's dialog, or into a file, which is whole or absent."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from commission_app.errors import StorageError
from commission_app.exchange.whole_files import write_whole
from commission_app.gui import labels, printing
from commission_app.gui.file_choices import ask_where_to_save
from commission_app.gui.messages import Choice

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


def print_paper(desk: "Desk", data: bytes, name: str, parent: QWidget) -> bool:
    """Print a paper; the system's dialog is the question. Whether it went to the printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(Path(name).stem)
    paper = printing.open_pdf(data)
    printer.setFromTo(1, paper.pageCount())
    printing.take_size(printer, paper.pagePointSize(0))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(QCoreApplication.translate("paper_output", "Print"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    try:
        sheets = printing.print_pdf(data, printer)
    except printing.PrintingError as error:
        desk.messages.error(str(error))
        return False
    if printer.outputFileName():  # "Print to file" of the system's dialog
        SavedFile(desk, Path(printer.outputFileName()).absolute()).tell()
        return True
    translate = QCoreApplication.translate
    pages = labels.counted(
        sheets, translate("paper_output", "1 page"), translate("paper_output", "{count} pages")
    )
    sent = translate("paper_output", "Sent to the printer: {pages}.")
    if printer.printerName():  # one that makes files, say, has asked where they go by itself
        sent = translate("paper_output", "Sent to {printer}: {pages}.")
    desk.messages.done(sent.format(printer=printer.printerName(), pages=pages), undo=False)
    return True


# ---- Files ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was just written: it can be opened, and so can its folder."""

    desk: "Desk"
    path: Path

    def opens(self) -> bool:
        """Show it in the system's own program for its kind; False where there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def open(self) -> None:
        """Show it, or say that no program does."""
        if not self.opens():
            failed = QCoreApplication.translate("paper_output", "No program on this computer opens {name}.")
            self.desk.messages.warn(failed.format(name=self.path.name))

    def open_folder(self) -> None:
        """Show the folder that it lies in."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent))):
            failed = QCoreApplication.translate("paper_output", "The folder cannot be shown: {folder}.")
            self.desk.messages.warn(failed.format(folder=self.path.parent))

    def tell(self) -> None:
        """Say where it lies, with both to press."""
        translate = QCoreApplication.translate
        saved = translate("paper_output", "Saved {name} in {folder}.")
        self.desk.messages.offer(
            saved.format(name=self.path.name, folder=self.path.parent),
            Choice(translate("paper_output", "Open"), self.open),
            Choice(translate("paper_output", "Open the folder"), self.open_folder),
        )


def save_paper(desk: "Desk", data: bytes, name: str, parent: QWidget) -> bool:
    """Ask for a file and save a paper there; whether it was saved."""
    title = QCoreApplication.translate("paper_output", "Save as PDF")
    kinds = QCoreApplication.translate("paper_output", "PDF files (*.pdf)")
    saved = save_file(desk, data, name, parent, title=title, kinds=kinds)
    if saved is not None:
        saved.tell()
    return saved is not None


def save_file(
    desk: "Desk", data: bytes, name: str, parent: QWidget, *, title: str, kinds: str
) -> SavedFile | None:
    """Ask for a file and write it whole; while it cannot be written, ask for another name."""
    proposed = name
    while True:
        chosen = ask_where_to_save(parent, title, proposed, kinds)
        if chosen is None:
            return None
        path = chosen[0] if chosen[0].suffix else Path(f"{chosen[0]}{Path(name).suffix}")
        proposed = str(path)
        try:
            return SavedFile(desk, write_whole(path, data))
        except StorageError as error:
            other = QCoreApplication.translate("paper_output", "Choose another name...")
            if not desk.messages.ask(str(error), error.advice, other):
                return None


def open_paper(desk: "Desk", data: bytes, name: str) -> None:
    """Show a paper in the system's own reader, from a copy in the user's cache."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = write_whole(folder / name, data)
    except (StorageError, OSError) as error:
        failed = QCoreApplication.translate("paper_output", "{name} cannot be shown: {reason}")
        desk.messages.warn(failed.format(name=name, reason=error))
        return
    SavedFile(desk, path).open()
