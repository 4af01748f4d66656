"""Aligned columns for people; letters of double width count twice."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def columns(
    rows: Sequence[Sequence[str]], heads: Sequence[str] = (), *, right: Sequence[int] = ()
) -> list[str]:
    """Rows as lines with aligned columns; `right` are the columns of numbers."""
    if not rows:
        return []
    shown = [list(heads), *rows] if heads else list(rows)
    widths = [max(width(row[index]) for row in shown) for index in range(len(shown[0]))]
    lines = []
    for row in shown:
        cells = []
        for index, cell in enumerate(row):
            gap = " " * (widths[index] - width(cell))
            cells.append(gap + cell if index in right else cell + gap)
        lines.append("  ".join(cells).rstrip())
    if heads:
        lines.insert(1, "  ".join("-" * each for each in widths))
    return lines
