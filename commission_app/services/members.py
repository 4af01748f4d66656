"""The commission's seats, terms and offices, and who attended."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from commission_app.domain.alternates import alternates_in_order
from commission_app.domain.attendance import (
    AttendanceSummary,
    RemoteUse,
    attendance_summary,
    remote_standing,
    remote_uses,
)
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.meetings import Attendance, Meeting, MeetingState
from commission_app.domain.members import Office, OfficeTitle, Seat, SeatKind, Term, TermDraft, TermEnd
from commission_app.domain.quorum import QuorumBasis, quorum_needed
from commission_app.domain.seat_history import SeatSpan, seat_history
from commission_app.domain.seats import SeatStanding, Vacancy, filled_regular, standings, vacancy_of
from commission_app.domain.text import fold
from commission_app.domain.validation import (
    check_day,
    check_office,
    check_seat,
    check_term,
    checked_contact,
    require,
)
from commission_app.errors import Problem
from commission_app.services.commission import read_commission
from commission_app.services.contacts import insert_contact, names
from commission_app.services.context import Context
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import attendance, contacts, meetings, offices, seats, terms
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """A seat as it stands on a day: its holder, its term, its state, and what a vacancy asks for; of an
    alternate's seat the place (from 1) in which its holder is asked to sit for an absent member.
    """

    seat: Seat
    standing: SeatStanding
    holder: Contact | None
    offices: tuple[OfficeTitle, ...] = ()
    vacancy: Vacancy | None = None
    precedence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term with its holder's name."""

    term: Term
    holder: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A stretch of a seat's history, with who sat there; None: nobody."""

    span: SeatSpan
    holder: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """An office with its holder's name."""

    office: Office
    holder: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumView:
    """How many make a quorum, of how many regular seats, and how many of them are filled."""

    needed: int
    basis: QuorumBasis
    regular: int
    filled: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMatrix:
    """Members by meetings over a period; `cells` by (contact id, meeting id). `remote` is of the calendar
    year, among those of the period's meetings, in which a member has least of the allowance left.
    """

    meetings: tuple[Meeting, ...]
    members: tuple[Contact, ...]
    cells: dict[tuple[str, str], Attendance]
    summaries: dict[str, AttendanceSummary]
    remote: dict[str, RemoteUse]
    warn_at: int


