"""Text on the window: labels by type role, and single lines of several runs that shorten with an ellipsis."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting


class Text(QLabel):
    """Plain text in a type role and a colour role, on one line or wrapped."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        colour: str = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role, self._colour = role, colour
        self._is_struck = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def set_colour(self, colour: str) -> None:
        """Show the text in the colour of another role."""
        self._colour = colour
        self.restyle()

    def set_role(self, role: str) -> None:
        """Show the text in the font of another role."""
        self._role = role
        self.restyle()

    def set_struck(self, struck: bool) -> None:
        """Strike the text through, for what is void, or no longer."""
        self._is_struck = struck
        self.restyle()

    @final
    @Slot()
    def restyle(self) -> None:
        """Take font, colour and line height from the theme again."""
        font = theme.font(self._role)
        if self._is_struck:
            font = QFont(font)
            font.setStrikeOut(True)
        self.setFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._colour))
        self.setPalette(palette)
        self.setMinimumHeight(theme.line_height(self._role))


class Paragraph(Text):
    """Wrapped text that claims the height of all its lines at the width it has, so that no layout cuts it."""

    def __init__(
        self, text: str = "", role: str = "body", colour: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, colour, wrap=True, parent=parent)
        theme.notifier().changed.connect(self.claim_height)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        if self.isVisible():
            self.claim_height()

    @final
    @Slot()
    def claim_height(self) -> None:
        """Measure the lines again."""
        self.setMinimumHeight(0)  # a label says that it is never lower than this, whatever its lines
        self.setMinimumHeight(max(theme.line_height(self._role), self.heightForWidth(self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.claim_height()


def breakable(text: str) -> str:
    """A text whose very long words can be broken where a line ends: names of places have 58 letters."""
    return re.sub(r"\w{16}(?=\w{8})", "\\g<0>\u200b", text)


class IconLabel(QLabel):
    """An icon in a layout that follows the theme, `size` logical pixels at 100 percent."""

    def __init__(self, name: str, role: str = "ink-2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon, in the colour of a role."""
        self._name, self._role = name, role
        self.update()

    def icon_name(self) -> str:
        """Which icon is shown."""
        return self._name

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self._size), theme.scaled(self._size))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self._name, self.rect(), self._role)
        painter.end()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: its text with a type role and a colour role."""

    text: str
    role: str = "body"
    colour: str = "ink"
    gap: int = 6


def native(text: str, role: str = "body") -> Run:
    """A native spelling after a Latin name: weight 400, second ink."""
    return Run(text, role, "ink-2")


def runs_width(runs: Sequence[Run]) -> float:
    """The width that the runs need unshortened, in logical pixels."""
    shown = [run for run in runs if run.text]
    return sum(painting.text_width(run.role, run.text) for run in shown) + sum(
        theme.scaled(run.gap) for run in shown[1:]
    )


def paint_runs(painter: QPainter, rect: QRectF, runs: Sequence[Run], colour: str | None = None) -> bool:
    """Draw runs from the left on one baseline, centred on the height; False if they had to be shortened.

    `colour` replaces the colours of all runs, for selected rows."""
    shown = [run for run in runs if run.text]
    if not shown:
        return True
    metrics = [QFontMetricsF(theme.font(run.role)) for run in shown]
    ascent, descent = max(m.ascent() for m in metrics), max(m.descent() for m in metrics)
    baseline = rect.top() + (rect.height() - ascent - descent) / 2 + ascent
    x, whole = rect.left(), True
    for at, (run, metric) in enumerate(zip(shown, metrics, strict=True)):
        if at:
            x += theme.scaled(run.gap)
        room = rect.right() - x
        text = metric.elidedText(run.text, Qt.TextElideMode.ElideRight, room + 0.5)
        if text != run.text:
            whole = False
        painter.setFont(theme.font(run.role))
        painter.setPen(theme.colour(colour or run.colour))
        painter.drawText(QPointF(x, baseline), text)
        x += metric.horizontalAdvance(text)
        if not whole:
            break
    return whole


class Line(QLabel):
    """One line of runs on one baseline; what does not fit is cut with an ellipsis and told by the tooltip."""

    def __init__(
        self, runs: Sequence[Run] | str = (), role: str = "body", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_runs([Run(runs, role)] if isinstance(runs, str) else runs)
        theme.notifier().changed.connect(self.restyle)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other runs."""
        self._runs = tuple(runs)
        self.setText(" ".join(run.text for run in self._runs if run.text))
        self._tell()
        self.restyle()

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    def is_cut(self) -> bool:
        """Whether the line is too narrow for its text."""
        return runs_width(self._runs) > self.width() + 0.5

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.is_cut() else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    @override
    def sizeHint(self) -> QSize:
        height = max((theme.line_height(run.role) for run in self._runs), default=theme.line_height("body"))
        return QSize(int(runs_width(self._runs)) + 1, height)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.scaled(48)), hint.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_runs(painter, QRectF(self.rect()), self._runs)
        painter.end()


class Elided(Line):
    """A label in one type role that shortens with an ellipsis and then has its text as tooltip."""

    def __init__(
        self, text: str = "", role: str = "body", colour: str = "ink", parent: QWidget | None = None
    ) -> None:
        self._look = (role, colour)
        super().__init__([Run(text, role, colour)], parent=parent)

    def set_text(self, text: str, colour: str | None = None) -> None:
        """Show another text, and from now on in another colour if one is given."""
        self._look = (self._look[0], colour or self._look[1])
        self.set_runs([Run(text, *self._look)])


class Surface(QFrame):
    """A part of the window filled with the colour of a surface role: chrome, page, inset."""

    def __init__(self, role: str = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(self._role))
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()


class Hairline(QWidget):
    """A line of one device pixel across the width, or down the height."""

    def __init__(self, role: str = "line", vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._vertical = role, vertical
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = painting.pixel(painter)
        area = QRectF(self.rect())
        if self._vertical:
            area.setWidth(width)
        else:
            area.setHeight(width)
        painting.fill(painter, area, theme.colour(self._role))
        painter.end()
