"""The scenes: what each of them shows. A scene begins on the Home of a fresh copy of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from commission_app.domain.whereabouts import RiskyPlace, Whereabouts
from commission_app.errors import InUseError
from commission_app.gui.file_menu import file_menu
from commission_app.gui.history.page import HistoryPage
from commission_app.gui.home.page import HomePage
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.in_use import InUseDialog
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.meetings.pane import projected_key
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.seat_details import SeatDetails
from commission_app.gui.messages import BugReport
from commission_app.gui.opening_checks import RiskyPlaceDialog
from commission_app.gui.settings.backups_pane import BackupsPane
from commission_app.gui.settings.page import SettingsPage
from commission_app.gui.shortcuts import ShortcutsDialog
from commission_app.gui.welcome.create_form import CreateForm
from tests.screens.stage import Stage

#: The sample's next meeting, its last ones, and a date that is on the calendar only.
NEXT: Final = date(2026, 9, 24)
CANCELLED, NO_QUORUM, HELD = date(2026, 4, 23), date(2026, 5, 28), date(2026, 6, 25)
_ROSTER: Final = (
    "Ana Ruiz\nYuki Hashimoto 橋本有紀\nNovak, Jana <jana.novak@example.org>\nSofia Berg\n\nana ruiz"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What `act` makes of the window; its own picture instead, where it waits in a question."""

    name: str
    act: "Act"
    file: str = "alder-glen"
    at_large_text: bool = False


SCENES: list[Scene] = []


Act = Callable[[Stage], QImage | None]


def scene(name: str, *, file: str = "alder-glen", large: bool = False) -> Callable[[Act], Act]:
    """Put a function among the scenes."""

    def add(act: Act) -> Act:
        SCENES.append(Scene(name, act, file, large))
        return act

    return add


# The window


@scene("home", large=True)
def _home(stage: Stage) -> None:
    stage.go(HomePage)


@scene("home-all-findings")
def _home_all(stage: Stage) -> None:
    stage.go(HomePage).attention.show_all()


@scene("home-reading-only", file="")
def _home_reading(stage: Stage) -> None:
    stage.open_reading("alder-glen")


@scene("search")
def _search(stage: Stage) -> None:
    stage.window.searching.open()
    popover = stage.window.searching.popover()
    assert popover is not None
    popover.edit.setText("ta")


@scene("file-menu")
def _file_menu(stage: Stage) -> None:
    menu = file_menu(stage.window)
    menu.popup(stage.window.mapToGlobal(stage.window.rect().topLeft()))


@scene("shortcuts")
def _shortcuts(stage: Stage) -> None:
    ShortcutsDialog(stage.window).open()


@scene("help")
def _help(stage: Stage) -> None:
    stage.window.helping.open_here()


@scene("file-in-use")
def _in_use(stage: Stage) -> None:
    error = InUseError("Ana Ruiz has this file open on glen-laptop since 9:12 AM.")
    error.is_elsewhere = True
    InUseDialog(error, stage.window).open()


@scene("file-in-synced-folder")
def _synced(stage: Stage) -> None:
    risk = RiskyPlace(Whereabouts.SYNCED, "OneDrive", Path("OneDrive"))
    RiskyPlaceDialog(Path("OneDrive", "Commission", "Alder Glen.commission"), risk, stage.window).open()


@scene("bug-report")
def _bug(stage: Stage) -> None:
    BugReport(
        "Commission App\nPython, Qt, Linux\n\ngui/home/page.py:1 in refresh\nKeyError", stage.window
    ).open()


# Meetings


@scene("meetings-agenda", large=True)
def _agenda(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id)


@scene("meetings-agenda-item", large=True)
def _agenda_item(stage: Stage) -> None:
    page = stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id)
    items = stage.desk.session.agendas.items(stage.meeting(NEXT).meeting.id)
    page.detail.agenda.go_to(next(item.id for item in items if "Tainan" in item.title))


@scene("meetings-agenda-new-item")
def _agenda_new(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.agenda.begin_new("new-business")


@scene("meetings-agenda-item-menu")
def _agenda_menu(stage: Stage) -> None:
    page = stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id)
    item = stage.desk.session.agendas.items(stage.meeting(NEXT).meeting.id)[4]
    page.detail.agenda.build_menu(item.id).popup(page.mapToGlobal(page.rect().center()))


@scene("meetings-preview")
def _preview(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="preview", record_id=stage.meeting(NEXT).meeting.id)


@scene("meetings-posting")
def _posting(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="posting", record_id=stage.meeting(NEXT).meeting.id)


