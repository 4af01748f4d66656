"""The commands `years` and `journal`: what they print and write, and what they refuse."""

import csv
import json
from pathlib import Path

import pytest

from commission_app.exchange.reading_lists import read_list
from tests.integration.command_line import Run

pytestmark = pytest.mark.usefixtures("folder")
ON = ("--on", "2026-09-17")


def test_years_are_listed_with_what_makes_their_balance(run: Run) -> None:
    listed = json.loads(run("years", "glen.commission", *ON, "--json").stdout)["years"]
    assert [year["name"] for year in listed] == ["2026", "2025", "2024"]
    for year in listed:
        found = year["computed"]
        moved = found["pledged_cents"] - found["paid_cents"] - found["written_off_cents"]
        assert found["opening_cents"] + moved == found["balance_cents"]
        assert year["closed"] is None or year["to"] < "2026-09-17"
    accounts = json.loads(run("pledges", "glen.commission", *ON, "--json").stdout)["pledges"]
    open_cents = sum(one["computed"].get("balance_cents", 0) for one in accounts)
    assert listed[0]["computed"]["balance_cents"] == open_cents
    assert "running" in run("years", "glen.commission", *ON).stdout.splitlines()[2]


def test_the_journal_is_written_whole_and_balances(run: Run, folder: Path) -> None:
    before = (folder / "glen.commission").read_bytes()
    told = json.loads(run("journal", "glen.commission", *ON, "--json", "-o", "books.csv").stdout)
    assert told["journal"] == str(folder / "books.csv")
    assert sum(told["balances"].values()) == 0
    rows = list(csv.DictReader((folder / "books.csv").read_text("utf-8-sig").splitlines()))
    assert len({row["Number"] for row in rows}) == told["entries"]
    campaigns = json.loads(run("campaigns", "glen.commission", *ON, "--json").stdout)["campaigns"]
    for campaign in campaigns:
        account = f"Contributions:{campaign['name']}"
        assert -told["balances"].get(account, 0) == campaign["computed"]["received_cents"]
    assert (folder / "glen.commission").read_bytes() == before


def test_a_stretch_is_written_for_gnucash_and_its_path_is_the_last_line(run: Run, folder: Path) -> None:
    stretch = ("--from", "2025-01-01", "--to", "2025-12-31")
    result = run("journal", "glen.commission", *ON, *stretch, "-o", "books.qif")
    assert result.stdout.splitlines()[-1] == str(folder / "books.qif")
    days = [line for line in (folder / "books.qif").read_text("utf-8").splitlines() if line[0] == "D"]
    assert days and all(day.endswith("/2025") for day in days)


def test_another_ending_is_a_wrong_use(run: Run) -> None:
    result = run("journal", "glen.commission", *ON, "-o", "books.pdf")
    assert result.exit_code == 2
    assert "ends in .xlsx, .csv or .qif" in result.stderr


def test_a_workbook_has_the_rows_of_the_csv(run: Run, folder: Path) -> None:
    for ending in ("csv", "xlsx"):
        assert run("journal", "glen.commission", *ON, "-o", f"books.{ending}").exit_code == 0
    made, plain = read_list(folder / "books.xlsx"), read_list(folder / "books.csv")
    assert made.header == plain.header
    *entries, sums = [line.cells for line in made.lines]
    assert [row[:3] for row in entries] == [line.cells[:3] for line in plain.lines]
    assert float(sums[3]) == float(sums[4]) == sum(float(row[3]) for row in entries if row[3])
