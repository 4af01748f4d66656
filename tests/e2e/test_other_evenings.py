"""Other evenings: by keyboard alone, a file that is open elsewhere, undo, and a backup restored."""

import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog

from commission_app.gui import printing
from tests.e2e.conftest import Start
from tests.e2e.person import paper_text

_HOLDER = """
import sys
from pathlib import Path
from commission_app.bootstrap import CommissionProgram
session = CommissionProgram().open_writing(Path(sys.argv[1]), who="Harold Lindqvist")
print("open", flush=True)
sys.stdin.read()
session.close()
"""


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Who prints, chooses to print into this file in the system's dialog."""
    path = tmp_path / "printed.pdf"

    def agree(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(path))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", agree)
    return path


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Who saves, chooses this file in the system's dialog."""
    path = tmp_path / "saved.pdf"

    def choose(*_: object) -> tuple[str, str]:
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return path


@pytest.fixture
def holder(sample: Path) -> Generator[None]:
    """Somebody else has the sample open in another start of the program."""
    command = [sys.executable, "-c", _HOLDER, str(sample)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.communicate()


def test_by_keyboard_alone_from_home_to_a_printed_agenda(
    start: Start, sample: Path, printer: Path, saved: Path
) -> None:
    person = start(sample)
    person.sees("hours left to post the agenda")

    # The meeting, found by its day
    person.keys("Ctrl+K")
    person.type("september 24")
    person.sees("Regular meeting, Thursday, September 24")
    person.keys("Return")
    person.sees("Post by Mon, Sep 21, 6 PM")

    # An item more, moved up by one
    person.keys("Ctrl+N")
    person.type("Flag of Tainan for the library\n")
    person.is_told("Flag of Tainan for the library")
    person.reads_paper("Oulu, Finland", "Flag of Tainan for the library", in_order=True)
    person.keys("Alt+Up")
    person.reads_paper("Flag of Tainan for the library", "Oulu, Finland", in_order=True)

    # Onto paper, and into a file
    person.keys("Ctrl+P")
    person.is_told(f"Saved {printer.name} in {printer.parent}.")
    assert printing.open_pdf(printer.read_bytes()).pageCount() == 2
    person.tab_to("Save as PDF")
    person.keys("Space")
    person.is_told(f"Saved saved.pdf in {saved.parent}.")
    text = paper_text(saved.read_bytes())
    assert "Flag of Tainan for the library" in text
    assert "DRAFT" in text


def test_a_file_that_is_open_elsewhere_is_for_reading_only(start: Start, sample: Path, holder: None) -> None:
    before = sample.read_bytes()
    person = start(sample, answer="Open for reading", reading=("Harold Lindqvist", "Nothing was changed."))
    person.sees("Reading only", "hours left to post the agenda")
    person.press("Open agenda")
    person.sees("Thursday, September 24")
    person.reads_paper("Oulu, Finland", "DRAFT")
    assert not person.may_press("Post agenda…")
    assert not person.may_press("New meeting")
    person.press("Members")
    assert not person.may_press("Appoint a member")
    assert not person.may_press("Appoint to Seat 7")
    assert sample.read_bytes() == before


def test_what_was_done_is_taken_back(start: Start, sample: Path) -> None:
    person = start(sample)
    person.press("Open agenda")
    person.reads_paper("Chair", "Oulu, Finland")
    person.press("Add Inquiry from Huế, Vietnam: discussion")
    person.is_told("Inquiry from Huế, Vietnam: discussion")
    person.reads_paper("Inquiry from Huế, Vietnam: discussion")

    # From the message bar
    person.press("Undo")
    person.is_told("Undone: ")
    person.sees("Add Inquiry from Huế, Vietnam: discussion")
    person.press("Redo")
    person.reads_paper("Inquiry from Huế, Vietnam: discussion")

    # By keyboard, from another page
    person.keys("Ctrl+3")
    person.sees("Community organizations")
    person.keys("Ctrl+Z")
    person.is_told("Undone: ")
    person.keys("Ctrl+1")
    person.sees("Recent changes")
    person.keys("Ctrl+2")
    person.sees("Add Inquiry from Huế, Vietnam: discussion")


def test_a_backup_is_restored(start: Start, sample: Path) -> None:
    person = start(sample)
    person.press("Settings")
    person.press("Backups")
    person.press("Back up now")
    person.is_told("Backup made and verified")

    person.press("Commission")
    person.enter("City", "Elder Glen")
    person.is_told("Changed")
    person.press("Backups")
    with person.answering("Restore", "Restore the backup of", "The present file is kept beside it"):
        person.press("Restore...")
    person.is_told("is in place. What was there is kept as")
    person.press("Settings")
    person.sees("Alder Glen")
    person.sees_no("Elder Glen")
    kept = [path for path in sample.parent.iterdir() if "before restore" in path.name]
    assert len(kept) == 1
