"""A paper to a printer through the system's dialog, or into a file, which is whole or absent."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QIODevice, QSaveFile, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from commission_app.gui import printing

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


def print_paper(desk: "Desk", data: bytes, name: str, parent: QWidget) -> None:
    """Print a paper; the system's dialog is the question."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(Path(name).stem)
    printer.setFromTo(1, printing.open_pdf(data).pageCount())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(QCoreApplication.translate("paper_output", "Print"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    try:
        sheets = printing.print_pdf(data, printer)
    except printing.PrintingError as error:
        desk.messages.error(str(error))
        return
    sent = QCoreApplication.translate("paper_output", "Sent to the printer: {count} pages.")
    one = QCoreApplication.translate("paper_output", "Sent to the printer: 1 page.")
    desk.messages.done(one if sheets == 1 else sent.format(count=sheets), undo=False)


def save_paper(desk: "Desk", data: bytes, name: str, parent: QWidget) -> None:
    """Ask for a file and save a paper there."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    title = QCoreApplication.translate("paper_output", "Save as PDF")
    kinds = QCoreApplication.translate("paper_output", "PDF files (*.pdf)")
    path, _ = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / name), kinds)
    if path:
        write_paper(desk, data, Path(path) if Path(path).suffix else Path(f"{path}.pdf"))


def write_paper(desk: "Desk", data: bytes, path: Path) -> bool:
    """Write a paper into a file; a failure leaves what was there before."""
    file = QSaveFile(str(path))
    is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if is_open and file.write(data) == len(data) and file.commit():
        saved = QCoreApplication.translate("paper_output", "Saved {name}.")
        desk.messages.done(saved.format(name=path.name), undo=False)
        return True
    failed = QCoreApplication.translate("paper_output", "{name} was not saved: {reason}.")
    desk.messages.error(failed.format(name=path.name, reason=file.errorString().rstrip(".")))
    return False


def open_paper(desk: "Desk", data: bytes, name: str) -> None:
    """Show a paper in the system's own reader, from a copy in the user's cache."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()
    if not written or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        failed = QCoreApplication.translate("paper_output", "No program on this computer opens {name}.")
        desk.messages.warn(failed.format(name=name))
