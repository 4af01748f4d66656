"""The sections of a meeting's agenda by the commission's order of business and its rule pack's words."""

import functools
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from commission_app.domain.agenda_layout import NumberedSection, layout
from commission_app.domain.agenda_sections import StandingSection, sections_for
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import SeatKind
from commission_app.domain.rule_packs import RulePack
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.files import read_pack
from commission_app.services.members import read_standings


def order_of(context: Context, connection: Connection, meeting: Meeting) -> tuple[str, ...]:
    """The slugs of a meeting's sections in their order, as of its day."""
    book = context.rule_book(connection)
    return sections_for(meeting.kind, book.value("agenda.order", meeting.on))


def standing_sections(connection: Connection) -> Mapping[str, StandingSection]:
    """Titles, kinds and texts of the sections, from the rule pack that the file was made with."""
    return pack_named(read_commission(connection).rules).sections


def laid_out(
    context: Context, connection: Connection, meeting: Meeting, items: Sequence[AgendaItem]
) -> list[NumberedSection]:
    """A meeting's agenda with its numbers; alternates are seated where the commission has any."""
    book = context.rule_book(connection)
    found = read_standings(context, connection, meeting.on)
    return layout(
        items,
        order_of(context, connection, meeting),
        kind=meeting.kind,
        numbering=book.text("agenda.numbering", meeting.on),
        standing=standing_sections(connection),
        alternates_needed=any(s.seat.kind is SeatKind.ALTERNATE and s.is_filled for s in found),
    )


@functools.cache
def pack_named(slug: str) -> RulePack:
    """A rule pack, read once."""
    return read_pack(slug)
