"""The words of money on the screen: amounts, states, schedules, and fields to type amounts in."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Unpack

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from commission_app.domain.money import decimals, format_money, parse_money
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import InstalmentState, PledgeKind, PledgeState
from commission_app.domain.schedules import Every, Schedule
from commission_app.gui import labels
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.field import FieldOptions
from commission_app.gui.widgets.money_bars import MoneyFacts

if TYPE_CHECKING:
    from commission_app.gui.widgets.parsed_fields import ParsedField
    from commission_app.services.pledge_lists import PledgeLine


def money(cents: int, currency: str, *, sign: bool = False) -> str:
    """An amount in the reader's way of writing: 1,250.00; with its sign in totals and sentences."""
    return format_money(cents, currency, sign=sign, locale=QLocale().name())


def amount(cents: int, currency: str) -> Decimal:
    """An amount as a file for spreadsheets gets it: 1250.00."""
    return Decimal(cents).scaleb(-decimals(currency))


def amount_if(counts: bool, cents: int, currency: str) -> Decimal | str:
    """An amount for a file; one that was voided is written as words, so that no sum takes it in."""
    if counts:
        return amount(cents, currency)
    said = QCoreApplication.translate("money", "{amount} (voided)")
    return said.format(amount=money(cents, currency))


def whole_money(cents: int, currency: str, *, sign: bool = True) -> str:
    """An amount, without its decimals where they are zero: $24,000."""
    text, places = money(cents, currency, sign=sign), decimals(currency)
    return text[: -places - 1] if places and not cents % 10**places else text


def money_field(label: str, currency: str, **options: Unpack[FieldOptions]) -> "ParsedField[int]":
    """A field for an amount, typed freely; below it stands what was understood."""
    from commission_app.gui.widgets.parsed_fields import ParsedField  # not for a page that only shows amounts

    locale = QLocale().name()
    options.setdefault("help_text", QCoreApplication.translate("money", "Typed freely: 1250, $1,250"))
    return ParsedField(
        label,
        partial(parse_money, currency=currency, locale=locale),
        partial(format_money, currency=currency, locale=locale),
        echo=partial(format_money, currency=currency, sign=True, locale=locale),
        **options,
    )


def pledge_state(state: PledgeState) -> ChipSpec:
    """Open, Overdue, Fulfilled, Written off, Cancelled."""
    translate = QCoreApplication.translate
    return {
        PledgeState.OPEN: ChipSpec(translate("money", "Open"), ChipKind.PLAIN, "pending"),
        PledgeState.OVERDUE: ChipSpec(translate("money", "Overdue"), ChipKind.OVERDUE, "overdue"),
        PledgeState.FULFILLED: ChipSpec(translate("money", "Fulfilled"), ChipKind.DONE, "ok"),
        PledgeState.WRITTEN_OFF: ChipSpec(translate("money", "Written off"), ChipKind.OUTLINE, "excused"),
        PledgeState.CANCELLED: ChipSpec(translate("money", "Cancelled"), ChipKind.OUTLINE, "cancelled"),
    }[state]


def conditional() -> ChipSpec:
    """Conditional: a pledge that waits for its condition; promised, and not due."""
    return ChipSpec(QCoreApplication.translate("money", "Conditional"), ChipKind.QUIET, "projected")


def state_of(state: PledgeState, *, is_waiting: bool) -> ChipSpec:
    """How a pledge stands: Conditional while it waits, else its state."""
    return conditional() if is_waiting else pledge_state(state)


def instalment_state(state: InstalmentState) -> ChipSpec:
    """Open, Overdue, Paid."""
    translate = QCoreApplication.translate
    return {
        InstalmentState.OPEN: ChipSpec(translate("money", "Open"), ChipKind.PLAIN, "pending"),
        InstalmentState.OVERDUE: ChipSpec(translate("money", "Overdue"), ChipKind.OVERDUE, "overdue"),
        InstalmentState.PAID: ChipSpec(translate("money", "Paid"), ChipKind.QUIET, "ok"),
    }[state]


def method_and_reference(text: str) -> tuple[PaymentMethod | None, str | None]:
    """How a payment came, and its number, as typed in one: check 221, cash, 221."""
    for value in PaymentMethod:
        for name in (method(value).lower(), value.value):
            if text.lower() == name or text.lower().startswith(f"{name} "):
                return value, text[len(name) :].strip() or None
    return None, text or None


def method(value: PaymentMethod | None) -> str:
    """Check, Cash, Card, Bank transfer, Donor-advised fund, Other; empty where it is not known."""
    translate = QCoreApplication.translate
    if value is None:
        return ""
    return {
        PaymentMethod.CHECK: translate("money", "Check"),
        PaymentMethod.CASH: translate("money", "Cash"),
        PaymentMethod.CARD: translate("money", "Card"),
        PaymentMethod.BANK_TRANSFER: translate("money", "Bank transfer"),
        PaymentMethod.DONOR_ADVISED_FUND: translate("money", "Donor-advised fund"),
        PaymentMethod.OTHER: translate("money", "Other"),
    }[value]


def every(value: Every) -> str:
    """Once, Weekly, Every two weeks, Monthly, Quarterly, Yearly, Own dates."""
    translate = QCoreApplication.translate
    return {
        Every.ONCE: translate("money", "Once"),
        Every.WEEK: translate("money", "Weekly"),
        Every.TWO_WEEKS: translate("money", "Every two weeks"),
        Every.MONTH: translate("money", "Monthly"),
        Every.QUARTER: translate("money", "Quarterly"),
        Every.YEAR: translate("money", "Yearly"),
        Every.DATES: translate("money", "Own dates"),
    }[value]


def schedule(value: Schedule | None) -> str:
    """Once; Monthly, 12; 3 dates."""
    if value is None:
        return ""
    if value.every is Every.DATES:
        translate = QCoreApplication.translate
        return labels.counted(
            len(value.dates), translate("money", "{count} date"), translate("money", "{count} dates")
        )
    if value.every is Every.ONCE or value.count is None:
        return every(value.every)
    return f"{every(value.every)}, {value.count}"


def day(value: date | None) -> str:
    """A due day in a table: Sep 30; with its year when that is not this one; empty for none."""
    if value is None:
        return ""
    same = value.year == labels.today().year
    translate = QCoreApplication.translate
    pattern = translate("money", "MMM d") if same else translate("money", "MMM d, yyyy")
    return QLocale().toString(QDate(value.year, value.month, value.day), pattern)


def quantity(count: int, unit: str | None) -> str:
    """40 nights."""
    return f"{QLocale().toString(count)} {unit or ''}".strip()


def promised(line: "PledgeLine") -> str:
    """What a line's pledge promises, in a few words: its schedule, or what is given in kind."""
    return schedule(line.schedule) if line.kind is PledgeKind.MONEY else line.description or ""


def campaign_facts(
    name: str, received: int, pledged: int, goal: int | None, currency: str, *, whole: bool = False
) -> MoneyFacts:
    """A campaign's bar with its words; without a goal the bar is as wide as what is pledged or received."""
    translate = QCoreApplication.translate

    def words(cents: int) -> str:
        return whole_money(cents, currency) if whole else money(cents, currency, sign=True)

    return MoneyFacts(
        name=name,
        received_cents=received,
        pledged_cents=pledged,
        goal_cents=goal if goal is not None else max(pledged, received),
        goal_text=translate("money", "no goal")
        if goal is None
        else translate("money", "goal {amount}").format(amount=words(goal)),
        received_text=translate("money", "{amount} received").format(amount=words(received)),
        pledged_text=translate("money", "{amount} pledged").format(amount=words(pledged)),
    )
