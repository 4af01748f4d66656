"""Papers about inquiries: all of them with their clocks, the story of one, the reply to it."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.clock_words import chip_text, finding_text, place_text
from commission_app.domain.dates import long_day
from commission_app.domain.inquiries import Channel, Direction, Letter, LetterDirection, ProofKind, StepState
from commission_app.domain.letter_paper import ReplyDraft
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.text import capital
from commission_app.errors import NotFoundError
from commission_app.services.context import Context
from commission_app.services.inquiry_letters import InquiryLetterService
from commission_app.services.inquiry_views import InquiryView, read_inquiries
from commission_app.services.paper_parts import Made, counted, report

_CHANNELS: Final = {
    Channel.LETTER: "letter",
    Channel.EMAIL: "e-mail",
    Channel.PHONE: "telephone",
    Channel.IN_PERSON: "in person",
}
_PROOFS: Final = {
    ProofKind.LETTER: "Letter",
    ProofKind.FORM: "Form",
    ProofKind.AGENDA_ITEM: "Agenda item",
    ProofKind.MOTION: "Motion",
    ProofKind.AGREEMENT: "Agreement",
}


# ---- All of them ----------------------------------------------------------------------------------


def clocks_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The inquiries that are not closed, each with its meetings and where it stands today."""
    views = read_inquiries(context, connection)
    if not views:
        raise NothingToPrintError("inquiries", "No inquiry is in the file yet.")
    today = context.present(connection).today
    open_ones = [view for view in views if not view.inquiry.is_closed]
    columns = tuple(map(Column, ("City", "Received", "Its meetings", "Standing", "Next step")))
    table = Table(columns, tuple(_clock_cells(view, today) for view in open_ones), none="No inquiry is open.")
    sources = {view.clock.source for view in open_ones if view.clock}
    paper = report(
        context,
        connection,
        "Inquiries and their clocks",
        lines=(f"As of {long_day(today)}", counted(len(open_ones), "open inquiry", "open inquiries")),
        blocks=[Block(table=table)],
        note=f"Source: {'; '.join(sorted(sources))}." if sources else "",
    )
    return Made(
        content=paper,
        title=f"list of inquiries and their clocks as of {long_day(today)}",
        file_stem=f"inquiries-{today.isoformat()}",
        choice=choice,
    )


def _clock_cells(view: InquiryView, today: date) -> tuple[str, ...]:
    clock = view.clock
    places = "\n".join(
        f"{_day(place.on, today)}: {place_text(place)}" for place in (clock.places if clock else ())
    )
    standing = f"{chip_text(clock)}: {finding_text(clock)}" if clock else "Own initiative, no clock"
    head, _, rest = standing.partition(": ")
    if rest.lower().startswith(head.lower()):  # "2 meetings left: 2 meetings left; list it by ..."
        standing = capital(rest)
    return (
        view.place,
        _day(view.inquiry.received_on, today),
        places,
        standing,
        view.now.title if view.now else "All steps are done",
    )


def _day(day: date, today: date) -> str:
    """A day in a table: Sep 24, with its year where that is another one."""
    month, _, rest = long_day(day).partition(" ")
    number, _, year = rest.partition(", ")
    text = f"{month[:3]} {number}" if day.year == today.year else f"{month[:3]} {number}, {year}"
    return text.replace(" ", "\u00a0")


# ---- One of them ----------------------------------------------------------------------------------


def story_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """One inquiry from its receipt on: clock, steps with their proofs, letters, agendas."""
    view = _inquiry(context, connection, choice.inquiry)
    today = context.present(connection).today
    paper = report(
        context,
        connection,
        f"Inquiry: {view.place}",
        lines=(f"As of {long_day(today)}",),
        blocks=[
            Block(facts=tuple(_facts(view)), text=view.inquiry.summary or ""),
            Block(heading="Steps", table=_steps(view)),
            Block(heading="Letters", table=_letters(view)),
            Block(heading="On agendas", table=_listed(view)),
        ],
    )
    return Made(
        content=paper,
        title=f"story of the inquiry with {view.place}",
        file_stem=f"inquiry-{view.place}",
        choice=replace(choice, inquiry=view.inquiry.id),
    )


