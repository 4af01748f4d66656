"""The account of a pledge: every row and sentence of rules section 6 about pledges."""

from dataclasses import replace

import pytest

from commission_app.domain.pledge_accounts import account_of, misfits_of, movements_of
from commission_app.domain.pledge_rows import PledgeRows, rows_by_pledge
from commission_app.domain.pledges import InstalmentState, PledgeState
from tests.unit.domain_rows import day
from tests.unit.money_rows import (
    account,
    cents,
    change,
    dates,
    delivery,
    every,
    in_kind,
    listed,
    paid_by_rule,
    payment,
    pledge,
    rows,
    write_off,
)

MONTHLY = every("month", 12, "2026-02-28")
TWELVE_TENS = pledge("120.00", MONTHLY)
END = "2100-12-31"


def figures(of: PledgeRows, on: str) -> dict[str, object]:
    """The computed values without the instalments."""
    values = account(of, on).values()
    del values["instalments"]
    return values


# ---- The table ------------------------------------------------------------------------------------


def test_100_in_12_monthly_from_28_feb_2026_834_paid_on_1_mar_on_1_jun_2026_paid_834_overdue_2502() -> None:
    promise = rows(pledge("100.00", MONTHLY))
    found = account(replace(promise, payments=(paid_by_rule(promise, "8.34", "2026-03-01"),)), "2026-06-01")
    assert found.values() | {"instalments": None} == {
        "state": "overdue",
        "paid_cents": 834,
        "written_off_cents": 0,
        "balance_cents": 9_166,
        "overdue_cents": 2_502,
        "credit_cents": 0,
        "instalments": None,
    }
    overdue = [part.due_on for part in found.instalments if part.state is InstalmentState.OVERDUE]
    assert overdue == [day("2026-03-28"), day("2026-04-28"), day("2026-05-28")]
    assert found.instalments[0].values() == {
        "due_on": "2026-02-28",
        "amount_cents": 834,
        "paid_cents": 834,
        "state": "paid",
    }
    assert found.instalments[4].state is InstalmentState.OPEN


def test_check_100_on_5_jun_60_to_p1_40_to_p2_one_payment_p2_has_10_open() -> None:
    p1 = pledge("60.00", dates(("2026-05-01", "30.00"), ("2026-06-01", "30.00")))
    p2 = pledge("50.00", every("once", 1, "2026-06-01"), key="p2")
    check = payment(
        "100.00",
        "2026-06-05",
        ("p1", "2026-05-01", "30.00"),
        ("p1", "2026-06-01", "30.00"),
        ("p2", "2026-06-01", "40.00"),
    )
    assert check.gift_cents == 0
    first, second = rows(p1, check), rows(p2, check)
    assert misfits_of(first) == misfits_of(second) == ()
    assert account(first, "2026-06-05").state is PledgeState.FULFILLED
    assert account(second, "2026-06-05").balance_cents == cents("10.00")


def test_two_instalments_of_50_paid_by_p1_and_p2_p1_voided_the_first_open_the_second_paid() -> None:
    promise = rows(pledge("100.00", every("month", 2, "2026-03-01")))
    first = paid_by_rule(promise, "50.00", "2026-03-01", "y1")
    second = paid_by_rule(replace(promise, payments=(first,)), "50.00", "2026-04-01", "y2")
    voided = replace(first, voided_on=day("2026-04-15"), void_reason="bounced")
    after = replace(promise, payments=(voided, second))
    assert listed(account(after, "2026-04-15")) == [("2026-03-01", 5_000, 0), ("2026-04-01", 5_000, 5_000)]
    assert account(after, "2026-04-14").state is PledgeState.FULFILLED
    assert account(after, "2026-04-15").state is PledgeState.OVERDUE


