"""A year of ordinary use, with its mishaps: nothing late stands on Home that nobody can act on."""

from collections.abc import Generator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from commission_app.domain.agendas import AgendaItemDraft, Outcome
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.findings import Finding, Level
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    ClosedAs,
    InquiryDraft,
    LetterDirection,
    LetterDraft,
)
from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import TermDraft, TermEnd
from commission_app.domain.pledges import PledgeDraft, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.session import Session
from tests.factories import make_session

BEGINS, ENDS = date(2026, 1, 5), date(2027, 2, 8)
#: Of the meetings of 2026: what became of the agenda of those that were not simply posted in time and held.
LATE, FORGOTTEN, CANCELLED, NO_QUORUM = 1, 2, 3, 4


class Year:
    """The commission's record, told month by month."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.terms: list[str] = []
        self.sees(BEGINS)
        self._people()
        self.enter_meetings(2026)

    def sees(self, day: date) -> None:
        """It is another day."""
        self.session.context.on = day

    def contact(self, name: str) -> str:
        """Somebody new in the directory."""
        return self.session.contacts.add(ContactDraft(name=name))

    def _people(self) -> None:
        for number, view in enumerate(self.session.members.seats()):
            ends = date(2026, 6, 30) if number == 4 else date(2028, 12, 31)
            draft = TermDraft(seat_id=view.seat.id, contact_id="", from_on=date(2025, 1, 1), to_on=ends)
            newcomer = ContactDraft(name=f"Member {number}")
            self.terms.append(self.session.members.appoint(draft, newcomer))
        society = self.session.organizations.create("Alder Glen Friendship Society")
        for number in range(25):
            friend = ContactDraft(name=f"Friend {number}")
            self.session.organizations.add_member(society, "", date(2020, 1, 1), None, friend)

    def enter_meetings(self, year: int) -> None:
        """The regular meetings of a year."""
        starts = [proposal.starts for proposal in self.session.meetings.plan_year(year)]
        self.session.meetings.enter_year(starts, "City Hall")

    def hold_meetings(self) -> None:
        """Every meeting of 2026 on its day, with what goes wrong in a year."""
        for number, view in enumerate(self.session.meetings.all(2026)):
            meeting = view.meeting
            self.sees(meeting.on + timedelta(days=1))
            if number != FORGOTTEN:
                posted_on = meeting.on - timedelta(days=1 if number == LATE else 4)
                at = datetime.combine(posted_on, time(20), UTC)
                self.session.postings.record(meeting.id, copy=None, place="City Hall", by=None, posted_at=at)
            became = {CANCELLED: MeetingState.CANCELLED, NO_QUORUM: MeetingState.NO_QUORUM}
            self.session.meetings.set_state(meeting.id, became.get(number, MeetingState.HELD))

    def inquiry(self, city: str, received_on: date, *, answered: bool = True) -> str:
        """A city writes; it is answered within a week."""
        self.sees(received_on)
        draft = InquiryDraft(city_id="", received_on=received_on, channel=Channel.EMAIL)
        inquiry_id = self.session.inquiries.record(draft, city=CityDraft(name=city, country="JP"))
        if answered:
            on = received_on + timedelta(days=6)
            self.sees(on)
            self.session.inquiries.add_letter(
                LetterDraft(
                    inquiry_id=inquiry_id,
                    direction=LetterDirection.OUT,
                    on=on,
                    channel=Channel.EMAIL,
                    subject="First answer",
                )
            )
        return inquiry_id

    def discuss(self, inquiry_id: str, number: int) -> None:
        """The meeting with this number in 2026 discussed an inquiry."""
        meeting = self.session.meetings.all(2026)[number].meeting
        self.sees(meeting.on + timedelta(days=1))
        draft = AgendaItemDraft(
            meeting_id=meeting.id, section="new-business", title="An inquiry", inquiry_id=inquiry_id
        )
        self.session.agendas.record_outcome(self.session.agendas.add(draft), Outcome.DISCUSSED)

    def pledge(self, donor: str, campaign_id: str, due_on: date) -> str:
        """Fifty dollars, due on a day."""
        draft = PledgeDraft(
            donor_id=self.contact(donor),
            campaign_id=campaign_id,
            pledged_on=BEGINS,
            amount_cents=5_000,
            schedule=Schedule(every=Every.ONCE, count=1, first_on=due_on),
        )
        return self.session.pledges.record(draft)


@pytest.fixture
def year(tmp_path: Path) -> Generator[Year]:
    session = make_session(tmp_path, on=BEGINS)
    made = Year(session)
    yield made
    session.close()


def late(year: Year, day: date = ENDS) -> list[Finding]:
    """What stands on Home as late."""
    year.sees(day)
    return [finding for finding in year.session.attention.pressing() if finding.level is Level.OVERDUE]


def test_after_a_year_of_ordinary_use_nothing_late_stands_on_home(year: Year) -> None:
    discussed = year.inquiry("Kurashiki", date(2026, 1, 8))
    discussed_late = year.inquiry("Matsuyama", date(2026, 1, 9))
    declined = year.inquiry("Beppu", date(2026, 3, 2))
    year.hold_meetings()
    year.discuss(discussed, 1)
    year.discuss(discussed_late, 7)
    year.session.inquiries.close(declined, ClosedAs.DECLINED, date(2026, 3, 20))
    year.session.members.end_term(year.terms[6], TermEnd.RESIGNED, date(2026, 9, 1))
    year.session.members.note_vacancy(year.terms[6], date(2026, 9, 10))
    campaign = year.session.campaigns.add(CampaignDraft(name="Student Exchange 2027"))
    given_up = year.pledge("A donor who moved away", campaign, date(2026, 5, 1))
    year.sees(date(2026, 12, 1))
    year.session.pledges.write_off(
        WriteOffDraft(pledge_id=given_up, on=date(2026, 12, 1), amount_cents=5_000, reason="Moved away.")
    )
    year.enter_meetings(2027)
    held = [view.meeting for view in year.session.meetings.all(2027) if view.meeting.on < ENDS]
    for meeting in held:
        posted = datetime.combine(meeting.on - timedelta(days=4), time(20), UTC)
        year.sees(meeting.on + timedelta(days=1))
        year.session.postings.record(meeting.id, copy=None, place="City Hall", by=None, posted_at=posted)
        year.session.meetings.set_state(meeting.id, MeetingState.HELD)

    assert late(year) == []
    left = {finding.rule for finding in year.session.attention.pressing()}
    assert left == {"term-ending"}, "the holdover, which the council ends"
    everything = {finding.rule for finding in year.session.attention.findings()}
    assert {"posting", "three-meetings", "vacancy"} <= everything, "the check still tells of all of them"


def test_a_posting_that_nobody_recorded_is_asked_about_for_a_month(year: Year) -> None:
    year.hold_meetings()
    forgotten = year.session.meetings.all(2026)[FORGOTTEN].meeting
    ahead = late(year, forgotten.on)
    assert [finding.subject.id for finding in ahead if finding.rule == "posting"] == [forgotten.id]
    asked = late(year, forgotten.on + timedelta(days=20))
    assert [finding.subject.id for finding in asked if finding.rule == "posting"] == [forgotten.id]
    over = late(year, forgotten.on + timedelta(days=40))
    assert "posting" not in {finding.rule for finding in over}
    checked = [f for f in year.session.attention.findings() if f.level is Level.OVERDUE]
    assert forgotten.id in {finding.subject.id for finding in checked}


def test_an_overdue_inquiry_is_late_until_the_next_agenda_lists_it(year: Year) -> None:
    forgotten = year.inquiry("Onomichi", date(2026, 1, 8))
    year.hold_meetings()
    year.sees(ENDS)
    year.enter_meetings(2027)

    def said() -> list[str]:
        return [
            finding.rule for finding in year.session.attention.pressing() if finding.subject.id == forgotten
        ]

    year.sees(ENDS)
    assert said() == ["three-meetings"]
    year.session.inquiries.put_on_agenda(forgotten)
    assert said() == []
    next_meeting = year.session.meetings.next()
    assert next_meeting is not None
    year.sees(next_meeting.meeting.on + timedelta(days=1))
    assert said() == ["three-meetings"], "it was listed and not discussed"


def test_what_is_late_is_over_when_it_is_done(year: Year) -> None:
    unanswered = year.inquiry("Imabari", date(2026, 1, 8), answered=False)
    campaign = year.session.campaigns.add(CampaignDraft(name="Student Exchange 2027"))
    pledge = year.pledge("Harold Lindqvist", campaign, date(2026, 1, 20))
    year.session.members.end_term(year.terms[6], TermEnd.RESIGNED, date(2026, 1, 6))
    day = date(2026, 2, 10)
    assert {finding.rule for finding in late(year, day)} >= {"answer-due", "pledge-overdue", "vacancy"}
    year.session.inquiries.add_letter(
        LetterDraft(inquiry_id=unanswered, direction=LetterDirection.OUT, on=day, channel=Channel.PHONE)
    )
    year.session.pledges.write_off(
        WriteOffDraft(pledge_id=pledge, on=day, amount_cents=5_000, reason="Given up.")
    )
    year.session.members.note_vacancy(year.terms[6], day)
    assert not {finding.rule for finding in late(year, day)} & {"answer-due", "pledge-overdue", "vacancy"}
