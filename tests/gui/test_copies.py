"""Three laptops through the window: the band, giving, sending back, loading, handing over, receiving."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.handover import Manifest
from commission_app.domain.parcels import RowState
from commission_app.errors import FileMissingError
from commission_app.exchange import archive_folder
from commission_app.gui.actions import Name
from commission_app.gui.copies.give_dialog import GiveCopyDialog, SendBackDialog
from commission_app.gui.copies.handover_dialog import AFTER, CODE, WHO, WRITTEN, HandOverDialog
from commission_app.gui.copies.load_dialog import LoadParcelDialog
from commission_app.gui.copies.pane import CopiesPane
from commission_app.gui.copies.passphrase import OpenLockedDialog, PassphraseDialog
from commission_app.gui.copies.receive_dialog import (
    CHECKED,
    FOLDER,
    RECEIVED,
    NotReceivedDialog,
    ReceiveDialog,
)
from commission_app.gui.file_menu import file_menu
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.papers.mail_dialog import MailDialog
from commission_app.gui.settings.page import SettingsPage
from commission_app.gui.settings.rules_pane import RulesPane
from commission_app.gui.widgets.buttons import Button
from commission_app.services import copies, handover
from tests.gui.conftest import Boxes, settle

_PASSPHRASE = "correct horse battery"


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, no_file_dialog: None) -> list[Path]:
    """What the next dialogs for files and folders answer."""
    answers: list[Path] = []

    def save(*_: object, **__: object) -> tuple[str, str]:
        return str(answers.pop(0)), ""

    def folder(*_: object, **__: object) -> str:
        return str(answers.pop(0))

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    return answers


def a_copy(window: MainWindow, path: Path, to: str = "Harold Lindqvist") -> Path:
    """A reading copy of the open file."""
    assert window.desk is not None
    window.desk.session.copies.give(path, to=to)
    return path


def folder_of(window: MainWindow) -> Path:
    """The folder of the open file, this test's own."""
    assert window.desk is not None
    return window.desk.session.path.parent


def entered(program: CommissionProgram, copy: Path, name: str = "Tomasz Wojcik") -> Path:
    """A parcel with a new contact of a copy."""
    session = program.open_writing(copy, who="Harold Lindqvist")
    session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name=name))
    parcel = session.parcels.send_back(copy.with_suffix(".json"))
    session.close()
    return parcel


