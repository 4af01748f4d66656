"""What can be done about somebody at the table now, each with its key; the likeliest first."""

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from commission_app.domain.members import SeatKind
from commission_app.domain.seatings import open_seats
from commission_app.gui.run import words
from commission_app.gui.run.choice_panel import Choice

if TYPE_CHECKING:
    from commission_app.services.proceedings_reading import Proposal, SeatLine, SittingView


class Deed(StrEnum):
    """What somebody does, or what is done about them."""

    ARRIVE = "arrive"
    LEAVE = "leave"
    RETURN = "return"
    REMOTE = "remote"
    EXCUSED = "excused"
    ABSENT = "absent"
    RECUSE = "recuse"
    TAKE_PART = "take-part"
    SIT = "sit"
    RISE = "rise"
    PRESIDE = "preside"
    TIMES = "times"


def deeds(view: "SittingView", line: "SeatLine") -> list[Choice]:
    """What can be done about a person; the letters of the roll mean the same here."""
    translate = QCoreApplication.translate
    looks = {
        Deed.ARRIVE: ("P", translate("run", "Arrives"), "ok"),
        Deed.LEAVE: ("L", translate("run", "Leaves"), "go-to"),
        Deed.RETURN: ("P", translate("run", "Comes back"), "ok"),
        Deed.REMOTE: ("R", translate("run", "Takes part remotely"), "remote"),
        Deed.EXCUSED: ("E", translate("run", "Excused"), "excused"),
        Deed.ABSENT: ("A", translate("run", "Absent"), "absent"),
        Deed.RECUSE: ("U", translate("run", "Recused from this item"), "excused"),
        Deed.TAKE_PART: ("U", translate("run", "Takes part again"), "ok"),
        Deed.RISE: ("S", translate("run", "Sits no longer"), "minus"),
        Deed.PRESIDE: ("C", translate("run", "Has the chair"), "seat"),
        Deed.TIMES: ("T", translate("run", "Correct the times"), "deadline"),
    }
    found = [Choice(deed, *looks[deed], asks_twice=deed is Deed.LEAVE) for deed in _possible(view, line)]
    for number, proposal in enumerate(_proposals(view, line), 1):
        text = translate("run", "{alternate} sits for {member}")
        told = text.format(alternate=proposal.name, member=proposal.sits_for or proposal.seat)
        key = "S" if number == 1 else ""
        at = 0 if line.seat.kind is SeatKind.ALTERNATE else len(found)
        found.insert(at, Choice(proposal, key, told, "alternate"))
    return found


def seatings(view: "SittingView") -> list[Choice]:
    """For whom the alternate who is next may sit: the proposed member first, each by the key of the seat."""
    first, keys = view.proposals[0], words.caps(view)
    seats = sorted(open_seats(view.sitting), key=lambda seat: seat.id != first.seat_id)
    found = []
    for seat in seats:
        holder = view.course.holder(seat.id)
        member = view.course.name(holder) if holder else None
        proposal = replace(first, seat_id=seat.id, seat=seat.label, sits_for=member)
        found.append(Choice(proposal, keys[seat.id], member or seat.label, "alternate"))
    return found


def _possible(view: "SittingView", line: "SeatLine") -> list[Deed]:
    person, entry = line.person, line.entry
    has_times = entry is not None and (entry.arrived is not None or entry.left is not None)
    if person is None or not person.is_here:
        gone = entry is not None and entry.left is not None
        first = [Deed.RETURN] if gone else [Deed.ARRIVE, Deed.REMOTE, Deed.EXCUSED, Deed.ABSENT]
        return [*first, Deed.TIMES] if has_times else first
    found = [Deed.LEAVE]
    if person.is_recused:
        found = [Deed.TAKE_PART, Deed.LEAVE]
    elif view.current is not None and line.seat.kind is not SeatKind.LIAISON:
        found.append(Deed.RECUSE)
    if person.seating is not None:
        found.append(Deed.RISE)
    if not person.is_remote:
        found.append(Deed.REMOTE)
    if person.votes_from is not None and view.is_running:
        found.append(Deed.PRESIDE)
    return [*found, Deed.TIMES] if has_times else found


def _proposals(view: "SittingView", line: "SeatLine") -> list["Proposal"]:
    if line.seat.kind is SeatKind.ALTERNATE:
        return [each for each in view.proposals if each.contact_id == line.contact_id]
    return [each for each in view.proposals if each.seat_id == line.seat.id]
