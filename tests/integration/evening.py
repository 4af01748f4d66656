"""A file with one meeting on 24 September 2026, and short ways to run it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commission_app.domain.agendas import AgendaItemDraft, Outcome
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import AttendanceState, MeetingDraft
from commission_app.domain.members import OfficeTitle, TermDraft
from commission_app.domain.moving import MotionDraft
from commission_app.services.proceedings import ProceedingsService
from commission_app.services.proceedings_reading import SittingView
from commission_app.services.session import Session
from tests.factories import make_session

DAY = date(2026, 9, 24)
ZONE = ZoneInfo("America/Los_Angeles")
MEMBERS = ("Ana", "Ben", "Cal", "Dee", "Eva")  # seats 6 and 7 are vacant


def clock(text: str, day: date = DAY) -> datetime:
    """A typed time of the evening as an instant."""
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=ZONE).astimezone(UTC)


@dataclass
class Evening:
    """A file with one meeting, its people by name and items by title."""

    session: Session
    meeting_id: str
    who: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)

    @property
    def run(self) -> ProceedingsService:
        return self.session.proceedings

    def state(self, at: str) -> SittingView:
        return self.run.state(self.meeting_id, at=clock(at))

    def mark(self, *names: str, state: AttendanceState = AttendanceState.PRESENT) -> None:
        for name in names:
            self.run.mark(self.meeting_id, self.who[name], state)

    def call(self, *here: str, at: str = "18:02") -> None:
        self.mark(*here)
        self.run.call_to_order(self.meeting_id, at=clock(at))

    def move(self, text: str = "Write to Tainan.", at: str = "18:10", **values: object) -> str:
        people = {"mover_id": self.who["Ana"], "seconder_id": self.who["Ben"]}
        draft = MotionDraft(text=text, **{**people, **values})  # type: ignore[arg-type]
        return self.run.move(self.meeting_id, draft, at=clock(at))

    def add(self, title: str, section: str = "new-business", **values: object) -> str:
        draft = AgendaItemDraft(meeting_id=self.meeting_id, section=section, title=title, **values)  # type: ignore[arg-type]
        self.items[title] = self.session.agendas.add(draft)
        return self.items[title]

    def set_rule(self, name: str, value: object) -> None:
        self.session.commission.set_rule(name, value, from_on=None, source=None, note=None)

    def outcome(self, title: str) -> Outcome | None:
        found = self.session.agendas.items(self.meeting_id)
        return next(item.outcome for item in found if item.id == self.items[title])


def make_evening(folder: Path) -> Evening:
    """Ana to Eva in the seats 1 to 5, of which Ana is the Chair; Uma and Vic alternates, Wes a liaison."""
    session = make_session(folder, on=DAY)
    meeting_id = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18), place="City Hall"))
    found = Evening(session, meeting_id)
    found.seats = {view.seat.key: view.seat.id for view in session.members.seats()}
    places = {name: f"regular-{n}" for n, name in enumerate(MEMBERS, 1)}
    places |= {"Uma": "alternate-1", "Vic": "alternate-2", "Wes": "liaison-1"}
    for name, seat in places.items():
        found.who[name] = session.contacts.add(ContactDraft(name=f"{name} Doe"))
        session.members.appoint(
            TermDraft(seat_id=found.seats[seat], contact_id=found.who[name], from_on=date(2026, 1, 1))
        )
    session.members.elect(OfficeTitle.CHAIR, found.who["Ana"], date(2026, 1, 1))
    found.add("Tainan")
    return found
