"""Every row of the rules about pledges and payments, entered by the services and loaded as a record."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.pledges import PledgeState
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import MONTHLY, Entering, day, part, payment, pledge, record

Enter = Callable[[dict[str, Any]], Session]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=["services", "load"])
def enter(request: pytest.FixtureRequest, session: Session) -> Enter:
    """Bring a record into the file, in both ways."""

    def by_services(document: dict[str, Any]) -> Session:
        Entering(session).enter(document)
        return session

    def by_load(document: dict[str, Any]) -> Session:
        session.record.load(document)
        return session

    return by_services if request.param == "services" else by_load


def account(session: Session, key: str, on: str) -> dict[str, Any]:
    """The computed values of a pledge."""
    [found] = [one for one in session.pledges.accounts(day(on)) if one.pledge.key == key]
    return found.values()


def figures(session: Session, key: str, on: str) -> tuple[str, int, int, int, int]:
    """State, paid, written off, balance, overdue."""
    found = account(session, key, on)
    return (
        found["state"],
        *(found[name] for name in ("paid_cents", "written_off_cents", "balance_cents", "overdue_cents")),
    )


def amounts(session: Session, key: str, on: str) -> list[int]:
    return [one["amount_cents"] for one in account(session, key, on)["instalments"]]


def is_sound(session: Session) -> bool:
    return all(check.is_good for check in session.verification.run())


def test_100_in_12_is_4_of_834_and_8_of_833(enter: Enter) -> None:
    session = enter(record(pledges=[pledge("p1", 10_000, MONTHLY)]))
    assert amounts(session, "p1", "2026-02-01") == [834] * 4 + [833] * 8


def test_1_in_150_is_refused_for_instalments_under_a_cent(enter: Enter, session: Session) -> None:
    short = {"every": "week", "count": 150, "first_on": "2026-01-02"}
    with pytest.raises(ValidationError) as caught:
        enter(record(pledges=[pledge("p1", 100, short)]))
    [problem] = caught.value.problems
    assert problem.path.endswith("schedule.count")
    assert problem.message == "An installment of 1.00 in 150 would be under a cent."
    assert session.pledges.totals().count == 0


def test_every_two_weeks_from_2_jan_26_times_ends_on_18_dec(enter: Enter) -> None:
    fortnightly = {"every": "two-weeks", "count": 26, "first_on": "2026-01-02"}
    session = enter(record(pledges=[pledge("p1", 130_000, fortnightly)]))
    listed = account(session, "p1", "2026-01-01")["instalments"]
    assert (len(listed), listed[-1]["due_on"]) == (26, "2026-12-18")


def test_100_in_12_with_834_paid_on_1_mar_has_2502_overdue_on_1_jun(enter: Enter) -> None:
    document = record(
        pledges=[pledge("p1", 10_000, MONTHLY)],
        payments=[payment("y1", "2026-03-01", 834, pledge="p1")],
    )
    session = enter(document)
    assert figures(session, "p1", "2026-06-01") == ("overdue", 834, 0, 9_166, 2_502)
    overdue = [
        one["due_on"]
        for one in account(session, "p1", "2026-06-01")["instalments"]
        if one["state"] == "overdue"
    ]
    assert overdue == ["2026-03-28", "2026-04-28", "2026-05-28"]


def test_check_of_100_pays_60_on_p1_and_40_on_p2_which_has_10_open(enter: Enter) -> None:
    two = {
        "every": "dates",
        "dates": [
            {"due_on": "2026-05-01", "amount_cents": 3_000},
            {"due_on": "2026-06-01", "amount_cents": 3_000},
        ],
    }
    parts = [
        part("p1", "2026-05-01", 3_000),
        part("p1", "2026-06-01", 3_000),
        part("p2", "2026-06-01", 4_000),
    ]
    session = enter(
        record(
            pledges=[
                pledge("p1", 6_000, two),
                pledge("p2", 5_000, {"every": "once", "first_on": "2026-06-01"}, donor="khai"),
            ],
            payments=[payment("y1", "2026-06-05", 10_000, allocations=parts)],
        )
    )
    assert figures(session, "p1", "2026-06-05") == ("fulfilled", 6_000, 0, 0, 0)
    assert figures(session, "p2", "2026-06-05") == ("overdue", 4_000, 0, 1_000, 1_000)
    [line] = session.payments.page().rows
    assert (line.amount_cents, line.gift_cents) == (10_000, 0)


def test_void_of_the_first_of_two_payments_opens_the_first_instalment_alone(enter: Enter) -> None:
    two = {"every": "month", "count": 2, "first_on": "2026-02-01"}
    session = enter(
        record(
            pledges=[pledge("p1", 10_000, two)],
            payments=[
                payment(
                    "y1",
                    "2026-02-01",
                    5_000,
                    pledge="p1",
                    voided={"on": "2026-03-05", "reason": "The check came back"},
                ),
                payment("y2", "2026-03-01", 5_000, pledge="p1"),
            ],
        )
    )
    before, after = (account(session, "p1", on)["instalments"] for on in ("2026-03-04", "2026-03-05"))
    assert [one["paid_cents"] for one in before] == [5_000, 5_000]
    assert [one["paid_cents"] for one in after] == [0, 5_000]


def test_25_written_off_of_12_tens_with_three_paid_takes_the_4th_5th_and_half_the_6th(enter: Enter) -> None:
    session = enter(
        record(
            pledges=[pledge("p1", 12_000, MONTHLY)],
            payments=[payment("y1", "2026-04-28", 3_000, pledge="p1")],
            write_offs=[{"pledge": "p1", "on": "2026-05-01", "amount_cents": 2_500, "reason": "Moved away"}],
        )
    )
    assert figures(session, "p1", "2026-05-01") == ("open", 3_000, 2_500, 6_500, 0)
    listed = account(session, "p1", "2026-05-01")["instalments"]
    assert [(one["due_on"], one["amount_cents"]) for one in listed[2:5]] == [
        ("2026-04-28", 1_000),
        ("2026-07-28", 500),
        ("2026-08-28", 1_000),
    ]
    assert figures(session, "p1", "2026-04-30") == ("open", 3_000, 0, 9_000, 0)


def test_120_with_25_paid_changed_to_90_leaves_65_over_nine_days(enter: Enter) -> None:
    change = {"on": "2026-05-01", "amount_cents": 9_000, "schedule": MONTHLY, "reason": "Asked by letter"}
    session = enter(
        record(
            pledges=[pledge("p1", 12_000, MONTHLY, changes=[change])],
            payments=[payment("y1", "2026-04-28", 2_500, pledge="p1")],
        )
    )
    assert amounts(session, "p1", "2026-05-01") == [1_000, 1_000, 500, *([723] * 2), *([722] * 7)]
    assert figures(session, "p1", "2026-05-01") == ("open", 2_500, 0, 6_500, 0)
    assert amounts(session, "p1", "2026-04-30") == [1_000] * 12
    [line] = session.pledges.lines([view.pledge.id for view in session.pledges.accounts(day("2026-05-01"))])
    assert (line.pledged_cents, line.paid_cents) == (9_000, 2_500)


def test_pledge_in_kind_is_fulfilled_when_all_is_delivered_and_in_no_money_total(enter: Enter) -> None:
    beds = {
        "key": "k1",
        "kind": "in-kind",
        "donor": "lin",
        "campaign": "youth",
        "pledged_on": "2026-01-01",
        "description": "Beds for students",
        "unit": "nights",
        "quantity": 10,
        "estimate_cents": 80_000,
    }
    session = enter(
        record(
            pledges=[beds],
            deliveries=[
                {"pledge": "k1", "on": "2026-03-01", "quantity": 4},
                {"pledge": "k1", "on": "2026-04-01", "quantity": 6},
            ],
        )
    )
    assert account(session, "k1", "2026-03-31") == {"state": "open", "delivered": 4}
    assert account(session, "k1", "2026-04-01") == {"state": "fulfilled", "delivered": 10}
    assert [found.pledged_cents for found in session.campaigns.standings()] == [0, 0]


def test_cancelled_pledge_is_in_no_total_from_that_day_on(enter: Enter) -> None:
    cancelled = {"on": "2026-03-01", "reason": "Entered for the wrong person"}
    session = enter(record(pledges=[pledge("p1", 12_000, MONTHLY, cancelled=cancelled)]))
    assert figures(session, "p1", "2026-02-28") == ("open", 0, 0, 12_000, 0)
    assert figures(session, "p1", "2026-03-01") == ("cancelled", 0, 0, 0, 0)
    assert [found.pledged_cents for found in session.campaigns.standings(day("2026-03-01"))] == [0, 0]
    assert session.pledges.totals().by_state == {PledgeState.CANCELLED: 1}


def test_rest_of_a_payment_is_credit_or_a_gift_to_its_campaign(enter: Enter) -> None:
    once = {"every": "once", "first_on": "2026-02-01"}
    session = enter(
        record(
            pledges=[pledge("p1", 5_000, once), pledge("p2", 5_000, once)],
            payments=[
                payment("y1", "2026-02-01", 6_000, pledge="p1"),
                payment("y2", "2026-02-01", 6_500, pledge="p2", campaign="garden"),
                payment("y3", "2026-02-01", 700, campaign="garden", payer="khai"),
            ],
        )
    )
    assert account(session, "p1", "2026-02-01")["credit_cents"] == 1_000
    assert account(session, "p2", "2026-02-01")["credit_cents"] == 0
    received = {found.campaign.key: found.received_cents for found in session.campaigns.standings()}
    assert received == {"youth": 11_000, "garden": 2_200}
    assert is_sound(session)


def test_everything_is_undone_and_done_again_with_the_same_figures(session: Session) -> None:
    two = {"every": "month", "count": 2, "first_on": "2026-02-01"}
    Entering(session).enter(
        record(
            pledges=[
                pledge("p1", 10_000, two),
                pledge(
                    "p2",
                    9_000,
                    MONTHLY,
                    changes=[{"on": "2026-04-01", "amount_cents": 12_000, "schedule": MONTHLY}],
                ),
                pledge("p3", 100, two, cancelled={"on": "2026-02-02", "reason": "A mistake"}),
            ],
            payments=[
                payment(
                    "y1", "2026-02-01", 7_000, pledge="p1", voided={"on": "2026-03-05", "reason": "Came back"}
                ),
                payment("y2", "2026-03-01", 3_000, pledge="p2"),
            ],
            write_offs=[{"pledge": "p1", "on": "2026-04-01", "amount_cents": 100, "reason": "Fees"}],
        )
    )
    text, totals = session.record.text(), session.pledges.totals()
    undone = 0
    while session.history.undoable() and not session.history.recent(1)[0].what.endswith("contacts"):
        action = session.history.undo()
        undone += 1
        assert is_sound(session), action.what
        if session.pledges.totals().count == 0:
            break
    assert undone >= 8
    while session.history.redoable():
        session.history.redo()
    assert (session.record.text(), session.pledges.totals()) == (text, totals)
    assert is_sound(session)


def test_undo_that_would_leave_a_later_payment_without_its_instalment_is_refused(session: Session) -> None:
    entering = Entering(session)
    later = {"every": "month", "count": 12, "first_on": "2027-02-15"}
    entering.enter(
        record(
            pledges=[
                pledge(
                    "p1",
                    12_000,
                    MONTHLY,
                    changes=[{"on": "2026-02-01", "amount_cents": 12_000, "schedule": later}],
                )
            ]
        )
    )
    change = session.history.recent(1)[0]
    entering.pay(payment("y1", "2027-02-15", 1_000, allocations=[part("p1", "2027-02-15", 1_000)]))
    before = session.path.read_bytes()
    gone = "would not fit any more: There is no installment on February 15, 2027"
    with pytest.raises(ConflictError, match=gone):
        session.history.undo(change.id)
    assert session.path.read_bytes() == before


def test_allocation_over_the_payment_and_over_the_instalment_are_refused_with_their_places(
    session: Session,
) -> None:
    over = [part("p1", "2026-02-28", 1_001), part("p1", None, 499)]
    document = record(
        pledges=[pledge("p1", 12_000, MONTHLY)],
        payments=[
            payment("y1", "2026-03-01", 500, allocations=[part("p1", "2026-02-28", 501)]),
            payment(
                "y2",
                "2026-03-01",
                1_500,
                allocations=over,
            ),
            payment("y3", "2026-03-01", 1_000),
            payment("y4", "2026-03-01", 1_000, allocations=[part("p1", "2026-02-27", 1_000)]),
            payment("y5", "2026-03-01", 1_000, allocations=[part("p9", None, 1_000)]),
        ],
    )
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.record.load(document)
    assert [problem.path for problem in caught.value.problems] == [
        "payments[0].allocations",
        "payments[1].allocations[0].amount_cents",
        "payments[2].campaign",
        "payments[3].allocations[0].due_on",
        "payments[4].allocations[0].pledge",
    ]
    assert session.path.read_bytes() == before
