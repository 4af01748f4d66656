"""Text as people type it: the search key."""

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss"})


def fold(text: str) -> str:
    """The search key of a text: NFKD without marks, casefolded, đ ł ø ß mapped to plain letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
