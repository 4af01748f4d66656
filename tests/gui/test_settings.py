"""Settings: fields that save when they are left, the rule book with its dated values, backups, appearance."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from commission_app import paths
from commission_app.domain.calendar import MeetingRule
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.setting_registry import SPECS, spec
from commission_app.errors import ValidationError
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.settings.appearance_pane import AppearancePane
from commission_app.gui.settings.backups_pane import BackupsPane
from commission_app.gui.settings.calendar_editor import WEEKLY, CalendarEditor
from commission_app.gui.settings.commission_pane import CommissionPane
from commission_app.gui.settings.order_editor import OrderEditor
from commission_app.gui.settings.page import SettingsPage
from commission_app.gui.settings.rule_words import Recurrence, calendar_text, months_text, value_text
from commission_app.gui.settings.rules_pane import RulesPane
from commission_app.gui.settings.value_editors import (
    FieldEditor,
    KindsEditor,
    editor_for,
    read_gigabytes,
    read_money,
    show_money,
)
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.gui.widgets.parsed_fields import NumberField
from tests.gui.conftest import TODAY, Boxes, settle


def pane_of(window: MainWindow, tab: str, action: str = "", record_id: str | None = None) -> object:
    window.navigate(Place(page="settings", tab=tab, action=action, record_id=record_id))
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page.pane(tab)


@pytest.fixture
def commission(main_window: MainWindow) -> CommissionPane:
    pane = pane_of(main_window, "commission")
    assert isinstance(pane, CommissionPane)
    return pane


@pytest.fixture
def rules(main_window: MainWindow) -> RulesPane:
    pane = pane_of(main_window, "rules")
    assert isinstance(pane, RulesPane)
    return pane


def type_into(field: TextField, text: str, qtbot: QtBot) -> None:
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def test_a_field_saves_when_it_is_left_and_can_be_undone(
    commission: CommissionPane, main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    phone = commission.form.fields["letterhead.phone"]
    assert isinstance(phone, TextField)
    type_into(phone, "(408) 555-0199", qtbot)
    assert desk.session.commission.get().letterhead.phone == "(408) 555-0199"
    assert main_window.bar.undo.isVisibleTo(main_window)
    qtbot.mouseClick(main_window.bar.undo, Qt.MouseButton.LeftButton)
    assert desk.session.commission.get().letterhead.phone == "(408) 555-0142"
    assert phone.value() == "(408) 555-0142"


def test_what_the_rules_refuse_stands_under_the_field(
    commission: CommissionPane, desk: Desk, qtbot: QtBot
) -> None:
    email = commission.form.fields["letterhead.email"]
    assert isinstance(email, TextField)
    type_into(email, "not an address", qtbot)
    assert email.error()
    assert desk.session.commission.get().letterhead.email == "sistercities@alderglen.example.org"


def test_the_name_in_the_header_follows(
    commission: CommissionPane, main_window: MainWindow, qtbot: QtBot
) -> None:
    name = commission.form.fields["name"]
    assert isinstance(name, TextField)
    type_into(name, "Alder Glen Friendship Commission", qtbot)
    assert main_window.header.file.text() == "Alder Glen Friendship Commission"


def test_posting_places_are_lines(commission: CommissionPane, desk: Desk) -> None:
    places = commission.form.fields["posting_places"]
    places.area.setPlainText("City Hall\n\n Library ")  # type: ignore[attr-defined]
    places.area.left.emit()  # type: ignore[attr-defined]
    assert desk.session.commission.get().posting_places == ("City Hall", "Library")


def test_a_logo_is_taken_shown_and_removed(
    commission: CommissionPane, main_window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(commission.remove_logo, Qt.MouseButton.LeftButton)
    assert desk.session.commission.logo() is None
    assert not commission.logo.has_logo()
    commission.take_logo(paths.resource("seal.svg"))
    assert commission.logo.has_logo()
    (tmp_path / "page.svg").write_text("<html></html>", encoding="utf-8")
    commission.take_logo(tmp_path / "page.svg")
    assert main_window.bar.kind() is MessageKind.WARNING


def test_staff_is_added_from_contacts_created_in_place_and_removed(
    commission: CommissionPane, desk: Desk, qtbot: QtBot
) -> None:
    staff = commission.staff
    before = len(staff.rows)
    qtbot.keyClicks(staff.person.edit, "Ines Aalto")
    assert "Create “Ines Aalto”" in staff.person.offered()
    staff.person.create_requested.emit("Ines Aalto")
    assert [row.name for row in staff.rows][before:] == ["Ines Aalto"]
    row = staff.rows[-1]
    type_into(row.title, "City clerk", qtbot)
    assert desk.session.commission.get().staff[-1].title == "City clerk"
    qtbot.mouseClick(staff.rows[-1].remove, Qt.MouseButton.LeftButton)
    assert len(staff.rows) == before


def test_every_setting_is_listed_with_its_value(rules: RulesPane, desk: Desk) -> None:
    book = desk.session.commission.rule_book()
    for entry in SPECS:
        assert rules.list.rows.index_of(entry.name).isValid()
        assert value_text(entry, book.value(entry.name, TODAY))


def test_the_rules_are_filtered_by_words(rules: RulesPane, main_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(rules.filter, "posting deadline")
    names = [item.key for item in rules.list.rows.items() if hasattr(item, "key")]
    assert names == ["posting.warn_days"]


def test_a_new_value_is_dated_with_its_source_and_the_old_one_stays(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    rules = pane_of(main_window, "rules", record_id="membership.minimum")
    assert isinstance(rules, RulesPane)
    detail = rules.detail
    assert detail.name() == "membership.minimum"
    assert isinstance(detail.editor, FieldEditor)
    field = detail.editor.field
    assert isinstance(field, NumberField)
    field.edit.clear()
    qtbot.keyClicks(field.edit, "25")
    detail.from_on.edit.clear()
    qtbot.keyClicks(detail.from_on.edit, "10/1/2026")
    qtbot.keyClicks(detail.source.edit, "Resolution 12")
    qtbot.mouseClick(detail.save, Qt.MouseButton.LeftButton)
    book = desk.session.commission.rule_book()
    assert book.integer("membership.minimum", date(2026, 9, 30)) == 20
    assert book.integer("membership.minimum", date(2026, 10, 1)) == 25
    assert book.source("membership.minimum", date(2026, 10, 1)) == "Resolution 12"
    assert len(detail.rows) == 2
    qtbot.mouseClick(detail.rows[0].remove, Qt.MouseButton.LeftButton)
    assert desk.session.commission.rule_book().integer("membership.minimum", date(2026, 10, 1)) == 20


def test_a_value_that_may_not_stand_is_refused_under_the_editor(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    rules = pane_of(main_window, "rules", record_id="attendance.max_consecutive_absences")
    assert isinstance(rules, RulesPane)
    detail = rules.detail
    assert isinstance(detail.editor, FieldEditor)
    field = detail.editor.field
    assert isinstance(field, NumberField)
    field.edit.clear()
    qtbot.keyClicks(field.edit, "0")
    qtbot.mouseClick(detail.save, Qt.MouseButton.LeftButton)
    assert "from 1 to 100" in field.error()
    assert desk.session.commission.rule_book().integer("attendance.max_consecutive_absences", TODAY) == 3


@pytest.mark.parametrize("name", [entry.name for entry in SPECS])
def test_every_editor_gives_back_what_it_was_given(look: None, qtbot: QtBot, name: str) -> None:
    entry = spec(name)
    editor = editor_for(entry, TODAY, {"opening": "Opening", "business": "Business"})
    qtbot.addWidget(editor)
    values = {
        "meetings.rule": {
            "rules": ["FREQ=MONTHLY;BYMONTH=1,2,3;BYDAY=2TU,4TU", "FREQ=MONTHLY;BYMONTH=11;BYDAY=3TH"],
            "starts": "18:30",
            "except": ["2026-12-24"],
            "also": ["2026-12-10T17:00"],
        },
        "record.begins_on": "2026-01-01",
        "fundraising.receiver": "community-organization",
    }
    value = values.get(name, entry.default)
    editor.set_value(value)
    assert editor.value() == value
    assert editor.problem() is None
    assert entry.check(editor.value()) is None


def test_who_receives_the_money_is_chosen_and_said_by_name(look: None, qtbot: QtBot) -> None:
    entry, names = spec("fundraising.receiver"), {"asca": "Alder Glen Sister City Association"}
    editor = editor_for(entry, TODAY, {}, names)
    qtbot.addWidget(editor)
    assert isinstance(editor, FieldEditor)
    assert isinstance(editor.field, ChoiceField)
    box = editor.field.box
    shown = [box.itemText(at) for at in range(box.count())]
    assert shown == ["Not set", "The only community organization", "Alder Glen Sister City Association"]
    editor.set_value("asca")
    assert editor.value() == "asca"
    assert value_text(entry, "asca", names) == "Alder Glen Sister City Association"
    assert value_text(entry, "community-organization") == "The only community organization"


def test_the_calendar_shows_its_next_dates_while_it_is_edited(look: None, qtbot: QtBot) -> None:
    editor = CalendarEditor(TODAY)
    qtbot.addWidget(editor)
    editor.set_value({"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "18:00"})
    assert editor.next.text().splitlines()[0] == "Thursday, September 24, 2026, 6 PM"
    panel = editor.monthly[0]
    qtbot.mouseClick(panel.ordinals.buttons[-1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.ordinals.buttons[4], Qt.MouseButton.LeftButton)
    assert editor.value()["rules"] == ["FREQ=MONTHLY;BYDAY=-1TH"]
    qtbot.mouseClick(panel.ordinals.buttons[-1], Qt.MouseButton.LeftButton)
    assert editor.problem() == "Choose which weekday of the month: the first, the second, ..."
    assert editor.next.text() == editor.problem()


def test_days_of_other_months_are_added_and_removed(look: None, qtbot: QtBot) -> None:
    editor = CalendarEditor(TODAY)
    qtbot.addWidget(editor)
    editor.set_value({"rules": ["FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,8,9,10;BYDAY=4TH"], "starts": "18:00"})
    qtbot.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    assert editor.monthly[1].months.chosen() == (11, 12)
    qtbot.mouseClick(editor.monthly[1].ordinals.buttons[3], Qt.MouseButton.LeftButton)
    assert editor.value()["rules"][1] == "FREQ=MONTHLY;BYMONTH=11,12;BYDAY=3TH"
    assert len(MeetingRule.parse(editor.value()).starts_between(date(2027, 1, 1), date(2027, 12, 31))) == 12
    editor.monthly[1].remove.click()
    assert len(editor.value()["rules"]) == 1


def test_a_weekly_calendar_and_an_unreadable_exception(look: None, qtbot: QtBot) -> None:
    editor = CalendarEditor(TODAY)
    qtbot.addWidget(editor)
    editor.set_value({"rules": ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"], "starts": "19:00"})
    assert editor.how.value() == WEEKLY
    assert editor.every.value() == 2
    editor.left_out.set_value("Feb 31 2027")
    problem = editor.problem()
    assert problem is not None
    assert problem.startswith("Feb 31 2027: ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "No calendar"),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "18:00"}, "Fourth Thursday at 6 PM"),
        ({"rules": ["FREQ=MONTHLY;BYDAY=1MO,3MO"], "starts": "18:30"}, "First and third Monday at 6:30 PM"),
        ({"rules": ["FREQ=WEEKLY;BYDAY=TU"], "starts": "09:00"}, "Every Tuesday at 9 AM"),
        (
            {
                "rules": ["FREQ=MONTHLY;BYMONTH=1,2,3,11;BYDAY=-1FR"],
                "starts": "18:00",
                "except": ["2026-01-30"],
            },
            "Last Friday of Jan to Mar and Nov at 6 PM; 1 day left out",
        ),
    ],
)
def test_the_calendar_reads_as_words(look: None, value: object, text: str) -> None:
    assert calendar_text(value) == text


def test_months_in_a_row_are_a_span(look: None) -> None:
    assert months_text((1, 2, 5, 6, 7, 12)) == "Jan, Feb, May to Jul and Dec"


@pytest.mark.parametrize(
    "text", ["FREQ=YEARLY;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYDAY=1MO,2TU"]
)
def test_what_cannot_be_said_in_words_stays_as_it_is(text: str) -> None:
    assert Recurrence.parse(text) is None


def test_sections_are_moved_removed_and_added_with_the_keyboard(look: None, qtbot: QtBot) -> None:
    titles = {
        "opening": "Call to order",
        "business": "Business",
        "adjournment": "Adjournment",
        "pledge": "Pledge",
    }
    editor = OrderEditor(titles)
    qtbot.addWidget(editor)
    editor.set_value({"regular": ["opening", "business", "adjournment"]})
    editor.list.setCurrentRow(1)
    qtbot.keyClick(editor.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.value() == {"regular": ["business", "opening", "adjournment"]}
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)
    assert editor.shown() == ["Call to order", "Adjournment"]
    editor.add.set_value("pledge")
    editor.add.changed.emit()
    assert editor.value() == {"regular": ["opening", "pledge", "adjournment"]}


def test_counted_kinds_are_boxes(look: None, qtbot: QtBot) -> None:
    editor = editor_for(spec("inquiries.counted_kinds"), TODAY, {})
    qtbot.addWidget(editor)
    assert isinstance(editor, KindsEditor)
    editor.set_value(["regular"])
    list(editor.boxes.values())[1].click()
    assert editor.value() == ["regular", "special"]


@pytest.mark.parametrize(("text", "cents"), [("630", 63_000), ("$2,500.00", 250_000), ("0.05", 5)])
def test_money_is_read_as_cents(text: str, cents: int) -> None:
    assert read_money(text) == cents
    assert read_money(show_money(cents)) == cents


@pytest.mark.parametrize("text", ["12,50", "-3", "1e9", "", "nan", "2.500"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_money(text)


def test_gigabytes_are_read_as_bytes() -> None:
    assert read_gigabytes("0.5 GB") == 500_000_000
    with pytest.raises(ValidationError):
        read_gigabytes("much")


def test_back_up_now_and_restore(main_window: MainWindow, desk: Desk, boxes: Boxes, qtbot: QtBot) -> None:
    pane = pane_of(main_window, "backups")
    assert isinstance(pane, BackupsPane)
    qtbot.mouseClick(pane.make, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    qtbot.waitUntil(lambda: len(pane.table.rows()) == 2)
    assert main_window.bar.text().startswith("Backup made and verified")
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    boxes.accept()
    qtbot.mouseClick(pane.restore, Qt.MouseButton.LeftButton)
    assert boxes.texts[-1].startswith("Restore the backup of")
    assert main_window.desk is not None
    assert not main_window.desk.session.contacts.all(containing="Aalto")
    assert "kept as" in main_window.bar.text()
    aside = [path for path in main_window.desk.session.path.parent.iterdir() if "before restore" in path.name]
    assert len(aside) == 1
    settle(main_window, qtbot)


def test_restore_asks_for_a_backup_first(main_window: MainWindow) -> None:
    pane = pane_of(main_window, "backups")
    assert isinstance(pane, BackupsPane)
    pane.table.clear_selection()
    assert pane.restore.unavailable_because() == "Choose a backup in the list first."


def test_theme_text_size_and_paper_are_chosen(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    pane = pane_of(main_window, "appearance")
    assert isinstance(pane, AppearancePane)
    pane.scheme.buttons[2].click()
    assert theme.is_dark()
    pane.percent.buttons[1].click()
    assert theme.text_percent() == 115
    pane.paper.set_value("a4")
    pane.paper.committed.emit()
    assert desk.session.commission.rule_book().text("paper.size", TODAY) == "a4"
    main_window.set_look(theme.Scheme.LIGHT, 100)
    assert pane.percent.value() == 100
