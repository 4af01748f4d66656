"""A help page as a document: Markdown set in the type of the window, or of paper."""

import re
from typing import Final

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from commission_app.gui import theme
from commission_app.gui.help.topics import anchor
from commission_app.gui.widgets.menus import key_text

_ROLES: Final = {1: "title", 2: "heading", 3: "row-title"}
_ABOVE: Final = {1: 0, 2: 20, 3: 14}
_KEY: Final = re.compile(r"`((?:Ctrl|Shift|Alt)\+[^`]+)`")


def fill(document: QTextDocument, markdown: str, *, dark: bool) -> dict[str, int]:
    """Set a page into a document; the places of its headings by their names in links."""
    shown = _KEY.sub(lambda key: f"`{key_text(key[1])}`", markdown)
    document.setDefaultFont(theme.font("body"))
    document.setMarkdown(shown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    colours = {role: QColor(value) for role, value in theme.roles(dark).items()}
    places: dict[str, int] = {}
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _space(cursor, block)
        if level := block.blockFormat().headingLevel():
            places[anchor(block.text())] = block.position()
            _set_font(cursor, block, theme.font(_ROLES[level]))
        else:
            _set_words(cursor, block, colours)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame, colours["line"])
    cursor.endEditBlock()
    document.clearUndoRedoStacks()
    return places


def _space(cursor: QTextCursor, block: QTextBlock) -> None:
    in_table = cursor_at(cursor, block.position()).currentTable() is not None
    form = block.blockFormat()
    level = form.headingLevel()
    form.setTopMargin(theme.scaled(_ABOVE.get(level, 0)))
    form.setBottomMargin(0 if in_table else theme.scaled(4 if block.textList() else 8))
    form.setLineHeight(100 if level else 135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(form)


def cursor_at(cursor: QTextCursor, position: int) -> QTextCursor:
    """The cursor, put at a position."""
    cursor.setPosition(position)
    return cursor


def _set_font(cursor: QTextCursor, block: QTextBlock, font: QFont) -> None:
    cursor_at(cursor, block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    letters = QTextCharFormat()
    letters.setFont(font)
    cursor.setCharFormat(letters)


def _set_words(cursor: QTextCursor, block: QTextBlock, colours: dict[str, QColor]) -> None:
    """Keys and commands on a ground of their own, buttons in the strong face, links in the accent."""
    pieces = []
    each = block.begin()
    while not each.atEnd():
        piece = each.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        each += 1
    for position, length, letters in pieces:
        if letters.fontFixedPitch():
            letters.setFont(theme.font("label"))
            letters.setFontFixedPitch(False)
            letters.setBackground(QBrush(colours["neutral-bg"]))
        elif letters.fontWeight() >= QFont.Weight.Bold:
            letters.setFont(theme.font("strong"))
        if letters.isAnchor():
            letters.setForeground(QBrush(colours["accent"]))
            letters.setFontUnderline(True)
        else:
            letters.setForeground(QBrush(colours["ink"]))
        cursor_at(cursor, position).setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)


def _set_table(table: QTextTable, line: QColor) -> None:
    form = table.format()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderBrush(QBrush(line))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(theme.scaled(5))
    form.setCellSpacing(0)
    form.setTopMargin(theme.scaled(4))
    form.setBottomMargin(theme.scaled(12))
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(form)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFont(theme.font("label-strong"))
        cursor.mergeCharFormat(letters)


def line_width(characters: int = 78) -> int:
    """How wide a line of so many letters is; longer ones are hard to read."""
    return round(QFontMetricsF(theme.font("body")).averageCharWidth() * characters)
