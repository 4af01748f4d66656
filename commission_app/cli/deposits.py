"""The list of deposits."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.money import format_money

if TYPE_CHECKING:
    from commission_app.services.deposits import DepositView


@command("deposits")
@FILE
@pass_call
def deposits(call: Call, file: Path) -> None:
    """The deposits made by the day, in order of day, with the payments of each."""
    with call.reading(file) as session:
        currency = session.commission.get().currency or "USD"
        today = session.context.today().today
        found = [session.deposits.get(one) for one in session.deposits.ids()]
        views = sorted(
            (view for view in found if view.deposit.on <= today),
            key=lambda view: (view.deposit.on, view.deposit.key),
        )
        document = headed(session, "deposits", [_entry(view, today) for view in views])
    rows = [
        [
            view.deposit.on.isoformat(),
            view.deposit.account or "",
            view.deposit.reference or "",
            str(len(view.payments)),
            format_money(view.amount_cents, currency),
            f"voided {view.deposit.voided_on}" if _is_voided(view, today) else "",
            view.deposit.key,
        ]
        for view in views
    ]
    heads = ["Day", "Account", "Reference", "Payments", "Amount", "", "Key"]
    call.answer(document, lambda: columns(rows, heads, right=(3, 4)) or ["There are no deposits yet."])


def _is_voided(view: "DepositView", today: date) -> bool:
    voided_on = view.deposit.voided_on
    return voided_on is not None and voided_on <= today


def _entry(view: "DepositView", today: date) -> dict[str, Any]:
    deposit = view.deposit
    voided = {"on": str(deposit.voided_on), "reason": deposit.void_reason}
    return {
        "key": deposit.key,
        "on": deposit.on.isoformat(),
        "account": deposit.account,
        "reference": deposit.reference,
        "payments": [line.key for line in view.payments],
        "voided": voided if _is_voided(view, today) else None,
        "computed": {"amount_cents": view.amount_cents, "cash_cents": view.cash_cents},
    }
