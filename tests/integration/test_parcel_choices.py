"""What `load` is told about a parcel: each choice names one row, and none is passed over in silence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.integration.command_line import run
from tests.integration.three_laptops import Laptops, add_person, pay

Load = Callable[..., Result]


@pytest.fixture
def load(three: Laptops) -> Load:
    """Load a parcel that brings a contact t1 and a payment t1 into the keeper's file."""
    copy = three.give("treasurer", "Ben Li")
    add_person(copy, "Tess Novak", "t1")
    pay(copy, "p-berg", 2_000, key="t1")
    parcel = three.parcel("treasurer")
    three.close()

    def call(*wanted: str, record: Path = parcel) -> Result:
        arguments = ("--json", "load", str(three.path("glen")), str(record), *wanted)
        return run(*arguments, program=three.program)

    return call


def states(result: Result) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(result.stdout)["rows"]
    return {f"{row['noun']}:{row['key']}": row["state"] for row in rows}


@pytest.mark.parametrize("name", ["contact:t1", "contacts:t1"])
def test_a_row_is_left_out_by_its_noun_and_key(load: Load, name: str) -> None:
    assert states(load("--leave", name, "--dry-run")) == {"contacts:t1": "left", "payments:t1": "new"}
    both = load("--leave", name, "--leave", "payment:t1")
    assert states(both) == {"contacts:t1": "left", "payments:t1": "left"}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (("--leave", "t1"), "t1 is the key of several; give one of contacts:t1, payments:t1"),
        (("--take", "t1"), "t1 is the key of several"),
        (("--leave", "typo"), "nothing with the key typo"),
        (("--leave", "pledge:t1"), "nothing with the key pledge:t1"),
        (("--take", "zzzz"), "nothing with the key zzzz"),
        (("--same", "nosuch=berg"), "no contact nosuch"),
        (("--same", "t1=nosuch"), "no contact nosuch"),
        (("--same", "t1"), "t1: give KEY=KEY"),
        (("--same", "t1=berg", "--same", "t1=rotary"), "t1 is named twice"),
    ],
)
def test_a_choice_that_names_no_row_or_several_is_refused(
    load: Load, wanted: tuple[str, ...], told: str
) -> None:
    refused = load(*wanted)
    assert refused.exit_code == 2
    assert told in " ".join(refused.stderr.split())
    assert states(load("--dry-run")) == {"contacts:t1": "new", "payments:t1": "new"}


def test_a_contact_that_came_in_is_not_called_the_same_later(load: Load) -> None:
    assert load().exit_code == 0
    again = load("--same", "t1=berg")
    assert (again.exit_code, "t1 is in the file already" in again.stderr) == (2, True)


def test_a_contact_that_is_the_same_is_said_as_often_as_one_likes(load: Load) -> None:
    for _ in range(2):
        assert states(load("--same", "t1=berg"))["contacts:t1"] == "same"


@pytest.mark.parametrize("wanted", [("--leave", "t1"), ("--take", "t1"), ("--same", "t1=berg")])
def test_a_plain_record_has_no_rows_to_choose(load: Load, tmp_path: Path, wanted: tuple[str, str]) -> None:
    record = tmp_path / "record.json"
    person = {"key": "t2", "kind": "person", "name": "Tom"}
    record.write_text(json.dumps({"format": "commission-record/1", "contacts": [person]}), encoding="utf-8")
    refused = load(*wanted, record=record)
    assert (refused.exit_code, wanted[1] in refused.stderr) == (2, True)
    assert json.loads(load(record=record).stdout)["added"] == {"contacts": 1}
