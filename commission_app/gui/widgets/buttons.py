"""Buttons: primary, secondary, quiet, danger, icon, and their smaller relatives, drawn by one class."""

from typing import Final, Literal, NamedTuple, final

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Pressed

Kind = Literal["primary", "secondary", "quiet", "danger", "icon", "ghost", "pill", "link", "outline"]
Size = Literal["normal", "small", "large", "run", "run-large"]


class _Look(NamedTuple):
    """Colour roles of a state; empty for none."""

    fill: str
    edge: str
    ink: str
    icon: str


class _Kind(NamedTuple):
    normal: _Look
    hover: _Look
    pressed: _Look
    font: str


_OFF: Final = _Look("inset", "line", "ink-3", "ink-3")
_OFF_BARE: Final = _Look("", "", "ink-3", "ink-3")
_BARE: Final = frozenset({"ghost", "link", "quiet", "pill", "outline"})

_KINDS: Final[dict[str, _Kind]] = {
    "primary": _Kind(
        _Look("accent-fill", "", "on-accent", "on-accent"),
        _Look("accent-fill-hover", "", "on-accent", "on-accent"),
        _Look("accent-fill-pressed", "", "on-accent", "on-accent"),
        "strong",
    ),
    "secondary": _Kind(
        _Look("page", "line-strong", "ink", "ink"),
        _Look("hover", "line-strong", "ink", "ink"),
        _Look("chrome-hover", "line-strong", "ink", "ink"),
        "medium",
    ),
    "quiet": _Kind(
        _Look("", "", "accent", "accent"),
        _Look("sel", "", "accent", "accent"),
        _Look("sel-hover", "", "accent", "accent"),
        "medium",
    ),
    "danger": _Kind(
        _Look("danger", "", "on-accent", "on-accent"),
        _Look("danger", "", "on-accent", "on-accent"),
        _Look("danger", "", "on-accent", "on-accent"),
        "strong",
    ),
    "icon": _Kind(
        _Look("page", "line-strong", "ink", "ink"),
        _Look("hover", "line-strong", "ink", "ink"),
        _Look("chrome-hover", "line-strong", "ink", "ink"),
        "medium",
    ),
    "ghost": _Kind(
        _Look("", "", "ink-2", "ink-2"),
        _Look("hover", "", "ink", "ink"),
        _Look("chrome-hover", "", "ink", "ink"),
        "medium",
    ),
    "pill": _Kind(
        _Look("", "", "ink-2", "ink-2"),
        _Look("hover", "", "ink", "ink-2"),
        _Look("chrome-hover", "", "ink", "ink-2"),
        "medium",
    ),
    "link": _Kind(
        _Look("", "", "accent", "accent"),
        _Look("", "", "accent", "accent"),
        _Look("", "", "accent", "accent"),
        "medium",
    ),
    "outline": _Kind(
        _Look("", "ink", "ink", "ink"),
        _Look("", "ink", "ink", "ink"),
        _Look("", "ink", "ink", "ink"),
        "medium",
    ),
}
_CHECKED: Final = _Look("sel", "", "sel-ink", "sel-ink")
_HEIGHT: Final = {"normal": 36, "small": 32, "large": 48, "run": 44, "run-large": 52}
_PADDING: Final = {"normal": 14, "small": 12, "large": 18, "run": 16, "run-large": 24}
_RUN_FONTS: Final = {"strong": "run-strong", "medium": "run-medium"}
_RADIUS: Final = 8
_ICON: Final = 18
_GAP: Final = 8


