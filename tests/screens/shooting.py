"""Going through the scenes in every look, and writing the pictures down."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from commission_app.gui.theme import Scheme
from tests.screens import (
    batch_scenes,  # noqa: F401 - puts its scenes among the others
    business_scenes,  # noqa: F401 - puts its scenes among the others
    calendar_scenes,  # noqa: F401 - puts its scenes among the others
    copy_scenes,  # noqa: F401 - puts its scenes among the others
    form_scenes,  # noqa: F401 - puts its scenes among the others
    history_scenes,  # noqa: F401 - puts its scenes among the others
    import_scenes,  # noqa: F401 - puts its scenes among the others
    index,
    letter_scenes,  # noqa: F401 - puts its scenes among the others
    list_scenes,  # noqa: F401 - puts its scenes among the others
    member_scenes,  # noqa: F401 - puts its scenes among the others
    minutes_scenes,  # noqa: F401 - puts its scenes among the others
    money_scenes,  # noqa: F401 - puts its scenes among the others
    paper_scenes,  # noqa: F401 - as above
    papers,
    run_scenes,  # noqa: F401 - puts its scenes among the others
    safety_scenes,  # noqa: F401 - puts its scenes among the others
    treasury_scenes,  # noqa: F401 - puts its scenes among the others
    year_scenes,  # noqa: F401 - puts its scenes among the others
)
from tests.screens.scenes import SCENES, Scene
from tests.screens.stage import Stage

WIDE, NARROW = QSize(1440, 900), QSize(1024, 700)


@dataclass(frozen=True, slots=True)
class Look:
    """A theme, a window's size, a text size in percent."""

    scheme: Scheme
    size: QSize
    percent: int = 100

    @property
    def name(self) -> str:
        """For the file's name and the caption."""
        text = f"-{self.percent}" if self.percent != 100 else ""
        return f"{self.size.width()}-{self.scheme.value}{text}"


LOOKS: Final = tuple(Look(scheme, size) for size in (WIDE, NARROW) for scheme in (Scheme.LIGHT, Scheme.DARK))
LARGE: Final = tuple(Look(Scheme.LIGHT, size, 130) for size in (WIDE, NARROW))


def shoot(stage: Stage, scene: Scene) -> QImage:
    """The picture of a scene."""
    if scene.file:
        stage.open(scene.file)
    try:
        return scene.act(stage) or stage.picture()
    finally:
        stage.clear()


def draw_all(stage: Stage, folder: Path, only: str = "") -> None:
    """Every scene in every look, the papers, and an index of them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for look in (*LOOKS, *LARGE):
        stage.set_look(look.scheme, look.size, look.percent)
        for scene in SCENES:
            if only in scene.name and (look not in LARGE or scene.at_large_text):
                file = f"{scene.name}-{look.name}.png"
                shoot(stage, scene).save(str(folder / file))
                found.setdefault(scene.name, []).append((look.name, file))
                sys.stderr.write(f"{folder / file}\n")
    stage.set_look(Scheme.LIGHT, WIDE, 100)
    for name in papers.write(stage, folder):
        found.setdefault("papers", []).append((name, f"{name}.png"))
    (folder / "index.html").write_text(index.page(found), encoding="utf-8")


def draw_readme(stage: Stage, folder: Path) -> None:
    """The two pictures of the README."""
    folder.mkdir(parents=True, exist_ok=True)
    stage.set_look(Scheme.LIGHT, WIDE, 100)
    for name, wanted in (("home", "home"), ("agenda", "meetings-agenda-item")):
        scene = next(scene for scene in SCENES if scene.name == wanted)
        shoot(stage, scene).save(str(folder / f"{name}.png"))
