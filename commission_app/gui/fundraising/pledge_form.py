"""The form for a new pledge: of money with its schedule and what was paid before, or in kind."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.validation import NOTE
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.condition_fields import ConditionFields
from commission_app.gui.fundraising.money_fields import (
    CampaignField,
    DatedAmountsField,
    MoneyForm,
    ScheduleFields,
    campaign_row,
    text_or_none,
    today_or,
)
from commission_app.gui.fundraising.words import money_field
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import PersonFields, contact_row
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import RadioField, TextField
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.pledges import PaidBefore, PledgeView

_MOST_QUANTITY: Final = 999_999
_MOST_RECENT: Final = 20


class PledgeForm(MoneyForm):
    """Record a pledge, or correct one that is there. `added` and `saved` send its id."""

    added = Signal(str)
    saved = Signal(str)
    renamed: Mapping[str, str] = {
        "donor_id": "contact_id",
        "schedule.count": "count",
        "schedule.first_on": "first_on",
        "schedule.dates": "dates",
        "schedule": "every",
        "paid_before": "paid_before",
    }

    def __init__(
        self, desk: Desk, currency: str, view: PledgeView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._view = desk, view
        self.person = PersonFields(
            self, desk.session.contacts, self.tr("Donor"), any_kind=True, first=self._recent
        )
        self.campaign = self.add("campaign_id", CampaignField(desk, self.tr("Campaign"), required=True))
        self.campaign.choose_only()
        kinds = [(PledgeKind.MONEY, self.tr("Money")), (PledgeKind.IN_KIND, self.tr("In kind"))]
        self.what = self.add("what", RadioField(self.tr("Kind of gift"), kinds))
        self.what.set_value(PledgeKind.MONEY)
        self.amount = money_field(self.tr("Amount"), currency, required=True)
        self.pledged_on = day_field(self.tr("Pledged on"), labels.today(), required=True)
        self.add_row(("amount_cents", self.amount), ("pledged_on", self.pledged_on))
        self.pledged_on.set_value(labels.today())
        self.schedule = ScheduleFields(self, currency, self.amount.value)
        self.paid = self.add(
            "paid_before",
            DatedAmountsField(
                self.tr("Paid before"),
                currency,
                goes_on=self.tr("check 221"),
                help_text=self.tr(
                    "What came in before today, one a line, with how it came; it becomes payments."
                ),
            ),
        )
        self.description = self.add(
            "description", TextField(self.tr("What is promised"), limit=NOTE, required=True)
        )
        self.quantity = NumberField(self.tr("Quantity"), least=1, most=_MOST_QUANTITY, required=True)
        self.unit = TextField(self.tr("Unit"), placeholder=self.tr("items, nights, hours"))
        self.add_row(("quantity", self.quantity), ("unit", self.unit))
        self.estimate = self.add(
            "estimate_cents",
            money_field(
                self.tr("Internal estimate"),
                currency,
                help_text=self.tr("For the record only: no letter and no total shows it."),
            ),
        )
        self.terms = ConditionFields(self, desk, currency)
        save = self.tr("Record the pledge") if view is None else self.tr("Save the pledge")
        self.set_actions(save, self.tr("Cancel"))
        self.what.changed.connect(self._switch)
        self.submitted.connect(self._record if view is None else self._change)
        if view is not None:
            self._show_pledge(view)
        self._switch()
        self._keep_drafts()

    def begin_in_kind(self) -> None:
        """Begin with a pledge of goods, nights or hours."""
        self.what.set_value(PledgeKind.IN_KIND)
        self._switch()

    def _recent(self) -> list[str]:
        """Those who gave last: the payers of the newest payments."""
        newest = self._desk.session.payments.page(limit=_MOST_RECENT).rows
        return [line.payer_id for line in newest]

    def _keep_drafts(self) -> None:
        if self._view is None:
            place = Place(page="fundraising", tab="pledges", action="new")
            keep_drafts(self._desk, self, "pledge:new", self.tr("a new pledge"), place)
            return
        pledge_id = self._view.rows.pledge.id
        place = Place(page="fundraising", tab="pledges", record_id=pledge_id, action="edit")
        what = self.tr("the pledge by {donor}").format(donor=self._view.donor.name)
        keep_drafts(self._desk, self, f"pledge:{pledge_id}", what, place)

    def _show_pledge(self, view: PledgeView) -> None:
        """Begin with a pledge. Money stays money; what was agreed anew is not corrected here."""
        pledge = view.rows.pledge
        self.person.lookup.set_value(contact_row(view.donor))
        self.campaign.set_value(campaign_row(view.campaign))
        self.what.set_value(pledge.kind)
        self.what.hide()
        self.amount.set_value(pledge.amount_cents)
        self.pledged_on.set_value(pledge.pledged_on)
        if pledge.schedule is not None:
            self.schedule.set_schedule(pledge.schedule)
        self.description.set_value(pledge.description)
        self.quantity.set_value(pledge.quantity)
        self.unit.set_value(pledge.unit)
        self.estimate.set_value(pledge.estimate_cents)
        self.terms.show_pledge(pledge, self._desk)
        self.show_above(
            Paragraph(
                self.tr(
                    "For what was typed wrong. If something new was agreed, use “Change the terms” instead."
                )
                if pledge.kind is PledgeKind.MONEY
                else self.tr("For what was typed wrong."),
                "meta",
                "ink-2",
                parent=self,
            )
        )

    @Slot()
    def _switch(self) -> None:
        in_kind = self.what.value() is PledgeKind.IN_KIND
        for field in (self.description, self.quantity, self.unit, self.estimate):
            field.setVisible(in_kind)
            field.setEnabled(in_kind)
        for other in (self.amount, self.paid):
            wanted = not in_kind and not (other is self.paid and self._view is not None)
            other.setVisible(wanted)
            other.setEnabled(wanted)
        self.schedule.set_enabled(not in_kind)
        self.terms.set_kind(PledgeKind.IN_KIND if in_kind else PledgeKind.MONEY)

    def draft(self) -> PledgeDraft:
        """The pledge as it stands in the fields."""
        in_kind = self.what.value() is PledgeKind.IN_KIND
        return PledgeDraft(
            kind=self.what.value(),
            donor_id=self.person.contact_id(),
            campaign_id=self.campaign.value() or "",
            pledged_on=today_or(self.pledged_on.value()),
            amount_cents=None if in_kind else self.amount.value(),
            schedule=None if in_kind else self.schedule.schedule(),
            description=text_or_none(self.description.value()) if in_kind else None,
            unit=text_or_none(self.unit.value()) if in_kind else None,
            quantity=self.quantity.value() if in_kind else None,
            estimate_cents=self.estimate.value() if in_kind else None,
            **self.terms.values(),
        )

    def paid_before(self) -> list[PaidBefore]:
        """What the donor paid before, as payments."""
        if self.what.value() is PledgeKind.IN_KIND:
            return []
        found = []
        for line in self.paid.lines():
            method, reference = words.method_and_reference(line.rest)
            found.append(
                PaidBefore(received_on=line.on, amount_cents=line.cents, method=method, reference=reference)
            )
        return found

    @Slot()
    def _record(self) -> None:
        done = self._desk.operations.run(
            self._desk.session.pledges.record,
            self.draft(),
            newcomer=self.person.newcomer(),
            paid_before=self.paid_before(),
            form=self,
        )
        if done is not None:
            self.added.emit(done.value)

    @Slot()
    def _change(self) -> None:
        if self._view is None:
            return
        pledge_id = self._view.rows.pledge.id
        change, newcomer = self._desk.session.pledges.change, self.person.newcomer()
        done = self._desk.operations.run(change, pledge_id, self.draft(), newcomer=newcomer, form=self)
        if done is not None:
            self.saved.emit(pledge_id)
