"""The paper that a payment or a delivery gets, from the record: its kind, its words, what is to be known
before it is issued.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from commission_app.domain import wording
from commission_app.domain.campaigns import Campaign, default_receiver
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.members import CommunityOrganization
from commission_app.domain.money import format_money
from commission_app.domain.payments import Payment
from commission_app.domain.pledges import Delivery, Pledge
from commission_app.domain.receipt_paper import TITLES, WORDED_BY, ReceiptPaper
from commission_app.domain.receipt_rules import (
    check_issued_on,
    check_receipt,
    discloses,
    kind_of,
    stays,
    thresholds,
)
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.validation import require
from commission_app.errors import ConflictError, Problem
from commission_app.services.context import Context
from commission_app.services.letter_sheets import addressee, blank_sheet
from commission_app.services.money_words import currency_of
from commission_app.services.wordings import worded
from commission_app.storage.pledge_reading import read_payment, read_refunds
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    campaigns,
    community_organizations,
    contacts,
    deliveries,
    pledges,
    receipts,
)

#: What a text says where the number is not given out yet.
NOT_NUMBERED: Final = "(no number yet)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptProposal:
    """What would be issued: which paper, to whom, its words, and what to know before.

    `amount_cents` is what of the payment stays; in kind there is none.
    """

    kind: ReceiptKind
    contact_id: str
    payment_id: str | None = None
    delivery_id: str | None = None
    amount_cents: int | None = None
    issued_on: date
    paper: ReceiptPaper
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the paper is called."""
        return self.paper.title


@dataclass(frozen=True, slots=True)
class _Receiver:
    """Who got the money; without an id the commission itself."""

    id: str | None
    name: str
    ein: str | None = None


