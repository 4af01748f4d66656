"""The ledger of a money pledge: its promise, payments, voids, refunds, write-offs and changes booked day by
day.

The stored rows say what was decided (terms, explicit allocations, refunds, write-offs); where the money
stands follows from them alone, so that a file and its copy through the open record always agree. Rows are
booked by day; within a day voids first (of refunds, then of payments), then payments, refunds, the change
of terms (of several the last), write-offs and the cancellation, each kind by key. On the day of a change, a
payment that fits only the new terms comes after it, a write-off that fits only the old ones before it. The
ledger as of a day is what the rows dated by then give: later rows change nothing earlier.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund
from commission_app.domain.money import format_money
from commission_app.domain.payments import Payment
from commission_app.domain.pledge_events import Event, Part, Rank, Waiting, events_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import TermsChange, WriteOff
from commission_app.domain.schedules import Every, Instalment, due_days, planned, replanned

_END: Final = date.max
_CANCELLED: Final = "The pledge is cancelled."


class Movement(NamedTuple):
    """One change of a pledge's figures, in signed cents; the sums of those dated by a day are the account
    as of it. With `due_on` of an instalment (`planned_cents`: its amount without what is written off),
    otherwise of the pledge as a whole.
    """

    on: date
    due_on: date | None = None
    pledged_cents: int = 0
    planned_cents: int = 0
    paid_cents: int = 0
    written_off_cents: int = 0
    credit_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A row that the ledger could not book as it stands: `noun` is its list (payments, refunds, write_offs,
    changes or pledges), `id` the row's, `path` the field within it.
    """

    noun: str
    id: str
    path: str
    message: str


