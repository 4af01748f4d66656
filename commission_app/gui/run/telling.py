"""What stands in the middle of the run screen, what it offers next, and which keys work now."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from commission_app.domain.proceedings import Motion, MotionResult, Purpose
from commission_app.gui import labels
from commission_app.gui.run import words
from commission_app.gui.run.keys import Do, RunKey, meeting_keys, motion_keys
from commission_app.gui.run.order import (
    ADJOURNMENT,
    ALTERNATES,
    APPROVE_AGENDA,
    PUBLIC_FORUM,
    agenda_is_approved,
)
from commission_app.gui.run.shown import ClosedShown, ResultShown, Said

if TYPE_CHECKING:
    from commission_app.domain.agenda_layout import NumberedSection
    from commission_app.services.proceedings_reading import MotionView, SittingView

translate = QCoreApplication.translate
_BEFORE: Final = frozenset({Do.ROLL, Do.PERSON, Do.SEAT, Do.GO_TO, Do.CLOCK, Do.ADJOURN, Do.UNDO, Do.MORE})
_AFTER: Final = frozenset({Do.OUTCOME, Do.NOTE, Do.ACTION, Do.GO_TO, Do.CORRECT, Do.UNDO, Do.MORE})
_WITHOUT_MOTION: Final = frozenset(
    {Do.MOTION, Do.CORRECT, Do.NEXT, Do.BACK, Do.ADD_ITEM, Do.PULL, Do.OUTCOME}
)


def told(view: "SittingView", announced: ResultShown | None, why_not: str | None) -> ResultShown | None:
    """What stands large in the middle: a result, why nothing can be changed, the end, a recess, no quorum."""
    zone = view.course.zone
    if announced is not None:
        return announced
    if why_not is not None:
        return ResultShown(said=Said(translate("run", "Reading only"), "locked", "ink-2"), rule=why_not)
    if view.course.adjourned_at is not None:
        at = labels.time_clock(labels.local(view.course.adjourned_at, zone))
        text = translate("run", "Adjourned at {time}").format(time=at)
        rule = translate("run", "Everything is saved. Notes, outcomes and action items can still be entered.")
        return ResultShown(said=Said(text, "held", "ink-2"), rule=rule)
    if view.recess is not None:
        at = labels.time_clock(labels.local(view.recess.from_at, zone))
        text = translate("run", "In recess since {time}").format(time=at)
        rule = translate("run", "The time stands still.")
        return ResultShown(said=Said(text, "pending", "ink-2"), rule=rule)
    if view.is_running and view.warning and is_roll_called(view):
        said = Said(translate("run", "No quorum"), "no-quorum", "over")
        return ResultShown(said=said, rule=view.warning, effect=view.sitting.reason)
    return None


def is_roll_called(view: "SittingView") -> bool:
    """Whether everybody with a seat was called."""
    return all(line.entry is not None for line in view.lines if line.contact_id is not None)


def closed_here(view: "SittingView", section: "NumberedSection | None") -> list["MotionView"]:
    """The closed motions of the item, with those on the consent calendar that it stands on; of the section
    without items; or, where neither is before the meeting and once it is over, all of them.
    """
    return [each for each in view.motions if not each.is_open and _is_of(view, section, each.motion)]


def _is_of(view: "SittingView", section: "NumberedSection | None", motion: Motion) -> bool:
    current = view.current
    if current is not None:
        on_consent = current.is_consent and not current.is_pulled
        return motion.item_id == current.item.id or (on_consent and motion.purpose is Purpose.CONSENT)
    if view.course.adjourned_at is not None:
        return True
    own = motion.item_id is None and motion.purpose is words.purpose_of(None, section)
    return own if section is not None else True


def earlier(view: "SittingView", section: "NumberedSection | None") -> list[ClosedShown]:
    """The closed motions that belong here in words, each with its result."""
    text, since = (
        translate("run", "{motion}: {text} {result}."),
        translate("run", "Void since {day}: {reason}"),
    )
    found = []
    for each in closed_here(view, section):
        row = each.motion
        day = labels.day_plain(row.voided_on) if row.voided_on else ""
        found.append(
            ClosedShown(
                key=row.id,
                name=each.name,
                text=text.format(motion=each.name, text=each.text.rstrip(".") + ".", result=each.headline),
                void=since.format(day=day, reason=row.void_reason or "") if day else "",
            )
        )
    return found


def offers(
    view: "SittingView",
    section: "NumberedSection | None",
    *,
    is_announced: bool,
    is_last: bool,
    speaks: bool = False,
) -> list[tuple[Do, str, str]]:
    """What comes next, the likeliest first: what it does, its words, its key. `is_last`: nothing is ahead;
    `speaks`: a member of the public has the floor."""
    if view.course.adjourned_at is not None:
        return [(Do.LEAVE, translate("run", "Leave"), "Esc")]
    if view.course.called_at is None:
        call = (Do.CALL, translate("run", "Call to order"), "Enter")
        return [call, (Do.ROLL, translate("run", "Call the roll"), "R")]
    if view.recess is not None:
        return [(Do.RECESS, translate("run", "Resume the meeting"), "W")]
    current = view.current
    on_consent = current is not None and current.is_consent and not current.is_pulled
    on_consent = on_consent and current is not None and current.item.outcome is None
    is_announced = is_announced and not _is_taken_up(view)
    found = []
    if speaks:
        found.append((Do.SPEAKER, translate("run", "End the speech"), "P"))
    lacks_quorum = not view.sitting.quorum.met and is_roll_called(view)
    if not is_roll_called(view):
        found.append((Do.ROLL, translate("run", "Call the roll"), "R"))
    if not view.sitting.quorum.met and view.proposals:
        found.append((Do.SEAT, translate("run", "Seat an alternate"), "L"))
    if lacks_quorum:
        found.append((Do.ADJOURN, translate("run", "Adjourn for lack of a quorum"), "X"))
    elif section is not None and section.slug != ADJOURNMENT:
        found += [] if speaks else _at_section(view, section.slug)
    elif current is None and is_last:
        found.append((Do.ADJOURN, translate("run", "Adjourn"), "X"))
    elif current is not None and not is_announced:
        consent = translate("run", "Move the consent calendar")
        found.append((Do.MOTION, consent if on_consent else translate("run", "Motion"), "M"))
    if current is not None or not is_last:
        found.append((Do.NEXT, translate("run", "Next item"), "N"))
    if current is not None and not is_announced:
        found.append((Do.OUTCOME, translate("run", "Outcome"), "O"))
    if on_consent:
        found.append((Do.PULL, translate("run", "Pull from consent"), "U"))
    return found


def _is_taken_up(view: "SittingView") -> bool:
    """Whether the last vote was to take up the item that is before the meeting now, and carried."""
    last = view.motions[-1].motion if view.motions else None
    is_for_it = last is not None and view.current is not None and last.item_id == view.current.item.id
    return (
        is_for_it
        and last is not None
        and (last.purpose, last.result)
        == (
            Purpose.ADD_ITEM,
            MotionResult.CARRIED,
        )
    )


def _at_section(view: "SittingView", slug: str) -> list[tuple[Do, str, str]]:
    """What a section without items is for."""
    if slug == PUBLIC_FORUM:
        return [(Do.SPEAKER, translate("run", "Public speaker"), "P")]
    if slug == APPROVE_AGENDA and not agenda_is_approved(view):
        return [(Do.MOTION, translate("run", "Motion to approve the agenda"), "M")]
    if slug == ALTERNATES and view.proposals and view.sitting.quorum.met:
        return [(Do.SEAT, translate("run", "Seat an alternate"), "L")]
    return []


def keys_now(
    view: "SittingView", *, usable: bool, answers: tuple[RunKey, ...], speaks: bool = False
) -> tuple[RunKey, ...]:
    """The keys that work now, in the order of the key bar: first those of the line that has the keyboard."""
    taken = {key.key for key in answers}
    ends = RunKey(Do.SPEAKER, "P", translate("run", "end the speech"))
    keys = _keys_of(view, usable=usable)
    if speaks and usable:
        keys = (ends, *(key for key in keys if key.do is not Do.SPEAKER))
    if view.recess is not None and usable:
        resume = RunKey(Do.RECESS, "W", translate("run", "resume"))
        keys = (resume, *(key for key in keys if key.do is not Do.RECESS))
    return (*answers, *(key for key in keys if key.key not in taken))


def _keys_of(view: "SittingView", *, usable: bool) -> tuple[RunKey, ...]:
    keys = meeting_keys()
    if view.open_motion is not None:
        keys = (*motion_keys(), *(key for key in keys if key.do not in _WITHOUT_MOTION))
    if not usable:
        return tuple(key for key in keys if key.do in (Do.GO_TO, Do.MORE))
    if view.course.called_at is None:
        called = RunKey(Do.CALL, "Enter", translate("run", "call to order"))
        return (called, *(key for key in keys if key.do in _BEFORE))
    if view.course.adjourned_at is not None:
        return tuple(key for key in keys if key.do in _AFTER)
    return keys


def people_range(caps: list[str]) -> str:
    """The keys of persons as the key bar has them: 1 to 9."""
    numbers = [cap for cap in caps if cap.isdigit()]
    return translate("run", "1 to {last}").format(last=numbers[-1]) if numbers else ""