class ReceiptMaker:
    """Makes the papers of receipts of one day within a transaction; what all of them share is read once."""

    def __init__(self, context: Context, connection: Connection, on: date) -> None:
        self._context = context
        self._connection = connection
        self._on = on
        self._today = context.present(connection).today
        self._book = context.rule_book(connection)
        self._sheet = blank_sheet(context, connection, on)
        self._currency = currency_of(connection)

    def of_payment(self, payment_id: str, number: str = "") -> ReceiptProposal:
        """The receipt of a payment; raises ValidationError where it gets none, and ConflictError where it has
        one.
        """
        connection = self._connection
        payment = read_payment(connection, payment_id)
        _require_none(connection, receipts.c.payment_id == payment_id, "payment")
        left = stays(payment, read_refunds(connection, of_payments=[payment_id]))
        amount = sum(left.values())
        purposes = _campaigns_of(connection, payment, set(left))
        receivers = self._receivers(purposes, payment.received_on)
        limits = thresholds(self._book, payment.received_on)
        kind = kind_of(amount, payment.method, limits, has_ein=bool(receivers[0].ein))
        is_told = discloses(kind, payment, amount, limits)
        named = {each.id: each.name for each in receivers}
        require(check_receipt(payment, amount, named, discloses=is_told, on=self._on, today=self._today))
        payer = row(connection, Contact, contacts, payment.payer_id)
        adviser_id = payment.adviser_id if kind is ReceiptKind.FUND else None
        reader = row(connection, Contact, contacts, adviser_id) if adviser_id else payer
        values = {
            "name": reader.name,
            "amount": self._money(amount),
            "received_on": long_day(payment.received_on),
            "fund": payer.name,
            **self._shared(purposes, receivers[0], number),
        }
        told = {
            **values,
            "goods": payment.goods or "",
            "goods_value": self._money(payment.goods_cents or 0),
        }
        facts = [
            ("Received from", payer.name),
            ("On the advice of", reader.name if reader is not payer else ""),
            *self._amounts(payment, amount),
            ("Received on", values["received_on"]),
            ("Paid by", _how(payment)),
            *_of_receiver(purposes, receivers[0]),
        ]
        statements = [wording.fill(text, told) for text in _statements(kind, is_told=is_told)]
        return ReceiptProposal(
            kind=kind,
            contact_id=reader.id,
            payment_id=payment_id,
            amount_cents=amount,
            issued_on=self._on,
            paper=self._paper(kind, reader, values, facts, statements, number=number),
            warnings=_warnings(reader, payer, receivers[0]),
        )

    def receivers(self, pledge_ids: Collection[str], campaign_id: str | None, on: date) -> list[str]:
        """The names of those who receive what comes in on a day for pledges and as a gift to a campaign."""
        wanted = _campaigns(self._connection, pledge_ids, campaign_id)
        return sorted(each.name for each in self._receivers(wanted, on))

    def receivers_of(self, payment_id: str) -> list[str]:
        """The names of those who received what stayed of a payment: one receipt names one of them."""
        payment = read_payment(self._connection, payment_id)
        left = set(stays(payment, read_refunds(self._connection, of_payments=[payment_id])))
        purposes = _campaigns_of(self._connection, payment, left)
        return sorted(each.name for each in self._receivers(purposes, payment.received_on))

    def of_delivery(self, delivery_id: str, number: str = "") -> ReceiptProposal:
        """The receipt in kind of a delivery, for the donor, whoever brought it: it describes, and names no
        amount. Raises ValidationError where it gets none, and ConflictError where it has one.
        """
        connection = self._connection
        delivery = row(connection, Delivery, deliveries, delivery_id)
        _require_none(connection, receipts.c.delivery_id == delivery_id, "delivery")
        pledge = row(connection, Pledge, pledges, delivery.pledge_id)
        gift = (pledge.description or "").strip()
        quantity = f"{delivery.quantity:,} {pledge.unit or ''}".strip()
        problems = check_issued_on(self._on, delivery.on, self._today)
        if found := wording.names_money(f"{gift}, {quantity}"):
            message = f"A receipt in kind names no amount: take “{found}” out of the description first."
            problems.append(Problem("description", message))
        require(problems)
        purposes = [row(connection, Campaign, campaigns, pledge.campaign_id)]
        receiver = self._receivers(purposes, delivery.on)[0]
        giver = row(connection, Contact, contacts, pledge.donor_id)
        values = {
            "name": giver.name,
            "gift": f"{gift}: {quantity}",
            "delivered_on": long_day(delivery.on),
            **self._shared(purposes, receiver, number),
        }
        facts = [
            ("Given by", giver.name),
            ("Gift", gift),
            ("Quantity", quantity),
            ("Given on", values["delivered_on"]),
            *_of_receiver(purposes, receiver),
        ]
        last = wording.NOTHING_IN_RETURN if receiver.ein else wording.NO_TAX_RECEIPT
        kind, statements = ReceiptKind.IN_KIND, [wording.NO_VALUE, last]
        return ReceiptProposal(
            kind=kind,
            contact_id=giver.id,
            delivery_id=delivery_id,
            issued_on=self._on,
            paper=self._paper(kind, giver, values, facts, statements, number=number),
            warnings=_warnings(giver, giver, receiver),
        )

    def _receivers(self, purposes: Sequence[Campaign], on: date) -> list[_Receiver]:
        """Who received the money of these campaigns, each once: named by the campaign, else by the rule book
        on the day, else the commission itself.
        """
        connection = self._connection
        named = contacts.c.key == str(self._book.value("fundraising.receiver", on))
        usual = default_receiver(
            self._book,
            on,
            rows(connection, CommunityOrganization, community_organizations),
            rows(connection, Contact, contacts, named),
        )
        found: dict[str | None, _Receiver] = {}
        for receiver_id in [each.receiver_id or usual for each in purposes] or [usual]:
            if receiver_id is None:
                found[None] = _Receiver(None, self._sheet.full_name)
            elif receiver_id not in found:
                contact = row(connection, Contact, contacts, receiver_id)
                found[receiver_id] = _Receiver(contact.id, contact.name, contact.ein)
        return list(found.values())

    def _money(self, cents: int) -> str:
        return format_money(cents, self._currency, sign=True)

    def _amounts(self, payment: Payment, left: int) -> list[tuple[str, str]]:
        if left == payment.amount_cents:
            return [("Amount", self._money(left))]
        return [
            ("Paid", self._money(payment.amount_cents)),
            ("Given back", self._money(payment.amount_cents - left)),
            ("Amount", self._money(left)),
        ]

    def _shared(self, purposes: Sequence[Campaign], receiver: _Receiver, number: str) -> dict[str, str]:
        return {
            "campaign": " and ".join(each.name for each in purposes) or "our work",
            "receiver": receiver.name,
            "number": number or NOT_NUMBERED,
            "commission": self._sheet.full_name,
        }

    def _paper(
        self,
        kind: ReceiptKind,
        reader: Contact,
        values: Mapping[str, str],
        facts: Sequence[tuple[str, str]],
        statements: Sequence[str],
        *,
        number: str,
    ) -> ReceiptPaper:
        subject, text = worded(self._connection, WORDED_BY[kind], values)
        sheet = self._sheet
        return ReceiptPaper(
            body_name=sheet.body_name,
            full_name=sheet.full_name,
            city_line=sheet.city_line,
            address_lines=sheet.address_lines,
            title=TITLES[kind],
            number=number,
            date_line=sheet.date_line,
            to_lines=addressee(reader),
            subject=subject,
            text=text,
            facts=tuple(fact for fact in facts if fact[1]),
            statements=tuple(statements),
            signer_lines=sheet.signer_lines,
        )


