"""The keys of a running meeting: one list for the key bar, the keyboard, the dialog and the help of keys."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Do(StrEnum):
    """What can be done while a meeting runs."""

    CALL = "call"
    ROLL = "roll"
    NEXT = "next"
    BACK = "back"
    GO_TO = "go-to"
    MOTION = "motion"
    CONSENT = "consent"
    CORRECT = "correct"
    NOTE = "note"
    ACTION = "action"
    OUTCOME = "outcome"
    SPEAKER = "speaker"
    PULL = "pull"
    ADD_ITEM = "add-item"
    SEAT = "seat"
    PERSON = "person"
    CLOCK = "clock"
    RECESS = "recess"
    RESUME = "resume"
    ADJOURN = "adjourn"
    VOTE = "vote"
    ALL_AYE = "all-aye"
    METHOD = "method"
    UNANIMOUS = "unanimous"
    CHANGE = "change"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    GO_ON = "go-on"
    FULL_SCREEN = "full-screen"
    UNDO = "undo"
    LEAVE = "leave"
    ANSWER = "answer"
    STOP = "stop"
    MORE = "more"


translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RunKey:
    """A key, what it does, and the short words of the key bar."""

    do: Do
    key: str
    words: str


def meeting_keys() -> tuple[RunKey, ...]:
    """While no motion is before the meeting; the first ones are the first in the key bar."""
    return (
        RunKey(Do.NEXT, "N", translate("run", "next item")),
        RunKey(Do.MOTION, "M", translate("run", "motion")),
        RunKey(Do.NOTE, "T", translate("run", "note")),
        RunKey(Do.ACTION, "A", translate("run", "action item")),
        RunKey(Do.PERSON, "1", translate("run", "arrive, leave")),
        RunKey(Do.OUTCOME, "O", translate("run", "outcome")),
        RunKey(Do.SPEAKER, "P", translate("run", "public speaker")),
        RunKey(Do.ROLL, "R", translate("run", "roll call")),
        RunKey(Do.SEAT, "L", translate("run", "seat an alternate")),
        RunKey(Do.BACK, "B", translate("run", "item before")),
        RunKey(Do.GO_TO, "G", translate("run", "agenda")),
        RunKey(Do.PULL, "U", translate("run", "pull from consent")),
        RunKey(Do.CORRECT, "V", translate("run", "correct a vote")),
        RunKey(Do.ADD_ITEM, "I", translate("run", "item not on the agenda")),
        RunKey(Do.RECESS, "W", translate("run", "recess, resume")),
        RunKey(Do.CLOCK, "K", translate("run", "clock")),
        RunKey(Do.ADJOURN, "X", translate("run", "adjourn")),
        RunKey(Do.UNDO, "Ctrl+Z", translate("run", "undo the last step")),
        RunKey(Do.MORE, "?", translate("run", "all keys")),
    )


def motion_keys() -> tuple[RunKey, ...]:
    """While a motion is before the meeting."""
    return (
        RunKey(Do.VOTE, "V", translate("run", "vote")),
        RunKey(Do.ALL_AYE, "E", translate("run", "everybody else aye")),
        RunKey(Do.CLOSE, "Enter", translate("run", "close the vote")),
        RunKey(Do.METHOD, "F", translate("run", "by name, by voice")),
        RunKey(Do.UNANIMOUS, "Shift+F", translate("run", "unanimous consent")),
        RunKey(Do.CHANGE, "M", translate("run", "change the motion")),
        RunKey(Do.AMEND, "Shift+M", translate("run", "amendment")),
        RunKey(Do.WITHDRAW, "D", translate("run", "withdraw")),
    )


def roll_answer_keys() -> tuple[RunKey, ...]:
    """On the line of somebody while the roll is called."""
    return (
        RunKey(Do.ANSWER, "P", translate("run", "present")),
        RunKey(Do.ANSWER, "R", translate("run", "remote")),
        RunKey(Do.ANSWER, "E", translate("run", "excused")),
        RunKey(Do.ANSWER, "A", translate("run", "absent")),
        RunKey(Do.ANSWER, "Enter", translate("run", "next")),
        RunKey(Do.STOP, "Esc", translate("run", "end of the roll")),
    )


def vote_answer_keys() -> tuple[RunKey, ...]:
    """On the line of a voter, for the key bar."""
    return tuple(RunKey(Do.ANSWER, key, words.lower()) for key, words in answer_keys())


def answer_keys() -> tuple[tuple[str, str], ...]:
    """On the line of a voter."""
    return (
        ("Y", translate("run", "Aye")),
        ("N", translate("run", "No")),
        ("B", translate("run", "Abstain")),
        ("R", translate("run", "Recused")),
    )


#: Letters that call for a liaison, or for a member where there are more than ten: nothing else uses them.
SEAT_LETTERS = "CSHJQZ"
