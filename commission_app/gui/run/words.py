"""The record of a meeting in the words of the run screen."""

import functools
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from commission_app.domain.course import joined
from commission_app.domain.effects import consent_items
from commission_app.domain.meetings import AttendanceState, MeetingKind
from commission_app.domain.members import SeatKind
from commission_app.domain.proceedings import Answer, Method, Purpose
from commission_app.gui import labels
from commission_app.gui.members.names import begin, is_latin, split_name
from commission_app.gui.run.keys import SEAT_LETTERS
from commission_app.gui.run.order import ADJOURNMENT, APPROVE_AGENDA, Order, Stop, stops
from commission_app.gui.run.shown import (
    EntryShown,
    LineShown,
    MotionShown,
    PersonShown,
    ResultShown,
    Said,
    VoterShown,
)
from commission_app.gui.widgets.name_forms import name_forms

if TYPE_CHECKING:
    from commission_app.domain.agenda_layout import NumberedSection
    from commission_app.gui.desk import Desk
    from commission_app.services.proceedings_reading import (
        AgendaLine,
        MotionView,
        SeatLine,
        SittingView,
    )

translate = QCoreApplication.translate
_MOST_NUMBERS: Final = 10
DONE: Final = "done"  # the line of the sections that are done together


def clock(at: datetime, zone: ZoneInfo) -> str:
    """An instant on the wall clock, short: 6:11."""
    return labels.time_clock(labels.local(at, zone)).replace(" PM", "").replace(" AM", "")


# The head


def meeting_words(view: "SittingView") -> str:
    """Regular meeting, began 6:02 PM."""
    kind = {
        MeetingKind.REGULAR: translate("run", "Regular meeting"),
        MeetingKind.SPECIAL: translate("run", "Special meeting"),
        MeetingKind.EMERGENCY: translate("run", "Emergency meeting"),
    }[view.meeting.kind]
    course = view.course
    if course.adjourned_at is not None:
        text, at = translate("run", "{kind}, adjourned {time}"), course.adjourned_at
    elif course.called_at is not None:
        text, at = translate("run", "{kind}, began {time}"), course.called_at
    else:
        starts = labels.time_clock(view.meeting.starts)
        return translate("run", "{kind}, {time}").format(kind=kind, time=starts)
    return text.format(kind=kind, time=labels.time_clock(labels.local(at, course.zone)))


# People


def quorum_aside(view: "SittingView") -> str:
    """What is said beside the number: how many more are needed, who sits for whom."""
    quorum, found = view.sitting.quorum, seated_words(view)
    if quorum.met:
        return found
    more = quorum.needed - quorum.present
    one, many = translate("run", "{count} more is needed."), translate("run", "{count} more are needed.")
    return f"{labels.counted(more, one, many)} {found}".strip()


def seated_words(view: "SittingView") -> str:
    """Who sits for whom: Alternate Cruz sits for Lee."""
    names = tuple(line.name for line in view.lines if line.name)
    text = translate("run", "Alternate {name} sits for {absent}.")
    vacant = translate("run", "a vacant seat")
    found = []
    for line in view.lines:
        person = line.person
        if person is not None and person.is_here and person.seating is not None and line.name:
            absent = view.course.name(person.sits_for) if person.sits_for else ""
            told = family_name(absent, names) if absent else vacant
            found.append(text.format(name=family_name(line.name, names), absent=told))
    return " ".join(found)


@functools.lru_cache(maxsize=512)
def family_name(name: str, others: tuple[str, ...]) -> str:
    """What somebody is called at the table: the family name where it can be told and is one person's only,
    else the whole name."""
    latin, native = split_name(name)
    words = latin.split()
    forms = name_forms(latin)
    given = [word for word in words[:-1] if not word.endswith(".")]
    if len(forms) < 2 or len(given) != 1 or not all(map(is_latin, words)):
        return name
    same = [other for other in others if other != name and split_name(other)[0].split()[-1:] == words[-1:]]
    return name if same else f"{words[-1]} {native}".strip()


