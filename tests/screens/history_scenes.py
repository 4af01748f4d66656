"""Scenes of the history and of erasing a person."""

from datetime import date

from PySide6.QtGui import QImage

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import MeetingState
from commission_app.gui.history.page import HistoryPage
from commission_app.gui.members.erase_dialog import EraseDialog
from tests.screens.scenes import scene
from tests.screens.stage import Stage


@scene("history-record", large=True)
def _record(stage: Stage) -> None:
    session = stage.desk.session
    meeting = next(v.meeting for v in session.meetings.all() if v.meeting.state is MeetingState.HELD)
    stage.go(HistoryPage, record_id=meeting.id)


@scene("history-as-it-was", large=True)
def _as_it_was(stage: Stage) -> None:
    session = stage.desk.session
    contact = session.contacts.all(containing="Lindqvist")[0]
    draft = ContactDraft(name=contact.name, phone="(408) 555-0199", address="4 Elm Court\nAlder Glen")
    session.contacts.change(contact.id, draft)
    page = stage.go(HistoryPage, record_id=contact.id)
    page.as_it_was.choose(date(2026, 9, 17))


@scene("history-filtered", large=True)
def _filtered(stage: Stage) -> None:
    page = stage.go(HistoryPage)
    page.deed.set_value("added")
    page.filter.setText("lindqvist")


@scene("erase-person", large=True)
def _erase(stage: Stage) -> QImage:
    session = stage.desk.session
    session.backups.make("manual")
    contact = session.contacts.all(containing="Lindqvist")[0]
    dialog = EraseDialog(stage.desk, session.erasure.plan(contact.id), stage.window)
    return stage.picture_of_question(dialog.exec)
