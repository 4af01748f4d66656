"""Cities, inquiries, steps and letters in the open record and on the command line."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.inquiries import Channel, CityDraft, InquiryDraft
from commission_app.domain.intake import IntakeDraft, KeptFile
from commission_app.errors import ValidationError
from commission_app.services.session import Session
from tests.factories import make_session, put_sample
from tests.integration.command_line import run
from tests.integration.record_samples import EXAMPLE, RICH

#: The finding as the documentation shows it.
FINDING = {
    "rule": "three-meetings",
    "level": "info",
    "subject": {"noun": "inquiry", "key": "i1", "name": "Okayama, Japan"},
    "text": "2 meetings left; list it by Mon 22 Jun 2026 6:00 PM",
    "due_on": "2026-09-24",
    "values": {
        "received_on": "2026-05-01",
        "meetings": [
            {"on": "2026-05-28", "state": "held", "cutoff": "2026-05-25T18:00"},
            {"on": "2026-06-25", "state": "projected", "cutoff": "2026-06-22T18:00"},
            {"on": "2026-09-24", "state": "projected", "cutoff": "2026-09-21T18:00"},
        ],
        "used": 1,
        "left": 2,
        "listable": 2,
        "next_listable_on": "2026-06-25",
        "state": "open",
        "met_at": None,
    },
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 6, 1))
    yield opened
    opened.close()


def another(folder: Path) -> Session:
    path = folder / "other"
    path.mkdir()
    return make_session(path, on=date(2026, 6, 1))


def refused(session: Session, record: Any) -> dict[str, str]:
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        session.record.load(record)
    assert session.path.read_bytes() == before
    return caught.value.by_field()


def inquiry(**values: Any) -> dict[str, Any]:
    fields = {"key": "i2", "direction": "incoming", "city": "Braga", "country": "PT"}
    return {"inquiries": [{**fields, "received_on": "2026-05-01", **values}]}


# Commands


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    new = ("new", "glen.commission", "--name", "Alder Glen Sister Cities Commission", "--city", "Alder Glen")
    where = ("--state", "CA", "--zone", "America/Los_Angeles", "--rules", "milpitas", "--on", "2026-01-01")
    assert run(*new, *where).exit_code == 0
    assert run("load", "glen.commission", "record.json").exit_code == 0
    return tmp_path / "glen.commission"


def test_check_gives_the_documented_finding_word_for_word(file: Path) -> None:
    result = run("check", str(file), "--json", "--on", "2026-06-01")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert (document["file"], document["as_of"]) == ("glen.commission", "2026-06-01")
    [found] = [finding for finding in document["findings"] if finding["rule"] == "three-meetings"]
    assert found.pop("source").startswith("Milpitas")
    assert found == FINDING
    assert list(found) == ["rule", "level", "subject", "text", "due_on", "values"]
    [answer] = [finding for finding in document["findings"] if finding["rule"] == "answer-due"]
    assert (answer["level"], answer["due_on"]) == ("overdue", "2026-05-15")
    assert answer["values"] == {"answer_by": "2026-05-15"}
    levels = ["overdue", "warning", "info", "ok"]
    places = [levels.index(finding["level"]) for finding in document["findings"]]
    assert places == sorted(places)


def test_inquiries_as_json_have_clock_and_steps(file: Path) -> None:
    more = inquiry(key="own", direction="own-initiative")
    (file.parent / "more.json").write_text(json.dumps(more), encoding="utf-8")
    assert run("load", str(file), "more.json").exit_code == 0
    result = run("inquiries", str(file), "--json", "--on", "2026-06-01")
    assert result.exit_code == 0
    listed = {entry["key"]: entry for entry in json.loads(result.stdout)["inquiries"]}
    assert listed["i1"]["computed"]["clock"] == FINDING["values"]
    assert listed["own"]["computed"]["clock"] is None
    first = listed["i1"]["computed"]["steps"][0]
    assert (first["step"], first["state"], first["done_on"]) == ("answer", "now", None)
    assert "country" not in listed["i1"] and listed["i1"]["closed"] is None


def test_inquiries_for_people(file: Path) -> None:
    lines = run("inquiries", str(file), "--on", "2026-06-01").stdout.splitlines()
    assert lines[0].split() == [
        *("Received", "City", "Direction", "Clock", "List", "it", "by", "Steps", "Closed", "Key")
    ]
    assert "Okayama, Japan" in lines[2] and "2 meetings left" in lines[2] and lines[2].endswith("i1")


# Cities by name


def test_a_name_with_its_country_is_the_city_of_that_name_or_a_new_one(session: Session) -> None:
    report = session.record.load(inquiry())
    assert report.added == {"cities": 1, "inquiries": 1}
    assert session.record.load(inquiry(key="i3", city="BRAGA")).added == {"inquiries": 1}
    assert session.record.load(inquiry()).is_empty
    [city] = session.record.entries("cities")
    assert {entry["city"] for entry in session.record.entries("inquiries")} == {city["key"]}
    assert (city["name"], city["country"]) == ("Braga", "PT")


def test_two_inquiries_of_one_record_name_one_new_city(session: Session) -> None:
    record = {"inquiries": [*inquiry()["inquiries"], *inquiry(key="i3", city="braga")["inquiries"]]}
    assert session.record.load(record).added == {"cities": 1, "inquiries": 2}


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"country": None}, "inquiries[0].city", "With its country it is added"),
        ({"country": "ZZ"}, "inquiries[0].country", "no country"),
        ({"country": "Portugal"}, "inquiries[0].country", "at most 2"),
        ({"procedure": "bribe"}, "inquiries[0].procedure", "no procedure named bribe"),
        ({"received_on": "2026-02-30"}, "inquiries[0].received_on", "no day"),
        ({"contact": "nobody"}, "inquiries[0].contact", "no contact nobody"),
        ({"channel": "pigeon"}, "inquiries[0].channel", "letter, email"),
        ({"closed": {"on": "2026-04-01", "as": "declined"}}, "inquiries[0].closed.on", "received on"),
        ({"closed": {"on": "2026-06-01"}}, "inquiries[0].closed.as", "required"),
        ({"clock": 3}, "inquiries[0].clock", "no field"),
    ],
)
def test_broken_inquiries_are_refused_at_their_place(
    session: Session, values: dict[str, Any], path: str, words: str
) -> None:
    found = refused(session, inquiry(**values))
    assert list(found) == [path]
    assert words in found[path]


def test_a_key_of_a_city_elsewhere_is_refused(session: Session) -> None:
    city = {"key": "braga", "name": "Braga", "country": "PT"}
    found = refused(session, {"cities": [city], **inquiry(city="braga", country="ES")})
    assert found == {"inquiries[0].country": "The city braga is in PT."}


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({"cities": [{"key": "a", "name": "A", "country": "PT", "latitude": 91}]}, "cities[0].latitude"),
        ({"cities": [{"key": "a", "name": "A", "country": "PT", "latitude": "41"}]}, "cities[0].latitude"),
        ({"cities": [{"key": "a", "name": "A", "country": "PT", "latitude": 41}]}, "cities[0].longitude"),
        ({"cities": [{"key": "a", "name": "A", "country": "PT", "zone": "Mars/X"}]}, "cities[0].zone"),
        ({"cities": [{"key": "a", "name": "A", "country": "PT", "population": -1}]}, "cities[0].population"),
        ({"steps": [{"inquiry": "i1", "step": "dance", "done_on": "2026-05-02"}]}, "steps[0].step"),
        ({"steps": [{"inquiry": "i1", "step": "answer", "done_on": "2026-04-02"}]}, "steps[0].done_on"),
        ({"steps": [{"inquiry": "no", "step": "answer", "done_on": "2026-05-02"}]}, "steps[0].inquiry"),
        (
            {"steps": [{"inquiry": "i1", "step": "mou", "done_on": "2026-05-02", "proof": {"text": "x"}}]},
            "steps[0].proof.kind",
        ),
        (
            {
                "letters": [
                    {
                        "key": "l",
                        "direction": "out",
                        "on": "2026-05-02",
                        "channel": "email",
                        "follow_up_on": "2026-05-01",
                    }
                ]
            },
            "letters[0].follow_up_on",
        ),
        (
            {
                "agenda_items": [
                    {
                        "meeting": "m1",
                        "section": "new-business",
                        "title": "X",
                        "kind": "action",
                        "inquiry": "no",
                    }
                ]
            },
            "agenda_items[0].inquiry",
        ),
    ],
)
def test_broken_entries_are_refused_at_their_place(
    session: Session, record: dict[str, Any], path: str
) -> None:
    session.record.load(EXAMPLE)
    assert list(refused(session, record)) == [path]


def test_a_step_is_closed_once(session: Session) -> None:
    session.record.load(EXAMPLE)
    step = {"inquiry": "i1", "step": "answer", "done_on": "2026-05-02", "proof": {"kind": "letter"}}
    session.record.load({"steps": [step]})
    assert session.record.load({"steps": [step]}).is_empty
    assert list(refused(session, {"steps": [{**step, "done_on": "2026-05-03"}]})) == ["steps[0].done_on"]


def test_closing_may_be_added_once_and_keeps_the_rules(session: Session) -> None:
    session.record.load(EXAMPLE)
    entry = EXAMPLE["inquiries"][0]
    early = {**entry, "closed": {"on": "2026-04-01", "as": "declined"}}
    assert list(refused(session, {"inquiries": [early]})) == ["inquiries[0].closed.on"]
    closed = {**entry, "closed": {"on": "2026-05-20", "as": "withdrawn"}}
    assert session.record.load({"inquiries": [closed]}).changed == {"inquiries": 1}
    assert session.record.load({"inquiries": [closed]}).is_empty
    assert session.record.load({"inquiries": [entry]}).is_empty
    other = {**entry, "closed": {"on": "2026-05-21", "as": "withdrawn"}}
    assert list(refused(session, {"inquiries": [other]})) == ["inquiries[0].closed"]


# Round trips


def test_record_comes_out_and_into_a_new_file_as_the_same_bytes(session: Session, tmp_path: Path) -> None:
    message = IntakeDraft(
        subject="Greetings",
        body="Hello",
        original=KeptFile(name="greetings.eml", type="message/rfc822", data=b"From: a@example.org\n\nHello"),
    )
    session.inquiries.record(
        InquiryDraft(city_id="", received_on=date(2026, 5, 2), channel=Channel.EMAIL),
        city=CityDraft(name="Huế", country="VN", latitude=16.461899, longitude=107.595461),
        message=message,
    )
    session.record.load({name: copy.deepcopy(RICH[name]) for name in RICH if name != "commission"})
    exported = session.record.text(with_attachments=True)
    other = another(tmp_path)
    other.record.load(json.loads(exported))
    assert other.record.text(with_attachments=True) == exported
    assert other.record.load(json.loads(exported)).is_empty
    [kept] = [a for a in other.record.entries("attachments") if a["noun"] == "letters"]
    assert (kept["use"], kept["name"]) == ("original", "greetings.eml")
    assert [result.problems for result in other.verification.run() if not result.is_good] == []
    other.close()


def test_public_part_leaves_originals_out(session: Session) -> None:
    message = IntakeDraft(original=KeptFile(name="a.eml", type="message/rfc822", data=b"From: a"))
    session.inquiries.record(
        InquiryDraft(city_id="", received_on=date(2026, 5, 2)),
        city=CityDraft(name="Huế", country="VN"),
        message=message,
    )
    assert session.record.entries("attachments") != []
    assert session.record.document(public_only=True)["attachments"] == []
    assert len(session.record.document(public_only=True)["inquiries"]) == 1


@pytest.mark.parametrize("on", ["2026-09-17", "2026-09-22", "2027-01-04", "2028-02-29", "2026-07-04"])
def test_sample_has_an_inquiry_in_each_state_on_any_day(tmp_path: Path, on: str) -> None:
    day = date.fromisoformat(on)
    path = put_sample(tmp_path / "sample.commission", day)
    session = CommissionProgram().open_reading(path, on=day)
    views = {view.city.city.name: view for view in session.inquiries.all()}
    states = {name: view.clock.state.value if view.clock else None for name, view in views.items()}
    assert states == {
        "Ekaterinburg": "overdue",
        "Huế": "last-meeting",
        "Tainan": "open",
        "San Luis Potosí": "open",
        "Braga": "met",
        "Pécs": "closed",
        "Cape Coast": None,
    }
    left = {name: view.clock.left for name, view in views.items() if view.clock}
    assert (left["Tainan"], left["San Luis Potosí"]) == (2, 3)
    braga = views["Braga"].clock
    assert braga is not None and braga.met_at == 2
    assert [item.meeting.on >= day for item in views["Tainan"].listed] == [True]
    assert all(letter.on <= day for view in views.values() for letter in view.letters)
    if on == "2026-09-17":
        received = {name: view.inquiry.received_on for name, view in views.items()}
        assert received["Ekaterinburg"] == date(2026, 2, 10) and received["Huế"] == date(2026, 3, 2)
        assert received["Tainan"] == date(2026, 5, 12) and received["San Luis Potosí"] == date(2026, 7, 2)
    session.close()
