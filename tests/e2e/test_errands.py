"""Ten errands of the three volunteers, done with mouse and keyboard as somebody new to the program would.

Each says in its words what somebody wants; `within` holds the presses of the mouse that it may take."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog

from commission_app.gui import printing
from tests.e2e.conftest import Start
from tests.e2e.person import Person

Choose = Callable[..., None]

EVE = datetime(2026, 9, 23, 17, tzinfo=UTC)  # the day before the meeting of September 24
MAIL = """From: =?utf-8?b?546L5bCP5piO?= <wang@kaohsiung.example>
To: sistercities@alderglen.example.org
Date: Wed, 23 Sep 2026 09:12:00 +0800
Subject: Greetings from Kaohsiung
Message-ID: <1@kaohsiung.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Kaohsiung would like to become a sister city of Alder Glen.
"""
CHECKS = (  # as they lie in the envelope: the first letters that tell who it is from, the amount, the number
    ("rotary", "200", "5501"),
    ("okonkwo", "350", "118"),
    ("barth", "100", "2207"),
    ("oluwa", "500", "31"),
    ("yuki", "350", "904"),
    ("lindq", "50", "1440"),
    ("amina", "60", "77"),
    ("daniel", "20", "612"),
    ("kofi", "25", "8"),
    ("marisol", "70", "2031"),
    ("tomasz", "80", "415"),
    ("leilani", "100", "3006"),
)


@contextmanager
def within(person: Person, clicks: int) -> Generator[None]:
    """The errand in the block takes no more presses of the mouse than this."""
    before = person.clicks
    yield
    assert person.clicks - before <= clicks, f"{person.clicks - before} clicks, {clicks} were enough"


@pytest.fixture
def chooses(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """What is chosen in the system's dialogs for opening and saving from now on."""

    def choose(path: Path, saved: Path | None = None) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(saved or path), ""))

    return choose


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What is printed lands in this file."""
    path = tmp_path / "printed.pdf"

    def agree(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(path))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", agree)
    return path


def test_a_new_secretary_takes_over(start: Start, sample: Path) -> None:
    """Grace follows Ana as secretary in the middle of the year. She gets the file, wants it to know who
    she is and what she is now, and to see what is waiting for her."""
    person = start(sample, who="")
    with within(person, 7):
        person.press("Choose")
        person.choose("Grace Okonkwo-Bauer")
        person.sees("Good morning, Grace")
        person.press("Members")
        person.press_part("Seat 5: Grace Okonkwo-Bauer")
        person.press("Elect")
        person.type("sec")
        person.press("Record the office")
        person.sees("You are Grace Okonkwo-Bauer, Secretary")
        person.press("Home")
        person.sees("What needs attention", "The agenda for September 24 is not posted", "Preview agenda")


def test_an_agenda_on_paper_in_five_minutes(start: Start, sample: Path, printed: Path) -> None:
    """The library closes in five minutes, and the agenda has to hang there: what must be on it is on it,
    the flag that was promised on the telephone too, and it is printed as it goes on the board."""
    person = start(sample)
    with within(person, 6):
        person.press("Open agenda")
        person.sees("Huế is at its last meeting and is not listed")
        person.press("Add Inquiry from Huế, Vietnam: discussion")
        person.is_told("Inquiry from Huế")
        person.keys("Ctrl+N")
        person.type("Flag of Tainan for the library\n")
        person.is_told("Flag of Tainan for the library")
        person.reads_paper("Inquiry from Huế", "Flag of Tainan for the library")
        with person.answering("Post", "Post this agenda?"):
            person.press("Post agenda…")
        person.press("Print copy 1")
        person.is_told("Saved printed.pdf in ")
        person.press("Record the posting")
        person.sees("City Hall bulletin board", "In time")
    assert printing.open_pdf(printed.read_bytes()).pageCount() == 2


def test_twelve_checks_in_an_envelope(start: Start, sample: Path) -> None:
    """After the dinner the treasurer holds twelve checks and enters them from the keyboard, one after the
    other: who, how much, which number. The pledges they pay should be found by the program."""
    person = start(sample, who="Harold Lindqvist")
    with within(person, 2):
        person.press("Fundraising")
        person.press("Record a payment")
        before = person.strokes
        for name, amount, number in CHECKS:
            person.type(name)
            person.keys("Tab")
            person.type(amount)
            person.keys("Tab", "Tab", "Tab")
            person.type(number)
            person.keys("Return")
        person.sees("12 payments, $1,905.00 in all")
    typed = sum(len("".join(check)) for check in CHECKS)
    assert person.strokes - before == typed + len(CHECKS) * 5


def test_an_inquiry_arrives_the_day_before_a_meeting(
    start: Start, sample: Path, tmp_path: Path, chooses: Choose
) -> None:
    """On Wednesday night a city writes by e-mail; the meeting is tomorrow and its agenda is on the board.
    The secretary wants to have it in the record, answered in time, and discussed when it can be."""
    mail = tmp_path / "greetings.eml"
    mail.write_bytes(MAIL.replace("\n", "\r\n").encode())
    chooses(mail)
    person = start(sample, at=EVE)
    with within(person, 8):
        person.press("Inquiries")
        person.press("New inquiry")
        person.press("Open an e-mail...")
        person.sees("E-mail from 王小明: Greetings from Kaohsiung")
        person.create("City", "Kaohsiung")
        person.enter("Country", "Taiwan")
        person.press("Record the inquiry")
        person.sees("3 meetings left")
        person.press("Put on the agenda")
        person.sees("On the agenda of Oct 22")


def test_a_member_resigns_and_somebody_follows(start: Start, sample: Path) -> None:
    """Daniel Lee moves away and resigned yesterday. The seat should be seen to be empty, what the law asks
    should be said, and Kofi Mensah should be entered for the rest of the term."""
    person = start(sample)
    with within(person, 7):
        person.press("Members")
        person.press_part("Seat 6: Daniel Lee")
        person.press("End the term")
        person.sees("End the term of Daniel Lee")
        person.enter("Last day", "yesterday")
        person.press("End the term")
        person.is_told("Ended the term of Daniel Lee in Seat 6")
        person.sees("5 serving", "2 vacant", "appoint ten working days after it")
        person.press("Appoint to Seat 6")
        person.sees("The rest of the term.", "Jun 30, 2028")
        person.type("kofi")
        person.keys("Return")
        person.press("Appoint")
        person.is_told("Appointed Kofi Mensah to Seat 6")


def test_a_roster_that_shrinks(
    start: Start, sample: Path, tmp_path: Path, chooses: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In January the Friendship Society falls under twenty. Whoever has to be asked should get a message
    now, without seeing the others' addresses; when Thu Hương renews, the roster should know."""
    draft = tmp_path / "renew.eml"
    chooses(draft)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    person = start(sample)
    with within(person, 5):
        person.press("Open the roster")
        person.sees("Under 20 from January 1, 2027", "Two renewals keep 20")
        with person.answering("Save the draft...", "Yuki Hashimoto", "Your membership in Alder Glen"):
            person.press("Ask to renew...")
        person.press_row("Đặng Thu Hương")
        person.keys("Return")
        person.enter("Ends", "10/15/2027")
        person.is_told("membership")
        person.sees("Oct 15, 2027")
    assert (
        message_from_bytes(draft.read_bytes())["Subject"]
        == "Your membership in Alder Glen Friendship Society"
    )


