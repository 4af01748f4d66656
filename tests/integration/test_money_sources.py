"""Every number of the overview is the sum of the rows that it leads to, to the cent."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commission_app.domain.aging import NAMES
from commission_app.domain.dates import month_end
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledges import PledgeDraft, PledgeState, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.list_blocks import Order
from commission_app.services.money_sources import Source, SourceKind, SourceRow, SourceSort
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.session import Session
from tests.integration.money_files import day
from tests.integration.money_steps import TODAY, Filling, Step, steps


def rows_of(session: Session, source: Source, sort: SourceSort = SourceSort.DAY) -> list[SourceRow]:
    keys = session.money_sources.keys(source, Order(sort))
    found = session.money_sources.lines(source, keys)
    assert [row.key for row in found] == keys
    totals = session.money_sources.totals(source)
    assert (totals.count, totals.cents) == (len(found), sum(row.cents for row in found))
    return found


def cents_of(session: Session, source: Source) -> int:
    return sum(row.cents for row in rows_of(session, source))


def check_every_number(session: Session, as_of: date) -> None:
    """All numbers of the overview against their rows."""
    aging = session.pledges.aging(as_of, by_donor=False)
    for bucket, cents in enumerate(aging.total.cents):
        assert cents_of(session, Source(kind=SourceKind.OPEN, as_of=as_of, bucket=bucket)) == cents, NAMES[
            bucket
        ]
    assert cents_of(session, Source(kind=SourceKind.OPEN, as_of=as_of)) == aging.total.total_cents
    for standing in session.campaigns.standings(as_of):
        own = Source(kind=SourceKind.RECEIVED, as_of=as_of, campaign_id=standing.campaign.id)
        assert cents_of(session, own) == standing.received_cents


quick = settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@quick
@given(drawn=steps, offset=st.integers(-150, 90))
def test_rows_add_up_to_the_numbers(begun: Path, folders: Path, drawn: list[Step], offset: int) -> None:
    folder = folders / str(len(list(folders.iterdir())))
    folder.mkdir()
    filling = Filling(begun, folder)
    session = filling.session
    try:
        for step in drawn:
            filling.take(*step)
        check_every_number(session, TODAY)
        check_every_number(session, TODAY + timedelta(days=offset))
        totals = session.pledges.totals()
        overdue = rows_of(session, Source(kind=SourceKind.OPEN, last=TODAY - timedelta(days=1)))
        assert len(overdue) == totals.by_state.get(PledgeState.OVERDUE, 0)
        assert sum(row.cents for row in overdue) == totals.overdue_cents
        written_off = cents_of(session, Source(kind=SourceKind.WRITTEN_OFF))
        assert written_off == session.pledges.totals(PledgeFilter()).written_off_cents
        due = session.pledges.due_this_month(limit=3)
        source = Source(kind=SourceKind.OPEN, first=TODAY, last=month_end(TODAY))
        assert cents_of(session, source) == due.cents
        year = session.campaign_months.year()
        for line in year.campaigns:
            for (first, last), cents in zip(year.months, line.cents, strict=True):
                month = Source(kind=SourceKind.RECEIVED, campaign_id=line.campaign.id, first=first, last=last)
                assert cents_of(session, month) == cents
        assert year.total_cents == cents_of(
            session, Source(kind=SourceKind.RECEIVED, first=year.first, last=year.last)
        )
    finally:
        session.close()


ONCE = Schedule(every=Every.ONCE, first_on=date(2026, 5, 1))


def pledge(filling: Filling, cents: int, donor: int = 0, campaign: int = 0) -> str:
    return filling.session.pledges.record(
        PledgeDraft(
            donor_id=filling.donors[donor],
            campaign_id=filling.campaigns[campaign],
            pledged_on=day("2026-01-01"),
            amount_cents=cents,
            schedule=ONCE,
        )
    )


def test_payment_to_two_campaigns_stands_with_its_share_in_each(filling: Filling) -> None:
    session = filling.session
    youth, garden = pledge(filling, 6_000), pledge(filling, 4_000, campaign=1)
    parts = (
        Allocation(pledge_id=youth, due_on=day("2026-05-01"), amount_cents=6_000),
        Allocation(pledge_id=garden, due_on=day("2026-05-01"), amount_cents=3_000),
        Allocation(pledge_id=garden, amount_cents=500),
    )
    paid = session.payments.record(
        PaymentDraft(
            payer_id=filling.donors[1],
            received_on=day("2026-06-05"),
            amount_cents=10_000,
            campaign_id=filling.campaigns[1],
            allocations=parts,
        )
    )
    shares = []
    for campaign in filling.campaigns:
        [row] = rows_of(session, Source(kind=SourceKind.RECEIVED, campaign_id=campaign))
        assert (row.payment_id, row.name) == (paid, "Nguyễn Thị Minh Khai")
        shares.append(row.cents)
    assert shares == [6_000, 4_000]
    session.payments.void(paid, day("2026-06-10"), "Came back")
    assert not rows_of(session, Source(kind=SourceKind.RECEIVED))
    assert cents_of(session, Source(kind=SourceKind.RECEIVED, as_of=day("2026-06-09"))) == 10_000
    check_every_number(session, TODAY)


def test_largest_are_the_ten_largest_balances(filling: Filling) -> None:
    session = filling.session
    for number in range(12):
        pledge(filling, 1_000 + number, donor=number % 3)
    found = rows_of(session, Source(kind=SourceKind.LARGEST), SourceSort.AMOUNT)
    assert [row.cents for row in found] == list(range(1_002, 1_012))
    assert {row.on for row in found} == {day("2026-05-01")}


def test_written_off_of_a_cancelled_pledge_is_in_no_number(filling: Filling) -> None:
    session = filling.session
    kept, gone = pledge(filling, 2_000), pledge(filling, 3_000, donor=1)
    for one in (kept, gone):
        session.pledges.write_off(
            WriteOffDraft(pledge_id=one, on=day("2026-06-01"), amount_cents=500, reason="Moved away")
        )
    session.pledges.cancel(gone, day("2026-06-02"), "Made by mistake")
    [row] = rows_of(session, Source(kind=SourceKind.WRITTEN_OFF))
    assert (row.pledge_id, row.cents, row.note) == (kept, 500, "Moved away")
    check_every_number(session, TODAY)


def test_rows_are_found_by_name_and_sorted_by_any_column(filling: Filling) -> None:
    session = filling.session
    for donor, cents in enumerate((3_000, 1_000, 2_000)):
        pledge(filling, cents, donor, donor % 2)
    source = Source(kind=SourceKind.OPEN)
    by_name = [row.name for row in rows_of(session, source, SourceSort.NAME)]
    assert by_name == ["Ana Ruiz", "Lin Chia-hui 林家慧", "Nguyễn Thị Minh Khai"]
    assert [row.cents for row in rows_of(session, source, SourceSort.AMOUNT)] == [1_000, 2_000, 3_000]
    by_campaign = [row.campaign for row in rows_of(session, source, SourceSort.CAMPAIGN)]
    assert by_campaign == ["Jardín de la Amistad", "Youth exchange 2027", "Youth exchange 2027"]
    found = rows_of(session, Source(kind=SourceKind.OPEN, text="NGUYEN jardin"))
    assert [row.cents for row in found] == [1_000]
