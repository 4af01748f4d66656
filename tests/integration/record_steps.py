"""Random steps of everybody who writes in a file: drawn by Hypothesis, taken as far as the rules allow."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.donor_letters import DonorLetterDraft, DonorLetterKind, VolunteerHoursDraft
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    ClosedAs,
    InquiryDraft,
    LetterDirection,
    LetterDraft,
)
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind, TermDraft, TermEnd
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.exchange.reading_lists import read_list
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.session import Session

TODAY: Final = date(2026, 6, 15)
NAMES: Final = ("José Núñez", "王小明", "Nguyễn Văn Đạt", "Ines Aalto", "Łucja O’Neil", "May")
STEPS: Final[dict[str, Callable[["Clerk", int, date], Any]]] = {}


def step(function: Callable[["Clerk", int, date], Any]) -> Callable[["Clerk", int, date], Any]:
    """Put a step among those that are drawn."""
    STEPS[function.__name__] = function
    return function


class Clerk:
    """Takes steps in a file; what the rules refuse changes nothing."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder

    def take(self, name: str, which: int, on: date) -> None:
        """One step."""
        with contextlib.suppress(ConflictError, NotFoundError, ValidationError):
            STEPS[name](self, which, on)

    def contact(self, which: int) -> Contact:
        """One of the contacts."""
        return one_of(self.session.contacts.all(), which)

    def payment(self, which: int) -> str:
        """One of the payments."""
        return one_of(self.session.payments.ids(), which)

    def meeting(self, which: int) -> str:
        """One of the meetings."""
        return one_of(self.session.meetings.all(), which).meeting.id

    def inquiry(self, which: int) -> str:
        """One of the inquiries."""
        return one_of(self.session.inquiries.all(), which).inquiry.id


def one_of(found: Sequence[Any], which: int) -> Any:
    """One of what there is; refused where there is none."""
    if not found:
        raise NotFoundError("There is none yet.")
    return found[which % len(found)]


drawn = st.tuples(
    st.deferred(lambda: st.sampled_from(sorted(STEPS))),
    st.integers(0, 11),
    st.integers(-160, 40).map(lambda offset: TODAY + timedelta(days=offset)),
)


# ---- People ---------------------------------------------------------------------------------------


def draft_of(which: int) -> ContactDraft:
    """A person as typed."""
    name = NAMES[which % len(NAMES)]
    return ContactDraft(
        name=name, email=f"p{which}@example.org", phone=f"408 555 01{which:02}", minor=which == 9
    )


