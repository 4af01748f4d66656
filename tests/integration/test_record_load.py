"""Loading an open record: what is added, skipped and refused, and nothing in between."""

import base64
import copy
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.commission import Commission, Notices
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.record_samples import EXAMPLE, RICH

#: A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path)
    yield opened
    opened.close()


def another(folder: Path, rules: str = "milpitas", on: date | None = None) -> Session:
    """A new file beside the first one, made in the same way without a country."""
    path = folder / "other" / "glen.commission"
    path.parent.mkdir()
    body = Commission(
        name="Alder Glen Sister Cities Commission", city="Alder Glen", zone="America/Los_Angeles", rules=rules
    )
    CommissionProgram().create(path, body, who="Ben")
    return CommissionProgram().open_writing(path, who="Ben", on=on)


def refused(session: Session, record: Any) -> list[str]:
    """The paths of the problems; nothing may have been written."""
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.record.load(record)
    assert session.path.read_bytes() == before
    return [problem.path for problem in caught.value.problems]


def with_changes(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(EXAMPLE), **changes}


def test_example_loads_and_loading_it_again_changes_nothing(session: Session) -> None:
    report = session.record.load(EXAMPLE)
    assert report.added == {
        "contacts": 2,
        "terms": 1,
        "community_organizations": 1,
        "memberships": 1,
        "meetings": 1,
        "cities": 1,
        "inquiries": 1,
        "agenda_items": 1,
    }
    before = session.path.read_bytes()
    assert session.record.load(EXAMPLE).is_empty
    assert session.path.read_bytes() == before


def test_load_is_one_action_and_one_undo(session: Session) -> None:
    empty = session.record.text()
    session.record.load(EXAMPLE)
    newest = session.history.recent(1)[0]
    assert newest.what.startswith("loaded a record: 2 contacts, 1 term, 1 community organization")
    session.history.undo()
    assert session.record.text() == empty


@pytest.mark.parametrize("with_attachments", [True, False])
def test_export_of_a_rich_file_loads_into_a_new_one_and_exports_the_same(
    session: Session, tmp_path: Path, with_attachments: bool
) -> None:
    session.record.load(RICH)
    meeting = session.meetings.named("m2").meeting
    made = session.postings.make_copy(meeting.id)
    session.postings.record(meeting.id, copy=1, place="City Hall", by=None, posted_at=made.made_at)
    session.commission.set_logo("seal.png", PIXEL)
    session.commission.set_rule("quorum.basis", "filled", from_on=None, source=None, note=None)
    rule = next(s for s in session.commission.settings_of("terms.warn_days") if s.from_on is None)
    session.commission.remove_rule(rule.id)
    exported = session.record.text(with_attachments=with_attachments)
    assert session.record.text(with_attachments=with_attachments) == exported

    other = another(tmp_path)
    other.record.load(json.loads(exported))
    assert other.record.text(with_attachments=with_attachments) == exported
    assert other.record.load(json.loads(exported)).is_empty
    if with_attachments:
        [copied] = other.postings.copies(other.meetings.named("m2").meeting.id)
        assert hashlib.sha256(other.postings.pdf(copied)).hexdigest() == made.sha256
        assert [result.problems for result in other.verification.run() if not result.is_good] == []
    other.close()


def test_bytes_of_attachments_can_follow_later(session: Session, tmp_path: Path) -> None:
    session.record.load(EXAMPLE)
    session.postings.make_copy(session.meetings.named("m1").meeting.id)
    other = another(tmp_path)
    other.record.load(session.record.document())
    assert any(not result.is_good for result in other.verification.run())
    other.record.load(session.record.document(with_attachments=True))
    assert all(result.is_good for result in other.verification.run())
    other.close()


def logo_with(data: bytes, **values: Any) -> dict[str, Any]:
    return {
        "key": "seal",
        "noun": "commission",
        "of": "commission",
        "use": "logo",
        "name": "seal.png",
        "type": "image/png",
        "sha256": hashlib.sha256(data).hexdigest(),
        **values,
    }


