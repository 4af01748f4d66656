"""The theme: contrast of every text role, and what changes when another theme or text size is chosen."""

import itertools
import re

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app import paths
from commission_app.gui import icons, theme, theme_fonts, theme_style
from commission_app.gui.widgets.menus import Menu

SURFACES = ("chrome", "page", "inset", "hover", "sel", "sel-hover")
TEXTS = ("ink", "ink-2", "ink-3", "accent", "sel-ink", "ok", "warn", "over")
PAIRS = (
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-fill-hover"),
    ("on-accent", "accent-fill-pressed"),
    ("on-accent", "danger"),
    ("ok", "ok-bg"),
    ("warn", "warn-bg"),
    ("over", "over-bg"),
    ("neutral", "neutral-bg"),
    ("page", "ink"),
    ("ink-2", "chrome-hover"),
    ("ink", "warn-bg"),
    ("ink", "over-bg"),
)
LINES = (
    ("control", "page"),
    ("accent", "page"),
    ("over", "page"),
    ("warn-mark", "page"),
    ("ok-mark", "page"),
)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), [*itertools.product(TEXTS, SURFACES), *PAIRS])
def test_text_contrast_is_at_least_four_and_a_half(text: str, surface: str, dark: bool) -> None:
    roles = theme.roles(dark)
    assert contrast(roles[text], roles[surface]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "surface"), LINES)
def test_control_lines_and_marks_reach_three(line: str, surface: str, dark: bool) -> None:
    roles = theme.roles(dark)
    assert contrast(roles[line], roles[surface]) >= 3


def test_both_themes_have_the_same_roles() -> None:
    assert set(theme.roles(True)) == set(theme.roles(False))


def test_white_on_black_contrast_is_twenty_one() -> None:
    assert round(contrast("#FFFFFF", "#000000"), 6) == 21


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("percent", theme.TEXT_PERCENTS)
def test_style_sheet_has_no_open_token_and_no_font(qapp: QApplication, percent: int, dark: bool) -> None:
    sheet = theme_style.sheet(theme.roles(dark), percent)
    assert "@" not in sheet
    assert "px(" not in sheet
    assert "$" not in sheet
    assert not re.search(r"\bfont", sheet)


def test_install_changes_scheme_palette_and_sheet(qapp: QApplication) -> None:
    theme.install(qapp, theme.Scheme.LIGHT)
    assert not theme.is_dark()
    assert qapp.palette().window().color() == QColor(theme.roles(False)["page"])
    theme.install(qapp, theme.Scheme.DARK)
    assert theme.is_dark()
    assert theme.colour("page") == QColor(theme.roles(True)["page"])
    assert qapp.palette().window().color() == theme.colour("page")
    assert theme.roles(True)["accent"] in qapp.styleSheet()
    theme.install(qapp, theme.Scheme.LIGHT)


def test_install_tells_that_the_look_changed(qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.notifier().changed):
        theme.install(qapp, theme.Scheme.LIGHT)


def test_text_percent_scales_fonts_lines_and_sizes(qapp: QApplication) -> None:
    theme.install(qapp, theme.Scheme.LIGHT, 150)
    assert theme.font("body").pixelSize() == 21
    assert theme.scaled(40) == 60
    assert theme.line_height("body") == 30
    theme.install(qapp, theme.Scheme.LIGHT, 900)
    assert theme.text_percent() == 200
    theme.install(qapp, theme.Scheme.LIGHT)
    assert theme.font("body").pixelSize() == 14


@pytest.mark.parametrize("role", theme_fonts.ROLES)
def test_every_font_has_its_size_weight_and_tabular_figures(qapp: QApplication, role: str) -> None:
    font = theme.font(role)
    wanted = theme_fonts.ROLES[role]
    assert (font.pixelSize(), font.weight()) == (wanted.size, wanted.weight)
    assert font.featureValue(QFont.Tag("tnum")) == 1
    assert wanted.size >= 12


def test_changing_a_font_that_was_handed_out_changes_nothing_else(qapp: QApplication) -> None:
    font = theme.font("body")
    font.setPixelSize(99)
    assert theme.font("body").pixelSize() == 14


def test_unknown_roles_are_errors(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        theme.colour("no-such-role")
    with pytest.raises(KeyError):
        theme.font("no-such-role")


@pytest.mark.parametrize("name", icons.names())
def test_icon_has_one_colour_which_is_replaced(qapp: QApplication, name: str) -> None:
    source = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9A-Fa-f]{3,6}", source)) == {"#000"}
    image = icons.pixmap(name, "over", 24, 2.0).toImage()
    assert image.size() == QSize(48, 48)
    inked = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inked == {theme.colour("over").name()}


def test_actions_have_their_icon_in_the_colours_of_the_theme_though_nobody_holds_them(
    look: None, qapp: QApplication, qtbot: QtBot
) -> None:
    menu, gone = Menu(), Menu()
    qtbot.addWidget(menu)
    for each in (menu, gone):
        each.add("Print", each.close, icon="print")
    shiboken6.delete(gone)
    theme.install(qapp, theme.Scheme.DARK)
    [action] = menu.actions()
    wanted = icons.icon("print", "ink-2", 18).pixmap(18).toImage()
    assert action.icon().pixmap(18).toImage() == wanted
    theme.install(qapp, theme.Scheme.LIGHT)
    assert action.icon().pixmap(18).toImage() != wanted
