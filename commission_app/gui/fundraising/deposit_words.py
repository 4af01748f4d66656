"""What deposits say of a payment in cash of which some was given back before it was brought."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from commission_app.domain.deposits import Refund
from commission_app.gui.fundraising import words
from commission_app.services.payment_lists import PaymentLine


def less_given_back(line: PaymentLine, refunds: Sequence[Refund], currency: str) -> str:
    """100.00, less 40.00 given back on Jun 3; empty where nothing was."""
    translate = QCoreApplication.translate
    less = translate("deposits", "less {amount} given back on {day}")
    back = [
        less.format(amount=words.money(one.amount_cents, currency), day=words.day(one.on)) for one in refunds
    ]
    return ", ".join((words.money(line.amount_cents, currency), *back)) if back else ""