def _require_none(connection: Connection, of: object, what: str) -> None:
    found = rows(connection, Receipt, receipts, of, receipts.c.voided_on.is_(None))
    if found:
        raise ConflictError(f"This {what} has the receipt {found[0].label}.")


def _campaigns_of(connection: Connection, payment: Payment, parts: set[str | None]) -> list[Campaign]:
    """The campaigns that a payment's parts are for, by name."""
    of_pledges = {pledge_id for pledge_id in parts if pledge_id is not None}
    return _campaigns(connection, of_pledges, payment.campaign_id if None in parts else None)


def _campaigns(
    connection: Connection, pledge_ids: Collection[str], campaign_id: str | None
) -> list[Campaign]:
    """The campaigns of some pledges, and one that is named, by name."""
    wanted = {one.campaign_id for one in rows(connection, Pledge, pledges, pledges.c.id.in_(pledge_ids))}
    if campaign_id is not None:
        wanted.add(campaign_id)
    return rows(connection, Campaign, campaigns, campaigns.c.id.in_(wanted), order=campaigns.c.search_key)


def _of_receiver(purposes: Sequence[Campaign], receiver: _Receiver) -> list[tuple[str, str]]:
    facts = [("For", "; ".join(each.name for each in purposes))] if purposes else []
    facts.append(("Received by", receiver.name))
    return [*facts, ("EIN", receiver.ein)] if receiver.ein else facts


def _how(payment: Payment) -> str:
    method = payment.method.value.replace("-", " ").capitalize() if payment.method else ""
    return ", ".join(part for part in (method, payment.reference) if part)


def _statements(kind: ReceiptKind, *, is_told: bool) -> list[str]:
    """The sentences that a paper for money always has."""
    if kind is ReceiptKind.FUND:
        return [wording.FUND_PAID, *([wording.FUND_GOODS] if is_told else [])]
    if kind is ReceiptKind.ACKNOWLEDGEMENT:
        return [wording.NO_TAX_RECEIPT]
    if is_told:
        return [wording.DISCLOSURE]
    return [wording.NOTHING_IN_RETURN] if kind is ReceiptKind.FULL else []


def _warnings(reader: Contact, giver: Contact, receiver: _Receiver) -> tuple[str, ...]:
    """What somebody should know before it is issued."""
    found = []
    if not reader.address:
        found.append(f"No address of {reader.name} is on record: the paper has the name alone.")
    if giver.id == receiver.id:
        found.append(f"{giver.name} receives the money of this campaign itself.")
    return tuple(found)