def test_bytes_that_follow_later_are_told_with_their_size(session: Session) -> None:
    logo = logo_with(PIXEL)
    session.record.load({"attachments": [logo]})
    record = {"attachments": [{**logo, "bytes": base64.b64encode(PIXEL).decode()}]}
    report = session.record.load(record)
    assert (report.changed, report.skipped) == ({"attachments": 1}, {})
    with sqlite3.connect(session.path) as connection:
        assert connection.execute("SELECT size FROM attachments").fetchall() == [(len(PIXEL),)]
    assert session.record.load(record).is_empty
    assert all(result.is_good for result in session.verification.run())


def test_logo_that_is_no_picture_is_refused_when_its_bytes_follow(session: Session) -> None:
    data = b"No picture."
    logo = logo_with(data)
    session.record.load({"attachments": [logo]})
    brought = {**logo, "bytes": base64.b64encode(data).decode()}
    assert refused(session, {"attachments": [brought]}) == ["attachments[0].bytes"]
    del brought["use"]
    assert refused(session, {"attachments": [brought]}) == ["attachments[0].bytes"]
    paper = {**brought, "key": "paper", "name": "paper.txt", "type": "text/plain"}
    assert refused(session, {"attachments": [paper]}) == ["attachments[0].bytes"]


def test_export_shows_every_field_and_every_setting(session: Session) -> None:
    session.record.load({"contacts": [{"key": "ana", "kind": "person", "name": "Ana"}]})
    document = session.record.document()
    assert document["contacts"] == [
        {
            "key": "ana",
            "kind": "person",
            "name": "Ana",
            "email": None,
            "phone": None,
            "address": None,
            "language": None,
            "minor": False,
            "ein": None,
            "note": None,
        }
    ]
    names = [setting["name"] for setting in document["settings"]]
    assert names == sorted(names)
    assert "membership.minimum" in names and "paper.size" in names


def test_different_value_under_a_known_key_is_refused_and_a_missing_one_says_nothing(
    session: Session,
) -> None:
    session.record.load(
        {"contacts": [{"key": "ana", "kind": "person", "name": "Ana", "email": "a@example.org"}]}
    )
    assert session.record.load({"contacts": [{"key": "ana", "kind": "person", "name": "Ana"}]}).is_empty
    changed = {"contacts": [{"key": "ana", "kind": "person", "name": "Bea", "email": "b@example.org"}]}
    assert refused(session, changed) == ["contacts[0].name", "contacts[0].email"]


def test_void_may_be_added_once_and_not_taken_back(session: Session) -> None:
    session.record.load(RICH)
    posting = RICH["postings"][0]
    voided = {**posting, "voided": {"on": "2026-05-27", "reason": "Wrong page"}}
    report = session.record.load({"postings": [voided]})
    assert (report.added, report.changed) == ({}, {"postings": 1})
    assert session.record.load({"postings": [voided, RICH["postings"][1]]}).is_empty
    again = {**posting, "voided": {"on": "2026-05-28", "reason": "Another"}}
    assert refused(session, {"postings": [again]}) == ["postings[0].voided"]


def test_empty_field_that_the_load_fills_is_the_same_as_one_not_given(session: Session) -> None:
    session.record.load(EXAMPLE)
    copied = {"meeting": "m1", "number": 1, "made_at": "2026-05-20T10:00:00Z", "sha256": "a" * 64}
    posting = {"meeting": "m1", "copy": 1, "place": "Hall", "posted_at": "2026-05-20T10:00:00Z"}
    item = {"meeting": "m1", "section": "reports", "title": "T", "kind": "action", "position": None}
    record = {
        "posting_copies": [copied],
        "postings": [{**posting, "sha256": None}],
        "agenda_items": [{**item, "key": "known"}, {**item, "title": "Another"}],
    }
    session.record.load(record)
    [loaded] = session.record.entries("postings")
    assert loaded["sha256"] == "a" * 64
    report = session.record.load(record)
    assert report.is_empty
    assert report.skipped == {"posting_copies": 1, "postings": 1, "agenda_items": 2}
    assert session.record.load({"postings": [posting]}).is_empty


def test_seats_in_another_order_are_told_and_in_their_own_write_nothing(session: Session) -> None:
    seats = [{"key": key, "kind": "regular", "label": key} for key in ("a", "b", "c")]
    session.record.load({"seats": seats})
    before = session.path.read_bytes()
    assert session.record.load({"seats": seats}).is_empty
    assert session.path.read_bytes() == before
    turned = [seats[1], seats[0], seats[2]]
    report = session.record.load({"seats": turned})
    assert (report.changed, report.skipped) == ({"seats": 2}, {"seats": 1})
    assert [view.seat.key for view in session.members.seats()] == ["b", "a", "c"]
    assert session.history.recent(1)[0].what == "loaded a record: 2 seats"
    assert session.record.load({"seats": turned}).is_empty


