"""The treasurer's page for a meeting: what came in since the last one, how the campaigns stand, what is open
and late, what is due before the next one. In public it names no donor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, case, func, or_, select

from commission_app.domain.aging import Aging
from commission_app.domain.campaigns import CampaignStanding
from commission_app.domain.dates import long_day, month_end
from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.money import format_money, money_year
from commission_app.domain.papers import PaperChoice
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.campaigns import read_standings
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.money_sources import Source, SourceKind, SourceRow, movements, source_rows
from commission_app.services.money_words import currency_of
from commission_app.services.paper_meetings import chosen_meeting
from commission_app.services.paper_parts import Made, counted, report, short_day, shown_name
from commission_app.services.pledge_standing import read_aging
from commission_app.services.undeposited import Undeposited, read_undeposited
from commission_app.storage.cash_at_hand import brought_cents
from commission_app.storage.pledge_figures import figures_as_of
from commission_app.storage.rows import rows
from commission_app.storage.tables import deposit_items, deposits, meetings, payments, receipts, refunds

_AGES: Final = ("Not due", "1 to 30", "31 to 60", "61 to 90", "91 to 180", "Over 180", "Total")
#: So that it stays one page: the most campaigns, and with donors and lines of money in and out the most rows.
_MOST_LISTED, _MOST_ROWS = 5, 9
_SAT: Final = (MeetingState.HELD, MeetingState.NO_QUORUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money from a day to a day, in cents: what there was before, what came, what went back, what was voided
    later. `closing_cents` is what the campaigns have received by the last day. What there was before is less
    `refunded_before_cents`, which went back before the first day.
    """

    first: date
    last: date
    opening_cents: int
    refunded_before_cents: int
    refunds_before: int
    received_cents: int
    payments: int
    refunded_cents: int
    refunds: int
    voided_cents: int
    closing_cents: int
    by_campaign: dict[str, int]

    @property
    def is_balanced(self) -> bool:
        """Whether what there was, what came and what went give what there is."""
        given = self.opening_cents + self.received_cents - self.refunded_cents - self.voided_cents
        return given == self.closing_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class TreasurerFacts:
    """Everything that the page says. `until` is the day before which `due` falls due: that of the next
    meeting, or the day after the month. `pledges`: what is pledged, paid of it, and written off; `deposits`:
    how many, what they brought, and what of that was voided later.
    """

    as_of: date
    previous: date | None
    upcoming: date | None
    until: date
    movement: Movement
    standings: tuple[CampaignStanding, ...]
    aging: Aging
    overdue: tuple[SourceRow, ...]
    due: tuple[SourceRow, ...]
    pledges: tuple[int, int, int]
    deposits: tuple[int, int, int]
    undeposited: Undeposited
    receipts: tuple[int, str, str, int]


# ---- The figures ----------------------------------------------------------------------------------


def read_movement(connection: Connection, first: date, last: date) -> Movement:
    """What moved from a day to a day, as of the last one, within a transaction."""
    moved = movements(last, first, last).c
    query: Any = select(moved.campaign_id, moved.cents, moved.id, moved.id != moved.payment_id)
    came = went = 0
    paid: set[str] = set()
    back: set[str] = set()
    by_campaign: dict[str, int] = {}
    for campaign_id, cents, row_id, is_refund in connection.execute(query):
        by_campaign[campaign_id] = by_campaign.get(campaign_id, 0) + cents
        (back if is_refund else paid).add(row_id)
        came, went = (came, went - cents) if is_refund else (came + cents, went)
    before = first - timedelta(days=1)
    refunded_before, refunds_before = _refunded_by(connection, before)
    return Movement(
        first=first,
        last=last,
        opening_cents=_received_by(connection, before),
        refunded_before_cents=refunded_before,
        refunds_before=refunds_before,
        received_cents=came,
        payments=len(paid),
        refunded_cents=went,
        refunds=len(back),
        voided_cents=_voided(connection, first, last),
        closing_cents=_received_by(connection, last),
        by_campaign=by_campaign,
    )


def _received_by(connection: Connection, day: date) -> int:
    moved = movements(day).c
    return int(connection.execute(select(func.coalesce(func.sum(moved.cents), 0))).scalar_one())


