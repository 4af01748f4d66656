"""The grid of a batch: the envelope with its tape, a row for each check, and how far they agree.

Enter goes to what has to be typed next and makes the next row, Tab through every cell; Up and Down stay in
the column, Ctrl+D repeats the cell above, Ctrl+Space opens the editor of the row, Ctrl+Del removes it,
Ctrl+Enter records the batch.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.batches import MOST_LINES, BatchDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import DraftKeeper
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.batch_heads import BatchHeads
from commission_app.gui.fundraising.batch_row import METHOD, PAYER, REFERENCE, BatchRow, Envelope
from commission_app.gui.fundraising.money_fields import today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.messages import Choice
from commission_app.gui.page import Place
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import IconLabel, Text

_ROWS: Final = "rows"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE: Final = re.compile(r"lines\[(\d+)\]\.?(.*)")


class BatchForm(Form):
    """A batch being entered. `recorded` sends the ids of its payments and their sum."""

    recorded = Signal(object, object)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(width=1100, parent=parent)
        self._desk, self._currency = desk, currency
        self.received_on = day_field(self.tr("Received"), labels.today(), required=True)
        self.method = ChoiceField(
            self.tr("Method"), [(value, words.method(value)) for value in PaymentMethod]
        )
        self.count = NumberField(self.tr("How many"), least=1, most=MOST_LINES, required=True)
        self.control = words.money_field(
            self.tr("Total on the tape"),
            currency,
            required=True,
            help_text=self.tr("From your adding machine"),
        )
        self.add_row(
            ("received_on", self.received_on),
            ("method", self.method),
            ("count", self.count),
            ("control_cents", self.control),
        )
        self.received_on.set_value(labels.today())
        self.method.set_value(PaymentMethod.CHECK)
        self.rows: list[BatchRow] = []
        self.heads = BatchHeads(self)
        self._grid = QVBoxLayout()
        self._grid.setSpacing(0)
        self._grid.addWidget(self.heads)
        holder = QWidget(self)
        holder.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.add_widget(holder)
        self.saves = self.set_actions(self.tr("Record the batch"), self.tr("Close"))
        self._make_running()
        self.recorded_rows: dict[str, Any] = {}
        self._removed: dict[str, Any] | None = None
        self._removed_at = 0
        shared: tuple[Field, ...] = (self.received_on, self.method)
        self._tape: tuple[Field, ...] = (self.count, self.control)
        for field in shared:
            field.changed.connect(self._envelope_changed)
        for field in self._tape:
            field.changed.connect(self._count_up)
            field.control().installEventFilter(self)
        self.received_on.control().installEventFilter(self)
        self.submitted.connect(self._record)
        self._add_row()
        self._drafts = DraftKeeper(desk, self)
        self.changed.connect(self._drafts.note)
        self.cancelled.connect(self._drafts.tell_kept)

    def _make_running(self) -> None:
        """The line that tells how far the rows agree with the tape; it stands beside the buttons."""
        self.running = QWidget(self)
        self.sign = IconLabel("pending", "ink-2", 18, self.running)
        self.tells = Text("", "strong", wrap=True, parent=self.running)
        row = QHBoxLayout(self.running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.tells, 1)

    def begin(self) -> None:
        """Enter a batch; what was typed before stands in the cells."""
        place = Place(page="fundraising", tab="payments", action="batch")
        self._drafts.begin("batch:new", self.tr("a batch of payments"), place)
        if not self._filled():
            self.count.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count_up()

    # Rows

    def _envelope(self) -> Envelope:
        return Envelope(today_or(self.received_on.value()), self.method.value(), self._currency)

    def _add_row(self, at: int | None = None) -> BatchRow:
        row = BatchRow(self._desk, self._envelope(), self)
        at = len(self.rows) if at is None else at
        self.rows.insert(at, row)
        self._grid.insertWidget(at + 1, row)
        row.changed.connect(self._row_changed)
        row.removed.connect(self.remove_row)
        row.settled.connect(self._settled)
        for widget in (*(cell.control() for cell in row.cells()), row.split_button, row.remove_button):
            widget.installEventFilter(self)
        row.show()
        self._number()
        self._hand_down()
        return row

    def _number(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            row.set_number(number)
            row.remove_button.setVisible(True)

    def _filled(self) -> list[BatchRow]:
        return [row for row in self.rows if not row.is_blank()]

    @Slot(object)
    def remove_row(self, row: BatchRow) -> None:
        """Take a row out; it can be put back."""
        at = self.rows.index(row)
        if row.is_blank() and at == len(self.rows) - 1:
            return
        self._removed, self._removed_at = row.typed(), at
        had_focus = row.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.rows.remove(row)
        self._grid.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._number()
        self._hand_down()
        if had_focus:
            self.rows[min(at, len(self.rows) - 1)].focus(PAYER)
        said = self.tr("Row {n} is removed.").format(n=at + 1)
        self._desk.messages.offer(said, Choice(self.tr("Put it back"), self.put_back))
        self._count_up()
        self.changed.emit()

    @Slot()
    def put_back(self) -> None:
        """Bring the row back that was removed last."""
        if self._removed is not None:
            row = self._add_row(min(self._removed_at, len(self.rows)))
            row.bring_back(self._removed)
            self._removed = None
            self._desk.messages.clear()
            row.focus(PAYER)
            self.changed.emit()

    @Slot()
    def _row_changed(self) -> None:
        if not self.rows[-1].is_blank() and len(self.rows) < MOST_LINES:
            self._add_row()
        else:
            self._hand_down()
        self._count_up()
        self.changed.emit()

    def _hand_down(self) -> None:
        """Let each row know those above it."""
        before: list[PaymentDraft] = []
        newcomers: list[ContactDraft] = []
        for row in self.rows:
            row.set_before(before, newcomers)
            if row.is_blank():
                continue
            newcomer = row.newcomer()
            if newcomer is not None and newcomer not in newcomers:
                newcomers.append(newcomer)
            if row.amount.value():
                before.append(row.draft())

    @Slot()
    def _envelope_changed(self) -> None:
        envelope = self._envelope()
        for row in self.rows:
            row.set_envelope(envelope)

    # The tape

    def total_cents(self) -> int:
        """What the rows add up to."""
        return sum(row.amount.value() or 0 for row in self.rows)

    @Slot()
    def _count_up(self) -> None:
        entered, total = len(self._filled()), self.total_cents()
        count, control = self.count.value(), self.control.value()
        money = words.money(total, self._currency, sign=True)
        if count is None or control is None:
            one, many = self.tr("{count} check, {amount}"), self.tr("{count} checks, {amount}")
            text = (one if entered == 1 else many).format(count=entered, amount=money)
            self._tell(text, "pending", "ink-2")
            return
        text = self.tr("{entered} of {count} checks, {amount} of {control}: {rest}").format(
            entered=entered,
            count=count,
            amount=money,
            control=words.money(control, self._currency, sign=True),
            rest=self._rest(control - total),
        )
        if entered == count and total == control:
            self._tell(text, "ok", "ok")
        elif entered > count or total > control or entered == count:
            self._tell(text, "warning", "warn")
        else:
            self._tell(text, "pending", "ink-2")

    def _rest(self, cents: int) -> str:
        if not cents:
            return self.tr("agrees")
        text = self.tr("{amount} to go") if cents > 0 else self.tr("{amount} too much")
        return text.format(amount=words.money(abs(cents), self._currency, sign=True))

    def _tell(self, text: str, icon: str, colour: str) -> None:
        self.tells.setText(text)
        self.tells.set_colour("ink" if colour == "ink-2" else colour)
        self.sign.set_icon(icon, colour)

    # The keyboard

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and isinstance(watched, LineEdit):
            if event.reason() not in _PASSING:
                watched.setCursorPosition(0)  # a long name is read from its beginning
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _OWN_KEYS:
                event.accept()
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            found = self._place_of(watched)
            if found is not None:
                return self._pressed_in(*found, event)
            if event.key() in _ENTER:
                return self._go_on_from(watched, event)
        return super().eventFilter(watched, event)

    def _place_of(self, watched: QObject) -> tuple[BatchRow, int] | None:
        for row in self.rows:
            controls: list[QObject] = [cell.control() for cell in row.cells()]
            if watched in controls:
                return row, controls.index(watched)
            if watched in (row.split_button, row.remove_button):
                return row, REFERENCE + 1
        return None

    def _go_on_from(self, watched: QObject, event: QKeyEvent) -> bool:
        """Enter in the envelope goes to its next field, and from the last one to the first row."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
            return True
        fields: list[Field] = [self.received_on, *self._tape]
        at = next(at for at, field in enumerate(fields) if field.control() is watched)
        fields[at].commit()
        if at + 1 < len(fields):
            fields[at + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rows[0].focus(PAYER)
        return True

    def _pressed_in(self, row: BatchRow, cell: int, event: QKeyEvent) -> bool:
        key, at = event.key(), self.rows.index(row)
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and key in _ENTER:
            self.submit()
        elif is_control and key == Qt.Key.Key_Space:
            row.toggle_split()
        elif key == Qt.Key.Key_Delete and (is_control or cell > REFERENCE):
            self.remove_row(row)
        elif cell > REFERENCE:
            return False
        elif is_control and key == Qt.Key.Key_D and at:
            row.repeat(cell, self.rows[at - 1])
            row.focus(cell)
        elif key in _ENTER:
            return self._enter(row, cell)
        elif key in _STEPS and cell != METHOD and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            other = at + _STEPS[key]
            if not 0 <= other < len(self.rows):
                return False
            self.rows[other].focus(cell)
        else:
            return False
        return True

    def _enter(self, row: BatchRow, cell: int) -> bool:
        """Enter: to what is to be typed next, from the end of a row to the next one, from a blank one to the
        button. A name that is not decided yet is left to its cell.
        """
        if row.is_blank():
            self.saves.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        lookup = {PAYER: row.payer, PAYER + 1: row.target}.get(cell)
        if lookup is not None and lookup.value() is None:
            return False
        onward = row.next_cell(cell)
        if onward is None:
            self.rows[self.rows.index(row) + 1].focus(PAYER)
        else:
            row.focus(onward)
        return True

    @Slot(object, int)
    def _settled(self, row: BatchRow, cell: int) -> None:
        onward = row.next_cell(cell)
        if onward is not None:
            row.focus(onward)

    # Recording

    @override
    def problems(self) -> dict[str, str]:
        found = super().problems()
        for at, row in enumerate(self._filled()):
            found |= {f"lines[{at}].{name}": message for name, message in row.problems().items()}
        return found

    def draft(self) -> BatchDraft:
        """The batch as it stands."""
        lines = tuple(row.line() for row in self._filled())
        return BatchDraft(lines=lines, count=self.count.value(), control_cents=self.control.value())

    @Slot()
    def _record(self) -> None:
        draft, typed = self.draft(), self.typed()
        done = self._desk.operations.run(self._desk.session.batches.record, draft, form=self)
        if done is not None:
            self.recorded_rows = typed
            self.clear()
            self.recorded.emit(done.value, draft.total_cents)

    @override
    def show_errors(self, errors: Mapping[str, str]) -> None:
        own: dict[str, str] = {}
        filled = self._filled()
        for row in self.rows:
            row.clear_problems()
        first: BatchRow | None = None
        for path, message in errors.items():
            match = _LINE.fullmatch(path)
            if match is None:
                own[path] = message
                continue
            row = filled[int(match[1])]
            row.show_problem(match[2], message)
            first = first or row
        super().show_errors(own)
        if first is not None and not own:
            first.focus_problem()

    def clear(self) -> None:
        """An empty grid."""
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for field in self._tape:
            field.set_value(None)
        self._add_row()
        self._count_up()

    # Drafts

    @override
    def is_changed(self) -> bool:
        return bool(self._filled()) or super().is_changed()

    @override
    def typed(self) -> dict[str, Any]:
        found = super().typed()
        rows = [row.typed() for row in self._filled()]
        if rows:
            day: date | None = self.received_on.value()
            found["received_on"] = day.isoformat() if day else self.received_on.typed()
            found[_ROWS] = rows
        return found

    @override
    def bring_back(self, typed: Mapping[str, Any]) -> None:
        super().bring_back(typed)
        self._envelope_changed()
        for kept in typed.get(_ROWS, ()):
            self.rows[-1].bring_back(kept)
            if not self.rows[-1].is_blank():
                self._add_row()
        self._count_up()
        if self._filled():
            self.rows[-1].focus(PAYER)

    @override
    def reset(self) -> None:
        self.clear()
        super().reset()


_PASSING: Final = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OWN_KEYS: Final = (Qt.Key.Key_D, Qt.Key.Key_Space, Qt.Key.Key_Delete, *_ENTER)
