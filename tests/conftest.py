"""What every test gets: no screen needed, no file of one's own touched, no warning overlooked."""

import gc
import logging
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from commission_app import paths

# Read once by Qt and by the child processes of tests; nothing above loads Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
_shared = tempfile.TemporaryDirectory(prefix="commission-app-tests-")
os.environ["XDG_CACHE_HOME"] = os.environ["XDG_RUNTIME_DIR"] = _shared.name  # only its owner may enter
os.environ.setdefault("COMMISSION_APP_TESTS", _shared.name)  # the workers of one run share that of the first
for name in ("DBUS_SESSION_BUS_ADDRESS", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(name, None)

settings.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With many more random examples a test may take an hour."""
    if os.environ.get("HYPOTHESIS_PROFILE") == "long":
        for item in items:
            item.add_marker(pytest.mark.timeout(3600))


class _Kept(logging.Handler):
    """Keeps the warnings and errors that the program logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.levelname}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test in which the program logged a warning that the test does not expect (and the reverse)."""
    kept = _Kept()
    logger = logging.getLogger("commission_app")
    logger.addHandler(kept)
    try:
        result = yield
    finally:
        logger.removeHandler(kept)
    expected = item.get_closest_marker("logs_warnings") is not None
    if expected and not kept.messages:
        pytest.fail("a warning in the log was expected, none came", pytrace=False)
    if kept.messages and not expected:
        pytest.fail("the program logged:\n" + "\n".join(kept.messages), pytrace=False)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """While there are windows Python collects no garbage, as in the program: it would do so on any thread,
    and amid their painting.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        if not gc.isenabled():
            _collect()
        gc.enable()
    else:
        gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Delete the windows of a test, then what has become garbage."""
    try:
        return (yield)
    finally:
        if not gc.isenabled():
            _delete_windows()
            if gc.get_count()[0] > 20_000:
                _collect()


def _delete_windows() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for widget in QApplication.topLevelWidgets():
        if type(widget).__module__.startswith(("commission_app.", "tests.")) and widget.parent() is None:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _collect() -> None:
    """What outlives its test is not looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """An empty home folder, this test's alone: data, settings and documents of the user go there."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable, inside in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_STATE_HOME", ".local/state"),
        ("WIN_PD_OVERRIDE_LOCAL_APPDATA", "AppData/Local"),
        ("WIN_PD_OVERRIDE_APPDATA", "AppData/Roaming"),
    ):
        monkeypatch.setenv(variable, str(folder / inside))
    paths.user_data.cache_clear()
    yield folder
    paths.user_data.cache_clear()
