"""Forms for terms and offices: appoint a member, end a term, elect to an office."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.members import OfficeTitle, SeatState, Term, TermDraft, TermEnd
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.members.days import (
    day_field,
    last_day_after,
    proposed_start,
    rest_of_term,
    usual_years,
)
from commission_app.gui.members.person import PersonFields
from commission_app.gui.members.seat_words import notice_caution, notice_help
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.members import SeatView

EARLY_ENDS = (TermEnd.RESIGNED, TermEnd.REMOVED, TermEnd.DIED, TermEnd.MOVED_SEAT)


class AppointForm(Form):
    """Put somebody into a seat. `appointed` sends the seat's id."""

    appointed = Signal(str)

    def __init__(self, desk: Desk, seat_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._members = desk, desk.session.members
        self._today = labels.today()
        self._views = {view.seat.id: view for view in self._members.seats()}
        self._terms = {key: [view.term for view in self._members.terms_of(key)] for key in self._views}
        self._proposed: date | None = None
        self.seat = self.add("seat_id", ChoiceField(self.tr("Seat"), self._choices(), required=True))
        self.person = PersonFields(self, desk.session.contacts, self.tr("Member"))
        self.from_on = day_field(self.tr("From"), self._today, required=True)
        self.to_on = day_field(self.tr("To"), self._today)
        self.add_row(("from_on", self.from_on), ("to_on", self.to_on))
        self.appointed_by = TextField(self.tr("Appointed by"))
        self.confirmed_on = day_field(
            self.tr("Confirmed"), self._today, help_text=self.tr("By the City Council.")
        )
        self.add_row(("appointed_by", self.appointed_by), ("confirmed_on", self.confirmed_on))
        self.caution = Paragraph("", "label", "warn", self)
        self.add_widget(self.caution)
        self.set_actions(self.tr("Appoint"), self.tr("Cancel"))
        self.seat.changed.connect(self._seat_chosen)
        self.from_on.changed.connect(self._propose_end)
        for field in (self.seat, self.from_on, self.confirmed_on):
            field.changed.connect(self._tell_caution)
        self.submitted.connect(self._appoint)
        if seat_id is None:
            seat_id = next(iter(self._in_order()), None)
        self.seat.set_value(seat_id)
        self._seat_chosen()
        place = Place(page="members", tab="commission", record_id=seat_id, action="appoint")
        keep_drafts(desk, self, "appointment", self.tr("an appointment"), place)

    def _in_order(self) -> list[str]:
        """Vacant seats first, then those whose member serves on, then those that end soon."""
        order = [SeatState.VACANT, SeatState.HOLDOVER, SeatState.ENDING_SOON, SeatState.FILLED]
        return sorted(self._views, key=lambda key: order.index(self._views[key].standing.state))

    def _choices(self) -> list[tuple[str, str]]:
        return [(key, self._describe(self._views[key])) for key in self._in_order()]

    def _describe(self, view: SeatView) -> str:
        standing = view.standing
        words = {"seat": view.seat.label, "name": view.holder.name if view.holder else ""}
        words["day"] = labels.day_field(standing.ends_on) if standing.ends_on else ""
        if standing.state is SeatState.VACANT:
            return self.tr("{seat}, vacant").format(**words)
        if standing.state is SeatState.HOLDOVER:
            return self.tr("{seat}, {name} serves on").format(**words)
        if standing.ends_on is None:
            return self.tr("{seat}, {name}").format(**words)
        return self.tr("{seat}, {name} to {day}").format(**words)

    def _years(self) -> int:
        others = [term for terms in self._terms.values() for term in terms]
        return usual_years(self._terms.get(self.seat.value(), ()), others)

    @Slot()
    def _seat_chosen(self) -> None:
        view = self._views.get(self.seat.value())
        if view is None:
            return
        latest = max((term.from_on for term in self._terms[view.seat.id]), default=None)
        start = proposed_start(view, self._today)
        if latest is None or start > latest:
            self.from_on.set_value(start)
            self._propose_end(anyway=True)
        self.appointed_by.set_value(view.seat.appointed_by or "")
        self.seat.set_help(notice_help(view))
        self._tell_caution()

    @Slot()
    def _tell_caution(self) -> None:
        """Inform of the ten working days of a vacancy notice; nothing is refused."""
        view = self._views.get(self.seat.value())
        appointed_on = self.confirmed_on.value() or self.from_on.value()
        self.caution.setText(notice_caution(view, appointed_on) if view is not None else "")
        self.caution.setVisible(bool(self.caution.text()))

    @Slot()
    def _propose_end(self, *, anyway: bool = False) -> None:
        start = self.from_on.value()
        untouched = self.to_on.value() == self._proposed
        if start is None or not (untouched or anyway):
            return
        rest = rest_of_term(self._terms.get(self.seat.value(), ()), start)
        years = self._years()
        self._proposed = rest or last_day_after(start, years)
        self.to_on.set_value(self._proposed)
        if rest is not None:
            self.to_on.set_help(self.tr("The rest of the term."))
            return
        self.to_on.set_help(
            labels.counted(years, self.tr("{count} year, as usual."), self.tr("{count} years, as usual."))
        )

    @Slot()
    def _appoint(self) -> None:
        draft = TermDraft(
            seat_id=self.seat.value(),
            contact_id=self.person.contact_id(),
            from_on=self.from_on.value() or self._today,
            to_on=self.to_on.value(),
            appointed_by=self.appointed_by.value() or None,
            confirmed_on=self.confirmed_on.value(),
        )
        appoint = self._members.appoint
        if self._desk.operations.run(appoint, draft, self.person.newcomer(), form=self) is not None:
            self.appointed.emit(draft.seat_id)


class EndTermForm(Form):
    """Record that a term ended before its time. `ended` sends the seat's id."""

    ended = Signal(str)

    def __init__(self, desk: Desk, term: Term, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._term = desk, term
        ends = [(end, labels.term_end(end)) for end in EARLY_ENDS]
        self.how = self.add("ended", ChoiceField(self.tr("How it ended"), ends, required=True))
        self.last_day = self.add(
            "ended_on",
            day_field(
                self.tr("Last day"),
                labels.today(),
                required=True,
                help_text=self.tr("The seat is vacant from the next day on."),
            ),
        )
        self.how.set_value(TermEnd.RESIGNED)
        self.last_day.set_value(labels.today())
        self.set_actions(self.tr("End the term"), self.tr("Cancel"))
        self.submitted.connect(self._end)
        place = Place(page="members", tab="commission", record_id=term.seat_id)
        keep_drafts(desk, self, f"end:{term.id}", self.tr("the end of a term"), place)

    @Slot()
    def _end(self) -> None:
        end_term = self._desk.session.members.end_term
        done = self._desk.operations.run(
            end_term, self._term.id, self.how.value(), self.last_day.value(), form=self
        )
        if done is not None:
            self.ended.emit(self._term.seat_id)


class OfficeForm(Form):
    """Give an office to the holder of a seat. `elected` sends the seat's id."""

    elected = Signal(str)

    def __init__(
        self, desk: Desk, view: SeatView, held: Sequence[OfficeTitle] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._view = desk, view
        titles = [(title, labels.office(title)) for title in OfficeTitle if title not in held]
        self.title = self.add("title", ChoiceField(self.tr("Office"), titles, required=True))
        self.from_on = self.add(
            "from_on",
            day_field(
                self.tr("From"),
                labels.today(),
                required=True,
                help_text=self.tr("Whoever holds it until then leaves it the day before."),
            ),
        )
        self.to_on = self.add("to_on", day_field(self.tr("To"), labels.today()))
        self.from_on.set_value(labels.today())
        self.set_actions(self.tr("Record the office"), self.tr("Cancel"))
        self.submitted.connect(self._elect)
        place = Place(page="members", tab="commission", record_id=view.seat.id)
        keep_drafts(desk, self, f"office:{view.seat.id}", self.tr("an election to an office"), place)

    @Slot()
    def _elect(self) -> None:
        holder = self._view.holder
        if holder is None:
            return
        elect = self._desk.session.members.elect
        days = self.from_on.value(), self.to_on.value()
        if self._desk.operations.run(elect, self.title.value(), holder.id, *days, form=self) is not None:
            self.elected.emit(self._view.seat.id)
