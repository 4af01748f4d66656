"""Rows of the file that the open record shows within other entries: changes of pledges, allocations,
payments of deposits, parts of refunds.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, select

from commission_app.domain.open_record.money_nouns import PAYMENTS, PLEDGES
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.treasury_nouns import DEPOSITS, REFUNDS
from commission_app.storage.tables import allocations, deposit_items, pledge_changes, refund_parts
from commission_app.storage.writer import Writer

_CHANGE: Final = ("on", "amount_cents", "schedule", "reason")


def read_below(
    connection: Connection, noun: Noun, keys: Callable[[str], Mapping[str, str]]
) -> dict[str, list[Any]]:
    """What stands below the entries of a noun, by the id of the entry; `keys` gives those of a list by id."""
    found: dict[str, list[Any]] = {}
    if noun is PLEDGES:
        change = pledge_changes.c
        query = select(change.pledge_id, *(change[name] for name in _CHANGE))
        for pledge_id, *values in connection.execute(query.order_by(change.pledge_id, change.position)):
            found.setdefault(pledge_id, []).append(dict(zip(_CHANGE, values, strict=True)))
    elif noun is PAYMENTS:
        part = allocations.c
        named = keys(PLEDGES.name)
        listed = select(part.payment_id, part.pledge_id, part.due_on, part.amount_cents)
        for payment_id, pledge_id, due_on, cents in connection.execute(
            listed.order_by(part.payment_id, part.position)
        ):
            own = {"pledge": named[pledge_id], "due_on": due_on, "amount_cents": cents}
            found.setdefault(payment_id, []).append(own)
    elif noun is DEPOSITS:
        item = deposit_items.c
        named = keys(PAYMENTS.name)
        items = select(item.deposit_id, item.payment_id).order_by(item.deposit_id, item.position)
        for deposit_id, payment_id in connection.execute(items):
            found.setdefault(deposit_id, []).append(named[payment_id])
    elif noun is REFUNDS:
        back = refund_parts.c
        named = keys(PLEDGES.name)
        parts = select(back.refund_id, back.pledge_id, back.amount_cents)
        for refund_id, pledge_id, cents in connection.execute(parts.order_by(back.refund_id, back.position)):
            found.setdefault(refund_id, []).append({"pledge": named[pledge_id], "amount_cents": cents})
    return found


def insert_below(
    writer: Writer, noun: Noun, row_id: str, values: Mapping[str, Any], ids: Mapping[str, Mapping[str, str]]
) -> None:
    """Write what stands below a new entry; `ids` are those of each list by key."""
    if noun is PLEDGES:
        for position, change in enumerate(values["changes"]):
            writer.insert(pledge_changes, pledge_id=row_id, position=position, **change)
    elif noun is PAYMENTS:
        for position, part in enumerate(values["allocations"]):
            writer.insert(
                allocations,
                payment_id=row_id,
                pledge_id=ids[PLEDGES.name][part["pledge"]],
                due_on=part["due_on"],
                amount_cents=part["amount_cents"],
                position=position,
            )
    elif noun is DEPOSITS:
        for position, key in enumerate(values["payments"]):
            payment_id = ids[PAYMENTS.name][key]
            writer.insert(deposit_items, deposit_id=row_id, payment_id=payment_id, position=position)
    elif noun is REFUNDS:
        for position, part in enumerate(values["parts"]):
            writer.insert(
                refund_parts,
                refund_id=row_id,
                pledge_id=ids[PLEDGES.name][part["pledge"]],
                amount_cents=part["amount_cents"],
                position=position,
            )
