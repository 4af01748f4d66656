"""The zoo of files: told in words by services and commands, never a traceback, and left as they were."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import settings

from commission_app.bootstrap import CommissionProgram
from commission_app.cli.calls import Call
from commission_app.cli.main import commission_app
from commission_app.errors import CommissionError, StorageError
from commission_app.services.session import Session
from tests.integration import three_laptops as three
from tests.integration.zoo import ZOO, flip

FLIPS = 2_000 if settings().max_examples > 1000 else 60


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with some of everything."""
    return three.begin(tmp_path_factory.mktemp("good"))


@pytest.fixture
def path(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(good, tmp_path))


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder, byte for byte; None for what is no file."""
    return {one.name: one.read_bytes() if one.is_file() else None for one in sorted(folder.iterdir())}


def _folder(path: Path) -> Path:
    folder = path.parent / "preview"
    folder.mkdir()
    return folder


OPENING: dict[str, Callable[[Path], object]] = {
    "reading": lambda path: CommissionProgram().open_reading(path),
    "writing": lambda path: CommissionProgram().open_writing(path, who="Ana Ruiz"),
    "preview": lambda path: CommissionProgram().open_preview(path, _folder(path)),
    "moving": lambda path: CommissionProgram().move_here(path, who="Ana Ruiz"),
}


@pytest.mark.skipif(os.name == "nt", reason="pipes and links")
@pytest.mark.parametrize("animal", ZOO)
def test_each_is_refused_in_words_and_left_as_it_was(path: Path, animal: str) -> None:
    spoil, words = ZOO[animal]
    spoil(path)
    before = contents(path.parent)
    for how in ("reading", "writing"):
        with pytest.raises(StorageError, match=words) as refused:
            OPENING[how](path)
        assert refused.value.advice
        assert contents(path.parent) == before, how
    for command in (
        ["meetings", str(path)],
        ["backup", str(path)],
        ["load", str(path), str(path)],
        ["verify", str(path)],
    ):
        called = CliRunner().invoke(commission_app, [*command, "--json"], obj=Call(CommissionProgram()))
        assert called.exit_code == 1, called.output
        assert "Traceback" not in called.output
        [refusal] = json.loads(called.stdout)["refused"]
        assert refusal["path"] == "file"
        assert contents(path.parent) == before, command


@pytest.mark.parametrize("how", ["preview", "moving"])
@pytest.mark.parametrize("animal", ZOO)
def test_none_is_looked_at_or_moved(path: Path, animal: str, how: str) -> None:
    ZOO[animal][0](path)
    before = contents(path.parent)
    with pytest.raises(CommissionError):
        OPENING[how](path)
    assert {name: data for name, data in contents(path.parent).items() if name in before} == before


def test_an_empty_journal_beside_is_in_nobodys_way(path: Path) -> None:
    path.with_name(path.name + "-journal").touch()
    with closing(CommissionProgram().open_writing(path, who="Ana Ruiz")) as session:
        three.add_person(session, "Eva Holm")
        assert all(result.is_good for result in session.verification.run())


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_are_told_or_change_nothing(good: Path, tmp_path: Path, seed: int) -> None:
    """In the header, the schema, the pages, inside values: refused, or told as damage when it is read, or
    found by the checks; what nobody tells has changed nothing that people entered.
    """
    with closing(CommissionProgram().open_reading(good)) as session:
        expected = session.record.text()
    size = good.stat().st_size
    places = ((0, 100), (100, 4_096 * 2), (4_096 * 2, size))
    random = Random(seed)
    for number in range(FLIPS // 4):
        path = Path(shutil.copy(good, tmp_path / f"{number}.commission"))
        flip(path, random, *places[number % 3], count=random.choice((1, 1, 8, 60)))
        before = path.read_bytes()
        try:
            with closing(CommissionProgram().open_reading(path, on=date(2026, 9, 17))) as session:
                is_known = use(session, expected)
        except CommissionError as error:
            assert str(error)
            is_known = True
        assert is_known, f"seed {seed}, file {number}: a changed record that no check found"
        assert path.read_bytes() == before
        path.unlink()


def use(session: Session, expected: str) -> bool:
    """Read everything: whether it is as it was, or the checks tell what is wrong."""
    results = session.verification.run()
    is_told = not all(result.is_good for result in results)
    try:
        for look in (session.meetings.all, session.members.seats, session.pledges.accounts):
            look()
        session.attention.findings()
        return session.record.text() == expected or is_told
    except CommissionError:
        return is_told
