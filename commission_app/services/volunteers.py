"""Hours of volunteers: who gave how much time, when, and for what."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.donor_letters import VolunteerHours, VolunteerHoursDraft
from commission_app.domain.text import search_words
from commission_app.domain.validation import checked_contact, require
from commission_app.domain.volunteering import check_hours
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.list_blocks import holding
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import campaigns, contacts, volunteer_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """Time that somebody gave, with names."""

    hours: VolunteerHours
    volunteer: str
    campaign: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursTotal:
    """The minutes that one person gave in a calendar year, and on how many entries they stand."""

    contact_id: str
    volunteer: str
    year: int
    minutes: int
    count: int


@dataclass(frozen=True, slots=True)
class VolunteerService:
    """Time given. No paper and no total puts a value on it."""

    context: Context

    def record(self, draft: VolunteerHoursDraft, newcomer: ContactDraft | None = None) -> str:
        """Record time that somebody gave on a day and return its id; raises ValidationError. A `newcomer` is
        added to the contacts in the same step, in place of the draft's.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("recorded volunteer time") as writer:
            if newcomer is not None:
                draft = replace(draft, contact_id=insert_contact(writer, newcomer))
            draft = cleaned(draft)[0]
            require(check_hours(draft))
            writer.what = f"recorded {_whose(writer.connection, draft)}"
            return writer.insert(volunteer_hours, **asdict(draft))

    def change(self, hours_id: str, draft: VolunteerHoursDraft) -> None:
        """Change an entry; raises ValidationError."""
        draft = cleaned(draft)[0]
        require(check_hours(draft))
        values = asdict(draft)
        del values["key"]
        with self.context.database.writing("changed volunteer time") as writer:
            writer.what = f"changed {_whose(writer.connection, draft)}"
            writer.update(volunteer_hours, hours_id, **values)

    def remove(self, *hours_ids: str) -> None:
        """Remove entries, all or none; raises NotFoundError."""
        with self.context.database.writing("removed volunteer time") as writer:
            for hours_id in hours_ids:
                hours = row(writer.connection, VolunteerHours, volunteer_hours, hours_id)
                writer.what = f"removed {_whose(writer.connection, hours)}"
                writer.remove(volunteer_hours, hours_id)
            if len(hours_ids) > 1:
                writer.what = f"removed {len(hours_ids)} entries of volunteer time"

    def totals(
        self, *, from_on: date | None = None, to_on: date | None = None, campaign_id: str | None = None
    ) -> list[HoursTotal]:
        """The minutes of each person in each calendar year, the latest year first, then by name."""
        of = volunteer_hours.c
        year = func.substr(of.on, 1, 4)
        query = (
            select(contacts.c.id, contacts.c.name, year, func.sum(of.minutes), func.count())
            .join_from(volunteer_hours, contacts, contacts.c.id == of.contact_id)
            .where(*_among(from_on, to_on, None, campaign_id))
            .group_by(contacts.c.id, year)
            .order_by(year.desc(), contacts.c.search_key, contacts.c.id)
        )
        with self.context.database.reading() as connection:
            return [
                HoursTotal(contact_id=one, volunteer=name, year=int(of_year), minutes=minutes, count=count)
                for one, name, of_year, minutes, count in connection.execute(query)
            ]

    def list(
        self,
        text: str = "",
        *,
        from_on: date | None = None,
        to_on: date | None = None,
        contact_id: str | None = None,
        campaign_id: str | None = None,
    ) -> list[HoursLine]:
        """Entries, the latest first; `text` in volunteer, campaign or what was done."""
        where = _among(from_on, to_on, contact_id, campaign_id)
        of = volunteer_hours.c
        for word in search_words(text):
            where.append(
                of.contact_id.in_(holding(contacts, word))
                | of.campaign_id.in_(holding(campaigns, word))
                | of.search_key.contains(word, autoescape=True)
            )
        with self.context.database.reading() as connection:
            found = rows(
                connection, VolunteerHours, volunteer_hours, *where, order=(of.on.desc(), of.id.desc())
            )
            people = _names(connection, contacts, {hours.contact_id for hours in found})
            named = _names(connection, campaigns, {hours.campaign_id or "" for hours in found})
        return [
            HoursLine(
                hours=hours,
                volunteer=people[hours.contact_id],
                campaign=named.get(hours.campaign_id or ""),
            )
            for hours in found
        ]


def _among(
    from_on: date | None, to_on: date | None, contact_id: str | None, campaign_id: str | None
) -> list[ColumnElement[bool]]:
    of = volunteer_hours.c
    where: list[ColumnElement[bool]] = []
    if from_on is not None:
        where.append(of.on >= from_on)
    if to_on is not None:
        where.append(of.on <= to_on)
    if contact_id is not None:
        where.append(of.contact_id == contact_id)
    if campaign_id is not None:
        where.append(of.campaign_id == campaign_id)
    return where


def _names(connection: Connection, table: Any, ids: Collection[str]) -> dict[str, str]:
    query = select(table.c.id, table.c.name).where(table.c.id.in_(ids))
    return dict(connection.execute(query).all())


def _whose(connection: Connection, hours: VolunteerHoursDraft | VolunteerHours) -> str:
    time = f"{hours.minutes // 60}:{hours.minutes % 60:02} hours"
    return f"{time} by {row(connection, Contact, contacts, hours.contact_id).name}"
