"""Fields and forms: what is typed becomes a value, what is wrong is said under the field."""

from collections.abc import Iterator
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from commission_app.errors import ValidationError
from commission_app.gui import theme
from commission_app.gui.widgets.calendar_popup import CalendarPopup
from commission_app.gui.widgets.choice_controls import PopupDelegate
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.fields import (
    CheckField,
    ChoiceField,
    Field,
    RadioField,
    ReadOnlyField,
    TextAreaField,
    TextField,
)
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.parsed_fields import (
    DateField,
    NumberField,
    ParsedField,
    TimeField,
    read_time,
    show_time,
)
from commission_app.gui.widgets.text import Paragraph

PEOPLE = [LookupRow("ana", "Ana Ruiz", "Secretary"), LookupRow("khai", "Nguyễn Thị Minh Khai", "Vice Chair")]


class Windows:
    """Keeps the windows of a test alive."""

    open: list[QWidget] = []  # noqa: RUF012 - emptied by the fixture


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme.install(qapp, theme.Scheme.LIGHT)
    yield
    Windows.open.clear()
    QLocale.setDefault(before)


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    Windows.open.append(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(520, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def read_day(text: str) -> date:
    """A reader of days for these tests: month/day of 2026, or as shown."""
    try:
        month, day = text.split("/")
        return date(2026, int(month), int(day))
    except ValueError:
        raise ValidationError({"": "That is no day."}) from None


def people(text: str) -> list[LookupRow]:
    return [row for row in PEOPLE if text.casefold() in row.title.casefold()]


def leave(qtbot: QtBot, field: Field) -> None:
    """Go on with Tab, as a person does."""
    qtbot.keyClick(field.control(), Qt.Key.Key_Tab)


def test_label_names_the_control_and_leads_to_it(qtbot: QtBot) -> None:
    field = TextField("Donor", required=True, help_text="As on the receipt")
    label = next(found for found in field.findChildren(QLabel) if found.text() == "Donor")
    assert label.buddy() is field.edit
    assert field.edit.accessibleName() == "Donor"
    assert field.edit.accessibleDescription() == "As on the receipt"
    assert "required" in [found.text() for found in field.findChildren(QLabel)]


def test_text_is_committed_once_when_it_is_left(qtbot: QtBot) -> None:
    field, other = TextField("Title"), TextField("Other")
    shown(qtbot, field, other)
    field.set_value("Agenda")
    commits: list[str] = []
    field.committed.connect(lambda: commits.append(field.value()))
    field.edit.setFocus()
    leave(qtbot, field)
    assert commits == []
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, " of May  ")
    leave(qtbot, field)
    assert commits == ["Agenda of May"]
    leave(qtbot, field)
    assert commits == ["Agenda of May"]


def test_enter_commits_too(qtbot: QtBot) -> None:
    field = TextField("Title")
    shown(qtbot, field)
    qtbot.keyClicks(field.edit, "Minutes")
    with qtbot.waitSignal(field.committed):
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def test_error_stands_in_place_of_the_help_until_typing_goes_on(qtbot: QtBot) -> None:
    field = TextField("Amount", help_text="Typed freely")
    shown(qtbot, field)
    field.set_error("Pledges are above zero.")
    assert field.note() == "Pledges are above zero."
    assert field.edit.accessibleDescription() == "Pledges are above zero."
    assert field.edit.property("problem") is True
    edge = field.edit.grab().toImage().pixelColor(60, 1)
    assert edge.name() == theme.colour("over").name()
    qtbot.keyClicks(field.edit, "5")
    assert (field.note(), field.error(), field.edit.property("problem")) == ("Typed freely", "", False)


def test_focused_field_has_an_accent_border_and_keeps_its_size(qtbot: QtBot) -> None:
    field, other = TextField("A"), TextField("B")
    shown(qtbot, field, other)
    other.edit.setFocus()
    before = field.edit.size()
    assert before.height() == 36
    field.edit.setFocus()
    assert field.edit.size() == before
    assert field.edit.grab().toImage().pixelColor(60, 1).name() == theme.colour("accent").name()


def test_words_are_counted_against_the_limit(qtbot: QtBot) -> None:
    field = TextField("Title", limit=3, unit="words")
    field.set_value("one two")
    texts = [found.text() for found in field.findChildren(QLabel)]
    assert "2 of 3 words" in texts
    field.edit.end(False)
    qtbot.keyClicks(field.edit, " three four")
    assert "4 of 3 words" in [found.text() for found in field.findChildren(QLabel)]


def test_text_area_grows_with_its_lines(qtbot: QtBot) -> None:
    field = TextAreaField("Notes", most=6)
    shown(qtbot, field, TextField("Other"))
    low = field.area.height()
    field.set_value("\n".join("abcde"))
    high = field.area.height()
    assert high > low
    field.set_value("\n" * 40 + "x")
    qtbot.waitUntil(lambda: field.area.height() > high)
    assert field.area.height() < high * 2
    with qtbot.waitSignal(field.committed):
        field.area.setFocus()
        qtbot.keyClicks(field.area, "more")
        leave(qtbot, field)


def test_choice_gives_its_value_and_none_before_one_is_made(qtbot: QtBot) -> None:
    field = ChoiceField("Kind", [("action", "Action"), ("information", "Information")])
    shown(qtbot, field)
    assert field.value() is None
    field.box.setFocus()
    with qtbot.waitSignals([field.changed, field.committed]):
        qtbot.keyClick(field.box, Qt.Key.Key_Down)
    assert field.value() == "action"
    field.set_choices([("information", "Information"), ("action", "Action")])
    assert field.value() == "action"
    field.set_choices([("information", "Information")])
    assert field.value() is None


def test_wheel_over_a_choice_does_not_change_it(qtbot: QtBot) -> None:
    from PySide6.QtCore import QCoreApplication, QPointF
    from PySide6.QtGui import QWheelEvent

    field = ChoiceField("Kind", [(1, "One"), (2, "Two")])
    shown(qtbot, field)
    field.set_value(1)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(field.box, event)
    assert field.value() == 1


def test_check_and_radio(qtbot: QtBot) -> None:
    check = CheckField("By e-mail")
    radio = RadioField("Kind of gift", [("money", "Money"), ("kind", "In kind")], required=True)
    shown(qtbot, check, radio)
    qtbot.mouseClick(check.box, Qt.MouseButton.LeftButton)
    assert check.value() is True
    assert check.box.accessibleName() == "By e-mail"
    assert radio.problem() == "This cannot be empty."
    with qtbot.waitSignal(radio.committed):
        qtbot.mouseClick(radio.buttons[1], Qt.MouseButton.LeftButton)
    assert (radio.value(), radio.problem()) == ("kind", None)
    radio.set_value(None)
    assert radio.value() is None


def test_check_box_is_filled_when_checked(qtbot: QtBot) -> None:
    check = CheckField("By e-mail")
    check.set_value(True)
    shown(qtbot, check)
    image: QImage = check.box.grab(QRect(0, 0, 18, 30)).toImage()
    assert image.pixelColor(2, 15).name() == theme.colour("accent-fill").name()


def test_read_only_field_cannot_be_typed_in(qtbot: QtBot) -> None:
    field = ReadOnlyField("Receipt number", "2026-0041")
    shown(qtbot, field)
    qtbot.keyClicks(field.edit, "9")
    assert field.value() == "2026-0041"


# Days, times, numbers


def test_day_is_read_while_it_is_typed_and_echoed(qtbot: QtBot) -> None:
    field, other = DateField("Due", read_day), TextField("Other")
    shown(qtbot, field, other)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "9/24")
    assert field.value() == date(2026, 9, 24)
    assert field.note() == "Thursday, September 24, 2026"
    with qtbot.waitSignal(field.committed):
        leave(qtbot, field)
    assert field.edit.text() == "Sep 24, 2026"
    assert field.value() == date(2026, 9, 24)


