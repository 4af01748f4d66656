"""The commission: a card for each seat, what makes a quorum, and the details of the seat that is chosen."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.members import SeatKind, SeatState, Term
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.keeping import close_off
from commission_app.gui.members.ending_terms import EndingTerms
from commission_app.gui.members.seat_details import OtherTerm, SeatDetails
from commission_app.gui.members.seat_forms import SeatForm
from commission_app.gui.members.seat_words import quorum_explanation, quorum_sentence, seat_facts
from commission_app.gui.members.tab import Tab
from commission_app.gui.members.term_forms import AppointForm, EndTermForm, OfficeForm
from commission_app.gui.page import Place
from commission_app.gui.papers.mail import why_no_mail, write_mail
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.explanation import InfoMark
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage, Section
from commission_app.gui.widgets.seat_card import SeatGrid
from commission_app.gui.widgets.text import Line, Run, Text
from commission_app.services.members import QuorumView, SeatView

_BESIDE = 12  # the page's right padding while the sheet is open


class QuorumNote(QWidget):
    """How many make a quorum, in words, with its explanation and the way to the rule."""

    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Line(parent=self)
        self.mark = InfoMark(parent=self)
        self.mark.rule_wanted.connect(self.rule_wanted)
        self.words = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.link = Button(self.tr("Rule book"), "link", parent=self)
        self.link.clicked.connect(self._open_rule)
        head = QHBoxLayout()
        head.addWidget(self.figure, 1)
        head.addWidget(self.mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(19, 12, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_quorum(self, quorum: QuorumView) -> None:
        """Show what makes a quorum today."""
        figure = Run(str(quorum.needed), "figure")
        self.figure.set_runs([figure, Run(self.tr("make a quorum"), "strong", gap=8)])
        self.words.setText(quorum_sentence(quorum))
        self.mark.set_explanation(quorum_explanation(quorum))

    @Slot()
    def _open_rule(self) -> None:
        self.rule_wanted.emit("quorum.basis")


class CommissionTab(Tab):
    """Seats and terms."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._views: dict[str, SeatView] = {}
        self._chosen: str | None = None
        self.primary = Button(self.tr("Appoint a member"), "primary", "add", parent=self)
        self.primary.clicked.connect(self.new_here)
        self.more = Button("", "icon", "more", name=self.tr("More"), parent=self)
        self.more.clicked.connect(self._open_menu)
        self.grids = {kind: SeatGrid(parent=self) for kind in SeatKind}
        for grid in self.grids.values():
            grid.activated.connect(self.open_seat)
            grid.appoint_requested.connect(self.appoint_to)
        self.note = QuorumNote(self)
        self.note.rule_wanted.connect(self._open_rule)
        self.grids[SeatKind.REGULAR].set_note(self.note)
        self.counts = [Chip(kind=ChipKind.QUIET, parent=self) for _ in range(3)]
        self._page = ScrollPage(top=10, parent=self)
        self._lay_out()
        self.set_list(self._page).narrow_changed.connect(self._arrange)
        self.refresh()

    def _lay_out(self) -> None:
        headings = {
            SeatKind.REGULAR: self.tr("Regular seats"),
            SeatKind.ALTERNATE: self.tr("Alternates"),
            SeatKind.LIAISON: self.tr("Liaisons"),
        }
        self.sections: dict[SeatKind, Section] = {}
        for kind, heading in headings.items():
            section = Section(heading, lined=False, parent=self)
            section.body.setContentsMargins(0, 8, 0, 0)
            section.add(self.grids[kind])
            self.sections[kind] = section
        self.sections[SeatKind.LIAISON].set_heading(
            headings[SeatKind.LIAISON], note=self.tr("no vote, not counted")
        )
        for chip in self.counts:
            self.sections[SeatKind.REGULAR].add_aside(chip)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(16)
        self._lower.addWidget(self.sections[SeatKind.ALTERNATE], 1, Qt.AlignmentFlag.AlignTop)
        self._lower.addWidget(self.sections[SeatKind.LIAISON], 1, Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(
            "seat",
            self.tr("No seats yet"),
            self.tr("A seat is a chair at the table, with or without a member."),
            self.tr("Add a seat"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self._add_seat)
        if self.empty.button is not None:
            close_off(self.why_not_new(), self.empty.button)
        column = self._page.column
        column.addWidget(self.empty)
        column.addWidget(self.sections[SeatKind.REGULAR])
        column.addLayout(self._lower)
        column.addStretch(1)

    @override
    def buttons(self) -> list[Button]:
        return [*super().buttons(), self.more]

    @override
    def why_not_new(self) -> str | None:
        return self.desk.operations.keeper_reason()

    # Rows

    @override
    def refresh(self) -> None:
        today = labels.today()
        views = self.desk.session.members.seats()
        histories = self.desk.session.members.histories()
        self._views = {view.seat.id: view for view in views}
        may_write = self.desk.operations.keeper_reason() is None
        for kind, grid in self.grids.items():
            own = [view for view in views if view.seat.kind is kind]
            shown = (seat_facts(view, today, histories[view.seat.id]) for view in own)
            facts = [replace(fact, may_appoint=may_write) for fact in shown]
            grid.set_seats(facts)
            self.sections[kind].setVisible(bool(facts))
            self._lower.setStretchFactor(self.sections[kind], max(1, len(facts)))
        self.empty.setVisible(not views)
        if self.primary is not None:
            self.primary.setVisible(bool(views))
        self._show_counts()
        self.note.show_quorum(self.desk.session.members.quorum())
        self._arrange()
        content = self.sheet_content()
        if isinstance(content, SeatDetails | OtherTerm | EndingTerms):
            self.refresh_details(content)
        self._mark(self._chosen if self._chosen in self._views else None)

    def _show_counts(self) -> None:
        regular = [view for view in self._views.values() if view.seat.kind is SeatKind.REGULAR]
        vacant = sum(view.standing.state is SeatState.VACANT for view in regular)
        texts = (
            labels.counted(len(regular), self.tr("{count} seat"), self.tr("{count} seats")),
            self.tr("{count} serving").format(count=len(regular) - vacant),
            self.tr("{count} vacant").format(count=vacant),
        )
        for chip, text, icon in zip(self.counts, texts, ("seat", "ok", "vacant"), strict=True):
            chip.set_spec(ChipSpec(text, ChipKind.QUIET, icon))

    @Slot()
    def _arrange(self) -> None:
        """Alternates beside liaisons where their cards fit one row."""
        cards = sum(len(self.grids[kind].cards()) for kind in (SeatKind.ALTERNATE, SeatKind.LIAISON))
        opened = self.beside is not None and (self.beside.is_open() or self.beside.is_narrow())
        row = not opened and cards <= 4
        if self.beside is not None and not self.beside.is_narrow():
            margins = self._page.column.contentsMargins()
            margins.setRight(_BESIDE if opened else margins.left())
            self._page.column.setContentsMargins(margins)
        self._lower.setDirection(
            QBoxLayout.Direction.LeftToRight if row else QBoxLayout.Direction.TopToBottom
        )
        self._lower.setSpacing(16 if row else 24)

    def _mark(self, seat_id: str | None) -> None:
        self._chosen = seat_id
        for grid in self.grids.values():
            grid.select(seat_id)

    # The sheet

    @Slot(str)
    def open_seat(self, seat_id: str) -> None:
        """Show the details of a seat."""
        if seat_id not in self._views:
            return
        details = SeatDetails(self.desk, seat_id)
        details.appoint_wanted.connect(self.appoint_to)
        details.end_wanted.connect(self._end_term)
        details.office_wanted.connect(self._elect)
        details.term_wanted.connect(self._open_term)
        details.gone.connect(self.close_sheet)
        self._mark(seat_id)
        self.open_sheet(details.view.seat.label, details)
        self._arrange()

    @Slot(str)
    def appoint_to(self, seat_id: str | None) -> None:
        """Begin an appointment to a seat."""
        form = AppointForm(self.desk, seat_id)
        form.appointed.connect(self.open_seat)
        self._mark(seat_id)
        self.open_sheet(self.tr("Appoint a member"), form)
        if seat_id is not None:
            form.person.lookup.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()

    @Slot(object)
    def _end_term(self, term: Term) -> None:
        form = EndTermForm(self.desk, term)
        form.ended.connect(self.open_seat)
        name = self.desk.session.contacts.get(term.contact_id).name
        self.open_sheet(self.tr("End the term of {name}").format(name=name), form)
        form.cancelled.disconnect()
        form.cancelled.connect(self._back_to_seat)

    @Slot(object)
    def _elect(self, view: SeatView) -> None:
        form = OfficeForm(self.desk, view, view.offices)
        form.elected.connect(self.open_seat)
        self.open_sheet(self.tr("Elect to an office"), form)
        form.cancelled.disconnect()
        form.cancelled.connect(self._back_to_seat)

    @Slot(object)
    def _open_term(self, term: Term) -> None:
        content = OtherTerm(self.desk, term)
        content.removed.connect(self.open_seat)
        self.open_sheet(self.desk.session.contacts.get(term.contact_id).name, content)

    @Slot()
    def _back_to_seat(self) -> None:
        if self._chosen is not None:
            self.open_seat(self._chosen)
        else:
            self.close_sheet()

    @override
    def after_sheet(self) -> None:
        self.focus_record()
        self._mark(None)
        self._arrange()

    @override
    def record_widget(self) -> QWidget | None:
        cards = (card for grid in self.grids.values() for card in grid.cards())
        return next((card for card in cards if card.facts.key == self._chosen), None)

    # The menu

    def menu(self) -> Menu:
        """What else can be done with the commission."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(self.tr("Add a seat"), self._add_seat, icon="add", unavailable=self.why_not_new())
        year = labels.today().year + 1
        menu.add(self.tr("Terms that end in {year}").format(year=year), self.open_ending, icon="list")
        menu.add(self.tr("Print the roster of seats"), self._print_roster, icon="print")
        menu.add(self.tr("Print the register of all terms"), self._print_register, icon="print")
        holders = [view.holder for view in self._views.values() if view.holder is not None]
        why = why_no_mail(holders, self.tr("Nobody on the commission has an e-mail address."))
        menu.add(self.tr("E-mail the commission..."), self.write_mail, icon="mail", unavailable=why)
        return menu

    @Slot()
    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    @Slot()
    def _print_roster(self) -> None:
        self.desk.navigate(Place(page="papers", tab="seats"))

    @Slot()
    def _print_register(self) -> None:
        self.desk.navigate(Place(page="papers", tab="register"))

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to everybody who holds a seat."""
        ids = [view.holder.id for view in self._views.values() if view.holder is not None]
        write_mail(self.desk, self.window(), contact_ids=ids)

    @Slot()
    def _add_seat(self) -> None:
        form = SeatForm(self.desk)
        form.added.connect(self.open_seat)
        self.open_sheet(self.tr("Add a seat"), form)
        self._arrange()

    @Slot()
    def open_ending(self) -> None:
        """Show the terms that end next year."""
        content = EndingTerms(self.desk)
        content.seat_wanted.connect(self.open_seat)
        self.open_sheet(self.tr("Terms that end in {year}").format(year=content.year), content)
        self._arrange()

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id=key))

    # From elsewhere

    @override
    def open_at(self, place: Place) -> None:
        if place.action in ("ending", "seats-list"):
            self.open_ending()
        elif place.action in ("add-seat",):
            self._add_seat()
        elif place.action == "appoint":
            self.appoint_to(place.record_id if place.record_id in self._views else None)
        elif place.record_id in self._views:
            self.open_seat(str(place.record_id))
            content = self.sheet_content()
            if place.action in ("notice", "vacancy") and isinstance(content, SeatDetails):
                content.notice.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    @override
    def new_here(self) -> None:
        if self._views:
            self.appoint_to(None)
        else:
            self._add_seat()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next(
            (card for grid in self.grids.values() for card in grid.cards() if card.hasFocus()), None
        )
        if event.key() == Qt.Key.Key_F2 and focused is not None:
            self.open_seat(focused.facts.key)
        else:
            super().keyPressEvent(event)
