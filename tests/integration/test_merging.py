"""Two contacts that are one: offered, merged with every reference, and brought back by one undo."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.meetings import AttendanceState
from commission_app.domain.members import OfficeTitle, TermDraft
from commission_app.domain.merging import Side, differing, is_within, merged
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.proceedings import Answer, MotionResult, Purpose
from commission_app.domain.quorum import QuorumBasis
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services.merging import references_to_contacts
from commission_app.services.session import Session
from commission_app.storage import marks
from commission_app.storage.history import rows_of_record
from commission_app.storage.tables import attendance, metadata
from commission_app.storage.types import Choice, Day, Flag, Instant, Json, LocalTime
from commission_app.storage.writer import Writer
from tests.factories import make_session
from tests.unit.domain_rows import contact

TODAY = date(2026, 6, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path, on=TODAY)
    yield session
    session.close()


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """Ana Ruiz, entered twice."""
    kept = session.contacts.add(ContactDraft(name="Ana Ruiz", email="ana@example.org", note="Chairs well."))
    other = session.contacts.add(ContactDraft(name="Ruiz, Ana", phone="555-0101", note="Speaks Spanish."))
    return kept, other


def whole(session: Session) -> dict[str, Any]:
    with session.context.database.reading() as connection:
        return rows_of_record(connection)


# ---- What stays -----------------------------------------------------------------------------------


def test_what_only_one_knows_stays_and_what_both_know_is_chosen() -> None:
    kept = contact("a", "Ana Ruiz", email="ana@example.org", note="One.")
    other = contact("b", "Ana M. Ruiz", email="ruiz@example.org", phone="555-0101", note="Two.")
    assert differing(kept, other) == ("name", "email", "note")
    plain = merged(kept, other, {})
    assert (plain.name, plain.email, plain.phone) == ("Ana Ruiz", "ana@example.org", "555-0101")
    assert plain.note == "One.\nTwo."
    chosen = merged(kept, other, {"name": Side.OTHER, "note": Side.OTHER})
    assert (chosen.name, chosen.email, chosen.note) == ("Ana M. Ruiz", "ana@example.org", "Two.")


def test_who_is_under_18_is_chosen_though_no_is_a_value_too() -> None:
    grown, minor = contact("a"), contact("b", minor=True)
    assert "minor" in differing(grown, minor)
    assert merged(grown, minor, {}).minor is False
    assert merged(grown, minor, {"minor": Side.OTHER}).minor is True


def test_days_within_days_with_open_ends() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert is_within((first, last), (None, None))
    assert is_within((first, last), (first, last))
    assert not is_within((None, last), (first, last))
    assert not is_within((first, None), (first, last))


# ---- Every reference ------------------------------------------------------------------------------


def plausible(writer: Writer, table: Table[Any], given: dict[str, Any]) -> str:
    """A row of any table: what must be there has a plausible value, and what it refers to is made too."""
    for column in table.c:
        if column.name in given or column.nullable or column.primary_key or column.name == "key":
            continue
        references = list(column.foreign_keys)
        if references:
            in_kind = {"kind": PledgeKind.IN_KIND, "quantity": 1} if table.name == "deliveries" else {}
            given[column.name] = plausible(writer, references[0].column.table, in_kind)
        elif not column.info:
            given[column.name] = value_of(column, len(given))
    if table.name == "pledges" and given["kind"] is PledgeKind.MONEY:
        given |= {"amount_cents": 100, "schedule": Schedule(every=Every.ONCE, first_on=date(2026, 1, 2))}
    if table.name == "receipts":
        payment = plausible(writer, metadata.tables["payments"], {})
        given |= {"year": 2026, "amount_cents": 100, "payment_id": payment, "content": {}}
    return writer.insert(table, **given)


def value_of(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, Choice):
        choices: type[StrEnum] = kind.choices
        return next(iter(choices))
    if isinstance(kind, Day):
        return date(2026, 1, 2)
    if isinstance(kind, Instant):
        return datetime(2026, 1, 2, tzinfo=UTC)
    if isinstance(kind, LocalTime):
        return datetime(2026, 1, 2, 18)
    if isinstance(kind, Flag):
        return False
    if isinstance(kind, Json):
        return []
    if kind.python_type is int:
        return 1
    return "0" * 64 if column.name == "sha256" else f"text {number}"


REFERENCES = [(table.name, column.name) for table, column in references_to_contacts() if column.foreign_keys]


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=[".".join(one) for one in REFERENCES])
def test_every_reference_goes_over_and_one_undo_brings_it_back(
    session: Session, two: tuple[str, str], table: str, column: str
) -> None:
    kept, other = two
    of = metadata.tables[table]
    with session.context.database.writing("made a row") as writer:
        row_id = plausible(writer, of, {column: other})
    before = whole(session)
    plan = session.merging.plan(kept, other)
    assert plan.moves == {table: 1} and not plan.obstacles and not plan.dropped
    session.merging.merge(kept, other)
    after = whole(session)
    [row] = [row for row in after[table] if row["id"] == row_id]
    assert row[column] == kept
    assert all(other not in map(str, row.values()) for rows in after.values() for row in rows)
    session.history.undo()
    assert whole(session) == before
    session.history.redo()
    assert whole(session) == after


def test_there_are_references_in_the_tables_of_money_letters_and_rolls() -> None:
    assert {"terms", "memberships", "pledges", "payments", "letters", "attendance"} <= dict(REFERENCES).keys()


def test_files_kept_with_the_contact_and_the_receiver_of_the_money_go_over(session: Session) -> None:
    kept = session.contacts.add(ContactDraft(name="Glen Society", kind=ContactKind.ORGANIZATION))
    other = session.contacts.add(ContactDraft(name="The Glen Society", kind=ContactKind.ORGANIZATION))
    keys = {one.id: one.key for one in session.contacts.all()}
    session.commission.set_rule("fundraising.receiver", keys[other], from_on=None, source=None, note=None)
    session.merging.merge(kept, other)
    assert session.commission.rule_book().text("fundraising.receiver", TODAY) == keys[kept]
    session.history.undo()
    assert session.commission.rule_book().text("fundraising.receiver", TODAY) == keys[other]


def test_a_merge_is_one_entry_of_the_history_that_names_both(session: Session, two: tuple[str, str]) -> None:
    session.merging.merge(*two)
    assert session.history.recent(1)[0].what == "merged Ruiz, Ana into Ana Ruiz"
    assert session.contacts.get(two[0]).phone == "555-0101"
    assert session.contacts.get(two[0]).note == "Chairs well.\nSpeaks Spanish."
    with pytest.raises(NotFoundError):
        session.contacts.get(two[1])


def test_what_is_chosen_stays(session: Session, two: tuple[str, str]) -> None:
    session.merging.merge(*two, {"name": Side.OTHER, "note": Side.KEPT})
    found = session.contacts.get(two[0])
    assert (found.name, found.email, found.note) == ("Ruiz, Ana", "ana@example.org", "Chairs well.")


# ---- What both have -------------------------------------------------------------------------------


def held_meeting(session: Session, marks: dict[str, AttendanceState]) -> str:
    with session.context.database.writing("held a meeting") as writer:
        meeting_id = plausible(writer, metadata.tables["meetings"], {})
        for contact_id, state in marks.items():
            writer.insert(attendance, meeting_id=meeting_id, contact_id=contact_id, state=state)
    return meeting_id


def test_the_same_answer_to_one_roll_call_is_kept_once(session: Session, two: tuple[str, str]) -> None:
    held_meeting(session, dict.fromkeys(two, AttendanceState.PRESENT))
    before = whole(session)
    plan = session.merging.plan(*two)
    assert (plan.dropped, dict(plan.moves), plan.obstacles) == (1, {}, ())
    session.merging.merge(*two)
    assert [row["contact_id"] for row in whole(session)["attendance"]] == [two[0]]
    session.history.undo()
    assert whole(session) == before


def test_two_answers_to_one_roll_call_are_refused_in_words(session: Session, two: tuple[str, str]) -> None:
    held_meeting(session, {two[0]: AttendanceState.PRESENT, two[1]: AttendanceState.ABSENT})
    before = whole(session)
    with pytest.raises(ConflictError, match="Both are on the roll of the meeting of January 2, 2026"):
        session.merging.merge(*two)
    assert whole(session) == before


def closed_motion(session: Session, mover: str, voters: dict[str, Answer]) -> str:
    """A motion that carried, with its votes by name, at a meeting whose minutes are approved."""
    meeting_id = held_meeting(session, dict.fromkeys(voters, AttendanceState.PRESENT))
    with session.context.database.writing("closed a motion") as writer:
        motions, votes = metadata.tables["motions"], metadata.tables["votes"]
        given = {"meeting_id": meeting_id, "mover_id": mover, "purpose": Purpose.MAIN, "position": 1}
        motion_id = plausible(writer, motions, given)
        for contact_id, answer in voters.items():
            writer.insert(votes, motion_id=motion_id, contact_id=contact_id, answer=answer)
        writer.update(
            motions,
            motion_id,
            closed_at=datetime(2026, 1, 3, tzinfo=UTC),
            result=MotionResult.CARRIED,
            regular_seats=7,
            quorum_basis=QuorumBasis.SEATS,
            quorum_needed=4,
            quorum_present=4,
        )
        approved = {"meeting_id": meeting_id, "approved_on": date(2026, 2, 1)}
        plausible(writer, metadata.tables["minutes"], approved)
    return motion_id


def test_who_moved_and_voted_is_merged_though_the_motion_is_closed_and_the_minutes_approved(
    session: Session, two: tuple[str, str]
) -> None:
    motion_id = closed_motion(session, two[1], {two[1]: Answer.AYE})
    before = whole(session)
    session.merging.merge(*two)
    after = whole(session)
    assert [(row["id"], row["mover_id"]) for row in after["motions"]] == [(motion_id, two[0])]
    assert [row["contact_id"] for row in after["votes"]] == [two[0]]
    session.history.undo()
    assert whole(session) == before


def test_two_votes_on_one_motion_and_one_who_seconded_the_other_are_refused(
    session: Session, two: tuple[str, str]
) -> None:
    closed_motion(session, two[1], dict.fromkeys(two, Answer.AYE))
    obstacles = " ".join(session.merging.plan(*two).obstacles)
    assert "Both voted on one motion." in obstacles
    with session.context.database.writing("seconded") as writer:
        plausible(writer, metadata.tables["motions"], {"mover_id": two[0], "seconder_id": two[1]})
    assert "One of them moved what the other seconded." in " ".join(session.merging.plan(*two).obstacles)


def test_the_roll_of_a_meeting_whose_minutes_are_approved_is_not_touched(
    session: Session, two: tuple[str, str]
) -> None:
    meeting_id = held_meeting(session, dict.fromkeys(two, AttendanceState.PRESENT))
    with session.context.database.writing("approved") as writer:
        approved = {"meeting_id": meeting_id, "approved_on": date(2026, 2, 1)}
        plausible(writer, metadata.tables["minutes"], approved)
    with pytest.raises(ConflictError, match="January 2, 2026, and its minutes are approved"):
        session.merging.merge(*two)


def test_two_seats_at_once_are_refused_in_words(session: Session, two: tuple[str, str]) -> None:
    first, second = (view.seat.id for view in session.members.seats()[:2])
    for seat_id, contact_id in ((first, two[0]), (second, two[1])):
        session.members.appoint(TermDraft(seat_id=seat_id, contact_id=contact_id, from_on=date(2025, 1, 1)))
    with pytest.raises(ConflictError, match="nobody holds two seats at once"):
        session.merging.merge(*two)


def test_terms_one_after_the_other_become_one_persons(session: Session, two: tuple[str, str]) -> None:
    seat_id = session.members.seats()[0].seat.id
    for contact_id, first, last in (
        (two[1], date(2023, 1, 1), date(2024, 12, 31)),
        (two[0], date(2025, 1, 1), date(2026, 12, 31)),
    ):
        session.members.appoint(
            TermDraft(seat_id=seat_id, contact_id=contact_id, from_on=first, to_on=last, ended=None)
        )
    session.merging.merge(*two)
    assert [view.holder.id for view in session.members.terms_of(seat_id)] == [two[0], two[0]]


def test_a_membership_within_the_others_is_kept_once_and_days_that_cross_are_refused(
    session: Session, two: tuple[str, str]
) -> None:
    organization = session.organizations.create("Glen Society")
    session.organizations.add_member(organization, two[0], date(2024, 1, 1), date(2026, 12, 31))
    inner = session.organizations.add_member(organization, two[1], date(2025, 1, 1), date(2025, 12, 31))
    assert session.merging.plan(*two).dropped == 1
    crossing = session.merging.plan(two[1], two[0])
    assert crossing.obstacles and "Both are on one roster" in crossing.obstacles[0]
    session.merging.merge(*two)
    assert inner not in {row["id"] for row in whole(session)["memberships"]}


def test_an_office_held_twice_for_the_same_days_is_kept_once(session: Session, two: tuple[str, str]) -> None:
    with session.context.database.writing("elected") as writer:
        for contact_id in two:
            writer.insert(
                metadata.tables["offices"],
                title=OfficeTitle.CHAIR,
                contact_id=contact_id,
                from_on=date(2026, 1, 1),
            )
    session.merging.merge(*two)
    assert len(whole(session)["offices"]) == 1


def test_a_person_and_an_organization_and_one_contact_with_itself_are_refused(
    session: Session, two: tuple[str, str]
) -> None:
    society = session.contacts.add(ContactDraft(name="Ana Ruiz", kind=ContactKind.ORGANIZATION))
    with pytest.raises(ConflictError, match="never the same"):
        session.merging.merge(two[0], society)
    with pytest.raises(ConflictError, match="one contact already"):
        session.merging.merge(two[0], two[0])


def test_two_organizations_with_rosters_are_refused(session: Session) -> None:
    for name in ("Glen Society", "The Glen Society"):
        session.organizations.create(name)
    one, other = session.organizations.all()
    assert not session.merging.plan(one.contact.id, other.contact.id).obstacles  # nobody is on the roster
    member = session.contacts.add(ContactDraft(name="Ana Ruiz"))
    session.organizations.add_member(other.organization.id, member, None, None)
    with pytest.raises(ConflictError, match="rosters of their own"):
        session.merging.merge(one.contact.id, other.contact.id)


# ---- Offering -------------------------------------------------------------------------------------


def test_contacts_that_look_the_same_are_offered_until_they_are_said_to_be_two(
    session: Session, two: tuple[str, str]
) -> None:
    session.contacts.add(ContactDraft(name="Harold Lindqvist"))
    [pair] = session.merging.pairs()
    assert {pair.first.id, pair.second.id} == set(two)
    assert pair.reasons == ("same name",)
    latest = session.history.recent(1)
    session.merging.say_two(two[1], two[0])
    assert session.merging.pairs() == []
    assert session.history.recent(1) == latest


def test_a_merged_contact_is_known_when_a_parcel_names_it(session: Session, two: tuple[str, str]) -> None:
    keys = {one.id: one.key for one in session.contacts.all()}
    session.merging.merge(*two)
    with session.context.database.reading() as connection:
        assert marks.fact(connection, marks.SAME_CONTACTS) == {keys[two[1]]: keys[two[0]]}


def test_a_gift_whose_adviser_is_the_twin_of_the_payer_does_not_keep_them_apart(
    session: Session, two: tuple[str, str]
) -> None:
    kept, other = two
    values = {"payer_id": kept, "asked_by_id": other, "adviser_id": other, "amount_cents": 100}
    with session.context.database.writing("made a payment") as writer:
        campaign = writer.insert(metadata.tables["campaigns"], name="Youth exchange")
        payments = metadata.tables["payments"]
        day = date(2026, 1, 2)
        method = PaymentMethod.DONOR_ADVISED_FUND
        writer.insert(payments, **values, received_on=day, campaign_id=campaign, method=method)
    assert session.merging.plan(kept, other).obstacles == ()
    session.merging.merge(kept, other)
    [row] = whole(session)["payments"]
    assert row["payer_id"] == row["asked_by_id"] == row["adviser_id"] == kept
