"""Kept files: a row for each, opened in the system's own reader; what could run something asks first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.intake import Attachment
from commission_app.gui import labels
from commission_app.gui.paper_output import open_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_HARMLESS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp")


def opens_at_once(file: Attachment) -> bool:
    """Whether a file is a PDF or a picture, by its type and its name: no other is opened unasked."""
    return file.type in _HARMLESS and file.name.casefold().endswith(_ENDINGS)


def open_file(desk: "Desk", file: Attachment) -> None:
    """Open a kept file; one that is no PDF and no picture after a question."""
    translate = QCoreApplication.translate
    if not opens_at_once(file) and not desk.messages.ask(
        translate("inquiries", "Open {name}?").format(name=file.name),
        translate(
            "inquiries",
            "It came from outside and is opened by another program on this computer. Open it only if you "
            "expected it.",
        ),
        translate("inquiries", "Open the file"),
    ):
        return
    kept = desk.session.inquiries.attachment(file.id)
    open_paper(desk, kept.data, kept.name)


class FileRow(QWidget):
    """A kept file: its name, which opens it, and its size."""

    def __init__(self, desk: "Desk", file: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.file = desk, file
        name = file.name
        if file.use == "original":
            name = self.tr("The original e-mail")
        self.open = Button(name, "link", "mail" if file.use == "original" else "attach", parent=self)
        self.open.set_tip(file.name)
        if file.size is None:
            self.open.set_unavailable(
                self.tr("It was loaded without its bytes. Load an export with attachments to have it.")
            )
        self.open.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(self.open)
        size = self.tr("not in this file") if file.size is None else labels.size_text(file.size)
        row.addWidget(Text(size, "meta", "ink-3", parent=self))
        row.addStretch(1)

    @Slot()
    def _open(self) -> None:
        open_file(self._desk, self.file)