@step
def add_contact(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.contacts.add(draft_of(which))


@step
def change_contact(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.contacts.change(clerk.contact(which).id, replace(draft_of(which), note=on.isoformat()))


@step
def remove_contact(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.contacts.remove(clerk.contact(which).id)


@step
def erase(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.erasure.erase(clerk.contact(which).id, "Asked for it", although_active=which % 2 == 0)


@step
def import_contacts(clerk: Clerk, which: int, on: date) -> None:
    path = clerk.folder / "people.csv"
    path.write_text(
        f"Name,E-mail\nImported {which},i{which}@example.org\nImported {on:%d},\n", encoding="utf-8"
    )
    clerk.session.imports.carry_out(clerk.session.imports.preview_contacts(read_list(path)))


@step
def load(clerk: Clerk, which: int, on: date) -> None:
    contact = {"key": f"loaded-{which}", "kind": "person", "name": f"Loaded {which}"}
    city = {"key": f"city-{which}", "name": f"City {which}", "country": "JP"}
    clerk.session.record.load({"format": "commission-record/1", "contacts": [contact], "cities": [city]})


# ---- Members --------------------------------------------------------------------------------------


@step
def appoint(clerk: Clerk, which: int, on: date) -> None:
    seat = one_of(clerk.session.members.seats(), which).seat
    draft = TermDraft(seat_id=seat.id, contact_id=clerk.contact(which).id, from_on=on, to_on=None)
    clerk.session.members.appoint(draft)


@step
def end_term(clerk: Clerk, which: int, on: date) -> None:
    seat = one_of(clerk.session.members.seats(), which).seat
    term = one_of(clerk.session.members.terms_of(seat.id), 0).term
    clerk.session.members.end_term(term.id, TermEnd.RESIGNED, on)


@step
def remove_term(clerk: Clerk, which: int, on: date) -> None:
    seat = one_of(clerk.session.members.seats(), which).seat
    clerk.session.members.remove_term(one_of(clerk.session.members.terms_of(seat.id), which).term.id)


@step
def elect(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.members.elect(one_of(list(OfficeTitle), which), clerk.contact(which).id, on)


@step
def add_seat(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.members.add_seat(SeatKind.REGULAR, f"Extra {which}", None)


@step
def join(clerk: Clerk, which: int, on: date) -> None:
    if not clerk.session.organizations.all():
        clerk.session.organizations.create("Friendship Society")
    organization = clerk.session.organizations.all()[0].organization
    clerk.session.organizations.add_member(organization.id, clerk.contact(which).id, on, None)


# ---- Meetings -------------------------------------------------------------------------------------


@step
def schedule(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.meetings.schedule(MeetingDraft(starts=datetime.combine(on, time(18)), place="City Hall"))


@step
def set_state(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.meetings.set_state(clerk.meeting(which), one_of(list(MeetingState), which))


@step
def call_roll(clerk: Clerk, which: int, on: date) -> None:
    mark = RollMark(contact_id=clerk.contact(which).id, seat_id=None, state=AttendanceState.PRESENT)
    clerk.session.proceedings.record_roll(clerk.meeting(which), [mark])


@step
def add_item(clerk: Clerk, which: int, on: date) -> None:
    draft = AgendaItemDraft(
        meeting_id=clerk.meeting(which),
        section="new-business",
        title=f"Item {which}",
        kind=ItemKind.DISCUSSION,
        presenter=NAMES[which % len(NAMES)],
    )
    clerk.session.agendas.add(draft)


@step
def record_outcome(clerk: Clerk, which: int, on: date) -> None:
    item = one_of(clerk.session.agendas.items(clerk.meeting(which)), which)
    clerk.session.agendas.record_outcome(item.id, Outcome.CONTINUED)


@step
def remove_item(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.agendas.remove(one_of(clerk.session.agendas.items(clerk.meeting(which)), which).id)


@step
def post(clerk: Clerk, which: int, on: date) -> None:
    meeting_id = clerk.meeting(which)
    copy = clerk.session.postings.make_copy(meeting_id)
    clerk.session.postings.record(
        meeting_id,
        copy=copy.number,
        place="City Hall",
        by=NAMES[which % len(NAMES)],
        posted_at=clerk.session.context.today().now,
    )


@step
def void_posting(clerk: Clerk, which: int, on: date) -> None:
    posting = one_of(clerk.session.postings.postings(clerk.meeting(which)), which)
    clerk.session.postings.void(posting.id, on=TODAY, reason="Torn down")


# ---- Inquiries ------------------------------------------------------------------------------------


@step
def inquire(clerk: Clerk, which: int, on: date) -> None:
    cities = clerk.session.cities.all()
    city_id = cities[0].city.id if cities else clerk.session.cities.add(CityDraft(name="Hue", country="VN"))
    clerk.session.inquiries.record(
        InquiryDraft(city_id=city_id, received_on=on, contact_id=clerk.contact(which).id)
    )


@step
def write_letter(clerk: Clerk, which: int, on: date) -> None:
    draft = LetterDraft(
        inquiry_id=clerk.inquiry(which),
        direction=LetterDirection.OUT,
        on=on,
        channel=Channel.EMAIL,
        contact_id=clerk.contact(which).id,
        text=f"Dear {NAMES[which % len(NAMES)]},",
    )
    clerk.session.inquiries.add_letter(draft)


@step
def close_step(clerk: Clerk, which: int, on: date) -> None:
    by = NAMES[which % len(NAMES)]
    clerk.session.inquiries.close_step(clerk.inquiry(which), "answer", done_on=on, by=by)


@step
def close_inquiry(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.inquiries.close(clerk.inquiry(which), one_of(list(ClosedAs), which), on)


# ---- At meetings ------------------------------------------------------------------------------------


@step
def load_a_motion(clerk: Clerk, which: int, on: date) -> None:
    """A motion with a vote, open at first; once more, it is closed."""
    key = one_of(clerk.session.meetings.all(), which).meeting.key
    motion = {"key": f"motion-{which}", "meeting": key, "position": which + 1, "text": f"Move {which}"}
    if any(entry["key"] == motion["key"] for entry in clerk.session.record.entries("motions")):
        closed = {"at": f"{TODAY}T19:00:00-07:00", "result": ("withdrawn", "no-second")[which % 2]}
        clerk.session.record.load({"motions": [{**motion, "closed": closed}]})
        return
    vote = {"motion": motion["key"], "contact": clerk.contact(which).key, "answer": "aye"}
    clerk.session.record.load({"motions": [motion], "votes": [vote]})


@step
def load_minutes(clerk: Clerk, which: int, on: date) -> None:
    """Minutes with a note on an item and an action item; approved on a day after the meeting."""
    meeting = one_of(clerk.session.meetings.all(), which).meeting
    items = [entry["key"] for entry in clerk.session.record.entries("agenda_items")]
    approved = {"on": on.isoformat()} if which % 2 else None
    clerk.session.record.load(
        {
            "item_notes": [{"item": one_of(items, which), "text": f"Note {which}"}],
            "action_items": [{"meeting": meeting.key, "text": f"Do {which}", "due_on": on.isoformat()}],
            "minutes": [{"meeting": meeting.key, "approved": approved}],
        }
    )


# ---- Money ----------------------------------------------------------------------------------------


@step
def pledge(clerk: Clerk, which: int, on: date) -> None:
    campaigns = clerk.session.campaigns.all()
    campaign = campaigns[0].id if campaigns else clerk.session.campaigns.add(CampaignDraft(name="Youth"))
    draft = PledgeDraft(
        donor_id=clerk.contact(which).id,
        campaign_id=campaign,
        pledged_on=on,
        amount_cents=1000 + which,
        schedule=Schedule(every=Every.MONTH, count=3, first_on=on),
    )
    clerk.session.pledges.record(draft)


@step
def pay(clerk: Clerk, which: int, on: date) -> None:
    account = one_of(clerk.session.pledges.accounts(), which)
    parts = clerk.session.payments.propose(400, TODAY, [account.pledge.id])
    draft = PaymentDraft(
        payer_id=clerk.contact(which).id, received_on=TODAY, amount_cents=400, allocations=parts
    )
    clerk.session.payments.record(draft)


@step
def write_off(clerk: Clerk, which: int, on: date) -> None:
    account = one_of(clerk.session.pledges.accounts(), which)
    draft = WriteOffDraft(
        pledge_id=account.pledge.id, on=TODAY, amount_cents=100, reason="Moved", decided_by=NAMES[which % 6]
    )
    clerk.session.pledges.write_off(draft)


@step
def cancel_pledge(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.pledges.cancel(one_of(clerk.session.pledges.accounts(), which).pledge.id, TODAY, "Mistake")


@step
def change_a_rule(clerk: Clerk, which: int, on: date) -> None:
    basis = ("seats", "filled")[which % 2]
    clerk.session.commission.set_rule("quorum.basis", basis, from_on=on, source="Ours", note=None)


# ---- The treasurer's books ------------------------------------------------------------------------


@step
def void_payment(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.payments.void(clerk.payment(which), TODAY, f"Bounced, says {NAMES[which % len(NAMES)]}")


@step
def give_back(clerk: Clerk, which: int, on: date) -> None:
    payment_id, refunds = clerk.payment(which), clerk.session.refunds
    parts = refunds.propose(payment_id, 100)
    refunds.refund(
        RefundDraft(payment_id=payment_id, on=TODAY, amount_cents=100, reason="Too much", parts=parts)
    )


@step
def void_refund(clerk: Clerk, which: int, on: date) -> None:
    given_back = clerk.session.refunds.of_payment(clerk.payment(which))
    clerk.session.refunds.void(one_of(given_back, which).id, TODAY, "It was right")


@step
def bring_to_the_bank(clerk: Clerk, which: int, on: date) -> None:
    waiting = clerk.session.deposits.waiting()
    ids = tuple(line.id for line in waiting[: 1 + which % 3])
    clerk.session.deposits.make(DepositDraft(on=TODAY, account="Checking", payment_ids=ids))


@step
def void_deposit(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.deposits.void(one_of(clerk.session.deposits.ids(), which), TODAY, "Wrong account")


@step
def issue_receipts(clerk: Clerk, which: int, on: date) -> None:
    waiting = clerk.session.receipts.waiting_ids()
    clerk.session.receipts.issue(waiting[: 1 + which % 2])


@step
def void_receipt(clerk: Clerk, which: int, on: date) -> None:
    clerk.session.receipts.void(one_of(clerk.session.receipts.ids(), which), TODAY, "Wrong name")


@step
def issue_statement(clerk: Clerk, which: int, on: date) -> None:
    first, last = date(2026, 1, 1), TODAY
    lines = clerk.session.statements.donors(first, last)
    clerk.session.statements.issue([one_of(lines, which).donor.id], first, last)


@step
def write_to_donor(clerk: Clerk, which: int, on: date) -> None:
    name = NAMES[which % len(NAMES)]
    draft = DonorLetterDraft(
        contact_id=clerk.contact(which).id,
        kind=DonorLetterKind.THANKS,
        on=on,
        text=f"Dear {name},\n\nthanks.",
    )
    clerk.session.donor_letters.record([draft])


@step
def give_time(clerk: Clerk, which: int, on: date) -> None:
    draft = VolunteerHoursDraft(
        contact_id=clerk.contact(which).id, on=on, minutes=30 + which, what="Planting"
    )
    clerk.session.volunteers.record(draft)


@step
def close_a_year(clerk: Clerk, which: int, on: date) -> None:
    open_years = [year for year in clerk.session.years.years() if year.closing is None and year.is_over]
    clerk.session.years.close(one_of(open_years, which).from_on)


@step
def reopen_a_year(clerk: Clerk, which: int, on: date) -> None:
    closings = [year.closing for year in clerk.session.years.years() if year.closing is not None]
    clerk.session.years.reopen(one_of(closings, which).id, "A check turned up")
