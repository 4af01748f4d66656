"""Checks of campaigns, pledges and payments: every problem at once, each with its field and a sentence.

Each check looks at what was entered alone; given the rows of the pledges it touches, it also finds what
does not fit with them. Paths are those of the drafts, inside lists those of the open record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from commission_app.domain.allocating import NEW, new_misfits, with_payment
from commission_app.domain.campaigns import Campaign, CampaignDraft
from commission_app.domain.conditions import check_condition
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund
from commission_app.domain.money import check_cents, format_money
from commission_app.domain.payments import Allocation, Payment, PaymentDraft, PaymentMethod
from commission_app.domain.pledge_ledger import Misfit
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import (
    Delivery,
    DeliveryDraft,
    Pledge,
    PledgeDraft,
    PledgeKind,
    TermsChange,
    TermsChangeDraft,
    WriteOff,
    WriteOffDraft,
)
from commission_app.domain.schedules import check_parts, check_schedule
from commission_app.domain.validation import (
    NAME,
    NOTE,
    RECOMMENDED,
    check_day,
    check_span,
    check_text,
    check_void,
)
from commission_app.errors import Problem

MOST_QUANTITY = 1_000_000_000
_NOT_ALLOWED = "The rule book says that the commission does not raise funds (fundraising.allowed)."


# ---- Campaigns and pledges ------------------------------------------------------------------------


def check_campaign(draft: CampaignDraft | Campaign, *, is_allowed: bool = True) -> list[Problem]:
    """A campaign: a name, a goal above zero if any, days in order. `is_allowed`: `may_raise_funds`."""
    problems = [] if is_allowed else [Problem("", _NOT_ALLOWED)]
    problems += check_text("name", draft.name, "The name", NAME, required=True, is_name=True)
    problems += check_text("purpose", draft.purpose, "The purpose", NOTE)
    if draft.goal_cents is not None:
        problems += check_cents("goal_cents", draft.goal_cents, "The goal")
    return problems + check_span(draft.from_on, draft.to_on)


def check_pledge(
    draft: PledgeDraft | Pledge, *, is_allowed: bool = True, currency: str = "USD"
) -> list[Problem]:
    """A pledge as promised: of money with amount and schedule, or in kind with what and how much."""
    problems = [] if is_allowed else [Problem("", _NOT_ALLOWED)]
    if not draft.donor_id:
        problems.append(Problem("donor_id", "Choose the donor."))
    if not draft.campaign_id:
        problems.append(Problem("campaign_id", "Choose the campaign."))
    problems += check_day("pledged_on", draft.pledged_on, "The day of the pledge", required=True)
    if draft.kind is PledgeKind.MONEY:
        problems += _check_money(draft, currency)
    else:
        problems += _check_in_kind(draft)
    problems += check_condition(draft)
    return problems + check_text("description", draft.description, "The description", NOTE)


def check_correction(draft: PledgeDraft, rows: PledgeRows, *, is_allowed: bool = True) -> list[Problem]:
    """What was typed wrong in a pledge: everything recorded on it must still fit. What was agreed anew
    later is a change of terms; a cancelled pledge stays as it is.
    """
    pledge = rows.pledge
    if pledge.cancelled_on is not None:
        return [Problem("", f"The pledge was cancelled on {long_day(pledge.cancelled_on)}.")]
    if draft.kind is not pledge.kind:
        return [Problem("kind", "Money does not become a gift in kind. Record another pledge.")]
    problems = check_pledge(draft, is_allowed=is_allowed, currency=rows.currency)
    days = [row.on for row in rows.changes] + [row.on for row in rows.write_offs]
    if pledge.condition_met_on is not None:
        days.append(pledge.condition_met_on)
    earliest = min(days, default=None)
    if not problems and earliest is not None and draft.pledged_on > earliest:
        message = f"Something was recorded on it on {long_day(earliest)}, before this day."
        problems.append(Problem("pledged_on", message))
    if problems:
        return problems
    after = replace(rows, pledge=corrected(pledge, draft))
    same_amount = draft.amount_cents == pledge.amount_cents
    return told(new_misfits(rows, after), "schedule" if same_amount else "amount_cents")


def corrected(pledge: Pledge, draft: PledgeDraft) -> Pledge:
    """A pledge with what is corrected in it; its key stays, and when its condition was met if it has one."""
    values = {name: getattr(draft, name) for name in PledgeDraft.__dataclass_fields__ if name != "key"}
    found = replace(pledge, **values)
    return found if found.is_conditional else replace(found, condition_met_on=None)


def _check_money(draft: PledgeDraft | Pledge, currency: str) -> list[Problem]:
    problems = check_cents("amount_cents", draft.amount_cents, "The amount")
    amount = None if problems else draft.amount_cents
    if draft.schedule is None:
        problems.append(Problem("schedule", "Say when the money is due: once or in installments."))
    else:
        problems += check_schedule(draft.schedule, amount, currency=currency)
    for path in ("unit", "quantity", "estimate_cents"):
        if getattr(draft, path) is not None:
            problems.append(Problem(path, "Only a pledge in kind has this."))
    return problems


def _check_in_kind(draft: PledgeDraft | Pledge) -> list[Problem]:
    problems = []
    for path in ("amount_cents", "schedule"):
        if getattr(draft, path) is not None:
            problems.append(Problem(path, "Only a pledge of money has this."))
    if not (draft.description or draft.unit):
        problems.append(Problem("description", "Say what is promised."))
    problems += check_text("unit", draft.unit, "The unit", NAME, is_name=True)
    problems += _check_quantity(draft.quantity)
    if draft.estimate_cents is not None:
        problems += check_cents("estimate_cents", draft.estimate_cents, "The estimate", zero_allowed=True)
    return problems


def _check_quantity(quantity: int | None) -> list[Problem]:
    if quantity is None:
        return [Problem("quantity", "The quantity is missing.")]
    if not 1 <= quantity <= MOST_QUANTITY:
        return [Problem("quantity", f"The quantity is a whole number from 1 to {MOST_QUANTITY:,}.")]
    return []


# ---- Payments -------------------------------------------------------------------------------------


def check_payment(
    draft: PaymentDraft | Payment,
    rows: Mapping[str, PledgeRows] | None = None,
    *,
    is_allowed: bool = True,
    currency: str = "USD",
) -> list[Problem]:
    """A payment with its allocations resolved; `rows` (by pledge id, without the payment itself) are those
    of the pledges that it names.
    """
    problems = [] if is_allowed else [Problem("", _NOT_ALLOWED)]
    if not draft.payer_id:
        problems.append(Problem("payer_id", "Choose who paid."))
    problems += check_day("received_on", draft.received_on, "The day", required=True)
    problems += check_cents("amount_cents", draft.amount_cents, "The amount")
    problems += check_text("reference", draft.reference, "The reference", NAME, is_name=True)
    problems += _check_extras(draft, currency)
    problems += _check_allocations(draft.allocations)
    if not problems:
        problems += _check_rest(draft, currency)
    if problems or rows is None:
        return problems
    for pledge_id in dict.fromkeys(part.pledge_id for part in draft.allocations):
        before = rows.get(pledge_id)
        if before is None:
            problems.append(Problem("allocations", "A pledge that the payment names is not in the file."))
        else:
            entered = draft if isinstance(draft, PaymentDraft) else _as_draft(draft)
            problems += told(new_misfits(before, with_payment(before, entered)), "received_on")
    return problems


def _as_draft(payment: Payment) -> PaymentDraft:
    return PaymentDraft(
        key=payment.key,
        payer_id=payment.payer_id,
        received_on=payment.received_on,
        amount_cents=payment.amount_cents,
        campaign_id=payment.campaign_id,
        allocations=payment.allocations,
    )


def _check_extras(draft: PaymentDraft | Payment, currency: str) -> list[Problem]:
    """Who advised a fund, and what the payer got in return with its value in good faith."""
    problems = check_text("goods", draft.goods, "What was given in return", RECOMMENDED)
    if draft.adviser_id is not None and draft.method is not PaymentMethod.DONOR_ADVISED_FUND:
        message = "Only a payment from a donor-advised fund has an adviser."
        problems.append(Problem("adviser_id", message))
    if draft.goods_cents is None:
        return problems
    value = check_cents("goods_cents", draft.goods_cents, "The value", zero_allowed=True)
    if not value and draft.goods_cents > draft.amount_cents:
        amounts = f"{format_money(draft.goods_cents, currency)} is more than the payment of"
        value = [Problem("goods_cents", f"{amounts} {format_money(draft.amount_cents, currency)}.")]
    if not draft.goods:
        problems.append(Problem("goods", "Say what was given in return."))
    return problems + value


def _check_allocations(parts: Iterable[Allocation]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[tuple[str, date | None]] = set()
    for n, part in enumerate(parts):
        path = f"allocations[{n}]"
        if part.due_on is not None:
            problems += check_day(f"{path}.due_on", part.due_on, "The day")
        problems += check_cents(f"{path}.amount_cents", part.amount_cents, "The amount")
        if (part.pledge_id, part.due_on) in seen:
            what = f"The installment of {long_day(part.due_on)}" if part.due_on else "Credit on this pledge"
            problems.append(Problem(f"{path}.due_on", f"{what} stands twice."))
        seen.add((part.pledge_id, part.due_on))
    return problems


def _check_rest(draft: PaymentDraft | Payment, currency: str) -> list[Problem]:
    rest = draft.gift_cents
    if rest < 0:
        total, paid = (
            format_money(cents, currency) for cents in (draft.amount_cents - rest, draft.amount_cents)
        )
        message = f"{total} is allocated, more than the payment of {paid}."
        return [Problem("allocations", message)]
    if rest and not draft.campaign_id:
        amount = format_money(rest, currency)
        message = f"{amount} is not allocated. Name a campaign for it, or keep it as credit."
        return [Problem("campaign_id", message)]
    return []


def check_voiding(
    payment: Payment,
    on: date,
    reason: str | None,
    rows: Mapping[str, PledgeRows] | None = None,
    *,
    refunds: Iterable[Refund] = (),
    deposited_on: date | None = None,
    currency: str = "USD",
) -> list[Problem]:
    """Voiding a payment on a day, for a reason; `rows` are those of its pledges, with the payment in them,
    `refunds` are the payment's: none may count on that day or later. What was brought to the bank
    (`deposited_on`) was live on that day.
    """
    problems = check_day("on", on, "The day", required=True) + check_void(reason)
    for row in refunds:
        if row.voided_on is None or row.voided_on > on:
            back = f"{format_money(row.amount_cents, currency)} was given back on {long_day(row.on)}."
            problems.append(Problem("", f"{back} Void that refund first."))
    if payment.voided_on is not None:
        problems.append(Problem("on", f"The payment was voided on {long_day(payment.voided_on)}."))
    elif on < payment.received_on:
        problems.append(Problem("on", f"The payment came in on {long_day(payment.received_on)}, later."))
    elif deposited_on is not None and on < deposited_on:
        problems.append(Problem("on", f"The payment was deposited on {long_day(deposited_on)}, later."))
    if problems or rows is None:
        return problems
    voided = replace(payment, voided_on=on, void_reason=reason)
    for pledge_id in dict.fromkeys(part.pledge_id for part in payment.allocations):
        before = rows[pledge_id]
        payments = tuple(voided if row.id == payment.id else row for row in before.payments)
        problems += told(new_misfits(before, replace(before, payments=payments)), "on")
    return problems


# ---- Changes of a pledge --------------------------------------------------------------------------


def check_change(
    draft: TermsChangeDraft | TermsChange, pledge: Pledge, rows: PledgeRows | None = None
) -> list[Problem]:
    """New terms of a pledge of money: not before the pledge nor an earlier change, nothing under what is
    paid and written off, instalments of at least a cent.
    """
    problems = _check_on(draft.on, pledge)
    problems += check_cents("amount_cents", draft.amount_cents, "The amount")
    currency = rows.currency if rows is not None else "USD"
    problems += check_schedule(draft.schedule, draft.amount_cents, spreads=False, currency=currency)
    problems += check_text("reason", draft.reason, "The reason", RECOMMENDED)
    if problems or rows is None:
        return problems
    latest = max((change.on for change in rows.changes), default=None)
    if latest is not None and draft.on < latest:
        message = f"The terms were changed on {long_day(latest)}; a new change is not dated before that."
        return [Problem("on", message)]
    after = replace(rows, changes=(*rows.changes, as_change(draft, len(rows.changes))))
    return told(new_misfits(rows, after), "on")


def as_change(draft: TermsChangeDraft | TermsChange, position: int) -> TermsChange:
    """New terms as a row that is not in the file yet."""
    return TermsChange(
        id=NEW,
        pledge_id=draft.pledge_id,
        on=draft.on,
        amount_cents=draft.amount_cents,
        schedule=draft.schedule,
        reason=draft.reason,
        position=position,
    )


def check_write_off(
    draft: WriteOffDraft | WriteOff, pledge: Pledge, rows: PledgeRows | None = None
) -> list[Problem]:
    """A write-off: a reason, no more than is open, chosen instalments adding up to it."""
    problems = _check_on(draft.on, pledge)
    problems += check_cents("amount_cents", draft.amount_cents, "The amount")
    problems += check_void(draft.reason)
    problems += check_text("decided_by", draft.decided_by, "Decided by", NAME, is_name=True)
    if draft.instalments is not None:
        chosen = check_parts("instalments", draft.instalments)
        total = sum(part.amount_cents for part in draft.instalments)
        if not chosen and total != draft.amount_cents:
            currency = rows.currency if rows is not None else "USD"
            message = f"The installments add up to {format_money(total, currency)}."
            chosen = [Problem("instalments", message)]
        problems += chosen
    if problems or rows is None:
        return problems
    row = WriteOff(
        id=NEW,
        key=draft.key or "\uffff",
        pledge_id=draft.pledge_id,
        on=draft.on,
        amount_cents=draft.amount_cents,
        reason=draft.reason,
        instalments=draft.instalments,
    )
    return told(new_misfits(rows, replace(rows, write_offs=(*rows.write_offs, row))), "on")


def check_cancellation(
    rows: PledgeRows, on: date, reason: str | None, *, required: bool = True
) -> list[Problem]:
    """Cancelling a pledge on which nothing is paid or delivered; the open record may leave out the reason."""
    problems = _check_on(on, rows.pledge)
    problems += check_text("reason", reason, "The reason", RECOMMENDED, required=required)
    if rows.pledge.cancelled_on is not None:
        problems.append(Problem("on", f"The pledge was cancelled on {long_day(rows.pledge.cancelled_on)}."))
    if problems:
        return problems
    after = replace(rows, pledge=replace(rows.pledge, cancelled_on=on, cancel_reason=reason))
    found = new_misfits(rows, after)
    return [
        Problem("on", misfit.message) if misfit.noun == "pledges" else problem
        for misfit, problem in zip(found, told(found, "on"), strict=True)
    ]


def check_delivery(
    draft: DeliveryDraft | Delivery, pledge: Pledge, rows: PledgeRows | None = None
) -> list[Problem]:
    """A delivery on a pledge in kind; more than was promised may come."""
    problems = check_day("on", draft.on, "The day", required=True) + _check_quantity(draft.quantity)
    problems += check_text("note", draft.note, "The note", RECOMMENDED)
    if problems or rows is None:
        return problems
    row = Delivery(
        id=NEW, key=draft.key or "\uffff", pledge_id=pledge.id, on=draft.on, quantity=draft.quantity
    )
    return told(new_misfits(rows, replace(rows, deliveries=(*rows.deliveries, row))), "on")


def _check_on(on: date, pledge: Pledge) -> list[Problem]:
    problems = check_day("on", on, "The day", required=True)
    if not problems and on < pledge.pledged_on:
        problems.append(Problem("on", f"The pledge was made on {long_day(pledge.pledged_on)}, later."))
    return problems


def told(misfits: Iterable[Misfit], day_path: str) -> list[Problem]:
    """Misfits as problems of what is being entered; those of other rows stand at its day."""
    return [
        Problem(misfit.path, misfit.message)
        if misfit.id == NEW
        else Problem(day_path, f"What was recorded already would not fit any more: {misfit.message}")
        for misfit in misfits
    ]
