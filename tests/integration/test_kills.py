"""Killed at any moment, in whatever it was doing: what was saved is there, nothing is half done."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from pypdf import PdfReader

from commission_app.bootstrap import CommissionProgram
from commission_app.services import handover
from commission_app.storage import backup
from tests.integration import next_version
from tests.integration import three_laptops as three
from tests.integration.busy_person import keep_busy
from tests.integration.forked import Child, Ended, make_ready, operate, operate_until
from tests.integration.operations import FILE, OPERATIONS, WRITING, at_home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked")

IS_LONG = settings().max_examples > 1000
#: Each round kills the same file again and again.
ROUNDS, KILLS = (12, 25) if IS_LONG else (4, 15)
#: How many of its steps an operation is killed before; None: every one.
STEPS = None if IS_LONG else 2
#: How an operation is refused that was killed when it was as good as done.
DONE_ALREADY = ("FileExistsAlreadyError", "ConflictError")
#: How many actions an operation of several use cases may have added to the history.
ADDED = {"voided payment": range(3), "upgrade": range(2)}
LONGEST = 0.25  # seconds of work before a kill


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the operations need, made once."""
    folder = tmp_path_factory.mktemp("begun")
    Child(make_ready, folder).end()
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, whose user we are."""
    return copied(begun, tmp_path / "work", monkeypatch)


def copied(begun: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(begun, folder)
    at_home(folder, monkeypatch.setenv)
    return folder


def last_action(folder: Path) -> int:
    with closing(CommissionProgram().open_reading(folder / FILE)) as session:
        return session.history.recent(1)[0].id


def opens_whole(folder: Path) -> int:
    """The file opens for writing without a question and is in order; the number of its last action."""
    with closing(CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", on=three.TODAY)) as session:
        assert [result.problems for result in session.verification.run() if not result.is_good] == []
        return session.history.recent(1)[0].id


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_saved_change_is_lost_and_none_is_half_there(folder: Path, seed: int) -> None:
    random = Random(seed)
    last = last_action(folder)
    for number in range(KILLS):
        moment = random.uniform(0, LONGEST)
        child = Child(keep_busy, folder, random.randrange(10**9))
        assert child.first_word() == ("open", None)
        ended = child.kill(moment)
        where = f"seed {seed}, kill {number} after {moment:.4f} seconds"
        assert ended.is_killed, where
        last = after_kill(folder, ended, last, where)


def after_kill(folder: Path, ended: Ended, before: int, where: str) -> int:
    """Every acknowledged action is there, and at most the one that was under way; the same of drafts."""
    changes = [word for kind, word in ended.told if kind == "change"]
    assert changes == list(range(before + 1, before + 1 + len(changes))), where
    found = opens_whole(folder)
    assert found in (before + len(changes), before + len(changes) + 1), where
    drafts = [word for kind, word in ended.told if kind == "draft"]
    if drafts:
        with closing(CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz")) as session:
            kept = session.drafts.get("letter")
        assert kept is not None, where
        text = kept.typed["text"]
        assert text == drafts[-1] or int(text.split()[0]) > int(drafts[-1].split()[0]), where
    return found


@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_before_any_step_leaves_all_or_nothing(
    begun: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = last_action(begun)
    if name == "upgrade":
        next_version.install(tmp_path / "db", patch=monkeypatch)
    whole = copied(begun, tmp_path / "whole", monkeypatch)
    [(_, steps)] = Child(operate_until, whole, name, None).end().told
    chosen = range(steps)
    if STEPS is not None:
        chosen = sorted({*Random(name).sample(chosen, STEPS), steps - 1})
    for step in chosen:
        folder = copied(begun, tmp_path / f"killed {step}", monkeypatch)
        ended = Child(operate_until, folder, name, step).end()
        assert ended.is_killed or step > steps - 3, step  # a run may take a step less than another
        assert opens_whole(folder) - before in ADDED.get(name, range(2 if name in WRITING else 1)), step
        for made in (folder / "out").iterdir():
            require_whole(made)
        again = Child(operate, folder, name).end()  # what the killed one left is in nobody's way
        assert again.refused is None or again.refused[0] in DONE_ALREADY, (step, again.refused)
        for made in (folder / "out").iterdir():
            require_whole(made)
        shutil.rmtree(folder)


def require_whole(made: Path) -> None:
    """What has its name is whole; what has not begins with a dot."""
    if not made.name.startswith("."):
        READERS[made.suffix](made)


def _read_pdf(made: Path) -> object:
    return PdfReader(made).pages[0].extract_text()


def _read_sheet(made: Path) -> object:
    with zipfile.ZipFile(made) as archive:
        return archive.testzip()


READERS: dict[str, Callable[[Path], object]] = {
    "": handover.check,
    ".commission": backup.verify,
    ".json": lambda made: json.loads(made.read_bytes()),
    ".pdf": _read_pdf,
    ".xlsx": _read_sheet,
}
