"""A row of a batch: who paid, what for, how much and by which check; what that pays is said below it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.batches import BatchLine
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.errors import NotFoundError
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import batch_words, receipt_words, words
from commission_app.gui.fundraising.batch_cells import Target, payer_row
from commission_app.gui.fundraising.batch_row_view import (
    AMOUNT,
    METHOD,
    NAMES,
    PAYER,
    REFERENCE,
    TARGET,
    RowView,
)
from commission_app.gui.fundraising.money_fields import text_or_none
from commission_app.services.batches import OpenPledge
from commission_app.services.payment_lists import PaymentLine

__all__ = ["AMOUNT", "METHOD", "PAYER", "REFERENCE", "TARGET", "BatchRow", "Envelope"]
#: Without these there is no payment.
_NEEDED: Final = NAMES[:3]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What holds for all rows: the day, the method of those that say no other, and the currency."""

    on: date
    method: PaymentMethod | None
    currency: str


class BatchRow(RowView):
    """One check. `changed` tells of each edit, `removed` that the row goes; `settled` that somebody chose the
    payer or what is paid by Enter, so that the keyboard goes on to the cell of that number.
    """

    changed = Signal()
    removed = Signal(object)
    settled = Signal(object, int)

    def __init__(self, desk: Desk, envelope: Envelope, parent: QWidget | None = None) -> None:
        super().__init__(desk, envelope.currency, parent)
        self._desk, self._batches, self._envelope = desk, desk.session.batches, envelope
        self._currency = envelope.currency
        self._before: list[PaymentDraft] = []
        self._open: list[OpenPledge] = []
        self._parts: tuple[Allocation, ...] = ()
        self._known = ""
        self._alike: tuple[object, PaymentLine | None] = (None, None)
        self.has_own_amount = self.has_own_method = False
        self._target_by_hand = False
        self._connect()
        self.method.set_value(envelope.method)

    def _connect(self) -> None:
        self.payer.changed.connect(self._payer_typed)
        self.payer.committed.connect(self._payer_chosen)
        self.payer.create_requested.connect(self._begin_new)
        self.target.changed.connect(self._target_typed)
        self.target.committed.connect(self._target_chosen)
        self.amount.changed.connect(self._amount_typed)
        self.method.changed.connect(self._method_chosen)
        self.reference.changed.connect(self._number_typed)
        self.split.changed.connect(self._lay)
        self.split.pledge_asked.connect(self._add_pledge)
        self.split_button.clicked.connect(self.toggle_split)
        self.remove_button.clicked.connect(self._remove)

    # The envelope and the rows above

    def set_envelope(self, envelope: Envelope) -> None:
        """Day and method of all rows; a method that was chosen in the row stays."""
        if not self.has_own_method and self.method.value() is not envelope.method:
            self.method.set_value(envelope.method)
        is_other_day = self._envelope.on != envelope.on
        self._envelope = envelope
        if is_other_day and self.payer.value() is not None:
            self._find_pledges()

    def set_before(self, before: Sequence[PaymentDraft], newcomers: Sequence[ContactDraft]) -> None:
        """The rows above, as they stand now."""
        self.payer.newcomers = list(newcomers)
        mine = self._concerning(before) != self._concerning(self._before)
        self._before = list(before)
        if mine and self.payer.value() is not None:
            self._find_pledges()
        self._look_for_twins()

    def _concerning(self, drafts: Sequence[PaymentDraft]) -> list[PaymentDraft]:
        own = {one.line.id for one in self._open}
        payer = self.payer.value()
        return [
            draft
            for draft in drafts
            if draft.payer_id == payer or any(part.pledge_id in own for part in draft.allocations)
        ]

    # The payer

    @Slot()
    def _payer_typed(self) -> None:
        if self.payer.value() is None:
            self._open, self._target_by_hand = [], False
            self.target.set_value(None)
            if not self.has_own_amount:
                self.amount.set_value(None)
            self._lay()

    @Slot()
    def _payer_chosen(self) -> None:
        has_focus = self.payer.edit.hasFocus()
        self._target_by_hand = False
        payer = self.payer.value()
        self._known = self._similar(payer) if isinstance(payer, ContactDraft) else ""
        self.split.begin(payer if isinstance(payer, ContactDraft) else None)
        self._find_pledges()
        if has_focus and self.payer.value() is not None:
            self.settled.emit(self, PAYER)

    @Slot(str)
    def _begin_new(self, name: str) -> None:
        self.payer.choose(payer_row(ContactDraft(name=name)))

    def set_payer(self, payer: str | ContactDraft) -> None:
        """Choose a payer as if from the list."""
        self.payer.set_value(self.payer.row_of(payer))
        self._payer_chosen()

    def newcomer(self) -> ContactDraft | None:
        """Who is added to the contacts with this row."""
        payer = self.payer.value()
        if not isinstance(payer, ContactDraft):
            return None
        return self.split.newcomer(payer)

    @Slot()
    def _find_pledges(self) -> None:
        """Propose the payer's pledges as the rows above leave them, and the amount that is expected."""
        payer = self.payer.value()
        chosen = self.target.value()
        by_hand = chosen.pledge_ids if isinstance(chosen, Target) and self._target_by_hand else ()
        also = (*by_hand, *self.split.asked)
        own = payer if isinstance(payer, str) else ""
        self._open = self._batches.open_pledges(own, self._envelope.on, self._before, also)
        self.target.offer([pledge.line for pledge in self._open], own)
        if not self._target_by_hand:
            ids = tuple(pledge.line.id for pledge in self._open)
            self.target.propose(ids, own)
        self._expect()
        self._lay()

    def _expect(self) -> None:
        if self.has_own_amount:
            return
        chosen = self.target.value()
        ids = chosen.pledge_ids[:1] if isinstance(chosen, Target) else ()
        cents = next((one.expected_cents for one in self._open if one.line.id in ids), 0)
        self.amount.set_value(cents or None)

    # What it pays

    @Slot()
    def _target_typed(self) -> None:
        self._target_by_hand = True
        self._lay()

    @Slot()
    def _target_chosen(self) -> None:
        has_focus = self.target.edit.hasFocus()
        self._target_by_hand = self.target.value() is not None
        self._find_pledges()
        if has_focus and self.target.value() is not None:
            self.settled.emit(self, TARGET)

    @Slot()
    def _amount_typed(self) -> None:
        self.has_own_amount = bool(self.amount.edit.text().strip())
        self._lay()

    @Slot()
    def _method_chosen(self) -> None:
        self.has_own_method = True
        self.changed.emit()

    @Slot()
    def _lay(self) -> None:
        """Lay the amount over the pledges, and say what is not as usual."""
        self.say("")
        chosen = self.target.value()
        ids = chosen.pledge_ids if isinstance(chosen, Target) else ()
        by_rule = self._spread(self.amount.value() or 0, ids)
        asked = {*ids, *self.split.asked}
        self.split.show_lines([one.line for one in self._open if one.line.id in asked], by_rule)
        self._parts = self._by_hand(ids) if self.split.is_by_hand() else by_rule
        if self.split.gift_to() is not None:
            self._parts = tuple(part for part in self._parts if part.due_on is not None)
        if ids:
            self.target.show_paid([part.pledge_id for part in self._parts], ids)
        self.say_note(self._told())
        self.say_parted(self._told_parted())
        self._look_for_twins()
        self.changed.emit()

    @Slot(str)
    def _add_pledge(self, pledge_id: str) -> None:
        """One more pledge: it is proposed what the check has left, in its field."""
        shared = self.split.cents()
        rest = (self.amount.value() or 0) - sum(shared.values())
        self._find_pledges()
        line = next((one.line for one in self._open if one.line.id == pledge_id), None)
        if line is None:
            return
        if rest > 0 and pledge_id not in shared:
            self.split.share({**shared, pledge_id: min(rest, line.balance_cents)})
            self._lay()
        self.split.focus_part(pledge_id)

    def _spread(self, cents: int, ids: Sequence[str]) -> tuple[Allocation, ...]:
        return self._batches.spread(cents, self._envelope.on, ids, self._before) if cents and ids else ()

    def _by_hand(self, ids: Sequence[str]) -> tuple[Allocation, ...]:
        """The parts that were typed, what they leave as credit on the first pledge."""
        typed = self.split.cents()
        parts = [part for one, own in typed.items() for part in self._spread(own, (one,))]
        rest = (self.amount.value() or 0) - sum(typed.values())
        first = next(iter(typed), ids[0] if ids else "")
        return tuple(_with_credit(parts, first, rest) if rest > 0 and first else parts)

    def over_cents(self) -> int:
        """By how much parts typed by hand are more than the amount."""
        if not self.split.is_by_hand():
            return 0
        return max(0, sum(self.split.cents().values()) - (self.amount.value() or 0))

    def draft(self) -> PaymentDraft:
        """The payment as the row stands."""
        chosen = self.target.value()
        payer, cents = self.payer.value(), self.amount.value() or 0
        parts = self._parts
        gift_to = chosen.campaign_id if isinstance(chosen, Target) else None
        if sum(part.amount_cents for part in parts) < cents:
            gift_to = gift_to or self.split.gift_to()
        return PaymentDraft(
            payer_id=payer if isinstance(payer, str) else "",
            received_on=self._envelope.on,
            amount_cents=cents,
            method=self.method.value(),
            reference=text_or_none(self.reference.value()),
            campaign_id=gift_to,
            allocations=parts,
        )

    def line(self) -> BatchLine:
        """The row of the batch."""
        return BatchLine(payment=self.draft(), newcomer=self.newcomer())

    def _told(self) -> str:
        """What is not as usual: somebody new, several pledges, money that no installment takes."""
        new = self.tr("New: added to your contacts.") + self._known if self.newcomer() is not None else ""
        shares = batch_words.Shares(
            cents=self.amount.value() or 0,
            parts=self._parts,
            lines={one.line.id: one.line for one in self._open},
            is_by_hand=self.split.is_by_hand(),
            gift_to=self.split.gift_name(),
            currency=self._currency,
        )
        return " ".join(filter(None, (new, shares.told())))

    def _similar(self, newcomer: ContactDraft) -> str:
        found = self._desk.session.contacts.similar(newcomer)
        if not found:
            return ""
        return " " + self.tr("May be {name}, whom you know.").format(name=found[0].contact.name)

    def _told_parted(self) -> str:
        """That parts go to different receivers, so that no receipt names all."""
        draft = self.draft()
        paid = {part.pledge_id for part in draft.allocations}
        purposes = {one.line.campaign_id for one in self._open if one.line.id in paid}
        if draft.campaign_id is not None:
            purposes.add(draft.campaign_id)
        if len(purposes) < 2:
            return ""
        return receipt_words.parted(self._desk.session.receipts.receivers(draft))

    # The same check twice

    @Slot()
    def _number_typed(self) -> None:
        self._look_for_twins()
        self.changed.emit()

    def _look_for_twins(self) -> None:
        """Say where the payer's check of this number is entered already."""
        payer, number = self.payer.value(), text_or_none(self.reference.value())
        if not isinstance(payer, str) or number is None:
            self.say_doubt("")
            return
        asked = (payer, number, self._envelope.on)
        if self._alike[0] != asked:
            self._alike = (asked, self._batches.recorded_already(*asked))
        is_above = any((one.payer_id, one.reference) == (payer, number) for one in self._before)
        self.say_doubt(batch_words.doubted(number, self._alike[1], is_above, self._currency))

    def is_doubted(self) -> bool:
        """Whether it may be the same check as another one."""
        return bool(self.doubt.text())

    # The editor below

    @Slot()
    def toggle_split(self) -> None:
        """Open the editor below the row, or close it."""
        is_open = self.split.isHidden()
        self.split.setVisible(is_open)
        self.split_button.set_icon("up" if is_open else "down")
        if is_open:
            self._lay()
            self.split.focus_first()
        else:
            self.focus(AMOUNT)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)

    # Problems

    def problems(self) -> dict[str, str]:
        """What the row finds wrong by itself, by the name of the cell; of the row as a whole without one."""
        found: dict[str, str] = {}
        for name, cell in self.named().items():
            is_missing = name in _NEEDED and cell.value() is None
            message = cell.problem() or (self.tr("This cannot be empty.") if is_missing else None)
            if message:
                found[name] = message
        over = self.over_cents()
        if over:
            text = self.tr("The parts are {amount} more than the payment.")
            found[""] = text.format(amount=words.money(over, self._currency, sign=True))
        elif self.split.problems():
            found[""] = self.tr("A part cannot be read.")
        return found

    # Repeating and keeping

    def repeat(self, cell: int, above: "BatchRow") -> None:
        """Take over what stands in a cell of the row above."""
        if cell == PAYER:
            payer = above.payer.value()
            if payer is not None:
                self.set_payer(payer)
        elif cell == TARGET:
            self.target.set_value(above.target.row())
            self._target_by_hand = True
            self._find_pledges()
        elif cell == AMOUNT:
            self.amount.set_value(above.amount.value())
            self._amount_typed()
        elif cell == METHOD:
            self.method.set_value(above.method.value())
            self._method_chosen()
        else:
            self.reference.set_value(above.reference.value())
            self.changed.emit()

    def typed(self) -> dict[str, Any]:
        """What a draft keeps of the row."""
        payer, target = self.payer.value(), self.target.value()
        newcomer = self.newcomer()
        return {
            "payer": payer if isinstance(payer, str) else None,
            "new": asdict(newcomer) if newcomer is not None else None,
            "name": self.payer.edit.text(),
            "target": asdict(target) if isinstance(target, Target) and self._target_by_hand else None,
            "amount": self.amount.typed() if self.has_own_amount else None,
            "method": self.method.typed() if self.has_own_method else None,
            "reference": self.reference.typed(),
            "split": self.split.typed(),
        }

    def bring_back(self, kept: dict[str, Any]) -> None:
        """Show what a draft kept; who is no longer in the file has to be chosen again."""
        if kept["amount"] is not None:
            self.amount.bring_back(kept["amount"])
        if kept["method"] is not None:
            self.method.bring_back(kept["method"])
            self.has_own_method = True
        self.reference.bring_back(kept["reference"])
        new = kept["new"]
        try:
            if new is not None:
                self.set_payer(ContactDraft(**{**new, "kind": ContactKind(new["kind"])}))
            elif kept["payer"] is not None:
                self.set_payer(kept["payer"])
        except NotFoundError:
            pass
        if self.payer.value() is None:
            self.payer.edit.setText(kept["name"])
            return
        if kept["target"] is not None:
            target = kept["target"]
            found = Target(tuple(target["pledge_ids"]), target["campaign_id"])
            self.target.set_value(self.target.row_of(found))
            self._target_by_hand = self.target.value() is not None
            self._find_pledges()
        self.split.bring_back(kept["split"])
        self._lay()


def _with_credit(parts: Sequence[Allocation], pledge_id: str, cents: int) -> list[Allocation]:
    """Parts with more credit on a pledge."""
    found: list[Allocation] = []
    for part in parts:
        if part.pledge_id == pledge_id and part.due_on is None:
            cents += part.amount_cents
        else:
            found.append(part)
    return [*found, Allocation(pledge_id=pledge_id, due_on=None, amount_cents=cents)]
