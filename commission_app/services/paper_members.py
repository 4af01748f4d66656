"""Papers about people: seats, terms that end, attendance, rosters, the directory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import (
    CommunityOrganization,
    Membership,
    OfficeTitle,
    Seat,
    SeatState,
    Term,
)
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.rosters import RosterCount, persons, roster_count
from commission_app.domain.seats import last_day, terms_ending
from commission_app.domain.text import fold
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.members import AttendanceMatrix, SeatView, read_attendance, read_seats
from commission_app.services.organizations import read_organizations
from commission_app.services.paper_parts import (
    CLERK,
    Made,
    counted,
    day_or_today,
    report,
    short_day,
    shown_name,
)
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    community_organizations,
    contacts,
    memberships,
    seats,
    terms,
)

_STATES = {
    SeatState.FILLED: "Filled",
    SeatState.ENDING_SOON: "Ending soon",
    SeatState.HOLDOVER: "Holdover",
    SeatState.VACANT: "Vacant",
}
_OFFICES = {
    OfficeTitle.CHAIR: "Chair",
    OfficeTitle.VICE_CHAIR: "Vice Chair",
    OfficeTitle.SECRETARY: "Secretary",
    OfficeTitle.TREASURER: "Treasurer",
}


# ---- Seats ----------------------------------------------------------------------------------------


def seats_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The certified roster of seats as of a day."""
    day = day_or_today(context, connection, choice.as_of)
    found = read_seats(context, connection, day)
    if not found:
        raise NothingToPrintError("seats", "The commission has no seats yet.")
    filled = sum(view.standing.is_filled for view in found)
    certificate = (
        f"I certify that this is the roster of the Commission's seats as of {long_day(day)}, as its record "
        "has it."
    )
    paper = report(
        context,
        connection,
        "Certified roster of seats",
        lines=(f"As of {long_day(day)}", f"{filled} of {counted(len(found), 'seat', 'seats')} filled"),
        blocks=[Block(table=seat_table(found))],
        certificate=certificate,
    )
    return Made(
        content=replace(paper, signer=CLERK),
        title=f"roster of seats as of {long_day(day)}",
        file_stem=f"seats-{day.isoformat()}",
        choice=replace(choice, as_of=day),
    )


def seat_table(found: Sequence[SeatView]) -> Table:
    """The seats with who holds each, and until when."""
    columns = ("Seat", "Member", "Office", "Appointed by", "Term began", "Term ends", "State")
    return Table(
        tuple(map(Column, columns)), tuple(_seat_cells(view) for view in found), none="No seats yet."
    )


def _seat_cells(view: SeatView) -> tuple[str, ...]:
    term = view.standing.term
    held = term is not None and view.holder is not None
    by = (term.appointed_by if term and held else None) or view.seat.appointed_by or ""
    return (
        view.seat.label,
        view.holder.name if view.holder else "",
        ", ".join(_OFFICES[title] for title in view.offices),
        by,
        short_day(term.from_on) if term and held else "",
        (short_day(term.to_on) if term.to_on else "no end") if term and held else "",
        _STATES[view.standing.state],
    )


