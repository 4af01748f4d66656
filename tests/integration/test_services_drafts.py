"""Drafts: kept beside the record, never in its log, and not at all in a file that is only read."""

from pathlib import Path

from sqlalchemy import func, select

from commission_app.bootstrap import CommissionProgram
from commission_app.storage.tables import actions
from tests.factories import make_session

PLACE = {"page": "inquiries", "action": "add"}


def test_a_draft_replaces_the_one_before_and_is_forgotten(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    session.drafts.keep("letter", "a letter to Tainan", PLACE, {"text": "Dear"})
    session.drafts.keep("letter", "a letter to Tainan", PLACE, {"text": "Dear Mayor"})
    session.drafts.keep("pledge", "a new pledge", {"page": "fundraising"}, {"amount": "12"})
    assert [draft.key for draft in session.drafts.all()] == ["pledge", "letter"]
    found = session.drafts.get("letter")
    assert found is not None
    assert (found.what, found.place, found.typed) == ("a letter to Tainan", PLACE, {"text": "Dear Mayor"})
    session.drafts.discard("letter")
    session.drafts.discard("letter")
    assert [draft.key for draft in session.drafts.all()] == ["pledge"]
    session.close()


def test_drafts_leave_no_trace_in_the_log_nor_in_the_file(tmp_path: Path) -> None:
    session = make_session(tmp_path)

    def logged() -> int:
        with session.context.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(actions)).scalar_one()

    before, words = logged(), "Xylophone-Quartz"
    session.drafts.keep("letter", "a letter", PLACE, {"text": words})
    assert logged() == before
    assert words.encode() in session.path.read_bytes()
    session.drafts.discard("letter")
    assert words.encode() not in session.path.read_bytes()
    session.close()


def test_a_file_that_is_only_read_keeps_no_drafts_and_tells_of_none(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    session.drafts.keep("letter", "a letter", PLACE, {"text": "Dear"})
    session.close()
    reading = CommissionProgram().open_reading(session.path)
    reading.drafts.keep("pledge", "a pledge", PLACE, {})
    reading.drafts.discard("letter")
    assert reading.drafts.all() == []
    assert reading.drafts.get("letter") is None
    assert not reading.may_write
    again = CommissionProgram().open_writing(session.path, who="Ana Ruiz")
    assert [draft.key for draft in again.drafts.all()] == ["letter"]
    again.close()
