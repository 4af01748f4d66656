"""The order of words of mixed direction on a line (Unicode Standard Annex 9, without embeddings).

Explicit embeddings, overrides and isolates are removed from every text before it is printed, so a
paragraph is one run of the algorithm.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar
from unicodedata import bidirectional

T = TypeVar("T")

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "‹": "›"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_LEFT_TO_RIGHT_MARK = "\u200e"
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "BN"))


def has_right_to_left(text: str) -> bool:
    """Whether any character is of a script written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def levels(text: str) -> list[int]:
    """The embedding level of each character: odd ones are read from right to left.

    The paragraph runs from right to left when its first and its last letter do: a name that begins or
    ends an English sentence does not turn the sentence round.
    """
    types = [bidirectional(character) or "L" for character in text]
    letters = [kind for kind in types if kind in ("L", "R", "AL")]
    base = 1 if letters and letters[0] != "L" and letters[-1] != "L" else 0
    embedding = "R" if base else "L"
    _resolve_weak(types, embedding)
    _resolve_brackets(text, types, embedding)
    _resolve_neutral(types, embedding)
    if base:
        return [1 if kind == "R" else 2 for kind in types]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in types]


def levels_of_parts(parts: Sequence[str]) -> list[int]:
    """The levels of a paragraph put together from parts: none pulls the numbers and signs at the
    beginning of the next one into its own direction.
    """
    found = iter(levels(_LEFT_TO_RIGHT_MARK.join(parts)))
    kept = []
    for part in parts:
        kept += [next(found) for _ in part]
        next(found, None)
    return kept


def _resolve_weak(types: list[str], embedding: str) -> None:
    strong = previous = embedding
    for at, found in enumerate(types):
        kind = previous if found == "NSM" else found  # W1
        if kind in ("L", "R", "AL"):
            strong = kind
        previous = kind
        types[at] = "AN" if kind == "EN" and strong == "AL" else kind  # W2
    for at in range(1, len(types) - 1):  # W4
        before, kind, after = types[at - 1 : at + 2]
        if before == after and (
            (kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))
        ):
            types[at] = before
    for order in (range(len(types)), range(len(types) - 1, -1, -1)):  # W5
        previous = ""
        for at in order:
            if types[at] == "ET" and previous == "EN":
                types[at] = "EN"
            previous = types[at]
    strong = embedding
    for at, kind in enumerate(types):
        if kind in ("ES", "ET", "CS"):
            types[at] = "ON"  # W6
        elif kind == "AL":
            types[at] = strong = "R"  # W3
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[at] = "L"  # W7


def _direction(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind


def _resolve_brackets(text: str, types: list[str], embedding: str) -> None:
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, character in enumerate(text):
        if types[at] != "ON":
            continue
        if character in _PAIRS:
            opened.append(at)
        elif (opening := _CLOSING.get(character)) is not None:
            for depth in range(len(opened) - 1, max(-1, len(opened) - 64), -1):
                if text[opened[depth]] == opening:
                    pairs.append((opened[depth], at))
                    del opened[depth:]
                    break
    for start, end in sorted(pairs):
        inside = {_direction(kind) for kind in types[start + 1 : end]} & {"L", "R"}
        if not inside:
            continue
        if embedding in inside:
            types[start] = types[end] = embedding
            continue
        context = next((_direction(k) for k in reversed(types[:start]) if _direction(k) in "LR"), embedding)
        types[start] = types[end] = context if context in inside else embedding


def _resolve_neutral(types: list[str], embedding: str) -> None:
    at = 0
    while at < len(types):
        if types[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(types) and types[end] in _NEUTRAL:
            end += 1
        before = _direction(types[at - 1]) if at else embedding
        after = _direction(types[end]) if end < len(types) else embedding
        types[at:end] = [before if before == after else embedding] * (end - at)
        at = end


def in_visual_order(pieces: Sequence[T], piece_levels: Iterable[int]) -> list[T]:
    """The pieces of one line from left to right, each with the level of its characters (rule L2)."""
    order = list(zip(piece_levels, pieces, strict=True))
    highest = max((level for level, _ in order), default=0)
    for level in range(highest, 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return [piece for _, piece in order]
