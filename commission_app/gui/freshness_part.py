"""What the main window does so that what it shows is true: after each change, each minute and at midnight."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from commission_app.errors import CommissionError
from commission_app.gui.page import Page

if TYPE_CHECKING:
    from commission_app.domain.findings import Finding
    from commission_app.gui.main_window import MainWindow
    from commission_app.services.session import Change

_MINUTE: Final = 60_000  # milliseconds


class FreshnessPart(QObject):
    """Has the pages read again what changed, and tells counts, the commission's name and the last saving."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self.minute_passed)

    def begin(self) -> None:
        """A file is open: show whose it is, and follow the clock."""
        self.show_commission()
        self.show_saved()
        self._minute.start()

    def end(self) -> None:
        """The file is closed."""
        self._minute.stop()

    # What stands around the pages

    def show_commission(self) -> None:
        """Show the commission's name and logo."""
        window, desk = self._window, self._window.desk
        if desk is None:
            return
        commission = desk.session.commission.get()
        window.header.file.set_name(commission.name, window.file_note(may_write=desk.session.may_write))
        logo = desk.session.commission.logo()
        window.header.file.set_logo(logo.data if logo else None, logo.type if logo else "")
        window.header.place()
        window.setWindowTitle(window.file_title(commission.name))

    def show_saved(self) -> None:
        """Show when the file was last changed."""
        from commission_app.gui import labels

        bar, desk = self._window.bar, self._window.desk
        if desk is None or not desk.session.may_write:
            bar.set_saved("")
            return
        at = desk.session.history.last_change_at()
        zone = desk.session.context.today().zone
        saved = self.tr("Saved {moment}").format(moment=labels.instant_local(at, zone)) if at else ""
        bar.set_saved(saved)

    @Slot(object)
    def show_counts(self, findings: "list[Finding]") -> None:
        """Show in the sidebar how many findings each page has."""
        from commission_app.gui.findings.groups import counts

        self._window.sidebar.set_counts(counts(findings))

    def _read_counts(self) -> None:
        """Home tells its findings itself each time it reads them."""
        desk = self._window.desk
        if desk is not None and not self._shows_home():
            self.show_counts(desk.session.attention.pressing())

    def _shows_home(self) -> bool:
        page = self._window.current_page()
        return page is not None and page.name == "home"

    # Changes

    @Slot(object)
    def take_in(self, change: "Change") -> None:
        """A use case was committed: what shows its tables reads them again."""
        window = self._window
        window.saying.drop_warning()
        window.stack.outdate_tables(change.tables)
        try:
            if window.running.take_in(change):
                return
            self.refresh_current()
            if change.tables & {"commission", "attachments", "settings"}:
                self.show_commission()
            if change.tables & {"contacts", "offices", "seats", "staff", "terms"}:
                window.people_changed.emit()
            self._read_counts()
            self.show_saved()
        except CommissionError as error:
            window.tell(error)

    @Slot()
    def refresh_current(self) -> None:
        """Have what is shown read its rows again."""
        page, screen = self._window.current_page(), self._window.running.screen
        if screen is not None:
            screen.refresh()
        elif page is not None:
            self._window.stack.refresh(page)

    def show_what_changed(self) -> None:
        """Show again what a screen over the whole window may have changed."""
        page, stack = self._window.current_page(), self._window.stack
        if page is not None and stack.is_outdated(page):
            stack.refresh(page)
        self._read_counts()
        self.show_saved()
        self._window.sidebar.setFocus()

    # Home and the clock

    def outdate_home(self) -> None:
        """Home reads its rows again: now, or when it is next shown."""
        self._window.stack.outdate({"home"})
        if self._shows_home():
            self.refresh_current()

    def tell_home(self, home: Page | None) -> None:
        """Home asks who is there until somebody said so for this file."""
        from commission_app.gui.home.page import HomePage

        desk = self._window.desk
        if desk is not None and isinstance(home, HomePage):
            home.asks_who = not self._window.preferences.person(desk.session.path)

    @Slot()
    def minute_passed(self) -> None:
        """Once a minute: the countdown goes on, and at midnight the day."""
        try:
            self._follow_the_clock()
        except CommissionError as error:
            self._window.tell(error)

    def _follow_the_clock(self) -> None:
        from commission_app.gui import labels

        desk = self._window.desk
        if desk is None or self._window.running.screen is not None:
            return
        today = desk.session.context.today().today
        if today != labels.today():
            labels.look_from(today)
            self._window.stack.outdate()
            self._read_counts()
            self.show_saved()
            self.refresh_current()
        else:
            self.outdate_home()
