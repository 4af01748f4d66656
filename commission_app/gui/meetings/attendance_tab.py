"""Who was there: the roll by seat, the quorum line, and whether the meeting was held."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from commission_app.domain.meetings import AttendanceState, MeetingState
from commission_app.domain.members import SeatKind
from commission_app.domain.quorum import QuorumBasis
from commission_app.gui import labels
from commission_app.gui.meetings.detail_scroll import DetailScroll
from commission_app.gui.meetings.roll_row import ROLL_KEYS, RollRow
from commission_app.gui.meetings.roll_words import presence_words
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import KeyCap
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.page_parts import EmptyState, Section
from commission_app.gui.widgets.text import IconLabel, Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.meetings import MeetingView, RollEntry

_RESULTS = (MeetingState.HELD, MeetingState.NO_QUORUM, MeetingState.CANCELLED)


class AttendanceTab(DetailScroll):
    """The roll of one meeting; every answer is saved at once."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self.column.setSpacing(16)
        self._desk = desk
        self._view: MeetingView | None = None
        self._rows: dict[str, RollRow] = {}
        self._order: list[str] = []
        self._icon = IconLabel("ok", "ok", 20, self)
        self.line = Text("", "heading", parent=self)
        self.info = InfoMark(parent=self)
        self._results = QButtonGroup(self)
        self.result_buttons: dict[MeetingState, Button] = {}
        self.rest = Button(self.tr("Mark the rest present"), "secondary", "check", size="small", parent=self)
        self._help = self._keys()
        self.remark = Text("", "body", "over", wrap=True, parent=self)
        self.sections: dict[SeatKind, Section] = {}
        self._empty = EmptyState(
            "members",
            self.tr("Nobody to call"),
            self.tr("No seat was filled on the day of this meeting. Enter seats and terms first."),
            self.tr("Open the members"),
            parent=self,
        )
        self._lay_out()

    def _keys(self) -> QWidget:
        """The keys of the four answers beside their words."""
        row = WrappingRow(spacing=12)
        keys = Wrapped(row, self)
        for key, state in ROLL_KEYS.items():
            pair = QWidget(keys)
            inside = QHBoxLayout(pair)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            inside.addWidget(KeyCap(chr(key), pair))
            inside.addWidget(Text(labels.attendance_state(state).text, "meta", "ink-2", parent=pair))
            row.addWidget(pair)
        row.addWidget(Text(self.tr("The next line follows by itself."), "meta", "ink-2", parent=keys))
        return keys

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self._icon, self.line, self.info):
            head.addWidget(part)
        head.addStretch(1)
        result = WrappingRow(Text(self.tr("This meeting was"), "body", "ink-2", parent=self), spacing=4)
        words = {
            MeetingState.HELD: self.tr("Held"),
            MeetingState.NO_QUORUM: self.tr("Adjourned, no quorum"),
            MeetingState.CANCELLED: self.tr("Cancelled"),
        }
        for at, state in enumerate(_RESULTS):
            icon = labels.meeting_state(state).icon
            button = Button(words[state], "pill", icon, size="small", parent=self)
            self._results.addButton(button, at)
            self.result_buttons[state] = button
            result.addWidget(button)
        self.column.addLayout(head)
        self.column.addWidget(Wrapped(result, self))
        self.column.addWidget(self.remark)
        self.column.addWidget(self._empty)
        headings = {
            SeatKind.REGULAR: self.tr("Members"),
            SeatKind.ALTERNATE: self.tr("Alternates"),
            SeatKind.LIAISON: self.tr("Liaisons"),
        }
        for kind in SeatKind:
            section = Section(
                headings[kind], aside=self.rest if kind is SeatKind.REGULAR else None, parent=self
            )
            self.sections[kind] = section
            self.column.addWidget(section)
        self.column.addWidget(self._help)
        self.column.addStretch(1)
        self.rest.clicked.connect(self._mark_rest)
        self._results.idClicked.connect(self._record_result)
        if self._empty.button is not None:
            self._empty.button.set_kind("secondary")
        self._empty.pressed.connect(self._open_members)
        self.info.rule_wanted.connect(self._open_rule)

    # What is shown

    def show_meeting(self, view: "MeetingView") -> None:
        """Show a meeting's roll, keeping the keyboard where it is."""
        if self._view is None or self._view.meeting.id != view.meeting.id:
            self._forget_rows()
        self._view = view
        entries = self._desk.session.meetings.roll(view.meeting.id)
        self._show_rows(entries)
        self._show_quorum(entries)
        why = self._desk.operations.keeper_reason()
        for state, button in self.result_buttons.items():
            button.set_unavailable(why)
            button.setChecked(state is view.meeting.state)
        self.rest.set_unavailable(why)
        self.rest.setVisible(any(entry.recorded is None for entry in entries))
        self._empty.setVisible(not entries)
        self._help.setVisible(bool(entries))

    def _forget_rows(self) -> None:
        for section in self.sections.values():
            section.clear()
        self._rows = {}

    def _show_rows(self, entries: "list[RollEntry]") -> None:
        known = {entry.holder.id for entry in entries}
        if set(self._rows) - known:
            self._forget_rows()
        self._order = [entry.holder.id for entry in entries]
        course = self._desk.session.proceedings.state(self._view.meeting.id).course if self._view else None
        for entry in entries:
            row = self._rows.get(entry.holder.id)
            if row is None:
                row = RollRow(entry.holder.id, entry.seat.seat.id)
                row.marked.connect(self._marked)
                row.reason_left.connect(self._reason_left)
                row.stepped.connect(self._stepped)
                self._rows[entry.holder.id] = row
                self.sections[entry.seat.seat.kind].add(row)
            offices = [labels.office(title) for title in entry.seat.offices]
            words = " · ".join([entry.seat.seat.label, *offices])
            recorded = entry.recorded
            row.show_person(
                entry.holder.name,
                words,
                recorded.state if recorded else None,
                recorded.remote_reason if recorded else None,
            )
            row.show_times(presence_words(course, entry.holder.id) if course is not None else "")
            row.set_usable(self._desk.operations.keeper_reason() is None)
        for kind, section in self.sections.items():
            section.setVisible(any(entry.seat.seat.kind is kind for entry in entries))

    def _show_quorum(self, entries: "list[RollEntry]") -> None:
        view = self._view
        quorum = view.quorum if view else None
        rule = self._desk.session.members.quorum()
        without = quorum is not None and not quorum.met
        is_held = view is not None and view.meeting.state is MeetingState.HELD
        self.remark.setText(
            self.tr(
                "Recorded as held, but the roll shows no quorum. "
                "Correct the roll, or record it as adjourned without a quorum."
            )
        )
        self.remark.setVisible(without and is_held)
        self.info.setVisible(quorum is not None)
        self._icon.setVisible(quorum is not None)
        if view is None or quorum is None:
            words = self.tr("The roll is not called yet. {needed} make a quorum.")
            self.line.setText(words.format(needed=rule.needed) if entries else "")
            self.line.set_colour("ink-2")
            return
        words = self.tr("{present} of {seats} here, {needed} needed: quorum")
        if not quorum.met:
            words = self.tr("{present} of {seats} here, {needed} needed: no quorum")
        self.line.setText(words.format(present=quorum.present, seats=rule.regular, needed=quorum.needed))
        self.line.set_colour("ink" if quorum.met else "over")
        self._icon.set_icon("ok" if quorum.met else "no-quorum", "ok" if quorum.met else "over")
        basis = {
            QuorumBasis.SEATS: self.tr("More than half of the regular seats, filled or not"),
            QuorumBasis.FILLED: self.tr("More than half of the filled regular seats"),
        }
        counted = self.tr(
            "Regular members who were present count. An alternate counts while seated for an absent member, "
            "a liaison never; who takes part remotely counts only where the rule book says so."
        )
        self.info.set_explanation(
            Explanation(
                self.line.text(),
                counted,
                rule=basis[rule.basis],
                source=rule.source,
                rule_key="quorum.basis",
            )
        )

    def focus_roll(self) -> None:
        """Bring the keyboard to the first line that is not marked, or to the first."""
        open_ones = [key for key in self._order if self._rows[key].value() is None]
        for key in (open_ones or self._order)[:1]:
            self._rows[key].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(self._rows[key])

    def row_of(self, contact_id: str) -> RollRow:
        """The line of a person."""
        return self._rows[contact_id]

    # Recording

    def _save(self, row: RollRow, state: AttendanceState) -> None:
        from commission_app.services.proceedings_roll import RollMark

        if self._view is None:
            return
        is_remote = state is AttendanceState.REMOTE
        mark = RollMark(
            contact_id=row.contact_id,
            seat_id=row.seat_id,
            state=state,
            remote_reason=(row.reason.value() or None) if is_remote else None,
        )
        service = self._desk.session.proceedings
        self._desk.operations.run(service.record_roll, self._view.meeting.id, [mark])

    @Slot(object)
    def _marked(self, state: AttendanceState) -> None:
        row = self.sender()
        if not isinstance(row, RollRow):
            return
        if state is AttendanceState.REMOTE and not row.reason.value():
            row.demand_reason()
        else:
            self._save(row, state)

    @Slot()
    def _reason_left(self) -> None:
        row = self.sender()
        if not isinstance(row, RollRow) or row.value() is not AttendanceState.REMOTE:
            return
        if row.reason.value():
            self._save(row, AttendanceState.REMOTE)
        else:
            row.demand_reason()

    @Slot(int)
    def _stepped(self, direction: int) -> None:
        row = self.sender()
        if not isinstance(row, RollRow):
            return
        at = self._order.index(row.contact_id) + direction
        if 0 <= at < len(self._order):
            target = self._rows[self._order[at]]
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(target)

    @Slot()
    def _mark_rest(self) -> None:
        from commission_app.services.proceedings_roll import RollMark

        if self._view is None:
            return
        marks = [
            RollMark(contact_id=row.contact_id, seat_id=row.seat_id, state=AttendanceState.PRESENT)
            for row in self._rows.values()
            if row.value() is None
        ]
        self._desk.operations.run(self._desk.session.proceedings.record_roll, self._view.meeting.id, marks)

    @Slot(int)
    def _record_result(self, at: int) -> None:
        if self._view is None:
            return
        done = self._desk.operations.run(
            self._desk.session.meetings.set_state, self._view.meeting.id, _RESULTS[at]
        )
        if done is None:
            for state, button in self.result_buttons.items():
                button.setChecked(state is self._view.meeting.state)

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self._desk.navigate(Place(page="settings", tab="rules", record_id=key))

    @Slot()
    def _open_members(self) -> None:
        self._desk.navigate(Place(page="members"))