def test_12_of_10_three_paid_25_written_off_4th_and_5th_gone_6th_5_balance_65() -> None:
    promise = rows(TWELVE_TENS)
    paid = paid_by_rule(promise, "30.00", "2026-05-01")
    found = account(replace(promise, payments=(paid,), write_offs=(write_off("2026-05-02", "25.00"),)), END)
    assert listed(found)[:4] == [
        ("2026-02-28", 1_000, 1_000),
        ("2026-03-28", 1_000, 1_000),
        ("2026-04-28", 1_000, 1_000),
        ("2026-07-28", 500, 0),
    ]
    assert found.balance_cents == cents("65.00")
    assert len(found.instalments) == 10
    assert [(part.due_on.isoformat(), part.amount_cents) for part in found.given_up] == [
        ("2026-05-28", 1_000),
        ("2026-06-28", 1_000),
        ("2026-07-28", 500),
    ]


def test_120_in_12_25_paid_changed_to_90_paid_25_stays_65_over_the_nine_remaining_dates() -> None:
    promise = rows(TWELVE_TENS)
    paid = paid_by_rule(promise, "25.00", "2026-04-01")
    new = change("2026-05-01", "90.00", MONTHLY)
    found = account(replace(promise, payments=(paid,), changes=(new,)), "2026-05-01")
    amounts = [part.amount_cents for part in found.instalments]
    assert amounts == [1_000, 1_000, 500, 723, 723, *[722] * 7]
    assert [part.paid_cents for part in found.instalments] == [1_000, 1_000, 500, *[0] * 9]
    assert found.balance_cents == cents("65.00")
    # The same with the nine dates named as the new schedule.
    nine = change("2026-05-01", "90.00", every("month", 9, "2026-05-28"))
    same = account(replace(promise, payments=(paid,), changes=(nine,)), "2026-05-01")
    assert listed(same) == listed(found)


# ---- Payments and voids ---------------------------------------------------------------------------


