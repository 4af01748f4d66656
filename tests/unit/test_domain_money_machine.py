"""Random histories of pledges against a plain recomputation, with the invariants of rules section 6."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commission_app.domain.aging import aging_of
from commission_app.domain.allocating import by_rule, propose, proposed_write_off
from commission_app.domain.conditions import check_condition_met
from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_accounts import (
    PledgeAccount,
    account_of,
    accounts_of,
    misfits_of,
    movements_of,
)
from commission_app.domain.pledge_checks import (
    check_cancellation,
    check_change,
    check_payment,
    check_pledge,
    check_voiding,
    check_write_off,
)
from commission_app.domain.pledge_rows import PledgeRows, rows_by_pledge
from commission_app.domain.pledges import (
    NEVER,
    InstalmentState,
    Pledge,
    PledgeKind,
    PledgeState,
    TermsChange,
    WriteOff,
)
from commission_app.domain.refund_checks import (
    check_refund,
    check_refund_voiding,
    propose_refund,
    refunded_cents,
)
from commission_app.domain.schedules import Every, Instalment, Schedule
from tests.unit.money_plainly import plain_account

FIRST = date(2026, 1, 1)
END = date(2100, 12, 31)
amounts = st.integers(1, 300)
offsets = st.sampled_from([0, 0, 0, 0, 1, 7, 40])


@st.composite
def schedules(draw: st.DrawFn, amount: int, today: date) -> Schedule:
    """A schedule of few instalments near a day; own dates add up to the amount."""
    first = today + timedelta(days=draw(st.integers(-60, 60)))
    every = draw(st.sampled_from(list(Every)))
    if every is not Every.DATES:
        return Schedule(
            every=every, count=1 if every is Every.ONCE else draw(st.integers(1, 6)), first_on=first
        )
    cuts = sorted({*draw(st.lists(st.integers(1, amount), max_size=3)), amount})
    parts = [high - low for low, high in zip([0, *cuts], cuts, strict=False)]
    return Schedule(
        every=every,
        dates=tuple(
            Instalment(due_on=first + timedelta(days=20 * n), amount_cents=part)
            for n, part in enumerate(parts)
        ),
    )


class Money(RuleBasedStateMachine):
    """Two campaigns, some pledges, everything that can happen to them, dated today or a little earlier."""

    def __init__(self) -> None:
        super().__init__()
        self.today = FIRST
        self.pledges: list[Pledge] = []
        self.changes: list[TermsChange] = []
        self.payments: list[Payment] = []
        self.write_offs: list[WriteOff] = []
        self.refunds: list[Refund] = []
        self.count = 0

    # ---- Rows ----

    def key(self) -> str:
        self.count += 1
        return f"{self.count:04}"

    def rows(self) -> dict[str, PledgeRows]:
        return rows_by_pledge(
            self.pledges, self.changes, self.payments, self.write_offs, refunds=self.refunds
        )

    def carry_out(self, on: date, **lists: Any) -> None:
        """Put lists in the place of the old ones; no account of an earlier day changes."""
        before = self.rows()
        for name, rows in lists.items():
            setattr(self, name, rows)
        after = self.rows()
        for pledge_id, old in before.items():
            for day in (on - timedelta(days=1), on - timedelta(days=30)):
                was, now = account_of(old, day), account_of(after[pledge_id], day)
                assert (was and was.values()) == (now and now.values())

    def is_latest(self, on: date) -> bool:
        days = [row.on for row in (*self.changes, *self.write_offs)]
        days += [payment.received_on for payment in self.payments]
        days += [refund.on for refund in self.refunds]
        days += [row.voided_on for row in (*self.payments, *self.refunds) if row.voided_on]
        return all(day <= on for day in days)

    # ---- What happens ----

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.promise(data)

    @precondition(lambda self: len(self.pledges) < 4)
    @rule(data=st.data())
    def promise(self, data: st.DataObject) -> None:
        amount = data.draw(amounts)
        pledge = Pledge(
            id=(key := self.key()),
            key=key,
            kind=PledgeKind.MONEY,
            donor_id=data.draw(st.sampled_from(["ana", "ben"])),
            campaign_id=data.draw(st.sampled_from(["youth", "garden"])),
            pledged_on=self.today - timedelta(days=data.draw(offsets)),
            amount_cents=amount,
            schedule=data.draw(schedules(amount, self.today)),
            condition=data.draw(st.sampled_from([None, None, "If the city gives as much"])),
        )
        if not check_pledge(pledge):
            self.pledges.append(pledge)

    @rule(days=st.integers(1, 45))
    def pass_time(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: self.pledges)
    @rule(data=st.data(), amount=amounts, offset=offsets, how=st.sampled_from(["rule", "propose", "hand"]))
    def pay(self, data: st.DataObject, amount: int, offset: int, how: str) -> None:
        on = self.today - timedelta(days=offset)
        rows = self.rows()
        chosen = data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, max_size=2, unique=True))
        campaign = data.draw(st.sampled_from([None, "youth", "garden"]))
        draft = PaymentDraft(payer_id="ana", received_on=on, amount_cents=amount, campaign_id=campaign)
        if how == "rule":
            allocations = by_rule(rows[chosen[0]], draft)
        elif how == "propose":
            named = [rows[pledge_id] for pledge_id in chosen]
            allocations = propose(amount, on, named, has_campaign=campaign is not None)
        else:
            allocations = self.split(data, rows, chosen, amount)
        draft = replace(draft, key=self.key(), allocations=allocations)
        problems = check_payment(draft, rows)
        if how != "hand" and self.is_latest(on):
            cancelled = [pledge_id for pledge_id in chosen if rows[pledge_id].pledge.cancelled_on]
            assert not problems or cancelled
        if not problems:
            payment = Payment(
                id=draft.key or "",
                key=draft.key or "",
                payer_id=draft.payer_id,
                received_on=on,
                amount_cents=amount,
                campaign_id=campaign,
                allocations=allocations,
            )
            self.carry_out(on, payments=[*self.payments, payment])

    def split(
        self, data: st.DataObject, rows: dict[str, PledgeRows], chosen: list[str], amount: int
    ) -> tuple[Allocation, ...]:
        """Parts by hand: of instalments open in the end, some of them a little too much."""
        found: dict[tuple[str, date | None], int] = {}
        for pledge_id in chosen:
            account = account_of(rows[pledge_id], END)
            days = [part.due_on for part in account.instalments] if account else []
            due_on = data.draw(st.sampled_from([None, *days]))
            found[pledge_id, due_on] = data.draw(st.integers(1, max(1, amount // len(chosen))))
        return tuple(
            Allocation(pledge_id=pledge_id, due_on=due_on, amount_cents=cents)
            for (pledge_id, due_on), cents in found.items()
        )

    @precondition(lambda self: any(payment.voided_on is None for payment in self.payments))
    @rule(data=st.data(), offset=offsets)
    def void(self, data: st.DataObject, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        live = [payment for payment in self.payments if payment.voided_on is None]
        payment = data.draw(st.sampled_from(live))
        rows = self.rows()
        own = [refund for refund in self.refunds if refund.payment_id == payment.id]
        if check_voiding(payment, on, "bounced", rows, refunds=own):
            return
        before = self.places(payment.id)
        voided = replace(payment, voided_on=on, void_reason="bounced")
        self.carry_out(on, payments=[voided if row.id == payment.id else row for row in self.payments])
        if self.is_latest(on) and all(change.on < on for change in self.changes):
            assert not before - self.places(payment.id)

    @precondition(lambda self: self.payments)
    @rule(data=st.data(), amount=amounts, offset=offsets)
    def give_back(self, data: st.DataObject, amount: int, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        rows = self.rows()
        payment = data.draw(st.sampled_from(self.payments))
        own = [refund for refund in self.refunds if refund.payment_id == payment.id]
        left = payment.amount_cents - refunded_cents(own)
        paid = {part.pledge_id: rows[part.pledge_id] for part in payment.allocations}
        row = Refund(
            id=(key := self.key()),
            key=key,
            payment_id=payment.id,
            on=on,
            amount_cents=amount,
            reason="asked for it",
            parts=propose_refund(payment, amount, paid, own),
        )
        problems = check_refund(row, payment, own, rows)
        if amount > left or payment.voided_on is not None:
            assert problems
        elif self.is_latest(on) and on >= payment.received_on:
            assert not problems
        if not problems:
            self.carry_out(on, refunds=[*self.refunds, row])

    @precondition(lambda self: any(refund.voided_on is None for refund in self.refunds))
    @rule(data=st.data(), offset=offsets)
    def keep_after_all(self, data: st.DataObject, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        live = [refund for refund in self.refunds if refund.voided_on is None]
        refund = data.draw(st.sampled_from(live))
        problems = check_refund_voiding(refund, on, "never cashed", self.rows())
        assert not (problems and on >= refund.on and self.is_latest(on))
        if not problems:
            voided = replace(refund, voided_on=on, void_reason="never cashed")
            self.carry_out(on, refunds=[voided if row.id == refund.id else row for row in self.refunds])

    @precondition(lambda self: any(pledge.is_conditional for pledge in self.pledges))
    @rule(data=st.data(), offset=offsets)
    def meet_condition(self, data: st.DataObject, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        pledge = data.draw(st.sampled_from([one for one in self.pledges if one.is_conditional]))
        if pledge.condition_met_on is None and not check_condition_met(pledge, on):
            met = replace(pledge, condition_met_on=on)
            pledges = [met if row.id == met.id else row for row in self.pledges]
            self.carry_out(on, pledges=pledges)

    def places(self, but: str) -> Counter[tuple[Any, ...]]:
        """Where the named money of every other payment stands in the end."""
        return Counter(
            (pledge_id, part.payment_id, part.due_on, part.amount_cents)
            for pledge_id, rows in self.rows().items()
            if (account := account_of(rows, END))
            for part in account.placements
            if part.payment_id != but and part.due_on
        )

    @precondition(lambda self: self.pledges)
    @rule(
        data=st.data(), amount=amounts, offset=offsets, how=st.sampled_from(["oldest", "proposed", "chosen"])
    )
    def write_off(self, data: st.DataObject, amount: int, offset: int, how: str) -> None:
        on = self.today - timedelta(days=offset)
        rows = data.draw(st.sampled_from(list(self.rows().values())))
        account = account_of(rows, END)
        if account is None or not account.balance_cents:
            return
        amount = min(amount, account.balance_cents)
        chosen = None
        if how == "proposed":
            chosen = proposed_write_off(rows, on, amount)
        elif how == "chosen":
            part = data.draw(st.sampled_from([part for part in account.instalments if part.open_cents]))
            amount = min(amount, part.open_cents)
            chosen = (Instalment(due_on=part.due_on, amount_cents=amount),)
        row = WriteOff(
            id=(key := self.key()),
            key=key,
            pledge_id=rows.pledge.id,
            on=on,
            amount_cents=amount,
            reason="moved away",
            instalments=chosen,
        )
        problems = check_write_off(row, rows.pledge, rows)
        is_plain = on >= rows.pledge.pledged_on and all(change.on < on for change in rows.changes)
        assert not (problems and is_plain and self.is_latest(on))
        if not problems:
            self.carry_out(on, write_offs=[*self.write_offs, row])

    @precondition(lambda self: self.pledges)
    @rule(data=st.data(), amount=amounts, offset=offsets)
    def change(self, data: st.DataObject, amount: int, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        rows = data.draw(st.sampled_from(list(self.rows().values())))
        row = TermsChange(
            id=self.key(),
            pledge_id=rows.pledge.id,
            on=on,
            amount_cents=amount,
            schedule=data.draw(schedules(amount, self.today)),
            position=len(rows.changes),
        )
        account = account_of(rows, on)
        problems = check_change(row, rows.pledge, rows)
        is_first = all(change.on != on for change in rows.changes)
        if account and is_first and amount < account.paid_cents + account.written_off_cents:
            assert problems
        if not problems:
            self.carry_out(on, changes=[*self.changes, row])

    @precondition(lambda self: self.pledges)
    @rule(data=st.data(), offset=offsets)
    def cancel(self, data: st.DataObject, offset: int) -> None:
        on = self.today - timedelta(days=offset)
        rows = data.draw(st.sampled_from(list(self.rows().values())))
        account = account_of(rows, END)
        problems = check_cancellation(rows, on, "withdrawn")
        if account and (account.paid_cents or account.credit_cents):
            assert problems
        if not problems:
            cancelled = replace(rows.pledge, cancelled_on=on, cancel_reason="withdrawn")
            pledges = [cancelled if row.id == cancelled.id else row for row in self.pledges]
            self.carry_out(on, pledges=pledges)

    # ---- What always holds ----

    def days(self) -> list[date]:
        return [self.today + timedelta(days=days) for days in (-50, -8, 0, 30)] + [END]

    @invariant()
    def every_row_fits(self) -> None:
        for rows in self.rows().values():
            assert misfits_of(rows) == ()

    @invariant()
    def figures_agree_with_a_plain_recomputation(self) -> None:
        for rows in self.rows().values():
            for day in self.days():
                account = account_of(rows, day)
                if account is not None:
                    self.compare(rows, account)

    def compare(self, rows: PledgeRows, account: PledgeAccount) -> None:
        plain = plain_account(rows, account.as_of)
        assert [(part.due_on, part.amount_cents, part.paid_cents) for part in account.instalments] == [
            (day, len(cents), sum(cent.payer is not None for cent in cents))
            for day, cents in sorted(plain.cents.items())
            if cents
        ]
        assert (account.pledged_cents, account.written_off_cents) == (plain.amount, plain.given_up)
        named = [
            part.amount_cents
            for payment in plain.waiting
            for part in payment.allocations
            if part.pledge_id == rows.pledge.id and part.due_on
        ]
        assert account.credit_cents == len(plain.credit) + sum(named)
        due_from = rows.pledge.due_from(account.as_of) or date.min
        overdue = sum(
            cent.payer is None for day, cent in plain.all_cents() if max(day, due_from) < account.as_of
        )
        waits = due_from == NEVER and plain.first_open() is not None
        assert (account.is_waiting, account.waiting_cents > 0) == (waits, waits)
        assert account.overdue_cents == overdue
        expected = PledgeState.OVERDUE if overdue else PledgeState.OPEN
        if plain.is_cancelled:
            expected = PledgeState.CANCELLED
        elif plain.first_open() is None:
            expected = PledgeState.WRITTEN_OFF if plain.given_up else PledgeState.FULFILLED
        assert account.state is expected

    @invariant()
    def the_invariants_of_the_rules_hold(self) -> None:
        for rows in self.rows().values():
            movements = movements_of(rows)
            for day in self.days():
                account = account_of(rows, day)
                if account is None:
                    continue
                instalments = sum(part.amount_cents for part in account.instalments)
                assert instalments == account.pledged_cents - account.written_off_cents
                assert account.balance_cents == sum(part.open_cents for part in account.instalments)
                assert all(0 <= part.paid_cents <= part.amount_cents for part in account.instalments)
                assert all(part.amount_cents for part in account.instalments)
                live = sum(
                    part.amount_cents
                    for payment in rows.payments
                    if payment.is_live(day)
                    for part in payment.allocations
                    if part.pledge_id == rows.pledge.id
                )
                returned = sum(
                    part.amount_cents
                    for refund in rows.refunds
                    if refund.is_live(day)
                    for part in refund.parts
                    if part.pledge_id == rows.pledge.id
                )
                assert account.paid_cents + account.credit_cents == live - returned
                known = [move for move in movements if move.on <= day]
                assert sum(move.paid_cents for move in known) == account.paid_cents
                assert sum(move.credit_cents for move in known) == account.credit_cents
                assert sum(move.planned_cents for move in known) == instalments
                assert sum(move.pledged_cents for move in known) == account.pledged_cents
                assert sum(move.written_off_cents for move in known) == account.written_off_cents
                overdue = [m.planned_cents - m.paid_cents for m in known if m.due_on and m.due_on < day]
                if (rows.pledge.due_from(day) or date.min) < day:
                    assert sum(overdue) == account.overdue_cents
                else:
                    assert account.overdue_cents == 0

    @invariant()
    def totals_agree(self) -> None:
        for day in self.days():
            accounts = accounts_of(self.rows().values(), day)
            aging = aging_of(accounts, day)
            assert aging.total.total_cents == sum(account.balance_cents for account in accounts)
            assert aging.total.total_cents - aging.total.values()["not_due"] == sum(
                account.overdue_cents for account in accounts
            )
            for account in accounts:
                if account.state is PledgeState.OVERDUE:
                    assert account.next_due_on is not None
                    assert account.next_due_on < day
                    assert account.instalments[0].state in InstalmentState


TestMoney = Money.TestCase
TestMoney.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=20, deadline=None
)
