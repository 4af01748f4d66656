"""What earlier meetings left open, as the findings look at it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, union

from commission_app.domain.agendas import AgendaItem
from commission_app.domain.meetings import Meeting
from commission_app.domain.open_business import OpenBusiness, next_regular
from commission_app.domain.proceedings import ActionItem
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.minutes_lock import awaiting_approval
from commission_app.storage.rows import rows
from commission_app.storage.tables import action_items, agenda_items, minutes, motions, proceedings


def read_open_business(context: Context, connection: Connection, known: Sequence[Meeting]) -> OpenBusiness:
    """The open business of these meetings, within a transaction."""
    present = context.present(connection)
    coming = next_regular(known, present)
    of_coming = agenda_items.c.meeting_id == (coming.id if coming else "")
    open_actions = rows(connection, ActionItem, action_items, action_items.c.done_on.is_(None))
    begun = union(*(select(table.c.meeting_id) for table in (minutes, proceedings, motions)))
    return OpenBusiness(
        book=context.rule_book(connection),
        meetings=tuple(known),
        actions=tuple(open_actions),
        waiting=tuple(awaiting_approval(context, connection, present.local)),
        begun=frozenset(connection.execute(begun).scalars()),
        people=names(connection, (action.contact_id for action in open_actions)),
        coming=coming,
        items=tuple(rows(connection, AgendaItem, agenda_items, of_coming, order=agenda_items.c.position)),
    )
