"""The whole record as an open folder: its files, their names, their sums, and all of it or nothing."""

import base64
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.errors import FileExistsAlreadyError, FileMissingError
from commission_app.exchange.archive_folder import README, SUMS, archive_files, safe_name
from commission_app.exchange.whole_files import write_folder

PDF = b"%PDF-1.7 an agenda as it was posted"


def attachment(name: str, data: bytes = b"x", noun: str = "letters") -> dict[str, Any]:
    return {
        "key": name,
        "noun": noun,
        "of": "l1",
        "use": "original",
        "name": name,
        "type": "application/pdf",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": base64.b64encode(data).decode(),
    }


def document() -> dict[str, Any]:
    return {
        "format": "commission-record/1",
        "commission": {"name": "Alder Glen Commission", "city": "Alder Glen", "state": "CA"},
        "contacts": [{"key": "ana", "name": "=Ana", "phone": "+1 408 555 0100"}],
        "meetings": [{"key": "m1", "starts": "2026-05-28T18:00"}],
        "posting_copies": [{"meeting": "m1", "number": 2, "sha256": hashlib.sha256(PDF).hexdigest()}],
        "attachments": [
            attachment("../../etc/passwd"),
            attachment("CON"),
            attachment("a.pdf"),
            attachment("A.PDF", b"y"),
            attachment("agenda.pdf", PDF, "posting_copies"),
        ],
    }


def files() -> dict[str, bytes]:
    return dict(archive_files(document(), date(2026, 9, 17)))


def test_the_folder_has_the_record_its_schema_a_list_a_noun_and_every_file() -> None:
    found = files()
    assert {README, SUMS, "record.json", "record.schema.json", "lists/contacts.csv"} <= set(found)
    assert found["posting copies/2026-05-28 copy 2.pdf"] == PDF
    attached = sorted(name for name in found if name.startswith("attachments/"))
    assert attached == [
        "attachments/letters/A (2).PDF",
        "attachments/letters/_CON",
        "attachments/letters/a.pdf",
        "attachments/letters/etc passwd",
    ]
    assert "'=Ana" in found["lists/contacts.csv"].decode("utf-8-sig")
    assert b"bytes" not in found["lists/attachments.csv"].splitlines()[0]
    assert "2026-09-17" in found[README].decode()


def test_every_file_but_the_sums_is_in_the_sums() -> None:
    found = files()
    listed = dict(line.split("  ", 1)[::-1] for line in found.pop(SUMS).decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../x.pdf", "x.pdf"),
        ("CON.txt", "_CON.txt"),
        ("lpt1", "_lpt1"),
        ("\u202efdp.exe", "fdp.exe"),
        (" . ", "file"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
        ("臺南 agenda?.pdf", "臺南 agenda.pdf"),
        ("ends with dots...", "ends with dots"),
    ],
)
def test_names_are_safe_on_every_system(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_the_folder_is_whole_or_absent(tmp_path: Path) -> None:
    def failing() -> Any:
        yield "a.txt", b"a"
        yield "b/c.txt", b"c"
        raise FileMissingError("the disk went away")

    with pytest.raises(FileMissingError):
        write_folder(tmp_path / "archive", failing())
    assert list(tmp_path.iterdir()) == []
    written = write_folder(tmp_path / "archive", [("a.txt", b"a"), ("b/c.txt", b"c")])
    assert (written / "b" / "c.txt").read_bytes() == b"c"
    assert written.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsAlreadyError):
        write_folder(tmp_path / "archive", [("a.txt", b"other")])
    assert (written / "a.txt").read_bytes() == b"a"


def test_an_empty_folder_is_filled_and_a_file_or_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (write_folder(tmp_path / "empty", [("a.txt", b"a")]) / "a.txt").exists()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsAlreadyError):
        write_folder(tmp_path / "file", [("a.txt", b"a")])
    with pytest.raises(FileMissingError):
        write_folder(tmp_path / "gone" / "archive", [("a.txt", b"a")])
