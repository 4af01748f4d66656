"""Inquiries: intake, steps with their proofs, letters, closing, and the way onto the agenda."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.inquiries import (
    Channel,
    City,
    CityDraft,
    ClosedAs,
    Direction,
    Inquiry,
    InquiryDraft,
    Letter,
    LetterDirection,
    LetterDraft,
    ProofKind,
    Step,
    StepDraft,
    procedure_of,
)
from commission_app.domain.inquiry_agenda import InquirySuggestion, item_about
from commission_app.domain.inquiry_checks import check_inquiry, check_letter, check_step
from commission_app.domain.inquiry_clock import Clock, Place
from commission_app.domain.intake import IntakeDraft, KeptFile
from commission_app.domain.letter_paper import LetterPaper, ReplyDraft
from commission_app.domain.meetings import Meeting, MeetingDraft, MeetingKind
from commission_app.domain.rule_packs import Procedure
from commission_app.domain.three_meetings import Timetable
from commission_app.domain.validation import checked_contact, require
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services.attachments import attach, read_attachment, remove_attachments, require_content
from commission_app.services.cities import checked_city, insert_city
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import procedures_of, read_inquiry_affairs
from commission_app.services.inquiry_views import InquiryView, read_inquiries
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import cities, contacts, inquiries, letters, meetings, steps
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class InquiryService:
    """First approaches between the commission and cities."""

    context: Context

    def all(self) -> list[InquiryView]:
        """The inquiries in the order of their receipt, closed ones too."""
        with self.context.database.reading() as connection:
            return read_inquiries(self.context, connection)

    def get(self, inquiry_id: str) -> InquiryView:
        """One inquiry as it stands; raises NotFoundError."""
        with self.context.database.reading() as connection:
            found = read_inquiries(self.context, connection, inquiry_id)
            if not found:
                raise NotFoundError("This inquiry is no longer in the file.")
            return found[0]

    # ---- Intake and particulars -------------------------------------------------------------------

    def record(
        self,
        draft: InquiryDraft,
        *,
        city: CityDraft | None = None,
        newcomer: ContactDraft | None = None,
        message: IntakeDraft | None = None,
    ) -> str:
        """Record an inquiry and return its id; raises ValidationError.

        A `city` that is new and a `newcomer` to the contacts are added in the same step, in place of the
        draft's. A `message` becomes the inquiry's first letter, with the e-mail and its files kept.
        """
        with self._entering("recorded an inquiry", draft, city, newcomer) as (writer, entered):
            inquiry_id = writer.insert(inquiries, **asdict(entered))
            to = "an inquiry from" if entered.direction is Direction.INCOMING else "an approach to"
            writer.what = f"recorded {to} {_city_words(writer.connection, entered.city_id)}"
            if message is not None:
                _keep_message(writer, inquiry_id, entered, message)
            return inquiry_id

    def procedures(self) -> tuple[Procedure, ...]:
        """The procedures that an inquiry can follow, by the rule pack of the file."""
        with self.context.database.reading() as connection:
            return procedures_of(connection)

    def change(
        self,
        inquiry_id: str,
        draft: InquiryDraft,
        *,
        city: CityDraft | None = None,
        newcomer: ContactDraft | None = None,
    ) -> None:
        """Change an inquiry's city, day, channel, contact, summary or procedure; raises ValidationError.

        A `city` that is new and a `newcomer` to the contacts are added in the same step, in place of the
        draft's.
        """
        with self._entering("changed an inquiry", draft, city, newcomer) as (writer, entered):
            writer.what = f"changed the inquiry from {_city_words(writer.connection, entered.city_id)}"
            values = asdict(entered)
            del values["key"]
            writer.update(inquiries, inquiry_id, **values)

    def close(self, inquiry_id: str, closed_as: ClosedAs, closed_on: date) -> None:
        """Close an inquiry as declined, withdrawn or accepted; raises ValidationError."""
        with self.context.database.writing("closed an inquiry") as writer:
            inquiry = row(writer.connection, Inquiry, inquiries, inquiry_id)
            self._check(writer.connection, replace(inquiry, closed_as=closed_as, closed_on=closed_on))
            city = _city_words(writer.connection, inquiry.city_id)
            writer.what = f"closed the inquiry from {city} as {closed_as.value}"
            writer.update(inquiries, inquiry_id, closed_as=closed_as, closed_on=closed_on)

    def reopen(self, inquiry_id: str) -> None:
        """Take the closing of an inquiry back."""
        with self.context.database.writing("reopened an inquiry") as writer:
            inquiry = row(writer.connection, Inquiry, inquiries, inquiry_id)
            writer.what = f"reopened the inquiry from {_city_words(writer.connection, inquiry.city_id)}"
            writer.update(inquiries, inquiry_id, closed_as=None, closed_on=None)

    def remove(self, inquiry_id: str) -> None:
        """Remove an inquiry entered in error with its steps and letters; raises ConflictError when an agenda
        names it.
        """
        with self.context.database.writing("removed an inquiry") as writer:
            connection = writer.connection
            inquiry = row(connection, Inquiry, inquiries, inquiry_id)
            writer.what = f"removed the inquiry from {_city_words(connection, inquiry.city_id)}"
            for step in rows(connection, Step, steps, steps.c.inquiry_id == inquiry_id):
                writer.remove(steps, step.id)
            for letter in rows(connection, Letter, letters, letters.c.inquiry_id == inquiry_id):
                remove_attachments(writer, "letters", letter.id)
                writer.remove(letters, letter.id)
            remove_attachments(writer, "inquiries", inquiry_id)
            writer.remove(inquiries, inquiry_id)

    @contextmanager
    def _entering(
        self, what: str, draft: InquiryDraft, city: CityDraft | None, newcomer: ContactDraft | None
    ) -> Iterator[tuple[Writer, InquiryDraft]]:
        """A step that writes an inquiry: its draft cleaned, a new city and contact added."""
        city = checked_city(city) if city else None
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing(what) as writer:
            self._check(writer.connection, draft)
            if city is not None:
                draft = replace(draft, city_id=insert_city(writer, city))
            if newcomer is not None:
                draft = replace(draft, contact_id=insert_contact(writer, newcomer))
            yield writer, cleaned(draft)[0]

    def _check(self, connection: Connection, draft: InquiryDraft | Inquiry) -> None:
        today = self.context.present(connection).today
        require(check_inquiry(draft, procedures_of(connection), today))

    # ---- Steps ------------------------------------------------------------------------------------

    def close_step(
        self,
        inquiry_id: str,
        step: str,
        *,
        done_on: date,
        by: str | None = None,
        proof_kind: ProofKind | None = None,
        proof_text: str | None = None,
    ) -> str:
        """Close a step of the procedure with its day, person and proof, or correct how it was closed;
        raises ValidationError.
        """
        draft = StepDraft(
            inquiry_id=inquiry_id,
            step=step,
            done_on=done_on,
            by=by,
            proof_kind=proof_kind,
            proof_text=proof_text,
        )
        with self.context.database.writing("closed a step") as writer:
            return _close_step(writer, draft, self.context.present(writer.connection).today)

    def reopen_step(self, inquiry_id: str, step: str) -> None:
        """Open a closed step again; raises NotFoundError when it is not closed."""
        with self.context.database.writing("reopened a step") as writer:
            connection = writer.connection
            inquiry = row(connection, Inquiry, inquiries, inquiry_id)
            found = _step(connection, inquiry_id, step)
            if found is None:
                raise NotFoundError("This step is not closed.")
            city = _city_words(connection, inquiry.city_id)
            writer.what = f"reopened the step “{_step_title(inquiry, step, connection)}” of {city}"
            writer.remove(steps, found.id)

    # ---- Letters ----------------------------------------------------------------------------------

    def add_letter(
        self,
        draft: LetterDraft,
        *,
        message: IntakeDraft | None = None,
        newcomer: ContactDraft | None = None,
    ) -> str:
        """Record a letter in or out and return its id; raises ValidationError. The files of a `message` are
        kept with it; a `newcomer` is added to the contacts in the same step, in place of the draft's.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("recorded a letter") as writer:
            if newcomer is not None:
                draft = replace(draft, contact_id=insert_contact(writer, newcomer))
            letter_id = _insert_letter(writer, draft, self.context.present(writer.connection).today)
            writer.what = f"recorded {_letter_words(writer.connection, draft)}"
            if message is not None:
                _keep_files(writer, letter_id, message)
            return letter_id

    def record_answer(self, draft: LetterDraft, proof: StepDraft | None) -> str:
        """Record the letter that answers an inquiry, and with `proof` close the step that it proves, in one
        go; returns the letter's id. Raises ValidationError.
        """
        with self.context.database.writing("recorded an answer") as writer:
            today = self.context.present(writer.connection).today
            letter_id = _insert_letter(writer, draft, today)
            if proof is not None:
                _close_step(writer, proof, today)
            writer.what = f"recorded {_letter_words(writer.connection, draft)}"
            return letter_id

    def change_letter(
        self, letter_id: str, draft: LetterDraft, *, newcomer: ContactDraft | None = None
    ) -> None:
        """Change a letter or its day to follow up; raises ValidationError. A `newcomer` is added to the
        contacts in the same step, in place of the draft's.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("changed a letter") as writer:
            if newcomer is not None:
                draft = replace(draft, contact_id=insert_contact(writer, newcomer))
            require(check_letter(draft, self.context.present(writer.connection).today))
            writer.what = f"changed {_letter_words(writer.connection, draft)}"
            values = asdict(cleaned(draft)[0])
            del values["key"]
            writer.update(letters, letter_id, **values)

    def remove_letter(self, letter_id: str) -> None:
        """Remove a letter that was entered in error, with its files."""
        with self.context.database.writing("removed a letter") as writer:
            letter = row(writer.connection, Letter, letters, letter_id)
            writer.what = f"removed {_letter_words(writer.connection, letter)}"
            remove_attachments(writer, "letters", letter_id)
            writer.remove(letters, letter_id)

    def attach(self, inquiry_id: str, file: KeptFile) -> str:
        """Keep a file with an inquiry; raises ValidationError for one that is empty or too large."""
        require_content(file)
        with self.context.database.writing("attached a file") as writer:
            inquiry = row(writer.connection, Inquiry, inquiries, inquiry_id)
            city = _city_words(writer.connection, inquiry.city_id)
            writer.what = f"attached {file.name} to the inquiry from {city}"
            return attach(writer, "inquiries", inquiry_id, file)

    def attachment(self, attachment_id: str) -> KeptFile:
        """A kept file with its bytes; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_attachment(connection, attachment_id)

    def reply_draft(self, inquiry_id: str) -> ReplyDraft:
        """A polite reply as the inquiry stands, to be edited; raises NotFoundError."""
        from commission_app.services.inquiry_letters import InquiryLetterService

        return InquiryLetterService(self.context).reply_draft(inquiry_id)

    def reply_paper(self, reply: ReplyDraft) -> LetterPaper:
        """A reply on the letterhead, for `documents.letter` to draw."""
        from commission_app.services.inquiry_letters import InquiryLetterService

        return InquiryLetterService(self.context).paper(reply)

    # ---- The agenda -------------------------------------------------------------------------------

    def goes_to(self, inquiry_id: str) -> Place | None:
        """Where `put_on_agenda` leads: the next listable meeting, or None where there is none."""
        with self.context.database.reading() as connection:
            clock, _ = _leading(self.context, connection, inquiry_id)
            return clock.goes_to if clock else None

    def put_on_agenda(self, inquiry_id: str) -> str:
        """List an inquiry at the next meeting that can still list it, and return that meeting's id. A meeting
        that only the calendar knows is entered, with those before it. Where the agenda lists it already
        nothing changes. Raises ConflictError when no meeting can.
        """
        from commission_app.services.agendas import insert_item  # not to read the inquiries

        with self.context.database.writing("put an inquiry on the agenda") as writer:
            connection = writer.connection
            clock, to_enter = _leading(self.context, connection, inquiry_id)
            inquiry = row(connection, Inquiry, inquiries, inquiry_id)
            if inquiry.is_closed and inquiry.closed_as is not ClosedAs.ACCEPTED:
                raise ConflictError("This inquiry is closed. Reopen it to put it on an agenda.")
            if clock is None or clock.goes_to is None:
                raise ConflictError("No meeting that lies ahead can list it. Enter the next meeting first.")
            place = clock.goes_to
            if place.is_listed and place.meeting_id:
                return place.meeting_id
            meeting_id = place.meeting_id or _enter(writer, to_enter)
            meeting = row(connection, Meeting, meetings, meeting_id)
            insert_item(self.context, writer, _item(self.context, connection, inquiry, meeting), meeting)
            day = f"{meeting.on:%B} {meeting.on.day}"
            writer.what = f"put {_city_words(connection, inquiry.city_id)} on the agenda of {day}"
            return meeting_id


