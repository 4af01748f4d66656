"""The lists that the window shows: findings, meetings, members, memberships."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.domain.dates import day_text, moment_text, weekday_text
from commission_app.domain.findings import Finding, Level

if TYPE_CHECKING:
    from commission_app.services.session import Session

_LEVEL_WORDS = {
    Level.OVERDUE: "Overdue",
    Level.WARNING: "Soon",
    Level.INFO: "To know",
    Level.OK: "In order",
}


def headed(session: "Session", name: str, entries: list[Any]) -> dict[str, Any]:
    """A list as its JSON document."""
    return {
        "file": session.path.name,
        "as_of": session.context.today().today.isoformat(),
        name: entries,
    }


@command("check")
@FILE
@pass_call
def check(call: Call, file: Path) -> None:
    """What needs attention and what is in order, the most urgent first.

    The exit status is 1 when something is overdue.
    """
    with call.reading(file) as session:
        findings = session.attention.findings()
        document = headed(session, "findings", [_finding(found) for found in findings])
        today = session.context.today().today
    call.answer(document, lambda: _finding_lines(findings, today))
    call.mention_place(file)
    if any(found.level is Level.OVERDUE for found in findings):
        call.exit_code = 1


def _finding(found: Finding) -> dict[str, Any]:
    subject = found.subject
    return {
        "rule": found.rule,
        "level": found.level.value,
        "subject": {"noun": subject.noun, "key": subject.key, "name": subject.name},
        "text": found.text,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "source": found.source,
        "values": dict(found.values),
    }


def _finding_lines(findings: list[Finding], today: date) -> list[str]:
    lines = [f"As of {weekday_text(today)}"]
    for level in Level:
        of_level = [found for found in findings if found.level is level]
        if of_level:
            rows = [
                [
                    weekday_text(found.due_on) if found.due_on else "",
                    found.subject.name,
                    found.text,
                    f"[{found.source}]",
                ]
                for found in of_level
            ]
            lines += ["", _LEVEL_WORDS[level], *(f"  {line}" for line in columns(rows))]
    if len(lines) == 1:
        lines.append("Nothing needs attention.")
    return lines


@command("meetings")
@FILE
@click.option(
    "--ics",
    "calendar",
    type=click.Path(path_type=Path),
    help="Write them for a calendar program instead, to a file that ends in .ics.",
)
@click.option("--year", type=click.IntRange(1900, 2100), help="Only the meetings of a year; with --ics.")
@pass_call
def meetings(call: Call, file: Path, calendar: Path | None, year: int | None) -> None:
    """The meetings in order of time, with posting deadline, posting state and quorum.

    A calendar that took the meetings in before is brought up to date when it takes them in again.
    """
    if calendar is not None:
        _write_calendar(call, file, calendar, year)
        return
    if year is not None:
        raise click.UsageError("--year goes with --ics.")
    with call.reading(file) as session:
        views = session.meetings.all()
        entries = session.record.by_key("meetings")
        listed = []
        for view in views:
            quorum = view.quorum
            computed = {
                "posting_deadline": f"{view.posting.deadline_local:%Y-%m-%dT%H:%M}",
                "posting_state": view.posting.state.value,
                "quorum": None
                if quorum is None
                else {"needed": quorum.needed, "present": quorum.present, "met": quorum.met},
            }
            listed.append({**entries[view.meeting.key], "computed": computed})
        document = headed(session, "meetings", listed)
    rows = [
        [
            moment_text(view.meeting.starts),
            view.meeting.kind.value,
            view.meeting.state.value,
            view.meeting.place or "",
            moment_text(view.posting.deadline_local),
            view.posting.state.value,
            view.quorum.sentence() if view.quorum else "",
            view.meeting.key,
        ]
        for view in views
    ]
    heads = ["Starts", "Kind", "State", "Place", "Post by", "Posting", "Quorum", "Key"]
    call.answer(document, lambda: columns(rows, heads) or ["There are no meetings yet."])


def _write_calendar(call: Call, file: Path, output: Path, year: int | None) -> None:
    from commission_app.exchange.ics import meetings_ics
    from commission_app.exchange.whole_files import write_whole

    if output.suffix.lower() != ".ics":
        raise click.BadParameter("A calendar is written to a file that ends in .ics.", param_hint="--ics")
    with call.reading(file) as session:
        sheet = session.calendar.sheet(year=year)
        name = session.path.name
    path = write_whole(output, meetings_ics(sheet))
    call.answer({"file": name, "meetings": len(sheet.entries), "calendar": str(path)}, [str(path)])


@command("members")
@FILE
@pass_call
def members(call: Call, file: Path) -> None:
    """The seats and who holds them, regular ones first."""
    with call.reading(file) as session:
        views = session.members.seats()
        entries = session.record.by_key("seats")
        listed = [
            {
                **entries[view.seat.key],
                "computed": {
                    "state": view.standing.state.value,
                    "holder": view.holder.key if view.holder else None,
                },
            }
            for view in views
        ]
        document = headed(session, "members", listed)
    rows = [
        [
            view.seat.label,
            view.seat.kind.value,
            view.holder.name if view.holder else "",
            view.standing.state.value,
            day_text(view.standing.ends_on) if view.standing.ends_on else "",
            ", ".join(title.value for title in view.offices),
        ]
        for view in views
    ]
    heads = ["Seat", "Kind", "Member", "State", "Term ends", "Office"]
    call.answer(document, lambda: columns(rows, heads) or ["There are no seats."])


@command("memberships")
@FILE
@pass_call
def memberships(call: Call, file: Path) -> None:
    """The community organizations with their members counted, margin and forecast."""
    with call.reading(file) as session:
        views = session.organizations.all()
        entries = session.record.by_key("community_organizations")
        listed = [{**entries[view.organization.key], "computed": view.roster.values()} for view in views]
        document = headed(session, "memberships", listed)
    rows = [
        [
            view.contact.name,
            str(view.roster.active),
            str(view.roster.minimum),
            f"{view.roster.margin:+}",
            day_text(view.roster.falls_under_on) if view.roster.falls_under_on else "",
            view.organization.key,
        ]
        for view in views
    ]
    heads = ["Organization", "Members", "Needed", "Margin", "Under it from", "Key"]
    lines = columns(rows, heads, right=(1, 2, 3))
    call.answer(document, lines or ["There are no community organizations yet."])
