"""Backups of an open file: when they are made, which stay, the second place, what is said without them."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commission_app.bootstrap import CommissionProgram
from commission_app.cli.calls import Call
from commission_app.cli.main import commission_app
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.findings import Level
from commission_app.errors import NotFoundError, StorageError
from commission_app.services.backups import newest_good
from commission_app.services.session import Session
from commission_app.storage import backup, marks, thinning
from commission_app.storage.backup import Backup
from commission_app.storage.shelf import Shelf
from commission_app.storage.writer import Writer
from tests.factories import make_session

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


class Clock:
    """A clock that a test sets; it goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("commission_app.clock.now", clock)
    return clock


@pytest.fixture
def program(clock: Clock) -> CommissionProgram:
    return CommissionProgram(now=clock)


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A new file, closed."""
    make_session(tmp_path).close()
    return tmp_path / "glen.commission"


@pytest.fixture
def session(path: Path, program: CommissionProgram) -> Iterator[Session]:
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        yield session


def change(session: Session, name: str = "Ines Aalto") -> None:
    session.contacts.add(ContactDraft(name=name))


def warnings(session: Session) -> list[str]:
    return [finding.text for finding in session.attention.findings() if finding.rule == "backup"]


# Which stay


def _at(**ago: float) -> Backup:
    at = NOW - timedelta(**ago)
    return Backup(path=Path(at.isoformat()), made_at=at, reason="start", size=10)


@pytest.mark.parametrize(
    ("hours", "kept"),
    [
        ([0, 1, 2, 47, 48], 5),  # two days: all
        ([49, 50, 51], 1),  # older ones: the last of a day
        ([24 * day for day in range(3, 15)], 12),  # twelve days
        ([24 * day for day in range(3, 22)], 12 + 1),  # then the last of a week
        ([24 * 7 * week + 72 for week in range(10)], 10),  # ten weeks
        ([24 * 30 * month + 72 for month in range(9)], 9),  # nine months
        ([24 * 365 * year + 72 for year in range(9)], 9),  # the last of each year, for ever
    ],
)
def test_thinning_table(hours: list[int], kept: int) -> None:
    backups = [_at(hours=hour) for hour in hours]
    assert len(thinning.kept_of(backups, NOW)) == kept


def test_a_damaged_backup_takes_no_others_place() -> None:
    damaged = Backup(
        path=Path("x"), made_at=NOW - timedelta(hours=72), reason="start", size=1, is_damaged=True
    )
    good = _at(hours=73)
    assert thinning.kept_of([damaged, good], NOW) == [good]
    assert thinning.kept_of([damaged], NOW) == [damaged]  # it is all there is


@pytest.mark.parametrize(("most", "kept"), [(100, 4), (30, 3), (29, 2), (10, 1), (0, 1)])
def test_backups_take_no_more_than_their_space_but_one_good_stays(most: int, kept: int) -> None:
    backups = [_at(hours=hour) for hour in range(4)]
    assert thinning.fitting(backups, most) == backups[:kept]


def test_the_newest_good_one_stays_whatever_it_takes() -> None:
    newest = Backup(path=Path("x"), made_at=NOW, reason="start", size=10, is_damaged=True)
    good = _at(hours=1)
    assert thinning.fitting([newest, good, _at(hours=2)], 5) == [good]


def test_a_tenth_of_the_disk_is_the_most(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert thinning.space_for(tmp_path, [], 10) == 10
    assert thinning.space_for(tmp_path, [], free * 2) < free // 5


def test_the_rule_books_space_is_kept_to(session: Session, clock: Clock) -> None:
    session.commission.set_rule("backups.max_bytes", 10_000_000, from_on=None, source=None, note=None)
    for number in range(4):
        change(session, f"Person {number}")
        session.backups.make_if_changed()
        clock.at += timedelta(days=1)
    assert len(session.backups.list()) == 4
    assert sum(found.size for found in session.backups.list()) < 10_000_000


def test_only_our_own_names_are_removed(session: Session, clock: Clock) -> None:
    made = session.backups.make()
    mine = made.path.with_name("letter.pdf")
    mine.write_text("x")
    clock.at += timedelta(days=4000)
    change(session)
    session.backups.make_if_changed()
    assert mine.exists()


def test_nothing_is_removed_in_the_week_after_a_restore(
    path: Path, program: CommissionProgram, clock: Clock
) -> None:
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        made = [session.backups.make() for _ in range(3)]
    clock.at += timedelta(days=3)
    program.restore(made[0].path, path)
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        change(session)
        session.backups.make_if_changed()
        assert len(session.backups.list()) == 4
        clock.at += timedelta(days=8)
        change(session, "Another")
        session.backups.make_if_changed()
        assert len(session.backups.list()) < 4


# When they are made


def test_a_backup_is_made_when_something_changed_since_the_last_good_one(session: Session) -> None:
    assert session.backups.make_if_changed() is not None
    assert session.backups.make_if_changed() is None
    change(session)
    assert session.backups.make_if_changed() is not None
    assert session.backups.make_if_changed() is None


def test_a_backup_that_was_damaged_since_is_made_anew_and_marked(session: Session) -> None:
    made = session.backups.make_if_changed()
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert session.backups.make_if_changed() is not None
    assert [found.is_damaged for found in session.backups.list()] == [False, True]
    [good, bad] = session.backups.listed()
    assert good.summary is not None
    assert bad.summary is None


def test_a_backup_that_cannot_be_verified_never_gets_its_name(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:8192])

    monkeypatch.setattr(backup, "copy", spoil)
    with pytest.raises(StorageError):
        session.backups.make()
    assert session.backups.list() == []
    assert not list(session.backups.folder.glob("*.part"))


def test_a_backup_holds_and_tells_what_is_in_the_file(session: Session) -> None:
    change(session)
    session.backups.make()
    [listed] = session.backups.listed()
    held = listed.summary
    assert held is not None
    assert held.name == "Alder Glen Sister Cities Commission"
    assert (held.changed_by, held.changed_what) == ("Ana Ruiz", "added Ines Aalto to the contacts")
    assert (held.contacts, held.meetings, held.payments, held.received_cents) == (1, 0, 0, 0)


def test_a_list_is_imported_after_a_backup(path: Path, tmp_path: Path, program: CommissionProgram) -> None:
    source = tmp_path / "people.csv"
    source.write_text("Name\nInes Aalto\n", encoding="utf-8")
    assert run(program, "import", str(path), "contacts", str(source)).exit_code == 0
    with closing(program.open_reading(path)) as session:
        [made] = session.backups.list()
        assert made.reason == "import"


# Seven days without


def test_seven_days_without_a_good_backup_are_a_finding(session: Session, clock: Clock) -> None:
    assert warnings(session) == []
    clock.at += timedelta(days=7, hours=1)
    assert warnings(session) == ["no backup yet"]
    made = session.backups.make()
    assert warnings(session) == []
    clock.at += timedelta(days=8)
    assert warnings(session) == ["8 days without a good backup"]
    [finding] = [finding for finding in session.attention.findings() if finding.rule == "backup"]
    assert finding.level is Level.WARNING
    assert finding.values["last_good_at"] == made.made_at.isoformat()
    session.backups.make_if_changed()  # at start, though nothing was changed
    assert warnings(session) == []


def test_a_damaged_backup_is_none_for_the_finding(session: Session, clock: Clock) -> None:
    made = session.backups.make()
    made.path.write_bytes(b"x")
    session.backups.listed()
    clock.at += timedelta(days=8)
    assert warnings(session) == ["no backup yet"]


# The second place


def test_the_second_place_may_be_missing_and_come_back(session: Session, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert session.backups.second_place() is None
    session.backups.choose_second_place(stick)
    place = session.backups.second_place()
    assert place is not None
    assert place.is_there
    assert place.newest is not None
    away = stick.rename(tmp_path / "away")
    change(session)
    assert session.backups.make_if_changed() is not None
    place = session.backups.second_place()
    assert place is not None
    assert (place.is_there, place.newest) == (False, None)
    assert not stick.exists()  # nothing is made where the stick would be
    away.rename(stick)
    change(session, "Another")
    made = session.backups.make_if_changed()
    place = session.backups.second_place()
    assert place is not None
    assert place.newest is not None
    assert made is not None
    assert place.newest.made_at == made.made_at


def test_a_second_place_that_cannot_be_written_is_refused(session: Session, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(StorageError):
        session.backups.choose_second_place(taken)
    assert session.backups.second_place() is None


# A damaged file


def test_the_newest_good_backup_of_a_damaged_file_is_found(
    path: Path, program: CommissionProgram, tmp_path: Path
) -> None:
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        first = session.backups.make()
        change(session)
        session.backups.choose_second_place(tmp_path)
        newest = session.backups.make()
        folder = session.backups.folder
    path.write_bytes(b"x" * 5000)
    offer = newest_good(path)
    assert offer is not None
    assert offer.backup.made_at == newest.made_at
    assert offer.summary.changed_what == "added Ines Aalto to the contacts"
    newest.path.write_bytes(b"y")
    shutil.rmtree(tmp_path / "glen backups")
    offer = newest_good(path)
    assert offer is not None
    assert offer.backup.path == first.path
    moved = path.rename(path.with_name("elsewhere.commission"))
    assert newest_good(moved) is None
    (tmp_path / "new place").mkdir()
    moved = moved.rename(tmp_path / "new place" / path.name)
    offer = newest_good(moved)
    assert offer is not None  # by its name
    shutil.rmtree(folder)
    assert newest_good(moved) is None


def test_notes_that_cannot_be_read_are_none(session: Session) -> None:
    shelf = Shelf(session.backups.folder)
    session.backups.make()
    assert shelf.notes().file == str(session.path)
    for text in (
        "",
        "[]",
        '{"other": 1}',
        '{"file": "/x", "restored": {"/x": {"at": "soon"}}}',
        '{"file": "/x", "restored": {"/x": {"at": "2026-01-01"}}}',
        '{"file": "/x", "restored": 1}',
        '{"file": "/x", "made_from": "/x"}',
    ):
        (shelf.folder / "notes.json").write_text(text, encoding="utf-8")
        assert shelf.notes().file is None


# Copies of a file made by hand, which have its identifier


@pytest.fixture
def copies(path: Path, tmp_path: Path, program: CommissionProgram) -> tuple[Path, Path]:
    """Two copies of one file, each with a person of its own and a backup, the second's the newer one."""
    made = []
    for name in ("Ann Abbott", "Bob Barker"):
        folder = tmp_path / name
        folder.mkdir()
        copy = Path(shutil.copy(path, folder / "k.commission"))
        with closing(program.open_writing(copy, who="Ana Ruiz")) as session:
            change(session, name)
        assert run(program, "backup", str(copy)).exit_code == 0
        made.append(copy)
    return made[0], made[1]


