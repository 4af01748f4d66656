"""Stories of the two promises: an inquiry that is not forgotten, and pledges right to the cent."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import Outcome
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.findings import Level
from commission_app.domain.inquiries import Channel, CityDraft, InquiryDraft, LetterDirection, LetterDraft
from commission_app.domain.inquiry_clock import ClockState
from commission_app.domain.meetings import MeetingDraft, MeetingState
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft, PledgeState
from commission_app.domain.schedules import Every, Schedule
from commission_app.exchange.eml import read_message
from commission_app.services.pledges import PaidBefore
from commission_app.services.session import Session
from tests.factories import make_session

MAIL = """From: =?utf-8?b?546L5bCP5piO?= <wang@tainan.example>
To: commission@alderglen.example
Date: Wed, 23 Sep 2026 09:12:00 +0800
Subject: =?utf-8?b?5L6G6Ieq6Ie65Y2X55qE5ZWP5YCZ?=
Message-ID: <1@tainan.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Tainan would like to become a sister city of Alder Glen.
"""
ALDER_GLEN = Commission(
    name="Alder Glen Sister Cities Commission",
    city="Alder Glen",
    state="CA",
    country="US",
    zone="America/Los_Angeles",
    rules="milpitas",
)
TAINAN = CityDraft(name="Tainan", country="TW", native_name="臺南")
Open = Callable[[date], Session]


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Open]:
    """The one file of a story, opened on one day after the other."""
    opened = make_session(tmp_path, on=date(2026, 1, 1))

    def open_on(day: date) -> Session:
        nonlocal opened
        opened.close()
        opened = CommissionProgram().open_writing(opened.path, who="Ana Ruiz", on=day)
        return opened

    yield open_on
    opened.close()


def enter(
    session: Session, *days: tuple[int, int], state: MeetingState = MeetingState.SCHEDULED
) -> list[str]:
    """Regular meetings of 2026 by month and day."""
    return [
        session.meetings.schedule(
            MeetingDraft(starts=datetime(2026, month, day, 18), place="City Hall, Room 2", state=state)
        )
        for month, day in days
    ]


def state_of(session: Session, inquiry_id: str) -> ClockState:
    clock = session.inquiries.get(inquiry_id).clock
    assert clock is not None
    return clock.state


def discuss(session: Session, inquiry_id: str, meeting_id: str) -> None:
    """The meeting was held and discussed the item about the inquiry."""
    session.meetings.set_state(meeting_id, MeetingState.HELD)
    [item] = [one for one in session.agendas.items(meeting_id) if one.inquiry_id == inquiry_id]
    session.agendas.record_outcome(item.id, Outcome.DISCUSSED)


def test_an_inquiry_by_email_the_day_before_a_meeting(on: Open, tmp_path: Path) -> None:
    session = on(date(2026, 9, 23))
    tomorrow, october, _, _ = enter(session, (9, 24), (10, 22), (11, 19), (12, 17))
    mail = tmp_path / "greeting.eml"
    mail.write_bytes(MAIL.replace("\n", "\r\n").encode())

    # Taken in from the message: its day is the commission's, where it was still the evening before
    message = read_message(mail, session.context.today().zone)
    assert message.sent_on == date(2026, 9, 22)
    assert (message.name, message.subject) == ("王小明", "來自臺南的問候")
    inquiry_id = session.inquiries.record(
        InquiryDraft(
            city_id="", received_on=date(2026, 9, 23), channel=Channel.EMAIL, summary=message.body.strip()
        ),
        city=TAINAN,
        newcomer=ContactDraft(kind=ContactKind.PERSON, name=message.name, email=message.address),
        message=message,
    )
    view = session.inquiries.get(inquiry_id)
    [letter] = view.letters
    [kept] = view.attachments[letter.id]
    assert session.inquiries.attachment(kept.id).data == mail.read_bytes()
    assert view.contact is not None
    assert view.contact.name == "王小明"

    # Its clock counts tomorrow, whose agenda is closed
    clock = view.clock
    assert clock is not None
    assert [place.on.month for place in clock.places] == [9, 10, 11]
    assert (clock.left, clock.listable) == (3, 2)
    assert clock.next_listable is not None
    assert clock.next_listable.meeting_id == october

    # Answered: nothing is due any more
    session.inquiries.add_letter(
        LetterDraft(
            inquiry_id=inquiry_id,
            direction=LetterDirection.OUT,
            on=date(2026, 9, 23),
            channel=Channel.EMAIL,
            subject="Thank you",
        )
    )
    assert "answer-due" not in [finding.rule for finding in session.inquiries.get(inquiry_id).findings]

    # On the next agenda, not on tomorrow's
    assert session.inquiries.put_on_agenda(inquiry_id) == october
    assert not [item for item in session.agendas.items(tomorrow) if item.inquiry_id]

    session = on(date(2026, 10, 23))
    session.meetings.set_state(tomorrow, MeetingState.HELD)
    discuss(session, inquiry_id, october)
    clock = session.inquiries.get(inquiry_id).clock
    assert clock is not None
    assert (clock.state, clock.level) == (ClockState.MET, Level.OK)
    session.history.undo()
    assert state_of(session, inquiry_id) is not ClockState.MET


def test_a_last_chance(on: Open) -> None:
    session = on(date(2026, 9, 1))
    september, october, november, _ = enter(session, (9, 24), (10, 22), (11, 19), (12, 17))
    draft = InquiryDraft(city_id="", received_on=date(2026, 8, 31), channel=Channel.LETTER)
    inquiry_id = session.inquiries.record(draft, city=TAINAN)
    assert state_of(session, inquiry_id) is ClockState.OPEN

    session = on(date(2026, 10, 23))
    for meeting_id in (september, october):
        session.meetings.set_state(meeting_id, MeetingState.HELD)
    assert state_of(session, inquiry_id) is ClockState.LAST_MEETING

    # The check of the agenda names it until it is listed
    def named() -> list[str]:
        return [line.text for line in session.agendas.agenda(november).checks if "Tainan" in line.text]

    assert len(named()) == 1
    tray = session.agendas.agenda(november).suggestions
    suggested = [one for one in tray if one.draft.inquiry_id == inquiry_id]
    assert len(suggested) == 1
    session.agendas.add_suggestion(suggested[0])
    assert named() == []

    session = on(date(2026, 11, 20))
    discuss(session, inquiry_id, november)
    assert state_of(session, inquiry_id) is ClockState.MET


def test_a_late_check_over_two_pledges_is_voided_and_that_undone(on: Open) -> None:
    session = on(date(2026, 6, 15))
    donor = session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="María Ibáñez Peña"))
    campaign = session.campaigns.add(CampaignDraft(name="Friendship Garden", goal_cents=1_000_000))
    monthly = Schedule(every=Every.MONTH, count=3, first_on=date(2026, 3, 31))
    once = Schedule(every=Every.ONCE, first_on=date(2026, 5, 1))
    first, second = (
        session.pledges.record(
            PledgeDraft(
                donor_id=donor,
                campaign_id=campaign,
                pledged_on=date(2026, 3, 1),
                amount_cents=cents,
                schedule=schedule,
            )
        )
        for cents, schedule in ((10_000, monthly), (25_050, once))
    )

    def figures() -> list[tuple[int, int, int, PledgeState]]:
        lines = {line.id: line for line in session.pledges.lines([first, second])}
        return [
            (line.paid_cents, line.balance_cents, line.overdue_cents, line.state)
            for line in (lines[first], lines[second])
        ]

    def in_all() -> tuple[int, int]:
        totals = session.pledges.totals()
        return totals.paid_cents, totals.balance_cents

    assert [paid for paid, *_ in figures()] == [0, 0]
    nothing_paid = figures()
    assert nothing_paid[0][:3] == (0, 10_000, 10_000)  # all three parts were due by May 31
    assert nothing_paid[1][:3] == (0, 25_050, 25_050)
    assert in_all() == (0, 35_050)

    # 123.45 by rule: the oldest open parts of both first
    parts = session.payments.propose(12_345, date(2026, 6, 15), [first, second])
    assert sum(part.amount_cents for part in parts) == 12_345
    by_pledge = {one: sum(p.amount_cents for p in parts if p.pledge_id == one) for one in (first, second)}
    assert all(by_pledge.values())
    payment = session.payments.record(
        PaymentDraft(
            payer_id=donor,
            received_on=date(2026, 6, 15),
            amount_cents=12_345,
            allocations=parts,
            reference="7",
        )
    )
    paid = figures()
    assert [row[0] for row in paid] == [by_pledge[first], by_pledge[second]]
    assert [row[1] for row in paid] == [10_000 - by_pledge[first], 25_050 - by_pledge[second]]
    assert in_all() == (12_345, 22_705)

    session.payments.void(payment, date(2026, 6, 15), "The check came back")
    assert figures() == nothing_paid
    assert in_all() == (0, 35_050)

    session.history.undo()
    assert figures() == paid
    assert in_all() == (12_345, 22_705)
    assert all(result.is_good for result in session.verification.run())


def test_a_start_in_mid_year_from_paper_without_a_wall_of_red(tmp_path: Path) -> None:
    program, path = CommissionProgram(), tmp_path / "begun.commission"
    program.create(path, ALDER_GLEN, who="Ana Ruiz", on=date(2026, 9, 1))
    with closing(program.open_writing(path, who="Ana Ruiz", on=date(2026, 9, 1))) as session:
        start_from_paper(session)


def start_from_paper(session: Session) -> None:
    donor = session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Kim Ji-woo"))
    campaign = session.campaigns.add(CampaignDraft(name="Student exchange"))
    monthly = Schedule(every=Every.MONTH, count=10, first_on=date(2026, 1, 15))
    draft = PledgeDraft(
        donor_id=donor,
        campaign_id=campaign,
        pledged_on=date(2026, 1, 5),
        amount_cents=100_000,
        schedule=monthly,
    )
    pledge = session.pledges.record(
        draft,
        paid_before=[
            PaidBefore(received_on=date(2026, 4, 20), amount_cents=40_000),
            PaidBefore(received_on=date(2026, 8, 20), amount_cents=40_000),
        ],
    )
    [line] = session.pledges.lines([pledge])
    assert (line.paid_cents, line.balance_cents, line.overdue_cents) == (80_000, 20_000, 0)
    assert line.next_due_on == date(2026, 9, 15)

    # The past meetings in one grid, as one step
    missing = session.meetings.past_without_result()
    assert missing
    assert all(isinstance(each, datetime) for each in missing)
    starts = [each for each in missing if isinstance(each, datetime)]
    assert session.meetings.record_results(dict.fromkeys(starts, MeetingState.HELD)) == len(missing)
    assert session.meetings.past_without_result() == []

    # Red is only that nobody sits on the seats yet, and the file is sound
    red = [finding.rule for finding in session.attention.findings() if finding.level is Level.OVERDUE]
    assert red == ["quorum"]
    assert all(result.is_good for result in session.verification.run())
