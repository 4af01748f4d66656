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
from commission_app.gui.fundraising.money_fields import (
    CampaignField,
    DatedAmountsField,
    MoneyForm,
    ScheduleFields,
    text_or_none,
    today_or,
)
from commission_app.gui.fundraising.words import money_field
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import PersonFields
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import RadioField, TextField
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.services.pledges import PaidBefore

_MOST_QUANTITY: Final = 999_999


class PledgeForm(MoneyForm):
    """Record a pledge. `added` sends its id."""

    added = Signal(str)
    renamed: Mapping[str, str] = {
        "donor_id": "contact_id",
        "schedule.count": "count",
        "schedule.first_on": "first_on",
        "schedule.dates": "dates",
        "schedule": "every",
        "paid_before": "paid_before",
    }

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.person = PersonFields(self, desk.session.contacts, self.tr("Donor"), any_kind=True)
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
                help_text=self.tr("What came in before today, one a line; it becomes payments."),
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
        self.set_actions(self.tr("Record the pledge"), self.tr("Cancel"))
        self.what.changed.connect(self._switch)
        self.submitted.connect(self._record)
        self._switch()
        place = Place(page="fundraising", tab="pledges", action="new")
        keep_drafts(desk, self, "pledge:new", self.tr("a new pledge"), place)

    @Slot()
    def _switch(self) -> None:
        in_kind = self.what.value() is PledgeKind.IN_KIND
        for field in (self.description, self.quantity, self.unit, self.estimate):
            field.setVisible(in_kind)
            field.setEnabled(in_kind)
        for other in (self.amount, self.paid):
            other.setVisible(not in_kind)
            other.setEnabled(not in_kind)
        self.schedule.set_enabled(not in_kind)

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
        )

    def paid_before(self) -> list[PaidBefore]:
        """What the donor paid before, as payments."""
        if self.what.value() is PledgeKind.IN_KIND:
            return []
        return [
            PaidBefore(received_on=part.due_on, amount_cents=part.amount_cents) for part in self.paid.parts()
        ]

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
