"""The agendas that the tests of the papers print."""

from pathlib import Path

from commission_app.domain.agendas import AgendaPaper, PaperItem, PaperNotice, PaperPerson, PaperSection

PAPERS = Path(__file__).resolve().parent.parent / "data" / "papers"
SEAL = PAPERS / "seal.svg"


def person(name: str, role: str = "") -> PaperPerson:
    return PaperPerson(name=name, role=role)


def item(letter: str, title: str, kind: str = "Information", **more: object) -> PaperItem:
    return PaperItem(id=f"item-{letter}-{title[:12]}", letter=letter, title=title, kind=kind, **more)  # type: ignore[arg-type]


def section(number: str, title: str, *items: PaperItem, kind: str = "", text: str = "") -> PaperSection:
    slug = title.lower().replace(" ", "-")
    return PaperSection(slug=slug, number=number, title=title, kind=kind, text=text, items=items)


def agenda(**changes: object) -> AgendaPaper:
    """The agenda of Alder Glen for 24 September 2026, with any field changed."""
    values: dict[str, object] = {
        "body_name": "Sister Cities Commission",
        "full_name": "Alder Glen Sister Cities Commission",
        "city_line": "City of Alder Glen, California",
        "address_lines": (
            "City Hall, 455 Alder Glen Avenue",
            "Alder Glen, California 95099",
            "(408) 555-0142",
            "sistercities@alderglen.example.org",
        ),
        "logo": SEAL.read_bytes(),
        "logo_type": "image/svg+xml",
        "kind_line": "Regular Meeting",
        "when_line": "Thursday, September 24, 2026, 6:00 PM",
        "place_line": "City Hall, Committee Room, 455 Alder Glen Avenue",
        "commissioners": (
            person("Dr. Alexandria Montgomery-Featherstonehaugh", "Chair"),
            person("Nguyễn Thị Minh Khai", "Vice Chair"),
            person("Ana Ruiz", "Secretary"),
            person("Harold Lindqvist", "Treasurer"),
            person("Grace Okonkwo-Bauer"),
            person("Daniel Lee"),
            person("", "Seat 7, vacant"),
        ),
        "alternates": (person("Marisol Cruz"), person("Tomasz Wójcik")),
        "liaisons": (person("Priya Raman", "City Council"), person("James O’Dell", "School Board")),
        "staff": (person("Rosa Delgado", "City Clerk’s office"),),
        "sections": _sections(),
        "notices": _notices(),
        "certificate": (
            "I posted this agenda on the bulletin board at City Hall and at "
            "alderglen.example.org/sistercities at least 72 hours before the meeting, by Monday, "
            "September 21, 2026, at 6:00 PM. I declare under penalty of perjury under the laws of "
            "California that this is true."
        ),
        "signer": "Ana Ruiz, Secretary",
        "footer": "Alder Glen Sister Cities Commission, agenda of September 24, 2026",
        "mark": "",
    }
    return AgendaPaper(**(values | changes))  # type: ignore[arg-type]


def _sections() -> tuple[PaperSection, ...]:
    return (
        section("I", "Call to order and roll call"),
        section("II", "Pledge of allegiance"),
        section("III", "Seating of alternates"),
        section(
            "IV",
            "Public forum",
            text="Anyone may speak for up to three minutes on a subject that is not on this agenda. By law "
            "the Commission may not act on it tonight.",
        ),
        section("V", "Announcements and correspondence", item("A", "Letters received since June 25")),
        section("VI", "Conflicts of interest"),
        section("VII", "Approval of the agenda", kind="Action"),
        section(
            "VIII",
            "Approval of minutes",
            item(
                "A",
                "Minutes of the regular meeting of June 25, 2026",
                "Action",
                recommended_action="Approve the minutes.",
                attachments=(1,),
            ),
        ),
        section(
            "IX",
            "Reports",
            item("A", "Chair"),
            item("B", "Council and school liaisons"),
            item("C", "Treasurer: pledges and payments to September 15", attachments=(2,)),
        ),
        section(
            "X",
            "Unfinished business",
            item(
                "A",
                "Inquiry from Tainan (臺南), Taiwan: discussion and next steps",
                "Action",
                presenter="Nguyễn Thị Minh Khai",
                minutes=15,
                recommended_action="Direct the secretary to invite a representative of Tainan to the October "
                "meeting.",
                attachments=(3, 4),
            ),
            item(
                "B",
                "Inquiry from Ekaterinburg (Екатеринбург), Russia: next steps",
                "Action",
                presenter="Ana Ruiz",
                minutes=10,
                recommended_action="Discuss the inquiry and decide whether to accept it.",
                attachments=(5,),
            ),
        ),
        section(
            "XI",
            "New business",
            item(
                "A",
                "Inquiry from Huế, Vietnam: discussion and next steps",
                "Action",
                presenter="Grace Okonkwo-Bauer",
                minutes=15,
                recommended_action="Send the Request for a Sister City form and name a commissioner as first "
                "contact.",
                attachments=(6,),
            ),
            item(
                "B",
                "Delegation to Tsukuba (つくば), Japan, October 2026: itinerary and costs",
                "Discussion",
                presenter="Dr. Alexandria Montgomery-Featherstonehaugh",
                minutes=10,
                attachments=(7,),
            ),
            item(
                "C",
                "Renewal of the economic partnership with Oulu, Finland",
                "Action",
                presenter="Council Member Priya Raman",
                minutes=10,
                recommended_action="Recommend to the City Council that the partnership be renewed for "
                "eighteen months.",
                attachments=(8,),
            ),
        ),
        section(
            "XII",
            "Future agenda items and next meeting",
            text="The next regular meeting is on Thursday, October 22, 2026, at 6:00 PM.",
        ),
        section("XIII", "Adjournment"),
    )


def _notices() -> tuple[PaperNotice, ...]:
    return (
        PaperNotice(
            head="Taking part.",
            text="To ask for an accommodation, an interpreter or a copy in another form, call (408) 555-0142 "
            "or write to sistercities@alderglen.example.org by noon on Wednesday, September 23.",
        ),
        PaperNotice(
            head="Papers.",
            text="Papers given to the Commission after this agenda was posted can be read at City Hall, 455 "
            "Alder Glen Avenue, on working days from 8 AM to 5 PM, and at "
            "alderglen.example.org/sistercities.",
        ),
        PaperNotice(
            head="Speaking.",
            text="The Chair calls for speakers before each item is decided. No one has to give a name "
            "or sign in.",
        ),
    )