def _refunded_by(connection: Connection, day: date) -> tuple[int, int]:
    """What was given back by a day, and in how many refunds."""
    moved = movements(day).c
    query: Any = select(-func.coalesce(func.sum(moved.cents), 0), func.count(func.distinct(moved.id)))
    cents, count = connection.execute(query.where(moved.id != moved.payment_id)).one()
    return int(cents), int(count)


def _voided(connection: Connection, first: date, last: date) -> int:
    """Payments from before a day that were voided from it on, less refunds from before that were."""

    def gone(table: Any, day: Any) -> int:
        inside = and_(day < first, table.c.voided_on >= first, table.c.voided_on <= last)
        query = select(func.coalesce(func.sum(table.c.amount_cents), 0)).where(inside)
        return int(connection.execute(query).scalar_one())

    return gone(payments, payments.c.received_on) - gone(refunds, refunds.c.on)


def read_facts(context: Context, connection: Connection, meeting: Meeting) -> TreasurerFacts:
    """The figures as of a meeting's day, within a transaction."""
    as_of = meeting.on
    previous, upcoming = _around(connection, meeting)
    begins = money_year(as_of, context.rule_book(connection))[0]
    first = previous + timedelta(days=1) if previous else begins
    until = upcoming or month_end(as_of) + timedelta(days=1)
    late = Source(kind=SourceKind.OPEN, last=as_of - timedelta(days=1))
    due = Source(kind=SourceKind.OPEN, first=as_of, last=until - timedelta(days=1))
    return TreasurerFacts(
        as_of=as_of,
        previous=previous,
        upcoming=upcoming,
        until=until,
        movement=read_movement(connection, first, as_of),
        standings=tuple(read_standings(connection, as_of)),
        aging=read_aging(connection, as_of, by_donor=False),
        overdue=tuple(source_rows(connection, late, as_of)),
        due=tuple(source_rows(connection, due, as_of)),
        pledges=_pledged(connection, as_of),
        deposits=_deposited(connection, first, as_of),
        undeposited=read_undeposited(connection, context.present(connection).today, as_of),
        receipts=_issued(connection, first, as_of),
    )


def _around(connection: Connection, meeting: Meeting) -> tuple[date | None, date | None]:
    """The day of the meeting that sat before, and of the next one that was not cancelled."""
    listed = rows(connection, Meeting, meetings, order=meetings.c.starts)
    before = [one.on for one in listed if one.on < meeting.on and one.state in _SAT]
    after = [one.on for one in listed if one.on > meeting.on and one.state is not MeetingState.CANCELLED]
    return (before[-1] if before else None), (after[0] if after else None)


def _pledged(connection: Connection, as_of: date) -> tuple[int, int, int]:
    """What is pledged, what of it is paid, and what is written off: the rest is open."""
    of = figures_as_of(connection, as_of).c
    sums = (
        func.coalesce(func.sum(one), 0) for one in (of.pledged_cents, of.paid_cents, of.written_off_cents)
    )
    pledged, paid, written_off = connection.execute(select(*sums)).one()
    return pledged, paid, written_off


def _deposited(connection: Connection, first: date, last: date) -> tuple[int, int, int]:
    """How many deposits were made, what they brought, and what of that was voided later."""
    of, brought = deposits.c, brought_cents(deposits.c.on)
    gone = case((payments.c.voided_on <= last, brought), else_=0)
    live = and_(of.on.between(first, last), or_(of.voided_on.is_(None), of.voided_on > last))
    query: Any = (
        select(
            func.count(func.distinct(of.id)),
            func.coalesce(func.sum(brought), 0),
            func.coalesce(func.sum(gone), 0),
        )
        .join_from(deposits, deposit_items, deposit_items.c.deposit_id == of.id)
        .join(payments, payments.c.id == deposit_items.c.payment_id)
        .where(live)
    )
    count, cents, voided = connection.execute(query).one()
    return count, cents, voided


