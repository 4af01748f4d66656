"""The sample: Alder Glen, California, an invented city with a busy year around any day.

Made by the same services that the screens call. People and numbers are invented; telephone numbers
are 555-01xx and mail ends in example.org.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from commission_app import paths
from commission_app.domain.calendar import MeetingRule
from commission_app.domain.commission import Accommodation, Commission, Letterhead, Notices
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.dates import add_months, long_day, month_end
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.domain.members import OfficeTitle, TermDraft, TermEnd
from commission_app.domain.present import Present
from commission_app.services import sample_inquiries, sample_sittings
from commission_app.services.files import made_whole
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.sample_agendas import (
    LISTED_IN_TIME,
    NEXT_AGENDA,
    PAST_AGENDAS,
    enter_items,
)
from commission_app.services.sample_money import add_money
from commission_app.services.session import Program, Session

ZONE: Final = "America/Los_Angeles"
_SECRETARY: Final = "Ana Ruiz"
_ROOM: Final = "City Hall, Committee Room, 455 Alder Glen Avenue"
_WEBSITE: Final = "alderglen.example.org/sistercities"

#: The day of the pictures: every day below is given as of it, and moved by whole months.
_DRAWN_ON: Final = date(2026, 9, 17)

#: seat key, name, e-mail, from, to, office, how the term ended and when
_COMMISSIONERS: Final = (
    (
        "regular-1",
        "Dr. Alexandria Montgomery-Featherstonehaugh",
        (2024, 7, 1),
        (2027, 6, 30),
        OfficeTitle.CHAIR,
    ),
    ("regular-2", "Nguyễn Thị Minh Khai", (2025, 7, 1), (2028, 6, 30), OfficeTitle.VICE_CHAIR),
    ("regular-3", _SECRETARY, (2023, 12, 1), (2026, 11, 30), OfficeTitle.SECRETARY),
    ("regular-4", "Harold Lindqvist", (2024, 7, 1), (2027, 6, 30), OfficeTitle.TREASURER),
    ("regular-5", "Grace Okonkwo-Bauer", (2023, 7, 1), (2026, 6, 30), None),
    ("regular-6", "Daniel Lee", (2025, 7, 1), (2028, 6, 30), None),
    ("regular-7", "Walter Achterberg", (2024, 7, 1), (2027, 6, 30), None),
    ("alternate-1", "Marisol Cruz", (2025, 7, 1), (2027, 6, 30), None),
    ("alternate-2", "Tomasz Wójcik", (2025, 7, 1), (2027, 6, 30), None),
    ("liaison-1", "Priya Raman", (2026, 1, 6), (2026, 12, 31), None),
    ("liaison-2", "James O’Dell", (2025, 1, 14), (2026, 12, 31), None),
)

_SOCIETY: Final = (
    ("Đặng Thu Hương", (2023, 10, 16), (2026, 10, 15)),
    ("Bartholomew Fitzgerald-Castellanos", (2024, 11, 1), (2026, 10, 31)),
    ("Yuki Hashimoto 橋本有紀", (2025, 1, 1), (2026, 12, 31)),
    ("Łukasz Brzęczyszczykiewicz", (2025, 7, 1), (2027, 6, 30)),
    ("Amina Diallo", (2021, 2, 2), None),
    ("Dr. Alexandria Montgomery-Featherstonehaugh", (2019, 3, 8), None),
    ("Сергей Петрович Воробьёв", (2022, 9, 12), None),
    ("Lin Chia-hui 林家慧", (2024, 4, 20), None),
    ("María de los Ángeles Ibáñez Peña", (2020, 5, 5), None),
    ("Oluwaseun Adébáyọ̀", (2023, 1, 30), None),
    ("Patricia Kowalczyk", (2018, 6, 14), None),
    ("Seo-yeon Kang 강서연", (2024, 8, 8), None),
    ("Hüseyin Çağlar", (2022, 12, 1), None),
    ("Priyanka Deshpande प्रियांका देशपांडे", (2023, 3, 3), None),
    ("Siobhán O’Connell", (2019, 10, 21), None),
    ("Harold Lindqvist", (2017, 9, 1), None),
    (_SECRETARY, (2021, 1, 11), None),
    ("Mateus Oliveira", (2024, 2, 14), None),
    ("Ingrid Sørensen", (2020, 11, 2), None),
    ("Kofi Mensah", (2022, 4, 4), None),
    ("Leilani Kahananui", (2023, 6, 19), None),
    ("Rebecca Stein", (2018, 2, 26), None),
    ("George Papadakis", (2015, 5, 1), (2026, 3, 31)),
)

#: states of the meetings before today, the latest first; earlier ones were held
_PAST: Final = (MeetingState.HELD, MeetingState.NO_QUORUM, MeetingState.CANCELLED)

_P, _R, _E, _A = (
    AttendanceState.PRESENT,
    AttendanceState.REMOTE,
    AttendanceState.EXCUSED,
    AttendanceState.ABSENT,
)
#: rolls in the order of the seats regular-1 to liaison-2, the latest meeting first
_ROLLS: Final = (
    (_P, _P, _P, _P, _P, _A, _E, _P, _P, _P, _A),
    (_P, _E, _P, _A, _A, _A, _P, _E, _A, _A, _P),
    (_P, _P, _P, _P, _R, _P, _P, _P, _P, _P, _P),
    (_P, _P, _P, _E, _P, _P, _P, _A, _P, _P, _A),
    (_P, _P, _P, _P, _P, _P, _A, _P, _P, _A, _P),
)

_STREETS = ("Sequoia Avenue", "Orchard Lane", "Mission Street, Apartment 4", "Creekside Drive")


def create(program: Program, path: Path, *, on: date | None = None, now: Callable[[], datetime]) -> None:
    """Make the sample as of a day (default: today there); never overwrites a file."""
    zone = ZoneInfo(ZONE)
    present = Present(now(), zone) if on is None else Present.on(on, zone)
    with made_whole(path) as partial:
        program.create(partial, _commission(), who=_SECRETARY, on=_moved((2025, 9, 1), present.today))
        session = program.open_writing(partial, who=_SECRETARY, on=on)
        try:
            with session.context.database.hurrying():
                _fill(session, present)
        finally:
            session.close()


def _fill(session: Session, present: Present) -> None:
    today = present.today
    people = _people(session)
    _letterhead(session)
    _seat(session, people, today)
    _society(session, people, today)
    add_money(session, today)
    past = _past_meetings(session, present)
    days = [session.meetings.get(meeting_id).meeting.on for meeting_id in past]
    about = sample_inquiries.enter(session, people, days, today)
    words = {f"day_{place}": long_day(day) for place, day in enumerate(days)}
    for place, lines in PAST_AGENDAS.items():
        enter_items(session, past[place], lines, words, about)
    sample_sittings.hold(session, past, people)
    _next_meeting(session, present, about)


def _commission() -> Commission:
    return Commission(
        name="Alder Glen Sister Cities Commission",
        city="Alder Glen",
        state="CA",
        country="US",
        zone=ZONE,
        currency="USD",
        rules="milpitas",
        letterhead=Letterhead(
            address="City Hall, 455 Alder Glen Avenue\nAlder Glen, California 95099",
            phone="(408) 555-0142",
            email="sistercities@alderglen.example.org",
            website=_WEBSITE,
        ),
        accommodation=Accommodation(
            contact="the City Clerk’s office", phone="(408) 555-0142", hours_before=30
        ),
        notices=Notices(
            late_papers=(
                "Papers given to the Commission after this agenda was posted can be read at City Hall, "
                f"455 Alder Glen Avenue, on working days from 8 AM to 5 PM, and at {_WEBSITE}."
            )
        ),
        posting_places=("City Hall bulletin board", _WEBSITE),
    )


def _letterhead(session: Session) -> None:
    session.commission.set_logo("seal.svg", paths.resource("seal.svg").read_bytes())
    clerk = session.contacts.add(
        ContactDraft(name="Rosa Delgado", email="rosa.delgado@alderglen.example.org", phone="(408) 555-0143")
    )
    session.commission.add_staff(clerk, "City Clerk’s office")


def _people(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (*(row[1] for row in _COMMISSIONERS), *(row[0] for row in _SOCIETY)):
        if name not in found:
            number = len(found)
            phone = f"(408) 555-01{number + 50:02d}"
            found[name] = session.contacts.add(
                ContactDraft(
                    name=name,
                    email=f"member{number + 1:02d}@example.org",
                    phone=phone,
                    address=_address(number),
                )
            )
    return found


def _address(number: int) -> str | None:
    """Where somebody lives; of every seventh that is not known."""
    if number % 7 == 6:
        return None
    return f"{110 + 8 * number} {_STREETS[number % len(_STREETS)]}\nAlder Glen, CA 95000"


def _seat(session: Session, people: dict[str, str], today: date) -> None:
    seats = {view.seat.key: view.seat.id for view in session.members.seats()}
    for key, name, first, last, office in _COMMISSIONERS:
        draft = TermDraft(
            seat_id=seats[key],
            contact_id=people[name],
            from_on=_moved(first, today),
            to_on=_moved(last, today),
            appointed_by="City Council" if key == "liaison-1" else "Mayor",
        )
        term_id = session.members.appoint(draft)
        if office is not None:
            session.members.elect(office, people[name], _moved((2025, 7, 1), today))
        if key == "regular-7":
            session.members.end_term(term_id, TermEnd.RESIGNED, _moved((2026, 8, 13), today))
            session.members.note_vacancy(term_id, min(_moved((2026, 9, 1), today), today))


def _society(session: Session, people: dict[str, str], today: date) -> None:
    organization = session.organizations.create("Alder Glen Friendship Society")
    for name, first, last in _SOCIETY:
        session.organizations.add_member(
            organization,
            people[name],
            _moved(first, today),
            None if last is None else _moved(last, today),
        )


def _past_meetings(session: Session, present: Present) -> list[str]:
    """The last six meetings; their ids, the latest first."""
    found = []
    rule = _rule(session, present)
    starts = rule.starts_between(present.today - timedelta(days=300), present.today - timedelta(days=1))
    past = list(reversed(starts))[:6]
    rolls = iter(_ROLLS)
    for place, start in enumerate(past):
        state = _PAST[place] if place < len(_PAST) else MeetingState.HELD
        meeting_id = session.meetings.schedule(MeetingDraft(starts=start, place=_ROOM))
        posted_at = start.replace(tzinfo=present.zone).astimezone(UTC) - timedelta(hours=77)
        session.postings.record(
            meeting_id, copy=None, place="City Hall bulletin board", by=_SECRETARY, posted_at=posted_at
        )
        session.meetings.set_state(meeting_id, state)
        if state is not MeetingState.CANCELLED:
            _roll(session, meeting_id, next(rolls))
        found.append(meeting_id)
    return found


def _roll(session: Session, meeting_id: str, states: Sequence[AttendanceState]) -> None:
    order = [row[0] for row in _COMMISSIONERS]
    marks = [
        RollMark(
            contact_id=entry.holder.id,
            seat_id=entry.seat.seat.id,
            state=states[order.index(entry.seat.seat.key)],
            remote_reason="Caring for a family member"
            if states[order.index(entry.seat.seat.key)] is AttendanceState.REMOTE
            else None,
        )
        for entry in session.meetings.roll(meeting_id)
    ]
    session.proceedings.record_roll(meeting_id, marks)


def _next_meeting(session: Session, present: Present, about: Mapping[str, str]) -> None:
    rule = _rule(session, present)
    local = present.local
    coming = [start for start in rule.starts_after(present.today - timedelta(days=1), 3) if start > local]
    starts, following = coming[0], coming[1]
    meeting_id = session.meetings.schedule(MeetingDraft(starts=starts, place=_ROOM))
    held = [view.meeting for view in session.meetings.all() if view.meeting.state is MeetingState.HELD]
    words = {
        "last": f"{held[-1].starts:%B} {held[-1].starts.day}",
        "last_long": long_day(held[-1].on),
        "month": f"{starts:%B}",
        "following": f"{following:%B}",
        "following_year": str(following.year),
    }
    enter_items(session, meeting_id, NEXT_AGENDA, words, about)
    view = session.meetings.get(meeting_id)
    if view.posting.deadline < present.now:
        enter_items(session, meeting_id, LISTED_IN_TIME, words, about)
        _post(session, meeting_id, view.posting.deadline - timedelta(hours=5))


def _post(session: Session, meeting_id: str, at: datetime) -> None:
    """The meeting is less than its posting time away: its agenda is on the board already."""
    earlier = replace(session.postings, now=lambda: at)
    copy = earlier.make_copy(meeting_id)
    earlier.record(
        meeting_id, copy=copy.number, place="City Hall bulletin board", by=_SECRETARY, posted_at=at
    )


def _rule(session: Session, present: Present) -> MeetingRule:
    return MeetingRule.parse(session.commission.rule_book().value("meetings.rule", present.today))


def _moved(drawn: tuple[int, int, int], today: date) -> date:
    """A day of the pictures moved by the whole months between their day and today, month ends kept."""
    day = date(*drawn)
    months = (today.year - _DRAWN_ON.year) * 12 + today.month - _DRAWN_ON.month
    moved = add_months(day, months)
    return month_end(moved) if day == month_end(day) else moved
