""" "Check my records": one function a check, told in words that a person understands."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, select, text

from commission_app.domain.campaigns import Campaign
from commission_app.domain.contacts import Contact
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import Seat, Term
from commission_app.domain.pledge_accounts import misfits_of
from commission_app.domain.pledge_checks import check_campaign, check_payment, check_pledge
from commission_app.domain.rule_book import check_setting
from commission_app.domain.validation import (
    check_commission,
    check_contact,
    check_meeting,
    check_membership,
    check_office,
    check_posting,
    check_term,
)
from commission_app.errors import CommissionError, Problem
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.storage import history, inspection, pledge_figures
from commission_app.storage.database import Database
from commission_app.storage.pledge_reading import read_payments, read_pledges
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    attachment_bytes,
    attachments,
    campaigns,
    contacts,
    in_record_order,
    meetings,
    memberships,
    offices,
    pledges,
    posting_copies,
    postings,
    seats,
    settings,
    terms,
)
from commission_app.storage.writer import Values

#: How many problems of one check are told.
MOST_PROBLEMS: Final = 20


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its short name, what it looks at in words, and each thing wrong as a sentence."""

    name: str
    text: str
    problems: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class VerificationService:
    """The checks of a file; none of them writes."""

    context: Context

    def run(self) -> list[CheckResult]:
        """Every check, in order; a check that cannot be carried out tells why."""
        with self.context.database.reading() as connection:
            return [
                CheckResult(name, words, self._problems(check, connection)) for name, words, check in CHECKS
            ]

    def _problems(self, check: "Check", connection: Connection) -> tuple[str, ...]:
        found: list[str] = []
        try:
            for problem in check(self.context, connection):
                if len(found) == MOST_PROBLEMS:
                    found.append("There is more of the same.")
                    break
                found.append(problem)
        except (CommissionError, LookupError, ValueError, TypeError) as error:  # a row that cannot be read
            found.append(f"This check could not be finished: {error}")
        return tuple(found)


Check = Callable[[Context, Connection], Iterator[str]]


def schema(context: Context, connection: Connection) -> Iterator[str]:
    """The tables, indexes and triggers are those of the file's version."""
    version = inspection.inspect_header(context.database.path)
    driver = connection.connection.driver_connection
    if driver is None or inspection.schema_digest(driver) != inspection.SCHEMA_DIGESTS[version]:
        yield "The file holds tables or triggers that this program did not make."


def pages(context: Context, connection: Connection) -> Iterator[str]:
    """Every page of the file is whole."""
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"The file is damaged: {line}."


def references(context: Context, connection: Connection) -> Iterator[str]:
    """Every row that another row names is there."""
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} names a row of {row[2]} that is not there."


