"""What a mistyped word may have meant: the known words that are few letters away."""

from collections.abc import Collection, Sequence
from itertools import islice, product
from typing import Final

#: Letters that may be wrong, missing, too many or exchanged, by the length of what was typed; else the most.
_SLIPS: Final = ((3, 0), (5, 1))
_MOST_SLIPS: Final = 2
_MOST: Final = 3


def slips_allowed(word: str) -> int:
    """How many mistakes a word of this length may have: none up to 3 letters, 1 up to 5, else 2."""
    return next((slips for longest, slips in _SLIPS if len(word) <= longest), _MOST_SLIPS)


def near_words(word: str, vocabulary: Collection[str]) -> list[str]:
    """The known words nearest to a word that none of them contains, the nearest first, at most three; also
    those of which only the beginning was typed. Numbers are never guessed.
    """
    allowed = slips_allowed(word)
    if not allowed or not word.isalpha():
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    long_enough = [known for known in vocabulary if len(known) >= len(word) - allowed]
    begun = [known[: len(word)] for known in long_enough]
    best: dict[str, int] = {}
    for compared in (long_enough, begun):
        found = process.extract(word, compared, scorer=OSA.distance, score_cutoff=allowed, limit=4 * _MOST)
        for _, distance, at in found:
            known = long_enough[at]
            best[known] = min(int(distance), best.get(known, allowed))
    return sorted(best, key=lambda known: (best[known], known[:1] != word[:1], len(known), known))[:_MOST]


def corrections(words: Sequence[str], vocabulary: Collection[str], most: int = 3) -> list[tuple[str, ...]]:
    """Texts that may have been meant: each word that nothing contains becomes a near one. Nothing when every
    word is known, or when one has no near word.
    """
    choices: list[list[str]] = []
    for word in words:
        is_known = any(word in known for known in vocabulary)
        choices.append([word] if is_known else near_words(word, vocabulary))
    return list(islice((chosen for chosen in product(*choices) if chosen != tuple(words)), most))