def people(path: Path, program: CommissionProgram) -> list[str]:
    with closing(program.open_reading(path)) as session:
        return [contact.name for contact in session.contacts.all()]


def test_the_newest_backup_of_a_copy_is_its_own(
    copies: tuple[Path, Path], program: CommissionProgram
) -> None:
    first, second = copies
    first.write_bytes(b"x" * 9000)
    assert run(program, "restore", str(first), "--newest").exit_code == 0
    assert people(first, program) == ["Ann Abbott"]
    assert run(program, "restore", str(second), "--newest").exit_code == 0
    assert people(second, program) == ["Bob Barker"]


def test_a_backup_of_another_copy_is_named_as_such_and_restored_only_by_its_name(
    copies: tuple[Path, Path], program: CommissionProgram
) -> None:
    first, second = copies
    with closing(program.open_reading(first)) as session:
        [own] = session.backups.list()
        [other] = [one for one in session.backups.listed() if one.other is not None]
        assert other.other == str(second)
    assert f"made from {second}" in run(program, "backup", str(first), "--list").output
    told = json.loads(run(program, "backup", str(first), "--list", "--json").output)["backups"]
    assert [one["made_from"] for one in told] == [str(first), str(second)]
    own.path.unlink()
    refused = run(program, "restore", str(first), "--newest")
    assert refused.exit_code == 1
    assert str(second) in refused.output
    assert newest_good(first) is None  # nothing is offered for a damaged one either
    assert run(program, "restore", str(first), str(other.backup.path)).exit_code == 0
    assert people(first, program) == ["Bob Barker"]


