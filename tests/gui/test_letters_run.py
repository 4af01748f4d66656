"""Runs of letters in the window: ticked, previewed, printed or put into drafts, on record with one undo."""

from collections.abc import Callable, Generator
from datetime import date
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.donor_letters import DonorLetterKind, Tone
from commission_app.domain.findings import Level
from commission_app.domain.members import OfficeTitle
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.findings.groups import looks_of
from commission_app.gui.findings.look import FindingLook, Known
from commission_app.gui.fundraising import letters_form, letters_labels, letters_reminders, statements_dialog
from commission_app.gui.fundraising.letters_dialog import LettersDialog, write_files
from commission_app.gui.fundraising.letters_form import LetterForm
from commission_app.gui.fundraising.letters_labels import LabelsDialog
from commission_app.gui.fundraising.letters_reminders import ReminderDialog
from commission_app.gui.fundraising.statements_dialog import StatementsDialog
from commission_app.gui.home.attention import AttentionList
from commission_app.gui.operations import StoppedError
from commission_app.gui.paper_output import SavedFile
from commission_app.gui.widgets.chips import ChipKind
from tests.gui.conftest import Boxes

Opened = Callable[[LettersDialog], None]
YEAR = date(2026, 1, 1), date(2026, 9, 16)


@pytest.fixture
def shown(qtbot: QtBot) -> Generator[Opened]:
    """Shows a dialog until the end of the test."""
    dialogs: list[LettersDialog] = []

    def show(dialog: LettersDialog) -> None:
        dialogs.append(dialog)
        dialog.show()

    yield show
    for dialog in dialogs:
        dialog.reject()
        qtbot.waitUntil(lambda found=dialog: not found.desk.operations.is_busy())  # type: ignore[misc]
        dialog.deleteLater()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What went to the printer."""
    found: list[bytes] = []

    def note(desk: Desk, data: bytes, name: str, parent: object) -> bool:
        found.append(data)
        return True

    for module in (letters_reminders, statements_dialog, letters_labels, letters_form):
        monkeypatch.setattr(module, "print_paper", note)
    return found


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where files go, and nothing is opened."""
    chosen = tmp_path / "drafts"
    chosen.mkdir()
    for module in (letters_reminders, statements_dialog):
        monkeypatch.setattr(module, "ask_which_folder", lambda *_: chosen)
    monkeypatch.setattr(SavedFile, "open", lambda _: None)
    monkeypatch.setattr(SavedFile, "open_folder", lambda _: None)
    return chosen


def idle(dialog: LettersDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_busy() and not dialog.desk.operations.is_busy())


def test_reminders_are_printed_as_one_and_recorded_with_one_undo(
    desk: Desk, shown: Opened, printed: list[bytes], qtbot: QtBot
) -> None:
    dialog = ReminderDialog(desk)
    shown(dialog)
    assert dialog.summary.text() == "6 pledges overdue, $2,400.00"
    before = {line.pledge_id: line.tone for line in desk.session.donor_letters.reminders()}
    left_out, other = dialog.rows[0].line.pledge_id, dialog.rows[1].line.pledge_id
    dialog.rows[0].box.click()
    dialog.rows[1].tone.setCurrentIndex(list(Tone).index(Tone.FINAL))
    assert dialog.doing.text() == "Print 5 letters..."
    assert dialog.every.checkState() is Qt.CheckState.PartiallyChecked
    dialog.doing.click()
    idle(dialog, qtbot)
    assert len(printed) == 1
    assert dialog.isHidden()
    sent = {row.line.pledge_id: [one.tone for one in row.line.sent][-1:] for row in dialog.rows}
    assert sent == {key: [tone] for key, tone in before.items()} | {left_out: [], other: [Tone.FINAL]}
    desk.operations.undo()
    after = {line.pledge_id: line.tone for line in desk.session.donor_letters.reminders()}
    assert after == before


