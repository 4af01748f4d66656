"""What makes the window's start shorter: called before anything else of `gui` is imported."""

import gc
import importlib
from typing import Any

import PySide6.QtCore  # noqa: F401 # brings shibokensupport, which is in no package of its own


def load_faster() -> None:
    """Keep Python from looking for garbage, and PySide from reading the source of every module imported.

    While modules load there is no garbage, and looking for it took a sixth of the start. PySide looks for
    `from __feature__ import`, which nothing here uses; a tenth of the start went there."""
    gc.disable()
    feature: Any = importlib.import_module("shibokensupport.feature")
    feature._mod_uses_pyside = _uses_no_features


def _uses_no_features(module: object) -> bool:
    return False
