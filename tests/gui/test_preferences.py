"""What the window remembers, after somebody or something wrote nonsense into its file."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from commission_app import paths
from commission_app.domain.importing import ImportTable
from commission_app.gui import theme
from commission_app.gui.imports.remembered import remember, remembered
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.preferences import Preferences
from commission_app.gui.widgets.record_layout import ListLayout, layout_of

FILE = Path("/records/glen.commission")
DEEP = "[" * 100_000


def write(name: str, value: Any) -> None:
    """Put a value into the window's file as another program would."""
    Preferences().sync()
    settings = QSettings(str(paths.user_data() / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(name, value)
    settings.sync()


def layout_with(widths: str) -> str:
    return f'{{"order": ["Due"], "shown": [], "hidden": [], "widths": {{"Due": {widths}}}, "sorting": null}}'


@pytest.mark.parametrize("width", ["Infinity", "NaN", "1000000000000", "-4", "0", '"wide"', "[]", "12.5"])
def test_a_width_beyond_bounds_is_forgotten_and_the_order_stays(width: str) -> None:
    write("lists/pledges", layout_with(width))
    assert layout_of("pledges") == ListLayout(order=("Due",))
    write("lists/pledges", layout_with("120"))
    assert layout_of("pledges").widths == {"Due": 120}


@pytest.mark.parametrize(
    "text", [DEEP, "{", "5", '{"widths": 3}', "[" * 10_000, '{"order": 5}', "null", "\x00"]
)
def test_what_cannot_be_read_was_never_kept(text: str) -> None:
    names = ("lists/pledges", "files/recent", "files/last", "found/|records|glen.commission")
    for name in (*names, "look/text_percent", "look/scheme", "steps/|records|glen.commission"):
        write(name, text)
    kept = Preferences()
    assert (layout_of("pledges"), kept.recent(), kept.last_file) == (ListLayout(), [], None)
    assert kept.found(FILE) == []
    assert (kept.text_percent, kept.scheme) == (100, theme.Scheme.SYSTEM)
    kept.note_opened(FILE)
    kept.note_found(FILE, "contact:1")
    assert Preferences().found(FILE) == ["contact:1"]


@pytest.mark.parametrize("text", ["²", "٢", "1e2", "100.0", "-100", "999999999999", ""])
def test_a_text_size_that_is_not_offered_is_the_usual_one(text: str) -> None:
    write("look/text_percent", text)
    assert Preferences().text_percent == 100


def test_recent_files_that_are_none_leave_the_others(tmp_path: Path) -> None:
    there, at = tmp_path / "glen.commission", "2026-09-17T16:41:00+00:00"
    there.touch()
    wrong = [5, [], ["x"], [5, at], [str(there), 5], [str(there), "2026-09-17"], [str(there), "0001-01-01"]]
    endless = [["x" * 5_000, at], ["\0", at]]
    write("files/recent", json.dumps([*wrong[:4], *endless, [str(there), at]]))
    assert [entry.path for entry in Preferences().recent()] == [there]
    write("files/recent", json.dumps(wrong[4:]))
    assert Preferences().recent() == []


def test_a_name_without_end_was_nobody_s() -> None:
    write("people/|records|glen.commission", "x" * 5_000)
    assert Preferences().person(FILE) == ""


@pytest.mark.parametrize("column", [-1, 2, float("inf"), float("nan"), "name", None, [0]])
def test_a_column_that_the_list_does_not_have_is_not_remembered(column: Any) -> None:
    table = ImportTable(header=("Who", "Mail"), lines=())
    remember("contacts", table, {"name": 1}, {})
    assert remembered("contacts", table) is not None
    remember("contacts", table, {"name": column}, {})
    assert remembered("contacts", table) is None


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENAMETOOLONG])
def test_a_last_file_that_cannot_be_seen_gives_the_welcome_page(
    opener: FileOpener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    far = tmp_path / "far" / "glen.commission"
    Preferences().note_opened(far)
    see = Path.exists

    def fail(path: Path) -> bool:
        if path == far:
            raise OSError(number, "Stale file handle")
        return see(path)

    monkeypatch.setattr(Path, "exists", fail)
    opener.begin(None)
    window = opener.parent()
    assert isinstance(window, MainWindow)
    window.show()
    qtbot.waitUntil(lambda: opener.welcome() is not None)
    welcome = opener.welcome()
    assert welcome is not None and welcome.recent == []


def test_a_person_is_forgotten_at_every_keyboard_of_this_computer() -> None:
    kept, other = Preferences(), Path("/records/fern.commission")
    kept.note_person(FILE, "José Núñez")
    kept.note_person(other, "Ana Ruiz")
    kept.forget_person("jose nunez")
    assert (Preferences().person(FILE), Preferences().person(other)) == ("", "Ana Ruiz")
