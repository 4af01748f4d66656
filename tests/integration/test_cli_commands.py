"""The commands: what they print, refuse and leave alone."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook
from pypdf import PdfReader

from commission_app import paths
from commission_app.bootstrap import CommissionProgram
from commission_app.cli.commands import COMMANDS
from tests.integration.command_line import Run
from tests.integration.record_samples import EXAMPLE, RICH


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """The file of the documentation's example."""
    made = run(
        *("new", "glen.commission", "--name", "Alder Glen Sister Cities Commission", "--city", "Alder Glen"),
        *("--zone", "America/Los_Angeles", "--rules", "milpitas", "--state", "CA", "--on", "2026-01-01"),
    )
    assert made.exit_code == 0, made.output
    record(tmp_path, EXAMPLE)
    assert run("load", "glen.commission", "record.json").exit_code == 0
    return tmp_path / "glen.commission"


def record(folder: Path, document: Any) -> str:
    (folder / "record.json").write_text(json.dumps(document), encoding="utf-8")
    return "record.json"


def printed(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture
def other_writer(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open for writing."""
    script = (
        "import sys; from pathlib import Path; from commission_app.bootstrap import CommissionProgram;"
        "s = CommissionProgram().open_writing(Path(sys.argv[1]), who='Ben Okafor');"
        "print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        yield process
        process.communicate("")


def test_check_gives_the_documented_finding(run: Run, file: Path) -> None:
    result = run("check", "glen.commission", "--json", "--on", "2026-06-01")
    found = printed(result)
    assert result.exit_code == 1
    assert (found["file"], found["as_of"]) == ("glen.commission", "2026-06-01")
    [roster] = [finding for finding in found["findings"] if finding["rule"] == "membership-minimum"]
    assert roster.pop("source")
    forecast = roster["values"].pop("forecast")
    assert roster == {
        "rule": "membership-minimum",
        "level": "overdue",
        "subject": {
            "noun": "community_organization",
            "key": "assoc",
            "name": "Alder Glen Sister Cities Association",
        },
        "text": "1 of 20 members",
        "due_on": None,
        "values": {"active": 1, "minimum": 20, "margin": -19, "falls_under_on": "2026-06-01"},
    }
    assert forecast[0] == {"on": "2026-06-30", "active": 1}
    assert len(forecast) == 12
    levels = [finding["level"] for finding in found["findings"]]
    assert levels == sorted(levels, key=["overdue", "warning", "info", "ok"].index)


def test_check_without_anything_overdue_ends_with_zero(run: Run, file: Path) -> None:
    people = [{"key": f"p{n}", "kind": "person", "name": f"Person {n}"} for n in range(30)]
    terms = [{"seat": f"regular-{n}", "contact": f"p{n}", "from": "2026-01-01"} for n in range(2, 8)]
    roster = [{"organization": "assoc", "contact": person["key"]} for person in people]
    posted = {"meeting": "m1", "place": "City Hall", "posted_at": "2026-05-24T12:00:00-07:00"}
    answer = {"inquiry": "i1", "step": "answer", "done_on": "2026-05-04"}
    more = {
        "contacts": people,
        "terms": terms,
        "memberships": roster,
        "postings": [posted],
        "steps": [answer],
    }
    assert run("load", "glen.commission", record(file.parent, more)).exit_code == 0
    result = run("check", "glen.commission", "--on", "2026-06-01")
    assert result.exit_code == 0, result.output
    assert "Alder Glen Sister Cities Association" in result.stdout


def test_meetings_members_and_memberships_are_entries_with_what_was_computed(run: Run, file: Path) -> None:
    roll = [{"meeting": "m1", "contact": "ana", "state": "present"}]
    run("load", "glen.commission", record(file.parent, {"attendance": roll}))
    [meeting] = printed(run("meetings", "glen.commission", "--json", "--on", "2026-05-20"))["meetings"]
    assert meeting["starts"] == "2026-05-28T18:00"
    assert meeting["computed"] == {
        "posting_deadline": "2026-05-25T18:00",
        "posting_state": "due",
        "quorum": {"needed": 4, "present": 1, "met": False},
    }
    members = printed(run("members", "glen.commission", "--json", "--on", "2026-10-15"))["members"]
    assert len(members) == 11
    assert members[0]["key"] == "regular-1"
    assert members[0]["computed"] == {"state": "ending-soon", "holder": "ana"}
    assert members[1]["computed"] == {"state": "vacant", "holder": None}
    [entry] = printed(run("memberships", "glen.commission", "--json", "--on", "2026-06-01"))["memberships"]
    assert (entry["key"], entry["contact"]) == ("assoc", "asca")
    assert entry["computed"]["margin"] == -19


@pytest.mark.parametrize("command", ["check", "meetings", "members", "memberships", "history", "verify"])
def test_list_for_people_is_aligned_text(run: Run, file: Path, command: str) -> None:
    result = run(command, "glen.commission", "--on", "2026-06-01")
    assert result.exit_code in (0, 1)
    assert result.stdout.strip()
    assert "{" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--on", "2026-06-01", "check", "glen.commission"),
        ("check", "--json", "--on", "2026-06-01", "glen.commission"),
        ("check", "glen.commission", "--json", "--on", "2026-06-01"),
    ],
)
def test_options_may_stand_before_or_after_the_file(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    assert printed(run(*arguments))["as_of"] == "2026-06-01"


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("check",),
        ("check", "glen.commission", "--bogus"),
        ("check", "glen.commission", "--on", "tomorrow"),
        ("check", "glen.commission", "--on", "20260601"),
        ("new", "x.commission", "--name", "N"),
        ("agenda", "glen.commission"),
        ("agenda", "glen.commission", "-o", "agenda.txt"),
        ("export", "glen.commission", "planets"),
        ("export", "glen.commission", "-o", "all.csv"),
        ("export", "glen.commission", "contacts", "-o", "all.pdf"),
        ("export",),
        ("import", "glen.commission", "planets", "x.csv"),
    ],
)
def test_wrong_usage_ends_with_two(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr


def test_help_of_every_command_can_be_asked_for(run: Run) -> None:
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "--json" in result.stdout


READING = [
    ("check", "FILE"),
    ("meetings", "FILE"),
    ("members", "FILE"),
    ("memberships", "FILE"),
    ("history", "FILE"),
    ("verify", "FILE"),
    ("export", "FILE"),
    ("export", "FILE", "contacts", "-o", "out.xlsx"),
    ("agenda", "FILE", "--meeting", "m1", "-o", "out.pdf"),
    ("agenda", "FILE", "--meeting", "m1", "--draft", "-o", "out.pdf"),
    ("load", "FILE", "record.json", "--dry-run"),
    ("import", "FILE", "contacts", "people.csv", "--dry-run"),
    ("backup", "FILE", "backups"),
]


@pytest.mark.parametrize("arguments", READING)
def test_reading_command_leaves_the_file_as_it_was(
    run: Run, file: Path, other_writer: object, arguments: tuple[str, ...]
) -> None:
    (file.parent / "backups").mkdir(exist_ok=True)
    (file.parent / "people.csv").write_text("Name\nBen\n", encoding="utf-8")
    before = file.read_bytes(), file.stat().st_mtime_ns
    result = run(*(file.name if part == "FILE" else part for part in arguments))
    assert result.exit_code in (0, 1) and result.stdout.strip(), result.output
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "FILE", "record.json"),
        ("import", "FILE", "contacts", "people.csv"),
        ("restore", "FILE", "backup"),
    ],
)
def test_writing_is_refused_with_who_has_the_file_and_since_when(
    run: Run, file: Path, other_writer: object, arguments: tuple[str, ...]
) -> None:
    (file.parent / "people.csv").write_text("Name\nBen\n", encoding="utf-8")
    before = file.read_bytes()
    result = run(*(file.name if part == "FILE" else part for part in arguments))
    assert result.exit_code == 1
    assert "Ben Okafor has glen.commission open" in result.stderr
    assert " since " in result.stderr
    assert file.read_bytes() == before


def test_an_import_whose_every_row_is_refused_ends_with_1(run: Run, file: Path) -> None:
    (file.parent / "wrong.csv").write_text("Name,Email\nBen,no address\nCem,none either\n", encoding="utf-8")
    for more in (("--dry-run",), ()):
        result = run("import", file.name, "contacts", "wrong.csv", *more)
        assert (result.exit_code, result.stdout.count("refused")) == (1, 2), result.output
    (file.parent / "half.csv").write_text("Name,Email\nBen,no address\nCem,\n", encoding="utf-8")
    assert run("import", file.name, "contacts", "half.csv").exit_code == 0


def test_refusal_as_json_has_every_path(run: Run, file: Path) -> None:
    broken = {"contacts": [{"key": "x", "kind": "robot"}], "planets": []}
    result = run("load", "glen.commission", record(file.parent, broken), "--json")
    assert result.exit_code == 1
    refused = printed(result)["refused"]
    assert [problem["path"] for problem in refused] == ["planets", "contacts[0].kind", "contacts[0].name"]
    assert all(problem["message"] for problem in refused)
    assert result.stderr == ""


def test_refusal_for_people_goes_to_standard_error(run: Run, file: Path) -> None:
    result = run("load", "glen.commission", record(file.parent, {"planets": []}))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "planets: There is no list of this name.\n"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"SQLite format 3\0" + b"\0" * 200, None],
    ids=["empty", "page", "other", "none"],
)
def test_file_that_is_not_ours_is_refused(run: Run, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.commission").write_bytes(content)
    result = run("check", "x.commission", "--json")
    assert result.exit_code == 1
    assert printed(result)["refused"][0]["path"] == "file"


def test_new_refuses_what_is_wrong_and_never_overwrites(run: Run, file: Path) -> None:
    arguments = ("--name", "N", "--city", "C", "--zone", "Mars/Olympus", "--rules", "milpitas")
    result = run("new", "x.commission", *arguments, "--json")
    assert (result.exit_code, printed(result)["refused"][0]["path"]) == (1, "zone")
    assert not (file.parent / "x.commission").exists()
    before = file.read_bytes()
    again = run("new", "glen.commission", "--name", "N", "--city", "C", "--zone", "UTC", "--rules", "generic")
    assert again.exit_code == 1
    assert file.read_bytes() == before
    unknown = run("new", "y.commission", "--name", "N", "--city", "C", "--zone", "UTC", "--rules", "no-such")
    assert unknown.exit_code == 1


def test_agenda_prints_the_paper_and_its_absolute_path_last(run: Run, file: Path) -> None:
    result = run("agenda", "glen.commission", "--meeting", "2026-05-28", "-o", "agenda.pdf")
    assert result.exit_code == 0, result.output
    path = Path(result.stdout.splitlines()[-1])
    assert path == file.parent / "agenda.pdf"
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Inquiry from Okayama" in " ".join(text.split())
    assert "DRAFT" in text


def test_agenda_without_a_coming_meeting_is_refused_and_writes_nothing(run: Run, file: Path) -> None:
    result = run("agenda", "glen.commission", "--on", "2026-06-01", "-o", "agenda.pdf")
    assert result.exit_code == 1
    assert not (file.parent / "agenda.pdf").exists()
    coming = {"key": "m2", "kind": "regular", "starts": "2026-06-25T18:00", "state": "scheduled"}
    run("load", "glen.commission", record(file.parent, {"meetings": [coming]}))
    document = printed(run("agenda", "glen.commission", "--on", "2026-06-25", "-o", "agenda.pdf", "--json"))
    assert document["meeting"] == "m2"
    assert run("agenda", "glen.commission", "--on", "2026-06-26", "-o", "agenda.pdf").exit_code == 1


def test_posted_agenda_is_printed_from_its_posting_copy(run: Run, file: Path) -> None:
    session = CommissionProgram().open_writing(file, who="Ana")
    with closing(session):
        meeting = session.meetings.named("m1").meeting
        frozen = session.postings.pdf(session.postings.make_copy(meeting.id))
    run("agenda", "glen.commission", "--meeting", "m1", "-o", "agenda.pdf")
    assert (file.parent / "agenda.pdf").read_bytes() == frozen


def test_paper_that_cannot_be_written_leaves_the_old_one(run: Run, file: Path) -> None:
    (file.parent / "agenda.pdf").mkdir()
    result = run("agenda", "glen.commission", "--meeting", "m1", "-o", "agenda.pdf")
    assert result.exit_code == 1
    assert "folder" in result.stderr
    assert run("agenda", "glen.commission", "--meeting", "m1", "-o", "gone/agenda.pdf").exit_code == 1
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "agenda.pdf",
        "glen.commission",
        "record.json",
    ]


def test_export_of_a_list_to_csv_and_xlsx_holds_no_formula(run: Run, file: Path) -> None:
    people = [
        {"key": "evil", "kind": "person", "name": '=HYPERLINK("x")', "phone": "+1 408 555 0100"},
        {"key": "minh", "kind": "person", "name": "Đặng Minh"},
    ]
    run("load", "glen.commission", record(file.parent, {"contacts": people}))
    assert run("export", "glen.commission", "contacts", "-o", "c.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((file.parent / "c.csv").read_text("utf-8-sig"))))
    assert [row["name"] for row in rows if row["key"] in ("evil", "minh")] == [
        '\'=HYPERLINK("x")',
        "Đặng Minh",
    ]
    assert next(row["phone"] for row in rows if row["key"] == "evil") == "'+1 408 555 0100"
    result = run("export", "glen.commission", "contacts", "-o", "c.xlsx", "--json")
    assert printed(result)["export"] == str(file.parent / "c.xlsx")
    with closing(load_workbook(file.parent / "c.xlsx")) as book:
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert '=HYPERLINK("x")' in [cell.value for cell in cells]
        assert {cell.data_type for cell in cells if cell.value} == {"s"}


@pytest.mark.parametrize("noun", ["commission", "settings", "seats", "meetings", "agenda_items", "postings"])
def test_every_list_goes_to_a_spreadsheet_and_to_json(run: Run, file: Path, noun: str) -> None:
    file.unlink()
    particulars = ("--city", "Alder Glen", "--zone", "America/Los_Angeles", "--rules", "milpitas")
    run("new", "glen.commission", "--name", "Alder Glen Sister Cities Commission", *particulars)
    assert run("load", "glen.commission", record(file.parent, RICH)).exit_code == 0
    for ending in ("csv", "xlsx", "json"):
        assert run("export", "glen.commission", noun, "-o", f"out.{ending}").exit_code == 0
        assert (file.parent / f"out.{ending}").stat().st_size > 0


def test_a_list_of_payments_is_readable_and_its_json_stays_exact(run: Run, file: Path) -> None:
    file.unlink()
    assert run("sample", "glen.commission", "--on", "2026-09-17").exit_code == 0
    assert run("export", "glen.commission", "payments", "-o", "p.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((file.parent / "p.csv").read_text("utf-8-sig"))))
    found = next(row for row in rows if row["payer"] == "Ingrid Sørensen")
    assert (found["amount"], found["currency"], found["received_on"]) == ("550.00", "USD", "2026-03-15")
    assert found["allocations"].startswith("$500.00, for Ingrid Sørensen, Friendship Garden, due ")
    assert run("export", "glen.commission", "payments", "-o", "p.xlsx").exit_code == 0
    with closing(load_workbook(file.parent / "p.xlsx")) as book:
        sheet = book.worksheets[0]
        cells = dict(
            zip((c.value for c in sheet[1]), next(r for r in sheet.iter_rows(min_row=2)), strict=True)
        )
        assert cells["received_on"].is_date
        assert cells["amount"].data_type == "n"
    assert run("export", "glen.commission", "payments", "-o", "p.json").exit_code == 0
    exact = json.loads((file.parent / "p.json").read_text("utf-8"))["payments"]
    same = next(entry for entry in exact if entry["key"] == found["key"])
    assert (same["payer"], same["amount_cents"]) == (found["payer key"], 55000)
    assert same["allocations"][0]["amount_cents"] == 50000


def test_whole_export_is_the_same_bytes_twice_and_loads(run: Run, file: Path) -> None:
    run("export", "glen.commission", "-o", "one.json")
    run("export", "glen.commission", "-o", "two.json")
    one = (file.parent / "one.json").read_bytes()
    assert one == (file.parent / "two.json").read_bytes()
    assert one.decode() == run("export", "glen.commission").stdout
    result = run("load", "glen.commission", "one.json", "--json")
    assert printed(result)["added"] == {}


def test_sample_comes_out_and_into_a_new_file_as_the_same_bytes(run: Run, tmp_path: Path) -> None:
    assert run("sample", "sample.commission", "--on", "2026-06-01").exit_code == 0
    assert run("verify", "sample.commission").exit_code == 0
    run("export", "sample.commission", "--with-attachments", "-o", "one.json")
    body = json.loads((tmp_path / "one.json").read_text("utf-8"))["commission"]
    particulars = [part for name in ("name", "city", "zone", "rules") for part in (f"--{name}", body[name])]
    assert run("new", "glen.commission", *particulars).exit_code == 0
    loaded = run("load", "glen.commission", "one.json")
    assert loaded.exit_code == 0, loaded.output
    run("export", "glen.commission", "--with-attachments", "-o", "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_public_export_leaves_minors_out(run: Run, file: Path) -> None:
    kid = {"key": "kid", "kind": "person", "name": "Kim Lee", "minor": True}
    run("load", "glen.commission", record(file.parent, {"contacts": [kid]}))
    assert "Kim Lee" in run("export", "glen.commission").stdout
    assert "Kim Lee" not in run("export", "glen.commission", "--public").stdout
    assert "Kim Lee" not in run("export", "glen.commission", "contacts", "--public").stdout


def test_schema_needs_no_file(run: Run) -> None:
    assert printed(run("export", "--schema"))["properties"]["contacts"]["type"] == "array"


def test_history_tells_who_as_given(run: Run, file: Path) -> None:
    kid = {"key": "b", "kind": "person", "name": "Ben"}
    run(
        "load",
        "glen.commission",
        record(file.parent, {"contacts": [kid]}),
        "--as",
        "Ana Ruiz",
        "--on",
        "2030-01-01",
    )
    newest, *_ = printed(run("history", "glen.commission", "--json"))["history"]
    assert (newest["who"], newest["what"]) == ("Ana Ruiz", "loaded a record: 1 contact")
    assert date.fromisoformat(newest["at"][:10]).year < 2030


def test_history_is_asked_for_a_record_a_person_days_and_kinds(run: Run, file: Path) -> None:
    def told(*wanted: str) -> list[str]:
        document = printed(run("history", "glen.commission", "--json", *wanted))
        return [entry["what"] for entry in document["history"]]

    ben = {"contacts": [{"key": "b", "kind": "person", "name": "Ben"}]}
    run("load", "glen.commission", record(file.parent, ben), "--as", "Lee")
    assert told("--record", "contact:b") == ["loaded a record: 1 contact"]
    assert told("--record", "contacts:b", "--who", "Ana") == []
    assert told("--who", "Lee") == ["loaded a record: 1 contact"]
    assert told("LOADED", "lee") == ["loaded a record: 1 contact"]
    assert told("--kind", "removed") == []
    assert told("--to", "2000-01-01") == []
    assert len(told("--from", "2000-01-01")) == len(told()) > 1
    [newest] = printed(run("history", "glen.commission", "--json", "--who", "Lee", "--details"))["history"]
    assert {"noun": "contacts", "field": "name", "old": None, "new": "Ben"} in newest["changes"]
    people = run("history", "glen.commission", "--who", "Lee", "--details").stdout
    assert "contacts, name: nothing -> Ben" in people
    for wrong in ("contact:nobody", "planet:b"):
        assert run("history", "glen.commission", "--record", wrong).exit_code == 1
    assert run("history", "glen.commission", "--record", "b").exit_code == 2


def test_a_person_is_erased(run: Run, file: Path) -> None:
    ben = {"key": "b", "kind": "person", "name": "Ben Okonkwo", "email": "ben@example.org"}
    run("load", "glen.commission", record(file.parent, {"contacts": [ben]}))
    arguments = ("erase", "glen.commission", "ben okonkwo", "--reason", "Asked to", "--json")
    backup = run("backup", "glen.commission").stdout.splitlines()[-1]
    before = file.read_bytes()
    would = printed(run(*arguments, "--dry-run"))
    assert (would["new_name"], file.read_bytes()) == ("Former member", before)
    assert backup in would["backups"]
    assert b"Okonkwo" in before
    done = printed(run(*arguments, "--remove-backups"))
    assert done["removed"] == would["backups"]
    assert not Path(backup).exists()
    assert b"Okonkwo" not in file.read_bytes() and b"ben@example.org" not in file.read_bytes()
    assert run("erase", "glen.commission", "nobody", "--reason", "Asked to").exit_code == 1
    assert (
        "Leave the name out"
        in run("erase", "glen.commission", "ana", "--reason", "Ana asked", "--although-active").stderr
    )


def test_a_person_is_erased_only_after_the_texts_that_tell_of_them(run: Run, file: Path) -> None:
    people = {
        "contacts": [
            {"key": "b", "kind": "person", "name": "Ben Okonkwo"},
            {"key": "c", "kind": "person", "name": "Cy Young", "note": "Sister-in-law of Okonkwo, Ben"},
        ]
    }
    run("load", "glen.commission", record(file.parent, people))
    arguments = ("erase", "glen.commission", "b", "--reason", "Asked to")
    told = "the contact Cy Young: note"
    assert told in run(*arguments, "--dry-run").stdout
    before = file.read_bytes()
    refused = run(*arguments)
    assert (refused.exit_code, file.read_bytes()) == (1, before)
    assert "stays in the history" in refused.stderr and told in refused.stderr
    assert told in run(*arguments, "--leave-texts").stdout


def test_a_person_at_the_window_is_told_when_erased(run: Run, file: Path) -> None:
    paths.user_data().mkdir(parents=True, exist_ok=True)
    (paths.user_data() / "window.ini").write_text("[people]\na=Ben Okonkwo\n", encoding="utf-8")
    people = [
        {"key": key, "kind": "person", "name": name} for key, name in (("b", "Ben Okonkwo"), ("c", "Cy"))
    ]
    run("load", "glen.commission", record(file.parent, {"contacts": people}))
    for key, is_told in (("b", True), ("c", False)):
        done = run("erase", "glen.commission", key, "--reason", "Asked to")
        assert ("The window of this computer" in done.stdout) is is_told


def test_backup_and_restore_bring_the_file_back(run: Run, file: Path) -> None:
    before = run("export", "glen.commission").stdout
    (file.parent / "backups").mkdir()
    made = Path(run("backup", "glen.commission", "backups").stdout.splitlines()[-1])
    assert made.is_absolute() and made.parent == file.parent / "backups"
    run(
        "load",
        "glen.commission",
        record(file.parent, {"contacts": [{"key": "b", "kind": "person", "name": "B"}]}),
    )
    result = run("restore", "glen.commission", str(made), "--json")
    assert run("export", "glen.commission").stdout == before
    aside = Path(printed(result)["kept_aside"])
    assert json.loads(run("export", str(aside)).stdout)["contacts"][1]["key"] == "asca"


def test_restore_refuses_what_is_no_backup(run: Run, file: Path) -> None:
    before = file.read_bytes()
    (file.parent / "bad").write_bytes(b"nothing")
    for name in ("bad", "gone"):
        assert run("restore", "glen.commission", name).exit_code == 1
    assert file.read_bytes() == before


def test_alone_with_a_word_that_is_no_file_is_wrong_usage(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "commission_app", "chek"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "No such command" in ended.stderr


def test_agenda_as_a_process_loads_nothing_that_it_does_not_need(run: Run, file: Path) -> None:
    script = (
        "import sys, runpy\n"
        "sys.argv = ['commission-app', 'agenda', 'glen.commission', '--meeting', 'm1', '-o', 'a.pdf']\n"
        "try: runpy.run_module('commission_app', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('commission_app.services.')))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    path, modules, services = ended.stdout.splitlines()
    assert path == str(file.parent / "a.pdf")
    heavy = {
        "alembic",
        "holidays",
        "babel",
        "openpyxl",
        "xlsxwriter",
        "PySide6",
        "rapidfuzz",
        "email_validator",
    }
    assert heavy.isdisjoint(modules.split())
    assert "commission_app.services.record" not in services.split()


def test_self_test_survives_a_kill(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "commission_app", "self-test", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["in_order"] is True
    assert any(step.startswith("Killed process") for step in found["steps"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "rules", "path"),
    [("", "milpitas", "name"), ("A Commission", "", "rules"), ("A Commission", "x" * 300, "rules")],
)
def test_new_with_nothing_where_something_belongs_is_refused_in_words(
    run: Run, tmp_path: Path, name: str, rules: str, path: str
) -> None:
    result = run(
        *("new", "x.commission", "--name", name, "--city", "X", "--zone", "America/Los_Angeles"),
        *("--rules", rules, "--json"),
    )
    assert result.exit_code == 1
    assert [refused["path"] for refused in json.loads(result.stdout)["refused"]] == [path]
    assert list(tmp_path.iterdir()) == []
