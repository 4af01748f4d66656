"""The command `paper`: every kind, the list of them, refusals and exit codes."""

import json
from pathlib import Path

import pytest

from commission_app.domain.papers import KINDS
from tests.integration.command_line import Run
from tests.pdf_words import words_of

pytestmark = pytest.mark.usefixtures("folder")
ON = ("--on", "2026-09-17")


@pytest.mark.parametrize("kind", [kind.slug for kind in KINDS])
def test_every_kind_prints_and_names_its_absolute_path_last(run: Run, folder: Path, kind: str) -> None:
    before = (folder / "glen.commission").read_bytes()
    result = run("paper", "glen.commission", kind, *ON, "-o", f"{kind}.pdf")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == str(folder / f"{kind}.pdf")
    assert "Alder Glen" in words_of(folder / f"{kind}.pdf")
    assert (folder / "glen.commission").read_bytes() == before


def test_approved_minutes_are_not_written_for_word(run: Run, folder: Path) -> None:
    draft = run("paper", "glen.commission", "minutes", *ON, "--meeting", "2026-06-25", "-o", "draft.docx")
    assert draft.exit_code == 0, draft.output
    refused = run("paper", "glen.commission", "minutes", *ON, "--meeting", "2026-03-26", "-o", "final.docx")
    assert refused.exit_code != 0
    assert "approved and kept as a PDF" in refused.output
    assert not (folder / "final.docx").exists()


def test_labels_name_whoever_has_no_address(run: Run, folder: Path) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    result = run("paper", "glen.commission", "labels", *ON, *period, "-o", "labels.pdf")
    assert result.exit_code == 0, result.output
    assert "Left out, without an address: Alder Glen Friendship Society" in result.stderr
    assert "Alder Glen Friendship Society" not in words_of(folder / "labels.pdf")


def test_the_list_names_every_kind_with_what_it_can_be_told(run: Run) -> None:
    result = run("paper", "--list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == [kind.slug for kind in KINDS]
    document = json.loads(run("paper", "--list", "--json").stdout)
    roster = next(entry for entry in document["papers"] if entry["kind"] == "roster")
    assert roster["for"] == "everyone" and "--organization" in roster["options"]


def test_options_choose_the_record(run: Run, folder: Path) -> None:
    listed = json.loads(run("inquiries", "glen.commission", *ON, "--json").stdout)["inquiries"]
    key = listed[0]["key"]
    made = run("paper", "glen.commission", "inquiry", "--inquiry", key, *ON, "-o", "one.pdf", "--json")
    document = json.loads(made.stdout)
    assert document["kind"] == "inquiry" and document["paper"] == str(folder / "one.pdf")
    run("paper", "glen.commission", "calendar", "--year", "2027", *ON, "-o", "calendar.pdf")
    assert "Calendar of meetings 2027" in words_of(folder / "calendar.pdf")
    run("paper", "glen.commission", "aging", "--public", "--size", "a4", *ON, "-o", "aging.pdf")
    assert "Private" not in words_of(folder / "aging.pdf")
    period = ("--from", "2026-01-01", "--to", "2026-03-31")
    run("paper", "glen.commission", "attendance", *period, *ON, "-o", "attendance.pdf")
    assert "January 1, 2026 to March 31, 2026" in words_of(folder / "attendance.pdf")
    for kind, said in (
        ("packet", "Packet page 1 of"),
        ("script", "members make a quorum"),
        ("tally", "Carried, 5 to 0"),
        ("sign-in", "Signing is voluntary"),
        ("certificate", "I put up the agenda as told under 1."),
    ):
        run("paper", "glen.commission", kind, "--meeting", "2026-06-25", *ON, "-o", f"june-{kind}.pdf")
        assert said in words_of(folder / f"june-{kind}.pdf")
    run("paper", "glen.commission", "agenda", "--meeting", "2026-06-25", *ON, "-o", "june.pdf")
    assert "Thursday, June 25, 2026" in words_of(folder / "june.pdf")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("roster", "--organization", "nowhere"), "There is no organization nowhere."),
        (("inquiry", "--inquiry", "nowhere"), "There is no inquiry nowhere."),
        (("agenda", "--meeting", "2020-01-01"), "There is no meeting 2020-01-01."),
        (("agenda", "--copy", "7"), "There is no posting copy 7 of this meeting."),
        (
            ("certificate", "--meeting", "2026-09-24"),
            "No posting of the agenda of Thursday, September 24, 2026 is recorded yet.",
        ),
        (("cancellation", "--meeting", "2026-06-25"), "The meeting of June 25, 2026 is not cancelled."),
    ],
)
def test_a_refusal_ends_with_one_and_writes_nothing(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("paper", "glen.commission", *arguments, *ON, "-o", "refused.pdf")
    assert result.exit_code == 1
    assert said in result.stderr
    result = run("paper", "glen.commission", *arguments, *ON, "-o", "refused.pdf", "--json")
    assert json.loads(result.stdout)["refused"][0]["message"] == said
    assert not (folder / "refused.pdf").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("glen.commission",),
        ("glen.commission", "seats"),
        ("glen.commission", "poem", "-o", "x.pdf"),
        ("glen.commission", "seats", "-o", "x.txt"),
        ("glen.commission", "seats", "--year", "2026", "-o", "x.pdf"),
        ("glen.commission", "seats", "--public", "-o", "x.pdf"),
        ("glen.commission", "seats", "--size", "a3", "-o", "x.pdf"),
        ("glen.commission", "attendance", "--from", "2026-02-01", "--to", "2026-01-01", "-o", "x.pdf"),
    ],
)
def test_wrong_usage_ends_with_two_and_writes_nothing(
    run: Run, folder: Path, arguments: tuple[str, ...]
) -> None:
    result = run("paper", *arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert not (folder / "x.pdf").exists()


def test_a_place_that_cannot_be_written_is_told_and_the_old_paper_stays(run: Run, folder: Path) -> None:
    result = run("paper", "glen.commission", "seats", *ON, "-o", "nowhere/seats.pdf")
    assert result.exit_code == 1
    assert "There is no folder" in result.stderr
    result = run("paper", "glen.commission", "seats", *ON, "-o", "glen.pdf")
    assert result.exit_code == 0
    before = (folder / "glen.pdf").read_bytes()
    assert run("paper", "glen.commission", "seats", *ON, "-o", "glen.pdf").exit_code == 0
    assert (folder / "glen.pdf").read_bytes() == before
