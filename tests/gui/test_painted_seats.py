"""Seat cards and the month calendar: what they show, and mouse and keyboard on them."""

import itertools
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.month_calendar import DayKind, DayMark, MonthCalendar, shifted
from commission_app.gui.widgets.seat_card import SeatCard, SeatFacts, SeatGrid
from commission_app.gui.widgets.term_bar import Term

TODAY = date(2026, 9, 17)
FILLED = ChipSpec("Filled", ChipKind.QUIET, "ok")
TERM = Term(date(2024, 7, 1), date(2027, 6, 30), TODAY)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Scheme]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme.install(qapp, theme.Scheme(request.param))
    yield theme.Scheme(request.param)
    QLocale.setDefault(before)
    theme.install(qapp, theme.Scheme.LIGHT)


def picture(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("page"))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def vacant(key: str = "7") -> SeatFacts:
    lines = ("Since August 14.", "Notice posted Sep 1.")
    return SeatFacts(key, f"Seat {key}", ChipSpec("Vacant", ChipKind.DASHED, "vacant"), lines=lines)


def seats(count: int) -> list[SeatFacts]:
    return [SeatFacts(str(n), f"Seat {n}", FILLED, f"Member {n}", "Chair", TERM) for n in range(1, count + 1)]


def test_card_shows_its_term_and_border(qtbot: QtBot, scheme: theme.Scheme) -> None:
    card = SeatCard(seats(1)[0])
    qtbot.addWidget(card)
    card.resize(276, 162)
    image = picture(card)
    assert image.pixelColor(138, 0) == theme.colour("line")
    assert image.pixelColor(60, 114) == theme.colour("accent-fill")
    assert image.pixelColor(250, 114) == theme.colour("track")
    card.set_selected(True)
    image = picture(card)
    assert image.pixelColor(138, 0) == image.pixelColor(138, 1) == theme.colour("accent")
    assert card.appoint.isHidden()
    assert card.accessibleDescription() == "Seat 1, Chair, Member 1, Filled, Jul 1, 2024 to Jun 30, 2027"


def test_card_breaks_a_long_name_and_never_overflows(qtbot: QtBot, scheme: theme.Scheme) -> None:
    name = "Dr. Alexandria Montgomery-Featherstonehaugh"
    card = SeatCard(SeatFacts("1", "Seat 1", FILLED, name, "Chair", TERM))
    qtbot.addWidget(card)
    card.resize(276, 162)
    assert card.name_lines() == ["Dr. Alexandria Montgomery-", "Featherstonehaugh"]
    assert card.tip_at(QPointF(10, 10)) == ""
    card.set_facts(SeatFacts("1", "Seat 1", FILLED, f"{name} of Alder Glen and the Valley", "Chair", TERM))
    assert card.name_lines()[1].endswith("\u2026")
    assert "of Alder Glen and the Valley" in card.tip_at(QPointF(10, 10))


def test_vacant_card_asks_to_appoint(qtbot: QtBot, scheme: theme.Scheme) -> None:
    card = SeatCard(vacant())
    qtbot.addWidget(card)
    card.resize(276, 162)
    card.show()
    with qtbot.waitSignal(card.appoint_requested) as asked:
        qtbot.mouseClick(card.appoint, Qt.MouseButton.LeftButton)
    assert asked.args == ["7"]
    edge = {picture(card).pixelColor(x, 0).name() for x in range(20, 256)}
    assert {theme.colour("control").name(), theme.colour("page").name()} <= edge
    assert "Notice posted Sep 1" in card.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_card_is_activated_by_mouse_and_key(qtbot: QtBot, scheme: theme.Scheme, key: Qt.Key) -> None:
    card = SeatCard(seats(1)[0])
    qtbot.addWidget(card)
    card.resize(276, 162)
    with qtbot.waitSignal(card.activated) as pressed:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    with qtbot.waitSignal(card.activated) as entered:
        qtbot.keyClick(card, key)
    assert pressed.args == entered.args == ["1"]


@pytest.mark.parametrize(("width", "columns"), [(1152, 4), (799, 3), (530, 2), (250, 1)])
def test_grid_fits_its_columns_to_the_width(
    qtbot: QtBot, scheme: theme.Scheme, width: int, columns: int
) -> None:
    grid = SeatGrid()
    qtbot.addWidget(grid)
    grid.set_seats(seats(7))
    grid.resize(width, grid.heightForWidth(width))
    grid.show()
    assert grid.columns_for(width) == columns
    rows = -(-7 // columns)
    assert grid.heightForWidth(width) == rows * 162 + (rows - 1) * 16
    first_row = [card.geometry() for card in grid.cards()[:columns]]
    assert first_row[-1].right() == width - 1
    assert all(right.left() - left.right() == 17 for left, right in itertools.pairwise(first_row))


def test_grid_keeps_cards_and_selection(qtbot: QtBot, scheme: theme.Scheme) -> None:
    grid = SeatGrid()
    qtbot.addWidget(grid)
    grid.set_seats(seats(4))
    grid.select("2")
    kept = grid.cards()
    grid.set_seats([*seats(3), vacant("4"), vacant("5")])
    assert grid.cards()[:4] == kept
    assert [card.is_selected() for card in grid.cards()] == [False, True, False, False, False]
    grid.set_seats(seats(2))
    assert len(grid.cards()) == 2


def test_grid_arrows_move_from_card_to_card(qtbot: QtBot, scheme: theme.Scheme) -> None:
    grid = SeatGrid()
    qtbot.addWidget(grid)
    grid.set_seats(seats(7))
    grid.resize(1152, grid.heightForWidth(1152))
    grid.show()
    cards = grid.cards()
    cards[0].setFocus()
    qtbot.waitUntil(cards[0].hasFocus)
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Left, 4),
    ):
        qtbot.keyClick(grid.focusWidget(), key)
        assert grid.focusWidget() is cards[expected]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_shifted_stays_in_the_month(day: date, months: int, expected: date) -> None:
    assert shifted(day, months) == expected


