"""Seats in words: what stands on a card, since when, and what a vacancy asks for."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from commission_app.domain.members import SeatState, Term, TermEnd
from commission_app.domain.quorum import QuorumBasis
from commission_app.domain.seat_history import SeatSpan, SpanKind
from commission_app.domain.seats import last_day
from commission_app.gui import labels
from commission_app.gui.widgets.explanation import Explanation
from commission_app.gui.widgets.seat_card import SeatFacts
from commission_app.gui.widgets.seat_timeline import Part, Stretch
from commission_app.gui.widgets.term_bar import Term as TermLook
from commission_app.services.members import QuorumView, SeatView, SpanView


def seat_facts(view: SeatView, today: date, history: Sequence[SpanView] = ()) -> SeatFacts:
    """A seat as its card shows it, with its terms for the tip."""
    return SeatFacts(
        key=view.seat.id,
        seat=view.seat.label,
        chip=labels.seat_state(view.standing.state),
        name=view.holder.name if view.holder else "",
        office=", ".join(labels.office(title) for title in view.offices),
        term=term_look(view, today),
        lines=tuple(vacancy_lines(view)),
        note=turn_words(view.precedence),
        past=tuple(map(span_text, history)),
    )


def term_look(view: SeatView, today: date) -> TermLook:
    """The term of a filled seat as its bar shows it."""
    standing = view.standing
    if standing.term is None or not standing.is_filled:
        return TermLook(None, None, today)
    holdover = standing.state is SeatState.HOLDOVER
    return TermLook(standing.term.from_on, standing.ends_on, today, holdover=holdover)


def timeline_parts(history: Sequence[SpanView], today: date) -> list[Part]:
    """A seat's history as its line shows it."""
    return [
        Part(_stretch(view.span, today), view.span.first, view.span.last, span_text(view)) for view in history
    ]


def _stretch(span: SeatSpan, today: date) -> Stretch:
    if span.kind is SpanKind.HOLDOVER:
        return Stretch.HOLDOVER
    if span.kind is SpanKind.VACANT:
        return Stretch.EMPTY
    if span.covers(today):
        return Stretch.NOW
    return Stretch.PAST if span.first < today else Stretch.COMING


def span_text(view: SpanView) -> str:
    """A stretch of a seat's history: Ana Ruiz, Jul 1, 2019 to Jun 30, 2023; Vacant, from ... on."""
    translate, span = QCoreApplication.translate, view.span
    days = translate("seats", "from {first} on").format(first=labels.day_field(span.first))
    if span.last is not None:
        days = translate("seats", "{first} to {last}").format(
            first=labels.day_field(span.first), last=labels.day_field(span.last)
        )
    if view.holder is None:
        return translate("seats", "Vacant, {days}").format(days=days)
    text = translate("seats", "{name}, {days}")
    if span.kind is SpanKind.HOLDOVER:
        text = translate("seats", "{name} as a holdover, {days}")
    return text.format(name=view.holder.name, days=days)


def turn_words(place: int | None) -> str:
    """When an alternate is asked to sit: first to sit for an absent member."""
    if place is None:
        return ""
    translate = QCoreApplication.translate
    if place == 1:
        return translate("seats", "First to sit for an absent member")
    if place == 2:
        return translate("seats", "Second to sit")
    return translate("seats", "Number {place} to sit").format(place=place)


def vacancy_lines(view: SeatView) -> list[str]:
    """Since when a seat is empty, and how the notice stands."""
    translate = QCoreApplication.translate
    vacancy = view.vacancy
    if vacancy is None:
        return []
    if vacancy.since is None:
        return [translate("seats", "Nobody so far.")]
    lines = [translate("seats", "Since {day}.").format(day=labels.day_plain(vacancy.since))]
    if vacancy.notice_on is not None:
        lines.append(translate("seats", "Notice posted {day}.").format(day=_brief(vacancy.notice_on)))
        if vacancy.appoint_from is not None:
            lines.append(translate("seats", "Appoint from {day}.").format(day=_brief(vacancy.appoint_from)))
    elif vacancy.notice_by is not None:
        lines.append(translate("seats", "Notice by {day}.").format(day=_brief(vacancy.notice_by)))
    return lines


def _brief(day: date) -> str:
    text = labels.day_field(day)
    return text.removesuffix(f", {day.year}") if day.year == labels.today().year else text


def standing_line(view: SeatView) -> str:
    """The state of a seat as a line beside its chip."""
    translate, standing = QCoreApplication.translate, view.standing
    if standing.state is SeatState.HOLDOVER and standing.ends_on:
        text = translate("seats", "The term ended {day}. Serves and votes until somebody follows.")
        return text.format(day=labels.day_plain(standing.ends_on))
    if standing.state is SeatState.VACANT:
        return _emptied(view)
    if standing.days_left is None:
        return translate("seats", "The term has no end.")
    left = labels.days(standing.days_left)
    if standing.days_left == 0:
        return translate("seats", "Today is the last day of the term.")
    if standing.followed:
        return translate("seats", "{days} left. The next term is appointed.").format(days=left)
    return translate("seats", "{days} left.").format(days=left)


