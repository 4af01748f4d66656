"""The type of the window: roles with pixel size, weight and line height, and the families behind them."""

import functools
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from commission_app import paths


class TypeRole(NamedTuple):
    """Size and line height in logical pixels at 100 percent, and weight."""

    size: int
    weight: QFont.Weight
    line: int


_REGULAR, _MEDIUM, _SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold

ROLES: Final[dict[str, TypeRole]] = {
    "headline": TypeRole(40, _SEMIBOLD, 48),
    "display": TypeRole(28, _SEMIBOLD, 36),
    "native-display": TypeRole(28, _REGULAR, 36),
    "title": TypeRole(22, _SEMIBOLD, 28),
    "native-title": TypeRole(22, _REGULAR, 28),
    "subtitle": TypeRole(20, _SEMIBOLD, 28),
    "dialog": TypeRole(18, _SEMIBOLD, 26),
    "lead": TypeRole(17, _REGULAR, 26),
    "tile": TypeRole(17, _SEMIBOLD, 24),
    "heading": TypeRole(16, _SEMIBOLD, 24),
    "native-heading": TypeRole(16, _REGULAR, 24),
    "row-title": TypeRole(15, _SEMIBOLD, 22),
    "native-row-title": TypeRole(15, _REGULAR, 22),
    "body": TypeRole(14, _REGULAR, 20),
    "medium": TypeRole(14, _MEDIUM, 20),
    "strong": TypeRole(14, _SEMIBOLD, 20),
    "label": TypeRole(13, _MEDIUM, 18),
    "label-strong": TypeRole(13, _SEMIBOLD, 18),
    "chip": TypeRole(13, _MEDIUM, 18),
    "meta": TypeRole(13, _REGULAR, 18),
    "small": TypeRole(12, _REGULAR, 16),
    "small-strong": TypeRole(12, _SEMIBOLD, 16),
    "figure": TypeRole(32, _SEMIBOLD, 36),
    "figure-large": TypeRole(56, _SEMIBOLD, 60),
    "run-item": TypeRole(32, _SEMIBOLD, 40),
    "run-result": TypeRole(26, _SEMIBOLD, 34),
    "run-quorum": TypeRole(20, _REGULAR, 28),
    "run-motion": TypeRole(20, _REGULAR, 28),
    "run-name": TypeRole(17, _MEDIUM, 24),
    "run-clock": TypeRole(32, _MEDIUM, 40),
    "run-lead": TypeRole(20, _SEMIBOLD, 28),
    "run-strong": TypeRole(17, _SEMIBOLD, 24),
    "run-medium": TypeRole(16, _MEDIUM, 24),
    "run-body": TypeRole(16, _REGULAR, 24),
    "run-least": TypeRole(14, _REGULAR, 20),
}

_OWN_FAMILY: Final = "Noto Sans"
_Script = QFontDatabase.WritingSystem
_SCRIPT_FONTS: Final = {
    "microhei": _Script.TraditionalChinese,
    "Arabic": _Script.Arabic,
    "Armenian": _Script.Armenian,
    "Bengali": _Script.Bengali,
    "Devanagari": _Script.Devanagari,
    "Georgian": _Script.Georgian,
    "Gujarati": _Script.Gujarati,
    "Gurmukhi": _Script.Gurmukhi,
    "Hebrew": _Script.Hebrew,
    "Kannada": _Script.Kannada,
    "Khmer": _Script.Khmer,
    "Lao": _Script.Lao,
    "Malayalam": _Script.Malayalam,
    "Myanmar": _Script.Myanmar,
    "Sinhala": _Script.Sinhala,
    "Tamil": _Script.Tamil,
    "Telugu": _Script.Telugu,
    "Thai": _Script.Thai,
}
_FONT_FILES: Final = (".ttf", ".otf", ".ttc")


@functools.cache
def families() -> tuple[str, ...]:
    """The interface family, with Noto Sans behind it; needs an application.

    Noto Sans brings its own weights 500 and 600 where the system has only two."""
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()
    if system and system != _OWN_FAMILY and not system.startswith("DejaVu"):
        return (system, _OWN_FAMILY)
    if "SemiBold" not in QFontDatabase.styles(_OWN_FAMILY):
        for file in sorted(paths.resource("fonts").glob("NotoSans-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
    return (_OWN_FAMILY,)


def add_missing_scripts() -> None:
    """Register the fonts of resources/fonts for scripts that no installed font can write."""
    missing = {mark for mark, script in _SCRIPT_FONTS.items() if not QFontDatabase.families(script)}
    for file in sorted(paths.resource("fonts").glob("*")) if missing else ():
        if file.suffix.lower() in _FONT_FILES and any(mark in file.stem for mark in missing):
            QFontDatabase.addApplicationFont(str(file))


def make(role: str, percent: int) -> QFont:
    """The font of a role at a text percentage: pixel size, weight, tabular figures. KeyError if unknown."""
    size, weight, _ = ROLES[role]
    font = QFont(list(families()))
    font.setPixelSize(max(1, round(size * percent / 100)))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