def test_a_moved_file_has_the_backups_from_where_it_was(
    copies: tuple[Path, Path], program: CommissionProgram
) -> None:
    first, second = copies
    first = first.rename(first.with_name("renamed.commission"))
    assert run(program, "restore", str(first), "--newest").exit_code == 0
    assert people(first, program) == ["Ann Abbott"]
    with closing(program.open_reading(first)) as session:
        assert len(session.backups.list()) == 1
        assert [origin for _, origin in session.backups.of_others()] == [second]


def test_only_a_copy_s_own_backups_are_thinned_out_and_listed_for_erasing(
    copies: tuple[Path, Path], program: CommissionProgram, clock: Clock
) -> None:
    first, second = copies
    clock.at += timedelta(days=4000)
    with closing(program.open_writing(first, who="Ana Ruiz")) as session:
        for _ in range(2):
            session.backups.make()
        clock.at += timedelta(days=3)
        change(session)
        session.backups.make_if_changed()
        [(kept, origin)] = session.backups.of_others()
        assert (kept.path.exists(), origin) == (True, second)
        [contact] = [one for one in session.contacts.all() if one.name == "Ann Abbott"]
        plan = session.erasure.plan(contact.id)
        assert kept not in plan.backups
        assert list(plan.backups) == list(session.backups.list())
        assert plan.other_copies == (f"{second} (1 backup)",)


def test_what_was_restored_in_one_copy_is_not_undone_in_another(
    copies: tuple[Path, Path], program: CommissionProgram
) -> None:
    first, second = copies
    assert run(program, "restore", str(first), "--newest").exit_code == 0
    before = second.read_bytes()
    with closing(program.open_reading(second)) as session:
        assert session.backups.file_from_before() is None
    refused = run(program, "restore", str(second), "--undo")
    assert refused.exit_code == 1
    assert "nothing was restored" in refused.output
    assert second.read_bytes() == before


