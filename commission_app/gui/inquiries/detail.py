"""One inquiry: its head, the clock drawn large, steps and letters side by side, its summary and files."""

from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.intake import KeptFile
from commission_app.gui import labels, theme
from commission_app.gui.file_choices import ask_which_file
from commission_app.gui.inquiries import words
from commission_app.gui.inquiries.files import FileRow
from commission_app.gui.inquiries.header import InquiryHeader, Wish
from commission_app.gui.inquiries.letters import LettersSection
from commission_app.gui.inquiries.meetings import MeetingsSection
from commission_app.gui.inquiries.steps import StepsSection
from commission_app.gui.meetings.detail_scroll import DetailScroll
from commission_app.gui.page import Place
from commission_app.gui.widgets.explanation import InfoMark
from commission_app.gui.widgets.large_clock import LargeClock
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Paragraph, Text, breakable

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView

_THREE, _TWO, _GAP = 860, 520, 32


class ClockSection(Section):
    """The clock with its explanation; `rule_wanted` sends the rule's key."""

    rule_wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", lined=False, parent=parent)
        self._desk = desk
        self.mark = InfoMark(None, self)
        self.mark.rule_wanted.connect(self.rule_wanted)
        self.add_after(self.mark)
        self.clock = LargeClock(self)
        self.add(self.clock)

    def show_view(self, view: "InquiryView") -> None:
        """Show the clock of an inquiry; one of our own has none."""
        clock = view.clock
        self.setVisible(clock is not None)
        if clock is None:
            return
        session = self._desk.session
        allowed = {1: self.tr("one meeting"), 2: self.tr("two meetings"), 3: self.tr("three meetings")}
        count = allowed.get(clock.allowed, self.tr("{count} meetings").format(count=clock.allowed))
        self.set_heading(self.tr("Discuss within {meetings}").format(meetings=count))
        self.mark.set_explanation(words.clock_explanation(clock, session.commission.rule_book()))
        self.clock.set_face(words.clock_face(view, clock, session.context.today().local))


