"""Asking for files: a question begins where it was answered the last time, each kind by itself."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from commission_app.gui.file_choices import (
    ask_for_new_file,
    ask_where_to_save,
    ask_which_file,
    ask_which_files,
    ask_which_folder,
)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where each dialog began; each is answered with a file in a folder of its own."""
    found: list[str] = []

    def one(parent: QWidget, title: str, begin: str, kinds: str, **_: object) -> tuple[str, str]:
        found.append(begin)
        folder = tmp_path / title
        folder.mkdir(exist_ok=True)
        return str(folder / "a file.pdf"), kinds

    def several(parent: QWidget, title: str, begin: str, kinds: str) -> tuple[list[str], str]:
        path, kind = one(parent, title, begin, kinds)
        return [path], kind

    def folder(parent: QWidget, title: str, begin: str) -> str:
        return str(Path(one(parent, title, begin, "")[0]).parent)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    return found


def test_a_question_begins_where_it_was_answered(
    qapp: QApplication, begun: list[str], tmp_path: Path
) -> None:
    parent = QWidget()
    assert ask_where_to_save(parent, "saved", "Agenda.pdf", "PDF") == (tmp_path / "saved/a file.pdf", "PDF")
    ask_where_to_save(parent, "saved", "Minutes.pdf", "PDF")
    assert begun[-1] == str(tmp_path / "saved/Minutes.pdf")
    ask_which_file(parent, "read", "")
    ask_which_files(parent, "read", "")
    assert begun[-1] == str(tmp_path / "read")
    ask_which_folder(parent, "copies")
    ask_for_new_file(parent, "copies", "Copy.commission", "*.commission")
    assert begun[-1] == str(tmp_path / "copies/Copy.commission")
    ask_where_to_save(parent, "saved", "Roster.pdf", "PDF")
    assert begun[-1] == str(tmp_path / "saved/Roster.pdf")
    parent.deleteLater()


def test_a_folder_that_is_gone_is_not_begun_with(
    qapp: QApplication, begun: list[str], tmp_path: Path
) -> None:
    parent = QWidget()
    ask_where_to_save(parent, "saved", "Agenda.pdf", "PDF")
    (tmp_path / "saved").rmdir()
    ask_where_to_save(parent, "saved", "Agenda.pdf", "PDF")
    assert not begun[-1].startswith(str(tmp_path / "saved"))
    parent.deleteLater()
