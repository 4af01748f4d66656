"""Deposits: payments brought to the bank together, what waits to be brought there, and voiding a deposit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from commission_app.domain.cash_at_hand import brought_cents, cash_given_back
from commission_app.domain.cleaning import cleaned
from commission_app.domain.deposit_checks import check_deposit, check_voided_deposit
from commission_app.domain.deposits import Deposit, DepositDraft, Refund
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.text import clean, search_words
from commission_app.domain.validation import require
from commission_app.errors import NotFoundError
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order, Page, Place, holding, ordered, page_from, places_of
from commission_app.services.money_words import money_in_words
from commission_app.services.open_years import require_open
from commission_app.services.payment_lists import PaymentLine, payment_lines
from commission_app.services.undeposited import Undeposited, deposited, may_be_deposited, read_undeposited
from commission_app.storage import cash_at_hand
from commission_app.storage.cash_at_hand import is_carried
from commission_app.storage.pledge_reading import read_payments, read_refunds
from commission_app.storage.rows import ids_of
from commission_app.storage.tables import contacts, deposit_items, deposits, payments
from commission_app.storage.writer import Writer, new_id


class DepositSort(StrEnum):
    """What deposits are sorted by; rows without a value come last."""

    ON = "on"
    ACCOUNT = "account"
    REFERENCE = "reference"
    COUNT = "count"
    AMOUNT = "amount_cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositFilter:
    """Which deposits: `text` in account, reference, or payer, method and number of a payment in it;
    `is_voided` None for both.
    """

    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_voided: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositLine:
    """A deposit in a list: how many payments it has, and what was brought of them; how many of them were
    voided later, and what was brought of those.
    """

    id: str
    key: str
    on: date
    account: str | None
    reference: str | None
    count: int
    amount_cents: int
    voided_on: date | None
    void_reason: str | None
    voided_count: int = 0
    voided_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What stayed of it: nothing of a voided deposit."""
        return 0 if self.voided_on else self.amount_cents - self.voided_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositTotals:
    """How many deposits there are, and what was brought by those that are not voided."""

    count: int = 0
    amount_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositView:
    """A deposit with its payments, in its order. One voided later is still among them: it was brought.
    `given_back` is the cash that was no longer there on that day, by payment.
    """

    deposit: Deposit
    payments: tuple[PaymentLine, ...]
    given_back: Mapping[str, tuple[Refund, ...]] = field(default_factory=dict)

    def brought_cents(self, line: PaymentLine) -> int:
        """What was brought of one payment."""
        refunds = self.given_back.get(line.id, ())
        return brought_cents(line.amount_cents, line.method, refunds, self.deposit.on)

    @property
    def amount_cents(self) -> int:
        """What was brought."""
        return sum(self.brought_cents(line) for line in self.payments)

    @property
    def cash_cents(self) -> int:
        """What of it was cash."""
        cash = [line for line in self.payments if line.method is PaymentMethod.CASH]
        return sum(self.brought_cents(line) for line in cash)


_LATEST = Order(DepositSort.ON, descending=True)


