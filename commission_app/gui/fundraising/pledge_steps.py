"""What is done about a pledge that is there: new terms, a write-off, a delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.pledge_accounts import account_of
from commission_app.domain.pledge_checks import as_change
from commission_app.domain.pledges import DeliveryDraft, TermsChangeDraft, WriteOffDraft
from commission_app.domain.schedules import Instalment, Schedule
from commission_app.domain.validation import NOTE, RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.contact_field import ContactField
from commission_app.gui.fundraising.money_fields import MoneyForm, ScheduleFields, text_or_none, today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import TextAreaField, TextField
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.services.pledges import PledgeView

#: Units that are counted by the minute elsewhere.
_HOURS = frozenset({"hour", "hours", "h"})


def _keep_drafts(desk: Desk, form: MoneyForm, view: PledgeView, action: str, what: str) -> None:
    place = Place(page="fundraising", tab="pledges", record_id=view.rows.pledge.id, action=action)
    keep_drafts(desk, form, f"{action}:{view.rows.pledge.id}", what.format(donor=view.donor.name), place)


def planned_with(view: PledgeView, terms: TermsChangeDraft) -> Sequence[Instalment]:
    """The plan as it would be with new terms, what is paid included; empty where they do not fit."""
    rows = view.rows
    change = as_change(terms, len(rows.changes))
    after = account_of(replace(rows, changes=(*rows.changes, change)), max(change.on, labels.today()))
    if after is None or after.pledged_cents != terms.amount_cents:
        return ()
    return [Instalment(due_on=part.due_on, amount_cents=part.amount_cents) for part in after.instalments]


class TermsForm(MoneyForm):
    """Another amount or schedule from a day on; what is paid stays where it is. `done` sends the pledge."""

    done = Signal(str)
    renamed: Mapping[str, str] = {
        "schedule.count": "count",
        "schedule.first_on": "first_on",
        "schedule.dates": "dates",
        "schedule": "every",
    }

    def __init__(self, desk: Desk, view: PledgeView, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._view = desk, view
        account = view.account
        self.amount = words.money_field(
            self.tr("New amount"),
            currency,
            required=True,
            help_text=self.tr("The whole pledge; {amount} of it is paid.").format(
                amount=words.money(account.paid_cents, currency, sign=True)
            ),
        )
        self.on = day_field(self.tr("From"), labels.today(), required=True)
        self.add_row(("amount_cents", self.amount), ("on", self.on))
        self.amount.set_value(account.pledged_cents)
        self.on.set_value(labels.today())
        self.schedule = ScheduleFields(self, currency, self.amount.value, self._plan)
        if account.schedule is not None:
            self.schedule.set_schedule(account.schedule)
        self.reason = self.add("reason", TextField(self.tr("Reason"), limit=RECOMMENDED))
        self.set_actions(self.tr("Change the terms"), self.tr("Cancel"))
        self.submitted.connect(self._change)
        _keep_drafts(desk, self, view, "terms", self.tr("new terms for the pledge by {donor}"))

    def draft(self, schedule: Schedule, cents: int) -> TermsChangeDraft:
        """The new terms as they stand in the fields."""
        return TermsChangeDraft(
            pledge_id=self._view.rows.pledge.id,
            on=today_or(self.on.value()),
            amount_cents=cents,
            schedule=schedule,
            reason=text_or_none(self.reason.value()) if "reason" in self.fields else None,
        )

    def _plan(self, schedule: Schedule, cents: int) -> Sequence[Instalment]:
        return planned_with(self._view, self.draft(schedule, cents))

    @Slot()
    def _change(self) -> None:
        schedule, cents = self.schedule.schedule(), self.amount.value()
        if schedule is None or cents is None:
            return
        change = self._desk.session.pledges.change_terms
        if self._desk.operations.run(change, self.draft(schedule, cents), form=self) is not None:
            self.done.emit(self._view.rows.pledge.id)


class WriteOffForm(MoneyForm):
    """Give up a part of what is open, the oldest first. `done` sends the pledge."""

    done = Signal(str)
    renamed: Mapping[str, str] = {"instalments": "amount_cents"}

    def __init__(self, desk: Desk, view: PledgeView, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._pledge_id = desk, view.rows.pledge.id
        self.amount = words.money_field(
            self.tr("Amount"),
            currency,
            required=True,
            help_text=self.tr("Taken from the oldest open installments; payments stay."),
        )
        self.on = day_field(self.tr("On"), labels.today(), required=True)
        self.add_row(("amount_cents", self.amount), ("on", self.on))
        self.amount.set_value(view.account.balance_cents or None)
        self.on.set_value(labels.today())
        self.reason = self.add(
            "reason", TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=4)
        )
        self.decided_by = self.add("decided_by", TextField(self.tr("Decided by")))
        self.set_actions(self.tr("Write it off"), self.tr("Cancel"))
        self.submitted.connect(self._write_off)
        _keep_drafts(desk, self, view, "write-off", self.tr("a write-off for {donor}"))

    @Slot()
    def _write_off(self) -> None:
        draft = WriteOffDraft(
            pledge_id=self._pledge_id,
            on=today_or(self.on.value()),
            amount_cents=self.amount.value() or 0,
            reason=self.reason.value(),
            decided_by=text_or_none(self.decided_by.value()),
        )
        write_off = self._desk.session.pledges.write_off
        if self._desk.operations.run(write_off, draft, form=self) is not None:
            self.done.emit(self._pledge_id)


class DeliveryForm(MoneyForm):
    """What came of a pledge in kind. `done` sends the pledge."""

    done = Signal(str)

    def __init__(self, desk: Desk, view: PledgeView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._pledge_id = desk, view.rows.pledge.id
        pledge = view.rows.pledge
        self._unit, self._left = pledge.unit, (pledge.quantity or 0) - (view.account.delivered or 0)
        label = self.tr("Quantity ({unit})").format(unit=pledge.unit) if pledge.unit else self.tr("Quantity")
        self.quantity = NumberField(label, least=1, most=999_999, required=True)
        self.on = day_field(self.tr("Delivered on"), labels.today(), required=True)
        self.add_row(("quantity", self.quantity), ("on", self.on))
        self.quantity.set_value(max(1, self._left))
        self.quantity.changed.connect(self.compare)
        self.compare()
        self.on.set_value(labels.today())
        self.by = self.add(
            "contact_id",
            ContactField(
                desk,
                self.tr("Brought by"),
                help_text=self.tr("Where it was not {donor}, who gets the receipt.").format(
                    donor=view.donor.name
                ),
            ),
        )
        self.note = self.add("note", TextField(self.tr("Note"), limit=NOTE))
        self.set_actions(self.tr("Record the delivery"), self.tr("Cancel"))
        self.submitted.connect(self._deliver)
        _keep_drafts(desk, self, view, "deliver", self.tr("a delivery by {donor}"))

    @Slot()
    def compare(self) -> None:
        """Say below the quantity how it stands to what was promised."""
        still, more = self.tr("{amount} are still to come."), self.tr("{amount} more than was promised.")
        over = (self.quantity.value() or 0) - max(0, self._left)
        text, count = (more, over) if over > 0 else (still, self._left)
        words_of_hours = ""
        if (self._unit or "").casefold() in _HOURS:
            words_of_hours = self.tr("Whole hours; parts of an hour are counted under Volunteer hours.")
        told = text.format(amount=words.quantity(count, self._unit))
        self.quantity.set_help(" ".join(filter(None, (told, words_of_hours))))

    @Slot()
    def _deliver(self) -> None:
        draft = DeliveryDraft(
            pledge_id=self._pledge_id,
            on=today_or(self.on.value()),
            quantity=self.quantity.value() or 0,
            contact_id=self.by.value(),
            note=text_or_none(self.note.value()),
        )
        if self._desk.operations.run(self._desk.session.pledges.deliver, draft, form=self) is not None:
            self.done.emit(self._pledge_id)
