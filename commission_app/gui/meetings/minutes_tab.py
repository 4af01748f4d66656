"""The minutes of one meeting: drafted from the record, boxes only for prose, and corrections once they are
approved.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.minutes_paper import MinutesItem, MinutesPaper, PartKind
from commission_app.domain.papers import PaperChoice
from commission_app.domain.proceedings import MinutesStyle
from commission_app.domain.report_paper import FrozenPaper
from commission_app.gui import labels
from commission_app.gui.drafts import DraftKeeper
from commission_app.gui.meetings.correction_dialog import CorrectionDialog
from commission_app.gui.meetings.detail_scroll import DetailScroll
from commission_app.gui.meetings.preview import PaperPreview
from commission_app.gui.meetings.recorded import Recorded
from commission_app.gui.page import Place
from commission_app.gui.paper_output import save_file
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import CheckField, TextAreaField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Paragraph, Text
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.meetings import MeetingView
    from commission_app.services.minutes import MinutesView

_WIDTH, _LONGEST = 720, 20_000
_TITLE = 200  # letters
_MOST = 60  # items with a box of their own at once
_OPENING, _CLOSING, _PRINTED = "opening", "closing", "printed:"
_TOLD: Final = (PartKind.RESULT, PartKind.ACTION)


class ProseForm(Form):
    """A box for each item of the minutes, one after the call to order and one at the end.

    `written` sends the name of a box and its text when it is left, `printed` an item and whether its text is
    printed.
    """

    written = Signal(str, str)
    printed = Signal(str, bool)

    def __init__(self, view: "MinutesView", parent: QWidget | None = None) -> None:
        super().__init__(width=_WIDTH, parent=parent)
        self._add_box(_OPENING, self.tr("After the call to order"))
        items = [(label, item) for label, item in _items(view) if not _may_wait(view, item)]
        self.left_out = len(_items(view)) - len(items)
        for label, item in items:
            self._add_box(item.id, f"{label} {item.title}".strip(), least=1)
            shown = CheckField(
                self.tr("Print this text"), name=self.tr("Print the text of {item}").format(item=label)
            )
            self.add(f"{_PRINTED}{item.id}", shown)
            shown.committed.connect(self._choose)
        self._add_box(_CLOSING, self.tr("At the end"))

    def _add_box(self, name: str, label: str, least: int = 2) -> None:
        self.add_widget(Paragraph(shortened(label), "label", "ink-2", parent=self))
        box = self.add(name, TextAreaField("", name=label, limit=_LONGEST, least=least, most=30))
        box.committed.connect(self._write)

    def show_minutes(self, view: "MinutesView", why_not: str | None) -> None:
        """Show what is kept; a box in which something is being typed stays as it is."""
        minutes = view.minutes
        values: dict[str, Any] = {
            _OPENING: minutes.opening if minutes else None,
            _CLOSING: minutes.closing if minutes else None,
        }
        told = {item.id: item for section in view.paper.sections for item in section.items}
        for name, field in self.fields.items():
            if name.startswith(_PRINTED):
                note = view.notes.get(name.removeprefix(_PRINTED))
                style = (note.style if note else None) or view.style
                values[name] = style is MinutesStyle.SUMMARY
                field.setVisible(bool(note and note.text))
            elif name in told:
                note = view.notes.get(name)
                values[name] = note.text if note else None
                field.set_help(_record_of(told[name]))
        for name, field in self.fields.items():
            if not field.is_changed():
                field.set_value(values.get(name))
            field.setEnabled(why_not is None)

    def name_of(self, field: object) -> str:
        """The name of a box."""
        return next((name for name, known in self.fields.items() if known is field), "")

    @Slot()
    def _write(self) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self.written.emit(self.name_of(field), field.value())

    @Slot()
    def _choose(self) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self.printed.emit(self.name_of(field).removeprefix(_PRINTED), field.value())


class _Errors:
    """Puts the message about a text under the box that it was typed in."""

    def __init__(self, form: ProseForm, name: str) -> None:
        self._form, self._name = form, name

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show the message."""
        self._form.show_errors({self._name: " ".join(errors.values())} if errors else {})


