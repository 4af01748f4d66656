"""Members by meetings: who was present, remote, excused or absent, with sums at the end of each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from commission_app.domain.attendance import AttendanceSummary, RemoteUse
from commission_app.domain.contacts import Contact
from commission_app.domain.meetings import Attendance, AttendanceState, Meeting
from commission_app.gui import labels, theme
from commission_app.gui.members.names import column_name, latin_part, native_part
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.record_model import Align, Column, RecordModel, Tone
from commission_app.gui.widgets.record_view import RecordView
from commission_app.services.members import AttendanceMatrix

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member with what was recorded at each meeting, and the sums."""

    member: Contact
    marks: dict[str, Attendance]
    summary: AttendanceSummary
    remote: RemoteUse | None = None


def matrix_rows(matrix: AttendanceMatrix) -> list[MemberRow]:
    """The rows of the table."""
    return [
        MemberRow(
            member,
            {
                meeting.id: matrix.cells[member.id, meeting.id]
                for meeting in matrix.meetings
                if (member.id, meeting.id) in matrix.cells
            },
            matrix.summaries[member.id],
            matrix.remote.get(member.id),
        )
        for member in matrix.members
    ]


class _Mark:
    """The value and the chip of a member at one meeting."""

    def __init__(self, meeting_id: str, letters: Callable[[AttendanceState], str]) -> None:
        self._meeting_id, self._letters = meeting_id, letters

    def value(self, row: MemberRow) -> int | None:
        mark = row.marks.get(self._meeting_id)
        return list(AttendanceState).index(mark.state) if mark else None

    def written(self, row: MemberRow) -> str:
        mark = row.marks.get(self._meeting_id)
        return labels.attendance_state(mark.state).text if mark else ""

    def chip(self, row: MemberRow) -> ChipSpec | None:
        mark = row.marks.get(self._meeting_id)
        if mark is None:
            return None
        whole = labels.attendance_state(mark.state)
        return ChipSpec(self._letters(mark.state), whole.kind, whole.icon)


def letter(state: AttendanceState) -> str:
    """The first letter of a state, as the legend under the table explains it."""
    return labels.attendance_state(state).text[:1]


class AttendanceModel(RecordModel[MemberRow]):
    """The rows, with whole words for a screen reader. `words` name the columns around the meetings."""

    def __init__(self, words: Sequence[str], parent: QWidget) -> None:
        self._name, self._present, self._share, self._run, self._in_a_row, self._remote, self._of = words
        self.meetings: tuple[Meeting, ...] = ()
        self._first = 1
        super().__init__(self.columns_of(()), _key, parent)

    def columns_of(self, meetings: Sequence[Meeting]) -> list[Column[MemberRow]]:
        """The name, a column a meeting, and the sums; of several years the sums come first, in sight."""
        name = Column[MemberRow](
            self._name,
            lambda row: latin_part(row.member),
            column_name,
            width=190,
            stretch=1,
            native=lambda row: native_part(row.member),
        )
        is_one_year = len({meeting.on.year for meeting in meetings}) <= 1
        columns: list[Column[MemberRow]] = []
        for meeting in meetings:
            mark = _Mark(meeting.id, letter)
            header = labels.day_field(meeting.on)
            header = header.removesuffix(f", {meeting.on.year}") if is_one_year else header
            columns.append(
                Column(
                    header,
                    mark.value,
                    _nothing,
                    width=68 if is_one_year else 112,
                    chip=mark.chip,
                    tip=labels.day_full(meeting.on),
                    is_sortable=False,
                    written=mark.written,
                )
            )
        sums = self._sums()
        self._first = 1 if is_one_year else 1 + len(sums)
        return [name, *columns, *sums] if is_one_year else [name, *sums, *columns]

    def _sums(self) -> list[Column[MemberRow]]:
        return [
            Column(
                self._present,
                lambda row: row.summary.present + row.summary.remote,
                _count,
                Align.RIGHT,
                70,
                written=lambda row: row.summary.present + row.summary.remote,
            ),
            Column(self._share, lambda row: row.summary.share, _percent, Align.RIGHT, 70, tone=Tone.CONTEXT),
            Column(
                self._remote,
                lambda row: row.remote.uses if row.remote else 0,
                _count,
                width=84,
                chip=self._remote_chip,
                leaves=2,
                written=self._remote_words,
            ),
            Column(
                self._run,
                lambda row: row.summary.longest_absence,
                _count,
                width=100,
                chip=self._run_chip,
                leaves=1,
                written=lambda row: row.summary.longest_absence,
            ),
        ]

    def _run_chip(self, row: MemberRow) -> ChipSpec | None:
        if not row.summary.warns:
            return None
        text = self._in_a_row.format(count=row.summary.longest_absence)
        return ChipSpec(text, ChipKind.SOON, "warning")

    def _remote_words(self, row: MemberRow) -> str:
        if row.remote is None:
            return ""
        return self._of.format(uses=row.remote.uses, allowed=row.remote.allowed)

    def _remote_chip(self, row: MemberRow) -> ChipSpec | None:
        if row.remote is None or not row.remote.uses:
            return None
        kind = ChipKind.SOON if row.remote.is_over else ChipKind.QUIET
        return ChipSpec(self._remote_words(row), kind, "warning" if row.remote.is_over else "remote")

    def meeting_at(self, column: int) -> Meeting | None:
        """The meeting of a column."""
        at = column - self._first
        return self.meetings[at] if 0 <= at < len(self.meetings) else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        meeting = self.meeting_at(index.column()) if index.isValid() else None
        if role == Qt.ItemDataRole.AccessibleTextRole and meeting is not None:
            row = self.row_at(index)
            mark = row.marks.get(meeting.id) if row else None
            state = labels.attendance_state(mark.state).text if mark else ""
            return ", ".join(
                filter(None, (row.member.name if row else "", labels.day_long(meeting.on), state))
            )
        return super().data(index, role)


def _key(row: MemberRow) -> str:
    return row.member.id


def _nothing(value: object) -> str:
    return "" if value is None else str(value)


def _count(value: object) -> str:
    return "0" if not value else str(value)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{round(value * 100)}%"


class AttendanceView(RecordView):
    """The table: the keyboard goes from cell to cell; `meeting_opened` sends a cell's meeting."""

    meeting_opened = Signal(str)

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(model, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.opened.connect(self.open_cell)

    @final
    @Slot(QModelIndex)
    def open_cell(self, index: QModelIndex) -> None:
        """Open the meeting of a cell."""
        records = self.records
        meeting = records.meeting_at(index.column()) if isinstance(records, AttendanceModel) else None
        if meeting is not None:
            self.meeting_opened.emit(meeting.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.viewport().update()

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the ends of the row, as in any matrix."""
        return QTableView.moveCursor(self, cursorAction, modifiers)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QTableView.paintEvent(self, event)
        index = self.currentIndex()
        if not (self.hasFocus() and focus_ring.by_keyboard()):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.visualRect(index) if index.isValid() else self.viewport().rect()
        ring = QRectF(area).adjusted(4, 4, -4, -5)
        painting.outline(painter, ring, 6, theme.colour("accent"), 2)
        painter.end()
