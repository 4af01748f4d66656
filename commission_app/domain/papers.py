"""The papers there are: for whom each one is, what it says in a line, and what can be chosen for it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from commission_app.errors import NotFoundError


class Reader(StrEnum):
    """Who needs a paper most."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    EVERYONE = "everyone"


class Option(StrEnum):
    """What can be chosen for a paper; the value is the field of `PaperChoice`."""

    MEETING = "meeting"
    COPY = "copy"
    ITEM = "item"
    ORGANIZATION = "organization"
    INQUIRY = "inquiry"
    LETTER = "letter"
    PLEDGE = "pledge"
    TONE = "tone"
    CONTACT = "contact"
    CAMPAIGN = "campaign"
    DEPOSIT = "deposit"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    YEAR = "year"
    FROM = "from_on"
    TO = "to_on"
    AS_OF = "as_of"
    PUBLIC = "public"
    MINORS = "minors"
    START = "start"
    SIZE = "size"


_FOLLOWERS: Final = {
    Option.MEETING: (Option.COPY, Option.ITEM, Option.INQUIRY),
    Option.INQUIRY: (Option.LETTER, Option.ITEM),
    Option.RECEIPT: (Option.PAYMENT,),
    Option.PAYMENT: (Option.RECEIPT,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChoice:
    """What was chosen for a paper; None is the usual: the next meeting, the first organization, today.

    Records go by their ids. `copy` is the number of a posting copy, 0 the agenda as it stands now; `letter`
    is a recorded letter's id, "" the reply that the program drafts; `campaign` "" is all of them; `public`
    leaves out what the packet must not show; `minors` names people under 18 too; `original` is the first
    print of a paper whose later ones are copies; `payment` is one whose receipt is drafted; `tone` is that
    of a reminder; `start` the first label of a sheet that is still there, from 1; `size` is letter or a4.
    """

    meeting: str | None = None
    copy: int | None = None
    item: str | None = None
    organization: str | None = None
    inquiry: str | None = None
    letter: str | None = None
    pledge: str | None = None
    tone: str | None = None
    contact: str | None = None
    campaign: str | None = None
    deposit: str | None = None
    receipt: str | None = None
    payment: str | None = None
    year: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    as_of: date | None = None
    public: bool = False
    minors: bool = False
    start: int | None = None
    original: bool = False
    size: str | None = None

    def picked(self, option: Option, value: Any) -> "PaperChoice":
        """The choice with another value. A copy and an item go with their meeting, a letter with its
        inquiry; a matter is that of an item or of an inquiry.
        """
        values: dict[str, Any] = {option.value: value}
        values |= {follower.value: None for follower in _FOLLOWERS.get(option, ())}
        return replace(self, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One of the papers. `is_private`: it names people with what they gave or where they live, so that it
    does not go into the packet; with the option `public` it has a form that may. `is_for_packet`: it is
    made for a meeting, so that it is offered in that form first, to be attached to the agenda.
    """

    slug: str
    title: str
    purpose: str
    reader: Reader
    options: tuple[Option, ...]
    is_private: bool = False
    is_for_packet: bool = False


class NothingToPrintError(NotFoundError):
    """A paper has nothing to say yet; `lacks` names what is missing, such as meetings or inquiries."""

    def __init__(self, lacks: str, sentence: str) -> None:
        super().__init__(sentence)
        self.lacks = lacks


#: In the order of the page; an entry here and a maker in `services.papers` make a paper.
KINDS: Final = (
    PaperKind(
        slug="agenda",
        title="Agenda",
        purpose="The draft, or a copy as posted",
        reader=Reader.CHAIR,
        options=(Option.MEETING, Option.COPY, Option.SIZE),
    ),
    PaperKind(
        slug="script",
        title="Chair’s script",
        purpose="Large print, by the clock",
        reader=Reader.CHAIR,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="packet",
        title="Packet",
        purpose="Agenda and all attachments",
        reader=Reader.CHAIR,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="minutes",
        title="Minutes",
        purpose="The draft, or as approved",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="sign-in",
        title="Sign-in sheet",
        purpose="Members, staff and the public",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="tally",
        title="Roll-call tally sheet",
        purpose="Boxes for votes, or as recorded",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="certificate",
        title="Certificate of posting",
        purpose="Where and when, by whom, to sign",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="actions",
        title="Action list",
        purpose="Who has to do what, by when",
        reader=Reader.SECRETARY,
        options=(Option.SIZE,),
    ),
    PaperKind(
        slug="clocks",
        title="Inquiries and their clocks",
        purpose="Where each city stands",
        reader=Reader.CHAIR,
        options=(Option.SIZE,),
    ),
    PaperKind(
        slug="seats",
        title="Certified roster of seats",
        purpose="Members, terms, offices, to sign",
        reader=Reader.SECRETARY,
        options=(Option.AS_OF, Option.SIZE),
    ),
    PaperKind(
        slug="register",
        title="Register of seats",
        purpose="Every seat with all its terms",
        reader=Reader.SECRETARY,
        options=(Option.AS_OF, Option.SIZE),
    ),
    PaperKind(
        slug="vacancy",
        title="Notice of vacancy",
        purpose="To post within 20 days",
        reader=Reader.SECRETARY,
        options=(Option.SIZE,),
    ),
    PaperKind(
        slug="terms-ending",
        title="Terms ending in a year",
        purpose="The list due by 31 December",
        reader=Reader.SECRETARY,
        options=(Option.YEAR, Option.SIZE),
    ),
    PaperKind(
        slug="attendance",
        title="Attendance by member",
        purpose="Who came, over a period",
        reader=Reader.SECRETARY,
        options=(Option.FROM, Option.TO, Option.MINORS, Option.SIZE),
    ),
    PaperKind(
        slug="inquiry",
        title="Story of an inquiry",
        purpose="Its dates, steps and letters",
        reader=Reader.SECRETARY,
        options=(Option.INQUIRY, Option.SIZE),
    ),
    PaperKind(
        slug="reply",
        title="Reply to an inquiry",
        purpose="A letter to the city",
        reader=Reader.SECRETARY,
        options=(Option.INQUIRY, Option.LETTER, Option.SIZE),
    ),
    PaperKind(
        slug="matter",
        title="History of a matter",
        purpose="Its meetings, votes and actions",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.ITEM, Option.INQUIRY, Option.SIZE),
    ),
    PaperKind(
        slug="cancellation",
        title="Notice of cancellation",
        purpose="To post for a cancelled meeting",
        reader=Reader.SECRETARY,
        options=(Option.MEETING, Option.SIZE),
    ),
    PaperKind(
        slug="state",
        title="State of the commission",
        purpose="All that is open, for a new keeper",
        reader=Reader.SECRETARY,
        options=(Option.SIZE,),
    ),
    PaperKind(
        slug="treasurer",
        title="Treasurer’s report",
        purpose="One page for a meeting",
        reader=Reader.TREASURER,
        options=(Option.MEETING, Option.PUBLIC, Option.MINORS, Option.SIZE),
        is_private=True,
        is_for_packet=True,
    ),
    PaperKind(
        slug="campaign",
        title="Report of a campaign",
        purpose="How it stands, month by month",
        reader=Reader.TREASURER,
        options=(Option.CAMPAIGN, Option.AS_OF, Option.PUBLIC, Option.MINORS, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="pledges",
        title="Open pledges by campaign",
        purpose="Promised, paid, open, totals",
        reader=Reader.TREASURER,
        options=(Option.CAMPAIGN, Option.AS_OF, Option.PUBLIC, Option.MINORS, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="aging",
        title="Aging of open pledges",
        purpose="What is open, by days past due",
        reader=Reader.TREASURER,
        options=(Option.AS_OF, Option.PUBLIC, Option.MINORS, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="donor",
        title="Account of a donor",
        purpose="Paid and promised in a period",
        reader=Reader.TREASURER,
        options=(Option.CONTACT, Option.FROM, Option.TO, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="confirmation",
        title="Pledge confirmation",
        purpose="A letter of thanks, no receipt",
        reader=Reader.TREASURER,
        options=(Option.PLEDGE, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="reminder",
        title="Reminder of a pledge",
        purpose="What is overdue, in three tones",
        reader=Reader.TREASURER,
        options=(Option.PLEDGE, Option.TONE, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="receipt",
        title="Receipt",
        purpose="A copy, or a draft to look at",
        reader=Reader.TREASURER,
        options=(Option.RECEIPT, Option.PAYMENT, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="statement",
        title="Statement of gifts",
        purpose="What a donor gave in a year",
        reader=Reader.TREASURER,
        options=(Option.CONTACT, Option.FROM, Option.TO, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="labels",
        title="Address labels",
        purpose="For the donors of a year",
        reader=Reader.TREASURER,
        options=(Option.FROM, Option.TO, Option.START, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="year-close",
        title="Close of a year",
        purpose="Totals by campaign and month",
        reader=Reader.TREASURER,
        options=(Option.YEAR, Option.SIZE),
    ),
    PaperKind(
        slug="deposit-slip",
        title="Deposit slip",
        purpose="Checks, cash and total, to sign",
        reader=Reader.TREASURER,
        options=(Option.DEPOSIT, Option.MINORS, Option.SIZE),
        is_private=True,
    ),
    PaperKind(
        slug="calendar",
        title="Calendar of meetings",
        purpose="The year, with posting deadlines",
        reader=Reader.EVERYONE,
        options=(Option.YEAR, Option.SIZE),
    ),
    PaperKind(
        slug="roster",
        title="Roster of an organization",
        purpose="Members, count and forecast",
        reader=Reader.EVERYONE,
        options=(Option.ORGANIZATION, Option.AS_OF, Option.MINORS, Option.SIZE),
    ),
    PaperKind(
        slug="contacts",
        title="Contact directory",
        purpose="Names, telephones, addresses",
        reader=Reader.EVERYONE,
        options=(Option.MINORS, Option.SIZE),
        is_private=True,
    ),
)


def kind_named(slug: str) -> PaperKind:
    """The paper called by its slug; raises NotFoundError."""
    found = next((kind for kind in KINDS if kind.slug == slug), None)
    if found is None:
        raise NotFoundError(f"There is no paper {slug}.")
    return found
