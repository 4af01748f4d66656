"""A run of payments: what it says of a pledge is what the pledge's ledger says."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.allocating import new_misfits, propose, with_payment
from commission_app.domain.payment_run import PaymentRun
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_ledger import ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from tests.unit.domain_rows import day
from tests.unit.money_rows import change, every, payment, pledge, rows, write_off

DAYS = ["2026-02-28", "2026-03-28", "2026-04-28"]
PLEDGE = pledge("9.00", every("month", 3, DAYS[0]))
#: The days are those of the instalments, one that is none, and credit.
NAMED = st.sampled_from([*DAYS, "2026-05-28", None])
PARTS = st.dictionaries(NAMED, st.integers(1, 400), min_size=1, max_size=3)
PAYMENTS = st.lists(st.tuples(st.sampled_from(["2026-01-15", "2026-03-28", "2026-06-01"]), PARTS), max_size=9)


def draft(received_on: str, parts: dict[str | None, int], key: str = "new") -> PaymentDraft:
    allocations = tuple(
        Allocation(pledge_id="p1", due_on=day(on) if on else None, amount_cents=cents)
        for on, cents in parts.items()
    )
    return PaymentDraft(
        key=key,
        payer_id="ana",
        received_on=day(received_on),
        amount_cents=sum(parts.values()),
        allocations=allocations,
    )


def recorded(one: PaymentDraft) -> Payment:
    return Payment(
        id=str(one.key), **{name: getattr(one, name) for name in PaymentDraft.__dataclass_fields__}
    )


def begun(stored: PledgeRows) -> PaymentRun:
    run = PaymentRun()
    run.begin({"p1": stored})
    return run


@given(PAYMENTS, st.lists(st.sampled_from(["", "2026-03-30", "2026-06-02"]), min_size=9, max_size=9))
def test_run_takes_what_the_ledger_of_a_plain_pledge_books(
    payments: list[tuple[str, dict[str | None, int]]], voided: list[str]
) -> None:
    stored = rows(PLEDGE)
    run = begun(stored)
    for number, (received_on, parts) in enumerate(payments):
        one = draft(received_on, parts, f"{number}")
        fits = not new_misfits(stored, with_payment(stored, one))
        assert run.takes(one) is fits
        if fits:
            on = voided[number]
            kept = recorded(one)
            if on > received_on:  # what was voided is read again, it is not recorded in a run
                kept = replace(kept, voided_on=day(on), void_reason="It bounced")
            stored = replace(stored, payments=(*stored.payments, kept))
            if kept.voided_on:
                run = begun(stored)
            else:
                run.add(kept)
            assert run.rows["p1"].payments == stored.payments
        assert run.open_parts(stored) == ledger_of(stored).open_parts()


@given(PAYMENTS, st.integers(1, 1_200))
def test_proposal_of_a_run_is_that_of_the_ledger(
    payments: list[tuple[str, dict[str | None, int]]], cents: int
) -> None:
    stored = rows(PLEDGE)
    run = begun(stored)
    for number, (received_on, parts) in enumerate(payments):
        one = draft(received_on, parts, f"{number}")
        if run.takes(one):
            run.add(recorded(one))
    left = run.rows["p1"]
    proposed = propose(cents, day("2026-06-01"), [left], open_parts=run.open_parts)
    assert proposed == propose(cents, day("2026-06-01"), [left])


def test_pledge_with_more_on_it_than_payments_is_left_to_its_ledger() -> None:
    one = draft("2026-03-01", {DAYS[0]: 100})
    assert begun(rows(PLEDGE)).takes(one)
    for more in (
        write_off("2026-03-01", "1.00"),
        change("2026-03-01", "8.00", every("month", 2, "2026-04-28")),
    ):
        stored = rows(PLEDGE, more)
        assert not begun(stored).takes(one)
        assert begun(stored).open_parts(stored) == ledger_of(stored).open_parts()


def test_pledge_that_is_not_in_order_or_not_there_is_left_to_its_ledger() -> None:
    over = rows(PLEDGE, payment("4.00", "2026-03-01", ("p1", DAYS[0], "4.00")))
    assert not begun(over).takes(draft("2026-03-02", {DAYS[1]: 1}))
    assert not PaymentRun().takes(draft("2026-03-02", {None: 1}))
