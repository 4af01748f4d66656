"""What is really loaded: the window starts quickly, the commands need no Qt."""

import subprocess
import sys

import pytest

SLOW = {
    "sqlalchemy",
    "alembic",
    "reportlab",
    "uharfbuzz",
    "holidays",
    "babel",
    "pypdf",
    "rapidfuzz",
    "email_validator",
    "docx",
    "lxml",
    "icalendar",
}


def loaded_with(module: str) -> set[str]:
    """The top-level packages that importing a module brings along."""
    asked = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("commission_app.__main__", {*SLOW, "PySide6", "click"}),
        ("commission_app.gui.main_window", {*SLOW, "click"}),
        ("commission_app.cli", {*SLOW, "PySide6"}),
        ("commission_app.services.session", {"PySide6", "reportlab", "alembic"}),
        ("commission_app.documents.agenda", {"PySide6", "sqlalchemy"}),
        ("commission_app.domain.findings", {"PySide6", "sqlalchemy", "reportlab"}),
    ],
)
def test_module_loads_nothing_it_does_not_need(module: str, unwanted: set[str]) -> None:
    assert loaded_with(module) & unwanted == set()


def test_what_is_loaded_is_seen() -> None:
    assert "reportlab" in loaded_with("commission_app.documents.agenda")
