"""Years of the money: how each stands, closing one, reopening it, its report and the accountant's journal."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.years import MoneyYear
from commission_app.errors import CommissionError
from commission_app.exchange.journal_files import FORMS, journal_file
from commission_app.exchange.whole_files import write_whole
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.file_choices import ask_where_to_save
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.years_questions import CloseYearDialog, ReopenYearDialog, undone
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.session import Session

_WIDTH: Final = 880  # pixels at 100 percent


class YearsDialog(Dialog):
    """Every year in a table as high as they are many, and below it what can be done with the selected one."""

    def __init__(self, desk: Desk, parent: QWidget, *, for_journal: bool = False) -> None:
        super().__init__(
            parent.tr("Years of the money"), doing=parent.tr("Done"), width=_WIDTH, parent=parent
        )
        self._desk = desk
        self._question: CloseYearDialog | ReopenYearDialog | None = None
        self._currency = desk.session.commission.get().currency or "USD"
        self._is_over = self._has_begun = False
        self._for_journal = for_journal
        self.table = RecordTable[MoneyYear](
            self._columns(), _first_day, name=self.tr("Years of the money"), fit=True, parent=self
        )
        self.told = Paragraph(self.tr("The years are being added up..."), "body", "ink-2", parent=self)
        self.close_year = Button(self.tr("Close the year..."), "secondary", "locked", parent=self)
        self.reopen = Button(self.tr("Reopen..."), "secondary", "undo", parent=self)
        self.report = Button(self.tr("Report on the year"), "secondary", "pdf", parent=self)
        self.journal = Button(self.tr("Journal for the accountant..."), "secondary", "export", parent=self)
        self.empty = EmptyState(
            "payment",
            self.tr("No years yet"),
            self.tr("A year stands here once a pledge or a payment is recorded."),
            parent=self,
        )
        self.empty.hide()
        self.room = Room(self.table, grows=True)
        self.content.addWidget(self.room)
        self.content.addWidget(self.empty)
        self.content.addSpacing(6)
        self.content.addWidget(self.told)
        self.content.addSpacing(6)
        buttons = (self.close_year, self.reopen, self.report, self.journal)
        self.content.addWidget(Wrapped(WrappingRow(*buttons), self))
        self.table.selection_changed.connect(self._tell)
        self.close_year.clicked.connect(self.ask_to_close)
        self.reopen.clicked.connect(self.ask_to_reopen)
        self.report.clicked.connect(self.open_report)
        self.journal.clicked.connect(self.save_journal)
        self.finished.connect(self._leave)
        self._tell()
        self.refresh()

    def _columns(self) -> list[Column[MoneyYear]]:
        return [
            Column(self.tr("Year"), lambda year: year.name, width=90, stretch=1),
            self._amount(self.tr("Received"), lambda year: year.flows.received_cents),
            self._amount(self.tr("Given back"), lambda year: year.flows.given_back_cents, leaves=1),
            self._amount(self.tr("Written off"), lambda year: year.flows.written_off_cents, leaves=2),
            self._amount(self.tr("Open at its end"), lambda year: year.balance_cents),
            Column(self.tr("State"), _closed_on, width=130, chip=state_chip),
            Column(
                self.tr("Closed"),
                _closed_on,
                lambda day: labels.day_field(day) if day else "",
                width=110,
                tone=Tone.CONTEXT,
                leaves=3,
            ),
        ]

    def _amount(self, header: str, value: Callable[[MoneyYear], int], leaves: int = 0) -> Column[MoneyYear]:
        return Column(
            header,
            value,
            self._money,
            align=Align.RIGHT,
            width=118,
            leaves=leaves,
            is_sortable=False,
            colour=lambda year: "" if value(year) else "ink-3",
        )

    def _money(self, cents: int) -> str:
        return words.money(cents, self._currency)

    # Reading

    def refresh(self) -> None:
        """Add the years up again, in the pool: a long record has many rows."""
        self._desk.operations.in_background(self._desk.session.years.years, self._show, self._failed)

    def _show(self, years: Sequence[MoneyYear]) -> None:
        if self._is_over:
            return
        self.table.set_rows(years)
        self.room.setVisible(bool(years))
        self.empty.setVisible(not years)
        self.told.setVisible(bool(years))
        if not self._has_begun:
            self._has_begun = True
            wanted = next((one for one in reversed(years) if one.is_over and one.closing is None), None)
            if years:
                self.table.select((wanted or years[0]).from_on)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()
        if self._for_journal and years:
            self._for_journal = False
            self.journal.setFocus(Qt.FocusReason.TabFocusReason)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CommissionError):
            raise error
        if not self._is_over:
            self.told.setText(str(error))

    @Slot()
    def _tell(self) -> None:
        """Say of the selected year what should be done, and offer what can be."""
        year = self.table.current()
        for button in (self.close_year, self.report, self.journal, self.reopen):
            button.setVisible(year is not None)
        if year is None:
            return
        closing = year.closing
        lines = []
        if closing is not None:
            by = closing.closed_by or self.tr("somebody")
            text = self.tr("{year} was closed on {day} by {who}.")
            day = labels.day_field(closing.closed_on)
            lines.append(text.format(year=year.name, day=day, who=by))
            lines += [closing.note] if closing.note else []
        elif year.is_over:
            lines.append(self.tr("{year} is over and not closed.").format(year=year.name))
            lines += [fact for fact, _, _ in undone(year)]
        else:
            text = self.tr("{year} runs until {day}.")
            lines.append(text.format(year=year.name, day=labels.day_field(year.to_on)))
        self.told.setText("\n".join(lines))
        self.close_year.setVisible(closing is None)
        self.reopen.setVisible(closing is not None)
        runs = None if year.is_over else self.tr("The year is not over yet.")
        self.close_year.set_unavailable(self._desk.operations.read_only_reason() or runs)
        self.reopen.set_unavailable(self._desk.operations.read_only_reason())

    # What can be done

    @Slot()
    def ask_to_close(self) -> None:
        """Closing asks first."""
        year = self.table.current()
        if year is not None:
            question = self._question = CloseYearDialog(year, self)
            question.confirmed.connect(self._close_year)
            question.exec()
            question.deleteLater()

    @Slot(str)
    def _close_year(self, note: str) -> None:
        year = self.table.current()
        if year is None:
            return
        close, run = self._desk.session.years.close, self._desk.operations.run
        if run(close, year.from_on, note or None, form=self._question) is not None:
            self.refresh()

    @Slot()
    def ask_to_reopen(self) -> None:
        """Reopening asks for the reason."""
        year = self.table.current()
        if year is not None:
            question = self._question = ReopenYearDialog(year, self)
            question.confirmed.connect(self._reopen)
            question.exec()
            question.deleteLater()

    @Slot(str)
    def _reopen(self, reason: str) -> None:
        year = self.table.current()
        if year is None or year.closing is None:
            return
        reopen, run = self._desk.session.years.reopen, self._desk.operations.run
        if run(reopen, year.closing.id, reason, form=self._question) is not None:
            self.refresh()

    @Slot()
    def open_report(self) -> None:
        """Show the report on the year among the papers."""
        year = self.table.current()
        if year is not None:
            self.accept()
            self._desk.navigate(Place(page="papers", tab="year-close", record_id=str(year.from_on.year)))

    @Slot()
    def save_journal(self) -> None:
        """Write the year's journal where somebody says, for a spreadsheet or for programs that keep books."""
        year = self.table.current()
        if year is None:
            return
        labelled = (
            *(self.tr("Excel workbook (*.xlsx)"), self.tr("CSV file (*.csv)")),
            self.tr("For GnuCash, QIF (*.qif)"),
        )
        kinds = dict(zip(labelled, FORMS, strict=True))
        name = self.tr("Journal {year}").format(year=year.name)
        chosen = ask_where_to_save(self, self.tr("Save the journal"), f"{name}{FORMS[0]}", ";;".join(kinds))
        if chosen is None:
            return
        path, kind = chosen
        if path.suffix.lower() not in FORMS:
            path = path.with_name(path.name + kinds.get(kind, FORMS[0]))
        work = partial(write_journal, self._desk.session, path, year.from_on, year.to_on)
        self._desk.operations.in_background(work, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self._desk.messages.info(self.tr("The journal is saved as {name}.").format(name=path.name))

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, CommissionError):
            raise error
        self._desk.operations.tell(error)

    @Slot()
    def _leave(self) -> None:
        self._is_over = True


def write_journal(session: Session, path: Path, from_on: date, to_on: date) -> Path:
    """Write the journal of some days in the form that the ending of the file says."""
    entries, currency = session.journal.entries(from_on, to_on), session.journal.currency()
    paper = session.papers.usual_size()
    return write_whole(path, journal_file(path.suffix.lower(), entries, currency, paper))


def open_years(desk: Desk, parent: QWidget, *, for_journal: bool = False) -> None:
    """Open the years over a page, with the keyboard on the table or on the journal of the selected year."""
    dialog = YearsDialog(desk, parent.window(), for_journal=for_journal)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def state_chip(year: MoneyYear) -> ChipSpec:
    """Closed, over and not closed, or running."""
    if year.closing is not None:
        return ChipSpec(QCoreApplication.translate("years", "Closed"), ChipKind.PLAIN, "locked")
    if year.is_over:
        return ChipSpec(QCoreApplication.translate("years", "Not closed"), ChipKind.SOON, "pending")
    return ChipSpec(QCoreApplication.translate("years", "Running"), ChipKind.QUIET, "play")


def _first_day(year: MoneyYear) -> date:
    return year.from_on


def _closed_on(year: MoneyYear) -> date | None:
    return year.closing.closed_on if year.closing else None