def _inquiry(context: Context, connection: Connection, chosen: str | None) -> InquiryView:
    """The inquiry chosen; else the latest that is open, else the latest."""
    found = read_inquiries(context, connection, chosen)
    if not found and chosen is not None:
        raise NotFoundError("This inquiry is no longer in the file.")
    if not found:
        raise NothingToPrintError("inquiries", "No inquiry is in the file yet.")
    return next((view for view in reversed(found) if not view.inquiry.is_closed), found[-1])


def _facts(view: InquiryView) -> list[tuple[str, str]]:
    inquiry, incoming = view.inquiry, view.inquiry.direction is Direction.INCOMING
    by = {Channel.IN_PERSON: ", in person"}.get(
        inquiry.channel or Channel.LETTER, f", by {_CHANNELS[inquiry.channel]}" if inquiry.channel else ""
    )
    found = [("Received" if incoming else "Begun", f"{long_day(inquiry.received_on)}{by}")]
    if not incoming:
        found.append(("Direction", "The commission's own initiative"))
    if view.contact is not None:
        found.append(("Contact", view.contact.name))
    if view.clock is not None:
        text = finding_text(view.clock)
        found.append(("Three meetings" if view.clock.allowed == 3 else "Clock", capital(text)))
        found += [(long_day(place.on), place_text(place)) for place in view.clock.places]
    if inquiry.closed_as is not None and inquiry.closed_on is not None:
        found.append(("Closed", f"{inquiry.closed_as.value.capitalize()} on {long_day(inquiry.closed_on)}"))
    return found


def _steps(view: InquiryView) -> Table:
    cells = []
    for line in view.steps:
        step = line.step
        proof = ""
        if step is not None:
            kind = _PROOFS[step.proof_kind] if step.proof_kind else ""
            proof = ": ".join(part for part in (kind, step.proof_text or "") if part)
        done = long_day(step.done_on) if step else "Next" if line.state is StepState.NOW else "Open"
        cells.append((f"{line.number}. {line.title}", done, (step.by or "") if step else "", proof))
    columns = tuple(map(Column, ("Step", "Done", "By", "Proof")))
    return Table(columns, tuple(cells), none="This inquiry follows no procedure.")


def _letters(view: InquiryView) -> Table:
    cells = tuple(
        (
            long_day(letter.on),
            "In" if letter.direction is LetterDirection.IN else "Out",
            _CHANNELS[letter.channel].capitalize(),
            letter.subject or "",
        )
        for letter in reversed(view.letters)
    )
    columns = tuple(map(Column, ("Day", "Way", "By", "Subject")))
    return Table(columns, cells, none="No letter is recorded.")


def _listed(view: InquiryView) -> Table:
    cells = tuple(
        (
            long_day(item.meeting.on),
            item.label,
            (item.outcome.value if item.outcome else "listed").capitalize(),
        )
        for item in reversed(view.listed)
    )
    columns = tuple(map(Column, ("Meeting", "Item", "Outcome")))
    return Table(columns, cells, none="It was on no agenda yet.")


# ---- Letters --------------------------------------------------------------------------------------


def reply_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """A letter to the city: one that is recorded as sent, or the reply that the program drafts."""
    view = _inquiry(context, connection, choice.inquiry)
    letters = InquiryLetterService(context)
    draft = letters.reply_draft(view.inquiry.id)
    if choice.letter:
        draft = _as_sent(_sent(view, choice.letter), draft)
    return Made(
        content=letters.paper(draft),
        title=f"letter to {view.place} of {long_day(draft.on)}",
        file_stem=f"letter-{view.place}-{draft.on.isoformat()}",
        choice=replace(choice, inquiry=view.inquiry.id, letter=choice.letter or ""),
        contact_ids=(view.contact.id,) if view.contact else (),
    )


def _sent(view: InquiryView, letter_id: str) -> Letter:
    for letter in view.letters:
        if letter.id == letter_id and letter.direction is LetterDirection.OUT:
            return letter
    raise NotFoundError("This letter is no longer in the file.")


def _as_sent(letter: Letter, draft: ReplyDraft) -> ReplyDraft:
    return replace(draft, on=letter.on, subject=letter.subject or "", text=letter.text or "")
