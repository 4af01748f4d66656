"""Chips: a state in an icon, a word and a colour; one drawing for widgets and for cells. And key caps."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting


class ChipKind(StrEnum):
    """How a state looks; which state has which kind stands in one place, beside the words of the states."""

    OVERDUE = "overdue"
    SOON = "soon"
    DONE = "done"
    ACCENT = "accent"
    PLAIN = "plain"
    OUTLINE = "outline"
    DASHED = "dashed"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """What a chip says: the word, the kind, the icon's name."""

    text: str
    kind: ChipKind = ChipKind.PLAIN
    icon: str = ""

    def quiet(self) -> "ChipSpec":
        """The same state for a list pane, where every state is quiet."""
        return ChipSpec(self.text, ChipKind.QUIET, self.icon)


_COLOURS: Final[dict[ChipKind, tuple[str, str]]] = {  # ink, fill
    ChipKind.OVERDUE: ("over", "over-bg"),
    ChipKind.SOON: ("warn", "warn-bg"),
    ChipKind.DONE: ("ok", "ok-bg"),
    ChipKind.ACCENT: ("sel-ink", "sel"),
    ChipKind.PLAIN: ("neutral", "neutral-bg"),
    ChipKind.OUTLINE: ("ink-2", ""),
    ChipKind.DASHED: ("ink-2", ""),
    ChipKind.QUIET: ("ink-2", ""),
}
_HEIGHT, _RADIUS, _ICON, _GAP, _LEFT, _RIGHT = 24, 6, 15, 5, 6, 8


def chip_size(text: str, icon: str = "", kind: ChipKind = ChipKind.PLAIN) -> QSize:
    """How large a chip is, in logical pixels at the text size in force."""
    width = painting.text_width("chip", text)
    if icon:
        width += theme.scaled(_ICON) + theme.scaled(_GAP)
    if kind is not ChipKind.QUIET:
        width += theme.scaled(_LEFT if icon else _RIGHT) + theme.scaled(_RIGHT)
    return QSize(int(width) + 1, theme.scaled(_HEIGHT))


def paint_chip(
    painter: QPainter,
    at: QPointF | QRectF,
    text: str,
    icon: str = "",
    kind: ChipKind = ChipKind.PLAIN,
    *,
    selected: bool = False,
    colour: str | None = None,
) -> QRectF:
    """Draw a chip and return where it is.

    At a point its top left corner stands there; in a rectangle it is at the left, centred on the height, and
    shortened to the width. `selected` is for a selected row, where an accent chip stands on page colour.
    `colour` replaces the ink of a quiet chip."""
    size = chip_size(text, icon, kind)
    area = QRectF(at, size.toSizeF()) if isinstance(at, QPointF) else QRectF(at)
    if isinstance(at, QRectF):
        area = QRectF(
            at.left(),
            at.top() + (at.height() - size.height()) // 2,
            min(float(size.width()), at.width()),
            size.height(),
        )
    ink, fill = _COLOURS[kind]
    if kind is ChipKind.ACCENT and selected:
        fill = "page"
    if kind is ChipKind.QUIET and colour:
        ink = colour
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fill:
        painter.fillPath(painting.rounded(area, _RADIUS), theme.colour(fill))
    elif kind is ChipKind.OUTLINE:
        painting.outline(painter, area, _RADIUS, theme.colour("line-strong"))
    elif kind is ChipKind.DASHED:
        painting.dashed_outline(painter, area, _RADIUS, theme.colour("control"))
    x = area.left()
    if kind is not ChipKind.QUIET:
        x += theme.scaled(_LEFT if icon else _RIGHT)
    if icon:
        side = theme.scaled(_ICON)
        icons.paint(painter, icon, QRectF(x, area.top() + (area.height() - side) // 2, side, side), ink)
        x += side + theme.scaled(_GAP)
    right = area.right() - (0 if kind is ChipKind.QUIET else theme.scaled(_RIGHT))
    painting.write(painter, QRectF(x, area.top(), right - x + 1, area.height()), text, "chip", ink)
    painter.restore()
    return area


class Chip(QLabel):
    """A chip as a widget, as wide as its text; where there is less room it is shortened and has a tooltip."""

    def __init__(
        self, text: str = "", kind: ChipKind = ChipKind.PLAIN, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._spec = ChipSpec(text, kind, icon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_spec(self._spec)
        theme.notifier().changed.connect(self.restyle)

    @classmethod
    def of(cls, spec: ChipSpec, parent: QWidget | None = None) -> "Chip":
        """A chip that says what is given."""
        return cls(spec.text, spec.kind, spec.icon, parent)

    def spec(self) -> ChipSpec:
        """What the chip says."""
        return self._spec

    def set_spec(self, spec: ChipSpec) -> None:
        """Say something else."""
        self._spec = spec
        self.setText(spec.text)
        self.restyle()

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._spec.text, self._spec.icon, self._spec.kind)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.sizeHint().width() > self.width() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._spec.text, self._spec.icon, self._spec.kind)
        painter.end()


class KeyCap(QLabel):
    """The key of an action, as it is written on the keyboard: Ctrl Z."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = int(painting.text_width("small", self.text())) + 1 + theme.scaled(12)
        return QSize(width, theme.scaled(20))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painting.outline(painter, area, 4, theme.colour("line-strong"))
        painting.write(painter, area, self.text(), "small", "ink-3", align=Qt.AlignmentFlag.AlignHCenter)
        painter.end()
