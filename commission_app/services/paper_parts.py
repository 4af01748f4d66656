"""What every report is made with: the masthead, the day in words, the finished paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.papers import PaperChoice
from commission_app.domain.places import state_name
from commission_app.domain.present import Present
from commission_app.domain.report_paper import Block, Masthead, ReportPaper
from commission_app.services.agenda_paper import address_lines, body_name_of, signer_of
from commission_app.services.commission import logo_of, read_commission
from commission_app.services.context import Context
from commission_app.services.members import read_seats

if TYPE_CHECKING:
    from commission_app.documents.printed import Content

NOT_FOR_THE_PACKET = "Private: not for the packet"
A_MINOR = "A person under 18"
#: Who certifies who sits in the seats.
CLERK = "City Clerk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a maker gives: the paper, what it is called in a sentence and in a file's name, whether this form
    of it is private, the choice with what was meant where nothing was chosen, whom it is written to, and
    sentences on what it leaves out.
    """

    content: "Content"
    title: str
    file_stem: str
    choice: PaperChoice
    is_private: bool = False
    contact_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def masthead_of(connection: Connection) -> Masthead:
    """The top of a paper as the commission is called and found now."""
    body = read_commission(connection)
    logo = logo_of(connection)
    return Masthead(
        body_name=body_name_of(body),
        full_name=body.name,
        city_line=", ".join(part for part in (f"City of {body.city}", state_name(body.state)) if part),
        address_lines=address_lines(body),
        logo=logo.data if logo else None,
    )


def report(
    context: Context,
    connection: Connection,
    title: str,
    *,
    lines: Sequence[str],
    blocks: Sequence[Block],
    note: str = "",
    is_private: bool = False,
    certificate: str = "",
) -> ReportPaper:
    """A report on the letterhead; one that is certified is signed by the secretary."""
    top = masthead_of(connection)
    present = context.present(connection)
    today, printed_on = present.today, Present(context.now, present.zone).today
    return ReportPaper(
        masthead=top,
        title=title,
        lines=tuple(line for line in lines if line),
        blocks=tuple(blocks),
        note=note,
        mark=NOT_FOR_THE_PACKET if is_private else "",
        certificate=certificate,
        signer=_signer(context, connection) if certificate else "",
        footer=f"{top.full_name}, {title[:1].lower()}{title[1:]}, printed {long_day(printed_on)}",
        page_size=context.rule_book(connection).text("paper.size", today),
    )


def day_or_today(context: Context, connection: Connection, day: date | None) -> date:
    """The day chosen, else today."""
    return day or context.present(connection).today


def short_day(day: date) -> str:
    """A day in a table, never broken: Sep 24, 2026."""
    month, _, rest = long_day(day).partition(" ")
    return f"{month[:3]}\u00a0{rest.replace(' ', chr(0xA0))}"


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def shown_name(contact: Contact, choice: PaperChoice) -> str:
    """A name as it may be printed: a minor has none, unless that was asked for."""
    return A_MINOR if contact.minor and not choice.minors else contact.name


def _signer(context: Context, connection: Connection) -> str:
    return signer_of(connection, read_seats(context, connection), read_commission(connection))
