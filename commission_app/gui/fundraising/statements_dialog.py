"""The run of statements: everybody who gave in a period, the paper of each, issued in one step."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.mailing import usable_address
from commission_app.domain.statements import StatementLine
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.file_choices import ask_which_folder
from commission_app.gui.fundraising import statement_files, words
from commission_app.gui.fundraising.letters_dialog import (
    LettersDialog,
    Rest,
    Told,
    named,
)
from commission_app.gui.fundraising.letters_labels import LabelsDialog
from commission_app.gui.members.days import day_field
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.messages import ask
from commission_app.gui.paper_output import SavedFile, print_paper, save_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from commission_app.domain.letter_paper import LetterPaper
    from commission_app.services.statements import StatementService

_NAME, _AMOUNT, _BESIDES = range(3)


class StatementsDialog(LettersDialog):
    """Statements of gifts for all donors of a year, or those selected. Once issued they are frozen; then they
    are printed, saved, or put into drafts of e-mails. Those issued before go out as copies; issuing again
    asks first. `only` is the donor whose statement alone is wanted.
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
        self._left_out: list[str] = []
        self._only = only
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
        self.copies = Button("", "secondary", "print", size="small", parent=self)
        self.again = Button(self.tr("Issue again..."), "secondary", "letter-out", size="small", parent=self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", size="small", parent=self)
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
        outgoing = (self.copies, self.save, self.files, self.mail, self.labels, self.again)
        self.choices.addLayout(WrappingRow(*outgoing))
        self._sides.setStretch(0, 5)
        self._sides.setStretch(1, 3)

    def _connect(self) -> None:
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.from_on.committed.connect(self.read)
        self.to_on.committed.connect(self.read)
        self.table.selection_changed.connect(self.show_state)
        self.copies.clicked.connect(self.print_copies)
        self.again.clicked.connect(self.issue_again)
        self.save.clicked.connect(self.save_all)
        self.files.clicked.connect(self.save_each)
        self.mail.clicked.connect(self.mail_all)
        self.labels.clicked.connect(self.open_labels)

    def _columns(self) -> list[Column[StatementLine]]:
        return [
            Column(
                self.tr("Donor"),
                lambda line: split_name(line.donor.name)[0],
                column_name,
                width=150,
                stretch=1,
                native=lambda line: split_name(line.donor.name)[1],
                wraps=True,
            ),
            Column(
                self.tr("Given"),
                lambda line: line.amount_cents,
                lambda cents: words.money(cents, self.currency),
                align=Align.RIGHT,
                width=90,
                colour=lambda line: "" if line.amount_cents else "ink-3",
            ),
            Column(self.tr("Not in the total"), self._besides, width=110, tone=Tone.CONTEXT, wraps=True),
            Column(self.tr("Reached by"), self._reached, width=90, tone=Tone.CONTEXT, wraps=True),
            Column(self.tr("Issued"), lambda line: line.issued_on, words.day, width=80),
        ]

    def _besides(self, line: StatementLine) -> str:
        """What there is that no total holds."""
        found = [self.tr("In kind")] if line.has_in_kind else []
        if line.has_advised:
            fund = self.tr("Fund {amount}").format(amount=words.money(line.advised_cents, self.currency))
            found.append(fund)
        return ", ".join([*found, *([self.tr("Given back")] if line.has_given_back_later else [])])

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
        if not self.issued and not self.is_busy():
            self._list()
            self.show_state()

    def _list(self) -> None:
        period = self.period()
        lines = self._statements.donors(*period) if period is not None else []
        lines = [line for line in lines if self._only in (None, line.donor.id)]
        self.table.set_rows(lines)
        total = sum(line.amount_cents for line in lines)
        count = labels.counted(len(lines), self.tr("1 donor"), self.tr("{count} donors"))
        texts = {_NAME: count, _AMOUNT: words.money(total, self.currency, sign=True)}
        advised = sum(line.advised_cents for line in lines)
        if advised:
            texts[_BESIDES] = words.money(advised, self.currency, sign=True)
        self.table.set_totals(texts if lines else None)

    def chosen(self) -> list[StatementLine]:
        """The selected donors; all where none is selected."""
        return self.table.selected() or self.table.rows()

    def going_out(self) -> list[StatementLine]:
        """Whose statements are printed, saved and sent: those just issued; before, the chosen ones that were
        issued earlier, as copies.
        """
        if self.issued:
            return [line for line in self.table.rows() if line.issued_id in self.issued]
        return [line for line in self.chosen() if line.issued_id is not None]

    @Slot()
    def show_state(self) -> None:
        """Say on the buttons what is done for whom, and show the paper of the first one chosen."""
        chosen, out, is_issued = self.chosen(), self.going_out(), bool(self.issued)
        fresh = [line for line in chosen if line.issued_id is None]
        goes_out = bool(out) and (is_issued or not fresh)
        busy = self.tr("Still working...") if self.is_busy() else None
        nobody = None if chosen else self.tr("Nobody gave anything then.")
        read_only = self.desk.operations.read_only_reason()
        copies = labels.counted(len(out), self.tr("Print the copy..."), self.tr("Print {count} copies..."))
        if goes_out:
            self.doing.setText(self.tr("Print...") if is_issued else copies)
        else:
            issuing = _issuing(len(fresh))
            asks = self.tr("{issue}...").format(issue=issuing)
            self.doing.setText(asks if fresh and self._still_runs() else issuing)
        self.doing.set_unavailable(busy or nobody or (None if goes_out else read_only))
        self.doing.restyle()
        for part in (self.from_on, self.to_on, self.table):
            part.setEnabled(not is_issued)
        for button in (self.save, self.files, self.mail):
            button.setVisible(goes_out)
            button.set_unavailable(busy)
        self.copies.setText(copies)
        self.copies.setVisible(bool(out) and not goes_out)
        self.copies.set_unavailable(busy)
        self.again.setVisible(bool(out) and not is_issued)
        self.again.set_unavailable(busy or read_only)
        self.labels.set_unavailable(busy or nobody)
        if not is_issued:
            self.said.setText(self._before(chosen))
            self._preview(chosen)

    def _preview(self, chosen: Sequence[StatementLine]) -> None:
        period = self.period()
        if not chosen:
            self.show_paper(None)
            self.preview.set_error(self.tr("There is no statement to show."))
        elif period is not None and not self.is_busy():
            self.show_paper(partial(_one, self._statements, chosen[0].donor.id, period))

    def _before(self, chosen: Sequence[StatementLine]) -> str:
        """What to know before: whose statement of this period went out already, and whom nothing reaches."""
        out = [line for line in chosen if line.issued_id is not None]
        issued = self.tr("Issued before for these days, so what prints is a copy: {names}.")
        if len(out) == len(chosen):
            issued = self.tr("Issued before for these days, so what prints is a copy.")
        nowhere = [line for line in chosen if not line.donor.address and not usable_address(line.donor.email)]
        told = (
            (issued, out),
            (
                self.tr("What was given or given back is no longer what the statement says: {names}."),
                [line for line in chosen if line.has_changed],
            ),
            (self.tr("Without an address and without e-mail: {names}."), nowhere),
        )
        return "\n".join(
            text.format(names=named([line.donor.name for line in found])) for text, found in told if found
        )

    # Issuing

    @Slot()
    def go_on(self) -> None:
        """Issue the statements not issued yet; where all are, print them."""
        fresh = [line.donor.id for line in self.chosen() if line.issued_id is None]
        if self.issued or not fresh:
            self._bundle(self._print)
        else:
            self._issue_if_over(fresh)

    def _still_runs(self) -> bool:
        """Whether something given later can still belong into the period."""
        last = self.to_on.value()
        return last is not None and last >= labels.today()

    def _issue_if_over(self, ids: list[str]) -> None:
        """Issue them, after a question where the period still runs: what is given later is not in them."""
        period, today = self.period(), labels.today()
        if period is None or not self._still_runs():
            self._issue(ids)
            return
        text = self.tr(
            "The period runs until {last}. A statement has what was given by today, {today}, and is frozen: "
            "what comes in later needs a second one."
        )
        if ask(
            self,
            labels.counted(
                len(ids),
                self.tr("Issue the statement before the period is over?"),
                self.tr("Issue {count} statements before the period is over?"),
            ),
            text.format(last=labels.day_full(period[1]), today=labels.day_full(today)),
            self.tr("Issue now"),
        ):
            self._issue(ids)

    @Slot()
    def issue_again(self) -> None:
        """Issue a second statement to those who have one, after a question."""
        out = self.going_out()
        count = labels.counted(len(out), self.tr("1 statement"), self.tr("{count} statements"))
        if ask(
            self,
            self.tr("Issue {count} again?").format(count=count),
            self.tr(
                "What was issued stays: the donor then has two statements of the same days. To send one once "
                "more, print a copy."
            ),
            self.tr("Issue again"),
            facts=(named([line.donor.name for line in out]),),
            danger=True,
        ):
            self._issue([line.donor.id for line in out])

    def _issue(self, ids: list[str]) -> None:
        period = self.period()
        if period is not None:
            self.work(partial(_issue, self._statements, ids, period), self._have_issued, len(ids))

    def _have_issued(self, issued: list[str]) -> None:
        self.issued = issued
        self._list()
        count = labels.counted(len(issued), self.tr("1 statement"), self.tr("{count} statements"))
        self.desk.messages.done(self.tr("Issued {count} of gifts.").format(count=count), undo=False)
        self.said.setText(self.tr("{count} issued. Print or send them now.").format(count=count))
        self.show_paper(partial(self._statements.paper, issued[0], is_original=True))
        self.show_state()

    # Going out

    @Slot()
    def print_copies(self) -> None:
        """Print copies of the statements issued before."""
        self._bundle(self._print)

    def _ids(self) -> list[str]:
        return [line.issued_id for line in self.going_out() if line.issued_id is not None]

    def _bundle(self, done: Callable[[Any], None]) -> None:
        ids = self._ids()
        self.work(partial(statement_files.bundle, self._statements, ids, bool(self.issued)), done, len(ids))

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
            ids = self._ids()
            work = partial(statement_files.write_each, self._statements, ids, bool(self.issued), folder)
            self.work(work, self._saved, len(ids))

    @Slot()
    def mail_all(self) -> None:
        """Write a draft for each donor with an e-mail address into a folder."""
        folder = ask_which_folder(self, self.tr("Where the drafts are saved"))
        if folder is not None:
            out = self.going_out()
            reached = [line for line in out if usable_address(line.donor.email)]
            self._left_out = [line.donor.name for line in out if line not in reached]
            work = partial(statement_files.write_mails, self._statements, reached, bool(self.issued), folder)
            self.work(work, self._mailed, len(reached))

    def _mailed(self, paths: list[Path]) -> None:
        """Say where the drafts are, and who has no e-mail address and gets a printed one."""
        if paths:
            self._saved(paths)
        told = [self.said.text() if paths else self.tr("Nobody here has an e-mail address.")]
        if self._left_out and paths:
            text = self.tr("Without an e-mail address, to be printed: {names}.")
            told.append(text.format(names=named(self._left_out, 12)))
        self.said.setText("\n".join(told))

    def _saved(self, paths: list[Path]) -> None:
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


def _issuing(count: int) -> str:
    """What the button says before so many are issued."""
    translate = QCoreApplication.translate
    if count == 1:
        return translate("StatementsDialog", "Issue the statement")
    text = translate("StatementsDialog", "Issue {count} statements")
    return text.format(count=f"{count:,}") if count else translate("StatementsDialog", "Issue statements")


def _one(statements: "StatementService", contact_id: str, period: tuple[date, date]) -> "LetterPaper":
    found = statements.papers(*period, (contact_id,))
    if not found:
        raise ValidationError({"contact_id": "Nothing was given in this period."})
    return found[0][1]


def _issue(
    statements: "StatementService", contact_ids: list[str], period: tuple[date, date], told: Told
) -> list[str]:
    return statements.issue(contact_ids, *period, told)
