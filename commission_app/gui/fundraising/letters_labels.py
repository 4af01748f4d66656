"""Address labels: on which sheet, from which label on, who gets none; printed or saved."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.labels import SHEETS, Labelled
from commission_app.errors import ValidationError
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.letters_dialog import LettersDialog, named
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.domain.labels import LabelPaper


class LabelsDialog(LettersDialog):
    """Labels for contacts, in the order given."""

    def __init__(self, desk: Desk, contact_ids: Sequence[str], parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            desk,
            translate("LabelsDialog", "Address labels"),
            translate("LabelsDialog", "A sheet that was begun can be used up: say which label is the first."),
            doing=translate("LabelsDialog", "Print..."),
            parent=parent,
        )
        self._contact_ids = contact_ids
        self._found: Labelled | None = None
        usual = desk.session.papers.usual_size()
        sheets = [(size, self._sheet(size)) for size in SHEETS]
        self.sheet = ChoiceField(self.tr("Sheet"), sheets, parent=self)
        self.sheet.set_value(usual)
        self.start = NumberField(self.tr("First label"), least=1, most=30, required=True, parent=self)
        self.start.set_value(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.sheet, 2)
        row.addWidget(self.start, 1)
        self.note = Paragraph("", "body", parent=self)
        self.left_out = Paragraph("", "meta", "ink-2", self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", size="small", parent=self)
        below = QHBoxLayout()
        below.addWidget(self.save)
        below.addStretch(1)
        self.choices.addLayout(row)
        self.choices.addWidget(self.note)
        self.choices.addWidget(self.left_out)
        self.choices.addLayout(below)
        self.choices.addStretch(1)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.print_all)
        self.save.clicked.connect(self.save_all)
        self.sheet.committed.connect(self.read)
        self.start.committed.connect(self.read)
        self.read()

    def _sheet(self, size: str) -> str:
        sheet = SHEETS[size]
        paper = self.tr("Letter") if size == "letter" else self.tr("A4")
        text = self.tr("{name} ({paper}, {count} labels)")
        return text.format(name=sheet.name, paper=paper, count=sheet.count)

    @Slot()
    def read(self) -> None:
        """Lay the labels out anew."""
        start, problem = self.start.value(), self.start.problem()
        self._found, error = None, problem
        if start is not None and problem is None:
            try:
                size = self.sheet.value()
                self._found = self.desk.session.labels.labels(self._contact_ids, start=start, size=size)
            except ValidationError as refused:
                error = refused.problems[0].message
        self.start.set_error(error if self._found is None else None)
        self._show()

    def _show(self) -> None:
        found = self._found
        why = None if found is not None else self.tr("There is no label to print.")
        for button in (self.doing, self.save):
            button.set_unavailable(why)
        if found is None:
            return
        count, names = len(found.paper.labels), [one.name for one in found.left_out]
        self.note.setText(self.tr("1 label") if count == 1 else self.tr("{n} labels").format(n=f"{count:,}"))
        left = self.tr("Left out, without an address: {names}.").format(names=named(names, 12))
        self.left_out.setText(left if names else "")
        self.left_out.setVisible(bool(names))
        self.show_paper(partial(_same, found.paper))

    def _data(self) -> bytes:
        from commission_app.documents.labels import draw

        return draw(self._found.paper).data if self._found is not None else b""

    @Slot()
    def print_all(self) -> None:
        """Print the labels, after the system's dialog."""
        if self._found is not None and print_paper(self.desk, self._data(), self._name(), self):
            self.accept()

    @Slot()
    def save_all(self) -> None:
        """Save the labels as a PDF."""
        if self._found is not None and save_paper(self.desk, self._data(), self._name(), self):
            self.accept()

    def _name(self) -> str:
        return self.tr("Labels.pdf")


def _same(paper: "LabelPaper") -> "LabelPaper":
    return paper