def test_a_posted_meeting_is_cancelled(start: Start, sample: Path) -> None:
    """The agenda hangs, and then the room is flooded: the meeting is moved by a week, everybody should
    see which paper is to be put up now."""
    person = start(sample)
    person.press("Open agenda")
    with person.answering("Post"):
        person.press("Post agenda…")
    person.press("Record the posting")
    person.sees("In time")
    with within(person, 4):
        person.press("More for this meeting")
        person.choose("Move to another day")
        person.enter("Day", "10/1")
        person.press("Move the meeting")
        person.is_told("Moved")
        person.sees("Thursday, October 1", "instead of")


def test_somebody_pays_anothers_pledge_and_a_check_bounces(start: Start, sample: Path) -> None:
    """Amina pays what her friend Oluwaseun has pledged, and her check comes back. First the pledge should
    be paid, then open again, with both to be read later."""
    person = start(sample, who="Harold Lindqvist")
    with within(person, 8):
        person.press("Fundraising")
        person.press("Record a payment")
        person.type("amina")
        person.keys("Tab")
        person.type("500")
        person.enter("Another pledge", "oluwa")
        person.press("Record the payment")
        person.is_told("500.00")
        person.press("Close")
        person.press_row("Amina Diallo")
        with person.answering("Void", "$500.00", entering=("Reason", "The check came back")):
            person.keys("Del")
        person.is_told("Voided")
        person.sees("Voided")


def test_a_parcel_from_a_reading_copy(start: Start, sample: Path, tmp_path: Path, chooses: Choose) -> None:
    """The treasurer is away with a copy of the record, takes a check, and sends it home; the secretary
    looks at what comes and takes it in."""
    copy, parcel = tmp_path / "for Harold.commission", tmp_path / "parcel.json"
    keeper = start(sample)
    with within(keeper, 5):
        keeper.press("Settings")
        keeper.press("Copies and hand-over")
        chooses(copy)
        with keeper.answering("Save the copy...", entering=("For whom", "Harold Lindqvist")):
            keeper.press("Give a copy...")
        keeper.is_told("The copy for Harold Lindqvist is in")
    keeper.window.close()

    treasurer = start(copy, who="Harold Lindqvist")
    treasurer.sees("Pledges, payments, contacts and agenda proposals can be entered.")
    with within(treasurer, 4):
        treasurer.press("Fundraising")
        treasurer.press("Record a payment")
        treasurer.type("rotary")
        treasurer.keys("Tab")
        treasurer.type("200")
        treasurer.keys("Return")
        treasurer.is_told("200.00")
        chooses(parcel)
        with treasurer.answering("Save the parcel", "1 entry goes back."):
            treasurer.press("Send back 1 entry...")
        treasurer.is_told("parcel")
    treasurer.window.close()

    keeper = start(sample)
    with within(keeper, 5):
        keeper.press("Settings")
        keeper.press("Copies and hand-over")
        with keeper.answering("Choose the file...", "Rotary Club of Alder Glen", then="Load 1 entry"):
            keeper.press("Load a parcel...")
        keeper.is_told("1 ")
    keeper.press("Fundraising")
    keeper.press("Payments")
    keeper.sees("64 payments")


def test_the_computer_broke(start: Start, sample: Path, home: Path, tmp_path: Path, chooses: Choose) -> None:
    """The laptop fell into the lake. On the library's computer there is the program and a stick with the
    backups: the record should be there again."""
    person = start(sample)
    person.press("Settings")
    person.press("Backups")
    person.press("Back up now")
    person.is_told("Backup made and verified")
    desk = person.window.desk
    assert desk is not None
    made = desk.session.backups.list()[0].path
    stick = Path(shutil.copy(made, tmp_path / made.name))
    person.window.close()
    shutil.rmtree(home)
    sample.unlink()
    elsewhere = tmp_path / "library" / "Alder Glen.commission"
    elsewhere.parent.mkdir()
    person = start()
    with within(person, 2):
        chooses(stick, elsewhere)
        with person.answering("A backup on a stick...", "Bring back a file"):
            person.press("Bring back a file...")
        person.sees("Good morning")
