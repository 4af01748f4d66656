"""What is said of a backup: why it was made, what it holds, who changed what last."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.money import format_money
from commission_app.gui import labels

if TYPE_CHECKING:
    from commission_app.services.backups import Summary


def reason_words(reason: str) -> str:
    """Why a backup was made."""
    translate = QCoreApplication.translate
    return {
        "start": translate("backups", "At start, after changes"),
        "work": translate("backups", "While working"),
        "manual": translate("backups", "Made by hand"),
        "upgrade": translate("backups", "Before an upgrade"),
        "import": translate("backups", "Before an import"),
        "load": translate("backups", "Before loading"),
        "parcel": translate("backups", "Before loading a parcel"),
        "repair": translate("backups", "Before a repair"),
        "handed-over": translate("backups", "When it was handed over"),
        "erasure": translate("backups", "After erasing a person’s data"),
    }.get(reason, reason)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A backup's day and time on the commission's wall clock: "Thu, Sep 17, 9:41 AM"."""
    return labels.moment_short(labels.local(at, zone))


def counts(held: "Summary") -> str:
    """How much of everything a backup holds."""
    translate = QCoreApplication.translate
    return translate("backups", "{contacts}, {meetings}, {inquiries}, {pledges}").format(
        contacts=labels.counted(
            held.contacts, translate("backups", "1 contact"), translate("backups", "{count} contacts")
        ),
        meetings=labels.counted(
            held.meetings, translate("backups", "1 meeting"), translate("backups", "{count} meetings")
        ),
        inquiries=labels.counted(
            held.inquiries, translate("backups", "1 inquiry"), translate("backups", "{count} inquiries")
        ),
        pledges=labels.counted(
            held.pledges, translate("backups", "1 pledge"), translate("backups", "{count} pledges")
        ),
    )


def received(held: "Summary") -> str:
    """The payments of a backup: how many, and how much money."""
    translate = QCoreApplication.translate
    amount = format_money(held.received_cents, held.currency, sign=True, locale=QLocale().name())
    number = labels.counted(
        held.payments, translate("backups", "1 payment"), translate("backups", "{count} payments")
    )
    return translate("backups", "{number}, {amount}").format(number=number, amount=amount)


def last_change(held: "Summary") -> str:
    """Who changed what last before a backup."""
    return f"{held.changed_by} {held.changed_what}".strip()
