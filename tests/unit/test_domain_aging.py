"""Aging, what is due, campaigns, and the finding about overdue pledges."""

from dataclasses import replace

import pytest

from commission_app.domain.aging import aging_of, due_this_month
from commission_app.domain.campaigns import default_receiver, may_raise_funds
from commission_app.domain.contacts import ContactKind
from commission_app.domain.findings import Level, Subject
from commission_app.domain.members import CommunityOrganization
from commission_app.domain.pledge_accounts import accounts_of
from commission_app.domain.pledge_attention import overdue_finding
from tests.unit.domain_rows import book, contact, day
from tests.unit.money_rows import (
    account,
    dates,
    every,
    paid_by_rule,
    payment,
    pledge,
    rows,
    write_off,
)

MONTHLY = every("month", 12, "2026-02-28")


@pytest.mark.parametrize(
    ("as_of", "bucket"),
    [
        ("2026-05-31", "not_due"),
        ("2026-06-01", "not_due"),
        ("2026-06-02", "1_30"),
        ("2026-07-01", "1_30"),
        ("2026-07-02", "31_60"),
        ("2026-07-31", "31_60"),
        ("2026-08-01", "61_90"),
        ("2026-08-30", "61_90"),
        ("2026-08-31", "91_180"),
        ("2026-11-28", "91_180"),
        ("2026-11-29", "over_180"),
    ],
)
def test_aging_by_due_date(as_of: str, bucket: str) -> None:
    found = account(rows(pledge("50.00", every("once", 1, "2026-06-01"))), as_of)
    values = aging_of([found], day(as_of)).total.values()
    assert values.pop(bucket) == 5_000
    assert set(values.values()) == {0}
    assert (bucket == "not_due") == (not found.overdue_cents)


def test_aging_takes_each_unpaid_part_of_each_donor_and_ignores_later_rows() -> None:
    mine = rows(
        pledge("120.00", MONTHLY),
        payment("15.00", "2026-03-01", ("p1", "2026-02-28", "10.00"), ("p1", "2026-03-28", "5.00")),
        write_off("2026-03-01", "10.00", ("2026-04-28", "10.00")),
        payment("40.00", "2026-06-02", ("p1", None, "40.00"), key="later"),
    )
    other = rows(pledge("30.00", every("once", 1, "2025-06-01"), key="p2", donor_id="ben"))
    paid = rows(
        pledge("30.00", every("once", 1, "2026-03-01"), key="p3", donor_id="cal"),
        payment("30.00", "2026-03-01", ("p3", "2026-03-01", "30.00"), key="y3"),
    )
    young = rows(pledge("9.00", every("once", 1, "2026-05-01"), key="p4", pledged_on=day("2026-06-02")))
    found = aging_of(accounts_of([mine, other, paid, young], day("2026-06-01")), day("2026-06-01"))
    assert dict(found.donors)["ana"].values() == {
        "not_due": 8_000,
        "1_30": 1_000,
        "31_60": 0,
        "61_90": 500,
        "91_180": 0,
        "over_180": 0,
    }
    assert dict(found.donors)["ben"].values()["over_180"] == 3_000
    assert [donor for donor, _ in found.donors] == ["ana", "ben"]
    assert found.total.total_cents == 12_500


def test_due_this_month_is_what_is_still_due_until_its_end() -> None:
    of = rows(
        pledge(
            "40.00",
            dates(
                ("2026-09-02", "10.00"),
                ("2026-09-17", "10.00"),
                ("2026-09-30", "10.00"),
                ("2026-10-01", "10.00"),
            ),
        ),
        payment("4.00", "2026-03-01", ("p1", "2026-09-30", "4.00")),
    )
    found = due_this_month([account(of, "2026-09-17")], day("2026-09-17"))
    assert [(part.due_on.day, part.open_cents) for part in found] == [(17, 1_000), (30, 600)]


# ---- Campaigns -----------------------------------------------------------------------------------


def test_fundraising_allowed_is_a_setting() -> None:
    assert may_raise_funds(book(), day("2026-03-01"))
    assert not may_raise_funds(book("milpitas", fundraising__allowed=False), day("2026-03-01"))


def test_fundraising_receiver_is_a_contacts_key_or_the_only_community_organization() -> None:
    people = [contact("asca", kind=ContactKind.ORGANIZATION), contact("bank", kind=ContactKind.ORGANIZATION)]
    only = [CommunityOrganization(id="assoc", key="assoc", contact_id="asca")]
    two = [*only, CommunityOrganization(id="more", key="more", contact_id="bank")]
    on = day("2026-03-01")
    assert default_receiver(book(), on, only, people) == "asca"
    assert default_receiver(book(), on, two, people) is None
    named = book("milpitas", fundraising__receiver="bank")
    assert default_receiver(named, on, only, people) == "bank"
    assert default_receiver(book("generic"), on, only, people) is None


# ---- The finding ----------------------------------------------------------------------------------


def test_pledge_overdue_of_the_example() -> None:
    promise = rows(pledge("100.00", MONTHLY))
    found = account(replace(promise, payments=(paid_by_rule(promise, "8.34", "2026-03-01"),)), "2026-06-01")
    assert found.next_due_on == day("2026-03-28")
    subject = Subject(noun="pledge", key="p1", name="Ana Ruiz, Youth exchange 2027", id="p1")
    finding = overdue_finding(subject, found.next_due_on, found.overdue_cents, found.balance_cents)
    assert (finding.rule, finding.level, finding.subject) == ("pledge-overdue", Level.OVERDUE, subject)
    assert finding.text == "25.02 overdue since 28 Mar 2026"
    assert finding.due_on == day("2026-03-28")
    assert finding.values == {"overdue_cents": 2_502, "balance_cents": 9_166}
    assert finding.source == "The terms of the pledge"
