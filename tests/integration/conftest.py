"""Files and sessions that several modules begin with."""

import shutil
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from commission_app.services.session import Session
from tests.factories import make_session, put_sample
from tests.integration import command_line
from tests.integration.evening import Evening, make_evening
from tests.integration.money_files import Entering, record
from tests.integration.money_steps import Filling
from tests.integration.three_laptops import Laptops, begin, laptops


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample around the day of the examples, which no test changes."""
    return put_sample(tmp_path_factory.mktemp("sample") / "glen.commission", date(2026, 9, 17))


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the sample."""
    shutil.copy(sample, tmp_path)
    return tmp_path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> command_line.Run:
    """Calls commands in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return command_line.run


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with people and campaigns, which no test changes."""
    session = make_session(tmp_path_factory.mktemp("begun"))
    Entering(session).enter(record())
    session.close()
    return session.path


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of random examples are made."""
    return tmp_path_factory.mktemp("examples")


@pytest.fixture
def filling(begun: Path, tmp_path: Path) -> Generator[Filling]:
    """A file with people and campaigns, to be filled."""
    found = Filling(begun, tmp_path)
    yield found
    found.session.close()


@pytest.fixture(scope="session")
def keepers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keeper's file of `three`, which no test changes."""
    return begin(tmp_path_factory.mktemp("keeper"))


@pytest.fixture
def three(keepers: Path, tmp_path: Path) -> Generator[Laptops]:
    """The keeper's laptop, and room for others."""
    made = laptops(keepers, tmp_path)
    yield made
    made.close()


@pytest.fixture
def copy(three: Laptops) -> Session:
    """A reading copy on the treasurer's laptop."""
    return three.give("treasurer", "Ben Li")


@pytest.fixture
def evening(tmp_path: Path) -> Generator[Evening]:
    """The evening of a meeting that has not begun, with its members in their seats."""
    found = make_evening(tmp_path)
    yield found
    found.session.close()
