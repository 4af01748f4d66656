"""What copies, parcels and the hand-over say in the window."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from commission_app.domain.parcels import CopyMark, ParcelPreview, ParcelRow, RowState
from commission_app.gui import labels
from commission_app.gui.widgets.chips import ChipKind, ChipSpec

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def mark_words(mark: CopyMark, zone: "ZoneInfo") -> str:
    """Whose a reading copy is and of when."""
    text = QCoreApplication.translate("copies", "Reading copy of {keeper}’s file, as of {day}")
    day = labels.day_short(mark.given_at.astimezone(zone).date())
    return text.format(keeper=mark.given_by, day=day)


def day_words(at: datetime, zone: "ZoneInfo") -> str:
    """The day of an instant in the commission's zone."""
    return labels.day_long(at.astimezone(zone).date())


def noun_word(row: ParcelRow) -> str:
    """What a row of a parcel is."""
    translate = QCoreApplication.translate
    return {
        "contacts": translate("copies", "Contact"),
        "agenda_items": translate("copies", "Agenda item"),
        "pledges": translate("copies", "Pledge"),
        "payments": translate("copies", "Payment"),
        "deliveries": translate("copies", "Delivery"),
    }[row.noun]


def state_chip(row: ParcelRow) -> ChipSpec:
    """What becomes of a row, as a chip."""
    translate = QCoreApplication.translate
    return {
        RowState.NEW: ChipSpec(translate("copies", "Comes in"), ChipKind.DONE, "add"),
        RowState.VOID: ChipSpec(translate("copies", "Comes in"), ChipKind.DONE, "void"),
        RowState.ADJUSTED: ChipSpec(translate("copies", "Comes in, changed"), ChipKind.SOON, "warning"),
        RowState.SAME: ChipSpec(translate("copies", "The same"), ChipKind.ACCENT, "person"),
        RowState.THERE: ChipSpec(translate("copies", "Already there"), ChipKind.QUIET, "ok"),
        RowState.KEPT: ChipSpec(translate("copies", "Yours stays"), ChipKind.PLAIN, "info"),
        RowState.LEFT: ChipSpec(translate("copies", "Left out"), ChipKind.OUTLINE, "minus"),
    }[row.state]


def totals(preview: ParcelPreview) -> str:
    """How many rows come in and what is with the others: 3 come in, 1 left out."""
    translate = QCoreApplication.translate
    coming = sum(row.comes for row in preview.rows)
    there = sum(row.state in (RowState.THERE, RowState.SAME) for row in preview.rows)
    parts = [
        labels.counted(
            coming, translate("copies", "{count} comes in"), translate("copies", "{count} come in")
        )
    ]
    rest = (
        (there, translate("copies", "{count} already there")),
        (
            sum(row.state is RowState.KEPT for row in preview.rows),
            translate("copies", "{count} stay as yours"),
        ),
        (sum(row.state is RowState.LEFT for row in preview.rows), translate("copies", "{count} left out")),
    )
    parts += [text.format(count=count) for count, text in rest if count]
    return ", ".join(parts) + "."
