"""The last step of an import: what came in, what did not, and a file of the latter to put right."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.importing import ImportPreview, ImportTable
from commission_app.errors import StorageError
from commission_app.gui.file_choices import ask_where_to_save
from commission_app.gui.imports.words import ImportKind, added, left_over, row_reason, verdict_chip
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import IconLabel, Paragraph


class SummaryStep(QWidget):
    """Facts in words, and Save the rows that did not come in."""

    def __init__(self, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._rest: list[list[str]] = []
        self._header: list[str] = []
        self.facts: list[str] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.save = Button(
            self.tr("Save the rows that did not come in..."), "secondary", "export", parent=self
        )
        self.said = Paragraph("", "meta", "ink-2", parent=self)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._lines)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addStretch(1)
        self.save.clicked.connect(self._save)

    def show_result(self, preview: ImportPreview, source: ImportTable, count: int) -> None:
        """Tell what became of the rows."""
        self._say(added(self._kind, count), "ok", "ok")
        self._say(self.tr("It is one step: Undo takes all of it back."), "undo", "ink-2")
        cells = {line.number: line.cells for line in source.lines}
        for text, rows in left_over(preview):
            self._say(text, "info", "ink-2")
            self._rest += [
                [str(row.number), verdict_chip(row).text, row_reason(row), *cells.get(row.number, ())]
                for row in rows
            ]
        width = max((len(row) for row in self._rest), default=3) - 3
        names = [*source.header, *[""] * (width - len(source.header))]
        self._header = [self.tr("Row"), self.tr("Verdict"), self.tr("Reason"), *names]

    def _say(self, text: str, icon: str, role: str) -> None:
        self.facts.append(text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 18, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(text, "body", parent=self), 1)
        self._lines.addLayout(row)

    @Slot()
    def _save(self) -> None:
        title, name = self.tr("Save the rows that did not come in"), self.tr("Not imported.csv")
        chosen = ask_where_to_save(self, title, name, "CSV (*.csv)")
        if chosen is not None:
            self.save_rest(chosen[0])

    def save_rest(self, path: Path) -> None:
        """Write the rows that did not come in as CSV, each with its reason."""
        from commission_app.exchange.whole_files import write_whole
        from commission_app.exchange.writing_lists import as_csv

        try:
            written = write_whole(path, as_csv(self._header, self._rest))
        except StorageError as error:
            self.said.setText(f"{error} {error.advice}")
        else:
            text = self.tr("Saved as {name}. Put them right there, and import that file.")
            self.said.setText(text.format(name=written.name))
        self.said.show()
