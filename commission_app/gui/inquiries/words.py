"""The words of inquiries: channels, proofs and states with their chips, and the clock as it is drawn."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from commission_app.domain.clock_marks import Mark
from commission_app.domain.clock_words import chip_text, explanations, passed_over_text
from commission_app.domain.findings import Finding, Level
from commission_app.domain.inquiries import (
    Channel,
    ClosedAs,
    Direction,
    Inquiry,
    LetterDirection,
    ProofKind,
)
from commission_app.domain.inquiry_clock import Clock, ClockState
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import labels
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.clock_dots import DotState
from commission_app.gui.widgets.explanation import Explanation
from commission_app.gui.widgets.large_clock import ClockFace, ClockMark, CrossedMark

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView

RULE = "inquiries.meetings_allowed"
COLOURS = {ChipKind.OVERDUE: "over", ChipKind.SOON: "warn", ChipKind.DONE: "ok"}


class Group(StrEnum):
    """Under which label an inquiry stands in the list."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    CLOSED = "closed"


# Words


def channel(value: Channel) -> str:
    """Letter, E-mail, Phone, In person."""
    translate = QCoreApplication.translate
    return {
        Channel.LETTER: translate("inquiries", "Letter"),
        Channel.EMAIL: translate("inquiries", "E-mail"),
        Channel.PHONE: translate("inquiries", "Phone"),
        Channel.IN_PERSON: translate("inquiries", "In person"),
    }[value]


def received_words(inquiry: Inquiry) -> str:
    """How an inquiry came: received by e-mail."""
    translate = QCoreApplication.translate
    return {
        Channel.LETTER: translate("inquiries", "received by letter"),
        Channel.EMAIL: translate("inquiries", "received by e-mail"),
        Channel.PHONE: translate("inquiries", "received by phone"),
        Channel.IN_PERSON: translate("inquiries", "received in person"),
        None: translate("inquiries", "received"),
    }[inquiry.channel]


def direction(value: Direction) -> str:
    """Who made the first step."""
    if value is Direction.INCOMING:
        return QCoreApplication.translate("inquiries", "A city approached us")
    return QCoreApplication.translate("inquiries", "Our own initiative")


def letter_direction(value: LetterDirection) -> str:
    """In, Out."""
    if value is LetterDirection.IN:
        return QCoreApplication.translate("inquiries", "In")
    return QCoreApplication.translate("inquiries", "Out")


def closed_as(value: ClosedAs) -> str:
    """Declined, Withdrawn, Accepted."""
    translate = QCoreApplication.translate
    return {
        ClosedAs.DECLINED: translate("inquiries", "Declined"),
        ClosedAs.WITHDRAWN: translate("inquiries", "Withdrawn"),
        ClosedAs.ACCEPTED: translate("inquiries", "Accepted"),
    }[value]


def proof(kind: ProofKind) -> str:
    """What proves that a step is done."""
    translate = QCoreApplication.translate
    return {
        ProofKind.LETTER: translate("inquiries", "Letter"),
        ProofKind.FORM: translate("inquiries", "Form"),
        ProofKind.AGENDA_ITEM: translate("inquiries", "Agenda item discussed"),
        ProofKind.MOTION: translate("inquiries", "Motion carried"),
        ProofKind.AGREEMENT: translate("inquiries", "Signed agreement"),
    }[kind]


# States


def clock_chip(clock: Clock, *, in_list: bool = False) -> ChipSpec:
    """How an inquiry stands against its meetings; in a list the last meeting is named by its day."""
    text = chip_text(clock)
    if clock.state is ClockState.MET:
        return ChipSpec(text, ChipKind.DONE, "ok")
    if clock.state is ClockState.CLOSED:
        return ChipSpec(text, ChipKind.PLAIN, "close")
    if clock.state is ClockState.LATE:
        return ChipSpec(text, ChipKind.PLAIN, "info")
    if clock.level is Level.OVERDUE:
        return ChipSpec(text, ChipKind.OVERDUE, "overdue")
    if clock.level is Level.WARNING:
        if in_list and clock.state is ClockState.LAST_MEETING and clock.deadline:
            on = month_day(clock.deadline.on)
            text = QCoreApplication.translate("inquiries", "Last: {day}").format(day=on)
        return ChipSpec(text, ChipKind.SOON, "deadline")
    return ChipSpec(text, ChipKind.PLAIN, "" if in_list else "deadline")


def state_chip(view: "InquiryView", *, in_list: bool = False) -> ChipSpec:
    """The state of an inquiry; of one of our own how far its steps are."""
    if view.clock is not None:
        return clock_chip(view.clock, in_list=in_list)
    if view.inquiry.closed_as is not None:
        return ChipSpec(closed_as(view.inquiry.closed_as), ChipKind.PLAIN, "close")
    text = QCoreApplication.translate("inquiries", "{done} of {all} steps").format(
        done=view.steps_done, all=len(view.steps)
    )
    return ChipSpec(text, ChipKind.PLAIN, "letter-out")


def answer_finding(view: "InquiryView") -> Finding | None:
    """What is said about the first answer, while it is owed."""
    return next((finding for finding in view.findings if finding.rule == "answer-due"), None)


def answer_chip(view: "InquiryView") -> ChipSpec | None:
    """By when the inquiry is to be answered, or for how long it has waited."""
    finding = answer_finding(view)
    if finding is None or finding.due_on is None:
        return None
    translate = QCoreApplication.translate
    if finding.level is Level.OVERDUE:
        waited = labels.days((labels.today() - view.inquiry.received_on).days)
        return ChipSpec(
            translate("inquiries", "Unanswered {days}").format(days=waited), ChipKind.OVERDUE, "overdue"
        )
    by = translate("inquiries", "Answer by {day}").format(day=labels.day_short(finding.due_on))
    return ChipSpec(by, ChipKind.PLAIN, "mail")


