"""A keeper's file with money and meetings, copies of it, and what is entered in them."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.meetings import MeetingDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import DeliveryDraft, PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.record_rows import TABLES
from commission_app.services.session import Session
from tests.factories import make_session

TODAY = date(2026, 9, 17)
NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)
MEETING = datetime(2026, 9, 24, 18, 0)


@dataclass
class Clock:
    """A clock that is put forward by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Laptops:
    """The keeper's laptop and the others: files of one folder, opened by one program."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    sessions: dict[str, Session] = field(default_factory=dict)

    @property
    def program(self) -> CommissionProgram:
        return CommissionProgram(now=self.clock)

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.commission"

    def open(self, name: str, who: str) -> Session:
        if name not in self.sessions:
            self.sessions[name] = self.program.open_writing(self.path(name), who=who)
        return self.sessions[name]

    @property
    def keeper(self) -> Session:
        return self.open("glen", "Ana Ruiz")

    def give(self, name: str, who: str) -> Session:
        """A reading copy, opened on another laptop."""
        self.keeper.copies.give(self.path(name), to=who)
        return self.open(name, who)

    def parcel(self, name: str, number: int = 1) -> Path:
        """What a copy sends back."""
        return self.sessions[name].parcels.send_back(self.folder / f"{name}-{number}.json")

    def close(self) -> None:
        for session in self.sessions.values():
            session.close()
        self.sessions.clear()

    def later(self, **delta: int) -> None:
        self.clock.now += timedelta(**delta)


def begin(folder: Path) -> Path:
    """A keeper's file: two donors with a pledge each, in kind too, a campaign, two meetings."""
    session = make_session(folder)
    session.sit_down("Ana Ruiz")
    rotary = session.contacts.add(
        ContactDraft(key="rotary", kind=ContactKind.ORGANIZATION, name="Rotary Club")
    )
    berg = session.contacts.add(ContactDraft(key="berg", kind=ContactKind.PERSON, name="Sofia Berg"))
    campaign = session.campaigns.add(CampaignDraft(key="youth", name="Youth exchange", receiver_id=rotary))
    for key, donor in (("p-rotary", rotary), ("p-berg", berg)):
        session.pledges.record(money_pledge(key, donor, campaign))
    session.pledges.record(
        PledgeDraft(
            key="p-nights",
            kind=PledgeKind.IN_KIND,
            donor_id=berg,
            campaign_id=campaign,
            pledged_on=date(2026, 1, 5),
            description="Homestay",
            unit="nights",
            quantity=10,
        )
    )
    for key, starts in (("m1", MEETING), ("m2", datetime(2026, 10, 22, 18, 0))):
        session.meetings.schedule(MeetingDraft(key=key, starts=starts, place="City Hall"))
    session.close()
    return session.path


def money_pledge(key: str | None, donor: str, campaign: str, cents: int = 12_000) -> PledgeDraft:
    """A pledge in twelve monthly parts from January on."""
    return PledgeDraft(
        key=key,
        kind=PledgeKind.MONEY,
        donor_id=donor,
        campaign_id=campaign,
        pledged_on=date(2026, 1, 5),
        amount_cents=cents,
        schedule=Schedule(every=Every.MONTH, count=12, first_on=date(2026, 1, 31)),
    )


def laptops(file: Path, folder: Path) -> Laptops:
    """The laptops, with a fresh copy of the keeper's file."""
    shutil.copy(file, folder / "glen.commission")
    return Laptops(folder)


def id_of(session: Session, noun: str, key: str) -> str:
    """The id of a record by its key."""
    table = TABLES[noun]
    with session.context.database.reading() as connection:
        found: str = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one()
    return found


def add_person(session: Session, name: str, key: str | None = None) -> str:
    """A new contact."""
    return session.contacts.add(ContactDraft(key=key, kind=ContactKind.PERSON, name=name))


def pay(session: Session, pledge: str, cents: int, *, key: str | None = None, on: date = TODAY) -> str:
    """A payment of a pledge (by its key), as the form proposes it."""
    pledge_id = id_of(session, "pledges", pledge)
    donor = session.pledges.account(pledge_id).rows.pledge.donor_id
    allocations = session.payments.propose(cents, on, [pledge_id])
    return session.payments.record(
        PaymentDraft(
            key=key,
            payer_id=donor,
            received_on=on,
            amount_cents=cents,
            method=PaymentMethod.CHECK,
            allocations=allocations,
        )
    )


def deliver(session: Session, quantity: int) -> str:
    """A delivery of the pledge in kind."""
    pledge_id = id_of(session, "pledges", "p-nights")
    return session.pledges.deliver(DeliveryDraft(pledge_id=pledge_id, on=TODAY, quantity=quantity))


def propose(session: Session, title: str, meeting: str = "m1") -> str:
    """A proposal for an agenda."""
    meeting_id = id_of(session, "meetings", meeting)
    return session.agendas.add(AgendaItemDraft(meeting_id=meeting_id, section="new-business", title=title))
