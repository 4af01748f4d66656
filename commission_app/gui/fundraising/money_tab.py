"""What the tabs of fundraising share: the three buttons of the title, and the way to forms and records."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.imports.words import ImportKind
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.menus import Menu

SHEET = 420
PAGE = "fundraising"


class MoneyTab(Tab):
    """A tab with Record a payment, New pledge and more; what they open stands in the tab of its kind."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.currency = desk.session.commission.get().currency or "USD"
        self.primary = Button(self.tr("Record a payment"), "primary", "payment", parent=self)
        self.primary.clicked.connect(self.want_payment)
        self.new_pledge = Button(self.tr("New pledge"), "secondary", "add", parent=self)
        self.new_pledge.clicked.connect(self.want_pledge)
        self.more = Button("", "icon", "more", name=self.tr("More"), parent=self)
        self.more.clicked.connect(self._open_more)

    @override
    def buttons(self) -> list[Button]:
        return [*super().buttons(), self.new_pledge, self.more]

    def show_permission(self, reason: str | None) -> None:
        """Say on the buttons why nothing can be recorded; None: it can."""
        for button in (self.primary, self.new_pledge):
            if button is not None:
                button.set_unavailable(reason)

    @Slot()
    def want_payment(self) -> None:
        """Begin a payment."""
        self.desk.navigate(Place(page=PAGE, tab="payments", action="new"))

    @Slot()
    def want_pledge(self) -> None:
        """Begin a pledge."""
        self.desk.navigate(Place(page=PAGE, tab="pledges", action="new"))

    @Slot(str)
    def want_pledge_to(self, campaign_id: str) -> None:
        """Begin a pledge to a campaign; empty: to any."""
        place = Place(page=PAGE, tab="pledges", record_id=campaign_id or None, action="new")
        self.desk.navigate(place)

    @Slot()
    def want_campaign(self) -> None:
        """Begin a campaign."""
        self.desk.navigate(Place(page=PAGE, tab="overview", action="new-campaign"))

    @Slot(str)
    def open_pledge(self, pledge_id: str) -> None:
        """Show a pledge with its details."""
        self.desk.navigate(Place(page=PAGE, tab="pledges", record_id=pledge_id))

    @Slot(str)
    def open_in_kind(self, pledge_id: str) -> None:
        """Show a pledge in kind with its deliveries."""
        self.desk.navigate(Place(page=PAGE, tab="in-kind", record_id=pledge_id))

    @Slot(str)
    def open_payment(self, payment_id: str) -> None:
        """Show a payment with its details."""
        self.desk.navigate(Place(page=PAGE, tab="payments", record_id=payment_id))

    @Slot(str)
    def open_donor(self, contact_id: str) -> None:
        """Show everything about a donor."""
        self.desk.navigate(Place(page=PAGE, tab="donor", record_id=contact_id))

    @Slot()
    def write_reminders(self) -> None:
        """Write to donors about what is overdue."""
        from commission_app.gui.fundraising.letters_reminders import ReminderDialog

        self._open(ReminderDialog(self.desk, self.window()))

    @Slot()
    def open_statements(self) -> None:
        """State what each donor gave in a year."""
        from commission_app.gui.fundraising.statements_dialog import StatementsDialog

        self._open(StatementsDialog(self.desk, self.window()))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def import_pledges(self) -> None:
        """Bring in a list of pledges."""
        self._import(ImportKind.PLEDGES)

    @Slot()
    def import_payments(self) -> None:
        """Bring in a list of payments."""
        self._import(ImportKind.PAYMENTS)

    def _import(self, kind: ImportKind) -> None:
        self._open(ImportDialog(self.desk, kind, parent=self.window()))

    @Slot()
    def want_years(self) -> None:
        """Show the years of the money, to close one."""
        from commission_app.gui.fundraising.years_dialog import open_years

        open_years(self.desk, self)

    @Slot()
    def want_journal(self) -> None:
        """Show the years of the money, to save the journal of one."""
        from commission_app.gui.fundraising.years_dialog import open_years

        open_years(self.desk, self, for_journal=True)

    @Slot()
    def match_bank(self) -> None:
        """Match a bank's list to what is expected."""
        from commission_app.gui.fundraising.bank_dialog import open_bank

        open_bank(self.desk, self)

    @Slot()
    def _open_more(self) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(self.tr("New campaign"), self.want_campaign, icon="add")
        if self.primary is not None and self.primary.isEnabled():
            menu.add(self.tr("Write reminders..."), self.write_reminders, icon="mail")
            menu.add(self.tr("Statements of gifts..."), self.open_statements, icon="letter-out")
            menu.add(self.tr("Import pledges..."), self.import_pledges, icon="import")
            menu.add(self.tr("Import payments..."), self.import_payments, icon="import")
            menu.add(self.tr("Match a bank’s list..."), self.match_bank, icon="import")
        menu.add(self.tr("Journal for the accountant..."), self.want_journal, icon="export")
        menu.add(self.tr("Close the year..."), self.want_years, icon="locked")
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))
