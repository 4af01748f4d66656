"""The look of the window: colours, fonts and sizes by role, in a light and a dark theme.

`install` puts style, palette, fonts and the one application style sheet in force; it may be called again to
change the scheme or the text size. Widgets ask for roles when they paint and never keep what they got."""

import functools
import tomllib
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip

from commission_app import paths
from commission_app.gui import theme_fonts, theme_style

TEXT_PERCENTS: Final = (100, 115, 130, 150, 200)


class Scheme(StrEnum):
    """Which theme is shown; SYSTEM follows the desktop, also when it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Notifier(QObject):
    """Tells that colours, fonts or sizes are others now."""

    changed = Signal()

    @Slot()
    def follow_system(self) -> None:
        """Take over the desktop's scheme when it is the one to follow."""
        if _current.scheme is Scheme.SYSTEM and _system_is_dark() != _current.dark:
            _apply()


class _Current:
    """What is in force."""

    scheme = Scheme.SYSTEM
    dark = False
    percent = 100
    style: theme_style.AppStyle | None = None
    notifier: Notifier | None = None

    def __init__(self) -> None:
        self.fonts: dict[str, QFont] = {}


_current = _Current()


@functools.cache
def roles(dark: bool) -> dict[str, str]:
    """The colours of a theme as #RRGGBB by role."""
    with paths.resource("themes", "dark.toml" if dark else "light.toml").open("rb") as file:
        theme = tomllib.load(file)
    return {role: theme["colours"][name] for role, name in theme["roles"].items()}


@functools.cache
def _colours(dark: bool) -> dict[str, QColor]:
    return {role: QColor(value) for role, value in roles(dark).items()}


def colour(role: str) -> QColor:
    """The colour of a role in the theme that is shown; KeyError if there is no such role."""
    return QColor(_colours(_current.dark)[role])


def is_dark() -> bool:
    """Whether the dark theme is shown."""
    return _current.dark


def scheme() -> Scheme:
    """What was chosen, which may be to follow the system."""
    return _current.scheme


def text_percent() -> int:
    """The text size in percent, 100 to 200."""
    return _current.percent


def scaled(px: float) -> int:
    """Logical pixels times the text percentage: row heights and painted sizes that follow the text."""
    return round(px * _current.percent / 100)


def font(role: str) -> QFont:
    """The font of a role at the text size in force; KeyError if there is no such role."""
    cached = _current.fonts.get(role)
    if cached is None:
        cached = _current.fonts[role] = theme_fonts.make(role, _current.percent)
    return QFont(cached)


def line_height(role: str) -> int:
    """The height of a line of a role, in logical pixels."""
    return scaled(theme_fonts.ROLES[role].line)


def notifier() -> Notifier:
    """The one object, living on the application, whose `changed` tells of another theme or text size."""
    if _current.notifier is None:
        _current.notifier = Notifier(QApplication.instance())
    return _current.notifier


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_percent: int = 100) -> None:
    """Put the theme in force, or change it: style, palette, fonts, style sheet.

    `text_percent` is held between 100 and 200. All repaints, and `notifier().changed` is sent."""
    if _current.style is None:
        _current.style = theme_style.AppStyle()
        app.setStyle(_current.style)
        app.styleHints().colorSchemeChanged.connect(notifier().follow_system)
        QTimer.singleShot(0, notifier(), theme_fonts.add_missing_scripts)
    _current.scheme, _current.percent = scheme, min(200, max(100, text_percent))
    wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
    _apply()


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _apply() -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _current.dark = _system_is_dark() if _current.scheme is Scheme.SYSTEM else _current.scheme is Scheme.DARK
    _current.fonts = {}
    if _current.style is not None:
        _current.style.text_percent = _current.percent
    app.setPalette(theme_style.palette(_colours(_current.dark)))
    app.setFont(font("body"))
    QToolTip.setFont(font("meta"))
    app.setStyleSheet("")  # else Qt polishes each widget once for every widget that it stands in
    app.setStyleSheet(theme_style.sheet(roles(_current.dark), _current.percent))
    notifier().changed.emit()
