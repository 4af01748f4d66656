"""The sample's meetings: something of everything that happens at one, on whatever day it is made."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from tests.factories import put_sample
from tests.integration.test_record_load import another


@pytest.mark.parametrize("on", [date(2026, 9, 17), date(2028, 2, 29)])
def test_the_sample_tells_of_held_meetings_and_goes_through_an_export(tmp_path: Path, on: date) -> None:
    path = put_sample(tmp_path / "sample.commission", on)
    with closing(CommissionProgram().open_reading(path, on=on)) as session:
        assert [result.problems for result in session.verification.run() if not result.is_good] == []
        record = session.record.document(with_attachments=True)
        text = session.record.text(with_attachments=True)
    held = [meeting["key"] for meeting in record["meetings"] if meeting["state"] == "held"]
    begun = {entry["meeting"] for entry in record["proceedings"] if entry["adjourned_at"]}
    assert len(held) == 4
    assert set(held) < begun
    assert {motion["closed"]["result"] for motion in record["motions"]} == {"carried", "failed"}
    assert {vote["answer"] for vote in record["votes"]} >= {"aye", "no", "abstain", "recused", "absent"}
    assert len(record["seatings"]) == 2
    assert len(record["recusals"]) == 1
    due = sorted((bool(task["due_on"]), bool(task["done"])) for task in record["action_items"])
    assert due == [(False, True), (True, False), (True, False)]
    approved = {entry["meeting"] for entry in record["minutes"] if entry["approved"]}
    days = {meeting["key"]: meeting["starts"] for meeting in record["meetings"]}
    assert set(held) - approved == {max(held, key=days.__getitem__)}
    with closing(another(tmp_path, on=on)) as other:
        del record["commission"]
        other.record.load(record)
        lists = other.record.document(with_attachments=True)
    assert {name: lists[name] for name in record} == record
    assert text.count("application/pdf") == len(approved)