def test_seats_replace_the_files_until_one_had_a_term(session: Session) -> None:
    seats = [
        {"key": "regular-2", "kind": "regular", "label": "Two"},
        {"key": "x", "kind": "liaison", "label": "X"},
    ]
    session.record.load({"seats": seats})
    assert [view.seat.key for view in session.members.seats()] == ["regular-2", "x"]
    ana = {"key": "ana", "kind": "person", "name": "Ana"}
    session.record.load({"contacts": [ana], "terms": [{"seat": "x", "contact": "ana", "from": "2026-01-01"}]})
    session.record.load({"seats": [{"key": "regular-1", "kind": "regular", "label": "One"}]})
    assert [view.seat.key for view in session.members.seats()] == ["regular-2", "regular-1", "x"]
    assert refused(session, {"seats": [{"key": "x", "kind": "liaison", "label": "Y"}]}) == ["seats[0].label"]


def test_seats_that_are_replaced_are_no_longer_named(session: Session) -> None:
    record = {
        "contacts": [{"key": "ana", "kind": "person", "name": "Ana"}],
        "seats": [{"key": "only", "kind": "regular", "label": "Only"}],
        "terms": [{"seat": "regular-1", "contact": "ana", "from": "2026-01-01"}],
    }
    assert refused(session, record) == ["terms[0].seat"]


def test_setting_replaces_the_one_of_its_name_and_day(session: Session) -> None:
    settings = [
        {"name": "membership.minimum", "value": 5},
        {"name": "membership.minimum", "value": 6, "from": "2027-01-01"},
        {"name": "record.begins_on", "value": "2020-01-01"},
    ]
    report = session.record.load({"settings": settings})
    assert (report.added, report.changed) == ({"settings": 1}, {"settings": 2})
    values = [(s.from_on, s.value) for s in session.commission.settings_of("membership.minimum")]
    assert [value for _, value in values] == [5, 6]
    assert [s.value for s in session.commission.settings_of("record.begins_on")] == ["2020-01-01"]


def test_setting_that_turns_one_into_true_is_a_change(session: Session) -> None:
    assert refused(session, {"settings": [{"name": "remote.uses_a_year", "value": True}]}) == [
        "settings[0].value"
    ]


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"of": inner}])
def test_setting_nested_without_end_is_refused_at_its_place(session: Session, wrap: Any) -> None:
    deep: Any = "agenda"
    for _ in range(100_000):
        deep = wrap(deep)
    assert refused(session, {"settings": [{"name": "agenda.order", "value": deep}]}) == ["settings[0].value"]
    assert refused(session, {"settings": [deep]})[0].startswith("settings[0]")


def commission(**values: Any) -> dict[str, Any]:
    return {"commission": {**EXAMPLE["commission"], **values}}


def test_commission_fills_what_is_empty_and_refuses_what_differs(session: Session) -> None:
    session.record.load(commission(currency="USD", letterhead={"phone": "(408) 555-0100"}))
    body = session.commission.get()
    assert (body.currency, body.letterhead.phone, body.country) == ("USD", "(408) 555-0100", "US")
    assert refused(
        session, commission(name="Another", currency="EUR", letterhead={"phone": "(408) 555-0199"})
    ) == [
        "commission.name",
        "commission.currency",
        "commission.letterhead.phone",
    ]


def test_notice_of_the_rule_pack_gives_way_until_it_was_edited(session: Session) -> None:
    session.record.load(commission(notices={"speaking": "Ours."}))
    assert session.commission.get().notices.speaking == "Ours."
    assert refused(session, commission(notices={"speaking": "Theirs."})) == ["commission.notices.speaking"]


def test_empty_notice_does_not_clear_a_file_in_use(session: Session) -> None:
    session.record.load(EXAMPLE)
    before = session.commission.get().notices
    session.record.load(commission(notices={"speaking": None}))
    assert session.commission.get().notices == before != Notices()


def test_preview_says_the_same_as_the_load_and_writes_nothing(session: Session) -> None:
    before = session.path.read_bytes()
    preview = session.record.preview(EXAMPLE)
    assert session.path.read_bytes() == before
    assert session.record.load(EXAMPLE) == preview


