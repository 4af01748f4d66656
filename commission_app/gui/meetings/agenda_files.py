"""Meetings as files for others: the agenda for Word and for the website, the calendar for every calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from commission_app.domain.mailing import MailFile
from commission_app.domain.meetings import Meeting
from commission_app.gui import labels
from commission_app.gui.paper_output import save_file
from commission_app.gui.papers.mail import write_mail

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.session import Session


class FileForm(StrEnum):
    """The forms of a file, by their ending."""

    WORD = "docx"
    WEB = "html"
    CALENDAR = "ics"


@dataclass(frozen=True, slots=True)
class Written:
    """A file ready to be saved, and what its content is called."""

    name: str
    data: bytes
    form: FileForm
    what: str = ""


def _agenda(session: "Session", meeting: Meeting, form: FileForm) -> Written:
    """The agenda in a form; as posted where it stands as it was posted, else a draft."""
    paper = session.postings.paper(meeting.id)
    name = f"agenda-{meeting.on.isoformat()}.{form.value}"
    if form is FileForm.WEB:
        from commission_app.exchange.html_agenda import agenda_html

        return Written(name, agenda_html(paper), form)
    from commission_app.exchange.agenda_docx import agenda_docx

    return Written(name, agenda_docx(paper, session.context.now), form)


def _calendar(session: "Session", meeting_id: str | None, year: int | None, name: str, what: str) -> Written:
    from commission_app.exchange.ics import meetings_ics

    sheet = session.calendar.sheet(meeting_id=meeting_id, year=year)
    return Written(f"{name}.ics", meetings_ics(sheet), FileForm.CALENDAR, what)


class MeetingFiles(QObject):
    """Writes files of meetings in the background, then asks where to save them or to whom to send them."""

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._widget = desk, parent

    def save_agenda(self, meeting: Meeting, form: FileForm) -> None:
        """Save the agenda for Word or for the website."""
        self._write(partial(_agenda, self._desk.session, meeting, form), self._save)

    def save_meeting(self, meeting: Meeting) -> None:
        """Save one meeting for a calendar."""
        self._write(self._one(meeting), self._save)

    def mail_meeting(self, meeting: Meeting) -> None:
        """Begin an e-mail with one meeting for the calendars of those who get it."""
        self._write(self._one(meeting), self._mail)

    def save_year(self, year: int) -> None:
        """Save the meetings of a year for a calendar."""
        self._write(self._year(year), self._save)

    def mail_year(self, year: int) -> None:
        """Begin an e-mail with the meetings of a year."""
        self._write(self._year(year), self._mail)

    def _one(self, meeting: Meeting) -> Callable[[], Written]:
        what = self.tr("the meeting of {day}").format(day=labels.day_plain(meeting.on))
        name = f"meeting-{meeting.on.isoformat()}"
        return partial(_calendar, self._desk.session, meeting.id, None, name, what)

    def _year(self, year: int) -> Callable[[], Written]:
        what = self.tr("the meetings of {year}").format(year=year)
        return partial(_calendar, self._desk.session, None, year, f"meetings-{year}", what)

    def _write(self, work: Callable[[], Written], done: Callable[[Written], None]) -> None:
        self._desk.operations.in_background(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._desk.messages.warn(str(error))

    def _save(self, written: Written) -> None:
        translate = QCoreApplication.translate
        titles = {
            FileForm.WORD: translate("MeetingFiles", "Save for Word"),
            FileForm.WEB: translate("MeetingFiles", "Save for the website"),
            FileForm.CALENDAR: translate("MeetingFiles", "Save for a calendar"),
        }
        kinds = {
            FileForm.WORD: translate("MeetingFiles", "Word documents (*.docx)"),
            FileForm.WEB: translate("MeetingFiles", "Web pages (*.html)"),
            FileForm.CALENDAR: translate("MeetingFiles", "Calendar files (*.ics)"),
        }
        form = written.form
        saved = save_file(
            self._desk, written.data, written.name, self._widget, title=titles[form], kinds=kinds[form]
        )
        if saved is not None:
            saved.tell()

    def _mail(self, written: Written) -> None:
        name = self._desk.session.commission.get().name
        subject = self.tr("{commission}: {what}").format(commission=name, what=written.what)
        text = self.tr(
            "Attached is a calendar file with {what}. Open it to put it into your calendar; a later one "
            "brings the same entries up to date."
        ).format(what=written.what)
        files = [MailFile(written.name, written.data)]
        write_mail(self._desk, self._widget.window(), subject=subject, text=f"{text}\n", files=files)
