"""What happened at the sample's past meetings: who came, what was moved, how each voted, what is to be done.

Entered as from paper notes, by the services that a meeting is run with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import Outcome
from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import Answer, Method, Purpose
from commission_app.services.session import Session

_CHAIR, _VICE_CHAIR = "Dr. Alexandria Montgomery-Featherstonehaugh", "Nguyễn Thị Minh Khai"
_SECRETARY, _TREASURER = "Ana Ruiz", "Harold Lindqvist"
_GRACE, _LEE, _CRUZ, _WOJCIK = "Grace Okonkwo-Bauer", "Daniel Lee", "Marisol Cruz", "Tomasz Wójcik"


def hold(session: Session, past: Sequence[str], people: Mapping[str, str]) -> None:
    """Enter the meetings, the earliest first; `past` are their ids, the latest first."""
    evenings = [_Evening(session, meeting_id, people) for meeting_id in past]
    _accept_the_gift(evenings[5])
    _hear_the_chair(evenings[4], past[5])
    _discuss_braga(evenings[3], past[4])
    _go_home(evenings[1])
    _choose_a_site(evenings[0], past)


@dataclass
class _Evening:
    """One meeting, whose steps are told in minutes from its start."""

    session: Session
    meeting_id: str
    people: Mapping[str, str]
    start: datetime = field(init=False)
    items: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        meeting = self.session.meetings.get(self.meeting_id).meeting
        zone = self.session.context.today().zone
        self.start = meeting.starts.replace(tzinfo=zone).astimezone(UTC)
        found = self.session.agendas.items(self.meeting_id)
        self.items = {item.title.split(":")[0]: item.id for item in found}

    def at(self, minutes: int) -> datetime:
        """An instant of the evening."""
        return self.start + timedelta(minutes=minutes)

    def call(self, minutes: int) -> None:
        """The meeting is called to order."""
        self.session.proceedings.call_to_order(self.meeting_id, at=self.at(minutes))

    def turn_to(self, item: str, minutes: int) -> str:
        """The meeting turns to an item, named by the beginning of its title."""
        item_id = next(found for title, found in self.items.items() if title.startswith(item))
        self.session.proceedings.go_to_item(self.meeting_id, item_id, at=self.at(minutes))
        return item_id

    def seat(self, alternate: str, seat_key: str, minutes: int) -> None:
        """An alternate sits for an absent member."""
        [seat] = [v.seat for v in self.session.members.seats() if v.seat.key == seat_key]
        who = self.people[alternate]
        self.session.proceedings.seat_alternate(self.meeting_id, who, seat.id, at=self.at(minutes))

    def decide(
        self,
        draft: MotionDraft,
        minutes: int,
        movers: tuple[str, str],
        others: Mapping[str, Answer] | None = None,
    ) -> None:
        """A motion by somebody, seconded by somebody; all say aye but `others`."""
        mover, second = (self.people[name] for name in movers)
        motion = replace(draft, mover_id=mover, seconder_id=second)
        steps = self.session.proceedings
        motion_id = steps.move(self.meeting_id, motion, at=self.at(minutes))
        answers = {self.people[name]: answer for name, answer in (others or {}).items()}
        steps.vote_all_aye_except(motion_id, answers, at=self.at(minutes + 1))
        steps.close(motion_id, at=self.at(minutes + 2))

    def approve_minutes(self, of: str, item: str, minutes: int, movers: tuple[str, str]) -> None:
        """The minutes of an earlier meeting are approved."""
        item_id = self.turn_to(item, minutes)
        draft = MotionDraft(
            text="Approve the minutes.", item_id=item_id, purpose=Purpose.MINUTES, minutes_of_id=of
        )
        self.decide(draft, minutes + 1, movers)

    def adjourn(self, minutes: int) -> None:
        """The chair adjourns the meeting."""
        self.session.proceedings.adjourn(self.meeting_id, at=self.at(minutes))


def _accept_the_gift(evening: _Evening) -> None:
    evening.call(2)
    item_id = evening.turn_to("Bulbs", 9)
    draft = MotionDraft(text="Accept the gift with thanks.", item_id=item_id)
    evening.decide(draft, 14, (_GRACE, _LEE))
    evening.adjourn(38)


def _hear_the_chair(evening: _Evening, before: str) -> None:
    evening.call(1)
    evening.seat(_WOJCIK, "regular-4", 2)
    evening.approve_minutes(before, "Minutes", 4, (_SECRETARY, _GRACE))
    item_id = evening.turn_to("Chair", 10)
    evening.session.proceedings.note(item_id, "The Chair reported on the visit of a school from Oulu.")
    evening.adjourn(41)


def _discuss_braga(evening: _Evening, before: str) -> None:
    evening.call(3)
    evening.approve_minutes(before, "Minutes", 5, (_VICE_CHAIR, _SECRETARY))
    item_id = evening.turn_to("Inquiry from Braga", 12)
    evening.session.proceedings.note(
        item_id,
        "Commissioner Lee presented the letter and the form from Braga. Members asked how the two "
        "universities would share the costs of the internships.",
    )
    evening.adjourn(57)


def _go_home(evening: _Evening) -> None:
    evening.call(5)
    evening.session.proceedings.adjourn_no_quorum(evening.meeting_id, at=evening.at(21))


def _choose_a_site(evening: _Evening, past: Sequence[str]) -> None:
    """The last meeting: a late arrival, a seated alternate, a recusal, a motion that fails."""
    steps, people, meeting_id = evening.session.proceedings, evening.people, evening.meeting_id
    evening.call(3)
    evening.seat(_CRUZ, "regular-6", 4)
    steps.correct_times(meeting_id, people[_TREASURER], arrived=evening.at(13), left=None)
    first, second = (title for title in evening.items if title.startswith("Minutes"))
    evening.approve_minutes(past[3], first, 5, (_VICE_CHAIR, _GRACE))
    evening.approve_minutes(past[1], second, 8, (_SECRETARY, _VICE_CHAIR))
    evening.turn_to("Chair", 14)
    evening.turn_to("Treasurer", 19)
    _argue_about_the_garden(evening)
    steps.depart(meeting_id, people[_WOJCIK], at=evening.at(62))
    _refer_the_exchange(evening)
    evening.adjourn(81)


def _argue_about_the_garden(evening: _Evening) -> None:
    steps, people, meeting_id = evening.session.proceedings, evening.people, evening.meeting_id
    garden = evening.turn_to("Friendship garden", 24)
    reason = "being on the board of the library’s foundation"
    steps.recuse(meeting_id, people[_TREASURER], garden, reason=reason, at=evening.at(25))
    steps.add_speaker(
        meeting_id,
        name="Beatriz Alcántara",
        text="Asked that the path to the bus stop stay open.",
        item_id=garden,
    )
    lawn = MotionDraft(
        text="Recommend the lawn east of the library to the Parks Department.",
        item_id=garden,
        method=Method.ROLL_CALL,
    )
    noes = dict.fromkeys((_CHAIR, _VICE_CHAIR, _SECRETARY), Answer.NO)
    evening.decide(lawn, 38, (_GRACE, _CRUZ), noes)
    later = MotionDraft(
        text="Continue the item to the next meeting, and ask the Parks Department what the upkeep costs.",
        item_id=garden,
    )
    evening.decide(later, 45, (_VICE_CHAIR, _GRACE), {_CRUZ: Answer.ABSTAIN})
    steps.set_outcome(garden, Outcome.CONTINUED)
    steps.note(
        garden,
        "Commissioner Okonkwo-Bauer showed two sites. The lawn has water and sun; the court is paved. "
        "Members wished to know the cost of the upkeep before they choose.",
    )
    today = evening.session.context.today().today
    task = ActionItemDraft(
        meeting_id=meeting_id,
        item_id=garden,
        text="Ask the Parks Department what the upkeep of the garden costs a year",
        contact_id=people[_GRACE],
        due_on=today + timedelta(days=12),
    )
    steps.add_action_item(task)
    in_time = today + timedelta(days=40)
    steps.add_action_item(replace(task, text="Bring pictures of both sites", due_on=in_time))


def _refer_the_exchange(evening: _Evening) -> None:
    steps, meeting_id = evening.session.proceedings, evening.meeting_id
    exchange = evening.turn_to("Student exchange", 58)
    steps.set_outcome(exchange, Outcome.REFERRED, referred_to="the Friendship Society")
    steps.note(exchange, "Eleven families would take a student. The Society is asked to visit them.")
    done = steps.add_action_item(
        ActionItemDraft(
            meeting_id=meeting_id,
            item_id=exchange,
            text="Send the list of host families to the Friendship Society",
            contact_id=evening.people[_SECRETARY],
            due_next_meeting=True,
        )
    )
    day = evening.session.meetings.get(meeting_id).meeting.on
    steps.finish_action_item(done, on=min(day + timedelta(days=4), evening.session.context.today().today))