def _emptied(view: SeatView) -> str:
    translate, term = QCoreApplication.translate, view.standing.term
    if term is None or view.vacancy is None or view.vacancy.since is None:
        return translate("seats", "Nobody has held this seat so far.")
    return translate("seats", "Empty since {day}.").format(day=labels.day_plain(view.vacancy.since))


def term_span(term: Term) -> str:
    """A term's days and how it ended: Jul 1, 2019 to Aug 13, 2026, resigned."""
    translate, last = QCoreApplication.translate, last_day(term)
    span = translate("seats", "from {first}").format(first=labels.day_field(term.from_on))
    if last is not None:
        span = translate("seats", "{first} to {last}").format(
            first=labels.day_field(term.from_on), last=labels.day_field(last)
        )
    if term.ended in (None, TermEnd.EXPIRED):
        return span
    return f"{span}, {labels.term_end(term.ended).lower()}"


def notice_help(view: SeatView) -> str:
    """What the law asks after an unscheduled vacancy."""
    translate, vacancy = QCoreApplication.translate, view.vacancy
    if vacancy is None or vacancy.notice_by is None:
        return ""
    if vacancy.appoint_from is not None:
        text = translate("seats", "Appoint from {day} on: ten working days after the notice.")
        text = text.format(day=labels.day_plain(vacancy.appoint_from))
        if vacancy.is_notice_late:
            due = translate("seats", "The notice was due by {day}.")
            return f"{due.format(day=labels.day_plain(vacancy.notice_by))} {text}"
        if vacancy.is_notice_early:
            early = translate("seats", "The law has the notice posted at most 20 days before the vacancy.")
            return f"{early} {text}"
        return text
    text = translate("seats", "Post the notice of the vacancy by {day}; appoint ten working days after it.")
    return text.format(day=labels.day_plain(vacancy.notice_by))


def notice_caution(view: SeatView, on: date | None) -> str:
    """What to know of an appointment on a day that comes before the notice has stood for ten working days;
    empty where it does not. An emergency appointment may: Gov. Code 54974(b).
    """
    translate, vacancy = QCoreApplication.translate, view.vacancy
    if on is None or vacancy is None or vacancy.notice_by is None:
        return ""
    emergency = translate("seats", "Only an emergency appointment comes earlier, and it is an acting one.")
    if vacancy.appoint_from is None:
        text = translate(
            "seats",
            "No notice of this vacancy is recorded. It is posted ten working days before (Gov. Code 54974).",
        )
        return f"{text} {emergency}"
    if on >= vacancy.appoint_from:
        return ""
    text = translate("seats", "This is before {day}, ten working days after the notice (Gov. Code 54974).")
    return f"{text.format(day=labels.day_plain(vacancy.appoint_from))} {emergency}"


def notice_explanation(view: SeatView) -> Explanation | None:
    """How the days of a vacancy are counted."""
    translate, vacancy = QCoreApplication.translate, view.vacancy
    if vacancy is None or vacancy.notice_by is None or vacancy.ended_on is None:
        return None
    number = translate("seats", "Notice by {day}").format(day=labels.day_plain(vacancy.notice_by))
    counted = translate("seats", "Twenty days after {day}, the last day of the term.").format(
        day=labels.day_plain(vacancy.ended_on)
    )
    if vacancy.appoint_from is not None and vacancy.notice_on is not None:
        number = translate("seats", "Appoint from {day}").format(day=labels.day_plain(vacancy.appoint_from))
        counted = translate("seats", "Ten working days after the notice of {day}; holidays do not count.")
        counted = counted.format(day=labels.day_plain(vacancy.notice_on))
    return Explanation(
        number,
        counted,
        rule=translate("seats", "Notice within 20 days; no appointment for 10 working days after it"),
        source=translate("seats", "California Government Code 54974"),
    )


def quorum_sentence(quorum: QuorumView) -> str:
    """What the quorum is counted from."""
    translate = QCoreApplication.translate
    if quorum.basis is QuorumBasis.SEATS:
        first = labels.counted(
            quorum.regular,
            translate("seats", "More than half of the one seat, vacant or not."),
            translate("seats", "More than half of the {count} seats, vacant or not."),
        )
    else:
        first = labels.counted(
            quorum.filled,
            translate("seats", "More than half of the one filled seat."),
            translate("seats", "More than half of the {count} filled seats."),
        )
    second = translate("seats", "An alternate counts only while seated for a named absent member.")
    return f"{first} {second}"


def quorum_explanation(quorum: QuorumView) -> Explanation:
    """How the quorum is counted, by which rule, from which source."""
    translate = QCoreApplication.translate
    basis = translate("seats", "Half of {count} regular seats, vacant or not, and one more.")
    count = quorum.regular
    if quorum.basis is QuorumBasis.FILLED:
        basis, count = (
            translate("seats", "Half of {count} filled regular seats, and one more."),
            quorum.filled,
        )
    liaisons = translate(
        "seats", "Liaisons do not count. It is counted again whenever somebody comes or goes."
    )
    return Explanation(
        translate("seats", "{count} make a quorum").format(count=quorum.needed),
        f"{basis.format(count=count)} {liaisons}",
        rule=translate("seats", "More than half of the regular seats")
        if quorum.basis is QuorumBasis.SEATS
        else translate("seats", "More than half of the filled regular seats"),
        source=quorum.source,
        rule_key="quorum.basis",
    )
