"""A mistake of the program: one refusal, a report without personal data, a log that stays small."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commission_app import bugs, paths

#: The program with a mistake built in, which the words of the error would give away.
BROKEN = """
import sys
from commission_app import __main__
from commission_app.bootstrap import CommissionProgram

def broken(self, path, **_):
    raise LookupError("Ana Ruiz, 455 Alder Glen Avenue")

CommissionProgram.open_reading = broken
__main__.main()
"""


def run_broken(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BROKEN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_bug_becomes_one_refusal_and_the_log_says_where(home: Path) -> None:
    ended = run_broken("meetings", "glen.commission", "--json")
    assert ended.returncode == 1
    assert ended.stderr == ""
    [refused] = json.loads(ended.stdout)["refused"]
    assert "The program made a mistake" in refused["message"]
    log = paths.user_log()
    assert log.is_relative_to(home)
    assert str(log) in refused["message"]
    text = log.read_text(encoding="utf-8")
    assert "LookupError" in text
    assert "in broken" in text
    assert "Ana Ruiz" not in text
    assert "Alder Glen" not in text
    assert str(Path(__file__).parents[2]) not in text


def test_a_bug_is_told_to_people_without_a_traceback() -> None:
    ended = run_broken("meetings", "glen.commission")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "The program made a mistake and stopped." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Ana Ruiz" not in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
@pytest.mark.logs_warnings
def test_logs_rotate_and_are_their_owners_alone() -> None:
    log = bugs.write_log()
    assert log is not None
    assert bugs.write_log() == log
    try:
        for number in range(4000):
            logging.getLogger("commission_app.trial").error("%d %s", number, "x" * 400)
    finally:
        bugs.close_log()
    kept = sorted(log.parent.iterdir())
    assert [file.name for file in kept] == [log.name, *(f"{log.name}.{n}" for n in (1, 2, 3))]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in kept)
    assert all(file.stat().st_size <= 256 * 1024 for file in kept)
    assert "3999" in log.read_text(encoding="utf-8")


def test_without_a_place_for_the_log_the_program_works(home: Path) -> None:
    (home / ".local").write_text("no folder")
    assert bugs.write_log() is None