class PapersSection(Section):
    """What the inquiry is about, and the files kept with it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._shown: object = None
        self.set_heading(self.tr("About"))

    def show_view(self, view: "InquiryView") -> None:
        """Show summary, city facts and files."""
        own = view.attachments.get(view.inquiry.id, ())
        shown = (view.inquiry, view.city, view.contact, own)
        if shown == self._shown:
            return
        self._shown = shown
        self.clear()
        self.body.addSpacing(10)
        if view.inquiry.summary:
            self.add(Paragraph(view.inquiry.summary, parent=self))
            self.body.addSpacing(10)
        for name, value in self._facts(view):
            self.add(self._fact(name, value))
        if own:
            self.body.addSpacing(10)
            self.add(Text(self.tr("Files"), "label", "ink-2", parent=self))
            for file in own:
                self.add(FileRow(self._desk, file, self))

    def _facts(self, view: "InquiryView") -> list[tuple[str, str]]:
        city, contact = view.city.city, view.contact
        people = self.locale().toString(city.population) if city.population else ""
        facts = [
            (
                self.tr("City"),
                breakable(", ".join(part for part in (city.name, city.region, view.city.country) if part)),
            ),
            (self.tr("People"), people),
            (self.tr("Contact"), breakable(contact.name) if contact else ""),
            (self.tr("E-mail"), (contact.email or "") if contact else ""),
            (self.tr("Phone"), (contact.phone or "") if contact else ""),
            (self.tr("Procedure"), view.procedure.title if view.procedure else ""),
        ]
        return [(name, value) for name, value in facts if value]

    def _fact(self, name: str, value: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        label = Text(name, "meta", "ink-3", parent=line)
        label.setFixedWidth(theme.scaled(72))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        text = Paragraph(value, "meta", parent=line)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(text, 1)
        return line


class InquiryDetail(DetailScroll):
    """Shows one inquiry. `form_wanted` asks for a form and names a letter; `removed`: it is gone."""

    form_wanted = Signal(object, str)
    removed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        self._columns = 0
        super().__init__(top=14, parent=parent)
        self._desk = desk
        self._view: InquiryView | None = None
        self.header = InquiryHeader(self)
        self.clock = ClockSection(desk, self)
        self.steps = StepsSection(desk, self)
        self.letters = LettersSection(desk, self)
        self.papers = PapersSection(desk, self)
        self.meetings = MeetingsSection(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(24)
        self.column.setSpacing(20)
        self.column.addWidget(self.header)
        self.column.addWidget(self.clock)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.meetings)
        self.column.addStretch(1)
        self._midnight = QTimer(self)
        self._midnight.setInterval(60_000)
        self._midnight.timeout.connect(self._tick)
        self._midnight.start()
        self.header.wished.connect(self.do)
        self.letters.add_wanted.connect(self._add_letter)
        self.letters.opened.connect(self._open_letter)
        self.meetings.opened.connect(self._open_meeting)
        self.meetings.history_wanted.connect(self._open_matter)
        self.clock.rule_wanted.connect(self._open_rule)
        self.steps.form_changed.connect(self._keep_form_in_sight)
        theme.notifier().changed.connect(self._arrange)
        self._arrange()

    def view(self) -> "InquiryView | None":
        """Which inquiry is shown."""
        return self._view

    def show_view(self, view: "InquiryView") -> None:
        """Show an inquiry; of the same one the place in the page and an open form stay."""
        is_other = self._view is None or self._view.inquiry.id != view.inquiry.id
        self._view = view
        session = self._desk.session
        goes_to = session.inquiries.goes_to(view.inquiry.id)
        self.header.show_view(view, goes_to, self._desk.operations.read_only_reason())
        self.clock.show_view(view)
        self.steps.show_view(view)
        self.letters.show_view(view)
        self.papers.show_view(view)
        self.meetings.show_view(view)
        if is_other:
            self.verticalScrollBar().setValue(0)

    @Slot()
    def _keep_form_in_sight(self) -> None:
        form = self.steps.form
        self.header.step_back(form is not None)
        if form is None:
            self.undock()
        else:
            self.reveal(form)

    @Slot()
    def _tick(self) -> None:
        """The countdown follows the day."""
        if self._view is not None and self.isVisible():
            self.clock.show_view(self._view)

    # Width

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        room = self.viewport().width() - 48
        columns = 3 if room >= theme.scaled(_THREE) else 2 if room >= theme.scaled(_TWO) else 1
        if columns == self._columns:
            return
        self._columns = columns
        parts: tuple[Section, ...] = (self.steps, self.letters, self.papers)
        for part in parts:
            self._grid.removeWidget(part)
        places = {
            3: ((0, 0), (0, 1), (0, 2)),
            2: ((0, 0), (0, 1), (1, 1)),
            1: ((0, 0), (1, 0), (2, 0)),
        }[columns]
        top = Qt.AlignmentFlag.AlignTop
        for part, (row, column) in zip(parts, places, strict=True):
            rows = 2 if columns == 2 and part is self.steps else 1
            self._grid.addWidget(part, row, column, rows, 1, top)
        for column in range(3):
            self._grid.setColumnStretch(column, (32, 27, 29)[column] if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._grid.setRowStretch(0, 0)
        self._grid.setRowStretch(1, 1 if columns == 2 else 0)

    # What is asked for

    @Slot(object)
    def do(self, wish: Wish) -> None:
        """Do what the head of the inquiry asks for, or ask the page for its form."""
        if self._view is None:
            return
        operations, inquiries = self._desk.operations, self._desk.session.inquiries
        inquiry_id = self._view.inquiry.id
        if wish is Wish.LIST:
            operations.run(inquiries.put_on_agenda, inquiry_id)
        elif wish is Wish.AGENDA:
            self.open_agenda()
        elif wish is Wish.REOPEN:
            operations.run(inquiries.reopen, inquiry_id)
        elif wish is Wish.ATTACH:
            self._attach()
        elif wish is Wish.HISTORY:
            self._desk.navigate(Place(page="history", record_id=inquiry_id))
        elif wish is Wish.REMOVE:
            if operations.run(inquiries.remove, inquiry_id) is not None:
                self.removed.emit()
        else:
            self.form_wanted.emit(wish, "")

    def open_agenda(self) -> None:
        """Go to the agenda that lists the inquiry: the next one, else the last one."""
        if self._view is None or not self._view.listed:
            return
        ahead = [entry for entry in self._view.listed if entry.meeting.on >= labels.today()]
        entry = ahead[-1] if ahead else self._view.listed[0]
        self._desk.navigate(Place(page="meetings", tab="agenda", record_id=entry.meeting.id))

    def _attach(self) -> None:
        path = ask_which_file(self, self.tr("Keep a file with the inquiry"), "")
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Keep a file with the inquiry."""
        if self._view is None:
            return
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            self._desk.messages.warn(
                self.tr("{name} was not read: {reason}.").format(name=path.name, reason=reason)
            )
            return
        kind = guess_type(path.name)[0] or "application/octet-stream"
        file = KeptFile(name=path.name, type=kind, data=data)
        self._desk.operations.run(self._desk.session.inquiries.attach, self._view.inquiry.id, file)

    @Slot()
    def _add_letter(self) -> None:
        self.form_wanted.emit(None, "new")

    @Slot(str)
    def _open_letter(self, letter_id: str) -> None:
        self.form_wanted.emit(None, letter_id)

    @Slot(str)
    def _open_meeting(self, meeting_id: str) -> None:
        self._desk.navigate(Place(page="meetings", tab="agenda", record_id=meeting_id))

    @Slot()
    def _open_matter(self) -> None:
        if self._view is not None:
            self._desk.navigate(Place(page="meetings", tab="matter", record_id=self._view.inquiry.id))

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self._desk.navigate(Place(page="settings", tab="rules", record_id=key))
