"""Importing contacts and memberships from a list: a verdict per row first, then one use case for all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import (
    CONTACT_FIELDS,
    MEMBERSHIP_FIELDS,
    MOST_ROWS,
    ImportLine,
    ImportPreview,
    ImportRow,
    ImportTable,
    Verdict,
    day_in,
    day_order,
    recognized,
)
from commission_app.domain.members import CommunityOrganization, Membership
from commission_app.domain.similarity import SimilarContacts
from commission_app.domain.text import fold
from commission_app.domain.validation import check_contact, check_membership
from commission_app.errors import NotFoundError, Problem, ValidationError
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import community_organizations, contacts, memberships

R = TypeVar("R")
#: Called with the rows done so far.
Told = Callable[[int], object] | None

_ORGANIZATIONS = ("organization", "organisation", "org", "company", "business")
_YES = ("yes", "y", "true", "1", "x")
_NO = ("", "no", "n", "false", "0")


@dataclass
class Reading:
    """What the rows of one import are compared with."""

    table: ImportTable
    columns: Mapping[str, int]
    known: SimilarContacts
    by_key: dict[str, Contact]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def cell(self, line: ImportLine, name: str) -> str:
        """What a row has for a field; empty where no column holds it, or the row ends before."""
        place = self.columns.get(name)
        return line.cells[place].strip() if place is not None and place < len(line.cells) else ""

    def is_number(self, line: ImportLine, name: str) -> bool:
        """Whether a workbook holds the cell as a number, so that nobody's way to write one matters."""
        return self.columns.get(name) in line.numbers


@dataclass(frozen=True, slots=True)
class ImportService:
    """Lists from elsewhere. Nothing is written until a preview is carried out."""

    context: Context

    def preview_contacts(
        self, table: ImportTable, mapping: Mapping[str, int] | None = None, *, told: Told = None
    ) -> ImportPreview:
        """A verdict for each row of a list of contacts; `mapping` is field to column, from 0. `told` is
        called now and then with the rows done, and may raise to stop.

        Raises ValidationError when no column holds a name or there are too many rows.
        """
        with self.context.database.reading() as connection:
            reading = begin(connection, table, mapping, CONTACT_FIELDS)
            found = tuple(_contact_row(reading, line) for line in counted(table.lines, told))
        return ImportPreview(rows=found, columns=reading.columns)

    def preview_memberships(
        self,
        organization_id: str,
        table: ImportTable,
        mapping: Mapping[str, int] | None = None,
        *,
        day_first: bool | None = None,
        told: Told = None,
    ) -> ImportPreview:
        """A verdict for each row of an organization's list of members.

        `day_first` reads 3/4/2026 as 3 April; None lets the list tell, and raises ValidationError
        when it does not.
        """
        with self.context.database.reading() as connection:
            reading = begin(connection, table, mapping, MEMBERSHIP_FIELDS)
            organization = row(connection, CommunityOrganization, community_organizations, organization_id)
            names = {organization.key, organization.id}
            names.add(fold(row(connection, Contact, contacts, organization.contact_id).name))
            roster: dict[str, list[Membership]] = {}
            where = memberships.c.organization_id == organization_id
            for membership in rows(connection, Membership, memberships, where):
                roster.setdefault(membership.contact_id, []).append(membership)
            first = days_first(reading) if day_first is None else day_first
            today = self.context.present(connection).today
            found = tuple(
                _membership_row(reading, line, roster, names, today, day_first=first)
                for line in counted(table.lines, told)
            )
        return ImportPreview(
            rows=found, columns=reading.columns, organization_id=organization_id, noun="memberships"
        )

    def preview_pledges(
        self,
        table: ImportTable,
        mapping: Mapping[str, int] | None = None,
        *,
        day_first: bool | None = None,
        decimal_comma: bool | None = None,
        told: Told = None,
    ) -> ImportPreview:
        """A verdict for each row of a list of pledges, with what was paid before where a column tells.

        Raises ValidationError when a needed column is missing, or days or amounts can be read in
        two ways.
        """
        from commission_app.services.money_cells import HowWritten
        from commission_app.services.money_imports import preview_pledges

        how = HowWritten(day_first, decimal_comma)
        return preview_pledges(self.context, table, mapping, how, told)

    def preview_payments(
        self,
        table: ImportTable,
        mapping: Mapping[str, int] | None = None,
        *,
        day_first: bool | None = None,
        decimal_comma: bool | None = None,
        told: Told = None,
    ) -> ImportPreview:
        """A verdict for each row of a list of payments. Each pays the pledge that it names, else the open
        ones of its payer (to its campaign, if it names one), the oldest instalments first.

        Raises ValidationError when a needed column is missing, or days or amounts can be read in
        two ways.
        """
        from commission_app.services.money_cells import HowWritten
        from commission_app.services.money_imports import preview_payments

        how = HowWritten(day_first, decimal_comma)
        return preview_payments(self.context, table, mapping, how, told)

    def carry_out(self, preview: ImportPreview, *, told: Told = None) -> int:
        """Write the chosen rows as one use case, after a backup; returns how many were written. Where `told`
        raises, nothing was written.
        """
        from commission_app.services.backups import BackupService

        BackupService(self.context).make_if_changed("import")
        if preview.noun in ("pledges", "payments"):
            from commission_app.services.money_imports import carry_out

            return carry_out(self.context, preview, told)
        chosen = preview.chosen
        organization_id = preview.organization_id
        noun = "contact" if organization_id is None else "member"
        what = f"imported {len(chosen):,} {noun}{'' if len(chosen) == 1 else 's'}"
        with self.context.database.writing(what) as writer:
            for entry in counted(chosen, told):
                contact_id = entry.contact_id
                if contact_id is None:
                    if entry.contact is None:
                        raise NotFoundError(f"Row {entry.number} has nothing to import.")
                    contact_id = insert_contact(writer, entry.contact)
                if organization_id is not None:
                    writer.insert(
                        memberships,
                        organization_id=organization_id,
                        contact_id=contact_id,
                        from_on=entry.from_on,
                        to_on=entry.to_on,
                    )
        return len(chosen)