def terms_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The appointive terms that expire in a year (default: the next one) [Gov. Code 54972]."""
    year = choice.year or context.present(connection).today.year + 1
    by_seat = {seat.id: seat for seat in rows(connection, Seat, seats)}
    if not by_seat:
        raise NothingToPrintError("seats", "The commission has no seats yet.")
    found = terms_ending(rows(connection, Term, terms), year)
    by_id = names(connection, (term.contact_id for term in found))
    columns = ("Seat", "Incumbent", "Appointed by", "Confirmed", "Term began", "Term expires")
    cells = [
        (
            by_seat[term.seat_id].label,
            by_id[term.contact_id].name,
            term.appointed_by or by_seat[term.seat_id].appointed_by or "",
            short_day(term.confirmed_on) if term.confirmed_on else "",
            short_day(term.from_on),
            short_day(last),
        )
        for term in found
        if (last := last_day(term)) is not None
    ]
    table = Table(tuple(map(Column, columns)), tuple(cells), none=f"No term expires in {year}.")
    paper = report(
        context,
        connection,
        f"Terms ending in {year}",
        lines=(counted(len(cells), "term expires", "terms expire") if cells else "",),
        blocks=[Block(table=table)],
        note=(
            "This list of appointive terms that expire during the next calendar year is due by December 31 "
            "(Government Code section 54972)."
        ),
    )
    return Made(
        content=paper,
        title=f"list of the terms that end in {year}",
        file_stem=f"terms-ending-{year}",
        choice=replace(choice, year=year),
    )


# ---- Attendance -----------------------------------------------------------------------------------


def attendance_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """Attendance by member from a day to a day; the usual is this year until today."""
    today = context.present(connection).today
    to_on = choice.to_on or today
    from_on = choice.from_on or to_on.replace(month=1, day=1)
    choice = replace(choice, from_on=from_on, to_on=to_on)
    found = read_attendance(context, connection, from_on, to_on)
    span = f"{long_day(from_on)} to {long_day(to_on)}"
    days = "; ".join(
        long_day(meeting.on) + (" (no quorum)" if meeting.state is MeetingState.NO_QUORUM else "")
        for meeting in found.meetings
    )
    facts = (("Meetings", days),) if found.meetings else ()
    titles = ("Present", "Remote", "Excused", "Absent", "Share", "Longest run", "Remote a year")
    table = Table(
        (Column("Member"), *(Column(title, numeric=True) for title in titles)),
        tuple(_attendance_cells(found, member, choice) for member in found.members),
        none="No roll was recorded at a meeting in these days.",
    )
    held = len(found.meetings)
    paper = report(
        context,
        connection,
        "Attendance by member",
        lines=(span, counted(held, "meeting", "meetings") if held else ""),
        blocks=[Block(facts=facts, table=table)],
        note=_attendance_note(found),
    )
    stem = f"attendance-{from_on.isoformat()}-{to_on.isoformat()}"
    return Made(content=paper, title=f"attendance by member from {span}", file_stem=stem, choice=choice)


def _attendance_cells(found: AttendanceMatrix, member: Contact, choice: PaperChoice) -> tuple[str, ...]:
    of, remote = found.summaries[member.id], found.remote.get(member.id)
    counts = map(str, (of.present, of.remote, of.excused, of.absent))
    share = "" if of.share is None else f"{of.share:.0%}"
    run = f"{of.longest_absence} *" if of.warns else str(of.longest_absence)
    uses = ""
    if remote is not None:
        uses = f"{remote.uses} of {remote.allowed}" + (" *" if remote.is_over else "")
    return shown_name(member, choice), *counts, share, run, uses


def _attendance_note(found: AttendanceMatrix) -> str:
    if not found.members:
        return ""
    parts = ["Share: present or remote, of the meetings at whose roll the member was called."]
    parts.append("Longest run: of absences. Remote a year: of the times allowed in a calendar year.")
    if any(of.warns for of in found.summaries.values()):
        parts.append(f"* {found.warn_at} absences in a row or more.")
    if any(one.is_over for one in found.remote.values()):
        parts.append("* More often from elsewhere than is allowed.")
    return " ".join(parts)


# ---- Community organizations and contacts ---------------------------------------------------------


def roster_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The members of a community organization on a day, with count, margin and forecast."""
    day = day_or_today(context, connection, choice.as_of)
    organization = _organization(context, connection, choice.organization)
    own = rows(connection, Membership, memberships, memberships.c.organization_id == organization.id)
    by_id = names(connection, (organization.contact_id, *(one.contact_id for one in own)))
    count = roster_count(own, persons(by_id.values()), day, context.rule_book(connection))
    current = [one for one in own if (one.from_on or date.min) <= day <= (one.to_on or date.max)]
    current.sort(key=lambda one: (fold(by_id[one.contact_id].name), one.from_on or date.min))
    cells = [
        (
            shown_name(by_id[one.contact_id], choice),
            short_day(one.from_on) if one.from_on else "before the record",
            short_day(one.to_on) if one.to_on else "no end",
        )
        for one in current
    ]
    columns = (Column("Member"), Column("Since"), Column("Until"))
    name = by_id[organization.contact_id].name
    paper = report(
        context,
        connection,
        "Roster of members",
        lines=(name, f"As of {long_day(day)}", f"{counted(count.active, 'member', 'members')}"),
        blocks=[
            Block(facts=_standing(count)),
            Block(
                heading="Members",
                table=Table(columns, tuple(cells), none=f"{name} has no member on this day."),
            ),
            Block(
                heading="Forecast",
                text=f"Counted at the end of each month from what is known on {long_day(day)}.",
                table=_forecast(count),
            ),
        ],
    )
    return Made(
        content=paper,
        title=f"roster of {name} as of {long_day(day)}",
        file_stem=f"roster-{name}-{day.isoformat()}",
        choice=replace(choice, organization=organization.id, as_of=day),
    )


def _organization(context: Context, connection: Connection, chosen: str | None) -> CommunityOrganization:
    if chosen is not None:
        return row(connection, CommunityOrganization, community_organizations, chosen)
    found = read_organizations(context, connection)
    if not found:
        raise NothingToPrintError("organizations", "No community organization is in the file yet.")
    return found[0].organization


def _standing(count: RosterCount) -> tuple[tuple[str, str], ...]:
    if count.active < count.minimum:
        margin, forecast = f"{-count.margin} under the minimum", "Under the minimum now"
    else:
        margin = f"{count.margin} above the minimum" if count.margin else "None: one fewer is too few"
        forecast = f"Not under {count.minimum} within twelve months"
        if count.falls_under_on:
            forecast = f"Falls under {count.minimum} on {long_day(count.falls_under_on)}"
    return (
        ("Members", str(count.active)),
        ("Needed", str(count.minimum)),
        ("Margin", margin),
        ("Forecast", forecast),
    )


def _forecast(count: RosterCount) -> Table:
    cells = tuple(
        (long_day(on), str(active), f"{active - count.minimum:+d}" if active != count.minimum else "0")
        for on, active in count.forecast
    )
    columns = (Column("On"), Column("Members", numeric=True), Column("Margin", numeric=True))
    return Table(columns, cells)


def contacts_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The contact directory, people and organizations by name; who is under 18 only if that is asked for."""
    every = rows(connection, Contact, contacts, order=contacts.c.search_key)
    found = [contact for contact in every if choice.minors or not contact.minor]
    left_out = len(every) - len(found)
    if not every:
        raise NothingToPrintError("contacts", "No contact is in the file yet.")
    today = context.present(connection).today
    columns = tuple(map(Column, ("Name", "E-mail", "Telephone", "Address")))
    cells = tuple(
        (
            contact.name,
            contact.email or "",
            contact.phone or "",
            ", ".join(line.strip() for line in (contact.address or "").splitlines() if line.strip()),
        )
        for contact in found
    )
    paper = report(
        context,
        connection,
        "Contact directory",
        lines=(long_day(today), counted(len(found), "contact", "contacts")),
        note=f"{counted(left_out, 'person', 'people')} under 18 left out." if left_out else "",
        blocks=[Block(table=Table(columns, cells))],
        is_private=True,
    )
    return Made(
        content=paper,
        title=f"contact directory of {long_day(today)}",
        file_stem=f"contacts-{today.isoformat()}",
        choice=choice,
        is_private=True,
    )
