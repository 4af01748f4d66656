"""The window around the pages: sidebar, header, search, undo, and who is at the keyboard."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from commission_app.documents.logo import LogoError
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.members import TermDraft
from commission_app.errors import UnreachableError
from commission_app.gui import theme
from commission_app.gui.actions import Name
from commission_app.gui.desk import Desk
from commission_app.gui.header import Sitter
from commission_app.gui.history.page import HistoryPage
from commission_app.gui.home.page import HomePage
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.preferences import Preferences
from commission_app.gui.search.entries import SearchEntry
from commission_app.gui.search.popover import SearchPopover
from commission_app.gui.search.ranking import bold_runs, found_in
from commission_app.gui.sidebar import entries
from commission_app.gui.somebody import SomebodyDialog
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.services.members import MemberService
from commission_app.services.search import SearchService
from tests.gui.conftest import Boxes, settle


def test_sidebar_has_the_pages_there_are(main_window: MainWindow, qtbot: QtBot) -> None:
    titles = ["Home", "Meetings", "Members", "Inquiries", "Fundraising", "Papers", "History", "Settings"]
    assert [entry.title for entry in entries()] == titles
    button = main_window.sidebar.buttons["history"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page = main_window.current_page()
    assert page is not None
    assert page.name == "history"
    assert button.isChecked()


def test_sidebar_counts_what_needs_attention(main_window: MainWindow) -> None:
    assert main_window.sidebar.buttons["meetings"].count() == 1
    assert main_window.sidebar.buttons["members"].accessibleName() == "Members, 3 need attention"
    assert main_window.sidebar.buttons["settings"].accessibleName() == "Settings"


def test_pages_are_reached_by_key_and_left_by_escape(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.actions_by_name[Name.SETTINGS].trigger()
    assert main_window.sidebar.buttons["settings"].isChecked()
    qtbot.keyClick(main_window, Qt.Key.Key_Escape)
    assert main_window.sidebar.buttons["home"].isChecked()


def test_a_change_is_told_and_undone_and_redone(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert main_window.bar.text() == "Added Ines Aalto to the contacts."
    assert main_window.bar.kind() is MessageKind.DONE
    qtbot.mouseClick(main_window.bar.undo, Qt.MouseButton.LeftButton)
    assert main_window.bar.text() == "Undone: added Ines Aalto to the contacts."
    assert not desk.session.contacts.all(containing="Aalto")
    assert main_window.bar.action.text() == "Redo"
    qtbot.mouseClick(main_window.bar.action, Qt.MouseButton.LeftButton)
    assert desk.session.contacts.all(containing="Aalto")
    assert main_window.bar.text() == "Added Ines Aalto to the contacts."


def test_the_bar_says_when_the_file_was_saved(main_window: MainWindow, desk: Desk) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert main_window.bar.saved().startswith("Saved ")


def test_what_is_refused_is_told_under_the_fields_or_in_the_bar(main_window: MainWindow, desk: Desk) -> None:
    class Form:
        def __init__(self) -> None:
            self.errors: dict[str, str] = {}

        def show_errors(self, errors: object) -> None:
            self.errors = dict(errors)  # type: ignore[call-overload]

    form = Form()
    assert desk.operations.run(desk.session.contacts.add, ContactDraft(name=""), form=form) is None
    assert set(form.errors) == {"name"}
    assert desk.operations.run(desk.session.contacts.add, ContactDraft(name="")) is None
    assert main_window.bar.kind() is MessageKind.WARNING
    assert form.errors["name"] in main_window.bar.text()


def test_a_record_that_is_gone_is_told_in_the_bar(main_window: MainWindow, desk: Desk) -> None:
    assert desk.operations.run(desk.session.contacts.remove, "01900000-0000-7000-8000-000000000000") is None
    assert main_window.bar.kind() is MessageKind.WARNING


def test_any_error_in_words_is_told_in_the_bar(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert desk.operations.run(_refuse, "The picture is no logo.") is None
    assert main_window.bar.kind() is MessageKind.WARNING
    assert main_window.bar.text() == "The picture is no logo."
    desk.operations.in_background(partial(_refuse, "The picture is too large."), _refuse)
    qtbot.waitUntil(lambda: main_window.bar.text() == "The picture is too large.")


@pytest.mark.parametrize("method", ["__init__", "refresh", "open_at"])
def test_a_page_whose_file_went_away_is_told(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(HistoryPage, method, _went_away)
        boxes.accept()
        main_window.navigate(Place(page="history", tab="all"))
    assert boxes.texts == ["The file cannot be reached."]
    page = main_window.current_page()
    assert page is not None
    assert page.name == ("home" if method == "__init__" else "history")
    assert main_window.sidebar.buttons[page.name].isChecked()

    refreshed: list[HistoryPage] = []

    def refresh(self: HistoryPage) -> None:
        refreshed.append(self)

    monkeypatch.setattr(HistoryPage, "refresh", refresh)
    main_window.go_to_page("history")
    assert len(refreshed) == (0 if method == "open_at" else 1)


def test_a_minute_without_the_file_is_told_once(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pass_another(box: QDialog) -> bool:
        main_window.freshness.minute_passed()
        return True

    monkeypatch.setattr(HomePage, "refresh", _went_away)
    boxes.answer(pass_another)
    main_window.freshness.minute_passed()
    assert boxes.texts == ["The file cannot be reached."]


def _went_away(*_: object) -> None:
    raise UnreachableError("The file cannot be reached.")


def test_work_in_the_pool_comes_back_to_the_window(desk: Desk, qtbot: QtBot) -> None:
    results: list[object] = []
    desk.operations.in_background(_answer, results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [42]


def test_failed_work_in_the_pool_is_handed_over(desk: Desk, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    desk.operations.in_background(_fail, errors.append, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def _answer() -> int:
    return 42


def _refuse(sentence: str) -> None:
    raise LogoError(sentence)


def _fail() -> None:
    raise ZeroDivisionError


def test_the_header_says_whose_file_it_is_and_who_is_there(main_window: MainWindow) -> None:
    assert main_window.header.file.text() == "Alder Glen Sister Cities Commission"
    assert main_window.windowTitle() == "Alder Glen Sister Cities Commission"
    assert main_window.header.person.accessibleName() == "You are Ana Ruiz, Secretary"


def test_somebody_whom_the_menu_does_not_name_sits_down(main_window: MainWindow, desk: Desk) -> None:
    def ask() -> SomebodyDialog:
        menu = main_window.header.people_menu()
        next(action for action in menu.actions() if action.text() == "Somebody else...").trigger()
        found = main_window.findChildren(SomebodyDialog)[-1]
        assert found.isVisible()
        return found

    dialog = ask()
    dialog.doing.click()
    assert dialog.name.error()
    dialog.name.open_list()
    assert "Yuki Hashimoto 橋本有紀" in dialog.name.offered()
    dialog.name.set_value("Ines Aalto")
    dialog.doing.click()
    assert desk.session.who == "Ines Aalto"
    assert main_window.header.person.sitter() == Sitter("Ines Aalto")
    assert "Ines Aalto" in [action.text() for action in main_window.header.people_menu().actions()]
    assert not desk.session.contacts.all(containing="aalto")
    again = ask()
    again.name.set_value("Harold Lindqvist")
    again.doing.click()
    assert main_window.header.person.sitter() == Sitter("Harold Lindqvist", "Treasurer")


def test_somebody_else_sits_down_and_is_remembered(main_window: MainWindow, desk: Desk) -> None:
    menu = main_window.header.people_menu()
    offered = [action.text() for action in menu.actions()]
    assert "Harold Lindqvist · Treasurer" in offered
    menu.actions()[offered.index("Harold Lindqvist · Treasurer")].trigger()
    assert desk.session.who == "Harold Lindqvist"
    assert main_window.header.person.sitter() == Sitter("Harold Lindqvist", "Treasurer")
    assert Preferences().person(desk.session.path) == "Harold Lindqvist"
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert desk.session.history.recent(1)[0].who == "Harold Lindqvist"


def test_search_finds_people_without_marks_and_opens_them(
    main_window: MainWindow, qtbot: QtBot, monkeypatch: object
) -> None:
    main_window.actions_by_name[Name.SEARCH].trigger()
    search = main_window.searching.popover()
    assert search is not None
    qtbot.keyClicks(search.edit, "history")
    found = [entry.text for entry in search.found()]
    assert found[:2] == ["History of a matter", "Go to History"]
    assert "History and undo" in found
    search.edit.clear()
    qtbot.keyClicks(search.edit, "nguyen")
    assert search.found()[0].text == "Nguyễn Thị Minh Khai"
    assert search.found()[0].kind == "Person"
    search.edit.clear()
    qtbot.keyClicks(search.edit, "sett")
    qtbot.keyClick(search.edit, Qt.Key.Key_Return)
    assert main_window.sidebar.buttons["settings"].isChecked()
    assert not search.isVisible()


def test_search_finds_agenda_items_and_meetings(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.actions_by_name[Name.SEARCH].trigger()
    search = main_window.searching.popover()
    assert search is not None
    qtbot.keyClicks(search.edit, "oulu")
    assert any("Oulu" in entry.text for entry in search.found())
    search.edit.clear()
    qtbot.keyClicks(search.edit, "regular september 24")
    assert search.found()[0].text == "Regular meeting, Thursday, September 24"
    search.close()


@pytest.mark.parametrize(
    ("typed", "text", "kind", "leads_to"),
    [
        ("NGUYEN khai", "Nguyễn Thị Minh Khai", "Person", ("members", "contacts")),
        ("臺", "Tainan, Taiwan, 臺南", "Inquiry, ", ("inquiries", "")),
        ("tainan taiwan", "Tainan, Taiwan, 臺南", "Inquiry, ", ("inquiries", "")),
        ("來自臺南", "A first approach, 來自臺南的問候", "Letter, ", ("inquiries", "")),
        ("friendship gar", "Friendship Garden", "Campaign", ("fundraising", "overview")),
        ("adebayo", "Oluwaseun Adébáyọ̀, $", "Pledge, ", ("fundraising", "pledges")),
        ("1342", "Leilani Kahananui, $", "Payment, ", ("fundraising", "payments")),
        ("partnership with oulu", "Renewal of the economic partnership", "Thu, ", ("meetings", "agenda")),
    ],
)
def test_search_finds_every_record(
    main_window: MainWindow, typed: str, text: str, kind: str, leads_to: tuple[str, str]
) -> None:
    main_window.searching.open()
    search = main_window.searching.popover()
    assert search is not None
    search.edit.setText(typed)
    [entry] = [e for e in search.found() if e.text.startswith(text) and e.kind.startswith(kind)][:1]
    assert isinstance(entry.target, Place)
    assert (entry.target.page, entry.target.tab) == leads_to
    assert entry.target.record_id
    main_window.navigate(entry.target)
    current = main_window.current_page()
    assert current is not None
    assert current.name == leads_to[0]
    search.close()


def test_search_puts_the_best_action_second() -> None:
    home = Place(page="home")
    entries = [SearchEntry("person", f"Print {n}", "Person", home) for n in "abc"]
    action = SearchEntry("print", "Print", "Action", "print", does=True)
    assert found_in([*entries, action], "print")[1] == action
    assert found_in(entries, "") == []


def test_search_shows_the_letters_that_were_typed_bold() -> None:
    runs = bold_runs("Tainan", "ain")
    assert [(run.text, run.role) for run in runs] == [("T", "body"), ("ain", "strong"), ("an", "body")]


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("ekaterinbrug", "Ekaterinburg, Russia", "Inquiry"),
        ("nguyne khai", "Nguyễn Thị Minh Khai", "Person"),
        ("leilanni", "Leilani Kahananui", "Person"),
        ("frendship gardne", "Friendship Garden", "Campaign"),
        ("appiont", "Appoint a member", "Action"),
        ("hl", "Harold Lindqvist", "Person"),
        ("pta", "Post the agenda", "Action"),
        ("aging of", "Aging of open pledges", "Paper"),
        ("glossary", "Words of the commission", "Help"),
    ],
)
def test_search_forgives_slips_and_knows_initials(
    main_window: MainWindow, qtbot: QtBot, typed: str, text: str, kind: str
) -> None:
    main_window.searching.open()
    settle(main_window, qtbot)
    search = main_window.searching.popover()
    assert search is not None
    search.edit.setText(typed)
    found = [(entry.text, entry.kind) for entry in search.found()]
    assert any(shown.startswith(text) and what.startswith(kind) for shown, what in found), found
    search.close()


def test_search_opens_a_record_selected(main_window: MainWindow, desk: Desk) -> None:
    main_window.searching.open()
    search = main_window.searching.popover()
    assert search is not None
    search.edit.setText("delegation to tsukuba")
    chosen = search.found()[0]
    search.chosen.emit(chosen)
    meetings = main_window.current_page()
    assert isinstance(meetings, MeetingsPage)
    assert isinstance(chosen.target, Place)
    assert meetings.current_id() == chosen.target.record_id
    assert meetings.detail.agenda.outline.open_item() == chosen.target.part
    search.edit.setText("來自臺南")
    letter = search.found()[0]
    search.chosen.emit(letter)
    inquiries = main_window.current_page()
    assert isinstance(inquiries, InquiriesPage)
    sheet = inquiries.sheet()
    assert sheet is not None
    assert "A first approach, 來自臺南的問候" in [field.text() for field in sheet.findChildren(QLineEdit)]


def test_what_was_opened_from_the_search_comes_first_the_next_time(
    main_window: MainWindow, desk: Desk
) -> None:
    def open_again() -> SearchPopover:
        main_window.searching.open()
        search = main_window.searching.popover()
        assert search is not None
        return search

    search = open_again()
    for typed, text in (("friendship", "Friendship Garden"), ("lindq", "Harold"), ("aging", "Aging")):
        search.edit.setText(typed)
        search.chosen.emit(next(entry for entry in search.found() if entry.text.startswith(text)))
    offered = [entry.text for entry in open_again().found()]
    assert offered[:3] == ["Aging of open pledges", "Harold Lindqvist", "Friendship Garden"]
    assert len(offered) == 8, "and what can be done"
    search.edit.setText("friend")
    assert search.found()[0].text == "Friendship Garden"
    gone = desk.session.contacts.add(ContactDraft(name="Ines Aalto"))
    search.edit.setText("aalto")
    search.chosen.emit(search.found()[0])
    desk.session.contacts.remove(gone)
    assert "Ines Aalto" not in [entry.text for entry in open_again().found()]
    search.close()


def test_search_opens_a_page_of_the_help(main_window: MainWindow) -> None:
    main_window.searching.open()
    search = main_window.searching.popover()
    assert search is not None
    search.edit.setText("words of the commission")
    search.chosen.emit(search.found()[0])
    window = main_window.helping.window()
    assert window is not None
    assert window.topic() == "glossary"
    window.close()


@pytest.mark.parametrize("method", ["meetings", "find", "recall"])
def test_a_search_without_its_file_is_told(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(SearchService, method, _went_away)
    boxes.accept()
    main_window.searching.open()
    search = main_window.searching.popover()
    assert search is not None
    if method == "find":
        search.edit.setText("tainan")
    assert boxes.texts == ["The file cannot be reached."]
    assert not search.isVisible()


def test_sitting_down_without_the_file_is_told(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemberService, "offices", _went_away)
    boxes.accept()
    main_window.sitting.sit_down(main_window.header.sitters()[0])
    assert boxes.texts == ["The file cannot be reached."]


def test_help_opens_at_the_page_that_is_shown(main_window: MainWindow) -> None:
    main_window.actions_by_name[Name.SETTINGS].trigger()
    main_window.actions_by_name[Name.HELP].trigger()
    window = main_window.helping.window()
    assert window is not None
    assert window.topic() == "settings"
    assert "rule book" in window.text.toPlainText().lower()
    window.close()


@pytest.mark.parametrize(("page", "word"), [("inquiries", "last chance"), ("fundraising", "campaign")])
def test_help_knows_the_pages_of_the_two_promises(main_window: MainWindow, page: str, word: str) -> None:
    main_window.navigate(Place(page=page))
    main_window.actions_by_name[Name.HELP].trigger()
    window = main_window.helping.window()
    assert window is not None
    assert window.topic() == page
    assert word in window.text.toPlainText().lower()
    window.close()


def test_text_size_and_theme_are_remembered(main_window: MainWindow) -> None:
    main_window.actions_by_name[Name.LARGER_TEXT].trigger()
    main_window.actions_by_name[Name.SWITCH_THEME].trigger()
    assert (theme.text_percent(), theme.is_dark()) == (115, True)
    kept = Preferences()
    assert (kept.text_percent, kept.scheme) == (115, theme.Scheme.DARK)
    main_window.set_look(theme.Scheme.LIGHT, 100)


def test_the_pointer_tells_while_the_look_changes(
    main_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Qt.CursorShape] = []

    def install(*given: object) -> None:
        cursor = QGuiApplication.overrideCursor()
        assert cursor is not None
        seen.append(cursor.shape())

    monkeypatch.setattr(theme, "install", install)
    main_window.actions_by_name[Name.SWITCH_THEME].trigger()
    assert seen == [Qt.CursorShape.WaitCursor]
    assert QGuiApplication.overrideCursor() is None


def test_a_narrow_window_keeps_the_words_of_the_sidebar(main_window: MainWindow) -> None:
    main_window.resize(1024, 700)
    assert main_window.sidebar.width() == 168
    assert not main_window.sidebar.buttons["meetings"].visibleRegion().isEmpty()
    main_window.resize(1440, 900)
    assert main_window.sidebar.width() == 208


def test_the_first_window_fits_on_its_screen_with_the_frame_round_it(
    look: None, no_file_dialog: None, qtbot: QtBot
) -> None:
    window = MainWindow(Preferences())
    qtbot.addWidget(window)
    frame = QSize(2 * 5, 5 + 24)  # a desktop's borders and its title bar
    available = window.screen().availableSize()
    least = window.minimumSize()
    assert (least + frame).boundedTo(QSize(1024, 700)) == least + frame
    size = window.size() + frame
    assert size.height() <= max(available.height(), least.height() + frame.height())
    assert size.width() <= max(available.width(), least.width() + frame.width())
    window.close_session()


def test_a_warning_goes_with_the_page_and_with_the_next_success(main_window: MainWindow, desk: Desk) -> None:
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
    main_window.undo()
    assert main_window.bar.kind() is MessageKind.WARNING
    assert "Posted the agenda of September 24" in main_window.bar.text()
    assert "History" in main_window.bar.text()
    main_window.navigate(Place(page="members"))
    assert main_window.bar.text() == ""
    main_window.undo()
    desk.session.contacts.add(ContactDraft(name="Ines Aalto"))
    assert main_window.bar.kind() is not MessageKind.WARNING


def test_search_knows_what_can_be_begun_and_says_when_nothing_is_found(main_window: MainWindow) -> None:
    main_window.searching.open()
    search = main_window.searching.popover()
    assert search is not None
    for typed, expected in (
        ("post agen", "Post the agenda"),
        ("agenda", "Open the next agenda"),
        ("new pledge", "Record a pledge"),
        ("appoint", "Appoint a member"),
        ("backup", "Back up now"),
        ("donations", "Go to Fundraising"),
        ("print next", "Print the next agenda"),
        ("import", "Import contacts"),
        ("import mem", "Import members"),
        ("import pl", "Import pledges"),
        ("csv pay", "Import payments"),
    ):
        search.edit.setText(typed)
        assert expected in [entry.text for entry in search.found()], typed
    assert not search.nothing.isVisible()
    search.edit.setText("zzzz")
    assert search.found() == []
    assert search.nothing.isVisible()
    search.edit.setText("appoint a mem")
    search.chosen.emit(search.found()[0])
    page = main_window.current_page()
    assert page is not None
    assert page.name == "members"


def test_the_people_menu_follows_the_terms(main_window: MainWindow, desk: Desk, opener: FileOpener) -> None:
    seat = next(view.seat for view in desk.session.members.seats() if view.holder is None)
    draft = TermDraft(seat_id=seat.id, contact_id="", from_on=date(2026, 9, 1), to_on=date(2028, 8, 31))
    assert "Beatriz Moreau" not in [sitter.name for sitter in main_window.header.sitters()]
    desk.operations.run(desk.session.members.appoint, draft, ContactDraft(name="Beatriz Moreau"))
    assert "Beatriz Moreau" in [sitter.name for sitter in main_window.header.sitters()]


def test_home_asks_once_who_is_there(main_window: MainWindow, desk: Desk, opener: FileOpener) -> None:
    desk.session.sit_down("root")
    home = main_window.page("home")
    assert isinstance(home, HomePage)
    home.asks_who = True
    home.refresh()
    assert home.attention.rows[0].title.text() == "Say who you are"
    main_window.sitting.sit_down(main_window.header.sitters()[0])
    assert all(row.title.text() != "Say who you are" for row in home.attention.rows)
    assert not home.asks_who
