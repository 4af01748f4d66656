"""Pledges: all of them in a table, one beside it with everything that happened to it."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.pledges import PledgeState
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.meet_form import MeetForm
from commission_app.gui.fundraising.money_fields import campaign_row
from commission_app.gui.fundraising.money_tab import PAGE, SHEET, MoneyTab
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledge_list import PledgeList
from commission_app.gui.fundraising.pledge_steps import DeliveryForm, TermsForm, WriteOffForm
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_table import RowAction


class PledgesTab(MoneyTab):
    """The table with its sheet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pledges = desk.session.pledges
        self.list = PledgeList(desk, self.currency, self)
        self.list.opened.connect(self.show_pledge)
        self.list.table.remove_wanted.connect(self.remove_selected)
        self.list.table.set_actions(
            RowAction(self.tr("Record a payment"), self._pay_selected, "payment"),
            RowAction(self.tr("Address labels..."), self.print_labels, "list", several=True),
            RowAction(
                self.tr("Remove"),
                self.remove_selected,
                shortcut="Del",
                several=True,
                why_not=desk.operations.read_only_reason,
            ),
        )
        self._page = ScrollPage(top=12, parent=self)
        self._page.column.addWidget(self.list, 1)
        self.set_records(self.list, self._page, width=SHEET)
        self.list.table.edits = self.edit_here
        self.empty = EmptyState(
            "fundraising",
            self.tr("No pledges yet"),
            self.tr("What a donor promises stands here, with every payment on it."),
            self.tr("Record the first pledge"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self.new_here)
        self.list.pledge_wanted.connect(self.want_pledge_to)
        self._page.column.addWidget(self.empty, 1)
        self.refresh()

    # Rows

    @override
    def refresh(self) -> None:
        count = self.list.reload()
        self.list.setVisible(count > 0)
        self.empty.setVisible(not count)
        self.refresh_details(self.content_as(PledgeDetails))

    @Slot(str)
    def show_pledge(self, pledge_id: str) -> None:
        """Select a pledge and show its details."""
        if not self.list.select(pledge_id) or self.shown_id() == pledge_id:
            return
        details = PledgeDetails(self.desk, pledge_id, self.currency)
        details.payment_wanted.connect(self._pay)
        details.payment_opened.connect(self.open_payment)
        details.donor_opened.connect(self.open_donor)
        details.edit_wanted.connect(self.edit_pledge)
        details.terms_wanted.connect(self._change_terms)
        details.write_off_wanted.connect(self._write_off)
        details.cancel_wanted.connect(self._ask_to_cancel)
        details.deliver_wanted.connect(self._deliver)
        details.meet_wanted.connect(self._meet)
        details.letter_wanted.connect(self._acknowledge)
        details.reminder_wanted.connect(self._remind)
        self.open_sheet(details.view.donor.name, details)

    @override
    def record_widget(self) -> QWidget | None:
        details = self._current()
        return details.first_step() if details is not None else None

    # What can be done

    @Slot()
    @override
    def new_here(self) -> None:
        self._new_pledge(in_kind=False)

    def _new_pledge(self, *, in_kind: bool, campaign_id: str | None = None) -> None:
        form = PledgeForm(self.desk, self.currency)
        if campaign_id is not None:
            form.campaign.set_value(campaign_row(self.desk.session.campaigns.get(campaign_id)))
        form.added.connect(self.show_pledge)
        if in_kind:
            form.begin_in_kind()
        self.open_sheet(self.tr("New pledge"), form)

    @Slot(str)
    def _pay(self, pledge_id: str) -> None:
        self.desk.navigate(Place(page=PAGE, tab="payments", record_id=pledge_id, action="pay"))

    def _current(self) -> PledgeDetails | None:
        return self.content_as(PledgeDetails)

    @override
    def shown_id(self) -> str | None:
        details = self._current()
        return details.pledge_id if details is not None else None

    @Slot()
    def edit_pledge(self) -> None:
        """Correct what was typed wrong in the pledge that is open."""
        details, why = self._current(), self.desk.operations.keeper_reason()
        if why is not None:
            self.desk.messages.warn(why)
        elif details is not None and details.view.account.state is not PledgeState.CANCELLED:
            form = PledgeForm(self.desk, self.currency, details.view)
            form.saved.connect(self.show_pledge)
            donor = details.view.donor.name
            self.open_sheet(self.tr("Edit the pledge by {donor}").format(donor=donor), form)

    @override
    def edit_here(self) -> None:
        line = self.list.current()
        if line is not None and self.shown_id() != line.id:
            self.show_pledge(line.id)
        self.edit_pledge()

    @Slot()
    def _change_terms(self) -> None:
        details = self._current()
        if details is not None:
            form = TermsForm(self.desk, details.view, self.currency)
            form.done.connect(self.show_pledge)
            self.open_sheet(self.tr("Change the terms"), form)

    @Slot()
    def _meet(self) -> None:
        details = self._current()
        if details is not None and details.view.account.is_waiting:
            form = MeetForm(self.desk, details.view, self.currency)
            form.done.connect(self.show_pledge)
            self.open_sheet(self.tr("The condition is met"), form)

    @Slot()
    def _write_off(self) -> None:
        details = self._current()
        if details is not None:
            form = WriteOffForm(self.desk, details.view, self.currency)
            form.done.connect(self.show_pledge)
            self.open_sheet(self.tr("Write off"), form)

    @Slot()
    def _deliver(self) -> None:
        details = self._current()
        if details is not None:
            form = DeliveryForm(self.desk, details.view)
            form.done.connect(self.show_pledge)
            self.open_sheet(self.tr("Record a delivery"), form)

    @Slot()
    def _acknowledge(self) -> None:
        details = self._current()
        if details is not None:
            from commission_app.gui.fundraising.letters_form import LetterForm

            thank, promised = self.tr("Thank the donor"), self.tr("Acknowledge the pledge")
            title = thank if details.view.account.delivered else promised
            self.open_sheet(title, LetterForm(self.desk, details.pledge_id))

    @Slot()
    def _remind(self) -> None:
        details = self._current()
        if details is not None:
            from commission_app.domain.donor_letters import DonorLetterKind
            from commission_app.gui.fundraising.letters_form import LetterForm

            form = LetterForm(self.desk, details.pledge_id, DonorLetterKind.REMINDER)
            self.open_sheet(self.tr("Remind the donor"), form)

    @Slot()
    def _ask_to_cancel(self) -> None:
        details = self._current()
        if details is None:
            return
        dialog = ReasonDialog(
            self.tr("Cancel the pledge by {donor}?").format(donor=details.view.donor.name),
            self.tr("It stays in the record with your reason, and no total counts it."),
            self.tr("Cancel the pledge"),
            self.tr("Keep it"),
            self.window(),
        )
        dialog.confirmed.connect(self._cancel)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object, str)
    def _cancel(self, on: date, reason: str) -> None:
        details = self._current()
        if details is not None:
            self.desk.operations.run(self._pledges.cancel, details.pledge_id, on, reason)

    @override
    def remove_here(self) -> None:
        self.remove_selected()

    @Slot()
    def remove_selected(self) -> None:
        """Remove the selected pledges, entered in error; one step that can be undone."""
        chosen = self.list.table.selected_keys()
        if chosen:
            self.desk.operations.run(self._pledges.remove, *chosen)

    @Slot()
    def print_labels(self) -> None:
        """Address labels for the donors of the selected pledges, one for each."""
        from commission_app.gui.fundraising.letters_labels import LabelsDialog

        chosen = self._pledges.lines([str(key) for key in self.list.table.selected_keys()])
        if chosen:
            donors = list(dict.fromkeys(line.donor_id for line in chosen))
            self._open(LabelsDialog(self.desk, donors, self.window()))

    @Slot()
    def _pay_selected(self) -> None:
        line = self.list.current()
        if line is not None:
            self._pay(line.id)

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "new":
            self._new_pledge(in_kind=False, campaign_id=place.record_id)
        elif place.action == "in-kind":
            self._new_pledge(in_kind=True)
        elif place.action == "import":
            self.import_pledges()
        elif place.action == "overdue":
            self.list.show_look("overdue")
        elif place.action == "reminders":
            self.list.show_look("overdue")
            self.write_reminders()
        elif place.action == "statements":
            self.open_statements()
        elif place.record_id is not None:
            self.show_pledge(place.record_id)
            begin = {
                "edit": self.edit_pledge,
                "terms": self._change_terms,
                "write-off": self._write_off,
                "deliver": self._deliver,
                "meet": self._meet,
                "letter": self._acknowledge,
                "remind": self._remind,
                "cancel": self._ask_to_cancel,
            }.get(place.action)
            if begin is not None:
                begin()
