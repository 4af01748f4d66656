"""Gauge, forecast, posting track and term bar: where things stand and in which colour."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets.forecast import ForecastChart
from commission_app.gui.widgets.gauge import Gauge, scale_end
from commission_app.gui.widgets.posting_track import PostingTrack
from commission_app.gui.widgets.term_bar import Term, TermBar

TODAY = date(2026, 9, 17)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Scheme]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme.install(qapp, theme.Scheme(request.param))
    yield theme.Scheme(request.param)
    QLocale.setDefault(before)
    theme.install(qapp, theme.Scheme.LIGHT)


def at(*parts: int) -> datetime:
    """A moment on the wall clock, without a zone."""
    return datetime.fromisoformat("{:04}-{:02}-{:02}T{:02}:00".format(*parts, *(0,) * (4 - len(parts))))


def picture(widget: QWidget, width: int) -> QImage:
    widget.resize(width, widget.sizeHint().height())
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("page"))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def colours_in(image: QImage, left: float, top: float, right: float, bottom: float) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(round(left), round(right))
        for y in range(round(top), round(bottom))
    }


@pytest.mark.parametrize(
    ("count", "mark", "end"),
    [(22, 20, 30), (0, 20, 30), (19, 20, 30), (30, 20, 40), (29, 20, 30), (5, 3, 10)],
)
def test_gauge_scale_ends_at_next_ten_above_both(count: int, mark: int, end: int) -> None:
    assert scale_end(count, mark) == end


def test_gauge_paints_count_mark_and_track(qtbot: QtBot, scheme: theme.Scheme) -> None:
    gauge = Gauge(22, 20)
    qtbot.addWidget(gauge)
    image = picture(gauge, 300)
    assert gauge.x_of(22) == 220
    assert image.pixelColor(100, 11) == theme.colour("accent-fill")
    assert image.pixelColor(200, 2) == theme.colour("ink")
    assert image.pixelColor(260, 11) == theme.colour("track")
    assert image.pixelColor(215, 2) == theme.colour("page")


def test_gauge_is_hatched_only_under_the_mark(qtbot: QtBot, scheme: theme.Scheme) -> None:
    gauge = Gauge(19, 20)
    qtbot.addWidget(gauge)
    found = colours_in(picture(gauge, 300), 20, 8, 180, 14)
    assert {theme.colour("over-mark").name(), theme.colour("over-bg").name()} <= found
    assert theme.colour("accent-fill").name() not in found
    gauge.set_values(20, 20)
    assert colours_in(picture(gauge, 300), 20, 8, 180, 14) == {theme.colour("accent-fill").name()}
    assert not gauge.is_under()


def test_gauge_reads_its_figures(qtbot: QtBot, scheme: theme.Scheme) -> None:
    gauge = Gauge(18, 20)
    qtbot.addWidget(gauge)
    assert gauge.accessibleDescription() == "18, 2 under the mark of 20"
    gauge.set_values(22, 20)
    assert gauge.accessibleDescription() == gauge.toolTip() == "22, 2 above the mark of 20"


def months() -> list[tuple[date, int]]:
    counts = [22, 21, 20, 20, 19, 19, 19, 19, 19, 19, 18, 18]
    return [(date(2026 + (8 + n) // 12, (8 + n) % 12 + 1, 28), count) for n, count in enumerate(counts)]


@pytest.mark.parametrize("large", [False, True])
def test_forecast_columns_stand_on_the_line(qtbot: QtBot, scheme: theme.Scheme, large: bool) -> None:
    chart = ForecastChart(months(), 20, large)
    qtbot.addWidget(chart)
    image = picture(chart, 420)
    line, unit = chart.line_y(), 34 if large else 13
    assert chart.unit() == unit
    assert chart.column_rect(0).bottom() == line
    assert chart.column_rect(0).height() == 2 * unit
    assert chart.column_rect(4).top() == line
    assert chart.column_rect(11).height() == 2 * unit
    assert [chart.is_hatched(index) for index in range(12)] == [False] * 4 + [True] * 8
    for index, role in ((0, "accent-fill"), (1, "bar-2"), (2, "page")):
        centre = chart.column_rect(index).center().toPoint()
        assert image.pixelColor(centre) == theme.colour(role)
    under = chart.column_rect(11).adjusted(3, 4, -3, -4)
    found = colours_in(image, under.left(), under.top(), under.right(), under.bottom())
    assert theme.colour("over-bg").name() in found
    assert not found & {theme.colour("accent-fill").name(), theme.colour("bar-2").name()}


def test_forecast_far_from_the_mark_shrinks_its_unit(qtbot: QtBot, scheme: theme.Scheme) -> None:
    chart = ForecastChart([(TODAY, 45), (TODAY, 40)], 20)
    qtbot.addWidget(chart)
    chart.resize(300, chart.sizeHint().height())
    assert chart.column_rect(0).height() == pytest.approx(5 * 13)
    assert chart.column_rect(0).top() >= 0


def test_forecast_tells_month_end_and_count(qtbot: QtBot, scheme: theme.Scheme) -> None:
    chart = ForecastChart(months(), 20, large=True)
    qtbot.addWidget(chart)
    chart.resize(420, chart.sizeHint().height())
    assert chart.tip_at(chart.column_rect(4).center()) == "Jan 28, 2027: 19"
    assert chart.tip_at(QPointF(chart.width() - 1, 20)) == ""
    assert "Sep 28, 2026: 22; Oct 28, 2026: 21" in chart.accessibleDescription()
    chart.set_points([], 20)
    assert chart.index_at(QPointF(10, 10)) is None
    assert not picture(chart, 420).isNull()


def track(qtbot: QtBot, now: datetime, deadline: datetime) -> PostingTrack:
    widget = PostingTrack(now, deadline, at(2026, 9, 24, 18))
    qtbot.addWidget(widget)
    return widget


def test_track_places_moments_in_eight_days(qtbot: QtBot, scheme: theme.Scheme) -> None:
    widget = track(qtbot, at(2026, 9, 17, 12), at(2026, 9, 21, 18))
    image = picture(widget, 400)
    assert widget.first_day() == TODAY
    assert [widget.x_of(moment) for moment in (widget.now, widget.deadline, widget.meeting_start)] == [
        25,
        237.5,
        387.5,
    ]
    y = round(widget.bar_rect().center().y())
    assert image.pixelColor(15, y) == theme.colour("ink-2")
    assert image.pixelColor(25, y) == theme.colour("ink")
    assert image.pixelColor(120, y) == theme.colour("track")
    assert image.pixelColor(237, y) == theme.colour("warn-mark")
    assert theme.colour("line-strong").name() in colours_in(image, 245, y - 3, 375, y + 3)
    assert image.pixelColor(387, y) == theme.colour("accent-fill")


def test_track_keeps_moments_outside_at_the_ends(qtbot: QtBot, scheme: theme.Scheme) -> None:
    widget = track(qtbot, at(2026, 9, 2), at(2026, 9, 23, 18))
    widget.resize(400, widget.sizeHint().height())
    assert widget.x_of(widget.now) == 0
    assert widget.x_of(at(2026, 10, 1)) == 400
    assert "Post by Wednesday, September 23, 2026" in widget.accessibleDescription()


def test_term_fills_to_today(qtbot: QtBot, scheme: theme.Scheme) -> None:
    bar = TermBar(Term(date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 2)))
    qtbot.addWidget(bar)
    image = picture(bar, 365)
    assert bar.term.elapsed() == pytest.approx(182 / 365)
    assert image.pixelColor(100, 7) == theme.colour("accent-fill")
    assert image.pixelColor(182, 1) == theme.colour("ink")
    assert image.pixelColor(300, 7) == theme.colour("track")
    assert bar.accessibleDescription() == "Jan 1, 2026 to Dec 31, 2026"


def test_term_of_a_holdover_is_hatched_after_its_end(qtbot: QtBot, scheme: theme.Scheme) -> None:
    bar = TermBar(Term(date(2023, 7, 1), date(2026, 6, 30), TODAY, holdover=True))
    qtbot.addWidget(bar)
    image = picture(bar, 300)
    assert theme.colour("warn-mark").name() in colours_in(image, 283, 5, 297, 9)
    assert image.pixelColor(200, 7) == theme.colour("accent-fill")
    assert bar.term.ends() == ("Jul 1, 2023", "ended Jun 30, 2026")


@pytest.mark.parametrize(
    ("term", "elapsed"),
    [
        (Term(date(2026, 10, 1), date(2027, 9, 30), TODAY), 0),
        (Term(date(2020, 10, 1), date(2021, 9, 30), TODAY), 1),
        (Term(date(2020, 10, 1), None, TODAY), 1),
        (Term(None, None, TODAY), 0),
    ],
)
def test_term_outside_its_days_is_empty_or_full(term: Term, elapsed: float) -> None:
    assert term.elapsed() == elapsed


@pytest.mark.parametrize("percent", [100, 130, 200])
def test_text_size_makes_charts_grow(qtbot: QtBot, qapp: QApplication, percent: int) -> None:
    theme.install(qapp, theme.Scheme.LIGHT, percent)
    chart = ForecastChart(months(), 20, large=True)
    qtbot.addWidget(chart)
    text = theme.line_height("small")
    assert chart.sizeHint().height() >= 4 * 34 + 4 * text
    theme.install(qapp, theme.Scheme.LIGHT, 100)
