"""The file: the only maker of connections, and the transactions in which it is read and written."""

import functools
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from commission_app import clock
from commission_app.errors import (
    ConflictError,
    DamagedError,
    FileExistsAlreadyError,
    NotOursError,
    ReplacedError,
    StorageError,
)
from commission_app.storage import backup, damage, derived, inspection, marks
from commission_app.storage.lock import WriterLock
from commission_app.storage.rows import SEEN
from commission_app.storage.tables import metadata
from commission_app.storage.tables.history import ActionKind
from commission_app.storage.triggers import TRIGGERS
from commission_app.storage.writer import Writer, new_id

#: Asserted on each connection by a test.
PRAGMAS: Final = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "mmap_size": 0,
    "synchronous": 2,
    "busy_timeout": 5000,
}
#: What SQLAlchemy made of statements, for reading and writing and for each file that is opened later.
_STATEMENTS: Final[LRUCache[Any, Any]] = LRUCache(1000)


@dataclass(frozen=True, slots=True)
class Change:
    """What a committed use case changed: its action, in words, and the tables that it touched."""

    action_id: int
    who: str
    what: str
    kind: ActionKind
    tables: frozenset[str]


class Database:
    """One commission's file. Reading is always allowed; writing needs the writer's lock."""

    def __init__(self, path: Path, *, who: str, now: Callable[[], datetime] | None = None) -> None:
        """Look at the file and make it ready for reading; raises a StorageError if it cannot be used.

        A link is followed first, so that lock, journal and backups belong to the file itself. What is
        written is of the moment that `now` tells.
        """
        path = path.resolve()
        self.path = path
        self.now = now or clock.now
        self.who = who
        self.listeners: list[Callable[[Change], None]] = []
        version = inspection.inspect_header(path)
        recover(path)
        inspection.inspect_contents(path, version)
        self._lock = WriterLock(path)
        self._holds_lock = False
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._shared = threading.local()
        #: The file's identifier and last action, as this program left them.
        self._known: tuple[str | None, int] = (None, 0)
        self._reader = self._engine("ro", "BEGIN")
        self._writer = self._engine("rw", "BEGIN IMMEDIATE")

    @classmethod
    def create(cls, path: Path) -> None:
        """Make an empty file of the newest version; raises FileExistsAlreadyError, never overwrites."""
        if path.exists():
            raise FileExistsAlreadyError(f"There is already a file {path}.", "Choose another name.")
        path = path.resolve()
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise inspection.unwritable(error, path) from error
        engine = _engine_of(path, "rw", "BEGIN IMMEDIATE")
        try:
            with _told(path), engine.begin() as connection:
                metadata.create_all(connection)
                for trigger in TRIGGERS:
                    connection.exec_driver_sql(trigger)
                connection.exec_driver_sql(f"PRAGMA application_id={inspection.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={inspection.VERSION}")
                Writer.note_fact(connection, "file_id", new_id())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            engine.dispose()

    @property
    def may_write(self) -> bool:
        """Whether this program holds the right to write."""
        return self._holds_lock

    def take_lock(self, *, over: bool = False, receiving: bool = False) -> None:
        """Take the right to write; raises InUseError with the holder's name, HandedOverError in a file
        that was handed over, NotReceivedError in one of a hand-over except while receiving it.
        """
        if not self._holds_lock:
            with self.reading() as connection:
                if not receiving:
                    marks.require_open(connection)
                self._known = _state(connection)
            self._lock.take(self.who, over=over)
            self._holds_lock = True

    def close(self) -> None:
        """Give the right to write back."""
        self._lock.give_back()
        self._holds_lock = False

    @contextmanager
    def hurrying(self) -> Iterator[None]:
        """Write without waiting for the disk: only while making a file that nobody depends on yet."""
        careful, self._writer = self._writer, _engine_of(self.path, "rw", "BEGIN IMMEDIATE", synchronous=0)
        try:
            yield
        finally:
            self._writer = careful

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the file for the length of the block."""
        shared: Connection | None = getattr(self._shared, "connection", None)
        if shared is not None:
            yield shared
            return
        with self._told_in_words(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """Everything that this thread reads in the block is of one moment, and read through one connection.

        Nothing can be written meanwhile: a use case in the block raises RuntimeError.
        """
        with self.reading() as connection:
            before = getattr(self._shared, "connection", None)
            self._shared.connection = connection
            connection.info.setdefault(SEEN, {})
            try:
                yield
            finally:
                self._shared.connection = before
                if before is None:
                    del connection.info[SEEN]

    @contextmanager
    def writing(
        self, what: str, kind: ActionKind = ActionKind.CHANGE, undoes: int | None = None
    ) -> Iterator[Writer]:
        """One use case: everything the block writes is logged under `what` and committed, or nothing is.

        `what` is a verb phrase in the past tense ("added the contact Ana Ruiz"). A use case that wrote
        nothing leaves no action behind. A nested call raises RuntimeError at once.
        """
        self.take_lock()
        if self._writer_thread == threading.get_ident():
            raise RuntimeError("a use case inside a use case")
        if getattr(self._shared, "connection", None) is not None:
            raise RuntimeError("a use case while a view is read")
        self._writing.acquire()  # another thread is noting its backup: a matter of milliseconds
        self._writer_thread = threading.get_ident()
        try:
            with self._told_in_words(), self._writer.begin() as connection:
                self._require_same(connection)
                writer = Writer(connection, who=self.who, what=what, at=self.now(), kind=kind, undoes=undoes)
                yield writer
                derived.refresh(writer)
                marks.require_allowed(writer)
                if named := marks.fact(connection, marks.NAMED_TEXTS):
                    from commission_app.storage import erasing  # rarely: somebody was erased

                    erasing.forget_changed(writer, named)
                writer.finish()
        finally:
            self._writer_thread = None
            self._writing.release()
        if writer.action_id is not None:
            self._known = self._known[0], writer.action_id
            change = Change(writer.action_id, self.who, writer.what, kind, frozenset(writer.tables))
            for listener in tuple(self.listeners):
                listener(change)

    @contextmanager
    def keeping(self) -> Iterator[Connection]:
        """A transaction for drafts and facts about the file, which stay out of the change log."""
        self.take_lock()
        with self._writing, self._told_in_words(), self._writer.begin() as connection:
            self._require_same(connection)
            yield connection
            known = _state(connection)  # a copy gets an identifier of its own
        self._known = known

    def write_anew(self) -> None:
        """Write the whole file anew, so that its pages hold nothing of what was taken out of it."""
        self.take_lock()
        try:
            with self._writing, closing(_connect(self.path, "rw")) as connection:
                connection.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            raise inspection.translated(error, self.path) from error

    def _require_same(self, connection: Connection) -> None:
        """Raise ReplacedError where another file, or an older state of this one, was put in its place."""
        file_id, last = _state(connection)
        if file_id != self._known[0] or last < self._known[1]:
            raise ReplacedError(f"{self.path.name} was replaced by another file while it was open.")

    @contextmanager
    def _told_in_words(self) -> Iterator[None]:
        with _told(self.path):
            yield

    def _engine(self, mode: str, begin: str) -> Engine:
        return _engine_of(self.path, mode, begin)


def _state(connection: Connection) -> tuple[str | None, int]:
    return marks.fact(connection, marks.FILE_ID), marks.last_action(connection)


def recover(path: Path) -> None:
    """Let SQLite roll back what a killed writer left half done; reading connections cannot.

    It is tried on a copy first: what was left by another file would be rolled back into this one. Raises
    DamagedError when the copy is not whole afterwards.
    """
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        return
    lock = WriterLock(path)
    try:
        lock.take("")
    except StorageError:  # somebody is writing this moment, or nobody may
        _roll_back(path)
        return
    try:
        with tempfile.TemporaryDirectory(prefix="commission-app-") as folder:
            copied = Path(folder) / path.name
            for source in (path, journal):
                shutil.copyfile(source, copied.with_name(source.name))
            _roll_back(copied)
            backup.verify(copied)
        _roll_back(path)
    except (DamagedError, NotOursError) as error:
        raise DamagedError(
            f"{path.name} is damaged: what an interrupted change left beside it does not fit it."
        ) from error
    except OSError as error:
        raise inspection.unwritable(error, path) from error
    finally:
        lock.give_back()


def _roll_back(path: Path) -> None:
    try:
        with closing(_connect(path, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error


@contextmanager
def snapshot(path: Path) -> Iterator[Connection]:
    """A connection to a copy of a file as it is now: long reading of it keeps nobody from writing."""
    with tempfile.TemporaryDirectory(prefix="commission-app-") as folder:
        copied = Path(folder) / path.name
        try:
            backup.copy(path, copied)
        except sqlite3.DatabaseError as error:
            raise inspection.translated(error, path) from error
        with _engine_of(copied, "ro", "BEGIN").connect() as connection:
            yield connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite refuses, as an error of ours with a sentence about the file.

    What fails while rows are read is looked into: it is a bug, unless the file holds what nobody wrote.
    """
    try:
        yield
    except IntegrityError as error:
        raise _conflict(error) from error
    except DBAPIError as error:
        if "decode to UTF-8" in str(error.orig):
            raise damage.found_in(path) or inspection.translated(error, path) from error
        raise inspection.translated(error, path) from error
    except damage.UNREADABLE as error:
        damaged = damage.found_in(path)
        if damaged is None:
            raise
        raise damaged from error


def _conflict(error: IntegrityError) -> ConflictError:
    text = str(error.orig)
    if "FOREIGN KEY" in text:
        return ConflictError("Other records refer to this one, so it has to stay.")
    if "UNIQUE" in text:
        return ConflictError("There is already a record like this one.")
    if text.startswith("final: "):
        return ConflictError(text.removeprefix("final: "))
    return ConflictError(f"The file refuses this: {text}.")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    if mode == "rw":
        connection.execute("PRAGMA journal_mode=DELETE")
    return connection


@functools.cache
def _dialect() -> Dialect:
    """One for all files: what a statement was made into is known by its dialect."""
    engine = create_engine("sqlite://")
    with engine.connect():
        return engine.dialect


def _engine_of(path: Path, mode: str, begin: str, *, synchronous: int = PRAGMAS["synchronous"]) -> Engine:
    def connected() -> sqlite3.Connection:
        connection = _connect(path, mode)
        if synchronous != PRAGMAS["synchronous"]:
            connection.execute(f"PRAGMA synchronous={synchronous}")
        return connection

    engine = create_engine("sqlite://", creator=connected, poolclass=NullPool)
    engine.dialect = _dialect()
    engine.update_execution_options(compiled_cache=_STATEMENTS)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
