"""Text of the run screen that is never cut: names and titles go on below where the room ends."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from commission_app.gui import theme
from commission_app.gui.widgets import painting


def lines_of(text: str, role: str, width: float) -> list[str]:
    """The lines of a text at a width: broken between words or after hyphens, else where the room ends."""
    if painting.text_width(role, text) <= width:
        return [text]
    layout = QTextLayout(text, theme.font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        found.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found


def widest_piece(text: str, role: str) -> float:
    """How wide the widest piece of a text is that nothing breaks: a word, or what a hyphen ends."""
    pieces = text.replace("-", "- ").split()
    return max((painting.text_width(role, piece) for piece in pieces), default=0.0)


def write_lines(painter: QPainter, at: QPointF, lines: list[str], role: str, colour: str) -> float:
    """Write lines below each other from a point on; where the next one begins."""
    high, top = theme.line_height(role), at.y()
    for line in lines:
        width = painting.text_width(role, line) + 2
        painting.write(painter, QRectF(at.x(), top, width, high), line, role, colour)
        top += high
    return top


def key_cap(painter: QPainter, at: QPointF, text: str) -> float:
    """A key as on the keyboard, its middle on the height of `at`; its width."""
    width = cap_width(text)
    area = QRectF(at.x(), at.y() - theme.scaled(23) / 2, width, theme.scaled(23))
    painter.fillPath(painting.rounded(area, 4), theme.colour("inset"))
    painting.outline(painter, area, 4, theme.colour("line-strong"))
    painting.write(painter, area, text, "small", "ink-2", align=Qt.AlignmentFlag.AlignHCenter)
    return width


def cap_width(text: str) -> float:
    """How wide a key is drawn."""
    return max(theme.scaled(24), int(painting.text_width("small", text)) + theme.scaled(13))
