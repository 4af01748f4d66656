"""Loading a parcel: which file, then every row with what becomes of it, then one step with one undo."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.parcels import Choices, Parcel, ParcelPreview, ParcelRow, RowState
from commission_app.errors import CommissionError
from commission_app.exchange.sealed import is_sealed
from commission_app.gui import labels, theme
from commission_app.gui.copies.passphrase import PassphraseDialog, fit_height, told
from commission_app.gui.copies.words import day_words, noun_word, state_chip, totals
from commission_app.gui.file_choices import Purpose, ask_which_file
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_WIDTH = 760


class LoadParcelDialog(Dialog):
    """What came back, row by row. Nothing is written before the button is pressed."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("LoadParcelDialog", "Load a parcel"),
            QCoreApplication.translate(
                "LoadParcelDialog", "A file that came back from a reading copy. You see what comes in first."
            ),
            doing=QCoreApplication.translate("LoadParcelDialog", "Choose the file..."),
            safe=QCoreApplication.translate("LoadParcelDialog", "Cancel"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk = desk
        self.parcel: Parcel | None = None
        self.preview: ParcelPreview | None = None
        self.choices = Choices()
        self.problem = Paragraph("", "label", "over", parent=self)
        self.problem.hide()
        self.add_widget(self.problem)
        self._face = self._make_face()
        self._face.hide()
        self.add_widget(self._face)
        self.other = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.other.hide()
        self.other.clicked.connect(self.begin_again)
        self.buttons.insertWidget(0, self.other)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)

    def _make_face(self) -> QWidget:
        face = QWidget(self)
        self.whose = Text("", "body", "ink-2", wrap=True, parent=face)
        self.cautions = Paragraph("", "label", "warn", parent=face)
        self.totals = Text("", "strong", wrap=True, parent=face)
        self.table: RecordTable[ParcelRow] = RecordTable(
            [
                Column(self.tr("What"), noun_word, width=110, tone=Tone.CONTEXT),
                Column(self.tr("Entry"), _words, width=240, stretch=2),
                Column(self.tr("Becomes"), _state, width=166, chip=state_chip),
                Column(self.tr("Reason"), _note, width=200, stretch=2, tone=Tone.CONTEXT),
            ],
            key=_key,
            name=self.tr("Entries of the parcel"),
            parent=face,
        )
        self.table.setFixedHeight(theme.scaled(280))
        self.table.selection_changed.connect(self._offer_decisions)
        self.note = Paragraph("", "meta", "ink-2", parent=face)
        self.same = Button("", "secondary", size="small", parent=face)
        self.add = Button(self.tr("Add all the same"), "secondary", size="small", parent=face)
        self.leave = Button(self.tr("Leave out"), "secondary", size="small", parent=face)
        self.same.clicked.connect(self._take_as_same)
        self.add.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave_out)
        decisions = QHBoxLayout()
        decisions.setSpacing(8)
        for button in (self.same, self.add, self.leave):
            decisions.addWidget(button)
        decisions.addStretch(1)
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.whose, self.cautions, self.totals, self.table, self.note):
            column.addWidget(widget)
        column.addLayout(decisions)
        return face

    # The file

    @Slot()
    def go_on(self) -> None:
        """Choose the file, or load what was looked at."""
        if self.parcel is None:
            path = ask_which_file(
                self,
                self.tr("Choose the parcel"),
                self.tr("Parcels and copies (*.json *.sealed *.commission)"),
                Purpose.COPIES,
            )
            if path is not None:
                self.read(path)
        else:
            self.doing.set_unavailable(self.tr("The parcel is being loaded."))
            work = partial(self._desk.session.parcels.load, self.parcel, self.choices)
            self._desk.operations.in_background(work, self._loaded, self._failed)

    def read(self, path: Path) -> None:
        """Read a parcel in the pool, asking for its passphrase where it is locked."""
        passphrase = None
        if is_sealed(path):
            dialog = PassphraseDialog(path.name, self.tr("Open"), self)
            passphrase = dialog.passphrase() if dialog.exec() else None
            dialog.deleteLater()
            if passphrase is None:
                return
        self.problem.hide()
        self.doing.set_unavailable(self.tr("The file is being read."))
        work = partial(self._read, path, passphrase)
        self._desk.operations.in_background(work, self._have, self._failed)

    def _read(self, path: Path, passphrase: str | None) -> ParcelPreview:
        parcels = self._desk.session.parcels
        return parcels.preview(parcels.read(path, passphrase=passphrase))

    def _have(self, preview: ParcelPreview) -> None:
        self.parcel = preview.parcel
        self.choices = Choices()
        zone = self._desk.session.context.today().zone
        mark = preview.parcel.mark
        self.whose.setText(
            self.tr("From {name}, made {made}; the copy was given on {given}.").format(
                name=preview.parcel.made_by,
                made=labels.instant_local(preview.parcel.made_at, zone),
                given=day_words(mark.given_at, zone),
            )
        )
        self.body.hide()
        self._face.show()
        self.other.show()
        self._show(preview)
        told_of = next((row for row in preview.rows if row.note), preview.rows[0] if preview.rows else None)
        if told_of is not None:
            self.table.select(_key(told_of))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, preview: ParcelPreview) -> None:
        self.preview = preview
        self.cautions.setText("\n".join(preview.cautions))
        self.cautions.setVisible(bool(preview.cautions))
        self.totals.setText(
            totals(preview)
            if not preview.is_empty or preview.conflicts
            else self.tr("Your file has all of this already. Nothing changes.")
        )
        self.table.set_rows(preview.rows)
        count = sum(row.comes for row in preview.rows)
        self.doing.setText(
            labels.counted(count, self.tr("Load {count} entry"), self.tr("Load {count} entries"))
            if count
            else self.tr("Load")
        )
        self.doing.set_unavailable(None if count else self.tr("Nothing comes in."))
        self._offer_decisions()
        fit_height(self)

    @Slot()
    def begin_again(self) -> None:
        """Back to the choice of the file."""
        self.parcel = self.preview = None
        self._face.hide()
        self.other.hide()
        self.problem.hide()
        self.body.show()
        self.doing.setText(self.tr("Choose the file..."))
        self.doing.set_unavailable(None)
        fit_height(self)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CommissionError):
            raise error
        self.begin_again()
        self.problem.setText(told(error))
        self.problem.show()
        fit_height(self)

    def _loaded(self, done: ParcelPreview) -> None:
        self._desk.messages.done(labels.sentence(done.text), undo=not done.is_empty)
        self.accept()

    # Decisions about single rows

    @Slot()
    def _offer_decisions(self) -> None:
        row = self.table.current()
        same = row.same_as[0][1] if row is not None and row.same_as else ""
        self.same.setText(self.tr("The same as {name}").format(name=same))
        self.same.setVisible(bool(same) and row is not None and row.state is not RowState.SAME)
        is_out = row is not None and row.state in (RowState.LEFT, RowState.SAME)
        self.add.setVisible(row is not None and is_out and (row.may_choose or row.state is RowState.SAME))
        self.leave.setVisible(row is not None and row.comes and row.may_choose)
        self.note.setText(row.note if row is not None else "")
        self.note.setVisible(row is not None and bool(row.note))

    def _decide(self, choices: Choices) -> None:
        if self.parcel is None:
            return
        try:
            preview = self._desk.session.parcels.preview(self.parcel, choices)
        except CommissionError as error:
            self._failed(error)
            return
        self.choices = choices
        row = self.table.current()
        self._show(preview)
        if row is not None:
            self.table.select(_key(row))

    @Slot()
    def _take_as_same(self) -> None:
        row = self.table.current()
        if row is not None and row.same_as:
            same = {**self.choices.same, row.key: row.same_as[0][0]}
            self._decide(replace(self.choices, same=same, left=self.choices.left - {row.name}))

    @Slot()
    def _take(self) -> None:
        row = self.table.current()
        if row is not None:
            same = {**self.choices.same, row.key: ""} if row.state is RowState.SAME else self.choices.same
            left, taken = self.choices.left - {row.name}, self.choices.taken | {row.name}
            self._decide(Choices(same, left, taken))

    @Slot()
    def _leave_out(self) -> None:
        row = self.table.current()
        if row is not None:
            left, taken = self.choices.left | {row.name}, self.choices.taken - {row.name}
            self._decide(replace(self.choices, left=left, taken=taken))


def _key(row: ParcelRow) -> str:
    return f"{row.noun} {row.key}"


def _words(row: ParcelRow) -> str:
    return row.words


def _state(row: ParcelRow) -> str:
    return row.state.value


def _note(row: ParcelRow) -> str:
    return row.note
