"""The form for payments: who paid how much, and how it is laid over the open pledges; ready for the next."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.domain.pledges import PledgeState
from commission_app.domain.validation import NOTE, RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import DraftKeeper
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.fundraising.contact_field import ContactField
from commission_app.gui.fundraising.money_fields import CampaignField, MoneyForm, text_or_none, today_or
from commission_app.gui.fundraising.split_editor import SplitEditor
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import PersonFields
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field_fold import FieldFold
from commission_app.gui.widgets.fields import ChoiceField, RadioField, TextField
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Text
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine

_OPEN = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_MOST_PLEDGES, _MOST_OFFERED = 20, 40


class Use(StrEnum):
    """What becomes of money that no open pledge takes."""

    CREDIT = "credit"
    GIFT = "gift"
    OTHER = "other"
    BACK = "back"


class PaymentForm(MoneyForm):
    """Record payments, one after the other. `recorded` sends the payment's id."""

    recorded = Signal(str)
    renamed: Mapping[str, str] = {"payer_id": "contact_id", "allocations": "split", "give_back": "use"}

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._currency = desk, currency
        self._pledges, self._payments = desk.session.pledges, desk.session.payments
        self._named: list[str] = []
        self._others: list[str] = []
        self._payer = ""
        self._count = self._cents = 0
        self.person = PersonFields(
            self, desk.session.contacts, self.tr("From"), any_kind=True, first=self._expected
        )
        self.amount = words.money_field(self.tr("Amount"), currency, required=True)
        self.received_on = day_field(self.tr("Received"), labels.today(), required=True)
        self.add_row(("amount_cents", self.amount), ("received_on", self.received_on))
        self.received_on.set_value(labels.today())
        methods: list[tuple[PaymentMethod | None, str]] = [(None, self.tr("Not said"))]
        methods += [(value, words.method(value)) for value in PaymentMethod]
        self.method = ChoiceField(self.tr("Method"), methods)
        self.reference = TextField(self.tr("Reference"), placeholder=self.tr("check number"))
        self.add_row(("method", self.method), ("reference", self.reference))
        self.method.set_value(PaymentMethod.CHECK)
        self.adviser = self.add(
            "adviser_id",
            ContactField(
                desk,
                self.tr("Advised by"),
                help_text=self.tr("The fund pays. Its adviser is thanked and gets no tax receipt."),
            ),
        )
        self._make_split()
        self._make_rest()
        self._make_extras()
        self.set_actions(self.tr("Record the payment"), self.tr("Close"))
        self.so_far = Text("", "label", "ink-2", wrap=True, parent=self)
        self.so_far.hide()
        self.show_above(self.so_far)
        self.person.changed.connect(self._payer_changed)
        for field in (self.amount, self.received_on, self.campaign, self.use):
            field.changed.connect(self.propose)
        self.method.changed.connect(self._ask_adviser)
        self._ask_adviser()
        self.submitted.connect(self._record)
        self._drafts = DraftKeeper(desk, self)
        self.changed.connect(self._drafts.note)
        self.cancelled.connect(self._drafts.tell_kept)
        self.propose()

    @override
    def is_changed(self) -> bool:
        """Something is typed, or a sitting is under way: neither is given up for a row that is clicked."""
        return self._count > 0 or super().is_changed()

    def _make_split(self) -> None:
        self.rule = Button(self.tr("By the rule"), "link", parent=self)
        self.rule.set_tip(self.tr("The oldest open installments first"))
        self.rule.clicked.connect(self._by_rule)
        self.section = Section(self.tr("What it pays"), aside=self.rule, parent=self)
        self.split = SplitEditor(self._currency, self)
        self.split.changed.connect(self.propose)
        self.section.body.addSpacing(8)
        self.section.add(self.split)
        self.none = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.section.add(self.none)
        self.parted = Text("", "meta", "warn", wrap=True, parent=self)
        self.section.add(self.parted)
        self.add_widget(self.section)
        self.other = self.add(
            "other", LookupField(self.tr("Another pledge"), self._find, placeholder=self.tr("Type a donor"))
        )
        self.other.changed.connect(self._add_other)

    def _make_rest(self) -> None:
        self.rest = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.add_widget(self.rest)
        uses = [
            (Use.CREDIT, self.tr("Credit on the pledge")),
            (Use.GIFT, self.tr("A gift to a campaign")),
            (Use.OTHER, self.tr("For another pledge")),
            (Use.BACK, self.tr("Given back")),
        ]
        self.use = self.add("use", RadioField(self.tr("What becomes of the rest"), uses))
        self.campaign = self.add("campaign_id", CampaignField(self._desk, self.tr("The rest is a gift to")))
        self.why_back = self.add(
            "reason", TextField(self.tr("Why it is given back"), limit=RECOMMENDED, required=True)
        )

    def _make_extras(self) -> None:
        line = Button(self.tr("Goods in return, who asked for it"), "link", parent=self)
        self.add_widget(line)
        self.goods = self.add(
            "goods",
            TextField(
                self.tr("What the payer got in return"),
                limit=NOTE,
                placeholder=self.tr("two dinner tickets"),
                help_text=self.tr("The receipt may have to say so."),
            ),
        )
        self.goods_cents = self.add(
            "goods_cents",
            words.money_field(
                self.tr("What that is worth"),
                self._currency,
                help_text=self.tr("In good faith: what it would cost elsewhere."),
            ),
        )
        self.asked_by = self.add("asked_by_id", ContactField(self._desk, self.tr("Asked for by")))
        self.extras = (self.goods, self.goods_cents, self.asked_by)
        self.fold = FieldFold(self, line, ("goods", "goods_cents", "asked_by_id"))

    @Slot()
    def _ask_adviser(self) -> None:
        is_fund = self.method.value() is PaymentMethod.DONOR_ADVISED_FUND
        self.adviser.setVisible(is_fund)
        self.adviser.setEnabled(is_fund)

    # Which pledges

    def begin(self) -> None:
        """Enter any payment; what was typed before stands in the fields."""
        place = Place(page="fundraising", tab="payments", action="new")
        self._drafts.begin("payment:new", self.tr("a payment"), place)

    def begin_with(self, pledge_id: str) -> None:
        """Pay one pledge, by its donor unless somebody else is named."""
        view = self._pledges.account(pledge_id)
        self._named = [pledge_id]
        self.person.take(view.donor)
        due = view.account.overdue_cents or next(
            (part.open_cents for part in view.account.instalments if part.open_cents), 0
        )
        self.amount.set_value(due or None)
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.edit.selectAll()
        self.propose()
        place = Place(page="fundraising", tab="payments", record_id=pledge_id, action="pay")
        what = self.tr("a payment by {donor}").format(donor=view.donor.name)
        self._drafts.begin(f"payment:{pledge_id}", what, place)

    def _expected(self) -> list[str]:
        """Who is likely to pay: the donors of open pledges, the oldest due first."""
        open_ones = self._pledges.page(PledgeFilter(states=_OPEN), limit=_MOST_OFFERED).rows
        return [line.donor_id for line in open_ones]

    @Slot()
    def _payer_changed(self) -> None:
        payer = self.person.contact_id()
        if payer != self._payer:
            self._payer = payer
            self.split.by_hand = False
            self.propose()

    def _offered(self) -> list[PledgeLine]:
        """The named pledge, else the payer's open ones, the oldest due first; and those added by hand."""
        ids = list(self._named)
        if not ids and self._payer:
            own = PledgeFilter(donor_id=self._payer, states=_OPEN)
            ids = [line.id for line in self._pledges.page(own, limit=_MOST_PLEDGES).rows]
        return self._pledges.lines([*ids, *(other for other in self._others if other not in ids)])

    def _find(self, text: str) -> list[LookupRow]:
        found = self._pledges.page(PledgeFilter(text=text, states=_OPEN), limit=_MOST_OFFERED).rows
        return [
            LookupRow(
                line.id, f"{line.donor}, {line.campaign}", words.money(line.balance_cents, self._currency)
            )
            for line in found
        ]

    @Slot()
    def _add_other(self) -> None:
        pledge_id = self.other.value()
        if pledge_id:
            self._others.append(str(pledge_id))
            self.other.set_value(None)
            if not self._payer and not self.person.is_new():
                donor = self._pledges.account(str(pledge_id)).donor
                self.person.take(donor)
                self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self.propose()

    # The proposal

    @Slot()
    def _by_rule(self) -> None:
        self.split.by_hand = False
        self.propose()

    @Slot()
    def propose(self) -> None:
        """Lay the amount over the pledges by rule, unless split by hand, and tell of the rest."""
        lines = self._offered()
        self.split.set_lines(lines)
        if not self.split.by_hand:
            found: dict[str, int] = {}
            for part in self._by_rule_over([line.id for line in lines], self.amount.value() or 0):
                if part.due_on is not None:
                    found[part.pledge_id] = found.get(part.pledge_id, 0) + part.amount_cents
            self.split.show_cents(found)
        self.none.setText("" if lines else self._without_pledges())
        self.none.setVisible(not lines)
        self.rule.setVisible(self.split.by_hand)
        self._tell_rest()
        self._tell_parted(lines)

    def _tell_parted(self, lines: list[PledgeLine]) -> None:
        """Say before it is recorded that no receipt can name all who receive it."""
        draft = self.draft()
        paid = {part.pledge_id for part in draft.allocations}
        purposes = {line.campaign_id for line in lines if line.id in paid}
        if draft.campaign_id is not None:
            purposes.add(draft.campaign_id)
        receivers = self._desk.session.receipts.receivers(draft) if len(purposes) > 1 else []
        text = receipt_words.parted(receivers)
        self.parted.setText(text)
        self.parted.setVisible(bool(text))

    def _without_pledges(self) -> str:
        if self._payer:
            return self.tr("No open pledge of theirs. Name a campaign for a gift, or add another pledge.")
        return self.tr("The open pledges of whoever pays stand here.")

    def _by_rule_over(self, ids: list[str], cents: int) -> tuple[Allocation, ...]:
        if not ids or not cents:
            return ()
        return self._payments.propose(cents, today_or(self.received_on.value()), ids)

    def rest_cents(self) -> int:
        """What no pledge gets; negative where the parts are more than the payment."""
        return (self.amount.value() or 0) - sum(self.split.cents().values())

    def asks_use(self) -> bool:
        """Whether something is left over that could become one thing or another."""
        return self.rest_cents() > 0 and bool(self.split.lines)

    def _chosen_use(self) -> Use | None:
        """What becomes of the rest; without a pledge it can only be a gift."""
        if self.rest_cents() <= 0:
            return None
        return self.use.value() if self.split.lines else Use.GIFT

    def _tell_rest(self) -> None:
        rest, use = self.rest_cents(), self._chosen_use()
        for field, is_wanted in (
            (self.use, self.asks_use()),
            (self.campaign, use is Use.GIFT),
            (self.why_back, use is Use.BACK),
        ):
            field.setVisible(is_wanted)
            field.setEnabled(is_wanted)
        self.rest.setVisible(rest != 0)
        self.rest.set_colour("over" if rest < 0 else "ink-2")
        row = self.campaign.row()
        amount = words.money(abs(rest), self._currency, sign=True)
        text = self._rest_words(rest, use, has_campaign=row is not None)
        self.rest.setText(text.format(amount=amount, campaign=row.title if row else ""))

    def _rest_words(self, rest: int, use: Use | None, *, has_campaign: bool) -> str:
        if rest < 0:
            return self.tr("The parts are {amount} more than the payment.")
        if use is Use.GIFT:
            if has_campaign:
                return self.tr("{amount} is a gift to {campaign}.")
            return self.tr("Name the campaign that {amount} is a gift to.")
        if use is Use.CREDIT:
            return self.tr("{amount} stays as credit on the first pledge.")
        if use is Use.OTHER:
            return self.tr("Name the pledge that gets {amount} under “Another pledge”.")
        if use is Use.BACK:
            return self.tr("The payment is recorded in full, and {amount} of it is given back at once.")
        return self.tr("{amount} is more than the pledges take.")

    def draft(self) -> PaymentDraft:
        """The payment as it stands in the fields, its parts laid on instalments."""
        rest, use = self.rest_cents(), self._chosen_use()
        found: list[Allocation] = []
        if self.split.by_hand:
            for pledge_id, cents in self.split.cents().items():
                found += self._by_rule_over([pledge_id], cents)
        else:
            ids = [line.id for line in self.split.lines]
            found += self._by_rule_over(ids, sum(self.split.cents().values()))
        if use is Use.CREDIT:
            first = next(iter(self.split.cents()), self.split.lines[0].id)
            credit = sum(
                part.amount_cents for part in found if part.pledge_id == first and part.due_on is None
            )
            found = [part for part in found if part.pledge_id != first or part.due_on is not None]
            found.append(Allocation(pledge_id=first, due_on=None, amount_cents=credit + rest))
        return PaymentDraft(
            payer_id=self.person.contact_id(),
            received_on=today_or(self.received_on.value()),
            amount_cents=self.amount.value() or 0,
            method=self.method.value(),
            reference=text_or_none(self.reference.value()),
            campaign_id=self.campaign.value() if use is Use.GIFT else None,
            asked_by_id=self.asked_by.value(),
            adviser_id=self.adviser.value() if self.adviser.isEnabled() else None,
            goods=text_or_none(self.goods.value()),
            goods_cents=self.goods_cents.value(),
            allocations=tuple(found),
        )

    # Recording

    @Slot()
    def _record(self) -> None:
        if self.split.problems():
            return
        wrong = self._rest_problem()
        if wrong:
            self.show_errors(wrong)
            return
        draft = self.draft()
        returned = self.rest_cents() if self._chosen_use() is Use.BACK else 0
        done = self._desk.operations.run(
            self._payments.record,
            draft,
            self.person.newcomer(),
            give_back=returned,
            reason=self.why_back.value(),
            form=self,
        )
        if done is not None:
            self._count, self._cents = self._count + 1, self._cents + draft.amount_cents - returned
            self._begin_again()
            self.recorded.emit(done.value)

    def _rest_problem(self) -> dict[str, str]:
        rest, use = self.rest_cents(), self._chosen_use()
        if rest < 0:
            return {"split": self.rest.text()}
        if rest and use is None:
            amount = words.money(rest, self._currency, sign=True)
            return {"use": self.tr("Choose what becomes of {amount}.").format(amount=amount)}
        return {"other": self.rest.text()} if use is Use.OTHER else {}

    def _begin_again(self) -> None:
        """Ready for the next check: day, method and campaign stay, the rest is empty."""
        self._named, self._others = [], []
        self.split.by_hand = False
        self.person.leave_new()
        self.person.lookup.set_value(None)
        self._payer = ""
        for field in (self.amount, self.reference, self.use, self.why_back, *self.extras):
            field.set_value(None)
        self.campaign.set_value(self.campaign.row())
        self.method.set_value(self.method.value())
        self.received_on.set_value(self.received_on.value())
        one = self.tr("Recorded in this sitting: {count} payment, {amount}")
        many = self.tr("Recorded in this sitting: {count} payments, {amount} in all")
        amount = words.money(self._cents, self._currency, sign=True)
        self.so_far.setText((one if self._count == 1 else many).format(count=self._count, amount=amount))
        self.so_far.show()
        self.propose()
        self.person.lookup.setFocus(Qt.FocusReason.OtherFocusReason)
