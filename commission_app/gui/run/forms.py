"""What is entered while a meeting runs: a motion, an action item, a speaker, an item beside the agenda."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_day
from commission_app.domain.proceedings import AddedGround
from commission_app.gui.run.person_field import Candidate, PersonField
from commission_app.gui.widgets.fields import RadioField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.parsed_fields import DateField
from commission_app.gui.widgets.text import Paragraph

_WIDTH = 760


class RunForm(Form):
    """A boxed form over the item; its fields are named as the rules name what is wrong with them. `sentence`
    says below the title what it does.
    """

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(boxed=True, width=_WIDTH, parent=parent)
        self.add_heading(title)
        self.sentence = Paragraph(sentence, "run-body", "ink-2", self)
        self.sentence.setVisible(bool(sentence))
        if sentence:
            self.add_widget(self.sentence)
        self._reached: QWidget | None = None
        self._asked = False

    def go_on_to(self, part: QWidget) -> None:
        """Bring the keyboard on by itself; a Tab that is pressed out of habit right then stays there."""
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._reached = part.focusProxy() or part
        self._reached.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._reached and event.type() in (QEvent.Type.KeyPress, QEvent.Type.FocusOut):
            watched.removeEventFilter(self)
            self._reached = None
            return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc asks once before what was typed is dropped."""
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape and not self._asked and self.typed():
            self._asked = True
            self.show_errors({"": self.tr("This is not recorded yet. Esc again drops it.")})
            return
        self._asked = False
        super().keyPressEvent(event)

    def begin(self) -> None:
        """Give the keyboard to the first field."""
        self.focus_first()


class MovedForm(RunForm):
    """A form with who moves and who seconds; each goes on to the next when somebody is named."""

    def __init__(self, title: str, sentence: str = "") -> None:
        super().__init__(title, sentence)
        self.mover = PersonField(self.tr("Moved by"))
        self.second = PersonField(self.tr("Second"))
        self.mover.taken.connect(self._to_second)
        self.second.taken.connect(self._to_save)

    def add_movers(self, candidates: tuple[Candidate, ...]) -> None:
        """Add the two fields side by side."""
        for field in (self.mover, self.second):
            field.set_candidates(candidates)
        self.add_row(("mover_id", self.mover), ("seconder_id", self.second))

    @Slot()
    def _to_second(self) -> None:
        self.go_on_to(self.second)

    @Slot()
    def _to_save(self) -> None:
        if self.save is not None:
            self.go_on_to(self.save)


class MotionForm(MovedForm):
    """The text, who moved it, who seconded it: two keystrokes where the item recommends the text."""

    def __init__(self, title: str, text: str, candidates: tuple[Candidate, ...], save: str) -> None:
        super().__init__(title)
        area = TextAreaField(self.tr("Text of the motion"), required=True, least=2, most=8)
        self.text = self.add("text", area)
        self.add_movers(candidates)
        self.set_actions(save, self.tr("Cancel"))
        self.text.set_value(text)

    @override
    def begin(self) -> None:
        empty = [field for field in (self.text, self.mover, self.second) if not field.value()]
        if empty[:1] in ([], [self.text]):
            self.begin_with_text()
        else:
            empty[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_with_text(self) -> None:
        """Give the keyboard to the end of the text."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.area.moveCursor(QTextCursor.MoveOperation.End)


class ConsentForm(MovedForm):
    """Who moves the consent calendar as a whole, and who seconds it, under what it approves."""

    def __init__(self, title: str, approves: str, candidates: tuple[Candidate, ...], save: str) -> None:
        super().__init__(title, approves)
        self.add_movers(candidates)
        self.set_actions(save, self.tr("Cancel"))


class AddItemForm(MovedForm):
    """Something that is not on the agenda: what, why it may be taken up, who moves that."""

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(self.tr("Take up an item that is not on the agenda"))
        self.title = self.add("title", TextField(self.tr("What it is"), required=True))
        grounds = (
            (
                AddedGround.AROSE_AFTER_POSTING,
                self.tr("The need arose after posting: two thirds of the members present agree"),
            ),
            (AddedGround.EMERGENCY, self.tr("An emergency: a majority agrees")),
        )
        self.ground = self.add("ground", RadioField(self.tr("Why it may be taken up"), grounds))
        self.ground.set_value(AddedGround.AROSE_AFTER_POSTING)
        self.add_movers(candidates)
        self.set_actions(self.tr("Put it to the vote"), self.tr("Cancel"))


class ActionForm(RunForm):
    """What somebody must do, and by when; without a day by the next meeting. `save` is the doing button."""

    def __init__(self, candidates: tuple[Candidate, ...], today: date, save: str) -> None:
        super().__init__(self.tr("Action item"))
        self._today = today
        self.what = self.add("text", TextField(self.tr("What is to be done"), required=True))
        self.who = PersonField(self.tr("Who"))
        self.who.set_candidates(candidates)
        self.due = DateField(
            self.tr("By"), self._parse, today=today, help_text=self.tr("Empty: by the next meeting")
        )
        self.add_row(("contact_id", self.who), ("due_on", self.due))
        self.set_actions(save, self.tr("Cancel"))
        self.who.taken.connect(self._to_due)

    def _parse(self, text: str) -> date:
        return parse_day(text, today=self._today)

    @Slot()
    def _to_due(self) -> None:
        self.go_on_to(self.due)


class SpeakerForm(RunForm):
    """A member of the public who speaks; nobody has to give a name."""

    def __init__(self, count: int) -> None:
        super().__init__(self.tr("Public speaker {number}").format(number=count + 1))
        self.name = self.add(
            "name", TextField(self.tr("Name"), help_text=self.tr("Nobody has to give a name."))
        )
        self.about = self.add("text", TextField(self.tr("What about")))
        self.set_actions(self.tr("Begin the time"), self.tr("Cancel"))


class ReconsiderForm(RunForm):
    """Who moves to reconsider a vote."""

    def __init__(self, title: str, sentence: str, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(title, sentence)
        self.mover = PersonField(self.tr("Moved by"), required=True)
        self.mover.set_candidates(candidates)
        self.add("mover_id", self.mover)
        self.set_actions(self.tr("Reconsider"), self.tr("Cancel"))
        self.mover.taken.connect(self._to_save)

    @Slot()
    def _to_save(self) -> None:
        if self.save is not None:
            self.go_on_to(self.save)


class ReasonForm(RunForm):
    """Why a closed motion is voided, or voided and put again."""

    def __init__(self, title: str, sentence: str, save: str) -> None:
        super().__init__(title, sentence)
        self.reason = self.add("reason", TextField(self.tr("Reason"), required=True))
        self.set_actions(save, self.tr("Cancel"))
