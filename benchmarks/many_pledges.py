"""A file of 100,000 pledges and 100,000 payments: opening the lists, sorting, finding a name, the overview
with the rows behind its numbers, beside plain sqlite3.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

PLEDGES = 100_000
_ON = date(2026, 9, 17)
_NAMES = ("José Ruiz", "Nguyễn Thị Minh Khai", "Lin Chia-hui 林家慧", "Сергей Воробьёв", "Ana Smith")
#: What the list's order by amount is to plain SQL: every id in order, then one block of rows.
_RAW_IDS = (
    "SELECT pledge_id FROM pledge_figures WHERE +kind = 'money'"
    " ORDER BY pledged_cents ASC NULLS LAST, pledge_id"
)
_RAW_BLOCK = (
    "SELECT f.*, p.*, d.name, c.name FROM pledge_figures f JOIN pledges p ON p.id = f.pledge_id"
    " JOIN contacts d ON d.id = f.donor_id JOIN campaigns c ON c.id = f.campaign_id"
    f" WHERE f.pledge_id IN ({', '.join('?' * 200)})"
)


def make(path: Path, count: int = PLEDGES) -> None:
    """A file with pledges of three kinds of schedule, half with two payments, written past the log."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.commission import Commission
    from commission_app.domain.text import fold
    from commission_app.storage import derived
    from commission_app.storage.database import Database

    body = Commission(name="Many pledges", city="Alder Glen", zone="America/Los_Angeles", rules="milpitas")
    CommissionProgram().create(path, body, who="Ana Ruiz", on=date(2024, 1, 1))
    drawn = Random(1)
    people = [(f"d{n:06d}", f"{drawn.choice(_NAMES)} {n}") for n in range(count // 10)]
    with closing(sqlite3.connect(path)) as file, file:
        file.executemany(
            "INSERT INTO contacts (id, key, kind, name, minor, search_key)"
            " VALUES (?1, ?1, 'person', ?2, 0, ?3)",
            ((key, name, fold(name)) for key, name in people),
        )
        file.executemany(
            "INSERT INTO campaigns (id, key, name, search_key) VALUES (?1, ?1, ?2, ?3)",
            ((f"c{n:02d}", f"Campaign {n}", f"campaign {n}") for n in range(20)),
        )
        for number in range(count):
            _insert_pledge(file, drawn, number, people)
    database = Database(path, who="Ana Ruiz")
    with database.keeping() as connection:
        derived.rebuild(connection)
    database.close()


def _insert_pledge(
    file: sqlite3.Connection, drawn: Random, number: int, people: list[tuple[str, str]]
) -> None:
    made = date(2024, 1, 1) + timedelta(days=drawn.randrange(900))
    cents = 12 * drawn.randrange(100, 10_000)
    every, parts = drawn.choice((("once", 1), ("month", 12), ("quarter", 4)))
    terms: dict[str, object] = {"every": every, "first_on": made.isoformat()}
    if parts > 1:
        terms["count"] = parts
    key, donor = f"p{number:06d}", drawn.choice(people)[0]
    campaign, schedule = f"c{drawn.randrange(20):02d}", json.dumps(terms, sort_keys=True)
    file.execute(
        "INSERT INTO pledges (id, key, kind, donor_id, campaign_id, pledged_on, amount_cents, schedule,"
        " search_key) VALUES (?1, ?1, 'money', ?2, ?3, ?4, ?5, ?6, '')",
        (key, donor, campaign, made.isoformat(), cents, schedule),
    )
    if number % 2:
        first = cents // parts // 2
        for at, part in enumerate((first, cents // parts - first)):
            _insert_payment(
                file, f"{number:06d}-{at}", (key, donor, made, part), made + timedelta(20 + 9 * at)
            )


def _insert_payment(
    file: sqlite3.Connection, key: str, paid: tuple[str, str, date, int], received_on: date
) -> None:
    """A payment of a part of a pledge's first installment."""
    pledge, donor, due_on, cents = paid
    file.execute(
        "INSERT INTO payments (id, key, payer_id, received_on, amount_cents, method, search_key)"
        " VALUES (?1, ?1, ?2, ?3, ?4, 'check', '')",
        (f"y{key}", donor, received_on.isoformat(), cents),
    )
    file.execute(
        "INSERT INTO allocations (id, payment_id, pledge_id, due_on, amount_cents, position)"
        " VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        (f"a{key}", f"y{key}", pledge, due_on.isoformat(), cents),
    )


def measure(path: Path, rounds: int = 7) -> dict[str, list[float]]:
    """Seconds of each thing, in turn."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.near_words import corrections
    from commission_app.services.list_blocks import Order
    from commission_app.services.money_sources import Source, SourceKind
    from commission_app.services.pledge_lists import PledgeFilter, PledgeSort

    session = CommissionProgram().open_reading(path, on=_ON)
    pledges, payments, sources = session.pledges, session.payments, session.money_sources
    campaign_id = session.campaigns.all()[0].id
    by_amount = Order(PledgeSort.PLEDGED)

    def opened() -> None:
        ids = pledges.ids()
        pledges.lines(ids[:200])
        pledges.totals()

    def in_order() -> None:
        pledges.lines(pledges.ids(order=by_amount)[:200])

    def plain() -> None:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
            ids = [row[0] for row in file.execute(_RAW_IDS)]
            file.execute(_RAW_BLOCK, ids[:200]).fetchall()

    def overview() -> None:
        session.campaigns.standings()
        pledges.aging(_ON, by_donor=False)
        pledges.due_this_month(limit=4)
        pledges.totals()
        sources.totals(Source(kind=SourceKind.WRITTEN_OFF))

    def behind(source: Source) -> None:
        sources.lines(source, sources.keys(source)[:200])
        sources.totals(source)

    vocabulary = session.search.vocabulary()

    def mistyped(text: str) -> None:
        [meant, *_] = corrections(text.split(), vocabulary)
        session.search.find(" ".join(meant))

    steps: dict[str, Callable[[], object]] = {
        "opened": opened,
        "sorted": in_order,
        "plain sqlite3": plain,
        "found": lambda: pledges.page(PledgeFilter(text="minh khai")),
        "searched by a letter": lambda: session.search.find("a"),
        "searched by a mistyped name": lambda: mistyped("nguyne khia"),
        "payments opened": lambda: (payments.page(), payments.totals()),
        "overview's figures": overview,
        "a year by month": session.campaign_months.year,
        "rows of what a campaign received": lambda: behind(
            Source(kind=SourceKind.RECEIVED, campaign_id=campaign_id)
        ),
        "rows of an age": lambda: behind(Source(kind=SourceKind.OPEN, bucket=1)),
    }
    found: dict[str, list[float]] = {name: [] for name in steps}
    for turn in range(rounds + 1):
        for name, step in steps.items():
            began = time.perf_counter()
            step()
            if turn:
                found[name].append(time.perf_counter() - began)
    session.close()
    return found


if __name__ == "__main__":
    make(Path(sys.argv[1]))
    print(json.dumps(measure(Path(sys.argv[1]))))
