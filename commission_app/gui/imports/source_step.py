"""The first step of an import: cells that are pasted, or a file that is chosen or dropped."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.importing import MOST_ROWS
from commission_app.gui.dropping import take
from commission_app.gui.file_choices import ask_which_file
from commission_app.gui.imports.words import ImportKind, hint
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextAreaField
from commission_app.gui.widgets.text import Paragraph, Text

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_MOST_PASTED: Final = 5_000_000


class SourceStep(QWidget):
    """Paste, choose or drop. `file_chosen` sends a path, `changed` tells of typing."""

    file_chosen = Signal(object)
    changed = Signal()

    def __init__(self, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        sentence, example = hint(kind)
        people = kind in (ImportKind.CONTACTS, ImportKind.MEMBERSHIPS)
        self.file = Button(self.tr("Choose a file..."), "secondary", "folder", parent=self)
        words = self.tr("CSV or XLSX, up to {count} rows. It can also be dropped here.")
        self.limits = Text(words.format(count=f"{MOST_ROWS:,}"), "meta", "ink-2", wrap=True, parent=self)
        self.names = TextAreaField(
            self.tr("Or paste names") if people else self.tr("Or paste rows"),
            placeholder=example,
            least=8,
            most=14,
            limit=_MOST_PASTED,
            help_text=sentence,
        )
        self.problem = Paragraph("", "label", "over", parent=self)
        self.problem.hide()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.file)
        top.addWidget(self.limits, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(self.problem)
        column.addWidget(self.names)
        column.addStretch(1)
        self.file.clicked.connect(self._choose)
        self.names.changed.connect(self.changed)

    def show_problem(self, text: str) -> None:
        """Say why nothing can be read; nothing for an empty text."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Lists (*.csv *.tsv *.txt *.xlsx *.xlsm)")
        path = ask_which_file(self, self.tr("Choose a list"), kinds)
        if path is not None:
            self.file_chosen.emit(path)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        take(event, SUFFIXES)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = take(event, SUFFIXES)
        if path is not None:
            self.file_chosen.emit(path)
