"""From an empty file to a posted agenda, as a secretary does it on the first evening."""

from pathlib import Path

from tests.e2e.conftest import Start

ROSTER = [f"Member {number}" for number in range(1, 16)]
MORE = ["Pia Sørensen", "Quang Đặng", "Rosa Núñez", "Сергей Воробьёв", "林家慧", "Uma Rao", "Vic Ott"]


def test_from_an_empty_file_to_a_posted_agenda(start: Start, home: Path) -> None:
    person = start()

    # The file
    person.sees("The record of your sister cities commission")
    person.press("Create the commission’s file")
    person.enter("Name of the commission", "Fern Hollow Sister Cities Commission")
    person.enter("City", "Milpitas")
    person.enter("State", "CA")
    person.sees("Los Angeles", "Seven regular members", "Fern Hollow Sister Cities Commission.commission")
    person.press("Create the file")
    person.sees("Letterhead", "Seats and members", "Community organization", "The year’s meetings")
    person.press("Leave the rest for later")
    person.sees(
        "First steps", "Write the letterhead", "Enter the meetings of the year", "No meeting is scheduled"
    )

    # Letterhead and accommodation
    person.press("Write it")
    person.enter("Address", "Town Hall, 1 Fern Street")
    person.is_told("Changed the commission")
    person.enter("E-mail", "sistercities@fernhollow.example.org")
    person.enter("Whom to ask", "the City Clerk")
    person.enter("Telephone for accommodations", "(408) 555-0100")
    person.press("Home")
    person.sees("First steps")
    person.sees_no("Write the letterhead", "Name whom to ask for an accommodation")

    # Members
    person.press("Open the seats")
    for seat, name in (
        ("Seat 1", "Ana Ruiz"),
        ("Seat 2", "Minh Khai"),
        ("Seat 3", "Dan Lee"),
        ("Seat 4", "Jo Fox"),
    ):
        person.press(f"Appoint to {seat}")
        person.create("Member", name)
        person.press("Appoint")
        person.sees(name, "Filled")
        person.press("Close")
    person.sees("4 serving", "3 vacant")

    # The community organization, its members pasted
    person.press("Community organizations")
    person.press("Add the community organization")
    person.enter("Name of the organization", "Fern Hollow Friendship Society")
    person.press("Add the organization")
    person.press("Paste or import names")
    person.paste("Or paste names", "\n".join(ROSTER + MORE))
    person.press("Check the rows")
    person.sees("林家慧")
    person.press("Import 22")
    person.is_told("22 members were added")
    person.sees("22", "members today, 2 above the mark of 20", "Сергей Воробьёв")

    # The year's meetings
    person.press("Home")
    person.press("Plan the year")
    person.sees("Thursday, September 24, 2026, 6 PM")
    person.enter("Place", "Town Hall")
    person.press("Enter 4 meetings")
    person.is_told("meetings")
    person.press("Meetings")
    person.sees("Thu, Sep 24", "Thu, Oct 22")

    # The agenda
    person.press("Home")
    person.press("Open agenda")
    person.sees("Thursday, September 24", "Draft", "Post by Mon, Sep 21, 6 PM")
    person.reads_paper(
        "Fern Hollow", "Thursday, September 24, 2026, 6:00 PM", "Town Hall, 1 Fern Street", "DRAFT"
    )
    person.keys("Ctrl+N")
    person.type("Letter to Huế, Vietnam")
    person.press("Add item")
    person.is_told("Letter to Huế, Vietnam")
    person.reads_paper("Letter to Huế, Vietnam")
    person.enter("Recommended action", "Send the letter.")
    person.reads_paper("Recommendation: Send the letter.")

    # Posting
    with person.answering("Post", "Post this agenda?", "before the deadline"):
        person.press("Post agenda…")
    person.sees("Record a posting", "Copy 1")
    person.enter("Where", "Town Hall window")
    person.press("Record the posting")
    person.sees("Town Hall window", "In time")
    person.press("Agenda")
    person.reads_paper("Letter to Huế, Vietnam")

    # Home is calm about it
    person.press("Home")
    person.sees("Thursday, September 24", "Posted")
    person.sees_no("The agenda for September 24 is not posted")
