"""Before an old backup comes back of a record that was handed over: it would be a second record."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from commission_app.errors import CommissionError
from commission_app.gui import labels, messages


def may_restore(backup: Path, parent: QWidget) -> bool:
    """Whether a backup may be put in place: asked where its record went on in somebody else's hands."""
    from commission_app.services.backups import handed_over_since

    try:
        gone = handed_over_since(backup)
    except CommissionError:  # restoring it tells what is wrong with it
        return True
    if gone is None:
        return True
    translate = QCoreApplication.translate
    to, at, zone = gone
    return messages.ask(
        parent,
        translate("second_record", "This record was handed over to {name}").format(name=to),
        translate(
            "second_record",
            "{name} has kept it since {day}. A backup from before can be written again: there would be two "
            "records, and what is entered in them cannot be joined.",
        ).format(name=to, day=labels.day_long(at.astimezone(ZoneInfo(zone)).date())),
        translate("second_record", "Restore all the same"),
        danger=True,
    )
