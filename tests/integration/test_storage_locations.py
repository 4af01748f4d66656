"""Where a file lives is seen on the disk itself, and moving one to this computer loses nothing."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest

from commission_app import paths
from commission_app.bootstrap import CommissionProgram
from commission_app.domain.whereabouts import Whereabouts
from commission_app.errors import DamagedError, DiskFullError, FileExistsAlreadyError, InUseError
from commission_app.storage import backup, locations
from tests.factories import make_session

AT = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A commission's file in a folder of its own."""
    folder = tmp_path / "shared"
    folder.mkdir()
    session = make_session(folder)
    session.close()
    return session.path


@pytest.mark.parametrize(
    ("mark", "client"),
    [
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_5b2f9a.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".tmp.driveupload", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_a_sync_client_is_known_by_what_it_leaves(file: Path, mark: str, client: str) -> None:
    assert locations.risk_of(file, {}) is None
    (file.parent / mark).touch()
    found = locations.risk_of(file, {})
    assert found is not None
    assert (found.kind, found.name, found.root) == (Whereabouts.SYNCED, client, file.parent)


def test_the_settings_of_dropbox_in_the_home_folder_are_no_mark(file: Path) -> None:
    (file.parent / ".dropbox").mkdir()
    assert locations.risk_of(file, {}) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_folder_s_icon_on_windows_names_its_client(file: Path, encoding: str) -> None:
    ini = file.parent / "desktop.ini"
    ini.write_bytes("[.ShellClassInfo]\r\nIconResource=C:\\Google\\GoogleDriveFS.exe,-3".encode(encoding))
    found = locations.risk_of(file, {})
    assert found is not None
    assert found.name == "Google Drive"
    ini.write_text("[.ShellClassInfo]\r\nIconResource=folder.dll,-3", encoding=encoding)
    assert locations.risk_of(file, {}) is None


def test_a_link_into_a_synced_folder_is_seen_through(file: Path, tmp_path: Path) -> None:
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    inside = Path(shutil.copy(file, synced))
    link = tmp_path / "mine.commission"
    link.symlink_to(inside)
    found = locations.risk_of(link, {})
    assert found is not None
    assert found.name == "Dropbox"


def test_a_new_file_goes_into_sight_unless_documents_is_synced_or_missing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locations.folder_for_records() == paths.user_records()  # there is no Documents
    documents = home / "Documents"
    documents.mkdir()
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(documents))
    assert locations.folder_for_records() == documents / "Commission App"
    assert not (documents / "Commission App").exists()
    mark = documents / ".stfolder"
    mark.mkdir()
    assert locations.folder_for_records() == paths.user_records()
    mark.rmdir()
    watched = home / "OneDrive - City of Alder Glen" / "Documents"
    watched.mkdir(parents=True)
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(watched))
    assert locations.folder_for_records() == paths.user_records()
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(documents))
    (home / "Library/Mobile Documents/com~apple~CloudDocs/Documents").mkdir(parents=True)
    assert locations.folder_for_records() == paths.user_records()


def test_moving_copies_compares_and_keeps_the_old_file_under_another_name(file: Path) -> None:
    before = file.read_bytes()
    moved = CommissionProgram().move_here(file, who="Ana Ruiz")
    assert moved.path == paths.user_records() / file.name
    backup.verify(moved.path)
    assert moved.path.read_bytes()[100:] == before[100:]
    assert moved.path.stat().st_mode & 0o777 == 0o600
    assert not file.exists()
    assert moved.kept_as is not None
    assert moved.kept_as.read_bytes() == before
    assert moved.kept_as.name.endswith(".commission-old")
    assert [path.name for path in file.parent.iterdir()] == [moved.kept_as.name]


def test_moving_never_takes_another_file_s_place(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    other = tmp_path / "here" / file.name
    other.parent.mkdir()
    other.write_bytes(b"somebody else's")
    with pytest.raises(FileExistsAlreadyError):
        locations.move(file, other.parent, "Ana Ruiz", AT)
    assert other.read_bytes() == b"somebody else's"
    assert file.read_bytes() == before


def test_a_file_that_is_open_or_damaged_is_not_moved(file: Path, tmp_path: Path) -> None:
    session = CommissionProgram().open_writing(file, who="Harold Lindqvist")
    with pytest.raises(InUseError, match="Harold Lindqvist"):
        locations.move(file, tmp_path / "here", "Ana Ruiz", AT)
    session.close()
    file.write_bytes(file.read_bytes()[:-8192])
    with pytest.raises(DamagedError):
        locations.move(file, tmp_path / "here", "Ana Ruiz", AT)
    assert file.exists()
    assert not list((tmp_path / "here").glob("*"))


@pytest.mark.parametrize("below", ["", "records/2026"])
def test_a_file_where_the_folder_would_be_is_told_and_stays(file: Path, tmp_path: Path, below: str) -> None:
    before = file.read_bytes()
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(FileExistsAlreadyError, match="a file where the folder"):
        locations.move(file, taken / below, "Ana Ruiz", AT)
    assert taken.read_text() == "a file"
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_WRITE"])
def test_a_full_disk_is_said_and_leaves_no_folder(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fill(source: Path, target: Path) -> None:
        target.write_bytes(b"x" * 100)
        error = sqlite3.OperationalError("as the disk is full")
        error.sqlite_errorname = name
        raise error

    monkeypatch.setattr(backup, "copy", fill)
    folder = tmp_path / "new" / "records"
    with pytest.raises(DiskFullError, match=f"The disk of {folder} takes no more") as told:
        locations.move(file, folder, "Ana Ruiz", AT)
    assert told.value.advice.startswith("Nothing was changed.")
    assert not folder.parent.exists()
    assert file.exists()


def test_where_the_old_file_may_not_be_renamed_it_stays(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    moved = locations.move(file, tmp_path / "here", "Ana Ruiz", AT)
    assert moved.kept_as is None
    assert file.exists()
    backup.verify(moved.path)


@pytest.mark.parametrize("command", ["check", "verify"])
def test_the_command_line_mentions_a_risky_place_to_people_alone(
    file: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from commission_app.cli.main import run

    for mark in ("nothing", ".dropbox"):
        (file.parent / mark).touch()
        with pytest.raises(SystemExit):
            run(CommissionProgram(), [command, str(file)])
        told = capfd.readouterr().err
        assert ("Dropbox" in told) is (mark == ".dropbox")
    with pytest.raises(SystemExit):
        run(CommissionProgram(), [command, str(file), "--json"])
    assert capfd.readouterr().err == ""
