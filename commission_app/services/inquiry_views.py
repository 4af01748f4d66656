"""Inquiries as screens and commands show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from commission_app.domain.agendas import Outcome
from commission_app.domain.clock_marks import Mark, marks
from commission_app.domain.contacts import Contact
from commission_app.domain.findings import Finding
from commission_app.domain.inquiries import (
    City,
    Inquiry,
    Letter,
    StepLine,
    current_step,
    procedure_of,
    step_lines,
)
from commission_app.domain.inquiry_attention import InquiryAffairs, answer_findings, clock_findings
from commission_app.domain.inquiry_clock import Clock, Listing
from commission_app.domain.intake import Attachment
from commission_app.domain.meetings import Meeting
from commission_app.domain.rule_packs import Procedure
from commission_app.services.attachments import attachments_of
from commission_app.services.cities import CityView
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import procedures_of, read_inquiry_affairs


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """An agenda item about an inquiry, by its label, at its meeting."""

    item_id: str
    label: str
    outcome: Outcome | None
    meeting: Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """An inquiry as it stands: its city, its clock (None for one of the commission's own) with the marks to
    draw, the lines of its procedure, letters (the latest first), agenda items (the latest meeting first),
    findings, and kept files by letter id (or its own id).
    """

    inquiry: Inquiry
    city: CityView
    contact: Contact | None
    clock: Clock | None
    marks: tuple[Mark, ...]
    procedure: Procedure | None
    steps: tuple[StepLine, ...]
    letters: tuple[Letter, ...]
    listed: tuple[ListedItem, ...]
    findings: tuple[Finding, ...]
    attachments: Mapping[str, tuple[Attachment, ...]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The city with its country: Tainan, Taiwan."""
        return self.city.place

    @property
    def now(self) -> StepLine | None:
        """The step that comes next; None when all are done."""
        return current_step(self.steps)

    @property
    def steps_done(self) -> int:
        """How many steps are done."""
        return sum(line.step is not None for line in self.steps)


def read_inquiries(
    context: Context, connection: Connection, inquiry_id: str | None = None
) -> list[InquiryView]:
    """The inquiries, or one, in the order of their receipt; within a transaction."""
    affairs = read_inquiry_affairs(context, connection)
    wanted = [each for each in affairs.inquiries if inquiry_id in (None, each.id)]
    if not wanted:
        return []
    present = context.present(connection)
    clocks = affairs.clocks(present)
    found: dict[str, list[Finding]] = {}
    for finding in (*clock_findings(affairs, present, clocks), *answer_findings(affairs, present)):
        found.setdefault(finding.subject.id or "", []).append(finding)
    by_id = names(connection, (inquiry.contact_id for inquiry in wanted))
    procedures = procedures_of(connection)
    kept = _kept(connection, affairs, inquiry_id)
    views = []
    for inquiry in wanted:
        clock = clocks.get(inquiry.id)
        procedure = procedure_of(inquiry, procedures)
        steps = [step for step in affairs.steps if step.inquiry_id == inquiry.id]
        letters = tuple(letter for letter in affairs.letters if letter.inquiry_id == inquiry.id)
        own = (inquiry.id, *(letter.id for letter in letters))
        views.append(
            InquiryView(
                inquiry=inquiry,
                city=CityView(city=_city(affairs, inquiry)),
                contact=by_id.get(inquiry.contact_id or ""),
                clock=clock,
                marks=marks(clock) if clock else (),
                procedure=procedure,
                steps=step_lines(procedure, steps),
                letters=letters,
                listed=_listed(affairs, inquiry),
                findings=tuple(found.get(inquiry.id, ())),
                attachments={of_id: tuple(kept[of_id]) for of_id in own if of_id in kept},
            )
        )
    return views


def _city(affairs: InquiryAffairs, inquiry: Inquiry) -> City:
    return affairs.cities[inquiry.city_id]


def _listed(affairs: InquiryAffairs, inquiry: Inquiry) -> tuple[ListedItem, ...]:
    by_id = {meeting.id: meeting for meeting in affairs.meetings}

    def item(listing: Listing) -> ListedItem:
        return ListedItem(
            item_id=listing.item_id,
            label=listing.label,
            outcome=listing.outcome,
            meeting=by_id[listing.meeting_id],
        )

    found = [item(listing) for listing in affairs.listings.get(inquiry.id, ())]
    return tuple(sorted(found, key=lambda entry: entry.meeting.starts, reverse=True))


def _kept(
    connection: Connection, affairs: InquiryAffairs, inquiry_id: str | None
) -> dict[str, list[Attachment]]:
    """Files of the inquiries and of their letters by what they are of."""
    found: dict[str, list[Attachment]] = {}
    inquiries = [inquiry.id for inquiry in affairs.inquiries if inquiry_id in (None, inquiry.id)]
    letters = [letter.id for letter in affairs.letters if inquiry_id in (None, letter.inquiry_id)]
    for noun, ids in (("inquiries", inquiries), ("letters", letters)):
        for attachment in attachments_of(connection, noun, ids):
            found.setdefault(attachment.of_id, []).append(attachment)
    return found