# A record that was handed over


def test_a_handed_over_file_becomes_writable_only_by_an_explicit_agreement(
    path: Path, program: CommissionProgram
) -> None:
    assert run(program, "backup", str(path)).exit_code == 0
    with (
        closing(program.open_writing(path, who="Ana Ruiz")) as session,
        session.context.database.keeping() as connection,
    ):
        gone = {"to": "Ben Li", "at": "2026-11-20T16:41:00+00:00"}
        Writer.note_fact(connection, marks.HANDED_OVER, gone)
    before = path.read_bytes()
    refused = run(program, "restore", str(path), "--newest")
    assert refused.exit_code == 1
    assert "handed over to Ben Li on November 20, 2026" in refused.output
    assert "--although-handed-over" in refused.output
    assert path.read_bytes() == before
    agreed = run(program, "restore", str(path), "--newest", "--although-handed-over")
    assert agreed.exit_code == 0
    assert run(program, "restore", str(path), "--undo").exit_code == 0  # back to the one for reading only
    assert path.read_bytes() == before
    refused = run(program, "restore", str(path), "--undo")
    assert refused.exit_code == 1
    assert "handed over to Ben Li" in refused.output


# On the command line


def run(program: CommissionProgram, *arguments: str) -> Result:
    return CliRunner().invoke(commission_app, list(arguments), obj=Call(program))


def test_restore_newest_and_undo_on_the_command_line(path: Path, program: CommissionProgram) -> None:
    assert run(program, "backup", str(path)).exit_code == 0
    whole = path.read_bytes()
    path.write_bytes(b"x" * 9000)
    result = run(program, "restore", str(path), "--newest", "--json")
    assert result.exit_code == 0, result.output
    kept = Path(json.loads(result.output)["kept_aside"])
    assert kept.read_bytes() == b"x" * 9000
    with closing(program.open_reading(path)) as session:
        assert session.backups.file_from_before() == kept
    assert run(program, "restore", str(path), "--undo").exit_code == 0
    assert path.read_bytes() == b"x" * 9000
    assert run(program, "restore", str(path), "--undo").exit_code == 0
    assert len(path.read_bytes()) == len(whole)


@pytest.mark.parametrize("option", ["--newest", "--undo", "--before-upgrade"])
def test_what_is_not_there_cannot_be_restored(path: Path, program: CommissionProgram, option: str) -> None:
    before = path.read_bytes()
    result = run(program, "restore", str(path), option)
    assert result.exit_code == 1
    assert "here is no" in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["verify", "new folder", "new folder/"])
def test_a_backup_goes_into_a_folder_that_is_there(
    path: Path, program: CommissionProgram, tmp_path: Path, name: str
) -> None:
    refused = run(program, "backup", str(path), f"{tmp_path}/{name}")
    assert refused.exit_code == 1
    assert f"There is no folder {tmp_path}/{name.rstrip('/')}." in refused.output
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()
    assert run(program, "backup", str(path), f"{tmp_path}/{name}").exit_code == 0


def test_restore_takes_one_way_at_a_time(path: Path, program: CommissionProgram) -> None:
    assert run(program, "restore", str(path)).exit_code == 2
    assert run(program, "restore", str(path), "x", "--undo").exit_code == 2


def test_backups_are_listed_with_what_they_hold(path: Path, program: CommissionProgram) -> None:
    run(program, "backup", str(path))
    result = run(program, "backup", str(path), "--list", "--json")
    [found] = json.loads(result.output)["backups"]
    assert found["in_order"]
    assert found["reason"] == "manual"
    assert "0 contacts" in run(program, "backup", str(path), "--list").output


def test_verify_repairs_what_is_derived(path: Path, program: CommissionProgram) -> None:
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        change(session)
        with session.context.database.keeping() as connection:
            connection.exec_driver_sql("UPDATE contacts SET search_key = 'x'")
    found = run(program, "verify", str(path))
    assert found.exit_code == 1
    assert "verify --repair" in found.output
    assert run(program, "verify", str(path), "--repair").exit_code == 0
    assert run(program, "verify", str(path)).exit_code == 0


def test_undo_of_a_restore_whose_file_is_gone_is_refused(path: Path, program: CommissionProgram) -> None:
    with closing(program.open_writing(path, who="Ana Ruiz")) as session:
        made = session.backups.make()
    aside = program.restore(made.path, path)
    assert aside is not None
    aside.unlink()
    with pytest.raises(NotFoundError):
        program.undo_restore(path)
