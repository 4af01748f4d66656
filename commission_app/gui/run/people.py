"""Everybody with a seat, at the left of the run screen: the roll call, who came and left, who sits."""

from PySide6.QtCore import QMargins, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.meetings import AttendanceState
from commission_app.domain.members import SeatKind
from commission_app.gui.run.column import Column, Head
from commission_app.gui.run.person_line import PersonLine
from commission_app.gui.run.shown import PersonShown
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.text import Hairline, Text


class PeoplePane(Column):
    """`marked` sends a contact and an answer of the roll, `opened` the contact of whom more is wanted,
    `ended` that the keyboard went past the last seat."""

    marked = Signal(str, object)
    ended = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QMargins(20, 14, 19, 16), parent)
        self.lines: dict[str, PersonLine] = {}
        self._order: list[str] = []
        self._heads = {
            SeatKind.REGULAR: Head(self.tr("Roll call"), "R", lined=True, parent=self),
            SeatKind.ALTERNATE: self._small_head(self.tr("Alternates")),
            SeatKind.LIAISON: self._small_head(self.tr("Liaisons, no vote")),
        }
        for head in self._heads.values():
            self.column.addWidget(head)
        self.column.addStretch(1)

    def _small_head(self, text: str) -> QWidget:
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        words = Text(text, "run-body", "ink-2", parent=head)
        words.setContentsMargins(8, 0, 8, 0)
        column.addWidget(words)
        column.addWidget(Hairline(parent=head))
        return head

    def show_people(self, people: list[PersonShown], *, usable: bool) -> None:
        """Show everybody; only lines that changed are painted again."""
        order = [person.seat_id for person in people]
        if order != self._order:
            self._rebuild(people)
        for person in people:
            line = self.lines[person.seat_id]
            line.is_usable = usable
            line.show_person(person)
        for kind, head in self._heads.items():
            head.setVisible(any(person.kind is kind for person in people))

    def _rebuild(self, people: list[PersonShown]) -> None:
        for line in self.lines.values():
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines, self._order = {}, [person.seat_id for person in people]
        for person in people:
            line = PersonLine(person)
            line.marked.connect(self._marked)
            line.stepped.connect(self._stepped)
            line.opened.connect(self._opened)
            self.lines[person.seat_id] = line
        for kind, head in self._heads.items():
            at = self.column.indexOf(head) + 1
            for person in reversed([each for each in people if each.kind is kind]):
                self.column.insertWidget(at, self.lines[person.seat_id])
                self.lines[person.seat_id].show()

    def line_of(self, contact_id: str) -> PersonLine:
        """The line of somebody."""
        return next(line for line in self.lines.values() if line.shown.contact_id == contact_id)

    def by_key(self, text: str) -> str | None:
        """The contact that a key calls for."""
        found = (line.shown for line in self.lines.values() if line.shown.cap == text)
        return next((shown.contact_id for shown in found if shown.contact_id), None)

    def begin_roll(self) -> None:
        """Bring the keyboard to the first who is not called yet, or to the first."""
        filled = [line for line in self._in_order() if line.shown.contact_id]
        waiting = [line for line in filled if line.shown.said.icon == "pending"]
        for line in (waiting or filled)[:1]:
            self._go_to(line)

    def _in_order(self) -> list[PersonLine]:
        return [self.lines[key] for key in self._order]

    def _go_to(self, line: PersonLine) -> None:
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reading_order.bring_into_view(line)

    @Slot(object)
    def _marked(self, state: AttendanceState) -> None:
        line = self.sender()
        if isinstance(line, PersonLine) and line.shown.contact_id:
            self.marked.emit(line.shown.contact_id, state)

    @Slot(int)
    def _stepped(self, direction: int) -> None:
        line = self.sender()
        filled = [each for each in self._in_order() if each.shown.contact_id or each is line]
        if isinstance(line, PersonLine):
            at = filled.index(line) + direction
            if 0 <= at < len(filled):
                self._go_to(filled[at])
            elif at > 0:
                self.ended.emit()

    @Slot()
    def _opened(self) -> None:
        line = self.sender()
        if isinstance(line, PersonLine) and line.shown.contact_id:
            self.opened.emit(line.shown.contact_id)
