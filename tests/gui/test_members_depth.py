"""Seats over the years, who sits first, and what a vacancy and the end of terms ask for, on the screen."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from commission_app.domain.members import SeatKind, TermDraft
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.ending_terms import EndingTerms
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.seat_details import SeatDetails
from commission_app.gui.page import Place
from commission_app.gui.papers.page import PapersPage
from commission_app.gui.widgets.seat_timeline import Part, SeatTimeline, Stretch
from tests.gui.conftest import settle

TODAY = date(2026, 9, 17)


@pytest.fixture
def tab(main_window: MainWindow) -> CommissionTab:
    main_window.navigate(Place(page="members", tab="commission"))
    page = main_window.current_page()
    assert isinstance(page, MembersPage)
    found = page.tab()
    assert isinstance(found, CommissionTab)
    return found


def seat_id(desk: Desk, key: str) -> str:
    return next(view.seat.id for view in desk.session.members.seats() if view.seat.key == key)


def details(tab: CommissionTab, desk: Desk, key: str) -> SeatDetails:
    tab.open_seat(seat_id(desk, key))
    found = tab.sheet_content()
    assert isinstance(found, SeatDetails)
    return found


# ---- The line of a seat ---------------------------------------------------------------------------


def test_the_line_tells_each_part_and_keeps_them_in_order() -> None:
    line = SeatTimeline()
    line.resize(400, 40)
    parts = [
        Part(Stretch.PAST, date(2020, 1, 1), date(2021, 12, 31), "Ben Ito, two years"),
        Part(Stretch.EMPTY, date(2022, 1, 1), date(2023, 12, 31), "Vacant, two years"),
        Part(Stretch.NOW, date(2024, 1, 1), None, "Ana Ruiz, no end"),
    ]
    line.set_parts(parts, TODAY)
    assert line.span() == (date(2020, 1, 1), date(2027, 9, 17))
    areas = [line.area(part) for part in parts]
    assert all(one.right() <= other.left() for one, other in pairwise(areas))
    assert areas[0].width() == pytest.approx(areas[1].width(), abs=1)
    for part, area in zip(parts, areas, strict=True):
        assert line.tip_at(QPointF(area.center().x(), 8)) == part.text
    assert line.accessibleDescription() == "Ben Ito, two years; Vacant, two years; Ana Ruiz, no end"
    line.deleteLater()


def test_a_holdover_and_an_empty_seat_end_today_and_one_day_is_still_seen() -> None:
    line = SeatTimeline()
    line.resize(400, 40)
    day = Part(Stretch.PAST, date(2000, 1, 1), date(2000, 1, 1), "one day")
    line.set_parts([day, Part(Stretch.HOLDOVER, date(2000, 1, 2), None, "holdover")], TODAY)
    assert line.span() == (date(2000, 1, 1), TODAY)
    assert line.area(day).width() >= 3
    line.set_parts([], TODAY)
    assert line.tip_at(QPointF(5, 5)) == ""
    line.deleteLater()


def test_the_details_of_a_seat_show_its_line(tab: CommissionTab, desk: Desk) -> None:
    shown = details(tab, desk, "regular-7")
    assert not shown.timeline_section.isHidden()
    assert [part.stretch for part in shown.timeline.parts] == [Stretch.PAST, Stretch.EMPTY]
    assert "Walter Achterberg, Jul 1, 2024 to Aug 13, 2026" in shown.timeline.accessibleDescription()
    assert details(tab, desk, "regular-6").timeline_section.isHidden()  # one term, which the bar shows


def test_a_card_tells_who_sat_there_before(tab: CommissionTab, desk: Desk) -> None:
    card = next(
        card for card in tab.grids[SeatKind.REGULAR].cards() if card.facts.key == seat_id(desk, "regular-5")
    )
    assert "Grace Okonkwo-Bauer as a holdover, from Jul 1, 2026 on" in card.tip_at(QPointF(20, 20))
    assert "Grace Okonkwo-Bauer, Jul 1, 2023 to Jun 30, 2026" in card.accessibleDescription()


# ---- Alternates -----------------------------------------------------------------------------------


def test_the_cards_of_the_alternates_say_who_sits_first(tab: CommissionTab, desk: Desk) -> None:
    def notes() -> dict[str, str]:
        return {card.facts.seat: card.facts.note for card in tab.grids[SeatKind.ALTERNATE].cards()}

    assert notes() == {"Alternate 1": "First to sit for an absent member", "Alternate 2": "Second to sit"}
    members = desk.session.members
    earlier = next(view.holder for view in members.seats() if view.seat.key == "alternate-2")
    assert earlier is not None
    draft = TermDraft(
        seat_id=seat_id(desk, "alternate-2"),
        contact_id=earlier.id,
        from_on=date(2023, 7, 1),
        to_on=date(2025, 6, 30),
    )
    desk.operations.run(members.appoint, draft)
    set_rule = desk.session.commission.set_rule
    desk.operations.run(
        set_rule, "alternates.precedence", "longest-service", from_on=None, source=None, note=None
    )
    assert notes() == {"Alternate 1": "Second to sit", "Alternate 2": "First to sit for an absent member"}
    assert "First to sit" in details(tab, desk, "alternate-2").turn.text()
    assert details(tab, desk, "regular-1").turn.isHidden()


# ---- Vacancies and terms that end -----------------------------------------------------------------


def test_a_vacant_seat_shows_notice_and_the_first_day_of_an_appointment(
    tab: CommissionTab, desk: Desk, main_window: MainWindow, qtbot: QtBot
) -> None:
    card = next(card for card in tab.grids[SeatKind.REGULAR].cards() if card.facts.is_vacant)
    assert card.facts.lines == ("Since August 14.", "Notice posted Sep 1.", "Appoint from Sep 16.")
    details(tab, desk, "regular-7").print_notice.click()
    settle(main_window, qtbot)
    page = main_window.current_page()
    assert isinstance(page, PapersPage)
    assert page.slug() == "vacancy"


def test_the_terms_that_end_and_the_register_are_printed_from_the_seats(
    tab: CommissionTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    tab.open_ending()
    content = tab.sheet_content()
    assert isinstance(content, EndingTerms)
    content.print.click()
    settle(main_window, qtbot)
    page = main_window.current_page()
    assert isinstance(page, PapersPage)
    assert page.slug() == "terms-ending"
    for words, slug in (
        ("Print the roster of seats", "seats"),
        ("Print the register of all terms", "register"),
    ):
        next(action for action in tab.menu().actions() if action.text() == words).trigger()
        settle(main_window, qtbot)
        assert page.slug() == slug