def test_attendance_gets_the_seat_of_the_term_unless_it_says_none(session: Session) -> None:
    session.record.load(RICH)
    seats = {entry["contact"]: entry["seat"] for entry in session.record.entries("attendance")}
    assert seats == {"ana": "regular-1", "jose": None, "mai": None}


def test_items_without_a_position_stand_last_in_their_section(session: Session) -> None:
    session.record.load(RICH)
    found = {entry["title"]: entry["position"] for entry in session.record.entries("agenda_items")}
    assert (found["Greetings"], found["A second one"], found["Chair"]) == (0, 1, 4)


def test_seats_keep_the_order_of_the_record(session: Session) -> None:
    session.record.load(RICH)
    keys = [view.seat.key for view in session.members.seats()]
    assert keys == [*(f"regular-{n}" for n in range(1, 12)), "alt", "council"]


def test_thousands_of_entries_load_as_one_action(session: Session) -> None:
    people = [{"key": f"p{n}", "kind": "person", "name": f"Person {n}"} for n in range(3000)]
    memberships = [{"organization": "assoc", "contact": f"p{n}"} for n in range(3000)]
    session.record.load(EXAMPLE)
    session.record.load({"contacts": people, "memberships": memberships})
    assert session.history.recent(1)[0].what == "loaded a record: 3,000 contacts, 3,000 memberships"
    assert session.organizations.all()[0].roster.active == 3001


PERSON = {"key": "x", "kind": "person", "name": "X"}
MEETING = {"key": "x", "kind": "special", "starts": "2026-06-10T12:00", "state": "held"}
COPY = {"meeting": "m1", "number": 1, "made_at": "2026-05-20T10:00:00Z", "sha256": "a" * 64}
FILE = {
    "key": "f",
    "noun": "meetings",
    "of": "m1",
    "name": "a.pdf",
    "type": "application/pdf",
    "sha256": "a" * 64,
}


