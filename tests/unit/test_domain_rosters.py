"""The twenty members: rules section 2."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.contacts import ContactKind
from commission_app.domain.findings import Level
from commission_app.domain.members import Membership
from commission_app.domain.rosters import RosterCount, count_on, persons, roster_count
from commission_app.domain.rule_book import RuleBook
from tests.unit.domain_rows import book, contact, day, membership

PEOPLE = [f"p{n}" for n in range(1, 31)]


def count(rows: list[Membership], on: str, rules: RuleBook | None = None) -> RosterCount:
    return roster_count(rows, PEOPLE, day(on), rules or book())


def test_20_one_of_them_to_30_sep_2026_is_20_on_30_sep_and_falls_under_on_1_oct() -> None:
    rows = [membership(who) for who in PEOPLE[:19]] + [membership("p20", None, "2026-09-30")]
    assert count_on(rows, PEOPLE, day("2026-09-30")) == 20
    assert count_on(rows, PEOPLE, day("2026-10-01")) == 19
    found = count(rows, "2026-06-01")
    assert found.falls_under_on == day("2026-10-01")
    assert found.forecast[3] == (day("2026-09-30"), 20)
    assert found.forecast[4] == (day("2026-10-31"), 19)


def test_20_of_20_meets_the_minimum_with_a_warning_and_margin_0() -> None:
    found = count([membership(who) for who in PEOPLE[:20]], "2026-06-01")
    assert (found.level, found.margin, found.falls_under_on) == (Level.WARNING, 0, None)


def test_levels_by_margin() -> None:
    def level(members: int) -> Level:
        return count([membership(who) for who in PEOPLE[:members]], "2026-06-01").level

    assert level(19) is Level.OVERDUE
    assert level(22) is Level.WARNING
    assert level(23) is Level.OK


def test_forecast_that_falls_under_is_a_warning() -> None:
    leaving = [membership(who, None, "2027-03-31") for who in PEOPLE[:10]]
    found = count(leaving + [membership(who) for who in PEOPLE[10:30]], "2026-06-01")
    assert (found.margin, found.level, found.falls_under_on) == (10, Level.OK, None)
    found = count(leaving + [membership(who) for who in PEOPLE[10:25]], "2026-06-01")
    assert (found.margin, found.level, found.falls_under_on) == (5, Level.WARNING, day("2027-04-01"))


def test_values_of_one_member_are_as_in_the_open_record_example() -> None:
    values = count([membership("p1", "2024-05-01")], "2026-06-01").values()
    assert values["active"] == 1
    assert values["minimum"] == 20
    assert values["margin"] == -19
    assert values["falls_under_on"] == "2026-06-01"
    assert values["forecast"][0] == {"on": "2026-06-30", "active": 1}
    assert [entry["on"] for entry in values["forecast"]][-2:] == ["2027-04-30", "2027-05-31"]
    assert len(values["forecast"]) == 12


def test_future_joins_are_in_the_forecast() -> None:
    rows = [membership(who) for who in PEOPLE[:19]] + [membership("p20", "2026-07-15")]
    found = count(rows, "2026-06-01")
    assert [active for _, active in found.forecast[:3]] == [19, 20, 20]


def test_a_person_counts_once_and_an_organization_not_at_all() -> None:
    contacts = [contact("ana"), contact("club", kind=ContactKind.ORGANIZATION)]
    rows = [membership("ana", None, "2026-12-31"), membership("ana", "2026-01-01"), membership("club")]
    assert count_on(rows, persons(contacts), day("2026-06-01")) == 1


def test_minimum_is_the_one_of_the_day_counted() -> None:
    rules = book("milpitas", ("membership.minimum", 25, day("2026-09-10")), membership__minimum=10)
    found = count([membership(who) for who in PEOPLE[:20]], "2026-06-01", rules)
    assert (found.minimum, found.margin) == (10, 10)
    assert found.falls_under_on == day("2026-09-10")


def test_warn_margin_is_a_setting() -> None:
    rows = [membership(who) for who in PEOPLE[:25]]
    assert count(rows, "2026-06-01", book("milpitas", membership__warn_margin=5)).level is Level.WARNING


DAYS = st.none() | st.integers(-500, 800).map(lambda n: date(2026, 6, 15) + timedelta(days=n))


@given(st.lists(st.tuples(st.integers(0, 8), DAYS, DAYS), max_size=25), st.integers(0, 8))
def test_forecast_and_first_day_under_agree_with_a_count_of_every_day(
    rows: list[tuple[int, date | None, date | None]], minimum: int
) -> None:
    memberships = [
        Membership(id=str(n), organization_id="assoc", contact_id=PEOPLE[who], from_on=first, to_on=last)
        for n, (who, first, last) in enumerate(rows)
    ]
    today = date(2026, 6, 15)

    def plain(on: date) -> int:
        inside = {
            row.contact_id
            for row in memberships
            if (row.from_on or date.min) <= on <= (row.to_on or date.max)
        }
        return len(inside)

    found = roster_count(memberships, PEOPLE, today, book("milpitas", membership__minimum=minimum))
    assert found.forecast == tuple((end, plain(end)) for end, _ in found.forecast)
    days = [today + timedelta(days=n) for n in range((found.forecast[-1][0] - today).days + 1)]
    assert found.falls_under_on == next((on for on in days if plain(on) < minimum), None)
