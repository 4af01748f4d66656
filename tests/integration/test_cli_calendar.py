"""The agenda in every form, and the meetings for a calendar program, on the command line."""

import io
import json
from pathlib import Path

import docx
import pytest
from icalendar import Calendar

from tests.integration.command_line import Run

pytestmark = pytest.mark.usefixtures("folder")
ON = ("--on", "2026-09-17")


def text_of(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".docx":
        return "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)
    return data.decode()


@pytest.mark.parametrize("form", ["docx", "html", "ics"])
def test_the_agenda_is_written_in_the_form_of_its_name(run: Run, folder: Path, form: str) -> None:
    before = (folder / "glen.commission").read_bytes()
    result = run("agenda", "glen.commission", *ON, "-o", f"agenda.{form}")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == str(folder / f"agenda.{form}")
    place = "Committee Room"
    assert place in text_of(folder / f"agenda.{form}").replace("\\,", ",")
    assert (folder / "glen.commission").read_bytes() == before


def test_a_proposal_is_drawn_for_word_and_website_alone(run: Run, folder: Path) -> None:
    run("agenda", "glen.commission", *ON, "-o", "plain.html")
    assert run("agenda", "glen.commission", *ON, "--draft", "-o", "draft.html").exit_code == 0
    assert len(text_of(folder / "draft.html")) > len(text_of(folder / "plain.html"))
    assert "DRAFT" in text_of(folder / "draft.html")
    refused = run("agenda", "glen.commission", *ON, "--draft", "-o", "draft.ics")
    assert refused.exit_code == 2 and not (folder / "draft.ics").exists()


def test_another_ending_is_wrong_usage(run: Run) -> None:
    result = run("agenda", "glen.commission", *ON, "-o", "agenda.txt")
    assert result.exit_code == 2 and ".docx, .html or .ics" in result.output


def test_the_meetings_go_to_a_calendar(run: Run, folder: Path) -> None:
    told = json.loads(run("meetings", "glen.commission", *ON, "--json").stdout)["meetings"]
    answer = json.loads(run("meetings", "glen.commission", *ON, "--ics", "all.ics", "--json").stdout)
    assert answer["meetings"] == len(told) and answer["calendar"] == str(folder / "all.ics")
    events = Calendar.from_ical((folder / "all.ics").read_bytes()).walk("VEVENT")
    starts = [event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M") for event in events]
    assert starts == [entry["starts"] for entry in told]
    cancelled = [event["STATUS"] == "CANCELLED" for event in events]
    assert cancelled == [entry["state"] == "cancelled" for entry in told] and any(cancelled)


def test_one_year_goes_to_a_calendar_and_one_without_meetings_is_refused(run: Run, folder: Path) -> None:
    answer = json.loads(
        run("meetings", "glen.commission", *ON, "--ics", "year.ics", "--year", "2026", "--json").stdout
    )
    events = Calendar.from_ical((folder / "year.ics").read_bytes()).walk("VEVENT")
    assert answer["meetings"] == len(events)
    assert {event["DTSTART"].dt.year for event in events} == {2026}
    refused = run("meetings", "glen.commission", *ON, "--ics", "none.ics", "--year", "2050")
    assert refused.exit_code == 1 and "No meeting of 2050" in refused.output
    assert not (folder / "none.ics").exists()


@pytest.mark.parametrize("arguments", [("--ics", "all.txt"), ("--year", "2026")])
def test_wrong_usage_of_the_calendar(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("meetings", "glen.commission", *ON, *arguments).exit_code == 2
