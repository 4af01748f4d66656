"""Files that are none, or not any more: each is made from a good one, in the file's place."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final


def _sqlite(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return spoil


def _bytes(data: bytes) -> Callable[[Path], None]:
    return lambda path: _put(path, data)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _cut(size: int) -> Callable[[Path], None]:
    return lambda path: _put(path, path.read_bytes()[:size])


def flip(path: Path, random: Random, begin: int, end: int | None, count: int = 1) -> None:
    """Change some bytes between two places."""
    data = bytearray(path.read_bytes())
    for _ in range(count):
        place = random.randrange(begin, end or len(data))
        data[place] ^= random.randrange(1, 256)
    path.write_bytes(data)


def _flipped(begin: int, end: int | None, count: int = 1) -> Callable[[Path], None]:
    return lambda path: flip(path, Random(begin), begin, end, count)


def _renamed(path: Path) -> None:
    _put(path, path.read_bytes().replace(b"CREATE TABLE terms", b"CREATE TABLE tfrms"))


def _other(path: Path) -> None:
    path.unlink()
    _sqlite("CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('milk')")(path)


def _instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.unlink()
        make(path)

    return spoil


def _foreign_journal(path: Path) -> None:
    """The hot journal of another file of ours lies beside this one."""
    other = path.with_name("other.db")
    shutil.copy(path, other)
    _sqlite("VACUUM", "PRAGMA application_id=5")(other)  # its pages are in another order
    with closing(sqlite3.connect(other, isolation_level=None)) as writing:
        for statement in ("PRAGMA cache_size=1", "BEGIN", "DELETE FROM changes", "DELETE FROM actions"):
            writing.execute(statement)
        for number in range(400):
            writing.execute("INSERT INTO facts VALUES (?, ?)", (f"f{number}", "x" * 900))
        shutil.copy(f"{other}-journal", f"{path}-journal")
        writing.execute("ROLLBACK")
    other.unlink()


#: What stands in the file's place, and the error's words.
ZOO: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "missing": (Path.unlink, "no file"),
    "empty": (_bytes(b""), "is empty"),
    "one byte": (_bytes(b"S"), "not a file of this program"),
    "half a header": (_cut(60), "another program"),
    "header alone": (_cut(100), "part of it is missing"),
    "truncated": (_cut(9_000), "part of it is missing"),
    "last page gone": (lambda path: _put(path, path.read_bytes()[:-4096]), "part of it is missing"),
    "web page": (_bytes(b"<!doctype html><title>Sign in</title>"), "not a file of this program"),
    "pictures": (_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40), "not a file of this program"),
    "zeros": (_bytes(bytes(40_000)), "not a file of this program"),
    "another program's": (_other, "another program"),
    "newer": (_sqlite("PRAGMA user_version=99"), "newer version"),
    "version zero": (_sqlite("PRAGMA user_version=0"), "damaged"),
    "hostile trigger": (
        _sqlite("CREATE TRIGGER evil AFTER INSERT ON contacts BEGIN DELETE FROM terms; END"),
        "did not make",
    ),
    "hostile view": (_sqlite("CREATE VIEW v AS SELECT * FROM contacts"), "did not make"),
    "extra table": (_sqlite("CREATE TABLE extra (a)"), "did not make"),
    "table gone": (_sqlite("DROP TABLE drafts"), "did not make"),
    "WAL": (_sqlite("PRAGMA journal_mode=WAL"), "WAL"),
    "schema flipped": (_renamed, "damaged"),
    "pages flipped": (_flipped(4_096 * 2, None, 4_000), "damaged"),
    "folder": (_instead(Path.mkdir), "a folder"),
    "pipe": (_instead(os.mkfifo), "no ordinary file"),
    "link to itself": (_instead(lambda path: path.symlink_to(path)), "cannot be read"),
    "link to nothing": (_instead(lambda path: path.symlink_to("gone")), "no file"),
    "journal of another file": (_foreign_journal, "does not fit"),
}