@pytest.mark.parametrize(
    ("record", "paths"),
    [
        (
            {"terms": [{"seat": "no", "contact": "nobody", "from": "2026-01-01"}]},
            ["terms[0].seat", "terms[0].contact"],
        ),
        ({"terms": [{"seat": "regular-2", "contact": "ana", "from": "2026-02-01"}]}, ["terms[0].contact"]),
        (
            {"contacts": [PERSON], "terms": [{"seat": "regular-1", "contact": "x", "from": "2026-12-31"}]},
            ["terms[0].from"],
        ),
        (
            {
                "contacts": [PERSON],
                "terms": [
                    {"seat": "regular-3", "contact": "x", "from": "2026-01-01", "to": "2026-06-30"},
                    {"seat": "regular-4", "contact": "x", "from": "2026-06-30"},
                ],
            },
            ["terms[1].contact"],
        ),
        (
            {"terms": [{"seat": "regular-2", "contact": "asca", "from": "2026-02-01", "to": "2026-01-01"}]},
            ["terms[0].to"],
        ),
        (
            {
                "terms": [
                    {"seat": "regular-2", "contact": "asca", "from": "2026-02-01", "ended_on": "2026-03-01"}
                ]
            },
            ["terms[0].ended"],
        ),
        ({"terms": [{**EXAMPLE["terms"][0], "to": "2027-12-31"}]}, ["terms[0].to"]),
        (
            {"offices": [{"title": "chair", "contact": "ana", "from": "2026-02-01", "to": "2026-01-01"}]},
            ["offices[0].to"],
        ),
        ({"contacts": [{**PERSON, "email": "no"}]}, ["contacts[0].email"]),
        ({"contacts": [{**PERSON, "ein": "12-3456789"}]}, ["contacts[0].ein"]),
        (
            {"community_organizations": [{"key": "two", "contact": "asca"}]},
            ["community_organizations[0].contact"],
        ),
        (
            {"community_organizations": [{"key": "two", "contact": "ana"}]},
            ["community_organizations[0].contact"],
        ),
        ({"memberships": [{"organization": "assoc", "contact": "gone"}]}, ["memberships[0].contact"]),
        (
            {
                "memberships": [
                    {"organization": "assoc", "contact": "ana", "from": "2026-02-01", "to": "2026-01-01"}
                ]
            },
            ["memberships[0].to"],
        ),
        ({"meetings": [{**MEETING, "starts": "2027-03-14T02:30"}]}, ["meetings[0].starts"]),
        ({"meetings": [{**MEETING, "key": "m1"}]}, ["meetings[0].kind", "meetings[0].starts"]),
        (
            {"agenda_items": [{"meeting": "m1", "section": "business", "title": "T", "kind": "action"}]},
            ["agenda_items[0].section"],
        ),
        (
            {
                "meetings": [MEETING],
                "agenda_items": [{"meeting": "x", "section": "new-business", "title": "T", "kind": "action"}],
            },
            ["agenda_items[0].section"],
        ),
        (
            {
                "agenda_items": [
                    {
                        "key": key,
                        "meeting": "m1",
                        "section": "reports",
                        "title": key,
                        "kind": "action",
                        "continued_from": other,
                    }
                    for key, other in (("a", "b"), ("b", "a"))
                ]
            },
            ["agenda_items[0].continued_from", "agenda_items[1].continued_from"],
        ),
        (
            {
                "postings": [
                    {"meeting": "m1", "copy": 1, "place": "Hall", "posted_at": "2026-05-20T10:00:00Z"}
                ]
            },
            ["postings[0].copy"],
        ),
        (
            {
                "posting_copies": [COPY],
                "postings": [
                    {
                        "meeting": "m1",
                        "copy": 1,
                        "place": "Hall",
                        "posted_at": "2026-05-20T10:00:00Z",
                        "sha256": "b" * 64,
                    }
                ],
            },
            ["postings[0].sha256"],
        ),
        *(
            ({"posting_copies": [{**COPY, "made_at": moment}]}, ["posting_copies[0].made_at"])
            for moment in ("2100-12-31T23:59:00-14:00", "2100-12-31T12:00:00Z", "1900-01-01T00:00:00+14:00")
        ),
        ({"posting_copies": [{**COPY, "sha256": "A" * 64}]}, ["posting_copies[0].sha256"]),
        (
            {
                "attendance": [
                    {
                        "meeting": "m1",
                        "contact": "ana",
                        "state": "present",
                        "arrived": "2026-05-28T18:00:00-07:00",
                        "left": "2026-05-28T17:00:00-07:00",
                    }
                ]
            },
            ["attendance[0].left"],
        ),
        ({"attachments": [{**FILE, "of": "gone"}]}, ["attachments[0].of"]),
        ({"attachments": [{**FILE, "bytes": "YQ=="}]}, ["attachments[0].sha256"]),
        ({"attachments": [{**FILE, "name": "../a.pdf"}]}, ["attachments[0].name"]),
        ({"attachments": [{**FILE, "name": "CON.pdf"}]}, ["attachments[0].name"]),
        ({"attachments": [{**FILE, "use": "logo"}]}, ["attachments[0].noun"]),
        ({"settings": [{"name": "no.such", "value": 1}]}, ["settings[0].name"]),
        ({"settings": [{"name": "membership.minimum", "value": "many"}]}, ["settings[0].value"]),
        ({"seats": [{"key": "new", "kind": "regular", "label": "L" * 81}]}, ["seats[0].label"]),
        (commission(staff=[{"contact": "gone"}]), ["commission.staff[0].contact"]),
        (commission(letterhead={"email": "no"}), ["commission.letterhead.email"]),
        (commission(currency="dollars"), ["commission.currency"]),
        ({"planets": []}, ["planets"]),
    ],
)
def test_broken_rule_is_refused_at_its_place(session: Session, record: Any, paths: list[str]) -> None:
    session.record.load(EXAMPLE)
    assert refused(session, record) == paths


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lists(session: Session) -> None:
    record = with_changes(
        memberships=[{"organization": "assoc", "contact": "gone"}],
        contacts=[
            {**PERSON, "email": "no"},
            {"key": "ana", "kind": "person", "name": "A"},
            *EXAMPLE["contacts"][1:],
        ],
        meetings=[{**MEETING, "state": "over"}],
        agenda_items=[],
    )
    assert refused(session, record) == ["contacts[0].email", "memberships[0].contact", "meetings[0].state"]


def test_loaded_posting_is_final(session: Session) -> None:
    session.record.load(RICH)
    with pytest.raises(ConflictError, match="Void it"):
        session.history.undo()
