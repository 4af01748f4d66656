"""The zoo of files in the window: each is told in a box with words, and nothing opens."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from commission_app.gui.opening import FileOpener
from commission_app.gui.widgets.dialog import Dialog
from tests.gui.conftest import Boxes
from tests.integration import three_laptops as three
from tests.integration.zoo import ZOO


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return three.begin(tmp_path_factory.mktemp("good"))


@pytest.mark.skipif(os.name == "nt", reason="pipes and links")
@pytest.mark.parametrize("animal", ZOO)
def test_the_window_tells_what_a_file_is_and_goes_on(
    opener: FileOpener, boxes: Boxes, good: Path, tmp_path: Path, animal: str
) -> None:
    spoil, _ = ZOO[animal]
    path = Path(shutil.copy(good, tmp_path))
    spoil(path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()}

    def leave(box: QDialog) -> bool:
        assert isinstance(box, Dialog)
        assert path.name in box.windowTitle()
        assert box.body.text()
        return False

    boxes.answer(leave)
    assert not opener.open(path)
    assert opener.welcome() is not None
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.is_file()} == before
