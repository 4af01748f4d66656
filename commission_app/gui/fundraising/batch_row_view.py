"""How a row of a batch looks: its cells side by side or in two lines, and what is said below them."""

from typing import Final, final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.payments import PaymentMethod
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.batch_cells import ROOM, SINGLE, WIDE, PayerCell, TargetCell, amount_cell
from commission_app.gui.fundraising.batch_split import BatchSplit
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.text import Hairline, IconLabel, Paragraph, Text

PAYER, TARGET, AMOUNT, METHOD, REFERENCE = range(5)
#: The cells by the fields of a payment, in their order.
NAMES: Final = ("payer_id", "campaign_id", "amount_cents", "method", "reference")


class _Remark(QWidget):
    """A sentence with its sign; nothing at all without one."""

    def __init__(self, icon: str, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Paragraph("", "label", colour, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(icon, colour, 16, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence, or nothing."""
        self.words.setText(text)
        self.setVisible(bool(text))


class RowView(QWidget):
    """The cells of one check with their two buttons. Below them stand the note, the doubt, what is wrong (the
    cells are too narrow for sentences), and the editor of the row.
    """

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = Text("", "meta", "ink-3", parent=self)
        self.payer = PayerCell(desk, self)
        self.target = TargetCell(desk, currency, self)
        self.amount = amount_cell(currency, self)
        self.method = ChoiceField(
            "", [(value, words.method(value)) for value in PaymentMethod], name=self.tr("Method"), parent=self
        )
        self.reference = TextField(
            "", placeholder=self.tr("Number"), name=self.tr("Check number or reference"), parent=self
        )
        self.split_button = Button("", "icon", "down", "small", name=self.tr("Split or change"), parent=self)
        self.remove_button = Button("", "icon", "close", "small", name=self.tr("Remove the row"), parent=self)
        self.split = BatchSplit(desk, currency, self)
        self.split.hide()
        self.note = Paragraph("", "meta", "ink-2", parent=self)
        self.note.hide()
        self._parted = _Remark("warning", "warn", self)
        self._doubt = _Remark("warning", "warn", self)
        self._trouble = _Remark("overdue", "over", self)
        self.parted, self.doubt, self.problem = self._parted.words, self._doubt.words, self._trouble.words
        self._wrong = ""
        self._lay_out()
        for cell in self.cells():
            cell.say_elsewhere()
            cell.told.connect(self._tell)

    def _lay_out(self) -> None:
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._cells = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top = Qt.AlignmentFlag.AlignTop
        self._left.addWidget(self.number, 0, top)
        self._left.addWidget(self.payer, WIDE[0], top)
        self._left.addWidget(self.target, WIDE[1], top)
        for field in (self.amount, self.method, self.reference):
            self._right.addWidget(field, 0, top)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 2, 0, 2)
        buttons.setSpacing(8)
        buttons.addWidget(self.split_button)
        buttons.addWidget(self.remove_button)
        self._right.addLayout(buttons)
        self._right.setAlignment(buttons, top)
        self._right.addStretch(1)
        for row in (self._left, self._right):
            row.setSpacing(8)
        self._cells.setSpacing(8)
        self._cells.addLayout(self._left, 1)
        self._cells.addLayout(self._right)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        for part in (self.note, self._parted, self._doubt, self._trouble, self.split):
            self._below.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(self._cells)
        column.addLayout(self._below)
        column.addWidget(Hairline(parent=self))
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the widths from the text size again."""
        self.number.setFixedWidth(theme.scaled(22))
        for field, width in zip((self.amount, self.method, self.reference), ROOM, strict=True):
            field.setFixedWidth(theme.scaled(width))
        for cell in self.cells():
            control = cell.control()
            control.ensurePolished()
            control.setMinimumHeight(0)
            control.setMinimumHeight(control.sizeHint().height())  # what is said below takes none of it
        self.number.setFixedHeight(self.payer.control().minimumHeight())
        self._below.setContentsMargins(theme.scaled(22) + 8, 0, 0, 0)
        self._arrange()

    def is_stacked(self) -> bool:
        """Whether the cells stand in two lines, because the text is large or the window small."""
        return self._cells.direction() is QBoxLayout.Direction.TopToBottom

    def _arrange(self) -> None:
        beside = self.width() >= theme.scaled(SINGLE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way is not self._cells.direction():
            self._cells.setDirection(way)
        indent = 0 if beside else theme.scaled(22) + 8
        self._right.setContentsMargins(indent, 0, 0, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def cells(self) -> list[Field]:
        """The cells in the order of the keyboard."""
        return [self.payer, self.target, self.amount, self.method, self.reference]

    def focus(self, cell: int) -> None:
        """Put the keyboard on a cell; what stands in it can be typed over."""
        field = self.cells()[cell]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        control = field.control()
        if isinstance(control, QLineEdit):
            control.selectAll()

    def next_cell(self, cell: int) -> int | None:
        """Where Enter goes from a cell: to what has to be typed; None: to the next row."""
        if cell == PAYER:
            return AMOUNT if self.target.value() is not None else TARGET
        return {TARGET: AMOUNT, AMOUNT: REFERENCE, METHOD: REFERENCE}.get(cell)

    def is_blank(self) -> bool:
        """Whether nothing is entered."""
        texts = (self.payer.edit, self.amount.edit, self.reference.edit)
        return not any(edit.text().strip() for edit in texts)

    def set_number(self, number: int) -> None:
        """Which row it is, counted from 1."""
        self.number.setText(str(number))
        names = (
            *(self.tr("Row {n}, from"), self.tr("Row {n}, for"), self.tr("Row {n}, amount")),
            *(self.tr("Row {n}, method"), self.tr("Row {n}, check number or reference")),
        )
        for field, name in zip(self.cells(), names, strict=True):
            field.control().setAccessibleName(name.format(n=number))
        self.split_button.setAccessibleName(self.tr("Split or change row {n}").format(n=number))
        self.remove_button.setAccessibleName(self.tr("Remove row {n}").format(n=number))

    # What is said

    def say_note(self, text: str) -> None:
        """What is not as usual with the row."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def say_parted(self, text: str) -> None:
        """That no receipt can name all who receive it."""
        self._parted.say(text)

    def say_doubt(self, text: str) -> None:
        """What may be wrong with the row."""
        self._doubt.say(text)

    def say(self, message: str) -> None:
        """Say what is wrong with the row as a whole; nothing takes it away."""
        self._wrong = message
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """What is wrong with cells, each sentence once with the names of its cells; then with the whole."""
        found: dict[str, list[str]] = {}
        for cell, name in zip(self.cells(), self._heads(), strict=True):
            if cell.error():
                found.setdefault(cell.error(), []).append(name)
        said = self.tr("{cells}: {message}")
        lines = [said.format(cells=", ".join(names), message=message) for message, names in found.items()]
        self._trouble.say(" ".join(filter(None, (*lines, self._wrong))))

    def _heads(self) -> tuple[str, ...]:
        return (self.tr("From"), self.tr("For"), self.tr("Amount"), self.tr("Method"), self.tr("Number"))

    def clear_problems(self) -> None:
        """Take away what was found wrong."""
        for cell in self.cells():
            cell.set_error(None)
        self.say("")

    def focus_problem(self) -> None:
        """Put the keyboard on the first cell in which something is wrong."""
        wrong = (at for at, cell in enumerate(self.cells()) if cell.error())
        self.focus(next(wrong, PAYER))

    def named(self) -> dict[str, Field]:
        """The cells by the names of a payment's fields."""
        return dict(zip(NAMES, self.cells(), strict=True))

    def show_problem(self, path: str, message: str) -> None:
        """Say what the rules find wrong, at the cell it stands in where there is one."""
        cell = self.named().get("payer_id" if path == "name" else path)
        if cell is not None:
            cell.set_error(message)
        else:
            self.say(" ".join(filter(None, (self._wrong, message))))