def counted(rows: Sequence[R], told: Told) -> Iterator[R]:
    """Rows one by one, telling now and then how many are done."""
    for done, each in enumerate(rows):
        if told is not None and done % 100 == 0:
            told(done)
        yield each


def begin(
    connection: Connection, table: ImportTable, mapping: Mapping[str, int] | None, fields: Sequence[str]
) -> Reading:
    """What an import begins with; ValidationError when no column holds a name or there are too many rows."""
    columns = dict(mapping) if mapping is not None else recognized(table, fields)
    problems = []
    if len(table.lines) > MOST_ROWS:
        problems.append(
            Problem("", f"The list has {len(table.lines):,} rows; at most {MOST_ROWS:,} are read.")
        )
    if lacking("contacts", columns):
        known = ", ".join(table.header) or "none"
        problems.append(Problem("", f"No column holds a name. The columns are: {known}."))
    if problems:
        raise ValidationError(problems)
    people = rows(connection, Contact, contacts, order=contacts.c.id)
    return Reading(
        table,
        columns,
        SimilarContacts(people, rows=len(table.lines)),
        {contact.key: contact for contact in people},
    )


def days_first(reading: Reading, names: Sequence[str] = ("from", "to")) -> bool:
    """Whether the days of a list in these columns put the day first; ValidationError when nothing tells."""
    cells = [reading.cell(line, name) for line in reading.table.lines for name in names]
    found = day_order([cell for cell in cells if cell])
    if found is None:
        message = "Days like 3/4/2026 can be read in two ways. Say whether the day or the month comes first."
        raise ValidationError([Problem("day_first", message)])
    return found


def contact_draft(reading: Reading, line: ImportLine) -> tuple[ContactDraft, list[str]]:
    """The contact that a row describes, cleaned, with what is wrong with it in words."""
    name = reading.cell(line, "name") or " ".join(
        part for part in (reading.cell(line, "first_name"), reading.cell(line, "last_name")) if part
    )
    wrong: list[str] = []
    kind = fold(reading.cell(line, "kind"))
    if kind and kind != "person" and kind not in _ORGANIZATIONS:
        wrong.append(f"{reading.cell(line, 'kind')} is neither person nor organization.")
    minor = fold(reading.cell(line, "minor"))
    if minor not in (*_YES, *_NO):
        wrong.append(f"Minor is yes or no, not {reading.cell(line, 'minor')}.")
    place = " ".join(
        part for part in (reading.cell(line, "region"), reading.cell(line, "postal_code")) if part
    )
    town = ", ".join(part for part in (reading.cell(line, "town"), place) if part)
    address = "\n".join(part for part in (reading.cell(line, "address"), town) if part)
    draft = ContactDraft(
        key=reading.cell(line, "key") or None,
        kind=ContactKind.ORGANIZATION if kind in _ORGANIZATIONS else ContactKind.PERSON,
        name=name,
        email=reading.cell(line, "email") or None,
        phone=reading.cell(line, "phone") or None,
        address=address or None,
        language=reading.cell(line, "language") or None,
        minor=minor in _YES,
        ein=reading.cell(line, "ein") or None,
        note=reading.cell(line, "note") or None,
    )
    wrong += [problem.message for problem in check_contact(draft)]
    if reading.table.header and len(line.cells) > len(reading.table.header):
        wrong.append(f"The row has {len(line.cells)} cells; there are {len(reading.table.header)} columns.")
    return (draft if wrong else cleaned(draft)[0]), wrong


