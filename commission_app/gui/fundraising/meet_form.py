"""The condition of a pledge is met: from which day on it is due, and what a match has earned."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.pledges import TermsChangeDraft
from commission_app.domain.schedules import Instalment, Schedule
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.money_fields import MoneyForm, ScheduleFields, today_or
from commission_app.gui.fundraising.pledge_steps import planned_with
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.widgets.parsed_fields import ParsedField
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.pledges import PledgeView


class MeetForm(MoneyForm):
    """Say that a condition is met. A match becomes what it has earned by then. `done` sends the pledge."""

    done = Signal(str)
    renamed: Mapping[str, str] = {
        "schedule.count": "count",
        "schedule.first_on": "first_on",
        "schedule.dates": "dates",
        "schedule": "every",
    }

    def __init__(self, desk: Desk, view: PledgeView, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._view, self._currency = desk, view, currency
        pledge = view.rows.pledge
        self.told = Paragraph(pledge.condition or "", "body", "ink-2", parent=self)
        self.add_widget(self.told)
        self.on = self.add("on", day_field(self.tr("Met on"), labels.today(), required=True))
        self.on.set_help(self.tr("What is due is due from then on."))
        self.on.set_value(labels.today())
        self.amount: ParsedField[int] | None = None
        self.schedule: ScheduleFields | None = None
        if pledge.match_percent is not None:
            self._add_terms()
        self.set_actions(self.tr("The condition is met"), self.tr("Cancel"))
        self.submitted.connect(self._meet)
        place = Place(page="fundraising", tab="pledges", record_id=pledge.id, action="meet")
        what = self.tr("the condition of the pledge by {donor}").format(donor=view.donor.name)
        keep_drafts(desk, self, f"meet:{pledge.id}", what, place)

    def _add_terms(self) -> None:
        """What the pledge becomes: proposed is what it has earned."""
        account = self._view.account
        self.amount = self.add(
            "amount_cents", words.money_field(self.tr("The pledge becomes"), self._currency, required=True)
        )
        self.schedule = ScheduleFields(self, self._currency, self.amount.value, self._plan)
        if account.schedule is not None:
            self.schedule.set_schedule(account.schedule)
        self.on.changed.connect(self.propose)
        self.amount.changed.connect(self.tell_given_up)
        self.propose()

    @Slot()
    def propose(self) -> None:
        """Show what is earned by the day, unless another amount was typed."""
        if self.amount is None:
            return
        most = self._view.account.pledged_cents
        day = today_or(self.on.value())
        earned = self._desk.session.pledges.earned_cents(self._view.rows.pledge.id, day)
        text = self.tr("By {day} it has earned {earned} of {most}.")
        if not earned:
            text = self.tr("Nothing came in by {day} that it matches: cancel the pledge, or write it off.")
        self.told.setText(
            text.format(
                day=labels.day_field(day),
                earned=words.money(earned, self._currency, sign=True),
                most=words.money(most, self._currency, sign=True),
            )
        )
        if not self.amount.is_entered():
            self.amount.set_value(earned or None)
        self.tell_given_up()
        if self.schedule is not None:
            self.schedule.show_preview()

    @Slot()
    def tell_given_up(self) -> None:
        """Say below the amount what of the promise is given up by it, and that a match runs on."""
        if self.amount is None:
            return
        until, cents = self._view.rows.pledge.match_until, self.amount.value()
        gone = self._view.account.pledged_cents - cents if cents is not None else 0
        if gone <= 0:
            self.amount.set_help("")
            return
        said = self.tr("The other {amount} are given up.")
        day = today_or(self.on.value())
        if until is not None and until > day:
            said = self.tr(
                "The other {amount} are given up: what comes in after {day} is not matched any more, though "
                "the match runs until {until}. To keep it running, wait until then."
            )
        self.amount.set_help(
            said.format(
                amount=words.money(gone, self._currency, sign=True),
                day=labels.day_plain(day),
                until=labels.day_plain(until) if until is not None else "",
            )
        )

    def _terms(self, schedule: Schedule, cents: int) -> TermsChangeDraft:
        return TermsChangeDraft(
            pledge_id=self._view.rows.pledge.id,
            on=today_or(self.on.value()),
            amount_cents=cents,
            schedule=schedule,
            reason=self.tr("What the match has earned"),
        )

    def _plan(self, schedule: Schedule, cents: int) -> Sequence[Instalment]:
        return planned_with(self._view, self._terms(schedule, cents))

    def new_terms(self) -> TermsChangeDraft | None:
        """The terms as they stand in the fields; None where they stay as they are."""
        account = self._view.account
        if self.amount is None or self.schedule is None:
            return None
        schedule, cents = self.schedule.schedule(), self.amount.value()
        if (
            schedule is None
            or cents is None
            or (cents, schedule) == (account.pledged_cents, account.schedule)
        ):
            return None
        return self._terms(schedule, cents)

    @Slot()
    def _meet(self) -> None:
        pledge_id = self._view.rows.pledge.id
        meet = self._desk.session.pledges.meet_condition
        day = today_or(self.on.value())
        if self._desk.operations.run(meet, pledge_id, day, self.new_terms(), form=self) is not None:
            self.done.emit(pledge_id)
