"""The file's rows as entries of the open record: fields by name, references as keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from commission_app.domain.open_record.fields import Nested, Rows
from commission_app.domain.open_record.kinds import Reference
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import NOUNS, AttachmentNoun
from commission_app.domain.setting_registry import SPECS
from commission_app.services.record_below import read_below
from commission_app.storage.tables import (
    action_items,
    agenda_items,
    attachment_bytes,
    attachments,
    attendance,
    campaigns,
    cities,
    commission,
    community_organizations,
    contacts,
    corrections,
    deliveries,
    departures,
    deposits,
    donor_letters,
    inquiries,
    item_notes,
    letters,
    meetings,
    memberships,
    minutes,
    motions,
    offices,
    payments,
    pledges,
    posting_copies,
    postings,
    proceedings,
    receipts,
    recesses,
    recusals,
    refunds,
    seatings,
    seats,
    settings,
    speakers,
    staff,
    statements,
    steps,
    terms,
    volunteer_hours,
    votes,
    wordings,
    write_offs,
    year_closings,
)

TABLES: Final[Mapping[str, Table[Any]]] = {
    "settings": settings,
    "contacts": contacts,
    "seats": seats,
    "terms": terms,
    "offices": offices,
    "community_organizations": community_organizations,
    "memberships": memberships,
    "meetings": meetings,
    "posting_copies": posting_copies,
    "postings": postings,
    "cities": cities,
    "inquiries": inquiries,
    "steps": steps,
    "letters": letters,
    "agenda_items": agenda_items,
    "attendance": attendance,
    "proceedings": proceedings,
    "recesses": recesses,
    "departures": departures,
    "seatings": seatings,
    "recusals": recusals,
    "motions": motions,
    "votes": votes,
    "speakers": speakers,
    "action_items": action_items,
    "item_notes": item_notes,
    "minutes": minutes,
    "corrections": corrections,
    "campaigns": campaigns,
    "pledges": pledges,
    "payments": payments,
    "write_offs": write_offs,
    "deliveries": deliveries,
    "deposits": deposits,
    "refunds": refunds,
    "receipts": receipts,
    "statements": statements,
    "donor_letters": donor_letters,
    "wordings": wordings,
    "volunteer_hours": volunteer_hours,
    "year_closings": year_closings,
    "attachments": attachments,
}
_SEAT_KINDS: Final = ("regular", "alternate", "liaison")


@dataclass(slots=True)
class FileEntry:
    """One row of the file as an entry: its id, and every field of its noun."""

    id: str
    values: dict[str, Any]


class FileRecord:
    """What the file holds, read within one transaction and list by list as it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._lists: dict[str, list[FileEntry]] = {}

    def of(self, noun: Noun) -> list[FileEntry]:
        """The entries of a list; seats in their order, the others in no particular one."""
        if noun.name not in self._lists:
            self._lists[noun.name] = [self._commission()] if noun.is_single else self._read(noun)
        return self._lists[noun.name]

    def keys(self, noun: str) -> dict[str, str]:
        """The keys of a list by id."""
        table = TABLES[noun]
        return dict(self.connection.execute(select(table.c.id, table.c.key)).all())

    def stored(self, digests: Iterable[str]) -> set[str]:
        """Of these SHA-256, the ones whose bytes the file has."""
        query = select(attachment_bytes.c.sha256)
        return {
            digest
            for digest in digests
            if self.connection.execute(query.where(attachment_bytes.c.sha256 == digest)).first()
        }

    def entries(self, *, with_bytes: bool = False) -> dict[str, list[dict[str, Any]]]:
        """The whole record: every setting there is a rule for, and bytes of attachments if asked for."""
        found = {noun.name: [entry.values for entry in self.of(noun)] for noun in NOUNS}
        found["settings"] = [*found["settings"], *self.defaults()]
        if with_bytes:
            for values in found["attachments"]:
                query = select(attachment_bytes.c.data).where(attachment_bytes.c.sha256 == values["sha256"])
                values["bytes"] = self.connection.execute(query).scalar()
        return found

    def defaults(self) -> list[dict[str, Any]]:
        """The settings that the file does not name from the beginning, with what is in force instead."""
        named = set(
            self.connection.execute(select(settings.c.name).where(settings.c.from_on.is_(None))).scalars()
        )
        return [
            {"name": spec.name, "value": spec.default, "from": None, "source": None, "note": None}
            for spec in SPECS
            if spec.name not in named
        ]

    @cached_property
    def attachment_owners(self) -> dict[tuple[str, str], str]:
        """What attachments belong to: (noun, id) to the text under which the record names it."""
        owners: dict[tuple[str, str], str] = {
            ("commission", self.connection.execute(select(commission.c.id)).scalar_one()): "commission"
        }
        for noun in AttachmentNoun:
            if noun.value in TABLES and "key" in TABLES[noun.value].c:
                owners |= {(noun.value, row_id): key for row_id, key in self.keys(noun.value).items()}
        query = select(posting_copies.c.id, posting_copies.c.number, meetings.c.key).join(
            meetings, meetings.c.id == posting_copies.c.meeting_id
        )
        for row_id, number, key in self.connection.execute(query):
            owners["posting_copies", row_id] = f"{key}/{number}"
        meeting_keys = self.keys("meetings")
        for row_id, meeting_id in self.connection.execute(select(minutes.c.id, minutes.c.meeting_id)):
            owners["minutes", row_id] = meeting_keys[meeting_id]
        return owners

    def _read(self, noun: Noun) -> list[FileEntry]:
        table = TABLES[noun.name]
        plain = [
            field
            for field in noun.fields
            if not isinstance(field.kind, Reference | Rows)
            and type(field.kind) is not Nested
            and not field.on_request
            and not field.given_only
        ]
        named = [
            (field, self.keys(field.kind.noun))
            for field in noun.fields
            if isinstance(field.kind, Reference) and not field.given_only
        ]
        nested = [(field, field.kind.fields) for field in noun.fields if type(field.kind) is Nested]
        keys_within = {name: self.keys(target) for _, name, target in noun.nested_references}
        below = {
            field.name: read_below(self.connection, noun, self.keys)
            for field in noun.fields
            if isinstance(field.kind, Rows)
        }
        found: list[FileEntry] = []
        for row in self.connection.execute(select(table)).mappings():
            values = {field.name: row[field.column] for field in plain}
            for field, keys in named:
                target = row[field.column]
                values[field.name] = None if target is None else keys[target]
            for field, parts in nested:
                inner = {part.name: row[part.column] for part in parts}
                inner |= {name: keys_within[name].get(inner[name]) for name in keys_within if name in inner}
                is_empty = all(inner[part.name] == part.default for part in parts)
                values[field.name] = None if is_empty else inner
            values |= {name: listed.get(row["id"], []) for name, listed in below.items()}
            found.append(FileEntry(row["id"], values))
        if noun.name == "attachments":
            for entry in found:
                entry.values["of"] = self.attachment_owners.get(
                    (entry.values["noun"], entry.values["of"]), entry.values["of"]
                )
        if noun.name == "seats":
            positions = dict(self.connection.execute(select(seats.c.id, seats.c.position)).all())
            found.sort(key=lambda e: (_SEAT_KINDS.index(e.values["kind"]), positions[e.id], e.values["key"]))
        return found

    def _commission(self) -> FileEntry:
        row = self.connection.execute(select(commission)).mappings().one()
        names = ("name", "city", "state", "country", "zone", "currency", "rules", "posting_places")
        values: dict[str, Any] = {name: row[name] for name in names}
        values["letterhead"] = {name: row[name] for name in ("address", "phone", "email", "website")}
        values["accommodation"] = {
            name: row[f"accommodation_{name}"] for name in ("contact", "phone", "hours_before")
        }
        values["notices"] = {name: row[name] for name in ("speaking", "late_papers")}
        query = (
            select(contacts.c.key, staff.c.title)
            .join(contacts, contacts.c.id == staff.c.contact_id)
            .order_by(staff.c.position, staff.c.id)
        )
        values["staff"] = [{"contact": key, "title": title} for key, title in self.connection.execute(query)]
        return FileEntry(row["id"], values)
