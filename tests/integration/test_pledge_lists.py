"""Lists and totals in SQL against the ledger in Python, on random files with dates past and ahead."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commission_app.domain.aging import aging_of, due_this_month
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Payment, PaymentDraft
from commission_app.domain.pledge_accounts import PledgeAccount
from commission_app.domain.pledges import (
    Pledge,
    PledgeDraft,
    PledgeKind,
    PledgeState,
)
from commission_app.domain.schedules import Every, Schedule
from commission_app.services.list_blocks import Order
from commission_app.services.payment_lists import PaymentFilter, PaymentLine, PaymentSort
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine, PledgeSort
from commission_app.services.session import Session
from commission_app.storage.pledge_figures import differences
from commission_app.storage.pledge_reading import read_payments, read_refunds
from tests.integration.money_steps import TODAY, Filling, Step, steps


def filled(begun: Path, folders: Path, drawn: list[Step]) -> Filling:
    """A file with the steps taken."""
    folder = folders / str(len(list(folders.iterdir())))
    folder.mkdir()
    filling = Filling(begun, folder)
    for step in drawn:
        filling.take(*step)
    return filling


def sums(accounts: list[PledgeAccount]) -> tuple[int, ...]:
    names = (
        "pledged_cents",
        "paid_cents",
        "written_off_cents",
        "balance_cents",
        "overdue_cents",
        "credit_cents",
        "waiting_cents",
    )
    return (len(accounts), *(sum(getattr(one, name) for one in accounts) for name in names))


#: Files are slow to make: what fails is not made smaller.
quick = settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@quick
@given(drawn=steps, of_state=st.sampled_from(PledgeState), offset=st.integers(-150, 90))
def test_lists_and_totals_are_those_of_the_ledger(
    begun: Path,
    folders: Path,
    drawn: list[Step],
    of_state: PledgeState,
    offset: int,
) -> None:
    filling = filled(begun, folders, drawn)
    session = filling.session
    try:
        accounts = session.pledges.accounts()
        of_money = [one for one in accounts if one.pledge.kind is PledgeKind.MONEY]
        for chosen, expected in (
            (PledgeFilter(), of_money),
            (PledgeFilter(kind=None), accounts),
            (PledgeFilter(kind=PledgeKind.IN_KIND), [one for one in accounts if one not in of_money]),
            (PledgeFilter(states=frozenset({of_state})), [one for one in of_money if one.state is of_state]),
            (
                PledgeFilter(donor_id=filling.donors[1]),
                [one for one in of_money if one.pledge.donor_id == filling.donors[1]],
            ),
            (PledgeFilter(is_waiting=True), [one for one in of_money if one.is_waiting]),
            (PledgeFilter(is_waiting=False), [one for one in of_money if not one.is_waiting]),
            (
                PledgeFilter(text="NGUYEN jardin"),
                [
                    one
                    for one in of_money
                    if one.pledge.donor_id == filling.donors[1]
                    and one.pledge.campaign_id == filling.campaigns[1]
                ],
            ),
        ):
            found = session.pledges.totals(chosen)
            assert session.pledges.count(chosen) == found.count
            assert (
                found.count,
                found.pledged_cents,
                found.paid_cents,
                found.written_off_cents,
                found.balance_cents,
                found.overdue_cents,
                found.credit_cents,
                found.waiting_cents,
            ) == sums(expected), chosen
            lines = session.pledges.page(chosen, limit=100).rows
            assert {one.id for one in lines} == {one.pledge.id for one in expected}
        by_id = {one.pledge.id: one for one in accounts}
        for line in session.pledges.lines(list(by_id)):
            account = by_id[line.id]
            for name in (
                *("pledged_cents", "paid_cents", "written_off_cents", "balance_cents", "overdue_cents"),
                *("credit_cents", "next_due_on", "delivered", "state", "schedule"),
                *("due_from", "is_waiting"),
            ):
                assert getattr(line, name) == getattr(account, name), name
        _check_overview(session, accounts, TODAY + timedelta(days=offset))
        with session.context.database.reading() as connection:
            assert list(differences(connection)) == []
    finally:
        session.close()


def _check_overview(session: Session, today: list[PledgeAccount], other_day: date) -> None:
    with session.context.database.reading() as connection:
        payments, refunds = read_payments(connection), read_refunds(connection)
    for as_of in (TODAY, other_day):
        accounts = session.pledges.accounts(as_of)
        expected = aging_of(accounts, as_of)
        found = session.pledges.aging(as_of)
        assert (found.total, dict(found.donors)) == (expected.total, dict(expected.donors))
        assert session.pledges.aging(as_of, by_donor=False).total == expected.total
        campaign_of = {
            one.pledge.id: one.pledge.campaign_id for one in session.pledges.accounts(date(2100, 1, 1))
        }
        received = _received(payments, refunds, campaign_of, as_of)
        for one in accounts:
            if (percent := one.pledge.match_percent) is not None:
                came_in = _to_match(one.pledge, payments, refunds, campaign_of, as_of)
                earned = min(one.pledged_cents, came_in * percent // 100)
                assert session.pledges.earned_cents(one.pledge.id, as_of) == earned
        for standing in session.campaigns.standings(as_of):
            own = [one for one in accounts if one.pledge.campaign_id == standing.campaign.id]
            assert standing.pledged_cents == sum(one.pledged_cents for one in own)
            assert standing.overdue_cents == sum(one.overdue_cents for one in own)
            assert standing.received_cents == received[standing.campaign.id]
            assert standing.waiting_cents == sum(one.waiting_cents for one in own)
    live = [one for one in payments if one.voided_on is None]
    back = sum(one.amount_cents for one in refunds if one.voided_on is None)
    totals = session.payments.totals()
    assert (totals.amount_cents, totals.refunded_cents) == (sum(one.amount_cents for one in live), back)
    lines = session.payments.page(limit=100).rows
    assert sum(line.left_cents for line in lines) == totals.left_cents
    due = session.pledges.due_this_month()
    parts = due_this_month(today, TODAY)
    assert (due.count, due.cents) == (len(parts), sum(one.open_cents for one in parts))
    assert [line.due_on for line in due.lines] == [one.due_on for one in parts]


def _received(
    payments: list[Payment], refunds: list[Refund], campaign_of: dict[str, str], as_of: date
) -> Counter[str]:
    """What has come in by campaign: allocations for their pledges' campaigns, gifts for their own."""
    found: Counter[str] = Counter()
    live = {one.id: one for one in payments if one.is_live(as_of)}
    for payment in live.values():
        for part in payment.allocations:
            found[campaign_of[part.pledge_id]] += part.amount_cents
        found[payment.campaign_id or ""] += payment.gift_cents
    for refund in (one for one in refunds if one.is_live(as_of)):
        for back in refund.parts:
            found[campaign_of[back.pledge_id]] -= back.amount_cents
        found[live[refund.payment_id].campaign_id or ""] -= refund.gift_cents
    return found


