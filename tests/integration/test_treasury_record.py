"""The treasurer's books in the open record: lossless, added once, refused with their places."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.open_record.public import public_part
from commission_app.errors import ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.record_samples import RICH, TREASURY

NOUNS = (
    *("deposits", "refunds", "receipts", "statements", "donor_letters"),
    *("wordings", "volunteer_hours", "year_closings"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path)
    opened.record.load(RICH)
    yield opened
    opened.close()


@pytest.fixture
def full(session: Session) -> Session:
    session.record.load(TREASURY)
    return session


def refused(session: Session, document: Any) -> dict[str, str]:
    """The problems by their places; nothing may have been written."""
    before = session.record.text()
    with pytest.raises(ValidationError) as caught:
        session.record.load(document)
    assert session.record.text() == before
    return {problem.path: problem.message for problem in caught.value.problems}


def changed(noun: str, place: int, **values: Any) -> dict[str, Any]:
    """The books with other values in one entry."""
    document = copy.deepcopy(TREASURY)
    document[noun][place] |= values
    return document


def test_export_loaded_into_a_new_file_gives_the_same_bytes(full: Session, tmp_path: Path) -> None:
    text = full.record.text()
    (tmp_path / "other").mkdir()
    other = make_session(tmp_path / "other")
    other.record.load(json.loads(text))
    assert other.record.text() == text
    assert [check.problems for check in other.verification.run() if not check.is_good] == []
    assert [check.problems for check in full.verification.run() if not check.is_good] == []
    other.close()


def test_something_stands_in_every_field(full: Session) -> None:
    for noun in (*NOUNS, "pledges", "payments", "deliveries"):
        entries = full.record.entries(noun)
        empty = [name for name in entries[0] if all(entry[name] in (None, []) for entry in entries)]
        assert empty in ([], ["changes", "cancelled"], ["estimate_cents", "changes", "cancelled"]), noun


def test_loading_the_same_again_changes_nothing(full: Session) -> None:
    report = full.record.load(TREASURY)
    assert report.is_empty
    assert {noun: report.skipped[noun] for noun in NOUNS} == {noun: len(TREASURY[noun]) for noun in NOUNS}


@pytest.mark.parametrize("noun", NOUNS)
def test_an_entry_that_says_something_else_is_refused(full: Session, noun: str) -> None:
    other = {
        "deposits": ("account", "Savings"),
        "refunds": ("amount_cents", 6_001),
        "receipts": ("amount_cents", 30_001),
        "statements": ("content", {**TREASURY["statements"][0]["content"], "text": "Another"}),
        "donor_letters": ("text", "Another"),
        "wordings": ("text", "Another"),
        "volunteer_hours": ("minutes", 91),
        "year_closings": ("closed_by", "Daniel Lee"),
    }
    name, value = other[noun]
    document = {noun: changed(noun, 0, **{name: value})[noun][:1]}
    assert list(refused(full, document)) == [f"{noun}[0].{name}"]


@pytest.mark.parametrize(
    ("noun", "place", "voided"),
    [
        ("deposits", 0, {"on": "2026-04-01", "reason": "Wrong account"}),
        ("refunds", 0, {"on": "2026-04-01", "reason": "It was right"}),
        ("year_closings", 0, {"on": "2026-04-01", "reason": "A check turned up"}),
    ],
)
def test_a_void_may_be_added_later_and_once(full: Session, noun: str, place: int, voided: Any) -> None:
    document = {noun: [{**TREASURY[noun][place], "voided": voided}]}
    if noun == "refunds":  # the receipt of what stayed goes with it
        receipt = {**TREASURY["receipts"][1], "voided": {"on": "2026-04-01", "reason": "The refund was void"}}
        document["receipts"] = [receipt]
    assert full.record.load(document).changed[noun] == 1
    assert full.record.load(document).is_empty
    document[noun][0]["voided"] = {**voided, "reason": "Another"}
    assert f"{noun}[0].voided" in refused(full, document)


def test_a_void_before_its_day_is_refused(full: Session) -> None:
    for noun, path in (("deposits", "voided.on"), ("refunds", "voided.on"), ("year_closings", "voided.on")):
        document = {noun: [{**TREASURY[noun][0], "voided": {"on": "2026-01-05", "reason": "Early"}}]}
        assert f"{noun}[0].{path}" in refused(full, document)


def test_a_payment_that_is_voided_takes_its_receipt_along(full: Session) -> None:
    voided = {"on": "2026-04-01", "reason": "The fund took it back"}
    full.record.load({"payments": [{**TREASURY["payments"][1], "voided": voided}]})
    receipt = next(entry for entry in full.record.entries("receipts") if entry["payment"] == "t-y2")
    assert receipt["voided"] == voided
    assert [check.problems for check in full.verification.run() if not check.is_good] == []


def test_a_payment_with_a_refund_is_not_voided(full: Session) -> None:
    voided = {"on": "2026-04-01", "reason": "The bank returned the check"}
    found = refused(full, {"payments": [{**TREASURY["payments"][0], "voided": voided}]})
    assert list(found) == ["payments[0].voided"]


PAPER = TREASURY["receipts"][0]["content"]
STATED = TREASURY["statements"][0]["content"]


def without(name: str) -> dict[str, Any]:
    """A frozen receipt that lacks something."""
    return {key: value for key, value in PAPER.items() if key != name}


BROKEN: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("receipts", 1, {"number": 1}, "receipts[1].number", "There are two receipts 2026-0001."),
    ("receipts", 4, {"number": 7}, "receipts[4].number", "2026-0005 to 2026-0006 are missing"),
    ("receipts", 1, {"amount_cents": 30_000}, "receipts[1].amount_cents", "240.00 stayed"),
    ("receipts", 0, {"voided": None}, "receipts[1]", "has the receipt 2026-0001 too"),
    ("receipts", 3, {"amount_cents": 100}, "receipts[3].amount_cents", "does not have this"),
    ("receipts", 3, {"content": {"text": "Worth $50"}}, "receipts[3].content", "names no amount"),
    ("receipts", 2, {"voided": None}, "receipts[2].voided", "A lost number needs this"),
    ("receipts", 1, {"contact": None}, "receipts[1].contact", "needs this"),
    ("receipts", 1, {"payment": None}, "receipts[1].payment", "needs this"),
    ("receipts", 1, {"content": [1]}, "receipts[1].content", "Must be an object"),
    ("receipts", 1, {"content": without("facts")}, "receipts[1].content.facts", "Is missing"),
    ("receipts", 1, {"content": {**PAPER, "facts": [["a"]]}}, "receipts[1].content.facts[0]", "list of 2"),
    *(
        (
            "receipts",
            1,
            {"content": {**PAPER, "statements": wrong}},
            f"receipts[1].content.statements{at}",
            "Must",
        )
        for wrong, at in ((None, ""), ([1], "[0]"), ([["a"]], "[0]"))
    ),
    *(
        ("statements", 0, {"content": {**STATED, "blocks": wrong}}, "statements[0].content.blocks", "a list")
        for wrong in ("x", 1, None)
    ),
    (
        "statements",
        0,
        {"content": {**STATED, "blocks": [{"table": {"rows": []}}]}},
        "statements[0].content.blocks[0].table.columns",
        "Is missing",
    ),
    *(
        (
            "statements",
            0,
            {"content": {**STATED, "blocks": [{"table": {"columns": [{"title": "Day"}], **wrong}}]}},
            f"statements[0].content.blocks[0].table.{at}",
            "Must be a list of 1.",
        )
        for wrong, at in (({"rows": [["a"], []]}, "rows[1]"), ({"rows": [], "total": ["a", "b"]}, "total"))
    ),
    ("year_closings", 0, {"closed_on": "2030-01-01"}, "year_closings[0].closed_on", "in the future"),
    ("year_closings", 0, {"from": "2025-03-01", "to": "2025-03-01"}, "year_closings[0].to", "one year"),
    ("year_closings", 0, {"from": "1900-01-01", "to": "1950-12-31"}, "year_closings[0].to", "one year"),
    ("refunds", 0, {"on": "2099-01-01"}, "refunds[0].on", "in the future"),
    ("receipts", 0, {"voided": None}, "receipts[0].voided", "60.00 was given back on February 20, 2026"),
    ("receipts", 4, {"issued_on": "2026-01-31"}, "receipts[4].issued_on", "came in on February 1, 2026"),
    ("receipts", 4, {"payment": "t-y3", "amount_cents": 4_000}, "receipts[4].voided", "was voided"),
    ("receipts", 0, {"voided": {"on": "2026-01-14", "reason": "x"}}, "receipts[0].voided.on", "later"),
    ("deposits", 0, {"payments": []}, "deposits[0].payments", "at least one"),
    ("deposits", 0, {"payments": ["t-y1", "t-y1"]}, "deposits[0].payments", "stands twice"),
    ("deposits", 0, {"payments": ["nobody"]}, "deposits[0].payments[0]", "There is no payment nobody"),
    ("deposits", 0, {"on": "2026-01-02"}, "deposits[0].on", "came in on February 1, 2026"),
    ("deposits", 1, {"voided": None}, "deposits[1].payments", "in another deposit already"),
    ("refunds", 0, {"amount_cents": 30_001}, "refunds[0].amount_cents", "is left of the payment"),
    ("refunds", 0, {"amount_cents": 6_001}, "refunds[0].parts", "comes out of"),
    ("refunds", 0, {"on": "2025-12-19"}, "refunds[0].on", "came in on December 20, 2025"),
    (
        "refunds",
        0,
        {"parts": [{"pledge": "p9", "amount_cents": 1}]},
        "refunds[0].parts[0].pledge",
        "no pledge",
    ),
    ("donor_letters", 1, {"tone": "firm"}, "donor_letters[1].tone", "Only a reminder"),
    ("wordings", 0, {"text": "Dear {friend}"}, "wordings[0].text", "{friend}"),
    ("wordings", 0, {"paper": "in-kind", "text": "Worth $5"}, "wordings[0].text", "names no amount"),
    ("volunteer_hours", 0, {"minutes": 1_441}, "volunteer_hours[0].minutes", "from 1 to 1,440"),
    ("statements", 0, {"to": "2024-12-31"}, "statements[0].to", "before"),
    ("year_closings", 0, {"closed_on": "2025-12-31"}, "year_closings[0].closed_on", "is over after"),
    (
        "year_closings",
        1,
        {"from": "2024-06-01", "to": "2025-05-31", "closed_on": "2025-06-30", "voided": None},
        "year_closings[0].from",
        "is closed already",
    ),
    ("pledges", 0, {"condition": None}, "pledges[0].condition_met_on", "has no condition"),
    ("pledges", 1, {"matches": "t-match"}, "pledges[1].matches", "does not match itself"),
    ("pledges", 1, {"matches": "t-kind"}, "pledges[1].matches", "Only a pledge of money"),
    ("pledges", 2, {"match_percent": 10}, "pledges[2].match_percent", "Only money has this"),
    ("payments", 0, {"adviser": "jose"}, "payments[0].adviser", "donor-advised fund"),
    ("payments", 0, {"goods": None}, "payments[0].goods", "Say what was given"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one[3])
def test_what_breaks_a_rule_is_refused_at_its_place(
    session: Session, broken: tuple[str, int, dict[str, Any], str, str]
) -> None:
    noun, place, values, path, words = broken
    found = refused(session, changed(noun, place, **values))
    assert path in found, found
    assert words in found[path]


def test_pledges_that_match_each_other_in_a_ring_are_refused(session: Session) -> None:
    document = changed("pledges", 0, match_percent=100, matches="t-match")
    assert "pledges[0].matches" in refused(session, document)


@pytest.mark.parametrize(
    ("noun", "entry", "path"),
    [
        ("payments", {"key": "late", "payer": "ana", "received_on": "2025-12-31", "amount_cents": 1,
                      "campaign": "trees"}, "received_on"),
        ("pledges", {"key": "late", "kind": "money", "donor": "ana", "campaign": "trees", "amount_cents": 1,
                     "pledged_on": "2025-12-31", "schedule": {"every": "once", "first_on": "2026-01-01"}},
         "pledged_on"),
        ("write_offs", {"pledge": "t-p1", "on": "2025-12-31", "amount_cents": 1, "reason": "x"}, "on"),
        ("refunds", {"payment": "t-y1", "on": "2025-12-31", "amount_cents": 1, "reason": "x"}, "on"),
        ("deposits", {"on": "2025-12-31", "payments": ["t-y1"]}, "on"),
        ("deliveries", {"pledge": "t-kind", "on": "2025-12-31", "quantity": 1}, "on"),
        ("receipts", {"number": 1, "kind": "lost", "issued_on": "2025-12-31",
                      "voided": {"on": "2025-12-31", "reason": "x"}}, "issued_on"),
        ("receipts", {"number": 1, "kind": "lost", "issued_on": "2025-12-31",
                      "voided": {"on": "2025-12-31", "reason": "x"}}, "voided.on"),
    ],
)  # fmt: skip
def test_nothing_is_dated_in_a_year_that_the_file_has_closed(
    full: Session, noun: str, entry: dict[str, Any], path: str
) -> None:
    found = refused(full, {noun: [entry]})
    assert "The year 2025 was closed on January 31, 2026" in found[f"{noun}[0].{path}"]


def test_nothing_is_voided_in_a_closed_year_and_a_reopened_one_takes_both(full: Session) -> None:
    late = {
        "key": "late",
        "payer": "ana",
        "received_on": "2025-12-31",
        "amount_cents": 1,
        "campaign": "trees",
    }
    voided = {"on": "2025-12-31", "reason": "Entered twice"}
    opened = {**TREASURY["year_closings"][0], "voided": {"on": "2026-04-01", "reason": "A check turned up"}}
    report = full.record.load({"payments": [late], "year_closings": [opened]})
    assert (report.added["payments"], report.changed["year_closings"]) == (1, 1)
    again = {"from": "2025-01-01", "to": "2025-12-31", "closed_on": "2026-04-02"}
    full.record.load({"year_closings": [again]})
    found = refused(full, {"payments": [{**late, "voided": voided}]})
    assert "The year 2025 was closed" in found["payments[0].voided.on"]
    assert [check.problems for check in full.verification.run() if not check.is_good] == []


def test_the_public_part_has_no_papers_and_loads(full: Session, tmp_path: Path) -> None:
    found = full.record.document(public_only=True)
    assert not any(found[noun] for noun in ("receipts", "statements", "donor_letters"))
    assert [entry["contact"] for entry in found["volunteer_hours"]] == ["mai"]
    assert found["payments"][0]["goods_cents"] is None
    assert all(entry["account"] is None for entry in found["deposits"])
    (tmp_path / "public").mkdir()
    other = make_session(tmp_path / "public")
    other.record.load(found)
    other.close()


def test_a_minor_s_payment_is_taken_out_of_its_deposit() -> None:
    document = {
        "contacts": [{"key": "kid", "kind": "person", "name": "Kid", "minor": True}],
        "payments": [
            {"key": "a", "payer": "kid", "campaign": None, "allocations": []},
            {"key": "b", "payer": "x", "campaign": None, "allocations": []},
        ],
        "deposits": [{"key": "d", "payments": ["a", "b"]}, {"key": "e", "payments": ["a"]}],
    }
    found = public_part(document)
    assert [(entry["key"], entry["payments"]) for entry in found["deposits"]] == [("d", ["b"])]


def test_first_numbers_from_paper_count(session: Session) -> None:
    document = copy.deepcopy(TREASURY)
    document["receipts"] = [{**entry, "number": entry["number"] + 40} for entry in document["receipts"]]
    found = refused(session, document)
    assert found["receipts[0].number"] == "The numbers 2026-0001 to 2026-0040 are missing before 2026-0041."
    document["settings"] = [
        {"name": "receipts.first_number", "value": 41, "from": "2025-01-01"},
        {"name": "receipts.first_number", "value": 41, "from": "2026-01-01"},
    ]
    session.record.load(document)
    assert [check.problems for check in session.verification.run() if not check.is_good] == []
