"""What this person's window remembers: theme, text size, geometry, recent files, who sits at the keyboard."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings

from commission_app import clock, paths
from commission_app.domain.text import fold
from commission_app.gui.theme import TEXT_PERCENTS, Scheme

_MOST_RECENT: Final = 8
_MOST_FOUND: Final = 24
#: No value that this program writes is longer; a name or a key is not longer than the second.
_LONGEST: Final = 20_000
_LONGEST_NAME: Final = 200
_YEARS: Final = range(1970, 2101)


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was open, and when it was opened last."""

    path: Path
    opened_at: datetime


class Preferences:
    """Kept in one INI file in the user's data folder, never in the commission's file. Other programs and
    people write there too: what cannot be read or is out of bounds counts as never kept.
    """

    def __init__(self) -> None:
        folder = paths.user_data()
        folder.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def _text(self, name: str, default: str = "") -> str:
        value = self._settings.value(name, default)
        return value if isinstance(value, str) and len(value) <= _LONGEST else default

    def _kept(self, name: str) -> Any:
        """The JSON that was kept; None for a text that is none, or is nested beyond reading."""
        try:
            return json.loads(self._text(name))
        except (ValueError, RecursionError):
            return None

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or like the system."""
        text = self._text("look/scheme")
        return Scheme(text) if text in list(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("look/scheme", scheme.value)

    @property
    def text_percent(self) -> int:
        """The text size, one of the sizes that are offered."""
        text = self._text("look/text_percent")
        return next((percent for percent in TEXT_PERCENTS if str(percent) == text), 100)

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._settings.setValue("look/text_percent", str(percent))

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at the first start."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    def recent(self) -> list[RecentFile]:
        """The files that were open and are still there, the last one first."""
        return [entry for entry in self._recent() if _is_there(entry.path)]

    def _recent(self) -> list[RecentFile]:
        kept = self._kept("files/recent")
        entries = map(_recent_file, kept[:_MOST_RECENT] if isinstance(kept, list) else ())
        return [entry for entry in entries if entry is not None]

    def note_opened(self, path: Path) -> None:
        """Put a file first among the recent ones; it is opened again at the next start."""
        path = path.absolute()
        others = [entry for entry in self._recent() if entry.path != path]
        entries = [RecentFile(path, clock.now()), *others][:_MOST_RECENT]
        self._keep(entries)
        self._settings.setValue("files/last", str(path))

    def forget(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._keep([entry for entry in self._recent() if entry.path != path])

    def _keep(self, entries: list[RecentFile]) -> None:
        kept = [(str(entry.path), entry.opened_at.isoformat()) for entry in entries]
        self._settings.setValue("files/recent", json.dumps(kept))

    @property
    def last_file(self) -> Path | None:
        """The file to open at the next start: the one open when the program ended, if it can be seen."""
        text = self._text("files/last")
        return Path(text) if text and _is_there(Path(text)) else None

    def forget_last(self) -> None:
        """Begin with the welcome page at the next start."""
        self._settings.remove("files/last")

    def folder(self, purpose: str) -> Path | None:
        """Where files were chosen the last time for a purpose, if the folder is still there."""
        text = self._text(f"folders/{purpose}")
        return Path(text) if text and _is_there(Path(text)) else None

    def note_folder(self, purpose: str, folder: Path) -> None:
        """Remember where files were chosen for a purpose."""
        self._settings.setValue(f"folders/{purpose}", str(folder))

    def person(self, path: Path) -> str:
        """Who was at the keyboard of a file; empty when nobody said so."""
        name = self._text(f"people/{_key(path)}")
        return name if len(name) <= _LONGEST_NAME else ""

    def note_person(self, path: Path, name: str) -> None:
        """Remember who is at the keyboard of a file."""
        self._settings.setValue(f"people/{_key(path)}", name)

    def forget_person(self, name: str) -> None:
        """Forget that somebody of this name was at the keyboard, of whatever file."""
        self._settings.beginGroup("people")
        for key in self._settings.childKeys():
            if fold(self._text(key)) == fold(name):
                self._settings.remove(key)
        self._settings.endGroup()

    def list_layout(self, name: str) -> Any:
        """How a list was arranged, as its table wrote it down; None when nobody did."""
        return self._kept(f"lists/{name}")

    def note_list_layout(self, name: str, text: str) -> None:
        """Remember how a list is arranged; an empty text forgets it."""
        if text:
            self._settings.setValue(f"lists/{name}", text)
        else:
            self._settings.remove(f"lists/{name}")

    def import_columns(self, key: str) -> Any:
        """What the columns of a kind of list held the last time, as the import wrote it down; else None."""
        return self._kept(f"imports/{key}")

    def note_import_columns(self, key: str, text: str) -> None:
        """Remember what the columns of a kind of list hold."""
        self._settings.setValue(f"imports/{key}", text)

    def found(self, path: Path) -> list[str]:
        """What was opened from the search of a file, by the keys of its entries, the last one first."""
        kept = self._kept(f"found/{_key(path)}")
        keys = kept[:_MOST_FOUND] if isinstance(kept, list) else []
        return [key for key in keys if isinstance(key, str) and len(key) <= _LONGEST_NAME]

    def note_found(self, path: Path, key: str) -> None:
        """Put an entry first among those that were opened from the search of a file."""
        keys = [key, *(other for other in self.found(path) if other != key)][:_MOST_FOUND]
        self._settings.setValue(f"found/{_key(path)}", json.dumps(keys))

    def put_away(self, path: Path) -> frozenset[str]:
        """The first steps of a file that somebody put away."""
        return frozenset(self._text(f"steps/{_key(path)}").split())

    def note_put_away(self, path: Path, step: str) -> None:
        """Do not list a first step of a file any more."""
        self._settings.setValue(f"steps/{_key(path)}", " ".join(sorted({*self.put_away(path), step})))

    def keeps_place(self, path: Path) -> bool:
        """Whether it was said that a file stays where it is, though that is no safe place."""
        return bool(self._text(f"places/{_key(path)}"))

    def keep_place(self, path: Path) -> None:
        """Do not ask again whether a file is to be moved to this computer."""
        self._settings.setValue(f"places/{_key(path)}", "kept")

    def sync(self) -> None:
        """Write everything now."""
        self._settings.sync()


def _key(path: Path) -> str:
    return path.absolute().as_posix().replace("/", "|")


def _recent_file(kept: Any) -> RecentFile | None:
    """A recent file as it was kept; None for what is none."""
    try:
        path, at = kept
        entry = RecentFile(Path(path), datetime.fromisoformat(at))
    except (ValueError, TypeError):
        return None
    return entry if entry.opened_at.tzinfo is not None and entry.opened_at.year in _YEARS else None


def _is_there(path: Path) -> bool:
    """Whether a file can be seen; not where its disk or folder does not answer."""
    try:
        return path.exists()
    except OSError:
        return False
