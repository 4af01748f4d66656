"""Putting backups in the place of files for one window: asked for, offered for a damaged file, taken back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QFileDialog

from commission_app.errors import CommissionError, DamagedError, NotOursError, StorageError
from commission_app.gui import messages
from commission_app.gui.backups.waiting import wait_for
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from commission_app.gui.backups.preview import PreviewWindow
    from commission_app.gui.main_window import MainWindow
    from commission_app.services.backups import BackupOffer, RelatedBackup
    from commission_app.services.session import Program

#: What the list of backups can ask for.
RESTORE: Final = "restore"
PREVIEW: Final = "preview"
GO_BACK: Final = "go-back"


class RestoreOffer(Dialog):
    """A file cannot be opened and there is a good backup of it: what it holds, and the restoring button."""

    def __init__(self, path: Path, error: StorageError, offer: "BackupOffer", parent: "MainWindow") -> None:
        from commission_app.gui.backups import words

        text = parent.tr("{what} There is a good backup of it on this computer.").format(what=error)
        super().__init__(
            parent.tr("{name} cannot be opened").format(name=path.name),
            text,
            doing=parent.tr("Restore this backup"),
            safe=parent.tr("Not now"),
            icon=("overdue", "over"),
            wide=True,
            parent=parent,
        )
        held = offer.summary
        zone = ZoneInfo(held.zone)
        made = self.tr("{name}, backed up {moment}.")
        self.add_fact(made.format(name=held.name, moment=words.moment(offer.backup.made_at, zone)))
        self.add_fact(f"{words.counts(held)}, {words.received(held)}.")
        if held.changed_at is not None:
            last = self.tr("Last change in it: {who_what}, {moment}.")
            moment = words.moment(held.changed_at, zone)
            self.add_fact(last.format(who_what=words.last_change(held), moment=moment))
        self.add_fact(self.tr("The file as it is now is kept beside it; you can go back to it."))


class RelatedOffer(Dialog):
    """A damaged file was never backed up where it is, but its record was elsewhere: what there is, to be put
    into a new file. `opens_origin` tells that the file it was made from is wanted in its place."""

    def __init__(self, path: Path, error: StorageError, found: "RelatedBackup", parent: "MainWindow") -> None:
        from commission_app.gui.backups import words

        same = parent.tr("{what} This computer has a good backup of the same record.")
        named = parent.tr(
            "{what} Which record it was cannot be read. This computer has a good backup of a file of the "
            "same name."
        )
        super().__init__(
            parent.tr("{name} cannot be opened").format(name=path.name),
            (same if found.is_same_record else named).format(what=error),
            doing=parent.tr("Bring it back as a new file..."),
            safe=parent.tr("Not now"),
            icon=("overdue", "over"),
            wide=True,
            parent=parent,
        )
        held = found.offer.summary
        made = self.tr("{name}, backed up {moment}.")
        moment = words.moment(found.offer.backup.made_at, ZoneInfo(held.zone))
        self.add_fact(made.format(name=held.name, moment=moment))
        self.add_fact(f"{words.counts(held)}, {words.received(held)}.")
        self.add_fact(self.tr("You choose where the new file goes. Nothing is overwritten."))
        self.opens_origin = False
        self.open_origin: Button | None = None
        if found.origin is None:
            return
        if found.origin.exists():
            text = self.tr(
                "The file it was made from is there: {file}. If that one is in use, go on with it."
            )
            self.add_fact(text.format(file=found.origin), "info", "ink-2")
            self.open_origin = Button(self.tr("Open that file"), "secondary", parent=self)
            self.open_origin.clicked.connect(self._open_origin)
            self.buttons.insertWidget(0, self.open_origin)
        else:
            text = self.tr("It was made from {file}, which is not there any more.")
            self.add_fact(text.format(file=found.origin), "info", "ink-2")

    @Slot()
    def _open_origin(self) -> None:
        self.opens_origin = True
        self.accept()


class Restorer(QObject):
    """Restores, previews and goes back for one window.

    `open_file` opens a path and tells whether that was possible, `show_welcome` shows the welcome page."""

    def __init__(
        self,
        window: "MainWindow",
        program: "Callable[[], Program]",
        open_file: Callable[[Path], bool],
        show_welcome: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._program = window, program
        self._open_file, self._show_welcome = open_file, show_welcome
        self.previews: list[PreviewWindow] = []
        window.backup_wanted.connect(self.do)
        window.closing.connect(self.close_previews)

    @Slot(str, object)
    def do(self, wish: str, backup: Path | None) -> None:
        """What the list of backups of the open file asks for."""
        desk = self._window.desk
        if desk is None:
            return
        if wish == PREVIEW and backup is not None:
            self.preview(backup)
            return
        if wish == RESTORE and backup is not None and not self._may_restore(backup):
            return
        path = desk.session.path
        self._window.close_session()
        if wish == RESTORE and backup is not None:
            self._put(path, partial(self._program().restore, backup, path))
        elif wish == GO_BACK:
            self._put(path, partial(self._program().undo_restore, path))

    def _may_restore(self, backup: Path) -> bool:
        """Whether a backup may be put in place; asked where its record was handed over since."""
        from commission_app.gui.backups.second_record import may_restore

        return may_restore(backup, self._window)

    def _put(self, path: Path, work: Callable[[], Path | None]) -> bool:
        """Change the file in its place, open it again and say where what was there is kept."""
        try:
            aside = wait_for(
                self._window,
                self.tr("Restoring"),
                self.tr("The file is being put in place and verified."),
                work,
            )
        except CommissionError as error:
            if path.exists():
                self._open_file(path)
            known = error if isinstance(error, StorageError) else StorageError(str(error))
            messages.tell_storage_trouble(self._window, known)
            return False
        if self._is_older(path):
            self._show_welcome()
            messages.tell(
                self._window,
                self.tr("The file is as it was before the upgrade"),
                self.tr(
                    "Open it with the earlier version of the program; this one would bring it up to date "
                    "again. What was there is kept as {name}, beside it."
                ).format(name=aside.name if aside else path.name),
            )
            return True
        if not self._open_file(path):
            return False
        if aside is not None:
            text = self.tr(
                "{file} is in place. What was there is kept as {name}; Settings, Backups brings it back."
            )
            self._window.messages.done(text.format(file=path.name, name=aside.name), undo=False)
        return True

    def _is_older(self, path: Path) -> bool:
        try:
            return self._program().needs_upgrade(path)
        except StorageError:  # a damaged file came back: opening it says so
            return False

    def offer(self, path: Path, error: StorageError) -> bool:
        """Offer the newest good backup of a file that cannot be opened; whether there was one to offer.

        Told there: the error, what the backup holds and what becomes of the present file.
        """
        if not isinstance(error, DamagedError | NotOursError):
            return False
        from commission_app.services.backups import newest_good

        try:
            found = wait_for(
                self._window,
                self.tr("Looking for a backup"),
                self.tr("The backups of this file are being verified."),
                partial(newest_good, path),
            )
        except StorageError:
            return False
        if found is None:
            return self._offer_related(path, error)
        dialog = RestoreOffer(path, error, found, self._window)
        agreed = dialog.exec()
        dialog.deleteLater()
        if agreed and self._may_restore(found.backup.path):
            self._put(path, partial(self._program().restore, found.backup.path, path))
        return True

    def _offer_related(self, path: Path, error: StorageError) -> bool:
        """Offer a backup that was made of the same record elsewhere; whether there was one."""
        from commission_app.services.backups import related_good

        try:
            found = wait_for(
                self._window,
                self.tr("Looking for a backup"),
                self.tr("The backups of this record are being verified."),
                partial(related_good, path),
            )
        except StorageError:
            return False
        if found is None:
            return False
        dialog = RelatedOffer(path, error, found, self._window)
        agreed, opens_origin = dialog.exec(), dialog.opens_origin
        dialog.deleteLater()
        if agreed and opens_origin and found.origin is not None:
            self._open_file(found.origin)
        elif agreed:
            self._bring(found.offer.backup.path, path.parent)
        return True

    @Slot()
    def recover(self) -> None:
        """Let somebody choose among the files that have good backups, also those that are gone."""
        from commission_app.gui.backups.recover_dialog import RecoverDialog
        from commission_app.services.backups import known_files

        files = wait_for(
            self._window,
            self.tr("Looking for backups"),
            self.tr("The backups on this computer are being verified."),
            known_files,
        )
        dialog = RecoverDialog(files, self._window)
        agreed, chosen, other = dialog.exec(), dialog.chosen, dialog.other
        dialog.deleteLater()
        if agreed and other is not None:
            self._bring(other)
        elif agreed and chosen is not None:
            backup = chosen.offer.backup.path
            if self._may_restore(backup):
                self._put(chosen.path, partial(self._program().restore, backup, chosen.path))

    def _bring(self, backup: Path, folder: Path | None = None) -> None:
        """Ask where the file of a backup is to be, and put it there; never in place of another."""
        if not self._may_restore(backup):
            return
        name = backup.name.split(".")[0]
        proposed = _free((folder or documents()) / f"{name}.commission")
        kinds = self.tr("Commission files (*.commission)")
        title = self.tr("Where the file is to be")
        while True:
            chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), kinds)
            if not chosen:
                return
            target = Path(chosen).with_suffix(".commission")
            if not target.exists():
                self._put(target, partial(self._program().restore, backup, target))
                return
            proposed = _free(target)
            text = self.tr("There is already a file {name}.").format(name=target.name)
            advice = self.tr("Nothing was overwritten. Choose another name for the backup’s file.")
            if not messages.ask(self._window, text, advice, self.tr("Choose another name...")):
                return

    # Looking at a backup

    def preview(self, backup: Path) -> None:
        """Show a backup in a window of its own."""
        from commission_app.gui import labels
        from commission_app.gui.backups import words
        from commission_app.gui.backups.preview import PreviewWindow

        desk = self._window.desk
        if desk is None:
            return
        known = next((one for one in desk.session.backups.list() if one.path == backup), None)
        folder = TemporaryDirectory(prefix="commission-app-preview-")
        try:
            session = wait_for(
                self._window,
                self.tr("Opening the backup"),
                self.tr("A copy of the backup is being made and verified."),
                partial(self._program().open_preview, backup, Path(folder.name), on=desk.session.context.on),
            )
        except StorageError as error:
            folder.cleanup()
            messages.tell_storage_trouble(self._window, error)
            return
        zone = session.context.today().zone
        moment = words.moment(known.made_at, zone) if known else labels.day_plain(labels.today())
        session.sit_down(desk.session.who)
        window = PreviewWindow(self._window.preferences, session, moment, folder)
        window.resize(self._window.size())
        window.move(self._window.pos() + QPoint(40, 40))
        self.previews = [open_one for open_one in self.previews if open_one.isVisible()]
        self.previews.append(window)
        window.show()

    @Slot()
    def close_previews(self) -> None:
        """The window closes, and what was looked at with it."""
        for window in self.previews:
            window.close()
        self.previews.clear()


def documents() -> Path:
    """The user's own folder of documents."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def _free(path: Path) -> Path:
    """A path of this name, or with a number after it, where nothing is yet."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_stem(f"{path.stem} {number}"), number + 1
    return found
