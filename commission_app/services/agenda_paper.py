"""The words of the public agenda: the record laid out for `documents.agenda` to draw."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection
from commission_app.domain.agendas import (
    AgendaItem,
    AgendaPaper,
    PaperItem,
    PaperNotice,
    PaperPerson,
    PaperSection,
)
from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.commission import Commission
from commission_app.domain.dates import hour_text, long_day, long_weekday
from commission_app.domain.item_files import NumberedFile, numbers
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind
from commission_app.domain.places import state_name
from commission_app.domain.posting import copy_mark, deadline, hours_before, local
from commission_app.domain.rule_book import RuleBook
from commission_app.services.agenda_sections import laid_out
from commission_app.services.commission import logo_of, read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.item_files import read_files
from commission_app.services.members import SeatView, read_seats
from commission_app.storage.rows import rows
from commission_app.storage.tables import meetings

KIND_LINES = {
    MeetingKind.REGULAR: "Regular Meeting",
    MeetingKind.SPECIAL: "Special Meeting",
    MeetingKind.EMERGENCY: "Emergency Meeting",
}
OFFICE_WORDS = {
    OfficeTitle.CHAIR: "Chair",
    OfficeTitle.VICE_CHAIR: "Vice Chair",
    OfficeTitle.SECRETARY: "Secretary",
    OfficeTitle.TREASURER: "Treasurer",
}


def paper_of(
    context: Context,
    connection: Connection,
    meeting: Meeting,
    *,
    items: Sequence[AgendaItem],
    copy: int | None = None,
    made_on: date | None = None,
) -> AgendaPaper:
    """The agenda as it prints: a DRAFT, or with `copy` its posting copy of that number, made on a day."""
    book = context.rule_book(connection)
    zone = context.present(connection).zone
    body = read_commission(connection)
    logo = logo_of(connection)
    seats = read_seats(context, connection, meeting.on)
    by_id = names(connection, (member.contact_id for member in body.staff))
    last = local(deadline(meeting.starts, hours_before(meeting.kind, meeting.on, book), zone), zone)
    found = laid_out(context, connection, meeting, items)
    files = read_files(connection, found)
    coming = coming_sentence(connection, meeting, book)
    mark = "CANCELLED" if meeting.state is MeetingState.CANCELLED else "DRAFT"
    if copy is not None and made_on is not None:
        mark = copy_mark(copy, made_on)
    return AgendaPaper(
        body_name=body_name_of(body),
        full_name=body.name,
        city_line=", ".join(part for part in (f"City of {body.city}", state_name(body.state)) if part),
        address_lines=address_lines(body),
        logo=logo.data if logo else None,
        logo_type=logo.type if logo else None,
        kind_line=KIND_LINES[meeting.kind],
        when_line=f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}",
        place_line=meeting.place or "",
        notice=meeting.notice or "",
        commissioners=tuple(_person(seat) for seat in seats if seat.seat.kind is SeatKind.REGULAR),
        alternates=_filled(seats, SeatKind.ALTERNATE),
        liaisons=_filled(seats, SeatKind.LIAISON),
        staff=tuple(
            PaperPerson(name=by_id[member.contact_id].name, role=member.title or "") for member in body.staff
        ),
        sections=tuple(_section(section, coming, files) for section in found if section.is_printed),
        notices=tuple(_notices(body, meeting)),
        certificate=_certificate(body, meeting, hours_before(meeting.kind, meeting.on, book), last),
        signer=signer_of(connection, seats, body),
        footer=f"{body.name}, agenda of {long_day(meeting.on)}",
        mark=mark,
        page_size=book.text("paper.size", meeting.on),
    )


def _hour(at: datetime) -> str:
    """A time of day that does not break at the end of a line; twelve o'clock in words."""
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    return hour_text(at).replace(" ", "\u00a0")


def body_name_of(body: Commission) -> str:
    """The name without the city before it: the line below says the city."""
    rest = body.name.removeprefix(body.city).strip()
    return rest or body.name


def address_lines(body: Commission) -> tuple[str, ...]:
    """Address, phone, e-mail and website as the letterhead has room for them."""
    head = body.letterhead
    lines = (head.address or "").splitlines()
    return tuple(line for line in (*lines, head.phone, head.email, head.website) if line)[:4]


def _person(view: SeatView) -> PaperPerson:
    if view.holder is None:
        return PaperPerson(name="", role=f"{view.seat.label}, vacant")
    return PaperPerson(name=view.holder.name, role=", ".join(OFFICE_WORDS[title] for title in view.offices))


