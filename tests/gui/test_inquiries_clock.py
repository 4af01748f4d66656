"""The clock drawn large: where its marks stand, what it says, and the steps it takes with the width."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from commission_app.gui.widgets.clock_dots import DotState
from commission_app.gui.widgets.large_clock import ClockFace, ClockMark, CrossedMark, LargeClock

CUTOFF = datetime(2026, 9, 21, 18)
FACE = ClockFace(
    received_on=date(2026, 5, 12),
    title="Tue, May 12",
    text="received by e-mail",
    marks=(
        ClockMark(DotState.USED, 1, datetime(2026, 6, 25, 18), "Thu, Jun 25", "held, not discussed"),
        ClockMark(
            DotState.NEXT,
            2,
            datetime(2026, 9, 24, 18),
            "Thu, Sep 24",
            "scheduled, on the agenda as X.A",
            CUTOFF,
            "list it by Mon, Sep 21, 6 PM",
        ),
        ClockMark(DotState.PROJECTED, 3, None, "Not known yet", "not in the calendar"),
    ),
    crossed=(CrossedMark(date(2026, 5, 28), "Thu, May 28", "no quorum, not counted"),),
    now=datetime(2026, 9, 17, 9, 41),
    today="Today, Sep 17",
)


@pytest.fixture
def clock(look: None, qtbot: QtBot) -> LargeClock:
    made = LargeClock()
    qtbot.addWidget(made)
    made.resize(935, 206)
    made.set_face(FACE)
    return made


def test_meetings_stand_at_equal_distances_of_60(clock: LargeClock) -> None:
    discs = [clock.disc(at) for at in range(3)]
    assert {disc.width() for disc in discs} == {60}
    steps = [after.center().x() - before.center().x() for before, after in pairwise(discs)]
    assert steps[0] == pytest.approx(steps[1])
    assert discs[0].center().x() - 17 == pytest.approx(steps[0])
    assert {disc.center().y() for disc in discs} == {78}
    assert discs[2].right() < clock.width()


def test_today_stands_before_the_flag_and_after_the_meeting_that_was_held(clock: LargeClock) -> None:
    assert FACE.now is not None
    assert clock.disc(0).right() < clock.x_of(FACE.now) < clock.flag_x(1) < clock.disc(1).left()


def test_a_day_after_the_cut_off_stands_between_flag_and_meeting(clock: LargeClock) -> None:
    assert clock.flag_x(1) < clock.x_of(datetime(2026, 9, 23)) < clock.disc(1).left()


def test_a_meeting_that_does_not_count_stands_between_receipt_and_the_first(clock: LargeClock) -> None:
    ring = clock.crossed_rect(FACE.crossed[0])
    assert 34 < ring.left() < ring.right() < clock.disc(0).left()


def test_every_mark_has_its_tip(clock: LargeClock) -> None:
    assert clock.tip_at(QPointF(17, 78)) == "Tue, May 12, received by e-mail"
    assert clock.tip_at(clock.disc(0).center()) == "Thu, Jun 25, held, not discussed"
    flag = QPointF(clock.flag_x(1) + 4, 60)
    assert clock.tip_at(flag).endswith("list it by Mon, Sep 21, 6 PM")
    assert clock.tip_at(clock.crossed_rect(FACE.crossed[0]).center()) == "Thu, May 28, no quorum, not counted"
    assert FACE.now is not None
    assert clock.tip_at(QPointF(clock.x_of(FACE.now), 78)) == "Today, Sep 17"
    assert not clock.tip_at(QPointF(clock.width() - 1, 2))


def test_all_of_it_is_read_aloud(clock: LargeClock) -> None:
    said = clock.accessibleDescription()
    for words in (
        "Tue, May 12",
        "no quorum, not counted",
        "on the agenda as X.A",
        "list it by",
        "Today, Sep 17",
    ):
        assert words in said


def test_narrow_words_break_into_lines_and_the_clock_grows(clock: LargeClock) -> None:
    assert clock.needed_height() == 206
    clock.resize(420, 206)
    assert clock.needed_height() > 206


def test_a_stopped_clock_has_no_today(clock: LargeClock) -> None:
    met = ClockMark(DotState.MET, 2, datetime(2026, 9, 24, 18), "Thu, Sep 24", "held, discussed")
    clock.set_face(replace(FACE, marks=(FACE.marks[0], met), now=None))
    assert "Today" not in clock.accessibleDescription()
    assert not clock.grab().isNull()