@dataclass(frozen=True, slots=True)
class DepositService:
    """Deposits. A payment is in one deposit that is not voided; then it is final."""

    context: Context

    def undeposited(self) -> Undeposited:
        """How many payments wait to be brought to the bank, and what they are."""
        with self.context.database.reading() as connection:
            return read_undeposited(connection, self.context.present(connection).today)

    def waiting(
        self, since: date | None = None, on: date | None = None, also: Collection[str] = ()
    ) -> list[PaymentLine]:
        """The payments that wait to be brought to the bank on a day (default: today), by day: all, or those
        received since a day; `also` some that are asked for, which may reach it by themselves.
        """
        with self.context.database.reading() as connection:
            of = payments.c
            wanted = is_carried() if since is None else and_(is_carried(), of.received_on >= since)
            on = on or self.context.present(connection).today
            query = select(of.id).where(or_(wanted, of.id.in_(also)), *may_be_deposited(on))
            found = ids_of(connection, query.order_by(of.received_on, of.id))
            return payment_lines(connection, found)

    def waits(self, payment_id: str) -> bool:
        """Whether something of a payment, however it came, can still be brought to the bank."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            query = select(payments.c.id).where(payments.c.id == payment_id, *may_be_deposited(today))
            return connection.execute(query).first() is not None

    def given_back(self, lines: Collection[PaymentLine], by: date) -> dict[str, tuple[Refund, ...]]:
        """The refunds that came out of the cash of some payments by a day, by payment."""
        with self.context.database.reading() as connection:
            return _given_back(connection, lines, by)

    def make(self, draft: DepositDraft) -> str:
        """Record a deposit and return its id; raises ValidationError."""
        with self.context.database.writing("made a deposit") as writer:
            draft = cleaned(draft)[0]
            connection = writer.connection
            found = {payment.id: payment for payment in read_payments(connection, draft.payment_ids)}
            again = connection.execute(deposited().where(deposit_items.c.payment_id.in_(found))).scalars()
            back = _by_payment(read_refunds(connection, of_payments=tuple(found)))
            require(check_deposit(draft, found, set(again), back))
            require_open(connection, {"on": draft.on})
            deposit_id = insert_deposit(writer, draft)
            amount = money_in_words(connection, _view(connection, deposit_id).amount_cents)
            counted = "1 payment" if len(found) == 1 else f"{len(found)} payments"
            writer.what = f"made a deposit of {counted}, {amount}"
            return deposit_id

    def void(self, deposit_id: str, on: date, reason: str) -> None:
        """Void a deposit on a day, for a reason: its payments can be deposited again; ValidationError."""
        with self.context.database.writing("voided a deposit") as writer:
            connection = writer.connection
            reason = clean(reason).text
            view = _view(connection, deposit_id)
            require(check_voided_deposit(view.deposit, on, reason))
            require_open(connection, {"on": on})
            writer.what = f"voided the deposit of {money_in_words(connection, view.amount_cents)}"
            writer.update(deposits, deposit_id, voided_on=on, void_reason=reason)

    def get(self, deposit_id: str) -> DepositView:
        """One deposit with its payments; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return _view(connection, deposit_id)

    def of_payment(self, payment_id: str) -> DepositLine | None:
        """The deposit that a payment is in; None where it is in none, or that one is voided."""
        with self.context.database.reading() as connection:
            own = select(deposit_items.c.deposit_id).where(deposit_items.c.payment_id == payment_id)
            live = select(deposits.c.id).where(deposits.c.id.in_(own), deposits.c.voided_on.is_(None))
            found = deposit_lines(connection, connection.execute(live).scalars().all())
            return found[0] if found else None

    def page(
        self,
        chosen: DepositFilter = DepositFilter(),
        order: Order = _LATEST,
        *,
        limit: int = 200,
        after: Place | None = None,
    ) -> Page[DepositLine]:
        """A block of the deposits of a filter, in order, behind where another one ended."""
        with self.context.database.reading() as connection:
            query, key = _deposit_query(order.by)
            query = _among(query, chosen).add_columns(key)
            places = places_of(connection, ordered(query, key, deposits.c.id, order, after), limit)
            return page_from(deposit_lines(connection, [one for _, one in places]), places, limit)

    def ids(self, chosen: DepositFilter = DepositFilter(), order: Order = _LATEST) -> list[str]:
        """The ids of all deposits of a filter, in order."""
        with self.context.database.reading() as connection:
            query, key = _deposit_query(order.by)
            return ids_of(connection, ordered(_among(query, chosen), key, deposits.c.id, order, None))

    def lines(self, ids: Collection[str]) -> list[DepositLine]:
        """The lines of some deposits, in the order asked for."""
        with self.context.database.reading() as connection:
            return deposit_lines(connection, ids)

    def totals(self, chosen: DepositFilter = DepositFilter()) -> DepositTotals:
        """How many deposits a filter has, and what was brought by those that are not voided."""
        with self.context.database.reading() as connection:
            own = _among(select(deposits.c.id), chosen)
            count = connection.execute(select(func.count()).select_from(own.subquery())).scalar_one()
            brought = (
                select(func.coalesce(func.sum(cash_at_hand.brought_cents(deposits.c.on)), 0))
                .join_from(deposit_items, payments, payments.c.id == deposit_items.c.payment_id)
                .join(deposits, deposits.c.id == deposit_items.c.deposit_id)
                .where(deposits.c.voided_on.is_(None), deposits.c.id.in_(own))
            )
            return DepositTotals(count=count, amount_cents=connection.execute(brought).scalar_one())

    def last_account(self) -> str | None:
        """The account of the latest deposit that named one: what the next one is proposed."""
        with self.context.database.reading() as connection:
            named = deposits.c.account.is_not(None)
            latest = (
                select(deposits.c.account).where(named).order_by(deposits.c.on.desc(), deposits.c.id.desc())
            )
            account: str | None = connection.execute(latest.limit(1)).scalar()
            return account


def insert_deposit(writer: Writer, draft: DepositDraft) -> str:
    """Write a checked deposit with its payments within a use case."""
    deposit_id = new_id()
    values = {name: getattr(draft, name) for name in ("key", "on", "account", "reference")}
    writer.insert(deposits, id=deposit_id, **values)
    for position, payment_id in enumerate(draft.payment_ids):
        writer.insert(deposit_items, deposit_id=deposit_id, payment_id=payment_id, position=position)
    return deposit_id


