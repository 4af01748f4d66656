"""The story of one matter: each meeting that had it on its agenda, what was voted, said and left to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.proceedings import Answer
from commission_app.gui import labels
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.page_parts import EmptyState, PageTitle, ScrollPage, Section
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.business import ActionLine, Matter, MatterTime
    from commission_app.services.proceedings_reading import MotionView


class MatterView(ScrollPage):
    """`list_wanted` asks for the meetings; shows an item with all that it continues, or an inquiry."""

    list_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self._place = Place(page="meetings", tab="matter")
        self.matter: Matter | None = None
        self.title = PageTitle("", compact=True, parent=self)
        self.print = Button(self.tr("Print"), "primary", "print", parent=self)
        self.inquiry = Button(self.tr("Open the inquiry"), "secondary", "inquiries", parent=self)
        self.back = Button(kind="icon", icon="list", name=self.tr("Show the meetings"), parent=self)
        self.title.set_actions(self.print, self.inquiry, self.back)
        self.empty = EmptyState(
            "list",
            self.tr("On no agenda yet"),
            self.tr("Each meeting that has this matter on its agenda stands here."),
            parent=self,
        )
        self.sections: list[TimeSection] = []
        self.column.addWidget(self.title)
        self.column.addWidget(self.empty)
        self.column.addStretch(1)
        self.print.clicked.connect(self.print_paper)
        self.inquiry.clicked.connect(self._open_inquiry)
        self.back.clicked.connect(self.list_wanted)

    def show_place(self, place: Place) -> None:
        """Show the matter of an agenda item (`part`) or of an inquiry (`record_id`); raises NotFoundError."""
        self._place = place
        self.refresh()
        self.verticalScrollBar().setValue(0)
        self.back.setFocus()

    def refresh(self) -> None:
        """Read the matter again; raises NotFoundError."""
        business, place = self._desk.session.business, self._place
        if place.part is not None:
            found = business.matter_of_item(place.part)
        else:
            found = business.matter_of_inquiry(place.record_id or "")
        if found == self.matter:
            return
        self.matter = found
        self.title.set_text(found.title)
        self.title.set_subtitle(
            labels.counted(len(found.times), self.tr("On 1 agenda"), self.tr("On {count} agendas"))
        )
        self.inquiry.setVisible(found.inquiry_id is not None)
        self.print.setVisible(bool(found.times))
        self.empty.setVisible(not found.times)
        for section in self.sections:
            self.column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self.sections = [TimeSection(time, self) for time in reversed(found.times)]
        for at, section in enumerate(self.sections, 1):
            section.opened.connect(self._open_item)
            self.column.insertWidget(at, section)

    @Slot(str, str)
    def _open_item(self, meeting_id: str, item_id: str) -> None:
        self._desk.navigate(Place(page="meetings", tab="agenda", record_id=meeting_id, part=item_id))

    @Slot()
    def _open_inquiry(self) -> None:
        if self.matter is not None and self.matter.inquiry_id is not None:
            self._desk.navigate(Place(page="inquiries", record_id=self.matter.inquiry_id))

    @Slot()
    def print_paper(self) -> None:
        """Show the paper of this matter."""
        if self.matter is not None and self.matter.times:
            latest = self.matter.times[-1].item.id
            self._desk.navigate(Place(page="papers", tab="matter", record_id=latest))


class TimeSection(Section):
    """One meeting that had the matter; `opened` sends the meeting and the item."""

    opened = Signal(str, str)

    def __init__(self, time: "MatterTime", parent: QWidget) -> None:
        super().__init__(labels.day_full(time.meeting.on), parent=parent)
        self._ids = time.meeting.id, time.item.id
        self.open = Button(self.tr("Open"), "link", "go-to", parent=self)
        day = labels.day_full(time.meeting.on)
        self.open.setAccessibleName(self.tr("Open the agenda of {day}").format(day=day))
        self.open.clicked.connect(self._open)
        self.add_aside(self.open)
        self.body.setContentsMargins(0, 8, 0, 0)
        self.body.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Paragraph(f"{time.label} {time.item.title}".strip(), "medium", parent=self), 1)
        if time.item.outcome is not None:
            head.addWidget(Chip.of(labels.outcome(time.item.outcome), self))
        self.body.addLayout(head)
        for text in told(time):
            self.body.addWidget(Paragraph(text, "body", "ink-2", self))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(*self._ids)


def told(time: "MatterTime") -> list[str]:
    """What became of a matter at a meeting, in sentences."""
    translate = QCoreApplication.translate
    note, found = time.note, []
    if note is not None and note.referred_to:
        found.append(translate("MatterView", "Referred to {to}.").format(to=note.referred_to.rstrip(".")))
    for view in time.motions:
        found += _motion(view)
    if note is not None and note.text:
        found.append(note.text)
    return [*found, *map(_action, time.actions)]


def _motion(view: "MotionView") -> list[str]:
    translate = QCoreApplication.translate
    words = translate("MatterView", "{motion}: {text}")
    if view.mover and view.seconder:
        words = translate("MatterView", "{motion}, moved by {mover}, seconded by {seconder}: {text}")
    elif view.mover:
        words = translate("MatterView", "{motion}, moved by {mover}: {text}")
    first = words.format(motion=view.name, mover=view.mover, seconder=view.seconder, text=view.text)
    result = translate("MatterView", "{result}, void") if view.is_voided else "{result}"
    parts = [result.format(result=view.headline)]
    for answer, word in _answers().items():
        said = [line.name for line in view.lines if line.answer is answer]
        if said:
            parts.append(word.format(names=", ".join(said)))
    return [first, ". ".join(parts) + "."]


def _answers() -> dict[Answer, str]:
    translate = QCoreApplication.translate
    return {
        Answer.AYE: translate("MatterView", "Aye: {names}"),
        Answer.NO: translate("MatterView", "No: {names}"),
        Answer.ABSTAIN: translate("MatterView", "Abstained: {names}"),
        Answer.RECUSED: translate("MatterView", "Recused: {names}"),
        Answer.ABSENT: translate("MatterView", "Absent: {names}"),
    }


def _action(line: "ActionLine") -> str:
    translate = QCoreApplication.translate
    words = translate("MatterView", "To do: {text}")
    if line.row.done_on is not None:
        words = translate("MatterView", "Done on {day}: {text}")
    elif line.due_on is not None:
        words = translate("MatterView", "To do by {day}: {text}")
    day = line.row.done_on or line.due_on
    text = f"{line.row.text} ({line.who})" if line.who else line.row.text
    return words.format(day=labels.day_plain(day) if day else "", text=text)