def test_home_does_not_urge_once_everybody_was_reminded(desk: Desk, qtbot: QtBot) -> None:
    letters = desk.session.donor_letters

    def told(office: OfficeTitle | None = OfficeTitle.TREASURER) -> FindingLook:
        found = [one for one in desk.session.attention.pressing(office) if one.rule == "pledge-overdue"]
        [look] = looks_of(found, Known())
        return look

    lines = letters.reminders()
    letters.record([one.draft for one in letters.drafts([(line.pledge_id, line.tone) for line in lines[1:]])])
    assert told().chip.kind is ChipKind.OVERDUE and not told().is_done_for_now
    letters.record([letters.draft(lines[0].pledge_id, DonorLetterKind.REMINDER).draft])
    look = told()
    assert (look.finding.level, look.chip.text) == (Level.INFO, "Reminded today")
    assert look.title == "Six pledges are overdue, $2,400.00" and look.action == "Write reminders"
    assert told(None).is_done_for_now
    first = desk.session.attention.pressing(OfficeTitle.TREASURER)[0]
    assert first.rule != "pledge-overdue"
    shown = AttentionList()
    qtbot.addWidget(shown)
    shown.show_findings((), (look, *looks_of([first], Known())))
    assert [row.button.kind() for row in shown.rows] == ["secondary", "primary"]
    [kept] = [one for one in desk.session.attention.findings() if one.subject.id == lines[0].pledge_id]
    assert kept.level is Level.OVERDUE


def test_the_letter_of_a_row_stands_beside_the_list(desk: Desk, shown: Opened, qtbot: QtBot) -> None:
    dialog = ReminderDialog(desk)
    shown(dialog)
    dialog.rows[2].eye.click()
    idle(dialog, qtbot)
    assert dialog.preview.page_text() == "Page 1 of 1"


def test_all_are_ticked_and_none(desk: Desk, shown: Opened) -> None:
    dialog = ReminderDialog(desk)
    shown(dialog)
    dialog.every.click()
    assert dialog.chosen() == []
    assert dialog.doing.unavailable_because() == "Nobody is ticked."
    dialog.every.click()
    assert len(dialog.chosen()) == 6


def test_drafts_of_emails_go_into_a_folder_and_the_others_stay_to_be_printed(
    desk: Desk, shown: Opened, folder: Path, qtbot: QtBot
) -> None:
    dialog = ReminderDialog(desk)
    shown(dialog)
    without = [row.line.donor.name for row in dialog.rows if not row.line.donor.email]
    dialog.mail_all()
    idle(dialog, qtbot)
    files = sorted(folder.iterdir())
    assert without == ["Rotary Club of Alder Glen"] and len(files) == 5
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1" and str(message["To"]).endswith("@example.org>")
    assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf"]
    assert [row.line.donor.name for row in dialog.chosen()] == without
    drafted = [row for row in dialog.rows if row.line.donor.name not in without]
    assert all("e-mail draft: Gentle, Sep\xa017" in row.box.accessibleName() for row in drafted)
    assert dialog.body.text().startswith("The first one is gentle")
    assert dialog.left.text() == "Without an e-mail address, to be printed: Rotary Club of Alder Glen."


def test_a_file_without_anything_overdue_says_so(new_window: object, shown: Opened) -> None:
    desk = new_window.desk  # type: ignore[attr-defined]
    dialog = ReminderDialog(desk)
    shown(dialog)
    assert dialog.empty.isVisible() and dialog.doing.isHidden()


def test_statements_of_a_period_that_is_not_over_are_issued_after_a_question(
    desk: Desk, shown: Opened, boxes: Boxes, qtbot: QtBot
) -> None:
    dialog = statements(desk, shown)
    dialog.to_on.bring_back("2026-12-31")
    dialog.read()
    dialog.table.select(dialog.table.rows()[0].donor.id)
    assert dialog.doing.text() == "Issue the statement..."
    boxes.reject()
    dialog.doing.click()
    assert boxes.texts[0].startswith("Issue the statement before the period is over?")
    assert dialog.issued == [] and not dialog.is_busy()
    boxes.accept()
    dialog.doing.click()
    idle(dialog, qtbot)
    assert len(dialog.issued) == 1


