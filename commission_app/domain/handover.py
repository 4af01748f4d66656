"""The hand-over to a new keeper: the manifest that goes with the file, and the code that is read back.

The manifest is a text of `name: value` lines, for people and for programs; lines that begin with # explain.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from commission_app.errors import DamagedError, NewerVersionError, NotOursError

MANIFEST_FORMAT: Final = "commission-handover/1"
_FAMILY: Final = "commission-handover/"
#: Letters that nobody takes for another one, on paper or on the telephone.
_LETTERS: Final = "ACDEFGHJKMNPRTUWXY"
_LENGTH: Final = 8
_TEXTS: Final = ("record", "record id", "from", "to", "written at", "file", "sha256")
_COUNTED: Final = "counted "


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was handed over: whose record, by whom to whom and when, the file with its size and SHA-256, the
    last entry of its log, and what it holds (counts by noun, sums of money in cents).
    """

    record: str
    record_id: str
    given_by: str
    to: str
    at: datetime
    file: str
    size: int
    sha256: str
    last_action: int
    figures: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """The manifest as it is written beside the file."""
        lines = [
            MANIFEST_FORMAT,
            "# What was handed over. The program checks the file by this, and shows the code to read back.",
            f"record: {self.record}",
            f"record id: {self.record_id}",
            f"from: {self.given_by}",
            f"to: {self.to}",
            f"written at: {self.at.isoformat()}",
            f"file: {self.file}",
            f"size: {self.size}",
            f"sha256: {self.sha256}",
            f"last action: {self.last_action}",
            "# What the file holds; amounts are in cents.",
            *(f"{_COUNTED}{name}: {value}" for name, value in self.figures.items()),
        ]
        return "\n".join(lines) + "\n"

    @property
    def code(self) -> str:
        """The letters that the new keeper reads to the old one: ABCD-EFGH."""
        number = int.from_bytes(hashlib.sha256(self.text().encode()).digest(), "big")
        letters = ""
        for _ in range(_LENGTH):
            number, place = divmod(number, len(_LETTERS))
            letters += _LETTERS[place]
        return f"{letters[:4]}-{letters[4:]}"

    @classmethod
    def read(cls, text: str) -> "Manifest":
        """The manifest in a text. Raises NotOursError, NewerVersionError, or DamagedError."""
        first, *lines = text.splitlines() or [""]
        if first.startswith(_FAMILY) and first != MANIFEST_FORMAT:
            raise NewerVersionError("This hand-over was written by a newer version of this program.")
        if first != MANIFEST_FORMAT:
            raise NotOursError("This folder holds no manifest of a hand-over.")
        values = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith("#"))
        try:
            record, record_id, given_by, to, at, file, sha256 = (values[name] for name in _TEXTS)
            found = cls(
                record=record,
                record_id=record_id,
                given_by=given_by,
                to=to,
                at=datetime.fromisoformat(at),
                file=file,
                size=int(values["size"]),
                sha256=sha256,
                last_action=int(values["last action"]),
                figures={
                    name.removeprefix(_COUNTED): int(value)
                    for name, value in values.items()
                    if name.startswith(_COUNTED)
                },
            )
        except (KeyError, ValueError) as error:
            raise DamagedError("The manifest of this hand-over is damaged.", _AGAIN) from error
        if found.text().splitlines() != text.splitlines() or "/" in file or "\\" in file:
            raise DamagedError("The manifest of this hand-over was changed.", _AGAIN)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A hand-over that was written and not read back yet. `changes_since`: entries of the log after it."""

    to: str
    at: datetime
    folder: str
    changes_since: int


_AGAIN: Final = "Nothing was changed. Ask the old keeper to write the hand-over again."


def same_code(one: str, other: str) -> bool:
    """Whether two codes are the same; small letters, spaces and hyphens tell no difference."""
    return _bare(one) == _bare(other)


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def looks_like_code(code: str) -> bool:
    """Whether a text has the eight letters of a code."""
    bare = _bare(code)
    return len(bare) == _LENGTH and set(bare) <= set(_LETTERS)
