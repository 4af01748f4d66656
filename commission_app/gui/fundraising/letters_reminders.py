"""The run of reminders: who is overdue, what was sent, the tone that comes next, and the letters."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.donor_letters import ReminderLine, Sending, Tone
from commission_app.domain.mailing import usable_address
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.file_choices import ask_which_folder
from commission_app.gui.fundraising import letters_words, words
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
from commission_app.gui.paper_output import SavedFile, print_paper, save_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox, ComboBox
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import Hairline, IconLabel, Paragraph, Text
from commission_app.gui.widgets.wrapping import WrappingRow
from commission_app.services.donor_letters import WrittenLetter, bundle_of

if TYPE_CHECKING:
    from pathlib import Path

    from commission_app.domain.letter_paper import LetterPaper
    from commission_app.services.donor_letters import DonorLetterService

#: So many are listed at once, those first whose reminder is due; the rest comes after them.
MOST: Final = 200
_TO_BOX: Final = 5  # pixels from the upper edge of a check box to a line of text beside it


class ReminderRow(QWidget):
    """One overdue pledge: a box, who owes what since when, what was sent, and the tone of the letter."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, line: ReminderLine, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        amount = words.money(line.overdue_cents, currency, sign=True)
        since = self.tr("since {day}").format(day=letters_words.unbroken(line.since))
        said = f"{line.campaign} · {since}"
        if sent := letters_words.sent_word(line):
            said = f"{said} · {sent}"
        self.box = CheckBox("", self)
        self.box.setChecked(line.is_proposed)
        self.box.setAccessibleName(", ".join((line.donor.name, amount, said)))
        self.tone = ComboBox(self)
        self.tone.setAccessibleName(self.tr("Tone of the letter to {name}").format(name=line.donor.name))
        for tone in Tone:
            self.tone.addItem(letters_words.tone(tone), tone)
        self.tone.setCurrentIndex(list(Tone).index(line.tone))
        name = self.tr("Preview the letter to {name}").format(name=line.donor.name)
        self.eye = Button(kind="ghost", icon="eye", size="small", name=name, parent=self)
        self._lay_out(amount, said)
        self.box.toggled.connect(self._tell)
        self.tone.activated.connect(self._tell)
        self.eye.clicked.connect(self._want)

    def _lay_out(self, amount: str, said: str) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(Paragraph(self.line.donor.name, "medium", parent=self), 1)
        first.addWidget(Text(amount, "strong", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setContentsMargins(0, theme.scaled(_TO_BOX), 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(Paragraph(said, "meta", "ink-2", self))
        for remark in letters_words.remarks(self.line):
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(IconLabel("info", "ink-3", 16, self), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Paragraph(remark, "meta", "ink-2", self), 1)
            column.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 8, 8)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.box, 0, top)
        row.addLayout(column, 1)
        row.addWidget(self.tone, 0, top)
        row.addWidget(self.eye, 0, top)

    def chosen(self) -> tuple[str, Tone]:
        """The pledge and the tone."""
        return self.line.pledge_id, self.tone.currentData()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()
        self.wanted.emit(self)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self)