def test_what_no_total_has_is_summed_and_how_to_reach_a_donor_never_leaves(desk: Desk, shown: Opened) -> None:
    dialog = statements(desk, shown)
    dialog.resize(760, 600)
    heads = [column.header for column in dialog.table.model.columns]
    assert [heads[at] for at in dialog.table.view.header.in_order()] == heads
    [line] = [one for one in dialog.table.rows() if one.has_advised]
    assert line.advised_cents == 80_000
    totals = [one.amount_cents for one in dialog.table.rows()]
    amount = f"${sum(totals) / 100:,.2f}"
    assert list(dialog.table.totals.texts().values())[1:] == [amount, "$800.00"]


def test_statements_are_issued_then_printed(
    desk: Desk, shown: Opened, printed: list[bytes], qtbot: QtBot
) -> None:
    dialog = statements(desk, shown)
    dialog.table.select(dialog.table.rows()[0].donor.id, dialog.table.rows()[1].donor.id)
    assert dialog.doing.text() == "Issue 2 statements" and dialog.save.isHidden()
    dialog.doing.click()
    idle(dialog, qtbot)
    assert len(dialog.issued) == 2 and dialog.doing.text() == "Print..."
    assert dialog.said.text() == "2 statements issued. Print or send them now."
    dialog.doing.click()
    idle(dialog, qtbot)
    assert len(printed) == 1


def test_what_was_just_issued_says_so_in_its_row_and_in_the_message_bar(
    desk: Desk, shown: Opened, qtbot: QtBot
) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Somebody New"))
    desk.operations.undo()
    dialog = statements(desk, shown)
    dialog.doing.click()
    idle(dialog, qtbot)
    assert {line.issued_on for line in dialog.table.rows()} == {labels.today()}
    message = desk.messages.current()
    assert message.text == f"Issued {len(dialog.issued)} statements of gifts."
    assert (message.undo, message.redo) == (False, False)


def test_what_was_issued_before_is_printed_as_copies_and_issued_again_only_when_asked(
    desk: Desk, shown: Opened, printed: list[bytes], boxes: Boxes, qtbot: QtBot
) -> None:
    first = statements(desk, shown)
    donors = [line.donor for line in first.table.rows()]
    desk.session.statements.issue([donor.id for donor in donors], *YEAR)
    dialog = statements(desk, shown)
    assert dialog.doing.text() == f"Print {len(donors)} copies..." and dialog.doing.isDefault()
    assert dialog.save.isVisible() and dialog.again.isVisible() and dialog.copies.isHidden()
    dialog.doing.click()
    idle(dialog, qtbot)
    assert len(printed) == 1 and dialog.issued == []
    assert "COPY" in PdfReader(BytesIO(printed[0])).pages[0].extract_text()
    assert [len(desk.session.statements.of_donor(donor.id)) for donor in donors] == [1] * len(donors)

    dialog.table.select(donors[0].id)
    boxes.reject()
    boxes.accept()
    dialog.again.click()
    assert boxes.texts == ["Issue 1 statement again?"] and not dialog.is_busy()
    dialog.again.click()
    idle(dialog, qtbot)
    assert [len(desk.session.statements.of_donor(donor.id)) for donor in donors[:2]] == [2, 1]
    assert dialog.doing.text() == "Print..."


def test_of_some_issued_and_some_not_the_button_issues_the_rest(
    desk: Desk, shown: Opened, printed: list[bytes], qtbot: QtBot
) -> None:
    dialog = statements(desk, shown)
    donors = [line.donor.id for line in dialog.table.rows()]
    desk.session.statements.issue(donors[:2], *YEAR)
    dialog.read()
    assert dialog.doing.text() == f"Issue {len(donors) - 2} statements"
    assert dialog.copies.text() == "Print 2 copies..." and dialog.save.isHidden()
    dialog.copies.click()
    idle(dialog, qtbot)
    assert len(printed) == 1 and dialog.issued == []
    dialog.doing.click()
    idle(dialog, qtbot)
    assert [len(desk.session.statements.of_donor(donor)) for donor in donors] == [1] * len(donors)


def test_a_statement_whose_amount_changed_since_is_named(desk: Desk, shown: Opened) -> None:
    dialog = statements(desk, shown)
    donor = next(line.donor for line in dialog.table.rows() if line.payments > 1)
    desk.session.statements.issue([donor.id], *YEAR)
    given = desk.session.pledges.story(donor.id).payments[0]
    desk.session.payments.void(given.id, labels.today(), "Returned by the bank")
    dialog.read()
    told = f"What was given or given back is no longer what the statement says: {donor.name}."
    assert told in dialog.said.text()