def load_dialog(window: MainWindow, qtbot: QtBot, parcel: Path) -> LoadParcelDialog:
    """The dialog with a parcel read."""
    assert window.desk is not None
    dialog = LoadParcelDialog(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.read(parcel)
    settle(window, qtbot)
    return dialog


# ---- Giving ---------------------------------------------------------------------------------------


def test_a_copy_is_given_by_name_and_place(
    main_window: MainWindow, qtbot: QtBot, places: list[Path], tmp_path: Path
) -> None:
    assert main_window.desk is not None
    dialog = GiveCopyDialog(main_window.desk, main_window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.doing.click()
    assert dialog.to.error() == "Say who it is for."
    assert not dialog.lock.first.isVisible()  # offered, not preset
    dialog.to.set_value("Harold Lindqvist")
    places.append(tmp_path / "harold.commission")
    dialog.doing.click()
    settle(main_window, qtbot)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert (tmp_path / "harold.commission").exists()
    assert (
        main_window.messages.current().text
        == "The copy for Harold Lindqvist is in harold.commission, verified."
    )
    main_window.navigate(Place(page="settings", tab="copies"))
    page = main_window.page("settings")
    assert isinstance(page, SettingsPage)
    pane = page.pane("copies")
    assert isinstance(pane, CopiesPane)
    assert [row.to for row in pane.table.rows()] == ["Harold Lindqvist"]


def test_a_locked_copy_wants_its_passphrase_twice_and_warns(
    main_window: MainWindow, qtbot: QtBot, places: list[Path], tmp_path: Path
) -> None:
    assert main_window.desk is not None
    dialog = GiveCopyDialog(main_window.desk, main_window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.to.set_value("Harold")
    dialog.lock.lock.box.click()
    assert "cannot be opened by anybody" in dialog.lock.warning.text()
    dialog.lock.first.set_value("short")
    dialog.doing.click()
    assert "at least 10" in dialog.lock.first.error()
    dialog.lock.first.set_value(_PASSPHRASE)
    dialog.lock.again.set_value("something else")
    dialog.doing.click()
    assert dialog.lock.again.error() == "This is not what stands above."
    dialog.lock.again.set_value(_PASSPHRASE)
    places.append(tmp_path / "h.commission.sealed")
    dialog.doing.click()
    settle(main_window, qtbot)
    assert (tmp_path / "h.commission.sealed").read_bytes().startswith(b"commission-sealed/1\n")


def test_a_file_that_is_there_is_told_in_the_dialog(
    main_window: MainWindow, qtbot: QtBot, places: list[Path], tmp_path: Path
) -> None:
    there = tmp_path / "there.commission"
    there.write_text("mine")
    assert main_window.desk is not None
    dialog = GiveCopyDialog(main_window.desk, main_window)
    qtbot.addWidget(dialog)
    dialog.to.set_value("Harold")
    places.append(there)
    dialog.doing.click()
    settle(main_window, qtbot)
    assert "already a file" in dialog.problem.text()
    assert there.read_text() == "mine"
    assert dialog.doing.isEnabled()


# ---- In a copy ------------------------------------------------------------------------------------


def test_the_band_says_whose_the_copy_is_and_sends_back(
    main_window: MainWindow, opener: FileOpener, qtbot: QtBot, boxes: Boxes, places: list[Path]
) -> None:
    tmp_path = folder_of(main_window)
    assert not main_window.band.isVisible()
    copy = a_copy(main_window, tmp_path / "t.commission")
    assert opener.open(copy)
    settle(main_window, qtbot)
    assert main_window.band.isVisible()
    assert "Reading copy of Ana Ruiz’s file, as of Thu, Sep 17" in main_window.band.words.text()
    assert main_window.header.person.sitter().name == "Harold Lindqvist"  # type: ignore[union-attr]
    assert main_window.band.button.text() == "Send back..."
    assert main_window.desk is not None
    session = main_window.desk.session
    done = main_window.desk.operations.run(
        session.contacts.add, ContactDraft(kind=ContactKind.PERSON, name="New Donor")
    )
    assert done is not None
    assert main_window.band.button.text() == "Send back 1 entry..."
    assert main_window.desk.operations.run(session.organizations.create, "Friends") is None
    assert "can only be entered in Ana Ruiz’s file" in main_window.messages.current().text
    parcel = tmp_path / "p.json"
    places.append(parcel)

    def save(box: QDialog) -> bool:
        assert isinstance(box, SendBackDialog)
        box.doing.click()
        settle(main_window, qtbot)
        return True

    boxes.answer(save)
    main_window.band.button.click()
    assert parcel.exists()
    said = main_window.messages.current()
    assert said.text == "The parcel is in p.json. Send it to Ana Ruiz."
    assert [choice.text for choice in said.choices] == ["E-mail...", "Open the folder"]

    def look(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        assert [person.name for person in box.people()] == ["Ana Ruiz"]
        assert [(file.name, file.data) for file in box.files] == [("p.json", parcel.read_bytes())]
        return False

    boxes.answer(look)
    said.choices[0].chosen()
    available = {spec.name for spec in main_window.actions_by_name.available()}
    assert Name.SEND_BACK in available
    assert not {Name.GIVE_COPY, Name.LOAD_PARCEL, Name.HAND_OVER} & available


def test_a_locked_copy_is_opened_with_its_passphrase_to_where_one_says(
    main_window: MainWindow, opener: FileOpener, qtbot: QtBot, boxes: Boxes, places: list[Path]
) -> None:
    tmp_path = folder_of(main_window)
    assert main_window.desk is not None
    main_window.desk.session.copies.give(tmp_path / "c.commission", to="Harold", passphrase=_PASSPHRASE)
    locked = tmp_path / "c.commission.sealed"

    def answer(box: QDialog) -> bool:
        assert isinstance(box, OpenLockedDialog)
        places.append(tmp_path / "opened.commission")
        box.field.set_value("wrong horse battery")
        box.doing.click()
        assert "not the passphrase" in box.field.error()
        places.append(tmp_path / "opened.commission")
        box.field.set_value(_PASSPHRASE)
        box.doing.click()
        return True

    boxes.answer(answer)
    assert opener.open(locked)
    settle(main_window, qtbot)
    assert main_window.desk is not None
    assert main_window.desk.session.path == tmp_path / "opened.commission"
    boxes.reject()
    assert not opener.open(locked)


# ---- Loading --------------------------------------------------------------------------------------


def test_a_parcel_is_looked_at_decided_and_loaded_with_one_undo(
    main_window: MainWindow, program: CommissionProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    parcel = entered(program, a_copy(main_window, tmp_path / "t.commission"))
    dialog = load_dialog(main_window, qtbot, parcel)
    assert main_window.desk is not None
    session = main_window.desk.session
    before = session.record.text()
    assert dialog.totals.text() == "1 comes in."
    assert dialog.note.text() == "May be the same as Tomasz Wójcik."
    assert dialog.same.text() == "The same as Tomasz Wójcik"
    dialog.same.click()
    assert [row.state for row in dialog.table.rows()] == [RowState.SAME]
    assert dialog.doing.unavailable_because() == "Nothing comes in."
    dialog.add.click()
    dialog.leave.click()
    assert [row.state for row in dialog.table.rows()] == [RowState.LEFT]
    dialog.add.click()
    assert dialog.doing.text() == "Load 1 entry"
    assert session.record.text() == before
    dialog.doing.click()
    settle(main_window, qtbot)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert main_window.messages.current().text == "Loaded the parcel of Harold Lindqvist: 1 contact."
    assert [contact.name for contact in session.contacts.all(containing="Wojcik")].count("Tomasz Wojcik") == 1
    again = load_dialog(main_window, qtbot, parcel)
    assert again.totals.text() == "Your file has all of this already. Nothing changes."
    main_window.undo()
    assert session.record.text() == before


def test_a_wrong_file_is_told_and_another_can_be_chosen(
    main_window: MainWindow, program: CommissionProgram, qtbot: QtBot, tmp_path: Path, places: list[Path]
) -> None:
    parcel = entered(program, a_copy(main_window, tmp_path / "t.commission"), "Somebody New")
    wrong = tmp_path / "letter.json"
    wrong.write_text("Dear Ana,")
    dialog = load_dialog(main_window, qtbot, wrong)
    assert dialog.problem.text().startswith("letter.json is no parcel")
    assert dialog.parcel is None
    places.append(parcel)
    dialog.doing.click()
    settle(main_window, qtbot)
    assert dialog.problem.isHidden()
    assert dialog.totals.text() == "1 comes in."
    dialog.other.click()
    assert dialog.parcel is None


def test_a_locked_parcel_asks_for_its_passphrase(
    main_window: MainWindow, program: CommissionProgram, qtbot: QtBot, boxes: Boxes, tmp_path: Path
) -> None:
    copy = a_copy(main_window, tmp_path / "t.commission")
    session = program.open_writing(copy, who="Harold Lindqvist")
    session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Somebody New"))
    parcel = session.parcels.send_back(tmp_path / "p.json", passphrase=_PASSPHRASE)
    session.close()

    def give(box: QDialog) -> bool:
        assert isinstance(box, PassphraseDialog)
        box.field.set_value(_PASSPHRASE)
        return True

    boxes.answer(give)
    dialog = load_dialog(main_window, qtbot, parcel)
    assert dialog.totals.text() == "1 comes in."


# ---- Handing over ---------------------------------------------------------------------------------


def hand_over(window: MainWindow, qtbot: QtBot, places: list[Path], folder: Path) -> HandOverDialog:
    """The dialog with the hand-over written."""
    assert window.desk is not None
    dialog = HandOverDialog(window.desk, window)
    dialog.handed_over.connect(window.copies._handed_over)
    qtbot.addWidget(dialog)
    assert dialog.step() == WHO
    dialog.to.set_value("Ben Li")
    places.append(folder)
    dialog.doing.click()
    settle(window, qtbot)
    assert dialog.step() == WRITTEN
    return dialog


def test_the_record_goes_from_one_window_to_the_next(
    main_window: MainWindow, qtbot: QtBot, boxes: Boxes, places: list[Path], tmp_path: Path
) -> None:
    assert main_window.desk is not None
    old = main_window.desk.session.path
    dialog = hand_over(main_window, qtbot, places, tmp_path)
    folder = tmp_path / "Alder Glen hand-over 2026-09-17"

    receiving = ReceiveDialog(main_window)
    qtbot.addWidget(receiving)
    assert receiving.step() == FOLDER
    places.append(tmp_path)
    receiving.doing.click()
    assert "no folder of a hand-over" in receiving.problem.text()
    places.append(folder)
    receiving.doing.click()
    assert receiving.step() == CHECKED
    receiving.back.click()
    assert receiving.step() == FOLDER
    receiving.check(folder)
    places.append(tmp_path / "mine.commission")
    receiving.doing.click()
    assert receiving.step() == RECEIVED
    code = receiving.code.text()

    dialog.doing.click()
    assert dialog.step() == CODE
    dialog.back.click()
    assert dialog.step() == WRITTEN
    dialog.doing.click()
    dialog.code.set_value("ACDE-FGHJ")
    dialog.doing.click()
    assert "not the code" in dialog.code.error()
    dialog.code.set_value(code)
    dialog.doing.click()
    assert dialog.step() == AFTER
    boxes.accept()  # the file can only be read: open for reading
    dialog.doing.click()
    settle(main_window, qtbot)
    assert boxes.texts == ["This file cannot be written"]
    assert main_window.desk is not None
    assert (main_window.desk.session.path, main_window.desk.session.may_write) == (old, False)
    assert "Handed over to Ben Li on Thursday, September 17" in main_window.band.words.text()
    receiving.received.connect(main_window.file_wanted)
    receiving.doing.click()
    settle(main_window, qtbot)
    assert main_window.desk.session.path == tmp_path / "mine.commission"
    assert main_window.desk.session.may_write


def test_the_file_of_a_hand_over_is_received_when_it_is_opened(
    *,
    main_window: MainWindow,
    opener: FileOpener,
    qtbot: QtBot,
    boxes: Boxes,
    places: list[Path],
    tmp_path: Path,
) -> None:
    hand_over(main_window, qtbot, places, tmp_path).reject()
    folder = tmp_path / "Alder Glen hand-over 2026-09-17"
    file = folder / "Alder Glen.commission"
    main_window.close_session()
    boxes.reject()
    assert not opener.open(file)
    assert main_window.desk is None

    def receive(box: QDialog) -> bool:
        assert isinstance(box, ReceiveDialog)
        assert box.step() == CHECKED
        places.append(tmp_path / "mine.commission")
        box.doing.click()
        box.doing.click()
        return True

    boxes.accept()
    boxes.answer(receive)
    opener.open(file)
    qtbot.waitUntil(lambda: main_window.desk is not None)
    assert main_window.desk is not None
    assert main_window.desk.session.path == tmp_path / "mine.commission"
    assert main_window.desk.session.may_write
    settle(main_window, qtbot)

    def read(box: QDialog) -> bool:
        assert isinstance(box, NotReceivedDialog)
        box.reading.click()
        return True

    boxes.answer(read)
    assert opener.open(file)
    assert not main_window.desk.session.may_write

    def look(box: QDialog) -> bool:
        assert isinstance(box, ReceiveDialog)
        assert "received on this computer already" in box.problem.text()
        return False

    boxes.answer(look)
    main_window.copies.receive_from(folder)


def test_the_old_file_is_taken_away_after_a_second_question(
    main_window: MainWindow, qtbot: QtBot, boxes: Boxes, places: list[Path], tmp_path: Path
) -> None:
    assert main_window.desk is not None
    old = main_window.desk.session.path
    dialog = hand_over(main_window, qtbot, places, tmp_path)
    assert dialog.manifest is not None
    dialog.show_step(CODE)
    dialog.code.set_value(dialog.manifest.code)
    dialog.doing.click()
    dialog.after.set_value("remove")
    boxes.reject()
    dialog.doing.click()
    assert old.exists()
    boxes.accept()
    dialog.doing.click()
    assert not old.exists()
    assert boxes.texts == ["Take the file away from this computer?"] * 2
    assert main_window.desk is None


def test_a_hand_over_under_way_waits_in_the_band_and_can_be_called_off(
    main_window: MainWindow, qtbot: QtBot, boxes: Boxes, places: list[Path], tmp_path: Path
) -> None:
    hand_over(main_window, qtbot, places, tmp_path).reject()
    main_window.copies._read()
    assert "waits for the code" in main_window.band.words.text()

    def call_off(box: QDialog) -> bool:
        assert isinstance(box, HandOverDialog)
        assert box.step() == CODE
        box.off.click()
        return False

    boxes.answer(call_off)
    boxes.accept()
    main_window.band.button.click()
    assert not main_window.band.isVisible()
    assert main_window.messages.current().text == "The hand-over is called off."


def test_the_menu_offers_what_fits_the_file(
    main_window: MainWindow, opener: FileOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    def offered() -> list[str]:
        return [action.text() for action in file_menu(main_window).actions() if action.text()]

    assert "Give a reading copy" in offered()
    copy = a_copy(main_window, tmp_path / "t.commission")
    assert opener.open(copy)
    settle(main_window, qtbot)
    assert "Send back what was entered" in offered()
    assert "Give a reading copy" not in offered()


def test_what_the_keeper_enters_is_disabled_in_a_copy_and_says_why(
    main_window: MainWindow, opener: FileOpener, qtbot: QtBot
) -> None:
    assert main_window.desk is not None
    assert main_window.desk.operations.keeper_reason() is None
    copy = a_copy(main_window, folder_of(main_window) / "t.commission")
    assert opener.open(copy)
    settle(main_window, qtbot)
    page = main_window.page("settings")
    assert isinstance(page, SettingsPage)
    rules = page.pane("rules")
    assert isinstance(rules, RulesPane)
    rules.refresh()
    words = "This is a reading copy. Ana Ruiz enters this in the keeper’s file."
    assert main_window.desk.operations.keeper_reason() == words
    assert main_window.desk.operations.read_only_reason() is None
    assert words in {button.unavailable_because() for button in rules.findChildren(Button)}


def test_a_copy_is_given_by_keyboard_alone(
    main_window: MainWindow, qtbot: QtBot, boxes: Boxes, places: list[Path]
) -> None:
    places.append(folder_of(main_window) / "keys.commission")

    def type_and_enter(box: QDialog) -> bool:
        assert isinstance(box, GiveCopyDialog)
        box.show()
        qtbot.waitExposed(box)
        for letter in "Harold":
            QTest.keyClick(box.to.edit, letter)  # type: ignore[call-overload]
        QTest.keyClick(box.to.edit, Qt.Key.Key_Return)
        settle(main_window, qtbot)
        return bool(box.result())

    boxes.answer(type_and_enter)
    main_window.actions_by_name[Name.GIVE_COPY].trigger()
    assert (folder_of(main_window) / "keys.commission").exists()


# ---- Off the window's thread ----------------------------------------------------------------------


def test_a_hand_over_is_checked_while_the_window_goes_on(
    main_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    threads: list[str] = []

    def check(folder: Path) -> Manifest:
        threads.append(threading.current_thread().name)
        raise FileMissingError("There is nothing in it.")

    monkeypatch.setattr(handover, "check", check)
    dialog = ReceiveDialog(main_window)
    qtbot.addWidget(dialog)
    dialog.check(tmp_path)
    assert len(threads) == 1 and threads[0] != threading.main_thread().name
    assert "There is nothing in it." in dialog.problem.text()


def test_a_locked_copy_is_opened_while_the_window_goes_on(
    main_window: MainWindow,
    tmp_path: Path,
    places: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    threads: list[str] = []

    def open_locked(locked: Path, passphrase: str, target: Path) -> Path:
        threads.append(threading.current_thread().name)
        return target

    monkeypatch.setattr(copies, "open_locked", open_locked)
    dialog = OpenLockedDialog(tmp_path / "copy.commission.sealed", main_window)
    qtbot.addWidget(dialog)
    places.append(tmp_path / "copy.commission")
    dialog.open()
    assert len(threads) == 1 and threads[0] != threading.main_thread().name
    assert dialog.opened == tmp_path / "copy.commission"


def test_an_archive_is_left_unwritten_when_its_file_is_closed(
    main_window: MainWindow,
    qtbot: QtBot,
    boxes: Boxes,
    *,
    places: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = threading.Event()

    def slowly(*_: object, **__: object) -> Iterator[tuple[str, bytes]]:
        for number in range(2000):
            begun.set()
            threading.Event().wait(0.005)
            yield f"{number}.txt", b"words"

    monkeypatch.setattr(archive_folder, "archive_files", slowly)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    places.append(shelf)
    main_window.archive.save()
    qtbot.waitUntil(begun.is_set)
    main_window.close_session()
    assert list(shelf.iterdir()) == []
