"""One hostile ledger, and everything that a treasurer can see of it: all say the same cents, on every day."""

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from commission_app.documents.printed import draw
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.cash_at_hand import brought_cents
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.journal import balances
from commission_app.domain.meetings import MeetingDraft, MeetingKind
from commission_app.domain.money import format_money
from commission_app.domain.papers import PaperChoice
from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.domain.pledges import PledgeDraft, PledgeKind, TermsChangeDraft, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.list_blocks import Order
from commission_app.services.money_sources import LARGEST, Source, SourceKind, SourceSort
from commission_app.services.session import Session
from commission_app.services.treasurer_page import read_movement
from commission_app.services.undeposited import read_undeposited
from commission_app.services.years import read_books
from tests.factories import make_session
from tests.integration import command_line
from tests.integration.money_files import Entering, day, record

TODAY = date(2026, 9, 17)
DAYS = [day(text) for text in ("2025-11-15", "2025-12-31", "2026-03-15", "2026-06-30", "2026-09-17")]
CASH, CHECK, CARD = PaymentMethod.CASH, PaymentMethod.CHECK, PaymentMethod.CARD
Figures = dict[str, int]


@dataclass
class Ledger:
    """A file that a treasurer has worked in for two years."""

    session: Session
    ids: dict[tuple[str, str], str]
    made: dict[str, str] = field(default_factory=dict)

    def promise(self, key: str, cents: int, every: Every, count: int, first_on: str, **more: Any) -> None:
        given = {"donor": "ana", "campaign": "youth", "pledged_on": "2025-10-01", **more}
        donor_id, campaign_id = (
            self.ids["contacts", given.pop("donor")],
            self.ids["campaigns", given.pop("campaign")],
        )
        schedule = Schedule(every=every, count=None if every is Every.ONCE else count, first_on=day(first_on))
        given["pledged_on"] = day(given["pledged_on"])
        self.made[key] = self.session.pledges.record(
            PledgeDraft(
                key=key,
                donor_id=donor_id,
                campaign_id=campaign_id,
                amount_cents=cents,
                schedule=schedule,
                **given,
            )
        )

    def pay(self, key: str, on: str, cents: int, *pledges: str, **more: Any) -> None:
        given = {"payer": "ana", "method": CHECK, "gift": None, "split": None, **more}
        split, gift = given.pop("split"), given.pop("gift")
        parts = tuple(
            Allocation(pledge_id=self.made[pledge], due_on=day(due) if due else None, amount_cents=part)
            for pledge, due, part in split or ()
        )
        if pledges:
            parts = self.session.payments.propose(cents, day(on), [self.made[one] for one in pledges])
        draft = PaymentDraft(
            key=key,
            payer_id=self.ids["contacts", given.pop("payer")],
            received_on=day(on),
            amount_cents=cents,
            campaign_id=self.ids["campaigns", gift] if gift else None,
            allocations=parts,
            **given,
        )
        self.made[key] = self.session.payments.record(draft)

    def give_back(
        self, key: str, payment: str, on: str, cents: int, method: PaymentMethod | None = None
    ) -> None:
        payment_id = self.made[payment]
        draft = RefundDraft(
            key=key,
            payment_id=payment_id,
            on=day(on),
            amount_cents=cents,
            method=method,
            reason="Asked",
            parts=self.session.refunds.propose(payment_id, cents),
        )
        self.made[key] = self.session.refunds.refund(draft)

    def deposit(self, key: str, on: str, *payments: str, account: str | None = None) -> None:
        ids = tuple(self.made[one] for one in payments)
        self.made[key] = self.session.deposits.make(
            DepositDraft(key=key, on=day(on), account=account, payment_ids=ids)
        )

    def write_off(self, pledge: str, on: str, cents: int) -> None:
        self.session.pledges.write_off(
            WriteOffDraft(pledge_id=self.made[pledge], on=day(on), amount_cents=cents, reason="Moved away")
        )

    def change(self, pledge: str, on: str, cents: int, schedule: Schedule) -> None:
        change = TermsChangeDraft(
            pledge_id=self.made[pledge], on=day(on), amount_cents=cents, schedule=schedule
        )
        self.session.pledges.change_terms(change)


