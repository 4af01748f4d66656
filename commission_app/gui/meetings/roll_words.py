"""What the course of a meeting says of somebody on the roll: coming, going, and for whom an alternate sat."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from commission_app.domain.course import Course
from commission_app.gui import labels


def presence_words(course: Course, contact_id: str) -> str:
    """Came 6:11 PM, left 7:40 PM, sat for Daniel Lee from 6:05 PM to 6:11 PM; empty without a time."""

    def at(moment: datetime) -> str:
        return labels.time_clock(labels.local(moment, course.zone))

    translate = QCoreApplication.translate
    entry = course.entry(contact_id)
    found = []
    if entry is not None and entry.arrived is not None:
        found.append(translate("roll", "came {time}").format(time=at(entry.arrived)))
    away = translate("roll", "away from {time} to {end}")
    for gone in course.departures:
        if gone.contact_id == contact_id:
            found.append(away.format(time=at(gone.left_at), end=at(gone.returned_at)))
    if entry is not None and entry.left is not None:
        found.append(translate("roll", "left {time}").format(time=at(entry.left)))
    for seating in course.seatings:
        if seating.contact_id == contact_id:
            whom = course.name(course.holder(seating.seat_id)) or translate("roll", "a vacant seat")
            sat = translate("roll", "sat for {name} from {time}")
            if seating.until_at is not None:
                sat = translate("roll", "sat for {name} from {time} to {end}")
            end = at(seating.until_at) if seating.until_at is not None else ""
            found.append(sat.format(name=whom, time=at(seating.from_at), end=end))
    text = ", ".join(found)
    return f"{text[:1].upper()}{text[1:]}"
