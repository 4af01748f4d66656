"""A treasurer at random: whatever is done, undone and done again, file, ledger and lists agree."""

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from commission_app.domain.cash_at_hand import brought_cents
from commission_app.domain.journal import Accounts, EntryKind, balances, journal
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledge_accounts import misfits_of, movements_of
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.years import Flows
from commission_app.errors import ConflictError
from commission_app.services.journal import read_books as read_journal
from commission_app.services.open_years import closings
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.years import read_books, read_years
from commission_app.storage.pledge_figures import differences
from commission_app.storage.pledge_reading import read_payments, read_pledges, read_refunds
from tests.factories import make_session
from tests.integration.money_files import Entering, record
from tests.integration.money_steps import TODAY, Filling, Step, any_step

CLOSED = date(2025, 12, 31)
_ACCOUNTS = Accounts(bank="Checking", undeposited="Undeposited funds", income="Contributions")
#: What is in the bank without a deposit.
_BY_ITSELF = (PaymentMethod.CARD, PaymentMethod.BANK_TRANSFER)


class Treasurer(RuleBasedStateMachine):
    """Use cases of money on a real file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        begun = make_session(self.folder, on=TODAY)
        Entering(begun).enter(record())
        begun.close()
        path = self.folder / "begun.commission"
        shutil.move(begun.path, path)
        self.filling = Filling(path, self.folder)
        self.session = self.filling.session
        self.closed: object = None
        self.brought: dict[str, int] = {}
        self.first = self.session.history.recent(1)[0].id

    @rule(one=any_step)
    def act(self, one: Step) -> None:
        """Anything that a treasurer does; what the rules refuse changes nothing."""
        self.filling.take(*one)

    @rule(back=st.integers(1, 3))
    def undo(self, back: int) -> None:
        """Take one of the last actions back, where that is allowed."""
        live = [one for one in self.session.history.recent(10) if one.id > self.first and not one.undone]
        for action in live[back - 1 : back]:
            before = self.session.record.text()
            try:
                self.session.history.undo(action.id)
            except ConflictError:
                assert self.session.record.text() == before

    @rule()
    def redo(self) -> None:
        """Bring back what was undone last."""
        if self.session.history.redoable():
            self.session.history.redo()

    @invariant()
    def books_are_right(self) -> None:
        """No row contradicts another, the figures kept are those of the ledger, sums add up."""
        with self.session.context.database.reading() as connection:
            assert list(differences(connection)) == []
            assert [misfit for rows in read_pledges(connection).values() for misfit in misfits_of(rows)] == []
        accounts = [one for one in self.session.pledges.accounts() if one.pledge.kind is PledgeKind.MONEY]
        for one in accounts:
            assert sum(part.amount_cents for part in one.instalments) == (
                one.pledged_cents - one.written_off_cents
            )
            assert one.balance_cents == sum(part.open_cents for part in one.instalments) >= 0
        totals = self.session.pledges.totals(PledgeFilter())
        assert totals.balance_cents == sum(one.balance_cents for one in accounts)
        assert totals.overdue_cents == sum(one.overdue_cents for one in accounts)

    @invariant()
    def campaigns_have_what_came_in_and_stayed(self) -> None:
        """What campaigns received is what was paid and not voided, less what went back, on any day."""
        with self.session.context.database.reading() as connection:
            paid, back = read_payments(connection), read_refunds(connection)
        for on in (TODAY, CLOSED, date(2026, 12, 31)):
            came_in = sum(one.amount_cents for one in paid if one.is_live(on))
            went_back = sum(one.amount_cents for one in back if one.is_live(on))
            standings = self.session.campaigns.standings(on)
            assert sum(one.received_cents for one in standings) == came_in - went_back
            assert all(one.received_cents >= 0 for one in standings)

    @invariant()
    def years_are_what_the_ledgers_book(self) -> None:
        """Each year has what the ledgers moved in it, and so has its report, by campaign and by month."""
        with self.session.context.database.reading() as connection:
            moves = [move for rows in read_pledges(connection).values() for move in movements_of(rows)]
            for year in read_years(self.session.context, connection):
                inside = [move for move in moves if year.from_on <= move.on <= min(year.to_on, TODAY)]
                for name in ("pledged_cents", "paid_cents", "written_off_cents"):
                    assert getattr(year.flows, name) == sum(getattr(move, name) for move in inside), name
                books = read_books(self.session.context, connection, year.from_on.year)
                assert books.year == year
                assert sum((one.flows for one in books.campaigns), Flows()) == year.flows
                assert sum((flows for _, flows in books.months), Flows()) == year.flows

    @invariant()
    def cash_at_hand_is_what_waits(self) -> None:
        """What the journal has undeposited is what the list of payments to deposit says, and each deposit
        is what the journal brought to the bank.
        """
        with self.session.context.database.reading() as connection:
            entries = journal(read_journal(connection), _ACCOUNTS, date.max)
        deposits = self.session.deposits
        waiting = deposits.waiting(on=date.max)
        back = deposits.given_back(waiting, date.max)
        undeposited = sum(
            brought_cents(line.amount_cents, line.method, back.get(line.id, ())) for line in waiting
        )
        assert balances(entries).get(_ACCOUNTS.undeposited, 0) == undeposited
        brought = {entry.key: entry.lines[0].cents for entry in entries if entry.kind is EntryKind.DEPOSIT}
        for line in deposits.lines(deposits.ids()):
            view = deposits.get(line.id)
            assert line.amount_cents == view.amount_cents
            by_itself = sum(one.amount_cents for one in view.payments if one.method in _BY_ITSELF)
            assert brought.get(line.key, 0) == line.amount_cents - by_itself

    @invariant()
    def what_was_brought_stays(self) -> None:
        """No deposit that is not voided becomes another sum, whatever is given back, voided or undone."""
        deposits = self.session.deposits
        now = {one.id: one.amount_cents for one in deposits.lines(deposits.ids()) if not one.voided_on}
        assert {one: cents for one, cents in self.brought.items() if one in now} == {
            one: now[one] for one in self.brought if one in now
        }
        self.brought = now

    @invariant()
    def overdue_pledges_press_as_one(self) -> None:
        """What is told at once of all that are overdue is what is told of each."""
        attention = self.session.attention
        each = [one for one in attention.findings() if one.rule == "pledge-overdue"]
        told = [one for one in attention.pressing() if one.rule == "pledge-overdue"]
        assert [one.due_on for one in told] == sorted(one.due_on for one in each if one.due_on)[:1]
        assert all(one.subject in [found.subject for found in each] for one in told)
        if len(each) > 1:
            cents = sum(one.values["overdue_cents"] for one in each)
            assert (told[0].values["count"], told[0].values["all_overdue_cents"]) == (len(each), cents)

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        """The receipts of each year are numbered from 1 on, and a payment has one that is not voided."""
        found = self.session.receipts.lines(self.session.receipts.ids())
        by_year: dict[str, list[int]] = {}
        for line in found:
            year, number = line.label.split("-")
            by_year.setdefault(year, []).append(int(number))
        for numbers in by_year.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert self.session.receipts.waiting_count() == len(self.session.receipts.waiting_ids())
        live = [line.payment_id for line in found if line.payment_id and not line.voided_on]
        assert len(live) == len(set(live))
        for payment_id in live:
            assert self.session.payments.get(payment_id).payment.voided_on is None

    @invariant()
    def closed_year_stays_as_it_was(self) -> None:
        """As of its last day nothing changes while the year is closed."""
        with self.session.context.database.reading() as connection:
            is_closed = any(one.to_on == CLOSED for one in closings(connection))
        if not is_closed:
            self.closed = None
            return
        accounts = {one.pledge.id: one.values() for one in self.session.pledges.accounts(CLOSED)}
        now = (accounts, self.session.campaigns.standings(CLOSED), self.session.pledges.aging(CLOSED))
        if self.closed is None:
            self.closed = now
        assert now == self.closed

    def teardown(self) -> None:
        """The file checks itself, and its copy through the open record has the same accounts."""
        assert [check for check in self.session.verification.run() if not check.is_good] == []
        folder = self.folder / "copy"
        folder.mkdir()
        copy = make_session(folder, on=TODAY)
        copy.record.load(json.loads(self.session.record.text()))
        for on in (TODAY, date(2026, 2, 1), date(2026, 12, 31)):
            assert {one.pledge.key: one.values() for one in copy.pledges.accounts(on)} == {
                one.pledge.key: one.values() for one in self.session.pledges.accounts(on)
            }
        copy.close()
        self.session.close()
        shutil.rmtree(self.folder)


TestTreasurer = Treasurer.TestCase
TestTreasurer.settings = settings(
    max_examples=settings().max_examples // 8,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