def caps(view: "SittingView") -> dict[str, str]:
    """The key of each seat: 1 to 9 and 0 for members and alternates, letters for liaisons and for more."""
    found: dict[str, str] = {}
    letters = list(SEAT_LETTERS)
    counted = 0
    for line in view.lines:
        if line.seat.id in found:
            continue
        if line.seat.kind is not SeatKind.LIAISON and counted < _MOST_NUMBERS:
            counted += 1
            found[line.seat.id] = str(counted % 10)
            continue
        wanted = [letter for letter in line.seat.label.upper() if letter in letters]
        first = [letter for letter in wanted if line.seat.label.upper().startswith(letter)]
        letter = (first or wanted or letters or [""])[0]
        if letter:
            letters.remove(letter)
        found[line.seat.id] = letter
    return found


def people(view: "SittingView") -> list[PersonShown]:
    """Everybody with a seat, vacant seats too."""
    keys = caps(view)
    names = tuple(line.name for line in view.lines if line.name)
    return [_person(view, line, keys[line.seat.id], names) for line in view.lines]


def _person(view: "SittingView", line: "SeatLine", cap: str, names: tuple[str, ...]) -> PersonShown:
    if line.name is None or line.contact_id is None:
        vacant = Said(translate("run", "Vacant"), "vacant", "ink-2")
        return PersonShown(
            seat_id=line.seat.id,
            contact_id=None,
            kind=line.seat.kind,
            cap=cap,
            name=line.seat.label,
            said=vacant,
        )
    zone = view.course.zone
    return PersonShown(
        seat_id=line.seat.id,
        contact_id=line.contact_id,
        kind=line.seat.kind,
        cap=cap,
        name=family_name(line.name, names),
        second=_second(line, lambda at: labels.time_clock(labels.local(at, zone))),
        second_short=_second(line, lambda at: clock(at, zone)),
        said=_state(view, line, names),
    )


def _second(line: "SeatLine", at: Callable[[datetime], str]) -> str:
    """What stands below a name: offices, when somebody came or left."""
    second, entry = [labels.office(title) for title in line.offices], line.entry
    if entry is not None and line.person is not None and line.person.is_here and entry.arrived is not None:
        second.append(translate("run", "came {time}").format(time=at(entry.arrived)))
    elif entry is not None and entry.left is not None:
        second.append(translate("run", "left {time}").format(time=at(entry.left)))
    return begin(", ".join(second))


def _state(view: "SittingView", line: "SeatLine", names: tuple[str, ...]) -> Said:
    entry, person = line.entry, line.person
    if entry is None or person is None:
        return Said(translate("run", "Not called"), "pending", "ink-2")
    if person.is_here:
        if person.is_recused:
            return Said(translate("run", "Recused"), "excused", "warn")
        if person.seating is not None and person.votes_from is not None:
            absent = view.course.name(person.sits_for) if person.sits_for else ""
            text = translate("run", "Sits for {name}").format(name=family_name(absent, names))
            return Said(text if absent else translate("run", "Seated"), "alternate", "accent")
        if person.replaced_by is not None:
            return Said(translate("run", "Here, no vote"), "ok", "ink-2")
        if person.is_remote:
            return Said(translate("run", "Remote"), "remote", "ok")
        return Said(translate("run", "Here"), "ok", "ok")
    if entry.state is AttendanceState.EXCUSED:
        return Said(translate("run", "Excused"), "excused", "ink-2")
    if entry.state is AttendanceState.ABSENT:
        return Said(translate("run", "Absent"), "absent", "ink-2")
    return Said(translate("run", "Left"), "go-to", "ink-2")


# The agenda


def minutes_words(minutes: int | None) -> str:
    """15 min."""
    return translate("run", "{count} min").format(count=minutes) if minutes else ""


