"""One donor's story: every pledge and payment in the order of time, with the totals."""

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.pledges import PledgeKind
from commission_app.errors import NotFoundError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.money_tab import MoneyTab
from commission_app.gui.members.names import name_runs
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import ScrollPage, Section
from commission_app.gui.widgets.text import Line, Run, Text
from commission_app.services.pledge_standing import DonorStory

_WIDEST = 860


class DonorTab(MoneyTab):
    """Everything about one donor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._donor_id: str | None = None
        self.story: DonorStory | None = None
        self.name = Line("", "title", parent=self)
        self.reach = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.contact = Button(self.tr("Open contact"), "link", parent=self)
        self.contact.clicked.connect(self._open_contact)
        self.totals = Line("", parent=self)
        self.mark = InfoMark(
            Explanation(
                number=self.tr("Given, pledged and open"),
                counted=self.tr(
                    "Given: every payment from this donor that is not voided, less what was given back; "
                    "gifts, credit and others’ pledges included. Pledged, paid and open: the donor’s own "
                    "pledges of money, by whomever they are paid."
                ),
            ),
            self,
        )
        self.pledges = Section(self.tr("Pledges"), parent=self)
        self.credit = Section(self.tr("Asked for"), parent=self)
        self.credit.add_after(
            InfoMark(
                Explanation(
                    number=self.tr("Asked for"),
                    counted=self.tr(
                        "What others pledged and paid because this one asked. It is their money and stands "
                        "in no total of this page, in no receipt and in no statement of this one."
                    ),
                ),
                self,
            )
        )
        self.timeline = Section(self.tr("In the order of time"), parent=self)
        body = QWidget(self)
        body.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        sums = QHBoxLayout()
        sums.setSpacing(6)
        sums.addWidget(self.totals)
        sums.addWidget(self.mark)
        sums.addStretch(1)
        column.addWidget(self.name)
        column.addWidget(self.reach)
        column.addWidget(self.contact, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(sums)
        for section in (self.pledges, self.credit, self.timeline):
            column.addWidget(section)
        self._page = ScrollPage(top=16, parent=self)
        self._page.column.addWidget(body)
        self._page.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page)

    @override
    def open_at(self, place: Place) -> None:
        if place.record_id is not None:
            self._donor_id = place.record_id
            self.refresh()

    @override
    def refresh(self) -> None:
        if self._donor_id is None:
            return
        try:
            story = self.desk.session.pledges.story(self._donor_id)
        except NotFoundError:
            return
        self.story = story
        self.name.set_runs(name_runs(story.donor.name, "title"))
        self.reach.setText(" · ".join(filter(None, (story.donor.email, story.donor.phone))))
        self.reach.setVisible(bool(self.reach.text()))
        self._show_totals(story)
        self._show_pledges(story)
        self._show_credit(story)
        self._show_timeline(story)

    def _money(self, cents: int, *, sign: bool = False) -> str:
        return words.money(cents, self.currency, sign=sign)

    def _show_totals(self, story: DonorStory) -> None:
        runs: list[Run] = []
        figures = [
            (self.tr("given"), story.given_cents, "ink"),
            (self.tr("pledged"), story.pledged_cents, "ink"),
            (self.tr("open"), story.balance_cents, "ink"),
        ]
        if gone := sum(account.written_off_cents for account in story.accounts):
            figures.insert(2, (self.tr("written off"), gone, "ink"))
        if story.overdue_cents:
            figures.append((self.tr("overdue"), story.overdue_cents, "over"))
        for name, cents, colour in figures:
            runs.append(Run(self._money(cents, sign=True), "subtitle", colour, 24))
            runs.append(Run(name, "body", "ink-2", 6))
        self.totals.set_runs(runs)

    def _show_pledges(self, story: DonorStory) -> None:
        self.pledges.clear()
        self.pledges.setVisible(bool(story.accounts))
        self.pledges.set_heading(self.tr("Pledges"), len(story.accounts))
        for account in story.accounts:
            pledge = account.pledge
            campaign = story.campaigns[pledge.campaign_id].name
            if pledge.kind is PledgeKind.IN_KIND:
                text = f"{campaign}, {pledge.description or ''}"
                amount = words.quantity(pledge.quantity or 0, pledge.unit)
            else:
                text = f"{campaign}, {words.schedule(account.schedule)}"
                amount = self.tr("{open} of {pledged} open").format(
                    open=self._money(account.balance_cents), pledged=self._money(account.pledged_cents)
                )
                if account.written_off_cents:
                    gone = self._money(account.written_off_cents)
                    amount = self.tr("{amount}, {gone} written off").format(amount=amount, gone=gone)
            row = MoneyRow(
                labels.day_field(pledge.pledged_on),
                text,
                amount,
                chip=words.state_of(account.state, is_waiting=account.is_waiting),
                record_id=pledge.id,
                parent=self,
            )
            row.opened.connect(self.open_pledge)
            self.pledges.add(row)

    def _show_credit(self, story: DonorStory) -> None:
        """Soft credit: what others pledged and paid because this one asked."""
        found = [one for one in self.desk.session.pledges.asked() if one.contact_id == story.donor.id]
        self.credit.clear()
        self.credit.setVisible(bool(found))
        for one in found:
            for name, cents in (
                (self.tr("Pledged by others, asked for by this donor"), one.pledged_cents),
                (self.tr("Received from others, asked for by this donor"), one.received_cents),
            ):
                if cents:
                    self.credit.add(MoneyRow("", name, self._money(cents)))

    def _show_timeline(self, story: DonorStory) -> None:
        found: list[tuple[date, int, MoneyRow]] = []
        for account in story.accounts:
            pledge = account.pledge
            campaign = story.campaigns[pledge.campaign_id].name
            text = self.tr("Pledged to {campaign}").format(campaign=campaign)
            cents = pledge.amount_cents
            amount = (
                words.quantity(pledge.quantity or 0, pledge.unit) if cents is None else self._money(cents)
            )
            row = MoneyRow(labels.day_field(pledge.pledged_on), text, amount, record_id=pledge.id)
            row.opened.connect(self.open_pledge)
            found.append((pledge.pledged_on, 0, row))
            if pledge.cancelled_on is not None:
                text = self.tr("Cancelled: {reason}").format(reason=pledge.cancel_reason or "")
                row = MoneyRow(labels.day_field(pledge.cancelled_on), text, record_id=pledge.id)
                row.opened.connect(self.open_pledge)
                found.append((pledge.cancelled_on, 2, row))
        for payment in story.payments:
            payer = story.payers[payment.payer_id].name
            said = " ".join(filter(None, (words.method(payment.method), payment.reference)))
            text = self.tr("Paid") if payment.payer_id == story.donor.id else self.tr("Paid by {name}")
            text = text.format(name=payer)
            voided = payment.voided_on is not None
            row = MoneyRow(
                labels.day_field(payment.received_on),
                f"{text}. {said}" if said else text,
                self._money(payment.amount_cents),
                chip=labels.voided() if voided else None,
                record_id=payment.id,
                quiet=voided,
            )
            row.opened.connect(self.open_payment)
            found.append((payment.received_on, 1, row))
        for refund in story.refunds:
            voided = refund.voided_on is not None
            row = MoneyRow(
                labels.day_field(refund.on),
                self.tr("Given back: {reason}").format(reason=refund.reason),
                self._money(-refund.amount_cents),
                chip=labels.voided() if voided else None,
                record_id=refund.payment_id,
                quiet=voided,
            )
            row.opened.connect(self.open_payment)
            found.append((refund.on, 2, row))
        self.timeline.clear()
        self.timeline.setVisible(bool(found))
        for _, _, row in sorted(found, key=lambda entry: entry[:2]):
            self.timeline.add(row)

    @Slot()
    def _open_contact(self) -> None:
        if self._donor_id is not None:
            self.desk.navigate(Place(page="members", tab="contacts", record_id=self._donor_id))

    @override
    def new_here(self) -> None:
        self.want_pledge()
