"""Scenes of members: terms, vacancies, attendance, contacts that look the same."""

from PySide6.QtGui import QImage

from commission_app.domain.contacts import ContactDraft
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
