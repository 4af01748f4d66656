"""Values that nobody wrote: each is told as damage with its table and row, never as a traceback."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.errors import DamagedError, StorageError
from commission_app.services.backups import handed_over_since, newest_good
from commission_app.storage import damage
from commission_app.storage.database import Database
from commission_app.storage.shelf import Shelf


@pytest.fixture
def file(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample, to be damaged."""
    return Path(shutil.copy(sample, tmp_path))


def flip(path: Path, table: str, column: str, value: str) -> str:
    """Put something into a row behind the program's back, as flipped bytes would; the row's id.

    `value` is an SQL expression."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("ignore_check_constraints=ON", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {statement}")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        [row] = connection.execute(
            f"SELECT id FROM {table} WHERE {column} IS NOT NULL ORDER BY id LIMIT 1"
        ).fetchone()
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE id = ?", (row,))
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
    return str(row)


FLIPS = [
    ("terms", "from_on", "'2026-0x-01'", "terms"),
    ("meetings", "state", "'schedumed'", "meetings"),
    ("meetings", "starts", "'2026-05-28T98:00'", "meetings"),
    ("commission", "posting_places", "'[unfinished'", "commission"),
    ("inquiries", "city_id", "'00000000-0000-7000-8000-000000000000'", "inquiries"),
    ("contacts", "name", "CAST(x'41ff61' AS TEXT)", "contacts"),
    ("pledges", "donor_id", "'nobody'", "pledges"),
    ("commission", "zone", "'America/Los_Angales'", "no time zone"),
]


@pytest.mark.parametrize(("table", "column", "value", "named"), FLIPS)
def test_a_flipped_value_is_told_with_its_table_and_row(
    file: Path, table: str, column: str, value: str, named: str
) -> None:
    row = flip(file, table, column, value)
    session = CommissionProgram().open_reading(file)
    with pytest.raises(DamagedError, match=f"glen.commission is damaged: .*{named}") as told:
        session.record.text()
        session.context.today()
    if "cannot be read" in str(told.value):
        assert row in str(told.value)
        assert column in str(told.value)
    session.close()


@pytest.mark.parametrize("command", [["export", "-o", "out.json"], ["meetings"], ["members"], ["check"]])
def test_the_command_line_refuses_a_damaged_file_in_words(file: Path, command: list[str]) -> None:
    flip(file, "terms", "from_on", "'2026-0x-01'")
    flip(file, "meetings", "state", "'schedumed'")
    before = file.read_bytes()
    ended = subprocess.run(
        [sys.executable, "-m", "commission_app", command[0], str(file), *command[1:], "--json"],
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    [refused] = json.loads(ended.stdout)["refused"]
    assert refused["path"] == "file"
    assert "glen.commission is damaged" in refused["message"]
    assert file.read_bytes() == before


def spoil_facts(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def put_fact(name: str, value: str) -> str:
    return f"INSERT OR REPLACE INTO facts VALUES ('{name}', '{value}')"


FACTS = {
    "identifier missing": (
        "UPDATE facts SET name = 'fime_id' WHERE name = 'file_id'",
        "identifier is missing",
    ),
    "identifier a path": (put_fact("file_id", '"../../../../evil"'), "file_id is none"),
    "identifier a list": (put_fact("file_id", "[1]"), "file_id is none"),
    "identifier in capitals": (
        "UPDATE facts SET value = upper(value) WHERE name = 'file_id'",
        "file_id is none",
    ),
    "no JSON": (put_fact("copies", "{oops"), "copies cannot be read"),
    "no text": ("INSERT OR REPLACE INTO facts VALUES ('copies', CAST(x'41ff61' AS TEXT))", "cannot be read"),
    "nested too deep": (put_fact("copies", "[" * 100_000), "copies cannot be read"),
    "copies of another kind": (put_fact("copies", '[{"to": "Ben Li"}]'), "copies is none"),
    "mark of a copy": (put_fact("reading_copy", '{"a": 1}'), "reading_copy is none"),
    "handed over to a number": (
        put_fact("handed_over", '{"to": 7, "at": "2026-09-17T16:41:00+00:00"}'),
        "handed_over is none",
    ),
    "handed over some time": (
        put_fact("handed_over", '{"to": "Ben Li", "at": "soon"}'),
        "handed_over is none",
    ),
    "hand-over under way": (put_fact("hand_over", '{"to": "Ben Li"}'), "hand_over is none"),
    "same contacts": (put_fact("same_contacts", '["a"]'), "same_contacts is none"),
    "last backup": (put_fact("last_backup", '"seven"'), "last_backup is none"),
    "checked": (put_fact("checked_at", "7"), "checked_at is none"),
    "dismissed": (put_fact("dismissed x", "7"), "dismissed x is none"),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_file_that_says_nonsense_of_itself_is_damaged_and_left_as_it_is(file: Path, name: str) -> None:
    statement, words = FACTS[name]
    program = CommissionProgram()
    program.open_reading(file).close()
    spoil_facts(file, statement)
    before = file.read_bytes()
    opening: tuple[Callable[[], object], ...] = (
        lambda: program.open_reading(file),
        lambda: program.open_writing(file, who="Ana Ruiz"),
        lambda: program.restore(file, file.with_name("other.commission")),
    )
    for open_file in opening:
        with pytest.raises(DamagedError, match=f"glen.commission is damaged: .*{words}"):
            open_file()
    with suppress(StorageError):  # the command line asks before anything else has looked at the file
        assert handed_over_since(file, file) is None
    assert newest_good(file) is None
    assert file.read_bytes() == before
    found = damage.found_in(file)
    assert found is not None


@pytest.mark.parametrize("value", ["../../evil", "/tmp/evil", "", ".", "C:\\evil", 7, None, ["a"], "A" * 36])
def test_no_folder_is_named_by_what_is_no_identifier(value: object) -> None:
    with pytest.raises(DamagedError):
        Shelf.of(value)


def test_a_sound_file_has_no_damage_and_a_bug_stays_a_bug(file: Path) -> None:
    assert damage.found_in(file) is None
    database = Database(file, who="Ana Ruiz")
    with pytest.raises(KeyError, match="a mistake of ours"), database.reading():
        raise KeyError("a mistake of ours")


def test_a_file_that_ends_in_the_middle_is_damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])
    found = damage.found_in(file)
    assert found is not None
    assert "damaged" in str(found)
