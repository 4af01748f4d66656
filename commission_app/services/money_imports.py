"""Importing pledges and payments from a list: a verdict per row first, then one use case for all."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from commission_app.domain.allocating import propose
from commission_app.domain.cleaning import cleaned
from commission_app.domain.importing import (
    ImportLine,
    ImportPreview,
    ImportRow,
    ImportTable,
    Verdict,
)
from commission_app.domain.payment_run import PaymentRun
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledge_checks import check_payment, check_pledge
from commission_app.domain.pledges import Pledge, PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.domain.text import fold
from commission_app.errors import NotFoundError, Problem, ValidationError
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.imports import (
    Told,
    contact_draft,
    counted,
    or_similar,
)
from commission_app.services.money_cells import HowWritten, MoneyCells, begin_money
from commission_app.services.payments import read_into, record_payment
from commission_app.services.pledges import pay_by_rule, record_pledge
from commission_app.storage.tables import payments, pledges
from commission_app.storage.writer import Writer

_SOMEBODY: Final = "(to be filled in)"
_EVERY: Final[Mapping[str, Every]] = {
    **{every.value: every for every in Every if every is not Every.DATES},
    **dict.fromkeys(("one time", "single", "at once", "one payment"), Every.ONCE),
    "weekly": Every.WEEK,
    **dict.fromkeys(("every two weeks", "two weeks", "biweekly", "fortnightly"), Every.TWO_WEEKS),
    "monthly": Every.MONTH,
    "quarterly": Every.QUARTER,
    **dict.fromkeys(("yearly", "annually", "annual"), Every.YEAR),
}
_METHODS: Final[Mapping[str, PaymentMethod]] = {
    **{method.value: method for method in PaymentMethod},
    **dict.fromkeys(("cheque", "checks"), PaymentMethod.CHECK),
    **dict.fromkeys(("credit card", "debit card", "credit", "visa", "mastercard"), PaymentMethod.CARD),
    **dict.fromkeys(("bank transfer", "transfer", "ach", "wire", "eft"), PaymentMethod.BANK_TRANSFER),
    **dict.fromkeys(("donor advised fund", "daf"), PaymentMethod.DONOR_ADVISED_FUND),
}
_COUNTED: Final = re.compile(r"(.+?)[,\s]+(\d{1,3})(?: times)?")


def preview_pledges(
    context: Context,
    table: ImportTable,
    mapping: Mapping[str, int] | None,
    how: HowWritten,
    told: Told,
) -> ImportPreview:
    """A verdict for each row of a list of pledges."""
    with context.database.reading() as connection:
        money = begin_money(context, connection, "pledges", table, mapping=mapping, how=how)
        for pledge in money.pledges.values():
            money.present[_mark_of(pledge)] += 1
            money.keys.add(pledge.key)
        found = tuple(_pledge_row(money, line) for line in counted(table.lines, told))
    return ImportPreview(rows=found, columns=money.reading.columns, noun="pledges")


def preview_payments(
    context: Context,
    table: ImportTable,
    mapping: Mapping[str, int] | None,
    how: HowWritten,
    told: Told,
) -> ImportPreview:
    """A verdict for each row of a list of payments."""
    with context.database.reading() as connection:
        money = begin_money(context, connection, "payments", table, mapping=mapping, how=how)
        own = payments.c
        query = select(own.payer_id, own.received_on, own.amount_cents, own.reference, own.key)
        for *mark, key in connection.execute(query):
            money.present[tuple(mark)] += 1
            money.keys.add(key)
        found = tuple(_payment_row(money, line) for line in counted(table.lines, told))
    return ImportPreview(rows=found, columns=money.reading.columns, noun="payments")


def carry_out(context: Context, preview: ImportPreview, told: Told = None) -> int:
    """Write the chosen rows of a list of money as one use case, payments in order of day."""
    chosen = sorted(preview.chosen, key=_day_of)
    one = preview.noun.removesuffix("s")
    what = f"imported {len(chosen):,} {one if len(chosen) == 1 else preview.noun}"
    added: dict[tuple[str, str], str] = {}
    run = PaymentRun()
    with context.database.writing(what) as writer:
        for entry in counted(chosen, told):
            contact_id = entry.contact_id or _added(writer, entry, added)
            try:
                if entry.pledge is not None:
                    _record_pledge(context, writer, entry, contact_id)
                elif entry.payment is not None:
                    _record_payment(context, writer, entry, contact_id, run)
            except ValidationError as error:
                problems = [
                    Problem(f"row {entry.number}", f"Row {entry.number}: {problem.message}")
                    for problem in error.problems
                ]
                raise ValidationError(problems) from error
    return len(chosen)


# ---- Rows -----------------------------------------------------------------------------------------


def _pledge_row(money: MoneyCells, line: ImportLine) -> ImportRow:
    cell = money.reading.cell
    wrong: list[str] = []
    cents = money.cents(line, "amount", wrong)
    pledged_on = money.day(line, "pledged_on", wrong) or money.today
    if not cell(line, "pledged_on"):
        wrong.append("The day is missing.")
    schedule = None if cents is None else _schedule(money, line, pledged_on, wrong)
    draft = PledgeDraft(
        key=cell(line, "key") or None,
        kind=PledgeKind.MONEY if cents is not None or not cell(line, "quantity") else PledgeKind.IN_KIND,
        donor_id=_SOMEBODY,
        campaign_id=money.campaign(line, wrong) or "",
        pledged_on=pledged_on,
        amount_cents=cents,
        schedule=schedule,
        description=cell(line, "description") or None,
        unit=cell(line, "unit") or None if cents is None else None,
        quantity=money.whole(line, "quantity", wrong) if cents is None else None,
    )
    paid = money.cents(line, "paid", wrong) if cell(line, "paid") not in ("", "0", "0.00", "0,00") else None
    before = None
    if paid is not None:
        paid_on = money.day(line, "paid_on", wrong) or pledged_on
        before = PaymentDraft(payer_id=_SOMEBODY, received_on=paid_on, amount_cents=paid)
        if cents is not None and paid > cents:
            wrong.append("More is paid than pledged.")
    if not wrong:
        draft = cleaned(draft)[0]
        wrong += [
            problem.message
            for problem in check_pledge(draft, is_allowed=money.is_allowed, currency=money.currency)
        ]
    return _judged(money, line, wrong, pledge=draft, payment=before)


def _schedule(money: MoneyCells, line: ImportLine, pledged_on: date, wrong: list[str]) -> Schedule:
    words, count = fold(money.reading.cell(line, "every")), money.whole(line, "count", wrong)
    counted = _COUNTED.fullmatch(words)
    if counted and counted[1] in _EVERY:
        words, count = counted[1], int(counted[2])
    first_on = money.day(line, "first_on", wrong) or pledged_on
    every = _EVERY.get(words)
    if every is None and words:
        wrong.append(f"{words} is no schedule like once, monthly or quarterly.")
    elif every is None and count is not None and count > 1:
        wrong.append("Say how often the installments are due.")
    every = every or Every.ONCE
    return Schedule(every=every, count=None if every is Every.ONCE else count, first_on=first_on)


def _payment_row(money: MoneyCells, line: ImportLine) -> ImportRow:
    cell = money.reading.cell
    wrong: list[str] = []
    received_on, cents = money.day(line, "received_on", wrong), money.cents(line, "amount", wrong)
    if not cell(line, "received_on"):
        wrong.append("The day is missing.")
    method = fold(cell(line, "method"))
    if method and method not in _METHODS:
        wrong.append(f"{cell(line, 'method')} is no method of payment that is known.")
    draft = PaymentDraft(
        key=cell(line, "key") or None,
        payer_id=_SOMEBODY,
        received_on=received_on or money.today,
        amount_cents=cents or 0,
        method=_METHODS.get(method),
        reference=cell(line, "reference") or None,
        campaign_id=money.campaign(line, wrong),
    )
    pledge_id = _named_pledge(money, line, wrong)
    if not wrong:
        draft = cleaned(draft)[0]
        problems = check_payment(draft, is_allowed=money.is_allowed, currency=money.currency)
        wrong += [problem.message for problem in problems if problem.path != "campaign_id"]
    found = _judged(money, line, wrong, payment=draft, pledge_id=pledge_id)
    if (
        found.verdict is Verdict.REFUSED
        or draft.campaign_id
        or pledge_id
        or _open_of(money, found.similar_id)
    ):
        return found
    message = "Name a campaign or a pledge; the payer has no open one."
    return replace(found, verdict=Verdict.REFUSED, message=message, is_chosen=False)


def _named_pledge(money: MoneyCells, line: ImportLine, wrong: list[str]) -> str | None:
    key = money.reading.cell(line, "pledge")
    if not key:
        return None
    pledge = next((one for one in money.pledges.values() if one.key == key), None)
    if pledge is None:
        wrong.append(f"There is no pledge {key}.")
    elif pledge.kind is not PledgeKind.MONEY:
        wrong.append("This pledge is in kind.")
    elif pledge.cancelled_on is not None:
        wrong.append("The pledge is cancelled.")
    return pledge.id if pledge else None


def _open_of(money: MoneyCells, donor_id: str | None) -> bool:
    """Whether a contact has pledges of money that are not cancelled."""
    return any(
        pledge.donor_id == donor_id and pledge.kind is PledgeKind.MONEY and pledge.cancelled_on is None
        for pledge in money.pledges.values()
    )


def _judged(money: MoneyCells, line: ImportLine, wrong: list[str], **of: Any) -> ImportRow:
    """The verdict on a row of money: about what it says, then about who it is."""
    reading = money.reading
    holder = reading.by_key.get(reading.cell(line, "name"))
    draft, wrong_with_person = contact_draft(reading, line)
    draft = replace(draft, key=None)
    found = ImportRow(
        number=line.number,
        name=holder.name if holder else draft.name,
        verdict=Verdict.ADD,
        contact=draft,
        is_chosen=True,
        **of,
    )
    if holder is None:
        wrong = wrong + wrong_with_person
    if wrong:
        return replace(found, verdict=Verdict.REFUSED, message=" ".join(wrong), is_chosen=False)
    same = holder or reading.known.same(draft)
    if same is not None:
        mark = _mark(found, same.id)
        if money.present[mark]:
            money.present[mark] -= 1
            return replace(found, verdict=Verdict.PRESENT, similar_id=same.id, is_chosen=False)
    key = (found.pledge or found.payment or draft).key
    if key is not None and key in money.keys:
        message = f"The key {key} is taken."
        return replace(found, verdict=Verdict.REFUSED, message=message, is_chosen=False)
    if key is not None:
        money.keys.add(key)
    if same is not None:
        return replace(found, contact_id=same.id, similar_id=same.id)
    return or_similar(reading, found)


def _mark(found: ImportRow, contact_id: str) -> tuple[Any, ...]:
    if found.pledge is not None:
        pledge = found.pledge
        what = pledge.amount_cents if pledge.kind is PledgeKind.MONEY else pledge.quantity
        return contact_id, pledge.campaign_id, pledge.pledged_on, pledge.kind, what
    payment = found.payment
    if payment is None:
        raise NotFoundError(f"Row {found.number} has nothing to import.")
    return contact_id, payment.received_on, payment.amount_cents, payment.reference


def _mark_of(pledge: Pledge) -> tuple[Any, ...]:
    what = pledge.amount_cents if pledge.kind is PledgeKind.MONEY else pledge.quantity
    return pledge.donor_id, pledge.campaign_id, pledge.pledged_on, pledge.kind, what


# ---- Writing --------------------------------------------------------------------------------------


def _day_of(entry: ImportRow) -> date:
    if entry.pledge is not None:
        return entry.pledge.pledged_on
    return entry.payment.received_on if entry.payment is not None else date.min


def _added(writer: Writer, entry: ImportRow, added: dict[tuple[str, str], str]) -> str:
    """A new contact, once for all rows that name the same."""
    if entry.contact is None:
        raise NotFoundError(f"Row {entry.number} has nothing to import.")
    mark = fold(entry.contact.name), fold(entry.contact.email or "")
    if mark not in added:
        added[mark] = insert_contact(writer, entry.contact)
    return added[mark]


def _record_pledge(context: Context, writer: Writer, entry: ImportRow, donor_id: str) -> None:
    if entry.pledge is None:
        return
    pledge_id = record_pledge(context, writer, replace(entry.pledge, donor_id=donor_id))
    if entry.payment is not None:
        pay_by_rule(context, writer, pledge_id, replace(entry.payment, payer_id=donor_id))


def _record_payment(
    context: Context, writer: Writer, entry: ImportRow, payer_id: str, run: PaymentRun
) -> None:
    if entry.payment is None:
        return
    draft = replace(entry.payment, payer_id=payer_id)
    own = pledges.c
    if entry.pledge_id is not None:
        wanted = own.id == entry.pledge_id
    else:
        wanted = (own.donor_id == payer_id) & own.cancelled_on.is_(None) & (own.kind == PledgeKind.MONEY)
        if draft.campaign_id is not None:
            wanted &= own.campaign_id == draft.campaign_id
    ids = writer.connection.execute(select(own.id).where(wanted).order_by(own.id)).scalars().all()
    read_into(writer.connection, run, ids)
    parts = propose(
        draft.amount_cents,
        draft.received_on,
        [run.rows[one] for one in ids],
        has_campaign=draft.campaign_id is not None,
        open_parts=run.open_parts,
    )
    record_payment(context, writer, replace(draft, allocations=parts), run)
