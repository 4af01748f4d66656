"""A batch over the whole width of the page: the grid, its tape and buttons in sight, and what comes after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.batch_form import BatchForm
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.page_parts import is_narrow
from commission_app.gui.widgets.text import IconLabel, Text
from commission_app.gui.widgets.wrapping import WrappingRow


class BatchDone(QWidget):
    """What can be done with a batch that is recorded."""

    def __init__(self, payment_ids: Sequence[str], cents: int, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.payment_ids = tuple(payment_ids)
        counted = labels.counted(
            len(payment_ids), self.tr("{count} payment recorded"), self.tr("{count} payments recorded")
        )
        said = self.tr("{payments}: {amount}")
        amount = words.money(cents, currency, sign=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("ok", "ok", 24, self))
        head.addWidget(Text(said.format(payments=counted, amount=amount), "subtitle", parent=self), 1)
        sentence = self.tr("They can go to the bank now, and their donors can get their receipts.")
        self.deposit = Button(self.tr("Make the deposit"), "primary", "bank", parent=self)
        self.receipts = Button(self.tr("Issue their receipts..."), "secondary", "receipt", parent=self)
        self.another = Button(self.tr("Another batch"), "secondary", "add", parent=self)
        self.leave = Button(self.tr("Back to the payments"), "quiet", parent=self)
        row = QWidget(self)
        row.setLayout(WrappingRow(self.deposit, self.receipts, self.another, self.leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 24, 4, 24)  # with room for the ring around a button
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(Text(sentence, "body", "ink-2", wrap=True, parent=self))
        column.addSpacing(4)
        column.addWidget(row)
        column.addStretch(1)


class BatchPage(QWidget):
    """Stands in the place of the payments. `closed`: back to them; `deposit_wanted` and `receipts_wanted`
    send the ids of payments.
    """

    closed = Signal()
    deposit_wanted = Signal(object)
    receipts_wanted = Signal(object)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency = desk, currency
        self.done: BatchDone | None = None
        self._back = Button("", "ghost", "left", "small", name=self.tr("Back to the payments"), parent=self)
        self._back.clicked.connect(self._leave)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(Text(self.tr("A batch of payments"), "title", parent=self), 1)
        self._keys = Text(
            self.tr("Enter goes on, Ctrl+D repeats the cell above, Ctrl+Enter records"),
            "meta",
            "ink-2",
            parent=self,
        )
        head.addWidget(self._keys)
        self.grid_area = FormScroll(fills=True, parent=self)
        self.grid_area.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self.grid_area, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_cell)
        self.form = self._fresh()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _fresh(self) -> BatchForm:
        form = BatchForm(self._desk, self._currency)
        form.recorded.connect(self._recorded)
        form.wrong_shown.connect(self._soon.start)
        form.cancelled.connect(self.closed)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(2, 2, 2, 0)
        column.addWidget(form)
        self.grid_area.show_widget(holder)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(form.running, 1)
        if form.button_row is not None:
            row.addWidget(form.button_row)
        self.grid_area.dock(foot)
        form.area.verticalScrollBar().rangeChanged.connect(self._rows_placed)
        return form

    def begin(self) -> None:
        """Begin a batch, or go on with the one that was being typed."""
        if self.done is not None:
            self._again()
        else:
            self.form.begin()

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and isValid(self) and self.grid_area.area.isAncestorOf(new):
            self._soon.start()  # after what just opened has its place

    @Slot(int, int)
    def _rows_placed(self, least: int, most: int) -> None:
        self._soon.start()

    @Slot()
    def _show_cell(self) -> None:
        """Scroll to where the keyboard is and to what is wrong, whole with what is said below it."""
        row = self.form.shown_row()
        if row is not None:
            self.form.area.ensureWidgetVisible(row, 0, 4)
        cell = self.grid_area.area.focusWidget()
        for area in (self.form.area, self.grid_area.area):
            if cell is not None and area.isAncestorOf(cell):
                area.ensureWidgetVisible(cell, 8, 56)

    @Slot(object, object)
    def _recorded(self, payment_ids: list[str], cents: int) -> None:
        self.done = BatchDone(payment_ids, cents, self._currency, self)
        self.done.deposit.clicked.connect(self._deposit)
        self.done.receipts.clicked.connect(self._receipts)
        self.done.another.clicked.connect(self._again)
        self.done.leave.clicked.connect(self.closed)
        self._keys.hide()
        self.grid_area.hide()
        self._after = FormScroll(fills=True, parent=self)
        self._after.show_widget(self.done)
        self._column.addWidget(self._after, 1)
        self.done.deposit.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _deposit(self) -> None:
        if self.done is not None:
            self.deposit_wanted.emit(self.done.payment_ids)

    @Slot()
    def _receipts(self) -> None:
        if self.done is not None:
            self.receipts_wanted.emit(self.done.payment_ids)

    @Slot()
    def _again(self) -> None:
        self._put_done_away()
        self.form.begin()

    def _put_done_away(self) -> None:
        if self.done is not None:
            self._column.removeWidget(self._after)
            self._after.hide()
            self._after.deleteLater()
            self.done = None
        self.grid_area.show()
        self.fit()

    def refresh(self) -> None:
        """After a change of the record: a batch that was undone stands in its rows again, and one that was
        redone is recorded.
        """
        if self.done is None:
            if self.form.is_recorded_again():
                self._recorded(*self.form.take_as_recorded())
            return
        if len(self._desk.session.payments.lines(self.done.payment_ids)) < len(self.done.payment_ids):
            self._put_done_away()
            self.form.begin()
            if not self.form.is_changed():
                self.form.bring_back_undone()

    @Slot()
    def _leave(self) -> None:
        if self.done is None:
            self.form.cancelled.emit()
        else:
            self.closed.emit()

    def fit(self) -> None:
        """The padding of the page."""
        side = 28 if is_narrow(self) else 40
        self._column.setContentsMargins(side, 12, side, 8)
        self._keys.setVisible(self.done is None and not is_narrow(self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
