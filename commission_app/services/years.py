"""Years of the money: how each stands, closing one, opening it again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, and_, case, func, select

from commission_app.domain.dates import month_end
from commission_app.domain.deposits import YearClosing
from commission_app.domain.text import clean
from commission_app.domain.validation import require
from commission_app.domain.years import (
    CampaignYear,
    Flows,
    MoneyYear,
    YearBooks,
    check_closing,
    check_reopening,
    year_name,
    years_from,
)
from commission_app.errors import NotFoundError
from commission_app.services.campaigns import campaign_names
from commission_app.services.context import Context
from commission_app.services.open_years import closings, require_open
from commission_app.services.undeposited import may_be_deposited
from commission_app.services.year_figures import Stretches, read_flows, read_opening
from commission_app.storage.cash_at_hand import brought_cents, is_carried
from commission_app.storage.rows import row
from commission_app.storage.tables import (
    payments,
    pledges,
    receipts,
    year_closings,
)
from commission_app.storage.writer import new_id

_NOTHING: Final = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class YearService:
    """The years of the money, from the first one of the file to the one that runs."""

    context: Context

    def years(self) -> list[MoneyYear]:
        """Every year as of today, the latest first; none in a file without pledges and payments. For a
        thread of its own where the file is large.
        """
        with self.context.database.reading() as connection:
            return read_years(self.context, connection)

    def of(self, day: date) -> MoneyYear:
        """The year that a day is in; raises NotFoundError where nothing is in the file of it."""
        found = next((one for one in self.years() if one.from_on <= day <= one.to_on), None)
        if found is None:
            raise NotFoundError("Nothing is recorded of this year.")
        return found

    def require_open(self, on: date) -> None:
        """Raise ValidationError where a day lies in a closed year: for forms, before they are sent."""
        with self.context.database.reading() as connection:
            require_open(connection, {"": on})

    def close(self, from_on: date, note: str | None = None) -> str:
        """Close the year that begins on a day and return the closing's id: from then on nothing dated in it
        is entered, changed or voided. Raises ValidationError.
        """
        with self.context.database.writing("closed a year") as writer:
            connection = writer.connection
            today, closed = self.context.present(connection).today, closings(connection)
            spans = _spans(self.context, connection, today)
            span = next((one for one in spans if one[0] == from_on), None)
            if span is None:
                raise NotFoundError("Nothing is recorded of this year.")
            require(check_closing(span, today, spans, closed))
            closing_id = new_id()
            writer.what = f"closed the year {year_name(*span)}"
            return writer.insert(
                year_closings,
                id=closing_id,
                key=closing_id,
                from_on=span[0],
                to_on=span[1],
                closed_on=today,
                closed_by=self.context.database.who,
                note=clean(note, multiline=True).text or None if note else None,
            )

    def reopen(self, closing_id: str, reason: str) -> None:
        """Open a closed year again, for a reason that stays in the record. Raises ValidationError."""
        with self.context.database.writing("reopened a year") as writer:
            connection = writer.connection
            reason = clean(reason).text
            closing = row(connection, YearClosing, year_closings, closing_id)
            require(check_reopening(closing, reason, closings(connection)))
            writer.what = f"reopened the year {year_name(closing.from_on, closing.to_on)}"
            on = max(self.context.present(connection).today, closing.closed_on)
            writer.update(year_closings, closing_id, voided_on=on, void_reason=reason)


def read_books(context: Context, connection: Connection, year: int | None) -> YearBooks:
    """The books of the year that begins in a calendar year, else of the last one that is over (of the one
    that runs, where none is); NotFoundError where nothing is recorded of it.
    """
    today = context.present(connection).today
    spans = _spans(context, connection, today)
    chosen = [one for one in spans if one[0].year == year or (year is None and one[1] < today)]
    if not chosen and year is None:
        chosen = spans
    if not chosen:
        raise NotFoundError("Nothing is recorded of this year.")
    span = chosen[-1]
    opening = read_opening(connection, span[0])
    campaigns: dict[str, Flows] = defaultdict(Flows)
    months = {day: Flows() for day in _months(span, today)}
    after = min(span[1], today) + timedelta(days=1)
    for flow in read_flows(connection, [span], [*months, after]):
        if flow.on < after:
            campaigns[flow.campaign_id] += flow.flows
            months[flow.on] += flow.flows
    known = campaign_names(connection).values()
    return YearBooks(
        _year(
            context,
            connection,
            span,
            sum(opening.values()),
            sum(campaigns.values(), Flows()),
            undone=_undone(connection, [span]).get(span[0], _NOTHING),
        ),
        tuple(
            CampaignYear(one.name, opening.get(one.id, 0), campaigns[one.id])
            for one in sorted(known, key=lambda one: one.name.casefold())
            if opening.get(one.id) or campaigns[one.id] != Flows()
        ),
        tuple(months.items()),
    )


def year_offers(context: Context, connection: Connection) -> list[tuple[int, str]]:
    """The calendar years in which years of the money begin, with their names, the latest first."""
    spans = _spans(context, connection, context.present(connection).today)
    return [(span[0].year, year_name(*span)) for span in reversed(spans)]


def _months(span: tuple[date, date], today: date) -> list[date]:
    """The first days of the months of a year, up to the present one; the first may begin within a month."""
    found = [span[0]]
    while (following := month_end(found[-1]) + timedelta(days=1)) <= min(span[1], today):
        found.append(following)
    return found


def read_years(context: Context, connection: Connection) -> list[MoneyYear]:
    """Every year as of today, the latest first, within a transaction."""
    today = context.present(connection).today
    spans = _spans(context, connection, today)
    if not spans:
        return []
    sums: dict[date, Flows] = defaultdict(Flows)
    begins = [*(begin for begin, _ in spans), today + timedelta(days=1)]
    for flow in read_flows(connection, spans, begins):
        sums[flow.on] += flow.flows
    undone = _undone(connection, spans)
    opening = 0  # nothing is pledged before the first year
    found = []
    for span in spans:
        year = _year(context, connection, span, opening, sums[span[0]], undone=undone.get(span[0], _NOTHING))
        opening = year.balance_cents
        found.append(year)
    return found[::-1]


def _year(
    context: Context,
    connection: Connection,
    span: tuple[date, date],
    opening_cents: int,
    flows: Flows,
    *,
    undone: tuple[int, int, int, int],
) -> MoneyYear:
    count, without_receipt, without_deposit, undeposited_cents = undone
    spanned = (one for one in closings(connection) if (one.from_on, one.to_on) == span)
    return MoneyYear(
        from_on=span[0],
        to_on=span[1],
        is_over=span[1] < context.present(connection).today,
        opening_cents=opening_cents,
        flows=flows,
        payments=count,
        without_receipt=without_receipt,
        without_deposit=without_deposit,
        undeposited_cents=undeposited_cents,
        closing=next(spanned, None),
    )


def _spans(context: Context, connection: Connection, today: date) -> list[tuple[date, date]]:
    """The years from the first pledge or payment to today."""
    days = (func.min(pledges.c.pledged_on), func.min(payments.c.received_on))
    firsts = [connection.execute(select(day)).scalar() for day in days]
    known = [day for day in (*firsts, *(one.from_on for one in closings(connection))) if day is not None]
    if not known:
        return []
    return years_from(min(known), today, context.rule_book(connection), closings(connection))


def _undone(
    connection: Connection, spans: Sequence[tuple[date, date]]
) -> dict[date, tuple[int, int, int, int]]:
    """By first day of a year, of its payments that count: how many there are, are without a receipt, and
    wait to be brought to the bank, and what is to be brought of these.
    """
    of = payments.c
    issued = select(receipts.c.payment_id).where(
        receipts.c.voided_on.is_(None), receipts.c.payment_id.is_not(None)
    )
    waits = and_(is_carried(), *may_be_deposited(date.max))
    year = Stretches([begin for begin, _ in spans]).column(of.received_on)
    query = (
        select(
            year,
            func.count(),
            func.count(case((of.id.not_in(issued), 1))),
            func.count(case((waits, 1))),
            func.coalesce(func.sum(case((waits, brought_cents(date.max)))), 0),
        )
        .where(of.received_on.between(spans[0][0], spans[-1][1]), of.voided_on.is_(None))
        .group_by(year)
    )
    return {
        first: (count, unreceipted, undeposited, cents)
        for first, count, unreceipted, undeposited, cents in connection.execute(query)
    }