@pytest.fixture
def month(qtbot: QtBot, scheme: theme.Scheme) -> Iterator[MonthCalendar]:
    window = QWidget()
    qtbot.addWidget(window)
    calendar = MonthCalendar(TODAY, window)
    calendar.set_marks(
        [
            DayMark(date(2026, 9, 24), DayKind.MEETING, "Regular meeting, 6 PM"),
            DayMark(date(2026, 9, 21), DayKind.DEADLINE, "Post the agenda by 6 PM"),
            DayMark(date(2026, 9, 3), DayKind.CANCELLED, "Cancelled"),
        ]
    )
    calendar.resize(200, calendar.sizeHint().height())
    window.show()
    yield calendar
    window.close()


def test_month_paints_meeting_today_and_deadline(month: MonthCalendar) -> None:
    days = month.days
    days.clearFocus()
    image = picture(days)
    meeting, today = days.cell_rect(date(2026, 9, 24)), days.cell_rect(TODAY)
    deadline, cancelled = days.cell_rect(date(2026, 9, 21)), days.cell_rect(date(2026, 9, 3))
    assert image.pixelColor(round(meeting.center().x()), round(meeting.top()) + 3) == theme.colour(
        "accent-fill"
    )
    assert image.pixelColor(round(today.center().x()), round(today.top())) == theme.colour("ink")
    triangle = image.pixelColor(round(deadline.center().x()), round(deadline.bottom()) - 2)
    assert triangle == theme.colour("warn-mark")
    assert image.pixelColor(round(cancelled.center().x()), round(cancelled.top())) == theme.colour(
        "line-strong"
    )


def test_month_begins_with_the_language_s_weekday(month: MonthCalendar, qtbot: QtBot) -> None:
    assert month.days.first_shown() == date(2026, 8, 30)
    german = MonthCalendar(TODAY)
    qtbot.addWidget(german)
    german.days.setLocale(QLocale("de_DE"))
    assert german.days.first_shown() == date(2026, 8, 31)


def test_month_day_at_finds_only_days_of_the_month(month: MonthCalendar) -> None:
    for day in (date(2026, 9, 1), TODAY, date(2026, 9, 30)):
        assert month.days.day_at(month.days.cell_rect(day).center()) == day
    assert month.days.day_at(month.days.cell_rect(date(2026, 8, 31)).center()) is None
    assert month.days.day_at(QPointF(20, 5)) is None
    assert month.days.tip_at(month.days.cell_rect(date(2026, 9, 3)).center()).endswith("Cancelled")


def test_month_click_activates_the_day(month: MonthCalendar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(month.day_activated) as pressed:
        place = month.days.cell_rect(date(2026, 9, 24)).center().toPoint()
        qtbot.mouseClick(month.days, Qt.MouseButton.LeftButton, pos=place)
    assert pressed.args == [date(2026, 9, 24)]
    assert "Regular meeting" in month.days.accessibleDescription()


def test_month_keys_move_turn_and_activate(month: MonthCalendar, qtbot: QtBot) -> None:
    keys = [
        (Qt.Key.Key_Right, date(2026, 9, 18)),
        (Qt.Key.Key_Down, date(2026, 9, 25)),
        (Qt.Key.Key_Up, date(2026, 9, 18)),
        (Qt.Key.Key_Home, date(2026, 9, 1)),
        (Qt.Key.Key_Left, date(2026, 8, 31)),
        (Qt.Key.Key_PageDown, date(2026, 9, 30)),
        (Qt.Key.Key_PageUp, date(2026, 8, 30)),
        (Qt.Key.Key_End, date(2026, 8, 31)),
    ]
    for key, expected in keys:
        qtbot.keyClick(month.days, key)
        assert month.days.current == expected
    with qtbot.waitSignal(month.day_activated) as entered:
        qtbot.keyClick(month.days, Qt.Key.Key_Return)
    assert entered.args == [date(2026, 8, 31)]


def test_month_buttons_turn_and_tell(month: MonthCalendar, qtbot: QtBot) -> None:
    assert month.title() == "September 2026"
    with qtbot.waitSignal(month.month_changed) as turned:
        qtbot.mouseClick(month.next, Qt.MouseButton.LeftButton)
    assert turned.args == [date(2026, 10, 1)] == [month.month()]
    assert month.title() == "October 2026"
    qtbot.mouseClick(month.previous, Qt.MouseButton.LeftButton)
    assert month.month() == date(2026, 9, 1)
