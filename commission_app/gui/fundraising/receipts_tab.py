"""Receipts: how many payments wait for theirs, issuing them, and all that were issued."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.issue_dialog import (
    MOST,
    Candidate,
    IssueDialog,
    Offer,
    candidates_in_kind,
    candidates_of,
)
from commission_app.gui.fundraising.issued_sheet import IssuedSheet
from commission_app.gui.fundraising.money_tab import SHEET, MoneyTab
from commission_app.gui.fundraising.receipt_details import ReceiptDetails
from commission_app.gui.fundraising.receipt_list import ReceiptList
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_table import RowAction
from commission_app.gui.widgets.text import IconLabel, Text
from commission_app.services.payment_lists import PaymentFilter


class ReceiptsTab(MoneyTab):
    """What waits on top, the table with its sheet below. The primary button issues what waits."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._receipts = desk.session.receipts
        self._nothing: str | None = None
        self.record = self.primary
        self.issue = Button(self.tr("Issue receipts..."), "primary", "receipt", parent=self)
        self.primary = self.issue
        if self.record is not None:
            self.record.set_kind("secondary")
        self.issue.clicked.connect(self.issue_waiting)
        self.waiting = Text("", "row-title", wrap=True, parent=self)
        self.waiting_more = Text("", "meta", "ink-2", wrap=True, parent=self)
        self._icon = IconLabel("receipt", "ink-2", 20, self)
        self.list = ReceiptList(desk, self.currency, self)
        self.list.opened.connect(self.show_receipt)
        self.list.table.remove_wanted.connect(self.void_selected)
        self.list.table.set_actions(
            RowAction(self.tr("The payment"), self._open_payment_of_row, "payment"),
            RowAction(self.tr("The donor’s whole story"), self._open_donor_of_row, "person"),
            RowAction(self.tr("Void..."), self.void_selected, "void", "Del", why_not=self._why_not_void),
        )
        self.empty = EmptyState(
            "receipt",
            self.tr("No receipts yet"),
            self.tr("Every payment gets one numbered paper. It is frozen when it is issued."),
            parent=self,
        )
        self._page = ScrollPage(top=12, parent=self)
        self._page.column.setSpacing(12)
        self._page.column.addWidget(self._band())
        self._page.column.addWidget(self.list, 1)
        self._page.column.addWidget(self.empty, 1)
        self.set_records(self.list, self._page, width=SHEET)
        self.refresh()

    def _band(self) -> QWidget:
        """How many wait, with the button."""
        band = QWidget(self)
        words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words.setSpacing(2)
        words.addWidget(self.waiting)
        words.addWidget(self.waiting_more)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, band)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.issue, 0, Qt.AlignmentFlag.AlignVCenter)
        return band

    @override
    def buttons(self) -> list[Button]:
        return [button for button in (self.record, self.new_pledge, self.more) if button is not None]

    @override
    def show_permission(self, reason: str | None) -> None:
        for button in (self.record, self.new_pledge):
            if button is not None:
                button.set_unavailable(reason)

    # Rows

    @override
    def refresh(self) -> None:
        count = self.list.reload()
        self.list.setVisible(count > 0)
        self.empty.setVisible(not count)
        self._tell_waiting()
        self.refresh_details(self.content_as(ReceiptDetails))

    def _tell_waiting(self) -> None:
        money, in_kind = self._receipts.waiting_count(), len(self._receipts.waiting_in_kind())
        none = self.tr("No payment waits for a receipt")
        one, many = (
            self.tr("{count} payment without a receipt"),
            self.tr("{count} payments without a receipt"),
        )
        text = one if money == 1 else many
        self.waiting.setText(text.format(count=self.locale().toString(money)) if money else none)
        one, many = self.tr("and {count} gift in kind"), self.tr("and {count} gifts in kind")
        text = one if in_kind == 1 else many
        more = [text.format(count=self.locale().toString(in_kind))] if in_kind else []
        if parted := self._receipts.parted_count():
            one, many = (
                self.tr("{count} of them has parts for different receivers and can get no receipt"),
                self.tr("{count} of them have parts for different receivers and can get no receipt"),
            )
            more.append((one if parted == 1 else many).format(count=self.locale().toString(parted)))
        self.waiting_more.setText("; ".join(more))
        self.waiting_more.setVisible(bool(more))
        self._nothing = None if money or in_kind else self.tr("Nothing waits for a receipt.")
        self.issue.set_unavailable(self.why_not_new())

    @override
    def why_not_new(self) -> str | None:
        return self.desk.operations.keeper_reason() or self._nothing

    @override
    def _settle_primary(self) -> None:
        """What was just issued has the primary button of the page: it is to be printed."""
        super()._settle_primary()
        if isinstance(self.sheet_content(), IssuedSheet):
            self.issue.set_kind("secondary")

    # Issuing

    @Slot()
    def issue_waiting(self) -> None:
        """Ask, and issue what waits: the oldest payments first, then gifts in kind."""
        self._ask(*self._waiting(None), offer=self._waiting)

    def _waiting(self, since: date | None) -> tuple[list[Candidate], int]:
        """What waits since a day, or all of it: the first, and how many that are."""
        ids = self._receipts.waiting_ids(PaymentFilter(from_on=since))
        in_kind = [each for each in candidates_in_kind(self.desk) if since is None or each.on >= since]
        found = [*candidates_of(self.desk, self.currency, ids[:MOST]), *in_kind][:MOST]
        return found, len(ids) + len(in_kind)

    def _ask(self, candidates: Sequence[Candidate], count: int = 0, offer: Offer | None = None) -> None:
        reason = self.desk.operations.keeper_reason()
        if reason is not None or not candidates:
            self.desk.messages.warn(reason or self.tr("Nothing waits for a receipt."))
            return
        dialog = IssueDialog(self.desk, candidates, count, self.window(), offer=offer)
        dialog.exec()
        issued = list(dialog.issued)
        dialog.deleteLater()
        if issued:
            one, many = self.tr("The receipt is issued."), self.tr("{count} receipts are issued.")
            text = (one if len(issued) == 1 else many).format(count=len(issued))
            self.desk.messages.done(text, undo=False)  # what left the house is final
            self.show_issued(issued)

    def show_issued(self, receipt_ids: Sequence[str]) -> None:
        """Show the originals of receipts that were just issued."""
        sheet = IssuedSheet(self.desk, receipt_ids, self.currency)
        sheet.receipt_opened.connect(self.show_receipt)
        one, many = self.tr("Issued"), self.tr("{count} issued")
        self.open_sheet((one if len(receipt_ids) == 1 else many).format(count=len(receipt_ids)), sheet)
        sheet.print.setFocus(Qt.FocusReason.TabFocusReason)

    # The sheet

    @Slot(str)
    def show_receipt(self, receipt_id: str) -> None:
        """Select a receipt and show its paper."""
        if not self.list.select(receipt_id) or self.shown_id() == receipt_id:
            return
        details = ReceiptDetails(self.desk, receipt_id, self.currency)
        details.payment_opened.connect(self.open_payment)
        details.pledge_opened.connect(self.open_in_kind)
        details.donor_opened.connect(self.open_donor)
        contact = details.view.contact
        self.open_sheet(contact.name if contact else self.tr("Lost number"), details)

    @override
    def shown_id(self) -> str | None:
        details = self.content_as(ReceiptDetails)
        return details.receipt_id if details is not None else None

    @override
    def after_sheet(self) -> None:
        target = self.list.table if self.list.isVisible() else self.issue
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def _why_not_void(self) -> str | None:
        line = self.list.table.current()
        if line is not None and line.voided_on is not None:
            return self.tr("It is void already.")
        return self.desk.operations.keeper_reason()

    @Slot()
    def void_selected(self) -> None:
        """Show the selected receipt and ask for the reason why it is void."""
        line = self.list.table.current()
        if line is None or self._why_not_void() is not None:
            return
        self.show_receipt(line.id)
        content = self.content_as(ReceiptDetails)
        if content is not None:
            content.ask_to_void()

    @Slot()
    def _open_payment_of_row(self) -> None:
        line = self.list.table.current()
        if line is not None and line.payment_id is not None:
            self.open_payment(line.payment_id)

    @Slot()
    def _open_donor_of_row(self) -> None:
        line = self.list.table.current()
        if line is not None and line.contact_id is not None:
            self.open_donor(line.contact_id)

    @override
    def new_here(self) -> None:
        self.issue_waiting()

    @override
    def remove_here(self) -> None:
        self.void_selected()

    @override
    def edit_here(self) -> None:
        self.list.table.open_current()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "issue" and place.record_id is not None:
            ids = place.record_id.split()
            self._ask(candidates_of(self.desk, self.currency, ids[:MOST]), len(ids))
        elif place.action == "issue-in-kind" and place.record_id is not None:
            self._ask(candidates_in_kind(self.desk, place.record_id.split()))
        elif place.action == "issue":
            self.issue_waiting()
        elif place.record_id is not None:
            self.show_receipt(place.record_id)
