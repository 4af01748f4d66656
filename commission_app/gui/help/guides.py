"""The quick guides: two pages of paper for each officer, shown as they are printed."""

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from commission_app.gui import printing
from commission_app.gui.file_choices import ask_where_to_save
from commission_app.gui.help.roles import title
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Text


class GuideView(QWidget):
    """The pages of a guide, with printing and saving above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._data = "", b""
        self.preview = PdfPreview(self)
        self.trouble = Text("", "body", "over", wrap=True, parent=self)
        self.trouble.hide()
        self.trouble.setContentsMargins(20, 8, 20, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self.preview, 1)
        self.setFocusProxy(self.preview.desk)
        self.preview.print_requested.connect(self.print_guide)
        self.preview.save_requested.connect(self.save_guide)

    def show_guide(self, role: str) -> None:
        """Draw the guide of an officer."""
        from commission_app.documents import guide

        self.trouble.hide()
        if role != self._role:
            self._role, self._data = role, guide.draw(role).data
            self.preview.set_pdf(self._data)

    @Slot()
    def print_guide(self) -> None:
        """Print the guide; the system's dialog is the question."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title(self._role))
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            printing.print_pdf(self._data, printer)
        except printing.PrintingError as error:
            self._tell(str(error))

    @Slot()
    def save_guide(self) -> None:
        """Ask for a file and save the guide there."""
        name = self.tr("Quick guide, {role}.pdf").format(role=self._role)
        kinds = self.tr("PDF files (*.pdf)")
        chosen = ask_where_to_save(self, self.tr("Save as PDF"), name, kinds)
        if chosen is None:
            return
        path = str(chosen[0])
        file = QSaveFile(path if Path(path).suffix else f"{path}.pdf")
        is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if not (is_open and file.write(self._data) == len(self._data) and file.commit()):
            self._tell(self.tr("It was not saved: {reason}.").format(reason=file.errorString().rstrip(".")))

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
