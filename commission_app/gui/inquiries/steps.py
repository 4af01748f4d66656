"""The steps of an inquiry: what is done and by which proof, what comes next; closed in place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.inquiries import Letter, ProofKind, StepLine, StepState
from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import icons, labels, theme
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.inquiries import words
from commission_app.gui.meetings.name_field import NameField
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Hairline, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView

_DISC = 24


class StepDisc(painting.Painted):
    """Done: a disc with a check; next: an accent ring with the number; open: a thin ring with it."""

    def __init__(self, number: int, state: StepState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._state = number, state
        said = {
            StepState.DONE: self.tr("Step {number}, done"),
            StepState.NOW: self.tr("Step {number}, next"),
            StepState.OPEN: self.tr("Step {number}, open"),
        }
        self.setAccessibleName(said[state].format(number=number))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        side = theme.scaled(_DISC)
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        side = theme.scaled(_DISC)
        disc = QRectF(0, 0, side, side)
        if self._state is StepState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ok"))
            painter.drawEllipse(disc)
            icons.paint(painter, "check", disc.adjusted(4, 4, -4, -4), "page")
            return
        is_next = self._state is StepState.NOW
        width = 2.0 if is_next else 1.5
        painter.setPen(QPen(theme.colour("accent" if is_next else "control"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("accent" if is_next else "ink-2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


def proof_words(line: StepLine) -> str:
    """By what a step was closed, when and by whom: Letter of May 14, Ana Ruiz."""
    step = line.step
    if step is None:
        return ""
    day = labels.day_plain(step.done_on)
    first = step.proof_text or (words.proof(step.proof_kind) if step.proof_kind else "")
    if day in first:
        day = ""
    return ", ".join(part for part in (first, day, step.by) if part)


class StepRow(QWidget):
    """One step with its disc, its proof and its action."""

    close_wanted = Signal(str)
    reopen_wanted = Signal(str)
    agenda_wanted = Signal(str)

    def __init__(
        self, line: StepLine, state: str, listed: tuple[str, str] | None, why: str | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.line = line
        self._meeting_id = listed[1] if listed else ""
        disc = StepDisc(line.number, line.state, self)
        muted = line.state is StepState.OPEN
        role, ink = ("body", "ink-2") if muted else ("medium", "ink")
        self.title = Text(line.title, role, ink, wrap=True, parent=self)
        proof = proof_words(line)
        self.proof = Text(proof, "meta", "ink-2", wrap=True, parent=self)
        self.proof.setVisible(bool(proof))
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self.title)
        column.addWidget(self.proof)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(disc, 0, top)
        row.addLayout(column, 1)
        self.action = self._action(line)
        self.action.set_unavailable(why)
        if line.state is StepState.NOW:
            column.addSpacing(4)
            column.addLayout(self._actions(listed))
        else:
            row.addWidget(self.action, 0, top)
        self.setAccessibleName(f"{line.number}. {line.title}, {state}{', ' if proof else ''}{proof}")

    def _actions(self, listed: tuple[str, str] | None) -> QHBoxLayout:
        """What can be done with the step that comes next, below its title."""
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.action)
        if listed is not None:
            self.agenda = Button(listed[0], "link", "meetings", parent=self)
            self.agenda.set_tip(self.tr("Open the agenda that lists it"))
            self.agenda.clicked.connect(self._open_agenda)
            line.addWidget(self.agenda)
        line.addStretch(1)
        return line

    def _action(self, line: StepLine) -> Button:
        if line.state is StepState.DONE:
            name = self.tr("Change or reopen step {number}").format(number=line.number)
            button = Button(kind="ghost", icon="more", size="small", name=name, parent=self)
            button.clicked.connect(self._open_menu)
            return button
        if line.state is StepState.NOW:
            button = Button(self.tr("Close this step"), "link", parent=self)
            button.setAccessibleName(self.tr("Close step {number}").format(number=line.number))
        else:
            name = self.tr("Close step {number}").format(number=line.number)
            button = Button(kind="ghost", icon="check", size="small", name=name, parent=self)
        button.clicked.connect(self._close)
        return button

    @Slot()
    def _close(self) -> None:
        self.close_wanted.emit(self.line.slug)

    @Slot()
    def _reopen(self) -> None:
        self.reopen_wanted.emit(self.line.slug)

    @Slot()
    def _open_agenda(self) -> None:
        self.agenda_wanted.emit(self._meeting_id)

    @Slot()
    def _open_menu(self) -> None:
        self.build_menu().popup(self.action.mapToGlobal(QPoint(0, self.action.height() + 4)))

    def build_menu(self) -> Menu:
        """What can be done with a closed step."""
        menu = Menu(self)
        menu.add(self.tr("Change day, person or proof"), self._close, icon="draft")
        menu.add(self.tr("Reopen the step"), self._reopen, icon="undo")
        return menu


class StepForm(Form):
    """Day, person and proof of a step, in place."""

    def __init__(self, desk: "Desk", line: StepLine, letters: Sequence[Letter], parent: QWidget) -> None:
        super().__init__(boxed=True, parent=parent)
        today = labels.today()
        self.done_on = day_field(self.tr("Done on"), today, required=True)
        people = [(contact.name, contact.email or "") for contact in desk.session.contacts.all()]
        self.by = NameField(self.tr("By"), people)
        self.add_row(("done_on", self.done_on), ("by", self.by))
        kinds = [(None, self.tr("No proof yet")), *((kind, words.proof(kind)) for kind in ProofKind)]
        self.proof_kind = self.add("proof_kind", ChoiceField(self.tr("Proof"), kinds))
        hint = self.tr("E-mail of May 14")
        self.proof_text = self.add(
            "proof_text",
            TextField(self.tr("What it is, and where it is kept"), limit=RECOMMENDED, placeholder=hint),
        )
        step = line.step
        self.done_on.set_value(step.done_on if step else today)
        self.by.set_value(step.by if step else desk.session.who)
        self.proof_kind.set_value(step.proof_kind if step else line.proof)
        self.proof_text.set_value(step.proof_text if step else "")
        if step is None and line.proof is ProofKind.LETTER and letters:
            latest = letters[0]
            self.done_on.set_value(latest.on)
            words_of = self.tr("{channel} of {day}")
            self.proof_text.set_value(
                words_of.format(channel=words.channel(latest.channel), day=labels.day_plain(latest.on))
            )
        self.set_actions(self.tr("Save the step") if step else self.tr("Close the step"), self.tr("Cancel"))


class StepsSection(Section):
    """All steps in their order; the form of one opens below its row. `form_changed`: it opened or went."""

    form_changed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._view: InquiryView | None = None
        self._open: str | None = None
        self.rows: dict[str, StepRow] = {}
        self.form: StepForm | None = None
        self._count = Text("", "meta", "ink-2", parent=self)
        self.set_heading(self.tr("Steps"))
        self.add_aside(self._count)

    def show_view(self, view: "InquiryView") -> None:
        """Show the steps of an inquiry; a form that is open for one of them stays."""
        is_other = self._view is None or self._view.inquiry.id != view.inquiry.id
        if not is_other and self._view is not None and self._view == view and self.rows:
            return
        if not is_other and self.form is not None and self._view and self._view.steps == view.steps:
            self._view = view
            return
        self._view = view
        self._open = None
        self._build()

    def _build(self) -> None:
        view = self._view
        self.clear()
        self.rows, self.form = {}, None
        self.form_changed.emit()
        if view is None:
            return
        count = self.tr("{done} of {all} done").format(done=view.steps_done, all=len(view.steps))
        self._count.setText(count)
        why = self._desk.operations.keeper_reason()
        listed = view.listed[0] if view.listed else None
        shown = view.now.slug if view.now else None
        states = {
            StepState.DONE: self.tr("done"),
            StepState.NOW: self.tr("next"),
            StepState.OPEN: self.tr("open"),
        }
        for at, line in enumerate(view.steps):
            here = (listed.label, listed.meeting.id) if listed and line.slug == shown else None
            row = StepRow(line, states[line.state], here, why, self)
            row.close_wanted.connect(self.open_form)
            row.reopen_wanted.connect(self._reopen)
            row.agenda_wanted.connect(self._go_to_agenda)
            if at:
                self.add(Hairline(parent=self))
            self.add(row)
            self.rows[line.slug] = row

    @Slot(str)
    def open_form(self, slug: str) -> None:
        """Open the form of a step under its row."""
        if self._view is None or slug not in self.rows:
            return
        self._build()
        self._open = slug
        line = self.rows[slug].line
        letters = [letter for letter in self._view.letters if letter.on >= self._view.inquiry.received_on]
        out = [letter for letter in letters if letter.direction.value == "out"]
        self.form = StepForm(self._desk, line, out if slug == "answer" else letters, self)
        self.form.submitted.connect(self._save)
        place = Place(page="inquiries", record_id=self._view.inquiry.id, action=f"step {slug}")
        what = self.tr("a step of {city}").format(city=self._view.city.city.name)
        keep_drafts(self._desk, self.form, f"step:{self._view.inquiry.id}:{slug}", what, place)
        self.form.cancelled.connect(self._cancel)
        self.body.insertWidget(self.body.indexOf(self.rows[slug]) + 1, self.form)
        self.rows[slug].action.setVisible(False)
        self.form_changed.emit()
        self.form.focus_first()

    @Slot()
    def _cancel(self) -> None:
        slug, self._open = self._open, None
        self._build()
        if slug in self.rows:
            self.rows[slug].action.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _save(self) -> None:
        form, slug = self.form, self._open
        if self._view is None or form is None or slug is None:
            return
        self._desk.operations.run(
            self._desk.session.inquiries.close_step,
            self._view.inquiry.id,
            slug,
            done_on=form.done_on.value(),
            by=form.by.value() or None,
            proof_kind=form.proof_kind.value(),
            proof_text=form.proof_text.value() or None,
            form=form,
        )

    @Slot(str)
    def _reopen(self, slug: str) -> None:
        if self._view is not None:
            self._desk.operations.run(self._desk.session.inquiries.reopen_step, self._view.inquiry.id, slug)

    @Slot(str)
    def _go_to_agenda(self, meeting_id: str) -> None:
        self._desk.navigate(Place(page="meetings", tab="agenda", record_id=meeting_id))
