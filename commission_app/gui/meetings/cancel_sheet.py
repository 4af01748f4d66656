"""Cancelling a meeting: the reason for its notice, and what it does to the clocks of inquiries."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import Meeting
from commission_app.domain.validation import NOTICE
from commission_app.gui import labels
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import TextAreaField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import IconLabel, Paragraph

if TYPE_CHECKING:
    from commission_app.domain.clock_shifts import ClockShift
    from commission_app.gui.desk import Desk

_MOST = 8  # inquiries named one by one


def shift_words(shift: "ClockShift") -> str:
    """What becomes of an inquiry's clock: Tainan, Taiwan: to be discussed by Thu, Nov 19, not Thu, Oct 22."""
    translate = QCoreApplication.translate
    old, new = shift.before.due_on, shift.after.due_on
    words = translate("CancelSheet", "{inquiry}: to be discussed by {new}, not {old}.")
    if new is None:
        words = translate("CancelSheet", "{inquiry}: by when it is to be discussed is not known any more.")
    elif old is None or old == new:
        words = translate("CancelSheet", "{inquiry}: counts other meetings, to be discussed by {new}.")
    days = {"old": labels.day_short(old) if old else "", "new": labels.day_short(new) if new else ""}
    return words.format(inquiry=shift.name, **days)


class ShiftLine(QWidget):
    """An inquiry whose clock changes, and how."""

    def __init__(self, shift: "ClockShift", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Paragraph(shift_words(shift), "body", "ink", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("deadline", "warn", 18, self))
        row.addWidget(self.words, 1)


class CancelSheet(FormSheet):
    """Asks why a meeting is cancelled and says what follows; one button cancels it."""

    def __init__(self, desk: "Desk", title: str, meeting: Meeting) -> None:
        stays = QCoreApplication.translate(
            "CancelSheet", "It stays in the list, and its notice of cancellation can be printed then."
        )
        super().__init__(desk, title, stays)
        self._meeting = meeting
        self.clocks = Section(self.tr("Clocks that change"), parent=self)
        self.lines: list[ShiftLine] = []
        self.form = Form()
        why = self.tr("Printed on the notice of cancellation. Leave it empty to give no reason.")
        self.notice = self.form.add("notice", TextAreaField(self.tr("Reason"), limit=NOTICE, help_text=why))
        self.notice.set_value(meeting.notice)
        self.form.set_actions(self.tr("Cancel the meeting"), self.tr("Keep the meeting"))
        self._show_shifts()
        self.column.addWidget(self.clocks)
        self.add_form(self.form)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)

    def _show_shifts(self) -> None:
        shifts = self.desk.session.calendar.shifts_if_cancelled(self._meeting.id)
        self.clocks.setVisible(bool(shifts))
        self.clocks.set_heading(self.tr("Clocks that change"), str(len(shifts)))
        self.lines = [ShiftLine(shift, self) for shift in shifts[:_MOST]]
        for line in self.lines:
            self.clocks.add(line)
        if len(shifts) > _MOST:
            rest = self.tr("{count} more inquiries count other meetings too.").format(
                count=len(shifts) - _MOST
            )
            self.clocks.add(Paragraph(rest, "meta", "ink-2", self))

    @override
    def begin(self) -> None:
        self.form.focus_first()
        what = self.tr("cancelling the meeting of {day}").format(day=labels.day_plain(self._meeting.on))
        place = Place(page="meetings", record_id=self._meeting.id, action="cancel")
        keep_drafts(self.desk, self.form, f"cancel:{self._meeting.id}", what, place)

    @Slot()
    def _save(self) -> None:
        cancel, notice = self.desk.session.calendar.cancel, self.notice.value() or None
        if self.desk.operations.run(cancel, self._meeting.id, notice, form=self.form) is not None:
            self.saved.emit(self._meeting.id)
