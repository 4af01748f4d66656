"""An e-mail dropped, pasted or opened: what it says fills the form, and it is kept with the inquiry."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QStandardPaths, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from commission_app.domain.intake import IntakeDraft
from commission_app.errors import StorageError, ValidationError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_MESSAGE = "message/rfc822"


class MailBox(Panel):
    """Takes an e-mail; `taken` sends what it says."""

    taken = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(radius=10, padding=14, dashed=True, parent=parent)
        self._desk = desk
        self.message: IntakeDraft | None = None
        self.words = Paragraph("", "body", parent=self)
        self.note = Paragraph("", "meta", "ink-2", parent=self)
        self.open = Button(self.tr("Open an e-mail..."), "secondary", "mail", "small", parent=self)
        self.paste = Button(self.tr("Paste"), "secondary", "copy", "small", parent=self)
        self.forget = Button(self.tr("Leave the e-mail out"), "link", parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.open, self.paste, self.forget):
            row.addWidget(button)
        row.addStretch(1)
        for part in (self.words, self.note):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.open.clicked.connect(self._open)
        self.paste.clicked.connect(self.take_clipboard)
        self.forget.clicked.connect(self.clear)
        self._tell()

    def _tell(self) -> None:
        message = self.message
        self.open.setVisible(message is None)
        self.paste.setVisible(message is None)
        self.forget.setVisible(message is not None)
        if message is None:
            self.words.setText(self.tr("Did it come by e-mail? Drop the message here, open it, or paste it."))
            self.note.setText(self.tr("It fills the form and is kept with the inquiry."))
            return
        who = message.name or message.address or self.tr("somebody")
        subject = message.subject or self.tr("no subject")
        said = self.tr("E-mail from {who}: {subject}").format(who=who, subject=subject)
        kept = [self.tr("It is kept with the inquiry as its first letter.")]
        if message.attachments:
            names = ", ".join(file.name for file in message.attachments)
            kept.append(self.tr("Files: {names}.").format(names=names))
        self.words.setText(said)
        self.note.setText(" ".join([*kept, *message.notes]))

    @Slot()
    def clear(self) -> None:
        """Keep no e-mail; what it filled in stays."""
        self.message = None
        self._tell()

    def _take(self, message: IntakeDraft) -> None:
        self.message = message
        self._tell()
        self.taken.emit(message)

    @Slot()
    def _open(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        kinds = self.tr("E-mails (*.eml);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open an e-mail"), folder, kinds)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take the e-mail in a file, or say why it is none."""
        from commission_app.exchange.eml import read_message

        try:
            self._take(read_message(path, self._desk.session.context.today().zone))
        except ValidationError as error:
            self._desk.messages.warn(" ".join(problem.message for problem in error.problems))
        except StorageError as error:
            self._desk.messages.storage_trouble(error)

    @Slot()
    def take_clipboard(self) -> None:
        """Take the e-mail that was copied: its file, the message, or its text."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self.take_data(data):
            self._desk.messages.info(self.tr("Copy the e-mail first, then paste it here."))

    def may_take(self, data: QMimeData) -> bool:
        """Whether something that is dragged may be an e-mail."""
        return data.hasFormat(_MESSAGE) or data.hasText() or self._file(data) is not None

    def take_data(self, data: QMimeData) -> bool:
        """Take an e-mail that was dropped or pasted; False if there is none in it."""
        from commission_app.exchange.eml import parse_message, parse_pasted

        path = self._file(data)
        if path is not None:
            self.take_file(path)
            return True
        zone = self._desk.session.context.today().zone
        try:
            if data.hasFormat(_MESSAGE):
                self._take(parse_message(bytes(data.data(_MESSAGE).data()), zone))
                return True
            if data.text().strip():
                self._take(parse_pasted(data.text(), zone))
                return True
        except ValidationError as error:
            self._desk.messages.warn(" ".join(problem.message for problem in error.problems))
            return True
        return False

    def _file(self, data: QMimeData) -> Path | None:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return files[0] if files else None
