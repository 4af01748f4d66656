"""One donor's story: every pledge, payment and paper in the order of time, with the totals."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.pledges import PledgeKind
from commission_app.domain.receipts import Statement
from commission_app.errors import NotFoundError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import letters_words, receipt_words, words
from commission_app.gui.fundraising.money_tab import PAGE, MoneyTab
from commission_app.gui.members.names import name_runs
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import ScrollPage, Section
from commission_app.gui.widgets.text import Line, Run, Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.pledge_standing import DonorStory
from commission_app.services.receipt_lists import ReceiptFilter

_WIDEST = 860
#: A day, the order within it, and the row.
_Event = tuple[date, int, MoneyRow]


class DonorTab(MoneyTab):
    """Everything about one donor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._donor_id: str | None = None
        self.story: DonorStory | None = None
        self._statements: dict[str, Statement] = {}
        self.name = Line("", "title", parent=self)
        self.reach = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.contact = Button(self.tr("Open contact"), "link", parent=self)
        self.contact.clicked.connect(self._open_contact)
        self.statement = Button(self.tr("Statement..."), "secondary", "papers", "small", parent=self)
        self.statement.clicked.connect(self.issue_statement)
        self.label = Button(self.tr("Label..."), "secondary", "list", "small", parent=self)
        self.label.clicked.connect(self.print_label)
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
        self.credit = Section(self.tr("Soft credit"), parent=self)
        self.credit.add_after(
            InfoMark(
                Explanation(
                    number=self.tr("Soft credit"),
                    counted=self.tr(
                        "What others pledged and paid because this one asked, and what funds paid on this "
                        "one’s advice. It is their money and stands in no total of this page."
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
        column.addWidget(Wrapped(WrappingRow(self.statement, self.label, self.contact), self))
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
        self.statement.set_unavailable(self.desk.operations.keeper_reason())
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
                amount = self._money(account.pledged_cents)
                if account.balance_cents:
                    some = self.tr("{open} of {pledged} open")
                    amount = some.format(open=self._money(account.balance_cents), pledged=amount)
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
        """What others pledged and paid because this one asked, and funds on this one’s advice."""
        found = [one for one in self.desk.session.pledges.asked() if one.contact_id == story.donor.id]
        self.credit.clear()
        self.credit.setVisible(bool(found))
        for one in found:
            for name, cents in (
                (self.tr("Pledged by others, asked for by this donor"), one.pledged_cents),
                (self.tr("Received from others, asked for by this donor"), one.received_cents),
                (self.tr("Paid by donor-advised funds on this donor’s advice"), one.advised_cents),
            ):
                if cents:
                    self.credit.add(MoneyRow("", name, self._money(cents)))

    def _show_timeline(self, story: DonorStory) -> None:
        found = [
            *self._pledge_events(story),
            *self._payment_events(story),
            *self._paper_events(story.donor.id),
        ]
        self.timeline.clear()
        self.timeline.setVisible(bool(found))
        for _, _, row in sorted(found, key=lambda entry: entry[:2]):
            self.timeline.add(row)

    def _pledge_events(self, story: DonorStory) -> Iterator[_Event]:
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
            yield pledge.pledged_on, 0, row
            if pledge.cancelled_on is not None:
                text = self.tr("Cancelled: {reason}").format(reason=pledge.cancel_reason or "")
                row = MoneyRow(labels.day_field(pledge.cancelled_on), text, record_id=pledge.id)
                row.opened.connect(self.open_pledge)
                yield pledge.cancelled_on, 2, row

    def _payment_events(self, story: DonorStory) -> Iterator[_Event]:
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
            yield payment.received_on, 1, row
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
            yield refund.on, 2, row

    def _paper_events(self, donor_id: str) -> Iterator[_Event]:
        """What went out to the donor: receipts by their numbers, statements, letters."""
        session = self.desk.session
        chosen = ReceiptFilter(contact_id=donor_id)
        for receipt in session.receipts.lines(session.receipts.ids(chosen)):
            voided = receipt.voided_on is not None
            text = self.tr("Receipt {number}: {kind}")
            row = MoneyRow(
                labels.day_field(receipt.issued_on),
                text.format(number=receipt.label, kind=receipt_words.kind(receipt.kind)),
                chip=labels.voided() if voided else None,
                record_id=receipt.id,
                quiet=voided,
            )
            row.opened.connect(self.open_receipt)
            yield receipt.issued_on, 3, row
        self._statements = {one.id: one for one in session.statements.of_donor(donor_id)}
        for statement in self._statements.values():
            text = self.tr("Statement of gifts from {first} to {last}").format(
                first=labels.day_field(statement.from_on), last=labels.day_field(statement.to_on)
            )
            row = MoneyRow(labels.day_field(statement.issued_on), text, record_id=statement.id)
            row.opened.connect(self.show_statement)
            yield statement.issued_on, 4, row
        for letter in session.donor_letters.of_donor(donor_id):
            row = MoneyRow(
                labels.day_field(letter.on), letters_words.letter(letter), record_id=letter.pledge_id or ""
            )
            row.opened.connect(self.open_pledge)
            yield letter.on, 5, row

    # What can be done

    @Slot(str)
    def open_receipt(self, receipt_id: str) -> None:
        """Show a receipt with its paper."""
        self.desk.navigate(Place(page=PAGE, tab="receipts", record_id=receipt_id))

    @Slot(str)
    def show_statement(self, statement_id: str) -> None:
        """Show a statement as it was issued."""
        from commission_app.gui.fundraising.statement_copy import StatementCopyDialog

        self._open(StatementCopyDialog(self.desk, self._statements[statement_id], self.window()))

    @Slot()
    def issue_statement(self) -> None:
        """Issue a statement of what this donor gave."""
        from commission_app.gui.fundraising.statements_dialog import StatementsDialog

        if self._donor_id is not None:
            self._open(StatementsDialog(self.desk, self.window(), only=self._donor_id))

    @Slot()
    def print_label(self) -> None:
        """An address label for this donor."""
        from commission_app.gui.fundraising.letters_labels import LabelsDialog

        if self._donor_id is not None:
            self._open(LabelsDialog(self.desk, [self._donor_id], self.window()))

    @Slot()
    def _open_contact(self) -> None:
        if self._donor_id is not None:
            self.desk.navigate(Place(page="members", tab="contacts", record_id=self._donor_id))

    @override
    def new_here(self) -> None:
        self.want_pledge()
