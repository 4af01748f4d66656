"""Reading copies and parcels: what a copy says of itself, what may be entered in it, and what comes back.

One keeper holds the file; the others have reading copies, enter a few kinds of things there, and send
them back in a parcel: an open record of those additions with a header that names its copy.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from commission_app.domain.open_record.form import FORMAT
from commission_app.errors import ConflictError, NewerVersionError, Problem, ValidationError

PARCEL_FORMAT: Final = "commission-parcel/1"
_FAMILY: Final = "commission-parcel/"
#: The lists that a parcel may bring, those first that others name.
NOUNS: Final = ("contacts", "agenda_items", "pledges", "payments", "deliveries")
#: A copy older than this is told when its parcel comes back (our default).
OLD_AFTER_DAYS: Final = 60
WHAT_CAN_BE_ENTERED: Final = (
    "new contacts, pledges, payments, deliveries and proposals for an agenda, and a payment can be voided"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """What a reading copy says of itself: of which record and state it is, who gave it to whom and when.

    `base` is the last action of the keeper's log in it, `log` a digest of the log up to there.
    """

    copy: str
    record: str
    commission: str
    given_by: str
    given_to: str
    given_at: datetime
    base: int
    log: str

    def as_fact(self) -> dict[str, Any]:
        """The mark as the copy keeps it and as a parcel's header carries it."""
        return {
            "copy": self.copy,
            "record": self.record,
            "commission": self.commission,
            "given_by": self.given_by,
            "given_to": self.given_to,
            "given_at": self.given_at.isoformat(),
            "base": self.base,
            "log": self.log,
        }

    @classmethod
    def of_fact(cls, values: Mapping[str, Any]) -> "CopyMark":
        """The mark that was kept; raises ValidationError where it is none."""
        problems = [
            Problem(f"parcel.{name}", "Must be text." if kind is str else "Must be a whole number.")
            for name, kind in _MARK.items()
            if type(values.get(name)) is not kind
        ]
        if not problems:
            try:
                given_at = datetime.fromisoformat(values["given_at"])
                if given_at.tzinfo is not None:
                    return cls(**{**{name: values[name] for name in _MARK}, "given_at": given_at})
            except ValueError:
                pass
            problems = [Problem("parcel.given_at", "Must be an instant with its offset.")]
        raise ValidationError(problems)