class Button(Pressed, QPushButton):
    """A button with a verb, an icon, or both.

    `kind` is primary (at most one on a page), secondary, quiet, danger (in dialogs), icon (square, framed),
    ghost (without a frame), pill (a filter, checkable), link (text in a line) or outline (in a filled
    message bar, in the colour of `tone`). `trailing` is an icon after the text, `key` the key that does the
    same, in run mode. An icon alone needs `name`, which becomes accessible name and tooltip."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "secondary",
        icon: str | None = None,
        size: Size = "normal",
        *,
        trailing: str | None = None,
        key: str = "",
        name: str = "",
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._key = key
        self._size: Size = size
        self._icon, self._trailing, self._tone = icon, trailing, tone
        self._tip = name
        self._reason: str | None = None
        self.setAutoDefault(False)
        self.setCheckable(kind == "pill")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def kind(self) -> Kind:
        """Which kind of button it is now."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Turn it into another kind of button."""
        self._kind = kind
        self.restyle()

    def icon_name(self) -> str | None:
        """The icon before the text."""
        return self._icon

    def set_icon(self, icon: str | None, trailing: str | None = None) -> None:
        """Show another icon before the text, and after it."""
        self._icon, self._trailing = icon, trailing
        self.restyle()

    def set_tone(self, tone: str) -> None:
        """Draw an outline button in another colour role; an empty one for ink."""
        self._tone = tone
        self.update()

    def set_tip(self, tip: str) -> None:
        """The tooltip while the button can be pressed."""
        self._tip = tip
        if self._reason is None:
            self.setToolTip(tip)

    def set_unavailable(self, reason: str | None) -> None:
        """Disable the button and say why in its tooltip; None makes it available again."""
        self._reason = reason
        self.setEnabled(reason is None)
        self.setToolTip(self._tip if reason is None else reason)
        self.setAccessibleDescription(reason or "")

    def unavailable_because(self) -> str | None:
        """Why the button cannot be pressed, if a reason was given."""
        return self._reason

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        role = _KINDS[self._kind].font
        self.ring_radius = 4 if self._kind == "link" else _RADIUS
        self.setFont(theme.font(_RUN_FONTS[role] if self._size.startswith("run") else role))
        self.updateGeometry()
        self.update()

    def _text_width(self) -> int:
        if not self.text():
            return 0
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def _cap_width(self) -> int:
        return int(painting.text_width("small-strong", self._key)) + 1 + theme.scaled(14)

    def _content_width(self) -> int:
        pieces = [theme.scaled(_ICON) for icon in (self._icon, self._trailing) if icon]
        if self.text():
            pieces.append(self._text_width())
        if self._key:
            pieces.append(self._cap_width())
        return sum(pieces) + theme.scaled(_GAP) * max(0, len(pieces) - 1)

    @override
    def sizeHint(self) -> QSize:
        if self._kind == "link":
            return QSize(self._content_width(), max(theme.line_height("body"), theme.scaled(24)))
        height = theme.scaled(_HEIGHT[self._size])
        if not self.text():
            return QSize(height, height)
        return QSize(self._content_width() + 2 * theme.scaled(_PADDING[self._size]), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _look(self) -> _Look:
        if not self.isEnabled():
            return _OFF_BARE if self._kind in _BARE else _OFF
        if self.isChecked():
            return _CHECKED
        kind = _KINDS[self._kind]
        look = kind.pressed if self.isDown() else kind.hover if self.underMouse() else kind.normal
        return _Look("", self._tone, self._tone, self._tone) if self._tone else look

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if look.fill:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour(look.fill))
        if look.edge:
            painting.outline(painter, area, _RADIUS, theme.colour(look.edge))
        self._paint_content(painter, look)
        painter.end()

    def _paint_content(self, painter: QPainter, look: _Look) -> None:
        side, gap, height = theme.scaled(_ICON), theme.scaled(_GAP), self.height()
        x = 0 if self._kind == "link" else (self.width() - self._content_width()) // 2
        if self._icon:
            icons.paint(painter, self._icon, QRectF(x, (height - side) // 2, side, side), look.icon)
            x += side + gap
        if self.text():
            font = self.font()
            if self._kind == "pill" and self.isChecked():
                font = theme.font("strong")
            font.setUnderline(self._kind == "link" and self.underMouse() and self.isEnabled())
            painter.setFont(font)
            painter.setPen(theme.colour(look.ink))
            width = self._text_width()
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            text_area = QRectF(x, 0, width + 4, height)
            painter.drawText(text_area, int(flags) | int(Qt.TextFlag.TextShowMnemonic), self.text())
            x += width + gap
        if self._trailing:
            icons.paint(painter, self._trailing, QRectF(x, (height - side) // 2, side, side), look.icon)
        if self._key:
            high = theme.scaled(22)
            cap = QRectF(x, (height - high) // 2, self._cap_width(), high)
            edge = look.ink if look.fill == "accent-fill" or not look.edge else "line-strong"
            painting.outline(painter, cap, 4, theme.colour(edge))
            centre = Qt.AlignmentFlag.AlignHCenter
            painting.write(painter, cap, self._key, "small-strong", look.ink, align=centre)


def match_widths(buttons: list[Button]) -> None:
    """Make all buttons of a list as wide as the widest."""
    widest = max((button.sizeHint().width() for button in buttons), default=0)
    for button in buttons:
        button.setMinimumWidth(widest)
