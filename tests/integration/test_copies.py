"""Reading copies: what they say, what can be entered in them, and what is refused with a reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.meetings import MeetingDraft, MeetingState
from commission_app.domain.members import OfficeTitle
from commission_app.domain.pledges import TermsChangeDraft, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import (
    ConflictError,
    FileExistsAlreadyError,
    FileMissingError,
    NotOursError,
    ValidationError,
)
from commission_app.exchange.sealed import WrongPassphraseError
from commission_app.services.copies import open_locked
from commission_app.services.session import Session
from commission_app.storage import backup
from tests.integration.three_laptops import (
    MEETING,
    TODAY,
    Laptops,
    add_person,
    deliver,
    id_of,
    money_pledge,
    pay,
    propose,
)


def test_a_copy_says_whose_it_is_for_whom_and_of_when(three: Laptops, copy: Session) -> None:
    mark = copy.copies.require_mark()
    assert (mark.given_by, mark.given_to, mark.given_at) == ("Ana Ruiz", "Ben Li", three.clock.now)
    assert mark.commission == three.keeper.commission.get().name
    assert three.keeper.copies.mark() is None
    [given] = three.keeper.copies.given()
    assert (given.copy, given.to, given.base) == (mark.copy, "Ben Li", mark.base)
    assert copy.copies.given() == []


def test_a_copy_is_whole_its_owner_s_alone_and_keeps_its_own_backups(three: Laptops, copy: Session) -> None:
    backup.verify(copy.path)
    assert copy.path.stat().st_mode & 0o777 == 0o600
    assert all(check.is_good for check in copy.verification.run())
    assert copy.record.text() == three.keeper.record.text()
    assert copy.backups.folder != three.keeper.backups.folder
    assert not [path for path in three.folder.iterdir() if path.name.startswith(".copying")]


def test_what_is_typed_and_not_saved_stays_on_the_keeper_s_laptop(three: Laptops) -> None:
    three.keeper.drafts.keep("contact", "a contact", {}, {"name": "Nobody's business"})
    three.give("chair", "Cy Young")
    assert b"Nobody's business" not in three.path("chair").read_bytes()
    assert b"Nobody's business" in three.path("glen").read_bytes()


def test_nothing_is_overwritten_and_a_copy_gives_no_copies(three: Laptops, copy: Session) -> None:
    before = three.path("treasurer").read_bytes()
    with pytest.raises(FileExistsAlreadyError):
        three.keeper.copies.give(three.path("treasurer"), to="Ben Li")
    assert three.path("treasurer").read_bytes() == before
    with pytest.raises(FileMissingError):
        three.keeper.copies.give(three.folder / "nowhere" / "x.commission", to="Ben Li")
    with pytest.raises(ValidationError):
        three.keeper.copies.give(three.path("x"), to="  ")
    with pytest.raises(ConflictError, match="Ask Ana Ruiz"):
        copy.copies.give(three.path("x"), to="Cy Young")
    assert not three.path("x").exists()


def test_what_a_treasurer_and_a_chair_enter_is_allowed(copy: Session) -> None:
    person = add_person(copy, "New Donor")
    copy.pledges.record(money_pledge("n1", person, id_of(copy, "campaigns", "youth")))
    payment = pay(copy, "p-berg", 1_500)
    copy.payments.void(payment, TODAY, "Entered twice")
    deliver(copy, 2)
    propose(copy, "Report on the youth exchange")
    assert copy.copies.entered() == 5


def test_a_payment_of_the_keeper_s_file_can_be_voided_and_that_undone(three: Laptops) -> None:
    payment = pay(three.keeper, "p-berg", 1_000)
    copy = three.give("treasurer", "Ben Li")
    copy.payments.void(payment, TODAY, "The check bounced")
    assert copy.copies.entered() == 1
    copy.history.undo()
    assert copy.payments.get(payment).payment.voided_on is None


def test_what_was_entered_in_the_copy_can_be_corrected_and_taken_back_there(copy: Session) -> None:
    person = add_person(copy, "New Doner")
    copy.contacts.change(person, ContactDraft(kind=ContactKind.PERSON, name="New Donor"))
    assert copy.contacts.get(person).name == "New Donor"
    copy.history.undo()
    copy.history.undo()
    assert copy.copies.entered() == 0
    copy.history.redo()
    assert copy.copies.entered() == 1


def test_what_was_done_before_the_copy_is_undone_by_the_keeper_alone(copy: Session) -> None:
    before = copy.record.text()
    with pytest.raises(ConflictError, match="Ana Ruiz’s file"):
        copy.history.undo()
    assert copy.record.text() == before


def _change_terms(session: Session) -> None:
    schedule = Schedule(every=Every.ONCE, count=1, first_on=date(2026, 12, 1))
    pledge_id = id_of(session, "pledges", "p-berg")
    session.pledges.change_terms(
        TermsChangeDraft(pledge_id=pledge_id, on=TODAY, amount_cents=5_000, schedule=schedule)
    )


def _write_off(session: Session) -> None:
    pledge_id = id_of(session, "pledges", "p-berg")
    session.pledges.write_off(WriteOffDraft(pledge_id=pledge_id, on=TODAY, amount_cents=100, reason="Moved"))


def _change_item(session: Session) -> None:
    meeting_id = id_of(session, "meetings", "m1")
    [item] = session.agendas.items(meeting_id)
    draft = AgendaItemDraft(meeting_id=meeting_id, section=item.section, title="Another title")
    session.agendas.change(item.id, draft)


_REFUSED: dict[str, Callable[[Session], object]] = {
    "a contact's name": lambda s: s.contacts.change(
        id_of(s, "contacts", "berg"), ContactDraft(kind=ContactKind.PERSON, name="Sofia Borg")
    ),
    "removing a contact": lambda s: s.contacts.remove(id_of(s, "contacts", "free")),
    "a campaign": lambda s: s.campaigns.add(CampaignDraft(name="Garden")),
    "a meeting": lambda s: s.meetings.schedule(MeetingDraft(starts=MEETING.replace(month=11))),
    "a meeting's state": lambda s: s.meetings.set_state(id_of(s, "meetings", "m2"), MeetingState.CANCELLED),
    "an item of the keeper's": _change_item,
    "terms of a pledge": _change_terms,
    "a write-off": _write_off,
    "cancelling a pledge": lambda s: s.pledges.cancel(id_of(s, "pledges", "p-rotary"), TODAY, "Moved"),
    "removing a pledge": lambda s: s.pledges.remove(id_of(s, "pledges", "p-rotary")),
    "an office": lambda s: s.members.elect(OfficeTitle.CHAIR, id_of(s, "contacts", "berg"), TODAY),
    "an organization": lambda s: s.organizations.create("Friends"),
    "a rule": lambda s: s.commission.set_rule("terms.warn_days", 30, from_on=None, source=None, note=None),
    "the commission": lambda s: s.commission.change(_renamed(s.commission.get())),
}


def _renamed(body: Commission) -> Commission:
    from dataclasses import replace

    return replace(body, name="Another Commission")


@pytest.mark.parametrize("what", _REFUSED)
def test_everything_else_is_refused_with_who_can_do_it(three: Laptops, what: str) -> None:
    add_person(three.keeper, "Free", "free")
    propose(three.keeper, "Youth exchange")
    copy = three.give("treasurer", "Ben Li")
    before = copy.record.text(), copy.history.recent(1)
    with pytest.raises(ConflictError, match=r"Ana Ruiz’s file.*Here you can enter"):
        _REFUSED[what](copy)
    assert (copy.record.text(), copy.history.recent(1)) == before
    _REFUSED[what](three.keeper)  # the same is possible in the keeper's own file


def test_a_locked_copy_opens_with_its_passphrase_alone_and_never_over_a_file(three: Laptops) -> None:
    three.keeper.copies.give(three.path("locked"), to="Ben Li", passphrase="correct horse battery")
    locked = three.folder / "locked.commission.sealed"
    assert not three.path("locked").exists()
    assert b"SQLite" not in locked.read_bytes()
    with pytest.raises(WrongPassphraseError):
        open_locked(locked, "wrong horse battery", three.path("opened"))
    with pytest.raises(FileExistsAlreadyError):
        open_locked(locked, "correct horse battery", three.path("glen"))
    opened = open_locked(locked, "correct horse battery", three.path("opened"))
    assert opened.stat().st_mode & 0o777 == 0o600
    assert three.open("opened", "Ben Li").copies.require_mark().given_to == "Ben Li"


def test_a_folder_is_no_locked_copy(three: Laptops, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(three.folder)
    with pytest.raises(NotOursError, match=f"{three.folder.name} is a folder"):
        open_locked(Path(), "correct horse battery", three.path("opened"))


def test_a_locked_file_that_is_no_record_is_not_opened(three: Laptops) -> None:
    copy = three.give("treasurer", "Ben Li")
    add_person(copy, "New Donor")
    parcel = copy.parcels.send_back(three.folder / "p.json", passphrase="correct horse battery")
    with pytest.raises(NotOursError, match="A parcel is loaded"):
        open_locked(parcel, "correct horse battery", three.path("opened"))
    assert not three.path("opened").exists()
