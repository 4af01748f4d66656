"""What waits quietly: on the treasurer's and the secretary's Home with its button, and in no check."""

from dataclasses import replace
from datetime import date, timedelta

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from commission_app.domain.deposits import DepositDraft
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import OfficeTitle
from commission_app.domain.open_business import OpenBusiness
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.urgency import in_order_for
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.findings.groups import counts, looks_of
from commission_app.gui.findings.look import Known
from commission_app.gui.page import Place
from commission_app.services.quiet_findings import MINUTES_DAYS, quiet_findings
from commission_app.services.session import Session
from commission_app.services.undeposited import Undeposited
from commission_app.storage.tables import minutes
from tests.gui.conftest import TODAY

QUIET = {"receipts-waiting", "deposit-waiting", "minutes-draft"}


def quiet_of(desk: Desk, office: OfficeTitle | None) -> list[Finding]:
    return [one for one in desk.session.attention.pressing(office) if one.rule in QUIET]


def test_the_treasurer_sees_what_has_no_receipt_and_is_not_deposited(desk: Desk) -> None:
    session = desk.session
    waiting = session.receipts.waiting_ids()
    receipts, money = quiet_of(desk, OfficeTitle.TREASURER)
    assert (receipts.rule, receipts.level) == ("receipts-waiting", Level.INFO)
    assert receipts.values["payments"] == len(waiting)
    assert (money.rule, money.level) == ("deposit-waiting", Level.INFO)
    looks = looks_of([receipts, money], Known())
    assert looks[0].title == f"{len(waiting)} payments have no receipt"
    assert [(look.action, look.place) for look in looks] == [
        ("Issue receipts", Place(page="fundraising", tab="receipts", action="issue")),
        ("Make a deposit", Place(page="fundraising", tab="payments", action="deposit")),
    ]
    assert not any(one.rule in QUIET for one in session.attention.findings())
    assert quiet_of(desk, OfficeTitle.CHAIR) == quiet_of(desk, None) == []
    assert counts([receipts, money]) == {}


def test_what_is_done_is_not_told_any_more(desk: Desk) -> None:
    session = desk.session
    session.receipts.issue(session.receipts.waiting_ids())
    waiting = session.deposits.waiting()
    session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(line.id for line in waiting)))
    assert quiet_of(desk, OfficeTitle.TREASURER) == []
    assert session.deposits.undeposited() == Undeposited()
    donor = session.contacts.all()[0]
    campaign = session.campaigns.all()[0]

    def pay(on: date, method: PaymentMethod) -> None:
        session.payments.record(
            PaymentDraft(
                payer_id=donor.id, received_on=on, amount_cents=5_000, method=method, campaign_id=campaign.id
            )
        )

    pay(TODAY - timedelta(days=14), PaymentMethod.CHECK)
    pay(TODAY - timedelta(days=15), PaymentMethod.CARD)
    assert [(one.rule, one.values["payments"]) for one in quiet_of(desk, OfficeTitle.TREASURER)] == [
        ("receipts-waiting", 2)
    ]
    pay(TODAY - timedelta(days=15), PaymentMethod.CASH)
    money = quiet_of(desk, OfficeTitle.TREASURER)[1]
    first = {"first_on": "2026-09-02", "older": 0, "older_cents": 0}
    assert money.values == {"payments": 2, "cents": 10_000, **first}
    [look] = looks_of([money], Known())
    assert (look.title, look.reason) == (
        "2 payments are not deposited, $100.00",
        "The oldest came in on September 2.",
    )
    pay(TODAY - timedelta(days=91), PaymentMethod.CHECK)
    [look] = looks_of(quiet_of(desk, OfficeTitle.TREASURER)[1:], Known())
    assert look.title == "2 payments are not deposited, $100.00"
    assert look.reason == "Received since September 2. 1 older one: $50.00."


def test_a_file_that_gives_no_receipts_is_not_asked_for_them(session: Session, qtbot: QtBot) -> None:
    assert [one for one in session.attention.pressing(OfficeTitle.TREASURER) if one.rule in QUIET] == []


def test_the_secretary_is_reminded_of_minutes_that_nobody_began(desk: Desk) -> None:
    context = desk.session.context
    held = [one for one in desk.session.search.meetings() if one.state is MeetingState.HELD]
    with context.database.reading() as connection:
        drafted = set(connection.execute(select(minutes.c.meeting_id)).scalars())
        free = max((one for one in held if one.id not in drafted), key=lambda one: one.starts)
        run = OpenBusiness(
            book=context.rule_book(connection), waiting=tuple(held), begun=frozenset({free.id, *drafted})
        )
        later = free.on + MINUTES_DAYS
        [found] = quiet_findings(connection, later, OfficeTitle.SECRETARY, run)
        assert quiet_findings(connection, later + timedelta(days=1), OfficeTitle.SECRETARY, run) == []
        kept_elsewhere = replace(run, begun=frozenset())
        assert quiet_findings(connection, later, OfficeTitle.SECRETARY, kept_elsewhere) == []
    assert (found.rule, found.level, found.subject.id) == ("minutes-draft", Level.INFO, free.id)
    [look] = looks_of([found], Known(days={free.id: free.on}))
    assert look.title == f"The minutes of {labels.day_plain(free.on)} are to be written"
    assert look.place == Place(page="meetings", tab="minutes", record_id=free.id)
    inquiry = Subject(noun="inquiry", key="hue", name="Huế")
    due, told = (
        replace(found, rule="answer-due", level=level, subject=inquiry, due_on=later)
        for level in (Level.WARNING, Level.INFO)
    )
    order = in_order_for([told, due, found], OfficeTitle.SECRETARY)
    assert order == [found, due, told]  # among what is due, not behind the six that Home shows
