"""Opening, creating and closing files for one window, and telling in words what stands in the way."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from commission_app import paths
from commission_app.errors import (
    DamagedError,
    DiskFullError,
    FileMissingError,
    InUseError,
    NewerVersionError,
    NotOursError,
    NotReceivedError,
    ReadOnlyError,
    StorageError,
    UnreachableError,
)
from commission_app.gui import messages
from commission_app.gui.backups.keeper import BackupKeeper
from commission_app.gui.backups.restoring import RESTORE, Restorer
from commission_app.gui.backups.waiting import wait_for
from commission_app.gui.header import Sitter
from commission_app.gui.in_use import InUseDialog
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening_checks import OpeningChecks
from commission_app.gui.page import Place
from commission_app.gui.running import Doorbell, ring, ring_again
from commission_app.gui.sidebar import entries

if TYPE_CHECKING:
    from commission_app.domain.commission import Commission
    from commission_app.gui.welcome.page import WelcomePage
    from commission_app.services.session import Program, Session

SUFFIX: Final = ".commission"
#: Milliseconds from the paint of the sheet until what lies on it is on the screen too.
_PAINTED: Final = 50


class FileOpener(QObject):
    """Which file is in the window. `begun` tells that the start is over: a file or the welcome page is up."""

    begun = Signal()

    def __init__(self, make_program: Callable[[], "Program"], window: MainWindow, on: date | None) -> None:
        super().__init__(window)
        self._make_program, self._window, self._on = make_program, window, on
        self._made: Program | None = None
        self._welcome: WelcomePage | None = None
        self._begin_with: Path | None = None
        self._begin_at: Place | None = None
        self._is_starting = self._is_shown_elsewhere = False
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.setInterval(_PAINTED)
        self._start.timeout.connect(self._end_start)
        window.sheet.shown.connect(self._start.start)
        self._why_reading = ""
        window.create_wanted.connect(self.begin_creating)
        window.open_wanted.connect(self.choose)
        window.file_wanted.connect(self.open)
        window.close_wanted.connect(self.close)
        window.closing.connect(self._window_closes)
        window.people_changed.connect(self._follow_people)
        self.keeper = BackupKeeper(window)
        self.restorer = Restorer(window, self._loaded, self.open, self.show_welcome)
        self.checks = OpeningChecks(window, self._loaded, self.open)
        self.bell = Doorbell(self)
        self.bell.rung.connect(self._come_forward)

    @property
    def _program(self) -> "Program":
        """What opens and makes files, loaded when it is needed first."""
        return self._loaded()

    def _loaded(self) -> "Program":
        if self._made is None:
            self._made = self._make_program()
        return self._made

    # Starting

    def begin(self, path: Path | None, place: Place | None = None) -> None:
        """After the first paint: the file given, else the last one, else the welcome page; then the place."""
        self._begin_with = path or self._window.preferences.last_file
        self._begin_at = place
        self._window.sheet.first_painted.connect(self._begin_soon)

    @Slot()
    def _begin_soon(self) -> None:
        QTimer.singleShot(0, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        self._is_starting = True
        if self._begin_with is None or not self.open(self._begin_with):
            if self._is_shown_elsewhere:  # as if the first window had been found before this one was made
                self._window.close()
                return
            self.show_welcome()
            self._start.start()
            return
        if self._begin_at is not None:
            self._go_to(self._begin_at)
        self._window.sheet.tell_when_shown()

    @Slot()
    def _end_start(self) -> None:
        """The first page is painted: do what could wait for that."""
        self._is_starting = False
        self._look_after()
        self.begun.emit()

    @Slot()
    def show_welcome(self) -> None:
        """Show the welcome page with its recent files as they are now."""
        from commission_app.gui.welcome.page import WelcomePage

        self.bell.stop()
        if self._welcome is None:
            self._welcome = WelcomePage(self._window.preferences)
            self._welcome.open_chosen.connect(self.choose)
            self._welcome.sample_chosen.connect(self.open_sample)
            self._welcome.file_chosen.connect(self.open)
            self._welcome.created.connect(self.create)
            self._welcome.help_wanted.connect(self._window.helping.open_here)
            self._welcome.topic_wanted.connect(self._window.helping.open_topic)
            self._welcome.recover_wanted.connect(self.restorer.recover)
            self._welcome.receive_wanted.connect(self._window.copies.receive)
            self._welcome.look_chosen.connect(self._window.set_look)
        self._welcome.refresh()
        self._window.show_welcome(self._welcome)

    def welcome(self) -> "WelcomePage | None":
        """The welcome page, once it was shown."""
        return self._welcome

    # Opening

    @Slot(object)
    def open(self, path: Path) -> bool:
        """Open a file in place of the one that is open; whether that was possible."""
        opened = self._unlocked(path)
        if opened is None:
            return False
        path = opened
        try:
            session = self._session(path)
        except StorageError as error:
            if isinstance(error, FileMissingError):
                self._window.preferences.forget(path)
            if self._window.desk is None:
                self.show_welcome()
            if not self.restorer.offer(path, error):
                return self._tell_and_help(path, error)
            open_file = self._window.desk
            return open_file is not None and open_file.session.path == path.resolve()
        if session is None:
            return False
        self._window.close_session()
        self._window.preferences.note_opened(path)
        with session.one_view():
            current, sitters = self._sitters(session)
            self._window.open_session(session, sitters, current)
        if not session.may_write and self._why_reading:
            text = self.tr("This file is open for reading only. {why}")
            self._window.messages.info(text.format(why=self._why_reading))
        if not self._is_starting:
            self._look_after()
        operations = self._window.operations()
        if operations is not None:
            operations.restore_wanted.connect(self._restore, Qt.ConnectionType.QueuedConnection)
            operations.slow_changed.connect(self._window.sheet.set_working)
            self._window.sheet.sign.cancelled.connect(operations.cancel)
        return True

    def _look_after(self) -> None:
        """Back the open file up, listen for a second start with it, and look where it lives."""
        desk = self._window.desk
        if desk is None:
            return
        if desk.session.may_write:
            self.keeper.begin()
            self.bell.listen(desk.session.path)
        self.checks.begin()

    def _tell_and_help(self, path: Path, error: StorageError) -> bool:
        """Tell why a file was not opened, with the button that helps; whether one is open in the end."""
        from commission_app.services.backups import has_known_files

        may_pass = isinstance(error, InUseError | UnreachableError | DiskFullError)
        is_another_s = isinstance(error, FileMissingError | NotOursError | NewerVersionError)
        helping = self.tr("Try again") if may_pass else self.tr("Choose another file") if is_another_s else ""
        recovers = isinstance(error, DamagedError) and has_known_files()
        if recovers:
            helping = self.tr("Bring back a file...")
        if not messages.tell_storage_trouble(self._window, error, helping):
            return False
        if recovers:
            self.restorer.recover()
            return self._window.desk is not None
        return self.open(path) if may_pass else self.choose()

    @Slot(object)
    def _restore(self, backup: Path) -> None:
        """The open file turned out to be damaged, and its last good backup was asked for."""
        self.restorer.do(RESTORE, backup)

    @Slot(object)
    def _come_forward(self, place: Place | None) -> None:
        """The program was started again with the file that is open here."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)
        if place is not None and QApplication.activeModalWidget() is None:
            self._go_to(place)

    def _go_to(self, place: Place) -> None:
        if self._window.desk is not None and place.page in {entry.name for entry in entries()}:
            self._window.navigate(place)

    def _unlocked(self, path: Path) -> Path | None:
        """The file itself, or where a locked one was opened to; None when that was left."""
        if path.suffix == SUFFIX:
            return path
        from commission_app.exchange.sealed import is_sealed

        if not is_sealed(path):
            return path
        from commission_app.gui.copies.passphrase import unlocked  # with the fields of its form

        return unlocked(path, self._window)

    def _session(self, path: Path) -> "Session | None":
        """The open file, for reading where the right to write cannot be had; None when it was left."""
        who = self._window.preferences.person(path) or _system_user()
        open_file = self._window.desk
        if open_file is not None and open_file.session.path == path:
            self._window.close_session()
        try:
            self._why_reading = ""
            self._upgrade(path, who)
            return self._opened(partial(self._program.open_writing, path, who=who, on=self._on))
        except NotReceivedError as error:
            self._why_reading = str(error)
            if not self._reads_only(error, path):
                return None
        except ReadOnlyError as error:
            self._why_reading = str(error)
            if not self._ask_to_read(error):
                return None
        except InUseError as error:
            self._why_reading = str(error)
            if not error.is_elsewhere and self._rings(path):
                self._window.messages.info(self.tr("This file is open in its own window already."))
                return None
            dialog = InUseDialog(error, self._window)
            answer, over = dialog.exec(), dialog.take_over
            dialog.deleteLater()
            if not answer:
                return None
            if over:
                take_over = partial(self._program.open_writing, path, who=who, on=self._on, over=True)
                return self._opened(take_over)
        return self._opened(partial(self._program.open_reading, path, on=self._on))

    def _rings(self, path: Path) -> bool:
        """Whether the window that has a file open came forward; it may be opening it this moment."""
        self._is_shown_elsewhere = wait_for(
            self._window,
            self.tr("This file is in use"),
            self.tr("Looking for the window that has it open."),
            partial(ring_again, path, self._begin_at if self._is_starting else None),
        )
        return self._is_shown_elsewhere

    def _opened(self, work: "Callable[[], Session]") -> "Session":
        """Open a file while the window goes on painting: every page of it is looked at."""
        text = self.tr("Its pages are being checked.")
        return wait_for(self._window, self.tr("Opening the file"), text, work)

    def _upgrade(self, path: Path, who: str) -> None:
        """Bring an older file to this version while the window goes on painting."""
        if self._program.needs_upgrade(path):
            wait_for(
                self._window,
                self.tr("Bringing the file to this version"),
                self.tr("A backup of it as it is comes first. You can go back to it in Settings, Backups."),
                partial(self._program.upgrade, path, who=who),
            )

    def _reads_only(self, error: NotReceivedError, path: Path) -> bool:
        """Whether the file of a hand-over is to be looked at; it may be received in its place."""
        from commission_app.gui.copies.receive_dialog import NotReceivedDialog

        dialog = NotReceivedDialog(error, self._window)
        receives, reads = bool(dialog.exec()), dialog.reads
        dialog.deleteLater()
        if receives and not reads:
            self._window.copies.receive_from(path.parent)
        return reads

    def _ask_to_read(self, error: ReadOnlyError) -> bool:
        text = self.tr("{what} {advice}").format(what=error, advice=error.advice)
        return messages.ask(
            self._window, self.tr("This file cannot be written"), text, self.tr("Open for reading")
        )

    def _sitters(self, session: "Session") -> tuple[Sitter, tuple[Sitter, ...]]:
        """Who is at the keyboard, and who may be."""
        mark = session.copies.mark()
        given_to = mark.given_to if mark is not None else ""
        remembered = self._window.preferences.person(session.path) or given_to or _system_user()
        known = sitters_of(session)
        chosen = next((sitter for sitter in known if sitter.name == remembered), None)
        return (chosen, known) if chosen else (Sitter(remembered), (*known, Sitter(remembered)))

    @Slot()
    def _follow_people(self) -> None:
        """Somebody was appointed, elected or renamed: the menu of people offers who is there now."""
        desk, sitter = self._window.desk, self._window.header.person.sitter()
        if desk is None or sitter is None:
            return
        known = sitters_of(desk.session)
        current = next((one for one in known if one.name == sitter.name), None)
        if current is not None:
            self._window.header.set_sitters(known, current)
        else:
            nameless = Sitter(sitter.name)
            self._window.header.set_sitters((*known, nameless), nameless)

    @Slot()
    def choose(self) -> bool:
        """Ask for a file and open it; whether that was possible."""
        recent = self._window.preferences.recent()
        folder = recent[0].path.parent if recent else documents()
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a commission’s file"),
            str(folder),
            self.tr("Commission files and locked copies (*{suffix} *.sealed)").format(suffix=SUFFIX),
        )
        return bool(chosen) and self.open(Path(chosen))

    # Creating

    @Slot()
    def begin_creating(self) -> None:
        """Show the form for a new file; what is open stays safe in its own file."""
        self.close()
        if self._welcome is not None:
            self._welcome.begin_creating()

    @Slot(object, object)
    def create(self, commission: "Commission", path: Path) -> None:
        """Make a file and open it; what is wrong goes under the fields of the form."""
        from commission_app.errors import ValidationError
        from commission_app.services.files import folder_for_records

        if path.parent == folder_for_records():
            _make_folder(path.parent)
        try:
            self._program.create(path, commission, who=_system_user(), on=self._on)
        except ValidationError as error:
            if self._welcome is not None:
                self._welcome.show_errors(error.by_field())
        except StorageError as error:
            messages.tell_storage_trouble(self._window, error)
        else:
            if self.open(path):
                self._window.setup.begin()

    @Slot()
    def open_sample(self) -> None:
        """Make the sample anew in the user's data folder, and open it."""
        path = paths.samples() / f"Alder Glen{SUFFIX}"
        desk = self._window.desk
        if desk is not None and desk.session.path == path:
            self._window.close_session()
        if ring(path):  # another window shows it
            return
        _make_folder(path.parent)
        try:
            path.unlink(missing_ok=True)
            wait_for(
                self._window,
                self.tr("Making the sample"),
                self.tr("An invented city with a busy year."),
                partial(self._program.create_sample, path, on=self._on),
            )
        except StorageError as error:
            messages.tell_storage_trouble(self._window, error)
            return
        if not self._window.preferences.person(path):
            self._window.preferences.note_person(path, "Ana Ruiz")
        self.open(path)

    # Closing

    @Slot()
    def close(self) -> None:
        """Put the file away and show the welcome page."""
        self._window.close_session()
        self._window.preferences.forget_last()
        self.show_welcome()

    @Slot()
    def _window_closes(self) -> None:
        self._start.stop()
        self.bell.stop()
        self._window.close_session()


def _system_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except OSError:
        return ""


def _make_folder(folder: Path) -> None:
    """Make a folder of ours; what stands in the way is told when the file itself cannot be made."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def documents() -> Path:
    """The folder where a file is looked for while none was open."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def sitters_of(session: "Session") -> tuple[Sitter, ...]:
    """Who may sit at the keyboard: holders of an office, staff, members."""
    from commission_app.gui import labels

    today = session.context.today().today
    found: dict[str, str] = {}
    for view in session.members.offices():
        begins, ends = view.office.from_on, view.office.to_on
        if begins <= today and (ends is None or ends >= today):
            found.setdefault(view.holder.name, labels.office(view.office.title))
    for staff in session.commission.get().staff:
        found.setdefault(session.contacts.get(staff.contact_id).name, staff.title or "")
    for seat in session.members.seats():
        if seat.holder is not None:
            found.setdefault(seat.holder.name, labels.seat_kind(seat.seat.kind))
    return tuple(Sitter(name, role) for name, role in found.items())
