"""Somebody at the table by one or two keystrokes: the number of the seat, initials, or how a name begins."""

from dataclasses import dataclass
from typing import Unpack

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from commission_app.domain.text import fold
from commission_app.gui import labels
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.field import Field, FieldOptions


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be named: the key of the seat, the name, and why not, where it is so."""

    contact_id: str
    name: str
    cap: str
    why_not: str = ""


def matching(candidates: tuple[Candidate, ...], text: str) -> list[Candidate]:
    """Whom a text means: the seat of that number, else who has these initials, else whose names begin so."""
    typed = fold(text)
    if not typed:
        return []
    if same := [each for each in candidates if each.cap.casefold() == typed and typed.isdigit()]:
        return same
    words = typed.split()
    begun = [
        each
        for each in candidates
        if all(any(part.startswith(word) for part in _parts(each.name)) for word in words)
    ]
    exact = [each for each in candidates if len(typed) > 1 and fold(labels.initials(each.name)) == typed]
    return exact if len(exact) == 1 else begun or exact


def _parts(name: str) -> list[str]:
    return [*fold(name.replace("-", " ")).split(), fold(name)]


class PersonField(Field):
    """`taken` tells that the text means one person, so that the keyboard may go on to the next field."""

    taken = Signal()

    def __init__(self, label: str, **options: Unpack[FieldOptions]) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        self._candidates: tuple[Candidate, ...] = ()
        self._chosen: Candidate | None = None
        edit.setPlaceholderText(self.tr("Seat number, initials or name"))
        edit.textEdited.connect(self._typed)
        edit.editingFinished.connect(self._left)
        edit.installEventFilter(self)
        self.set_value(None)

    def set_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        """Who can be named."""
        self._candidates = candidates

    @override
    def value(self) -> str | None:
        return self._chosen.contact_id if self._chosen else None

    @override
    def typed(self) -> str:
        return self.edit.text()

    @override
    def _show(self, value: str | None) -> None:
        self._chosen = next((each for each in self._candidates if each.contact_id == value), None)
        self.edit.setText(self._chosen.name if self._chosen else "")

    @override
    def problem(self) -> str | None:
        text = self.edit.text().strip()
        if text and self._chosen is None:
            found = matching(self._candidates, text)
            if len(found) > 1:
                names = ", ".join(each.name for each in found[:3])
                return self.tr("Several are meant: {names}. Type more of the name.").format(names=names)
            if found and found[0].why_not:
                return found[0].why_not
            return self.tr("Nobody at the table is called so.")
        return super().problem()

    @Slot(str)
    def _typed(self, text: str) -> None:
        """A number names a seat at once, letters name somebody as soon as only one is meant."""
        self._chosen = None
        found = matching(self._candidates, text)
        self._edited()
        self._set_echo("")
        if len(found) != 1:
            return
        if found[0].why_not:
            self.set_error(found[0].why_not)
            return
        self._chosen = found[0]
        if text.strip().isdigit():
            self._take()
        else:
            self._set_echo(found[0].name)

    def _take(self) -> None:
        if self._chosen is not None:
            self._set_echo("")
            self.edit.setText(self._chosen.name)
            self.edit.selectAll()
            self._commit()
            self.taken.emit()

    @Slot()
    def _left(self) -> None:
        if self._chosen is not None:
            self._set_echo("")
            self.edit.setText(self._chosen.name)
            self._commit()
        elif self.edit.text().strip():
            self.set_error(self.problem())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the one who is meant and goes on to the next field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and self._chosen is not None:
                self._take()
                return True
        return super().eventFilter(watched, event)
