"""The open folder from the command line: whole, with its sums, and a record that can be read back."""

import hashlib
from pathlib import Path

import pytest

from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration import command_line
from tests.integration.money_files import record

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    session: Session = make_session(tmp_path)
    session.record.load(record())
    session.commission.set_logo("logo.svg", LOGO)
    session.close()
    return session.path


def run(*arguments: str) -> tuple[int, str]:
    result = command_line.run(*arguments)
    return result.exit_code, result.output


def test_the_record_is_written_as_an_open_folder_and_loads_again(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    before = file.read_bytes()
    assert run("export", str(file), "-o", f"{folder}/") == (0, f"{folder}\n")
    assert file.read_bytes() == before
    listed = (folder / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    names = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}
    assert {line.split("  ", 1)[1] for line in listed} == names - {"SHA256SUMS.txt"}
    for line in listed:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert (folder / "attachments" / "commission" / "logo.svg").exists()
    code, output = run("load", str(file), str(folder / "record.json"))
    assert (code, "has all of this already" in output) == (0, True)


def test_a_folder_that_holds_something_is_refused(file: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "mine.txt").write_text("mine", encoding="utf-8")
    code, output = run("export", str(file), "-o", f"{tmp_path / 'archive'}/")
    assert code == 1
    assert "already something" in output
    assert [path.name for path in (tmp_path / "archive").iterdir()] == ["mine.txt"]


def test_the_public_folder_leaves_private_data_out(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    assert run("export", str(file), "--public", "-o", f"{folder}/")[0] == 0
    assert "Without private data" in (folder / "README.txt").read_text("utf-8")
    assert "email" in (folder / "lists" / "contacts.csv").read_text("utf-8-sig").splitlines()[0]
    assert "@" not in (folder / "lists" / "contacts.csv").read_text("utf-8-sig")
