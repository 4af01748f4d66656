"""Who is at the table at an instant of a meeting, in which seat, and whether that makes a quorum."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from commission_app.domain.course import Course, count_word, joined, lasts, verb
from commission_app.domain.meetings import AttendanceState
from commission_app.domain.members import Seat, SeatKind
from commission_app.domain.proceedings import Recusal, Seating
from commission_app.domain.quorum import QuorumBasis, QuorumCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody with a seat, at an instant.

    `votes_from`: the regular seat whose vote is theirs, their own or the one they sit in; `sits_for`: the
    absent member whose seat that is; `replaced_by`: the alternate who keeps the seat of a member who is back.
    """

    contact_id: str
    name: str
    seat: Seat
    state: AttendanceState | None
    is_here: bool
    is_remote: bool = False
    recusal: Recusal | None = None
    is_recused: bool = False
    votes_from: Seat | None = None
    seating: Seating | None = None
    sits_for: str | None = None
    replaced_by: str | None = None
    counts: bool = False

    @property
    def may_vote(self) -> bool:
        """Regular members who are here and not recused, and seated alternates; liaisons never."""
        return self.is_here and self.votes_from is not None and not self.is_recused


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting at an instant: everybody with a seat in the order of the roll, and the quorum."""

    course: Course
    at: datetime
    people: tuple[Participant, ...]
    quorum: QuorumCount

    @property
    def voters(self) -> tuple[Participant, ...]:
        """Who votes, in the order of the seats voted from."""
        return _by_seat([person for person in self.people if person.may_vote])

    def person(self, contact_id: str | None) -> Participant | None:
        """Somebody with a seat."""
        return next((person for person in self.people if person.contact_id == contact_id), None)

    def in_seat(self, seat_id: str) -> Participant | None:
        """Who is here and has the vote of a regular seat."""
        return next(
            (p for p in self.people if p.is_here and p.votes_from and p.votes_from.id == seat_id), None
        )

    @property
    def headline(self) -> str:
        """In large letters: 5 of 7 here, 4 needed: quorum."""
        here, needed = self.quorum.present, self.quorum.needed
        word = "quorum" if self.quorum.met else "no quorum"
        return f"{here} of {self.course.regular_seats} here, {needed} needed: {word}"

    @property
    def reason(self) -> str:
        """Who counts, and what else one wants to know of the number."""
        counting = _by_seat([person for person in self.people if person.counts])
        sentences = []
        if counting:
            names = joined(
                f"alternate {p.name} for {self._absent(p)}" if p.seating else p.name for p in counting
            )
            sentences.append(f"{names[0].upper()}{names[1:]}.")
        else:
            sentences.append("Nobody who counts is here.")
        aside = [p for p in self.people if p.is_here and p.votes_from and not p.counts]
        recused = [p.name for p in aside if p.is_recused and not self.course.rules.recused_counts]
        remote = [p.name for p in aside if p.name not in recused]
        if recused:
            sentences.append(verb(recused, "is recused and does not count.", "are recused and do not count."))
        if remote:
            one, many = "takes part from elsewhere and does", "take part from elsewhere and do"
            sentences.append(verb(remote, f"{one} not count.", f"{many} not count."))
        if not self.quorum.met and (idle := self._idle_alternates()):
            words = "is here and sits for nobody.", "are here and sit for nobody."
            plural = "s" if len(idle) > 1 else ""
            sentences.append(f"Alternate{plural} {verb(idle, *words)}")
        if vacancies := self._vacancies():
            sentences.append(vacancies)
        return " ".join(sentences)

    @property
    def sentence(self) -> str:
        """The quorum in a sentence and who makes it."""
        return f"{self.quorum.sentence()}. {self.reason}"

    def _absent(self, person: Participant) -> str:
        return self.course.name(person.sits_for) if person.sits_for else "a vacant seat"

    def _idle_alternates(self) -> list[str]:
        found = [p for p in self.people if p.seat.kind is SeatKind.ALTERNATE]
        return [p.name for p in found if p.is_here and not p.votes_from]

    def _vacancies(self) -> str:
        vacant = sum(
            not standing.is_filled and self.in_seat(standing.seat.id) is None
            for standing in self.course.standings
            if standing.seat.kind is SeatKind.REGULAR
        )
        if vacant == 0:
            return ""
        if self.course.basis is QuorumBasis.FILLED:
            many = "vacant seats do" if vacant > 1 else "vacant seat does"
            return f"{count_word(vacant)} {many} not count."
        if self.quorum.met:
            return ""
        many = "seats are vacant and count" if vacant > 1 else "seat is vacant and counts"
        return f"{count_word(vacant)} {many} all the same."


def sitting_at(course: Course, at: datetime, *, recused: Collection[str] = ()) -> Sitting:
    """A meeting at an instant; `recused`: who takes no part besides those whose recusal is recorded.

    An alternate has the vote of the seat sat in while both the seating lasts and the alternate is here, and
    then the member, should they be back, has not. A seat has one vote whatever is recorded.
    """
    seated: dict[str, Seating] = {}
    taken: set[str] = set()
    for seating in course.seatings:
        free = seating.seat_id not in taken and seating.contact_id not in seated
        if free and lasts(seating, at) and _sits_validly(course, seating, at):
            seated[seating.contact_id] = seating
            taken.add(seating.seat_id)
    people: list[Participant] = []
    for contact_id, seat in _places(course):
        entry = course.entry(contact_id)
        here = course.is_here(contact_id, at)
        own = [r for r in course.recusals if r.contact_id == contact_id and lasts(r, at)]
        is_recused = bool(own) or contact_id in recused
        is_remote = here and entry is not None and entry.state is AttendanceState.REMOTE
        place, replaced_by = seated.get(contact_id), None
        votes_from = course.seat(place.seat_id) if place else None
        if seat.kind is SeatKind.REGULAR:
            if seat.id in taken:
                replaced_by = next((s.contact_id for s in seated.values() if s.seat_id == seat.id), None)
            else:
                votes_from = seat
                if here:
                    taken.add(seat.id)
        people.append(
            Participant(
                contact_id=contact_id,
                name=course.name(contact_id),
                seat=seat,
                state=entry.state if entry else None,
                is_here=here,
                is_remote=is_remote,
                recusal=own[0] if own else None,
                is_recused=is_recused,
                votes_from=votes_from,
                seating=place,
                sits_for=course.holder(place.seat_id) if place else None,
                replaced_by=replaced_by,
                counts=here
                and votes_from is not None
                and course.rules.admits(is_remote=is_remote, is_recused=is_recused),
            )
        )
    count = QuorumCount(needed=course.needed, present=sum(person.counts for person in people))
    return Sitting(course=course, at=at, people=tuple(people), quorum=count)


def _places(course: Course) -> list[tuple[str, Seat]]:
    """Everybody with a seat at the meeting, in the order of the roll."""
    found = [(s.holder, s.seat) for s in course.standings if s.holder]
    named = {entry.contact_id for entry in course.roll if course.seat(entry.seat_id)}
    found = [(who, seat) for who, seat in found if who not in named]
    found += [(entry.contact_id, seat) for entry in course.roll if (seat := course.seat(entry.seat_id))]
    order = {standing.seat.id: place for place, standing in enumerate(course.standings)}
    return sorted(found, key=lambda place: order[place[1].id])


def _sits_validly(course: Course, seating: Seating, at: datetime) -> bool:
    """An alternate in a regular seat whose holder is away (or keeps waiting, by the setting), or in a vacant
    one where the setting allows it.
    """
    if not course.is_here(seating.contact_id, at):
        return False
    own, seat = course.seat_of(seating.contact_id), course.seat(seating.seat_id)
    if own is None or own.kind is not SeatKind.ALTERNATE or seat is None or seat.kind is not SeatKind.REGULAR:
        return False
    holder = course.holder(seat.id)
    if holder is None:
        return course.rules.for_vacant_seats
    return not (course.until_arrival and course.is_here(holder, at))


def _by_seat(people: Sequence[Participant]) -> tuple[Participant, ...]:
    return tuple(sorted(people, key=lambda p: p.votes_from.position if p.votes_from else 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumChange:
    """The quorum from an instant on, and what it was before (None at the call to order)."""

    at: datetime
    count: QuorumCount
    before: QuorumCount | None = None

    @property
    def is_lost(self) -> bool:
        """Whether there was a quorum until then."""
        return self.before is not None and self.before.met and not self.count.met

    @property
    def is_regained(self) -> bool:
        """Whether there was none until then."""
        return self.before is not None and not self.before.met and self.count.met


def quorum_timeline(course: Course) -> list[QuorumChange]:
    """The quorum at the call to order and at each arrival, departure, seating and recusal that changes it,
    up to the adjournment; nothing for a meeting that was not called to order.
    """
    if course.called_at is None:
        return []
    instants = {course.called_at}
    for entry in course.roll:
        instants |= {at for at in (entry.arrived, entry.left) if at}
    for gone in course.departures:
        instants |= {gone.left_at, gone.returned_at}
    spans = [(s.from_at, s.until_at) for s in course.seatings]
    spans += [(r.from_at, r.until_at) for r in course.recusals]
    instants |= {at for span in spans for at in span if at}
    found: list[QuorumChange] = []
    for at in sorted(instants):
        if at < course.called_at or (course.adjourned_at and at >= course.adjourned_at > course.called_at):
            continue
        count, before = sitting_at(course, at).quorum, found[-1].count if found else None
        if count != before:
            found.append(QuorumChange(at=at, count=count, before=before))
    return found


def had_quorum(course: Course) -> bool:
    """Whether there was a quorum at any time of the meeting."""
    return any(change.count.met for change in quorum_timeline(course))
