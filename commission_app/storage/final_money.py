"""What is final in the treasurer's books: which rows that an action touched stay as they are, and why.

An action that changed only who gave or got something merged two contacts, which can be taken back.
"""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import Connection, Text, TextClause, TextualSelect, column, text

_MERGED: Final = "'$.contact_id', '$.payer_id', '$.adviser_id', '$.asked_by_id', '$.donor_id', '$.key'"
_CLOSED: Final = "Its year is closed. Reopen the year first."
_PAYMENT: Final = "This payment has a receipt, a deposit or a refund. Void it with a reason instead."

#: The day by which a row belongs to a year, by table, and what is dated by itself later on.
_DAYS: Final = {
    "pledges": ("pledged_on", ("cancelled_on", "cancel_reason", "condition_met_on")),
    "pledge_changes": ("on", ()),
    "write_offs": ("on", ()),
    "deliveries": ("on", ()),
    "payments": ("received_on", ("voided_on", "void_reason")),
    "refunds": ("on", ("voided_on", "void_reason")),
    "deposits": ("on", ("voided_on", "void_reason")),
}
#: What counts in the totals of a year, by table: other fields may be put right.
_COUNTED: Final = {
    "pledges": ("kind", "campaign_id", "amount_cents", "schedule", "quantity"),
    "pledge_changes": ("amount_cents", "schedule"),
    "write_offs": ("pledge_id", "amount_cents", "instalments"),
    "deliveries": ("pledge_id", "quantity"),
    "payments": ("amount_cents", "campaign_id"),
    "refunds": ("payment_id", "amount_cents"),
    "deposits": (),
}
#: The tables whose rows share the money of a payment with others.
SHARED: Final = ("refunds", "deposit_items")
#: The rows that belong to one that is dated: its table, and the column that names it.
_PARTS: Final = {
    "allocations": ("payments", "payment_id"),
    "refund_parts": ("refunds", "refund_id"),
    "deposit_items": ("deposits", "deposit_id"),
}


def reason_to_stay(connection: Connection, action_id: int, tables: Collection[str]) -> str | None:
    """Why what an action touched in some tables is final, or None when it is not."""
    for table, query, why in _QUERIES:
        if table in tables and connection.execute(query, {"action": action_id}).first() is not None:
            return why
    return None


def rows_of_same_money(action_id: int) -> TextualSelect:
    """What an undo of refunds or deposits depends on beside their own rows: what else was recorded of the
    same payments, and the payments themselves where the undo would bring back a row.
    """
    return _SAME_MONEY.bindparams(action=action_id).columns(column("row_id", Text))


