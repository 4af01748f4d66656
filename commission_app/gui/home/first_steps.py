"""What a new file still lacks, each with the place where it is entered."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import SeatState
from commission_app.gui.home.attention import Step
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec

if TYPE_CHECKING:
    from commission_app.services.session import Session


def _who(session: "Session") -> Step | None:
    """The question who is there, while the account's name is none of the people of the file."""
    from commission_app.gui.opening import sitters_of

    names = [sitter.name for sitter in sitters_of(session)]
    if not names or session.who in names or not session.may_write:
        return None
    translate = QCoreApplication.translate
    return Step(
        "person",
        translate("steps", "Say who you are"),
        ChipSpec(translate("steps", "To do"), ChipKind.PLAIN, "pending"),
        translate("steps", "History writes down who did what. Now it says {name}.").format(name=session.who),
        translate("steps", "Choose"),
        Place(page="home", action="who"),
    )


def missing(session: "Session", *, asks_who: bool = False, away: Collection[str] = ()) -> list[Step]:
    """The steps that are not done and not put away, in the order in which they help most."""
    who = _who(session) if asks_who else None
    steps = [who] if who is not None else []
    steps += [step for step in (*_needed(session), *_mid_year(session)) if step.slug not in away]
    return steps


def _to_do() -> ChipSpec:
    return ChipSpec(QCoreApplication.translate("steps", "To do"), ChipKind.PLAIN, "pending")


def _mid_year(session: "Session") -> list[Step]:
    """What a commission that begins in the middle of a year brings along."""
    translate = QCoreApplication.translate
    steps = []
    meetings = session.meetings.all()
    past = [entry for entry in session.meetings.past_without_result() if isinstance(entry, datetime)]
    if past and all(view.meeting.state is MeetingState.SCHEDULED for view in meetings):
        steps.append(
            Step(
                "held",
                translate("steps", "Enter the meetings already held this year"),
                _to_do(),
                translate("steps", "In one grid. The clocks of inquiries and the attendance count them."),
                translate("steps", "Enter them"),
                Place(page="meetings", action="results"),
                "past-meetings",
            )
        )
    if session.campaigns.may_raise_funds() and not session.campaigns.all():
        steps.append(
            Step(
                "fundraising",
                translate("steps", "Bring in campaigns and pledges"),
                _to_do(),
                translate("steps", "A campaign first; then a list of pledges with what was paid before."),
                translate("steps", "Begin a campaign"),
                Place(page="fundraising", tab="overview", action="new-campaign"),
                "pledges",
            )
        )
    return steps


def _needed(session: "Session") -> list[Step]:
    translate, later = QCoreApplication.translate, _to_do()
    commission = session.commission.get()
    seats = session.members.seats()
    steps = []
    if not seats or all(view.standing.state is SeatState.VACANT for view in seats):
        steps.append(
            Step(
                "members",
                translate("steps", "Enter who sits in which seat"),
                later,
                translate("steps", "Quorum, roll call and the member block of the agenda come from it."),
                translate("steps", "Open the seats"),
                Place(page="members", tab="commission"),
                "seats",
            )
        )
    if not session.meetings.all():
        steps.append(
            Step(
                "meetings",
                translate("steps", "Enter the meetings of the year"),
                later,
                translate("steps", "Posting deadlines and the next agenda come from them."),
                translate("steps", "Plan the year"),
                Place(page="meetings", action="plan"),
                "meetings",
            )
        )
    if not commission.letterhead.address:
        steps.append(
            Step(
                "papers",
                translate("steps", "Write the letterhead"),
                later,
                translate("steps", "Address, telephone and logo stand on every paper."),
                translate("steps", "Write it"),
                Place(page="settings", tab="commission", action="letterhead"),
                "letterhead",
            )
        )
    if not (commission.accommodation.contact and commission.accommodation.phone):
        steps.append(
            Step(
                "phone",
                translate("steps", "Name whom to ask for an accommodation"),
                later,
                translate("steps", "The law wants it on every agenda."),
                translate("steps", "Name the contact"),
                Place(page="settings", tab="commission", action="accommodation"),
                "accommodation",
            )
        )
    if not commission.staff:
        steps.append(
            Step(
                "person",
                translate("steps", "Name the city’s staff"),
                later,
                translate("steps", "They stand in the member block of the agenda."),
                translate("steps", "Name the staff"),
                Place(page="settings", tab="commission", action="staff"),
                "staff",
            )
        )
    if not session.organizations.all():
        steps.append(
            Step(
                "members",
                translate("steps", "Enter the community organization"),
                later,
                translate("steps", "Its roster is counted against the members it needs."),
                translate("steps", "Enter it"),
                Place(page="members", tab="organizations", action="add-organization"),
                "organization",
            )
        )
    return steps
