"""The lists of money on the command line: refunds, and what waits for a condition."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.deposits import RefundDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft
from commission_app.domain.schedules import Every, Schedule
from tests.factories import make_session
from tests.integration import command_line
from tests.integration.money_files import Entering, day, record


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A conditional pledge met on 10 May, and a gift of 50.00 of which 20.00 went back on 1 June."""
    session = make_session(tmp_path, on=date(2026, 7, 1))
    entering = Entering(session)
    entering.enter(record())
    pledge_id = session.pledges.record(
        PledgeDraft(
            key="p1",
            donor_id=entering.ids["contacts", "ana"],
            campaign_id=entering.ids["campaigns", "youth"],
            pledged_on=day("2026-02-01"),
            amount_cents=10_000,
            schedule=Schedule(every=Every.ONCE, first_on=day("2026-03-01")),
            condition="If the city agrees",
        )
    )
    session.pledges.meet_condition(pledge_id, day("2026-05-10"))
    gift = PaymentDraft(
        key="y1",
        payer_id=entering.ids["contacts", "khai"],
        received_on=day("2026-03-01"),
        amount_cents=5_000,
        campaign_id=entering.ids["campaigns", "garden"],
    )
    payment_id = session.payments.record(gift)
    session.refunds.refund(
        RefundDraft(payment_id=payment_id, on=day("2026-06-01"), amount_cents=2_000, reason="Asked")
    )
    session.close()
    return session.path


def run(*arguments: str) -> str:
    result = command_line.run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def computed(noun: str, file: Path, on: str) -> dict[str, Any]:
    document = json.loads(run("--json", noun, str(file), "--on", on))
    [entry] = document[noun]
    return dict(entry["computed"])


def test_pledge_waits_until_its_condition_is_met(file: Path) -> None:
    before = computed("pledges", file, "2026-05-09")
    assert (before["state"], before["waiting"], before["overdue_cents"]) == ("open", True, 0)
    after = computed("pledges", file, "2026-05-11")
    assert (after["state"], after["waiting"], after["overdue_cents"]) == ("overdue", False, 10_000)
    assert "conditional" in run("pledges", str(file), "--on", "2026-05-09")
    assert "overdue" in run("pledges", str(file), "--on", "2026-05-11")


def test_payment_says_what_of_it_was_given_back_by_the_day(file: Path) -> None:
    assert computed("payments", file, "2026-05-31") == {"gift_cents": 5_000, "refunded_cents": 0}
    assert computed("payments", file, "2026-06-01") == {"gift_cents": 5_000, "refunded_cents": 2_000}
    assert "20.00 refunded" in run("payments", str(file), "--on", "2026-06-01")
    assert "refunded" not in run("payments", str(file), "--on", "2026-05-31")


@pytest.mark.parametrize("noun", ["payments", "receipts", "pledges", "campaigns"])
def test_every_column_has_a_name(file: Path, noun: str) -> None:
    if noun == "receipts":
        run("issue", str(file), "--all", "--on", "2026-06-02")
    heads, rule, *_ = run(noun, str(file), "--on", "2026-06-02").splitlines()
    starts = [at for at, dash in enumerate(rule) if dash == "-" and rule[at - 1 : at] != "-"]
    ends = [*starts[1:], len(rule)]
    assert all(heads[start:end].strip() for start, end in zip(starts, ends, strict=True))
