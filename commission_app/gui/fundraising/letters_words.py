"""The words of letters to donors on the screen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from commission_app.domain.donor_letters import (
    DonorLetter,
    DonorLetterKind,
    ReminderLine,
    Sending,
    Tone,
    Wordable,
)
from commission_app.gui.fundraising import words


def tone(value: Tone) -> str:
    """Gentle, Firm, Final."""
    translate = QCoreApplication.translate
    return {
        Tone.GENTLE: translate("letters", "Gentle"),
        Tone.FIRM: translate("letters", "Firm"),
        Tone.FINAL: translate("letters", "Final"),
    }[value]


def kind(value: DonorLetterKind) -> str:
    """Reminder, Confirmation, Thanks."""
    translate = QCoreApplication.translate
    return {
        DonorLetterKind.CONFIRMATION: translate("letters", "Confirmation"),
        DonorLetterKind.REMINDER: translate("letters", "Reminder"),
        DonorLetterKind.THANKS: translate("letters", "Thanks"),
    }[value]


def sending(value: Sending) -> str:
    """By letter, As an e-mail draft: whether somebody sent the draft, the program does not know."""
    translate = QCoreApplication.translate
    return {
        Sending.LETTER: translate("letters", "By letter"),
        Sending.EMAIL: translate("letters", "As an e-mail draft"),
    }[value]


def paper_name(paper: Wordable) -> str:
    """What a paper is called where its words are chosen."""
    translate = QCoreApplication.translate
    return {
        Wordable.RECEIPT: translate("wordings", "Receipt"),
        Wordable.FULL: translate("wordings", "Receipt with the full acknowledgement"),
        Wordable.ACKNOWLEDGEMENT: translate("wordings", "Acknowledgement, no tax receipt"),
        Wordable.FUND: translate("wordings", "Thanks for a donor-advised fund"),
        Wordable.IN_KIND: translate("wordings", "Receipt in kind"),
        Wordable.CONFIRMATION: translate("wordings", "Pledge confirmation"),
        Wordable.REMINDER_GENTLE: translate("wordings", "Reminder, gentle"),
        Wordable.REMINDER_FIRM: translate("wordings", "Reminder, firm"),
        Wordable.REMINDER_FINAL: translate("wordings", "Reminder, final"),
        Wordable.STATEMENT: translate("wordings", "Statement of gifts"),
    }[paper]


def letter(sent: DonorLetter) -> str:
    """A letter that was made: Reminder, gentle, as an e-mail draft."""
    parts = [kind(sent.kind), tone(sent.tone).lower() if sent.tone else "", sending(sent.sending).lower()]
    return ", ".join(filter(None, parts))


def sent_before(letters: Sequence[DonorLetter]) -> str:
    """When such a letter went out last, in a sentence."""
    latest, translate = max(letters, key=lambda letter: letter.on), QCoreApplication.translate
    text = translate("letters", "Sent last on {day}.")
    if latest.sending is Sending.EMAIL:
        text = translate("letters", "Drafted last on {day}.")
    return text.format(day=words.day(latest.on))


def sent_word(line: ReminderLine) -> str:
    """What was sent, or drafted as an e-mail, before: sent: Firm, Sep 3."""
    if not line.sent:
        return ""
    latest, translate = line.sent[-1], QCoreApplication.translate
    what = ", ".join(filter(None, (tone(latest.tone) if latest.tone else "", unbroken(latest.on))))
    sent, drafted = translate("letters", "sent: {what}"), translate("letters", "e-mail draft: {what}")
    return (drafted if latest.sending is Sending.EMAIL else sent).format(what=what)


def unbroken(day: date) -> str:
    """A day that no line breaks."""
    return words.day(day).replace(" ", "\u00a0")


def remarks(line: ReminderLine) -> list[str]:
    """Why a donor is not proposed for a reminder, and what is missing for the envelope."""
    translate = QCoreApplication.translate
    found = []
    if line.waits_until is not None:
        text = translate("letters", "Not proposed before {day}.")
        found.append(text.format(day=words.day(line.waits_until)))
    elif not line.is_proposed:
        found.append(translate("letters", "The final reminder was sent. A write-off may come next."))
    if not (line.donor.address or "").strip():
        found.append(translate("letters", "No address is known: the letter has the name alone."))
    return found
