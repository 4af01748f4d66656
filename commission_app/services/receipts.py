"""Receipts: proposed, issued under the next numbers, voided, and printed again as they were."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.letter_paper import LetterBundle, LetterPaper
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.receipt_paper import Marks, ReceiptPaper, letter_of, marks_of
from commission_app.domain.receipt_rules import first_number, next_number
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.text import clean
from commission_app.domain.validation import require
from commission_app.errors import ConflictError, NotFoundError, Problem, ValidationError
from commission_app.services import receipt_lists
from commission_app.services.commission import logo_of
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order, Page, Place
from commission_app.services.money_words import money_in_words
from commission_app.services.open_years import require_open
from commission_app.services.payment_lists import PaymentFilter, PaymentLine
from commission_app.services.receipt_lists import (
    ReceiptFilter,
    ReceiptLine,
    ReceiptSort,
    ReceiptTotals,
    WaitingDelivery,
)
from commission_app.services.receipt_papers import ReceiptMaker, ReceiptProposal
from commission_app.services.receipt_voiding import void_receipt
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import contacts, payments, receipts
from commission_app.storage.writer import Writer

#: Called with the receipts made so far; it may raise to stop, and then none is issued.
Told = Callable[[int], object] | None
_LATEST = Order(ReceiptSort.NUMBER, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt with its words and whom it was given to; a lost number has neither."""

    receipt: Receipt
    paper: ReceiptPaper | None
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class ReceiptService:
    """The receipts of the file. What is issued is final: it is voided, never undone."""

    context: Context

    # ---- Before ----------------------------------------------------------------------------------

    def proposal(self, payment_id: str, on: date | None = None) -> ReceiptProposal:
        """What would be issued for a payment; raises ValidationError or ConflictError with the reason why
        nothing can be.
        """
        with self.context.database.reading() as connection:
            return self._maker(connection, on).of_payment(payment_id)

    def proposal_in_kind(self, delivery_id: str, on: date | None = None) -> ReceiptProposal:
        """What would be issued for a delivery; raises as `proposal` does."""
        with self.context.database.reading() as connection:
            return self._maker(connection, on).of_delivery(delivery_id)

    def draft(self, payment_id: str, on: date | None = None) -> LetterPaper:
        """The receipt of a payment as it would print, marked DRAFT and without a number."""
        with self.context.database.reading() as connection:
            return self._draft(connection, self._maker(connection, on).of_payment(payment_id))

    def waiting(
        self,
        chosen: PaymentFilter = PaymentFilter(),  # noqa: B008 - frozen
        *,
        limit: int = 500,
    ) -> list[PaymentLine]:
        """The first payments of a filter without a receipt, the oldest first: not voided, not given back."""
        with self.context.database.reading() as connection:
            return receipt_lists.waiting_payments(connection, chosen, limit)

    def waiting_ids(self, chosen: PaymentFilter = PaymentFilter()) -> list[str]:  # noqa: B008 - frozen
        """The ids of all payments of a filter without a receipt, the oldest first."""
        with self.context.database.reading() as connection:
            return receipt_lists.waiting_ids(connection, chosen)

    def still_waiting(self, payment_ids: Collection[str]) -> list[str]:
        """Those of some payments that wait for a receipt, the oldest first."""
        with self.context.database.reading() as connection:
            return receipt_lists.waiting_ids(connection, PaymentFilter(), payment_ids)

    def waiting_count(self, chosen: PaymentFilter = PaymentFilter()) -> int:  # noqa: B008 - frozen
        """How many payments of a filter have no receipt."""
        with self.context.database.reading() as connection:
            return receipt_lists.waiting_count(connection, chosen)

    def receivers(self, draft: PaymentDraft) -> list[str]:
        """The names of those who would receive a payment as entered: one receipt names one of them."""
        with self.context.database.reading() as connection:
            pledge_ids = {part.pledge_id for part in draft.allocations}
            gift_to = draft.campaign_id if draft.gift_cents > 0 else None
            return self._maker(connection, None).receivers(pledge_ids, gift_to, draft.received_on)

    def receivers_of(self, payment_id: str) -> list[str]:
        """The names of those who received what stayed of a payment; with several it gets no receipt."""
        with self.context.database.reading() as connection:
            return self._maker(connection, None).receivers_of(payment_id)

    def parted_count(self) -> int:
        """How many payments without a receipt get none, for parts of them went to different receivers."""
        with self.context.database.reading() as connection:
            found = receipt_lists.may_be_parted(connection)
            maker = self._maker(connection, None) if found else None
            return sum(1 for one in found if maker is not None and len(maker.receivers_of(one)) > 1)

    def waiting_in_kind(self) -> list[WaitingDelivery]:
        """The deliveries in kind without a receipt, the oldest first."""
        with self.context.database.reading() as connection:
            return receipt_lists.waiting_deliveries(connection)

    # ---- Issuing and voiding ---------------------------------------------------------------------

    def issue(
        self,
        payment_ids: Sequence[str],
        on: date | None = None,
        told: Told = None,
        *,
        delivery_ids: Sequence[str] = (),
    ) -> list[str]:
        """Issue the receipts of payments and of deliveries, all or none, under the next numbers of the year
        of the day, and return their ids. Raises ValidationError with everything that gets none.
        """
        paid, given = dict.fromkeys(payment_ids), dict.fromkeys(delivery_ids)
        if not paid and not given:
            return []
        with self.context.database.writing("issued receipts") as writer:
            connection = writer.connection
            on = on or self.context.present(connection).today
            require_open(connection, {"on": on})
            number = self._begin(writer, on)
            maker = ReceiptMaker(self.context, connection, on)
            wanted = [
                *((maker.of_payment, each) for each in paid),
                *((maker.of_delivery, each) for each in given),
            ]
            issued: list[str] = []
            problems: list[Problem] = []
            for done, (propose, of_id) in enumerate(wanted):
                if told is not None:
                    told(done)
                try:
                    proposal = propose(of_id, _label(on.year, number))
                except (ValidationError, ConflictError) as error:
                    problems += _problems(error, _payer(connection, of_id) if len(wanted) > 1 else "")
                    continue
                issued.append(_insert(writer, proposal, number))
                number += 1
            require(problems)
            labels = [_label(on.year, number - len(issued)), _label(on.year, number - 1)]
            writer.what = (
                f"issued the receipt {labels[0]}"
                if len(issued) == 1
                else f"issued {len(issued):,} receipts, {labels[0]} to {labels[1]}"
            )
        return issued

    def issue_in_kind(
        self, delivery_ids: Sequence[str], on: date | None = None, told: Told = None
    ) -> list[str]:
        """Issue the receipts of deliveries, as `issue` does for payments."""
        return self.issue((), on, told, delivery_ids=delivery_ids)

    def void(self, receipt_id: str, on: date, reason: str) -> None:
        """Void a receipt on a day, for a reason: its number stays taken, its payment may have another one.
        Raises ValidationError.
        """
        with self.context.database.writing("voided a receipt") as writer:
            receipt = row(writer.connection, Receipt, receipts, receipt_id)
            writer.what = f"voided the receipt {receipt.label}"
            require_open(writer.connection, {"on": on})
            void_receipt(writer, receipt, on, clean(reason).text)

    def _begin(self, writer: Writer, on: date) -> int:
        """The next number of the year; those that this computer knows and the file does not are entered as
        lost first. ValidationError for a day before that of the last receipt.
        """
        connection, of = writer.connection, receipts.c
        query = select(func.max(of.number), func.max(of.issued_on)).where(of.year == on.year)
        last, last_on = connection.execute(query).one()
        if last_on is not None and on < last_on:
            message = f"A receipt was issued on {long_day(last_on)}: numbers follow the days."
            raise ValidationError([Problem("on", message)])
        first = first_number(self.context.rule_book(connection), on)
        number, lost = next_number(last, first, self.context.known_number(on.year))
        reason = self._lost_reason(connection) if lost else ""
        for one in lost:
            writer.insert(
                receipts,
                year=on.year,
                number=one,
                kind=ReceiptKind.LOST,
                issued_on=on,
                voided_on=on,
                void_reason=reason,
            )
        return number

    def _lost_reason(self, connection: Connection) -> str:
        """Why a number is in no receipt of this file."""
        at = self.context.restored_at()
        if at is None:
            return "Given out in another state of this file, which this one does not know."
        day = long_day(at.astimezone(self.context.present(connection).zone).date())
        return f"Given out in a state of the file that the backup restored on {day} did not know."

    # ---- Reading ---------------------------------------------------------------------------------

    def get(self, receipt_id: str) -> ReceiptView:
        """One receipt; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return _view(connection, row(connection, Receipt, receipts, receipt_id))

    def named(self, label: str) -> Receipt:
        """The receipt of a number like 2026-0012, or of a key; raises NotFoundError."""
        year, _, number = label.partition("-")
        of = receipts.c
        own = of.key == label
        if year.isdecimal() and number.isdecimal() and len(label) <= 11:
            own = (of.year == int(year)) & (of.number == int(number))
        with self.context.database.reading() as connection:
            found = rows(connection, Receipt, receipts, own)
        if not found:
            raise NotFoundError(f"There is no receipt {label}.")
        return found[0]

    def of_payment(self, payment_id: str) -> list[Receipt]:
        """The receipts of a payment in order: at most the last one is not voided."""
        with self.context.database.reading() as connection:
            own = receipts.c.payment_id == payment_id
            return rows(connection, Receipt, receipts, own, order=(receipts.c.year, receipts.c.number))

    def of_delivery(self, delivery_id: str) -> list[Receipt]:
        """The receipts of a delivery in order: at most the last one is not voided."""
        with self.context.database.reading() as connection:
            own = receipts.c.delivery_id == delivery_id
            return rows(connection, Receipt, receipts, own, order=(receipts.c.year, receipts.c.number))

    def letter(self, receipt_id: str, *, original: bool = False) -> LetterPaper:
        """A receipt as it prints: its frozen words, marked as a COPY of today unless it is the original, and
        VOID where it is. Raises NotFoundError for a lost number, which has no paper.
        """
        with self.context.database.reading() as connection:
            found = row(connection, Receipt, receipts, receipt_id)
            return self._frozen(connection, [found], original=original)[0]

    def bundle(self, receipt_ids: Iterable[str], *, original: bool = False) -> LetterBundle:
        """Receipts to print in one go, each on pages of its own, in order of their numbers."""
        with self.context.database.reading() as connection:
            own, order = receipts.c.id.in_(list(receipt_ids)), (receipts.c.year, receipts.c.number)
            found = rows(connection, Receipt, receipts, own, order=order)
            letters = tuple(self._frozen(connection, found, original=original))
        if not letters:
            raise NotFoundError("There is no receipt to print.")
        labels = " to ".join(dict.fromkeys((found[0].label, found[-1].label)))
        return LetterBundle(
            title=f"{letters[0].full_name}, receipts {labels}",
            letters=letters,
            page_size=letters[0].page_size,
        )

    def page(
        self,
        chosen: ReceiptFilter = ReceiptFilter(),  # noqa: B008 - frozen
        order: Order = _LATEST,
        *,
        limit: int = 200,
        after: Place | None = None,
    ) -> Page[ReceiptLine]:
        """A block of the receipts of a filter, in order, behind where another one ended."""
        with self.context.database.reading() as connection:
            return receipt_lists.page_of_receipts(connection, chosen, order, limit=limit, after=after)

    def ids(self, chosen: ReceiptFilter = ReceiptFilter(), order: Order = _LATEST) -> list[str]:  # noqa: B008
        """The ids of all receipts of a filter, in order."""
        with self.context.database.reading() as connection:
            return receipt_lists.receipt_ids(connection, chosen, order)

    def lines(self, ids: Collection[str]) -> list[ReceiptLine]:
        """The lines of some receipts, in the order asked for."""
        with self.context.database.reading() as connection:
            return receipt_lists.receipt_lines(connection, ids)

    def totals(self, chosen: ReceiptFilter = ReceiptFilter()) -> ReceiptTotals:  # noqa: B008 - frozen
        """How many receipts a filter has, how many are voided, and the amount of the others."""
        with self.context.database.reading() as connection:
            return receipt_lists.receipt_totals(connection, chosen)

    def _maker(self, connection: Connection, on: date | None) -> ReceiptMaker:
        return ReceiptMaker(self.context, connection, on or self.context.present(connection).today)

    def _draft(self, connection: Connection, proposal: ReceiptProposal) -> LetterPaper:
        (letter,) = self._letters(connection, [(proposal.paper, marks_of(None))])
        return letter

    def _frozen(
        self, connection: Connection, found: Iterable[Receipt], *, original: bool
    ) -> list[LetterPaper]:
        copied_on = None if original else self.context.present(connection).today
        return self._letters(
            connection, [(_words(each), marks_of(each, copied_on=copied_on)) for each in found]
        )

    def _letters(
        self, connection: Connection, papers: Iterable[tuple[ReceiptPaper, Marks]]
    ) -> list[LetterPaper]:
        """Receipts as they print on the letterhead's logo of today."""
        size = self.context.rule_book(connection).text("paper.size", self.context.present(connection).today)
        logo = logo_of(connection)
        data = logo.data if logo else None
        return [letter_of(paper, marks, logo=data, page_size=size) for paper, marks in papers]


