"""The letters of a text file: in which encoding it is written, and what makes that doubtful."""

import re
from dataclasses import dataclass
from typing import Final

from commission_app.errors import Problem, ValidationError

_WIDE: Final = ("utf-16", "utf-32")
_STRAY: Final = re.compile("[\udc80-\udcff]")
_WORD: Final = re.compile(r"[^\s,;|\"]+")
#: Signs that stand in no word of the west; what a list of Central Europe has there are letters.
_SIGN_IN_WORD: Final = re.compile(
    r"[^\W\d_][\u00a1-\u00a8\u00ac\u00af\u00b1\u00b3\u00b6\u00b8\u00b9\u00bc-\u00bf\u00d7\u00f7]"
    r"|[\u00a2-\u00a6\u00a9\u00ac\u00af\u00b1\u00b3\u00b6\u00b9\u00bc\u00be](?=[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding as it is chosen, and in words why that may be wrong; empty for no doubt."""

    text: str
    encoding: str
    doubt: str = ""


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file in the encoding given, else UTF-8, UTF-16, UTF-32, or Windows' western one.

    A UTF-8 file with a few letters of another program is read with these as western ones. Raises
    ValidationError for what cannot be read.
    """
    marked = _of_marks(data)
    chosen = encoding or marked.removesuffix("-le").removesuffix("-be") or "utf-8"
    name = chosen
    if chosen in _WIDE:
        name = marked if marked.startswith(chosen) else f"{chosen}-le"
    try:
        return _as_one(data, name, chosen)
    except UnicodeError as error:
        if chosen == "utf-8" and (mixed := _mixed(data)) is not None:
            return mixed
        if encoding is not None:
            words = f"The text cannot be read as {encoding.upper()}. Choose another encoding."
            raise ValidationError([Problem("source", words)]) from error
    try:
        return _as_one(data, "cp1252", "cp1252")
    except UnicodeError as error:
        words = "The text is in an encoding that is not known. Save it as UTF-8."
        raise ValidationError([Problem("source", words)]) from error


def _of_marks(data: bytes) -> str:
    """The kind of UTF-16 or UTF-32 that a file begins like; empty for none."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    first = data[:200]
    if first.count(0) > len(first) * 5 // 8:
        return "utf-32-be" if first[:1] == b"\0" else "utf-32-le"
    if first.count(0) > len(first) // 4:
        return "utf-16-le" if first[1:2] == b"\0" else "utf-16-be"
    return ""


def _as_one(data: bytes, name: str, chosen: str) -> Decoded:
    text = data.decode("utf-8-sig" if name == "utf-8" else name)
    return Decoded(text, chosen, _doubt(text) if name == "cp1252" else "")


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 with at most as many letters that are not; None for a file that is not UTF-8."""
    text = data.decode("utf-8-sig", "surrogateescape")
    strays = [found.start() for found in _STRAY.finditer(text)]
    if not strays or sum(letter > "\x7f" for letter in text) < 2 * len(strays):
        return None
    try:
        whole = _STRAY.sub(_western, text)
    except UnicodeError:
        return None
    lines = list(dict.fromkeys(f"{text.count(chr(10), 0, at) + 1:,}" for at in strays[:3]))
    first = next(found[0] for found in _WORD.finditer(whole) if found.end() > strays[0])
    return Decoded(
        whole,
        "utf-8",
        f"The list is in UTF-8, but not all of it: line {', '.join(lines)}"
        f"{' and others' if len(strays) > 3 else ''}. What is not was read as Western (Windows), "
        f"like “{first[:60]}”: look at it.",
    )


def _western(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252")


def _doubt(text: str) -> str:
    """Why a text is hardly in Windows' western encoding, by the first word that shows it."""
    for word in (found[0] for found in _WORD.finditer(text)):
        if word.isascii():
            continue
        if _is_utf_8(word):
            return (
                f"“{word[:60]}” looks like letters in UTF-8. The list was read as Western (Windows), "
                "because not all of it is UTF-8. Save it again as UTF-8."
            )
        if _SIGN_IN_WORD.search(word):
            return (
                f"“{word[:60]}” looks wrong. The list was read as Western (Windows); if its letters are "
                "those of another language, choose another encoding."
            )
    return ""


def _is_utf_8(word: str) -> bool:
    try:
        return len(word.encode("cp1252").decode("utf-8")) < len(word)
    except UnicodeError:
        return False
