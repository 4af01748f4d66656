"""Scenes of members: terms, vacancies, attendance, contacts that look the same."""

from datetime import date

from PySide6.QtGui import QImage

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.members import TermDraft, TermEnd
from commission_app.gui.members.attendance_tab import AttendanceTab
from commission_app.gui.members.merge_dialog import MergeDialog
from commission_app.gui.members.page import MembersPage
from commission_app.services.session import Session
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def _twice(session: Session) -> tuple[str, str]:
    """A member of the sample, entered once more with more to tell."""
    known = session.contacts.all(containing="Montgomery")[0]
    other = session.contacts.add(
        ContactDraft(
            name="Montgomery-Featherstonehaugh, Alexandria",
            email="a.montgomery-featherstonehaugh@alder-glen.example.org",
            phone="(408) 555-0177",
            address="12 Orchard Lane\nAlder Glen, CA 95035",
            note="Met at the gala of 2025; prefers the telephone.",
        )
    )
    return known.id, other


@scene("members-seat-history", large=True)
def _seat_history(stage: Stage) -> None:
    """A seat that has seen many: two who followed each other, a gap, somebody who stayed on, one to come."""
    members, contacts = stage.desk.session.members, stage.desk.session.contacts
    seat = next(view.seat for view in members.seats() if view.seat.key == "regular-3")
    for name, first, last in (
        ("Bartholomew Fitzgerald-Castellanos", date(2009, 1, 1), date(2012, 12, 31)),
        ("橋本有紀", date(2013, 1, 1), date(2014, 12, 31)),
        ("Екатерина Воскресенская-Преображенская", date(2016, 3, 1), date(2019, 12, 31)),
        ("Ng", date(2020, 7, 1), date(2021, 12, 31)),
        ("Ana Ruiz the Younger", date(2026, 12, 1), date(2028, 11, 30)),
    ):
        person = contacts.add(ContactDraft(name=name))
        end = TermEnd.RESIGNED if first.year == 2013 else None
        members.appoint(
            TermDraft(
                seat_id=seat.id,
                contact_id=person,
                from_on=first,
                to_on=last,
                ended=end,
                ended_on=last if end else None,
            )
        )
    stage.go(MembersPage, tab="commission", record_id=seat.id)


@scene("attendance-all-meetings", large=True)
def _attendance_all(stage: Stage) -> None:
    """Every meeting there was, with somebody who was elsewhere too often and somebody who stayed away."""
    session = stage.desk.session
    for name, value in (("remote.uses_a_year", 0), ("attendance.max_consecutive_absences", 2)):
        session.commission.set_rule(name, value, from_on=None, source=None, note=None)
    tab = stage.go(MembersPage, tab="attendance").tab()
    assert isinstance(tab, AttendanceTab)
    last = tab.chooser.count() - 1
    tab.chooser.setCurrentIndex(last)
    tab.chooser.activated.emit(last)


@scene("contacts-look-alikes", large=True)
def _look_alikes(stage: Stage) -> None:
    _twice(stage.desk.session)
    session = stage.desk.session
    for name in ("Yuki Hashimoto 橋本有紀", "Danial Lee"):
        session.contacts.add(ContactDraft(name=name))
    stage.go(MembersPage, tab="contacts", action="look-alikes")


@scene("contacts-merge", large=True)
def _merge(stage: Stage) -> QImage:
    session = stage.desk.session
    dialog = MergeDialog(stage.desk, session.merging.plan(*_twice(session)), stage.window)
    return stage.picture_of_question(dialog.exec)


@scene("contacts-merge-refused", large=True)
def _merge_refused(stage: Stage) -> QImage:
    session = stage.desk.session
    first, second = (view.holder.id for view in session.members.seats()[:2] if view.holder is not None)
    dialog = MergeDialog(stage.desk, session.merging.plan(first, second), stage.window)
    return stage.picture_of_question(dialog.exec)
