"""A statement of gifts that went out, as it was issued: its frozen paper, and copies of it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.receipts import Statement
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.letters_dialog import LettersDialog
from commission_app.gui.paper_output import print_paper
from commission_app.gui.widgets.text import Paragraph


class StatementCopyDialog(LettersDialog):
    """One statement with what it says; what prints from here says COPY."""

    def __init__(self, desk: Desk, statement: Statement, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        donor = desk.session.contacts.get(statement.contact_id)
        super().__init__(
            desk,
            translate("StatementCopyDialog", "Statement of {name}").format(name=donor.name),
            translate("StatementCopyDialog", "As it was issued. What prints from here says COPY."),
            doing=translate("StatementCopyDialog", "Print a copy..."),
            parent=parent,
        )
        self.statement = statement
        currency = desk.session.commission.get().currency or "USD"
        text = self.tr("{amount} given from {first} to {last}. Issued {issued}.")
        told = text.format(
            amount=words.money(statement.amount_cents, currency, sign=True),
            first=labels.day_field(statement.from_on),
            last=labels.day_field(statement.to_on),
            issued=labels.day_full(statement.issued_on),
        )
        self.choices.addWidget(Paragraph(told, "body", parent=self))
        self.choices.addStretch(1)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.print_copy)
        self.show_paper(partial(desk.session.statements.paper, statement.id))

    @Slot()
    def print_copy(self) -> None:
        """Print a copy, after the system's dialog."""
        from commission_app.documents import letter

        paper = self.desk.session.statements.paper(self.statement.id)
        if print_paper(self.desk, letter.draw(paper).data, self.tr("Statement.pdf"), self):
            self.accept()