def _issued(connection: Connection, first: date, last: date) -> tuple[int, str, str, int]:
    """How many receipts were issued, the first and last number, and how many of them were voided since."""
    of = receipts.c
    query: Any = (
        select(of.year, of.number, of.voided_on)
        .where(of.issued_on.between(first, last), of.kind != ReceiptKind.LOST)
        .order_by(of.year, of.number)
    )
    found = connection.execute(query).all()
    if not found:
        return 0, "", "", 0
    numbers = [f"{year}-{number:04d}" for year, number, _ in found]
    voided = sum(1 for *_, voided_on in found if voided_on is not None and voided_on <= last)
    return len(found), numbers[0], numbers[-1], voided


# ---- The paper ------------------------------------------------------------------------------------


def treasurer_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The page as of the day of a meeting (default: the next one); in public without names of donors."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    facts = read_facts(context, connection, meeting)
    today = context.present(connection).today
    since = f"Since the meeting of {long_day(facts.previous)}" if facts.previous else ""
    stood = f"as the record stood on {long_day(today)}" if today < facts.as_of else ""
    words = _Words(connection, facts, choice, today)
    blocks = [*words.blocks()]
    return Made(
        content=report(
            context,
            connection,
            "Treasurer’s report",
            lines=(
                f"For the meeting of {long_day(facts.as_of)}",
                ", ".join(part for part in (since, stood) if part),
            ),
            blocks=blocks,
            is_private=not choice.public,
        ),
        title=f"treasurer’s report for the meeting of {long_day(facts.as_of)}",
        file_stem=f"treasurer-{'public-' if choice.public else ''}{facts.as_of.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
        is_private=not choice.public,
    )


