"""Batches and deposits on real files: recorded as one, undone as one, brought to the bank."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commission_app.bootstrap import CommissionProgram
from commission_app.cli.calls import Call
from commission_app.cli.main import commission_app
from commission_app.documents.printed import draw
from commission_app.domain.batches import BatchDraft, BatchLine
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import DepositDraft
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.errors import ConflictError, Problem, ValidationError
from commission_app.services.deposits import DepositFilter
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import MONTHLY, Entering, pledge, record

TODAY = date(2026, 7, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def ids(session: Session) -> dict[tuple[str, str], str]:
    """Ana owes 100.00 in twelve from February, Khai 50.00 since May."""
    entering = Entering(session)
    entering.enter(
        record(
            pledges=[
                pledge("p1", 10_000, MONTHLY),
                pledge("p2", 5_000, {"every": "once", "first_on": "2026-05-01"}, donor="khai"),
            ]
        )
    )
    return entering.ids


def check(session: Session, ids: dict[tuple[str, str], str], who: str, cents: int, no: str) -> PaymentDraft:
    payer = ids["contacts", who]
    pledges = [found.line.id for found in session.batches.open_pledges(payer, TODAY)]
    gift = {} if pledges else {"campaign_id": ids["campaigns", "youth"]}
    return PaymentDraft(
        payer_id=payer,
        received_on=TODAY,
        amount_cents=cents,
        method=PaymentMethod.CHECK,
        reference=no,
        allocations=session.batches.spread(cents, TODAY, pledges) if pledges else (),
        **gift,  # type: ignore[arg-type]
    )


def batch(*payments: PaymentDraft, **more: object) -> BatchDraft:
    return BatchDraft(lines=tuple(BatchLine(payment=one) for one in payments), **more)  # type: ignore[arg-type]


def test_batch_is_one_action_and_is_undone_as_one(session: Session, ids: dict[tuple[str, str], str]) -> None:
    checks = [
        check(session, ids, "ana", 4_168, "1041"),
        check(session, ids, "khai", 5_000, "77"),
        check(session, ids, "lin", 2_500, "9"),
    ]
    made = session.batches.record(batch(*checks, count=3, control_cents=11_668))
    assert [session.payments.get(one).payment.reference for one in made] == ["1041", "77", "9"]
    assert session.history.recent(1)[0].what == "recorded a batch of 3 payments, $116.68"
    assert session.pledges.totals().paid_cents == 9_168
    session.history.undo()
    assert (session.payments.totals().count, session.pledges.totals().paid_cents) == (0, 0)


def test_batch_off_by_a_cent_writes_nothing(session: Session, ids: dict[tuple[str, str], str]) -> None:
    one = check(session, ids, "khai", 5_000, "77")
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.batches.record(batch(one, count=1, control_cents=4_999))
    assert caught.value.by_field() == {
        "control_cents": "The rows add up to $50.00, $0.01 more than the tape."
    }
    assert session.path.read_bytes() == before


def test_wrong_rows_are_told_each_at_its_place_and_nothing_is_written(
    session: Session, ids: dict[tuple[str, str], str]
) -> None:
    good = check(session, ids, "khai", 5_000, "77")
    lost = replace(good, campaign_id=None, allocations=())
    with pytest.raises(ValidationError) as caught:
        session.batches.record(batch(good, lost, replace(good, payer_id="", allocations=()), count=3))
    assert set(caught.value.by_field()) == {"lines[1]", "lines[1].campaign_id", "lines[2].payer_id"} - {
        "lines[1]"
    }
    assert session.payments.totals().count == 0


def test_second_check_for_one_pledge_is_proposed_for_what_the_first_left(
    session: Session, ids: dict[tuple[str, str], str]
) -> None:
    ana = ids["contacts", "ana"]
    (found,) = session.batches.open_pledges(ana, TODAY)
    assert found.expected_cents == 834 * 4 + 833  # five instalments are due, February to June
    first = check(session, ids, "ana", found.expected_cents, "1")
    (again,) = session.batches.open_pledges(ana, TODAY, [first])
    assert (again.expected_cents, again.line.balance_cents) == (833, 10_000 - found.expected_cents)
    parts = session.batches.spread(833, TODAY, [again.line.id], [first])
    second = replace(first, amount_cents=833, reference="2", allocations=parts)
    session.batches.record(batch(first, second, count=2, control_cents=found.expected_cents + 833))
    assert session.pledges.totals().credit_cents == 0


def test_pledge_paid_off_by_a_row_above_is_not_offered_again(
    session: Session, ids: dict[tuple[str, str], str]
) -> None:
    first = check(session, ids, "khai", 5_000, "77")
    assert session.batches.open_pledges(ids["contacts", "khai"], TODAY, [first]) == []


def test_newcomer_of_two_rows_is_added_once(session: Session, ids: dict[tuple[str, str], str]) -> None:
    gift = PaymentDraft(
        payer_id="", received_on=TODAY, amount_cents=1_000, campaign_id=ids["campaigns", "youth"]
    )
    line = BatchLine(payment=gift, newcomer=ContactDraft(name="Đặng Thùy Trâm"))
    session.batches.record(BatchDraft(lines=(line, line), count=2, control_cents=2_000))
    assert len(session.contacts.all(containing="Dang Thuy")) == 1


# Deposits


@pytest.fixture
def paid(session: Session, ids: dict[tuple[str, str], str]) -> list[str]:
    """A check, cash and a card payment."""
    one = check(session, ids, "ana", 4_169, "1041")
    gift = PaymentDraft(
        payer_id=ids["contacts", "lin"],
        received_on=TODAY,
        amount_cents=2_000,
        method=PaymentMethod.CASH,
        campaign_id=ids["campaigns", "youth"],
    )
    card = replace(gift, method=PaymentMethod.CARD, amount_cents=700)
    return session.batches.record(batch(one, gift, card))


def test_deposit_takes_payments_that_wait(session: Session, paid: list[str]) -> None:
    assert [line.id for line in session.deposits.waiting()] == paid[:2]
    made = session.deposits.make(DepositDraft(on=TODAY, account="Checking", payment_ids=tuple(paid[:2])))
    assert session.deposits.waiting() == []
    assert [line.id for line in session.deposits.waiting(also=paid)] == paid[2:]
    view = session.deposits.get(made)
    assert (view.amount_cents, view.cash_cents) == (6_169, 2_000)
    assert session.history.recent(1)[0].what == "made a deposit of 2 payments, $61.69"
    (line,) = session.deposits.page(DepositFilter(text="lin")).rows
    assert (line.count, line.amount_cents, line.account) == (2, 6_169, "Checking")
    assert session.deposits.of_payment(paid[0]) == line
    assert session.deposits.last_account() == "Checking"


def test_payment_in_a_deposit_is_final_until_the_deposit_is_voided(session: Session, paid: list[str]) -> None:
    made = session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(paid)))
    with pytest.raises(ValidationError) as caught:
        session.deposits.make(DepositDraft(on=TODAY, payment_ids=(paid[0],)))
    assert caught.value.by_field() == {"payment_ids": "A payment is in another deposit already."}
    (newest, batch_action) = session.history.recent(2)
    assert newest.what.startswith("made a deposit")
    with pytest.raises(ConflictError):
        session.history.undo(batch_action.id)
    session.deposits.void(made, TODAY, "The bank returned it")
    assert session.deposits.totals().amount_cents == 0
    assert [line.id for line in session.deposits.waiting(also=paid)] == paid
    session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(paid)))


def test_deposit_can_be_undone_and_its_batch_after_it(session: Session, paid: list[str]) -> None:
    session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(paid)))
    session.history.undo()
    session.history.undo()
    assert (session.deposits.totals().count, session.payments.totals().count) == (0, 0)


def test_deposit_before_its_payments_came_in_or_of_none_is_refused(session: Session, paid: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        session.deposits.make(DepositDraft(on=date(2026, 6, 30), payment_ids=(paid[0],)))
    assert caught.value.by_field() == {"on": "A payment came in on July 1, 2026, after this day."}
    with pytest.raises(ValidationError):
        session.deposits.make(DepositDraft(on=TODAY))
    session.payments.void(paid[1], TODAY, "counted twice")
    with pytest.raises(ValidationError):
        session.deposits.make(DepositDraft(on=TODAY, payment_ids=(paid[1],)))


def test_void_needs_a_reason_and_happens_once(session: Session, paid: list[str]) -> None:
    made = session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(paid)))
    with pytest.raises(ValidationError):
        session.deposits.void(made, TODAY, " ")
    session.deposits.void(made, TODAY, "Wrong account")
    with pytest.raises(ValidationError):
        session.deposits.void(made, TODAY, "Again")


def text_of(session: Session, **choice: object) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    paper = session.papers.paper("deposit-slip", PaperChoice(**choice))  # type: ignore[arg-type]
    pages = PdfReader(BytesIO(draw(paper.content).data)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("size", ["letter", "a4"])
def test_slip_lists_checks_cash_and_total_and_is_never_a_copy(
    session: Session, paid: list[str], size: str
) -> None:
    with pytest.raises(NothingToPrintError):
        session.papers.paper("deposit-slip")
    made = session.deposits.make(DepositDraft(on=TODAY, account="Checking 123", payment_ids=tuple(paid)))
    first = text_of(session, deposit=made, size=size)
    for words in ("1041", "Ana Ruiz", "41.69", "$20.00 in 1 payment", "$68.69 in 3 payments", "Checking 123"):
        assert words in first
    assert "COPY" not in first
    session.deposits.void(made, TODAY, "Wrong account")
    assert "VOID on July 1, 2026: Wrong account." in text_of(session, deposit=made, size=size)


def invoke(arguments: list[str]) -> Result:
    return CliRunner().invoke(commission_app, arguments, obj=Call(CommissionProgram()))


def test_deposits_are_listed_on_the_command_line(session: Session, paid: list[str]) -> None:
    made = session.deposits.make(DepositDraft(on=TODAY, account="Checking", payment_ids=tuple(paid)))
    session.close()
    asked = ["deposits", str(session.path), "--on", "2026-07-01"]
    told = invoke([*asked, "--json"])
    (entry,) = json.loads(told.stdout)["deposits"]
    assert (entry["key"], entry["account"], len(entry["payments"])) == (made, "Checking", 3)
    assert entry["computed"] == {"amount_cents": 6_869, "cash_cents": 2_000}
    assert "68.69" in invoke(asked).stdout


def test_payment_that_bounces_stays_in_its_deposit_as_it_was_brought(
    session: Session, paid: list[str]
) -> None:
    made = session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(paid)))
    session.payments.void(paid[0], TODAY, "The check bounced")
    view = session.deposits.get(made)
    assert (len(view.payments), view.amount_cents) == (3, 6_869)
    assert view.payments[0].voided_on == TODAY


def test_closed_year_takes_no_deposit_and_no_batch(session: Session, ids: dict[tuple[str, str], str]) -> None:
    one = replace(check(session, ids, "lin", 1_000, "5"), received_on=date(2025, 12, 30))
    (payment,) = session.batches.record(batch(one))
    session.years.close(date(2025, 1, 1))
    with pytest.raises(ValidationError) as caught:
        session.deposits.make(DepositDraft(on=date(2025, 12, 31), payment_ids=(payment,)))
    assert "was closed" in caught.value.by_field()["on"]
    with pytest.raises(ValidationError) as caught:
        session.batches.record(batch(one))
    assert "was closed" in caught.value.by_field()["lines[0].received_on"]


# ---- Many rows ------------------------------------------------------------------------------------

_DUE = [date(2026, month, 28) for month in range(2, 7)]
_PARTS = st.lists(
    st.tuples(st.sampled_from(["p1", "p2", "p3"]), st.sampled_from([*_DUE, None]), st.integers(1, 900)),
    min_size=1,
    max_size=2,
    unique_by=lambda part: part[:2],
)
_ROWS = st.lists(st.tuples(_PARTS, st.sampled_from([TODAY, date(2026, 3, 5)])), min_size=1, max_size=7)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Entering]]:
    """Two pledges with nothing on them but payments, and one whose terms were changed."""
    opened = make_session(tmp_path_factory.mktemp("batches"), on=TODAY)
    entering = Entering(opened)
    new_terms = {"on": "2026-04-01", "amount_cents": 8_000, "schedule": {**MONTHLY, "count": 10}}
    entering.enter(
        record(
            pledges=[
                pledge("p1", 10_000, MONTHLY),
                pledge("p2", 5_000, MONTHLY, donor="khai"),
                pledge("p3", 9_000, MONTHLY, changes=[new_terms]),
            ],
            payments=[
                {"key": "y1", "payer": "ana", "received_on": "2026-03-02", "amount_cents": 1_000}
                | {"method": "check", "pledge": "p1"}
            ],
        )
    )
    yield opened, entering
    opened.close()


def _standing(session: Session) -> object:
    """The figures of every pledge, and the payments without what names them."""
    lines = [replace(line, id="", key="") for line in session.payments.page().rows]
    return session.pledges.totals(), session.pledges.page().rows, sorted(lines, key=str)


@settings(max_examples=12, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
@given(_ROWS)
def test_batch_is_recorded_as_its_rows_one_by_one(
    changed: tuple[Session, Entering], rows: list[tuple[list[tuple[str, date | None, int]], date]]
) -> None:
    session, entering = changed
    before = _standing(session)
    payments = [
        PaymentDraft(
            payer_id=entering.ids["contacts", "ana"],
            received_on=on,
            amount_cents=sum(cents for *_, cents in parts),
            method=PaymentMethod.CHECK,
            allocations=tuple(
                Allocation(pledge_id=entering.ids["pledges", key], due_on=due_on, amount_cents=cents)
                for key, due_on, cents in parts
            ),
        )
        for parts, on in rows
    ]
    refused: list[Problem] = []
    written = 0
    for at, one in enumerate(payments):
        try:
            session.payments.record(one)
            written += 1
        except ValidationError as error:
            refused += [Problem(f"lines[{at}].{found.path}", found.message) for found in error.problems]
    singly = _standing(session)
    for _ in range(written):
        session.history.undo()
    assert _standing(session) == before
    if refused:
        with pytest.raises(ValidationError) as caught:
            session.batches.record(batch(*payments))
        assert list(caught.value.problems) == refused
        return
    session.batches.record(batch(*payments))
    total = sum(one.amount_cents for one in payments) / 100
    plural = "" if written == 1 else "s"
    assert (
        session.history.recent(1)[0].what == f"recorded a batch of {written} payment{plural}, ${total:,.2f}"
    )
    assert _standing(session) == singly
    session.history.undo()
    assert _standing(session) == before
