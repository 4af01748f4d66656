"""The paper "State of the commission": all that a new keeper needs on the first evening."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.clock_words import chip_text
from commission_app.domain.dates import long_day, short_moment
from commission_app.domain.findings import Finding, Level
from commission_app.domain.meetings import MeetingState
from commission_app.domain.money import format_money
from commission_app.domain.papers import PaperChoice
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.attention import AttentionService
from commission_app.services.backups import BackupService
from commission_app.services.campaigns import may_raise, read_standings
from commission_app.services.context import Context
from commission_app.services.copies import given_copies
from commission_app.services.inquiry_views import read_inquiries
from commission_app.services.meetings import read_meetings
from commission_app.services.members import read_quorum, read_seats
from commission_app.services.money_words import currency_of
from commission_app.services.organizations import read_organizations
from commission_app.services.paper_members import seat_table
from commission_app.services.paper_parts import Made, counted, report, short_day
from commission_app.services.pledge_lists import PledgeFilter, pledge_totals

_NEXT_MEETINGS: Final = 6
_HOW_TO_START: Final = (
    "1. Put the program on your computer and open it.\n"
    "2. Choose “Receive a hand-over” in the menu under the commission’s name, and the folder in which this "
    "paper lies. The program checks the file and asks where to keep it: an ordinary folder of your own disk, "
    "not one that is synchronized.\n"
    "3. Read the eight letters that it shows to the old keeper, whose file is then closed for writing.\n"
    "4. Home shows what needs attention, the most urgent first. F1 opens the help of each page."
)
_OPEN: Final = frozenset((PledgeState.OPEN, PledgeState.OVERDUE))
_LEVELS: Final = {Level.OVERDUE: "Late", Level.WARNING: "Soon", Level.INFO: "To know"}


def state_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """Members and seats, meetings and deadlines, inquiries, money, backups, what needs attention, and how
    to start, as of today. It names donors nowhere.
    """
    today = context.present(connection).today
    blocks = [
        Block(heading="What needs attention", table=_attention(context)),
        Block(
            heading="Seats and members",
            table=seat_table(read_seats(context, connection)),
            text=_quorum(context, connection),
        ),
        *_organizations(context, connection),
        Block(heading="Next meetings", table=_meetings(context, connection)),
        Block(heading="Open inquiries", table=_inquiries(context, connection)),
    ]
    if may_raise(context, connection):
        blocks.append(_money(context, connection))
    blocks += [
        Block(heading="Backups and copies", facts=_safety(context, connection)),
        Block(heading="How to start", text=_HOW_TO_START),
    ]
    paper = report(
        context,
        connection,
        "State of the commission",
        lines=(f"As of {long_day(today)}", "For the new keeper of the record"),
        blocks=blocks,
    )
    return Made(
        content=paper,
        title=f"state of the commission as of {long_day(today)}",
        file_stem=f"state-{today.isoformat()}",
        choice=choice,
    )


def _attention(context: Context) -> Table:
    found = [one for one in AttentionService(context).findings() if _is_told(one)]
    return Table(
        (Column(""), Column("What"), Column("About"), Column("Day")),
        tuple(_finding(*group) for group in _together(found)),
        none="Nothing: everything is in order.",
    )


def _is_told(one: Finding) -> bool:
    """Whether a finding stands on this paper: no pledge, which would name its donor, and nothing closed."""
    return one.level is not Level.OK and one.rule != "pledge-overdue" and one.values.get("state") != "closed"


def _together(found: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in their order, except that the meeting days of a year that are not in the file are one."""
    groups: dict[int | date, list[Finding]] = {}
    for place, one in enumerate(found):
        is_day = one.rule == "meeting-outcome" and one.subject.key is None
        year = one.due_on.replace(month=1, day=1) if is_day and one.due_on else place
        groups.setdefault(year, []).append(one)
    return list(groups.values())