def change_log(context: Context, connection: Connection) -> Iterator[str]:
    """Replaying the change log gives exactly the rows that are in the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "replayed.commission"
        Database.create(path)
        replayed = Database(path, who="")
        try:
            with replayed.keeping() as into:
                history.replay(connection, into)
            with replayed.reading() as into:
                rebuilt = history.rows_of_record(into)
        finally:
            replayed.close()
    present = history.rows_of_record(connection)
    for table in in_record_order():
        yield from _differences(table, present[table.name], rebuilt[table.name])


def _differences(table: Table[Any], present: list[Values], rebuilt: list[Values]) -> Iterator[str]:
    logged = {row["id"]: row for row in rebuilt}
    for row in present:
        other = logged.pop(row["id"], None)
        if other is None:
            yield f"A row of {table.name} ({_name_of(row)}) is not in the change log."
        elif other != row:
            names = ", ".join(name for name in row if row[name] != other[name])
            yield f"A row of {table.name} ({_name_of(row)}) was changed past the change log: {names}."
    for row in logged.values():
        yield f"A row of {table.name} ({_name_of(row)}) is in the change log and no longer in the file."


def _name_of(row: Values) -> str:
    return str(row.get("name") or row.get("title") or row.get("label") or row.get("key") or row["id"])


def attachment_hashes(context: Context, connection: Connection) -> Iterator[str]:
    """The bytes of every attachment and posting copy are there and unchanged."""
    whole: set[str] = set()
    for digest in connection.execute(select(attachment_bytes.c.sha256)).scalars().all():
        data = connection.execute(
            select(attachment_bytes.c.data).where(attachment_bytes.c.sha256 == digest)
        ).scalar_one()
        if hashlib.sha256(data).hexdigest() == digest:
            whole.add(digest)
        else:
            yield f"The bytes under {digest[:12]} are not what they were when they were stored."
            whole.add(digest)
    for name, digest in connection.execute(select(attachments.c.name, attachments.c.sha256)):
        if digest not in whole:
            yield f"The bytes of {name} are not in the file. Load them from an export with attachments."
    listed = set(connection.execute(select(attachments.c.sha256)).scalars())
    for number, digest in connection.execute(select(posting_copies.c.number, posting_copies.c.sha256)):
        if digest not in whole and digest not in listed:
            yield f"The paper of posting copy {number} ({digest[:12]}) is not in the file."


def rules(context: Context, connection: Connection) -> Iterator[str]:
    """Every row keeps the rules that a form or a record would be checked by."""
    zone = context.present(connection).zone
    for found in rows(connection, Contact, contacts):
        yield from _told(f"The contact {found.name}", check_contact(found))
    for meeting in rows(connection, Meeting, meetings):
        yield from _told(f"The meeting of {meeting.on}", check_meeting(meeting, zone))
    labels = {seat.id: seat.label for seat in rows(connection, Seat, seats)}
    names = dict(connection.execute(select(contacts.c.id, contacts.c.name)).all())
    by_party: dict[str, list[Term]] = {}
    for term in rows(connection, Term, terms, order=terms.c.from_on):
        near = {t.id: t for party in (term.seat_id, term.contact_id) for t in by_party.get(party, ())}
        what = f"The term of {names.get(term.contact_id)} in {labels.get(term.seat_id)}"
        yield from _told(what, check_term(term, near.values(), labels, names))
        for party in (term.seat_id, term.contact_id):
            by_party.setdefault(party, []).append(term)
    for contact_id, first, last in connection.execute(
        select(offices.c.contact_id, offices.c.from_on, offices.c.to_on)
    ):
        yield from _told(f"The office of {names.get(contact_id)}", check_office(first, last))
    for contact_id, begins, ends in connection.execute(
        select(memberships.c.contact_id, memberships.c.from_on, memberships.c.to_on)
    ):
        yield from _told(f"The membership of {names.get(contact_id)}", check_membership(begins, ends))
    for place, posted_at, by in connection.execute(
        select(postings.c.place, postings.c.posted_at, postings.c.by)
    ):
        yield from _told(f"The posting at {place}", check_posting(place, posted_at, by=by))
    for name, value in connection.execute(select(settings.c.name, settings.c.value)):
        yield from _told(f"The rule {name}", check_setting(name, value))
    yield from _told("The commission", check_commission(read_commission(connection)))


def pledge_rules(context: Context, connection: Connection) -> Iterator[str]:
    """Every campaign, pledge and payment keeps the rules, and payments fit what was promised."""
    for campaign in rows(connection, Campaign, campaigns):
        yield from _told(f"The campaign {campaign.name}", check_campaign(campaign))
    names = dict(connection.execute(select(contacts.c.id, contacts.c.name)).all())
    for payment in read_payments(connection):
        what = f"The payment by {names.get(payment.payer_id)} on {payment.received_on}"
        yield from _told(what, check_payment(payment))
    for found in read_pledges(connection).values():
        what = f"The pledge by {names.get(found.pledge.donor_id)} of {found.pledge.pledged_on}"
        yield from _told(what, check_pledge(found.pledge))
        for misfit in misfits_of(found):
            yield f"{what}: {misfit.message}"


def pledge_plans(context: Context, connection: Connection) -> Iterator[str]:
    """The figures that lists and totals are made of are those of the pledges."""
    known = dict(
        connection.execute(
            select(pledges.c.id, contacts.c.name).join(contacts, contacts.c.id == pledges.c.donor_id)
        ).all()
    )
    for pledge_id in pledge_figures.differences(connection):
        yield f"The figures of the pledge by {known.get(pledge_id, 'nobody')} are not those of its record."


def _told(what: str, problems: list[Problem]) -> Iterator[str]:
    for problem in problems:
        yield f"{what}: {problem.message}"


CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("schema", "The file has the tables of this program and no others.", schema),
    ("pages", "Every page of the file is whole.", pages),
    ("references", "Everything that a record names is there.", references),
    ("change-log", "The change log tells how every record came about.", change_log),
    ("attachments", "Attachments and posting copies are as they were stored.", attachment_hashes),
    ("rules", "Every record keeps the rules.", rules),
    ("money", "Pledges and payments keep the rules and fit each other.", pledge_rules),
    ("figures", "The figures of pledges in lists and totals are those of the record.", pledge_plans),
)