def test_day_that_cannot_be_read_is_told_on_leaving(qtbot: QtBot) -> None:
    field, other = DateField("Due", read_day), TextField("Other")
    shown(qtbot, field, other)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "2/31")
    assert field.error() == ""
    with qtbot.assertNotEmitted(field.committed):
        leave(qtbot, field)
    assert field.error() == "That is no day."
    assert field.value() is None
    assert field.problem() == "That is no day."


def test_day_is_picked_from_the_calendar_by_keyboard(qtbot: QtBot) -> None:
    field = DateField("Due", read_day)
    shown(qtbot, field)
    field.set_value(date(2026, 9, 24))
    qtbot.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    assert popup.isVisible()
    view = popup.grid.focusProxy() or popup.grid
    qtbot.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.committed):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert field.value() == date(2026, 9, 25)
    assert not popup.isVisible()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("6pm", time(18)),
        ("6:30 p.m.", time(18, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("18:00", time(18)),
        ("1830", time(18, 30)),
        ("7", time(7)),
    ],
)
def test_times_are_read_as_people_type_them(text: str, wanted: time) -> None:
    assert read_time(text) == wanted


@pytest.mark.parametrize("text", ["", "noon", "25:00", "13pm", "6:75", "0am"])
def test_what_is_no_time_is_said_so(text: str) -> None:
    with pytest.raises(ValidationError):
        read_time(text)


