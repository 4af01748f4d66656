"""E-mails taken in: an .eml file, or a message pasted with its headers. Nothing is fetched from anywhere."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from commission_app.domain.intake import MOST_BYTES, IntakeDraft, KeptFile, file_name, other_name
from commission_app.domain.text import clean, shortened
from commission_app.domain.validation import NAME, TEXT, TITLE
from commission_app.errors import FileMissingError, StorageError, ValidationError

MOST_FILES: Final = 50
_MOST_HEADER: Final = 2_000
#: What the library raises on headers and bodies that break their rules.
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, UnicodeError)
_PASTED: Final = re.compile(r"(From|Sent|Date|To|Cc|Subject|Reply-To):[ \t]*(.*)", re.IGNORECASE)
_DAYS: Final = ("%A, %B %d, %Y", "%B %d, %Y", "%d %B %Y", "%A, %d %B %Y", "%Y-%m-%d", "%b %d, %Y", "%d %b %Y")


def read_message(path: Path, zone: ZoneInfo) -> IntakeDraft:
    """The e-mail in a file; ValidationError where there is none, StorageError where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileMissingError(f"There is no file {path}.") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    return parse_message(data, zone, name=path.name)


def parse_message(data: bytes, zone: ZoneInfo, *, name: str = "message.eml") -> IntakeDraft:
    """An e-mail as its bytes: who, when (the day in the commission's zone), subject, text and files; the
    message itself is kept beside them. Raises ValidationError where this is no e-mail or is too large.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    try:
        message = message_from_bytes(data, policy=policy.default)
        headers = {field: _header(message, field) for field in ("From", "Subject", "Date")}
        if not headers["From"] and not (headers["Subject"] and headers["Date"]):
            raise _no_message(name)
        body, notes = _body(message)
        files, more = _files(message)
    except RecursionError as error:
        raise ValidationError({"source": f"{name} is nested too deep to be read."}) from error
    sender, address = parseaddr(headers["From"])
    return IntakeDraft(
        name=_short(sender, NAME),
        address=_address(address),
        sent_on=_sent_on(headers["Date"], zone),
        subject=_short(headers["Subject"], TITLE),
        body=body,
        original=KeptFile(name=_named(name, ".eml"), type="message/rfc822", data=data),
        attachments=files,
        notes=(*notes, *more),
    )


def parse_pasted(text: str, zone: ZoneInfo) -> IntakeDraft:
    """A message pasted as text: lines like From: and Sent: on top, then its words. Without any of them
    all of it is the text.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large("The text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    headers: dict[str, str] = {}
    rest = 0
    for place, line in enumerate(lines):
        match = _PASTED.match(line.strip())
        if match is None and line.strip():
            break
        if match is not None:
            headers.setdefault(match[1].lower(), clean(match[2]).text[:_MOST_HEADER])
        rest = place + 1
        if not line.strip() and headers:
            break
    sender, address = _pasted_sender(headers.get("from", ""))
    body, notes = _limited("\n".join(lines[rest:]))
    return IntakeDraft(
        name=_short(sender, NAME),
        address=_address(address),
        sent_on=_sent_on(headers.get("date") or headers.get("sent", ""), zone),
        subject=_short(headers.get("subject", ""), TITLE),
        body=body,
        original=KeptFile(name="message.txt", type="text/plain", data=text.encode("utf-8", "replace")),
        notes=notes,
    )


def _too_large(name: str) -> ValidationError:
    return ValidationError({"source": f"{name} is over {MOST_BYTES // 1024**2} MB."})


def _no_message(name: str) -> ValidationError:
    return ValidationError({"source": f"{name} is no e-mail: it does not say from whom it is."})


# ---- Headers --------------------------------------------------------------------------------------


def _header(message: EmailMessage, field: str) -> str:
    """A header in words; one that the library cannot read as it stands, empty where there is none."""
    try:
        value = str(message.get(field, ""))
    except _BROKEN:
        value = next((str(raw) for name, raw in message.raw_items() if name.lower() == field.lower()), "")
    return clean(value[:_MOST_HEADER]).text


def _address(text: str) -> str:
    plain = clean(text).text
    return plain if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,190}", plain) else ""