class ReminderDialog(LettersDialog):
    """Reminders of what is overdue, for one envelope after the other or as drafts of e-mails. What goes out
    is recorded in one step, which can be undone.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            desk,
            translate("ReminderDialog", "Write reminders"),
            translate(
                "ReminderDialog",
                "The first one is gentle, the next firm, then final. Nobody is written to again within "
                "14 days unless you tick it. Printing, saving or writing drafts records them as sent; undo "
                "takes that back.",
            ),
            doing=translate("ReminderDialog", "Print..."),
            parent=parent,
        )
        self._letters: DonorLetterService = desk.session.donor_letters
        self.currency = desk.session.commission.get().currency or "USD"
        self.rows: list[ReminderRow] = []
        self.summary = Text("", "strong", wrap=True, parent=self)
        self.every = CheckBox(self.tr("All of them"), self)
        self.left = Paragraph("", "meta", "warn", self)
        self.left.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        inside = QWidget()
        inside.setLayout(self._column)
        self.room = Room(inside)
        self.list = Rest(self.room)
        self.empty = EmptyState(
            "ok",
            self.tr("Nothing is overdue"),
            self.tr("No donor has to be reminded today. What waits for a condition is not due."),
            parent=self,
        )
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", size="small", parent=self)
        self.mail = Button(self.tr("E-mail drafts..."), "secondary", "mail", size="small", parent=self)
        self.labels = Button(self.tr("Labels..."), "secondary", "list", size="small", parent=self)
        self.choices.addWidget(self.summary)
        self.choices.addWidget(self.left)
        self.choices.addWidget(self.every)
        self.choices.addWidget(self.list, 1)
        self.choices.addWidget(self.empty, 1)
        self.choices.addLayout(WrappingRow(self.save, self.mail, self.labels))
        self._connect()
        self.read()

    def _connect(self) -> None:
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.print_all)
        self.save.clicked.connect(self.save_all)
        self.mail.clicked.connect(self.mail_all)
        self.labels.clicked.connect(self.open_labels)
        self.every.clicked.connect(self._tick_all)

    # Rows

    def read(self) -> None:
        """List what is overdue now, those first whose reminder is due."""
        lines = sorted(self._letters.reminders(), key=lambda line: not line.is_proposed)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        ticked = {row.line.pledge_id: row.box.isChecked() for row in self.rows}
        self.rows = []
        for line in lines[:MOST]:
            row = ReminderRow(line, self.currency, self)
            row.box.setChecked(line.is_proposed and ticked.get(line.pledge_id, True))
            row.changed.connect(self.show_state)
            row.wanted.connect(self.show_row)
            self._column.addWidget(row)
            self._column.addWidget(Hairline(parent=self))
            self.rows.append(row)
        if len(lines) > MOST:
            more = self.tr("{count} more are overdue: write to them after these.")
            self._column.addWidget(Text(more.format(count=len(lines) - MOST), "meta", "ink-2", wrap=True))
        self._column.addStretch(1)
        total = words.money(sum(line.overdue_cents for line in lines), self.currency, sign=True)
        count = labels.counted(len(lines), self.tr("1 pledge"), self.tr("{count} pledges"))
        self.summary.setText(self.tr("{pledges} overdue, {amount}").format(pledges=count, amount=total))
        for part in (self.summary, self.every, self.list, self.beside, self.save, self.mail, self.labels):
            part.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.doing.setVisible(bool(lines))
        if self.rows:
            self.show_row(self.rows[0])
        self.show_state()

    def chosen(self) -> list[ReminderRow]:
        """The rows that are ticked."""
        return [row for row in self.rows if row.box.isChecked()]

    @Slot()
    def _tick_all(self) -> None:
        is_on = self.every.checkState() is not Qt.CheckState.Unchecked
        self.every.setTristate(False)
        for row in self.rows:
            row.box.blockSignals(True)
            row.box.setChecked(is_on)
            row.box.blockSignals(False)
            row.box.update()
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Count what is ticked; the buttons say how many letters go out."""
        chosen = self.chosen()
        count = len(chosen)
        state = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.every.setCheckState(Qt.CheckState.Checked if count and count == len(self.rows) else state)
        why = self.tr("Nobody is ticked.") if not count else None
        if self.is_busy():
            why = self.tr("Still working...")
        several = self.tr("Print {count} letters...").format(count=count)
        self.doing.setText(self.tr("Print the letter...") if count == 1 else several)
        self.doing.restyle()
        for button in (self.doing, self.save, self.labels):
            button.set_unavailable(why)
        reached = [row for row in chosen if usable_address(row.line.donor.email)]
        self.mail.set_unavailable(
            why or (None if reached else self.tr("Nobody ticked has an e-mail address."))
        )

    @Slot(object)
    def show_row(self, row: ReminderRow) -> None:
        """Show a row's letter beside the list."""
        self.show_paper(partial(_paper, self._letters, *row.chosen()))

    # Going out

    def _written(self) -> list[WrittenLetter]:
        return self._letters.drafts([row.chosen() for row in self.chosen()])

    def _bundle(self, done: "Callable[[tuple[list[WrittenLetter], bytes]], None]") -> None:
        chosen = [row.chosen() for row in self.chosen()]
        self.work(partial(_bundle, self._letters, chosen), done, len(chosen))

    def _record(self, letters: list[WrittenLetter], sending: Sending) -> None:
        """Put them on record and list what is left."""
        drafts = [letter.draft for letter in letters]
        if self.desk.operations.run(self._letters.record, drafts, sending) is not None:
            self.read()
            if not self.chosen():
                self.accept()

    @Slot()
    def print_all(self) -> None:
        """Print what is ticked as one, after the system's dialog."""
        self._bundle(self._print)

    def _print(self, made: tuple[list[WrittenLetter], bytes]) -> None:
        if print_paper(self.desk, made[1], self.tr("Reminders.pdf"), self):
            self._record(made[0], Sending.LETTER)

    @Slot()
    def save_all(self) -> None:
        """Save what is ticked as one PDF."""
        self._bundle(self._save)

    def _save(self, made: tuple[list[WrittenLetter], bytes]) -> None:
        if save_paper(self.desk, made[1], self.tr("Reminders.pdf"), self):
            self._record(made[0], Sending.LETTER)

    @Slot()
    def mail_all(self) -> None:
        """Write one e-mail draft for each donor with an address into a folder, and show the folder. The
        others stay ticked, to be printed.
        """
        folder = ask_which_folder(self, self.tr("Where the drafts are saved"))
        if folder is None:
            return
        self.left.hide()
        rows = [row for row in self.chosen() if usable_address(row.line.donor.email)]
        work = partial(_mails, self._letters, [row.chosen() for row in rows], folder)
        self.work(work, self._mailed, len(rows))

    def _mailed(self, made: "tuple[list[WrittenLetter], list[Path]]") -> None:
        letters, paths = made
        left = [row.line.donor.name for row in self.chosen() if not usable_address(row.line.donor.email)]
        saved = SavedFile(self.desk, paths[0])
        (saved.open if len(paths) == 1 else saved.open_folder)()
        self._record(letters, Sending.EMAIL)
        if left:
            said = self.tr("Without an e-mail address, to be printed: {names}.")
            self.left.setText(said.format(names=named(left)))
            self.left.show()

    @Slot()
    def open_labels(self) -> None:
        """Labels for the envelopes."""
        dialog = LabelsDialog(self.desk, [row.line.donor.id for row in self.chosen()], self)
        dialog.exec()
        dialog.deleteLater()


def _paper(letters: "DonorLetterService", pledge_id: str, tone: Tone) -> "LetterPaper":
    return letters.drafts([(pledge_id, tone)])[0].paper


def _bundle(
    letters: "DonorLetterService", chosen: list[tuple[str, Tone]], told: Told
) -> tuple[list[WrittenLetter], bytes]:
    from commission_app.documents import letter

    written = letters.drafts(chosen)
    return written, letter.draw_bundle(bundle_of(written, "Reminders"), told).data


def _mails(
    letters: "DonorLetterService", chosen: list[tuple[str, Tone]], folder: "Path", told: Told
) -> "tuple[list[WrittenLetter], list[Path]]":
    written = letters.drafts(chosen)

    def files() -> Iterator[tuple[str, bytes]]:
        for one in written:
            mail = one.mail(letter_file(one.donor.name, one.paper)[1])
            if mail is not None:
                yield mail_file(f"{one.donor.name}-{one.draft.on.isoformat()}", mail)

    return written, write_files(folder, files(), told)
