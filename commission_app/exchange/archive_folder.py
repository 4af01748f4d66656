"""The whole record as files that any program can read, for a city's archive."""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

from commission_app.domain.open_record.nouns import NOUNS
from commission_app.domain.open_record.schema import json_schema
from commission_app.domain.open_record.writing import text
from commission_app.exchange.writing_lists import as_csv, flattened

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST: Final = 80  # letters of a file's name
README: Final = "README.txt"
SUMS: Final = "SHA256SUMS.txt"


def archive_files(
    document: Mapping[str, Any], today: date, *, public_only: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The files of an open folder by their paths: the record with its schema, a list per noun as CSV,
    attachments and posting copies as files, what is what, and the SHA-256 of each.

    `document` is an open record with the bytes of its attachments.
    """
    sums: list[tuple[str, str]] = []
    for name, data in _files(document, today, public_only=public_only):
        sums.append((sha256(data).hexdigest(), name))
        yield name, data
    listed = "".join(f"{digest}  {name}\n" for digest, name in sorted(sums, key=lambda pair: pair[1]))
    yield SUMS, listed.encode()


def _files(document: Mapping[str, Any], today: date, *, public_only: bool) -> Iterator[tuple[str, bytes]]:
    yield README, _readme(document, today, public_only=public_only).encode()
    yield "record.json", text(document).encode()
    yield "record.schema.json", text(json_schema()).encode()
    for noun in NOUNS:
        found = document.get(noun.name) or []
        entries = [found] if isinstance(found, Mapping) else found
        bare = [{name: value for name, value in entry.items() if name != "bytes"} for entry in entries]
        fields = [name for name in noun.by_name if name != "bytes"]
        yield f"lists/{noun.name}.csv", as_csv(*flattened(bare, fields))
    yield from _attached(document)


def _attached(document: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Attachments under names that every system can hold; posting copies by the day of their meeting."""
    starts = {meeting["key"]: meeting["starts"][:10] for meeting in document.get("meetings") or ()}
    copies = {
        copy["sha256"]: f"{starts.get(copy['meeting'], copy['meeting'])} copy {copy['number']}.pdf"
        for copy in document.get("posting_copies") or ()
    }
    taken: set[str] = set()
    for attachment in document.get("attachments") or ():
        data = attachment.get("bytes")
        if data is None:
            continue
        copy = copies.get(attachment["sha256"])
        folder = "posting copies" if copy else f"attachments/{attachment['noun']}"
        yield _free(folder, safe_name(copy or attachment["name"]), taken), base64.b64decode(data)


def safe_name(name: str) -> str:
    """A file's name that Windows, macOS and Linux can hold, its ending kept."""
    plain = " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    suffix = PurePath(plain).suffix[:12]
    stem = plain.removesuffix(suffix)[: _LONGEST - len(suffix)].rstrip(". ")
    return f"{stem or 'file'}{suffix}"


def _free(folder: str, name: str, taken: set[str]) -> str:
    """A path that no other file has, also where capitals make no difference."""
    suffix = PurePath(name).suffix
    stem, number = name.removesuffix(suffix), 1
    path = f"{folder}/{name}"
    while path.casefold() in taken:
        number += 1
        path = f"{folder}/{stem} ({number}){suffix}"
    taken.add(path.casefold())
    return path


def _readme(document: Mapping[str, Any], today: date, *, public_only: bool) -> str:
    commission = document["commission"]
    place = ", ".join(part for part in (commission["city"], commission.get("state")) if part)
    lines = [
        f"The record of the {commission['name']}, {place}",
        f"as of {today.isoformat()}, written by Commission App.",
        "",
        "Without private data of persons, and without minors."
        if public_only
        else "It holds private data: addresses, telephone numbers, gifts. Keep it where few can look.",
        "",
        "record.json         everything, in UTF-8; with the bytes of attachments (base64).",
        "                    Commission App reads it back: commission-app load FILE record.json",
        "record.schema.json  the form of record.json (JSON Schema)",
        "lists/              one list per kind of entry as CSV (UTF-8, commas), for spreadsheets;",
        "                    a quote before = + - @ keeps a cell from being taken for a formula",
        "attachments/        the files that were attached, by what they were attached to",
        "posting copies/     agendas as they were posted (PDF)",
        f"{SUMS}      the SHA-256 of every file; to check: sha256sum -c {SUMS}",
        "",
        "Days are written 2026-09-24, the start of a meeting in the commission's own time, amounts in whole",
        "cents. Entries name each other by their keys.",
        "",
        "Entries:",
    ]
    lines += [f"  {noun:<26}{count:>7,}" for noun, count in _counts(document)]
    return "\r\n".join([*lines, ""])


def _counts(document: Mapping[str, Any]) -> Sequence[tuple[str, int]]:
    return [(noun.name, len(document.get(noun.name) or ())) for noun in NOUNS if not noun.is_single]
