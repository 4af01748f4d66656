"""Papers to donors: the confirmation of a pledge, a reminder, the statements of a period, labels."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.donor_letters import DonorLetterKind, Tone
from commission_app.domain.labels import SHEETS
from commission_app.domain.letter_paper import LetterBundle
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.errors import ValidationError
from commission_app.services.context import Context
from commission_app.services.donor_letters import DonorLetterService
from commission_app.services.labels import LabelService
from commission_app.services.list_blocks import Order
from commission_app.services.paper_parts import Made
from commission_app.services.pledge_lists import PledgeFilter, PledgeSort, page_of_pledges
from commission_app.services.statements import StatementService


def confirmation_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The confirmation of a pledge; without a choice of the latest one."""
    pledge_id = choice.pledge
    if pledge_id is None:
        today = context.present(connection).today
        latest = Order(PledgeSort.PLEDGED_ON, descending=True)
        page = page_of_pledges(connection, today, PledgeFilter(kind=None), latest, limit=1, after=None)
        if not page.rows:
            raise NothingToPrintError("pledges", "No pledge is in the file yet.")
        pledge_id = page.rows[0].id
    return _about(context, replace(choice, pledge=pledge_id), DonorLetterKind.CONFIRMATION)


def reminder_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """A reminder of a pledge in a tone; without a choice of the one that is overdue longest, in the tone that
    comes next.
    """
    if choice.pledge is None:
        lines = DonorLetterService(context).reminders()
        if not lines:
            raise NothingToPrintError("overdue", "No pledge is overdue.")
        choice = replace(choice, pledge=min(lines, key=lambda line: line.since).pledge_id)
    return _about(context, choice, DonorLetterKind.REMINDER)


def _about(context: Context, choice: PaperChoice, kind: DonorLetterKind) -> Made:
    tone = Tone(choice.tone) if choice.tone else None
    letter = DonorLetterService(context).draft(choice.pledge or "", kind, tone)
    return Made(
        content=letter.paper,
        title=f"{_NAMES[kind]} to {letter.donor.name}",
        file_stem=f"{kind.value}-{letter.donor.name}-{letter.draft.on.isoformat()}",
        choice=replace(choice, tone=letter.draft.tone.value if letter.draft.tone else None),
        is_private=True,
        contact_ids=(letter.donor.id,),
    )


_NAMES = {DonorLetterKind.CONFIRMATION: "confirmation of a pledge", DonorLetterKind.REMINDER: "reminder"}


# ---- Statements and labels ------------------------------------------------------------------------


def statement_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """A donor's statement of a period as it was issued last, as a COPY; a DRAFT where it was not yet. Without
    a contact those of all donors, in order of name; without a period of the year that ended last.
    """
    service = StatementService(context)
    first, last = _period(service, choice)
    found = service.papers(first, last, (choice.contact,) if choice.contact else None)
    if not found:
        raise NothingToPrintError("gifts", f"Nothing was given from {long_day(first)} to {long_day(last)}.")
    papers = tuple(paper for _, paper in found)
    alone = found[0][0] if choice.contact else None
    whose = alone.name if alone else "all donors"
    return Made(
        content=papers[0] if alone else LetterBundle(title="Statements of gifts", letters=papers),
        title=f"statement of gifts of {whose} from {long_day(first)} to {long_day(last)}",
        file_stem=f"statement-{whose}-{first.isoformat()}-{last.isoformat()}",
        choice=replace(choice, contact=choice.contact or "", from_on=first, to_on=last),
        is_private=True,
        contact_ids=(alone.id,) if alone else (),
    )


def labels_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """Labels for everybody who gave in a period, in order of name."""
    service = StatementService(context)
    first, last = _period(service, choice)
    donors = [line.donor.id for line in service.donors(first, last)]
    if not donors:
        raise NothingToPrintError("gifts", f"Nothing was given from {long_day(first)} to {long_day(last)}.")
    today = context.present(connection).today
    size = choice.size or context.rule_book(connection).text("paper.size", today)
    start = choice.start or 1
    try:
        found = LabelService(context).labels(donors, start=min(start, SHEETS[size].count), size=size)
    except ValidationError as error:
        raise NothingToPrintError("addresses", error.problems[0].message) from error
    nowhere = ", ".join(contact.name for contact in found.left_out)
    return Made(
        content=found.paper,
        title=f"labels for the donors from {long_day(first)} to {long_day(last)}",
        file_stem=f"labels-{first.isoformat()}-{last.isoformat()}",
        choice=replace(choice, from_on=first, to_on=last, start=found.paper.start, size=size),
        is_private=True,
        notes=(f"Left out, without an address: {nowhere}.",) if nowhere else (),
    )


def _period(service: StatementService, choice: PaperChoice) -> tuple[date, date]:
    """The period chosen; a year that is named whole where only one end is."""
    first, last = service.usual_period()
    if choice.from_on is not None and choice.to_on is None:
        return choice.from_on, date(choice.from_on.year, 12, 31)
    if choice.to_on is not None and choice.from_on is None:
        return date(choice.to_on.year, 1, 1), choice.to_on
    return choice.from_on or first, choice.to_on or last
