"""What the parts of the run screen show: made from the record in `words.py`, painted by the parts."""

from dataclasses import dataclass

from commission_app.domain.members import SeatKind
from commission_app.domain.proceedings import Answer


@dataclass(frozen=True, slots=True)
class Said:
    """A state: its word, its icon, the colour role of both."""

    text: str
    icon: str = ""
    colour: str = "ink-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """A seat with who holds it: the key that calls for it, the name, what stands below
    (`second_short` where there is little room), how it is."""

    seat_id: str
    contact_id: str | None
    kind: SeatKind
    cap: str
    name: str
    second: str = ""
    second_short: str = ""
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterShown:
    """Somebody who may vote on the motion, what is said beside the name, and the answer so far."""

    contact_id: str
    name: str
    aside: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """A line of the agenda: several items that are done, or one."""

    key: str
    number: str
    title: str
    minutes: str = ""
    is_current: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """Something entered that can be put right: what is to be done, with who and by when below; or who spoke,
    with what about.
    """

    key: str
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedShown:
    """A closed motion in a sentence with its result; `void`: since when and why it is void."""

    key: str
    name: str
    text: str
    void: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionShown:
    """A motion as it stands before the meeting: its heading, who moved it, its text, of an amendment what it
    changes."""

    key: str
    heading: str
    moved: str = ""
    mover: str = ""
    seconded: str = ""
    seconder: str = ""
    text: str = ""
    main: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown:
    """What stands large: words, the rule behind them, the effect on the item. `is_result`: of a vote."""

    said: Said
    rule: str = ""
    effect: str = ""
    is_result: bool = False
