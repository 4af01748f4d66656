"""Allocation by rule, and the checks of campaigns, pledges and payments."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from commission_app.domain.allocating import by_rule, propose, proposed_write_off
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledge_accounts import misfits_of
from commission_app.domain.pledge_checks import (
    check_campaign,
    check_cancellation,
    check_change,
    check_delivery,
    check_payment,
    check_pledge,
    check_voiding,
    check_write_off,
)
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.errors import Problem
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
    parts,
    payment,
    pledge,
    rows,
    write_off,
)

MONTHLY = every("month", 12, "2026-02-28")
TENS = pledge("120.00", MONTHLY)
NO_LONGER = "What was recorded already would not fit any more:"


def told(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in problems]


def found(allocations: Sequence[Allocation]) -> list[tuple[str, str | None, int]]:
    return [
        (part.pledge_id, part.due_on.isoformat() if part.due_on else None, part.amount_cents)
        for part in allocations
    ]


def draft(amount: str, on: str, *named: tuple[str, str | None, str], **fields: Any) -> PaymentDraft:
    """A payment as entered."""
    row = payment(amount, on, *named)
    given = {"campaign_id": None, **fields}
    return PaymentDraft(
        payer_id="ana",
        received_on=row.received_on,
        amount_cents=row.amount_cents,
        allocations=row.allocations,
        **given,
    )


# ---- Allocation by rule ---------------------------------------------------------------------------


def test_by_default_the_named_pledges_oldest_open_ones() -> None:
    of = rows(
        TENS, payment("14.00", "2026-03-01", ("p1", "2026-02-28", "4.00"), ("p1", "2026-03-28", "10.00"))
    )
    assert found(propose(1_500, day("2026-03-02"), [of])) == [
        ("p1", "2026-02-28", 600),
        ("p1", "2026-04-28", 900),
    ]


def test_several_pledges_are_paid_by_due_day_then_in_the_order_chosen() -> None:
    p1 = rows(pledge("60.00", dates(("2026-05-01", "30.00"), ("2026-06-01", "30.00"))))
    p2 = rows(pledge("50.00", every("once", 1, "2026-06-01"), key="p2"))
    assert found(propose(10_000, day("2026-06-05"), [p1, p2])) == [
        ("p1", "2026-05-01", 3_000),
        ("p1", "2026-06-01", 3_000),
        ("p2", "2026-06-01", 4_000),
    ]
    assert found(propose(8_000, day("2026-06-05"), [p2, p1])) == [
        ("p1", "2026-05-01", 3_000),
        ("p2", "2026-06-01", 5_000),
    ]


def test_the_rest_is_credit_on_the_first_pledge_or_a_gift_where_a_campaign_is_named() -> None:
    of = rows(pledge("10.00", every("once", 1, "2026-03-01")))
    assert found(propose(1_500, day("2026-03-01"), [of])) == [("p1", "2026-03-01", 1_000), ("p1", None, 500)]
    gift = propose(1_500, day("2026-03-01"), [of], has_campaign=True)
    assert found(gift) == [("p1", "2026-03-01", 1_000)]
    assert propose(1_500, day("2026-03-01"), []) == ()


def test_by_rule_reads_the_pledge_as_of_the_day_received() -> None:
    promise = rows(TENS, change("2026-05-01", "90.00", MONTHLY), write_off("2026-04-15", "10.00"))
    assert found(by_rule(promise, draft("25.00", "2026-03-01"))) == [
        ("p1", "2026-02-28", 1_000),
        ("p1", "2026-03-28", 1_000),
        ("p1", "2026-04-28", 500),
    ]


def test_by_rule_gives_way_to_what_later_rows_have_taken() -> None:
    promise = rows(TENS, payment("10.00", "2026-05-01", ("p1", "2026-02-28", "10.00")))
    assert found(by_rule(promise, draft("10.00", "2026-03-01"))) == [("p1", "2026-03-28", 1_000)]


def test_a_payment_entered_late_before_a_change_is_credit_that_the_change_carries() -> None:
    promise = rows(TENS, change("2026-05-01", "90.00", MONTHLY))
    proposed = propose(1_000, day("2026-04-20"), [promise])
    assert found(proposed) == [("p1", None, 1_000)]
    late = payment("10.00", "2026-04-20", ("p1", None, "10.00"))
    after = account(replace(promise, payments=(late,)), "2026-05-01")
    assert listed(after)[:3] == [
        ("2026-02-28", 750, 750),
        ("2026-03-28", 750, 250),
        ("2026-04-28", 750, 0),
    ]


def test_a_write_off_dated_before_later_payments_names_what_is_open_now() -> None:
    of = rows(TENS, payment("10.00", "2026-05-01", ("p1", "2026-02-28", "10.00")))
    assert proposed_write_off(of, day("2026-05-01"), 1_500) is None
    named = proposed_write_off(of, day("2026-04-01"), 1_500)
    assert named == parts(("2026-03-28", "10.00"), ("2026-04-28", "5.00"))
    row = replace(write_off("2026-04-01", "15.00"), instalments=named)
    assert misfits_of(replace(of, write_offs=(row,))) == ()
    assert misfits_of(replace(of, write_offs=(write_off("2026-04-01", "15.00"),))) != ()


# ---- Payments -------------------------------------------------------------------------------------

OPEN = {"p1": rows(TENS)}
IN_KIND = {"k1": rows(in_kind(5))}
CANCELLED = {"p1": rows(replace(TENS, cancelled_on=day("2026-02-05")))}


@pytest.mark.parametrize(
    ("entered", "among", "problems"),
    [
        (draft("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00")), OPEN, []),
        (draft("10.00", "2026-03-01", ("p1", None, "10.00")), OPEN, []),
        (draft("10.00", "2026-03-01", campaign_id="youth"), OPEN, []),
        (
            draft("10.00", "2026-03-01", ("p1", "2026-02-28", "10.01"), campaign_id="youth"),
            OPEN,
            [("allocations", "10.01 is allocated, more than the payment of 10.00.")],
        ),
        (
            draft("20.00", "2026-03-01", ("p1", "2026-02-28", "10.01"), campaign_id="youth"),
            OPEN,
            [("allocations[0].amount_cents", "10.01 is more than the 10.00 open on February 28, 2026.")],
        ),
        (
            draft("10.00", "2026-03-01", ("p1", "2026-02-27", "10.00")),
            OPEN,
            [("allocations[0].due_on", "There is no installment on February 27, 2026.")],
        ),
        (
            draft("10.00", "2026-03-01", ("p1", "2026-02-28", "5.00"), ("p1", "2026-02-28", "5.00")),
            OPEN,
            [("allocations[1].due_on", "The installment of February 28, 2026 stands twice.")],
        ),
        (
            draft("10.00", "2026-03-01", ("p1", "2026-02-28", "9.00")),
            OPEN,
            [("campaign_id", "1.00 is not allocated. Name a campaign for it, or keep it as credit.")],
        ),
        (
            draft("10.00", "2026-03-01", ("k1", None, "10.00")),
            IN_KIND,
            [("allocations[0].pledge", "This pledge is in kind.")],
        ),
        (
            draft("10.00", "2026-03-01", ("p1", None, "10.00")),
            CANCELLED,
            [("allocations[0].pledge", "The pledge is cancelled.")],
        ),
        (
            draft("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00")),
            CANCELLED,
            [("allocations[0].pledge", "The pledge is cancelled.")],
        ),
        (
            replace(draft("10.00", "1850-01-01", campaign_id="youth"), payer_id="", amount_cents=0),
            OPEN,
            [
                ("payer_id", "Choose who paid."),
                ("received_on", "Use a year from 1900 to 2100."),
                ("amount_cents", "The amount must be more than zero."),
            ],
        ),
    ],
)
def test_check_payment(
    entered: PaymentDraft, among: dict[str, PledgeRows], problems: list[tuple[str, str]]
) -> None:
    assert told(check_payment(entered, among)) == problems


def test_a_payment_that_would_push_another_off_its_instalment_is_refused_at_its_day() -> None:
    of = rows(
        TENS,
        change("2026-05-01", "90.00", every("month", 9, "2026-06-28")),
        payment("10.00", "2026-06-01", ("p1", "2026-06-28", "10.00")),
    )
    early = draft("10.00", "2026-04-01", ("p1", "2026-03-28", "10.00"))
    assert told(check_payment(early, {"p1": of})) == [
        (
            "received_on",
            f"{NO_LONGER} 10.00 is more than the 8.89 open on June 28, 2026.",
        )
    ]
    as_credit = draft("10.00", "2026-04-01", ("p1", None, "10.00"))
    assert check_payment(as_credit, {"p1": of}) == []


def test_nothing_is_recorded_where_the_commission_raises_no_funds() -> None:
    refused = [("", "The rule book says that the commission does not raise funds (fundraising.allowed).")]
    assert told(check_payment(draft("1.00", "2026-03-01", campaign_id="c"), is_allowed=False)) == refused
    assert told(check_campaign(CampaignDraft(name="Garden"), is_allowed=False)) == refused
    assert told(check_pledge(TENS, is_allowed=False)) == refused


def test_check_voiding() -> None:
    paid = payment("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00"))
    among = {"p1": rows(TENS, paid)}
    assert check_voiding(paid, day("2026-03-01"), "bounced", among) == []
    assert told(check_voiding(paid, day("2026-02-28"), " ", among)) == [
        ("reason", "The reason is missing."),
        ("on", "The payment came in on March 1, 2026, later."),
    ]
    voided = replace(paid, voided_on=day("2026-03-02"))
    assert told(check_voiding(voided, day("2026-03-03"), "again", among)) == [
        ("on", "The payment was voided on March 2, 2026.")
    ]


def test_a_void_dated_before_a_change_that_later_payments_rely_on_is_refused() -> None:
    first = payment("1.00", "2026-03-01", ("p1", "2026-02-28", "1.00"), key="a")
    new = change("2026-04-01", "111.00", MONTHLY)
    later = payment("10.00", "2026-05-01", ("p1", "2026-03-28", "10.00"), key="b")
    among = {"p1": rows(TENS, first, new, later)}
    assert check_voiding(first, day("2026-05-02"), "bounced", among) == []
    assert told(check_voiding(first, day("2026-03-15"), "bounced", among)) == [
        (
            "on",
            f"{NO_LONGER} 10.00 is more than the 9.25 open on March 28, 2026.",
        )
    ]


# ---- Pledges --------------------------------------------------------------------------------------


def promise(**fields: Any) -> PledgeDraft:
    given = {
        "donor_id": "ana",
        "campaign_id": "youth",
        "pledged_on": day("2026-02-01"),
        "amount_cents": 12_000,
        "schedule": MONTHLY,
        **fields,
    }
    return PledgeDraft(**given)


NIGHTS: dict[str, Any] = {"kind": PledgeKind.IN_KIND, "amount_cents": None, "schedule": None}


@pytest.mark.parametrize(
    ("entered", "problems"),
    [
        (promise(), []),
        (promise(**NIGHTS, description="Beds", unit="nights", quantity=10, estimate_cents=0), []),
        (
            promise(donor_id="", campaign_id="", amount_cents=0, schedule=None),
            [
                ("donor_id", "Choose the donor."),
                ("campaign_id", "Choose the campaign."),
                ("amount_cents", "The amount must be more than zero."),
                ("schedule", "Say when the money is due: once or in installments."),
            ],
        ),
        (promise(amount_cents=None), [("amount_cents", "The amount is missing.")]),
        (
            promise(amount_cents=10**12 + 1),
            [("amount_cents", "The amount is over 10,000,000,000.00, the largest amount.")],
        ),
        (
            promise(amount_cents=11),
            [("schedule.count", "An installment of 0.11 in 12 would be under a cent.")],
        ),
        (
            promise(unit="nights", quantity=3, estimate_cents=5),
            [(path, "Only a pledge in kind has this.") for path in ("unit", "quantity", "estimate_cents")],
        ),
        (
            promise(kind=PledgeKind.IN_KIND),
            [
                ("amount_cents", "Only a pledge of money has this."),
                ("schedule", "Only a pledge of money has this."),
                ("description", "Say what is promised."),
                ("quantity", "The quantity is missing."),
            ],
        ),
        (
            promise(**NIGHTS, description="Beds", quantity=0, estimate_cents=-1),
            [
                ("quantity", "The quantity is a whole number from 1 to 1,000,000,000."),
                ("estimate_cents", "The estimate must not be negative."),
            ],
        ),
        (promise(pledged_on=day("1850-01-01")), [("pledged_on", "Use a year from 1900 to 2100.")]),
    ],
)
def test_check_pledge(entered: PledgeDraft, problems: list[tuple[str, str]]) -> None:
    assert told(check_pledge(entered)) == problems


def test_check_campaign() -> None:
    assert check_campaign(CampaignDraft(name="Garden", goal_cents=1)) == []
    wrong = CampaignDraft(name=" ", goal_cents=0, from_on=day("2026-02-01"), to_on=day("2026-01-01"))
    assert told(check_campaign(wrong)) == [
        ("name", "The name is missing."),
        ("goal_cents", "The goal must be more than zero."),
        ("to_on", "The last day is before the first, February 1, 2026."),
    ]


PAID = rows(
    TENS,
    payment("20.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "10.00")),
    change("2026-03-02", "120.00", MONTHLY),
)


def terms(on: str, amount: str, schedule: Any = MONTHLY) -> TermsChangeDraft:
    return TermsChangeDraft(pledge_id="p1", on=day(on), amount_cents=cents(amount), schedule=schedule)


@pytest.mark.parametrize(
    ("entered", "problems"),
    [
        (terms("2026-03-02", "20.00"), []),
        (
            terms("2026-03-02", "19.99"),
            [
                (
                    "amount_cents",
                    "20.00 was paid or written off by March 2, 2026; the new amount cannot be less.",
                )
            ],
        ),
        (
            terms("2026-03-01", "90.00"),
            [("on", "The terms were changed on March 2, 2026; a new change is not dated before that.")],
        ),
        (terms("2026-01-31", "90.00"), [("on", "The pledge was made on February 1, 2026, later.")]),
        (
            terms("2026-03-02", "90.00", dates(("2026-04-01", "80.00"))),
            [("schedule.dates", "The dates add up to 80.00, not to 90.00.")],
        ),
        (
            terms("2026-03-02", "20.05"),
            [("schedule.count", "An installment of 0.05 in 10 would be under a cent.")],
        ),
    ],
)
def test_check_change(entered: TermsChangeDraft, problems: list[tuple[str, str]]) -> None:
    assert told(check_change(entered, TENS, PAID)) == problems


def test_a_change_dated_before_payments_on_instalments_that_it_moves_is_refused() -> None:
    of = rows(TENS, payment("10.00", "2026-03-01", ("p1", "2026-02-28", "10.00")))
    entered = terms("2026-02-20", "90.00", every("once", 1, "2026-12-01"))
    assert told(check_change(entered, TENS, of)) == [
        ("on", f"{NO_LONGER} There is no installment on February 28, 2026.")
    ]


def given_up(on: str, amount: str, *chosen: tuple[str, str], reason: str = "moved away") -> WriteOffDraft:
    return WriteOffDraft(
        pledge_id="p1",
        on=day(on),
        amount_cents=cents(amount),
        reason=reason,
        instalments=parts(*chosen) if chosen else None,
    )


@pytest.mark.parametrize(
    ("entered", "problems"),
    [
        (given_up("2026-03-05", "100.00"), []),
        (given_up("2026-03-05", "10.00", ("2026-04-28", "10.00")), []),
        (given_up("2026-03-05", "100.01"), [("amount_cents", "100.00 was open on March 5, 2026.")]),
        (
            given_up("2026-03-05", "10.00", ("2026-02-28", "10.00")),
            [
                (
                    "instalments[0].amount_cents",
                    "Nothing of the installment of February 28, 2026 is open any more.",
                )
            ],
        ),
        (
            given_up("2026-03-05", "10.00", ("2026-03-03", "10.00")),
            [("instalments[0].due_on", "There is no installment on March 3, 2026.")],
        ),
        (
            given_up("2026-03-05", "10.00", ("2026-04-28", "5.00")),
            [("instalments", "The installments add up to 5.00.")],
        ),
        (given_up("2026-01-05", "10.00"), [("on", "The pledge was made on February 1, 2026, later.")]),
        (
            given_up("2026-03-05", "0", reason=""),
            [("amount_cents", "The amount must be more than zero."), ("reason", "The reason is missing.")],
        ),
    ],
)
def test_check_write_off(entered: WriteOffDraft, problems: list[tuple[str, str]]) -> None:
    assert told(check_write_off(entered, TENS, PAID)) == problems


def test_check_cancellation() -> None:
    assert check_cancellation(rows(TENS), day("2026-02-01"), "withdrawn") == []
    assert told(check_cancellation(rows(TENS), day("2026-01-31"), "")) == [
        ("on", "The pledge was made on February 1, 2026, later."),
        ("reason", "The reason is missing."),
    ]
    assert told(check_cancellation(PAID, day("2026-03-05"), "withdrawn")) == [
        ("on", "Something is paid on this pledge; write off what is open instead.")
    ]
    later = paid_by_rule(rows(TENS), "10.00", "2026-03-01")
    assert told(check_cancellation(rows(TENS, later), day("2026-02-15"), "withdrawn")) == [
        ("on", f"{NO_LONGER} The pledge is cancelled.")
    ]
    already = rows(replace(TENS, cancelled_on=day("2026-02-02")))
    assert told(check_cancellation(already, day("2026-02-03"), "again")) == [
        ("on", "The pledge was cancelled on February 2, 2026.")
    ]


def test_check_delivery() -> None:
    beds = rows(in_kind(10), delivery("2026-03-01", 4))

    def entered(quantity: int, on: str = "2026-03-02") -> DeliveryDraft:
        return DeliveryDraft(pledge_id="k1", on=day(on), quantity=quantity)

    assert check_delivery(entered(60), beds.pledge, beds) == []
    assert told(check_delivery(entered(0), beds.pledge, beds)) == [
        ("quantity", "The quantity is a whole number from 1 to 1,000,000,000.")
    ]
    assert told(check_delivery(entered(1), TENS, rows(TENS))) == [("pledge_id", "This pledge is of money.")]
    gone = rows(replace(in_kind(10), cancelled_on=day("2026-03-01")))
    assert told(check_delivery(entered(1), gone.pledge, gone)) == [("pledge_id", "The pledge is cancelled.")]
    assert told(check_cancellation(beds, day("2026-03-05"), "no")) == [
        ("on", "Something is delivered on this pledge.")
    ]


def test_money_rows_on_a_pledge_in_kind_do_not_fit() -> None:
    of = rows(
        in_kind(10),
        payment("1.00", "2026-03-01", ("k1", None, "1.00")),
        write_off("2026-03-01", "1.00", to="k1"),
        change("2026-03-01", "1.00", MONTHLY, to="k1"),
    )
    assert {misfit.noun for misfit in misfits_of(of)} == {"payments", "write_offs", "changes"}