@scene("meetings-post-question")
def _post(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.ask_to_post()


@scene("meetings-posting-record")
def _record(stage: Stage) -> None:
    meeting_id = stage.meeting(NEXT).meeting.id
    stage.desk.session.postings.make_copy(meeting_id)
    stage.go(MeetingsPage, tab="posting", record_id=meeting_id, action="record")


@scene("meetings-posting-revised")
def _revised(stage: Stage) -> None:
    _posted_and_changed(stage)
    stage.go(MeetingsPage, tab="posting", record_id=stage.meeting(NEXT).meeting.id)


def _posted_and_changed(stage: Stage) -> None:
    """Post the next agenda at City Hall, then take an item off."""
    session, meeting_id = stage.desk.session, stage.meeting(NEXT).meeting.id
    copy = session.postings.make_copy(meeting_id)
    session.postings.record(
        meeting_id,
        copy=copy.number,
        place="City Hall bulletin board",
        by="Ana Ruiz",
        posted_at=session.context.today().now,
    )
    session.agendas.remove(session.agendas.items(meeting_id)[0].id)


@scene("meetings-posting-void")
def _void(stage: Stage) -> None:
    _posted_and_changed(stage)
    posting = stage.go(MeetingsPage, tab="posting", record_id=stage.meeting(NEXT).meeting.id).detail.posting
    posting.table.select(stage.desk.session.postings.postings(stage.meeting(NEXT).meeting.id)[0].id)
    posting.void_current()


@scene("meetings-held")
def _held(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="agenda", record_id=stage.meeting(HELD).meeting.id)


@scene("meetings-attendance")
def _attendance(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="attendance", record_id=stage.meeting(HELD).meeting.id)


@scene("meetings-no-quorum")
def _no_quorum(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="attendance", record_id=stage.meeting(NO_QUORUM).meeting.id)


@scene("meetings-cancelled")
def _cancelled(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(CANCELLED).meeting.id)


@scene("meetings-calendar-date")
def _projected(stage: Stage) -> None:
    page = stage.go(MeetingsPage)
    page.pane.select(projected_key(stage.desk.session.meetings.projected(date(2026, 12, 31))[0]))


@scene("meetings-plan-year")
def _plan(stage: Stage) -> None:
    stage.go(MeetingsPage, action="plan")


@scene("meetings-past")
def _past(stage: Stage) -> None:
    stage.go(MeetingsPage, action="past")


@scene("meetings-special")
def _special(stage: Stage) -> None:
    stage.go(MeetingsPage, action="special")


@scene("meetings-move")
def _move(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.do(Wish.MOVE)


@scene("meetings-change")
def _change(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.do(Wish.CHANGE)


@scene("meetings-copy-items")
def _copy_items(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.do(Wish.COPY_ITEMS)


@scene("meetings-add-menu")
def _add_menu(stage: Stage) -> None:
    stage.go(MeetingsPage).pane.open_menu()


@scene("meetings-more-menu")
def _more_menu(stage: Stage) -> None:
    stage.go(MeetingsPage, record_id=stage.meeting(NEXT).meeting.id).detail.header.open_menu()


# Members


@scene("members-commission", large=True)
def _commission(stage: Stage) -> None:
    stage.go(MembersPage, tab="commission")


def _seat(stage: Stage, key: str, action: str = "") -> MembersPage:
    seats = {view.seat.key: view.seat.id for view in stage.desk.session.members.seats()}
    return stage.go(MembersPage, tab="commission", record_id=seats[key], action=action)


@scene("members-seat")
def _seat_filled(stage: Stage) -> None:
    _seat(stage, "regular-1")


@scene("members-seat-holdover")
def _seat_holdover(stage: Stage) -> None:
    _seat(stage, "regular-5")


@scene("members-seat-vacant")
def _seat_vacant(stage: Stage) -> None:
    _seat(stage, "regular-7")


@scene("members-appoint")
def _appoint(stage: Stage) -> None:
    _seat(stage, "regular-7", "appoint")


@scene("members-end-term")
def _end_term(stage: Stage) -> None:
    details = _seat(stage, "regular-5").tab().sheet_content()
    assert isinstance(details, SeatDetails)
    details.end.click()


@scene("members-office")
def _office(stage: Stage) -> None:
    details = _seat(stage, "regular-5").tab().sheet_content()
    assert isinstance(details, SeatDetails)
    details.elect.click()


@scene("members-ending-terms")
def _ending(stage: Stage) -> None:
    stage.go(MembersPage, tab="commission", action="ending")


@scene("members-add-seat")
def _add_seat(stage: Stage) -> None:
    stage.go(MembersPage, tab="commission", action="add-seat")


@scene("organizations", large=True)
def _organizations(stage: Stage) -> None:
    stage.go(MembersPage, tab="organizations")


@scene("organizations-membership")
def _membership(stage: Stage) -> None:
    session = stage.desk.session
    roster = session.organizations.roster(session.organizations.all()[0].organization.id)
    stage.go(MembersPage, tab="organizations", record_id=roster[0].membership.id)


@scene("organizations-add-membership")
def _add_membership(stage: Stage) -> None:
    stage.go(MembersPage, tab="organizations", action="add")


@scene("organizations-add")
def _add_organization(stage: Stage) -> None:
    stage.go(MembersPage, tab="organizations", action="add-organization")


def _import(stage: Stage) -> ImportDialog:
    stage.go(MembersPage, tab="organizations", action="import")
    return stage.window.findChildren(ImportDialog)[-1]


@scene("organizations-import")
def _import_source(stage: Stage) -> None:
    _import(stage)


@scene("organizations-import-preview")
def _import_preview(stage: Stage) -> None:
    dialog = _import(stage)
    dialog.source.names.set_value(_ROSTER)
    dialog.go_on()
    stage.settle()


@scene("contacts")
def _contacts(stage: Stage) -> None:
    stage.go(MembersPage, tab="contacts")


@scene("contacts-one")
def _contact(stage: Stage) -> None:
    contact = next(c for c in stage.desk.session.contacts.all() if c.name.startswith("Yuki"))
    stage.go(MembersPage, tab="contacts", record_id=contact.id)


@scene("contacts-add")
def _add_contact(stage: Stage) -> None:
    stage.go(MembersPage, tab="contacts").new_here()


@scene("attendance")
def _matrix(stage: Stage) -> None:
    stage.go(MembersPage, tab="attendance")


# History and settings


@scene("history")
def _history(stage: Stage) -> None:
    _posted_and_changed(stage)
    stage.go(HistoryPage)


@scene("settings-commission")
def _settings(stage: Stage) -> None:
    stage.go(SettingsPage, tab="commission")


@scene("settings-rules")
def _rules(stage: Stage) -> None:
    stage.go(SettingsPage, tab="rules")


@scene("settings-wordings")
def _wordings(stage: Stage) -> None:
    stage.go(SettingsPage, tab="wordings")


@scene("settings-rule-calendar")
def _rule_calendar(stage: Stage) -> None:
    stage.go(SettingsPage, tab="rules", record_id="meetings.rule")


@scene("settings-rule-order")
def _rule_order(stage: Stage) -> None:
    stage.go(SettingsPage, tab="rules", record_id="agenda.order")


@scene("settings-backups")
def _backups(stage: Stage) -> None:
    stage.go(SettingsPage, tab="backups", action="back-up")


@scene("settings-restore-question")
def _restore(stage: Stage) -> QImage:
    pane = stage.go(SettingsPage, tab="backups", action="back-up").pane("backups")
    assert isinstance(pane, BackupsPane)
    return stage.picture_of_question(pane.ask_to_restore)


@scene("settings-appearance")
def _appearance(stage: Stage) -> None:
    stage.go(SettingsPage, tab="appearance")


@scene("settings-about")
def _about(stage: Stage) -> None:
    stage.go(SettingsPage, tab="about")


# Beginning


@scene("welcome", file="")
def _welcome(stage: Stage) -> None:
    stage.recent("empty", "alder-glen")
    stage.welcome()


@scene("welcome-create", file="")
def _create(stage: Stage) -> None:
    stage.welcome().begin_creating()


@scene("welcome-create-errors", file="")
def _create_errors(stage: Stage) -> None:
    page = stage.welcome()
    page.begin_creating()
    form = page.form()
    assert isinstance(form, CreateForm)
    form.save.click()


@scene("new-home", file="empty")
def _new_home(stage: Stage) -> None:
    stage.go(HomePage)


@scene("new-meetings", file="empty")
def _new_meetings(stage: Stage) -> None:
    stage.go(MeetingsPage)


@scene("new-plan-year", file="empty")
def _new_plan(stage: Stage) -> None:
    stage.go(MeetingsPage, action="plan")


@scene("new-members", file="empty")
def _new_members(stage: Stage) -> None:
    stage.go(MembersPage, tab="commission")


@scene("new-organizations", file="empty")
def _new_organizations(stage: Stage) -> None:
    stage.go(MembersPage, tab="organizations")


@scene("new-contacts", file="empty")
def _new_contacts(stage: Stage) -> None:
    stage.go(MembersPage, tab="contacts")


@scene("new-attendance", file="empty")
def _new_matrix(stage: Stage) -> None:
    stage.go(MembersPage, tab="attendance")


@scene("new-history", file="empty")
def _new_history(stage: Stage) -> None:
    stage.go(HistoryPage)


@scene("new-settings", file="empty")
def _new_settings(stage: Stage) -> None:
    stage.go(SettingsPage, tab="commission")