def _to_match(
    pledge: Pledge, payments: list[Payment], refunds: list[Refund], campaign_of: dict[str, str], as_of: date
) -> int:
    """What others gave to the campaign of a matching pledge since its day, cent by cent."""
    others = {
        payment.id: payment
        for payment in payments
        if payment.payer_id != pledge.donor_id
        and payment.is_live(as_of)
        and payment.received_on >= pledge.pledged_on
    }
    found = 0
    for payment in others.values():
        moved = [(part.pledge_id, part.amount_cents) for part in payment.allocations]
        gift = payment.gift_cents
        for refund in refunds:
            if refund.payment_id == payment.id and refund.is_live(as_of):
                moved += [(part.pledge_id, -part.amount_cents) for part in refund.parts]
                gift -= refund.gift_cents
        found += gift if payment.campaign_id == pledge.campaign_id else 0
        found += sum(
            cents
            for pledge_id, cents in moved
            if pledge_id != pledge.id and campaign_of[pledge_id] == pledge.campaign_id
        )
    return found


@quick
@given(
    drawn=steps,
    order=st.builds(Order, st.sampled_from(PledgeSort), st.booleans()),
    limit=st.integers(1, 4),
)
def test_pages_follow_each_other_without_a_gap_in_the_order_of_all(
    begun: Path,
    folders: Path,
    drawn: list[Step],
    order: Order,
    limit: int,
) -> None:
    filling = filled(begun, folders, drawn)
    session, by, descending = filling.session, order.by, order.descending
    try:
        for chosen in (PledgeFilter(), PledgeFilter(text="a")):
            ids = session.pledges.ids(chosen, order)
            paged: list[PledgeLine] = []
            after = None
            for _ in range(len(ids) + 1):
                page = session.pledges.page(chosen, order, limit=limit, after=after)
                paged += page.rows
                after = page.after
                if after is None:
                    break
            assert [line.id for line in paged] == ids
            if by not in (PledgeSort.STATE, PledgeSort.DONOR, PledgeSort.CAMPAIGN):
                values = [getattr(line, by.value) for line in paged]
                filled_in = [value for value in values if value is not None]
                assert filled_in == sorted(filled_in, reverse=descending)
                assert values[: len(filled_in)] == filled_in
        by_payer = Order(PaymentSort.PAYER, descending)
        in_order = session.payments.ids(order=by_payer)
        pages: list[PaymentLine] = []
        place = None
        for _ in range(len(in_order) + 1):
            found = session.payments.page(
                order=Order(PaymentSort.PAYER, descending), limit=limit, after=place
            )
            pages += found.rows
            place = found.after
            if place is None:
                break
        assert [line.id for line in pages] == in_order
        assert session.payments.totals().amount_cents == sum(
            line.amount_cents for line in pages if line.voided_on is None
        )
    finally:
        session.close()