def _promises(of: Ledger) -> None:
    month = Every.MONTH
    of.promise("shrunk", 12_000, month, 12, "2025-10-31")
    of.promise("twelfths", 10_000, month, 12, "2026-02-28", donor="khai", campaign="garden")
    of.promise("halves", 10_000, month, 2, "2025-11-01", donor="lin")
    of.promise("given up", 12_000, month, 12, "2026-01-10", donor="lin", campaign="garden")
    of.promise("cancelled", 7_700, Every.ONCE, 1, "2025-12-01", donor="khai")
    of.promise("waits", 50_000, Every.ONCE, 1, "2026-02-01", donor="khai", condition="If the city agrees")
    of.promise("met", 3_300, Every.ONCE, 1, "2026-02-01", donor="lin", condition="If the school agrees")
    of.promise("match", 20_000, Every.ONCE, 1, "2026-07-01", campaign="garden", match_percent=50)
    of.promise("late", 4_400, Every.ONCE, 1, "2025-11-20", donor="khai", pledged_on="2025-11-10")
    of.promise("ahead", 6_600, month, 3, "2026-09-17", donor="lin", pledged_on="2026-09-01")


def _movements(of: Ledger) -> None:
    session = of.session
    of.pay("y0", "2025-10-20", 5_000, gift="garden", method=CASH)
    of.pay("y1", "2025-11-01", 2_500, "shrunk")
    of.pay("y2", "2025-11-05", 5_000, "halves", payer="khai")
    of.pay("y3", "2025-12-02", 5_000, "halves", payer="lin", method=CASH)
    of.pay("y4", "2025-12-20", 10_000, gift="youth", payer="asca", method=CARD)
    of.deposit("d0", "2025-12-22", "y1", "y2")
    session.pledges.cancel(of.made["cancelled"], day("2025-12-28"), "Made by mistake")
    session.years.close(date(2025, 1, 1))
    session.payments.void(of.made["y2"], day("2026-01-08"), "Bounced")
    of.give_back("r0", "y4", "2026-01-15", 4_000, CHECK)
    shorter = Schedule(every=Every.MONTH, count=9, first_on=day("2026-02-28"))
    of.change("shrunk", "2026-02-01", 9_000, shorter)
    of.pay("y5", "2026-03-01", 834, "twelfths", payer="khai")
    of.pay(
        "y6",
        "2026-03-05",
        10_000,
        payer="asca",
        gift="garden",
        method=CASH,
        split=[("given up", "2026-01-10", 1_000), ("given up", None, 500), ("shrunk", "2026-02-28", 400)],
    )
    of.give_back("r1", "y6", "2026-03-06", 4_000, CASH)
    of.give_back("r2", "y6", "2026-03-07", 2_000, CASH)
    of.give_back("r3", "y6", "2026-03-08", 1_500, CHECK)
    session.refunds.void(of.made["r2"], day("2026-03-09"), "She left it here")
    of.deposit("d1", "2026-03-10", "y6", "y3", account="Savings")
    of.write_off("given up", "2026-03-12", 2_500)
    session.pledges.meet_condition(of.made["met"], day("2026-04-01"))
    of.pay("y7", "2026-04-02", 9_900, "met", "given up", payer="lin", method=CASH)
    session.deposits.void(of.made["d1"], day("2026-04-03"), "Never brought")
    of.deposit("d2", "2026-04-04", "y6", "y7")
    of.give_back("r4", "y7", "2026-05-01", 700, CASH)
    of.pay("y8", "2026-05-05", 1_200, gift="garden", method=None)
    session.payments.void(of.made["y8"], day("2026-05-06"), "Entered twice")
    of.write_off("late", "2026-05-10", 4_400)
    closed = next(one.closing for one in session.years.years() if one.closing)
    session.years.reopen(closed.id, "A refund was found")
    of.give_back("r5", "y0", "2025-12-30", 1_000, CASH)
    session.years.close(date(2025, 1, 1))
    of.pay("y9", "2026-08-30", 2_000, "twelfths", payer="khai", method=PaymentMethod.DONOR_ADVISED_FUND)
    of.pay("y10", "2026-09-17", 3_000, "ahead", payer="lin", method=CASH)
    of.give_back("r6", "y10", "2026-09-17", 3_000, CASH)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    session = make_session(tmp_path_factory.mktemp("hostile"), on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    of = Ledger(session, entering.ids)
    _promises(of)
    _movements(of)
    starts = datetime.combine(TODAY, datetime.min.time()).replace(hour=18)
    of.made["meeting"] = session.meetings.schedule(MeetingDraft(kind=MeetingKind.REGULAR, starts=starts))
    yield of
    session.close()


# ---- What it should be, from the record alone -------------------------------------------------------


def _stands(entry: dict[str, Any], on: date, name: str) -> bool:
    voided = entry["voided"]
    return bool(day(entry[name]) <= on and (voided is None or day(voided["on"]) > on))


def _shares(entry: dict[str, Any], parts: str, campaign: str | None, of: dict[str, str]) -> Figures:
    """Cents of a payment or a refund by campaign."""
    found: Figures = defaultdict(int)
    for part in entry[parts]:
        found[of[part["pledge"]]] += part["amount_cents"]
    rest = entry["amount_cents"] - sum(found.values())
    if rest and campaign:
        found[campaign] += rest
    return found


def received(ledger: Ledger, on: date) -> Figures:
    """By campaign, from the entries of the open record: live payments less live refunds."""
    document = ledger.session.record.document()
    of = {one["key"]: one["campaign"] for one in document["pledges"]}
    payments = {one["key"]: one for one in document["payments"]}
    found: Figures = {"youth": 0, "garden": 0}
    for payment in payments.values():
        if _stands(payment, on, "received_on"):
            for campaign, cents in _shares(payment, "allocations", payment["campaign"], of).items():
                found[campaign] += cents
    for refund in document["refunds"]:
        if _stands(refund, on, "on"):
            paid = payments[refund["payment"]]
            for campaign, cents in _shares(refund, "parts", paid["campaign"], of).items():
                found[campaign] -= cents
    return found


# ---- What is said -----------------------------------------------------------------------------------


@pytest.mark.parametrize("on", DAYS)
def test_campaigns_have_what_the_record_says(ledger: Ledger, on: date) -> None:
    session, wanted = ledger.session, received(ledger, on)
    standings = {one.campaign.key: one for one in session.campaigns.standings(on)}
    assert {key: one.received_cents for key, one in standings.items()} == wanted
    for key, one in standings.items():
        source = Source(kind=SourceKind.RECEIVED, as_of=on, campaign_id=one.campaign.id)
        assert session.money_sources.totals(source).cents == wanted[key]


@pytest.mark.parametrize("on", DAYS)
def test_pledges_campaigns_aging_and_sources_agree(ledger: Ledger, on: date) -> None:
    session = ledger.session
    accounts = [one for one in session.pledges.accounts(on) if one.pledge.kind is PledgeKind.MONEY]
    aging = session.pledges.aging(on)
    for one in session.campaigns.standings(on):
        own = [account for account in accounts if account.pledge.campaign_id == one.campaign.id]
        assert one.pledged_cents == sum(account.pledged_cents for account in own)
        assert one.overdue_cents == sum(account.overdue_cents for account in own)
        assert one.waiting_cents == sum(account.waiting_cents for account in own)
    for account in accounts:
        parts = account.paid_cents + account.written_off_cents + account.balance_cents
        assert parts == account.pledged_cents
    assert aging.total.total_cents == sum(account.balance_cents for account in accounts)
    assert sum(aging.total.cents[1:]) == sum(account.overdue_cents for account in accounts)
    for bucket, cents in enumerate(aging.total.cents):
        source = Source(kind=SourceKind.OPEN, as_of=on, bucket=bucket)
        assert session.money_sources.totals(source).cents == cents
    largest = sorted((one.balance_cents for one in accounts if one.balance_cents), reverse=True)[:LARGEST]
    source = Source(kind=SourceKind.LARGEST, as_of=on)
    keys = session.money_sources.keys(source, Order(SourceSort.AMOUNT, descending=True))
    assert [row.cents for row in session.money_sources.lines(source, keys)] == largest
    source = Source(kind=SourceKind.WRITTEN_OFF, as_of=on)
    written_off = sum(account.written_off_cents for account in accounts)
    assert session.money_sources.totals(source).cents == written_off


@pytest.mark.parametrize("on", DAYS)
def test_donors_add_up_to_the_file(ledger: Ledger, on: date) -> None:
    session = ledger.session
    stories = [session.pledges.story(one.id, on) for one in session.contacts.all()]
    accounts = session.pledges.accounts(on)
    assert sum(one.given_cents for one in stories) == sum(received(ledger, on).values())
    assert sum(one.balance_cents for one in stories) == sum(one.balance_cents for one in accounts)
    assert sum(one.overdue_cents for one in stories) == sum(one.overdue_cents for one in accounts)
    by_donor = dict(session.pledges.aging(on).donors)
    for story in stories:
        buckets = by_donor.get(story.donor.id)
        assert (buckets.total_cents if buckets else 0) == story.balance_cents


@pytest.mark.parametrize("on", DAYS)
def test_the_treasurers_page_moves_from_one_day_to_the_other(ledger: Ledger, on: date) -> None:
    for before in [one for one in DAYS if one < on]:
        with ledger.session.context.database.reading() as connection:
            moved = read_movement(connection, before + timedelta(days=1), on)
        assert moved.is_balanced
        assert moved.opening_cents == sum(received(ledger, before).values())
        assert moved.closing_cents == sum(received(ledger, on).values())


@pytest.mark.parametrize("on", DAYS)
def test_the_journal_has_each_campaign_s_income(ledger: Ledger, on: date) -> None:
    found = balances(ledger.session.journal.entries(to_on=on))
    wanted = received(ledger, on)
    assert -found.get("Contributions:Youth exchange 2027", 0) == wanted["youth"]
    assert -found.get("Contributions:Jardín de la Amistad", 0) == wanted["garden"]
    at_hand = sum(cents for name, cents in found.items() if not name.startswith("Contributions"))
    assert at_hand == sum(wanted.values())


def test_years_and_months_add_up_to_what_was_received(ledger: Ledger) -> None:
    session, wanted = ledger.session, received(ledger, TODAY)
    years = session.years.years()
    assert sum(one.flows.kept_cents for one in years) == sum(wanted.values())
    assert years[0].balance_cents == session.pledges.aging().total.total_cents
    closed = next(one for one in years if one.closing)
    assert closed.balance_cents == session.pledges.aging(DAYS[1]).total.total_cents
    assert closed.flows.kept_cents == sum(received(ledger, DAYS[1]).values())
    names = {one.name: one.key for one in session.campaigns.all()}
    kept: Figures = defaultdict(int)
    with session.context.database.reading() as connection:
        for year in years:
            books = read_books(session.context, connection, year.from_on.year)
            assert sum(flows.kept_cents for _, flows in books.months) == year.flows.kept_cents
            for campaign in books.campaigns:
                kept[names[campaign.name]] += campaign.flows.kept_cents
    assert kept == wanted
    months: Figures = defaultdict(int)
    for year in years:
        for line in session.campaign_months.year(year.from_on).campaigns:
            months[line.campaign.key or ""] += line.total_cents
    assert months == wanted


def test_lists_and_statements_have_the_same_sum(ledger: Ledger) -> None:
    session, wanted = ledger.session, sum(received(ledger, TODAY).values())
    assert session.payments.totals().left_cents == wanted
    lines = session.payments.lines(session.payments.ids())
    assert sum(line.left_cents for line in lines) == wanted
    stated = sum(
        line.amount_cents
        for year in (2025, 2026)
        for line in session.statements.donors(date(year, 1, 1), date(year, 12, 31))
    )
    advised = sum(line.left_cents for line in lines if line.method is PaymentMethod.DONOR_ADVISED_FUND)
    assert stated + advised == wanted
    totals = session.pledges.totals()
    assert totals.balance_cents == session.pledges.aging().total.total_cents


def test_what_waits_for_the_bank_is_what_the_journal_has_at_hand(ledger: Ledger) -> None:
    deposits = ledger.session.deposits
    waiting = deposits.waiting()
    back = deposits.given_back(waiting, TODAY)
    cents = {
        line.key: brought_cents(line.amount_cents, line.method, back.get(line.id, ())) for line in waiting
    }
    assert cents == {"y0": 4_000, "y3": 5_000, "y5": 834, "y9": 2_000}
    found = balances(ledger.session.journal.entries())
    assert found["Undeposited funds"] == sum(cents.values())
    told = deposits.undeposited()
    assert told.count + told.older_count == len(waiting)
    assert told.cents + told.older_cents == sum(cents.values())
    years = ledger.session.years.years()
    assert sum(year.without_deposit for year in years) == len(waiting)
    assert sum(year.undeposited_cents for year in years) == sum(cents.values())
    assert found.get("Savings", 0) == 0
    brought = {line.key: line.amount_cents for line in deposits.lines(deposits.ids())}
    assert brought == {"d0": 7_500, "d1": 11_000, "d2": 15_900}


@pytest.mark.parametrize("on", DAYS)
def test_what_waited_on_a_day_is_what_the_journal_had_at_hand_then(ledger: Ledger, on: date) -> None:
    with ledger.session.context.database.reading() as connection:
        found = read_undeposited(connection, TODAY, on)
    at_hand = balances(ledger.session.journal.entries(to_on=min(on, TODAY))).get("Undeposited funds", 0)
    assert found.cents + found.older_cents == at_hand
    if on == TODAY:
        assert found == ledger.session.deposits.undeposited()


@pytest.mark.parametrize("method", [None, *PaymentMethod])
def test_each_payment_waits_for_the_bank_or_is_booked_to_it(
    tmp_path: Path, method: PaymentMethod | None
) -> None:
    session = make_session(tmp_path, on=TODAY)
    payment_id = session.payments.record(
        PaymentDraft(
            payer_id=session.contacts.add(ContactDraft(name="Ana Ruiz")),
            received_on=TODAY,
            amount_cents=5_000,
            method=method,
            campaign_id=session.campaigns.add(CampaignDraft(name="Garden")),
        )
    )
    waiting = [line.id for line in session.deposits.waiting()]
    found = balances(session.journal.entries())
    in_bank = found.get("Checking", 0)
    assert (waiting, in_bank) in (([payment_id], 0), ([], 5_000))
    assert found.get("Undeposited funds", 0) == 5_000 - in_bank == session.deposits.undeposited().cents
    if waiting:
        session.deposits.make(DepositDraft(on=TODAY, payment_ids=(payment_id,)))
    assert balances(session.journal.entries()).get("Undeposited funds", 0) == 0
    assert balances(session.journal.entries())["Checking"] == 5_000
    assert session.deposits.waiting() == []
    session.close()


@pytest.mark.parametrize("on", DAYS)
def test_the_command_line_says_the_same(ledger: Ledger, on: date) -> None:
    session, path = ledger.session, ledger.session.path

    def told(noun: str) -> Any:
        result = command_line.run("--json", noun, path, "--on", on.isoformat())
        assert result.exit_code == 0, result.output
        return json.loads(result.output)[noun]

    wanted = received(ledger, on)
    campaigns = {one["key"]: one["computed"] for one in told("campaigns")}
    assert {key: one["received_cents"] for key, one in campaigns.items()} == wanted
    pledges = [one["computed"] for one in told("pledges")]
    balance = sum(one["balance_cents"] for one in pledges)
    assert balance == session.pledges.aging(on).total.total_cents
    assert sum(one["overdue_cents"] for one in pledges) == sum(
        one["overdue_cents"] for one in campaigns.values()
    )
    aging = told("aging")
    assert aging["buckets"] == session.pledges.aging(on).total.values()
    assert sum(sum(one["buckets"].values()) for one in aging["donors"]) == balance
    left = sum(
        one["amount_cents"] - one["computed"]["refunded_cents"]
        for one in told("payments")
        if one["voided"] is None
    )
    assert left == sum(wanted.values())


def _text(session: Session, slug: str, choice: PaperChoice) -> str:
    data = draw(session.papers.paper(slug, choice).content).data
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_papers_print_the_same_sums(ledger: Ledger) -> None:
    session = ledger.session

    def sign(cents: int) -> str:
        return format_money(cents, "USD", sign=True)

    standings = session.campaigns.standings(TODAY)
    wanted = received(ledger, TODAY)
    page = _text(session, "treasurer", PaperChoice(meeting=ledger.made["meeting"]))
    assert sign(sum(wanted.values())) in page
    assert sign(session.pledges.aging().total.total_cents) in page
    assert sign(session.pledges.aging().total.total_cents) in _text(session, "aging", PaperChoice())
    accounts = session.pledges.accounts(TODAY)
    pledged, opened = (sum(one.pledged_cents for one in accounts), sum(one.balance_cents for one in accounts))
    paid, written_off = (
        sum(one.paid_cents for one in accounts),
        sum(one.written_off_cents for one in accounts),
    )
    assert pledged - paid - written_off == opened == session.pledges.aging().total.total_cents
    said = f"Pledged {sign(pledged)}, less {sign(paid)} paid on pledges and {sign(written_off)} written off"
    beside = sum(wanted.values()) - paid
    assert (
        f"{said}, leaves {sign(opened)} open. The other {sign(beside)} received is gifts and credit." in page
    )
    waiting = session.deposits.undeposited()
    older = f"{waiting.older_count} older ones, {sign(waiting.older_cents)}"
    assert f"Not deposited {waiting.count} payment, {sign(waiting.cents)}, and {older}" in page
    for one in standings:
        report = _text(session, "campaign", PaperChoice(campaign=one.campaign.id))
        assert f"Received, with credit and gifts {sign(one.received_cents)}" in report
        assert f"Pledged {sign(one.pledged_cents)}" in report
        assert f"Overdue {sign(one.overdue_cents)}" in report


def test_the_record_brings_all_of_it_to_another_file(ledger: Ledger, tmp_path: Path) -> None:
    copy = make_session(tmp_path, on=TODAY)
    copy.record.load(json.loads(ledger.session.record.text()))
    assert copy.record.text() == ledger.session.record.text()
    assert balances(copy.journal.entries()) == balances(ledger.session.journal.entries())
    for on in DAYS:
        assert [one.values() for one in copy.campaigns.standings(on)] == [
            one.values() for one in ledger.session.campaigns.standings(on)
        ]
    assert [check for check in copy.verification.run() if not check.is_good] == []
    copy.close()