def _contact_row(reading: Reading, line: ImportLine) -> ImportRow:
    draft, wrong = contact_draft(reading, line)
    found = ImportRow(
        number=line.number,
        name=draft.name,
        verdict=Verdict.ADD,
        contact=draft,
        is_chosen=True,
        adds_more=False,
    )
    if wrong:
        return replace(found, verdict=Verdict.REFUSED, message=" ".join(wrong), is_chosen=False)
    twice = _seen(reading, line, draft)
    if twice:
        return replace(found, verdict=Verdict.PRESENT, message=twice, is_chosen=False)
    holder = reading.by_key.get(draft.key or "")
    if holder is not None and fold(holder.name) != fold(draft.name):
        message = f"The key {draft.key} belongs to {holder.name}."
        return replace(found, verdict=Verdict.REFUSED, message=message, is_chosen=False)
    same = holder or reading.known.same(draft)
    if same is not None:
        return replace(found, verdict=Verdict.PRESENT, similar_id=same.id, is_chosen=False)
    return or_similar(reading, found)


def or_similar(reading: Reading, found: ImportRow) -> ImportRow:
    """The row as it is, or not chosen yet because a contact resembles it."""
    if found.contact is None:
        return found
    alike = reading.known.similar(found.contact)
    if not alike:
        return found
    message = f"{alike[0].contact.name}: {', '.join(alike[0].reasons)}"
    return replace(
        found, verdict=Verdict.SIMILAR, message=message, similar_id=alike[0].contact.id, is_chosen=False
    )


def _seen(reading: Reading, line: ImportLine, draft: ContactDraft) -> str:
    """In words, which earlier row is the same; empty for a new one."""
    mark = fold(draft.name), fold(draft.email or "")
    first = reading.seen.setdefault(mark, line.number)
    if first == line.number and draft.key:
        first = reading.keys.setdefault(draft.key, line.number)
    return "" if first == line.number else f"The same as row {first}."


def _membership_row(
    reading: Reading,
    line: ImportLine,
    roster: Mapping[str, Sequence[Membership]],
    names: set[str],
    today: date,
    *,
    day_first: bool,
) -> ImportRow:
    holder = reading.by_key.get(reading.cell(line, "key") or reading.cell(line, "name"))
    draft, wrong = contact_draft(reading, line)
    days: dict[str, date | None] = {"from": None, "to": None}
    for name in days:
        cell = reading.cell(line, name)
        try:
            days[name] = day_in(cell, today, day_first=day_first) if cell else None
        except ValidationError as error:
            wrong += [problem.message for problem in error.problems]
    other = reading.cell(line, "organization")
    if other and other not in names and fold(other) not in names:
        wrong.append(f"The row is of another organization, {other}.")
    found = ImportRow(
        number=line.number,
        name=holder.name if holder else draft.name,
        verdict=Verdict.ADD,
        contact=draft,
        from_on=days["from"],
        to_on=days["to"],
        is_chosen=True,
    )
    same = holder or (None if wrong else reading.known.same(draft))
    others = roster.get(same.id, ()) if same else ()
    if any((old.from_on, old.to_on) == (found.from_on, found.to_on) for old in others) or (
        any(old.to_on is None or old.to_on >= today for old in others) and not any(days.values())
    ):
        return replace(found, verdict=Verdict.PRESENT, is_chosen=False)
    if not wrong:
        wrong += [problem.message for problem in check_membership(found.from_on, found.to_on, others)]
    if wrong:
        return replace(found, verdict=Verdict.REFUSED, message=" ".join(wrong), is_chosen=False)
    twice = _seen(reading, line, draft)
    if twice:
        return replace(found, verdict=Verdict.PRESENT, message=twice, is_chosen=False)
    if same is not None:
        return replace(found, contact_id=same.id, similar_id=same.id, message="Among the contacts already.")
    return or_similar(reading, found)
