"""The line icons: one colour in the file, recoloured by role and rendered at the screen's pixel ratio."""

import functools

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from commission_app import paths
from commission_app.gui import theme

_RATIOS = (1.0, 1.25, 1.5, 2.0)
#: The property of an action that tells its icon: name, role, size.
_WHICH = "icon-name-role-size"


@functools.cache
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.cache
def names() -> tuple[str, ...]:
    """The names of all icons."""
    return tuple(sorted(file.stem for file in paths.resource("icons").glob("*.svg")))


def _rendered(source: str, key: str, colour: str, size: QSize, ratio: float) -> QPixmap:
    cached = QPixmap()
    key = f"{key}/{colour}/{size.width()}x{size.height()}/{ratio:g}"
    if QPixmapCache.find(key, cached):
        return cached
    result = QPixmap(size * ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.replace("#000", colour).encode())).render(painter)
    painter.end()
    result.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, result)
    return result


def pixmap(name: str, role: str = "ink-2", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon in the colour of a role, `size` logical pixels wide and high. FileNotFoundError if unknown."""
    return _rendered(_source(name), f"icon/{name}", theme.colour(role).name(), QSize(size, size), ratio)


def drawing(file: str, role: str, size: QSize, ratio: float = 1.0) -> QPixmap:
    """A one-colour drawing of resources (the map's land, a logo) in the colour of a role."""
    source = paths.resource(file).read_text(encoding="utf-8")
    return _rendered(source, f"drawing/{file}", theme.colour(role).name(), size, ratio)


def icon(name: str, role: str = "ink-2", size: int = 18) -> QIcon:
    """An icon for parts that want a QIcon; disabled it is ink-3. Make it anew when the theme changes."""
    result = QIcon()
    for ratio in _RATIOS:
        result.addPixmap(pixmap(name, role, size, ratio))
        result.addPixmap(pixmap(name, "ink-3", size, ratio), QIcon.Mode.Disabled)
    return result


def paint(painter: QPainter, name: str, rect: QRect | QRectF, role: str = "ink-2") -> None:
    """Draw an icon into a square, as sharp as the device allows."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    area = QRectF(rect)
    painter.drawPixmap(area.topLeft(), pixmap(name, role, round(area.width()), ratio))


class _Renewer(QObject):
    """Gives the actions their icons again whenever the theme changes. It asks the widgets for them and keeps
    none itself: what a menu or a line of text has let go since is no longer there to be asked.
    """

    @Slot()
    def renew(self) -> None:
        """Set the icons in the colours in force."""
        for widget in QApplication.allWidgets():
            for action in widget.actions():
                if (which := action.property(_WHICH)) is not None:
                    name, role, size = which
                    action.setIcon(icon(name, role, theme.scaled(size)))


@functools.cache
def _renewer() -> _Renewer:
    made = _Renewer(theme.notifier())
    theme.notifier().changed.connect(made.renew)
    return made


def assign(action: QAction, name: str, role: str = "ink-2", size: int = 18) -> None:
    """Give an action of a widget an icon that follows the theme."""
    _renewer()
    action.setProperty(_WHICH, [name, role, size])
    action.setIcon(icon(name, role, theme.scaled(size)))
