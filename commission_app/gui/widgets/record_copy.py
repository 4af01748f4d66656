"""Rows of a table as other programs take them: lines of cells parted by tabs, and a table in HTML."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from PySide6.QtCore import QMimeData

from commission_app.gui.widgets.record_model import Align, Column

#: What a spreadsheet would take for a formula; telephone numbers and amounts are left as they are.
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![\d\s().,/-]*$)")
_CELL: Final = "border:0.5pt solid #999999;padding:2pt 6pt"


def copied_rows(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> list[list[str]]:
    """The headers and the cells of some rows."""
    cells = [[column.header for column in columns]]
    cells += [[" ".join(column.copied(row).split()) for column in columns] for row in rows]
    return cells


def as_text(cells: Iterable[Sequence[str]]) -> str:
    """Lines of cells parted by tabs; what looks like a formula gets a quote before it."""
    return "\n".join("\t".join(map(_harmless, row)) for row in cells)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def as_html(columns: Sequence[Column[Any]], cells: Sequence[Sequence[str]]) -> str:
    """A table with headers for letters; spreadsheets are told which cells are text."""
    lines = ['<meta charset="utf-8"><table style="border-collapse:collapse">']
    for number, row in enumerate(cells):
        lines.append("<tr>")
        for column, text in zip(columns, row, strict=True):
            tag, style = ("td", _CELL) if number else ("th", f"{_CELL};font-weight:bold")
            if column.align is Align.RIGHT:
                style += ";text-align:right"
            else:
                style += ";text-align:left"
            if _FORMULA.match(text) or text.startswith(("+", "-")):
                style += ";mso-number-format:'\\@'"
            lines.append(f'<{tag} style="{style}">{escape(text)}</{tag}>')
        lines.append("</tr>")
    return "".join([*lines, "</table>"])


def clipping(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> QMimeData:
    """Rows for the clipboard, as text and as HTML."""
    cells = copied_rows(columns, rows)
    data = QMimeData()
    data.setText(as_text(cells))
    data.setHtml(as_html(columns, cells))
    return data
