"""A window with the page of meetings alone, over a copy of the sample as it stands on 17 September 2026."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.meetings import Meeting
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.meetings.cancel_sheet import CancelSheet
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.messages import Message, Messages
from commission_app.gui.operations import Operations
from commission_app.gui.page import Place
from commission_app.services.session import Change, Session
from tests.factories import made_once, put_sample

TODAY = date(2026, 9, 17)
NEXT = date(2026, 9, 24)
LAST = date(2026, 6, 25)


class Bench:
    """The page, its desk, what the message bar said and where one was sent."""

    def __init__(self, qtbot: QtBot, session: Session, width: int = 1440, height: int = 900) -> None:
        self._locale = QLocale()
        QLocale.setDefault(QLocale("en_US"))
        self.qtbot, self.session = qtbot, session
        self.said: list[Message] = []
        self.places: list[Place] = []
        self.window = QWidget()
        self.window.resize(width, height)
        self.messages = Messages(self.window)
        self.messages.shown.connect(self.said.append)
        self.operations = Operations(session, self.messages, self.window)
        labels.look_from(session.context.today().today)
        self.desk = Desk(session, self.operations, self.messages, self.places.append)
        self.page = MeetingsPage(self.desk, self.window)
        self.page.refresh()
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.page)
        self.operations.changed.connect(self._changed)
        self.operations.stale.connect(self.page.refresh)
        self.window.show()
        self.window.activateWindow()

    def _changed(self, change: Change) -> None:
        if change.tables & self.page.tables:
            self.page.refresh()

    def close(self) -> None:
        """Put the window away before the file."""
        focused = self.window.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what is typed is saved first
        self.wait(self._is_at_rest)
        self.operations.close()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        self.session.close()
        labels.look_from(None)
        QLocale.setDefault(self._locale)

    def _is_at_rest(self) -> bool:
        return not self.operations.is_busy()

    def meeting(self, on: date) -> Meeting:
        """The meeting of a day."""
        return next(view.meeting for view in self.session.meetings.all() if view.meeting.on == on)

    def choose(self, on: date) -> Meeting:
        """Press the meeting of a day in the list."""
        meeting = self.meeting(on)
        rows = self.page.pane.list
        index = rows.rows.index_of(meeting.id)
        rows.scrollTo(index)
        at = rows.visualRect(index).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
        return meeting

    def titles(self, section: str, on: date = NEXT) -> list[str]:
        """The titles of a section of a meeting's agenda, as they are in the file."""
        agenda = self.session.agendas.agenda(self.meeting(on).id)
        return [entry.item.title for s in agenda.sections if s.slug == section for entry in s.items]

    def item_id(self, title: str, on: date = NEXT) -> str:
        """The id of an item by the beginning of its title."""
        items = self.session.agendas.items(self.meeting(on).id)
        return next(item.id for item in items if item.title.startswith(title))

    def cancel(self, reason: str = "") -> None:
        """Cancel the meeting that is shown, through its form."""
        self.page.detail.do(Wish.CANCEL)
        sheet = self.page.sheet()
        assert isinstance(sheet, CancelSheet)
        sheet.notice.set_value(reason)
        sheet.form.submit()

    def press(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press a widget with the mouse."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=10_000)

    def wait_for_paper(self) -> None:
        """Wait until the preview shows the agenda and nothing is being drawn."""
        preview = self.page.detail.agenda.preview
        self.wait(lambda: preview.pdf() is not None and not self.operations.is_busy())


def make_sample(folder: Path) -> Path:
    """The sample as of the day of the pictures, two inquiries more on its next agenda and none suggested."""
    return Path(shutil.copy(made_once("bench", _fill_sample), folder / "glen.commission"))


def _fill_sample(path: Path) -> None:
    put_sample(path, TODAY)
    session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=TODAY)
    inquiries = {view.city.city.name: view.inquiry.id for view in session.inquiries.all()}
    meeting_id = session.meetings.named("next").meeting.id
    for city, section, title in (
        (
            "Ekaterinburg",
            "unfinished-business",
            "Inquiry from Ekaterinburg (Екатеринбург), Russia: next steps",
        ),
        ("Huế", "new-business", "Inquiry from Huế, Vietnam: discussion and next steps"),
    ):
        session.agendas.add(
            AgendaItemDraft(
                meeting_id=meeting_id,
                section=section,
                position=None if section == "unfinished-business" else 0,
                title=title,
                kind=ItemKind.ACTION,
                minutes=10,
                recommended_action="Decide on the next steps.",
                inquiry_id=inquiries[city],
            )
        )
    for suggestion in session.agendas.agenda(meeting_id).suggestions:
        if suggestion.code == "inquiry":
            session.agendas.dismiss_suggestion(suggestion)
    session.close()


def open_copy(sample: Path, folder: Path, *, on: date = TODAY) -> Session:
    """A copy of the sample, opened for writing by the secretary."""
    path = folder / "glen.commission"
    shutil.copyfile(sample, path)
    return CommissionProgram().open_writing(path, who="Ana Ruiz", on=on)
