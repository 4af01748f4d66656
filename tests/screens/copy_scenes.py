"""What is drawn of reading copies, parcels and the hand-over."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.errors import NotReceivedError
from commission_app.gui.copies.give_dialog import GiveCopyDialog
from commission_app.gui.copies.handover_dialog import WRITTEN, HandOverDialog
from commission_app.gui.copies.load_dialog import LoadParcelDialog
from commission_app.gui.copies.receive_dialog import NotReceivedDialog
from commission_app.gui.home.page import HomePage
from commission_app.gui.settings.page import SettingsPage
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def _copy(stage: Stage) -> Path:
    """A reading copy in a folder of its own, in which a contact was entered."""
    path = Path(tempfile.mkdtemp(prefix="screens-")) / "Alder Glen for Harold Lindqvist.commission"
    stage.desk.session.copies.give(path, to="Harold Lindqvist")
    session = stage.program.open_writing(path, who="Harold Lindqvist")
    session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Tomasz Wojcik"))
    session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Sofia Berg"))
    session.close()
    return path


@scene("settings-copies")
def _pane(stage: Stage) -> None:
    folder = _copy(stage).parent
    stage.go(SettingsPage, tab="copies")
    shutil.rmtree(folder)


@scene("reading-copy", large=True)
def _reading_copy(stage: Stage) -> None:
    path = _copy(stage)
    stage.opener.open(path)
    stage.go(HomePage)


@scene("give-a-copy")
def _give(stage: Stage) -> None:
    dialog = GiveCopyDialog(stage.desk, stage.window)
    dialog.to.set_value("Harold Lindqvist")
    dialog.show()
    dialog.lock.lock.box.click()
    dialog.fit()


@scene("load-a-parcel", large=True)
def _load(stage: Stage) -> None:
    path = _copy(stage)
    dialog = LoadParcelDialog(stage.desk, stage.window)
    dialog.show()
    dialog.read(path)
    stage.settle()
    shutil.rmtree(path.parent)


@scene("hand-over-not-received")
def _not_received(stage: Stage) -> QImage:
    error = NotReceivedError(
        "This is the file of a hand-over from Ana Ruiz to Ben Li, written on September 17, 2026."
    )
    return stage.picture_of_question(NotReceivedDialog(error, stage.window).exec)


@scene("hand-over")
def _hand_over(stage: Stage) -> None:
    HandOverDialog(stage.desk, stage.window).show()


@scene("hand-over-written")
def _written(stage: Stage) -> None:
    folder = Path(tempfile.mkdtemp(prefix="screens-"))
    manifest = stage.desk.session.handover.write(folder / "Alder Glen hand-over", to="Ben Li")
    dialog = HandOverDialog(stage.desk, stage.window)
    dialog.written.show_manifest(manifest, Path("E:/Alder Glen hand-over 2026-09-17"))
    dialog.show()
    dialog.show_step(WRITTEN)
    shutil.rmtree(folder)