def _pasted_sender(text: str) -> tuple[str, str]:
    """A sender as mail programs paste one: Ann Lee <ann@example.org>, or Ann Lee [mailto:ann@example.org]."""
    match = re.search(r"[<\[(]\s*(?:mailto:)?([^<>\[\]()\s]+@[^<>\[\]()\s]+)\s*[>\])]", text)
    if match:
        return text[: match.start()].strip(" \"'"), match[1]
    return ("", text) if "@" in text else (text, "")


def _sent_on(text: str, zone: ZoneInfo) -> date | None:
    on: date | None
    try:
        at = parsedate_to_datetime(text)
        on = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
    except (*_BROKEN, OverflowError):
        on = _written_day(text)
    return on if on and 1900 <= on.year <= 2100 else None


def _written_day(text: str) -> date | None:
    """A day as mail programs show it: Tuesday, May 12, 2026 9:12 AM."""
    words = re.sub(r"(,?\s+at)?[\s,]+\d{1,2}:\d\d.*$", "", text.strip())
    for form in _DAYS:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day alone
        except ValueError:
            continue
    return None


# ---- Text and files -------------------------------------------------------------------------------


def _body(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", ()
    text = _text(part)
    if part.get_content_type() == "text/html":
        text = _words_of(text)
    return _limited(text)


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except _BROKEN:  # an unknown encoding: its bytes as well as they can be read
        data = part.get_payload(decode=True)
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _limited(text: str) -> tuple[str, tuple[str, ...]]:
    kept = clean(text, multiline=True)
    notes = [f"Taken out of the text: {' and '.join(kept.removed)}."] if kept.removed else []
    if len(kept.text) > TEXT:
        notes.append(
            f"The text has {len(kept.text):,} characters; the first {TEXT:,} were taken over, "
            "all of it is kept with the e-mail."
        )
    return kept.text[:TEXT].rstrip(), tuple(notes)


def _short(text: str, most: int) -> str:
    return shortened(clean(text).text, most)


class _Words(HTMLParser):
    """The words of a page: no scripts, no styles, line breaks where blocks end."""

    _SKIPPED = frozenset({"script", "style", "head", "title", "template"})
    _BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in self._SKIPPED
        if tag in self._BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in self._SKIPPED and self._skipping > 0
        if tag in self._BLOCKS and tag != "br":
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.found.append(re.sub(r"\s+", " ", data))


def _words_of(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _files(message: EmailMessage) -> tuple[tuple[KeptFile, ...], tuple[str, ...]]:
    found: list[KeptFile] = []
    taken: set[str] = set()
    notes = []
    for part in _parts(message):
        if len(found) == MOST_FILES:
            notes.append(f"The e-mail has more than {MOST_FILES} files; the others are kept inside it.")
            break
        data = _bytes(part)
        if data is None:
            continue
        name = other_name(_file_name(part), taken)
        taken.add(name.casefold())
        found.append(KeptFile(name=name, type=part.get_content_type(), data=data))
    return tuple(found), tuple(notes)


def _parts(message: EmailMessage) -> Iterator[MIMEPart]:
    try:
        yield from message.iter_attachments()
    except _BROKEN:  # a message that calls itself several parts and is one
        return


def _bytes(part: MIMEPart) -> bytes | None:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else None
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) and data else None


def _file_name(part: MIMEPart) -> str:
    try:
        given = part.get_filename() or ""
    except _BROKEN:
        given = ""
    if not given and part.get_content_maintype() == "message":
        return "message.eml"
    return file_name(given)


def _named(name: str, ending: str) -> str:
    plain = file_name(name, "message")
    return plain if plain.lower().endswith(ending) else f"{plain}{ending}"
