"""The application's style on top of Fusion, its palette, and its one style sheet, built from the roles."""

import functools
import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from typing_extensions import override

from commission_app import paths

_METRICS: Final = {
    QStyle.PixelMetric.PM_FocusFrameHMargin: 4,
    QStyle.PixelMetric.PM_FocusFrameVMargin: 4,
    QStyle.PixelMetric.PM_LayoutLeftMargin: 0,
    QStyle.PixelMetric.PM_LayoutTopMargin: 0,
    QStyle.PixelMetric.PM_LayoutRightMargin: 0,
    QStyle.PixelMetric.PM_LayoutBottomMargin: 0,
    QStyle.PixelMetric.PM_LayoutHorizontalSpacing: 8,
    QStyle.PixelMetric.PM_LayoutVerticalSpacing: 8,
    QStyle.PixelMetric.PM_SmallIconSize: 18,
    QStyle.PixelMetric.PM_ButtonIconSize: 18,
    QStyle.PixelMetric.PM_TextCursorWidth: 1,
    QStyle.PixelMetric.PM_ScrollView_ScrollBarSpacing: 0,
}
_HINTS: Final = {
    QStyle.StyleHint.SH_ComboBox_Popup: 0,
    QStyle.StyleHint.SH_FocusFrame_AboveWidget: 1,
    QStyle.StyleHint.SH_FocusFrame_Mask: 0,
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_DitherDisabledText: 0,
    QStyle.StyleHint.SH_Widget_Animation_Duration: 0,
    QStyle.StyleHint.SH_ToolTip_WakeUpDelay: 500,
    QStyle.StyleHint.SH_Menu_Scrollable: 1,
    QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick: 0,
}


class AppStyle(QProxyStyle):
    """Fusion with our metrics: no default margins, list-like combo boxes, focus frame above the widget."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.text_percent = 100

    @override
    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_LineEditIconSize:
            return round(18 * self.text_percent / 100)
        ours = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if ours is None else ours

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        ours = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returnData) if ours is None else ours


def popups_are_round() -> bool:
    """Whether a popup may have transparent corners; on X11 that needs a compositor nobody can ask for."""
    return QGuiApplication.platformName() != "xcb"


def palette(colours: Mapping[str, QColor]) -> QPalette:
    """The palette of a theme, for what the style sheet and our own painting leave to Fusion."""
    result = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "page"),
        (role.Base, "page"),
        (role.AlternateBase, "page"),
        (role.Button, "page"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "page"),
        (role.WindowText, "ink"),
        (role.Text, "ink"),
        (role.ButtonText, "ink"),
        (role.BrightText, "on-accent"),
        (role.PlaceholderText, "ink-3"),
        (role.Highlight, "accent-fill"),
        (role.HighlightedText, "on-accent"),
        (role.Accent, "accent-fill"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Light, "line"),
        (role.Midlight, "line"),
        (role.Mid, "line-strong"),
        (role.Dark, "line-strong"),
        (role.Shadow, "line-strong"),
    ):
        result.setColor(target, colours[name])
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, target, colours["ink-3"])
    for target in (role.Base, role.Button):
        result.setColor(QPalette.ColorGroup.Disabled, target, colours["inset"])
    return result


@functools.cache
def _template() -> str:
    text = paths.resource("themes", "application.qss").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)


def sheet(roles: Mapping[str, str], percent: int) -> str:
    """The application style sheet: `@role` stands for a colour, `px(n)` for pixels that follow the text."""
    text = re.sub(r"@([a-z0-9-]+)", lambda match: roles[match[1]], _template())
    return re.sub(r"px\((\d+)\)", lambda match: f"{round(int(match[1]) * percent / 100)}px", text)
