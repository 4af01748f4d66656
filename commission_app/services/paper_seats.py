"""Papers about seats: the register of all who ever sat in them, and the notice of a vacancy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.members import TermEnd
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.seat_history import SpanKind
from commission_app.domain.seats import NOTICE_DAYS, WORKING_DAYS_AFTER_NOTICE, last_day
from commission_app.domain.working_days import after_working_days
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.members import SeatView, SpanView, read_histories, read_seats
from commission_app.services.paper_parts import CLERK, Made, counted, day_or_today, report, short_day

_ENDS = {
    TermEnd.EXPIRED: "Expired",
    TermEnd.RESIGNED: "Resigned",
    TermEnd.REMOVED: "Removed",
    TermEnd.DIED: "Died",
    TermEnd.MOVED_SEAT: "Moved to another seat",
}
_COLUMNS = ("Seat", "Member", "From", "To", "Appointed by", "Confirmed", "How it ended")


def register_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The printed register: every seat with all its terms, holdovers and gaps, as a day knows them."""
    day = day_or_today(context, connection, choice.as_of)
    found = read_seats(context, connection, day)
    if not found:
        raise NothingToPrintError("seats", "The commission has no seats yet.")
    histories = read_histories(context, connection, day)
    cells = [row for view in found for row in _seat_rows(view, histories[view.seat.id], day)]
    held = sum(span.span.kind is SpanKind.TERM for spans in histories.values() for span in spans)
    paper = report(
        context,
        connection,
        "Register of seats",
        lines=(
            f"As of {long_day(day)}",
            f"{counted(len(found), 'seat', 'seats')}, {counted(held, 'term', 'terms')}",
        ),
        blocks=[Block(table=Table(tuple(map(Column, _COLUMNS)), tuple(cells)))],
        certificate=(
            "I certify that this register has every term in each of the Commission's seats that its record "
            f"knows on {long_day(day)}."
        ),
    )
    return Made(
        content=replace(paper, signer=CLERK),
        title=f"register of seats as of {long_day(day)}",
        file_stem=f"register-of-seats-{day.isoformat()}",
        choice=replace(choice, as_of=day),
    )


def _seat_rows(view: SeatView, spans: Sequence[SpanView], on: date) -> list[tuple[str, ...]]:
    """A seat's history, the latest first."""
    if not spans:
        return [(view.seat.label, "Nobody so far", "", "", view.seat.appointed_by or "", "", "")]
    return [(view.seat.label, *_span_cells(span, view, on)) for span in reversed(spans)]


def _span_cells(view: SpanView, of: SeatView, on: date) -> tuple[str, ...]:
    span, term = view.span, view.span.term
    first = short_day(span.first)
    if span.kind is SpanKind.VACANT or view.holder is None:
        return "Vacant", first, short_day(span.last) if span.last else "still", "", "", ""
    if span.kind is SpanKind.HOLDOVER:
        until = short_day(span.last) if span.last else "still"
        return f"{view.holder.name}, holdover", first, until, "", "", ""
    confirmed = short_day(term.confirmed_on) if term.confirmed_on else ""
    ended = term.ended or (TermEnd.EXPIRED if (last_day(term) or date.max) < on else None)
    until = short_day(span.last) if span.last else "no end"
    by = term.appointed_by or of.seat.appointed_by or ""
    return view.holder.name, first, until, by, confirmed, _ENDS[ended] if ended else ""


def vacancy_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The notice of unscheduled vacancies [Gov. Code 54974]: of those whose notice is not posted yet, or of
    all where each one is.
    """
    today = context.present(connection).today
    vacant = [
        view
        for view in read_seats(context, connection)
        if view.vacancy is not None and view.vacancy.is_unscheduled
    ]
    if not vacant:
        raise NothingToPrintError("vacancies", "No seat became vacant before its term ended.")
    found = [view for view in vacant if view.vacancy and view.vacancy.notice_on is None] or vacant
    body = read_commission(connection)
    places = f" at these places: {'; '.join(body.posting_places)}" if body.posting_places else ""
    text = (
        f"A seat of the {body.name} is vacant. Whoever wishes to be considered may apply to the City."
        if len(found) == 1
        else f"Seats of the {body.name} are vacant. Whoever wishes to be considered may apply to the City."
    )
    paper = report(
        context,
        connection,
        "Notice of vacancy",
        lines=(long_day(today), ", ".join(view.seat.label for view in found)),
        blocks=[Block(text=text), *(_vacancy_block(view, today, body.country, body.state) for view in found)],
        note=(
            f"An unscheduled vacancy is posted within {NOTICE_DAYS} days; no final appointment is made for "
            f"at least {WORKING_DAYS_AFTER_NOTICE} working days after it (Government Code section 54974)."
        ),
        certificate=f"I posted this notice{places}.",
    )
    return Made(
        content=paper,
        title=f"notice of vacancy, {', '.join(view.seat.label for view in found)}",
        file_stem=f"vacancy-{today.isoformat()}",
        choice=choice,
    )


def _vacancy_block(view: SeatView, today: date, country: str | None, state: str | None) -> Block:
    vacancy, term = view.vacancy, view.standing.term
    if vacancy is None or vacancy.since is None:
        return Block(heading=view.seat.label)
    facts = [("Vacant since", long_day(vacancy.since))]
    if term is not None and term.to_on is not None and term.to_on > today:
        facts.append(("Rest of the term", f"to {long_day(term.to_on)}"))
    if by := view.seat.appointed_by:
        facts.append(("Appointed by", by))
    if vacancy.notice_on is not None and vacancy.appoint_from is not None:
        facts.append(("Posted", long_day(vacancy.notice_on)))
        facts.append(("Appointment", f"not before {long_day(vacancy.appoint_from)}"))
    else:
        earliest = after_working_days(today, WORKING_DAYS_AFTER_NOTICE, country, state)
        facts.append(("Appointment", f"not before {long_day(earliest)}, if this is posted today"))
        if vacancy.notice_by is not None:
            facts.append(("To be posted by", long_day(vacancy.notice_by)))
    return Block(heading=view.seat.label, facts=tuple(facts))
