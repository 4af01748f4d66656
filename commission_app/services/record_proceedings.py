"""The rules of what happens at meetings, over an open record and the file together."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from commission_app.domain.meetings import Attendance, Meeting
from commission_app.domain.members import Term
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import AGENDA_ITEMS, ATTENDANCE, MEETINGS, SEATS, TERMS
from commission_app.domain.open_record.reading import Entry
from commission_app.domain.open_record.sitting_nouns import (
    ACTION_ITEMS,
    DEPARTURES,
    ITEM_NOTES,
    MINUTES,
    MOTIONS,
    PROCEEDINGS,
    RECESSES,
    RECUSALS,
    SEATINGS,
    SITTING_NOUNS,
    SPEAKERS,
    VOTES,
)
from commission_app.domain.proceedings import (
    ActionItem,
    Departure,
    ItemNote,
    Minutes,
    Motion,
    Proceedings,
    Recess,
    Recusal,
    Seating,
    Speaker,
    Vote,
)
from commission_app.domain.proceedings_checks import (
    Happenings,
    check_course,
    check_minutes,
    check_motions,
)
from commission_app.errors import Problem
from commission_app.services.record_plan import Plan
from commission_app.services.record_rules import note, row_of

_ROWS: Final[tuple[tuple[Noun, type[Any]], ...]] = (
    (TERMS, Term),
    (PROCEEDINGS, Proceedings),
    (RECESSES, Recess),
    (DEPARTURES, Departure),
    (SEATINGS, Seating),
    (RECUSALS, Recusal),
    (MOTIONS, Motion),
    (VOTES, Vote),
    (SPEAKERS, Speaker),
    (ACTION_ITEMS, ActionItem),
    (ITEM_NOTES, ItemNote),
    (MINUTES, Minutes),
)
#: What the minutes tell of a meeting.
_IN_MINUTES: Final = (
    *(ATTENDANCE, PROCEEDINGS, RECESSES, DEPARTURES),
    *(SEATINGS, RECUSALS, MOTIONS, SPEAKERS),
    *(AGENDA_ITEMS, ACTION_ITEMS),
)
_APPROVED: Final = "The minutes of this meeting are approved: they are final."


def check(plan: Plan) -> None:
    """Note every rule that the new entries break, each at its field; give motions their positions."""
    if not any(noun.name in plan.record.entries for noun in (ATTENDANCE, AGENDA_ITEMS, *SITTING_NOUNS)):
        return
    _check_final(plan)
    _place_motions(plan)
    places: dict[str, Entry] = {change.id: change.entry for change in plan.changed if change.entry}
    new = (item for noun in (ATTENDANCE, *SITTING_NOUNS) for item in plan.new(noun))
    places |= {item.id: item.entry for item in new if item.entry.sound}
    found = _happenings(plan)
    for mismatch in (*check_course(found), *check_motions(found), *check_minutes(found)):
        entry = places.get(mismatch.row.id)
        if entry is not None:
            note(plan, entry, [Problem(mismatch.path, mismatch.message)])


def _check_final(plan: Plan) -> None:
    """Nothing is added to a closed motion or to approved minutes of the file."""
    closed = {row.values["key"] for row in plan.file.of(MOTIONS) if row.values["closed"]}
    for item in plan.new(VOTES):
        if item.values["motion"] in closed:
            plan.refuse(item.entry, "motion", "This motion is closed: its votes are final.")
    approved = {row.values["meeting"] for row in plan.file.of(MINUTES) if row.values["approved"]}
    for item in (item for noun in _IN_MINUTES for item in plan.new(noun)):
        if item.values["meeting"] in approved:
            plan.refuse(item.entry, "meeting", _APPROVED)
    meetings = {values["key"]: values["meeting"] for _, values in plan.entries(AGENDA_ITEMS)}
    for item in plan.new(ITEM_NOTES):
        if meetings.get(item.values["item"]) in approved:
            plan.refuse(item.entry, "item", _APPROVED)


def _place_motions(plan: Plan) -> None:
    last: dict[str, int] = {}
    for _, values in plan.entries(MOTIONS):
        meeting = values["meeting"]
        last[meeting] = max(last.get(meeting, 0), values["position"] or 0)
    for item in plan.new(MOTIONS):
        if item.values["position"] is None:
            last[item.values["meeting"]] += 1
            item.values["position"] = last[item.values["meeting"]]


def _happenings(plan: Plan) -> Happenings:
    rows = {noun.name: list(_rows(plan, noun, kind)) for noun, kind in _ROWS}
    meetings = _rows(plan, MEETINGS, Meeting)
    ids = plan.ids[MEETINGS.name]
    return Happenings(
        meetings={meeting.id: meeting for meeting in meetings},
        items={row_id: ids[values["meeting"]] for row_id, values in plan.entries(AGENDA_ITEMS)},
        seats={row_id: values["kind"] for row_id, values in plan.entries(SEATS)},
        roll=list(_rows(plan, ATTENDANCE, Attendance)),
        **rows,
    )


def _rows(plan: Plan, noun: Noun, kind: type[Any]) -> Iterator[Any]:
    """The rows of a list as they will be: those of the file, then the new ones."""
    updates = {change.id: change.columns for change in plan.changed if change.noun is noun}
    for row_id, values in plan.entries(noun):
        row = row_of(kind, plan, noun, row_id, values)
        yield replace(row, **updates[row_id]) if row_id in updates else row