@given(st.times())
def test_a_shown_time_is_read_back(moment: time) -> None:
    assert read_time(show_time(moment)) == moment.replace(second=0, microsecond=0, tzinfo=None, fold=0)


def test_time_goes_by_quarters(qtbot: QtBot) -> None:
    field = TimeField("Begins")
    shown(qtbot, field)
    field.set_value(time(23, 50))
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.value() == time(0, 5)


def test_number_keeps_to_its_bounds(qtbot: QtBot) -> None:
    field, other = NumberField("Minutes", least=0, most=60, step_by=5), TextField("Other")
    shown(qtbot, field, other)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "75")
    leave(qtbot, field)
    assert field.error() == "Type a whole number from 0 to 60."
    field.set_value(58)
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.value() == 60
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.value() == 55
    field.set_value(None)
    assert (field.value(), field.problem()) == (None, None)


def test_parsed_field_for_any_reader(qtbot: QtBot) -> None:
    field: ParsedField[int] = ParsedField("Amount", int, lambda n: f"${n}")
    shown(qtbot, field)
    field.set_value(5)
    assert field.edit.text() == "$5"


# Lookup


def test_lookup_finds_and_takes_a_row(qtbot: QtBot) -> None:
    field = LookupField("Mover", people)
    shown(qtbot, field)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "minh")
    assert field.offered() == ["Nguyễn Thị Minh Khai"]
    assert field.value() is None
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.committed):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (field.value(), field.edit.text()) == ("khai", "Nguyễn Thị Minh Khai")


def test_lookup_offers_to_create_what_is_missing(qtbot: QtBot) -> None:
    field = LookupField("Mover", people, create=True)
    shown(qtbot, field)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Zoe")
    assert field.offered() == ["Create “Zoe”"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.create_requested) as wanted:
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert wanted.args == ["Zoe"]
    field.set_value(LookupRow("zoe", "Zoe Ito"))
    assert (field.value(), field.problem()) == ("zoe", None)


def test_lookup_marks_the_row_that_begins_so_and_takes_it(qtbot: QtBot) -> None:
    def found(text: str) -> list[LookupRow]:
        return [*people(text), LookupRow("anton", "Anton Ruiz")]

    field, other = LookupField("Mover", found, create=True, takes_new=True), TextField("Other")
    shown(qtbot, field, other)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "minh")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    with qtbot.waitSignal(field.committed):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (field.value(), QApplication.activePopupWidget()) == ("khai", None)

    # Left with Tab: the only one is taken, of several none, and none of them is somebody new
    for text, value, error in (("min", "khai", ""), ("an", None, "Choose one from the list, or create it.")):
        field.set_value(None)
        field.edit.setFocus()
        with qtbot.assertNotEmitted(field.create_requested):
            qtbot.keyClicks(field.edit, text)
            leave(qtbot, field)
        assert (field.value(), field.error()) == (value, error)


def test_the_list_is_as_wide_as_its_rows_and_stays_in_the_window(qtbot: QtBot) -> None:
    long = LookupRow(1, "Sakura festival 2027", "700.00 open of 1,000.00, due September 30, 2026")
    field = LookupField("For", lambda text: [long])
    window = shown(qtbot, field)
    window.resize(420, 300)
    field.open_list()
    delegate = field._popup.itemDelegate()
    assert isinstance(delegate, PopupDelegate)
    assert field._popup.width() >= delegate.width_of(field._model.index(0, 0)) > field.edit.width()
    field._popup.hide()


def test_lookup_text_without_a_record_is_an_error_and_an_exact_one_is_taken(qtbot: QtBot) -> None:
    field, other = LookupField("Mover", people), TextField("Other")
    shown(qtbot, field, other)
    for text, value, error in (("Nobody", None, "Choose one from the list."), ("ana ruiz", "ana", "")):
        field.set_value(None)
        field.edit.setFocus()
        qtbot.keyClicks(field.edit, text)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        other.edit.setFocus()
        assert (field.value(), field.error()) == (value, error)


