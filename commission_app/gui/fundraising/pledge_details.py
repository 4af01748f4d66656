"""One pledge: its figures, instalments, payments and changes, and what can be done about it."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.pledges import PledgeView

_DONE = (PledgeState.FULFILLED, PledgeState.WRITTEN_OFF, PledgeState.CANCELLED)


class PledgeDetails(QWidget):
    """A pledge as it stands today."""

    payment_wanted = Signal(str)
    payment_opened = Signal(str)
    donor_opened = Signal(str)
    edit_wanted = Signal()
    terms_wanted = Signal()
    write_off_wanted = Signal()
    cancel_wanted = Signal()
    meet_wanted = Signal()
    deliver_wanted = Signal()
    letter_wanted = Signal()
    reminder_wanted = Signal()

    def __init__(self, desk: Desk, pledge_id: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency = desk, currency
        self.pledge_id = pledge_id
        self._unreceipted: list[str] = []
        self.view: PledgeView = desk.session.pledges.account(pledge_id)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._make_head()
        self._make_steps()
        self.instalments = Section(self.tr("Installments"), parent=self)
        self.deliveries = Section(self.tr("Deliveries"), parent=self)
        self.payments = Section(self.tr("Payments"), parent=self)
        self.changes = Section(self.tr("Changes"), parent=self)
        for section in (self.instalments, self.deliveries, self.payments, self.changes):
            self._column.addWidget(section)
        self.refresh()

    # Parts

    def _make_head(self) -> None:
        self.chip = Chip(parent=self)
        self.what = Text("", "body", "ink-2", wrap=True, parent=self)
        self.depends = Text("", "body", "ink-2", wrap=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.what, 1)
        self.donor = Button(self.tr("The donor’s whole story"), "link", parent=self)
        self.donor.clicked.connect(self._open_donor)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.mark = InfoMark(parent=self)
        self._column.addLayout(row)
        self._column.addWidget(self.depends)
        self._column.addWidget(self.donor, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self._facts)

    def _make_steps(self) -> None:
        self.pay = Button(self.tr("Record a payment"), "secondary", "payment", "small", parent=self)
        self.pay.setAccessibleName(self.tr("Record a payment on this pledge"))
        self.deliver = Button(self.tr("Record a delivery"), "secondary", "gift", "small", parent=self)
        self.meet = Button(self.tr("Condition met..."), "secondary", "check", "small", parent=self)
        self.issue = Button(self.tr("Issue receipts..."), "secondary", "receipt", "small", parent=self)
        self.more = Button(self.tr("More"), "secondary", size="small", trailing="down", parent=self)
        self.meet.clicked.connect(self.meet_wanted)
        self.issue.clicked.connect(self.issue_receipts)
        self.pay.clicked.connect(self._want_payment)
        self.deliver.clicked.connect(self.deliver_wanted)
        self.more.clicked.connect(self._open_more)
        buttons = (self.pay, self.meet, self.deliver, self.issue, self.more)
        self._column.addWidget(Wrapped(WrappingRow(*buttons), self))

    def first_step(self) -> Button | None:
        """What is most likely done next: where the keyboard goes when the pledge was just saved."""
        offered = (self.meet, self.pay, self.deliver, self.more)
        return next((button for button in offered if button.isVisibleTo(self)), None)

    # What is shown

    def refresh(self) -> None:
        """Read the pledge again."""
        self.view = self._desk.session.pledges.account(self.pledge_id)
        pledge, account = self.view.rows.pledge, self.view.account
        in_kind = pledge.kind is PledgeKind.IN_KIND
        self.chip.set_spec(words.state_of(account.state, is_waiting=account.is_waiting))
        terms = pledge.description or "" if in_kind else words.schedule(account.schedule)
        self.what.setText(
            self.tr("{campaign}. {terms}, pledged on {day}.").format(
                campaign=self.view.campaign.name, terms=terms, day=labels.day_plain(pledge.pledged_on)
            )
        )
        depends = self._depends()
        self.depends.setText("\n".join(depends))
        self.depends.setVisible(bool(depends))
        self._show_facts()
        closed = account.state in _DONE
        self.pay.setVisible(not in_kind and account.state is not PledgeState.CANCELLED)
        self.deliver.setVisible(in_kind and not closed)
        self.more.setVisible(account.state is not PledgeState.CANCELLED)
        self.meet.setVisible(account.is_waiting)
        self.meet.set_unavailable(self._desk.operations.keeper_reason())
        self._show_instalments()
        self._show_payments()
        self._show_changes()

    def _depends(self) -> list[str]:
        """What the pledge waits for or has earned, and who asked for it."""
        pledge, account = self.view.rows.pledge, self.view.account
        lines = []
        if pledge.match_percent is not None:
            lines.append(self._match())
        elif pledge.condition is not None and account.is_waiting:
            lines.append(self.tr("Waits for: {condition}").format(condition=pledge.condition))
        if pledge.condition_met_on is not None:
            met = self.tr("Condition met on {day}: {condition}")
            if pledge.condition is None:
                met = self.tr("Condition met on {day}.")
            day = labels.day_plain(pledge.condition_met_on)
            lines.append(met.format(day=day, condition=pledge.condition or ""))
        if pledge.asked_by_id is not None:
            lines.append(self.tr("Asked for by {name}.").format(name=self._name(pledge.asked_by_id)))
        return lines

    def _match(self) -> str:
        pledge, account = self.view.rows.pledge, self.view.account
        whose = self.tr("what others give to {campaign}").format(campaign=self.view.campaign.name)
        if pledge.matches_id is not None:
            (matched,) = self._desk.session.pledges.lines([pledge.matches_id])
            whose = self.tr("what comes in on the pledge by {donor}").format(donor=matched.donor)
        text = self.tr("Matches {percent} % of {whose}.")
        if pledge.match_until is not None:
            text = self.tr("Matches {percent} % of {whose} until {day}.")
        day = labels.day_plain(pledge.match_until) if pledge.match_until is not None else ""
        text = text.format(percent=pledge.match_percent, whose=whose, day=day)
        if not account.is_waiting:
            return text
        earned = self._desk.session.pledges.earned_cents(self.pledge_id)
        so_far = self.tr("Waits for: {match} Earned so far: {amount}.")
        return so_far.format(match=text, amount=words.money(earned, self._currency, sign=True))

    def facts(self) -> list[tuple[str, str, str]]:
        """The figures with their words and colours."""
        pledge, account = self.view.rows.pledge, self.view.account
        if pledge.kind is PledgeKind.IN_KIND:
            found = [
                (self.tr("Promised"), words.quantity(pledge.quantity or 0, pledge.unit), "ink"),
                (self.tr("Delivered"), words.quantity(account.delivered or 0, pledge.unit), "ink"),
            ]
            if pledge.estimate_cents is not None:
                found.append((self.tr("Internal estimate"), self._money(pledge.estimate_cents), "ink-2"))
            return found
        found = [
            (self.tr("Pledged"), self._money(account.pledged_cents), "ink"),
            (self.tr("Paid"), self._money(account.paid_cents), "ink"),
        ]
        if account.written_off_cents:
            found.append((self.tr("Written off"), self._money(account.written_off_cents), "ink"))
        if account.credit_cents:
            found.append((self.tr("Credit"), self._money(account.credit_cents), "ink"))
        if account.overdue_cents:
            found.append((self.tr("Overdue"), self._money(account.overdue_cents), "over"))
        found.append(
            (self.tr("Balance"), words.money(account.balance_cents, self._currency, sign=True), "ink")
        )
        return found

    def _money(self, cents: int) -> str:
        return words.money(cents, self._currency)

    def _show_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.mark:
                widget.hide()
                widget.deleteLater()
        facts = self.facts()
        right = Qt.AlignmentFlag.AlignRight
        for at, (name, amount, colour) in enumerate(facts):
            strong = at == len(facts) - 1 and self.view.rows.pledge.kind is PledgeKind.MONEY
            role = "strong" if strong else "body"
            self._facts.addWidget(Text(name, role, "ink" if strong else "ink-2", parent=self), at, 0)
            self._facts.addWidget(Text(amount, role, colour, parent=self), at, 1, right)
        self._facts.addWidget(self.mark, len(facts) - 1, 2)
        self.mark.set_explanation(
            Explanation(
                number=self.tr("Balance {amount}").format(amount=facts[-1][1]),
                counted=self.tr(
                    "Pledged, less what payments that are not voided pay on installments, less what is "
                    "written off. Credit is money beyond the installments and does not lower the balance."
                ),
                source=self.tr("The terms of the pledge"),
            )
        )
        self.mark.setVisible(self.view.rows.pledge.kind is PledgeKind.MONEY)

    def _show_instalments(self) -> None:
        self.instalments.clear()
        parts = self.view.account.instalments
        self.instalments.setVisible(bool(parts))
        self.instalments.set_heading(self.tr("Installments"), len(parts))
        for part in parts:
            paid = self.tr("{amount} paid").format(amount=self._money(part.paid_cents))
            partly = 0 < part.paid_cents < part.amount_cents
            row = MoneyRow(
                labels.day_field(part.due_on),
                paid if partly else "",
                self._money(part.amount_cents),
                chip=words.instalment_state(part.state),
                quiet=not part.open_cents,
            )
            self.instalments.add(row)

    def _show_payments(self) -> None:
        rows = self.view.rows
        self.payments.clear()
        self.payments.setVisible(bool(rows.payments))
        self.payments.set_heading(self.tr("Payments"), len(rows.payments))
        payers = {
            line.id: line.payer
            for line in self._desk.session.payments.lines([payment.id for payment in rows.payments])
        }
        for payment in sorted(rows.payments, key=lambda found: found.received_on, reverse=True):
            own = sum(part.amount_cents for part in payment.allocations if part.pledge_id == self.pledge_id)
            said = " ".join(filter(None, (words.method(payment.method), payment.reference)))
            payer = payers.get(payment.id, "")
            if payer != self.view.donor.name:
                said = ", ".join(filter(None, (payer, said)))
            voided = payment.voided_on is not None
            row = MoneyRow(
                labels.day_field(payment.received_on),
                said or payer,
                self._money(own),
                chip=labels.voided() if voided else None,
                record_id=payment.id,
                quiet=voided,
            )
            row.opened.connect(self.payment_opened)
            self.payments.add(row)
        for refund in rows.refunds:
            own = sum(part.amount_cents for part in refund.parts if part.pledge_id == self.pledge_id)
            voided = refund.voided_on is not None
            row = MoneyRow(
                labels.day_field(refund.on),
                self.tr("Given back"),
                self._money(-own),
                note=refund.reason,
                chip=labels.voided() if voided else None,
                record_id=refund.payment_id,
                quiet=voided,
            )
            row.opened.connect(self.payment_opened)
            self.payments.add(row)

    def _show_changes(self) -> None:
        rows, pledge = self.view.rows, self.view.rows.pledge
        found: list[tuple[object, MoneyRow]] = []
        for write_off in rows.write_offs:
            amount, day = self._money(write_off.amount_cents), labels.day_field(write_off.on)
            row = MoneyRow(day, self.tr("Written off"), amount, note=write_off.reason)
            found.append((write_off.on, row))
        for change in rows.changes:
            text = self.tr("New terms: {schedule}").format(schedule=words.schedule(change.schedule))
            amount, day = self._money(change.amount_cents), labels.day_field(change.on)
            found.append((change.on, MoneyRow(day, text, amount, note=change.reason or "")))
        if pledge.cancelled_on is not None:
            day = labels.day_field(pledge.cancelled_on)
            row = MoneyRow(day, self.tr("Cancelled"), note=pledge.cancel_reason or "")
            found.append((pledge.cancelled_on, row))
        self.changes.clear()
        self.changes.setVisible(bool(found))
        for _, row in sorted(found, key=lambda pair: str(pair[0])):
            self.changes.add(row)
        self.deliveries.clear()
        self.deliveries.setVisible(bool(rows.deliveries))
        self._unreceipted = []
        for delivery in rows.deliveries:
            amount = words.quantity(delivery.quantity, pledge.unit)
            by = ""
            if delivery.contact_id is not None:
                by = self.tr("brought by {name}").format(name=self._name(delivery.contact_id))
            papers = [
                paper
                for paper in self._desk.session.receipts.of_delivery(delivery.id)
                if paper.voided_on is None
            ]
            if not papers:
                self._unreceipted.append(delivery.id)
            receipt = self.tr("Receipt {number}").format(number=papers[0].label) if papers else ""
            first, *rest = list(filter(None, (by, delivery.note, receipt))) or [""]
            row = MoneyRow(
                labels.day_field(delivery.on),
                first,
                amount,
                note=". ".join(rest),
                record_id=papers[0].id if papers else "",
            )
            row.opened.connect(self._open_receipt)
            self.deliveries.add(row)
        self.issue.setVisible(bool(self._unreceipted))
        self.issue.set_unavailable(self._desk.operations.keeper_reason())

    def _name(self, contact_id: str | None) -> str:
        return self._desk.session.contacts.get(contact_id).name if contact_id else ""

    # What can be done

    @Slot(str)
    def _open_receipt(self, receipt_id: str) -> None:
        self._desk.navigate(Place(page="fundraising", tab="receipts", record_id=receipt_id))

    @Slot()
    def issue_receipts(self) -> None:
        """Ask, and issue receipts for the deliveries without one, where receipts are."""
        of = " ".join(self._unreceipted)
        place = Place(page="fundraising", tab="receipts", record_id=of, action="issue-in-kind")
        self._desk.navigate(place)

    @Slot()
    def _unmeet(self) -> None:
        self._desk.operations.run(self._desk.session.pledges.meet_condition, self.pledge_id, None)

    @Slot()
    def _want_payment(self) -> None:
        self.payment_wanted.emit(self.pledge_id)

    @Slot()
    def _open_donor(self) -> None:
        self.donor_opened.emit(self.view.donor.id)

    def menu(self) -> Menu:
        """What else can be done."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        account = self.view.account
        cancelled = account.state is PledgeState.CANCELLED
        keeper = self._desk.operations.keeper_reason()
        paid = keeper
        if keeper is None and (account.paid_cents or account.credit_cents or account.delivered):
            paid = self.tr("Something is paid or delivered; write off the rest instead.")
        gone = keeper or (self.tr("The pledge is cancelled.") if cancelled else None)
        menu.add(self.tr("Edit"), self.edit_wanted.emit, icon="draft", shortcut="F2", unavailable=gone)
        if self.view.rows.pledge.kind is PledgeKind.MONEY:
            nothing = gone or (None if account.balance_cents else self.tr("Nothing is open."))
            menu.add(self.tr("Change the terms"), self.terms_wanted.emit, unavailable=gone)
            if self.view.rows.pledge.condition_met_on is not None:
                menu.add(self.tr("The condition is not met after all"), self._unmeet, unavailable=gone)
            menu.add(self.tr("Write off"), self.write_off_wanted.emit, unavailable=nothing)
        if not cancelled:
            thank = self.tr("Thank by letter")
            letter = thank if account.delivered else self.tr("Acknowledge by letter")
            menu.add(letter, self.letter_wanted.emit, icon="letter-out")
            late = None if account.overdue_cents else self.tr("Nothing is overdue.")
            menu.add(self.tr("Remind by letter"), self.reminder_wanted.emit, icon="mail", unavailable=late)
            menu.add(self.tr("Cancel the pledge..."), self.cancel_wanted.emit, unavailable=paid)
        menu.addSeparator()
        menu.add(self.tr("History of this pledge"), self._open_history, icon="history")
        return menu

    @Slot()
    def _open_history(self) -> None:
        self._desk.navigate(Place(page="history", record_id=self.pledge_id))

    @Slot()
    def _open_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))
