"""The values of the rule book in words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.agenda_sections import StandingSection
from commission_app.domain.calendar import MeetingRule
from commission_app.domain.campaigns import ONLY_ORGANIZATION, RECEIVER
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.setting_specs import SettingSpec
from commission_app.errors import ValidationError
from commission_app.gui import labels

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS: Final = (1, 2, 3, 4, -1)


def weekday(code: str) -> str:
    """Thursday for TH."""
    return QLocale().standaloneDayName(WEEKDAYS.index(code) + 1, QLocale.FormatType.LongFormat)


def ordinal(number: int) -> str:
    """First, second, third, fourth, last."""
    translate = QCoreApplication.translate
    return {
        1: translate("rules", "first"),
        2: translate("rules", "second"),
        3: translate("rules", "third"),
        4: translate("rules", "fourth"),
        -1: translate("rules", "last"),
    }[number]


def listed(words: list[str]) -> str:
    """Words in a row: first and third."""
    translate = QCoreApplication.translate
    if len(words) < 2:
        return "".join(words)
    return translate("rules", "{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def value_text(spec: SettingSpec, value: Any, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A value as a person reads it, short enough for a list; `names` are those of contacts by their keys."""
    translate = QCoreApplication.translate
    if value is None:
        return translate("rules", "Not set")
    if spec.kind == "bool":
        return translate("rules", "Yes") if value else translate("rules", "No")
    if spec.kind == "choice":
        return dict(spec.choices).get(value, str(value))
    if spec.kind == "int":
        return _number_text(spec, value)
    if spec.kind == "day":
        return labels.day_field(date.fromisoformat(value))
    if spec.name == "meetings.rule":
        return calendar_text(value)
    if spec.name == "agenda.order":
        return _order_text(value)
    if spec.name == "inquiries.counted_kinds":
        return listed([labels.meeting_kind(MeetingKind(kind)) for kind in value])
    if spec.name == RECEIVER:
        only = translate("rules", "The only community organization")
        return only if value == ONLY_ORGANIZATION else names.get(value, str(value))
    if spec.name == "money.year_start":
        day = date.fromisoformat(f"2025-{value}")
        return f"{QLocale().standaloneMonthName(day.month)} {day.day}"
    return str(value)


def _number_text(spec: SettingSpec, value: int) -> str:
    locale = QLocale()
    if spec.unit.startswith("cents"):
        return (
            f"{locale.toCurrencyString(value / 100, '$')} {spec.unit.removeprefix('cents').strip()}".strip()
        )
    if spec.unit == "bytes":
        return labels.size_text(value)
    noun, _, rest = spec.unit.partition(" ")
    noun = noun.removesuffix("s") if value == 1 else noun
    return " ".join(part for part in (locale.toString(value), noun, rest) if part)


def _order_text(value: dict[str, list[str]]) -> str:
    translate = QCoreApplication.translate
    parts = [
        translate("rules", "{kind}: {count} sections").format(
            kind=labels.meeting_kind(MeetingKind(kind)), count=len(slugs)
        )
        for kind, slugs in value.items()
    ]
    return "; ".join(parts)


def section_title(slug: str, own: dict[str, str]) -> str:
    """The title of a section of the agenda: the commission's own, else the program's."""
    return own.get(slug) or StandingSection.of(slug).title


def calendar_text(value: Any) -> str:
    """The calendar of regular meetings: Fourth Thursday at 6 PM."""
    translate = QCoreApplication.translate
    try:
        rule = MeetingRule.parse(value)
    except ValidationError as error:
        return str(error)
    if not rule.has_dates:
        return translate("rules", "No calendar")
    parts = [recurrence_text(text) for text in rule.rules]
    text = "; ".join(part[:1].upper() + part[1:] if at == 0 else part for at, part in enumerate(parts))
    if parts:
        text = translate("rules", "{days} at {time}").format(days=text, time=labels.time_short(rule.starts))
    if rule.left_out:
        left_out = labels.counted(
            len(rule.left_out),
            translate("rules", "{count} day left out"),
            translate("rules", "{count} days left out"),
        )
        text = f"{text}; {left_out}"
    if rule.also:
        also = labels.counted(
            len(rule.also), translate("rules", "{count} more day"), translate("rules", "{count} more days")
        )
        text = f"{text}; {also}" if parts else also
    return text


