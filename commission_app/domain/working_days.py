"""Holidays and working days of the commission's state."""

import functools
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

_UNITED_STATES = {"", "us", "usa", "u.s.", "united states", "united states of america"}


@functools.lru_cache(maxsize=256)
def _holidays(year: int, country: str, state: str) -> Mapping[date, str]:
    import holidays

    _leave_other_countries_out()
    for subdivision in (state, state.upper(), None):
        try:
            return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
        except NotImplementedError:
            continue
    return {}


def _leave_other_countries_out() -> None:
    """Let `holidays` load the one country that is asked for: its package of countries, when it is run, loads
    all 250, which takes as long as a start of the program without it."""
    spec = importlib.util.find_spec("holidays.countries")
    if spec is not None:
        sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))


def holidays_in(
    years: Iterable[int], country: str | None = None, state: str | None = None
) -> dict[date, str]:
    """Public holidays with their names; none for a country that is not known. No country is the US."""
    name = (country or "").strip()
    code = "US" if name.lower() in _UNITED_STATES else name.upper()
    found: dict[date, str] = {}
    for year in years:
        found |= _holidays(year, code, (state or "").strip())
    return found


def after_working_days(day: date, count: int, country: str | None = None, state: str | None = None) -> date:
    """The `count`-th working day after a day: Monday to Friday without public holidays."""
    closed = holidays_in(range(day.year, day.year + 2 + count // 200), country, state)
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            count -= 1
    return day
