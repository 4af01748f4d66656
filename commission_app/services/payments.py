"""Payments: received, laid over pledges by rule or by hand, voided."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.allocating import propose
from commission_app.domain.campaigns import Campaign
from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.deposits import Refund
from commission_app.domain.payment_run import PaymentRun
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_checks import check_payment, check_voiding
from commission_app.domain.pledges import Pledge
from commission_app.domain.refund_checks import refunded_cents, with_returned
from commission_app.domain.text import clean
from commission_app.domain.validation import checked_contact, require
from commission_app.services import payment_lists
from commission_app.services.campaigns import may_raise
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order, Page, Place
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.open_years import require_open
from commission_app.services.payment_lists import PaymentFilter, PaymentLine, PaymentSort, PaymentTotals
from commission_app.services.receipt_voiding import void_of_payment
from commission_app.services.refunds import give_back_at_once
from commission_app.storage.pledge_reading import (
    deposited_on,
    read_payment,
    read_pledges,
    read_refunds,
)
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import allocations, campaigns, contacts, payments, pledges
from commission_app.storage.writer import Writer, new_id

_LATEST = Order(PaymentSort.RECEIVED_ON, descending=True)
_ENTERED = tuple(PaymentDraft.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """A payment with its payer, its campaign, by id the pledges that it pays with their donors and campaigns,
    its refunds (voided ones too), who asked for it and who advised the fund that paid.
    """

    payment: Payment
    payer: Contact
    campaign: Campaign | None
    pledges: dict[str, Pledge]
    donors: dict[str, Contact]
    campaigns: dict[str, Campaign]
    refunds: tuple[Refund, ...] = ()
    asked_by: Contact | None = None
    adviser: Contact | None = None

    @property
    def refunded_cents(self) -> int:
        """What was given back of it."""
        return refunded_cents(self.refunds)

    @property
    def left_cents(self) -> int:
        """What stayed."""
        return self.payment.amount_cents - self.refunded_cents


@dataclass(frozen=True, slots=True)
class PaymentService:
    """Receipts of money. Until something final refers to a payment it can be undone; after, voided."""

    context: Context

    def get(self, payment_id: str) -> PaymentView:
        """One payment; raises NotFoundError."""
        with self.context.database.reading() as connection:
            payment = read_payment(connection, payment_id)
            paid = pledges.c.id.in_({part.pledge_id for part in payment.allocations})
            of = {pledge.id: pledge for pledge in rows(connection, Pledge, pledges, paid)}
            named = {pledge.donor_id for pledge in of.values()}
            named |= {one for one in (payment.asked_by_id, payment.adviser_id) if one is not None}
            people = {one.id: one for one in rows(connection, Contact, contacts, contacts.c.id.in_(named))}
            campaign_id = payment.campaign_id
            to = campaigns.c.id.in_({pledge.campaign_id for pledge in of.values()})
            return PaymentView(
                payment=payment,
                payer=row(connection, Contact, contacts, payment.payer_id),
                campaign=row(connection, Campaign, campaigns, campaign_id) if campaign_id else None,
                pledges=of,
                donors={pledge.donor_id: people[pledge.donor_id] for pledge in of.values()},
                campaigns={one.id: one for one in rows(connection, Campaign, campaigns, to)},
                refunds=tuple(read_refunds(connection, of_payments=(payment_id,))),
                asked_by=people.get(payment.asked_by_id or ""),
                adviser=people.get(payment.adviser_id or ""),
            )

    def propose(
        self, amount_cents: int, received_on: date, pledge_ids: Sequence[str], *, has_campaign: bool = False
    ) -> tuple[Allocation, ...]:
        """How a payment pays the chosen pledges by rule: their oldest open instalments first; the rest is a
        gift where the payment names a campaign, else credit on the first pledge.
        """
        with self.context.database.reading() as connection:
            found = read_pledges(connection, pledge_ids)
        chosen = [found[one] for one in dict.fromkeys(pledge_ids) if one in found]
        return propose(amount_cents, received_on, chosen, has_campaign=has_campaign)

    def check(self, draft: PaymentDraft) -> None:
        """Raise ValidationError with everything that is wrong with a payment as it is being entered."""
        with self.context.database.reading() as connection:
            _require(self.context, connection, draft, PaymentRun())

    def record(
        self,
        draft: PaymentDraft,
        newcomer: ContactDraft | None = None,
        *,
        give_back: int = 0,
        reason: str = "Overpaid",
    ) -> str:
        """Record a payment with its allocations and return its id; raises ValidationError.

        A `newcomer` is added to the contacts in the same step, in place of the draft's payer. `give_back`
        is what is returned on the same day of cents that no instalment takes, for a `reason`.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("recorded a payment") as writer:
            if newcomer is not None:
                draft = replace(draft, payer_id=insert_contact(writer, newcomer))
            payment_id = record_payment(self.context, writer, with_returned(draft, give_back))
            payer = row(writer.connection, Contact, contacts, draft.payer_id).name
            amount = money_in_words(writer.connection, draft.amount_cents)
            writer.what = f"recorded a payment of {amount} from {payer}"
            if give_back:
                give_back_at_once(self.context, writer, payment_id, give_back, reason)
                writer.what += f", {money_in_words(writer.connection, give_back)} of it given back"
            return payment_id

    def void(self, payment_id: str, on: date, reason: str) -> None:
        """Void a payment on a day, for a reason: its allocations are free from then on, others stay where
        they are, its receipt is void too. Raises ValidationError.
        """
        with self.context.database.writing("voided a payment") as writer:
            connection = writer.connection
            reason = clean(reason).text
            payment = read_payment(connection, payment_id)
            touched = read_pledges(connection, {part.pledge_id for part in payment.allocations})
            given_back = read_refunds(connection, of_payments=(payment_id,))
            problems = check_voiding(
                payment,
                on,
                reason,
                touched,
                refunds=given_back,
                deposited_on=deposited_on(connection, payment_id),
                currency=currency_of(connection),
            )
            require(problems)
            require_open(connection, {"on": on})
            payer = row(connection, Contact, contacts, payment.payer_id).name
            amount = money_in_words(connection, payment.amount_cents)
            writer.what = f"voided the payment of {amount} from {payer}"
            writer.update(payments, payment_id, voided_on=on, void_reason=reason)
            void_of_payment(writer, payment_id, on, reason)

    def page(
        self,
        chosen: PaymentFilter = PaymentFilter(),  # noqa: B008 - frozen
        order: Order = _LATEST,
        *,
        limit: int = 200,
        after: Place | None = None,
    ) -> Page[PaymentLine]:
        """A block of the payments of a filter, in order, behind where another one ended."""
        with self.context.database.reading() as connection:
            return payment_lists.page_of_payments(connection, chosen, order, limit=limit, after=after)

    def ids(self, chosen: PaymentFilter = PaymentFilter(), order: Order = _LATEST) -> list[str]:  # noqa: B008
        """The ids of all payments of a filter, in order."""
        with self.context.database.reading() as connection:
            return payment_lists.payment_ids(connection, chosen, order)

    def lines(self, ids: Collection[str]) -> list[PaymentLine]:
        """The lines of some payments, in the order asked for."""
        with self.context.database.reading() as connection:
            return payment_lists.payment_lines(connection, ids)

    def totals(self, chosen: PaymentFilter = PaymentFilter()) -> PaymentTotals:  # noqa: B008
        """How many payments a filter has, and what came in by those that are not voided."""
        with self.context.database.reading() as connection:
            return payment_lists.payment_totals(connection, chosen)