def _filled(seats: Sequence[SeatView], kind: SeatKind) -> tuple[PaperPerson, ...]:
    return tuple(
        PaperPerson(name=view.holder.name, role=view.seat.label if kind is SeatKind.LIAISON else "")
        for view in seats
        if view.seat.kind is kind and view.holder is not None
    )


_Files = Mapping[str, Sequence[NumberedFile]]


def _section(section: NumberedSection, coming: str, files: _Files) -> PaperSection:
    text = " ".join(part for part in (section.text, coming if section.slug == "future-items" else "") if part)
    return PaperSection(
        slug=section.slug,
        number=section.number,
        title=section.title,
        kind=section.kind_word if not section.items else "",
        text=text,
        items=tuple(_item(entry, numbers(files, entry.item.id)) for entry in section.items),
    )


def _item(entry: LetteredItem, attached: tuple[int, ...]) -> PaperItem:
    item = entry.item
    return PaperItem(
        id=item.id,
        letter=entry.letter,
        title=item.title,
        kind=entry.kind_word,
        presenter=item.presenter or "",
        minutes=item.minutes,
        recommended_action=item.recommended_action or "",
        text=item.text or "",
        attachments=attached,
    )


def coming_sentence(connection: Connection, meeting: Meeting, book: RuleBook) -> str:
    """When the next regular meeting is: the next one in the file, else the calendar's next day."""
    known = rows(connection, Meeting, meetings, meetings.c.starts > meeting.starts, order=meetings.c.starts)
    regular = [entry for entry in known if entry.kind is MeetingKind.REGULAR]
    standing = [entry.starts for entry in regular if entry.state is not MeetingState.CANCELLED]
    starts: datetime | None = standing[0] if standing else None
    if starts is None:
        after = max((entry.on for entry in regular), default=meeting.on)
        projected = MeetingCalendar(book).starts_after(after, 1)
        starts = projected[0] if projected else None
    if starts is None:
        return ""
    return f"The next regular meeting is on {long_weekday(starts.date())}, at {_hour(starts)}."


def _notices(body: Commission, meeting: Meeting) -> list[PaperNotice]:
    found: list[PaperNotice] = []
    ask = body.accommodation
    if ask.contact or ask.phone:
        whom = ask.contact or "the Commission"
        at = f" at {ask.phone}" if ask.phone else ""
        write = f" or write to {body.letterhead.email}" if body.letterhead.email else ""
        by = ""
        if ask.hours_before:
            last = meeting.starts - timedelta(hours=ask.hours_before)
            by = f" by {long_weekday(last.date())}, at {_hour(last)}"
        text = "To ask for an accommodation, an interpreter or a copy in another form, ask"
        text = f"{text} {whom}{at}{write}{by}."
        found.append(PaperNotice(head="Taking part.", text=text))
    if body.notices.late_papers:
        found.append(PaperNotice(head="Papers.", text=body.notices.late_papers))
    if body.notices.speaking:
        found.append(PaperNotice(head="Speaking.", text=body.notices.speaking))
    return found


def _certificate(body: Commission, meeting: Meeting, hours: int, last: datetime) -> str:
    places = "; ".join(body.posting_places)
    where = f" at these places: {places}; it was there" if places else ""
    unit = "hour" if hours == 1 else "hours"
    state = state_name(body.state)
    law = f" under the laws of {state}" if state else ""
    return (
        f"I posted this agenda{where} at least {hours} {unit} before the meeting, by "
        f"{long_weekday(last.date())}, at {_hour(last)}. "
        f"I declare under penalty of perjury{law} that this is true."
    )


def signer_of(connection: Connection, seats: Sequence[SeatView], body: Commission) -> str:
    """Who signs for the commission: its secretary, else the first of its staff."""
    for view in seats:
        if view.holder is not None and OfficeTitle.SECRETARY in view.offices:
            return f"{view.holder.name}, Secretary"
    if body.staff:
        member = body.staff[0]
        name = names(connection, [member.contact_id])[member.contact_id].name
        return ", ".join(part for part in (name, member.title) if part)
    return ""


def with_draft(items: Sequence[AgendaItem], typed: AgendaItem | None) -> list[AgendaItem]:
    """Items with one of them as it is being typed, unsaved."""
    if typed is None:
        return list(items)
    return [replace(typed, position=item.position) if item.id == typed.id else item for item in items]