class _Words:
    """The blocks of the page."""

    def __init__(
        self, connection: Connection, facts: TreasurerFacts, choice: PaperChoice, today: date
    ) -> None:
        self._facts, self._choice, self._today = facts, choice, today
        self._currency = currency_of(connection)
        named = {row.contact_id for row in facts.overdue}
        self._names = {} if choice.public else names(connection, named)

    def blocks(self) -> Iterator[Block]:
        """Money in and out, campaigns, what is open, what is due, papers of the period."""
        yield Block(heading="Money in and out", table=self._movement())
        yield Block(heading="Campaigns", table=self._campaigns())
        yield Block(heading="Open pledges by days past due", table=self._ages(), text=self._how_open())
        yield Block(facts=tuple(self._facts_below()))
        if self._facts.overdue and not self._choice.public:
            yield Block(heading="Largest overdue pledges", table=self._late())

    def _facts_below(self) -> Iterator[tuple[str, str]]:
        facts = self._facts
        yield "Overdue", self._pledges(facts.overdue, "No pledge is overdue.")
        if facts.upcoming is not None:
            until = f"before the meeting of {long_day(facts.upcoming)}"
        else:
            until = f"by {long_day(facts.until - timedelta(days=1))}"
        yield "Due next", self._pledges(facts.due, f"Nothing is due {until}.", f" {until}")
        count, cents, voided_cents = facts.deposits
        made = f"{counted(count, 'deposit', 'deposits')}, {self._sum(cents)}" if count else "None made."
        if voided_cents:
            left = self._sum(cents - voided_cents)
            made += f", of which {self._sum(voided_cents)} was voided later and {left} stayed"
        yield "Deposits since", made
        yield "Not deposited", self._undeposited(facts.undeposited)
        issued, first, last, voided = facts.receipts
        numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
        gone = f", {voided} of them voided" if voided else ""
        said = f"{counted(issued, 'receipt', 'receipts')}, {numbers}{gone}" if issued else "None issued."
        yield "Receipts since", said

    def _how_open(self) -> str:
        """How what is open follows from the totals of the campaigns."""
        pledged, paid, written_off = self._facts.pledges
        beside = sum(one.received_cents for one in self._facts.standings) - paid
        less = f" and {self._sum(written_off)} written off" if written_off else ""
        said = f"Pledged {self._sum(pledged)}, less {self._sum(paid)} paid on pledges{less}, leaves "
        said += f"{self._sum(pledged - paid - written_off)} open."
        return f"{said} The other {self._sum(beside)} received is gifts and credit." if beside else said

    def _undeposited(self, found: Undeposited) -> str:
        if not found.count and not found.older_count:
            return "Nothing waits for the bank."
        said = (
            f"{counted(found.count, 'payment', 'payments')}, {self._sum(found.cents)}" if found.count else ""
        )
        older = counted(found.older_count, "older one", "older ones")
        more = f"{older}, {self._sum(found.older_cents)}" if found.older_count else ""
        return ", and ".join(filter(None, (said, more)))

    def _pledges(self, found: Sequence[SourceRow], none: str, until: str = "") -> str:
        cents = self._sum(sum(row.cents for row in found))
        return f"{counted(len(found), 'pledge', 'pledges')}, {cents}{until}" if found else none

    def _sum(self, cents: int) -> str:
        return format_money(cents, self._currency, sign=True)

    def _plain(self, cents: int) -> str:
        return format_money(cents, self._currency)

    def _movement(self) -> Table:
        moved = self._facts.movement
        first = long_day(moved.first)
        lines = [(f"Received before {first}", moved.opening_cents + moved.refunded_before_cents)]
        if moved.refunds_before:
            refunds = counted(moved.refunds_before, "refund", "refunds")
            lines.append((f"Given back before {first}, {refunds}", -moved.refunded_before_cents))
        payments = counted(moved.payments, "payment", "payments")
        lines.append((f"Received since, {payments}", moved.received_cents))
        if moved.refunds:
            refunds = counted(moved.refunds, "refund", "refunds")
            lines.append((f"Given back since, {refunds}", -moved.refunded_cents))
        if moved.voided_cents:
            lines.append(("Voided since, of what came before", -moved.voided_cents))
        return Table(
            (Column(""), Column("Amount", numeric=True)),
            tuple((what, self._plain(cents)) for what, cents in lines),
            (f"{self._closing()} {long_day(min(moved.last, self._today))}", self._sum(moved.closing_cents)),
        )

    def _closing(self) -> str:
        moved = self._facts.movement
        is_less = moved.refunds or moved.refunds_before
        return "Received less what was given back, by" if is_less else "Received by"

    def _campaigns(self) -> Table:
        moved, standings = self._facts.movement, self._facts.standings
        columns = ("Received since", "Received", "Pledged", "Goal")

        def cells(found: Sequence[CampaignStanding]) -> tuple[int, ...]:
            return (
                sum(moved.by_campaign.get(one.campaign.id, 0) for one in found),
                sum(one.received_cents for one in found),
                sum(one.pledged_cents for one in found),
                sum(one.campaign.goal_cents or 0 for one in found),
            )

        largest = sorted(standings, key=lambda one: -one.received_cents)
        rest = largest[_MOST_LISTED - 1 :] if len(largest) > _MOST_LISTED else []
        lines = [
            (one.campaign.name, *(self._plain(cents) for cents in cells([one])[:3]), self._goal(one))
            for one in standings
            if one not in rest
        ]
        if rest:
            lines.append((f"{len(rest):,} others", *(self._plain(cents) for cents in cells(rest))))
        total = ("Total", *(self._sum(cents) for cents in cells(standings)))
        return Table(
            (Column("Campaign"), *(Column(title, numeric=True) for title in columns)),
            tuple(lines),
            total if len(lines) > 1 else (),
            none="There is no campaign.",
        )

    def _goal(self, standing: CampaignStanding) -> str:
        goal = standing.campaign.goal_cents
        return "none" if goal is None else self._plain(goal)

    def _ages(self) -> Table:
        cents = self._facts.aging.total.cents
        row = (*(self._plain(one) for one in cents), self._sum(sum(cents)))
        return Table(tuple(Column(title, numeric=True) for title in _AGES), (row,))

    def _late(self) -> Table:
        """The largest by name, the rest in one line; they add up to what is said above."""
        by_size = sorted(self._facts.overdue, key=lambda row: (-row.cents, row.name))
        above = len(self._movement().rows) + min(len(self._facts.standings), _MOST_LISTED)
        most = _MOST_ROWS - above
        shown = by_size if len(by_size) <= most else by_size[: most - 1]
        lines = [
            (
                shown_name(self._names[row.contact_id], self._choice),
                short_day(row.on) if row.on else "",
                self._plain(row.cents),
            )
            for row in shown
        ]
        if rest := by_size[len(shown) :]:
            lines.append((f"{len(rest):,} others", "", self._plain(sum(row.cents for row in rest))))
        return Table((Column("Donor"), Column("Due since"), Column("Overdue", numeric=True)), tuple(lines))
