"""What was entered while a meeting ran, to be put right afterwards: its motions, speakers, action items."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.voiding import why_not_void
from commission_app.gui import labels
from commission_app.gui.meetings.action_dialog import ActionItemDialog
from commission_app.gui.meetings.void_dialog import VoidMotionDialog
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.proceedings_reading import SittingView


class Deed(StrEnum):
    """What can be done with something that was entered."""

    VOID = "void"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """Something entered: its text, what stands below, whether it is void, and why it cannot be put right."""

    key: str
    name: str
    text: str
    below: str
    is_void: bool = False
    why_not: str = ""


class RecordedRow(QWidget):
    """A line of what was entered, with its buttons; `wanted` sends a deed and the key of the line."""

    wanted = Signal(object, str)

    def __init__(self, deeds: Sequence[Deed], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: RowShown | None = None
        self.words = Paragraph("", "body", parent=self)
        self.below = Paragraph("", "meta", "ink-2", self)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.words)
        told.addWidget(self.below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(told, 1)
        words = {
            Deed.VOID: self.tr("Void"),
            Deed.CHANGE: self.tr("Change"),
            Deed.REMOVE: self.tr("Remove"),
        }
        self.buttons: dict[Deed, Button] = {}
        for deed in deeds:
            button = Button(words[deed], "secondary", size="small", parent=self)
            button.clicked.connect(self._pressed)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.buttons[deed] = button

    def show_row(self, shown: RowShown) -> None:
        """Show it as it stands."""
        if shown == self.shown:
            return
        self.shown = shown
        self.words.setText(shown.text)
        self.words.set_struck(shown.is_void)
        self.words.set_colour("ink-2" if shown.is_void else "ink")
        self.below.setText(shown.below)
        self.below.setVisible(bool(shown.below))
        for button in self.buttons.values():
            button.setVisible(not shown.is_void)
            button.set_unavailable(shown.why_not or None)
            button.setAccessibleName(f"{button.text()}: {shown.name}")

    @Slot()
    def _pressed(self) -> None:
        pressed = self.sender()
        for deed, button in self.buttons.items():
            if button is pressed and self.shown is not None:
                self.wanted.emit(deed, self.shown.key)


class RecordedSection(Section):
    """The lines of one kind; `wanted` sends a deed and the key of a line."""

    wanted = Signal(object, str)

    def __init__(self, heading: str, *deeds: Deed, parent: QWidget) -> None:
        super().__init__(heading, parent=parent)
        self._heading, self._deeds = heading, deeds
        self.rows: dict[str, RecordedRow] = {}

    def show_rows(self, rows: list[RowShown]) -> None:
        """Show the lines; the section is hidden where there is none."""
        if [row.key for row in rows] != list(self.rows):
            self.clear()
            self.rows = {row.key: RecordedRow(self._deeds, self) for row in rows}
            for line in self.rows.values():
                line.wanted.connect(self.wanted)
                self.add(line, line=True)
        for row in rows:
            self.rows[row.key].show_row(row)
        self.set_heading(self._heading, len(rows))
        self.setVisible(bool(rows))


class Recorded(QWidget):
    """Motions are voided, speakers removed, action items changed or removed; what cannot be says why."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: SittingView | None = None
        self._dialog: VoidMotionDialog | ActionItemDialog | None = None
        self.motions = RecordedSection(self.tr("Motions"), Deed.VOID, parent=self)
        self.speakers = RecordedSection(self.tr("Public speakers"), Deed.REMOVE, parent=self)
        self.to_do = RecordedSection(self.tr("Action items"), Deed.CHANGE, Deed.REMOVE, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for section in (self.motions, self.speakers, self.to_do):
            column.addWidget(section)
            section.wanted.connect(self._do)

    def show_meeting(self, meeting_id: str) -> None:
        """Show what was entered of a meeting."""
        self._view = view = self._desk.session.proceedings.state(meeting_id)
        why = self._desk.operations.keeper_reason() or ""
        if view.is_locked and not why:
            why = self.tr("The minutes are approved and the record is locked. Add a correction instead.")
        self.motions.show_rows(self._motions(view, why))
        self.speakers.show_rows(self._speakers(view, why))
        self.to_do.show_rows(self._actions(view, why))
        self.setVisible(bool(self.motions.rows or self.speakers.rows or self.to_do.rows))

    def _motions(self, view: "SittingView", why: str) -> list[RowShown]:
        printed = {line.item.id: f"{line.label}. " for line in view.agenda}
        since = self.tr("Void since {day}: {reason}")
        found = []
        for each in view.motions:
            row = each.motion
            below = f"{printed.get(row.item_id or '', '')}{each.headline}."
            if row.voided_on is not None:
                void = since.format(day=labels.day_plain(row.voided_on), reason=row.void_reason or "")
                below = f"{below} {void}"
            found.append(
                RowShown(
                    key=row.id,
                    name=each.name,
                    text=f"{each.name}: {each.text}",
                    below=below,
                    is_void=each.is_voided,
                    why_not=why or why_not_void(view.course, row, view.approving) or "",
                )
            )
        return found

    def _speakers(self, view: "SittingView", why: str) -> list[RowShown]:
        nameless = self.tr("Speaker {number}")
        found = []
        for number, each in enumerate(view.speakers, 1):
            name = each.name or nameless.format(number=number)
            found.append(RowShown(key=each.id, name=name, text=name, below=each.text or "", why_not=why))
        return found

    def _actions(self, view: "SittingView", why: str) -> list[RowShown]:
        by, following = self.tr("by {day}"), self.tr("by the next meeting")
        found = []
        for each in view.action_items:
            row = each.row
            due = following if row.due_next_meeting else ""
            if row.due_on is not None:
                due = by.format(day=labels.day_plain(row.due_on))
            below = ", ".join(word for word in (each.who, due) if word)
            found.append(RowShown(key=row.id, name=row.text, text=row.text, below=below, why_not=why))
        return found

    def dialog(self) -> "VoidMotionDialog | ActionItemDialog | None":
        """The question that was asked last."""
        return self._dialog

    @Slot(object, str)
    def _do(self, deed: Deed, key: str) -> None:
        service, run = self._desk.session.proceedings, self._desk.operations.run
        if deed is Deed.VOID:
            self._ask_void(key)
        elif deed is Deed.CHANGE:
            self._ask_change(key)
        elif key in self.speakers.rows:
            run(service.remove_speaker, key)
        else:
            run(service.remove_action_item, key)

    def _ask_void(self, key: str) -> None:
        shown = self.motions.rows[key].shown
        if shown is not None:
            self._dialog = VoidMotionDialog(shown.name, self)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.setProperty("motion", key)
            self._dialog.confirmed.connect(self._void)
            self._dialog.open()

    @Slot(str)
    def _void(self, reason: str) -> None:
        asked = self.sender()
        if isinstance(asked, VoidMotionDialog):
            service = self._desk.session.proceedings
            self._desk.operations.run(service.void_motion, asked.property("motion"), reason, form=asked)

    def _ask_change(self, key: str) -> None:
        row = (
            next((each.row for each in self._view.action_items if each.row.id == key), None)
            if self._view
            else None
        )
        if row is not None:
            self._dialog = ActionItemDialog(self._desk, row, self)
            self._dialog.open()