@dataclass(frozen=True, slots=True)
class MemberService:
    """Who sits in which seat, until when, in which office."""

    context: Context

    def seats(self, on: date | None = None) -> list[SeatView]:
        """Every seat as it stands on a day (default: today), regular seats first."""
        with self.context.database.reading() as connection:
            return read_seats(self.context, connection, on)

    def seat(self, seat_id: str) -> SeatView:
        """One seat as it stands today; raises NotFoundError."""
        with self.context.database.reading() as connection:
            row(connection, Seat, seats, seat_id)
            return next(view for view in read_seats(self.context, connection) if view.seat.id == seat_id)

    def terms_of(self, seat_id: str) -> list[TermView]:
        """The terms in a seat, the latest first."""
        with self.context.database.reading() as connection:
            found = rows(connection, Term, terms, terms.c.seat_id == seat_id, order=terms.c.from_on.desc())
            by_id = names(connection, (term.contact_id for term in found))
            return [TermView(term=term, holder=by_id[term.contact_id]) for term in found]

    def history_of(self, seat_id: str) -> list[SpanView]:
        """A seat's terms, holdovers and gaps from the first to the last, those to come included."""
        with self.context.database.reading() as connection:
            return read_histories(self.context, connection)[seat_id]

    def histories(self) -> dict[str, list[SpanView]]:
        """The history of every seat by its id."""
        with self.context.database.reading() as connection:
            return read_histories(self.context, connection)

    def quorum(self) -> QuorumView:
        """What makes a quorum today."""
        with self.context.database.reading() as connection:
            return read_quorum(self.context, connection)

    def appoint(self, draft: TermDraft, newcomer: ContactDraft | None = None) -> str:
        """Put a contact into a seat from a day on; raises ValidationError when terms would overlap.

        A `newcomer` is added to the contacts in the same step, in place of the draft's contact.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("appointed a member") as writer:
            if newcomer is not None:
                draft = replace(draft, contact_id=insert_contact(writer, newcomer))
            _check(writer, draft)
            name = row(writer.connection, Contact, contacts, draft.contact_id).name
            seat = row(writer.connection, Seat, seats, draft.seat_id)
            writer.what = f"appointed {name} to {seat.label}"
            return writer.insert(terms, **asdict(draft))

    def change_term(self, term_id: str, draft: TermDraft) -> None:
        """Change a term; raises ValidationError when terms would overlap."""
        self._change(term_id, draft, "changed a term")

    def _change(self, term_id: str, draft: TermDraft, what: str) -> None:
        with self.context.database.writing(what) as writer:
            _check(writer, draft, but=term_id)
            seat = row(writer.connection, Seat, seats, draft.seat_id)
            writer.what = f"{what} in {seat.label}"
            writer.update(terms, term_id, **asdict(draft))

    def end_term(self, term_id: str, ended: TermEnd, ended_on: date) -> None:
        """Record that a term ended before its time; the seat is vacant from the next day."""
        with self.context.database.reading() as connection:
            term = row(connection, Term, terms, term_id)
            name = row(connection, Contact, contacts, term.contact_id).name
        values = asdict(term) | {"ended": ended, "ended_on": ended_on}
        del values["id"]
        self._change(term_id, TermDraft(**values), f"ended the term of {name}")

    def note_vacancy(self, term_id: str, posted_on: date | None) -> None:
        """Record the day on which the notice of an unscheduled vacancy was posted; raises ValidationError for
        a day that has not come.
        """
        problems = check_day("vacancy_notice_on", posted_on, "The day of the notice")
        if not problems and posted_on is not None and posted_on > self.context.today().today:
            problems = [
                Problem("vacancy_notice_on", "This day has not come. Record the notice once it is up.")
            ]
        require(problems)
        with self.context.database.writing("recorded a vacancy notice") as writer:
            term = row(writer.connection, Term, terms, term_id)
            seat = row(writer.connection, Seat, seats, term.seat_id)
            writer.what = f"recorded the vacancy notice for {seat.label}"
            writer.update(terms, term_id, vacancy_notice_on=posted_on)

    def remove_term(self, term_id: str) -> None:
        """Remove a term that was entered in error."""
        with self.context.database.writing("removed a term") as writer:
            term = row(writer.connection, Term, terms, term_id)
            writer.what = f"removed a term in {row(writer.connection, Seat, seats, term.seat_id).label}"
            writer.remove(terms, term_id)

    def add_seat(self, kind: SeatKind, label: str, appointed_by: str | None) -> str:
        """Add a seat after the others of its kind; raises ValidationError."""
        require(check_seat(label))
        with self.context.database.writing(f"added the seat {label.strip()}") as writer:
            connection = writer.connection
            of_kind = seats.c.kind == kind
            last = connection.execute(select(func.max(seats.c.position)).where(of_kind)).scalar() or 0
            taken = set(connection.execute(select(seats.c.key)).scalars())
            number = next(n for n in range(last + 1, last + 10_000) if f"{kind.value}-{n}" not in taken)
            return writer.insert(
                seats,
                key=f"{kind.value}-{number}",
                kind=kind,
                label=label.strip(),
                appointed_by=appointed_by or None,
                position=last + 1,
            )

    def change_seat(self, seat_id: str, label: str, appointed_by: str | None) -> None:
        """Rename a seat or say who appoints to it; raises ValidationError."""
        require(check_seat(label))
        with self.context.database.writing(f"changed the seat {label.strip()}") as writer:
            writer.update(seats, seat_id, label=label.strip(), appointed_by=appointed_by or None)

    def remove_seat(self, seat_id: str) -> None:
        """Remove a seat that never had a term; raises ConflictError otherwise."""
        with self.context.database.writing("removed a seat") as writer:
            writer.what = f"removed the seat {row(writer.connection, Seat, seats, seat_id).label}"
            writer.remove(seats, seat_id)

    def offices(self) -> list[OfficeView]:
        """Every office that was or is held, the latest first."""
        with self.context.database.reading() as connection:
            found = rows(connection, Office, offices, order=offices.c.from_on.desc())
            by_id = names(connection, (office.contact_id for office in found))
            return [OfficeView(office=office, holder=by_id[office.contact_id]) for office in found]

    def elect(self, title: OfficeTitle, contact_id: str, from_on: date, to_on: date | None = None) -> str:
        """Give an office to a contact from a day on; who held it until then leaves it the day before."""
        require(check_office(from_on, to_on))
        with self.context.database.writing(f"recorded the new {title.value.replace('-', ' ')}") as writer:
            for earlier in rows(writer.connection, Office, offices, offices.c.title == title):
                if earlier.from_on < from_on and (earlier.to_on is None or earlier.to_on >= from_on):
                    writer.update(offices, earlier.id, to_on=from_on - timedelta(days=1))
            return writer.insert(offices, title=title, contact_id=contact_id, from_on=from_on, to_on=to_on)

    def change_office(self, office_id: str, from_on: date, to_on: date | None) -> None:
        """Change the days of an office."""
        with self.context.database.writing("changed an office") as writer:
            require(check_office(from_on, to_on))
            writer.update(offices, office_id, from_on=from_on, to_on=to_on)

    def remove_office(self, office_id: str) -> None:
        """Remove an office that was entered in error."""
        with self.context.database.writing("removed an office") as writer:
            writer.remove(offices, office_id)

    def attendance(self, year: int) -> AttendanceMatrix:
        """Who attended the held meetings of a calendar year."""
        return self.attendance_between(date(year, 1, 1), date(year, 12, 31))

    def attendance_between(self, from_on: date | None, to_on: date | None) -> AttendanceMatrix:
        """Who attended the held meetings from a day to a day; None: from the first, to the last."""
        with self.context.database.reading() as connection:
            return read_attendance(self.context, connection, from_on, to_on)


def read_seats(context: Context, connection: Connection, on: date | None = None) -> list[SeatView]:
    """Every seat as it stands on a day, within a transaction."""
    day = on or context.present(connection).today
    found = read_standings(context, connection, day)
    by_id = names(connection, (standing.holder for standing in found))
    body = read_commission(connection)
    held: dict[str, list[OfficeTitle]] = {}
    for office in rows(connection, Office, offices):
        if office.from_on <= day and (office.to_on is None or office.to_on >= day):
            held.setdefault(office.contact_id, []).append(office.title)
    in_order = [standing.seat.id for standing in read_alternates(context, connection, day)]
    views: list[SeatView] = []
    for standing in found:
        holder = by_id[standing.holder] if standing.holder else None
        views.append(
            SeatView(
                seat=standing.seat,
                standing=standing,
                holder=holder,
                offices=tuple(held.get(holder.id, ())) if holder else (),
                vacancy=vacancy_of(standing, body.country, body.state),
                precedence=in_order.index(standing.seat.id) + 1 if standing.seat.id in in_order else None,
            )
        )
    return views


def read_alternates(context: Context, connection: Connection, on: date) -> list[SeatStanding]:
    """The alternates in the order in which they are asked on a day, within a transaction."""
    book = context.rule_book(connection)
    return alternates_in_order(rows(connection, Seat, seats), rows(connection, Term, terms), on, book)


def read_histories(
    context: Context, connection: Connection, on: date | None = None
) -> dict[str, list[SpanView]]:
    """The history of every seat by its id, as a day (default: today) knows it, within a transaction."""
    day = on or context.present(connection).today
    book = context.rule_book(connection)
    held = rows(connection, Term, terms)
    by_id = names(connection, (term.contact_id for term in held))
    return {
        seat.id: [
            SpanView(span=span, holder=by_id.get(span.contact_id or ""))
            for span in seat_history(seat, held, day, book)
        ]
        for seat in rows(connection, Seat, seats)
    }


def read_standings(context: Context, connection: Connection, on: date) -> list[SeatStanding]:
    """The standing of every seat on a day, within a transaction."""
    book = context.rule_book(connection)
    return standings(rows(connection, Seat, seats), rows(connection, Term, terms), on, book)


def read_quorum(context: Context, connection: Connection, on: date | None = None) -> QuorumView:
    """What makes a quorum on a day, within a transaction."""
    day = on or context.present(connection).today
    book = context.rule_book(connection)
    found = read_standings(context, connection, day)
    return QuorumView(
        needed=quorum_needed(found, day, book),
        basis=QuorumBasis(book.text("quorum.basis", day)),
        regular=sum(standing.seat.kind is SeatKind.REGULAR for standing in found),
        filled=filled_regular(found),
        source=book.source("quorum.basis", day),
    )


def _check(writer: Writer, draft: TermDraft, *, but: str | None = None) -> None:
    connection = writer.connection
    others = [term for term in rows(connection, Term, terms) if term.id != but]
    labels = {seat.id: seat.label for seat in rows(connection, Seat, seats)}
    people = {contact.id: contact.name for contact in rows(connection, Contact, contacts)}
    require(check_term(draft, others, labels, people))


def read_attendance(
    context: Context, connection: Connection, from_on: date | None, to_on: date | None
) -> AttendanceMatrix:
    """Who attended the held meetings from a day to a day (None: all), within a transaction."""
    today, book = context.present(connection).today, context.rule_book(connection)
    sat = (MeetingState.HELD, MeetingState.NO_QUORUM)
    every = [one for one in rows(connection, Meeting, meetings, order=meetings.c.starts) if one.state in sat]
    held = [one for one in every if (from_on or date.min) <= one.on <= (to_on or date.max)]
    years = {one.on.year for one in held}
    counted = [one for one in every if one.on.year in years]  # an allowance is of whole years
    chosen, near = {one.id for one in held}, {one.id for one in counted}
    by_member: dict[str, list[Attendance]] = {}
    for entry in rows(connection, Attendance, attendance):
        if entry.meeting_id in near:
            by_member.setdefault(entry.contact_id, []).append(entry)
    called = {
        key: own
        for key, entries in by_member.items()
        if (own := [entry for entry in entries if entry.meeting_id in chosen])
    }
    by_id = names(connection, called)
    members = sorted(called, key=lambda key: fold(by_id[key].name))
    most = book.integer("attendance.max_consecutive_absences", today)
    ends = {year: min(today, date(year, 12, 31)) for year in sorted(years)}
    allowed = {year: book.integer("remote.uses_a_year", end) for year, end in ends.items()}
    uses = {key: remote_uses(key, counted, by_member[key]) for key in members}
    return AttendanceMatrix(
        meetings=tuple(held),
        members=tuple(by_id[key] for key in members),
        cells={(key, entry.meeting_id): entry for key, own in called.items() for entry in own},
        summaries={key: attendance_summary(key, held, called[key], most) for key in members},
        remote={key: found for key in members if (found := remote_standing(uses[key], allowed))},
        warn_at=most,
    )
