"""The details of a seat: who holds it and until when, what a vacancy asks for, offices, other terms."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.members import Office, SeatState, Term, TermDraft, TermEnd
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.keeping import close_off
from commission_app.gui.members.days import day_field
from commission_app.gui.members.seat_words import (
    notice_explanation,
    notice_help,
    standing_line,
    term_look,
    term_span,
    timeline_parts,
    turn_words,
)
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.explanation import InfoMark
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.list_pane import ListPane, ListRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.seat_timeline import SeatTimeline
from commission_app.gui.widgets.term_bar import TermBar
from commission_app.gui.widgets.text import Text


class LiveForm(Form):
    """A form of a record that is there: each field saves when it is left."""

    left = Signal()

    def watch(self) -> None:
        """Save when any of the fields is left with another value."""
        for field in self.fields.values():
            field.committed.connect(self.left)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the record's values, except where something is being typed."""
        for name, value in values.items():
            field: Field = self.fields[name]
            if field.value() != value and not (field.is_changed() or field.error()):
                field.set_value(value)

    @override
    def is_unsaved(self, field: Field) -> bool:
        return field.is_changed() or bool(field.error())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter has saved the field already, and Esc is for the sheet.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QWidget.keyPressEvent(self, event)


class TermForm(LiveForm):
    """The days of a term, saved as they are changed; `complete` adds how it ended."""

    def __init__(self, desk: Desk, *, complete: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.term: Term | None = None
        today = labels.today()
        self.add_row(
            ("from_on", day_field(self.tr("From"), today, required=True)),
            ("to_on", day_field(self.tr("To"), today)),
        )
        self.add_row(
            ("appointed_by", TextField(self.tr("Appointed by"))),
            ("confirmed_on", day_field(self.tr("Confirmed"), today)),
        )
        if complete:
            ends: list[tuple[TermEnd | None, str]] = [(None, self.tr("Ran its time"))]
            ends += [(end, labels.term_end(end)) for end in TermEnd]
            self.add_row(
                ("ended", ChoiceField(self.tr("How it ended"), ends)),
                ("ended_on", day_field(self.tr("Last day"), today)),
            )
        self.watch()
        self.left.connect(self._save)

    def show_term(self, term: Term) -> None:
        """Show a term."""
        if self.term is None or self.term.id != term.id:
            self.set_values({name: self._shown(term, name) for name in self.fields})
        self.term = term
        self.show_values({name: self._shown(term, name) for name in self.fields})

    @staticmethod
    def _shown(term: Term, name: str) -> object:
        value = getattr(term, name)
        return value or "" if name == "appointed_by" else value

    @Slot()
    def _save(self) -> None:
        if self.term is None or self.problems():
            return
        values = asdict(self.term) | self.values()
        values["appointed_by"] = values["appointed_by"] or None
        del values["id"]
        change = self._desk.session.members.change_term
        self._desk.operations.run(change, self.term.id, TermDraft(**values), form=self)


class SeatDetails(QWidget):
    """One seat, with everything that can be done about it."""

    appoint_wanted = Signal(str)
    end_wanted = Signal(object)
    office_wanted = Signal(object)
    term_wanted = Signal(object)
    gone = Signal()

    def __init__(self, desk: Desk, seat_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._members = desk, desk.session.members
        self.seat_id = seat_id
        self.view = self._members.seat(seat_id)
        self._terms: dict[str, Term] = {}
        self._offices: list[Office] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._add_head()
        self._add_vacancy()
        self.term_form = TermForm(desk, parent=self)
        self._column.addWidget(self.term_form)
        self._add_steps()
        self._add_offices()
        self._add_terms()
        self._add_seat()
        self._reason = desk.operations.keeper_reason()
        for part in (self.vacancy_form, self.term_form, self.seat_form, self.appoint, self.end, self.elect):
            close_off(self._reason, part)
        self.refresh()

    # Parts

    def _add_head(self) -> None:
        self.chip = Chip(parent=self)
        self.standing = Text("", "meta", "ink-2", wrap=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.standing, 1)
        self.name = Text("", "heading", wrap=True, parent=self)
        self.reach = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.contact = Button(self.tr("Open contact"), "link", parent=self)
        self.contact.clicked.connect(self._open_contact)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.reach)
        words.addWidget(self.contact, 0, Qt.AlignmentFlag.AlignLeft)
        self.bar = TermBar(parent=self)
        self.turn = Text("", "meta", "ink-2", wrap=True, parent=self)
        self._column.addLayout(row)
        self._column.addLayout(words)
        self._column.addWidget(self.turn)
        self._column.addWidget(self.bar)

    def _add_vacancy(self) -> None:
        self.vacancy_form = LiveForm(parent=self)
        self.notice = self.vacancy_form.add(
            "vacancy_notice_on", day_field(self.tr("Notice posted"), labels.today())
        )
        self.notice_mark = InfoMark(parent=self)
        self.notice_mark.rule_wanted.connect(self._open_rule)
        self.vacancy_form.watch()
        self.vacancy_form.left.connect(self._note_vacancy)
        self._vacancy = Section(self.tr("Unscheduled vacancy"), parent=self)
        self._vacancy.add_after(self.notice_mark)
        self._vacancy.body.addSpacing(8)
        self._vacancy.add(self.vacancy_form)
        self.print_notice = Button(self.tr("Print the notice"), "link", parent=self)
        self.print_notice.clicked.connect(self._open_notice)
        self._vacancy.body.addSpacing(4)
        self._vacancy.body.addWidget(self.print_notice, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._vacancy)

    def _add_steps(self) -> None:
        self.appoint = Button("", "secondary", "add", "small", parent=self)
        self.end = Button(self.tr("End the term"), "secondary", size="small", parent=self)
        self.appoint.clicked.connect(self._want_appointment)
        self.end.clicked.connect(self._want_end)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.appoint)
        row.addWidget(self.end)
        row.addStretch(1)
        self._column.addLayout(row)

    def _add_offices(self) -> None:
        self.elect = Button(self.tr("Elect"), "quiet", "add", "small", parent=self)
        self.elect.setAccessibleName(self.tr("Elect to an office"))
        self.elect.clicked.connect(self._want_office)
        self.office_section = Section(self.tr("Offices"), aside=self.elect, parent=self)
        self._column.addWidget(self.office_section)

    def _add_terms(self) -> None:
        self.timeline = SeatTimeline(parent=self)
        self.timeline_section = Section(self.tr("The seat over the years"), lined=False, parent=self)
        self.timeline_section.add(self.timeline)
        self._column.addWidget(self.timeline_section)
        self.term_section = Section(self.tr("Other terms"), parent=self)
        self.terms = ListPane(self.tr("Other terms"), parent=self)
        self.terms.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.terms.opened.connect(self._want_term)
        self.term_section.add(self.terms)
        self._column.addWidget(self.term_section)

    def _add_seat(self) -> None:
        self.seat_section = Section(self.tr("The seat"), parent=self)
        self.seat_form = LiveForm(parent=self)
        self.seat_form.add("label", TextField(self.tr("Name of the seat"), required=True))
        self.seat_form.add("appointed_by", TextField(self.tr("Usually appointed by")))
        self.seat_form.watch()
        self.seat_form.left.connect(self._save_seat)
        self.remove = Button(self.tr("Remove this seat"), "link", parent=self)
        self.remove.clicked.connect(self._remove_seat)
        self.seat_section.body.addSpacing(8)
        self.seat_section.add(self.seat_form)
        self.seat_section.body.addSpacing(8)
        self.history = Button(self.tr("History of this seat"), "link", parent=self)
        self.history.clicked.connect(self._open_history)
        for button in (self.history, self.remove):
            self.seat_section.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.seat_section)

    # What is shown

    def refresh(self) -> None:
        """Read the seat again, leaving alone what is being typed."""
        self.view = view = self._members.seat(self.seat_id)
        holder, today = view.holder, labels.today()
        self.chip.set_spec(labels.seat_state(view.standing.state))
        self.standing.setText(standing_line(view))
        self.name.setText(holder.name if holder else self.tr("No member"))
        self.reach.setText("\n".join(filter(None, (holder.email, holder.phone))) if holder else "")
        self.contact.setVisible(holder is not None)
        self.reach.setVisible(bool(self.reach.text()))
        look = term_look(view, today)
        self.bar.set_term(look)
        self.bar.setVisible(look.from_on is not None)
        self.turn.setText(turn_words(view.precedence))
        self.turn.setVisible(view.precedence is not None)
        history = self._members.history_of(self.seat_id)
        self.timeline.set_parts(timeline_parts(history, today), today)
        self.timeline_section.setVisible(len(history) > 1)
        self._show_vacancy()
        self._show_terms()
        self._show_offices()
        self.seat_form.show_values({"label": view.seat.label, "appointed_by": view.seat.appointed_by or ""})

    def _show_vacancy(self) -> None:
        view = self.view
        unscheduled = view.vacancy is not None and view.vacancy.is_unscheduled
        self._vacancy.setVisible(unscheduled)
        if view.vacancy is not None and not (self.notice.is_changed() or self.notice.error()):
            self.notice.set_value(view.vacancy.notice_on)  # and what was typed gives way to the help
        self.notice.set_help(notice_help(view))
        self.notice_mark.set_explanation(notice_explanation(view))

    def _show_terms(self) -> None:
        current = self.view.standing.term if self.view.standing.is_filled else None
        self.term_form.setVisible(current is not None)
        if current is not None:
            self.term_form.show_term(current)
        vacant = self.view.standing.state is SeatState.VACANT
        self.appoint.setText(self.tr("Appoint") if vacant else self.tr("Appoint the next"))
        self.end.setVisible(self.view.standing.is_filled)
        found = [
            entry
            for entry in self._members.terms_of(self.seat_id)
            if not current or entry.term.id != current.id
        ]
        self._terms = {entry.term.id: entry.term for entry in found}
        self.terms.set_rows(
            ListRow(entry.term.id, entry.holder.name, detail=term_span(entry.term)) for entry in found
        )
        self.terms.setFixedHeight(theme.scaled(66) * len(found))
        self.term_section.setVisible(bool(found))
        any_term = current is not None or bool(found)
        stays = self.tr("It has had members, and they stay in the record.") if any_term else None
        self.remove.set_unavailable(self._reason or stays)

    def _show_offices(self) -> None:
        holder = self.view.holder
        self.office_section.setVisible(holder is not None)
        if holder is None:
            return
        self._offices = [
            entry.office
            for entry in self._members.offices()
            if entry.holder.id == holder.id and (entry.office.to_on or date.max) >= labels.today()
        ]
        self.office_section.clear()
        for office in self._offices:
            self.office_section.add(_OfficeRow(self._desk, office))
        if not self._offices:
            self.office_section.add(Text(self.tr("None at present."), "meta", "ink-3"))

    # What can be done

    @Slot()
    def _open_contact(self) -> None:
        if self.view.holder is not None:
            self._desk.navigate(Place(page="members", tab="contacts", record_id=self.view.holder.id))

    @Slot()
    def _open_notice(self) -> None:
        self._desk.navigate(Place(page="papers", tab="vacancy"))

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self._desk.navigate(Place(page="settings", tab="rules", record_id=key))

    @Slot()
    def _want_appointment(self) -> None:
        self.appoint_wanted.emit(self.seat_id)

    @Slot()
    def _want_end(self) -> None:
        if self.view.standing.term is not None:
            self.end_wanted.emit(self.view.standing.term)

    @Slot()
    def _want_office(self) -> None:
        self.office_wanted.emit(self.view)

    @Slot(object)
    def _want_term(self, term_id: str) -> None:
        if term_id in self._terms:
            self.term_wanted.emit(self._terms[term_id])

    @Slot()
    def _note_vacancy(self) -> None:
        term = self.view.standing.term
        if term is not None:
            note = self._members.note_vacancy
            self._desk.operations.run(note, term.id, self.notice.value(), form=self.vacancy_form)

    @Slot()
    def _save_seat(self) -> None:
        if self.seat_form.problems():
            return
        values = self.seat_form.values()
        change = self._members.change_seat
        self._desk.operations.run(
            change, self.seat_id, values["label"], values["appointed_by"], form=self.seat_form
        )

    @Slot()
    def _open_history(self) -> None:
        self._desk.navigate(Place(page="history", record_id=self.seat_id))

    @Slot()
    def _remove_seat(self) -> None:
        if self._desk.operations.run(self._members.remove_seat, self.seat_id) is not None:
            self.gone.emit()


