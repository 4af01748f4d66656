"""The sample's receivers of money: nobody gives to himself."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.receipt_paper import ReceiptPaper
from tests.factories import put_sample


def _now() -> datetime:
    return datetime(2026, 9, 17, 16, 41, tzinfo=UTC)


def _parties(paper: ReceiptPaper) -> tuple[str, str]:
    """Who got the money, and who gave it."""
    facts = dict(paper.facts)
    return facts["Received by"], facts["Received from"]


def test_nobody_gets_a_receipt_from_himself(tmp_path: Path) -> None:
    program, path = CommissionProgram(now=_now), tmp_path / "glen.commission"
    put_sample(path, date(2026, 9, 17), _now)
    with closing(program.open_reading(path, on=date(2026, 9, 17))) as session:
        papers = [session.receipts.proposal(one).paper for one in session.receipts.waiting_ids()]
        views = [session.receipts.get(one) for one in session.receipts.ids()]
        named = [_parties(paper) for paper in (*papers, *(view.paper for view in views if view.paper))]
    receivers = {receiver for receiver, _ in named}
    assert receivers == {"Alder Glen Friendship Society", "Rotary Club of Alder Glen"}
    assert all(receiver != giver for receiver, giver in named)