def record_payment(
    context: Context, writer: Writer, draft: PaymentDraft, run: PaymentRun | None = None
) -> str:
    """Check a payment with its allocations and write it within a use case; raises ValidationError.

    A use case that records many gives each the same `run`: pledges are then read once.
    """
    payment_id = new_id()
    draft = replace(cleaned(draft)[0], key=draft.key or payment_id)
    run = run or PaymentRun()
    _require(context, writer.connection, draft, run)
    insert_payment(writer, payment_id, draft)
    run.add(Payment(id=payment_id, **{name: getattr(draft, name) for name in _ENTERED}))
    return payment_id


def read_into(connection: Connection, run: PaymentRun, pledge_ids: Iterable[str]) -> None:
    """Read the pledges that a run does not know yet."""
    missing = [one for one in dict.fromkeys(pledge_ids) if one not in run.rows]
    if missing:
        run.begin(read_pledges(connection, missing))


def insert_payment(writer: Writer, payment_id: str, draft: PaymentDraft) -> None:
    """Write a checked payment within a use case."""
    values = asdict(draft)
    del values["allocations"]
    writer.insert(payments, id=payment_id, **values)
    for position, part in enumerate(draft.allocations):
        writer.insert(allocations, payment_id=payment_id, position=position, **asdict(part))


def _require(context: Context, connection: Connection, draft: PaymentDraft, run: PaymentRun) -> None:
    read_into(connection, run, (part.pledge_id for part in draft.allocations))
    is_allowed, currency = may_raise(context, connection), currency_of(connection)
    touched = None if run.takes(draft) else run.rows
    require(check_payment(draft, touched, is_allowed=is_allowed, currency=currency))
    require_open(connection, {"received_on": draft.received_on})
