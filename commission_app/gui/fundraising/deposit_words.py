"""What deposits say of what waits for the bank, and of cash of which some was given back before."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.deposits import Refund
from commission_app.gui.fundraising import words
from commission_app.services.payment_lists import PaymentLine
from commission_app.services.undeposited import Undeposited


def less_given_back(line: PaymentLine, refunds: Sequence[Refund], currency: str) -> str:
    """100.00, less 40.00 given back on Jun 3; empty where nothing was."""
    translate = QCoreApplication.translate
    less = translate("deposits", "less {amount} given back on {day}")
    back = [
        less.format(amount=words.money(one.amount_cents, currency), day=words.day(one.on)) for one in refunds
    ]
    return ", ".join((words.money(line.amount_cents, currency), *back)) if back else ""


def waiting_for_the_bank(found: Undeposited, currency: str) -> str:
    """12 payments are not deposited, $1,340.00, and what is said of older ones; empty where nothing waits."""
    told = not_deposited(found.count, found.cents, currency) + "." if found.count else ""
    return " ".join(filter(None, (told, older(found.older_count, found.older_cents, currency))))


def not_deposited(count: int, cents: int, currency: str) -> str:
    """12 payments are not deposited, $1,340.00: as Home titles it."""
    translate = QCoreApplication.translate
    one = translate("findings", "{count} payment is not deposited, {amount}")
    many = translate("findings", "{count} payments are not deposited, {amount}")
    amount = words.money(cents, currency, sign=True)
    return (one if count == 1 else many).format(count=QLocale().toString(count), amount=amount)


def older(count: int, cents: int, currency: str) -> str:
    """26 older ones: $10,830.00. Empty where there are none."""
    translate = QCoreApplication.translate
    one = translate("deposits", "{count} older one: {amount}.")
    many = translate("deposits", "{count} older ones: {amount}.")
    said = one if count == 1 else many
    amount = words.money(cents, currency, sign=True)
    return said.format(count=QLocale().toString(count), amount=amount) if count else ""