def _words(receipt: Receipt) -> ReceiptPaper:
    if receipt.content is None:
        raise NotFoundError(f"The number {receipt.label} was lost with a file: it has no paper.")
    return ReceiptPaper.of_content(receipt.content)


def _label(year: int, number: int) -> str:
    return f"{year}-{number:04d}"


def _problems(error: ValidationError | ConflictError, whose: str) -> list[Problem]:
    """What stands against one receipt, with whose it is where many are issued."""
    found = error.problems if isinstance(error, ValidationError) else (Problem("payment", str(error)),)
    return [Problem(each.path, f"{whose}: {each.message}" if whose else each.message) for each in found]


def _payer(connection: Connection, of_id: str) -> str:
    """Who made a payment, and of how much; of a delivery nothing."""
    query = select(contacts.c.name, payments.c.amount_cents).join(
        payments, payments.c.payer_id == contacts.c.id
    )
    found = connection.execute(query.where(payments.c.id == of_id)).first()
    return "" if found is None else f"{found.name}, {money_in_words(connection, found.amount_cents)}"


def _insert(writer: Writer, proposal: ReceiptProposal, number: int) -> str:
    return writer.insert(
        receipts,
        year=proposal.issued_on.year,
        number=number,
        kind=proposal.kind,
        contact_id=proposal.contact_id,
        payment_id=proposal.payment_id,
        delivery_id=proposal.delivery_id,
        issued_on=proposal.issued_on,
        amount_cents=proposal.amount_cents,
        content=proposal.paper.content(),
    )


def _view(connection: Connection, receipt: Receipt) -> ReceiptView:
    contact = row(connection, Contact, contacts, receipt.contact_id) if receipt.contact_id else None
    paper = ReceiptPaper.of_content(receipt.content) if receipt.content is not None else None
    return ReceiptView(receipt=receipt, paper=paper, contact=contact)
