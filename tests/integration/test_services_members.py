"""Seats, terms, offices and rosters on a real file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.findings import Level
from commission_app.domain.members import OfficeTitle, SeatKind, SeatState, TermDraft, TermEnd
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.session import Session
from tests.factories import make_session

TODAY = date(2026, 6, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path, on=TODAY)
    yield session
    session.close()


def person(session: Session, name: str = "Ana Ruiz") -> str:
    return session.contacts.add(ContactDraft(name=name))


def appoint(session: Session, seat: str, contact: str, first: date, last: date | None) -> str:
    [seat_id] = [view.seat.id for view in session.members.seats() if view.seat.key == seat]
    return session.members.appoint(TermDraft(seat_id=seat_id, contact_id=contact, from_on=first, to_on=last))


def state(session: Session, seat: str, on: date) -> SeatState:
    return next(v for v in session.members.seats(on) if v.seat.key == seat).standing.state


def test_a_new_file_has_the_packs_seats_all_vacant(session: Session) -> None:
    seats = session.members.seats()
    assert [sum(v.seat.kind is kind for v in seats) for kind in SeatKind] == [7, 2, 2]
    assert {v.standing.state for v in seats} == {SeatState.VACANT}
    assert session.members.quorum().needed == 4


def test_term_to_31_dec_2026_resigned_10_jun_2026_is_filled_on_10_jun_and_vacant_from_11_jun(
    session: Session,
) -> None:
    term = appoint(session, "regular-1", person(session), date(2025, 1, 1), date(2026, 12, 31))
    session.members.end_term(term, TermEnd.RESIGNED, date(2026, 6, 10))
    assert state(session, "regular-1", date(2026, 6, 10)) is not SeatState.VACANT
    assert state(session, "regular-1", date(2026, 6, 11)) is SeatState.VACANT


def test_a_holdover_keeps_the_seat_and_a_setting_takes_it_away(session: Session) -> None:
    appoint(session, "regular-1", person(session), date(2024, 1, 1), date(2025, 12, 31))
    assert state(session, "regular-1", TODAY) is SeatState.HOLDOVER
    session.commission.set_rule("terms.holdover", False, from_on=None, source="Council", note=None)
    assert state(session, "regular-1", TODAY) is SeatState.VACANT


def test_terms_in_one_seat_never_overlap(session: Session) -> None:
    appoint(session, "regular-1", person(session), date(2025, 1, 1), date(2026, 12, 31))
    with pytest.raises(ValidationError) as caught:
        appoint(session, "regular-1", person(session, "Daniel Lee"), date(2026, 12, 31), None)
    assert "Ana Ruiz holds this seat from January 1, 2025 to December 31, 2026." in str(caught.value)
    appoint(session, "regular-1", person(session, "Grace Okonkwo"), date(2027, 1, 1), None)


def test_one_person_never_holds_two_seats_at_once(session: Session) -> None:
    ana = person(session)
    appoint(session, "regular-1", ana, date(2025, 1, 1), date(2026, 12, 31))
    with pytest.raises(ValidationError):
        appoint(session, "alternate-1", ana, date(2026, 12, 1), None)
    appoint(session, "alternate-1", ana, date(2027, 1, 1), None)


def test_an_election_ends_the_office_of_the_one_before(session: Session) -> None:
    ana, lee = person(session), person(session, "Daniel Lee")
    appoint(session, "regular-1", ana, date(2025, 1, 1), None)
    appoint(session, "regular-2", lee, date(2025, 1, 1), None)
    session.members.elect(OfficeTitle.CHAIR, ana, date(2025, 7, 1))
    session.members.elect(OfficeTitle.CHAIR, lee, date(2026, 6, 1))
    offices = {view.seat.key: view.offices for view in session.members.seats()}
    assert offices["regular-1"] == ()
    assert offices["regular-2"] == (OfficeTitle.CHAIR,)
    days = [(v.office.from_on, v.office.to_on) for v in session.members.offices()]
    assert days == [(date(2026, 6, 1), None), (date(2025, 7, 1), date(2026, 5, 31))]


def test_a_seat_that_had_a_term_stays(session: Session) -> None:
    appoint(session, "regular-7", person(session), date(2025, 1, 1), None)
    by_key = {view.seat.key: view.seat.id for view in session.members.seats()}
    with pytest.raises(ConflictError, match="Other records refer"):
        session.members.remove_seat(by_key["regular-7"])
    session.members.remove_seat(by_key["regular-6"])
    added = session.members.add_seat(SeatKind.REGULAR, "Seat 8", "Mayor")
    assert session.members.seat(added).seat.key == "regular-8"


def society(session: Session, count: int, last: date | None = None) -> str:
    organization = session.organizations.create("Friendship Society")
    for number in range(count):
        member = person(session, f"Member Number{number}")
        ends = date(2026, 9, 30) if last and number == 0 else None
        session.organizations.add_member(organization, member, None, ends)
    return organization


def test_20_members_one_of_them_to_30_sep_2026_falls_under_on_1_oct(session: Session) -> None:
    society(session, 20, date(2026, 9, 30))
    [view] = session.organizations.all()
    assert (view.roster.active, view.roster.margin, view.roster.level) == (20, 0, Level.WARNING)
    assert view.roster.falls_under_on == date(2026, 10, 1)
    counts = dict(view.roster.forecast)
    assert (counts[date(2026, 9, 30)], counts[date(2026, 10, 31)]) == (20, 19)


def test_an_organization_on_a_roster_is_no_member_to_count(session: Session) -> None:
    organization = society(session, 2)
    rotary = session.contacts.add(ContactDraft(kind=ContactKind.ORGANIZATION, name="Rotary Club"))
    session.organizations.add_member(organization, rotary, None, None)
    assert session.organizations.all()[0].roster.active == 2
    assert len(session.organizations.roster(organization)) == 3


def test_a_person_is_not_on_one_roster_twice_at_once(session: Session) -> None:
    organization = society(session, 0)
    ana = person(session)
    session.organizations.add_member(organization, ana, date(2026, 1, 1), date(2026, 3, 31))
    with pytest.raises(ValidationError, match="already"):
        session.organizations.add_member(organization, ana, date(2026, 3, 31), None)
    session.organizations.add_member(organization, ana, date(2026, 4, 1), None)


def test_a_changed_minimum_changes_the_level(session: Session) -> None:
    society(session, 20)
    session.commission.set_rule("membership.minimum", 25, from_on=TODAY, source="Council", note=None)
    assert session.organizations.all()[0].roster.level is Level.OVERDUE


def test_contacts_are_found_without_their_marks(session: Session) -> None:
    for name in ("José Álvarez", "Đặng Thu Hương", "王小明", "Łukasz Brzęczyszczykiewicz", "100% Club_A"):
        person(session, name)

    def found(text: str) -> list[str]:
        return [contact.name for contact in session.contacts.all(containing=text)]

    assert found("jose") == ["José Álvarez"]
    assert found("dang huong") == ["Đặng Thu Hương"]
    assert found("小明") == ["王小明"]
    assert found("LUKASZ brz") == ["Łukasz Brzęczyszczykiewicz"]
    assert found("%") == ["100% Club_A"]
    assert found("_") == ["100% Club_A"]
    assert found("'; DROP TABLE contacts; --") == []


def test_the_same_person_is_offered_and_never_merged(session: Session) -> None:
    session.contacts.add(ContactDraft(name="José Álvarez", email="jose@example.org"))
    [candidate] = session.contacts.similar(ContactDraft(name="Jose Alvarez"))
    assert (candidate.contact.name, candidate.reasons) == ("José Álvarez", ("similar name",))
    person(session, "Jose Alvarez")
    assert len(session.contacts.all()) == 2


def test_a_contact_is_refused_with_all_its_problems_at_once(session: Session) -> None:
    with pytest.raises(ValidationError) as caught:
        session.contacts.add(ContactDraft(name="A\u202eB", email="nobody", phone="call me"))
    assert set(caught.value.by_field()) == {"name", "email", "phone"}


def test_undo_takes_back_the_last_use_case_and_redo_brings_it_again(session: Session) -> None:
    ana = person(session)
    appoint(session, "regular-1", ana, date(2025, 1, 1), None)
    session.history.undo()
    assert state(session, "regular-1", TODAY) is SeatState.VACANT
    session.history.redo()
    assert state(session, "regular-1", TODAY) is SeatState.FILLED
    session.history.undo()
    session.history.undo()
    with pytest.raises(NotFoundError):
        session.contacts.get(ana)
    whats = [action.what for action in session.history.recent(2)]
    assert whats[0] == "undid: added Ana Ruiz to the contacts"


def test_two_undos_are_brought_back_by_two_redos(session: Session) -> None:
    person(session)
    person(session, "Daniel Lee")
    session.history.undo()
    session.history.undo()
    assert session.contacts.all() == []
    session.history.redo()
    session.history.redo()
    assert [contact.name for contact in session.contacts.all()] == ["Ana Ruiz", "Daniel Lee"]
    with pytest.raises(ConflictError, match="nothing to redo"):
        session.history.redo()
    session.history.undo()
    person(session, "Grace Okonkwo")
    assert session.history.redoable() is None


def test_a_logo_that_cannot_be_printed_is_refused(session: Session) -> None:
    with pytest.raises(ValidationError):
        session.commission.set_logo("virus.exe", b"MZ\x90\x00")
    assert session.commission.logo() is None


def test_a_vacancy_notice_is_recorded_once_it_is_up(session: Session) -> None:
    term = appoint(session, "regular-1", person(session), date(2025, 1, 1), date(2026, 12, 31))
    session.members.end_term(term, TermEnd.RESIGNED, date(2026, 5, 20))
    with pytest.raises(ValidationError, match="This day has not come"):
        session.members.note_vacancy(term, date(2026, 6, 2))
    session.members.note_vacancy(term, TODAY)
    [vacant] = [view.vacancy for view in session.members.seats() if view.seat.key == "regular-1"]
    assert vacant is not None
    assert (vacant.notice_on, vacant.notice_by) == (TODAY, date(2026, 6, 9))
    assert vacant.appoint_from == date(2026, 6, 15)


def test_the_history_of_a_seat_names_who_sat_there(session: Session) -> None:
    ana, lee = person(session), person(session, "Daniel Lee")
    term = appoint(session, "regular-1", ana, date(2024, 1, 1), date(2026, 12, 31))
    session.members.end_term(term, TermEnd.RESIGNED, date(2025, 3, 1))
    appoint(session, "regular-1", lee, date(2025, 6, 1), None)
    [seat_id] = [view.seat.id for view in session.members.seats() if view.seat.key == "regular-1"]
    found = [(view.holder.name if view.holder else None) for view in session.members.history_of(seat_id)]
    assert found == ["Ana Ruiz", None, "Daniel Lee"]
    assert session.members.histories()[seat_id] == session.members.history_of(seat_id)


def test_alternates_have_their_place_in_the_order_and_other_seats_none(session: Session) -> None:
    appoint(session, "alternate-1", person(session), date(2026, 1, 1), None)
    appoint(session, "alternate-2", person(session, "Daniel Lee"), date(2020, 1, 1), None)

    def places() -> dict[str, int | None]:
        return {view.seat.key: view.precedence for view in session.members.seats() if view.precedence}

    assert places() == {"alternate-1": 1, "alternate-2": 2}
    name = "alternates.precedence"
    session.commission.set_rule(name, "longest-service", from_on=None, source=None, note=None)
    assert places() == {"alternate-2": 1, "alternate-1": 2}