def chips_of(view: "InquiryView") -> list[ChipSpec]:
    """The chips beside an inquiry's name."""
    translate = QCoreApplication.translate
    chips = [state_chip(view)]
    place = view.clock.listed if view.clock else None
    ahead = [entry.meeting.on for entry in view.listed if entry.meeting.on >= labels.today()]
    if place is not None or ahead:
        on = month_day(place.on if place else min(ahead))
        listed = translate("inquiries", "On the agenda of {day}").format(day=on)
        chips.append(ChipSpec(listed, ChipKind.ACCENT, "meetings"))
    if view.inquiry.closed_as is not None and view.inquiry.closed_on is not None and view.clock:
        closed = translate("inquiries", "{how} {day}").format(
            how=closed_as(view.inquiry.closed_as), day=labels.day_plain(view.inquiry.closed_on)
        )
        icon = "approved" if view.inquiry.closed_as is ClosedAs.ACCEPTED else "close"
        chips.append(ChipSpec(closed, ChipKind.PLAIN, icon))
    answer = answer_chip(view)
    return [*chips, answer] if answer else chips


def group_of(view: "InquiryView") -> Group:
    """Under which label an inquiry is listed."""
    if view.clock is None:
        return Group.CLOSED if view.inquiry.is_closed else Group.OPEN
    states = {ClockState.MET: Group.MET, ClockState.LATE: Group.LATE, ClockState.CLOSED: Group.CLOSED}
    return states.get(view.clock.state, Group.OPEN)


def group_label(group: Group, count: int) -> str:
    """The label over a part of the list: Open, 4."""
    translate = QCoreApplication.translate
    word = {
        Group.OPEN: translate("inquiries", "Open, {count}"),
        Group.MET: translate("inquiries", "Met, {count}"),
        Group.LATE: translate("inquiries", "Late, {count}"),
        Group.CLOSED: translate("inquiries", "Closed, {count}"),
    }[group]
    return word.format(count=count)


def in_order(views: Iterable["InquiryView"]) -> list["InquiryView"]:
    """By group; open ones by urgency, the others with the latest first."""
    return sorted(views, key=_order)


def _order(view: "InquiryView") -> tuple[int, int, int, str]:
    group = group_of(view)
    day = view.inquiry.received_on.toordinal()
    if group is not Group.OPEN:
        return list(Group).index(group), 0, -day, view.city.city.name
    if view.clock is None:
        return 0, 9, day, view.city.city.name
    left = 0 if view.clock.state is ClockState.OVERDUE else view.clock.left
    due = view.clock.due_on.toordinal() if view.clock.due_on else 10**7
    return 0, left, due, view.city.city.name


# The clock


def dots_of(view: "InquiryView") -> tuple[DotState, ...]:
    """The dots of an inquiry; none for one of our own."""
    return tuple(DotState(mark.dot.value) for mark in view.marks)


def clock_face(view: "InquiryView", clock: Clock, now: datetime) -> ClockFace:
    """The clock of an inquiry as it is drawn large, with a flag before each meeting that can still list it;
    `now` on the wall clock.
    """
    translate = QCoreApplication.translate
    crossed = tuple(
        CrossedMark(meeting.on, labels.day_short(meeting.on), passed_over_text(meeting))
        for meeting in clock.passed_over
        if meeting.on > clock.received_on
    )
    waits = {place.number: place.cutoff for place in clock.places if clock.is_running and not place.is_used}
    cutoffs = {number: cutoff for number, cutoff in waits.items() if cutoff > now}
    return ClockFace(
        received_on=clock.received_on,
        title=labels.day_short(clock.received_on),
        text=received_words(view.inquiry),
        marks=tuple(_mark(mark, cutoffs.get(mark.number)) for mark in view.marks),
        crossed=crossed,
        now=now if clock.is_running else None,
        today=translate("inquiries", "Today, {day}").format(day=month_day(now)),
        allowed=clock.allowed,
    )


def month_day(day: date) -> str:
    """A day without its weekday, short: Sep 24; with its year when that is not this one."""
    if day.year != labels.today().year:
        return labels.day_field(day)
    pattern = QCoreApplication.translate("labels", "MMM d")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def _mark(mark: Mark, cutoff: datetime | None) -> ClockMark:
    translate = QCoreApplication.translate
    title = labels.day_short(mark.starts) if mark.starts else translate("inquiries", "Not known yet")
    flag = ""
    if cutoff is not None:
        flag = translate("inquiries", "list it by {moment}").format(moment=labels.moment_short(cutoff))
    state = DotState(mark.dot.value)
    return ClockMark(state, mark.number, mark.starts, title, mark.text, cutoff, flag)


def clock_explanation(clock: Clock, book: RuleBook) -> Explanation:
    """How the state and the meetings were counted, by which rule."""
    translate = QCoreApplication.translate
    said = explanations(clock)
    counted = [said["state"], said["used"], said["left"]]
    if clock.is_running:
        counted += [said["listable"], said["due_on"]]
    else:
        counted.append(said["met_at"])
    rule = translate("inquiries", "Discuss within {count} meetings from the date of the inquiry").format(
        count=clock.allowed
    )
    return Explanation(
        number=chip_text(clock),
        counted=" ".join(dict.fromkeys(counted)),
        rule=rule,
        source=book.source(RULE, clock.received_on) or clock.source,
        rule_key=RULE,
    )
