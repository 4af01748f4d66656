"""The form for a deposit: the day, the account, and which payments go to the bank."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.cash_at_hand import brought_cents, is_carried
from commission_app.domain.deposits import DepositDraft, Refund
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.deposit_words import less_given_back, older
from commission_app.gui.fundraising.money_fields import MoneyForm, text_or_none, today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.members.names import column_name
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Elided, Text
from commission_app.services.payment_lists import PaymentLine
from commission_app.services.undeposited import RECENT

_KEPT = "payments"


class _PaymentBox(QWidget):
    """A payment with a check box; below its payer how and when it came in, and what of its cash went back."""

    changed = Signal()

    def __init__(
        self, line: PaymentLine, cents: int, given_back: Sequence[Refund], currency: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.line, self.cents = line, cents
        amount = words.money(cents, currency)
        how = " ".join(filter(None, (words.method(line.method), line.reference)))
        less = less_given_back(line, given_back, currency)
        about = ", ".join(filter(None, (how, words.day(line.received_on))))
        self.box = CheckBox("", self)
        self.box.setAccessibleName(", ".join(filter(None, (line.payer, about, less, amount))))
        self.box.toggled.connect(self.changed)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(Elided(column_name(line.payer), "medium", parent=self))
        told.addWidget(Elided(about, "meta", "ink-2", self))
        if less:
            told.addWidget(Text(less, "meta", "ink-2", wrap=True, parent=self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.box)
        row.addLayout(told, 1)
        row.addWidget(Text(amount, "strong", parent=self))


class DepositForm(MoneyForm):
    """Choose payments that wait to be brought to the bank: those of the last ninety days are chosen already,
    older ones are taken in by a press. Cards and transfers stand there when they are asked for. `made` sends
    the deposit's id.
    """

    made = Signal(str)
    renamed: Mapping[str, str] = {"payment_ids": ""}

    def __init__(
        self, desk: Desk, currency: str, only: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._currency, self._only = desk, currency, frozenset(only)
        self._deposits = desk.session.deposits
        self.boxes: list[_PaymentBox] = []
        self._by_hand: dict[str, bool] = {}
        today = labels.today()
        self.on = day_field(self.tr("Brought to the bank"), today, required=True)
        self.reference = TextField(self.tr("Reference"))
        self.account = self.add("account", TextField(self.tr("Account")))
        self.add_row(("on", self.on), ("reference", self.reference), stretches=(3, 2))
        self.since = self.add("since", day_field(self.tr("Payments received since"), today))
        self.on.set_value(today)
        self.account.set_value(self._deposits.last_account() or "")
        self.since.set_value(today - RECENT)
        self.every, self.none = (
            Button(text, "link", parent=self) for text in (self.tr("All"), self.tr("None"))
        )
        aside = QWidget(self)
        links = QHBoxLayout(aside)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(12)
        links.addWidget(self.every)
        links.addWidget(self.none)
        self.section = Section(self.tr("Payments"), aside=aside, parent=self)
        self.nothing = Text(
            self.tr("Nothing that came in since that day waits for the bank."),
            "meta",
            "ink-2",
            wrap=True,
            parent=self,
        )
        self.older = QWidget(self)
        self.older_text = Text("", "meta", "ink-2", wrap=True, parent=self.older)
        self.take_older = Button(self.tr("Take them in"), "link", parent=self.older)
        told = QHBoxLayout(self.older)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(12)
        told.addWidget(self.older_text, 1)
        told.addWidget(self.take_older)
        self.add_widget(self.older)
        self.add_widget(self.section)
        self.add_widget(self.nothing)
        self.set_actions(self.tr("Make the deposit"), self.tr("Cancel"))
        self.total = Text("", "strong", wrap=True, parent=self)
        beside = self.button_row.layout() if self.button_row is not None else None
        if beside is not None:
            beside.addWidget(self.total)
        self.every.clicked.connect(self._choose_all)
        self.none.clicked.connect(self._choose_none)
        self.take_older.clicked.connect(self.offer_all)
        self.since.changed.connect(self.offer)
        self.on.changed.connect(self.offer)
        self.submitted.connect(self._make)
        self.offer()
        place = Place(page="fundraising", tab="payments", action="deposit")
        keep_drafts(desk, self, "deposit:new", self.tr("a deposit"), place)

    @Slot()
    def offer(self) -> None:
        """Show the payments that wait on the day of the deposit, with what was chosen by hand; those from
        before the first day are told apart.
        """
        on, since = self.on.value() or labels.today(), self.since.value() or date.min
        waiting = self._deposits.waiting(None, on, self._only)
        waiting.sort(key=lambda line: line.id not in self._only)
        back = self._deposits.given_back(waiting, on)
        every = [
            (line, brought_cents(line.amount_cents, line.method, back.get(line.id, ()), on))
            for line in waiting
        ]
        shown = [one for one in every if one[0].received_on >= since or one[0].id in self._only]
        left = len(every) - len(shown), sum(cents for _, cents in every) - sum(cents for _, cents in shown)
        self.older_text.setText(older(*left, self._currency))
        self.older.setVisible(left[0] > 0)
        if shown == [(box.line, box.cents) for box in self.boxes]:
            return
        self.section.clear()
        self.boxes = []
        for line, cents in shown:
            box = _PaymentBox(line, cents, back.get(line.id, ()), self._currency, self)
            box.box.setChecked(self._by_hand.get(line.id, self._is_usual(line)))
            box.changed.connect(self._chosen)
            self.boxes.append(box)
            self.section.add(box, line=True)
        self.nothing.setVisible(not shown)
        self._count_up()

    @Slot()
    def offer_all(self) -> None:
        """Show all that wait, however long ago they came in."""
        self.since.set_value(None)
        self.since.changed.emit()
        self.every.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_usual(self, line: PaymentLine) -> bool:
        return is_carried(line.method) and (not self._only or line.id in self._only)

    def chosen(self) -> list[PaymentLine]:
        """The payments that go to the bank."""
        return [box.line for box in self._checked()]

    def _checked(self) -> list[_PaymentBox]:
        return [box for box in self.boxes if box.box.isChecked()]

    @Slot()
    def _chosen(self) -> None:
        self._by_hand = {box.line.id: box.box.isChecked() for box in self.boxes}
        self._count_up()
        self.changed.emit()

    @Slot()
    def _choose_all(self) -> None:
        self._set_all(chosen=True)

    @Slot()
    def _choose_none(self) -> None:
        self._set_all(chosen=False)

    def _set_all(self, *, chosen: bool) -> None:
        for box in self.boxes:
            box.box.setChecked(chosen)

    def _count_up(self) -> None:
        checked = self._checked()
        counted = labels.counted(len(checked), self.tr("{count} payment"), self.tr("{count} payments"))
        amount = words.money(sum(box.cents for box in checked), self._currency, sign=True)
        self.total.setText(self.tr("{payments}, {amount}").format(payments=counted, amount=amount))

    @Slot()
    def _make(self) -> None:
        draft = DepositDraft(
            on=today_or(self.on.value()),
            account=text_or_none(self.account.value()),
            reference=text_or_none(self.reference.value()),
            payment_ids=tuple(line.id for line in self.chosen()),
        )
        done = self._desk.operations.run(self._deposits.make, draft, form=self)
        if done is not None:
            self._by_hand = {}
            self.made.emit(done.value)

    # Drafts

    @override
    def is_changed(self) -> bool:
        return bool(self._by_hand) or super().is_changed()

    @override
    def typed(self) -> dict[str, Any]:
        return {**super().typed(), **({_KEPT: self._by_hand} if self._by_hand else {})}

    @override
    def bring_back(self, typed: Mapping[str, Any]) -> None:
        super().bring_back(typed)
        self.offer()
        self._by_hand = dict(typed.get(_KEPT, {}))
        self._show_choice({box.line.id: self._is_usual(box.line) for box in self.boxes} | self._by_hand)

    @override
    def reset(self) -> None:
        self._show_choice({box.line.id: self._is_usual(box.line) for box in self.boxes})
        self._by_hand = {}
        super().reset()
        self.offer()

    def _show_choice(self, chosen: Mapping[str, bool]) -> None:
        for box in self.boxes:
            before = box.blockSignals(True)
            box.box.setChecked(chosen[box.line.id])
            box.blockSignals(before)
        self._count_up()