class MinutesTab(DetailScroll):
    """State, style and prose of the minutes; `preview` is the paper, to stand beside it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self.column.setSpacing(16)
        self._desk = desk
        self._meeting: MeetingView | None = None
        self._view: MinutesView | None = None
        self._items: tuple[str, ...] = ()
        self._dialog: CorrectionDialog | None = None
        self.form: ProseForm | None = None
        self.drafts: DraftKeeper | None = None
        self.preview = PaperPreview(desk, self.paper, "minutes")
        self.chip = Chip(parent=self)
        self.sentence = Paragraph("", "body", "ink-2", parent=self)
        self.styles = QButtonGroup(self)
        self.word = Button(self.tr("Save for Word"), "secondary", "export", size="small", parent=self)
        self.open = Button(self.tr("Print or send"), "secondary", "papers", size="small", parent=self)
        self.correct = Button(self.tr("Add a correction"), "secondary", "add", size="small", parent=self)
        self.corrections = Section(self.tr("Corrections"), aside=self.correct, parent=self)
        self._style_row = QWidget(self)
        self._form_place = QVBoxLayout()
        self._rest = Paragraph("", "meta", "ink-2", parent=self)
        self.recorded = Recorded(desk, self)
        self._lay_out()

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.sentence, 1)
        words = {
            MinutesStyle.ACTION: self.tr("What was decided"),
            MinutesStyle.SUMMARY: self.tr("What was said, too"),
        }
        row = WrappingRow(Text(self.tr("They tell"), "body", "ink-2", parent=self._style_row))
        for at, style in enumerate(MinutesStyle):
            button = Button(words[style], "pill", size="small", parent=self._style_row)
            self.styles.addButton(button, at)
            row.addWidget(button)
        self._style_row.setLayout(row)
        self.column.addLayout(state)
        self.column.addLayout(WrappingRow(self.open, self.word))
        self.column.addWidget(self._style_row)
        self.column.addWidget(self.corrections)
        self.column.addLayout(self._form_place)
        self.column.addWidget(self._rest)
        self.column.addWidget(self.recorded)
        self.column.addStretch(1)
        self.styles.idClicked.connect(self._choose_style)
        self.word.clicked.connect(self.save_for_word)
        self.open.clicked.connect(self._open_paper)
        self.correct.clicked.connect(self.ask_for_correction)

    # What is shown

    def show_meeting(self, view: "MeetingView") -> None:
        """Show the minutes of a meeting; of the same meeting, what is being typed stays."""
        is_other = self._meeting is None or self._meeting.meeting.id != view.meeting.id
        self._meeting = view
        self._view = minutes = self._desk.session.minutes.view(view.meeting.id)
        items = tuple(item.id for _, item in _items(minutes))
        if is_other or items != self._items or self.form is None:
            self._items = items
            self._make_form(minutes)
        why = self._why_not()
        if self.form is not None:
            self.form.show_minutes(minutes, why)
            self.form.setVisible(not minutes.is_approved)
        self._show_state(minutes, why)
        self._show_corrections(minutes)
        self.recorded.show_meeting(view.meeting.id)
        self.preview.set_meeting(view.meeting.id, f"minutes-{view.meeting.on.isoformat()}.pdf")
        self.preview.show_now()
        if is_other:
            self._begin_draft(view)

    def _make_form(self, minutes: "MinutesView") -> None:
        if self.form is not None:
            self.form.hide()
            self._form_place.removeWidget(self.form)
            self.form.deleteLater()
        self.form = ProseForm(minutes, self)
        self.drafts = DraftKeeper(self._desk, self.form)
        self.form.changed.connect(self.drafts.note)
        self.form.changed.connect(self.preview.follow)
        self.form.written.connect(self._write)
        self.form.printed.connect(self._print_item)
        self._form_place.addWidget(self.form)
        text = self.tr(
            "{count} items without a result have no box here. Give them a result to write on them."
        )
        self._rest.setText(text.format(count=self.form.left_out) if self.form.left_out else "")
        self._rest.setVisible(bool(self.form.left_out))

    def _begin_draft(self, view: "MeetingView") -> None:
        if self.drafts is not None:
            what = self.tr("the minutes of {day}").format(day=labels.day_plain(view.meeting.on))
            place = Place(page="meetings", tab="minutes", record_id=view.meeting.id)
            self.drafts.begin(f"minutes:{view.meeting.id}", what, place)

    def _show_state(self, minutes: "MinutesView", why: str | None) -> None:
        if minutes.is_approved:
            self.chip.set_spec(ChipSpec(self.tr("Approved"), ChipKind.DONE, "approved"))
            self.sentence.setText(f"{minutes.paper.approval} {self.tr('Their text is locked.')}")
        else:
            self.chip.set_spec(ChipSpec(self.tr("Draft"), ChipKind.PLAIN, "draft"))
            self.sentence.setText(
                self.tr(
                    "Written from the record. A motion at a later meeting approves them; the next agenda "
                    "proposes it."
                )
            )
        self._style_row.setVisible(not minutes.is_approved)
        for at, style in enumerate(MinutesStyle):
            button = self.styles.button(at)
            button.setChecked(style is minutes.style)
            if isinstance(button, Button):
                button.set_unavailable(why)
        self.correct.set_unavailable(why)
        locked = self.tr("Approved minutes are kept as a PDF that nobody edits. Print or send that.")
        self.word.set_unavailable(locked if minutes.is_approved else None)

    def _show_corrections(self, minutes: "MinutesView") -> None:
        self.corrections.setVisible(minutes.is_approved)
        self.corrections.clear()
        self.corrections.set_heading(self.tr("Corrections"), len(minutes.corrections) or "")
        for part in minutes.paper.corrections:
            row = QWidget(self)
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 8, 0, 8)
            column.addWidget(Text(part.head, "medium", parent=row))
            column.addWidget(Paragraph(part.text, "body", parent=row))
            self.corrections.add(row, line=True)
        if not minutes.corrections:
            none = self.tr("None. A correction is kept beside the text, which stays as it was approved.")
            self.corrections.add(Paragraph(none, "body", "ink-2", parent=self))

    def _why_not(self) -> str | None:
        return self._desk.operations.keeper_reason()

    def meeting_id(self) -> str | None:
        """Whose minutes are shown."""
        return self._meeting.meeting.id if self._meeting else None

    def paper(self) -> MinutesPaper | FrozenPaper | None:
        """The minutes as they print: with what is being typed, or as they were approved. Raises NotFoundError
        where the file lacks the bytes of approved ones.
        """
        if self._meeting is None or self.form is None:
            return None
        if self._view is not None and self._view.is_approved:
            choice = PaperChoice(meeting=self._meeting.meeting.id)
            content = self._desk.session.papers.paper("minutes", choice).content
            return content if isinstance(content, (MinutesPaper, FrozenPaper)) else None
        typed = {
            name: field.value()
            for name, field in self.form.fields.items()
            if isinstance(field, TextAreaField) and field.is_changed()
        }
        return self._desk.session.minutes.view(self._meeting.meeting.id, typed).paper

    def focus_first(self) -> None:
        """Bring the keyboard to the first box."""
        if self.form is not None:
            self.form.focus_first()

    # What is done

    @Slot(str, str)
    def _write(self, name: str, text: str) -> None:
        if self._meeting is None or self.form is None:
            return
        service, meeting_id = self._desk.session.minutes, self._meeting.meeting.id
        form = _Errors(self.form, name)
        if name == _OPENING:
            self._desk.operations.run(service.write_opening, meeting_id, text, form=form)
        elif name == _CLOSING:
            self._desk.operations.run(service.write_closing, meeting_id, text, form=form)
        else:
            known = self._view.notes.get(name) if self._view is not None else None
            is_first = bool(text) and not (
                known and known.text
            )  # what one writes here is meant for the paper
            note = self._desk.session.proceedings.note
            self._desk.operations.run(note, name, text, printed=is_first, form=form)
        if self.drafts is not None:
            self.drafts.keep()

    @Slot(str, bool)
    def _print_item(self, item_id: str, is_printed: bool) -> None:
        if self._view is None:
            return
        wanted = MinutesStyle.SUMMARY if is_printed else MinutesStyle.ACTION
        style = None if wanted is self._view.style else wanted
        self._desk.operations.run(self._desk.session.minutes.set_item_style, item_id, style)

    @Slot(int)
    def _choose_style(self, at: int) -> None:
        if self._meeting is not None:
            style = list(MinutesStyle)[at]
            self._desk.operations.run(self._desk.session.minutes.set_style, self._meeting.meeting.id, style)

    @Slot()
    def _open_paper(self) -> None:
        if self._meeting is not None:
            self._desk.navigate(Place(page="papers", tab="minutes", record_id=self._meeting.meeting.id))

    @Slot()
    def save_for_word(self) -> None:
        """Save the minutes as a Word document."""
        paper = self.paper()
        if isinstance(paper, MinutesPaper):
            work = partial(_as_word, paper, self._desk.session.context.now)
            self._desk.operations.in_background(work, self._save_word)

    def _save_word(self, data: bytes) -> None:
        if self._meeting is None:
            return
        name = f"minutes-{self._meeting.meeting.on.isoformat()}.docx"
        title, kinds = self.tr("Save for Word"), self.tr("Word documents (*.docx)")
        saved = save_file(self._desk, data, name, self, title=title, kinds=kinds)
        if saved is not None:
            saved.tell()

    @Slot()
    def ask_for_correction(self) -> None:
        """Ask what is corrected."""
        if self._why_not() is None:
            self._dialog = CorrectionDialog(self)
            self._dialog.confirmed.connect(self._correct)
            self._dialog.open()

    def correction_dialog(self) -> CorrectionDialog | None:
        """The question that was asked last."""
        return self._dialog

    @Slot(object, str)
    def _correct(self, on: Any, text: str) -> None:
        if self._meeting is not None:
            service = self._desk.session.minutes
            by = self._desk.session.who
            self._desk.operations.run(service.correct, self._meeting.meeting.id, text, on=on, by=by)


def shortened(title: str) -> str:
    """A title as it stands over its box."""
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def _as_word(paper: MinutesPaper, made_at: datetime) -> bytes:
    from commission_app.exchange.minutes_docx import minutes_docx

    return minutes_docx(paper, made_at)


def _items(view: "MinutesView") -> list[tuple[str, MinutesItem]]:
    """The items of the minutes with their labels, as X.A."""
    labelled = {entry.item.id: entry.label for section in view.sections for entry in section.items}
    return [(labelled.get(item.id, ""), item) for section in view.paper.sections for item in section.items]


def _may_wait(view: "MinutesView", item: MinutesItem) -> bool:
    """Whether an item needs no box among very many: nothing came of it and nothing is written on it."""
    note = view.notes.get(item.id)
    many = sum(len(section.items) for section in view.paper.sections) > _MOST
    return many and not item.outcome and not item.parts and not (note and note.text)


def _record_of(item: MinutesItem) -> str:
    """What the record says by itself: the outcome, results of motions, what is to be done."""
    told = [part.text for part in item.parts if part.kind in _TOLD]
    return " ".join(part for part in (f"{item.outcome}." if item.outcome else "", *told) if part)
