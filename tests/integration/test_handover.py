"""The hand-over: whole or absent, checked on the new laptop, closed on the old one by the code alone."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from commission_app.domain.handover import Manifest
from commission_app.errors import (
    ConflictError,
    DamagedError,
    FileExistsAlreadyError,
    FileMissingError,
    NotOursError,
    NotReceivedError,
    ReadOnlyError,
    ValidationError,
)
from commission_app.services import handover
from tests.integration.command_line import run
from tests.integration.three_laptops import Laptops, add_person, pay


@pytest.fixture
def manifest(three: Laptops) -> Manifest:
    return three.keeper.handover.write(three.folder / "over", to="Ben Li")


def test_a_hand_over_holds_the_file_its_manifest_and_the_paper(three: Laptops, manifest: Manifest) -> None:
    folder = three.folder / "over"
    names = {path.name for path in folder.iterdir()}
    assert names == {"glen.commission", "Manifest.txt", "State of the commission.pdf"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert manifest.figures["pledges"] == 3
    assert manifest.figures["cents pledged"] == 24_000
    assert manifest.figures["cents received"] == 0
    text = "".join(page.extract_text() for page in PdfReader(folder / handover.PAPER).pages)
    for words in (
        "State of the commission",
        "Next meetings",
        "Where they are",
        "How to start",
        "Youth exchange",
    ):
        assert words in text
    assert "Sofia Berg" not in text  # donors are named nowhere


def test_the_new_keeper_s_file_is_the_record_and_is_written_in(three: Laptops, manifest: Manifest) -> None:
    done = handover.receive(three.folder / "over", three.path("new"))
    assert done == manifest
    new = three.open("new", "Ben Li")
    assert new.record.text() == three.keeper.record.text()
    assert all(check.is_good for check in new.verification.run())
    assert new.copies.mark() is None
    assert new.handover.pending() is None
    add_person(new, "The first of the new year")


def test_parcels_of_copies_given_before_go_to_the_new_keeper(three: Laptops) -> None:
    copy = three.give("treasurer", "Cy Young")
    pay(copy, "p-berg", 1_000)
    three.keeper.handover.write(three.folder / "over", to="Ben Li")
    handover.receive(three.folder / "over", three.path("new"))
    new = three.open("new", "Ben Li")
    done = new.parcels.load(new.parcels.read(three.parcel("treasurer")))
    assert (done.is_empty, done.cautions) == (False, ())
    assert [copy.to for copy in new.copies.given()] == ["Cy Young"]


def test_only_the_code_closes_the_old_file(three: Laptops, manifest: Manifest) -> None:
    keeper = three.keeper
    for code in ("", "12345678", "ACDEFGHJ"):
        with pytest.raises(ValidationError):
            keeper.handover.confirm(code)
    assert keeper.may_write
    done = keeper.handover.confirm(f" {manifest.code.lower()} ")
    assert done.to == "Ben Li"
    assert not keeper.may_write
    with pytest.raises(ReadOnlyError, match="handed over to Ben Li on September 17, 2026"):
        add_person(keeper, "Too late")
    three.sessions.clear()
    with pytest.raises(ReadOnlyError, match="handed over"):
        three.program.open_writing(three.path("glen"), who="Ana Ruiz")
    reading = three.program.open_reading(three.path("glen"))
    assert reading.copies.handed_over() == ("Ben Li", three.clock.now)
    assert reading.contacts.all()


def test_a_change_after_writing_asks_for_a_new_hand_over(three: Laptops, manifest: Manifest) -> None:
    add_person(three.keeper, "Too late for the folder")
    with pytest.raises(ConflictError, match="1 change was made here"):
        three.keeper.handover.confirm(manifest.code)
    again = three.keeper.handover.write(three.folder / "again", to="Ben Li")
    with pytest.raises(ValidationError):
        three.keeper.handover.confirm(manifest.code)
    three.keeper.handover.confirm(again.code)


def test_a_hand_over_can_be_called_off(three: Laptops, manifest: Manifest) -> None:
    three.keeper.handover.call_off()
    assert three.keeper.handover.pending() is None
    with pytest.raises(ConflictError, match="No hand-over"):
        three.keeper.handover.confirm(manifest.code)
    with pytest.raises(ConflictError, match="No hand-over"):
        three.keeper.handover.call_off()
    add_person(three.keeper, "Still the keeper")


def test_the_old_file_is_put_away_as_a_backup_only_once_it_was_handed_over(
    three: Laptops, manifest: Manifest
) -> None:
    keeper = three.keeper
    with pytest.raises(ConflictError, match="Only a file that was handed over"):
        keeper.handover.put_away()
    keeper.handover.confirm(manifest.code)
    text = keeper.record.text()
    kept = keeper.handover.put_away()
    three.sessions.clear()
    assert not three.path("glen").exists()
    assert kept.name.endswith(".handed-over.commission-backup")
    assert three.program.open_reading(kept).record.text() == text


def test_nothing_is_overwritten(three: Laptops, manifest: Manifest) -> None:
    before = {path: path.read_bytes() for path in (three.folder / "over").iterdir()}
    with pytest.raises(FileExistsAlreadyError):
        three.keeper.handover.write(three.folder / "over", to="Cy Young")
    with pytest.raises(FileExistsAlreadyError):
        handover.receive(three.folder / "over", three.path("glen"))
    with pytest.raises(FileMissingError):
        three.keeper.handover.write(three.folder / "no" / "where", to="Cy Young")
    assert before == {path: path.read_bytes() for path in (three.folder / "over").iterdir()}
    assert not list(three.folder.glob(".handing*"))


def test_a_reading_copy_hands_nothing_over(three: Laptops) -> None:
    copy = three.give("treasurer", "Cy Young")
    with pytest.raises(ConflictError, match="hands it over"):
        copy.handover.write(three.folder / "over", to="Ben Li")
    assert not (three.folder / "over").exists()


def test_a_hand_over_that_is_not_whole_gives_no_code(three: Laptops, manifest: Manifest) -> None:
    folder = three.folder / "over"
    file = folder / "glen.commission"
    whole = file.read_bytes()
    file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(DamagedError, match="not the file that was handed over"):
        handover.receive(folder, three.path("new"))
    file.unlink()
    with pytest.raises(FileMissingError):
        handover.check(folder)
    file.write_bytes(whole)
    text = (folder / "Manifest.txt").read_text()
    (folder / "Manifest.txt").write_text(text.replace("counted pledges: 3", "counted pledges: 4"))
    with pytest.raises(DamagedError, match="does not hold what its manifest says"):
        handover.check(folder)
    (folder / "Manifest.txt").unlink()
    with pytest.raises(NotOursError):
        handover.check(folder)
    assert not three.path("new").exists()


# ---- The command line -----------------------------------------------------------------------------


def test_three_laptops_on_the_command_line(keepers: Path, tmp_path: Path) -> None:
    glen, copy, parcel = tmp_path / "glen.commission", tmp_path / "t.commission", tmp_path / "p.json"
    glen.write_bytes(keepers.read_bytes())
    secret, names = tmp_path / "secret", tmp_path / "names.csv"
    secret.write_text("correct horse battery\n")
    names.write_text("name\nNew Donor\n")
    assert run("copy", glen, copy, "--to", "Ben Li", "--as", "Ana Ruiz").output.splitlines()[-1] == str(copy)
    assert run("copy", glen, copy, "--to", "Ben Li").exit_code == 1
    assert run("copy", glen, tmp_path / "x.commission").exit_code == 2
    assert run("parcel", copy, parcel).exit_code == 1
    assert run("import", copy, "contacts", names).exit_code == 0
    assert run("parcel", copy, parcel).output.splitlines()[-1] == str(parcel)
    before = glen.read_bytes()
    preview = json.loads(run("load", glen, parcel, "--dry-run", "--json").output)
    assert preview["added"] == {"contacts": 1}
    assert preview["parcel"]["made_by"] == "Ben Li"
    assert glen.read_bytes() == before
    assert "Done: loaded the parcel of Ben Li: 1 contact." in run("load", glen, parcel).output
    assert "has all of this already" in run("load", glen, parcel).output
    assert run("load", glen, glen).exit_code == 1
    locked = tmp_path / "l.commission.sealed"
    assert run("copy", glen, locked, "--to", "Cy", "--passphrase-file", secret).exit_code == 0
    opened = tmp_path / "l.commission"
    assert run("open-copy", locked, opened, "--passphrase-file", names).exit_code == 1
    assert run("open-copy", locked, opened, "--passphrase-file", secret).exit_code == 0
    assert run("import", opened, "memberships", names).exit_code == 1


def test_a_hand_over_on_the_command_line(keepers: Path, tmp_path: Path) -> None:
    glen, new, folder = tmp_path / "glen.commission", tmp_path / "new.commission", tmp_path / "over"
    glen.write_bytes(keepers.read_bytes())
    assert run("handover", glen).exit_code == 2
    assert run("handover", glen, folder).exit_code == 2
    assert run("handover", glen, "--code", "ACDEFGHJ").exit_code == 1
    assert run("handover", glen, folder, "--to", "Ben Li").output.splitlines()[-1] == str(folder)
    assert run("handover", glen, "--call-off").exit_code == 0
    again = tmp_path / "again"
    assert run("handover", glen, again, "--to", "Ben Li").exit_code == 0
    code = json.loads(run("handover", new, again, "--receive", "--json").output)["code"]
    assert run("handover", glen, "--code", "ACDEFGHJ").exit_code == 1
    assert run("handover", glen, "--code", code, "--remove").exit_code == 0
    assert not glen.exists()
    assert run("verify", new).exit_code == 0


def test_the_file_of_a_hand_over_is_written_in_only_once_it_was_received(
    three: Laptops, manifest: Manifest
) -> None:
    on_its_way = three.folder / "over" / manifest.file
    before = on_its_way.read_bytes()
    with pytest.raises(NotReceivedError, match="from Ana Ruiz to Ben Li, written on September 17, 2026"):
        three.program.open_writing(on_its_way, who="Ben Li")
    assert three.program.open_reading(on_its_way).contacts.all()
    taken_elsewhere = three.path("taken")
    taken_elsewhere.write_bytes(before)
    with pytest.raises(NotReceivedError):
        three.program.open_writing(taken_elsewhere, who="Ben Li")
    assert on_its_way.read_bytes() == before
    handover.receive(three.folder / "over", three.path("new"))
    add_person(three.open("new", "Ben Li"), "The first of the new year")


def test_a_hand_over_is_received_once_and_then_says_where_its_file_is(
    three: Laptops, manifest: Manifest
) -> None:
    handover.receive(three.folder / "over", three.path("new"))
    with pytest.raises(FileExistsAlreadyError, match="received on this computer already") as told:
        handover.receive(three.folder / "over", three.path("second"))
    assert str(three.path("new")) in str(told.value)
    assert manifest.code in told.value.advice
    assert not three.path("second").exists()
    three.path("new").unlink()  # it was lost: the folder is still good
    handover.receive(three.folder / "over", three.path("second"))