def agenda(view: "SittingView", order: Order, *, is_unfolded: bool = False) -> list[LineShown]:
    """The items and the sections without items: whole sections at the beginning that are done in one line,
    unless it is unfolded.
    """
    found = stops(view)
    lines = [_line(stop, order) for stop in found]
    numbers = [] if is_unfolded else _done_sections(found, lines)
    if not numbers:
        return lines
    spent = sum(line.spent_seconds for line in view.agenda if line.number in numbers)
    title = numbers[0]
    if numbers[-1] != numbers[0]:
        title = translate("run", "{first} to {last}").format(first=numbers[0], last=numbers[-1])
    minutes = minutes_words(round(spent / 60))
    rest = [line for stop, line in zip(found, lines, strict=True) if stop.section.number not in numbers]
    return [LineShown(key=DONE, number="", title=title, minutes=minutes, is_done=True), *rest]


def _line(stop: Stop, order: Order) -> LineShown:
    line = stop.line
    return LineShown(
        key=stop.key,
        number=line.label if line is not None else stop.section.number,
        title=line.item.title if line is not None else stop.section.title,
        minutes=minutes_words(line.item.minutes) if line is not None else "",
        is_current=order.is_here(stop),
        is_done=order.is_done(stop),
    )


def _done_sections(found: list[Stop], lines: list[LineShown]) -> list[str]:
    """The numbers of the sections at the beginning that are done as a whole."""
    numbers = []
    both = zip(found, lines, strict=True)
    for number, own in itertools.groupby(both, key=lambda each: each[0].section.number):
        if not all(line.is_done for _, line in own):
            break
        numbers.append(number)
    return numbers


def ends_about(view: "SittingView", now: datetime) -> str:
    """When the meeting ends if the rest takes as long as planned: ends about 7:40 PM."""
    if not view.is_running:
        return ""
    ahead, found = 0, view.current is None
    for line in view.agenda:
        if line.is_current:
            found = True
            ahead += max(0, (line.item.minutes or 0) * 60 - line.spent_seconds)
        elif found and line.item.outcome is None and (view.current is not None or not line.is_taken_up):
            ahead += (line.item.minutes or 0) * 60
    if not ahead:
        return ""
    ends = labels.time_clock(now + timedelta(seconds=ahead))
    return translate("run", "ends about {time}").format(time=ends)


def actions(view: "SittingView") -> list[EntryShown]:
    """What is to be done, of the current item first."""
    current = view.current.item.id if view.current else None
    rows = sorted(view.action_items, key=lambda each: each.row.item_id != current)
    found = []
    for each in rows:
        row = each.row
        due = translate("run", "next meeting") if row.due_next_meeting else ""
        if row.due_on is not None:
            due = translate("run", "by {day}").format(day=labels.day_plain(row.due_on))
        below = ", ".join(word for word in (each.who, due) if word)
        found.append(EntryShown(key=row.id, text=row.text, below=below))
    return found


def speakers(view: "SittingView") -> list[EntryShown]:
    """Who spoke from the public, and what about."""
    nameless = translate("run", "Speaker {number}")
    return [
        EntryShown(key=each.id, text=each.name or nameless.format(number=number), below=each.text or "")
        for number, each in enumerate(view.speakers, 1)
    ]


# Motions


def voters(motion: "MotionView") -> list[VoterShown]:
    """Who may vote: who moved and who seconded first, the others in the order of their seats."""
    row = motion.motion
    asides = {row.seconder_id: translate("run", "second"), row.mover_id: translate("run", "moved")}

    def place(contact_id: str) -> int:
        return 0 if contact_id == row.mover_id else 1 if contact_id == row.seconder_id else 2

    silent = Answer.AYE if row.method is Method.UNANIMOUS_CONSENT else None
    return [
        VoterShown(
            contact_id=line.contact_id,
            name=line.name,
            aside=", ".join(
                word
                for word in (
                    asides.get(line.contact_id, ""),
                    translate("run", "for {name}").format(name=line.sits_for) if line.sits_for else "",
                )
                if word
            ),
            answer=line.answer or silent,
        )
        for line in sorted(motion.lines, key=lambda each: place(each.contact_id))
    ]


def amended_by(view: "SittingView", motion: "MotionView | None") -> "MotionView | None":
    """The motion that an amendment would change; None for any other."""
    wanted = motion.motion.amends_id if motion is not None else None
    return next((each for each in view.motions if each.motion.id == wanted), None)