def touched_since_closed(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What was done past the triggers in years after they were closed: closing, table and id of each row."""
    if connection.execute(text("SELECT 1 FROM year_closings WHERE voided_on IS NULL")).first() is None:
        return
    for table, (first, _) in _DAYS.items():
        for closing_id, row_id in connection.execute(text(_since_closed(table, first))):
            yield closing_id, table, row_id


# The text below is put together of names of tables and columns alone.
# ruff: noqa: S608


def _touched(table: str, rest: str, besides: tuple[str, ...] = ()) -> TextClause:
    """What finds a row of a table that the action touched otherwise than by a merge or in some columns."""
    free = ", ".join((_MERGED, *(f"'$.{name}'" for name in besides)))
    return text(
        f"SELECT 1 FROM changes {rest} AND changes.action_id = :action AND changes.table_name = '{table}'"
        f" AND (operation <> 'update' OR json_remove(changes.new, {free}) <> '{{}}')"
    )


def _added_here(table: str) -> str:
    """SQL: whether the action itself added a row of a table: it goes with what it belongs to."""
    return (
        "EXISTS (SELECT 1 FROM changes AS own WHERE own.action_id = :action"
        f" AND own.table_name = '{table}' AND own.operation = 'insert' AND own.row_id = {table}.id)"
    )


def _is_final(payment: str) -> str:
    """SQL: whether a payment has a receipt, or a refund or a deposit of another action."""
    return (
        f"(EXISTS (SELECT 1 FROM receipts WHERE payment_id = {payment})"
        f" OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = {payment} AND NOT {_added_here('refunds')})"
        " OR EXISTS (SELECT 1 FROM deposit_items AS item JOIN deposits ON deposits.id = item.deposit_id"
        f" WHERE item.payment_id = {payment} AND deposits.voided_on IS NULL"
        f" AND NOT {_added_here('deposits')}))"
    )


def _logged(column: str) -> str:
    """SQL: what the log says of a column that a change gave or took."""
    return f"coalesce(json_extract(changes.new, '$.{column}'), json_extract(changes.old, '$.{column}'))"


def _in_closed_year(day: str) -> str:
    return (
        "JOIN year_closings AS closed ON closed.voided_on IS NULL"
        f" AND {day} BETWEEN closed.from_on AND closed.to_on WHERE 1"
    )


def _since_closed(table: str, day: str) -> str:
    """SQL: the rows dated in a closed year that were added, removed or changed in what counts since then."""
    counted = ", ".join(f"'{name}'" for name in (day, *_COUNTED[table]))
    return (
        "SELECT DISTINCT closed.id, changes.row_id FROM changes"
        " JOIN actions ON actions.id = changes.action_id AND actions.kind <> 'baseline'"
        f" LEFT JOIN {table} AS now ON now.id = changes.row_id"
        " JOIN year_closings AS closed ON closed.voided_on IS NULL"
        f" AND (coalesce(json_extract(changes.old, '$.{day}'), now.\"{day}\") BETWEEN from_on AND to_on"
        f" OR json_extract(changes.new, '$.{day}') BETWEEN from_on AND to_on)"
        f" WHERE changes.table_name = '{table}' AND changes.action_id >"
        " (SELECT min(own.action_id) FROM changes AS own WHERE own.row_id = closed.id)"
        " AND (operation <> 'update'"
        f" OR EXISTS (SELECT 1 FROM json_each(changes.new) WHERE json_each.key IN ({counted})))"
    )


def _closed_years() -> Iterator[tuple[str, TextClause, str]]:
    for table, (first, later) in _DAYS.items():
        now = f"LEFT JOIN {table} AS now ON now.id = changes.row_id "
        for day in (f"coalesce(json_extract(changes.old, '$.{first}'), now.\"{first}\")", _logged(first)):
            yield table, _touched(table, now + _in_closed_year(day), later), _CLOSED
        for name in later:
            if name.endswith("_on"):
                for side in ("old", "new"):
                    day = f"json_extract(changes.{side}, '$.{name}')"
                    yield table, _touched(table, _in_closed_year(day)), _CLOSED
    for table, (owner, owner_id) in _PARTS.items():
        whole = f"JOIN {owner} AS whole ON whole.id = {_logged(owner_id)} "
        yield table, _touched(table, whole + _in_closed_year(f'whole."{_DAYS[owner][0]}"')), _CLOSED


def _same_money() -> TextClause:
    later = f"SELECT changes.row_id, {_logged('payment_id')} AS payment_id, table_name FROM changes"
    shared = ", ".join(f"'{name}'" for name in SHARED)
    return text(
        f"WITH money AS (SELECT DISTINCT table_name, operation, {_logged('payment_id')} AS payment_id"
        " FROM changes WHERE action_id = :action AND operation <> 'update'"
        f" AND table_name IN ({shared}))"
        " SELECT payment_id FROM money WHERE operation = 'delete'"
        " UNION SELECT refunds.id FROM refunds JOIN money USING (payment_id)"
        f" UNION SELECT later.row_id FROM ({later} WHERE action_id > :action"
        f" AND table_name IN ({shared}, 'receipts')) AS later"
        " JOIN money USING (payment_id) WHERE later.table_name <> 'receipts' OR money.table_name = 'refunds'"
    )


def _queries() -> Iterator[tuple[str, TextClause, str]]:
    for table, why in (
        ("receipts", "A receipt is final. Void it with a reason instead."),
        ("statements", "A statement is final. Issue a new one instead."),
        ("year_closings", "A closed year is reopened with a reason."),
    ):
        yield table, _touched(table, "WHERE 1"), why
    is_voided = "WHERE json_extract(changes.new, '$.voided_on') IS NOT NULL"
    for table, why in (
        ("refunds", "A refund that was voided stays so. Enter it again."),
        ("deposits", "A deposit that was voided stays so. Enter it again."),
    ):
        yield table, _touched(table, is_voided), why
    yield "payments", _touched("payments", f"WHERE {_is_final('changes.row_id')}"), _PAYMENT
    yield "allocations", _touched("allocations", f"WHERE {_is_final(_logged('payment_id'))}"), _PAYMENT
    has_receipt = "WHERE EXISTS (SELECT 1 FROM receipts WHERE delivery_id = changes.row_id)"
    yield "deliveries", _touched("deliveries", has_receipt), "This delivery has a receipt, so it stays."
    yield from _closed_years()


_QUERIES: Final = tuple(_queries())
_SAME_MONEY: Final = _same_money()
