"""Which paper a payment or a delivery gets [IRS: Publication 1771]; nothing here knows words or numbers.

In kind a receipt describes and never names an amount; a donor-advised fund's payment gives no tax receipt,
nor does a payment to a receiver without an EIN.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Payment, PaymentMethod
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.rule_book import RuleBook
from commission_app.errors import Problem


@dataclass(frozen=True, slots=True)
class Thresholds:
    """In cents: from which payment on the full acknowledgement is needed, and over which the disclosure of
    goods in return.
    """

    full_from_cents: int = 25_000
    disclosure_over_cents: int = 7_500


def thresholds(book: RuleBook, on: date) -> Thresholds:
    """The thresholds in force on the day of a payment (settings `receipts.*`)."""
    return Thresholds(
        full_from_cents=book.integer("receipts.full_from_cents", on),
        disclosure_over_cents=book.integer("receipts.disclosure_over_cents", on),
    )


def kind_of(
    amount_cents: int, method: PaymentMethod | None, limits: Thresholds, *, has_ein: bool
) -> ReceiptKind:
    """Which paper one payment gets, whatever pledges it is laid over: `amount_cents` is what of it stays,
    `has_ein` whether its receiver has an EIN.
    """
    if method is PaymentMethod.DONOR_ADVISED_FUND:
        return ReceiptKind.FUND
    if not has_ein:
        return ReceiptKind.ACKNOWLEDGEMENT
    return ReceiptKind.FULL if amount_cents >= limits.full_from_cents else ReceiptKind.SHORT


def discloses(kind: ReceiptKind, payment: Payment, left_cents: int, limits: Thresholds) -> bool:
    """Whether a paper says what was given in return and its value in good faith: in every full
    acknowledgement and every paper for a donor-advised fund, and in a receipt of a payment over the limit for
    the disclosure, or of which less stayed (`left_cents`) than the goods are worth.
    """
    if not payment.goods or kind not in (ReceiptKind.SHORT, ReceiptKind.FULL, ReceiptKind.FUND):
        return False
    is_short = kind is ReceiptKind.SHORT
    is_over = payment.amount_cents > limits.disclosure_over_cents
    return not is_short or is_over or (payment.goods_cents or 0) > left_cents


def stays(payment: Payment, refunds: Iterable[Refund]) -> dict[str | None, int]:
    """What of a payment stays after its refunds that are not voided, in cents: by pledge, None the gift."""
    found: dict[str | None, int] = {None: payment.gift_cents}
    for part in payment.allocations:
        found[part.pledge_id] = found.get(part.pledge_id, 0) + part.amount_cents
    for refund in refunds:
        if refund.voided_on is None:
            for back in refund.parts:
                found[back.pledge_id] = found.get(back.pledge_id, 0) - back.amount_cents
            found[None] -= refund.amount_cents - sum(back.amount_cents for back in refund.parts)
    return {pledge_id: cents for pledge_id, cents in found.items() if cents}


def check_receipt(
    payment: Payment,
    amount_cents: int,
    receivers: Mapping[str | None, str],
    *,
    discloses: bool,
    on: date,
    today: date,
) -> list[Problem]:
    """Why a payment gets no receipt on a day: `amount_cents` is what of it stays, `receivers` are the names
    of those who got it by their id (None: the commission itself).
    """
    if payment.voided_on is not None:
        return [Problem("payment", "The payment is voided: it gets no receipt.")]
    if amount_cents <= 0:
        return [Problem("payment", "The payment was given back: it gets no receipt.")]
    problems = check_issued_on(on, payment.received_on, today)
    if len(receivers) > 1:
        names = " and ".join(sorted(receivers.values()))
        message = f"One receipt names one receiver; parts of this payment went to {names}."
        problems.append(Problem("payment", f"{message} Record it as two payments."))
    if discloses and payment.goods_cents is None:
        message = "The receipt says what the goods in return are worth: enter their value first."
        problems.append(Problem("goods_cents", message))
    return problems


def check_issued_on(on: date, came_on: date, today: date) -> list[Problem]:
    """A receipt is issued when the gift is there, and not in the future."""
    if on < came_on:
        return [Problem("on", "A receipt is not issued before the gift came in.")]
    return [Problem("on", "A receipt is not issued in the future.")] if on > today else []


def first_number(book: RuleBook, on: date) -> int:
    """The first number of the year of a day (setting `receipts.first_number`): a value in force from a day
    is for the year of that day, in which numbers were given out on paper before; the next year begins at 1.
    """
    entry = book.setting("receipts.first_number", on)
    if entry is None or (entry.from_on is not None and entry.from_on.year != on.year):
        return 1
    return int(entry.value)


def next_number(last: int | None, first: int, known: int) -> tuple[int, range]:
    """The next number of a year, and the numbers before it that were lost with a file: `last` is the highest
    in this file (None: none yet), `known` the highest that this computer has seen (0: none).
    """
    following = first if last is None else last + 1
    lost = range(following, known + 1)
    return max(following, known + 1), lost
