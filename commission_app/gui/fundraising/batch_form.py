"""The grid of a batch: the envelope with its tape, a row for each check, and how far they agree."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.batches import MOST_LINES, BatchDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.errors import ValidationError
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import DraftKeeper
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.batch_cells import BESIDE_ROWS
from commission_app.gui.fundraising.batch_heads import BatchHeads
from commission_app.gui.fundraising.batch_keys import ENTER, BatchKeys
from commission_app.gui.fundraising.batch_row import PAYER, REFERENCE, BatchRow, Envelope
from commission_app.gui.fundraising.batch_tape import Tally, Tape
from commission_app.gui.fundraising.money_fields import today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.messages import Choice
from commission_app.gui.page import Place
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import Hairline

_ROWS: Final = "rows"
#: Of a draft: the payments that its rows were before they were undone, and their sum.
_UNDONE: Final = "undone"
_LINE: Final = re.compile(r"lines\[(\d+)\]\.?(.*)")
_TOLD: Final = 5  # rows that a question names
_WIDTH, _LEAST_HEIGHT = 1600, 120  # of the grid; of its rows, before the envelope scrolls away too


class BatchForm(Form):
    """A batch being entered: the envelope stays in sight, the rows scroll below it. `recorded` sends the
    ids of its payments and their sum; `wrong_shown`: what is wrong is said.
    """

    recorded = Signal(object, object)
    wrong_shown = Signal()

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(width=_WIDTH, parent=parent)
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
        self._lay_out_rows()
        self.saves = self.set_actions(self.tr("Record the batch"), self.tr("Close"))
        self.running = Tape(currency, self)
        self.tells, self.sign = self.running.words, self.running.sign
        self._keys = BatchKeys(self)
        self._last: dict[str, Any] = {}
        self._undone: dict[str, Any] = {}
        self._removed: dict[str, Any] | None = None
        self._removed_at = 0
        self._agreed: frozenset[str] = frozenset()
        self._has_suspects = False
        shared: tuple[Field, ...] = (self.received_on, self.method)
        self._tape: tuple[Field, ...] = (self.count, self.control)
        for field in shared:
            field.changed.connect(self._envelope_changed)
        self.received_on.changed.connect(self._say_closed)
        for field in self._tape:
            field.changed.connect(self._count_up)
        for field in self.envelope_cells():
            field.control().installEventFilter(self._keys)
        self.submitted.connect(self._record)
        self._add_row()
        self._drafts = DraftKeeper(desk, self)
        self.changed.connect(self._drafts.note)
        self.cancelled.connect(self._drafts.tell_kept)

    def _lay_out_rows(self) -> None:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # rows take two lines
        self._grid = QVBoxLayout(holder)
        self._grid.setSpacing(0)
        self._grid.setContentsMargins(0, 0, BESIDE_ROWS, 4)
        self._grid.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        self.heads = BatchHeads(self.area)
        grid = QWidget(self)
        column = QVBoxLayout(grid)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.area, 1)
        column.addWidget(Hairline(parent=grid))
        self.add_widget(grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.give_height()
        theme.notifier().changed.connect(self.give_height)

    @final
    @Slot()
    def give_height(self) -> None:
        """Keep room for some rows, by the text size."""
        self.area.setMinimumHeight(theme.scaled(_LEAST_HEIGHT))

    def begin(self) -> None:
        """Enter a batch; what was typed before stands in the cells."""
        place = Place(page="fundraising", tab="payments", action="batch")
        self._drafts.begin("batch:new", self.tr("a batch of payments"), place)
        if self.is_recorded_again():
            self.take_as_recorded()
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
        self._grid.insertWidget(at, row)
        row.changed.connect(self._row_changed)
        row.removed.connect(self.remove_row)
        row.settled.connect(self._settled)
        for widget in (*(cell.control() for cell in row.cells()), row.split_button, row.remove_button):
            widget.installEventFilter(self._keys)
        row.show()
        self._number()
        self._hand_down()
        return row

    def _number(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            row.set_number(number)
        self._offer_removal()

    def _offer_removal(self) -> None:
        """The empty row at the end stays: the next payment is entered in it."""
        for row in self.rows:
            stays = row is self.rows[-1] and row.is_blank()
            row.remove_button.set_unavailable(
                self.tr("The next payment goes into this row.") if stays else None
            )

    def envelope_cells(self) -> list[Field]:
        """The fields of the envelope that are typed in, in the order of the keyboard."""
        return [self.received_on, *self._tape]

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
        self._offer_removal()
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
    def _say_closed(self) -> None:
        """A day in a closed year is refused while it is typed, before a whole envelope is."""
        day = self.received_on.value()
        if isinstance(day, date):
            try:
                self._desk.session.years.require_open(day)
            except ValidationError as error:
                self.received_on.set_error(error.problems[0].message)

    def _tally(self) -> Tally:
        filled = self._filled()
        return Tally(
            entered=len(filled),
            total=self.total_cents(),
            count=self.count.value(),
            control=self.control.value(),
            doubted=sum(row.is_doubted() for row in filled),
        )

    @Slot()
    def _count_up(self) -> None:
        tally = self._tally()
        self.running.tell(tally)
        for field in self._tape:
            if field.problem() is None:
                field.set_error(None)  # it was said of the rows as they were
        if tally.agrees and self._has_suspects:
            self._has_suspects = False
            for row in self._filled():
                row.say("")

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
        if self._tally().agrees and not self._is_meant():
            return
        draft, typed = self.draft(), self.typed()
        done = self._desk.operations.run(self._desk.session.batches.record, draft, form=self)
        if done is not None:
            self._last = {**typed, _UNDONE: {"ids": list(done.value), "cents": draft.total_cents}}
            self.clear()
            self.recorded.emit(done.value, draft.total_cents)

    def doubtful(self) -> list[BatchRow]:
        """The rows that may be checks entered already."""
        return [row for row in self._filled() if row.is_doubted()]

    def doubts(self) -> list[str]:
        """What is doubted, with the numbers of the rows."""
        said = self.tr("Row {n}: {doubt}")
        return [said.format(n=self.rows.index(row) + 1, doubt=row.doubt.text()) for row in self.doubtful()]

    def _is_meant(self) -> bool:
        """Ask once about rows that may be entered twice; otherwise the keyboard goes to the first of them."""
        rows, doubts = self.doubtful(), self.doubts()
        if self._agreed.issuperset(doubts):
            return True
        told, more = doubts[:_TOLD], len(doubts) - _TOLD
        if more > 0:
            told.append(self.tr("And {count} more.").format(count=more))
        is_meant = self._desk.messages.ask_doubtful(
            labels.counted(
                len(rows),
                self.tr("{count} check may be entered twice. Record the batch?"),
                self.tr("{count} checks may be entered twice. Record the batch?"),
            ),
            self.tr("The same check recorded twice is money that never came."),
            doing=self.tr("Record all the same"),
            safe=self.tr("Look again"),
            doubts=told,
        )
        if is_meant:
            self._agreed = frozenset(doubts)
        else:
            rows[0].focus(REFERENCE)
        return is_meant

    def bring_back_undone(self) -> None:
        """The rows of the batch that was recorded last stand here again."""
        self.bring_back(self._last)

    def is_recorded_again(self) -> bool:
        """Whether what stands here is a batch that was undone and is in the record after all."""
        ids = self._undone.get("ids", ())
        return bool(ids) and len(self._desk.session.payments.lines(ids)) == len(ids)

    def take_as_recorded(self) -> tuple[list[str], int]:
        """Forget the rows that are in the record again; the ids of their payments and their sum."""
        ids, cents = self._undone["ids"], self._undone["cents"]
        self._last = self.typed()
        self.clear()
        self._drafts.forget()
        return ids, cents

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
        self._has_suspects = bool(own)
        if first is not None and not own:
            first.focus_problem()
        self.wrong_shown.emit()

    def shown_row(self) -> BatchRow | None:
        """The row that has to be in sight: the one with the keyboard, else the first with something wrong."""
        at = self.area.focusWidget()
        own = (row for row in self.rows if at is not None and at.hasFocus() and row.isAncestorOf(at))
        return next(own, None) or next((row for row in self.rows if row.problem.text()), None)

    def clear(self) -> None:
        """An empty grid."""
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self._undone, self._agreed = [], {}, frozenset()
        for field in self._tape:
            field.set_value(None)
        self._add_row()
        self._count_up()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the editor of a row goes on in it; only Ctrl+Enter records from a cell."""
        is_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and not is_control:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

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
            if self._undone:
                found[_UNDONE] = self._undone
        return found

    @override
    def bring_back(self, typed: Mapping[str, Any]) -> None:
        super().bring_back(typed)
        self._undone = dict(typed.get(_UNDONE, {}))
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
