"""Campaigns, pledges and payments in the open record: lossless, added once, refused with their places."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commission_app.errors import ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.command_line import run
from tests.integration.money_files import MONTHLY, day, part, payment, pledge, record

#: The part about money of the documentation's example.
EXAMPLE: dict[str, Any] = {
    "format": "commission-record/1",
    "contacts": [
        {"key": "ana", "kind": "person", "name": "Ana Ruiz"},
        {
            "key": "asca",
            "kind": "organization",
            "name": "Alder Glen Sister Cities Association",
            "ein": "00-0000000",
        },
    ],
    "campaigns": [{"key": "youth", "name": "Youth exchange 2027", "goal_cents": 1200000, "receiver": "asca"}],
    "pledges": [
        {
            "key": "p1",
            "kind": "money",
            "donor": "ana",
            "campaign": "youth",
            "pledged_on": "2026-02-01",
            "amount_cents": 10000,
            "schedule": {"every": "month", "count": 12, "first_on": "2026-02-28"},
        }
    ],
    "payments": [
        {
            "key": "y1",
            "payer": "ana",
            "received_on": "2026-03-01",
            "amount_cents": 834,
            "method": "check",
            "pledge": "p1",
        }
    ],
}

#: Every list of money with something in every field.
RICH = record(
    pledges=[
        pledge(
            "p1",
            12_000,
            MONTHLY,
            description="For the students",
            changes=[
                {"on": "2026-05-01", "amount_cents": 9_000, "schedule": MONTHLY, "reason": "By letter"},
                {
                    "on": "2026-06-01",
                    "amount_cents": 10_000,
                    "schedule": {
                        "every": "dates",
                        "dates": [
                            {"due_on": "2026-07-01", "amount_cents": 4_000},
                            {"due_on": "2026-12-31", "amount_cents": 6_000},
                        ],
                    },
                },
            ],
        ),
        pledge("p2", 5_000, {"every": "once", "first_on": "2026-06-01"}, donor="khai", campaign="garden"),
        pledge(
            "p3",
            8_000,
            {"every": "quarter", "count": 4, "first_on": "2026-01-31"},
            cancelled={"on": "2026-02-10"},
        ),
        {
            "key": "k1",
            "kind": "in-kind",
            "donor": "lin",
            "campaign": "youth",
            "pledged_on": "2026-01-01",
            "description": "Beds",
            "unit": "nights",
            "quantity": 10,
            "estimate_cents": 0,
        },
    ],
    payments=[
        payment("y1", "2026-04-28", 2_500, pledge="p1", reference="1042"),
        payment(
            "y2",
            "2026-06-05",
            10_000,
            payer="asca",
            campaign="garden",
            allocations=[part("p2", "2026-06-01", 4_000), part("p1", None, 5_000)],
            voided={"on": "2026-06-09", "reason": "The check came back"},
        ),
        payment("y3", "2026-06-10", 1_234, campaign="garden", method="donor-advised-fund"),
    ],
    write_offs=[
        {
            "key": "w1",
            "pledge": "p2",
            "on": "2026-07-01",
            "amount_cents": 500,
            "reason": "Moved away",
            "decided_by": "Commission",
            "instalments": [{"due_on": "2026-06-01", "amount_cents": 500}],
        },
        {"pledge": "p2", "on": "2026-07-02", "amount_cents": 100, "reason": "Bank fees"},
    ],
    deliveries=[{"pledge": "k1", "on": "2026-03-01", "quantity": 4}],
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path)
    yield opened
    opened.close()


def refused(session: Session, document: Any) -> dict[str, str]:
    """The problems by their places; nothing may have been written."""
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.record.load(document)
    assert session.path.read_bytes() == before
    return {problem.path: problem.message for problem in caught.value.problems}


def computed(session: Session, on: str) -> dict[str, dict[str, Any]]:
    return {account.pledge.key: account.values() for account in session.pledges.accounts(day(on))}


def test_export_loaded_into_a_new_file_gives_the_same_bytes_and_the_same_figures(
    session: Session, tmp_path: Path
) -> None:
    session.record.load(RICH)
    text = session.record.text()
    (tmp_path / "other").mkdir()
    other = make_session(tmp_path / "other")
    other.record.load(json.loads(text))
    assert other.record.text() == text
    for on in ("2026-05-01", "2026-06-05", "2026-12-31"):
        assert computed(other, on) == computed(session, on)
    assert all(check.is_good for check in other.verification.run())
    other.close()


def test_loading_the_same_again_changes_nothing(session: Session) -> None:
    session.record.load(RICH)
    before = session.path.read_bytes()
    report = session.record.load(RICH)
    assert report.is_empty
    assert (report.skipped["pledges"], report.skipped["payments"], report.skipped["write_offs"]) == (4, 3, 2)
    assert session.path.read_bytes() == before


@pytest.mark.parametrize("allocations", [None, []])
def test_payment_that_names_its_pledge_alone_may_say_so_twice(session: Session, allocations: Any) -> None:
    document = copy.deepcopy(EXAMPLE)
    document["payments"][0]["allocations"] = allocations
    session.record.load(document)
    assert session.record.load(document).is_empty


def test_load_is_one_undo(session: Session) -> None:
    empty = session.record.text()
    session.record.load(RICH)
    assert "2 campaigns, 4 pledges, 3 payments, 2 write-offs, 1 delivery" in session.history.recent(1)[0].what
    session.history.undo()
    assert session.record.text() == empty
    assert session.pledges.totals().count == 0
    assert all(check.is_good for check in session.verification.run())


def test_void_and_cancellation_may_be_added_later_and_once(session: Session) -> None:
    document = copy.deepcopy(RICH)
    session.record.load(document)
    document["payments"][0]["voided"] = {"on": "2026-05-02", "reason": "Came back"}
    document["pledges"][3]["cancelled"] = {"on": "2026-02-01", "reason": "Sold the house"}
    document["deliveries"] = []
    found = refused(session, document)
    assert list(found) == ["pledges[3].cancelled"]
    document["pledges"][3].pop("cancelled")
    report = session.record.load(document)
    assert dict(report.changed) == {"payments": 1}
    assert computed(session, "2026-05-02")["p1"]["paid_cents"] == 0
    document["payments"][0]["voided"] = {"on": "2026-05-03", "reason": "Came back"}
    assert list(refused(session, document)) == ["payments[0].voided"]
    assert all(check.is_good for check in session.verification.run())


def test_void_before_the_payment_is_refused_at_its_day(session: Session) -> None:
    session.record.load(RICH)
    document = copy.deepcopy(RICH)
    document["payments"][2]["voided"] = {"on": "2026-06-09", "reason": "Too early"}
    assert list(refused(session, document)) == ["payments[2].voided.on"]


def test_entry_that_says_something_else_than_the_file_is_refused(session: Session) -> None:
    session.record.load(RICH)
    document = copy.deepcopy(RICH)
    document["pledges"][0]["schedule"] = {"every": "once", "first_on": "2026-02-28"}
    document["pledges"][1]["changes"] = [
        {"on": "2026-07-01", "amount_cents": 6_000, "schedule": {"every": "once", "first_on": "2026-07-01"}}
    ]
    document["payments"][0]["pledge"] = "p2"
    document["payments"][2]["amount_cents"] = 1_235
    assert refused(session, document) == {
        "pledges[0].schedule": "The file has Monthly, 12 in this pledge.",
        "pledges[1].changes": "The file has nothing in this pledge.",
        "payments[0].pledge": "The file has this payment on another pledge.",
        "payments[2].amount_cents": "The file has 1234 in this payment.",
    }


def test_all_problems_are_told_at_once_each_with_its_place(session: Session) -> None:
    once = {"every": "once", "first_on": "2026-06-01"}
    document = record(
        pledges=[
            pledge("a", 1_000, {"every": "month", "first_on": "2026-01-01"}),
            pledge("b", 1_000, {"every": "dates", "dates": [{"due_on": "2026-01-01", "amount_cents": 999}]}),
            pledge("c", 1_000, once, unit="nights"),
            pledge("d", 1_000, once, cancelled={"on": "2025-12-31"}),
            {**pledge("e", 1_000, once), "kind": "in-kind"},
            pledge("f", 1_000, once, donor="nobody", campaign="nothing"),
            pledge(
                "g",
                1_000,
                once,
                changes=[
                    {"on": "2026-03-01", "amount_cents": 2_000, "schedule": once},
                    {"on": "2026-02-01", "amount_cents": 2_000, "schedule": {"every": "week", "count": 2}},
                ],
            ),
            pledge("h", 1_000, once),
        ],
        payments=[
            payment("1", "2026-03-01", 1_000, pledge="h", allocations=[part("h", None, 1_000)]),
            payment("2", "2026-03-01", 100, campaign="youth", reference="x" * 201),
            payment("3", "2026-03-01", 1_000, pledge="h", voided={"on": "2026-02-28", "reason": "Early"}),
        ],
        write_offs=[
            {"pledge": "h", "on": "2026-03-01", "amount_cents": 1_001, "reason": "Too much"},
            {"pledge": "h", "on": "2025-03-01", "amount_cents": 1, "reason": "Too early"},
        ],
        deliveries=[{"pledge": "h", "on": "2026-03-01", "quantity": 1}],
    )
    assert sorted(refused(session, document)) == sorted(
        [
            "pledges[0].schedule.count",
            "pledges[1].schedule.dates",
            "pledges[2].unit",
            "pledges[3].cancelled.on",
            "pledges[4].amount_cents",
            "pledges[4].schedule",
            "pledges[4].description",
            "pledges[4].quantity",
            "pledges[5].donor",
            "pledges[5].campaign",
            "pledges[6].changes[1].schedule.first_on",
            "pledges[6].changes[1].on",
            "payments[0].pledge",
            "payments[1].reference",
            "payments[2].voided.on",
            "write_offs[0].amount_cents",
            "write_offs[1].on",
            "deliveries[0].pledge",
        ]
    )


@pytest.mark.parametrize("cents", [0, -1, 10**12 + 1, 0.5, "10", True, None])
def test_amount_that_is_no_amount_is_refused(session: Session, cents: Any) -> None:
    document = record(payments=[payment("1", "2026-03-01", cents, campaign="youth")])
    assert list(refused(session, document)) == ["payments[0].amount_cents"]


def test_payment_on_a_pledge_in_kind_or_a_cancelled_one_is_refused(session: Session) -> None:
    document = copy.deepcopy(RICH)
    document["payments"] += [
        payment("4", "2026-03-01", 100, pledge="k1"),
        payment("5", "2026-03-01", 100, pledge="p3"),
        payment("6", "2026-03-01", 100, allocations=[part("k1", None, 100)]),
    ]
    assert refused(session, document) == {
        "payments[3].pledge": "This pledge is in kind.",
        "payments[4].pledge": "The pledge is cancelled.",
        "payments[5].allocations[0].pledge": "This pledge is in kind.",
    }


def test_earlier_payment_that_takes_what_a_loaded_one_has_is_refused(session: Session) -> None:
    once = {"every": "once", "first_on": "2026-06-01"}
    session.record.load(
        record(
            pledges=[pledge("p1", 5_000, once)],
            payments=[payment("y1", "2026-06-01", 5_000, pledge="p1")],
        )
    )
    earlier = payment("y0", "2026-05-01", 5_000, allocations=[part("p1", "2026-06-01", 5_000)])
    [(path, message)] = refused(session, {"payments": [earlier]}).items()
    assert path == "payments[0]"
    assert message.startswith("What was recorded already would not fit any more: Nothing of the installment")


def test_shorthand_payments_are_laid_out_in_the_order_of_their_days(session: Session) -> None:
    document = record(
        pledges=[pledge("p1", 12_000, MONTHLY)],
        payments=[
            payment("late", "2026-04-01", 1_000, pledge="p1"),
            payment("early", "2026-03-01", 1_500, pledge="p1"),
            payment("explicit", "2026-05-01", 500, allocations=[part("p1", "2026-04-28", 500)]),
        ],
    )
    session.record.load(document)
    found = {entry["key"]: entry["allocations"] for entry in session.record.entries("payments")}
    assert found["early"] == [part("p1", "2026-02-28", 1_000), part("p1", "2026-03-28", 500)]
    assert found["late"] == [part("p1", "2026-03-28", 500), part("p1", "2026-04-28", 500)]
    assert found["explicit"] == [part("p1", "2026-04-28", 500)]
    assert all(check.is_good for check in session.verification.run())


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_shorthand_payment_does_not_bend_to_a_later_row_of_its_record(
    session: Session, is_turned: bool
) -> None:
    """On its day it paid the oldest instalment; a later payment of that one is one too many."""
    payments = [
        payment("early", "2026-03-01", 1_000, pledge="p1"),
        payment("later", "2026-05-01", 1_000, allocations=[part("p1", "2026-02-28", 1_000)]),
    ]
    document = record(
        pledges=[pledge("p1", 12_000, MONTHLY)], payments=payments[::-1] if is_turned else payments
    )
    [(path, message)] = refused(session, document).items()
    assert path.startswith(f"payments[{0 if is_turned else 1}].allocations[0]")
    assert message == "Nothing of the installment of February 28, 2026 is open any more."


def test_a_shorthand_payment_gives_way_to_what_the_file_has(session: Session) -> None:
    later = payment("later", "2026-05-01", 1_000, allocations=[part("p1", "2026-02-28", 1_000)])
    session.record.load(record(pledges=[pledge("p1", 12_000, MONTHLY)], payments=[later]))
    early = payment("early", "2026-03-01", 1_000, pledge="p1")
    session.record.load({"format": "commission-record/1", "payments": [early]})
    found = {entry["key"]: entry["allocations"] for entry in session.record.entries("payments")}
    assert found["early"] == [part("p1", "2026-03-28", 1_000)]


def test_public_export_leaves_out_numbers_of_checks_estimates_and_minors(session: Session) -> None:
    document = copy.deepcopy(RICH)
    document["contacts"] = [{**one, "minor": one["key"] == "khai"} for one in document["contacts"]]
    session.record.load(document)
    found = session.record.document(public_only=True)
    assert [one["key"] for one in found["pledges"]] == ["k1", "p1", "p3"]
    assert [one["estimate_cents"] for one in found["pledges"]] == [None] * 3
    assert [(one["key"], one["reference"]) for one in found["payments"]] == [("y1", None), ("y3", None)]
    assert found["write_offs"] == []


# ---- The command line -----------------------------------------------------------------------------


def answer(folder: Path, *arguments: str) -> Any:
    """What a command prints as JSON about the documentation's example."""
    file = folder / "glen.commission"
    if not file.exists():
        opened = make_session(folder)
        opened.record.load(EXAMPLE)
        opened.close()
    name, *rest = arguments
    result = run(name, file, *rest, "--json")
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def test_check_tells_the_overdue_pledge_in_the_documented_words(tmp_path: Path) -> None:
    found = answer(tmp_path, "check", "--on", "2026-06-01")["findings"]
    [finding] = [one for one in found if one["rule"] == "pledge-overdue"]
    assert finding.pop("source")
    assert finding == {
        "rule": "pledge-overdue",
        "level": "overdue",
        "subject": {"noun": "pledge", "key": "p1", "name": "Ana Ruiz, Youth exchange 2027"},
        "text": "25.02 overdue since 28 Mar 2026",
        "due_on": "2026-03-28",
        "values": {"overdue_cents": 2502, "balance_cents": 9166},
    }
    assert not [
        one
        for one in answer(tmp_path, "check", "--on", "2026-03-28")["findings"]
        if one["rule"] == "pledge-overdue"
    ]


