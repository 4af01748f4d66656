"""Home: what needs attention with its button, the next meeting, the members, the last changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import MeetingState
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.findings import groups
from commission_app.gui.findings.look import Known
from commission_app.gui.findings.telling import look_of
from commission_app.gui.home.attention import AttentionList
from commission_app.gui.home.membership import RosterButton
from commission_app.gui.home.page import HomePage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.roster_standing import RosterStanding
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.papers.mail_dialog import MailDialog
from commission_app.gui.places import place_of
from commission_app.gui.widgets.chips import Chip, ChipKind
from commission_app.gui.widgets.forecast import ForecastChart
from commission_app.gui.widgets.gauge import Gauge
from commission_app.gui.widgets.page_parts import FindingRow
from commission_app.gui.widgets.posting_track import PostingTrack
from commission_app.gui.widgets.text import Line, Text
from tests.gui.conftest import TODAY, Boxes, settle


def home_of(window: MainWindow) -> HomePage:
    page = window.page("home")
    assert isinstance(page, HomePage)
    return page


def words_of(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just built is shown by an event
    found = [*widget.findChildren(Text), *widget.findChildren(Line), *widget.findChildren(Chip)]
    return " | ".join(part.text() for part in found if part.isVisibleTo(widget))


def test_it_greets_who_is_there_with_the_day(main_window: MainWindow) -> None:
    home = home_of(main_window)
    assert home.title.text() == "Good morning, Ana Thursday, September 17, 2026"


def test_findings_come_with_chip_reason_source_and_button(main_window: MainWindow) -> None:
    rows = home_of(main_window).attention.rows
    assert [row.title.text() for row in rows] == [
        "Ekaterinburg Екатеринбург was not discussed in time",
        "San Luis Potosí has had no answer",
        "Huế must be on the September 24 agenda",
        "The agenda for September 24 is not posted",
        "Alder Glen Friendship Society falls under 20 on January 1, 2027",
        "Seat 5: the term ended June 30",
    ]
    posting = rows[3]
    assert posting.chip.text() == "Post by Mon, Sep 21, 6 PM"
    assert posting.button.text() == "Preview agenda"
    assert posting.mark is not None
    explanation = posting.mark.explanation()
    assert explanation is not None
    assert "54954.2" in explanation.source


def test_only_the_first_button_is_primary_and_all_are_as_wide(main_window: MainWindow) -> None:
    rows = home_of(main_window).attention.rows
    assert [row.button.kind() for row in rows] == ["primary", *["secondary"] * 5]
    assert len({row.button.width() for row in rows}) == 1


def test_the_button_goes_where_the_thing_is_done(main_window: MainWindow, qtbot: QtBot) -> None:
    row = next(row for row in home_of(main_window).attention.rows if row.button.text() == "Preview agenda")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    page = main_window.current_page()
    assert page is not None
    assert page.name == "meetings"


def test_the_rule_of_a_finding_opens_in_the_rule_book(main_window: MainWindow) -> None:
    mark = home_of(main_window).attention.rows[0].mark
    assert mark is not None
    mark.rule_wanted.emit("membership.minimum")
    assert main_window.sidebar.buttons["settings"].isChecked()


def test_the_next_meeting_counts_down_to_its_posting(main_window: MainWindow) -> None:
    panel = home_of(main_window).next_meeting
    words = words_of(panel)
    assert "Thursday, September 24" in words
    assert "Draft" in words
    assert "4 days 8 hours left to post the agenda" in words
    track = panel.findChild(PostingTrack)
    assert track is not None
    assert "Post by Monday, September 21, 2026" in track.accessibleDescription()


def test_a_posted_agenda_has_no_countdown(main_window: MainWindow, desk: Desk) -> None:
    view = desk.session.meetings.next()
    assert view is not None
    desk.operations.run(
        desk.session.postings.record,
        view.meeting.id,
        copy=None,
        place="City Hall",
        by="Ana Ruiz",
        posted_at=datetime(2026, 9, 17, 15, 0, tzinfo=UTC),
    )
    words = words_of(home_of(main_window).next_meeting)
    assert "Posted Thu, Sep 17, 8 AM" in words
    assert "left to post" not in words
    assert main_window.sidebar.buttons["meetings"].count() == 0


def test_without_a_meeting_ahead_it_offers_to_plan(main_window: MainWindow, desk: Desk) -> None:
    while (view := desk.session.meetings.next()) is not None:
        desk.operations.run(desk.session.meetings.set_state, view.meeting.id, MeetingState.CANCELLED)
    panel = home_of(main_window).next_meeting
    assert "No meeting is scheduled" in words_of(panel)
    assert panel.button.text() == "Plan the year"


def test_membership_has_count_gauge_forecast_and_explanation(main_window: MainWindow) -> None:
    part = home_of(main_window).membership
    gauge, chart = part.findChild(Gauge), part.findChild(ForecastChart)
    assert gauge is not None
    assert (gauge.count, gauge.mark) == (22, 20)
    assert chart is not None
    assert [count for _, count in chart.points][:5] == [22, 21, 20, 20, 19]
    words = words_of(part)
    assert "22 Alder Glen Friendship Society, 2 above the mark" in words
    assert "Under 20 from January 1, 2027" in words


def test_a_change_shows_at_once(main_window: MainWindow, desk: Desk) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert "Ana Ruiz added Ines Aalto to the contacts" in words_of(home_of(main_window).changes)


def test_a_narrow_window_has_one_column(main_window: MainWindow, qtbot: QtBot) -> None:
    home = home_of(main_window)
    assert home.next_meeting.x() > home.attention.x() + home.attention.width()
    main_window.resize(1024, 700)
    qtbot.waitUntil(home.scroller.is_narrow)
    qtbot.waitUntil(lambda: home.next_meeting.y() < home.attention.y() < home.membership.y())
    qtbot.waitUntil(lambda: home.next_meeting.width() == home.attention.width() > 600)
    assert home.scroller.horizontalScrollBar().maximum() == 0
    assert home.next_meeting.button.accessibleName() == "Open agenda"


def test_a_new_file_lists_its_first_steps(new_window: MainWindow, qtbot: QtBot) -> None:
    home = home_of(new_window)
    titles = [row.title.text() for row in home.attention.rows]
    assert titles[:6] == [
        "Enter who sits in which seat",
        "Enter the meetings of the year",
        "Write the letterhead",
        "Name whom to ask for an accommodation",
        "Name the city’s staff",
        "Enter the community organization",
    ]
    row = home.attention.rows[titles.index("Write the letterhead")]
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert new_window.sidebar.buttons["settings"].isChecked()
    focused = new_window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Address"


def test_nothing_to_do_is_said_calmly(look: None, qtbot: QtBot) -> None:
    part = AttentionList()
    qtbot.addWidget(part)
    part.show()
    part.show_findings((), ())
    assert "Nothing needs attention" in words_of(part)
    assert part.rows == []


def test_more_than_six_findings_are_shown_on_request(main_window: MainWindow, qtbot: QtBot) -> None:
    part = home_of(main_window).attention
    found = [look_of(finding(f"Seat {number}"), Known()) for number in range(9)]
    part.show_findings((), found)
    assert len(part.rows) == 6
    assert part.more is not None
    assert part.more.text() == "Show 3 more"
    qtbot.mouseClick(part.more, Qt.MouseButton.LeftButton)
    assert len(part.rows) == 9
    assert part.more is None


def finding(
    name: str, rule: str = "something-new", level: Level = Level.OVERDUE, **values: object
) -> Finding:
    return Finding(
        rule=rule,
        level=level,
        subject=Subject(noun="seat", key="k", name=name, id="id"),
        text="late",
        due_on=TODAY - timedelta(days=3),
        source="A law",
        values=values,
    )


def test_an_unknown_finding_is_told_plainly(look: None) -> None:
    shown = look_of(finding("Seat 1"), Known())
    assert (shown.title, shown.reason, shown.chip.text) == ("Seat 1", "Late.", "Overdue 3 days")
    assert shown.chip.kind is ChipKind.OVERDUE
    assert shown.place == Place(page="members", record_id="id")


def test_a_missed_posting_leads_to_recording_it(look: None) -> None:
    missed = finding("x", "posting", state="missed", deadline="2026-09-14T18:00", posted_at=None)
    shown = look_of(missed, Known(days={"id": TODAY}))
    assert shown.title == "The agenda for September 17 was not posted in time"
    assert (shown.chip.text, shown.reason) == ("Overdue 3 days", "Due Mon, Sep 14, 6 PM.")
    assert shown.place.action == "post"


def test_a_vacancy_says_by_when_its_notice_is_due(look: None) -> None:
    due = {"since": "2026-09-10", "notice_by": "2026-09-28", "appoint_from": None}
    shown = look_of(finding("Seat 7", "vacancy", Level.WARNING, **due), Known())
    assert shown.title == "Seat 7 is vacant"
    assert shown.chip.text == "Post by Mon, Sep 28"
    assert shown.reason.startswith("Vacant since September 10.")


def test_findings_of_a_kind_are_one_line(look: None) -> None:
    def pledge(name: str, cents: int, days: int) -> Finding:
        found = finding(name, "pledge-overdue", overdue_cents=cents, balance_cents=cents)
        return replace(found, due_on=TODAY - timedelta(days=days))

    terms = [finding(f"Seat {n}", "term-ending", Level.WARNING, state="holdover", contact="") for n in (1, 2)]
    owed = [pledge("Rotary Club, Student Exchange", 50_000, 203), pledge("Ana Ruiz, Garden", 30_000, 9)]
    meetings = [finding("a day", "meeting-outcome", Level.WARNING) for _ in range(3)]
    shown = groups.looks_of([owed[0], *terms, *meetings, owed[1]], Known())
    assert [(one.title, one.chip.text, one.reason, one.action) for one in shown] == [
        ("Two pledges are overdue, $800.00", "Overdue 203 days", "Oldest: Rotary Club.", "Write reminders"),
        (
            "Two terms have ended, the first on September 14",
            "Holdover",
            "Seat 1 and Seat 2.",
            "Open the seats",
        ),
        (
            "Three past meetings have no result",
            "Waiting 3 days",
            "Since September 14. Were they held, without a quorum, or cancelled?",
            "Record the results",
        ),
    ]
    assert groups.counts([*owed, *terms, *meetings]) == {"members": 3}


def test_a_posting_of_a_past_meeting_is_told_quietly(look: None) -> None:
    missed = finding("x", "posting", state="missed", deadline="2026-09-08T18:00", posted_at=None)
    shown = look_of(missed, Known(days={"id": TODAY - timedelta(days=6)}))
    assert shown.title == "The agenda for September 11 has no posting on record"
    assert shown.chip.kind is ChipKind.PLAIN
    assert shown.action == "Record the posting"


@pytest.mark.parametrize(
    ("name", "first", "right"),
    [
        ("Ana Ruiz", "Ekaterinburg Екатеринбург was not discussed in time", "membership"),
        ("Nguyễn Thị Minh Khai", "The agenda for September 24 is not posted", "membership"),
        ("Harold Lindqvist", "Six pledges are overdue, $2,400.00", "campaigns"),
    ],
)
def test_the_order_follows_who_is_at_the_keyboard(
    main_window: MainWindow, desk: Desk, name: str, first: str, right: str
) -> None:
    sitter = next(sitter for sitter in main_window.header.sitters() if sitter.name == name)
    main_window.sitting.sit_down(sitter)
    QApplication.processEvents()
    home = home_of(main_window)
    assert home.attention.rows[0].title.text() == first
    upper = min((home.membership, home.campaigns), key=QWidget.y)
    assert upper is getattr(home, right)


def test_the_people_are_offered_under_the_button_that_asked(main_window: MainWindow, desk: Desk) -> None:
    button = home_of(main_window).attention.rows[0].button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.navigate(Place(page="home", action="who"))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.pos().y() == button.mapToGlobal(QPoint(0, button.height() + 2)).y()
    menu.close()


def test_everything_is_one_click_from_its_place(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    home = home_of(main_window)
    places: list[Place] = []
    home.desk = replace(desk, navigate=places.append)
    roster = home.membership.findChild(RosterButton)
    assert roster is not None
    assert roster.accessibleName() == "Open the roster of Alder Glen Friendship Society"
    presses = [roster, home.clocks.cells[0], home.campaigns.bars[0], home.changes.rows[0]]
    for part in [*presses, home.next_meeting.button]:
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert [(place.page, place.tab) for place in places] == [
        ("members", "organizations"),
        ("inquiries", ""),
        ("fundraising", "overview"),
        ("meetings", "agenda"),
        ("meetings", "agenda"),
    ]
    assert all(place.record_id for place in places)
    change = places[3]
    items = desk.session.agendas.items(change.record_id)
    assert change.part in [item.id for item in items], "the item that was added"
    places.clear()
    for part in (roster, home.changes.rows[0]):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Return)
    assert [place.page for place in places] == ["members", "meetings"]


def test_a_change_of_what_is_gone_leads_to_the_history(main_window: MainWindow, desk: Desk) -> None:
    gone = desk.session.contacts.add(ContactDraft(name="Ines Aalto"))
    added = desk.session.history.recent(1)[0].id
    assert place_of(desk.session, added) == Place(page="members", tab="contacts", record_id=gone)
    desk.session.contacts.remove(gone)
    assert place_of(desk.session, added) == Place(page="history", record_id=str(added))


def test_at_midnight_the_day_goes_on(empty_window: MainWindow, alder_glen_file: Path, qtbot: QtBot) -> None:
    clock = [datetime(2026, 9, 18, 6, 59, tzinfo=UTC)]

    def now() -> datetime:
        return clock[0]

    def make() -> CommissionProgram:
        return CommissionProgram(now=now)

    opener = FileOpener(make, empty_window, None)
    assert opener.open(alder_glen_file)
    settle(empty_window, qtbot)
    home = home_of(empty_window)
    assert home.title.text() == "Good evening Thursday, September 17, 2026"
    clock[0] += timedelta(minutes=1)
    empty_window.freshness.minute_passed()
    assert home.title.text() == "Good morning Friday, September 18, 2026"
    assert labels.today().day == 18


def test_the_band_says_what_its_button_does_on_the_day_of_the_meeting(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    session, panel = main_window.desk.session, home_of(main_window).next_meeting
    view = session.meetings.at_hand()
    assert view is not None
    present = session.context.today()
    today = replace(view, meeting=replace(view.meeting, starts=present.local.replace(tzinfo=None)))
    panel.show_meeting(today, present, band=True)
    assert panel.button.text() == "Run the meeting"
    panel.show_meeting(replace(today, in_progress_since=present.now), present, band=True)
    assert panel.button.text() == "Go on with the meeting"


def test_the_panel_of_the_next_meeting_keeps_its_height_when_the_agenda_is_posted(
    main_window: MainWindow, desk: Desk
) -> None:
    main_window.show()
    QApplication.processEvents()
    view = desk.session.meetings.next()
    assert view is not None
    main_window.navigate(Place(page="meetings"))
    desk.operations.run(
        desk.session.postings.record,
        view.meeting.id,
        copy=None,
        place="City Hall",
        by="Ana Ruiz",
        posted_at=datetime(2026, 9, 17, 15, 0, tzinfo=UTC),
    )
    main_window.navigate(Place(page="home"))
    panel = home_of(main_window).next_meeting
    assert panel.minimumHeight() > 100, "before any event the panel already claims its height"
    QApplication.processEvents()
    lines = [*panel.findChildren(Text), *panel.findChildren(Line), panel.button]
    shown = [line for line in lines if line.isVisible()]
    areas = [line.rect().translated(line.mapTo(panel, line.rect().topLeft())) for line in shown]
    assert len(areas) > 4
    for at, area in enumerate(areas):
        assert panel.rect().contains(area)
        assert not any(area.intersects(other) for other in areas[at + 1 :])


def test_a_long_change_is_told_whole_by_its_tooltip(main_window: MainWindow, desk: Desk) -> None:
    name = "Maximiliano Featherstonehaugh-Villanueva de la Cruz"
    desk.operations.run(desk.session.contacts.add, ContactDraft(name=name))
    QApplication.processEvents()
    row = home_of(main_window).changes.rows[0]
    assert row.toolTip().endswith(f"Ana Ruiz added {name} to the contacts")
    assert row.accessibleName() == row.toolTip()
    assert home_of(main_window).scroller.horizontalScrollBar().maximum() == 0


def test_a_roster_without_members_draws_no_months(main_window: MainWindow, desk: Desk) -> None:
    membership = home_of(main_window).membership
    view = desk.session.organizations.all()[0]
    empty = replace(view, roster=replace(view.roster, active=0, margin=-view.roster.minimum))
    standing = RosterStanding(membership)
    book = desk.session.commission.rule_book()
    for shown, drawn in ((view, True), (empty, False)):
        membership.show_organizations([shown], TODAY, book)
        QApplication.processEvents()
        charts = [chart for chart in membership.findChildren(ForecastChart) if chart is not standing.chart]
        assert any(chart.isVisibleTo(membership) for chart in charts) is drawn
        standing.show_organization(shown, (), book, TODAY)
        assert standing.chart.isVisibleTo(standing) is drawn


@pytest.mark.parametrize(("width", "percent"), [(1024, 130), (1024, 200), (1440, 200)])
def test_large_text_needs_no_scrolling_to_the_side(
    main_window: MainWindow, qtbot: QtBot, width: int, percent: int
) -> None:
    main_window.resize(width, 700)
    main_window.set_look(theme.Scheme.LIGHT, percent)
    try:
        home = home_of(main_window)
        home.refresh()
        qtbot.waitUntil(home.scroller.is_narrow)
        QApplication.processEvents()
        assert home.scroller.horizontalScrollBar().maximum() == 0
        row = home.attention.rows[0]
        assert row.button.mapTo(home, row.button.rect().topRight()).x() < home.width()
    finally:
        main_window.set_look(theme.Scheme.LIGHT, 100)


def test_an_agenda_to_be_posted_says_how_many_lines_are_to_fix(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def posting_row() -> FindingRow:
        return next(row for row in home_of(main_window).attention.rows if "not posted" in row.title.text())

    qtbot.waitUntil(lambda: posting_row().reason.text() == "One line to fix first.")
    settle(main_window, qtbot)
    posting = posting_row()
    following = desk.session.meetings.next()
    assert following is not None
    agenda = desk.session.agendas.agenda(following.meeting.id)
    assert [line.ok for line in agenda.checks].count(False) == 1
    assert posting.mark is not None
    explanation = posting.mark.explanation()
    assert explanation is not None and explanation.counted == posting.reason.text()
    for suggestion in agenda.suggestions:
        desk.session.agendas.add_suggestion(suggestion)
    assert all(line.ok for line in desk.session.agendas.agenda(following.meeting.id).checks)
    qtbot.waitUntil(lambda: posting_row().reason.text() == "Look it over, print it and put it up.")
    settle(main_window, qtbot)


def test_several_lines_to_fix_are_counted_in_words(look: None) -> None:
    values = {"state": "due", "deadline": "2026-09-21T18:00:00-07:00"}
    due = finding("meeting", "posting", Level.WARNING, **values)
    shown = look_of(due, Known(days={"id": TODAY}, to_fix={"id": 3}))
    assert shown.reason == "Three lines to fix first."


def test_who_leaves_soon_is_asked_to_stay(
    main_window: MainWindow, desk: Desk, boxes: Boxes, qtbot: QtBot
) -> None:
    row = next(row for row in home_of(main_window).attention.rows if row.button.text() == "Ask to renew")
    [society] = desk.session.organizations.all()
    roster = desk.session.organizations.roster(society.organization.id)
    falls = society.roster.falls_under_on
    assert falls is not None
    ending = [v for v in roster if v.is_current and v.membership.to_on and v.membership.to_on < falls]

    def read(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        assert {person.id for person in box.people()} == {view.member.id for view in ending}
        text = box.text.value()
        days = sorted(view.membership.to_on for view in ending if view.membership.to_on is not None)
        assert f"ends between {labels.day_plain(days[0])} and {labels.day_plain(days[-1])}." in text
        assert not any(view.member.name in text for view in ending)
        assert "at least 20 members" in text
        return False

    boxes.answer(read)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    page = main_window.current_page()
    assert page is not None and page.name == "members"
