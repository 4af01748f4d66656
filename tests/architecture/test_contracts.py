"""Who may import whom, by import-linter: the program keeps the contracts, and each can be broken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = ("gui", "cli", "services", "storage", "documents", "exchange", "domain")
MODULES = ("bootstrap", "clock", "paths", "errors", "__main__")

# A forbidden import, and the contract that must refuse it.
BROKEN = {
    "services/wrong.py": ("import commission_app.gui", "Screens and commands over services"),
    "documents/wrong.py": ("import commission_app.storage", "Screens and commands over services"),
    "domain/wrong.py": ("import commission_app.clock", "The rules know nothing of ours but errors"),
    "cli/wrong.py": ("def later():\n    import commission_app.storage", "never see the storage"),
    "exchange/wrong.py": ("import commission_app.bootstrap", "knows how the program is put together"),
    "storage/wrong.py": ("import PySide6.QtCore", "Qt only in the screens"),
    "gui/wrong.py": ("import reportlab.pdfgen", "reportlab only in the papers"),
    "gui/wrong_too.py": ("import sqlalchemy", "SQLAlchemy only in storage"),
    "services/wrong_too.py": ("import alembic", "Alembic only in storage"),
    "services/wrong_again.py": ("import click", "click only in the command line"),
}


def lint(folder: Path) -> str:
    """What import-linter says about the program in a folder."""
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(ROOT / "pyproject.toml"),
    ]
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """A program of empty modules with the names of ours."""
    package = tmp_path / "commission_app"
    for name in PACKAGES:
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").touch()
    (package / "__init__.py").touch()
    for name in MODULES:
        (package / f"{name}.py").touch()
    return tmp_path


def test_skeleton_keeps_every_contract(skeleton: Path) -> None:
    assert " 0 broken" in lint(skeleton)


def test_every_contract_can_be_broken(skeleton: Path) -> None:
    for module, (source, _) in BROKEN.items():
        (skeleton / "commission_app" / module).write_text(source + "\n", encoding="utf-8")
    said = lint(skeleton)
    assert " 0 kept, 9 broken" in said, said
    for module, (_, contract) in BROKEN.items():
        refused = [line for line in said.splitlines() if contract in line and "BROKEN" in line]
        assert refused, f"{module} was not refused:\n{said}"


def test_services_may_make_papers_in_a_function(skeleton: Path) -> None:
    source = "def copy():\n    import commission_app.documents\n"
    (skeleton / "commission_app/services/postings.py").write_text(source, encoding="utf-8")
    assert " 0 broken" in lint(skeleton)
