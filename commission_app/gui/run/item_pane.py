"""The middle of the run screen: the current item, the motion before the meeting, what is being entered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.run import words
from commission_app.gui.run.button_row import ButtonRow
from commission_app.gui.run.closed_motions import ClosedMotions
from commission_app.gui.run.motion_box import MotionBox, VotePart
from commission_app.gui.run.shown import ResultShown
from commission_app.gui.run.time_bar import TimeBar
from commission_app.gui.widgets.buttons import Button, Kind, Size
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.domain.agenda_layout import NumberedSection
    from commission_app.gui.run.keys import Do
    from commission_app.services.proceedings_reading import MotionView, SittingView

_LONG = 140  # letters from which on a title is written smaller


class Told(Panel):
    """Something that is over or waits, large: a result that is announced, a recess, the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self._icon = IconLabel("ok", "ok", 28, self)
        self.words = Paragraph("", "run-result", parent=self)
        self.rule = Paragraph("", "run-body", "ink-2", self)
        self.effect = Paragraph("", "run-motion", parent=self)
        told = QVBoxLayout()
        told.setSpacing(4)
        for part in (self.words, self.rule, self.effect):
            told.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        self.column.addLayout(row)

    def tell(self, result: ResultShown) -> None:
        """Say it."""
        self._icon.set_icon(result.said.icon, result.said.colour)
        self.words.setText(result.said.text)
        self.words.set_colour("ink" if result.said.colour == "ok" else result.said.colour)
        for part, text in ((self.rule, result.rule), (self.effect, result.effect)):
            part.setText(text)
            part.setVisible(bool(text))


