"""The program's source keeps the habits of the house."""

import ast
import functools
from pathlib import Path

import pytest

from tests.architecture.rules import PROGRAM_RULES, TEST_RULES, Rule

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def tree(path: Path) -> ast.Module:
    """A module as it is written, read once for all rules."""
    return ast.parse(path.read_bytes())


def broken(rule: Rule, top: str) -> list[str]:
    """Where the modules below a folder break a rule."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in sorted((ROOT / top).rglob("*.py"))
        for line, what in rule(path.relative_to(ROOT).as_posix(), tree(path))
    ]


@pytest.mark.parametrize("rule", PROGRAM_RULES, ids=lambda rule: rule.__name__)
def test_program_keeps_the_rule(rule: Rule) -> None:
    assert not (wrong := broken(rule, "commission_app")), "\n".join(wrong)


@pytest.mark.parametrize("rule", TEST_RULES, ids=lambda rule: rule.__name__)
def test_tests_keep_the_rule(rule: Rule) -> None:
    assert not (wrong := broken(rule, "tests")), "\n".join(wrong)


def test_migrations_import_nothing_of_the_program() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "db").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.lstrip().startswith(("import commission_app", "from commission_app"))
    ]
    assert not wrong
