"""The words of letters to donors on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from commission_app.domain.donor_letters import DonorLetter, ReminderLine, Tone
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def tone(value: Tone) -> str:
    """Gentle, Firm, Final."""
    translate = QCoreApplication.translate
    return {
        Tone.GENTLE: translate("letters", "Gentle"),
        Tone.FIRM: translate("letters", "Firm"),
        Tone.FINAL: translate("letters", "Final"),
    }[value]


def sent_before(letters: Sequence[DonorLetter]) -> str:
    """When such a letter went out last, in a sentence."""
    latest = max(letters, key=lambda letter: letter.on)
    return QCoreApplication.translate("letters", "Sent last on {day}.").format(day=words.day(latest.on))


def sent_word(line: ReminderLine) -> str:
    """What was sent before: Firm, Sep 3."""
    if not line.sent:
        return ""
    latest = line.sent[-1]
    return ", ".join(filter(None, (tone(latest.tone) if latest.tone else "", words.day(latest.on))))


def state(line: ReminderLine) -> ChipSpec:
    """Why a donor is, or is not, proposed for a reminder."""
    translate = QCoreApplication.translate
    if line.waits_until is not None:
        text = translate("letters", "Not before {day}").format(day=words.day(line.waits_until))
        return ChipSpec(text, ChipKind.PLAIN, "pending")
    if not line.is_proposed:
        return ChipSpec(translate("letters", "Final was sent"), ChipKind.PLAIN, "info")
    return ChipSpec(tone(line.tone), ChipKind.QUIET, "letter-out")
