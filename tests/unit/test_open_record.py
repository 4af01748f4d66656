"""The open record's description: what it reads, what it refuses and where, its schema and its help page."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from commission_app import paths
from commission_app.domain.open_record import public, reading, schema
from commission_app.domain.open_record.form import FORMAT
from commission_app.domain.open_record.kind import UNREADABLE
from commission_app.domain.open_record.kinds import (
    AnyJson,
    Bytes,
    Day,
    Flag,
    Instant,
    Integer,
    LocalTime,
    Text,
)
from commission_app.domain.open_record.nouns import BY_NAME, NOUNS
from commission_app.errors import Problem, ValidationError


def problems_of(document: Any) -> list[str]:
    return [problem.path for problem in reading.read(document).problems]


def test_days_instants_and_starts_are_read_as_what_they_are() -> None:
    entry = {
        "key": "m",
        "kind": "regular",
        "starts": "2026-05-28T18:00",
        "state": "held",
        "instead_of": "2026-05-21",
    }
    posting = {"meeting": "m", "place": "City Hall", "posted_at": "2026-05-25T10:00:00-07:00"}
    record = reading.read({"meetings": [entry], "postings": [posting]})
    assert record.problems == []
    assert record.of("meetings")[0].values["starts"] == datetime(2026, 5, 28, 18)
    assert record.of("meetings")[0].values["instead_of"] == date(2026, 5, 21)
    assert record.of("postings")[0].values["posted_at"] == datetime(2026, 5, 25, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Day(), "2026-2-3"),
        (Day(), "20260203"),
        (Day(), "2026-02-30"),
        (Day(), "0001-01-01"),
        (Day(), "2026-W05-1"),
        (Day(), 20260203),
        (Day(), "２０２６-02-03"),
        (LocalTime(), "2026-02-03"),
        (LocalTime(), "2026-02-03T18:00Z"),
        (LocalTime(), "2026-02-03T25:00"),
        (Instant(), "2026-02-03T18:00:00"),
        (Instant(), "2026-02-03"),
        (Instant(), "2026-02-03T18:00:00+99:00"),
        (Integer(), True),
        (Integer(), 1.0),
        (Integer(), "1"),
        (Integer(0, 5), 6),
        (Integer(), 2**70),
        (Flag(), 1),
        (Flag(), "yes"),
        (Text(5), "too long"),
        (Text(), "a\u202eb"),
        (Text(), "a\0b"),
        (Text(), "\ud800"),
        (Text(), "two\nlines"),
        (Text(), ["a"]),
        (AnyJson(), {"a": ["\ud800"]}),
        (AnyJson(), "\0"),
        (Bytes(), "not base64"),
        (Bytes(most=2), "YWJjZA=="),
    ],
)
def test_value_of_another_kind_is_refused_with_its_path(kind: Any, value: Any) -> None:
    problems: list[Problem] = []
    assert kind.read(value, "x[0].y", problems) is UNREADABLE
    assert [problem.path for problem in problems] == ["x[0].y"]
    assert problems[0].message.endswith(".")


def test_text_is_kept_composed_and_without_spaces_at_its_ends() -> None:
    assert Text().read("  Jose\u0301  ", "x", []) == "José"
    assert Text(multiline=True).read("a\r\nb", "x", []) == "a\nb"
    assert Text().read("   ", "x", []) is None


def test_all_problems_are_told_at_once_each_with_its_path() -> None:
    document = {
        "format": "commission-record/2",
        "planets": [],
        "contacts": [{"key": "a", "kind": "person"}, 7, {"key": "b", "kind": "robot", "name": "B", "age": 3}],
        "commission": {"name": "N", "city": "C", "zone": "Z", "rules": "R", "letterhead": {"fax": "1"}},
        "seats": {"key": "s"},
        "postings": [{"voided": {"on": "2026-01-01"}, "meeting": "m", "place": "p", "posted_at": "x"}],
    }
    assert set(problems_of(document)) == {
        "format",
        "planets",
        "contacts[0].name",
        "contacts[1]",
        "contacts[2].kind",
        "contacts[2].age",
        "commission.letterhead.fax",
        "seats",
        "postings[0].voided.reason",
        "postings[0].posted_at",
    }


@pytest.mark.parametrize("document", [[], "text", 3, None])
def test_record_that_is_no_object_is_refused(document: Any) -> None:
    assert problems_of(document) == [""]


def test_key_that_stands_twice_names_the_first() -> None:
    person = {"key": "ana", "kind": "person", "name": "Ana"}
    [problem] = reading.read({"contacts": [person, {**person, "name": "Other"}]}).problems
    assert problem.path == "contacts[1].key"
    assert "contacts[0]" in problem.message


def test_same_entry_without_key_twice_is_refused() -> None:
    entry = {"organization": "o", "contact": "c", "from": None}
    assert problems_of({"memberships": [entry, {"organization": "o", "contact": "c"}]}) == ["memberships[1]"]


def test_field_that_stands_twice_in_one_object_is_refused() -> None:
    document = reading.parse('{"contacts": [{"key": "a", "kind": "person", "name": "A", "name": "B"}]}')
    assert problems_of(document) == ["contacts[0].name"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"a": NaN}',
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"settings": [{"value": ' + b"9" * 5000 + b"}]}",
    ],
)
def test_what_is_no_json_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(ValidationError):
        reading.parse(text)


def test_record_with_a_mark_at_its_beginning_is_read() -> None:
    assert reading.parse(b'\xef\xbb\xbf{"format": "x"}') == {"format": "x"}


def test_required_setting_value_may_be_null_but_not_missing() -> None:
    assert problems_of({"settings": [{"name": "meetings.rule", "value": None}]}) == []
    assert problems_of({"settings": [{"name": "meetings.rule"}]}) == ["settings[0].value"]


def test_schema_has_every_list_and_field_and_no_others() -> None:
    found = schema.json_schema()
    assert list(found["properties"]) == ["format", "parcel", *BY_NAME]
    assert found["properties"]["format"] == {"const": FORMAT}
    for noun in NOUNS:
        entry = found["properties"][noun.name]
        entry = entry if noun.is_single else entry["items"]
        assert list(entry["properties"]) == [field.name for field in noun.fields]
        assert entry.get("required", []) == [field.name for field in noun.fields if field.required]
        assert entry["additionalProperties"] is False
    json.dumps(found)


def test_references_name_lists_that_there_are_and_stand_before() -> None:
    order = list(BY_NAME)
    for noun in NOUNS:
        for _, target in noun.references:
            assert order.index(target) <= order.index(noun.name)


def test_help_page_has_the_table_of_the_description() -> None:
    page = paths.resource("help", "open-record.md").read_text("utf-8")
    assert schema.help_table() in page


def test_public_part_leaves_out_minors_and_private_data() -> None:
    contact = dict.fromkeys(field.name for field in BY_NAME["contacts"].fields)
    document = {
        "format": FORMAT,
        "commission": {"name": "N", "staff": [{"contact": "kid", "title": None}]},
        "contacts": [
            {
                **contact,
                "key": "ana",
                "kind": "person",
                "name": "Ana",
                "email": "a@example.org",
                "minor": False,
            },
            {**contact, "key": "kid", "kind": "person", "name": "Kid", "minor": True},
            {
                **contact,
                "key": "org",
                "kind": "organization",
                "name": "Org",
                "phone": "408 555 0100",
                "minor": False,
            },
        ],
        "memberships": [
            {"organization": "o", "contact": key, "from": None, "to": None} for key in ("ana", "kid")
        ],
        "attachments": [
            {"key": "x", "noun": "contacts", "of": "ana", "use": None},
            {"key": "y", "noun": "meetings", "of": "m", "use": "paper"},
        ],
    }
    found = public.public_part(document)
    assert "Kid" not in json.dumps(found) and "a@example.org" not in json.dumps(found)
    assert [entry["phone"] for entry in found["contacts"]] == [None, "408 555 0100"]
    assert [entry["contact"] for entry in found["memberships"]] == ["ana"]
    assert [entry["key"] for entry in found["attachments"]] == ["y"]
    assert found["commission"]["staff"] == []
    assert len(document["contacts"]) == 3


def test_public_part_has_no_name_of_a_minor_in_its_texts() -> None:
    contact = dict.fromkeys(field.name for field in BY_NAME["contacts"].fields)
    kid = {**contact, "key": "kid", "kind": "person", "name": "Kim Lee", "minor": True}
    item = {
        "key": "Kim Lee",
        "meeting": "m",
        "title": "Thanks to Kim Lee",
        "presenter": "Kim Lee",
        "text": "Kim Leeds",
    }
    document = {
        "format": FORMAT,
        "commission": {"name": "N", "accommodation": {"contact": "Kim Lee"}, "staff": []},
        "contacts": [kid],
        "agenda_items": [{**dict.fromkeys(field.name for field in BY_NAME["agenda_items"].fields), **item}],
    }
    found = public.public_part(document)
    [told] = found["agenda_items"]
    assert (told["title"], told["presenter"]) == ("Thanks to a person under 18", "a person under 18")
    assert (told["key"], told["text"]) == ("Kim Lee", "Kim Leeds")
    assert found["commission"]["accommodation"] == {"contact": "a person under 18"}
