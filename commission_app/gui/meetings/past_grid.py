"""Past meetings without a result, and past calendar dates not in the file: one answer each, one save."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from commission_app.domain.meetings import MeetingState
from commission_app.gui import labels, theme
from commission_app.gui.meetings.answer_row import Answer, AnswerRow
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_KEYS = {
    Qt.Key.Key_H: MeetingState.HELD,
    Qt.Key.Key_N: MeetingState.NO_QUORUM,
    Qt.Key.Key_C: MeetingState.CANCELLED,
}


class PastGrid(FormSheet):
    """Rows with Held, No quorum and Cancelled; what has no answer stays as it is."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk, "")
        self.title.set_text(self.tr("Past meetings"))
        self.keys = Text(
            self.tr("Keys: H held, N no quorum, C cancelled; the next line follows by itself."),
            "meta",
            "ink-2",
            wrap=True,
            parent=self,
        )
        why = self.tr("For the dates that are entered anew; it can be changed later.")
        self.place = TextField(self.tr("Place"), help_text=why)
        self.save = Button("", "primary", parent=self)
        self.cancel = Button(self.tr("Cancel"), "secondary", parent=self)
        self.empty = EmptyState(
            "held",
            self.tr("Nothing is open"),
            self.tr("Every past meeting has a result, and the calendar names no other past date."),
            self.tr("Back to the meetings"),
            parent=self,
        )
        self._rows: list[AnswerRow] = []
        answers = [Answer(key, state, labels.meeting_state(state)) for key, state in _KEYS.items()]
        rows = QVBoxLayout()
        rows.setSpacing(0)
        has_new = False
        for entry in desk.session.meetings.past_without_result():
            is_new = isinstance(entry, datetime)
            has_new = has_new or is_new
            starts = entry if isinstance(entry, datetime) else entry.meeting.starts
            row = AnswerRow(entry if isinstance(entry, datetime) else entry.meeting.id, answers)
            second = self.tr("Not in the file")
            if not isinstance(entry, datetime):
                kind, hour = labels.meeting_kind(entry.meeting.kind), labels.time_short(starts)
                second = self.tr("{kind}, {time}").format(kind=kind, time=hour)
            row.show_words(labels.day_full(starts), second)
            row.marked.connect(self._count)
            row.stepped.connect(self._stepped)
            self._rows.append(row)
            rows.addWidget(row)
        self.place.setMaximumWidth(theme.scaled(480))
        self.place.setVisible(has_new)
        views = desk.session.meetings.all()
        self.place.set_value(next((v.meeting.place for v in reversed(views) if v.meeting.place), ""))
        for visible, part in ((bool(self._rows), self.keys), (not self._rows, self.empty)):
            part.setVisible(visible)
            self.column.addWidget(part)
        self.column.addLayout(rows)
        self.column.addWidget(self.place)
        if self._rows:
            self.add_buttons(self.save, self.cancel)
        else:
            self.save.hide()
            self.cancel.hide()
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        self.empty.pressed.connect(self.left)
        self._count()

    @override
    def begin(self) -> None:
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rows(self) -> list[AnswerRow]:
        """The lines from the top."""
        return list(self._rows)

    def results(self) -> dict[str | datetime, MeetingState]:
        """The answers that were given."""
        return {row.name: row.value() for row in self._rows if row.value() is not None}  # type: ignore[misc]

    @Slot()
    def _count(self) -> None:
        count = len(self.results())
        words = self.tr("Record {count} meetings").format(count=count)
        self.save.setText(self.tr("Record 1 meeting") if count == 1 else words)
        self.save.restyle()
        self.save.set_unavailable(None if count else self.tr("Answer at least one line."))

    @Slot(int)
    def _stepped(self, direction: int) -> None:
        row = self.sender()
        at = next((n for n, known in enumerate(self._rows) if known is row), 0) + direction
        if 0 <= at < len(self._rows):
            self._rows[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(self._rows[at])
        elif at == len(self._rows):
            self.save.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _save(self) -> None:
        place = self.place.value() or None
        done = self.desk.operations.run(self.desk.session.meetings.record_results, self.results(), place)
        if done is not None:
            self.saved.emit("")
