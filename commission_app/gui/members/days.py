"""Days in the forms of the members: a field to type them in, and the terms that are proposed."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Unpack

from PySide6.QtCore import QLocale

from commission_app.domain.dates import add_months, parse_day
from commission_app.domain.members import SeatState, Term
from commission_app.gui.widgets.field import FieldOptions
from commission_app.gui.widgets.parsed_fields import DateField
from commission_app.services.members import SeatView

USUAL_YEARS = 2


def day_field(label: str, today: date, **options: Unpack[FieldOptions]) -> DateField:
    """A field for a day, typed freely in the reader's order."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    parse = partial(parse_day, today=today, day_first=short.lower().startswith("d"))
    return DateField(label, parse, today=today, **options)


def whole_years(term: Term) -> int | None:
    """How many years a term was appointed for; None for one without an end or of no whole number of years."""
    if term.to_on is None:
        return None
    months = round((term.to_on - term.from_on).days / 30.4375)
    years = round(months / 12)
    near = years >= 1 and abs((last_day_after(term.from_on, years) - term.to_on).days) <= 7
    return years if near else None


def last_day_after(from_on: date, years: int) -> date:
    """The last day of a term of so many years."""
    return add_months(from_on, 12 * years) - timedelta(days=1)


def rest_of_term(seat_terms: Iterable[Term], start: date) -> date | None:
    """The last day that the latest member was appointed for, who left before it."""
    latest = max(seat_terms, key=lambda term: term.from_on, default=None)
    if latest is None or latest.ended_on is None or latest.to_on is None:
        return None
    return latest.to_on if latest.ended_on < start < latest.to_on else None


def usual_years(seat_terms: Iterable[Term], others: Iterable[Term]) -> int:
    """How long a new term is proposed to be: as the latest in its seat, else as most others are."""
    for term in sorted(seat_terms, key=lambda term: term.from_on, reverse=True):
        if years := whole_years(term):
            return years
    found = [years for term in others if (years := whole_years(term))]
    return max(set(found), key=found.count) if found else USUAL_YEARS


def proposed_start(view: SeatView, today: date) -> date:
    """From when the next member of a seat is proposed: after the present term, not before the law allows."""
    standing = view.standing
    if standing.state in (SeatState.FILLED, SeatState.ENDING_SOON):
        return standing.ends_on + timedelta(days=1) if standing.ends_on else today
    allowed = view.vacancy.appoint_from if view.vacancy else None
    return max(today, allowed) if allowed else today
