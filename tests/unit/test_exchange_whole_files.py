"""Papers and lists are written whole, and never over a record."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commission_app.errors import FileExistsAlreadyError
from commission_app.exchange.whole_files import write_whole


def test_a_paper_replaces_an_older_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "agenda.pdf"
    target.write_bytes(b"old")
    assert write_whole(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["agenda.pdf"]


def test_a_commissions_file_is_never_written_over_whatever_its_name(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
        connection.commit()
    before = record.read_bytes()
    with pytest.raises(FileExistsAlreadyError, match="is a commission's file"):
        write_whole(record, b"{}")
    assert record.read_bytes() == before