def _leading(
    context: Context, connection: Connection, inquiry_id: str
) -> tuple[Clock | None, Sequence[datetime]]:
    """The clock that says where an inquiry goes (for one of the commission's own as if it had come
    yesterday), and the calendar's dates to enter up to there: also those that other inquiries count.
    """
    affairs = read_inquiry_affairs(context, connection)
    present = context.present(connection)
    inquiry = next((each for each in affairs.inquiries if each.id == inquiry_id), None)
    if inquiry is None:
        raise NotFoundError("This inquiry is no longer in the file.")
    if inquiry.direction is not Direction.INCOMING:
        yesterday = present.today - timedelta(days=1)
        inquiry = replace(inquiry, direction=Direction.INCOMING, received_on=yesterday, closed_on=None)
    timetable = Timetable(affairs.meetings, MeetingCalendar(affairs.book), present, affairs.book)
    listings = affairs.listings.get(inquiry_id, ())
    clock = timetable.clock(inquiry, listings)
    running = [other.received_on for other in affairs.clocks(present).values() if other.is_running]
    earliest = timetable.clock(replace(inquiry, received_on=min([inquiry.received_on, *running])), listings)
    if clock is None or clock.goes_to is None or earliest is None:
        return clock, ()
    last = clock.goes_to.starts
    dates = {*clock.to_enter, *(starts for starts in earliest.to_enter if starts <= last)}
    return clock, sorted(dates)


