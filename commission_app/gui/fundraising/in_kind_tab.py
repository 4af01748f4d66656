"""In kind: what was pledged in goods and nights, what of it came, and the hours that volunteers gave."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.hours_view import HoursView
from commission_app.gui.fundraising.in_kind_list import InKindList
from commission_app.gui.fundraising.money_tab import PAGE, SHEET, MoneyTab
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_steps import DeliveryForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_table import RowAction


class InKindTab(MoneyTab):
    """The pledges in kind with their sheet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._count = 0
        self.list = InKindList(desk, self)
        self.list.opened.connect(self.show_pledge)
        self.list.table.set_actions(
            RowAction(
                self.tr("Record a delivery"),
                self.deliver_selected,
                "gift",
                why_not=desk.operations.read_only_reason,
            ),
            RowAction(self.tr("The donor’s whole story"), self._open_donor_of_row, "person"),
        )
        self.empty = EmptyState(
            "gift",
            self.tr("Nothing is pledged in kind"),
            self.tr("Nights for guests, instruments, printing: what is promised and what of it came."),
            self.tr("Record the first pledge"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self.new_here)
        self.hours = HoursView(desk, self)
        self.hours.donor_opened.connect(self.open_donor)
        names = {"pledged": "", "hours": self.tr("Volunteer hours"), "people": self.tr("Hours by person")}
        self.pills = Pills(names, parent=self)
        self.pills.chosen.connect(self._arrange)
        self._page = ScrollPage(top=12, parent=self)
        self._page.column.setSpacing(12)
        self._page.column.addWidget(self.pills)
        self._page.column.addWidget(self.hours, 1)
        self._page.column.addWidget(self.list, 1)
        self._page.column.addWidget(self.empty, 1)
        self.set_records(self.list, self._page, width=SHEET)
        self.refresh()

    @Slot()
    def _arrange(self) -> None:
        """What was pledged, or the hours."""
        hours = self._shows_hours()
        if hours and self.sheet_content() is not None:
            self.close_sheet()
        self.list.setVisible(self._count > 0 and not hours)
        self.empty.setVisible(not self._count and not hours)
        self.hours.setVisible(hours)
        self.hours.show_totals(self.pills.current() == "people")

    def _shows_hours(self) -> bool:
        return self.pills.current() != "pledged"

    @override
    def refresh(self) -> None:
        self._count = self.list.reload()
        self.hours.refresh()
        said = self.tr("Pledged {count}").format(count=self.locale().toString(self._count))
        self.pills.say("pledged", said, is_shown=True)
        self._arrange()
        self.refresh_details(self.content_as(PledgeDetails))

    # The sheet

    @Slot(str)
    def show_pledge(self, pledge_id: str) -> None:
        """Select a pledge and show what of it came."""
        if not self.list.select(pledge_id) or self.shown_id() == pledge_id:
            return
        details = PledgeDetails(self.desk, pledge_id, self.currency)
        details.donor_opened.connect(self.open_donor)
        details.deliver_wanted.connect(self.deliver)
        details.edit_wanted.connect(self._edit)
        details.cancel_wanted.connect(self._cancel)
        details.letter_wanted.connect(self.thank)
        self.open_sheet(details.view.donor.name, details)

    def _current(self) -> PledgeDetails | None:
        return self.content_as(PledgeDetails)

    @override
    def shown_id(self) -> str | None:
        details = self._current()
        return details.pledge_id if details is not None else None

    @override
    def after_sheet(self) -> None:
        target = self.pills["pledged"] if self.list.isHidden() else self.list.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def record_widget(self) -> QWidget | None:
        details = self._current()
        return details.first_step() if details is not None else None

    # What can be done

    @Slot()
    def deliver(self) -> None:
        """Record what came of the pledge that is open."""
        details = self._current()
        if details is not None:
            form = DeliveryForm(self.desk, details.view)
            form.done.connect(self.show_pledge)
            self.open_sheet(self.tr("Record a delivery"), form)

    @Slot()
    def deliver_selected(self) -> None:
        """Record what came of the selected pledge."""
        line = self.list.table.current()
        if line is not None:
            self.show_pledge(line.id)
            self.deliver()

    @Slot()
    def _edit(self) -> None:
        self._elsewhere("edit")

    @Slot()
    def _cancel(self) -> None:
        self._elsewhere("cancel")

    @Slot()
    def thank(self) -> None:
        """Write the letter about the pledge that is open: thanks once something came of it."""
        details = self._current()
        if details is None:
            return
        if not details.view.account.delivered:
            self._elsewhere("letter")
            return
        from commission_app.gui.fundraising.letters_form import LetterForm

        self.open_sheet(self.tr("Thank the donor"), LetterForm(self.desk, details.pledge_id))

    def _elsewhere(self, action: str) -> None:
        """What is done about every pledge is done among the pledges."""
        self.desk.navigate(Place(page=PAGE, tab="pledges", record_id=self.shown_id(), action=action))

    @Slot()
    def _open_donor_of_row(self) -> None:
        line = self.list.table.current()
        if line is not None:
            self.open_donor(line.donor_id)

    @Slot()
    @override
    def new_here(self) -> None:
        if self._shows_hours():
            self.hours.form.focus_first()
            return
        self.desk.navigate(Place(page=PAGE, tab="pledges", action="in-kind"))

    @override
    def edit_here(self) -> None:
        line = self.list.table.current()
        if line is not None and self.shown_id() is None:
            self.show_pledge(line.id)
        if self.shown_id() is not None:
            self._edit()

    @override
    def filter_here(self) -> None:
        if self._shows_hours():
            self.hours.filter_here()
        else:
            self.list.filter_here()

    @override
    def remove_here(self) -> None:
        if self._shows_hours():
            self.hours.remove_selected()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "hours":
            self.pills["hours"].click()
            self.hours.form.focus_first()
        elif place.record_id is not None:
            self.pills["pledged"].click()
            self.show_pledge(place.record_id)
            if place.action == "deliver":
                self.deliver()
