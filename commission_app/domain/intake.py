"""An e-mail as a form takes it over, and the files that are kept with a record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from commission_app.domain.text import clean

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_NAME: Final = 120
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file to be kept with a record: a clean name, a media type, its bytes."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDraft:
    """What an e-mail says: from whom, the day on the sender's clock, subject, text, files. `original` is the
    message itself; `notes` are sentences on what could not be taken over.
    """

    name: str = ""
    address: str = ""
    sent_on: date | None = None
    subject: str = ""
    body: str = ""
    original: KeptFile | None = None
    attachments: tuple[KeptFile, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept with a record: what it is of (list and id), what it is for, its name, type and size.

    `size` None: it was loaded without its bytes, and they are not in the file.
    """

    id: str
    key: str
    noun: str
    of_id: str
    use: str | None = None
    name: str
    type: str
    sha256: str
    size: int | None


def file_name(given: str, fallback: str = "attachment") -> str:
    """A file name that every system takes: no path, no hidden or reserved characters, not too long."""
    bare = given.replace("\\", "/").rpartition("/")[2]
    name = "".join("_" if c in _FORBIDDEN else c for c in clean(bare).text).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    if stem.split(".", maxsplit=1)[0].casefold() in _RESERVED:
        stem = f"_{stem}"
    ending = f".{suffix}" if dot and len(suffix) <= 12 else ""
    stem = (stem if ending or not dot else name)[: MOST_NAME - len(ending)].strip(". ")
    return f"{stem}{ending}" if stem else f"{fallback}{ending}"


def other_name(name: str, taken: Collection[str]) -> str:
    """A name that is not taken yet: letter 2.pdf."""
    if name.casefold() not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number = 2
    while (found := f"{stem} {number}{dot}{suffix}").casefold() in taken:
        number += 1
    return found
