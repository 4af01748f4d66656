"""The run of statements: everybody who gave in a period, the paper of each, issued in one step."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.mailing import MailAddress, MailDraft, MailFile, usable_address
from commission_app.domain.statements import StatementLine
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.file_choices import ask_which_folder
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.letters_dialog import (
    LettersDialog,
    Rest,
    Told,
    letter_file,
    mail_file,
    named,
    write_files,
)
from commission_app.gui.fundraising.letters_labels import LabelsDialog
from commission_app.gui.members.days import day_field
from commission_app.gui.paper_output import SavedFile, print_paper, save_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from commission_app.domain.contacts import Contact
    from commission_app.domain.letter_paper import LetterPaper
    from commission_app.services.statements import StatementService

_NAME, _AMOUNT = range(2)


class StatementsDialog(LettersDialog):
    """Statements of gifts for all donors of a year, or those selected. Once issued they are frozen; then they
    are printed, saved, or put into drafts of e-mails. `only` is the donor whose statement alone is wanted.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, only: str | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            desk,
            translate("StatementsDialog", "Statements of gifts"),
            translate(
                "StatementsDialog",
                "What each donor gave, without voided payments and less what was given back. What is issued "
                "is frozen; a later statement stands beside it.",
            ),
            doing=translate("StatementsDialog", "Issue"),
            parent=parent,
        )
        self._statements: StatementService = desk.session.statements
        self.currency = desk.session.commission.get().currency or "USD"
        self.issued: list[str] = []
        self._only = only
        self._donors: list[Contact] = []
        first, last = self._statements.usual_period()
        self.from_on = day_field(self.tr("From"), labels.today(), required=True, parent=self)
        self.to_on = day_field(self.tr("To"), labels.today(), required=True, parent=self)
        self.from_on.set_value(first)
        self.to_on.set_value(last)
        self.table = RecordTable[StatementLine](
            self._columns(), _donor_id, name=self.tr("Donors of the period"), multiple=True, parent=self
        )
        self.table.set_empty(
            EmptyState(
                "fundraising",
                self.tr("Nothing was given then"),
                self.tr("Choose the days from and to which somebody gave something."),
            )
        )
        self.said = Paragraph("", "body", parent=self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "export", size="small", parent=self)
        self.files = Button(self.tr("One file each..."), "secondary", "folder", size="small", parent=self)
        self.mail = Button(self.tr("E-mail drafts..."), "secondary", "mail", size="small", parent=self)
        self.labels = Button(self.tr("Labels..."), "secondary", "list", size="small", parent=self)
        self._place()
        self._connect()
        self.read()

    def _place(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(self.from_on, 1)
        days.addWidget(self.to_on, 1)
        self.choices.addLayout(days)
        self.choices.addWidget(Rest(self.table), 1)
        self.choices.addWidget(self.said)
        self.choices.addLayout(WrappingRow(self.save, self.files, self.mail, self.labels))

    def _connect(self) -> None:
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.from_on.committed.connect(self.read)
        self.to_on.committed.connect(self.read)
        self.table.selection_changed.connect(self.show_state)
        self.save.clicked.connect(self.save_all)
        self.files.clicked.connect(self.save_each)
        self.mail.clicked.connect(self.mail_all)
        self.labels.clicked.connect(self.open_labels)

    def _columns(self) -> list[Column[StatementLine]]:
        return [
            Column(self.tr("Donor"), lambda line: line.donor.name, width=150, stretch=2),
            Column(
                self.tr("Given"),
                lambda line: line.amount_cents,
                lambda cents: words.money(cents, self.currency),
                align=Align.RIGHT,
                width=90,
                colour=lambda line: "" if line.amount_cents else "ink-3",
            ),
            Column(self.tr("Besides"), self._besides, width=90, tone=Tone.CONTEXT, leaves=2),
            Column(self.tr("Reached by"), self._reached, width=100, tone=Tone.CONTEXT, leaves=1),
            Column(self.tr("Issued"), lambda line: line.issued_on, words.day, width=80),
        ]

    def _besides(self, line: StatementLine) -> str:
        """What there is that no total holds."""
        found = [self.tr("In kind")] if line.has_in_kind else []
        return ", ".join([*found, *([self.tr("Fund")] if line.has_advised else [])])

    def _reached(self, line: StatementLine) -> str:
        found = [self.tr("Letter")] if line.donor.address else []
        found += [self.tr("E-mail")] if usable_address(line.donor.email) else []
        return ", ".join(found) or self.tr("No address")

    # Who

    def period(self) -> tuple[date, date] | None:
        """The period chosen; None while it is wrong."""
        first, last = self.from_on.value(), self.to_on.value()
        is_wrong = first is not None and last is not None and first > last
        self.to_on.set_error(self.tr("This is before the first day.") if is_wrong else self.to_on.problem())
        return None if first is None or last is None or is_wrong else (first, last)

    @Slot()
    def read(self) -> None:
        """List the donors of the period; what was issued stays what it is."""
        if self.issued or self.is_busy():
            return
        period = self.period()
        lines = self._statements.donors(*period) if period is not None else []
        lines = [line for line in lines if self._only in (None, line.donor.id)]
        self.table.set_rows(lines)
        total = sum(line.amount_cents for line in lines)
        count = labels.counted(len(lines), self.tr("1 donor"), self.tr("{count} donors"))
        texts = {_NAME: count, _AMOUNT: words.money(total, self.currency, sign=True)}
        self.table.set_totals(texts if lines else None)
        self.show_state()

    def chosen(self) -> list[StatementLine]:
        """The selected donors; all where none is selected."""
        return self.table.selected() or self.table.rows()

    @Slot()
    def show_state(self) -> None:
        """Say on the buttons what is done for whom, and show the paper of the first one chosen."""
        chosen, is_issued = self.chosen(), bool(self.issued)
        why = self.tr("Still working...") if self.is_busy() else None
        if why is None and not chosen:
            why = self.tr("Nobody gave anything then.")
        self.doing.set_unavailable(why or self.desk.operations.read_only_reason())
        text = self.tr("Issue {count} statements").format(count=f"{len(chosen):,}")
        if not chosen:
            text = self.tr("Issue statements")
        if is_issued:
            text = self.tr("Print...")
        self.doing.setText(self.tr("Issue the statement") if len(chosen) == 1 and not is_issued else text)
        self.doing.restyle()
        for part in (self.from_on, self.to_on, self.table):
            part.setEnabled(not is_issued)
        for button in (self.save, self.files, self.mail):
            button.setVisible(is_issued)
            button.set_unavailable(why)
        self.labels.set_unavailable(why)
        if not is_issued:
            self.said.setText(self._before(chosen))
            period = self.period()
            if not chosen:
                self.show_paper(None)
                self.preview.set_error(self.tr("There is no statement to show."))
            elif period is not None and not self.is_busy():
                self.show_paper(partial(_one, self._statements, chosen[0].donor.id, period))

    def _before(self, chosen: Sequence[StatementLine]) -> str:
        """What to know before: whose statement of this period went out already."""
        again = [line.donor.name for line in chosen if line.issued_on is not None]
        if not again:
            return ""
        text = self.tr("Issued before for these days: {names}. A new one does not replace it.")
        return text.format(names=named(again))

    # Issuing

    @Slot()
    def go_on(self) -> None:
        """Issue the statements, or print those that were issued."""
        period = self.period()
        if self.issued:
            self._bundle(self._print)
        elif period is not None:
            chosen = [line.donor for line in self.chosen()]
            ids = [donor.id for donor in chosen]
            self._donors = chosen
            self.work(partial(_issue, self._statements, ids, period), self._have_issued, len(ids))

    def _have_issued(self, issued: list[str]) -> None:
        self.issued = issued
        count = labels.counted(len(issued), self.tr("1 statement"), self.tr("{count} statements"))
        self.said.setText(self.tr("{count} issued. Print or send them now.").format(count=count))
        self.show_paper(partial(self._statements.paper, issued[0], is_original=True))
        self.show_state()

    # Going out

    def _bundle(self, done: Callable[[Any], None]) -> None:
        self.work(partial(_bundle, self._statements, self.issued), done, len(self.issued))

    def _print(self, data: bytes) -> None:
        print_paper(self.desk, data, self.tr("Statements.pdf"), self)

    @Slot()
    def save_all(self) -> None:
        """Save all as one PDF, in order of name."""
        self._bundle(self._save)

    def _save(self, data: bytes) -> None:
        save_paper(self.desk, data, self.tr("Statements.pdf"), self)

    @Slot()
    def save_each(self) -> None:
        """Save one file for each donor into a folder."""
        folder = ask_which_folder(self, self.tr("Where the statements are saved"))
        if folder is not None:
            work = partial(_each, self._statements, self.issued, folder)
            self.work(work, self._saved, len(self.issued))

    @Slot()
    def mail_all(self) -> None:
        """Write a draft for each donor with an e-mail address into a folder."""
        folder = ask_which_folder(self, self.tr("Where the drafts are saved"))
        if folder is not None:
            work = partial(_mails, self._statements, self.issued, self._donors, folder)
            self.work(work, self._saved, len(self.issued))

    def _saved(self, paths: list[Path]) -> None:
        if not paths:
            self.said.setText(self.tr("Nobody here has an e-mail address."))
            return
        count = labels.counted(len(paths), self.tr("1 file"), self.tr("{count} files"))
        self.said.setText(self.tr("{count} saved in {folder}.").format(count=count, folder=paths[0].parent))
        SavedFile(self.desk, paths[0]).open_folder()

    @Slot()
    def open_labels(self) -> None:
        """Labels for the envelopes."""
        dialog = LabelsDialog(self.desk, [line.donor.id for line in self.chosen()], self)
        dialog.exec()
        dialog.deleteLater()


def _donor_id(line: StatementLine) -> str:
    return line.donor.id


def _one(statements: "StatementService", contact_id: str, period: tuple[date, date]) -> "LetterPaper":
    found = statements.papers(*period, (contact_id,))
    if not found:
        raise ValidationError({"contact_id": "Nothing was given in this period."})
    return found[0][1]


def _issue(
    statements: "StatementService", contact_ids: list[str], period: tuple[date, date], told: Told
) -> list[str]:
    return statements.issue(contact_ids, *period, told)


def _bundle(statements: "StatementService", ids: list[str], told: Told) -> bytes:
    from commission_app.documents import letter

    return letter.draw_bundle(statements.bundle(ids, is_original=True), told).data


def _each(statements: "StatementService", ids: list[str], folder: Path, told: Told) -> list[Path]:
    papers = statements.bundle(ids, is_original=True).letters
    return write_files(folder, (letter_file(f"statement-{one.to_lines[0]}", one) for one in papers), told)


def _mails(
    statements: "StatementService", ids: list[str], donors: "Sequence[Contact]", folder: Path, told: Told
) -> list[Path]:
    by_name = {donor.id: donor for donor in donors}

    def files() -> Iterator[tuple[str, bytes]]:
        for statement_id in ids:
            donor = by_name[statements.get(statement_id).contact_id]
            address = usable_address(donor.email)
            if address is None:
                continue
            paper = statements.paper(statement_id, is_original=True)
            name, data = letter_file(f"statement-{donor.name}", paper)
            text = "\n\n".join((paper.text, "\n".join(paper.signer_lines)))
            mail = MailDraft(
                to=(MailAddress(donor.name, address),),
                subject=paper.subject,
                text=text,
                files=(MailFile(name, data),),
            )
            yield mail_file(f"statement-{donor.name}", mail)

    return write_files(folder, files(), told)
