"""What makes the window's start shorter: called before anything else of `gui` is imported."""

import gc
import importlib
from typing import Any

import PySide6.QtCore  # noqa: F401 # brings shibokensupport, which is in no package of its own


def load_faster() -> None:
    """Keep Python from looking for garbage, and PySide from reading the source of every module imported.

    While modules load there is no garbage, and looking for it took a sixth of the start. PySide looks for
    `from __feature__ import`, which nothing here uses: it calls `inspect.getsource` for every module that is
    imported after it, and a fifth of the start went there. PySide6 6.12 has no switch for that, so a private
    function of it is replaced. Should a later version have it no more, setting the name does nothing, and the
    start is only slower."""
    gc.disable()
    feature: Any = importlib.import_module("shibokensupport.feature")
    feature._mod_uses_pyside = _uses_no_features


def _uses_no_features(module: object) -> bool:
    return False