_MARK: Final[Mapping[str, type]] = {
    **dict.fromkeys(("copy", "record", "commission", "given_by", "given_to", "given_at", "log"), str),
    "base": int,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Additions that came back: the mark of their copy, who made the parcel and when, and the lists.

    `is_copy`: they were taken from the reading copy itself.
    """

    mark: CopyMark
    made_by: str
    made_at: datetime
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(repr=False)
    is_copy: bool = False

    def document(self) -> dict[str, Any]:
        """The parcel as an open record with its header."""
        header = {
            "format": PARCEL_FORMAT,
            **self.mark.as_fact(),
            "made_by": self.made_by,
            "made_at": self.made_at.isoformat(),
            "sha256": digest_of(self.lists),
        }
        return {"format": FORMAT, "parcel": header, **self.lists}


def digest_of(lists: Mapping[str, Any]) -> str:
    """The SHA-256 of a parcel's lists as JSON with sorted names and without spaces."""
    text = json.dumps(lists, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_parcel(document: Any) -> bool:
    """Whether a JSON document says that it is a parcel."""
    return isinstance(document, Mapping) and "parcel" in document


def read_parcel(document: Any) -> Parcel:
    """The parcel in a JSON document. Raises ConflictError for another kind of document, NewerVersionError
    for a later format, ValidationError for what cannot be read or was changed after it was made.
    """
    if not is_parcel(document):
        if isinstance(document, Mapping) and document.get("format") == FORMAT:
            message = "This is an open record without a parcel’s header. It is loaded on the command line."
        else:
            message = "This is a JSON file of something else, not a parcel of this program."
        raise ConflictError(message)
    header = document["parcel"]
    if not isinstance(header, Mapping):
        raise ValidationError({"parcel": "Must be an object."})
    name = header.get("format")
    if name != PARCEL_FORMAT:
        if isinstance(name, str) and name.startswith(_FAMILY):
            raise NewerVersionError(f"This parcel is of a newer format ({name}).", _NEWER)
        raise ValidationError({"parcel.format": f"Must be {PARCEL_FORMAT}."})
    mark = CopyMark.of_fact(header)
    lists = {noun: entries for noun, entries in document.items() if noun not in ("format", "parcel")}
    if header.get("sha256") != digest_of(lists):
        message = "This parcel was changed or damaged after it was made. Ask for it again."
        raise ValidationError({"parcel.sha256": message})
    foreign = [noun for noun in lists if noun not in NOUNS]
    if foreign:
        message = f"A parcel brings {', '.join(NOUNS).replace('_', ' ')}, and nothing else."
        raise ValidationError([Problem(noun, message) for noun in foreign])
    wrong = [
        Problem(f"{noun}[{index}]", "Must be an object with a key.")
        for noun, entries in lists.items()
        for index, entry in enumerate(entries if isinstance(entries, list) else (None,))
        if not isinstance(entry, Mapping) or not isinstance(entry.get("key"), str)
    ]
    if wrong:
        raise ValidationError(wrong)
    made_by = header.get("made_by")
    return Parcel(
        mark=mark,
        made_by=made_by if isinstance(made_by, str) else mark.given_to,
        made_at=_instant(header.get("made_at")),
        lists=lists,
    )


_NEWER: Final = "Nothing was changed. Install the newer version of the program to load it."


def _instant(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        found = None
    if found is None or found.tzinfo is None:
        raise ValidationError({"parcel.made_at": "Must be an instant with its offset."})
    return found


def header_schema() -> dict[str, Any]:
    """The JSON Schema of a parcel's header, which makes an open record a parcel."""
    names = ("format", *_MARK, "made_by", "made_at", "sha256")
    fields: dict[str, Any] = {name: {"type": "string"} for name in names}
    fields["format"] = {"const": PARCEL_FORMAT}
    fields["base"] = {"type": "integer"}
    return {
        "description": "The header of a parcel; without it the document is an open record.",
        "type": "object",
        "properties": fields,
        "required": list(names),
        "additionalProperties": False,
    }


class RowState(StrEnum):
    """What becomes of one row of a parcel."""

    NEW = "new"
    VOID = "void"
    ADJUSTED = "adjusted"
    SAME = "same"
    THERE = "there"
    KEPT = "kept"
    LEFT = "left"


#: The states of rows that change something.
COMING: Final = frozenset((RowState.NEW, RowState.VOID, RowState.ADJUSTED))
Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRow:
    """One row of a parcel: its noun and key, its words, what becomes of it and why.

    `same_as`: contacts of the file that may be the same, by key and name. `may_choose`: the keeper may
    take it in spite of the note, or leave it out.
    """

    noun: str
    key: str
    words: str
    state: RowState
    note: str = ""
    same_as: tuple[tuple[str, str], ...] = ()
    may_choose: bool = False

    @property
    def name(self) -> Name:
        """Noun and key."""
        return self.noun, self.key

    @property
    def comes(self) -> bool:
        """Whether it changes something."""
        return self.state in COMING


@dataclass(frozen=True, slots=True)
class Choices:
    """What the keeper decided: contacts that are the same as one of the file (by key), rows that are left
    out, and rows that are taken in spite of a note.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[Name] = frozenset()
    taken: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPreview:
    """What loading a parcel would do, row by row, and what has to be known of its copy."""

    parcel: Parcel
    rows: tuple[ParcelRow, ...]
    cautions: tuple[str, ...]
    text: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing comes in."""
        return not any(row.comes for row in self.rows)

    @property
    def conflicts(self) -> tuple[ParcelRow, ...]:
        """The rows that do not come in as they were sent."""
        return tuple(row for row in self.rows if row.state in (RowState.LEFT, RowState.ADJUSTED))
