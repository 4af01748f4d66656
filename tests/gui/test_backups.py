"""Backups in the window: kept by themselves, looked at, restored from a damaged file, and that taken back."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.contacts import ContactDraft
from commission_app.errors import DamagedError
from commission_app.gui.backups.recover_dialog import RecoverDialog
from commission_app.gui.backups.restoring import RelatedOffer, RestoreOffer
from commission_app.gui.backups.waiting import WaitingBox, wait_for
from commission_app.gui.desk import Desk
from commission_app.gui.home.page import HomePage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.settings.backups_pane import BackupsPane
from commission_app.gui.settings.checks_pane import ChecksPane
from commission_app.gui.settings.page import SettingsPage
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.services.backups import handed_over_since
from commission_app.services.session import Session
from commission_app.storage.writer import Writer
from tests.gui.conftest import NOW, TODAY, Boxes, settle
from tests.integration.test_record_verification import tamper


@pytest.fixture
def program() -> CommissionProgram:
    """The program with a clock that goes on by a second each time it is read."""
    seconds = itertools.count()

    def now() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    return CommissionProgram(now=now)


def page_of(window: MainWindow, tab: str, qtbot: QtBot, action: str = "") -> SettingsPage:
    window.navigate(Place(page="settings", tab=tab, action=action))
    settle(window, qtbot)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def backups_pane(window: MainWindow, qtbot: QtBot, action: str = "") -> BackupsPane:
    pane = page_of(window, "backups", qtbot, action).pane("backups")
    assert isinstance(pane, BackupsPane)
    return pane


def names(window: MainWindow) -> set[str]:
    assert window.desk is not None
    return {contact.name for contact in window.desk.session.contacts.all()}


def damage(path: Path) -> bytes:
    """Overwrite the middle of a file, and give what is left."""
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\x00" * (len(data) // 2 - 4096)
    path.write_bytes(data)
    return bytes(data)


def test_drill_from_a_damaged_file_to_the_records_and_back(
    main_window: MainWindow, opener: FileOpener, desk: Desk, boxes: Boxes, qtbot: QtBot
) -> None:
    path = desk.session.path
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    opener.keeper.back_up()
    settle(main_window, qtbot)
    opener.close()
    damaged = damage(path)

    def agree(box: QDialog) -> bool:
        assert isinstance(box, RestoreOffer)
        assert "is damaged" in box.body.text()
        return True

    boxes.answer(agree)
    assert opener.open(path)
    settle(main_window, qtbot)
    assert "Ines Aalto" in names(main_window)
    assert "kept as Alder Glen before restore" in main_window.bar.text()
    pane = backups_pane(main_window, qtbot)
    assert pane.go_back.isVisibleTo(pane)

    boxes.accept()  # go back
    boxes.reject()  # the damaged file is there again, and offers its backup
    qtbot.mouseClick(pane.go_back, Qt.MouseButton.LeftButton)
    assert boxes.texts[-2:] == ["Go back to the file from before?", f"{path.name} cannot be opened"]
    assert path.read_bytes() == damaged
    assert main_window.desk is None


def test_a_damaged_file_without_a_backup_is_told(
    empty_window: MainWindow, opener: FileOpener, alder_glen_file: Path, boxes: Boxes
) -> None:
    damage(alder_glen_file)
    boxes.accept()
    assert not opener.open(alder_glen_file)
    assert "is damaged" in boxes.texts[-1]


def lose_the_end(path: Path) -> None:
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half] + bytes(len(data) - half))


def lose_the_header(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(4096) + data[4096:])


def lose_the_identifier(path: Path) -> None:
    lose_the_header(path)
    path.write_bytes(path.read_bytes().replace(b"file_id", b"nothing"))


@pytest.mark.parametrize("breaks", [lose_the_end, lose_the_header, lose_the_identifier])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_damaged_copy_under_another_name_gets_the_record_s_backup_as_a_new_file(
    main_window: MainWindow,
    opener: FileOpener,
    desk: Desk,
    boxes: Boxes,
    *,
    breaks: Callable[[Path], object],
    is_there: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = desk.session.path
    desk.session.backups.make()
    opener.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = stick / ("Old copy.commission" if breaks is lose_the_end else path.name)
    copy.write_bytes(path.read_bytes())
    breaks(copy)
    if not is_there:
        path.unlink()
    before = {file: file.read_bytes() for file in (path, copy) if file.exists()}
    names = [str(copy), str(stick / "Back.commission")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))

    def bring(box: QDialog) -> bool:
        if breaks is lose_the_end or is_there:
            assert isinstance(box, RelatedOffer)
            assert (box.open_origin is not None) is is_there
            assert ("of the same record" in box.body.text()) is (breaks is not lose_the_identifier)
        else:
            assert isinstance(box, RestoreOffer)
        return True

    boxes.answer(bring)
    if breaks is lose_the_end or is_there:
        boxes.accept()  # that name is taken: choose another one
    opener.open(copy)
    settle(main_window, qtbot)
    assert main_window.desk is not None
    if breaks is lose_the_end or is_there:
        assert main_window.desk.session.path == stick / "Back.commission"
        assert "already a file" in boxes.texts[-1]
        assert before == {file: file.read_bytes() for file in before}


def test_a_handed_over_file_that_is_damaged_comes_back_as_handed_over(
    main_window: MainWindow, opener: FileOpener, desk: Desk, boxes: Boxes, tmp_path: Path
) -> None:
    path = desk.session.path
    manifest = desk.session.handover.write(tmp_path / "over", to="Ben Li")
    desk.session.handover.confirm(manifest.code)
    opener.close()
    damage(path)
    boxes.accept()  # restore its newest backup
    boxes.accept()  # which is for reading only, as the file was
    assert opener.open(path)
    assert boxes.texts == [f"{path.name} cannot be opened", "This file cannot be written"]
    assert main_window.desk is not None
    assert main_window.desk.session.copies.handed_over() is not None
    assert not main_window.desk.session.may_write


def test_a_backup_that_is_damaged_is_said_and_not_offered(
    main_window: MainWindow, opener: FileOpener, desk: Desk, boxes: Boxes, qtbot: QtBot
) -> None:
    pane = backups_pane(main_window, qtbot)
    [row] = pane.table.rows()
    damage(row.backup.path)
    pane.refresh()
    settle(main_window, qtbot)
    [row] = pane.table.rows()
    assert row.backup.is_damaged
    assert desk.session.backups.newest() is None
    assert "last good one" not in pane.words.text()
    pane.table.select(str(row.backup.path))
    assert pane.restore.unavailable_because() == "This backup is damaged. Choose another one."
    path = desk.session.path
    opener.close()
    damage(path)
    boxes.accept()
    assert not opener.open(path)
    assert boxes.texts[-1] == f"{path.name} is damaged."


def test_a_backup_is_looked_at_in_a_window_of_its_own(
    main_window: MainWindow, opener: FileOpener, desk: Desk, qtbot: QtBot
) -> None:
    pane = backups_pane(main_window, qtbot)
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    [row] = pane.table.rows()
    before = row.backup.path.read_bytes()
    pane.table.select(str(row.backup.path))
    qtbot.mouseClick(pane.preview, Qt.MouseButton.LeftButton)
    [preview] = opener.restorer.previews
    assert preview.windowTitle().startswith("Backup of ")
    assert preview.windowTitle().endswith(", read-only")
    assert "Ines Aalto" in names(main_window)
    assert "Ines Aalto" not in names(preview)
    assert preview.desk is not None
    assert preview.desk.operations.run(preview.desk.session.contacts.add, ContactDraft(name="X")) is None
    own = backups_pane(preview, qtbot)
    assert own.make.unavailable_because() == "The file is open for reading only."
    copy = preview.desk.session.path
    preview.close()
    assert not copy.exists()
    assert row.backup.path.read_bytes() == before


def test_a_backup_is_made_half_an_hour_after_a_change(
    main_window: MainWindow, opener: FileOpener, desk: Desk, qtbot: QtBot
) -> None:
    assert not opener.keeper.due.isActive()
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert opener.keeper.due.isActive()
    assert opener.keeper.due.interval() == 30 * 60 * 1000
    opener.keeper.due.timeout.emit()
    settle(main_window, qtbot)
    assert [backup.reason for backup in desk.session.backups.list()] == ["work", "start"]
    opener.keeper.due.timeout.emit()  # nothing was changed since
    settle(main_window, qtbot)
    assert len(desk.session.backups.list()) == 2


def test_a_second_place_gets_each_backup_and_may_be_missing(
    main_window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    pane = backups_pane(main_window, qtbot)
    pane.take_second(stick)
    settle(main_window, qtbot)
    folder = stick / "Alder Glen backups"
    assert len(list(folder.iterdir())) == 1
    assert "The last one there is of" in pane.second.text()
    qtbot.mouseClick(pane.make, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert len(list(folder.iterdir())) == 2
    stick.rename(tmp_path / "pulled out")
    qtbot.mouseClick(pane.make, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert main_window.bar.kind() is MessageKind.DONE
    assert "is not there now" in pane.second.text()
    assert len(desk.session.backups.list()) == 3
    qtbot.mouseClick(pane.leave, Qt.MouseButton.LeftButton)
    assert desk.session.backups.second_place() is None


def test_checks_tell_what_is_wrong_with_a_way_to_the_record_and_repair(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    pane = page_of(main_window, "checks", qtbot).pane("checks")
    assert isinstance(pane, ChecksPane)
    qtbot.mouseClick(pane.run, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert main_window.bar.text() == "Checked: everything is in order."
    assert not pane.repair.isVisibleTo(pane)
    tamper(desk.session.path, "UPDATE contacts SET search_key = 'x'", "UPDATE instalments SET paid_cents = 1")
    qtbot.mouseClick(pane.run, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert {result.name for result in pane.results if not result.is_good} == {"search", "figures"}
    qtbot.mouseClick(pane.repair, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert all(result.is_good for result in pane.results)
    assert main_window.bar.text().startswith("Repaired")
    tamper(desk.session.path, "UPDATE contacts SET email = 'nothing' WHERE name = 'Ana Ruiz'")
    qtbot.mouseClick(pane.run, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    buttons = [button for button in pane.findChildren(type(pane.run)) if button.text() == "Open"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    page = main_window.current_page()
    assert page is not None
    assert page.name == "members"


def test_the_daily_check_speaks_up_only_when_something_is_wrong(
    main_window: MainWindow, opener: FileOpener, desk: Desk, program: CommissionProgram, qtbot: QtBot
) -> None:
    main_window.messages.clear()
    opener.keeper.check()
    settle(main_window, qtbot)
    assert main_window.bar.text() == ""
    with desk.session.context.database.keeping() as connection:
        connection.exec_driver_sql("DELETE FROM facts WHERE name = 'checked_at'")
    tamper(desk.session.path, "UPDATE contacts SET email = 'nothing' WHERE name = 'Ana Ruiz'")
    opener.keeper.check()
    settle(main_window, qtbot)
    assert main_window.bar.kind() is MessageKind.FAILURE
    assert "Ana Ruiz" in main_window.bar.text()


def test_long_work_says_what_is_done_and_gives_its_result_or_error(
    empty_window: MainWindow, qtbot: QtBot
) -> None:
    assert wait_for(empty_window, "Waiting", "For a while.", list) == []

    def fail() -> None:
        raise DamagedError("It is damaged.")

    with pytest.raises(DamagedError):
        wait_for(empty_window, "Waiting", "For a while.", fail)
    box = WaitingBox("Waiting", "For a while.", empty_window)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.isVisible()
    assert box.bar.accessibleName() == "Waiting"


def test_a_record_loaded_without_attachments_bytes_breaks_nothing(
    empty_window: MainWindow,
    opener: FileOpener,
    alder_glen: Session,
    session: Session,
    qtbot: QtBot,
) -> None:
    next_one = alder_glen.meetings.next()
    assert next_one is not None
    if not alder_glen.postings.copies(next_one.meeting.id):
        alder_glen.postings.make_copy(next_one.meeting.id)
    session.record.load(alder_glen.record.document())
    for given in (alder_glen, session):
        given.close()
    assert opener.open(session.path)
    settle(empty_window, qtbot)
    desk = empty_window.desk
    assert desk is not None
    for view in desk.session.meetings.all():
        for tab in ("agenda", "posting") if desk.session.postings.copies(view.meeting.id) else ():
            empty_window.navigate(Place(page="meetings", tab=tab, record_id=view.meeting.id))
            settle(empty_window, qtbot)
    for inquiry in desk.session.inquiries.all():
        empty_window.navigate(Place(page="inquiries", record_id=inquiry.inquiry.id))
    empty_window.navigate(Place(page="settings", tab="commission"))
    settle(empty_window, qtbot)
    wrong = {result.name: result for result in desk.session.verification.run() if not result.is_good}
    assert set(wrong) == {"attachments"}
    assert wrong["attachments"].advice == ("Load them from an export with attachments.",)


def test_home_tells_the_last_backup_and_a_week_without_one(
    main_window: MainWindow, desk: Desk, alder_glen_file: Path, qtbot: QtBot
) -> None:
    home = main_window.page("home")
    assert isinstance(home, HomePage)
    assert home.changes.backup.text() == "Backed up 9:41 AM"
    for kept in desk.session.backups.list():
        kept.path.unlink()
    with desk.session.context.database.keeping() as connection:
        connection.exec_driver_sql("UPDATE actions SET at = '2026-09-01T00:00:00.000000Z'")
    home.refresh()
    assert home.changes.backup.text() == "No backup yet"
    home.attention.show_all()
    row = next(row for row in home.attention.rows if row.place.action == "back-up")
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert main_window.bar.text().startswith("Backup made and verified")
    home.refresh()
    assert not [row for row in home.attention.rows if row.place.action == "back-up"]


def test_a_file_that_is_gone_is_brought_back_from_the_welcome_page(
    main_window: MainWindow, opener: FileOpener, desk: Desk, boxes: Boxes, qtbot: QtBot
) -> None:
    path = desk.session.path
    opener.close()
    path.unlink()
    welcome = opener.welcome()
    assert welcome is not None

    def choose(box: QDialog) -> bool:
        assert isinstance(box, RecoverDialog)
        assert [row.path for row in box.table.rows()] == [path]
        assert box.table.model.index(0, 2).data() == str(path.parent)
        return True

    boxes.answer(choose)
    qtbot.mouseClick(welcome.recover_button, Qt.MouseButton.LeftButton)
    settle(main_window, qtbot)
    assert "Ana Ruiz" in names(main_window)
    assert path.exists()


@pytest.mark.parametrize("is_meant", [False, True])
def test_restoring_a_record_that_was_handed_over_is_asked_about(
    main_window: MainWindow, opener: FileOpener, desk: Desk, boxes: Boxes, *, qtbot: QtBot, is_meant: bool
) -> None:
    path = desk.session.path
    desk.session.backups.make()
    gone = {"to": "Ben Li", "at": "2026-09-17T16:41:00+00:00"}
    with desk.session.context.database.keeping() as connection:
        Writer.note_fact(connection, "handed_over", gone)
    opener.close()
    before = path.read_bytes()
    boxes.accept()  # the file in the list
    boxes.accept() if is_meant else boxes.reject()
    opener.restorer.recover()
    settle(main_window, qtbot)
    assert boxes.texts[-1] == "This record was handed over to Ben Li"
    assert (path.read_bytes() == before) is not is_meant
    assert (main_window.desk is not None) is is_meant


def test_a_record_that_is_kept_here_is_restored_without_a_question(desk: Desk) -> None:
    made = desk.session.backups.make()
    assert handed_over_since(made.path) is None


def test_a_backup_of_a_handed_over_file_is_no_second_record(desk: Desk) -> None:
    earlier = desk.session.backups.make()
    gone = {"to": "Ben Li", "at": "2026-09-17T16:41:00+00:00"}
    with desk.session.context.database.keeping() as connection:
        Writer.note_fact(connection, "handed_over", gone)
    marked = desk.session.backups.make("handed-over")
    assert handed_over_since(marked.path) is None  # it is for reading only, as the file is
    found = handed_over_since(earlier.path)
    assert found is not None and found[0] == "Ben Li"


def test_a_backup_on_a_stick_becomes_a_file_where_one_wants_it(
    main_window: MainWindow,
    opener: FileOpener,
    desk: Desk,
    boxes: Boxes,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    kept = desk.session.backups.make(folder=tmp_path / "stick")
    target = tmp_path / "home" / "Alder Glen.commission"
    target.parent.mkdir()
    opener.close()

    def choose(box: QDialog) -> bool:
        assert isinstance(box, RecoverDialog)
        box.choose.click()
        return True

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(kept.path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    boxes.answer(choose)
    opener.restorer.recover()
    settle(main_window, qtbot)
    assert main_window.desk is not None
    assert main_window.desk.session.path == target.resolve()


def test_without_any_backup_there_is_nothing_to_bring_back(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes
) -> None:
    def look(box: QDialog) -> bool:
        assert isinstance(box, RecoverDialog)
        assert box.doing.unavailable_because() == "Choose a file in the list first."
        return False

    boxes.answer(look)
    opener.restorer.recover()


def test_a_backup_and_a_hand_over_count_as_the_lists_do(desk: Desk, tmp_path: Path) -> None:
    session = desk.session
    payment = next(row for row in session.payments.page().rows if not row.voided_on)
    session.payments.void(payment.id, TODAY, "Entered twice")
    session.backups.make()
    held = session.backups.listed()[0].summary
    figures = session.handover.write(tmp_path / "over", to="Ben Li").figures
    assert held is not None
    for name in ("contacts", "meetings", "inquiries", "pledges", "payments"):
        assert getattr(held, name) == figures[name], name
    listed = session.payments.totals()
    assert held.contacts == len(session.contacts.all())
    assert (held.payments, held.received_cents) == (listed.count, listed.amount_cents)
    assert held.received_cents == figures["cents received"]