class _OfficeRow(QWidget):
    """An office that is held, since when, and the button that ends it."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        since = self.tr("since {day}").format(day=labels.day_field(office.from_on))
        if office.from_on > labels.today():
            since = self.tr("from {day}").format(day=labels.day_field(office.from_on))
        if office.to_on is not None:
            since = self.tr("{first} to {last}").format(
                first=labels.day_field(office.from_on), last=labels.day_field(office.to_on)
            )
        leave = Button(self.tr("Leave"), "quiet", size="small", parent=self)
        title = labels.office(office.title)
        leave.setAccessibleName(self.tr("Leave the office of {office}").format(office=title))
        leave.set_tip(self.tr("The office ends today."))
        leave.setVisible(office.to_on is None)
        leave.clicked.connect(self._leave)
        close_off(desk.operations.keeper_reason(), leave)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title, "medium", parent=self))
        words.addWidget(Text(since, "meta", "ink-2", parent=self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.addLayout(words, 1)
        row.addWidget(leave)

    @Slot()
    def _leave(self) -> None:
        members, office = self._desk.session.members, self._office
        if office.from_on > labels.today():
            self._desk.operations.run(members.remove_office, office.id)
        else:
            self._desk.operations.run(members.change_office, office.id, office.from_on, labels.today())


class OtherTerm(QWidget):
    """A past or coming term of a seat: its days, saved as they are changed, and its removal."""

    removed = Signal(str)

    def __init__(self, desk: Desk, term: Term, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._term = desk, term
        self.form = TermForm(desk, complete=True, parent=self)
        self.form.show_term(term)
        self.remove = Button(self.tr("Remove this term"), "link", parent=self)
        self.remove.set_tip(self.tr("For a term that was entered in error. You can undo it."))
        self.remove.clicked.connect(self._remove)
        close_off(desk.operations.keeper_reason(), self.form, self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read the term again."""
        found = [
            entry.term
            for entry in self._desk.session.members.terms_of(self._term.seat_id)
            if entry.term.id == self._term.id
        ]
        if found:
            self.form.show_term(found[0])

    @Slot()
    def _remove(self) -> None:
        if self._desk.operations.run(self._desk.session.members.remove_term, self._term.id) is not None:
            self.removed.emit(self._term.seat_id)
