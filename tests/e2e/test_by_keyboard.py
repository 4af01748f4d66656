"""Whole errands with the keyboard alone: no press of the mouse, every control reached by keys."""

from pathlib import Path

from tests.e2e.conftest import Start
from tests.e2e.person import Person


def _fill(person: Person, name: str, text: str) -> None:
    """Go to a field with Tab, type over what stands in it."""
    person.tab_to(name)
    person.keys("Ctrl+A")
    person.type(text)


def test_a_pledge_and_its_payment(start: Start, sample: Path) -> None:
    person = start(sample)
    person.keys("Ctrl+K")
    person.type("new pledge")
    person.keys("Return")
    person.sees("Record the pledge")
    person.pick("Donor", "Amina Diallo")
    person.pick("Campaign", "Student", "Student Exchange 2027")
    _fill(person, "Amount", "120")
    _fill(person, "Due on", "+30d")
    person.tab_to("Record the pledge")
    person.keys("Space")
    person.is_told("120.00")

    person.keys("Ctrl+K")
    person.type("record a payment")
    person.keys("Return")
    person.sees("What it pays")
    person.pick("From", "Amina Diallo")
    _fill(person, "Amount", "60")
    person.tab_to("Record the payment")
    person.keys("Space")
    person.is_told("60.00")


def test_an_inquiry_is_entered_and_put_on_the_agenda(start: Start, sample: Path) -> None:
    person = start(sample)
    person.keys("Ctrl+4", "Ctrl+N")
    person.sees("Record the inquiry")
    person.pick("City", "Oulu")
    _fill(person, "Received on", "9/16")
    person.tab_to("Record the inquiry")
    person.keys("Space")
    person.is_told("Oulu")
    person.tab_to("Put on the agenda")
    person.keys("Space")
    person.is_told("agenda")
    person.sees("On the agenda of Sep 24")


def test_a_member_is_appointed(start: Start, sample: Path) -> None:
    person = start(sample)
    person.keys("Ctrl+3")
    person.tab_to("Appoint to Seat 7")
    person.keys("Space")
    person.pick("Member", "Kofi Mensah")
    person.tab_to("Appoint")
    person.keys("Space")
    person.is_told("Kofi Mensah")
    person.sees("7 serving", "0 vacant")


def test_a_meeting_an_item_and_its_posting(start: Start, sample: Path) -> None:
    person = start(sample)
    person.keys("Ctrl+K")
    person.type("september 24")
    person.keys("Return")
    person.sees("Post by Mon, Sep 21, 6 PM")
    person.keys("Ctrl+N")
    person.type("Welcome to the guests from Huế\n")
    person.is_told("Welcome to the guests from Huế")
    person.reads_paper("Welcome to the guests from Huế")
    with person.answering("Post"):
        person.tab_to("Post agenda…")
        person.keys("Space")
    person.sees("Record a posting", "Copy 1")
    person.tab_to("City Hall bulletin board")
    person.keys("Space")
    person.tab_to("Record the posting")
    person.keys("Space")
    person.sees("In time")
