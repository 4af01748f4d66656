"""Receipts on the command line: listed, issued, drafted and printed as copies."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.integration.command_line import Run
from tests.pdf_words import words_of

pytestmark = pytest.mark.usefixtures("folder")
ON = ("--on", "2026-09-17")


def listed(run: Run, *more: str) -> Any:
    return json.loads(run("receipts", "glen.commission", *more, *ON, "--json").stdout)


def words(name: str) -> str:
    return words_of(Path(name))


def test_the_list_has_the_receipts_by_the_day_in_order(run: Run) -> None:
    document = listed(run)
    labels = [entry["computed"]["label"] for entry in document["receipts"]]
    assert labels[:2] == ["2025-0001", "2025-0002"] == sorted(labels)[:2]
    assert run("receipts", "glen.commission", *ON).stdout.splitlines()[2].split()[0] == "2025-0001"
    before = run("receipts", "glen.commission", "--on", "2025-06-01")
    assert before.stdout.strip() == "There are no receipts yet."


def test_a_payment_is_drafted_then_issued_then_copied(run: Run) -> None:
    key = next(entry["payment"] for entry in listed(run, "--waiting")["waiting"] if "payment" in entry)
    drafted = run("paper", "glen.commission", "receipt", "--payment", key, *ON, "-o", "draft.pdf")
    assert drafted.exit_code == 0, drafted.output
    assert "DRAFT" in words("draft.pdf") and "No number yet" in words("draft.pdf")
    issued = run("issue", "glen.commission", "--payment", key, *ON, "-o", "receipt.pdf", "--json")
    assert [entry["label"] for entry in json.loads(issued.stdout)["issued"]] == ["2026-0002"]
    assert "No. 2026-0002" in words("receipt.pdf") and "COPY" not in words("receipt.pdf")
    copied = run("paper", "glen.commission", "receipt", "--receipt", "2026-0002", *ON, "-o", "copy.pdf")
    assert copied.exit_code == 0, copied.output
    assert "COPY, September 17, 2026" in words("copy.pdf")
    again = run("issue", "glen.commission", "--payment", key, *ON)
    assert again.exit_code != 0
    assert "has the receipt 2026-0002" in again.stderr


def test_all_that_waits_is_issued_at_once(run: Run) -> None:
    waiting = len(listed(run, "--waiting")["waiting"])
    before = len(listed(run)["receipts"])
    result = run("issue", "glen.commission", "--all", *ON, "-o", "all.pdf")
    assert result.exit_code == 0, result.output
    assert len(PdfReader("all.pdf").pages) == waiting
    assert len(listed(run)["receipts"]) == before + waiting
    assert run("issue", "glen.commission", "--all", *ON).stdout.strip() == "Nothing waits for a receipt."
    assert (
        run("receipts", "glen.commission", "--waiting", *ON).stdout.strip() == "Nothing waits for a receipt."
    )


def test_unknown_numbers_and_wrong_usage_are_told(run: Run) -> None:
    gone = run("paper", "glen.commission", "receipt", "--receipt", "2026-9999", *ON, "-o", "x.pdf")
    assert "There is no receipt 2026-9999." in gone.stderr
    assert "Give --payment or --delivery with keys, or --all." in run("issue", "glen.commission").stderr