def _enter(writer: Writer, dates: Sequence[datetime]) -> str:
    """Enter dates of the calendar at the usual place; the id of the last one."""
    where = meetings.c.kind == MeetingKind.REGULAR
    known = rows(writer.connection, Meeting, meetings, where, order=meetings.c.starts.desc())
    usual = next((meeting.place for meeting in known if meeting.place), None)
    drafts = [MeetingDraft(starts=starts, place=usual) for starts in dates]
    return [writer.insert(meetings, **asdict(draft)) for draft in drafts][-1]


def _item(context: Context, connection: Connection, inquiry: Inquiry, meeting: Meeting) -> AgendaItemDraft:
    """The item as the agenda itself suggests it (continued from an earlier one), else a plain one."""
    from commission_app.services.agenda_sections import laid_out
    from commission_app.services.agendas import items_of, suggested

    affairs = read_inquiry_affairs(context, connection)
    found = laid_out(context, connection, meeting, items_of(connection, meeting.id))
    for suggestion in suggested(context, connection, meeting, found, affairs):
        if isinstance(suggestion, InquirySuggestion) and suggestion.inquiry_id == inquiry.id:
            return suggestion.draft
    return item_about(inquiry, meeting, [section.slug for section in found], affairs)


def _city_words(connection: Connection, city_id: str) -> str:
    """A city with its own spelling: Tainan 臺南."""
    city = row(connection, City, cities, city_id)
    return f"{city.name} {city.native_name}" if city.native_name else city.name


