"""Fields of money forms: a campaign with a new one in place, days with amounts, the schedule of a pledge."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, Unpack

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.campaigns import Campaign, CampaignDraft
from commission_app.domain.dates import parse_day
from commission_app.domain.money import parse_money
from commission_app.domain.schedules import (
    MOST_INSTALMENTS,
    Every,
    Instalment,
    Schedule,
    check_schedule,
    planned,
)
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.field import FieldOptions
from commission_app.gui.widgets.field_fold import FieldFold
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import Text

_MOST_SHOWN: Final = 6
_MOST_KINDS: Final = 3  # amounts that a sentence still tells apart


class MoneyForm(Form):
    """A form whose services name some fields otherwise: `renamed` says which field stands for which path.
    Fields that few need stand in its `fold`, which opens for an error or a draft."""

    renamed: Mapping[str, str] = {}
    fold: FieldFold | None = None

    @override
    def show_errors(self, errors: Mapping[str, str]) -> None:
        found: dict[str, list[str]] = {}
        for path, message in errors.items():
            name = next((self.renamed[start] for start in self.renamed if path.startswith(start)), path)
            found.setdefault(name, []).append(message)
        if self.fold is not None:
            self.fold.open_for(found)
        super().show_errors({name: " ".join(dict.fromkeys(said)) for name, said in found.items()})

    @override
    def bring_back(self, typed: Mapping[str, Any]) -> None:
        if self.fold is not None:
            self.fold.open_for(typed)
        super().bring_back(typed)


def campaign_row(campaign: Campaign) -> LookupRow:
    """A campaign as a row to choose from."""
    return LookupRow(campaign.id, campaign.name, campaign.purpose or "")


class _Campaigns:
    """The campaigns by what is typed."""

    def __init__(self, desk: Desk) -> None:
        self._service = desk.session.campaigns

    def find(self, text: str) -> list[LookupRow]:
        return [campaign_row(campaign) for campaign in self._service.all(text)]


class CampaignField(LookupField):
    """A campaign by completion; one that is missing is added at once, and can be undone."""

    def __init__(self, desk: Desk, label: str, **options: Unpack[FieldOptions]) -> None:
        super().__init__(label, _Campaigns(desk).find, create=True, **options)
        self._desk = desk
        self.create_requested.connect(self._add_campaign)

    def choose_only(self) -> None:
        """Choose the campaign where there is one only."""
        found = self._desk.session.campaigns.all()
        if len(found) == 1:
            self.set_value(campaign_row(found[0]))

    @Slot(str)
    def _add_campaign(self, name: str) -> None:
        done = self._desk.operations.run(self._desk.session.campaigns.add, CampaignDraft(name=name))
        if done is not None:
            self.choose(LookupRow(done.value, name))


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """A line: a day, an amount, and what stands after them."""

    on: date
    cents: int
    rest: str = ""


class DatedAmountsField(TextAreaField):
    """Days with their amounts, one a line: 1/15 50.00. `parts` are instalments in the order typed; where
    `goes_on` is what may follow an amount, `lines` have that too."""

    def __init__(
        self, label: str, currency: str, *, goes_on: str = "", **options: Unpack[FieldOptions]
    ) -> None:
        self._goes_on = goes_on
        locale = QLocale()
        short = locale.dateFormat(QLocale.FormatType.ShortFormat)
        self._day = partial(parse_day, today=labels.today(), day_first=short.lower().startswith("d"))
        self._money = partial(parse_money, currency=currency, locale=locale.name())
        super().__init__(label, placeholder=f"1/15 50.00 {goes_on}".strip(), least=2, most=8, **options)

    def parts(self) -> tuple[Instalment, ...]:
        """The days and amounts; ValidationError with a sentence for a line that cannot be read."""
        return tuple(Instalment(due_on=line.on, amount_cents=line.cents) for line in self.lines())

    def lines(self) -> tuple[DatedAmount, ...]:
        """The lines; ValidationError with the number of the first one that cannot be read, and why."""
        typed = self.area.toPlainText().splitlines()
        return tuple(self._line(at, len(typed)) for at, line in enumerate(typed) if line.strip())

    def _line(self, at: int, count: int) -> DatedAmount:
        try:
            return self._read(self.area.toPlainText().splitlines()[at].split())
        except ValidationError as error:
            why = error.problems[0].message
            said = self.tr("Line {number}: {why}").format(number=at + 1, why=why) if count > 1 else why
            raise ValidationError({"": said}) from None

    def _read(self, words: list[str]) -> DatedAmount:
        """A line whose last word is the amount, or one that goes on after it."""
        for end in range(len(words), 1, -1):  # the longest day: Apr 16, 2026 50.00
            with suppress(ValidationError):
                found = self._up_to(words, end)
                break
        else:
            return self._up_to(words, min(2, len(words)))
        if found.rest and not self._goes_on:
            raise ValidationError({"": self.tr("Write nothing after the amount, as in 1/15 50.00.")})
        return found

    def _up_to(self, words: list[str], end: int) -> DatedAmount:
        if end < 2:
            message = self.tr("Write a day and an amount on each line, like 1/15 50.00.")
            raise ValidationError({"": message})
        day = self._day(" ".join(words[: end - 1]).rstrip(" ,;:"))
        return DatedAmount(day, self._money(words[end - 1]), " ".join(words[end:]).lstrip(" ,;:"))

    @override
    def problem(self) -> str | None:
        try:
            self.parts()
        except ValidationError as error:
            return error.problems[0].message
        return super().problem()


class InstalmentPreview(QWidget):
    """The instalments that would result: how many, the first ones, and the last."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._shown: tuple[Instalment, ...] | None = None
        self.heading = Text("", "label", "ink-2", wrap=True, parent=self)
        self.rows: list[MoneyRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self.hide()

    def show_parts(self, parts: Sequence[Instalment]) -> None:
        """Show instalments; none hides the preview."""
        if tuple(parts) == self._shown:
            return
        self._shown = tuple(parts)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        self.setVisible(bool(parts))
        if not parts:
            return
        self.heading.setText(self._adds_up(parts))
        all_shown = len(parts) <= _MOST_SHOWN + 1
        for part in parts if all_shown else parts[:_MOST_SHOWN]:
            self._add(words.day(part.due_on), "", words.money(part.amount_cents, self._currency))
        if not all_shown:
            rest, last = parts[_MOST_SHOWN:], parts[-1]
            cents = sum(part.amount_cents for part in rest)
            text = self.tr("{count} more, the last on {day}")
            text = text.format(count=len(rest), day=labels.day_field(last.due_on))
            self._add("", text, words.money(cents, self._currency))

    def _adds_up(self, parts: Sequence[Instalment]) -> str:
        """How a plan adds up: 12 instalments: 4 of 8.34, 8 of 8.33; the last on Dec 31, 2026."""
        many = self.tr("{count} installments: {amounts}; the last on {day}")
        kinds = Counter(part.amount_cents for part in parts)
        if len(kinds) > _MOST_KINDS:
            many = self.tr("{count} installments, {amounts} in all; the last on {day}")
            amounts = words.money(sum(part.amount_cents for part in parts), self._currency)
        else:
            each = self.tr("{count} of {amount}")
            amounts = ", ".join(
                each.format(count=count, amount=words.money(cents, self._currency))
                for cents, count in kinds.items()
            )
        day = labels.day_field(max(part.due_on for part in parts))
        text = self.tr("One installment, due on {day}") if len(parts) == 1 else many
        return text.format(count=len(parts), amounts=amounts, day=day)

    def _add(self, day: str, text: str, amount: str) -> None:
        row = MoneyRow(day, text, amount, day_width=110, parent=self)
        self.rows.append(row)
        self._column.addWidget(row)


class ScheduleFields(QObject):
    """How often, how many, from when, or own dates; and the instalments that result, as one types.

    `plan` may say otherwise what a schedule and an amount make (a change of terms keeps what is paid)."""

    def __init__(
        self,
        form: Form,
        currency: str,
        amount: Callable[[], int | None],
        plan: Callable[[Schedule, int], Sequence[Instalment]] | None = None,
    ) -> None:
        super().__init__(form)
        self._form, self._amount, self._plan = form, amount, plan
        self.every = ChoiceField(
            self.tr("Due"), [(value, words.every(value)) for value in Every], required=True
        )
        self.count = NumberField(self.tr("Installments"), least=1, most=MOST_INSTALMENTS, required=True)
        self.first_on = day_field(self.tr("First due"), labels.today(), required=True)
        form.add_row(("every", self.every), ("count", self.count), stretches=(3, 2))
        form.add("first_on", self.first_on)
        self.dates = form.add(
            "dates",
            DatedAmountsField(self.tr("Days and amounts"), currency, help_text=self.tr("One a line.")),
        )
        self.preview = InstalmentPreview(currency, form)
        form.add_widget(self.preview)
        self.every.set_value(Every.ONCE)
        form.changed.connect(self.show_preview)
        self.show_preview()

    def set_schedule(self, schedule: Schedule) -> None:
        """Begin with a schedule."""
        self.every.set_value(schedule.every)
        self.count.set_value(schedule.count)
        self.first_on.set_value(schedule.first_on)
        short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        pattern = "%d/%m/%Y" if short.lower().startswith("d") else "%m/%d/%Y"
        lines = (f"{part.due_on.strftime(pattern)} {part.amount_cents / 100:.2f}" for part in schedule.dates)
        self.dates.set_value("\n".join(lines))
        self.show_preview()

    def set_enabled(self, enabled: bool) -> None:
        """Show and ask for a schedule, or not."""
        for field in (self.every, self.count, self.first_on, self.dates):
            field.setEnabled(enabled)
        self.show_preview()

    def schedule(self) -> Schedule | None:
        """The schedule as it stands in the fields; None while a line of own dates cannot be read."""
        every = self.every.value() or Every.ONCE
        if every is Every.DATES:
            try:
                return Schedule(every=every, dates=self.dates.parts())
            except ValidationError:
                return None
        count = None if every is Every.ONCE else self.count.value()
        return Schedule(every=every, count=count, first_on=self.first_on.value())

    @Slot()
    def show_preview(self) -> None:
        """Show the fields that the schedule needs, and what it makes of the amount."""
        enabled = self.every.isEnabled()
        every = self.every.value() or Every.ONCE
        self.every.setVisible(enabled)
        for field, is_asked in (
            (self.count, every not in (Every.ONCE, Every.DATES)),
            (self.first_on, every is not Every.DATES),
            (self.dates, every is Every.DATES),
        ):
            field.setVisible(enabled and is_asked)
            field.setEnabled(enabled and is_asked)
        once = every is Every.ONCE
        self.first_on.set_label(self.tr("Due on") if once else self.tr("First due"))
        self.preview.show_parts(self._parts() if enabled else ())

    def _parts(self) -> Sequence[Instalment]:
        schedule, cents = self.schedule(), self._amount()
        if schedule is None or cents is None:
            return ()
        if check_schedule(schedule, cents, spreads=self._plan is None):
            return ()
        return planned(schedule, cents) if self._plan is None else self._plan(schedule, cents)


def text_or_none(value: Any) -> str | None:
    """What was typed, or None for nothing."""
    return str(value) if value else None


def today_or(day: date | None) -> date:
    """A day, or today where none was typed."""
    return day or labels.today()
