"""What is kept of motions, votes and minutes, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from commission_app.domain.motions import Threshold
from commission_app.domain.proceedings import (
    AddedGround,
    Answer,
    Method,
    MinutesStyle,
    MotionResult,
    Purpose,
)
from commission_app.domain.quorum import QuorumBasis

#: The enumerations of what happens at a meeting, by table and field.
SITTING_ENUMS: Final[Mapping[tuple[str, str], type[StrEnum]]] = {
    ("motions", "purpose"): Purpose,
    ("motions", "method"): Method,
    ("motions", "threshold"): Threshold,
    ("motions", "result"): MotionResult,
    ("motions", "quorum_basis"): QuorumBasis,
    ("votes", "answer"): Answer,
    ("minutes", "style"): MinutesStyle,
    ("item_notes", "style"): MinutesStyle,
    ("item_notes", "added"): AddedGround,
}


def sitting_words(value: str) -> str:
    """One of their values: Roll call, More ayes than noes; no two enumerations share one."""
    translate = QCoreApplication.translate
    return {
        Purpose.MAIN.value: translate("history", "To decide on an item"),
        Purpose.AMENDMENT.value: translate("history", "To amend a motion"),
        Purpose.CONSENT.value: translate("history", "To approve the consent calendar"),
        Purpose.AGENDA.value: translate("history", "To approve the agenda"),
        Purpose.MINUTES.value: translate("history", "To approve minutes"),
        Purpose.ADD_ITEM.value: translate("history", "To take up an item not on the agenda"),
        Purpose.ADJOURN.value: translate("history", "To adjourn"),
        Method.VOICE.value: translate("history", "Voice vote"),
        Method.ROLL_CALL.value: translate("history", "Roll call"),
        Method.UNANIMOUS_CONSENT.value: translate("history", "Unanimous consent"),
        Threshold.CAST.value: translate("history", "More ayes than noes"),
        Threshold.PRESENT.value: translate("history", "More than half of the voters present"),
        Threshold.ALL.value: translate("history", "More than half of all regular seats"),
        Threshold.TWO_THIRDS.value: translate("history", "At least two ayes for each no"),
        MotionResult.CARRIED.value: translate("history", "Carried"),
        MotionResult.FAILED.value: translate("history", "Failed"),
        MotionResult.WITHDRAWN.value: translate("history", "Withdrawn"),
        MotionResult.NO_SECOND.value: translate("history", "No second"),
        QuorumBasis.SEATS.value: translate("history", "All regular seats"),
        QuorumBasis.FILLED.value: translate("history", "Filled regular seats"),
        Answer.AYE.value: translate("history", "Aye"),
        Answer.NO.value: translate("history", "No"),
        Answer.ABSTAIN.value: translate("history", "Abstains"),
        Answer.RECUSED.value: translate("history", "Recused"),
        Answer.ABSENT.value: translate("history", "Absent"),
        MinutesStyle.ACTION.value: translate("history", "What was decided"),
        MinutesStyle.SUMMARY.value: translate("history", "What was said, too"),
        AddedGround.EMERGENCY.value: translate("history", "Emergency"),
        AddedGround.AROSE_AFTER_POSTING.value: translate("history", "Arose after posting"),
    }[value]
