"""Which entries fit what was typed, and in what order: the words, their initials, or what was meant."""

from collections.abc import Collection, Iterable, Sequence

from commission_app.domain.text import fold, search_words
from commission_app.gui.search.entries import MOST, SearchEntry, Topic
from commission_app.gui.search.wording import fillers, same_words
from commission_app.gui.widgets.text import Run

_BEGINS, _WORD_BEGINS, _HAS, _SAME, _INITIALS, _MEANT = range(6)
_SHORT = 2


def initials_of(shown: str) -> str:
    """The first letters of the words: pta for post the agenda."""
    return "".join(word[0] for word in shown.split() if word[0].isalnum())


def fit(entry: SearchEntry, words: Sequence[str], meant: Sequence[Sequence[str]] = ()) -> int | None:
    """How well an entry fits folded words, 0 the best: its text begins with the first word, one of its words
    does, it has every word somewhere, it has words that mean the same (of what can be begun, set or read: of
    records the words count), the one word is its initials, it has the words that were meant. None where it
    does not fit.
    """
    shown = fold(entry.text)
    searched = f"{shown} {fold(entry.words)}"
    if all(word in searched for word in words):
        if shown.startswith(words[0]):
            return _BEGINS
        return _WORD_BEGINS if any(part.startswith(words[0]) for part in shown.split()) else _HAS
    telling = [word for word in words if word not in fillers()] or words
    if entry.does or isinstance(entry.target, Topic) or entry.key.startswith("paper:"):
        parts = searched.split()
        if all(word in searched or _begins(parts, _meaning(word)) for word in telling):
            return _SAME
    elif all(word in searched for word in telling):
        return _SAME
    if len(words) == 1 and len(words[0]) > 1 and initials_of(shown).startswith(words[0]):
        return _INITIALS
    if any(all(word in searched for word in text) for text in meant):
        return _MEANT
    return None


def _begins(parts: Sequence[str], meaning: Collection[str]) -> bool:
    return any(part.startswith(same) for part in parts for same in meaning)


def _meaning(word: str) -> set[str]:
    """A word and those that mean the same; a short one only stands for itself."""
    groups = (group for group in same_words() if word in group) if len(word) > _SHORT else ()
    return {word}.union(*groups)


def found_in(
    entries: Iterable[SearchEntry],
    text: str,
    *,
    meant: Sequence[Sequence[str]] = (),
    recent: Collection[str] = (),
    most: int = MOST,
) -> list[SearchEntry]:
    """The entries that fit a text, the best first; of those that have its words, what was opened before comes
    before the others (`recent` by key). Records come first, but the best action second (before a record
    that has the words only in passing); pages of the help come last, one in any case where its title has
    the first word, or where there are several words.
    """
    words = search_words(text)
    if not words:
        return []
    fitting = []
    for place, entry in enumerate(dict.fromkeys(entries)):
        how = fit(entry, words, meant)
        if how is not None:
            fitting.append((how > _SAME, how == _SAME, entry.key not in recent, how, place, entry))
    fitting.sort(key=lambda found: found[:5])
    ordered = [found[5] for found in fitting]
    topics = [entry for entry in ordered if isinstance(entry.target, Topic)]
    named = [entry for entry in topics if len(words) > 1 or (fit(entry, words) or 0) <= _WORD_BEGINS][:1]
    records = [entry for entry in ordered if not entry.does and entry not in topics]
    doing = [entry for entry in ordered if entry.does]
    first = [*records[:1], *doing[:1]]
    first.sort(key=lambda entry: (fit(entry, words, meant) or 0) > _WORD_BEGINS)  # by name before in passing
    best = [*first, *records[1:], *doing[1:]]
    return [*best[: most - len(named)], *topics][:most]


def bold_runs(text: str, typed: str, colour: str = "ink") -> list[Run]:
    """The text with the letters that were typed in 600, where they can be found as they stand; of initials
    the first letters."""
    low = text.casefold()
    if len(low) != len(text):
        return [Run(text, "body", colour, 0)]
    marked = [False] * len(text)
    words = sorted((word.casefold() for word in typed.split()), key=len, reverse=True)
    for word in words:
        at = low.find(word)
        if at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
    if len(words) == 1 and not any(marked):
        starts = [at for at in range(len(low)) if low[at].isalnum() and not low[at - 1 : at].isalnum()]
        if "".join(low[at] for at in starts).startswith(words[0]):
            for at in starts[: len(words[0])]:
                marked[at] = True
    runs: list[Run] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            runs.append(Run(text[start:at], "strong" if marked[start] else "body", colour, 0))
            start = at
    return runs
