"""The treasurer's report, the report of a campaign and the account of a donor: figures and words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commission_app.bootstrap import CommissionProgram
from commission_app.documents.printed import draw
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.domain.papers import NothingToPrintError, Option, PaperChoice
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft, WriteOffDraft
from commission_app.domain.present import Present
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.session import Session
from commission_app.services.treasurer_page import read_movement
from tests import pdf_words
from tests.factories import make_session
from tests.integration.money_files import day
from tests.integration.money_steps import TODAY, Filling, Step, steps

SAMPLE_DAY = date(2026, 9, 17)


@pytest.fixture(scope="module")
def glen(sample: Path) -> Iterator[Session]:
    """The sample, opened for reading."""
    made = CommissionProgram().open_reading(sample, on=SAMPLE_DAY)
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, on=TODAY)
    yield made
    made.close()


def pages_of(session: Session, slug: str, choice: PaperChoice | None = None) -> list[str]:
    return pdf_words.pages_of(draw(session.papers.paper(slug, choice).content).data)


def text_of(session: Session, slug: str, choice: PaperChoice | None = None) -> str:
    return " ".join(pages_of(session, slug, choice))


def meet(session: Session, on: str, *, held: bool = False) -> str:
    starts = datetime.fromisoformat(f"{on}T18:00")
    meeting_id = session.meetings.schedule(MeetingDraft(kind=MeetingKind.REGULAR, starts=starts))
    if held:
        session.meetings.set_state(meeting_id, MeetingState.HELD)
    return meeting_id


# ---- The treasurer's report -----------------------------------------------------------------------


def test_treasurers_report_of_the_sample_is_one_page(glen: Session) -> None:
    for size in ("letter", "a4"):
        [named] = pages_of(glen, "treasurer", PaperChoice(size=size))
        [public] = pages_of(glen, "treasurer", PaperChoice(size=size, public=True))
        for text in (named, public):
            assert "For the meeting of September 24, 2026" in text
            assert "Given back before June 26, 2026, 1 refund -50.00" in text
            assert "Received less what was given back, by September 17, 2026 $20,040.00" in text
            assert "Overdue 6 pledges, $2,400.00" in text
            assert "Not deposited 12 payments, $1,340.00, and 39 older ones, $16,905.00" in text
            paid = "Pledged $28,750.00, less $20,040.00 paid on pledges and $250.00 written off"
            assert f"{paid}, leaves $8,460.00 open." in text
            assert "Due next 6 pledges, $410.00 by September 30, 2026" in text
        assert "Bartholomew Fitzgerald-Castellanos" in named
        assert "Private: not for the packet" in named
        assert "Rotary" not in public
        assert "Private" not in public


quick = settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@quick
@given(drawn=steps, begins=st.integers(-150, 0), length=st.integers(0, 120))
def test_money_in_and_out_is_balanced(
    begun: Path, folders: Path, drawn: list[Step], begins: int, length: int
) -> None:
    folder = folders / str(len(list(folders.iterdir())))
    folder.mkdir()
    filling = Filling(begun, folder)
    session = filling.session
    try:
        for step in drawn:
            filling.take(*step)
        first = TODAY + timedelta(days=begins)
        last = first + timedelta(days=length)
        with session.context.database.reading() as connection:
            moved = read_movement(connection, first, last)
            earlier = read_movement(connection, date(2000, 1, 1), first - timedelta(days=1))
        assert moved.is_balanced, moved
        assert moved.closing_cents == sum(one.received_cents for one in session.campaigns.standings(last))
        before = session.campaigns.standings(first - timedelta(days=1))
        assert moved.opening_cents == sum(one.received_cents for one in before)
        back_before = earlier.refunded_cents, earlier.refunds
        assert (moved.refunded_before_cents, moved.refunds_before) == back_before
        assert moved.opening_cents + moved.refunded_before_cents == earlier.received_cents
        assert sum(moved.by_campaign.values()) == moved.received_cents - moved.refunded_cents
    finally:
        session.close()


def test_refunds_voids_deposits_and_receipts_of_the_period_are_told(filling: Filling) -> None:
    session = filling.session

    def gift(on: str, cents: int) -> str:
        draft = PaymentDraft(
            payer_id=filling.donors[0],
            received_on=day(on),
            amount_cents=cents,
            campaign_id=filling.campaigns[0],
        )
        return session.payments.record(draft)

    early, kept, third = gift("2026-04-01", 10_000), gift("2026-06-01", 5_000), gift("2026-06-02", 2_000)
    bounced = gift("2026-06-03", 1_000)
    meet(session, "2026-05-28", held=True)
    chosen = meet(session, "2026-06-25")
    session.refunds.refund(
        RefundDraft(payment_id=kept, on=day("2026-06-10"), amount_cents=1_500, reason="Paid twice")
    )
    session.payments.void(early, day("2026-06-11"), "Came back")
    session.deposits.make(DepositDraft(on=day("2026-06-12"), payment_ids=(kept, third, bounced)))
    session.payments.void(bounced, day("2026-06-14"), "Came back")
    session.receipts.issue([third], on=day("2026-06-12"))
    [text] = pages_of(session, "treasurer", PaperChoice(meeting=chosen, public=True))
    for said in (
        "Since the meeting of May 28, 2026",
        "Received before May 29, 2026 100.00",
        "Received since, 2 payments 70.00",
        "Given back since, 1 refund -15.00",
        "Voided since, of what came before -100.00",
        "Received less what was given back, by June 15, 2026 $55.00",
        "1 deposit, $80.00, of which $10.00 was voided later and $70.00 stayed",
        "Not deposited Nothing waits for the bank.",
        "1 receipt, number 2026-0001",
    ):
        assert said in text


def test_many_campaigns_and_late_donors_stay_one_page(filling: Filling) -> None:
    session = filling.session
    once = Schedule(every=Every.ONCE, first_on=date(2026, 3, 1))
    for number in range(20):
        campaign = session.campaigns.add(
            CampaignDraft(name=f"Friendship Bench {number} beside the Library", goal_cents=100_000)
        )
        donor = session.contacts.add(
            ContactDraft(name=f"Dr. Alexandria Montgomery-Featherstonehaugh {number}")
        )
        session.pledges.record(
            PledgeDraft(
                donor_id=donor,
                campaign_id=campaign,
                pledged_on=date(2026, 1, 1),
                amount_cents=1_000 + number,
                schedule=once,
            )
        )
    chosen = meet(session, "2026-06-25")
    for size in ("letter", "a4"):
        [text] = pages_of(session, "treasurer", PaperChoice(meeting=chosen, size=size))
        assert "Overdue 20 pledges, $201.90" in text
        assert "19 others 191.71" in text
        assert "18 others" in text


def test_new_file_has_a_treasurers_report_without_figures(empty: Session) -> None:
    with pytest.raises(NothingToPrintError):
        empty.papers.paper("treasurer")
    meet(empty, "2026-06-25")
    [text] = pages_of(empty, "treasurer", PaperChoice(public=True))
    assert "There is no campaign." in text
    assert "No pledge is overdue." in text
    assert "Nothing is due by June 30, 2026." in text
    assert (
        "Deposits since None made. Not deposited Nothing waits for the bank. Receipts since None issued."
        in text
    )


# ---- A campaign -----------------------------------------------------------------------------------


def test_report_of_a_campaign_names_donors_only_in_private(glen: Session) -> None:
    garden = next(one.id for one in glen.campaigns.all() if one.name == "Friendship Garden")
    named = text_of(glen, "campaign", PaperChoice(campaign=garden))
    public = text_of(glen, "campaign", PaperChoice(campaign=garden, public=True))
    for text in (named, public):
        assert "Received, with credit and gifts $10,200.00" in text
        assert "June 2026 4,950.00 9,475.00" in text
        assert "Missing to the goal $1,800.00" in text
    assert "Alder Glen Garden Club Jun 15, 2026 2,400.00" in named
    assert "Total 7 pledges $11,400.00 $10,200.00 $1,200.00 $600.00" in named
    assert "Garden Club" not in public
    assert "Total 7 $11,400.00 $10,200.00 $1,200.00" in public


def test_report_of_a_campaign_tells_what_was_written_off(filling: Filling) -> None:
    session = filling.session
    pledge = session.pledges.record(
        PledgeDraft(
            donor_id=filling.donors[0],
            campaign_id=filling.campaigns[0],
            pledged_on=day("2026-01-01"),
            amount_cents=5_000,
            schedule=Schedule(every=Every.ONCE, first_on=day("2026-05-01")),
        )
    )
    session.pledges.write_off(
        WriteOffDraft(pledge_id=pledge, on=day("2026-06-01"), amount_cents=2_000, reason="Moved away")
    )
    choice = PaperChoice(campaign=filling.campaigns[0])
    assert "Ana Ruiz Jun 1, 2026 Moved away 20.00" in text_of(session, "campaign", choice)
    assert "1 write-off $20.00" in text_of(
        session, "campaign", PaperChoice(campaign=filling.campaigns[0], public=True)
    )


def test_new_file_has_no_report_of_a_campaign(empty: Session) -> None:
    with pytest.raises(NothingToPrintError) as refused:
        empty.papers.paper("campaign")
    assert refused.value.lacks == "campaigns"


# ---- A donor --------------------------------------------------------------------------------------


def test_account_of_a_donor_is_of_its_period_with_refunds_taken_off(filling: Filling) -> None:
    session = filling.session
    paid = [
        session.payments.record(
            PaymentDraft(
                payer_id=filling.donors[2],
                received_on=day(on),
                amount_cents=cents,
                campaign_id=filling.campaigns[0],
            )
        )
        for on, cents in (("2025-12-31", 9_900), ("2026-01-01", 3_000), ("2026-03-01", 700))
    ]
    session.refunds.refund(
        RefundDraft(payment_id=paid[1], on=day("2026-02-01"), amount_cents=1_000, reason="Sold out")
    )
    session.payments.void(paid[2], day("2026-03-05"), "Came back")
    choice = PaperChoice(contact=filling.donors[2], from_on=day("2026-01-01"), to_on=day("2026-12-31"))
    text = text_of(session, "donor", choice)
    assert "Lin Chia-hui" in text
    assert "Refund: Sold out -10.00" in text
    assert "Total $20.00" in text
    assert "99.00" not in text
    assert "not a receipt" in text


def test_donors_on_offer_are_those_who_gave_or_promised(filling: Filling) -> None:
    session = filling.session
    with pytest.raises(NothingToPrintError):
        session.papers.paper("donor")
    session.payments.record(
        PaymentDraft(
            payer_id=filling.donors[1],
            received_on=day("2026-06-01"),
            amount_cents=100,
            campaign_id=filling.campaigns[0],
        )
    )
    offers = session.papers.offers("donor", Option.CONTACT, PaperChoice())
    assert [offer.text for offer in offers] == ["Nguyễn Thị Minh Khai"]
    assert session.papers.paper("donor").contact_ids == (filling.donors[1],)


def test_a_paper_of_another_day_tells_when_it_was_printed(glen: Session) -> None:
    really = Present(glen.context.now, glen.context.today().zone).today
    assert really != SAMPLE_DAY
    assert f"printed {long_day(really)}" in text_of(glen, "treasurer", PaperChoice(public=True))