def motion(view: "MotionView", amended: "MotionView | None" = None) -> MotionShown:
    """A motion with who moved it; of an amendment also how the motion reads that it would change."""
    main = translate("run", "{motion} reads: {text}")
    return MotionShown(
        key=view.motion.id,
        heading=view.name,
        moved=translate("run", "moved by") if view.mover else translate("run", "without a mover"),
        mover=view.mover,
        seconded=translate("run", "second") if view.seconder else translate("run", "no second yet"),
        seconder=view.seconder,
        text=view.text,
        main=main.format(motion=amended.name, text=amended.text) if amended is not None else "",
    )


def prospect(view: "MotionView") -> ResultShown:
    """How the vote would end now, in words with its rule."""
    tally = view.tally
    if tally is None:
        return ResultShown(said=Said(view.headline, "vote", "ink"))
    if not tally.is_complete:
        names = [voter.name for voter in tally.missing]
        one, many = (
            translate("run", "{count} has not answered"),
            translate("run", "{count} have not answered"),
        )
        text = labels.counted(len(names), one, many)
        return ResultShown(said=Said(text, "pending", "ink-2"), rule=", ".join(names))
    said = Said(tally.headline, "ok" if tally.is_carried else "absent", "ok" if tally.is_carried else "over")
    return ResultShown(said=said, rule=tally.reason)


def method_words(method: Method) -> str:
    """By name, by voice, by unanimous consent."""
    return {
        Method.ROLL_CALL: translate("run", "By name"),
        Method.VOICE: translate("run", "By voice"),
        Method.UNANIMOUS_CONSENT: translate("run", "Consent"),
    }[method]


def vote_words(method: Method) -> str:
    """Vote by name, vote by voice, unanimous consent."""
    return {
        Method.ROLL_CALL: translate("run", "Vote by name"),
        Method.VOICE: translate("run", "Vote by voice"),
        Method.UNANIMOUS_CONSENT: translate("run", "Unanimous consent"),
    }[method]


def purpose_of(line: "AgendaLine | None", section: "NumberedSection | None" = None) -> Purpose:
    """What a motion on this item is for, or at this section without items."""
    if line is None:
        own = {APPROVE_AGENDA: Purpose.AGENDA, ADJOURNMENT: Purpose.ADJOURN}
        return own.get(section.slug, Purpose.MAIN) if section is not None else Purpose.MAIN
    sections = {"approve-agenda": Purpose.AGENDA, "approve-minutes": Purpose.MINUTES}
    return sections.get(line.section, Purpose.MAIN)


def motion_text(line: "AgendaLine | None", section: "NumberedSection | None") -> str:
    """How a motion reads that nobody has worded otherwise: as the item recommends."""
    if line is not None:
        return line.item.recommended_action or ""
    return {
        Purpose.AGENDA: translate("run", "Approve the agenda."),
        Purpose.ADJOURN: translate("run", "Adjourn the meeting."),
    }.get(purpose_of(None, section), "")


def minutes_of(view: "SittingView", desk: "Desk") -> str | None:
    """The meeting whose minutes a motion on this item approves."""
    if view.current is None:
        return None
    meeting = desk.session.minutes.listed(view.meeting.id).get(view.current.item.id)
    return meeting.id if meeting else None


def consent_words(view: "SittingView", desk: "Desk") -> str:
    """What the consent calendar approves: its items, and the minutes that stand on it."""
    listed = desk.session.minutes.listed(view.meeting.id)
    printed = {line.item.id: line.label for line in view.agenda}
    items = consent_items(view.course)
    text = translate("run", "It approves {items}.")
    text = text.format(items=", ".join(printed[item.id] for item in items))
    days = [labels.day_plain(listed[item.id].on) for item in items if item.id in listed]
    minutes = translate("run", "The minutes of {days} are approved with it, and stay so.")
    return f"{text} {minutes.format(days=joined(days))}" if days else text
