"""Which agendas ahead were changed after their last posting copy, read from the change log."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from commission_app.domain.meetings import Meeting, MeetingState, PostingCopy
from commission_app.domain.present import Present
from commission_app.storage.rows import rows
from commission_app.storage.tables import agenda_items, changes, meetings, posting_copies
from commission_app.storage.tables.history import Operation

#: What the agenda prints of its meeting and of each item.
_PRINTED = {
    "meetings": frozenset({"kind", "starts", "place", "notice"}),
    "agenda_items": frozenset(
        {"section", "position", "title", "kind", "presenter", "minutes", "recommended_action", "text"}
    ),
    "attachments": frozenset({"of_id"}),  # by number alone
}


def changed_copies(connection: Connection, present: Present) -> dict[str, int]:
    """The scheduled meetings ahead whose agenda is not as in their last copy, with that copy's number.

    What was changed and changed back, or undone, does not count. No paper is drawn.
    """
    ahead = meetings.c.state == MeetingState.SCHEDULED, meetings.c.starts > present.local
    coming = {meeting.id for meeting in rows(connection, Meeting, meetings, *ahead)}
    last: dict[str, PostingCopy] = {}
    for copy in rows(connection, PostingCopy, posting_copies, order=posting_copies.c.number):
        if copy.meeting_id in coming:
            last[copy.meeting_id] = copy
    if not last:
        return {}
    items = select(agenda_items.c.id, agenda_items.c.meeting_id)
    homes: dict[str, str] = {row.id: row.meeting_id for row in connection.execute(items)}
    return {meeting_id: copy.number for meeting_id, copy in last.items() if _differs(connection, copy, homes)}


def _differs(connection: Connection, copy: PostingCopy, homes: Mapping[str, str]) -> bool:
    made = select(func.max(changes.c.action_id)).where(changes.c.row_id == copy.id)
    later = (
        select(changes)
        .where(changes.c.action_id > made.scalar_subquery(), changes.c.table_name.in_(tuple(_PRINTED)))
        .order_by(changes.c.id)
    )
    by_row: dict[tuple[str, str], list[RowMapping]] = {}
    for change in connection.execute(later).mappings():
        by_row.setdefault((change["table_name"], change["row_id"]), []).append(change)
    return any(
        _home(table, row_id, found, homes) == copy.meeting_id and _is_other(found, _PRINTED[table])
        for (table, row_id), found in by_row.items()
    )


def _home(table: str, row_id: str, found: Iterable[RowMapping], homes: Mapping[str, str]) -> str:
    """The meeting that a row belongs to, of a removed item as the log remembers it."""
    if table == "meetings":
        return row_id
    if table == "attachments":
        sides = (side for c in found for side in (c["old"], c["new"]) if side and "of_id" in side)
        return next((homes[side["of_id"]] for side in sides if side["of_id"] in homes), "")
    known = [
        side["meeting_id"] for c in found for side in (c["old"], c["new"]) if side and "meeting_id" in side
    ]
    return homes.get(row_id) or (known[-1] if known else "")


def _is_other(found: Iterable[RowMapping], printed: frozenset[str]) -> bool:
    """Whether a row, after its changes, prints otherwise than before the first of them."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    was_there = is_there = None
    for change in found:
        operation, old, new = change["operation"], change["old"] or {}, change["new"] or {}
        if was_there is None:
            was_there = operation is not Operation.INSERT
        is_there = operation is not Operation.DELETE
        for name in {*old, *new} & printed:
            before.setdefault(name, old.get(name))
        if operation is Operation.INSERT:
            after = dict.fromkeys(after)
        after.update({name: new.get(name) for name in {*old, *new} & printed})
    if was_there != is_there:
        return True
    return bool(is_there) and any(before.get(name) != after.get(name) for name in {*before, *after})
