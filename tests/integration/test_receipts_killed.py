"""Killed while receipts are issued: numbers stay without gaps, and every receipt that was told is there."""

import os
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.services.list_blocks import Order
from commission_app.services.receipt_lists import ReceiptSort
from tests.factories import make_session
from tests.integration.forked import Child, Tell
from tests.integration.operations import at_home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked")

TODAY = date(2026, 6, 10)
FILE = "glen.commission"
KILLS = 60 if settings().max_examples > 1000 else 12
LONGEST = 0.25  # seconds of work before a kill


def issue_for_ever(tell: Tell, folder: Path, seed: int) -> None:
    """Record payments, issue their receipts, void some, and tell of each receipt when the file has it."""
    random = Random(seed)
    session = CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", on=TODAY)
    payer, campaign = session.contacts.all()[0].id, session.campaigns.all()[0].id
    tell("open", None)
    while True:
        paid = [
            session.payments.record(
                PaymentDraft(
                    payer_id=payer,
                    received_on=TODAY,
                    amount_cents=random.randint(1, 50_000),
                    campaign_id=campaign,
                )
            )
            for _ in range(random.randint(1, 3))
        ]
        issued = session.receipts.issue(paid)
        tell("issued", [line.label for line in session.receipts.lines(issued)])
        if random.random() < 0.3:
            session.receipts.void(issued[0], TODAY, "Typed twice")
            tell("voided", session.receipts.get(issued[0]).receipt.label)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file that has somebody who pays, and a campaign."""
    at_home(tmp_path, monkeypatch.setenv)
    with closing(make_session(tmp_path, on=TODAY)) as session:
        session.contacts.add(ContactDraft(name="Ana Ruiz"))
        session.campaigns.add(CampaignDraft(name="Youth exchange"))
    return tmp_path


def test_numbers_have_no_gap_whenever_the_program_is_killed(folder: Path) -> None:
    random, told, voided = Random(1771), set[str](), set[str]()
    for number in range(KILLS):
        moment = random.uniform(0, LONGEST)
        child = Child(issue_for_ever, folder, random.randrange(10**9))
        assert child.first_word() == ("open", None)
        told.update(child.first_word()[1])  # the first receipts; killed at any moment after them
        ended = child.kill(moment)
        where = f"kill {number} after {moment:.4f} seconds"
        assert ended.is_killed, where
        told |= {label for kind, labels in ended.told if kind == "issued" for label in labels}
        voided |= {label for kind, label in ended.told if kind == "voided"}
        with closing(CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", on=TODAY)) as session:
            service = session.receipts
            lines = service.lines(service.ids(order=Order(ReceiptSort.NUMBER)))
        labels = [line.label for line in lines]
        assert labels == [f"2026-{n:04d}" for n in range(1, len(labels) + 1)], where
        assert told <= set(labels), where
        assert voided <= {line.label for line in lines if line.voided_on is not None}, where
        paid = [line.payment_id for line in lines]
        assert None not in paid and len(paid) == len(set(paid)), where
    assert len(told) >= KILLS