def test_voiding_frees_its_allocations_exactly_others_stay_where_they_are() -> None:
    first = payment("15.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "5.00"))
    second = payment(
        "10.00", "2026-03-02", ("p1", "2026-03-28", "5.00"), ("p1", "2026-04-28", "5.00"), key="y2"
    )
    voided = replace(first, voided_on=day("2026-03-03"), void_reason="bounced")
    before, after = rows(TWELVE_TENS, first, second), rows(TWELVE_TENS, voided, second)
    assert [part[2] for part in listed(account(before, "2026-03-03"))][:4] == [1_000, 1_000, 500, 0]
    assert [part[2] for part in listed(account(after, "2026-03-03"))][:4] == [0, 500, 500, 0]
    assert account(after, "2026-03-02") == account(before, "2026-03-02")


def test_what_no_instalment_takes_is_credit_which_is_not_paid() -> None:
    promise = rows(pledge("50.00", every("once", 1, "2026-03-01")))
    paid = paid_by_rule(promise, "60.00", "2026-02-10")
    assert [(part.due_on, part.amount_cents) for part in paid.allocations] == [
        (day("2026-03-01"), 5_000),
        (None, 1_000),
    ]
    assert figures(replace(promise, payments=(paid,)), "2026-02-10") == {
        "state": "fulfilled",
        "paid_cents": 5_000,
        "written_off_cents": 0,
        "balance_cents": 0,
        "overdue_cents": 0,
        "credit_cents": 1_000,
    }


def test_a_payment_voided_on_the_day_it_came_never_counts() -> None:
    paid = payment(
        "10.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), voided_on=day("2026-03-01"), void_reason="typo"
    )
    assert account(rows(TWELVE_TENS, paid), "2026-03-01").paid_cents == 0


def test_a_correction_with_the_old_day_waits_as_credit_until_the_wrong_payment_is_voided() -> None:
    wrong = payment(
        "10.00",
        "2026-03-01",
        ("p1", "2026-02-28", "10.00"),
        key="a",
        voided_on=day("2026-06-01"),
        void_reason="wrong amount",
    )
    right = payment(
        "12.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "2.00"), key="b"
    )
    both = rows(TWELVE_TENS, wrong, right)
    assert misfits_of(both) == ()
    before, after = account(both, "2026-05-31"), account(both, "2026-06-01")
    assert (before.paid_cents, before.credit_cents) == (1_000, 1_200)
    assert (after.paid_cents, after.credit_cents) == (1_200, 0)
    assert [part[2] for part in listed(after)][:2] == [1_000, 200]


def test_payments_before_the_day_of_the_pledge_count_from_its_day() -> None:
    paid = payment("10.00", "2026-01-15", ("p1", "2026-02-28", "10.00"))
    of = rows(TWELVE_TENS, paid)
    assert account_of(of, day("2026-01-31")) is None
    assert account(of, "2026-02-01").paid_cents == 1_000


# ---- Change of terms ------------------------------------------------------------------------------


def test_an_instalment_partly_paid_shrinks_to_what_is_paid() -> None:
    paid = payment("4.00", "2026-03-01", ("p1", "2026-06-28", "4.00"))
    new = change("2026-03-02", "50.00", every("once", 1, "2026-12-01"))
    found = account(rows(TWELVE_TENS, paid, new), "2026-03-02")
    assert listed(found) == [("2026-06-28", 400, 400), ("2026-12-01", 4_600, 0)]
    assert found.instalments[0].state is InstalmentState.PAID


def test_credit_goes_to_the_new_instalments_first_and_is_freed_with_its_payment() -> None:
    promise = pledge("50.00", every("once", 1, "2026-03-01"))
    paid = payment("65.00", "2026-03-01", ("p1", "2026-03-01", "50.00"), ("p1", None, "15.00"))
    other = payment("5.00", "2026-03-05", ("p1", None, "5.00"), key="y2")
    new = change(
        "2026-04-01",
        "80.00",
        dates(("2026-03-01", "50.00"), ("2026-05-01", "10.00"), ("2026-06-01", "20.00")),
    )
    found = account(rows(promise, paid, other, new), "2026-04-01")
    assert listed(found) == [
        ("2026-03-01", 5_000, 5_000),
        ("2026-05-01", 1_000, 1_000),
        ("2026-06-01", 2_000, 1_000),
    ]
    assert (found.paid_cents, found.credit_cents, found.balance_cents) == (7_000, 0, 1_000)
    voided = replace(paid, voided_on=day("2026-04-02"), void_reason="bounced")
    found = account(rows(promise, voided, other, new), "2026-04-02")
    assert [part[2] for part in listed(found)] == [0, 0, 500]


def test_credit_that_the_new_terms_do_not_need_stays_credit() -> None:
    promise = pledge("50.00", every("once", 1, "2026-03-01"))
    paid = payment("70.00", "2026-03-01", ("p1", "2026-03-01", "50.00"), ("p1", None, "20.00"))
    found = account(rows(promise, paid, change("2026-04-01", "60.00", every("once", 1, "2026-05-01"))), END)
    assert (found.paid_cents, found.credit_cents, found.state) == (6_000, 1_000, PledgeState.FULFILLED)


def test_an_allocation_that_names_an_instalment_comes_before_credit_carried_to_it() -> None:
    promise = pledge("40.00", every("month", 2, "2026-03-01"))
    early = payment("10.00", "2026-02-10", ("p1", None, "10.00"), key="late-entry")
    new = change("2026-03-10", "40.00", every("month", 4, "2026-04-01"))
    named = payment("10.00", "2026-03-20", ("p1", "2026-04-01", "10.00"), key="named")
    of = rows(promise, early, new, named)
    assert misfits_of(of) == ()
    assert [part[2] for part in listed(account(of, "2026-03-10"))] == [1_000, 0, 0, 0]
    assert [part[2] for part in listed(account(of, "2026-03-20"))] == [1_000, 1_000, 0, 0]
    where = {part.payment_id: part.due_on for part in account(of, "2026-03-20").placements}
    assert where == {"named": day("2026-04-01"), "late-entry": day("2026-05-01")}


def test_an_amount_under_paid_and_written_off_is_refused() -> None:
    paid = payment("20.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "10.00"))
    given_up = write_off("2026-03-02", "15.00")
    exact = rows(TWELVE_TENS, paid, given_up, change("2026-03-03", "35.00", MONTHLY))
    assert misfits_of(exact) == ()
    assert account(exact, END).state is PledgeState.WRITTEN_OFF
    under = rows(TWELVE_TENS, paid, given_up, change("2026-03-03", "34.99", MONTHLY))
    (misfit,) = misfits_of(under)
    assert (misfit.noun, misfit.path) == ("changes", "amount_cents")
    assert misfit.message == "35.00 was paid or written off by March 3, 2026; the new amount cannot be less."
    assert account(under, END).pledged_cents == 12_000


def test_a_new_instalment_under_a_cent_is_refused() -> None:
    of = rows(TWELVE_TENS, change("2026-03-03", "0.11", MONTHLY))
    (misfit,) = misfits_of(of)
    assert (misfit.path, misfit.message) == (
        "schedule.count",
        "An installment of 0.11 in 12 would be under a cent.",
    )


def test_old_terms_stay_in_the_history() -> None:
    new = change("2026-05-01", "90.00", every("quarter", 3, "2026-06-01"))
    newer = change("2026-05-01", "60.00", every("once", 1, "2026-07-01"), position=1)
    of = rows(TWELVE_TENS, newer, new)
    assert listed(account(of, "2026-04-30")) == listed(account(rows(TWELVE_TENS), "2026-04-30"))
    assert account(of, "2026-04-30").schedule == MONTHLY
    assert listed(account(of, "2026-05-01")) == [("2026-07-01", 6_000, 0)]
    assert account(of, "2026-05-01").pledged_cents == 6_000


def test_paid_instalments_stay_when_their_day_is_not_in_the_new_schedule_and_open_up_when_voided() -> None:
    paid = payment("15.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "5.00"))
    new = change("2026-04-01", "45.00", every("once", 1, "2026-12-01"))
    voided = replace(paid, voided_on=day("2026-04-02"), void_reason="bounced")
    assert listed(account(rows(TWELVE_TENS, voided, new), "2026-04-02")) == [
        ("2026-02-28", 1_000, 0),
        ("2026-03-28", 500, 0),
        ("2026-12-01", 3_000, 0),
    ]


def test_on_the_day_of_a_change_what_fits_the_old_terms_was_paid_before_it_and_the_rest_after() -> None:
    new = change("2026-03-01", "180.00", MONTHLY)
    old = payment("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00"))
    assert listed(account(rows(TWELVE_TENS, old, new), END))[0] == ("2026-02-28", 1_000, 1_000)
    after = payment("15.00", "2026-03-01", ("p1", "2026-02-28", "15.00"))
    assert listed(account(rows(TWELVE_TENS, after, new), END))[0] == ("2026-02-28", 1_500, 1_500)
    assert misfits_of(rows(TWELVE_TENS, after, new)) == ()


def test_of_several_changes_on_a_day_the_last_holds() -> None:
    mistyped = change("2026-03-01", "9000.00", every("once", 1, "2026-12-01"))
    right = change("2026-03-01", "90.00", every("once", 1, "2026-11-01"), position=1)
    credit = payment("100.00", "2026-03-01", ("p1", None, "100.00"))
    found = account(rows(TWELVE_TENS, right, mistyped, credit), "2026-03-01")
    assert listed(found) == [("2026-11-01", 9_000, 9_000)]
    assert found.credit_cents == 1_000


def test_on_the_day_of_a_change_a_write_off_takes_the_new_instalments_unless_only_the_old_ones_fit() -> None:
    new = change("2026-03-01", "90.00", MONTHLY)
    after = account(rows(TWELVE_TENS, new, write_off("2026-03-01", "7.50")), "2026-03-01")
    assert listed(after)[0] == ("2026-03-28", 750, 0)
    before = rows(TWELVE_TENS, new, write_off("2026-03-01", "10.00", ("2026-02-28", "10.00")))
    assert misfits_of(before) == ()
    found = account(before, "2026-03-01")
    assert [part[1] for part in listed(found)] == [667] * 8 + [666] * 4
    assert (found.pledged_cents, found.written_off_cents) == (9_000, 1_000)


def test_a_write_off_turns_carried_money_back_into_credit_where_it_needs_the_room() -> None:
    promise = pledge("50.00", every("once", 1, "2026-03-01"))
    new = change("2026-03-01", "40.00", every("month", 2, "2026-04-01"))
    late = payment("15.00", "2026-02-20", ("p1", None, "15.00"))
    found = account(rows(promise, new, late, write_off("2026-03-05", "30.00")), "2026-03-05")
    assert listed(found) == [("2026-04-01", 1_000, 1_000)]
    assert (found.paid_cents, found.credit_cents, found.balance_cents) == (1_000, 500, 0)


# ---- Write-offs and cancellation ------------------------------------------------------------------


def test_write_offs_add_up_none_replaces_another_and_payments_are_untouched() -> None:
    paid = payment("4.00", "2026-03-01", ("p1", "2026-02-28", "4.00"))
    of = rows(TWELVE_TENS, paid, write_off("2026-03-02", "7.00"), write_off("2026-03-03", "5.00", key="w2"))
    found = account(of, "2026-03-03")
    assert listed(found)[:2] == [("2026-02-28", 400, 400), ("2026-03-28", 400, 0)]
    assert (found.paid_cents, found.written_off_cents, found.balance_cents) == (400, 1_200, 10_400)


def test_a_write_off_takes_chosen_instalments() -> None:
    of = rows(TWELVE_TENS, write_off("2026-03-02", "12.00", ("2027-01-28", "10.00"), ("2026-12-28", "2.00")))
    found = listed(account(of, "2026-03-02"))
    assert found[-1] == ("2026-12-28", 800, 0)
    assert found[0] == ("2026-02-28", 1_000, 0)


def test_a_pledge_with_nothing_paid_may_be_cancelled_no_instalments_balance_0_in_no_total() -> None:
    voided = payment(
        "10.00",
        "2026-03-01",
        ("p1", "2026-02-28", "10.00"),
        voided_on=day("2026-03-05"),
        void_reason="bounced",
    )
    given_up = write_off("2026-03-06", "20.00")
    cancelled = replace(TWELVE_TENS, cancelled_on=day("2026-03-10"), cancel_reason="withdrawn")
    of = rows(cancelled, voided, given_up)
    assert misfits_of(of) == ()
    assert account(of, "2026-03-10").values() == {
        "state": "cancelled",
        "paid_cents": 0,
        "written_off_cents": 0,
        "balance_cents": 0,
        "overdue_cents": 0,
        "credit_cents": 0,
        "instalments": [],
    }
    assert account(of, "2026-03-10").pledged_cents == 0
    assert account(of, "2026-03-09").pledged_cents == 12_000


@pytest.mark.parametrize("due_on", ["2026-02-28", None])
def test_a_pledge_with_something_paid_is_not_cancelled(due_on: str | None) -> None:
    cancelled = replace(TWELVE_TENS, cancelled_on=day("2026-03-10"))
    of = rows(cancelled, payment("10.00", "2026-03-01", ("p1", due_on, "10.00")))
    assert [(misfit.noun, misfit.path) for misfit in misfits_of(of)] == [("pledges", "cancelled")]
    assert account(of, END).state is not PledgeState.CANCELLED


# ---- States and readings --------------------------------------------------------------------------


def test_overdue_is_a_due_instalment_unpaid_on_the_day_after_its_date() -> None:
    of = rows(pledge("50.00", every("once", 1, "2026-03-01")))
    assert account(of, "2026-03-01").state is PledgeState.OPEN
    assert account(of, "2026-03-02").state is PledgeState.OVERDUE
    part = rows(of.pledge, payment("49.99", "2026-03-01", ("p1", "2026-03-01", "49.99")))
    assert account(part, "2026-03-02").overdue_cents == 1


def test_balance_0_is_written_off_if_any_part_was_else_fulfilled() -> None:
    promise = pledge("50.00", every("once", 1, "2026-03-01"))
    paid = payment("50.00", "2026-03-01", ("p1", "2026-03-01", "50.00"))
    assert account(rows(promise, paid), "2026-03-02").state is PledgeState.FULFILLED
    most = payment("49.00", "2026-03-01", ("p1", "2026-03-01", "49.00"))
    given_up = write_off("2026-03-03", "1.00")
    assert account(rows(promise, most, given_up), "2026-03-03").state is PledgeState.WRITTEN_OFF
    assert account(rows(promise, most, given_up), "2026-03-02").state is PledgeState.OVERDUE


@pytest.mark.parametrize(
    "of",
    [
        rows(TWELVE_TENS, payment("10.00", "2026-05-01", ("p1", "2026-02-28", "10.00"))),
        rows(TWELVE_TENS, write_off("2026-05-01", "10.00")),
        rows(TWELVE_TENS, change("2026-05-01", "90.00", MONTHLY)),
        rows(replace(TWELVE_TENS, cancelled_on=day("2026-05-01"))),
    ],
    ids=["payment", "write-off", "change", "cancellation"],
)
def test_as_of_an_earlier_day_later_rows_are_ignored(of: PledgeRows) -> None:
    plain = account(rows(TWELVE_TENS), "2026-04-30").values()
    assert account(of, "2026-04-30").values() == plain
    assert account(of, "2026-05-01").values() != account(rows(TWELVE_TENS), "2026-05-01").values()


def test_next_due_on_is_the_oldest_open_day() -> None:
    paid = payment("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00"))
    assert account(rows(TWELVE_TENS, paid), "2026-06-01").next_due_on == day("2026-03-28")


def test_in_kind_is_fulfilled_when_all_is_delivered_and_has_no_money() -> None:
    of = rows(in_kind(10), delivery("2026-03-01", 4), delivery("2026-04-01", 6, key="d2"))
    assert account(of, "2026-02-01").values() == {"state": "open", "delivered": 0}
    assert account(of, "2026-03-31").values() == {"state": "open", "delivered": 4}
    assert account(of, "2026-04-01").values() == {"state": "fulfilled", "delivered": 10}
    assert (account(of, END).pledged_cents, account(of, END).instalments) == (0, ())
    cancelled = rows(replace(in_kind(10), cancelled_on=day("2026-03-01")))
    assert account(cancelled, "2026-02-28").state is PledgeState.OPEN
    assert account(cancelled, "2026-03-01").values() == {"state": "cancelled", "delivered": 0}


def test_the_estimate_of_a_pledge_in_kind_reaches_no_figure() -> None:
    of = rows(replace(in_kind(10), estimate_cents=99_999))
    assert "99999" not in str(account(of, END).values())
    assert movements_of(of) == ()


def test_rows_are_gathered_by_pledge() -> None:
    p2 = replace(TWELVE_TENS, id="p2", key="p2")
    both = payment("20.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p2", "2026-02-28", "10.00"))
    own = write_off("2026-03-02", "1.00", to="p2")
    found = rows_by_pledge([TWELVE_TENS, p2], payments=[both], write_offs=[own])
    assert found == {"p1": rows(TWELVE_TENS, both), "p2": rows(p2, both, own)}


def test_movements_by_a_day_add_up_to_the_account() -> None:
    paid = payment("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00"))
    of = rows(TWELVE_TENS, paid, write_off("2026-03-05", "10.00"))
    by_march_4 = [move for move in movements_of(of) if move.on <= day("2026-03-04")]
    assert sum(move.paid_cents for move in by_march_4) == 1_000
    assert sum(move.written_off_cents for move in movements_of(of)) == 1_000
    assert sum(move.planned_cents for move in movements_of(of) if move.due_on == day("2026-03-28")) == 0