def read_deposits(connection: Connection, ids: Collection[str]) -> dict[str, Deposit]:
    """Deposits by id, with the ids of their payments in order."""
    parts: dict[str, list[str]] = {}
    of = deposit_items.c
    query = select(of.deposit_id, of.payment_id).where(of.deposit_id.in_(ids))
    for deposit_id, payment_id in connection.execute(query.order_by(of.deposit_id, of.position)):
        parts.setdefault(deposit_id, []).append(payment_id)
    names = [entry.name for entry in fields(Deposit) if entry.name != "payment_ids"]
    listed = select(*(deposits.c[name] for name in names)).where(deposits.c.id.in_(ids))
    found = [Deposit(**dict(row)) for row in connection.execute(listed).mappings()]
    return {one.id: replace(one, payment_ids=tuple(parts.get(one.id, ()))) for one in found}


def deposit_lines(connection: Connection, ids: Collection[str]) -> list[DepositLine]:
    """The lines of some deposits in the order asked for; gone ones are left out."""
    brought = cash_at_hand.brought_cents(deposits.c.on)
    gone = case((payments.c.voided_on.is_not(None), brought))
    figures: Mapping[str, Any] = {
        "count": func.count(deposit_items.c.id),
        "amount_cents": func.coalesce(func.sum(brought), 0),
        "voided_count": func.count(payments.c.voided_on),
        "voided_cents": func.coalesce(func.sum(gone), 0),
    }
    names = [entry.name for entry in fields(DepositLine)]
    query = (
        select(*(figures[name].label(name) if name in figures else deposits.c[name] for name in names))
        .join_from(deposits, deposit_items, deposit_items.c.deposit_id == deposits.c.id, isouter=True)
        .join(payments, payments.c.id == deposit_items.c.payment_id, isouter=True)
        .where(deposits.c.id.in_(ids))
        .group_by(deposits.c.id)
    )
    found = {row["id"]: DepositLine(**dict(row)) for row in connection.execute(query).mappings()}
    return [found[one] for one in ids if one in found]


def deposits_by_words(connection: Connection, chosen: DepositFilter, most: int) -> list[str]:
    """The ids of the latest deposits of a filter."""
    query = _among(select(deposits.c.id), chosen)
    return ids_of(connection, query.order_by(deposits.c.on.desc(), deposits.c.id.desc()).limit(most))


def _deposit_query(by: StrEnum) -> tuple[Select[Any], ColumnElement[Any]]:
    """The ids of deposits, and what they are sorted by."""
    query = select(deposits.c.id)
    if by in (DepositSort.COUNT, DepositSort.AMOUNT):
        brought = cash_at_hand.brought_cents(deposits.c.on)
        figure = func.count() if by is DepositSort.COUNT else func.sum(brought)
        own = (
            select(figure)
            .join_from(deposit_items, payments, payments.c.id == deposit_items.c.payment_id)
            .where(deposit_items.c.deposit_id == deposits.c.id)
        )
        return query, own.correlate(deposits).scalar_subquery()
    return query, deposits.c[by.value]


def _among(query: Select[Any], chosen: DepositFilter) -> Select[Any]:
    of = deposits.c
    wanted: list[ColumnElement[bool]] = []
    if chosen.from_on is not None:
        wanted.append(of.on >= chosen.from_on)
    if chosen.to_on is not None:
        wanted.append(of.on <= chosen.to_on)
    if chosen.is_voided is not None:
        wanted.append(of.voided_on.is_not(None) if chosen.is_voided else of.voided_on.is_(None))
    for word in search_words(chosen.text):
        paid = or_(
            payments.c.payer_id.in_(holding(contacts, word)), payments.c.id.in_(holding(payments, word))
        )
        within = (
            select(deposit_items.c.deposit_id)
            .join(payments, payments.c.id == deposit_items.c.payment_id)
            .where(paid)
        )
        named = [func.lower(func.coalesce(column, "")).contains(word, autoescape=True) for column in _NAMED]
        wanted.append(or_(of.id.in_(within), *named))
    return query.where(and_(True, *wanted)) if wanted else query


_NAMED: Final = (deposits.c.account, deposits.c.reference)


def _view(connection: Connection, deposit_id: str) -> DepositView:
    found = read_deposits(connection, [deposit_id])
    if deposit_id not in found:
        raise NotFoundError("This record is no longer in the file.")
    deposit = found[deposit_id]
    lines = tuple(payment_lines(connection, deposit.payment_ids))
    back = _given_back(connection, lines, deposit.on)
    return DepositView(deposit=deposit, payments=lines, given_back=back)


def _given_back(
    connection: Connection, lines: Collection[PaymentLine], by: date
) -> dict[str, tuple[Refund, ...]]:
    """The refunds that came out of the cash of some payments by a day, by payment."""
    cash = {line.id: line.method for line in lines if line.method is PaymentMethod.CASH}
    found = _by_payment(read_refunds(connection, of_payments=tuple(cash)))
    return {one: back for one, rows in found.items() if (back := cash_given_back(cash[one], rows, by))}


def _by_payment(found: Collection[Refund]) -> dict[str, list[Refund]]:
    refunds: dict[str, list[Refund]] = {}
    for refund in found:
        refunds.setdefault(refund.payment_id, []).append(refund)
    return refunds
