"""The window for a person without a mouse, without sight, or with large text: every page, dialog and form.

The scenes of `tests.screens` are walked, so that whatever is drawn there is looked at here as well."""

import shutil
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from commission_app import clock
from commission_app.bootstrap import CommissionProgram
from commission_app.domain.commission import Commission
from commission_app.gui import labels, theme
from commission_app.gui.sidebar import entries
from commission_app.gui.theme import Scheme
from commission_app.gui.widgets import reading_order
from tests.gui import access
from tests.screens.scenes import SCENES, Scene
from tests.screens.shooting import NARROW, WIDE
from tests.screens.stage import Stage

_NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)


def _now() -> datetime:
    return _NOW


@pytest.fixture(scope="module")
def prepared(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the scenes begin with."""
    folder = tmp_path_factory.mktemp("scenes")
    program = CommissionProgram(_now)
    shutil.copy(sample_file, folder / "alder-glen.commission")
    empty = Commission(
        name="Fern Hollow Sister Cities Commission",
        city="Fern Hollow",
        state="CA",
        country="US",
        zone="America/Los_Angeles",
        rules="milpitas",
    )
    program.create(folder / "empty.commission", empty, who="Ana Ruiz")
    return folder


@pytest.fixture
def stage(
    qapp: QApplication, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Stage]:
    """A window of its own, on copies of the files."""
    monkeypatch.setattr(clock, "now", _now)
    before, name = QLocale(), QCoreApplication.applicationName()
    for file in prepared.glob("*.commission"):
        shutil.copy(file, tmp_path / file.name)
    made = Stage(tmp_path, _now)
    yield made
    made.close()
    made.window.close_session()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a theme is quick to change without a window
    theme.install(qapp, Scheme.LIGHT)
    labels.look_from(None)
    QLocale.setDefault(before)
    QCoreApplication.setApplicationName(name)


def _act(stage: Stage, scene: Scene, scheme: Scheme, size: QSize, percent: int) -> list[QWidget]:
    """Put the window into a scene; what lies on it is looked at, else the window itself."""
    stage.set_look(scheme, size, percent)
    if scene.file:
        stage.open(scene.file)
    scene.act(stage)
    _rest(stage)
    if isinstance(menu := QApplication.activePopupWidget(), QMenu):
        menu.close()  # a menu is the system's own: it is gone through with the arrow keys
    above = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget is not stage.window and _is_ours(widget)
    ]
    return above or [stage.window]


def _rest(stage: Stage) -> None:
    """Until rows that fold anew have told it upwards, one layout at a time."""
    for _ in range(3):
        stage.settle()


def _is_ours(widget: QWidget) -> bool:
    return type(widget).__module__.startswith("commission_app") and not isinstance(widget, QMenu)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_scene_is_for_everybody(stage: Stage, scene: Scene) -> None:
    windows = _act(stage, scene, Scheme.LIGHT, NARROW, 200)
    assert stage.window.size() == NARROW
    for window in windows:
        check_that_large_text_is_whole(window)
    stage.set_look(Scheme.LIGHT, WIDE, 150)  # in a wide window too what stands side by side needs its room
    _rest(stage)
    for window in windows:
        check_that_large_text_is_whole(window)
    for window in windows:
        check_that_it_can_be_heard_read_and_used_by_keyboard(stage, window)


def check_that_large_text_is_whole(window: QWidget) -> None:
    assert access.out_of_sight(window) == []
    assert access.cut(window) == []
    assert access.overlapping(window) == []


def check_that_it_can_be_heard_read_and_used_by_keyboard(stage: Stage, window: QWidget) -> None:
    for size in (NARROW, WIDE):
        stage.set_look(Scheme.LIGHT, size, 100)
        stage.settle()
        assert access.out_of_sight(window) == []
    assert access.without_name(window) == []
    assert access.alike(window) == []
    assert access.without_content(window) == []
    assert access.out_of_reach(window) == []
    assert access.faint(window) == []
    window.activateWindow()
    stage.settle()
    walk = access.tab_through(window)
    wanted = reading_order.stops(window)  # now: of a group only the one with the focus is a stop
    assert walk.unseen == []
    assert access.against_reading(walk.reached) == []
    missed = [access.described(stop) for stop in wanted if stop not in walk.reached]
    assert missed == []
    stage.set_look(Scheme.DARK, WIDE, 100)
    stage.settle()
    assert access.faint(window) == []


def test_every_page_is_in_a_scene() -> None:
    names = " ".join(scene.name for scene in SCENES)
    assert [entry.name for entry in entries() if entry.name not in names] == []
