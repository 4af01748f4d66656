"""The ring around what the keyboard is on: one frame for the whole program, shown for keyboard focus only."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFocusFrame, QWidget
from shiboken6 import isValid
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_WIDTH, _DISTANCE = 2, 2


class FocusRing(QFocusFrame):
    """Two accent pixels, two pixels outside a part, with the part's corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.radius = 8.0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.radius + _DISTANCE + _WIDTH
        painting.outline(painter, QRectF(self.rect()), radius, theme.colour("accent"), _WIDTH)
        painter.end()


class _Shown:
    """The ring, once there is one, and whether the keyboard moved the focus last."""

    ring: FocusRing | None = None
    by_keyboard = False


def note_reason(reason: Qt.FocusReason) -> bool:
    """Remember how the focus came, and answer whether a part that has it should show it."""
    if reason in _KEYBOARD:
        _Shown.by_keyboard = True
    elif reason is Qt.FocusReason.MouseFocusReason:
        _Shown.by_keyboard = False
    return _Shown.by_keyboard


def by_keyboard() -> bool:
    """Whether the keyboard moved the focus last, so that it is shown."""
    return _Shown.by_keyboard


def enter(widget: QWidget, reason: Qt.FocusReason, radius: float = 8) -> None:
    """Called by a part that got the focus: the ring goes around it if it came by the keyboard."""
    if not note_reason(reason):
        leave(widget)
        return
    if _Shown.ring is None or not isValid(_Shown.ring):
        _Shown.ring = FocusRing(widget.window())
    _Shown.ring.radius = radius
    _Shown.ring.setWidget(widget)
    _Shown.ring.update()


def leave(widget: QWidget) -> None:
    """Called by a part that lost the focus."""
    ring = current()
    if ring is not None and ring.widget() is widget:
        ring.setWidget(None)  # type: ignore[arg-type] # Qt takes none, the stub does not


def current() -> FocusRing | None:
    """The ring, if there is one."""
    return _Shown.ring if _Shown.ring is not None and isValid(_Shown.ring) else None
