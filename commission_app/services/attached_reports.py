"""The treasurer's report attached to an agenda: whether the money changed since, and attaching it anew."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, exists, func, select

from commission_app.domain.agenda_check import CheckLine
from commission_app.domain.intake import Attachment
from commission_app.domain.item_files import NumberedFile
from commission_app.storage.tables import actions, changes
from commission_app.storage.tables.history import ActionKind, Operation

CODE: Final = "treasurer-report"
_NAME: Final = re.compile(r"treasurer-(?:public-)?\d{4}-\d\d-\d\d\.pdf")
#: The tables that the report is made of.
MONEY: Final = (
    *("campaigns", "pledges", "pledge_changes", "write_offs", "payments", "allocations"),
    *("refunds", "refund_parts", "deposits", "deposit_items", "receipts"),
)


def is_treasurers(title: str) -> bool:
    """Whether an agenda item is the treasurer's, by its title: the report belongs to it."""
    return "treasurer" in title.casefold()


def is_report(file: Attachment) -> bool:
    """Whether a file is the report, by the name under which it is attached."""
    return _NAME.fullmatch(file.name) is not None


def report_lines(connection: Connection, files: Mapping[str, Sequence[NumberedFile]]) -> list[CheckLine]:
    """A line of the agenda check for each item that has the report; none where none is attached."""
    lines = []
    for item_id, own in files.items():
        reports = [one for one in own if is_report(one.file)]
        if not reports:
            continue
        ids = [one.file.id for one in own]
        if any(_is_older(connection, one.file.sha256, ids) for one in reports):
            label = reports[0].entry.label
            text = f"{label} has a treasurer’s report from before the last change of the money"
            lines.append(CheckLine(CODE, text, item_id))
        else:
            lines.append(CheckLine(CODE, "The treasurer’s report is as new as the money", item_id, ok=True))
    return lines


def _is_older(connection: Connection, sha256: str, ids: Sequence[str]) -> bool:
    """Whether money was entered or changed after these bytes were attached under one of the ids. Bringing a
    file back by undo makes it no newer.
    """
    of = changes.c
    attached: Any = (
        select(func.max(of.action_id))
        .join(actions, actions.c.id == of.action_id)
        .where(
            of.table_name == "attachments",
            of.row_id.in_(ids),
            of.operation == Operation.INSERT,
            func.json_extract(of.new, "$.sha256") == sha256,
            actions.c.kind.not_in((ActionKind.UNDO, ActionKind.REDO)),
        )
    )
    since = connection.execute(attached).scalar()
    if since is None:
        return False
    later = exists().where(of.action_id > since, of.table_name.in_(MONEY))
    return bool(connection.execute(select(later)).scalar())