def test_pledges_are_entries_with_what_was_computed_as_of_the_day(tmp_path: Path) -> None:
    found = answer(tmp_path, "pledges", "--on", "2026-06-01")
    assert (found["file"], found["as_of"]) == ("glen.commission", "2026-06-01")
    [one] = found["pledges"]
    computed = one.pop("computed")
    assert (one["donor"], one["schedule"]["count"], one["changes"]) == ("ana", 12, [])
    listed = computed.pop("instalments")
    assert computed == {
        "state": "overdue",
        "paid_cents": 834,
        "written_off_cents": 0,
        "balance_cents": 9166,
        "overdue_cents": 2502,
        "credit_cents": 0,
        "waiting": False,
    }
    assert [part["state"] for part in listed] == ["paid", *["overdue"] * 3, *["open"] * 8]
    assert listed[0] == {"due_on": "2026-02-28", "amount_cents": 834, "paid_cents": 834, "state": "paid"}
    [earlier] = answer(tmp_path, "pledges", "--on", "2026-02-28")["pledges"]
    assert (earlier["computed"]["state"], earlier["computed"]["paid_cents"]) == ("open", 0)
    assert answer(tmp_path, "pledges", "--on", "2026-01-31")["pledges"] == []


def test_payments_campaigns_and_aging_are_as_of_the_day(tmp_path: Path) -> None:
    [one] = answer(tmp_path, "payments", "--on", "2026-06-01")["payments"]
    assert one["allocations"] == [part("p1", "2026-02-28", 834)]
    assert answer(tmp_path, "payments", "--on", "2026-02-28")["payments"] == []
    [campaign] = answer(tmp_path, "campaigns", "--on", "2026-06-01")["campaigns"]
    assert campaign["computed"] == {
        "goal_cents": 1200000,
        "pledged_cents": 10000,
        "received_cents": 834,
        "overdue_cents": 2502,
        "waiting_cents": 0,
    }
    buckets = {
        "not_due": 6664,
        "1_30": 834,
        "31_60": 834,
        "61_90": 834,
        "91_180": 0,
        "over_180": 0,
    }
    assert answer(tmp_path, "aging", "--on", "2026-06-01")["aging"] == {
        "buckets": buckets,
        "donors": [{"contact": "ana", "buckets": buckets}],
    }


@pytest.mark.parametrize("name", ["campaigns", "pledges", "payments", "aging"])
def test_lists_of_money_read_well_without_json(tmp_path: Path, name: str) -> None:
    opened = make_session(tmp_path)
    opened.record.load(RICH)
    opened.close()
    result = run(name, tmp_path / "glen.commission")
    assert result.exit_code == 0, result.output
    expected = {
        "campaigns": "Jardín de la Amistad",
        "pledges": "10 nights, 4 delivered",
        "payments": "voided 2026-06-09",
        "aging": "Nguyễn Thị Minh Khai",
    }
    assert expected[name] in result.stdout
