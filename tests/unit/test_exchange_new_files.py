"""Files that are made new: whole, private, and never in the place of another one."""

from pathlib import Path

import pytest

from commission_app.errors import FileExistsAlreadyError, FileMissingError
from commission_app.exchange.whole_files import put_new, require_new, write_new


def test_a_new_file_is_its_owner_s_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = write_new(tmp_path / "parcel.json", b"{}")
    assert path.read_bytes() == b"{}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_a_link_to_nowhere_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_text("mine")
    link.symlink_to(tmp_path / "nowhere")
    for path in (there, link):
        with pytest.raises(FileExistsAlreadyError):
            write_new(path, b"other")
    with pytest.raises(FileMissingError):
        require_new(tmp_path / "no" / "where")
    assert there.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == [link, there]


def test_a_stick_that_knows_no_second_names_gets_its_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = write_new(tmp_path / "copy", b"whole")
    assert path.read_bytes() == b"whole"
    partial = tmp_path / "partial"
    partial.write_bytes(b"late")
    with pytest.raises(FileExistsAlreadyError):
        put_new(partial, path)
    assert path.read_bytes() == b"whole"


def test_who_was_there_first_keeps_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, partial = tmp_path / "copy", tmp_path / "partial"
    partial.write_bytes(b"late")
    real = Path.hardlink_to

    def another_is_faster(self: Path, target: Path) -> None:
        self.write_bytes(b"first")
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", another_is_faster)
    with pytest.raises(FileExistsAlreadyError):
        put_new(partial, path)
    assert path.read_bytes() == b"first"
