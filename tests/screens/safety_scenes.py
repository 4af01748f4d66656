"""Scenes of backups, of restoring and of the checks."""

import sqlite3
from contextlib import closing

from PySide6.QtGui import QImage

from commission_app.errors import DamagedError
from commission_app.gui.backups.recover_dialog import RecoverDialog
from commission_app.gui.backups.restoring import RelatedOffer, RestoreOffer
from commission_app.gui.page import Place
from commission_app.gui.settings.backups_pane import BackupsPane
from commission_app.gui.settings.checks_pane import ChecksPane
from commission_app.gui.settings.page import SettingsPage
from commission_app.services.backups import known_files, newest_good, related_good
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def _backups(stage: Stage) -> BackupsPane:
    service = stage.desk.session.backups
    for reason in ("import", "work"):
        service.make(reason)
    damaged = service.make("manual").path
    damaged.write_bytes(damaged.read_bytes()[:9000])
    pane = stage.go(SettingsPage, tab="backups", action="back-up").pane("backups")
    assert isinstance(pane, BackupsPane)
    return pane


@scene("backups-list", large=True)
def _list(stage: Stage) -> None:
    _backups(stage)


@scene("backups-second-place")
def _second_place(stage: Stage) -> None:
    pane = _backups(stage)
    pane.take_second(stage.file("alder-glen").parent)


@scene("backups-preview")
def _preview(stage: Stage) -> QImage:
    pane = _backups(stage)
    stage.settle()
    pane.preview.click()
    [window] = stage.opener.restorer.previews
    window.resize(stage.window.size())
    window.navigate(Place(page="home"))
    stage.settle()
    image = window.grab().toImage()
    window.close()
    return image


@scene("backups-offer")
def _offer(stage: Stage) -> QImage:
    path = stage.desk.session.path
    found = newest_good(path)
    assert found is not None
    error = DamagedError(f"{path.name} is damaged.")
    return stage.picture_of_question(RestoreOffer(path, error, found, stage.window).exec)


@scene("backups-related")
def _related(stage: Stage) -> QImage:
    stage.desk.session.backups.make()
    path = stage.desk.session.path
    found = related_good(path)
    assert found is not None
    copy = path.with_name("Copy from the stick.commission")
    error = DamagedError(f"{copy.name} is damaged.")
    return stage.picture_of_question(RelatedOffer(copy, error, found, stage.window).exec)


@scene("checks-in-order")
def _in_order(stage: Stage) -> None:
    stage.go(SettingsPage, tab="checks", action="check")


@scene("checks-wrong", large=True)
def _wrong(stage: Stage) -> None:
    with closing(sqlite3.connect(stage.desk.session.path)) as file, file:
        file.execute("UPDATE contacts SET email = 'nothing' WHERE name = 'Ana Ruiz'")
        file.execute("UPDATE instalments SET paid_cents = 1 WHERE due_on < '2026-01-15'")
    pane = stage.go(SettingsPage, tab="checks", action="check").pane("checks")
    assert isinstance(pane, ChecksPane)


@scene("backups-recover")
def _recover(stage: Stage) -> QImage:
    files = known_files()
    stage.welcome()
    return stage.picture_of_question(RecoverDialog(files, stage.window).exec)