class ItemPane(QWidget):
    """`wanted` sends what a button of the pane asks for. What is to be pressed next stands under what
    scrolls, so that it is always in sight.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setSpacing(0)
        self.foot = QWidget()
        self._foot = QVBoxLayout(self.foot)
        self._foot.setSpacing(0)
        self.section = Paragraph("", "run-body", "ink-2", self)
        self.time = TimeBar(self)
        self.letter = Text("", "run-item", "accent", parent=self)
        self.title = Paragraph("", "run-item", parent=self)
        self.facts = Paragraph("", "run-body", "ink-2", self)
        self.told = Told(self)
        self.motion = MotionBox(self)
        self.votes = VotePart(self)
        self.earlier = ClosedMotions(self)
        self.forms = QVBoxLayout()
        self.row = ButtonRow(self)
        self.row.hide()
        self._offered: tuple[tuple[Do, str, str], ...] = ()
        self._is_small = False
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.section, 1)
        head.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        title = QHBoxLayout()
        title.setSpacing(18)
        title.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self.title, 1)
        self.column.addLayout(head)
        self.column.addSpacing(8)
        self.column.addLayout(title)
        self.column.addSpacing(8)
        self.column.addWidget(self.facts)
        self.column.addSpacing(10)
        cards = QVBoxLayout()
        cards.setSpacing(12)
        cards.addLayout(self.forms)
        for part in (self.told, self.motion):
            cards.addWidget(part)
        self.column.addLayout(cards)
        self.column.addWidget(self.votes)
        self.column.addSpacing(16)
        self.column.addWidget(self.earlier)
        self.column.addStretch(1)
        self._foot.addWidget(self.votes.end)
        self._foot.addWidget(self.row)
        self.scroller = FormScroll(parent=self)
        self.scroller.show_widget(self._inside)
        self.scroller.dock(self.foot)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.scroller)
        self.set_narrow(False)

    def show_item(self, view: "SittingView", section: "NumberedSection | None", *, recommends: bool) -> None:
        """Show the current item, with what it recommends; the section where that has no items; or the meeting
        where there is none.
        """
        line = view.current
        self.letter.setVisible(line is not None and bool(line.letter))
        self.time.setVisible(line is not None)
        if line is None and section is not None:
            self.section.setText(self.tr("Section {number}").format(number=section.number))
            self._set_title(section.title)
            self.facts.hide()
            return
        if line is None:
            self.section.setText(view.meeting.place or "")
            self._set_title(self._meeting_title(view))
            self.facts.hide()
            return
        self.section.setText(f"{line.number}. {line.title}")
        self.letter.setText(line.letter)
        self._set_title(line.item.title)
        facts = []
        if line.item.presenter:
            facts.append(self._presented(view, line.item.presenter))
        if line.item.recommended_action and recommends:
            text = self.tr("Recommended: {action}")
            facts.append(text.format(action=line.item.recommended_action))
        if not line.may_act:
            facts.append(self.tr("Not on the posted agenda: vote first on taking it up."))
        self.facts.setText("\n".join(facts))
        self.facts.setVisible(bool(facts))

    def _presented(self, view: "SittingView", name: str) -> str:
        found = next((line for line in view.lines if line.name == name), None)
        if found is not None and found.entry is not None and not (found.person and found.person.is_here):
            return self.tr("Presented by {name} (absent)").format(name=name)
        return self.tr("Presented by {name}").format(name=name)

    def _meeting_title(self, view: "SittingView") -> str:
        if view.course.adjourned_at is not None:
            return self.tr("The meeting is adjourned")
        if view.course.called_at is None:
            return self.tr("Before the call to order")
        return self.tr("No item is before the meeting")

    def _set_title(self, text: str) -> None:
        role = "run-item" if len(text) <= _LONG and not self._is_small else "run-motion"
        self.title.set_role(role)
        self.letter.set_role(role)
        self.title.setText(text)

    def show_motion(
        self, view: "MotionView | None", amended: "MotionView | None" = None, *, usable: bool, votes: bool
    ) -> None:
        """Show the motion that is to be voted on, or none; `amended`: the motion that it would change;
        `votes`: the vote goes on, and nothing is entered over it.
        """
        self.motion.setVisible(view is not None)
        self.votes.setVisible(view is not None and votes)
        self.votes.end.setVisible(view is not None and votes)
        if view is not None:
            self.motion.show_motion(words.motion(view, amended), usable=usable)
            shown = words.voters(view)
            self.votes.show_votes(shown, view.motion.method, words.prospect(view), usable=usable)

    def show_told(self, result: ResultShown | None) -> None:
        """Announce something, or nothing any more."""
        self.told.setVisible(result is not None)
        if result is not None:
            self.told.tell(result)

    def offer(self, *buttons: "tuple[Do, str, str]") -> None:
        """Offer what comes next: what it does, its words, its key; the first one is the primary."""
        if buttons == self._offered:
            return
        self._offered = buttons
        self._show_offers()

    def _show_offers(self) -> None:
        """The buttons of what is offered; where there is little room the first one, the keys do the rest."""
        self.row.clear()
        buttons = self._offered[:1] if self._is_small else self._offered
        for at, (do, text, key) in enumerate(buttons):
            kind: Kind = "primary" if at == 0 else "secondary"
            size: Size = "run-large" if at == 0 else "run"
            button = Button(text, kind, size=size, key=key, parent=self.row)
            button.setProperty("do", do.value)
            button.clicked.connect(self._pressed)
            self.row.add(button)
        self.row.setVisible(bool(buttons))

    @Slot()
    def _pressed(self) -> None:
        from commission_app.gui.run.keys import Do

        button = self.sender()
        if button is not None:
            self.wanted.emit(Do(button.property("do")))

    def open_form(self, form: QWidget) -> None:
        """Put something to be entered above everything else; the buttons of a form stay in sight."""
        self.forms.addWidget(form)
        if isinstance(form, Form) and form.button_row is not None:
            self._foot.insertWidget(0, form.button_row)

    def drop_form(self, form: QWidget) -> None:
        """Take away what was entered, with its buttons."""
        buttons = form.button_row if isinstance(form, Form) else None
        for part in (form, buttons):
            if part is not None:
                part.hide()
                part.deleteLater()
        self.forms.removeWidget(form)
        if buttons is not None:
            self._foot.removeWidget(buttons)

    def bring(self, part: QWidget) -> None:
        """Scroll until a part can be seen, whatever was just put beside it."""
        for holder in (self._inside, self.foot, self.scroller, self):
            if (layout := holder.layout()) is not None:
                layout.activate()
        if self._inside.isAncestorOf(part):
            self.scroller.area.ensureWidgetVisible(part, 0, 24)
            QTimer.singleShot(0, self, self._bring_focused)

    @Slot()
    def _bring_focused(self) -> None:
        """Once everything has its place: scroll to what has the keyboard."""
        focused = self.focusWidget()
        if focused is not None and self._inside.isAncestorOf(focused):
            self.scroller.area.ensureWidgetVisible(focused, 0, 24)

    def set_narrow(self, narrow: bool, small: bool = False) -> None:
        """Less room at the sides; `small`: little room in all, so that titles are written smaller."""
        if small != self._is_small:
            self._is_small = small
            self._set_title(self.title.text())
            self._show_offers()
        side = 24 if narrow else 40
        self.column.setContentsMargins(side, 18, side, 4)
        self._foot.setContentsMargins(side, 0, side, 0)
