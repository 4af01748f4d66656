"""What needs attention about inquiries: the three-meeting clock, and the first answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.clock_words import finding_text
from commission_app.domain.dates import weekday_text
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.inquiries import (
    City,
    ClosedAs,
    Direction,
    Inquiry,
    Letter,
    Step,
    is_answered,
    place_name,
    title_name,
)
from commission_app.domain.inquiry_clock import Clock, Listing
from commission_app.domain.meetings import Meeting
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.three_meetings import Timetable


@dataclass(frozen=True, kw_only=True)
class InquiryAffairs:
    """The rows that the findings about inquiries look at: `listings` by inquiry id, `cities` by id,
    `countries` names by code.
    """

    book: RuleBook
    inquiries: tuple[Inquiry, ...] = ()
    cities: Mapping[str, City] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    letters: tuple[Letter, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    listings: Mapping[str, Sequence[Listing]] = field(default_factory=dict)

    def city_of(self, inquiry: Inquiry) -> str:
        """The name of an inquiry's city."""
        city = self.cities.get(inquiry.city_id)
        return city.name if city else ""

    def name_of(self, inquiry: Inquiry) -> str:
        """An inquiry by its city and country: Okayama, Japan."""
        city = self.cities.get(inquiry.city_id)
        return place_name(city, self.countries) if city else ""

    def title_of(self, inquiry: Inquiry) -> str:
        """An inquiry's city as a title names it: Tainan (臺南), Taiwan."""
        city = self.cities.get(inquiry.city_id)
        return title_name(city, self.countries) if city else ""

    def clocks(self, present: Present) -> dict[str, Clock]:
        """The clocks of the incoming inquiries by id."""
        timetable = Timetable(self.meetings, MeetingCalendar(self.book), present, self.book)
        found = ((each.id, timetable.clock(each, self.listings.get(each.id, ()))) for each in self.inquiries)
        return {inquiry_id: clock for inquiry_id, clock in found if clock}


def clock_findings(
    affairs: InquiryAffairs, present: Present, clocks: Mapping[str, Clock] | None = None
) -> list[Finding]:
    """`three-meetings`: each incoming inquiry against its meetings; `clocks` where they are read already."""
    clocks = affairs.clocks(present) if clocks is None else clocks
    return [
        Finding(
            rule="three-meetings",
            level=clock.level,
            subject=_subject(affairs, inquiry),
            text=finding_text(clock),
            due_on=clock.due_on,
            source=clock.source,
            values=clock.values(),
        )
        for inquiry in affairs.inquiries
        if (clock := clocks.get(inquiry.id))
    ]


def answer_findings(affairs: InquiryAffairs, present: Present) -> list[Finding]:
    """`answer-due`: incoming inquiries without an answer, by `inquiries.answer_days` of the day of receipt;
    to one that the city has withdrawn none is owed.
    """
    steps: dict[str, list[Step]] = {}
    letters: dict[str, list[Letter]] = {}
    for step in affairs.steps:
        steps.setdefault(step.inquiry_id, []).append(step)
    for letter in affairs.letters:
        letters.setdefault(letter.inquiry_id or "", []).append(letter)
    found = []
    for inquiry in affairs.inquiries:
        if inquiry.direction is not Direction.INCOMING or inquiry.closed_as is ClosedAs.WITHDRAWN:
            continue
        if is_answered(inquiry, steps.get(inquiry.id, ()), letters.get(inquiry.id, ())):
            continue
        days = affairs.book.integer("inquiries.answer_days", inquiry.received_on)
        answer_by = inquiry.received_on + timedelta(days=days)
        is_late = present.today > answer_by
        by = weekday_text(answer_by)
        found.append(
            Finding(
                rule="answer-due",
                level=Level.OVERDUE if is_late else Level.INFO,
                subject=_subject(affairs, inquiry),
                text=f"not answered; an answer was due by {by}" if is_late else f"answer it by {by}",
                due_on=answer_by,
                source=affairs.book.source("inquiries.answer_days", inquiry.received_on),
                values={"answer_by": answer_by.isoformat()},
            )
        )
    return found


def _subject(affairs: InquiryAffairs, inquiry: Inquiry) -> Subject:
    return Subject(noun="inquiry", key=inquiry.key, name=affairs.name_of(inquiry), id=inquiry.id)
