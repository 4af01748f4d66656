"""Running use cases for the window: calling a service and telling what became of it; and work in the pool."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from commission_app.errors import (
    CommissionError,
    ConflictError,
    DamagedError,
    DiskFullError,
    InUseError,
    NotFoundError,
    StorageError,
    UnreachableError,
    ValidationError,
)
from commission_app.gui import labels
from commission_app.gui.messages import Messages

if TYPE_CHECKING:
    from commission_app.services.backups import Backup
    from commission_app.services.history import Action
    from commission_app.services.session import Change, Session

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


#: Work that takes longer is shown, in milliseconds.
PATIENCE: Final = 400
#: How long the window waits for what a page reads, in seconds: what is there by then is shown at once.
MOMENT = 0.03


class StoppedError(CommissionError):
    """Work in the pool was cancelled by the person who waited for it."""


@runtime_checkable
class ShowsErrors(Protocol):
    """A form: puts each message under its field."""

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show the messages by field."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A use case was carried out; its result, which may be None."""

    value: T


@dataclass(frozen=True, slots=True)
class _Task:
    """Work in the pool and the bound methods that wait for it on the window's thread."""

    future: "Future[Any]"
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    may_cancel: bool = False


class Operations(QObject):
    """The one way from a screen to a service that writes.

    `changed` tells of each committed change, `entered` of the form whose entries it took; `stale` asks the
    page shown to read its rows again after a use case found that they are not what they were."""

    changed = Signal(object)
    entered = Signal(object)
    stale = Signal()
    busy_changed = Signal(bool)
    #: The file is about to be closed: what may stop before its end stops.
    closing = Signal()
    #: Whether work takes so long that it should be seen, and whether it may be cancelled.
    slow_changed = Signal(bool, bool)
    #: The path of a backup, when the file turned out to be damaged.
    restore_wanted = Signal(object)
    _committed = Signal(object)
    _finished = Signal(object)

    def __init__(self, session: "Session", messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._messages = session, messages
        self._last: Change | None = None
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read")
        self._tasks: set[_Task] = set()
        self._is_closed = False
        self._keeper: str | None = None
        self._is_telling = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_slow)
        self._committed.connect(self._take_in)
        # Work may be over before it is asked for its end: what waits for it is never called from within.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        session.listen(self._heard)

    def read_only_reason(self) -> str | None:
        """Why nothing can be changed here, for the tooltip of a disabled button; None when it can."""
        if self._session.may_write:
            return None
        return self.tr("The file is open for reading only.")

    def keeper_reason(self) -> str | None:
        """Why what only the keeper enters cannot be changed here: reading only, or a reading copy."""
        if self._keeper is None:
            mark = self._session.copies.mark()
            self._keeper = mark.given_by if mark is not None else ""
        if self._keeper and self._session.may_write:
            text = self.tr("This is a reading copy. {keeper} enters this in the keeper’s file.")
            return text.format(keeper=self._keeper)
        return self.read_only_reason()

    # Use cases

    def run(
        self, use_case: Callable[..., T], *args: Any, form: ShowsErrors | None = None, **kwargs: Any
    ) -> Done[T] | None:
        """Call a service at once and tell what became of it; None when it was refused.

        What is wrong with the entries goes under the fields of `form`, of the dialog that asks, or into the
        message bar."""
        done = self._call(use_case, *args, form=form, **kwargs)
        if done is not None and self._last is not None:
            self._messages.done(labels.sentence(self._last.what), undo=True)
        return done

    def _call(
        self, use_case: Callable[..., T], *args: Any, form: ShowsErrors | None = None, **kwargs: Any
    ) -> Done[T] | None:
        reason = self.read_only_reason()
        if reason is not None:
            self._messages.warn(reason)
            return None
        self._last = None
        try:
            value = use_case(*args, **kwargs)
        except ValidationError as error:
            asking = form or _asking()
            if asking is not None:
                asking.show_errors(error.by_field())
            else:
                self._messages.warn(" ".join(problem.message for problem in error.problems))
            return None
        except (NotFoundError, ConflictError) as error:
            self._messages.warn(str(error))
            self.stale.emit()
            return None
        except (DiskFullError, InUseError, UnreachableError) as error:  # what may pass; nothing was written
            if self.tell(error, self.tr("Try again")):
                return self._call(use_case, *args, form=form, **kwargs)
            return None
        except CommissionError as error:
            self.tell(error)
            return None
        if form is not None:
            form.show_errors({})
            self.entered.emit(form)
        return Done(value)

    def tell(self, error: CommissionError, helping: str = "") -> bool:
        """Trouble with the file in a box, never two at once; everything else in the message bar.

        True when the button `helping` was pressed. A damaged file's newest backup is offered there."""
        if not isinstance(error, StorageError):
            self._messages.warn(str(error))
            return False
        if self._is_telling:
            return False
        _LOG.info("told: %s", type(error).__name__)
        backup = self._last_backup()
        is_damaged = isinstance(error, DamagedError) and backup is not None
        facts = () if backup is None else (self._where(backup),)
        self._is_telling = True
        try:
            pressed = self._messages.storage_trouble(
                error, self.tr("Open that backup") if is_damaged else helping, facts
            )
        finally:
            self._is_telling = False
        if pressed and is_damaged and backup is not None:
            self.restore_wanted.emit(backup.path)
            return False
        return pressed

    def _last_backup(self) -> "Backup | None":
        from commission_app.services.backups import last_made

        try:
            return last_made(self._session.path)
        except (CommissionError, OSError):  # the disk that is in trouble may be theirs too
            return None

    def _where(self, backup: "Backup") -> str:
        text = self.tr("The last good backup is of {day}, in {folder}.")
        day = labels.day_long(backup.made_at.astimezone().date())
        return text.format(day=day, folder=backup.path.parent)

    @Slot()
    def undo(self) -> None:
        """Take the newest action back."""
        newest = next((action for action in self._session.history.recent() if _can_be_meant(action)), None)
        reason = self._session.history.reason_not_to_undo(newest) if newest is not None else None
        if newest is not None and reason is not None and self._session.may_write:
            text = self.tr(
                "“{what}” cannot be undone. {reason} What was done before it can be undone in History."
            )
            what = labels.sentence(newest.what).rstrip(".")
            self._messages.warn(text.format(what=what, reason=reason))
        else:
            self._undo()

    @Slot()
    def redo(self) -> None:
        """Bring back what was undone last."""
        self.run(self._session.history.redo)

    def undo_action(self, action_id: int) -> bool:
        """Take one action of the history back; whether that was possible."""
        return self._undo(action_id)

    def _undo(self, action_id: int | None = None) -> bool:
        done = self._call(self._session.history.undo, action_id)
        if done is not None:
            self._messages.undone(self.tr("Undone: {what}.").format(what=done.value.what.rstrip(".")))
        return done is not None

    def _heard(self, change: "Change") -> None:
        """Called by the session in the thread that wrote; goes on in the window's."""
        self._committed.emit(change)

    @Slot(object)
    def _take_in(self, change: "Change") -> None:
        self._last = change
        self.changed.emit(change)

    # Work off the window's thread

    def in_background(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        may_cancel: bool = False,
    ) -> None:
        """Do work in the pool and later call `done` (a bound method) with its result on the window's thread.

        An error goes to `failed`; without it, it is told as `run` tells it. Nothing begins once closed.
        Work that only reads may be cancelled by the person who waits for it: `failed` gets a StoppedError."""
        if not self._is_closed:
            self._wait_for(_Task(self._pool.submit(work), done, failed, may_cancel))

    def read(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read for a page off the window's thread, and call `done` (a bound method) with what was found.

        At once where that takes a moment, so that nothing flickers; else when it is there, and the page
        shows meanwhile what it had. What is read later for the same `done` takes its place."""
        if self._is_closed:
            return
        for task in [task for task in self._tasks if task.done == done]:
            task.future.cancel()
            self._put_away(task)
        future = self._reader.submit(work)
        if wait((future,), MOMENT).done:
            done(future.result())
        else:
            self._wait_for(_Task(future, done, None))

    def _wait_for(self, task: _Task) -> None:
        self._tasks.add(task)
        self.busy_changed.emit(True)
        if not self._patience.isActive():
            self._patience.start()
        task.future.add_done_callback(_Notice(self, task))

    def is_busy(self) -> bool:
        """Whether work is under way in the pool."""
        return bool(self._tasks)

    @Slot()
    def _show_slow(self) -> None:
        """Work is still under way: show it."""
        if self._tasks:
            self.slow_changed.emit(True, any(task.may_cancel for task in self._tasks))

    @Slot()
    def cancel(self) -> None:
        """Stop waiting for work that only reads; what it gives when it ends is thrown away."""
        for task in [task for task in self._tasks if task.may_cancel]:
            task.future.cancel()
            self._put_away(task)
            self._hand_over(task, StoppedError(self.tr("Stopped. Nothing was changed.")))

    @Slot(object)
    def _deliver(self, task: _Task) -> None:
        if task not in self._tasks:  # cancelled, or the file was closed meanwhile
            return
        self._put_away(task)
        if not task.future.cancelled():
            self._hand_over(task, task.future.exception())

    def _put_away(self, task: _Task) -> None:
        self._tasks.discard(task)
        if self._tasks:
            return
        self._patience.stop()
        self.busy_changed.emit(False)
        self.slow_changed.emit(False, False)

    def _hand_over(self, task: _Task, error: BaseException | None) -> None:
        if error is None:
            task.done(task.future.result())
        elif task.failed is not None and isinstance(error, Exception):
            task.failed(error)
        elif isinstance(error, CommissionError):
            self.tell(error)
        else:
            raise error

    def close(self) -> None:
        """Wait for what is being written, drop what has not begun."""
        self._is_closed = True
        self.closing.emit()
        self._patience.stop()
        self.slow_changed.emit(False, False)
        for pool in (self._reader, self._pool):
            pool.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()


def _asking() -> ShowsErrors | None:
    """The dialog over the window that can say what is wrong with its fields: the message bar is behind it."""
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, ShowsErrors) else None


def _can_be_meant(action: "Action") -> bool:
    """Whether Undo without a name could mean this action."""
    return not action.undone and action.kind.value in ("change", "redo")


class _Notice:
    """Called in the pool when work is finished: sends word to the window's thread."""

    def __init__(self, operations: Operations, task: _Task) -> None:
        self._operations, self._task = operations, task

    def __call__(self, future: "Future[Any]") -> None:
        try:
            self._operations._finished.emit(self._task)
        except (RuntimeError, CancelledError):  # the window is gone
            return
