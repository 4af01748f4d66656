"""What happened at meetings in the open record: out and in without loss, and the rules that loading keeps."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.open_record.sitting_nouns import SITTING_NOUNS
from commission_app.errors import ConflictError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.record_samples import RICH, SITTINGS
from tests.integration.test_record_load import another, refused


def whole() -> dict[str, Any]:
    """RICH with what happened at its meetings."""
    lists = {
        name: [*RICH.get(name, ()), *SITTINGS.get(name, ())]
        for name in (RICH | SITTINGS)
        if name != "commission"
    }
    return copy.deepcopy({"commission": RICH["commission"], **lists})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path)
    yield opened
    opened.close()


def test_the_sample_says_something_in_every_field() -> None:
    for noun in SITTING_NOUNS:
        given = {name for entry in SITTINGS[noun.name] for name in entry}
        assert given == set(noun.by_name), noun.name


def test_what_happened_comes_out_and_goes_in_again_without_loss(session: Session, tmp_path: Path) -> None:
    session.record.load(whole())
    exported = session.record.text()
    other = another(tmp_path)
    other.record.load(session.record.document())
    assert other.record.text() == exported
    before = other.path.read_bytes()
    assert other.record.load(whole()).is_empty
    assert other.path.read_bytes() == before
    assert all(result.is_good for result in other.verification.run())
    other.close()


def test_a_loaded_record_is_as_it_was_given(session: Session) -> None:
    session.record.load(whole())
    found = session.record.document()
    for noun in SITTING_NOUNS:
        assert len(found[noun.name]) == len(SITTINGS[noun.name]), noun.name
    [amendment] = [entry for entry in found["motions"] if entry["key"] == "amend"]
    assert amendment["amends"] == "greet"
    assert amendment["voided"] == {"on": "2026-05-29", "reason": "Entered twice"}
    [may] = [entry for entry in found["minutes"] if entry["meeting"] == "m1"]
    assert may["approved"] == SITTINGS["minutes"][0]["approved"]
    [adjourn] = [entry for entry in found["motions"] if entry["text"] == "Adjourn"]
    assert (adjourn["position"], adjourn["method"], adjourn["threshold"]) == (2, "voice", "cast")
    assert adjourn["closed"] is None


def test_what_is_final_is_not_undone_with_the_load(session: Session) -> None:
    session.record.load({**whole(), "postings": []})
    with pytest.raises(ConflictError, match="A closed motion is final"):
        session.history.undo()


def test_an_open_motion_is_closed_later_and_then_voided(session: Session) -> None:
    session.record.load({**whole(), **{n.name: [] for n in SITTING_NOUNS}})
    motion = copy.deepcopy(SITTINGS["motions"][0])
    closed = motion.pop("closed")
    session.record.load({"motions": [motion], "minutes": [{"meeting": "m1"}]})
    vote = {"motion": "approve-may", "contact": "ana", "answer": "aye"}
    approved = {"on": "2026-06-25", "motion": "approve-may"}
    later = {
        "motions": [{**motion, "closed": closed}],
        "votes": [vote],
        "minutes": [{"meeting": "m1", "approved": approved}],
    }
    assert session.record.load(later).changed == {"motions": 1, "minutes": 1}
    assert session.record.load(later).is_empty
    voided = {**motion, "closed": closed, "voided": {"on": "2026-06-26", "reason": "Entered twice"}}
    assert session.record.load({"motions": [voided]}).changed == {"motions": 1}
    assert refused(session, {"votes": [{**vote, "contact": "jose"}]}) == ["votes[0].motion"]
    assert refused(session, {"item_notes": [{"item": "earlier"}]}) == ["item_notes[0].item"]
    late = {"meeting": "m1", "contact": "kid", "state": "present"}
    assert refused(session, {"attendance": [late]}) == ["attendance[0].meeting"]
    assert refused(session, {"speakers": [{"meeting": "m1", "position": 9}]}) == ["speakers[0].meeting"]
    assert refused(session, {"motions": [{**motion, "closed": {**closed, "result": "failed"}}]}) == [
        "motions[0].closed"
    ]


def test_an_action_item_is_done_later(session: Session) -> None:
    action = {"key": "a", "meeting": "m1", "text": "Write", "due_next_meeting": True}
    session.record.load({**whole(), **{n.name: [] for n in SITTING_NOUNS}, "action_items": [action]})
    done = {**action, "done": {"on": "2026-06-12"}}
    assert session.record.load({"action_items": [done]}).changed == {"action_items": 1}
    assert session.record.document()["action_items"][0]["done"] == {"on": "2026-06-12", "note": None}


Spoil = Callable[[dict[str, Any]], Any]


def put(name: str, index: int, **values: Any) -> Spoil:
    """An entry with other values."""
    return lambda record: record[name][index].update(values)


def add(name: str, **values: Any) -> Spoil:
    """One more entry."""
    return lambda record: record[name].append(values)


def nested(name: str, index: int, within: str, **values: Any) -> Spoil:
    """Other values in a part of an entry."""
    return lambda record: record[name][index].update({within: {**record[name][index][within], **values}})


AT = "2026-05-28T18:30:00-07:00"
EARLY = "2026-05-28T17:00:00-07:00"
SPOILED: list[tuple[Spoil, list[str]]] = [
    (put("proceedings", 0, adjourned_at=EARLY), ["proceedings[0].adjourned_at"]),
    (put("proceedings", 0, current_item="minutes"), ["proceedings[0].current_item"]),
    (put("proceedings", 0, presiding="nobody"), ["proceedings[0].presiding"]),
    (add("proceedings", meeting="m1"), ["proceedings[2]"]),
    (put("recesses", 0, until_at=EARLY), ["recesses[0].until_at"]),
    (add("recesses", meeting="m1", from_at="2026-05-28T18:45:00-07:00"), ["recesses[2].from_at"]),
    (put("departures", 0, returned_at=EARLY), ["departures[0].returned_at"]),
    (put("departures", 0, left_at=EARLY), ["departures[0].left_at"]),
    (put("departures", 0, returned_at="2026-05-28T20:00:00-07:00"), ["departures[0].returned_at"]),
    (put("seatings", 0, until_at=EARLY), ["seatings[0].until_at"]),
    (put("seatings", 0, seat="council"), ["seatings[0].seat"]),
    (put("seatings", 0, seat="alt"), ["seatings[0].seat"]),
    (put("seatings", 0, contact="ana"), ["seatings[0].contact"]),
    (add("seatings", meeting="m1", contact="kid", seat="regular-10", from_at=AT), ["seatings[2].from_at"]),
    (add("seatings", meeting="m1", contact="mai", seat="regular-9", from_at=AT), ["seatings[2].from_at"]),
    (put("recusals", 0, until_at=EARLY), ["recusals[0].until_at"]),
    (put("recusals", 0, item="minutes"), ["recusals[0].item"]),
    (put("motions", 2, item="minutes"), ["motions[2].item"]),
    (put("motions", 2, moved_at=AT), ["motions[2].closed.at"]),
    (put("motions", 2, closed={"at": AT}), ["motions[2].closed.result"]),
    (nested("motions", 2, "closed", quorum_needed=None), ["motions[2].closed.quorum_needed"]),
    (put("motions", 1, closed=None), ["motions[1].voided.on"]),
    (put("motions", 1, amends="approve-may"), ["motions[1].amends"]),
    (put("motions", 2, amends="amend"), ["motions[1].amends", "motions[2].amends"]),
    (put("motions", 0, minutes_of="june"), ["motions[0].minutes_of", "minutes[0].approved.motion"]),
    (put("motions", 0, purpose="main"), ["motions[0].minutes_of"]),
    (put("votes", 0, motion="nothing"), ["votes[0].motion"]),
    (put("votes", 0, seat="council"), ["votes[0].seat"]),
    (put("votes", 3, seat="regular-10"), ["votes[3].seat"]),
    (add("votes", motion="greet", contact="ana", answer="no"), ["votes[5]"]),
    (put("attendance", 1, left=None), ["attendance[1].state", "votes[2].answer"]),
    (put("attendance", 2, state="absent"), ["attendance[2].state", "votes[1].answer"]),
    (put("speakers", 1, item="minutes"), ["speakers[1].item"]),
    (put("action_items", 0, due_next_meeting=True), ["action_items[0].due_on"]),
    (put("action_items", 0, item="minutes"), ["action_items[0].item"]),
    (put("action_items", 0, done={"note": "Sent"}), ["action_items[0].done.on"]),
    (add("item_notes", item="earlier"), ["item_notes[2]"]),
    (nested("minutes", 0, "approved", on="2026-05-01"), ["minutes[0].approved.on"]),
    (nested("minutes", 0, "approved", motion="nothing"), ["minutes[0].approved.motion"]),
    (nested("minutes", 0, "approved", motion="greet"), ["minutes[0].approved.motion"] * 2),
    (add("minutes", meeting="m1"), ["minutes[2]"]),
    (put("corrections", 0, text=""), ["corrections[0].text"]),
]


@pytest.mark.parametrize(("spoil", "paths"), SPOILED)
def test_what_cannot_have_been_is_refused_at_its_place(
    session: Session, spoil: Spoil, paths: list[str]
) -> None:
    record = whole()
    spoil(record)
    assert refused(session, record) == paths


@pytest.mark.parametrize(
    ("name", "entry", "path"),
    [
        ("proceedings", {"meeting": "m1", "called_at": AT}, "proceedings[0].called_at"),
        ("item_notes", {"item": "minutes", "text": "Other"}, "item_notes[0].text"),
        ("votes", {"motion": "greet", "contact": "ana", "answer": "aye"}, "votes[0].answer"),
        ("minutes", {"meeting": "june", "opening": "Other"}, "minutes[0].opening"),
    ],
)
def test_what_the_file_has_otherwise_is_refused(
    session: Session, name: str, entry: dict[str, Any], path: str
) -> None:
    session.record.load(whole())
    assert refused(session, {name: [entry]}) == [path]


def test_a_minor_s_part_stays_out_of_the_public_record(session: Session) -> None:
    record = whole()
    record["speakers"].append({"meeting": "m1", "position": 3, "name": "Сергей Иванов"})
    record["action_items"].append({"meeting": "m1", "text": "Thank Сергей Иванов", "contact": "kid"})
    record["votes"].append({"motion": "greet", "contact": "kid", "answer": "aye"})
    session.record.load(record)
    text = session.record.text(public_only=True)
    assert "Сергей" not in text
    assert "kid" not in text
    public = session.record.document(public_only=True)
    assert len(public["votes"]) == len(SITTINGS["votes"])
    assert {"Thank a person under 18"} < {entry["text"] for entry in public["action_items"]}
    other = next(entry for entry in public["minutes"] if entry["meeting"] == "m1")
    assert other["approved"]["motion"] == "approve-may"


def test_a_record_s_seats_cannot_replace_one_that_was_voted_from(session: Session) -> None:
    record = whole()
    record["terms"], record["attendance"] = [], []
    session.record.load(record)
    seats = [seat for seat in record["seats"] if seat["key"] != "regular-10"]
    assert refused(session, {"seats": seats}) == ["seats"]


def test_the_record_of_a_reading_session_is_the_same(session: Session) -> None:
    session.record.load(whole())
    reading = CommissionProgram().open_reading(session.path)
    assert reading.record.text() == session.record.text()
    reading.close()


def test_who_is_erased_stays_in_the_votes_under_another_name(session: Session) -> None:
    record = whole()
    record["motions"][2]["text"] = "Thank Ana Ruiz"
    record["speakers"].append({"meeting": "june", "position": 1, "name": "Ana Ruiz"})
    session.record.load(record)
    session.context.database.who = "Daniel Lee"
    [ana] = [contact for contact in session.contacts.all() if contact.key == "ana"]
    plan = session.erasure.plan(ana.id)
    assert {"2 votes", "2 motions moved", "1 recusal", "1 action item"} < set(plan.stays)
    assert "the motion “Thank Ana Ruiz” (final, stays): text" in plan.by_hand
    session.erasure.erase(ana.id, "Asked for it", although_active=True)
    found = session.record.document()
    assert [entry["name"] for entry in found["speakers"] if entry["meeting"] == "june"] == ["Former member"]
    assert {entry["by"] for entry in found["corrections"]} == {"Former member", None}
    [vote] = [entry for entry in found["votes"] if entry["answer"] == "recused"]
    assert vote["contact"] == ana.id
    assert all(result.is_good for result in session.verification.run())


@pytest.mark.parametrize("name", ["meetings", "contacts", "seats", "motions", "agenda_items"])
def test_what_names_a_broken_entry_waits_until_that_is_mended(session: Session, name: str) -> None:
    record = whole()
    for entry in record[name]:
        entry["bogus"] = 1
    before = session.record.text()
    assert set(refused(session, record)) == {f"{name}[{n}].bogus" for n in range(len(record[name]))}
    assert session.record.text() == before
