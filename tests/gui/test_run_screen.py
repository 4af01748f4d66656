"""The run screen by clicks, its words for what cannot be, its columns, and how it is come to and left."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.members import SeatKind
from commission_app.domain.proceedings import Answer, Method
from commission_app.errors import ValidationError
from commission_app.gui import theme
from commission_app.gui.actions import Name
from commission_app.gui.header import Sitter
from commission_app.gui.home.page import HomePage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.opening import sitters_of
from commission_app.gui.page import Place
from commission_app.gui.run import lettering
from commission_app.gui.run.keys import Do, meeting_keys, motion_keys
from commission_app.gui.run.person_field import Candidate, matching
from commission_app.gui.run.person_line import PersonLine
from commission_app.gui.run.shown import PersonShown, Said
from commission_app.gui.run.words import family_name
from commission_app.gui.widgets import painting
from tests.gui.run_evening import Evening, six_pm


def press(widget: object, at: QPointF | None = None) -> None:
    """Press with the mouse."""
    where = at.toPoint() if at is not None else QPoint(10, 10)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)  # type: ignore[call-overload]
    QApplication.processEvents()


# Coming and going


def test_home_runs_the_meeting_on_its_day_and_goes_on_with_it(evening: Evening) -> None:
    home = evening.window.current_page()
    assert isinstance(home, HomePage)
    assert home.next_meeting.button.text() == "Run the meeting"
    press(home.next_meeting.button)
    evening.window.activateWindow()
    QApplication.processEvents()
    evening.keys("Enter Esc")
    assert evening.window.running.screen is None
    evening.window.navigate(Place(page="home"))
    assert home.next_meeting.button.text() == "Go on with the meeting"
    press(home.next_meeting.button)
    assert evening.view.is_running


def test_the_head_of_the_meeting_says_since_when_it_is_in_progress(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("Esc")
    evening.window.navigate(Place(page="meetings", record_id=evening.meeting_id()))
    page = evening.window.current_page()
    assert isinstance(page, MeetingsPage)
    assert page.detail.header.wish() is Wish.RUN
    assert page.detail.header.primary.text() == "Go on with it"
    assert page.detail.header.facts.text().startswith("In progress since 6:02 PM")
    press(page.detail.header.primary)
    assert evening.screen.isVisible()


def test_before_its_day_a_meeting_is_not_offered_to_be_run(main_window: MainWindow) -> None:
    desk = main_window.desk
    assert desk is not None
    view = desk.session.meetings.next()
    assert view is not None
    main_window.navigate(Place(page="meetings", record_id=view.meeting.id))
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    assert page.detail.header.wish() is not Wish.RUN
    entries = [action.text() for action in page.detail.header.build_menu().actions()]
    assert not [text for text in entries if text.startswith("Run the meeting")]
    main_window.actions_by_name[Name.RUN].trigger()
    assert main_window.running.screen is None
    assert main_window.bar.text() == "No meeting is held today. Choose the meeting under Meetings."


def test_the_pages_are_not_reached_while_a_meeting_runs(evening: Evening) -> None:
    evening.begin()
    actions = evening.window.actions_by_name
    assert not actions[Name.MEMBERS].isEnabled()
    assert actions[Name.UNDO].isEnabled()
    press(evening.screen.top.leave)
    assert actions[Name.MEMBERS].isEnabled()
    assert actions[Name.QUIT].isEnabled()


def test_the_pages_show_what_the_meeting_brought(evening: Evening) -> None:
    evening.window.navigate(Place(page="meetings", record_id=evening.meeting_id(), tab="attendance"))
    evening.begin()
    evening.call_the_roll()
    evening.keys("Esc")
    page = evening.window.current_page()
    assert isinstance(page, MeetingsPage)
    assert page.detail.attendance.line.text() == "4 of 7 here, 4 needed: quorum"


def test_a_file_that_is_only_read_shows_the_meeting_and_says_why(
    empty_window: MainWindow, alder_glen_file: Path, qtbot: QtBot
) -> None:
    session = CommissionProgram(now=six_pm).open_reading(alder_glen_file)
    empty_window.open_session(session, sitters_of(session), Sitter("Ana Ruiz"))
    empty_window.show()
    made = Evening([six_pm()], empty_window, qtbot)
    screen = made.begin()
    assert screen.item.told.words.text() == "Reading only"
    assert screen.item.told.rule.text() == "The file is open for reading only."
    assert screen.item.row.isHidden()
    made.keys("Enter M R P")
    assert screen.entering.open is None
    assert made.course.roll == []
    assert "reading only" in made.told()


# By clicks


def test_a_whole_vote_by_clicks(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    press(screen.item.row.buttons[0])
    evening.keys("2 4")
    form = screen.entering.open
    assert form is not None
    press(form.save)
    rows = list(screen.item.votes.rows.values())
    for row in rows[:-1]:
        press(row, row.button_of(Answer.AYE).center())
    press(rows[-1], rows[-1].button_of(Answer.ABSTAIN).center())
    assert screen.item.votes.result.text() == "Carries, 3 to 0"
    press(screen.item.votes.methods[Method.ROLL_CALL])
    assert evening.course.motions[0].method is Method.ROLL_CALL
    press(screen.item.votes.close_button)
    assert screen.item.told.words.text() == "Motion 1: Carries, 3 to 0"


def test_a_person_is_pressed_for_what_can_be_done(evening: Evening) -> None:
    screen = evening.called_to_order()
    press(screen.people.line_of(screen.people.by_key("3") or ""))
    panel = screen.entering.open
    assert panel is not None
    assert [choice.words for choice in panel.choices][:2] == ["Leaves", "Recused from this item"]
    press(panel.row.buttons[1])
    assert evening.state_of("3") == "Recused"
    assert screen.top.quorum.text().startswith("3 of 7 here")


def test_an_item_of_the_agenda_is_pressed(evening: Evening) -> None:
    screen = evening.called_to_order()
    line = next(line for line in screen.side.lines if "Tainan" in line.shown.title)
    press(line)
    assert evening.view.current is not None
    assert "Tainan" in evening.view.current.item.title
    assert screen.side.lines[0].shown.title == "I to V"


def test_the_keys_at_the_foot_can_be_pressed_and_the_last_lists_them_all(evening: Evening) -> None:
    screen = evening.called_to_order()
    assert [button.key.do for button in screen.keys.buttons][:3] == [Do.NEXT, Do.MOTION, Do.NOTE]
    before = evening.view.current
    press(screen.keys.buttons[0])
    assert evening.view.current is not before
    menu = screen.keys.open_menu()
    listed = [action.text().partition("\t")[0] for action in menu.actions()]
    assert listed == [
        f"{key.words[:1].upper()}{key.words[1:]}" for key in meeting_keys() if key.do is not Do.MORE
    ]
    menu.actions()[listed.index("Recess, resume")].trigger()
    menu.close()
    assert evening.view.recess is not None


def test_the_keys_of_a_line_stand_first_while_it_has_the_keyboard(evening: Evening) -> None:
    screen = evening.begin()
    evening.keys("R")
    assert [button.text() for button in screen.keys.buttons][:4] == ["present", "remote", "excused", "absent"]
    press(screen.keys.buttons[2])
    assert evening.state_of("1") == "Excused"
    press(screen.keys.buttons[0])
    assert evening.state_of("2") == "Here"
    assert screen.people.focusWidget() is screen.people.line_of(screen.people.by_key("3") or "")
    evening.keys("P P Esc Enter")
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter")
    assert [button.text() for button in screen.keys.buttons][:4] == ["aye", "no", "abstain", "recused"]
    press(screen.keys.buttons[1])
    assert [vote.answer for vote in evening.course.votes] == [Answer.NO]


def test_all_keys_lists_those_of_the_line_too(evening: Evening) -> None:
    screen = evening.begin()
    evening.keys("R")
    menu = screen.keys.open_menu()
    assert [action.text() for action in menu.actions()][:2] == ["Present\tP", "Remote\tR"]
    menu.actions()[2].trigger()
    menu.close()
    assert evening.state_of("1") == "Excused"


def test_nobody_is_blamed_for_no_quorum_before_the_roll_is_called(evening: Evening) -> None:
    screen = evening.begin()
    assert screen.top.quorum.text() == "The roll is not called yet, 4 make a quorum."
    evening.keys("R P Esc")
    assert screen.top.quorum.text() == "1 of 7 here, 4 needed: no quorum. 3 more are needed."


def test_every_key_of_the_list_does_something(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    for key in meeting_keys():
        if key.do in (Do.MORE, Do.GO_TO, Do.PERSON, Do.UNDO):  # undo has a test of its own
            continue
        before = (evening.course, QApplication.focusWidget(), screen.entering.open, evening.told())
        screen.do(key.do)
        QApplication.processEvents()
        after = (evening.course, QApplication.focusWidget(), screen.entering.open, evening.told())
        assert after != before, key
        screen.entering.close()
        if key.do is Do.CLOCK:
            evening.keys("Esc")
        if key.do in (Do.RECESS, Do.NEXT):
            screen.do({Do.RECESS: Do.RECESS, Do.NEXT: Do.BACK}[key.do])
    evening.go_to("Tainan")
    screen.do(Do.MOTION)
    evening.keys("2 4 Enter")
    for key in motion_keys():
        screen.do(key.do)
        screen.entering.close()
    assert evening.course.motions[0].closed_at is not None


def test_who_presents_an_item_and_is_absent_is_said_to_be(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    assert screen.item.facts.text().startswith("Presented by Nguyễn Thị Minh Khai\n")
    evening.keys("2 L")
    assert screen.item.facts.text().startswith("Presented by Nguyễn Thị Minh Khai (absent)\n")


# What cannot be is said in words


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("M 6", "Daniel Lee was not at the table at 6:02 PM."),
        ("M 9", "Tomasz Wójcik is an alternate and sits for nobody."),
        ("M x", "Nobody at the table is called so."),
    ],
)
def test_who_may_not_move_is_told_at_once(evening: Evening, keys: str, said: str) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys(keys)
    form = screen.entering.open
    assert form is not None
    if not form.mover.error():
        evening.keys("Tab")
    assert form.mover.error() == said


def test_the_mover_is_not_the_second(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 2 Enter")
    form = screen.entering.open
    assert form is not None
    assert form.second.error() == "The mover cannot be the second."
    assert evening.course.motions == []


def test_a_departure_before_the_arrival_is_refused(evening: Evening) -> None:
    evening.called_to_order()
    evening.wait(10)
    evening.keys("6 P")
    evening.keys("6 6 : 0 5 p Enter Enter")
    assert evening.state_of("6") == "Here"
    assert "6:12 PM" in evening.told()


def test_a_time_that_is_none_is_told_under_the_field(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("4 7 7 Enter")
    panel = screen.entering.open
    assert panel is not None
    assert panel.time.error().startswith("Write a time like 6 pm")
    assert evening.state_of("4") == "Here"


def test_taking_part_remotely_asks_for_the_reason(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("6 R")
    panel = screen.entering.open
    assert panel is not None
    assert panel.words.error() == "The minutes name the reason for taking part remotely."


def test_a_vote_is_not_closed_while_somebody_has_not_answered(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter Y Y Y Esc Enter")
    assert "has not answered" in evening.told()
    assert evening.course.motions[0].closed_at is None


def test_the_item_is_not_left_while_a_motion_is_open(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter Esc")
    other = next(line for line in screen.side.lines if "Tsukuba" in line.shown.title)
    press(other)
    assert evening.told().startswith("Motion 1 is open.")


def test_two_people_in_one_seat_are_refused(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("L Enter L L")
    seats = [seating.seat_id for seating in evening.course.seatings]
    assert len(seats) == len(set(seats)) == 2
    assert evening.told() == "No alternate who is here can sit for an absent member now."


# Names, titles, many items


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ana Ruiz", "Ruiz"),
        ("Dr. Alexandria Montgomery-Featherstonehaugh", "Montgomery-Featherstonehaugh"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("Cher", "Cher"),
        ("Yuki Hashimoto 橋本有紀", "Hashimoto 橋本有紀"),
        ("محمد الأمين", "محمد الأمين"),
    ],
)
def test_people_are_called_by_a_family_name_only_where_it_can_be_told(name: str, called: str) -> None:
    assert family_name(name, (name,)) == called


def test_two_of_one_family_name_keep_their_given_names() -> None:
    names = ("Ana Ruiz", "Diego Ruiz")
    assert tuple(family_name(name, names) for name in names) == names


@pytest.mark.parametrize("width", [348, 300, 180, 90])
@pytest.mark.parametrize(
    "name", ["Montgomery-Featherstonehaugh", "Wolfeschlegelsteinhausenbergerdorff", "X" * 90]
)
def test_a_name_is_never_cut(qtbot: QtBot, look: None, name: str, width: int) -> None:
    said = Said("Not called", "pending")
    shown = PersonShown(seat_id="s", contact_id="c", kind=SeatKind.REGULAR, cap="1", name=name, said=said)
    line = PersonLine(shown)
    qtbot.addWidget(line)
    line.resize(width, 60)
    line.show()
    lines = lettering.lines_of(name, "run-name", width - 60)
    assert "".join(lines).replace(" ", "") == name
    assert all(painting.text_width("run-name", part) <= width for part in line._lines)
    assert "".join(line._lines) == name


def test_a_number_means_a_seat_and_letters_a_name() -> None:
    people = (
        Candidate("a", "Ana Ruiz", "1"),
        Candidate("b", "Nguyễn Thị Minh Khai", "2"),
        Candidate("c", "Albert Ruiz-Okonkwo", "3"),
    )

    def meant(text: str) -> str:
        return "".join(each.contact_id for each in matching(people, text))

    assert [meant(text) for text in ("1", "2", "ar", "ruiz", "nguyen", "al r", "oko", "q", "", "9")] == [
        *("a", "b", "a", "ac", "b", "c", "c", "", "", "")
    ]


def test_a_long_title_and_100_items_are_shown(evening: Evening) -> None:
    session, meeting = evening.session, evening.meeting_id()
    title = "Friendship between cities " * 20
    with pytest.raises(ValidationError, match="characters"):
        session.agendas.add(AgendaItemDraft(meeting_id=meeting, section="new-business", title=title * 4))
    for number in range(100):
        draft = AgendaItemDraft(
            meeting_id=meeting, section="new-business", title=title[:490] if not number else f"Item {number}"
        )
        session.agendas.add(draft)
    screen = evening.called_to_order()
    assert len(screen.side.lines) > 100
    evening.go_to(title[:40])
    assert screen.item.title.text().startswith("Friendship between cities")
    assert screen.item.title.height() >= screen.item.title.heightForWidth(screen.item.title.width())


def test_the_consent_calendar_is_moved_as_a_whole_without_what_was_pulled(evening: Evening) -> None:
    session, meeting = evening.session, evening.meeting_id()
    for title in ("Letter of thanks", "Budget of the gala", "Calendar of 2027"):
        draft = AgendaItemDraft(
            meeting_id=meeting, section="new-business", title=title, kind=ItemKind.CONSENT
        )
        session.agendas.add(draft)
    screen = evening.called_to_order()
    evening.go_to("Budget of the gala")
    assert screen.item.row.buttons[0].text() == "Move the consent calendar"
    evening.keys("U")
    assert evening.view.current is not None
    assert evening.view.current.is_pulled
    assert screen.item.told.words.text().endswith("is taken from the consent calendar")
    evening.keys("B M 2 4 Enter E Enter")
    outcomes = {line.item.title: line.item.outcome for line in evening.view.agenda if line.is_consent}
    assert [title for title, outcome in outcomes.items() if outcome is not None] == [
        "Letter of thanks",
        "Calendar of 2027",
    ]
    press(next(line for line in screen.side.lines if "Letter of thanks" in line.shown.title))
    offered = [button.text() for button in screen.item.row.buttons]
    assert "Pull from consent" not in offered
    assert "Move the consent calendar" not in offered


# Room


def test_in_a_narrow_window_the_agenda_opens_from_its_button(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.window.resize(1024, 700)
    QApplication.processEvents()
    assert screen.people.isVisible()
    assert not screen.side.isVisible()
    press(screen.top.agenda)
    assert screen.side.isVisible()
    assert not screen.people.isVisible()
    evening.keys("Esc R")
    assert screen.people.isVisible()
    evening.window.resize(1440, 900)
    QApplication.processEvents()
    assert screen.people.isVisible()
    assert screen.side.isVisible()


def test_in_large_text_what_is_next_stays_in_sight(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.window.resize(1024, 700)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.install(application, theme.Scheme.LIGHT, 200)
    QApplication.processEvents()
    assert [button.text() for button in screen.item.row.buttons] == ["Motion"]
    evening.keys("M 2 4 Enter")
    assert not screen.people.isVisible()
    assert screen.item.votes.close_button.visibleRegion().boundingRect().height() > 80
    evening.keys("Esc R")
    assert screen.people.isVisible()
    assert not screen.item.isVisible()
    evening.keys("Esc")
    assert screen.item.isVisible()
    theme.install(application, theme.Scheme.LIGHT)


def test_f11_takes_the_whole_screen_and_gives_it_back(evening: Evening) -> None:
    evening.begin()
    evening.keys("F11")
    assert evening.window.windowState() & Qt.WindowState.WindowFullScreen
    evening.keys("Esc")
    assert not evening.window.windowState() & Qt.WindowState.WindowFullScreen


def test_a_note_that_is_being_typed_is_saved_after_a_pause(evening: Evening, qtbot: QtBot) -> None:
    screen = evening.called_to_order()
    evening.keys("T")
    evening.types("Schools first; ")
    qtbot.waitUntil(lambda: any(note.text == "Schools first;" for note in evening.course.notes))
    evening.types("costs open.")
    assert screen.side.note.area.toPlainText() == "Schools first; costs open."


def test_only_what_changed_is_painted_again(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter")
    QApplication.processEvents()
    painted: list[object] = []
    paint = painting.Painted.paintEvent

    def note(self: painting.Painted, event: object) -> None:
        painted.append(self)
        paint(self, event)  # type: ignore[arg-type]

    monkeypatch.setattr(painting.Painted, "paintEvent", note)
    first = next(iter(screen.item.votes.rows.values()))
    screen.steps.vote(first.shown.contact_id, Answer.AYE)
    QApplication.processEvents()
    assert not [widget for widget in painted if isinstance(widget, PersonLine)]
