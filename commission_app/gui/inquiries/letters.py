"""The letters of an inquiry, the latest first: which way, what about, when to follow up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.inquiries import Letter, LetterDirection
from commission_app.gui import labels
from commission_app.gui.inquiries import words
from commission_app.gui.inquiries.files import FileRow
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Hairline, IconLabel, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView


def follow_up_chip(view: "InquiryView", letter: Letter) -> ChipSpec | None:
    """By when an answer to a letter is looked for, unless a later one has come in."""
    due = letter.follow_up_on
    if due is None:
        return None
    other = LetterDirection.IN if letter.direction is LetterDirection.OUT else LetterDirection.OUT
    if any(each.direction is other and each.on > letter.on for each in view.letters):
        return None
    late = due < labels.today()
    kind = ChipKind.SOON if late else ChipKind.PLAIN
    day = labels.day_short(due)
    if letter.direction is LetterDirection.OUT:
        text = QCoreApplication.translate("inquiries", "Answer due {day}").format(day=day)
    else:
        text = QCoreApplication.translate("inquiries", "Follow up {day}").format(day=day)
    return ChipSpec(text, kind, "deadline")


class LetterRow(QWidget):
    """One letter; pressing it, or its button, opens it."""

    opened = Signal(str)

    def __init__(self, desk: "Desk", view: "InquiryView", letter: Letter, parent: QWidget) -> None:
        super().__init__(parent)
        self.letter = letter
        is_out = letter.direction is LetterDirection.OUT
        subject = letter.subject or words.channel(letter.channel)
        self.subject = Text(subject, "medium", wrap=True, parent=self)
        way = words.letter_direction(letter.direction)
        facts = f"{way}, {words.channel(letter.channel).lower()}, {words.month_day(letter.on)}"
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self.subject)
        column.addWidget(Text(facts, "meta", "ink-2", wrap=True, parent=self))
        chip = follow_up_chip(view, letter)
        if chip is not None:
            column.addSpacing(3)
            column.addWidget(Chip.of(chip, self), 0, Qt.AlignmentFlag.AlignLeft)
        for file in view.attachments.get(letter.id, ()):
            column.addWidget(FileRow(desk, file, self))
        name = self.tr("Open the letter: {subject}, {facts}").format(subject=subject, facts=facts)
        self.open = Button(kind="ghost", icon="right", size="small", name=name, parent=self)
        self.open.set_tip(self.tr("Open this letter"))
        self.open.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel("letter-out" if is_out else "letter-in", "ink-2", 18, self), 0, top)
        row.addLayout(column, 1)
        row.addWidget(self.open, 0, top)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.letter.id)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.letter.id)


class LettersSection(Section):
    """All letters; `add_wanted` asks for the form, `opened` sends the letter's id."""

    add_wanted = Signal()
    opened = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._shown: object = None
        self.rows: list[LetterRow] = []
        self.add_letter = Button(self.tr("Add"), "link", parent=self)
        self.add_letter.setAccessibleName(self.tr("Add a letter"))
        self.add_letter.clicked.connect(self.add_wanted)
        self.set_heading(self.tr("Letters"))
        self.add_aside(self.add_letter)

    def open_letter(self, letter_id: str) -> None:
        """Open a letter, if the inquiry has it."""
        if any(row.letter.id == letter_id for row in self.rows):
            self.opened.emit(letter_id)

    def show_view(self, view: "InquiryView") -> None:
        """Show the letters of an inquiry."""
        why = self._desk.operations.keeper_reason()
        self.add_letter.set_unavailable(why)
        shown = (view.letters, view.attachments, labels.today())
        if shown == self._shown:
            return
        self._shown = shown
        self.clear()
        self.rows = []
        for at, letter in enumerate(view.letters):
            row = LetterRow(self._desk, view, letter, self)
            row.opened.connect(self.opened)
            if at:
                self.add(Hairline(parent=self))
            self.add(row)
            self.rows.append(row)
        if not view.letters:
            none = Text(self.tr("No letters yet."), "meta", "ink-2", parent=self)
            none.setContentsMargins(0, 10, 0, 10)
            self.add(none)
