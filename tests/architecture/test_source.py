"""The program's source keeps the habits of the house."""

import ast
from pathlib import Path

import pytest

from tests.architecture.rules import RULES, Rule

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "commission_app").rglob("*.py"))


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Every module of the program, read once."""
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes()) for path in MODULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_source_keeps_the_rule(rule: Rule, trees: dict[str, ast.Module]) -> None:
    wrong = [f"{path}:{line}: {what}" for path, tree in trees.items() for line, what in rule(path, tree)]
    assert not wrong, "\n".join(wrong)


def test_migrations_import_nothing_of_the_program() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "db").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.lstrip().startswith(("import commission_app", "from commission_app"))
    ]
    assert not wrong
