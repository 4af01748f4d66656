"""What a pledge of money may depend on, and who asked for it: the fields that few pledges need."""

from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QObject, Slot

from commission_app.domain.conditions import MOST_PERCENT
from commission_app.domain.pledges import Pledge, PledgeKind
from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.contact_field import ContactField
from commission_app.gui.fundraising.money_fields import MoneyForm, text_or_none
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field_fold import FieldFold
from commission_app.gui.widgets.fields import RadioField, TextField
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine

_MOST_OFFERED: Final = 40
_ALL_IN_FULL: Final = 100  # percent: as much as others give
_MATCHING: Final = ("match_percent", "match_until", "matches_id")


class Depends(StrEnum):
    """What has to happen before the money is due."""

    NOTHING = "nothing"
    CONDITION = "condition"
    MATCHING = "matching"


class ConditionFields(QObject):
    """A condition in words, or what the pledge matches; and who asked for it. Folded away in the form."""

    def __init__(self, form: MoneyForm, desk: Desk, currency: str) -> None:
        super().__init__(form)
        self._pledges, self._currency = desk.session.pledges, currency
        line = Button(self.tr("A condition, matching, who asked for it"), "link", parent=form)
        form.add_widget(line)
        choices = [
            (Depends.NOTHING, self.tr("By its schedule")),
            (Depends.CONDITION, self.tr("Only when a condition is met")),
            (Depends.MATCHING, self.tr("As far as others give: it matches them")),
        ]
        self.depends = form.add("depends", RadioField(self.tr("Due"), choices))
        self.depends.set_value(Depends.NOTHING)
        self.condition = form.add(
            "condition",
            TextField(
                self.tr("The condition"),
                limit=RECOMMENDED,
                required=True,
                placeholder=self.tr("the Council approves the visit"),
                help_text=self.tr("Until it is met the pledge counts as promised and is not due."),
            ),
        )
        self.percent = NumberField(self.tr("Matches, in percent"), least=1, most=MOST_PERCENT, required=True)
        self.until = day_field(self.tr("Of what comes in until"), labels.today())
        form.add_row(("match_percent", self.percent), ("match_until", self.until))
        self.matches = form.add(
            "matches_id",
            LookupField(
                self.tr("Matches the pledge"),
                self._find,
                placeholder=self.tr("all others of the campaign"),
                help_text=self.tr("The amount of this pledge is the most that it can become."),
            ),
        )
        self.asked_by = form.add("asked_by_id", ContactField(desk, self.tr("Asked for by")))
        names = ("depends", "condition", *_MATCHING, "asked_by_id")
        self.fold = form.fold = FieldFold(form, line, names)
        self.depends.changed.connect(self._switch)
        self._is_money = True
        self._switch()

    def _find(self, text: str) -> list[LookupRow]:
        return [
            self._row(line) for line in self._pledges.page(PledgeFilter(text=text), limit=_MOST_OFFERED).rows
        ]

    def _row(self, line: PledgeLine) -> LookupRow:
        amount = words.money(line.pledged_cents, self._currency)
        return LookupRow(line.id, f"{line.donor}, {line.campaign}", amount)

    def set_kind(self, kind: PledgeKind) -> None:
        """Only money waits for a condition; who asked is known of both."""
        self._is_money = kind is PledgeKind.MONEY
        self._switch()

    @Slot()
    def _switch(self) -> None:
        depends = self._depends()
        unwanted = [] if self._is_money else ["depends"]
        if depends is not Depends.CONDITION:
            unwanted.append("condition")
        if depends is not Depends.MATCHING:
            unwanted += _MATCHING
        elif self.percent.value() is None:
            self.percent.set_value(_ALL_IN_FULL)
        self.fold.set_unwanted(*unwanted)

    def _depends(self) -> Depends:
        return (self.depends.value() or Depends.NOTHING) if self._is_money else Depends.NOTHING

    def show_pledge(self, pledge: Pledge, desk: Desk) -> None:
        """Begin with what a pledge says."""
        if pledge.match_percent is not None:
            self.depends.set_value(Depends.MATCHING)
        elif pledge.condition is not None:
            self.depends.set_value(Depends.CONDITION)
        self.condition.set_value(pledge.condition)
        self.percent.set_value(pledge.match_percent)
        self.until.set_value(pledge.match_until)
        if pledge.matches_id is not None:
            found = self._pledges.lines([pledge.matches_id])
            self.matches.set_value(self._row(found[0]) if found else None)
        if pledge.asked_by_id is not None:
            self.asked_by.take(desk.session.contacts.get(pledge.asked_by_id))
        if pledge.is_conditional or pledge.asked_by_id is not None:
            self.fold.set_open(True)
        self._switch()

    def values(self) -> dict[str, Any]:
        """What of a pledge these fields say, by its names."""
        depends = self._depends()
        is_matching = depends is Depends.MATCHING
        return {
            "asked_by_id": self.asked_by.value(),
            "condition": text_or_none(self.condition.value()) if depends is Depends.CONDITION else None,
            "match_percent": self.percent.value() if is_matching else None,
            "match_until": self.until.value() if is_matching else None,
            "matches_id": self.matches.value() if is_matching else None,
        }
