"""The sheet that every letter to a donor is written on: letterhead, date, who signs."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.commission import Commission
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.letter_paper import LetterPaper, ReplyDraft
from commission_app.domain.members import OfficeTitle
from commission_app.services.agenda_paper import signer_of
from commission_app.services.campaigns import campaign_names, default_receiver_of
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.members import read_seats
from commission_app.services.paper_parts import masthead_of
from commission_app.services.pledge_letters import Parties


def blank_sheet(context: Context, connection: Connection, on: date) -> LetterPaper:
    """A sheet dated a day and signed by the treasurer, without addressee and words."""
    top, body = masthead_of(connection), read_commission(connection)
    sheet = LetterPaper(
        body_name=top.body_name,
        full_name=top.full_name,
        city_line=top.city_line,
        address_lines=top.address_lines,
        logo=top.logo,
        to_lines=(),
        date_line="",
        subject="",
        text="",
        footer="",
        page_size=context.rule_book(connection).text("paper.size", on),
    )
    return dated(signed(sheet, money_signer(context, connection, body)), on)


def dated(sheet: LetterPaper, on: date) -> LetterPaper:
    """A sheet with its day."""
    day = long_day(on)
    return replace(sheet, date_line=day, footer=f"{sheet.full_name}, letter of {day}")


def signed(sheet: LetterPaper, signer: str) -> LetterPaper:
    """A sheet with who signs: a name, and a title after a comma."""
    name, _, title = signer.partition(",")
    return replace(
        sheet, signer_lines=tuple(part.strip() for part in (name, title, sheet.full_name) if part.strip())
    )


def edited(sheet: LetterPaper, reply: ReplyDraft) -> LetterPaper:
    """A letter with what a form may change of it; its tables and its ending stay."""
    to = tuple(line.strip() for line in reply.to.splitlines() if line.strip())
    sheet = replace(sheet, to_lines=to, subject=reply.subject, text=reply.text)
    return dated(signed(sheet, reply.signer), reply.on)


def addressee(contact: Contact) -> tuple[str, ...]:
    """A contact as it stands on a letter; without an address the name alone."""
    lines = (line.strip() for line in (contact.address or "").splitlines())
    return (contact.name, *filter(None, lines))


def money_signer(context: Context, connection: Connection, body: Commission) -> str:
    """Who signs what goes to donors: the treasurer, else whoever signs for the commission."""
    seats = read_seats(context, connection)
    for view in seats:
        if view.holder is not None and OfficeTitle.TREASURER in view.offices:
            return f"{view.holder.name}, Treasurer"
    return signer_of(connection, seats, body)


def receivers_of(context: Context, connection: Connection) -> dict[str | None, Contact | None]:
    """Who receives the money of each campaign by its id, and under None that of no campaign; None stands
    for the commission itself.
    """
    usual = default_receiver_of(context, connection)
    by_campaign = {one.id: one.receiver_id or usual for one in campaign_names(connection).values()}
    people = names(connection, (*by_campaign.values(), usual))
    found: dict[str | None, Contact | None] = {None: people.get(usual or "")}
    found.update((campaign, people.get(receiver or "")) for campaign, receiver in by_campaign.items())
    return found


def parties_of(context: Context, connection: Connection, campaign_id: str) -> Parties:
    """Who stands in a letter about a pledge to a campaign besides the donor."""
    body = read_commission(connection)
    receiver = receivers_of(context, connection).get(campaign_id)
    return Parties(
        commission=body.name,
        receiver=receiver.name if receiver is not None else body.name,
        currency=body.currency or "USD",
    )
