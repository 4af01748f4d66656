"""Use cases of pledges, payments and campaigns on real files, beyond the rows of the rules."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledges import (
    PledgeDraft,
    PledgeKind,
    PledgeState,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.schedules import Every, Instalment, Schedule
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.pledges import PaidBefore
from commission_app.services.session import Session
from commission_app.storage import derived
from tests.factories import make_session
from tests.integration.money_files import Entering, day, record

TODAY = date(2026, 7, 1)
MONTHLY = Schedule(every=Every.MONTH, count=12, first_on=date(2026, 1, 31))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def draft(session: Session) -> Callable[..., PledgeDraft]:
    """A pledge of 120.00 by Ana in twelve months, with other fields where given."""
    entering = Entering(session)
    entering.enter(record())

    def of(**more: object) -> PledgeDraft:
        given = {
            "donor_id": entering.ids["contacts", "ana"],
            "campaign_id": entering.ids["campaigns", "youth"],
            "pledged_on": day("2026-01-15"),
            "amount_cents": 12_000,
            "schedule": MONTHLY,
            **more,
        }
        return PledgeDraft(**given)  # type: ignore[arg-type]

    return of


def overdue(session: Session) -> list[str]:
    return [found.text for found in session.attention.findings() if found.rule == "pledge-overdue"]


def test_pledge_entered_mid_way_with_what_was_paid_before_is_not_overdue(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    before = [
        PaidBefore(received_on=day("2026-04-02"), amount_cents=3_000),
        PaidBefore(received_on=day("2026-02-01"), amount_cents=3_000, reference="1042"),
    ]
    pledge_id = session.pledges.record(draft(), paid_before=before)
    view = session.pledges.account(pledge_id)
    assert (view.account.state, view.account.paid_cents) == (PledgeState.OPEN, 6_000)
    assert overdue(session) == []
    assert session.history.recent(1)[0].what == "recorded a pledge of $120.00 by Ana Ruiz"
    session.history.undo()
    assert (session.pledges.totals().count, session.payments.totals().count) == (0, 0)


def test_wrong_payment_before_refuses_the_whole_with_its_place(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.pledges.record(
            draft(),
            paid_before=[
                PaidBefore(received_on=day("2026-02-01"), amount_cents=3_000),
                PaidBefore(received_on=day("2026-02-02"), amount_cents=0),
            ],
        )
    assert [problem.path for problem in caught.value.problems] == ["paid_before[1].amount_cents"]
    assert session.path.read_bytes() == before


def test_donor_and_payer_may_be_new_contacts_in_the_same_step(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    donor = ContactDraft(kind=ContactKind.PERSON, name="Yuki Hashimoto")
    pledge_id = session.pledges.record(draft(donor_id=""), newcomer=donor)
    assert session.pledges.account(pledge_id).donor.name == "Yuki Hashimoto"
    shop = ContactDraft(kind=ContactKind.ORGANIZATION, name="Garden Shop")
    parts = session.payments.propose(1_000, TODAY, [pledge_id])
    paid = PaymentDraft(payer_id="", received_on=TODAY, amount_cents=1_000, allocations=parts)
    payment_id = session.payments.record(paid, newcomer=shop)
    view = session.payments.get(payment_id)
    assert (view.payer.name, [one.name for one in view.donors.values()]) == (
        "Garden Shop",
        ["Yuki Hashimoto"],
    )
    assert session.history.recent(1)[0].what == "recorded a payment of $10.00 from Garden Shop"
    story = session.pledges.story(view.pledges[pledge_id].donor_id)
    assert [one.id for one in story.payments] == [payment_id]
    assert (story.paid_cents, story.given_cents, story.balance_cents) == (1_000, 0, 11_000)


def test_proposal_takes_the_oldest_open_instalments_of_all_chosen_pledges(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    first = session.pledges.record(draft())
    second = session.pledges.record(
        draft(amount_cents=1_500, schedule=Schedule(every=Every.ONCE, first_on=day("2026-02-10")))
    )
    parts = session.payments.propose(4_000, TODAY, [first, second])
    assert parts == (
        Allocation(pledge_id=first, due_on=day("2026-01-31"), amount_cents=1_000),
        Allocation(pledge_id=second, due_on=day("2026-02-10"), amount_cents=1_500),
        Allocation(pledge_id=first, due_on=day("2026-02-28"), amount_cents=1_000),
        Allocation(pledge_id=first, due_on=day("2026-03-31"), amount_cents=500),
    )
    assert session.payments.propose(20_000, TODAY, [second])[-1] == Allocation(
        pledge_id=second, due_on=None, amount_cents=18_500
    )
    assert (
        sum(
            part.amount_cents for part in session.payments.propose(20_000, TODAY, [second], has_campaign=True)
        )
        == 1_500
    )


def test_voided_payment_cannot_be_voided_again_nor_before_it_came(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledge_id = session.pledges.record(draft())
    parts = session.payments.propose(1_000, TODAY, [pledge_id])
    paid = PaymentDraft(payer_id=draft().donor_id, received_on=TODAY, amount_cents=1_000, allocations=parts)
    payment_id = session.payments.record(paid)
    for on, reason, path in (
        (day("2026-06-30"), "Came back", "on"),
        (TODAY, "  ", "reason"),
    ):
        with pytest.raises(ValidationError) as caught:
            session.payments.void(payment_id, on, reason)
        assert [problem.path for problem in caught.value.problems] == [path]
    session.payments.void(payment_id, TODAY, "  Came back\u200b ")
    assert session.payments.get(payment_id).payment.void_reason == "Came back"
    with pytest.raises(ValidationError, match="The payment was voided on July 1, 2026"):
        session.payments.void(payment_id, TODAY, "Again")
    assert session.pledges.account(pledge_id).account.paid_cents == 0


def test_write_off_of_chosen_instalments_and_over_what_is_open(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledge_id = session.pledges.record(draft())
    last = (Instalment(due_on=day("2026-12-31"), amount_cents=700),)
    session.pledges.write_off(
        WriteOffDraft(pledge_id=pledge_id, on=TODAY, amount_cents=700, reason="Moved", instalments=last)
    )
    account = session.pledges.account(pledge_id).account
    assert (account.instalments[-1].amount_cents, account.given_up) == (300, last)
    with pytest.raises(ValidationError) as caught:
        session.pledges.write_off(
            WriteOffDraft(pledge_id=pledge_id, on=TODAY, amount_cents=11_301, reason="Moved")
        )
    assert caught.value.by_field() == {"amount_cents": "113.00 was open on July 1, 2026."}


def test_change_under_what_is_paid_is_refused_and_cancelling_what_is_paid_too(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    before = [PaidBefore(received_on=day("2026-02-01"), amount_cents=5_000)]
    pledge_id = session.pledges.record(draft(), paid_before=before)
    with pytest.raises(ValidationError) as caught:
        session.pledges.change_terms(
            TermsChangeDraft(pledge_id=pledge_id, on=TODAY, amount_cents=4_999, schedule=MONTHLY)
        )
    assert list(caught.value.by_field()) == ["amount_cents"]
    with pytest.raises(ValidationError, match="Something is paid on this pledge"):
        session.pledges.cancel(pledge_id, TODAY, "A mistake")
    with pytest.raises(ConflictError, match="Other records refer to this one"):
        session.pledges.remove(pledge_id)


def test_pledge_that_is_not_there_and_one_made_later_are_not_found(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledge_id = session.pledges.record(draft(pledged_on=day("2026-08-01")))
    for one in ("nothing", pledge_id):
        with pytest.raises(NotFoundError):
            session.pledges.account(one)
    assert session.pledges.account(pledge_id, day("2026-08-01")).account.state is PledgeState.OVERDUE
    assert session.pledges.page().rows == ()


def test_campaign_is_changed_found_and_kept_while_pledges_name_it(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    session.pledges.record(draft())
    campaign_id = draft().campaign_id
    session.campaigns.change(campaign_id, CampaignDraft(name="Intercambio de jóvenes", goal_cents=5_000))
    assert [one.name for one in session.campaigns.all("JOVENES inter")] == ["Intercambio de jóvenes"]
    with pytest.raises(ConflictError):
        session.campaigns.remove(campaign_id)
    with pytest.raises(ValidationError) as caught:
        session.campaigns.add(
            CampaignDraft(name=" ", goal_cents=0, from_on=day("2026-02-01"), to_on=day("2026-01-01"))
        )
    assert list(caught.value.by_field()) == ["name", "goal_cents", "to_on"]


def test_commission_that_does_not_raise_funds_records_nothing_new(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledge_id = session.pledges.record(draft())
    session.commission.set_rule("fundraising.allowed", False, from_on=None, source=None, note=None)
    assert not session.campaigns.may_raise_funds()
    paid = PaymentDraft(
        payer_id=draft().donor_id, received_on=TODAY, amount_cents=1, campaign_id=draft().campaign_id
    )
    steps: tuple[Callable[[], str], ...] = (
        lambda: session.pledges.record(draft()),
        lambda: session.payments.record(paid),
        lambda: session.campaigns.add(CampaignDraft(name="Another")),
    )
    for refused in steps:
        with pytest.raises(ValidationError, match=r"does not raise funds \(fundraising.allowed\)"):
            refused()
    session.pledges.cancel(pledge_id, TODAY, "No longer allowed")


def test_receiver_of_a_campaign_without_one_is_the_rule_books(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    assert session.campaigns.default_receiver() is None
    session.commission.set_rule("fundraising.receiver", "asca", from_on=None, source=None, note=None)
    [asca] = [one for one in session.contacts.all() if one.key == "asca"]
    assert session.campaigns.default_receiver() == asca.id


def test_figures_changed_behind_the_program_are_found_and_derived_again(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    session.pledges.record(draft())
    with closing(sqlite3.connect(session.path)) as file, file:
        file.execute("UPDATE instalments SET paid_cents = 1 WHERE due_on = '2026-03-31'")
        file.execute("INSERT INTO instalments VALUES ('nobody', '2026-01-01', 1, 0)")
    [check] = [one for one in session.verification.run() if one.name == "figures"]
    assert check.problems == (
        "The figures of the pledge by Ana Ruiz are not those of its record.",
        "The figures of the pledge by nobody are not those of its record.",
    )
    with session.context.database.keeping() as connection:
        derived.rebuild(connection)
    assert all(one.is_good for one in session.verification.run())


def test_use_case_that_fails_leaves_figures_as_they_were(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledge_id = session.pledges.record(draft())
    before = session.pledges.totals()
    bad = PaymentDraft(
        payer_id=draft().donor_id,
        received_on=TODAY,
        amount_cents=2_000,
        allocations=(Allocation(pledge_id=pledge_id, due_on=day("2026-01-31"), amount_cents=2_000),),
    )
    with pytest.raises(ValidationError) as caught:
        session.payments.record(bad)
    assert list(caught.value.by_field()) == ["allocations[0].amount_cents"]
    assert session.pledges.totals() == before
    assert all(one.is_good for one in session.verification.run())


def test_what_was_typed_wrong_is_corrected_and_can_be_undone(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledges = session.pledges
    pledge_id = pledges.record(draft())
    weekly = Schedule(every=Every.WEEK, count=3, first_on=date(2026, 1, 20))
    newcomer = ContactDraft(name="Đặng Thị Lan")
    pledges.change(
        pledge_id,
        draft(amount_cents=9_000, schedule=weekly, pledged_on=date(2026, 1, 19)),
        newcomer=newcomer,
    )
    view = pledges.account(pledge_id)
    assert (view.donor.name, view.account.pledged_cents) == ("Đặng Thị Lan", 9_000)
    assert [part.amount_cents for part in view.account.instalments] == [3_000, 3_000, 3_000]
    assert view.rows.changes == ()
    assert session.history.recent()[0].what == "changed the pledge by Đặng Thị Lan"
    session.history.undo(session.history.recent()[0].id)
    before = pledges.account(pledge_id)
    assert (before.donor.name, before.account.pledged_cents) == ("Ana Ruiz", 12_000)
    assert not session.contacts.all(containing="Lan")


def test_a_correction_leaves_room_for_what_is_recorded(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledges = session.pledges
    early = PaidBefore(received_on=date(2026, 2, 1), amount_cents=2_000)
    pledge_id = pledges.record(draft(), paid_before=[early])
    pledges.change(pledge_id, draft(pledged_on=date(2026, 1, 10)))
    for wrong, path in (
        ({"amount_cents": 1_000}, "amount_cents"),
        ({"schedule": Schedule(every=Every.MONTH, count=12, first_on=date(2026, 3, 1))}, "schedule"),
        ({"donor_id": ""}, "donor_id"),
    ):
        with pytest.raises(ValidationError) as refused:
            pledges.change(pledge_id, draft(**wrong))
        assert set(refused.value.by_field()) == {path}
    terms = TermsChangeDraft(
        pledge_id=pledge_id, on=date(2026, 3, 1), amount_cents=9_000, schedule=MONTHLY, reason="Less"
    )
    pledges.change_terms(terms)
    with pytest.raises(ValidationError, match="before this day"):
        pledges.change(pledge_id, draft(pledged_on=date(2026, 3, 2)))


def test_a_cancelled_pledge_and_another_kind_are_no_corrections(
    session: Session, draft: Callable[..., PledgeDraft]
) -> None:
    pledges = session.pledges
    pledge_id = pledges.record(draft())
    in_kind = PledgeDraft(
        kind=PledgeKind.IN_KIND,
        donor_id=draft().donor_id,
        campaign_id=draft().campaign_id,
        pledged_on=date(2026, 1, 15),
        description="Chairs",
        quantity=4,
    )
    with pytest.raises(ValidationError, match="Money does not become"):
        pledges.change(pledge_id, in_kind)
    pledges.cancel(pledge_id, TODAY, "Entered twice")
    with pytest.raises(ValidationError, match="was cancelled on July 1, 2026"):
        pledges.change(pledge_id, draft())
