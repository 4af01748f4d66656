"""The rule book: dated values that a commission may change, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from commission_app.domain.setting_registry import spec
from commission_app.domain.setting_specs import SettingSpec
from commission_app.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value in force from a day (None: from the beginning) until the next one of its name."""

    id: str
    name: str
    value: Any
    from_on: date | None = None
    source: str | None = None
    note: str | None = None


class RuleBook:
    """The commission's settings, read as of a day; a name never entered has the registry's default."""

    def __init__(self, settings: Iterable[Setting] = ()) -> None:
        self._by_name: dict[str, list[Setting]] = {}
        for setting in settings:
            self._by_name.setdefault(spec(setting.name).name, []).append(setting)
        for entries in self._by_name.values():
            entries.sort(key=lambda setting: setting.from_on or date.min)

    def setting(self, name: str, on: date) -> Setting | None:
        """The entry in force on a day: the latest that began by then. KeyError for an unknown name."""
        found = None
        for setting in self._by_name.get(spec(name).name, ()):
            if setting.from_on is None or setting.from_on <= on:
                found = setting
        return found

    def value(self, name: str, on: date) -> Any:
        """The value in force on a day, as it is stored (JSON)."""
        setting = self.setting(name, on)
        return spec(name).default if setting is None else setting.value

    def integer(self, name: str, on: date) -> int:
        """A whole number in force on a day."""
        value = self.value(name, on)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} is no whole number")
        return value

    def flag(self, name: str, on: date) -> bool:
        """A yes or no in force on a day."""
        value = self.value(name, on)
        if not isinstance(value, bool):
            raise TypeError(f"{name} is neither yes nor no")
        return value

    def text(self, name: str, on: date) -> str:
        """A choice or text in force on a day."""
        value = self.value(name, on)
        if not isinstance(value, str):
            raise TypeError(f"{name} is no text")
        return value

    def day(self, name: str, on: date) -> date | None:
        """A day in force on a day; None where the setting says none."""
        value = self.value(name, on)
        return None if value is None else date.fromisoformat(value)

    def source(self, name: str, on: date) -> str:
        """Where the value in force comes from, in words; the registry's where the entry names none."""
        setting = self.setting(name, on)
        return (setting.source if setting else None) or spec(name).source

    def change_days(self, name: str) -> list[date]:
        """The days from which entries of a name are in force, without those from the beginning."""
        return [entry.from_on for entry in self._by_name.get(spec(name).name, ()) if entry.from_on]

    def begins_on(self, on: date) -> date | None:
        """The day the record begins: events before it are not asked about."""
        return self.day("record.begins_on", on)


def check_setting(name: str, value: Any) -> list[Problem]:
    """What is wrong with a setting's name or value."""
    try:
        found: SettingSpec = spec(name)
    except KeyError:
        return [Problem("name", f"There is no setting named {name}.")]
    message = found.check(value)
    return [Problem("value", message)] if message else []