# Forms


def small_form() -> Form:
    form = Form()
    form.add("donor", TextField("Donor", required=True))
    form.add_row(("due", DateField("Due", read_day)), ("minutes", NumberField("Minutes")))
    form.set_actions("Record the pledge", "Cancel")
    return form


def test_form_sends_only_what_can_be_read(qtbot: QtBot) -> None:
    form = small_form()
    shown(qtbot, form)
    donor, due = form.fields["donor"], form.fields["due"]
    qtbot.keyClicks(due.control(), "99")
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(due.control(), Qt.Key.Key_Return)
    assert donor.error() == "This cannot be empty."
    assert due.error() == "That is no day."
    assert donor.control().hasFocus()
    form.set_values({"donor": "Rotary Club", "due": date(2026, 9, 25)})
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(donor.control(), Qt.Key.Key_Return)
    assert form.values() == {"donor": "Rotary Club", "due": date(2026, 9, 25), "minutes": None}


def test_form_shows_the_errors_of_the_rules_and_focuses_the_first(qtbot: QtBot) -> None:
    form = small_form()
    shown(qtbot, form)
    form.show_errors({"minutes": "Too long.", "due": "Before the pledge.", "": "The campaign is closed."})
    assert form.fields["due"].control().hasFocus()
    assert form.fields["minutes"].error() == "Too long."
    assert "The campaign is closed." in [label.text() for label in form.findChildren(QLabel)]
    form.show_errors({})
    assert form.fields["minutes"].error() == ""


def test_form_buttons_and_esc(qtbot: QtBot) -> None:
    form = small_form()
    shown(qtbot, form)
    form.set_values({"donor": "Rotary Club"})
    assert not form.is_changed()
    assert form.save is not None
    with qtbot.waitSignal(form.submitted):
        qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(form.fields["donor"].control(), Qt.Key.Key_Escape)
    qtbot.keyClicks(form.fields["donor"].control(), "!")
    assert form.is_changed()


def test_form_is_at_most_480_wide(qtbot: QtBot) -> None:
    form = small_form()
    window = shown(qtbot, form)
    window.resize(1200, 400)
    qtbot.waitUntil(lambda: form.width() == 480)


def test_filter_is_emptied_by_esc(qtbot: QtBot) -> None:
    box = FilterBox("Filter pledges", "Ctrl F")
    shown(qtbot, box)
    qtbot.keyClicks(box, "rotary")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_an_error_of_several_lines_is_given_its_height(qapp: QApplication, qtbot: QtBot) -> None:
    host = QScrollArea()
    host.setWidgetResizable(True)
    form = Form(boxed=True)
    first, second = TextField("From", required=True), TextField("To")
    form.add_row(("first", first), ("second", second))
    form.set_actions("Appoint", "Cancel")
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(form)
    column.addStretch(1)
    host.setWidget(holder)
    host.resize(300, 500)
    qtbot.addWidget(host)
    host.show()
    form.show_errors({"second": "Write a day like 4/23, 4/23/26, Apr 23, 2026-04-23, or next Thursday."})
    note = next(text for text in second.findChildren(Paragraph) if text.text())
    for _ in range(4):  # the height goes up from layout to layout
        QApplication.processEvents()
    assert note.heightForWidth(note.width()) > note.fontMetrics().height() * 2
    assert note.height() >= note.heightForWidth(note.width())
    save = form.save
    assert save is not None
    assert save.mapTo(form, save.rect().topLeft()).y() >= note.mapTo(form, note.rect().bottomLeft()).y()


def test_lookup_takes_a_new_name_when_it_is_left_and_opens_by_enter_and_down(qtbot: QtBot) -> None:
    field, other = LookupField("Member", people, create=True, takes_new=True, required=True), TextField("To")
    shown(qtbot, field, other)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Zoe Ito")
    assert QApplication.activePopupWidget() is not None
    with qtbot.waitSignal(field.create_requested) as wanted:
        qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert wanted.args == ["Zoe Ito"]
    assert QApplication.activePopupWidget() is None
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down):
        field.set_value(None)
        field.edit.setFocus()
        qtbot.keyClick(field.edit, key)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert field.value() == "ana"
