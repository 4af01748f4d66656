"""Clock dots, money bar and aging bars: sizes, scales and colours."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets.clock_dots import IN_LEGENDS, IN_LISTS, ON_HOME, ClockDots, DotState
from commission_app.gui.widgets.money_bars import AgeKind, AgingBars, AgingRow, MoneyBar, MoneyFacts


@pytest.fixture(params=["light", "dark"], autouse=True)
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Scheme]:
    theme.install(qapp, theme.Scheme(request.param))
    yield theme.Scheme(request.param)
    theme.install(qapp, theme.Scheme.LIGHT)


def picture(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("page"))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


@pytest.mark.parametrize("size", [IN_LISTS, ON_HOME, IN_LEGENDS])
def test_dots_stand_in_a_row(qtbot: QtBot, size: int) -> None:
    dots = ClockDots([DotState.USED] * 3, size)
    qtbot.addWidget(dots)
    dots.resize(dots.sizeHint())
    image = picture(dots)
    gap = round(size * 13 / 18)
    assert (dots.width(), dots.height()) == (3 * size + 2 * gap, size)
    for index in range(3):
        assert image.pixelColor(index * (size + gap) + size // 2, size // 2) == theme.colour("ink-2")
    assert image.pixelColor(size + gap // 2, size // 2) == theme.colour("line-strong")
    assert image.pixelColor(size + gap // 2, 1) == theme.colour("page")


@pytest.mark.parametrize(
    ("state", "middle", "edge"),
    [
        (DotState.USED, "ink-2", "ink-2"),
        (DotState.NEXT, "accent", "accent"),
        (DotState.DATED, "page", "ink-2"),
        (DotState.MET, None, "ok"),
        (DotState.MISSED, "page", "over"),
        (DotState.LAST, None, "warn-mark"),
    ],
)
def test_each_dot_has_its_mark(qtbot: QtBot, state: DotState, middle: str | None, edge: str) -> None:
    dots = ClockDots([state], IN_LEGENDS)
    qtbot.addWidget(dots)
    dots.resize(dots.sizeHint())
    image = picture(dots)
    ring = image.pixelColor(14, 0 if state is DotState.DATED else 1)
    assert max(abs(a - b) for a, b in zip(ring.getRgb(), theme.colour(edge).getRgb(), strict=True)) < 20
    if middle is not None:
        assert image.pixelColor(14, 14) == theme.colour(middle)


def test_all_dots_differ(qtbot: QtBot) -> None:
    shapes = set()
    for state in DotState:
        dots = ClockDots([state], IN_LISTS)
        qtbot.addWidget(dots)
        dots.resize(dots.sizeHint())
        shapes.add(bytes(picture(dots).constBits()))
    assert len(shapes) == len(DotState)


def test_dots_say_their_states(qtbot: QtBot) -> None:
    dots = ClockDots([DotState.USED, DotState.NEXT])
    qtbot.addWidget(dots)
    assert dots.accessibleDescription() == "used, next"
    dots.set_states([DotState.MET], "Met at 1 of 3")
    assert dots.toolTip() == "Met at 1 of 3"


def test_money_bar_is_as_wide_as_the_goal(qtbot: QtBot) -> None:
    bar = MoneyBar(MoneyFacts("Garden", 30_00, 60_00, 120_00, "goal $120", "$30 received", "$60 pledged"))
    qtbot.addWidget(bar)
    bar.resize(360, bar.sizeHint().height())
    image, y = picture(bar), round(bar.bar_rect().center().y())
    assert (bar.x_of(30_00), bar.x_of(60_00)) == (90, 180)
    assert image.pixelColor(60, y) == theme.colour("accent-fill")
    pledged = {image.pixelColor(x, y).name() for x in range(92, 178)}
    assert {theme.colour("bar-2").name(), theme.colour("sel").name()} <= pledged
    assert image.pixelColor(250, y) == theme.colour("track")
    assert bar.accessibleDescription() == "$30 received, $60 pledged, goal $120"


@pytest.mark.parametrize(("received", "pledged", "goal"), [(200, 300, 100), (0, 0, 0), (-50, 0, 100)])
def test_money_never_leaves_the_bar(qtbot: QtBot, received: int, pledged: int, goal: int) -> None:
    bar = MoneyBar(MoneyFacts("Garden", received, pledged, goal))
    qtbot.addWidget(bar)
    bar.resize(300, bar.sizeHint().height())
    assert 0 <= bar.x_of(received) <= 300
    assert 0 <= bar.x_of(pledged) <= 300
    assert not picture(bar).isNull()


def test_aging_bars_share_one_scale(qtbot: QtBot) -> None:
    rows = [
        AgingRow("Not due", 6000, "60.00", AgeKind.NOT_DUE),
        AgingRow("1 to 30 days", 3000, "30.00", AgeKind.UP_TO_90),
        AgingRow("91 to 180", 1, "0.01", AgeKind.OVER_90),
        AgingRow("Over 180", 0, "0.00", AgeKind.OVER_90),
    ]
    bars = AgingBars(rows)
    qtbot.addWidget(bars)
    bars.resize(396, bars.sizeHint().height())
    widths = [bars.bar_rect(index).width() for index in range(4)]
    assert widths[1] == pytest.approx(widths[0] / 2)
    assert widths[2:] == [2, 0]
    image = picture(bars)
    for index, role in ((0, "bar-2"), (1, "warn-mark")):
        assert image.pixelColor(bars.bar_rect(index).center().toPoint()) == theme.colour(role)
    assert "1 to 30 days: 30.00" in bars.accessibleDescription()
