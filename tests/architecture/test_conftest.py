"""The net under every test holds: each of these small tests falls into it, or does not, as it should."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

INNER = """
import logging
import os
import warnings
from pathlib import Path

import pytest
from hypothesis import given, strategies

from commission_app import paths

logger = logging.getLogger("commission_app.services.trial")


def test_warning_overlooked():
    logger.warning("the disk is slow")


@pytest.mark.logs_warnings
def test_warning_expected():
    logger.warning("the disk is slow")


@pytest.mark.logs_warnings
def test_warning_missing():
    logger.info("all is well")


def test_others_may_warn():
    logging.getLogger("somebody.else").warning("not ours")


def test_python_warning_overlooked():
    warnings.warn("old", DeprecationWarning)


@pytest.mark.parametrize("turn", [1, 2])
def test_data_goes_to_a_home_of_its_own(turn, home):
    assert paths.user_data().is_relative_to(home)
    assert Path.home() == home
    assert list(home.iterdir()) == []
    paths.user_data().mkdir(parents=True)


@given(strategies.integers())
def test_examples_by_hypothesis(number):
    assert os.environ["HOME"] != REAL_HOME
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How each of the small tests ended, with the net and the settings of this repository."""
    folder = tmp_path_factory.mktemp("inner")
    shutil.copy(TESTS / "conftest.py", folder)
    shutil.copy(TESTS.parent / "pyproject.toml", folder)
    inner = INNER.replace("REAL_HOME", repr(str(Path.home())))
    (folder / "test_inner.py").write_text(inner, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "--tb=no", "-p", "no:cacheprovider", "test_inner.py"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = (line.split(" ", 1) for line in ended.stdout.splitlines() if "::test_" in line)
    return {rest.split("::")[1].split(" - ")[0].strip(): outcome for outcome, rest in said}


def test_own_warnings_fail_unless_expected(outcomes: dict[str, str]) -> None:
    assert outcomes["test_warning_overlooked"] == "FAILED"
    assert outcomes["test_warning_missing"] == "FAILED"
    assert outcomes["test_warning_expected"] == "PASSED"
    assert outcomes["test_others_may_warn"] == "PASSED"


def test_python_warnings_fail(outcomes: dict[str, str]) -> None:
    assert outcomes["test_python_warning_overlooked"] == "FAILED"


def test_homes_are_apart(outcomes: dict[str, str]) -> None:
    assert outcomes["test_data_goes_to_a_home_of_its_own[1]"] == "PASSED"
    assert outcomes["test_data_goes_to_a_home_of_its_own[2]"] == "PASSED"
    assert outcomes["test_examples_by_hypothesis"] == "PASSED"
