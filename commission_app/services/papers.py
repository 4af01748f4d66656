"""Every paper from one place: which there are, what can be chosen for each, and the paper itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, func, select

from commission_app.domain.dates import long_day
from commission_app.domain.donor_letters import Tone
from commission_app.domain.inquiries import Letter, LetterDirection
from commission_app.domain.labels import SHEETS
from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.papers import KINDS, Option, PaperChoice, PaperKind, Reader, kind_named
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.report_paper import FrozenPaper
from commission_app.domain.text import capital
from commission_app.errors import NotFoundError
from commission_app.services import (
    paper_actions,
    paper_campaign,
    paper_deposits,
    paper_donor,
    paper_inquiries,
    paper_letters,
    paper_matter,
    paper_meetings,
    paper_members,
    paper_minutes,
    paper_money,
    paper_packet,
    paper_posting,
    paper_receipts,
    paper_script,
    paper_seats,
    paper_sign_in,
    paper_state,
    paper_tally,
    paper_years,
    treasurer_page,
)
from commission_app.services.agendas import items_of
from commission_app.services.campaigns import campaign_names, may_raise
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.deposits import DepositService
from commission_app.services.inquiry_views import read_inquiries
from commission_app.services.list_blocks import Order
from commission_app.services.meetings import copies_of
from commission_app.services.money_words import money_in_words
from commission_app.services.organizations import read_organizations
from commission_app.services.paper_parts import Made
from commission_app.services.payment_lists import payment_lines
from commission_app.services.pledge_lists import (
    PledgeFilter,
    PledgeSort,
    page_of_pledges,
    pledge_lines,
)
from commission_app.services.receipts import ReceiptService
from commission_app.services.statements import StatementService
from commission_app.services.years import year_offers
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    agenda_items,
    campaigns,
    community_organizations,
    contacts,
    deliveries,
    deposits,
    inquiries,
    letters,
    meetings,
    payments,
    pledges,
    postings,
)

if TYPE_CHECKING:
    from commission_app.documents.printed import Content

Maker = Callable[[Context, Connection, PaperChoice], Made]

#: By the slug of the kind: who makes the paper from the record.
MAKERS: Final[Mapping[str, Maker]] = {
    "agenda": paper_meetings.agenda_paper,
    "script": paper_script.script_paper,
    "packet": paper_packet.packet_paper,
    "minutes": paper_minutes.minutes_paper,
    "sign-in": paper_sign_in.sign_in_paper,
    "tally": paper_tally.tally_paper,
    "certificate": paper_posting.certificate_paper,
    "actions": paper_actions.actions_paper,
    "clocks": paper_inquiries.clocks_paper,
    "seats": paper_members.seats_paper,
    "register": paper_seats.register_paper,
    "vacancy": paper_seats.vacancy_paper,
    "terms-ending": paper_members.terms_paper,
    "attendance": paper_members.attendance_paper,
    "inquiry": paper_inquiries.story_paper,
    "reply": paper_inquiries.reply_paper,
    "matter": paper_matter.matter_paper,
    "cancellation": paper_meetings.cancellation_paper,
    "state": paper_state.state_paper,
    "treasurer": treasurer_page.treasurer_paper,
    "campaign": paper_campaign.campaign_paper,
    "donor": paper_donor.donor_paper,
    "pledges": paper_money.pledges_paper,
    "aging": paper_money.aging_paper,
    "confirmation": paper_letters.confirmation_paper,
    "reminder": paper_letters.reminder_paper,
    "statement": paper_letters.statement_paper,
    "labels": paper_letters.labels_paper,
    "year-close": paper_years.year_close_paper,
    "receipt": paper_receipts.receipt_paper,
    "deposit-slip": paper_deposits.deposit_slip,
    "calendar": paper_meetings.calendar_paper,
    "roster": paper_members.roster_paper,
    "contacts": paper_members.contacts_paper,
}
#: Of which meetings there is a paper, where not of all.
_STATES: Final = {"cancellation": (MeetingState.CANCELLED,), "minutes": paper_minutes.SAT}
_MOST: Final = 50
_TABLES: Final = {
    "organization": community_organizations,
    "item": agenda_items,
    "inquiry": inquiries,
    "letter": letters,
    "pledge": pledges,
    "campaign": campaigns,
    "contact": contacts,
    "deposit": deposits,
    "payment": payments,
    "delivery": deliveries,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be chosen: the value for `PaperChoice`, its words, and what tells it apart."""

    value: str | int
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper ready to be drawn, with the choice it was made by; subject, text and contacts are for an
    e-mail; `notes` are sentences on what it leaves out."""

    kind: PaperKind
    content: "Content"
    title: str
    file_name: str
    choice: PaperChoice
    is_private: bool
    subject: str
    text: str
    contact_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_frozen(self) -> bool:
        """Whether it is printed from bytes that left the house: neither size nor words change."""
        return isinstance(self.content, FrozenPaper)


@dataclass(frozen=True, slots=True)
class PaperService:
    """The papers of the file."""

    context: Context

    def kinds(self) -> list[PaperKind]:
        """The papers that this commission can have, in the order of the page."""
        with self.context.database.reading() as connection:
            raises = may_raise(self.context, connection)
        return [kind for kind in KINDS if raises or kind.reader is not Reader.TREASURER]

    def paper(self, slug: str, choice: PaperChoice | None = None) -> Paper:
        """A paper as the record stands; NothingToPrintError where it has nothing to say yet, NotFoundError
        for a record that is not in the file.
        """
        kind = kind_named(slug)
        with self.context.database.one_view(), self.context.database.reading() as connection:
            made = MAKERS[slug](self.context, connection, choice or PaperChoice())
            size = made.choice.size or self.usual_size()
            content = made.content
            if not isinstance(content, FrozenPaper):
                content = replace(content, page_size=size)
            body = read_commission(connection)
            head = body.letterhead
            sender = "\n".join(filter(None, (body.name, head.phone, head.email, head.website)))
            return Paper(
                kind=kind,
                content=content,
                title=capital(made.title),
                file_name=f"{_plain(made.file_stem)}.pdf",
                choice=replace(made.choice, size=size),
                is_private=made.is_private,
                subject=f"{body.name}: {made.title}",
                text=f"Attached is the {made.title}.\n\n{sender}\n",
                contact_ids=made.contact_ids,
                notes=made.notes,
            )

    def usual_size(self) -> str:
        """The size of paper by the rule book: letter or a4."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            return self.context.rule_book(connection).text("paper.size", today)

    # ---- What can be chosen -----------------------------------------------------------------------

    def offers(self, slug: str, option: Option, choice: PaperChoice, containing: str = "") -> Sequence[Offer]:
        """What can be chosen for an option, given the rest of the choice; `containing` narrows pledges."""
        with self.context.database.reading() as connection:
            if option is Option.MEETING:
                offers = _meetings(connection, slug)
                return _with_items(connection, offers) if slug == "matter" else offers
            if option is Option.COPY:
                return _copies(self.context, connection, choice.meeting)
            if option is Option.ITEM:
                return _items(connection, choice.meeting)
            if option is Option.ORGANIZATION:
                found = read_organizations(self.context, connection)
                return [Offer(view.organization.id, view.contact.name) for view in found]
            if option is Option.INQUIRY:
                views = reversed(read_inquiries(self.context, connection))
                return [
                    Offer(view.inquiry.id, view.place, long_day(view.inquiry.received_on))
                    for view in views
                    if view.listed or slug != "matter"
                ]
            if option is Option.LETTER:
                return _letters(connection, choice.inquiry)
            if option is Option.PLEDGE:
                return self._pledges(connection, containing)
            if option is Option.CONTACT and slug == "donor":
                return [Offer(*giver) for giver in paper_donor.givers(connection)]
            if option is Option.CONTACT:
                return self._donors(choice)
            if option is Option.TONE:
                return [Offer(tone.value, tone.value.capitalize()) for tone in Tone]
            if option is Option.START:
                sheet = SHEETS[choice.size or self.usual_size()]
                return [Offer(at, str(at)) for at in range(1, sheet.count + 1)]
            if option is Option.CAMPAIGN:
                by_name = sorted(campaign_names(connection).values(), key=lambda one: one.name.casefold())
                offers = [Offer(one.id, one.name) for one in by_name]
                return offers if slug == "campaign" else [Offer("", "All campaigns"), *offers]
            if option is Option.YEAR and slug == "year-close":
                return [Offer(*offer) for offer in year_offers(self.context, connection)]
            if option is Option.RECEIPT:
                return _receipts(self.context)
            if option is Option.PAYMENT:
                return _waiting(self.context, connection)
            if option is Option.DEPOSIT:
                return _deposits(self.context, connection)
            if option is Option.YEAR:
                return self._years(connection, choice.year)
            if option is Option.SIZE:
                return [Offer("letter", "US Letter"), Offer("a4", "A4")]
            return []

    def pledge_words(self, pledge_id: str) -> Offer | None:
        """A pledge as it is offered; None where it is gone."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            found = pledge_lines(connection, today, [pledge_id])
            return Offer(found[0].id, found[0].donor, found[0].campaign) if found else None

    def id_of(self, option: str, key: str) -> str:
        """The id of the record that an option names by its public key; raises NotFoundError."""
        with self.context.database.reading() as connection:
            table = _TABLES[option]
            found = connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if found is None:
            raise NotFoundError(f"There is no {option} {key}.")
        return str(found)

    def _pledges(self, connection: Connection, containing: str) -> Sequence[Offer]:
        chosen = PledgeFilter(kind=None, text=containing)
        today = self.context.present(connection).today
        latest = Order(PledgeSort.PLEDGED_ON, descending=True)
        page = page_of_pledges(connection, today, chosen, latest, limit=_MOST, after=None)
        return [Offer(line.id, line.donor, line.campaign) for line in page.rows]

    def _donors(self, choice: PaperChoice) -> Sequence[Offer]:
        service = StatementService(self.context)
        first, last = service.usual_period()
        lines = service.donors(choice.from_on or first, choice.to_on or last)
        return [Offer("", "All donors"), *(Offer(line.donor.id, line.donor.name) for line in lines)]

    def _years(self, connection: Connection, chosen: int | None) -> Sequence[Offer]:
        today = self.context.present(connection).today
        first, last = connection.execute(
            select(func.min(meetings.c.starts), func.max(meetings.c.starts))
        ).one()
        years = {today.year, today.year + 1, *((chosen,) if chosen else ())}
        if first is not None:
            years |= set(range(first.year, last.year + 1))
        return [Offer(year, str(year)) for year in sorted(years)]


def _meetings(connection: Connection, slug: str) -> list[Offer]:
    """The meetings of which there is such a paper: by their state, for the certificate those posted."""
    where = [meetings.c.state.in_(_STATES[slug])] if slug in _STATES else []
    if slug == "certificate":
        posted = select(postings.c.meeting_id).where(postings.c.voided_on.is_(None))
        where.append(meetings.c.id.in_(posted))
    found = rows(connection, Meeting, meetings, *where, order=meetings.c.starts.desc())
    return [Offer(one.id, long_day(one.on), one.kind.value.capitalize()) for one in found]


def _copies(context: Context, connection: Connection, meeting_id: str | None) -> list[Offer]:
    zone = context.present(connection).zone
    found = [] if meeting_id is None else copies_of(connection, meeting_id)
    copies = [
        Offer(copy.number, f"Posting copy {copy.number}, {long_day(copy.made_at.astimezone(zone).date())}")
        for copy in reversed(found)
    ]
    return [*copies, Offer(0, "As it stands now, a draft")]


def _with_items(connection: Connection, offers: Sequence[Offer]) -> list[Offer]:
    listed = set(connection.execute(select(agenda_items.c.meeting_id)).scalars())
    return [offer for offer in offers if offer.value in listed]


def _items(connection: Connection, meeting_id: str | None) -> list[Offer]:
    if meeting_id is None:
        return []
    return [Offer(item.id, item.title) for item in items_of(connection, meeting_id)]


def _receipts(context: Context) -> list[Offer]:
    lines = ReceiptService(context).page(limit=_MOST).rows
    return [Offer(one.id, one.label, one.name) for one in lines if one.kind is not ReceiptKind.LOST]


def _waiting(context: Context, connection: Connection) -> list[Offer]:
    """Payments that have no receipt yet, the latest first; or none of them."""
    lines = payment_lines(connection, ReceiptService(context).waiting_ids()[: -_MOST - 1 : -1])
    offers = (Offer(one.id, one.payer, money_in_words(connection, one.amount_cents)) for one in lines)
    return [Offer("", "No payment"), *offers]


def _deposits(context: Context, connection: Connection) -> list[Offer]:
    found = DepositService(context).page(limit=_MOST).rows
    return [Offer(one.id, long_day(one.on), money_in_words(connection, one.amount_cents)) for one in found]


def _letters(connection: Connection, inquiry_id: str | None) -> list[Offer]:
    where = (letters.c.inquiry_id == inquiry_id, letters.c.direction == LetterDirection.OUT)
    found = rows(connection, Letter, letters, *where, order=letters.c.on.desc())
    sent = [Offer(one.id, f"Sent {long_day(one.on)}", one.subject or "") for one in found if one.text]
    return [Offer("", "A new reply, as drafted"), *sent]


def _plain(stem: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w.-]+", "-", stem)[:120].strip("-.") or "paper"
