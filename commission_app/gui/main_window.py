"""The main window: header, sidebar, the sheet with its pages, the message bar; or the welcome page.

Before its first paint it loads nothing but Qt; pages are imported on their first visit."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import CommissionError
from commission_app.gui import menu_bar, theme
from commission_app.gui.actions import Name, WindowActions
from commission_app.gui.appearance import Appearance
from commission_app.gui.archive import ArchivePart
from commission_app.gui.copies.band import CopyBand
from commission_app.gui.copies.window_part import CopiesPart
from commission_app.gui.dropping import take
from commission_app.gui.file_menu import file_menu
from commission_app.gui.focus_return import FocusReturn
from commission_app.gui.freshness_part import FreshnessPart
from commission_app.gui.header import Header, Sitter
from commission_app.gui.help_part import HelpPart
from commission_app.gui.message_part import MessagePart
from commission_app.gui.messages import Messages
from commission_app.gui.page import Page, Place
from commission_app.gui.page_stack import PageStack
from commission_app.gui.page_view import PageView
from commission_app.gui.preferences import Preferences
from commission_app.gui.run.window_part import RunPart
from commission_app.gui.search.window_part import SearchPart
from commission_app.gui.sheet import Sheet
from commission_app.gui.sidebar import Sidebar, entries
from commission_app.gui.sitting_part import SittingPart
from commission_app.gui.welcome.setup_part import SetupPart
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.message_bar import MessageBar
from commission_app.gui.widgets.page_parts import is_narrow
from commission_app.gui.widgets.text import Surface

_BARE: Final = 720  # pixels at 100 percent: a window in which the sidebar shows its icons alone

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.gui.operations import Operations
    from commission_app.services.session import Session

#: Together with the frame that a desktop puts round it the smallest window fits on 1024 x 700.
MINIMUM: Final = QSize(1012, 640)
_FRAME: Final = QSize(12, 48)
#: What can be dropped on the window to open it.
OPENED: Final = (".commission", ".sealed")
FIRST_SIZE: Final = QSize(1440, 900)


class MainWindow(QMainWindow):
    """One window with one open file, or the welcome page.

    Files are opened and closed by who made the window: `create_wanted`, `open_wanted`,
    `file_wanted`, `close_wanted`, and `backup_wanted` with what is wanted of a backup and its path."""

    create_wanted = Signal()
    open_wanted = Signal()
    file_wanted = Signal(object)
    close_wanted = Signal()
    backup_wanted = Signal(str, object)
    closing = Signal()
    people_changed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.desk: Desk | None = None
        self._operations: Operations | None = None
        self._places: list[Place] = []
        self._build()
        self.messages = Messages(self)
        self.actions_by_name = WindowActions(self)
        self.appearance = Appearance(preferences, self)
        self.copies = CopiesPart(self, self.band)
        self.archive = ArchivePart(self)
        self.saying = MessagePart(self, self.messages, self.bar)
        self.helping = HelpPart(self)
        self.setup = SetupPart(self)
        self.running = RunPart(self)
        self.searching = SearchPart(self)
        self.freshness = FreshnessPart(self)
        self.sitting = SittingPart(self)
        self._connect()
        if menu_bar.wants_menu_bar():
            self.setMenuBar(menu_bar.make_menu_bar(self.actions_by_name, self))
        self.setWindowTitle(QCoreApplication.translate("window", "Commission App"))
        self.setMinimumSize(MINIMUM)
        self.setAcceptDrops(True)
        self.set_skeleton()
        if not self.restoreGeometry(preferences.geometry):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _build(self) -> None:
        self.faces = QStackedWidget(self)
        face = Surface("chrome", self)
        self.header = Header(face)
        self.sidebar = Sidebar(entries(), face)
        self.sheet = Sheet(face)
        self.stack = PageStack()
        self.view = PageView(self.stack, self.sheet)
        FocusReturn(self.view)
        self.bar = MessageBar(self.sheet)
        self.band = CopyBand(self.sheet)
        self.sheet.column.addWidget(self.band)
        self.sheet.column.addWidget(self.view, 1)
        self.sheet.column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.sheet, 1)
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)
        self.faces.addWidget(face)
        self.setCentralWidget(self.faces)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.go_to_page)
        self.header.help.clicked.connect(self.helping.open_here)
        self.header.menu_requested.connect(self._open_file_menu)
        self.stack.made.connect(self._page_made)
        self.stack.troubled.connect(self.tell)
        slots: dict[Name, Callable[[], object]] = {
            Name.SEARCH: self.searching.open,
            Name.NEW: self._act_here,
            Name.EDIT: self._act_here,
            Name.REMOVE: self._act_here,
            Name.BACK: self.go_back,
            Name.ABOUT: self.helping.show_about,
            Name.FILTER: self._act_here,
            Name.PRINT: self._act_here,
            Name.UNDO: self.undo,
            Name.REDO: self.redo,
            Name.HELP: self.helping.open_here,
            Name.SHORTCUTS: self.helping.show_shortcuts,
            Name.CREATE_FILE: self._ask_to_create,
            Name.OPEN_FILE: self._ask_to_open,
            Name.CLOSE_FILE: self._ask_to_close,
            Name.BACK_UP: self._go_to_backups,
            Name.ARCHIVE: self.archive.save,
            Name.GIVE_COPY: self.copies.give,
            Name.SEND_BACK: self.copies.send_back,
            Name.LOAD_PARCEL: self.copies.load,
            Name.HAND_OVER: self.copies.hand_over,
            Name.RECEIVE: self.copies.receive,
            Name.LARGER_TEXT: self.appearance.enlarge_text,
            Name.SMALLER_TEXT: self.appearance.reduce_text,
            Name.SWITCH_THEME: self.appearance.switch_theme,
            Name.RUN: self.running.begin_here,
            Name.FULL_SCREEN: self.running.toggle_full_screen,
            Name.QUIT: self.close,
        }
        self.actions_by_name.connect_to(slots)
        self.actions_by_name.page_wanted.connect(self.go_to_page)
        theme.notifier().changed.connect(self._fit)

    # Faces

    def set_skeleton(self) -> None:
        """The empty frame: what is painted first, and what is behind a dialog while a file opens."""
        self.faces.setCurrentIndex(0)
        self.sidebar.setEnabled(False)
        self.sidebar.set_counts({})
        self.header.file.set_name("")
        self.header.person.set_sitter(None)
        self.header.search.setEnabled(False)
        self.bar.clear()
        self.bar.set_saved("")
        self.actions_by_name.set_file_open(False)

    def show_welcome(self, welcome: QWidget) -> None:
        """Show the welcome page in the whole window."""
        self.setWindowTitle(QCoreApplication.translate("window", "Commission App"))
        if self.faces.indexOf(welcome) < 0:
            self.faces.addWidget(welcome)
        self.faces.setCurrentWidget(welcome)
        welcome.setFocus()

    # The open file

    def open_session(self, session: "Session", sitters: tuple[Sitter, ...], current: Sitter) -> None:
        """Show an open file, beginning with Home."""
        from commission_app.gui import labels
        from commission_app.gui.desk import Desk
        from commission_app.gui.drafts import DraftOffer
        from commission_app.gui.operations import Operations

        self._operations = Operations(session, self.messages, self)
        self._operations.changed.connect(self.freshness.take_in)
        self._operations.stale.connect(self.freshness.refresh_current)
        self.desk = Desk(session, self._operations, self.messages, self.navigate)
        self.stack.open(self.desk)
        labels.look_from(session.context.today().today)
        self.sidebar.setEnabled(True)
        self.header.search.setEnabled(True)
        self.header.set_sitters(sitters, current)
        session.sit_down(current.name)
        self.actions_by_name.set_file_open(True)
        self.freshness.begin()
        self.faces.setCurrentIndex(0)
        self.copies.open()
        self.navigate(Place(page="home"))
        if not session.may_write:
            self.messages.warn(self.tr("This file is open for reading only. Nothing can be changed here."))
        self.running.offer()
        DraftOffer(self.desk, self._operations).offer()

    def close_session(self) -> None:
        """Put the pages away and give the file back; a field that is being typed in is left, and so saved."""
        self.freshness.end()
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if self._operations is not None:
            self._operations.close()
            self._operations.deleteLater()
            self._operations = None
        self.setup.end()
        self.running.end()
        self.stack.close_all()
        self.copies.close()
        self._places.clear()
        self.searching.end()
        if self.desk is not None:
            self.desk.session.close()
            self.desk = None
        self.set_skeleton()

    def operations(self) -> "Operations | None":
        """The runner of use cases of the open file."""
        return self._operations

    def file_note(self, *, may_write: bool) -> str:
        """What stands beside the commission's name."""
        return "" if may_write else self.tr("Reading only")

    def file_title(self, name: str) -> str:
        """The title of the window while the file of a commission is open."""
        return name

    @Slot(object)
    def tell(self, error: CommissionError) -> None:
        """Say what went wrong with the file that is open."""
        if self._operations is not None:
            self._operations.tell(error)

    # Pages

    def current_page(self) -> Page | None:
        """The page that is shown."""
        return self.stack.current_page()

    def page(self, name: str) -> Page:
        """A page, imported and made on its first visit."""
        return self.stack.page(name)

    @Slot(object)
    def _page_made(self, page: Page) -> None:
        if page.name == "settings":
            self._connect_settings(page)
        elif page.name == "home":
            self._connect_home(page)

    def _connect_home(self, page: Page) -> None:
        from commission_app.gui.home.page import HomePage

        if isinstance(page, HomePage):
            page.findings_read.connect(self.freshness.show_counts)
            self.freshness.tell_home(page)

    def _connect_settings(self, page: Page) -> None:
        from commission_app.gui.settings.page import SettingsPage

        if isinstance(page, SettingsPage):
            page.backup_wanted.connect(self.backup_wanted)
            page.look_chosen.connect(self.appearance.set_look)
            page.copies_wanted.connect(self.copies.carry_out)

    @Slot(object)
    def navigate(self, place: Place) -> None:
        """Go to a place: show its page and what it names there."""
        self.running.end()
        try:
            page = self.page(place.page)
        except CommissionError as error:
            shown = self.current_page()
            self.sidebar.select(shown.name if shown is not None else place.page)
            self.tell(error)
            return
        if place.action != "run" and (not self._places or self._places[-1] != place):
            self._places.append(place)
            del self._places[:-40]
        self.sidebar.select(place.page)
        if self.stack.currentWidget() is not page:
            self.saying.drop_warning()
        self.stack.setCurrentWidget(page)
        if self.stack.is_outdated(page) and not self.stack.refresh(page):
            return
        if place.action == "run" and place.record_id is not None:
            self.running.begin(place.record_id)
        elif place.action == "who":
            asked = self.focusWidget()
            self.header.open_people_at(asked if isinstance(asked, Button) else None)
        elif place.tab or place.record_id or place.action:
            try:
                page.open_at(place)
            except CommissionError as error:
                self.tell(error)

    @Slot(str)
    def go_to_page(self, name: str) -> None:
        """Show a page as it was left."""
        self.navigate(Place(page=name))

    @Slot()
    def _go_to_backups(self) -> None:
        self.navigate(Place(page="settings", tab="backups", action="back-up"))

    @Slot()
    def go_back(self) -> None:
        """Show the place before this one."""
        if len(self._places) > 1:
            self._places.pop()
            self.navigate(self._places.pop())

    @Slot()
    def _act_here(self) -> None:
        """Do on the page that is shown what an action means there."""
        page, action = self.current_page(), self.sender()
        if page is None or not isinstance(action, QAction):
            return
        meanings = {
            Name.NEW: page.new_here,
            Name.EDIT: page.edit_here,
            Name.REMOVE: page.remove_here,
            Name.FILTER: page.filter_here,
            Name.PRINT: page.print_here,
        }
        meanings[Name(action.data())]()

    # Undo

    @Slot()
    def undo(self) -> None:
        """Take the newest action back."""
        if self._operations is not None:
            self._operations.undo()

    @Slot()
    def redo(self) -> None:
        """Bring back what was undone."""
        if self._operations is not None:
            self._operations.redo()

    # Files

    @Slot()
    def _ask_to_create(self) -> None:
        self.create_wanted.emit()

    @Slot()
    def _ask_to_open(self) -> None:
        self.open_wanted.emit()

    @Slot()
    def _ask_to_close(self) -> None:
        self.close_wanted.emit()

    @Slot(QPoint)
    def _open_file_menu(self, at: QPoint) -> None:
        file_menu(self).popup(at)

    # Look

    @Slot(object, int)
    def set_look(self, scheme: theme.Scheme, percent: int) -> None:
        """Put a theme and a text size in force and remember them."""
        self.appearance.set_look(scheme, percent)

    @Slot()
    def _fit(self) -> None:
        narrow = is_narrow(self)
        self.sidebar.set_narrow(narrow, bare=self.width() < theme.scaled(_BARE))
        self.bar.set_padding(28 if narrow else 40)

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return reading_order.step(self, forward=forward)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        action = self.actions_by_name.waiting_for(Qt.Key(event.key())) if plain else None
        if action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        take(event, OPENED)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = take(event, OPENED)
        if path is not None:
            self.file_wanted.emit(path)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.geometry = self.saveGeometry()
        self.preferences.sync()
        self.closing.emit()
        super().closeEvent(event)