class Ledger:
    """The figures of a money pledge as of a day, in cents.

    `amounts` and `paid` are by due day (amounts without what is written off; a day with nothing left is
    gone), `given_up` what is written off by due day, `misfits` the rows that could not be booked.
    """

    def __init__(self, rows: PledgeRows, as_of: date, early: Collection[str] = ()) -> None:
        pledge = rows.pledge
        if pledge.amount_cents is None or pledge.schedule is None:
            raise ValueError("not a pledge of money with its terms")
        self.pledge = pledge
        self.currency = rows.currency
        self.terms = (pledge.amount_cents, pledge.schedule)
        self.amounts: dict[date, int] = {}
        self.paid: dict[date, int] = {}
        self.given_up: dict[date, int] = {}
        self.parts: list[Part] = []
        self.movements: list[Movement] = []
        self.misfits: list[Misfit] = []
        self.pledged_cents = self.written_off_cents = self.credit_cents = 0
        self.is_cancelled = False
        self._carries = False
        self._waiting: list[Waiting] = []
        self._refunded: dict[str, list[Part]] = {}
        self._on = pledge.pledged_on
        self._book_promise(planned(pledge.schedule, pledge.amount_cents))
        for event in events_of(rows, as_of, early):
            self._on = max(event.on, pledge.pledged_on)
            self._book(event)
        self.misfits += self._unplaced()

    @property
    def paid_cents(self) -> int:
        """What is paid on instalments, without credit."""
        return sum(self.paid.values())

    def room(self, due_on: date) -> int:
        """What is open on a due day."""
        return self.amounts.get(due_on, 0) - self.paid.get(due_on, 0)

    def open_parts(self) -> list[Instalment]:
        """What is open by due day, oldest first."""
        days = sorted(self.amounts)
        return [Instalment(due_on=day, amount_cents=self.room(day)) for day in days if self.room(day)]

    # ---- Booking ----

    def _book_promise(self, parts: Iterable[Instalment]) -> None:
        self._move(pledged=self.terms[0])
        for part in parts:
            self._move(part.due_on, planned=part.amount_cents)

    def _book(self, event: Event) -> None:
        row = event.row
        if isinstance(row, Payment):
            if event.rank is Rank.VOID:
                self._void(row)
            else:
                self._pay(row)
        elif isinstance(row, Refund):
            if event.rank is Rank.UNREFUND:
                self._take_back(row)
            else:
                self._refund(row)
        elif isinstance(row, WriteOff):
            self._write_off(row)
        elif isinstance(row, TermsChange):
            self._change(row)
        else:
            self._cancel()

    def _move(
        self,
        due_on: date | None = None,
        *,
        pledged: int = 0,
        planned: int = 0,
        paid: int = 0,
        written_off: int = 0,
        credit: int = 0,
    ) -> None:
        if not (pledged or planned or paid or written_off or credit):
            return
        self.movements.append(
            Movement(
                on=self._on,
                due_on=due_on,
                pledged_cents=pledged,
                planned_cents=planned,
                paid_cents=paid,
                written_off_cents=written_off,
                credit_cents=credit,
            )
        )
        self.pledged_cents += pledged
        self.written_off_cents += written_off
        self.credit_cents += credit
        if due_on is not None:
            for figures, cents in (
                (self.amounts, planned),
                (self.paid, paid),
                (self.given_up, written_off),
            ):
                if cents:
                    _add(figures, due_on, cents)

    # ---- Payments ----

    def _pay(self, payment: Payment) -> None:
        own = [(n, part) for n, part in enumerate(payment.allocations) if part.pledge_id == self.pledge.id]
        for n, part in own:
            if part.due_on is not None:
                continue
            self._credit(payment.id, part.amount_cents)
            if self.is_cancelled:
                self._misfit("payments", payment.id, f"allocations[{n}].pledge", _CANCELLED)
        named = Waiting(payment, tuple((n, part) for n, part in own if part.due_on is not None))
        if named.allocations and not self._place(named):
            self._waiting.append(named)
            self._move(credit=named.cents)

    def _place(self, group: Waiting) -> bool:
        """Put allocations on the instalments they name if all have room, else none."""
        wanted: dict[date, int] = {}
        for _, part in group.allocations:
            _add(wanted, part.due_on or _END, part.amount_cents)
        if any(self._room_beside_carried(day) < cents for day, cents in wanted.items()):
            return False
        for day, cents in wanted.items():
            self._put(group.payment.id, day, cents)
            self._make_room(day)
        return True

    def _room_beside_carried(self, due_on: date) -> int:
        if not self._carries:
            return self.room(due_on)
        carried = sum(part.cents for part in self.parts if part.is_carried and part.due_on == due_on)
        return self.room(due_on) + carried

    def _put(self, payment_id: str, due_on: date, cents: int, *, is_carried: bool = False) -> None:
        self.parts.append(Part(payment_id, cents, due_on, is_carried))
        self._carries |= is_carried
        self._move(due_on, paid=cents)

    def _credit(self, payment_id: str, cents: int) -> None:
        self.parts.append(Part(payment_id, cents))
        self._move(credit=cents)

    def _make_room(self, due_on: date) -> None:
        """Move carried money on, the last first, where an instalment now has more than its amount."""
        if not self._carries:
            return
        for part in [part for part in reversed(self.parts) if part.is_carried and part.due_on == due_on]:
            over = min(-self.room(due_on), part.cents)
            if over > 0:
                part.cents -= over
                self._move(due_on, paid=-over)
                self._carry(part.payment_id, over)
        self.parts = [part for part in self.parts if part.cents]

    def _carry(self, payment_id: str, cents: int) -> None:
        """Put money on the oldest open instalments, what is left on credit."""
        for part in self.open_parts():
            if taken := min(cents, part.amount_cents):
                self._put(payment_id, part.due_on, taken, is_carried=True)
                cents -= taken
        if cents:
            self._credit(payment_id, cents)

    def _void(self, payment: Payment) -> None:
        for part in self.parts:
            if part.payment_id == payment.id and part.due_on is None:
                self._move(credit=-part.cents)
            elif part.payment_id == payment.id:
                self._move(part.due_on, paid=-part.cents)
        self.parts = [part for part in self.parts if part.payment_id != payment.id]
        for group in self._waiting:
            if group.payment.id == payment.id:
                self._move(credit=-group.cents)
        for refund_id, taken in self._refunded.items():
            if any(part.payment_id == payment.id for part in taken):
                self._misfit("refunds", refund_id, "payment", "The payment is voided.")
                taken.clear()
        self._waiting = [group for group in self._waiting if group.payment.id != payment.id]
        self._settle()

    def _settle(self) -> None:
        """Place what has waited for room, the oldest first."""
        for group in list(self._waiting):
            if self._place(group):
                self._move(credit=-group.cents)
                self._waiting.remove(group)

    # ---- Refunds ----

    def _refund(self, row: Refund) -> None:
        """Money of the payment leaves the pledge: its credit first, then its last instalments."""
        self._free_waiting(row.payment_id)
        own = [part for part in self.parts if part.payment_id == row.payment_id]
        own.sort(key=lambda part: (part.due_on or _END, part.is_carried), reverse=True)
        taken = self._refunded.setdefault(row.id, [])
        for n, wanted in enumerate(row.parts):
            if wanted.pledge_id != self.pledge.id:
                continue
            left = wanted.amount_cents
            for part in own:
                if cents := min(left, part.cents):
                    taken.append(Part(part.payment_id, cents, part.due_on))
                    self._take(part, cents)
                    left -= cents
            if left:
                amount, there = map(self._money, (wanted.amount_cents, wanted.amount_cents - left))
                message = f"{amount} is more than the {there} that the payment has on this pledge."
                self._misfit("refunds", row.id, f"parts[{n}].amount_cents", message)
        self.parts = [part for part in self.parts if part.cents]
        self._settle()

    def _take(self, part: Part, cents: int) -> None:
        part.cents -= cents
        if part.due_on is None:
            self._move(credit=-cents)
        else:
            self._move(part.due_on, paid=-cents)

    def _free_waiting(self, payment_id: str) -> None:
        """What a payment has waiting for room is plain credit from now on."""
        for group in [group for group in self._waiting if group.payment.id == payment_id]:
            self._waiting.remove(group)
            self.parts.append(Part(payment_id, group.cents))

    def _take_back(self, row: Refund) -> None:
        """The refund is void: its money stands again where it stood, as far as there is room, as carried."""
        taken = self._refunded.pop(row.id, ())
        if taken and self.is_cancelled:
            self._misfit("refunds", row.id, "voided", _CANCELLED)
        for part in taken:
            if part.due_on is None:
                self._credit(part.payment_id, part.cents)
                continue
            fits = max(0, min(part.cents, self.room(part.due_on)))
            if fits:
                self._put(part.payment_id, part.due_on, fits, is_carried=True)
            if part.cents > fits:
                self._carry(part.payment_id, part.cents - fits)

    # ---- Write-offs, terms, cancellation ----

    def _write_off(self, row: WriteOff) -> None:
        """Named instalments, else the oldest open ones; carried money makes room where it must."""
        if row.instalments is None:
            left = self._give_up(self.open_parts(), row.amount_cents)
            left = self._give_up(self._carried_parts(), left)
            if left:
                message = f"{self._money(row.amount_cents - left)} was open on {long_day(row.on)}."
                self._misfit("write_offs", row.id, "amount_cents", message)
            return
        for n, part in enumerate(row.instalments):
            room = self._room_beside_carried(part.due_on)
            if part.amount_cents > room:
                path, message = self._no_room(f"instalments[{n}]", part, room)
                self._misfit("write_offs", row.id, path, message)
            self._give_up([part], min(part.amount_cents, room))

    def _give_up(self, parts: Iterable[Instalment], cents: int) -> int:
        """Write off an amount, at most each part; what is left of it."""
        for part in parts:
            taken = min(cents, part.amount_cents)
            self._move(part.due_on, planned=-taken, written_off=taken)
            self._make_room(part.due_on)
            cents -= taken
        return cents

    def _carried_parts(self) -> list[Instalment]:
        carried: dict[date, int] = {}
        for part in self.parts:
            if part.is_carried and part.due_on is not None:
                _add(carried, part.due_on, part.cents)
        return [Instalment(due_on=day, amount_cents=carried[day]) for day in sorted(carried)]

    def _change(self, row: TermsChange) -> None:
        """The terms of a day: what is paid stays, the rest is planned anew, credit goes to it first."""
        problem = self._change_problem(row)
        if problem:
            self._misfit("changes", row.id, *problem)
            return
        kept = dict(self.paid)
        target = dict(kept)
        for part in replanned(row.schedule, row.amount_cents, kept, self.written_off_cents):
            _add(target, part.due_on, part.amount_cents)
        self._move(pledged=row.amount_cents - self.pledged_cents)
        for due_on in sorted(self.amounts.keys() | target.keys()):
            self._move(due_on, planned=target.get(due_on, 0) - self.amounts.get(due_on, 0))
        self.terms = (row.amount_cents, row.schedule)
        credit = [part for part in self.parts if part.due_on is None]
        self.parts = [part for part in self.parts if part.due_on is not None]
        for money in credit:
            self._move(credit=-money.cents)
            self._carry(money.payment_id, money.cents)
        self._settle()

    def _change_problem(self, row: TermsChange) -> tuple[str, str] | None:
        if self.is_cancelled:
            return "on", _CANCELLED
        least = self.paid_cents + self.written_off_cents
        if row.amount_cents < least:
            message = (
                f"{self._money(least)} was paid or written off by {long_day(row.on)}; "
                "the new amount cannot be less."
            )
            return "amount_cents", message
        if row.schedule.every is Every.DATES:
            return None
        days = [day for day in due_days(row.schedule) if day not in self.paid]
        if 0 < row.amount_cents - least < len(days):
            rest = self._money(row.amount_cents - least)
            return "schedule.count", f"An installment of {rest} in {len(days)} would be under a cent."
        return None

    def _cancel(self) -> None:
        if self.parts or self._waiting:
            message = "Something is paid on this pledge; write off what is open instead."
            self._misfit("pledges", self.pledge.id, "cancelled", message)
            return
        self.is_cancelled = True
        for due_on in sorted(self.amounts.keys() | self.given_up.keys()):
            self._move(
                due_on,
                planned=-self.amounts.get(due_on, 0),
                written_off=-self.given_up.get(due_on, 0),
            )
        self._move(pledged=-self.pledged_cents)

    # ---- What does not fit ----

    def _misfit(self, noun: str, row_id: str, path: str, message: str) -> None:
        self.misfits.append(Misfit(noun=noun, id=row_id, path=path, message=message))

    def _unplaced(self) -> Iterator[Misfit]:
        for payment, allocations in self._waiting:
            asked = [
                (f"allocations[{n}]", Instalment(due_on=part.due_on or _END, amount_cents=part.amount_cents))
                for n, part in allocations
            ]
            short = [(where, part) for where, part in asked if part.amount_cents > self.room(part.due_on)]
            # With room for each, two of them name the same instalment.
            for where, part in short or asked:
                path, message = self._no_room(where, part, self.room(part.due_on))
                if self.is_cancelled:
                    path, message = f"{where}.pledge", _CANCELLED
                yield Misfit(noun="payments", id=payment.id, path=path, message=message)

    def _no_room(self, where: str, asked: Instalment, room: int) -> tuple[str, str]:
        day = long_day(asked.due_on)
        if asked.due_on not in self.amounts:
            return f"{where}.due_on", f"There is no installment on {day}."
        if not room:
            return f"{where}.amount_cents", f"Nothing of the installment of {day} is open any more."
        amount, there = map(self._money, (asked.amount_cents, room))
        return f"{where}.amount_cents", f"{amount} is more than the {there} open on {day}."

    def _money(self, cents: int) -> str:
        return format_money(cents, self.currency)


def ledger_of(rows: PledgeRows, as_of: date = _END) -> Ledger:
    """The ledger of a money pledge with the rows dated by a day, in the order of the module's text."""
    found = Ledger(rows, as_of)
    days = {change.on for change in rows.changes}
    own = {row.id for row in rows.write_offs if row.on in days} if days else set()
    early = {misfit.id for misfit in found.misfits if misfit.noun == "write_offs"} & own
    return Ledger(rows, as_of, early) if early else found


def _add(figures: dict[date, int], day: date, cents: int) -> None:
    total = figures.get(day, 0) + cents
    if total:
        figures[day] = total
    else:
        figures.pop(day, None)