def test_statements_go_into_a_folder_one_file_each_and_as_drafts(
    desk: Desk, shown: Opened, folder: Path, qtbot: QtBot
) -> None:
    dialog = statements(desk, shown)
    dialog.go_on()
    idle(dialog, qtbot)
    dialog.save_each()
    idle(dialog, qtbot)
    assert len(list(folder.glob("*.pdf"))) == len(dialog.issued)
    dialog.mail_all()
    idle(dialog, qtbot)
    reached = [line for line in dialog.table.rows() if line.donor.email]
    files = sorted(folder.glob("*.eml"))
    assert len(files) == len(reached)
    others = [line.donor.name for line in dialog.table.rows() if line not in reached]
    assert others and f"Without an e-mail address, to be printed: {', '.join(others)}." in dialog.said.text()
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    body = message.get_body()
    assert body is not None
    text = " ".join(body.get_content().split())
    assert "The statement is attached to this e-mail." in text and "below" not in text


def test_a_donor_whom_nothing_reaches_is_named_before_anything_goes_out(desk: Desk, shown: Opened) -> None:
    dialog = statements(desk, shown)
    nowhere = [
        line.donor.name for line in dialog.table.rows() if not (line.donor.address or line.donor.email)
    ]
    assert nowhere and f"Without an address and without e-mail: {nowhere[0]}" in dialog.said.text()


def statements(desk: Desk, shown: Opened) -> StatementsDialog:
    dialog = StatementsDialog(desk)
    dialog.from_on.bring_back(YEAR[0].isoformat())
    dialog.to_on.bring_back(YEAR[1].isoformat())
    dialog.read()
    shown(dialog)
    return dialog


def test_a_period_that_ends_before_it_begins_is_told(desk: Desk, shown: Opened) -> None:
    dialog = statements(desk, shown)
    dialog.to_on.bring_back("2025-12-31")
    dialog.read()
    assert dialog.table.rows() == []
    assert dialog.doing.unavailable_because() == "Nobody gave anything then."


def test_stopped_files_leave_the_folder_as_it_was(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done == 2:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        write_files(tmp_path, [("a.pdf", b"1"), ("b.pdf", b"2"), ("c.pdf", b"3")], stop)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.pdf").write_bytes(b"mine")
    [path] = write_files(tmp_path, [("a.pdf", b"1")], stop)
    assert path.name == "a-2.pdf" and (tmp_path / "a.pdf").read_bytes() == b"mine"


def test_labels_tell_who_is_left_out_and_where_they_begin(
    desk: Desk, shown: Opened, printed: list[bytes], qtbot: QtBot
) -> None:
    nowhere = desk.session.contacts.add(ContactDraft(name="Nobody Knows Where"))
    somewhere = next(one.id for one in desk.session.contacts.all() if one.address)
    dialog = LabelsDialog(desk, [somewhere, nowhere])
    shown(dialog)
    assert dialog.note.text() == "1 label"
    assert dialog.left_out.text() == "Left out, without an address: Nobody Knows Where."
    dialog.start.bring_back("31")
    dialog.read()
    assert dialog.doing.unavailable_because() == "There is no label to print."
    dialog.start.bring_back("30")
    dialog.read()
    dialog.doing.click()
    assert len(printed) == 1
    idle(dialog, qtbot)


def test_a_letter_from_a_pledge_is_recorded_once_when_it_goes_out(
    desk: Desk, printed: list[bytes], qtbot: QtBot
) -> None:
    [line, *_] = desk.session.donor_letters.reminders()
    form = LetterForm(desk, line.pledge_id, DonorLetterKind.REMINDER)
    qtbot.addWidget(form)
    qtbot.waitUntil(lambda: form.pdf() is not None)
    form.tone.box.setCurrentIndex(1)
    form.tone.box.activated.emit(1)
    qtbot.waitUntil(lambda: not desk.operations.is_busy())
    form.print_paper()
    form.print_paper()
    assert len(printed) == 2
    assert [one.tone for one in desk.session.donor_letters.of_pledge(line.pledge_id)] == [Tone.FIRM]
