"""Editors for the values of the rule book, one for each kind, all with the same four methods."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.campaigns import ONLY_ORGANIZATION, RECEIVER
from commission_app.domain.dates import parse_day
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.setting_specs import SettingSpec
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.settings.rule_words import value_text
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.fields import ChoiceField, Field, RadioField, TextField
from commission_app.gui.widgets.parsed_fields import DateField, NumberField, ParsedField
from commission_app.gui.widgets.text import Text

_GIGABYTE: Final = 1_000_000_000


class ValueEditor(QWidget):
    """What edits one value."""

    changed = Signal()

    def value(self) -> Any:
        """The value as it is kept (JSON)."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def show_error(self, message: str | None) -> None:
        """Show what is wrong, or take it away."""
        raise NotImplementedError

    def problem(self) -> str | None:
        """What is wrong by itself."""
        return None


class FieldEditor(ValueEditor):
    """A value in one field; `outward` and `inward` turn the field's value into the kept one and back."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        field.changed.connect(self.changed)
        self.setFocusProxy(field)

    @override
    def value(self) -> Any:
        found = self.field.value()
        return found.isoformat() if isinstance(found, date) else found if found != "" else None

    @override
    def set_value(self, value: Any) -> None:
        if isinstance(self.field, DateField):
            self.field.set_value(date.fromisoformat(value) if value else None)
        elif isinstance(self.field, TextField):
            self.field.set_value(value or "")
        else:
            self.field.set_value(value)

    @override
    def show_error(self, message: str | None) -> None:
        self.field.set_error(message)

    @override
    def problem(self) -> str | None:
        return self.field.problem()


class KindsEditor(ValueEditor):
    """Which kinds of meetings count."""

    def __init__(self, spec: SettingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(spec.label, "label", "ink-2", parent=self))
        self.boxes = {kind: CheckBox(labels.meeting_kind(kind), self) for kind in MeetingKind}
        for box in self.boxes.values():
            column.addWidget(box)
            box.clicked.connect(self.changed)
        self._error = Text("", "label", "over", wrap=True, parent=self)
        self._error.hide()
        column.addWidget(self._error)
        self.setFocusProxy(self.boxes[MeetingKind.REGULAR])

    @override
    def value(self) -> list[str]:
        return [kind.value for kind, box in self.boxes.items() if box.isChecked()]

    @override
    def set_value(self, value: Any) -> None:
        for kind, box in self.boxes.items():
            box.setChecked(kind.value in (value or ()))

    @override
    def show_error(self, message: str | None) -> None:
        self._error.setText(message or "")
        self._error.setVisible(bool(message))


def read_money(text: str) -> int:
    """Cents from an amount as typed: 630, $2,500 or 2500.00; ValidationError for anything else."""
    match = re.fullmatch(r"\$?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{2}))?", text.strip())
    if match is None or len(match[1]) > 13:
        message = QCoreApplication.translate("rules", "Type an amount like $2,500 or 630.00.")
        raise ValidationError({"": message})
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def show_money(cents: int) -> str:
    """An amount as it stands in a field: 2,500.00."""
    return f"{cents // 100:,}.{cents % 100:02}"


def read_gigabytes(text: str) -> int:
    """Bytes from gigabytes as typed: 5 or 0.5; ValidationError for anything else."""
    match = re.fullmatch(r"(\d{1,5}(?:\.\d{1,2})?)\s*(?:gb)?", text.strip(), re.IGNORECASE)
    if match is None:
        raise ValidationError({"": QCoreApplication.translate("rules", "Type gigabytes like 5 or 0.5.")})
    return round(float(match[1]) * _GIGABYTE)


def show_gigabytes(size: int) -> str:
    """Bytes as gigabytes: 5."""
    return QLocale.c().toString(size / _GIGABYTE, "g", 6)


def field_for(spec: SettingSpec, today: date) -> Field:
    """The field that fits a setting's kind."""
    translate = QCoreApplication.translate
    value = translate("rules", "Value")
    if spec.kind == "bool":
        return RadioField(value, ((True, translate("rules", "Yes")), (False, translate("rules", "No"))))
    if spec.kind == "choice":
        choices: Sequence[tuple[Any, str]] = spec.choices
        return (
            RadioField(value, choices, name=spec.label)
            if len(choices) < 5
            else ChoiceField(value, choices, name=spec.label)
        )
    if spec.kind == "day":
        return DateField(
            value, _DayReader(today), placeholder=translate("rules", "4/23/2026, next thu"), name=spec.label
        )
    if spec.kind == "int" and spec.unit.startswith("cents"):
        per = spec.unit.removeprefix("cents").strip()
        help_text = translate("rules", "Dollars {per}.").format(per=per)
        return ParsedField(value, read_money, show_money, help_text=help_text, name=spec.label)
    if spec.kind == "int" and spec.unit == "bytes":
        help_text = translate("rules", "Gigabytes.")
        return ParsedField(value, read_gigabytes, show_gigabytes, help_text=help_text, name=spec.label)
    if spec.kind == "int":
        unit = labels.sentence(spec.unit)
        return NumberField(value, least=spec.least, most=spec.most, help_text=unit, name=spec.label)
    return TextField(value, name=spec.label)


class _DayReader:
    """Reads a day as typed, counted from a day."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __call__(self, text: str) -> date:
        return parse_day(text, self._today)


def day_field(label: str, today: date, *, help_text: str = "") -> DateField:
    """A field for a day, read from today on."""
    return DateField(label, _DayReader(today), help_text=help_text)


def editor_for(
    spec: SettingSpec,
    today: date,
    sections: dict[str, str],
    receivers: Mapping[str, str] = MappingProxyType({}),
) -> ValueEditor:
    """The editor that fits a setting; `sections` are the titles of the agenda's sections by slug, `receivers`
    the names of those who may receive money by their keys.
    """
    from commission_app.gui.settings.calendar_editor import CalendarEditor
    from commission_app.gui.settings.order_editor import OrderEditor

    if spec.name == "meetings.rule":
        return CalendarEditor(today)
    if spec.name == "agenda.order":
        return OrderEditor(sections)
    if spec.name == "inquiries.counted_kinds":
        return KindsEditor(spec)
    if spec.name == RECEIVER:
        translate = QCoreApplication.translate
        named = sorted(receivers.items(), key=lambda one: one[1].casefold())
        only = (ONLY_ORGANIZATION, value_text(spec, ONLY_ORGANIZATION))
        choices = ((None, value_text(spec, None)), only, *named)
        return FieldEditor(ChoiceField(translate("rules", "Value"), choices, name=spec.label))
    return FieldEditor(field_for(spec, today))


class ErrorLine(Text):
    """A sentence about what is wrong under an editor of several parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "label", "over", wrap=True, parent=parent)
        self.hide()

    @Slot(str)
    def say(self, message: str) -> None:
        """Show a sentence, or nothing."""
        self.setText(message)
        self.setVisible(bool(message))
