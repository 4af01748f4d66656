"""Refunds: what they take back by rule, and what is wrong with one that is being entered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from commission_app.domain.allocating import NEW, new_misfits
from commission_app.domain.cash_at_hand import is_from_cash
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund, RefundDraft, RefundPart
from commission_app.domain.money import check_cents, format_money
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_accounts import account_of
from commission_app.domain.pledge_checks import told
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.validation import NAME, check_day, check_text, check_void
from commission_app.errors import Problem


def refunded_cents(refunds: Iterable[Refund], as_of: date = date.max) -> int:
    """What is given back by refunds that count on a day (default: whatever is in the file)."""
    return sum(refund.amount_cents for refund in refunds if refund.is_live(as_of))


def gift_left_cents(payment: Payment, refunds: Iterable[Refund]) -> int:
    """What a payment still has as a gift."""
    return payment.gift_cents - sum(row.gift_cents for row in refunds if row.is_live(date.max))


def propose_refund(
    payment: Payment, cents: int, rows: Mapping[str, PledgeRows], refunds: Iterable[Refund] = ()
) -> tuple[RefundPart, ...]:
    """What a refund takes back: the gift first, then credit, then the payment's last instalments.

    `rows` are those of its pledges, `refunds` its refunds so far. What the parts leave comes out of the
    gift; where the payment has less than `cents`, the parts are all that it has on pledges.
    """
    left = cents - gift_left_cents(payment, refunds)
    there: list[tuple[date, str, int]] = []
    for pledge_id, of in rows.items():
        account = account_of(of, date.max)
        there += [
            (place.due_on or date.max, pledge_id, place.amount_cents)
            for place in (account.placements if account else ())
            if place.payment_id == payment.id
        ]
    taken: dict[str, int] = {}
    for _, pledge_id, part in sorted(there, key=lambda entry: entry[0], reverse=True):
        if (own := min(left, part)) > 0:
            taken[pledge_id] = taken.get(pledge_id, 0) + own
            left -= own
    return tuple(RefundPart(pledge_id=pledge_id, amount_cents=part) for pledge_id, part in taken.items())


def check_refund(
    draft: RefundDraft | Refund,
    payment: Payment,
    refunds: Iterable[Refund] = (),
    rows: Mapping[str, PledgeRows] | None = None,
    *,
    today: date = date.max,
    currency: str = "USD",
) -> list[Problem]:
    """A refund of a payment: a day not before it nor after `today`, a reason, and no more than the payment
    still has, in all, as a gift and on each pledge. `refunds` are its refunds so far, `rows` those of the
    pledges named.
    """
    problems = check_day("on", draft.on, "The day", required=True)
    if not problems and draft.on > today:
        problems.append(Problem("on", "Money is not given back in the future. Use a day up to today."))
    problems += check_cents("amount_cents", draft.amount_cents, "The amount")
    problems += check_void(draft.reason)
    problems += check_text("reference", draft.reference, "The reference", NAME, is_name=True)
    if payment.voided_on is not None:
        problems.append(Problem("", f"The payment was voided on {long_day(payment.voided_on)}."))
    if problems:
        return problems
    if draft.on < payment.received_on:
        came = long_day(payment.received_on)
        problems.append(Problem("on", f"The payment came in on {came}, later."))
    refunds = list(refunds)
    left = payment.amount_cents - refunded_cents(refunds)
    if draft.amount_cents > left:
        amount, there = (format_money(cents, currency) for cents in (draft.amount_cents, left))
        message = f"{amount} is more than the {there} that is left of the payment."
        return [*problems, Problem("amount_cents", message)]
    problems += _check_parts(draft, gift_left_cents(payment, refunds), currency)
    if problems or rows is None:
        return problems
    row = replace(draft, id=NEW) if isinstance(draft, Refund) else as_refund(draft)
    for part in draft.parts:
        before = rows.get(part.pledge_id)
        if before is None:
            problems.append(Problem("parts", "A pledge that the refund names is not in the file."))
        else:
            after = replace(before, refunds=(*before.refunds, row))
            problems += told(new_misfits(before, after), "on")
    return problems


def _check_parts(draft: RefundDraft | Refund, gift_cents: int, currency: str) -> list[Problem]:
    problems: list[Problem] = []
    seen = set()
    for n, part in enumerate(draft.parts):
        problems += check_cents(f"parts[{n}].amount_cents", part.amount_cents, "The amount")
        if part.pledge_id in seen:
            problems.append(Problem(f"parts[{n}].pledge", "This pledge stands twice."))
        seen.add(part.pledge_id)
    if problems:
        return problems
    rest = draft.gift_cents
    if rest < 0:
        total = format_money(draft.amount_cents - rest, currency)
        amount = format_money(draft.amount_cents, currency)
        return [Problem("parts", f"{total} is taken back, more than the refund of {amount}.")]
    if rest > gift_cents:
        message = f"Say which pledges {format_money(rest - gift_cents, currency)} of it comes out of."
        return [Problem("parts", message)]
    return []


def as_refund(draft: RefundDraft) -> Refund:
    """A refund as a row that is not in the file yet."""
    values = {name: getattr(draft, name) for name in RefundDraft.__dataclass_fields__}
    # After the refunds of the same day that are there already.
    return Refund(**values | {"id": NEW, "key": draft.key or "\uffff"})


def check_refund_voiding(
    refund: Refund, on: date, reason: str | None, rows: Mapping[str, PledgeRows] | None = None
) -> list[Problem]:
    """Voiding a refund on a day, for a reason: its money stands on the payment's pledges again. `rows` are
    those of its pledges, with the refund in them.
    """
    problems = check_day("on", on, "The day", required=True) + check_void(reason)
    if refund.voided_on is not None:
        problems.append(Problem("on", f"The refund was voided on {long_day(refund.voided_on)}."))
    elif on < refund.on:
        problems.append(Problem("on", f"The refund was made on {long_day(refund.on)}, later."))
    if problems or rows is None:
        return problems
    voided = replace(refund, voided_on=on, void_reason=reason)
    for part in refund.parts:
        before = rows[part.pledge_id]
        others = tuple(voided if row.id == refund.id else row for row in before.refunds)
        found = new_misfits(before, replace(before, refunds=others))
        problems += [
            Problem("on", misfit.message) if misfit.id == refund.id else problem
            for misfit, problem in zip(found, told(found, "on"), strict=True)
        ]
    return problems


def check_brought(
    refund: RefundDraft | Refund, payment: Payment, deposited_on: date | None, voided_on: date | None = None
) -> list[Problem]:
    """What a deposit brought stays what it was: by its day no cash is given back of a payment that it has,
    nor kept after all (`voided_on`). `deposited_on` is the day of the deposit that is not voided.
    """
    on = voided_on or refund.on
    if deposited_on is None or max(refund.on, on) > deposited_on or not is_from_cash(payment.method, refund):
        return []
    without = "without" if voided_on else "with"
    ways = "use a later day" if voided_on else "use another method or a later day"
    brought = f"The payment was brought to the bank on {long_day(deposited_on)} {without} this cash."
    return [Problem("on", f"{brought} Void that deposit first, or {ways}.")]


def with_returned(draft: PaymentDraft, cents: int) -> PaymentDraft:
    """A payment of which a part goes back at once, as it is kept until then: on credit where neither a
    pledge nor a campaign takes it.
    """
    if not cents or draft.campaign_id is not None or draft.gift_cents != cents or not draft.allocations:
        return draft
    pledge_id = draft.allocations[0].pledge_id
    credit = sum(
        part.amount_cents for part in draft.allocations if part.pledge_id == pledge_id and part.due_on is None
    )
    named = [part for part in draft.allocations if part.pledge_id != pledge_id or part.due_on is not None]
    on_credit = Allocation(pledge_id=pledge_id, amount_cents=credit + cents)
    return replace(draft, allocations=(*named, on_credit))