def _step(connection: Connection, inquiry_id: str, step: str) -> Step | None:
    found = rows(connection, Step, steps, steps.c.inquiry_id == inquiry_id, steps.c.step == step)
    return found[0] if found else None


def _step_title(inquiry: Inquiry, step: str, connection: Connection) -> str:
    procedure = procedure_of(inquiry, procedures_of(connection))
    known = {line.slug: line.title for line in procedure.steps} if procedure else {}
    title = known.get(step, step)
    return title if len(title) <= 60 else title[:59].rstrip() + "…"


def _letter_words(connection: Connection, letter: LetterDraft | Letter) -> str:
    word = "a letter to" if letter.direction is LetterDirection.OUT else "a letter from"
    if letter.inquiry_id is not None:
        inquiry = row(connection, Inquiry, inquiries, letter.inquiry_id)
        return f"{word} {_city_words(connection, inquiry.city_id)}"
    if letter.contact_id is not None:
        return f"{word} {row(connection, Contact, contacts, letter.contact_id).name}"
    return "a letter out" if letter.direction is LetterDirection.OUT else "a letter in"


def _close_step(writer: Writer, draft: StepDraft, today: date) -> str:
    connection = writer.connection
    inquiry = row(connection, Inquiry, inquiries, draft.inquiry_id)
    require(check_step(draft, inquiry, procedures_of(connection), today=today))
    values = asdict(cleaned(draft)[0])
    there = _step(connection, draft.inquiry_id, draft.step)
    title = _step_title(inquiry, draft.step, connection)
    city = _city_words(connection, inquiry.city_id)
    writer.what = f"{'changed' if there else 'closed'} the step “{title}” of {city}"
    if there is None:
        return writer.insert(steps, **values)
    writer.update(steps, there.id, **values)
    return there.id


def _insert_letter(writer: Writer, draft: LetterDraft, today: date) -> str:
    require(check_letter(draft, today))
    return writer.insert(letters, **asdict(cleaned(draft)[0]))


def _keep_message(writer: Writer, inquiry_id: str, inquiry: InquiryDraft, message: IntakeDraft) -> None:
    """The e-mail that an inquiry came by, as its first letter."""
    draft = LetterDraft(
        inquiry_id=inquiry_id,
        direction=LetterDirection.IN,
        on=inquiry.received_on,
        channel=inquiry.channel or Channel.EMAIL,
        contact_id=inquiry.contact_id,
        subject=message.subject or None,
        text=message.body or None,
    )
    _keep_files(writer, _insert_letter(writer, draft, inquiry.received_on), message)


def _keep_files(writer: Writer, letter_id: str, message: IntakeDraft) -> None:
    if message.original is not None:
        attach(writer, "letters", letter_id, message.original, "original")
    for file in message.attachments:
        attach(writer, "letters", letter_id, file)
