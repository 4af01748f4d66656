"""Text as people type it: what is removed from it, and the search key."""

import unicodedata
from dataclasses import dataclass
from typing import Final

#: So many words are looked for at once, and so many letters of each: more is a text that was pasted.
MOST_SEARCH_WORDS: Final = 12
_MOST_OF_A_WORD: Final = 200
_LETTERS = str.maketrans(
    {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff") | frozenset(_JOINERS)
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN = _INVISIBLE | _DIRECTIONS
_BREAKS = frozenset("\n\u2028\u2029\u0085\v\f")


def fold(text: str) -> str:
    """The search key of a text: NFKD without marks, casefolded, đ ł ø ß and their like mapped."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in _HIDDEN)
    return " ".join(plain.casefold().translate(_LETTERS).split())


def capital(text: str) -> str:
    """A text that begins with a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int = 60) -> str:
    """A text of at most `most` characters, an ellipsis where its end is cut off."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def search_words(text: str) -> list[str]:
    """The words of a text that is looked for, each folded: the first twelve, of each 200 letters."""
    return [word[:_MOST_OF_A_WORD] for word in fold(text).split()[:MOST_SEARCH_WORDS]]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit to be kept, and in words what was removed from it (nothing: empty)."""

    text: str
    removed: tuple[str, ...] = ()


def clean(text: str, *, multiline: bool = False) -> Cleaned:
    """NFC without NUL, control characters, zero-width characters and direction marks, ends stripped.

    Joiners stay where a script needs them (after letters of Arabic and the Indic scripts). A line
    break stays in a text of several lines and becomes a space in others; what was taken out is said.
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text.strip())
    kept: list[str] = []
    removed: list[str] = []
    for c in text.replace("\r\n", "\n").replace("\r", "\n").strip():
        word = "" if c in _JOINERS and kept and _takes_joiners(kept[-1]) else _unwanted(c)
        if c == "\t" or c in _BREAKS:
            kept.append(("\t" if c == "\t" else "\n") if multiline else " ")
            word = "" if multiline or c == "\t" else "a line break"
        elif not word:
            kept.append(c)
        if word and word not in removed:
            removed.append(word)
    return Cleaned(unicodedata.normalize("NFC", "".join(kept)).strip(), tuple(removed))


def unwanted(text: str) -> tuple[str, ...]:
    """What `clean` would take out of a text of one line, in words; names and e-mails with any are refused."""
    return clean(text).removed


def _unwanted(c: str) -> str:
    if c in _DIRECTIONS:
        return "a direction mark"
    if c in _INVISIBLE or 0xE0000 <= ord(c) <= 0xE007F:
        return "an invisible character"
    if unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE:
        return "a control character"
    return ""


def _takes_joiners(c: str) -> bool:
    """Arabic, Syriac and the scripts of India and its neighbours, where joiners change the letters."""
    return 0x0600 <= ord(c) <= 0x07FF or 0x0900 <= ord(c) <= 0x109F or 0x1780 <= ord(c) <= 0x17FF
