"""Where a meeting stands in the printed order: at an item, or at a section that has no items."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from commission_app.domain.proceedings import Purpose

if TYPE_CHECKING:
    from commission_app.domain.agenda_layout import NumberedSection
    from commission_app.services.proceedings_reading import AgendaLine, SittingView

OPENING: Final = "opening"
ALTERNATES: Final = "alternates"
PUBLIC_FORUM: Final = "public-forum"
APPROVE_AGENDA: Final = "approve-agenda"
ADJOURNMENT: Final = "adjournment"


@dataclass(frozen=True, slots=True)
class Stop:
    """An item, or (`line` None) a section without items."""

    section: "NumberedSection"
    line: "AgendaLine | None" = None

    @property
    def key(self) -> str:
        """What a line of the agenda sends when it is chosen."""
        return self.line.item.id if self.line is not None else f"section:{self.section.slug}"


def stops(view: "SittingView") -> list[Stop]:
    """The items and the sections without items, as they are printed."""
    lines = {line.item.id: line for line in view.agenda}
    found = []
    for section in view.sections:
        if not section.is_printed:
            continue
        found += [Stop(section, lines[entry.item.id]) for entry in section.items]
        if not section.items:
            found.append(Stop(section))
    return found


class Order:
    """The place of a meeting in its order. The record has the current item; at which section without items
    the meeting stands, and which of them it passed, is known here as long as the screen is open. When it is
    opened anew the meeting stands after the last item or section that left a trace on record, or at it.
    """

    def __init__(self) -> None:
        self.at = ""  # the slug of the section that was last turned to
        self.passed: set[str] = set()
        self._view: SittingView | None = None
        self._is_begun = False

    def read(self, view: "SittingView") -> None:
        """The meeting as it stands."""
        self._view = view
        if view.course.called_at is None:
            self.at, self.passed, self._is_begun = "", set(), False
        elif not self._is_begun:
            self._is_begun = True
            self._begin(view)

    def _begin(self, view: "SittingView") -> None:
        found = stops(view)
        reached = self._reached(view, found)
        self.passed = {stop.section.slug for stop in found[: reached + 1] if stop.line is None}
        near = [*found[reached + 1 : reached + 2], *found[: reached + 1][-1:]]
        slugs = [stop.section.slug for stop in near if stop.line is None]
        self.at = next((slug for slug in slugs if slug not in self.passed or slug != OPENING), "")
        self.passed.discard(self.at)

    @property
    def section(self) -> "NumberedSection | None":
        """The section without items at which the meeting stands."""
        view = self._view
        if view is None or not view.is_running or view.current is not None:
            return None
        return next((stop.section for stop in stops(view) if stop.key == f"section:{self.at}"), None)

    def is_here(self, stop: Stop) -> bool:
        """Whether the meeting stands there."""
        if stop.line is not None:
            return stop.line.is_current
        return self.section is not None and stop.section.slug == self.section.slug

    def is_done(self, stop: Stop) -> bool:
        """Whether an item was taken up, or a section passed."""
        if self.is_here(stop):
            return False
        if stop.line is not None:
            return stop.line.is_taken_up
        is_over = self._view is not None and self._view.course.adjourned_at is not None
        return stop.section.slug in self.passed or (is_over and stop.section.slug == ADJOURNMENT)

    def following(self, direction: int = 1) -> Stop | None:
        """What comes after (1) or before (-1) the place of the meeting; ahead, items that are still open."""
        if self._view is None:
            return None
        found = stops(self._view)
        at = self._place(found)
        rest = found[at + 1 :] if direction > 0 else found[: max(at, 0)][::-1]
        for stop in rest:
            if direction < 0 or stop.line is None or stop.line.item.outcome is None:
                return stop
        return None

    def leave_for(self, key: str) -> None:
        """The meeting goes on: a section that it leaves for something later is passed."""
        here, found = self.section, stops(self._view) if self._view is not None else []
        keys = [stop.key for stop in found]
        if here is not None and key in keys and keys.index(key) > self._place(found):
            self.passed.add(here.slug)

    def _place(self, found: list[Stop]) -> int:
        here = next((index for index, stop in enumerate(found) if self.is_here(stop)), None)
        if here is not None or self._view is None:
            return -1 if here is None else here
        return self._reached(self._view, found)

    def _reached(self, view: "SittingView", found: list[Stop]) -> int:
        """The last place that was reached; -1: none."""
        traced = _traced(view) | self.passed
        return max(
            (
                index
                for index, stop in enumerate(found)
                if (stop.line.is_taken_up if stop.line is not None else stop.section.slug in traced)
            ),
            default=-1,
        )


def _traced(view: "SittingView") -> set[str]:
    """The sections that something on record belongs to: the roll, a speaker, the vote on the agenda."""
    found = set()
    if view.course.called_at is not None and view.course.roll:
        found.add(OPENING)
    if any(speaker.item_id is None for speaker in view.speakers):
        found.add(PUBLIC_FORUM)
    if agenda_is_approved(view):
        found.add(APPROVE_AGENDA)
    return found


def agenda_is_approved(view: "SittingView") -> bool:
    """Whether the agenda was voted on."""
    return any(
        each.motion.purpose is Purpose.AGENDA and not each.is_open and not each.is_voided
        for each in view.motions
    )
