"""The certificate of posting: each time an agenda was put up, for those to sign who did it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from commission_app.domain.dates import hour_text, long_weekday
from commission_app.domain.meetings import Meeting, Posting, PostingCopy
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.places import state_name
from commission_app.domain.posting import deadline, hours_before, local
from commission_app.domain.report_paper import Block
from commission_app.services.agenda_paper import KIND_LINES
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.meetings import copies_of, postings_of
from commission_app.services.paper_meetings import chosen_meeting
from commission_app.services.paper_parts import Made, counted, report
from commission_app.storage.rows import row
from commission_app.storage.tables import meetings


def certificate_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The certificate of posting of a meeting; without a choice of the next one that was posted, else the
    last one.
    """
    meeting, found = _posted(context, connection, choice.meeting)
    zone = context.present(connection).zone
    hours = hours_before(meeting.kind, meeting.on, context.rule_book(connection))
    last = deadline(meeting.starts, hours, zone)
    kind = KIND_LINES[meeting.kind].lower()
    copies = {copy.number: copy for copy in copies_of(connection, meeting.id)}
    rule = (
        f"The agenda is posted at least {counted(hours, 'hour', 'hours')} before the meeting: by "
        f"{_moment(local(last, zone))}."
    )
    blocks = [Block(text=rule)]
    for number, posting in enumerate(found, 1):
        heading = f"{number}. {posting.place}"
        blocks.append(Block(heading=heading, facts=_facts(posting, copies, last, zone)))
    body = read_commission(connection)
    state = state_name(body.state)
    law = f" under the laws of {state}" if state else ""
    blocks += [
        Block(
            text=f"I put up the agenda as told {_told(numbers)}. I declare under penalty of perjury{law} "
            "that this is true.",
            signer=who,
        )
        for who, numbers in _by_person(found)
    ]
    paper = report(
        context,
        connection,
        "Certificate of posting",
        lines=(f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}", f"Agenda of the {kind}"),
        blocks=blocks,
    )
    return Made(
        content=paper,
        title=f"certificate of posting for the {kind} of {long_weekday(meeting.on)}",
        file_stem=f"posting-certificate-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )


def _posted(
    context: Context, connection: Connection, chosen: str | None
) -> tuple[Meeting, Sequence[Posting]]:
    meeting = chosen_meeting(context, connection, chosen)
    found = [posting for posting in postings_of(connection, meeting.id) if posting.voided_on is None]
    if chosen is None and not found:
        others = [posting for posting in postings_of(connection) if posting.voided_on is None]
        if others:
            meeting = row(connection, Meeting, meetings, others[-1].meeting_id)
            found = [posting for posting in others if posting.meeting_id == meeting.id]
    if not found:
        day = long_weekday(meeting.on)
        raise NothingToPrintError("postings", f"No posting of the agenda of {day} is recorded yet.")
    return meeting, found


def _facts(
    posting: Posting, copies: dict[int, PostingCopy], last: datetime, zone: ZoneInfo
) -> tuple[tuple[str, str], ...]:
    copy = copies.get(posting.copy) if posting.copy is not None else None
    made = f"Posting copy {copy.number}, made {_moment(local(copy.made_at, zone))}" if copy else "From paper"
    late = posting.posted_at > last
    said = "Late: after the deadline" if late else "In time"
    facts = [
        ("Posted by", posting.by or "Not recorded"),
        ("Posted", f"{_moment(local(posting.posted_at, zone))}. {said}."),
        ("Copy", made),
    ]
    if posting.sha256:
        facts.append(("SHA-256", posting.sha256))
    return tuple(facts)


def _by_person(found: Sequence[Posting]) -> list[tuple[str, list[int]]]:
    by_person: dict[str, list[int]] = {}
    for number, posting in enumerate(found, 1):
        by_person.setdefault(posting.by or "", []).append(number)
    return list(by_person.items())


def _told(numbers: Sequence[int]) -> str:
    words = [str(number) for number in numbers]
    return f"under {words[0]}" if len(words) == 1 else f"under {', '.join(words[:-1])} and {words[-1]}"


def _moment(at: datetime) -> str:
    return f"{long_weekday(at.date())}, {hour_text(at)}"
