"""A file of 100,000 pledges: opening the list, sorting it, finding a name, beside plain sqlite3."""

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
    """A file with pledges of three kinds of schedule, half of them with a payment, written past the log."""
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
        day, part = (made + timedelta(days=20)).isoformat(), cents // parts
        file.execute(
            "INSERT INTO payments (id, key, payer_id, received_on, amount_cents, search_key)"
            " VALUES (?1, ?1, ?2, ?3, ?4, '')",
            (f"y{number:06d}", donor, day, part),
        )
        file.execute(
            "INSERT INTO allocations (id, payment_id, pledge_id, due_on, amount_cents, position)"
            " VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            (f"a{number:06d}", f"y{number:06d}", key, made.isoformat(), part),
        )


def measure(path: Path, rounds: int = 7) -> dict[str, list[float]]:
    """Seconds of each thing, in turn."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.near_words import corrections
    from commission_app.services.list_blocks import Order
    from commission_app.services.pledge_lists import PledgeFilter, PledgeSort

    session = CommissionProgram().open_reading(path, on=_ON)
    pledges, payments = session.pledges, session.payments
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