def _finding(one: Finding, *others: Finding) -> tuple[str, ...]:
    due = short_day(one.due_on) if one.due_on else ""
    about, text = one.subject.name, one.text[:1].upper() + one.text[1:]
    if others and one.due_on:
        about, due = f"{len(others) + 1} regular meetings of {one.due_on.year}", f"from {due}"
    return _LEVELS[one.level], text, about, due


def _quorum(context: Context, connection: Connection) -> str:
    found = read_quorum(context, connection)
    return f"{found.filled} of {found.regular} regular seats are filled; {found.needed} make a quorum."


def _organizations(context: Context, connection: Connection) -> list[Block]:
    found = read_organizations(context, connection)
    if not found:
        return []
    facts = tuple(
        (view.contact.name, f"{view.roster.active} members, {view.roster.minimum} needed") for view in found
    )
    return [Block(heading="Community organizations", facts=facts)]


def _meetings(context: Context, connection: Connection) -> Table:
    now = context.present(connection)
    ahead = [
        view
        for view in read_meetings(context, connection)
        if view.meeting.state is MeetingState.SCHEDULED and view.meeting.on >= now.today
    ]
    ahead.sort(key=lambda view: view.meeting.starts)
    return Table(
        (Column("Meeting"), Column("Kind"), Column("Post the agenda by"), Column("Place")),
        tuple(
            (
                short_moment(view.meeting.starts),
                view.meeting.kind.value.capitalize(),
                short_moment(view.posting.deadline_local),
                view.meeting.place or "",
            )
            for view in ahead[:_NEXT_MEETINGS]
        ),
        none="No meeting is scheduled. Plan the year on the page Meetings.",
    )


def _inquiries(context: Context, connection: Connection) -> Table:
    return Table(
        (Column("City"), Column("Received"), Column("Clock"), Column("Next step")),
        tuple(
            (
                view.place,
                short_day(view.inquiry.received_on),
                chip_text(view.clock) if view.clock else "No clock",
                view.now.title if view.now else "All steps are done",
            )
            for view in read_inquiries(context, connection)
            if not view.inquiry.is_closed
        ),
        none="No inquiry is open.",
    )


def _money(context: Context, connection: Connection) -> Block:
    today = context.present(connection).today
    currency = currency_of(connection)
    standings = read_standings(connection, today)
    sums = [
        (s.campaign.goal_cents or 0, s.pledged_cents, s.received_cents, s.overdue_cents) for s in standings
    ]
    table = Table(
        (Column("Campaign"), *(Column(t, numeric=True) for t in ("Goal", "Pledged", "Received", "Overdue"))),
        tuple(
            (s.campaign.name, *(format_money(cents, currency) for cents in own))
            for s, own in zip(standings, sums, strict=True)
        ),
        ("Total", *(format_money(sum(c), currency, sign=True) for c in zip(*sums, strict=True)))
        if sums
        else (),
        none="There is no campaign.",
    )
    totals = pledge_totals(connection, today, PledgeFilter(kind=PledgeKind.MONEY, states=_OPEN))
    text = (
        f"{counted(totals.count, 'open pledge', 'open pledges')} of money: "
        f"{format_money(totals.balance_cents, currency, sign=True)} open, of which "
        f"{format_money(totals.overdue_cents, currency, sign=True)} is overdue."
    )
    return Block(heading="Campaigns and pledges", text=text, table=table)


def _safety(context: Context, connection: Connection) -> tuple[tuple[str, str], ...]:
    backups = BackupService(context)
    newest = backups.newest()
    zone = context.present(connection).zone
    copies = given_copies(connection)
    last = short_moment(newest.made_at.astimezone(zone)) if newest else "none yet"
    out = "\n".join(f"{copy.to}, {long_day(copy.at.astimezone(zone).date())}" for copy in copies)
    return (
        ("Last backup", last),
        ("Where they are", f"{backups.folder} on the old keeper’s computer; the new one makes its own."),
        ("Reading copies", out or "none given"),
    )
