"""A directory of many contacts: what names a few of them reads no more, and one import is one undo."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from commission_app.domain.importing import ImportLine, ImportTable
from commission_app.errors import ConflictError
from commission_app.services.contacts import names
from commission_app.services.history import HistoryService
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import record

_MANY = 600


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 6, 1))
    opened.record.load(record())
    lines = tuple(ImportLine(number, (f"Person {number:,}",)) for number in range(_MANY))
    imports = opened.imports
    imports.carry_out(imports.preview_contacts(ImportTable(("Name",), lines)))
    yield opened
    opened.close()


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What was asked of the file."""
    found: list[str] = []

    def note(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        found.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "read",
    [
        lambda session: session.members.seats(),
        lambda session: session.members.offices(),
        lambda session: session.members.attendance(2026),
        lambda session: session.organizations.all(),
        lambda session: session.inquiries.all(),
        lambda session: session.attention.pressing(),
        lambda session: session.campaigns.default_receiver(),
        lambda session: session.mail.groups(),
    ],
)
def test_what_names_a_few_reads_no_whole_directory(
    session: Session, statements: list[str], read: Callable[[Session], object]
) -> None:
    read(session)
    assert statements
    assert [one for one in statements if "FROM contacts" in one and "WHERE" not in one] == []


def test_names_are_of_those_asked_for(session: Session) -> None:
    everyone = {contact.id: contact for contact in session.contacts.all()}
    assert len(everyone) > _MANY
    with session.context.database.reading() as connection:
        assert names(connection, [*everyone, None]) == everyone
        assert names(connection, [None]) == {}


def test_a_large_import_is_offered_to_be_undone_before_it_is_looked_at(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*_: object) -> None:
        raise AssertionError("looked at too early")

    count = len(session.contacts.all())
    with monkeypatch.context() as patch:
        patch.setattr(HistoryService, "reason_not_to_undo", look)
        patch.setattr("commission_app.storage.history._changes", look)
        action = session.history.undoable()
    assert action is not None
    assert action.what == f"imported {_MANY} contacts"
    assert len({field.row_id for field in session.history.entry(action.id, most_rows=5).fields}) == 5
    session.history.undo()
    assert len(session.contacts.all()) == count - _MANY


def test_a_large_import_to_which_something_refers_is_not_undone(session: Session) -> None:
    [imported] = session.contacts.all(containing="Person 599")
    organization_id = session.organizations.create("Friends of Alder Glen")
    session.organizations.add_member(organization_id, imported.id, date(2026, 5, 1), None)
    action = next(one for one in session.history.recent() if one.what.startswith("imported"))
    reason = session.history.reason_not_to_undo(action)
    assert reason == "Other records refer to this one, so it has to stay."
    with pytest.raises(ConflictError, match="Other records refer"):
        session.history.undo(action.id)