def test_payments_are_found_by_payer_campaign_reference_and_pledge(begun: Path, folders: Path) -> None:
    filling = filled(begun, folders, [])
    session = filling.session
    ana, khai, _ = filling.donors
    youth, garden = filling.campaigns
    draft = PledgeDraft(
        donor_id=khai,
        campaign_id=garden,
        pledged_on=TODAY,
        amount_cents=5_000,
        schedule=Schedule(every=Every.ONCE, first_on=TODAY),
    )
    pledge = session.pledges.record(draft)
    parts = session.payments.propose(3_000, TODAY, [pledge])
    on_pledge = session.payments.record(
        PaymentDraft(
            payer_id=ana, received_on=TODAY, amount_cents=3_000, reference="Check 1042", allocations=parts
        )
    )
    gift = session.payments.record(
        PaymentDraft(payer_id=khai, received_on=TODAY, amount_cents=700, campaign_id=youth)
    )
    session.payments.void(gift, TODAY, "Came back")
    for chosen, expected in (
        (PaymentFilter(text="jardín"), {on_pledge}),
        (PaymentFilter(text="YOUTH"), {gift}),
        (PaymentFilter(text="1042 ruiz"), {on_pledge}),
        (PaymentFilter(text="100%"), set()),
        (PaymentFilter(campaign_id=garden), {on_pledge}),
        (PaymentFilter(pledge_id=pledge), {on_pledge}),
        (PaymentFilter(payer_id=khai), {gift}),
        (PaymentFilter(is_voided=True), {gift}),
        (PaymentFilter(is_voided=False), {on_pledge}),
        (PaymentFilter(from_on=TODAY + timedelta(days=1)), set()),
        (PaymentFilter(to_on=TODAY), {on_pledge, gift}),
    ):
        assert {line.id for line in session.payments.page(chosen).rows} == expected, chosen
        assert session.payments.totals(chosen).count == len(expected)
    assert [line.campaign for line in session.payments.lines([on_pledge, gift])] == [
        "Jardín de la Amistad",
        "Youth exchange 2027",
    ]
    session.close()


def test_pledge_is_found_by_a_part_of_a_name_in_its_own_script(begun: Path, folders: Path) -> None:
    filling = filled(begun, folders, [])
    session = filling.session
    other = session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="100% Lin_"))
    ids = {}
    for name, donor in (("lin", filling.donors[2]), ("khai", filling.donors[1]), ("other", other)):
        draft = PledgeDraft(
            donor_id=donor,
            campaign_id=filling.campaigns[0],
            pledged_on=TODAY,
            amount_cents=100,
            schedule=Schedule(every=Every.ONCE, first_on=TODAY),
            description="For the Đà Nẵng students" if name == "khai" else None,
        )
        ids[name] = session.pledges.record(draft)
    for text, expected in (
        ("家慧", ["lin"]),
        ("thi minh", ["khai"]),
        ("da nang", ["khai"]),
        ("%", ["other"]),
        ("n_", ["other"]),
        ("'; DROP TABLE pledges", []),
    ):
        found = {line.id for line in session.pledges.page(PledgeFilter(text=text)).rows}
        assert found == {ids[name] for name in expected}, text
    session.close()
