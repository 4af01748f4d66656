"""Importing contacts and memberships: a verdict for each row, then one action."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.importing import ImportPreview, Verdict
from commission_app.errors import ValidationError
from commission_app.exchange.reading_lists import read_csv, read_pasted
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.record_samples import EXAMPLE


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 6, 1))
    opened.record.load(EXAMPLE)
    yield opened
    opened.close()


def verdicts(preview: ImportPreview) -> list[tuple[str, str]]:
    return [(row.name, row.verdict.value) for row in preview.rows]


def contacts(session: Session, text: str) -> ImportPreview:
    return session.imports.preview_contacts(read_csv(text.encode()))


def members(session: Session, text: str) -> ImportPreview:
    return session.imports.preview_memberships(organization(session), read_csv(text.encode()))


def organization(session: Session) -> str:
    return session.organizations.all()[0].organization.id


def test_each_contact_gets_a_verdict_and_nothing_is_written_before(session: Session) -> None:
    before = session.path.read_bytes()
    preview = contacts(
        session,
        "First name,Last name,E-mail,Phone,Street,City,State,Zip\n"
        "Bo,Lindqvist,bo@example.org,(408) 555-0101,1 Main St,Alder Glen,CA,95035\n"
        "ana,RUIZ,,,,,,\n"
        "Anna,Ruiz-Ortega,,,,,,\n"
        "Cy,No,not an address,12,,,,\n"
        "Bo,Lindqvist,bo@example.org,,,,,\n"
        ",,x@example.org,,,,,\n",
    )
    assert verdicts(preview) == [
        ("Bo Lindqvist", "add"),
        ("ana RUIZ", "already there"),
        ("Anna Ruiz-Ortega", "add"),
        ("Cy No", "refused"),
        ("Bo Lindqvist", "already there"),
        ("", "refused"),
    ]
    assert "row 2" in preview.rows[4].message
    assert "e-mail" in preview.rows[3].message and "telephone" in preview.rows[3].message
    assert session.path.read_bytes() == before

    assert session.imports.carry_out(preview) == 2
    [bo] = session.contacts.all(containing="lindqvist")
    assert bo.address == "1 Main St\nAlder Glen, CA 95035"
    assert session.history.recent(1)[0].what == "imported 2 contacts"
    session.history.undo()
    assert session.contacts.all(containing="lindqvist") == []


def test_similar_contact_waits_for_a_decision(session: Session) -> None:
    session.record.load(
        {"contacts": [{"key": "m", "kind": "person", "name": "Margarete Hofmann", "email": "m@x.org"}]}
    )
    preview = contacts(
        session, "Name,E-mail\nMargarethe Hofmann,\nSomebody Else,m@x.org\nMargarete Hofmann,n@x.org\n"
    )
    assert [row.verdict for row in preview.rows] == [Verdict.SIMILAR] * 3
    assert "Margarete Hofmann: similar name" in preview.rows[0].message
    assert "same e-mail" in preview.rows[1].message
    assert preview.chosen == ()
    assert session.imports.carry_out(preview.with_row(preview.rows[1].as_new())) == 1
    assert [contact.name for contact in session.contacts.all(containing="somebody")] == ["Somebody Else"]


def test_names_with_hidden_characters_are_refused(session: Session) -> None:
    preview = contacts(session, "Name\nA\u202ena\n")
    assert preview.rows[0].verdict is Verdict.REFUSED


def test_key_of_another_contact_is_refused(session: Session) -> None:
    preview = contacts(
        session, "Key,Name,Kind\nana,Zed,\nasca,Alder Glen Sister Cities Association,organization\n"
    )
    assert [row.verdict for row in preview.rows] == [Verdict.REFUSED, Verdict.PRESENT]


def test_row_with_more_cells_than_columns_is_refused(session: Session) -> None:
    preview = contacts(session, "Name,Note\nBo,x,y\n")
    assert preview.rows[0].verdict is Verdict.REFUSED


def test_export_of_contacts_is_imported_as_already_there(session: Session) -> None:
    from commission_app.exchange.writing_lists import as_csv, flattened

    data = as_csv(*flattened(session.record.entries("contacts"), []))
    preview = session.imports.preview_contacts(read_csv(data))
    assert [row.verdict for row in preview.rows] == [Verdict.PRESENT] * 2


def test_list_without_names_is_refused(session: Session) -> None:
    with pytest.raises(ValidationError, match="No column holds a name"):
        contacts(session, "E-mail,Phone\nx@example.org,1\n")


def test_memberships_take_the_contact_that_is_there_or_make_one(session: Session) -> None:
    session.record.load({"contacts": [{"key": "mei", "kind": "person", "name": "Mei Chen"}]})
    preview = members(
        session,
        "Member,Joined,Until\n"
        "Ana Ruiz,2024-05-01,\n"
        "Mei Chen,2025-01-01,2026-12-31\n"
        "Bo Lindqvist,2026-02-30,\n"
        "Cy Young,2026-03-01,2026-02-01\n"
        "Dee Park,,\n",
    )
    assert [row.verdict.value for row in preview.rows] == [
        "already there",
        "add",
        "refused",
        "refused",
        "add",
    ]
    assert session.imports.carry_out(preview) == 2
    found = {
        view.member.name: view.membership for view in session.organizations.roster(organization(session))
    }
    assert (found["Mei Chen"].from_on, found["Mei Chen"].to_on) == (date(2025, 1, 1), date(2026, 12, 31))
    assert found["Dee Park"].from_on is None
    assert len(session.contacts.all(containing="mei chen")) == 1
    assert verdicts(members(session, "Name\nMei Chen\nDee Park\n")) == [
        ("Mei Chen", "already there"),
        ("Dee Park", "already there"),
    ]


def test_membership_that_overlaps_another_is_refused(session: Session) -> None:
    preview = members(session, "Name,From\nAna Ruiz,2025-01-01\n")
    assert preview.rows[0].verdict is Verdict.REFUSED
    assert "roster" in preview.rows[0].message


def test_days_that_can_be_read_in_two_ways_are_asked_about(session: Session) -> None:
    text = "Name,From\nBo Lindqvist,03/04/2026\n"
    with pytest.raises(ValidationError, match="two ways"):
        members(session, text)
    preview = session.imports.preview_memberships(
        organization(session), read_csv(text.encode()), day_first=True
    )
    assert preview.rows[0].from_on == date(2026, 4, 3)


def test_exported_memberships_name_their_contact_by_key(session: Session) -> None:
    preview = members(
        session, "organization,contact,from,to\nassoc,ana,2024-05-01,\nother,ana,2020-01-01,2020-02-01\n"
    )
    assert [row.verdict.value for row in preview.rows] == ["already there", "refused"]
    assert "another organization" in preview.rows[1].message


def test_pasted_names_become_members(session: Session) -> None:
    table = read_pasted("Bo Lindqvist <bo@example.org>\nChen, Mei\nAna Ruiz\n")
    preview = session.imports.preview_memberships(organization(session), table)
    assert [row.name for row in preview.rows] == ["Bo Lindqvist", "Mei Chen", "Ana Ruiz"]
    assert session.imports.carry_out(preview) == 2
    assert session.organizations.all()[0].roster.active == 3


def test_similar_member_can_be_taken_as_the_same(session: Session) -> None:
    session.record.load({"contacts": [{"key": "m", "kind": "person", "name": "Margarete Hofmann"}]})
    preview = members(session, "Name\nMargarethe Hofmann\n")
    assert preview.rows[0].verdict is Verdict.SIMILAR
    assert session.imports.carry_out(preview.with_row(preview.rows[0].as_same())) == 1
    names = [view.member.name for view in session.organizations.roster(organization(session))]
    assert names == ["Ana Ruiz", "Margarete Hofmann"]
