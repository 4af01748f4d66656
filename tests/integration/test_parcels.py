"""Parcels: what comes back, row by row; twice is once; conflicts have names; wrong files are told apart."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commission_app.domain.meetings import MeetingState
from commission_app.domain.parcels import Choices, RowState, digest_of
from commission_app.errors import (
    CommissionError,
    ConflictError,
    NewerVersionError,
    NotOursError,
    ValidationError,
)
from commission_app.exchange.sealed import PassphraseNeededError, WrongPassphraseError
from commission_app.services.parcels import ParcelService
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.three_laptops import (
    TODAY,
    Laptops,
    add_person,
    deliver,
    id_of,
    laptops,
    money_pledge,
    pay,
    propose,
)


def enter_everything(session: Session) -> None:
    """One of each kind of thing that can be entered in a copy."""
    person = add_person(session, "New Donor", "new")
    session.pledges.record(money_pledge("n1", person, id_of(session, "campaigns", "youth")))
    pay(session, "n1", 1_000, key="y1")
    pay(session, "p-berg", 2_000, key="y2")
    deliver(session, 2)
    propose(session, "Report on the youth exchange")


def states(preview: Any) -> dict[str, RowState]:
    return {row.words: row.state for row in preview.rows}


# ---- The evening of three officers ----------------------------------------------------------------


def test_a_year_of_three_laptops(three: Laptops) -> None:
    treasurer, chair = three.give("treasurer", "Ben Li"), three.give("chair", "Cy Young")
    enter_everything(treasurer)
    propose(chair, "Welcome of the delegation")
    add_person(three.keeper, "Somebody else")
    three.later(days=3)
    before = three.keeper.record.text()
    for name in ("treasurer", "chair"):
        parcel = three.keeper.parcels.read(three.parcel(name))
        preview = three.keeper.parcels.preview(parcel)
        assert {row.state for row in preview.rows} == {RowState.NEW}
        assert preview.cautions == ()
        assert three.keeper.record.text() == before
        assert three.keeper.parcels.load(parcel) == preview
        before = three.keeper.record.text()
    what = [action.what for action in three.keeper.history.recent(2)]
    assert what == [
        "loaded the parcel of Cy Young: 1 agenda item",
        "loaded the parcel of Ben Li: 1 contact, 1 agenda item, 1 pledge, 2 payments, 1 delivery",
    ]
    titles = {item.title for item in three.keeper.agendas.items(id_of(three.keeper, "meetings", "m1"))}
    assert titles == {"Report on the youth exchange", "Welcome of the delegation"}
    assert all(check.is_good for check in three.keeper.verification.run())


def test_loading_twice_changes_nothing_and_one_undo_takes_all_back(three: Laptops, copy: Session) -> None:
    keeper, before = three.keeper, three.keeper.record.text()
    enter_everything(copy)
    parcel = keeper.parcels.read(three.parcel("treasurer"))
    keeper.parcels.load(parcel)
    loaded, actions = keeper.record.text(), keeper.history.recent(1)
    again = keeper.parcels.load(parcel)
    assert again.is_empty
    assert {row.state for row in again.rows} == {RowState.THERE}
    assert (keeper.record.text(), keeper.history.recent(1)) == (loaded, actions)
    keeper.history.undo()
    assert keeper.record.text() == before
    keeper.parcels.load(parcel)
    assert keeper.record.text() == loaded


def test_a_backup_is_made_before_loading(three: Laptops, copy: Session) -> None:
    enter_everything(copy)
    three.keeper.parcels.load(three.keeper.parcels.read(three.parcel("treasurer")))
    assert [found.reason for found in three.keeper.backups.list()] == ["parcel"]


def test_a_second_parcel_brings_only_what_is_new(three: Laptops, copy: Session) -> None:
    keeper = three.keeper
    pay(copy, "p-berg", 1_000)
    keeper.parcels.load(keeper.parcels.read(three.parcel("treasurer")))
    pay(copy, "p-berg", 700)
    done = keeper.parcels.load(keeper.parcels.read(three.parcel("treasurer", 2)))
    assert [row.words for row in done.rows if row.comes] == ["Sofia Berg, $7.00, September 17, 2026"]
    assert keeper.pledges.account(id_of(keeper, "pledges", "p-berg")).account.paid_cents == 1_700


def test_a_parcel_holds_the_additions_and_nothing_else(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Donor", "new")
    document = json.loads(three.parcel("treasurer").read_text())
    assert set(document) == {"format", "parcel", "contacts"}
    assert document["format"] == "commission-record/1"
    assert [contact["key"] for contact in document["contacts"]] == ["new"]
    assert document["parcel"]["sha256"] == digest_of({"contacts": document["contacts"]})
    with pytest.raises(ConflictError, match="a look at each row"):
        three.keeper.record.load_file(three.folder / "treasurer-1.json")


def test_nothing_entered_gives_no_parcel_and_no_parcel_is_overwritten(three: Laptops, copy: Session) -> None:
    with pytest.raises(ConflictError, match="Nothing was entered"):
        three.parcel("treasurer")
    add_person(copy, "New Donor")
    path = three.parcel("treasurer")
    before = path.read_bytes()
    with pytest.raises(CommissionError, match="already a file"):
        three.parcel("treasurer")
    assert path.read_bytes() == before
    with pytest.raises(ConflictError, match="no reading copy"):
        three.keeper.parcels.parcel()


def test_a_void_comes_back_and_a_second_one_is_told(three: Laptops) -> None:
    payment = pay(three.keeper, "p-berg", 1_000, key="y1")
    one, two = three.give("one", "Ben Li"), three.give("two", "Cy Young")
    one.payments.void(payment, TODAY, "The check bounced")
    two.payments.void(payment, TODAY, "Entered twice")
    keeper = three.keeper
    [row] = keeper.parcels.load(keeper.parcels.read(three.parcel("one"))).rows
    assert (row.state, row.words[:5]) == (RowState.VOID, "Void:")
    assert keeper.payments.get(payment).payment.void_reason == "The check bounced"
    [row] = keeper.parcels.load(keeper.parcels.read(three.parcel("two"))).rows
    assert row.state is RowState.KEPT
    assert "voided in your file already" in row.note


# ---- Conflicts ------------------------------------------------------------------------------------


def load(three: Laptops, choices: Choices | None = None) -> Any:
    keeper = three.keeper
    number = len(list(three.folder.glob("treasurer-*.json"))) + 1
    return keeper.parcels.load(keeper.parcels.read(three.parcel("treasurer", number)), choices or Choices())


def test_an_instalment_paid_meanwhile_is_paid_no_second_time(three: Laptops, copy: Session) -> None:
    pay(copy, "p-berg", 1_000)
    pay(three.keeper, "p-berg", 1_000)
    [row] = load(three).rows
    assert row.state is RowState.ADJUSTED
    assert "paid or changed in your file meanwhile" in row.note
    account = three.keeper.pledges.account(id_of(three.keeper, "pledges", "p-berg")).account
    assert (account.paid_cents, account.credit_cents) == (2_000, 0)
    assert load(three).is_empty


def test_money_for_a_pledge_cancelled_meanwhile_is_a_gift_to_its_campaign(
    three: Laptops, copy: Session
) -> None:
    keeper = three.keeper
    pay(copy, "p-berg", 1_000)
    keeper.pledges.cancel(id_of(keeper, "pledges", "p-berg"), TODAY, "Moved away")
    [row] = load(three).rows
    assert row.state is RowState.ADJUSTED
    assert "cancelled in your file" in row.note
    [standing] = keeper.campaigns.standings()
    assert standing.received_cents == 1_000


def test_a_delivery_of_a_pledge_cancelled_meanwhile_is_left_out_with_the_reason(
    three: Laptops, copy: Session
) -> None:
    deliver(copy, 2)
    three.keeper.pledges.cancel(id_of(three.keeper, "pledges", "p-nights"), TODAY, "Moved away")
    done = load(three)
    assert done.is_empty
    assert done.rows[0].state is RowState.LEFT
    assert "cancelled" in done.rows[0].note


def test_a_contact_that_may_be_known_is_offered_and_the_answer_is_remembered(
    three: Laptops, copy: Session
) -> None:
    person = add_person(copy, "Sofia Bergh", "sofia")
    copy.pledges.record(money_pledge("n1", person, id_of(copy, "campaigns", "youth")))
    keeper = three.keeper
    parcel = keeper.parcels.read(three.parcel("treasurer"))
    contact = keeper.parcels.preview(parcel).rows[0]
    assert contact.same_as == (("berg", "Sofia Berg"),)
    assert contact.state is RowState.NEW
    done = keeper.parcels.load(parcel, Choices(same={"sofia": "berg"}))
    assert [row.state for row in done.rows] == [RowState.SAME, RowState.NEW]
    assert len(keeper.contacts.all()) == 2
    donor = keeper.pledges.account(id_of(keeper, "pledges", "n1")).donor
    assert donor.name == "Sofia Berg"
    assert keeper.parcels.load(parcel).is_empty


def test_what_is_left_out_takes_along_what_belongs_to_it(three: Laptops, copy: Session) -> None:
    enter_everything(copy)
    done = load(three, Choices(left=frozenset({("contacts", "new")})))
    left = {row.words: row.note for row in done.rows if row.state is RowState.LEFT}
    assert left["New Donor"] == "Left out by you."
    assert left["New Donor, $120.00, Youth exchange"] == "Belongs to New Donor, which does not come in."
    assert len(left) == 3
    assert [row.noun for row in done.rows if row.comes] == ["agenda_items", "payments", "deliveries"]


def test_a_proposal_for_a_posted_agenda_waits_for_the_keeper_s_word(three: Laptops, copy: Session) -> None:
    propose(copy, "Too late")
    keeper = three.keeper
    keeper.postings.make_copy(id_of(keeper, "meetings", "m1"))
    done = load(three)
    [row] = done.rows
    assert (row.state, row.may_choose) == (RowState.LEFT, True)
    assert "posted meanwhile" in row.note
    done = load(three, Choices(taken=frozenset({row.name})))
    assert done.rows[0].state is RowState.NEW


def test_a_proposal_for_a_meeting_that_does_not_take_place_is_left_out(three: Laptops, copy: Session) -> None:
    propose(copy, "For nobody")
    keeper = three.keeper
    keeper.meetings.set_state(id_of(keeper, "meetings", "m1"), MeetingState.CANCELLED)
    [row] = load(three).rows
    assert (row.state, row.may_choose) == (RowState.LEFT, False)
    assert row.note == "The meeting of September 24, 2026 was cancelled meanwhile."


def test_what_the_keeper_corrected_stays_corrected(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Doner", "new")
    load(three)
    keeper = three.keeper
    contact = keeper.contacts.get(id_of(keeper, "contacts", "new"))
    from commission_app.domain.contacts import ContactDraft

    keeper.contacts.change(contact.id, ContactDraft(kind=contact.kind, name="New Donor"))
    add_person(copy, "Another", "other")
    done = load(three)
    assert states(done) == {"New Doner": RowState.KEPT, "Another": RowState.NEW}
    assert done.rows[0].note == "Differs from your file in: name. Yours stays."
    assert keeper.contacts.get(contact.id).name == "New Donor"


# ---- Of which copy --------------------------------------------------------------------------------


def test_an_older_copy_is_allowed_and_told(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Donor")
    add_person(three.keeper, "Meanwhile")
    three.keeper.copies.give(three.path("second"), to="Ben Li")
    done = load(three)
    assert not done.is_empty
    assert "Ben Li was given another" in done.cautions[0]


def test_a_copy_of_long_ago_is_told(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Donor")
    three.later(days=61)
    assert "61 days before" in load(three).cautions[0]


def test_a_copy_of_a_state_that_was_restored_away_is_told(three: Laptops, keepers: Path) -> None:
    add_person(three.keeper, "Lost with the restore")
    copy = three.give("treasurer", "Ben Li")
    add_person(copy, "New Donor")
    path = three.parcel("treasurer")
    three.close()
    three.path("glen").write_bytes(keepers.read_bytes())
    add_person(three.keeper, "Another history")
    done = three.keeper.parcels.load(three.keeper.parcels.read(path))
    assert "no longer has" in done.cautions[0]
    assert not done.is_empty


# ---- Wrong files ----------------------------------------------------------------------------------


def _changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def _newer(document: dict[str, Any]) -> None:
    document["parcel"]["format"] = "commission-parcel/2"


def _amount(document: dict[str, Any]) -> None:
    document["payments"][0]["amount_cents"] += 1


def _settings(document: dict[str, Any]) -> None:
    lists = {"settings": [{"name": "terms.warn_days", "value": 1, "key": "x"}]}
    del document["payments"]
    document |= lists
    document["parcel"]["sha256"] = digest_of(lists)


def _no_base(document: dict[str, Any]) -> None:
    document["parcel"]["base"] = "one"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (_newer, NewerVersionError, "newer format"),
        (_amount, ValidationError, "changed or damaged"),
        (_settings, ValidationError, "nothing else"),
        (_no_base, ValidationError, "whole number"),
        (lambda document: document.pop("parcel"), ConflictError, "without a parcel"),
        (lambda document: document.clear(), ConflictError, "something else"),
    ],
)
def test_a_wrong_document_is_told_apart(
    three: Laptops, copy: Session, change: Any, error: type[Exception], words: str
) -> None:
    pay(copy, "p-berg", 1_000)
    path = three.parcel("treasurer")
    _changed(path, change)
    before = three.keeper.record.text()
    with pytest.raises(error, match=words):
        three.keeper.parcels.read(path)
    assert three.keeper.record.text() == before


def test_a_cut_off_parcel_is_damaged_and_a_letter_is_none(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Donor")
    path = three.parcel("treasurer")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ValidationError, match="damaged or incomplete"):
        three.keeper.parcels.read(path)
    path.write_text("Dear Ana,")
    with pytest.raises(NotOursError, match="no parcel"):
        three.keeper.parcels.read(path)


def test_the_keeper_s_own_file_and_another_commission_s_are_refused(
    three: Laptops, copy: Session, tmp_path: Path
) -> None:
    keeper = three.keeper
    with pytest.raises(ConflictError, match="open here"):
        keeper.parcels.read(keeper.path)
    backup = keeper.backups.make()
    with pytest.raises(ConflictError, match="or a backup of it"):
        keeper.parcels.read(backup.path)
    (tmp_path / "other").mkdir()
    other = make_session(tmp_path / "other")
    add_person(copy, "New Donor")
    with pytest.raises(ConflictError, match="of another file of this name"):
        other.parcels.read(three.parcel("treasurer"))
    with pytest.raises(ConflictError, match="not a parcel"):
        keeper.parcels.read(other.path)
    with pytest.raises(ConflictError, match="keeper’s own file"):
        copy.parcels.read(three.folder / "treasurer-1.json")
    other.close()


def test_a_reading_copy_given_instead_of_its_parcel_has_its_additions_taken(
    three: Laptops, copy: Session
) -> None:
    enter_everything(copy)
    copy.close()
    keeper = three.keeper
    done = keeper.parcels.load(keeper.parcels.read(three.path("treasurer")))
    assert sum(row.comes for row in done.rows) == 6
    assert "the reading copy itself" in done.cautions[0]
    assert done.parcel.made_by == "Ben Li"


def test_a_locked_parcel_needs_its_passphrase(three: Laptops, copy: Session) -> None:
    add_person(copy, "New Donor")
    path = copy.parcels.send_back(three.folder / "p.json", passphrase="correct horse battery")
    assert path.name == "p.json.sealed"
    with pytest.raises(PassphraseNeededError):
        three.keeper.parcels.read(path)
    with pytest.raises(WrongPassphraseError):
        three.keeper.parcels.read(path, passphrase="wrong horse battery")
    parcel = three.keeper.parcels.read(path, passphrase="correct horse battery")
    assert states(three.keeper.parcels.preview(parcel)) == {"New Donor": RowState.NEW}
    locked = three.keeper.copies.give(three.path("l"), to="Cy", passphrase="correct horse battery")
    with pytest.raises(ConflictError, match="Open it first"):
        three.keeper.parcels.read(three.folder / locked.file, passphrase="correct horse battery")


# ---- In any order, and twice ----------------------------------------------------------------------

_STEP = st.one_of(
    st.tuples(st.just("contact"), st.sampled_from(["Sofia Berg", "Jana Novak", "Đặng Minh"])),
    st.tuples(st.just("pay"), st.tuples(st.sampled_from(["p-rotary", "p-berg"]), st.integers(1, 9_000))),
    st.tuples(st.just("deliver"), st.integers(1, 3)),
    st.tuples(st.just("propose"), st.sampled_from(["Welcome", "Budget"])),
    st.tuples(st.just("pledge"), st.integers(12, 5_000)),
)


def _enter(session: Session, steps: list[tuple[str, Any]]) -> None:
    for what, value in steps:
        if what == "contact":
            add_person(session, value)
        elif what == "pay":
            pay(session, *value)
        elif what == "deliver":
            deliver(session, value)
        elif what == "propose":
            propose(session, value)
        else:
            donor, campaign = id_of(session, "contacts", "berg"), id_of(session, "campaigns", "youth")
            session.pledges.record(money_pledge(None, donor, campaign, value))


def _standing(session: Session) -> dict[str, Any]:
    """What the record says, apart from where an item stands on its agenda and which instalment of a pledge
    each of two payments of the same day pays.
    """
    document = session.record.document()
    for item in document["agenda_items"]:
        del item["position"]
    for payment in document["payments"]:
        payment["allocations"] = sorted({(part["pledge"]) for part in payment["allocations"]})
    document["accounts"] = sorted(
        (account.pledge.key, account.paid_cents, account.credit_cents, account.balance_cents)
        for account in session.pledges.accounts()
    )
    return document


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(one=st.lists(_STEP, max_size=5), two=st.lists(_STEP, max_size=5), data=st.data())
def test_two_copies_loaded_in_any_order_and_twice_give_the_same_record(
    keepers: Path,
    tmp_path_factory: pytest.TempPathFactory,
    one: list[tuple[str, Any]],
    two: list[tuple[str, Any]],
    data: st.DataObject,
) -> None:
    three = laptops(keepers, tmp_path_factory.mktemp("any-order"))
    for name, steps in (("one", one), ("two", two)):
        _enter(three.give(name, name), steps)
    parcels = [ParcelService(three.sessions[name].context).parcel() for name in ("one", "two")]
    three.close()
    base = three.path("glen").read_bytes()
    results = []
    for order in ([0, 1], [1, 0], data.draw(st.permutations([0, 0, 1, 1]))):
        three.path("glen").write_bytes(base)
        for at in order:
            three.keeper.parcels.load(parcels[at])
        assert all(three.keeper.parcels.preview(parcel).is_empty for parcel in parcels)
        results.append(_standing(three.keeper))
        assert all(check.is_good for check in three.keeper.verification.run())
        three.close()
    assert results[0] == results[1] == results[2]