def recurrence_text(text: str) -> str:
    """One recurrence in words where it is a monthly weekday or a weekly day, else as it is written."""
    translate = QCoreApplication.translate
    parts = Recurrence.parse(text)
    if parts is None:
        return text
    day = weekday(parts.weekday)
    if parts.is_weekly:
        if parts.every == 1:
            return translate("rules", "every {day}").format(day=day)
        return translate("rules", "every {count} weeks on {day}").format(count=parts.every, day=day)
    which = listed([ordinal(number) for number in parts.ordinals])
    words = translate("rules", "{which} {day}").format(which=which, day=day)
    if len(parts.months) < 12:
        words = translate("rules", "{days} of {months}").format(days=words, months=months_text(parts.months))
    return words


def months_text(months: tuple[int, ...]) -> str:
    """Months in order, those in a row as a span: Jan to Jun, Sep and Oct."""
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    spans: list[list[int]] = []
    for month in months:
        if spans and spans[-1][-1] == month - 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    span = QCoreApplication.translate("rules", "{first} to {last}")
    words: list[str] = []
    for run in spans:
        names = [locale.standaloneMonthName(month, short) for month in run]
        words += [span.format(first=names[0], last=names[-1])] if len(names) > 2 else names
    return listed(words)


class Recurrence:
    """A recurrence that the calendar editor understands: weekdays of months, or a day of every n-th week."""

    def __init__(
        self,
        weekday: str,
        *,
        ordinals: tuple[int, ...] = (),
        months: tuple[int, ...] = tuple(range(1, 13)),
        every: int = 1,
        is_weekly: bool = False,
    ) -> None:
        self.weekday, self.ordinals, self.months = weekday, ordinals, months
        self.every, self.is_weekly = every, is_weekly

    @classmethod
    def parse(cls, text: str) -> "Recurrence | None":
        """A recurrence from its RFC 5545 text; None where it says more than the editor can show."""
        parts = dict(part.partition("=")[::2] for part in text.split(";"))
        frequency = parts.pop("FREQ", "")
        days = parts.pop("BYDAY", "").split(",")
        codes = {day[-2:] for day in days}
        if len(codes) != 1 or not codes <= set(WEEKDAYS):
            return None
        code = codes.pop()
        if frequency == "WEEKLY":
            every = parts.pop("INTERVAL", "1")
            if parts or days != [code] or not every.isdigit():
                return None
            return cls(code, every=int(every), is_weekly=True)
        months = parts.pop("BYMONTH", "")
        positions = (
            parts.pop("BYSETPOS", "").split(",") if "BYSETPOS" in parts else [day[:-2] for day in days]
        )
        if frequency != "MONTHLY" or parts:
            return None
        try:
            ordinals = tuple(int(position) for position in positions)
            chosen = (
                tuple(sorted(int(month) for month in months.split(","))) if months else tuple(range(1, 13))
            )
        except ValueError:
            return None
        return cls(code, ordinals=ordinals, months=chosen) if set(ordinals) <= set(ORDINALS) else None

    def text(self) -> str:
        """The recurrence as it is kept."""
        if self.is_weekly:
            interval = f";INTERVAL={self.every}" if self.every > 1 else ""
            return f"FREQ=WEEKLY{interval};BYDAY={self.weekday}"
        days = ",".join(f"{number}{self.weekday}" for number in self.ordinals)
        months = f";BYMONTH={','.join(map(str, self.months))}" if len(self.months) < 12 else ""
        return f"FREQ=MONTHLY{months};BYDAY={days}"
