"""Random steps of a treasurer: drawn by Hypothesis, taken by the services as far as the rules allow."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.batches import BatchDraft, BatchLine
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.session import Session

TODAY = date(2026, 6, 15)
DONORS = ("ana", "khai", "lin")
CAMPAIGNS = ("youth", "garden")

KINDS = (
    *("pledge", "pledge", "in kind", "pay", "pay", "gift"),
    *("void", "write off", "change", "cancel", "deliver"),
    *("conditional", "match", "met", "not met", "give back", "give back", "keep after all", "too much"),
)
#: What is done with papers and books besides.
BOOKS = (
    *("batch", "receipt", "receipt", "receipt in kind", "void receipt", "deposit", "void deposit"),
    *("close", "reopen"),
)
#: How payments come and go back, by the number of a step.
METHODS = (PaymentMethod.CASH, PaymentMethod.CASH, PaymentMethod.CHECK, PaymentMethod.CARD, None)
Step = tuple[str, date, int, int, Schedule]

days = st.integers(-200, 60).map(lambda offset: TODAY + timedelta(days=offset))
schedules = st.builds(
    Schedule,
    every=st.sampled_from([Every.ONCE, Every.WEEK, Every.MONTH, Every.QUARTER]),
    count=st.integers(2, 6),
    first_on=days,
).map(lambda one: Schedule(every=Every.ONCE, first_on=one.first_on) if one.every is Every.ONCE else one)
step = st.tuples(st.sampled_from(KINDS), days, st.integers(6, 5_000), st.integers(0, 10), schedules)
steps = st.lists(step, max_size=20)
any_step = st.tuples(
    st.sampled_from([*KINDS, *BOOKS, *BOOKS]), days, st.integers(6, 5_000), st.integers(0, 10), schedules
)


class Filling:
    """A file being filled with what is drawn; what the rules refuse is left out."""

    def __init__(self, begun: Path, folder: Path) -> None:
        path = folder / "glen.commission"
        shutil.copy(begun, path)
        self.session: Session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=TODAY)
        contacts = {one.key: one.id for one in self.session.contacts.all()}
        self.donors = [contacts[key] for key in DONORS]
        campaigns = {one.key: one.id for one in self.session.campaigns.all()}
        self.campaigns = [campaigns[key] for key in CAMPAIGNS]
        self.pledges: list[str] = []
        self.payments: list[str] = []
        self.refunds: list[str] = []
        self.deliveries: list[str] = []
        self.receipts: list[str] = []
        self.deposits: list[str] = []
        self.closings: list[str] = []

    def take(self, what: str, on: date, cents: int, which: int, schedule: Schedule) -> None:
        """One step."""
        if what in BOOKS:
            self.keep_books(what, on, cents, which)
            return
        donor, campaign = self.donors[which % 3], self.campaigns[which % 2]
        pledge = self.pledges[which % len(self.pledges)] if self.pledges else None
        service, payments = self.session.pledges, self.session.payments
        try:
            if what == "pledge":
                draft = PledgeDraft(
                    donor_id=donor, campaign_id=campaign, pledged_on=on, amount_cents=cents, schedule=schedule
                )
                self.pledges.append(service.record(draft))
            elif what == "in kind":
                kind = PledgeKind.IN_KIND
                draft = PledgeDraft(
                    kind=kind,
                    donor_id=donor,
                    campaign_id=campaign,
                    pledged_on=on,
                    unit="hours",
                    quantity=cents,
                )
                self.pledges.append(service.record(draft))
            elif what == "gift":
                gift = PaymentDraft(
                    payer_id=donor,
                    received_on=on,
                    amount_cents=cents,
                    campaign_id=campaign,
                    method=METHODS[which % 5],
                )
                self.payments.append(payments.record(gift))
            elif what in {"conditional", "match"}:
                given = (
                    {"condition": "If the city agrees"} if what == "conditional" else {"match_percent": 50}
                )
                draft = PledgeDraft(
                    donor_id=donor,
                    campaign_id=campaign,
                    pledged_on=on,
                    amount_cents=cents,
                    schedule=schedule,
                    **given,  # type: ignore[arg-type]
                )
                self.pledges.append(service.record(draft))
            elif what == "void" and self.payments:
                payments.void(self.payments[which % len(self.payments)], on, "Came back")
            elif what == "give back" and self.payments:
                self._give_back(self.payments[which % len(self.payments)], on, cents, METHODS[cents % 5])
            elif what == "keep after all" and self.refunds:
                self.session.refunds.void(self.refunds[which % len(self.refunds)], on, "Never cashed")
            elif pledge is None:
                return
            elif what == "pay":
                parts = payments.propose(cents, on, [pledge, *self.pledges[:2]])
                paid = PaymentDraft(
                    payer_id=donor,
                    received_on=on,
                    amount_cents=cents,
                    method=METHODS[which % 5],
                    allocations=parts,
                )
                self.payments.append(payments.record(paid))
            elif what == "too much":
                parts = payments.propose(cents, on, [pledge])
                paid = PaymentDraft(
                    payer_id=donor,
                    received_on=on,
                    amount_cents=cents + which,
                    method=METHODS[cents % 5],
                    allocations=parts,
                )
                self.payments.append(payments.record(paid, give_back=which))
            elif what in {"met", "not met"}:
                service.meet_condition(pledge, on if what == "met" else None)
            elif what == "write off":
                service.write_off(WriteOffDraft(pledge_id=pledge, on=on, amount_cents=cents, reason="Moved"))
            elif what == "change":
                change = TermsChangeDraft(pledge_id=pledge, on=on, amount_cents=cents, schedule=schedule)
                service.change_terms(change)
            elif what == "cancel":
                service.cancel(pledge, on, "A mistake")
            elif what == "deliver":
                delivered = DeliveryDraft(pledge_id=pledge, on=on, quantity=cents)
                self.deliveries.append(service.deliver(delivered))
        except (ConflictError, NotFoundError, ValidationError):  # refused, or undone meanwhile
            pass

    def keep_books(self, what: str, on: date, cents: int, which: int) -> None:
        """One step with papers and books."""
        receipts, deposits = self.session.receipts, self.session.deposits
        some = [self.payments[at % len(self.payments)] for at in (which, which + 1)] if self.payments else []
        try:
            if what == "batch":
                self._enter_batch(on, cents, which)
            elif what == "receipt" and some:
                self.receipts += receipts.issue(list(dict.fromkeys(some)), on)
            elif what == "receipt in kind" and self.deliveries:
                delivery = self.deliveries[which % len(self.deliveries)]
                self.receipts += receipts.issue_in_kind([delivery], on)
            elif what == "void receipt" and self.receipts:
                receipts.void(self.receipts[which % len(self.receipts)], on, "Misprinted")
            elif what == "deposit" and some:
                draft = DepositDraft(on=on, payment_ids=tuple(dict.fromkeys(some)))
                self.deposits.append(deposits.make(draft))
            elif what == "void deposit" and self.deposits:
                deposits.void(self.deposits[which % len(self.deposits)], on, "Not brought")
            elif what == "close":
                self.closings.append(self.session.years.close(date(on.year, 1, 1)))
            elif what == "reopen" and self.closings:
                self.session.years.reopen(self.closings[which % len(self.closings)], "A check was found")
        except (ConflictError, NotFoundError, ValidationError):  # refused, or undone meanwhile
            pass

    def _enter_batch(self, on: date, cents: int, which: int) -> None:
        """A check on the first pledge that there is, the next above it, and a gift; the tape may be off."""
        lines: list[BatchLine] = []
        for n, donor in enumerate(self.donors):
            before = [line.payment for line in lines]
            chosen = self.pledges[which % len(self.pledges) :][:1] if self.pledges and n < 2 else []
            parts = self.session.batches.spread(cents, on, chosen, before)
            payment = PaymentDraft(
                payer_id=donor,
                received_on=on,
                amount_cents=cents,
                campaign_id=None if chosen else self.campaigns[which % 2],
                allocations=parts,
            )
            lines.append(BatchLine(payment=payment))
        off = which % 5 == 0
        batch = BatchDraft(lines=tuple(lines), count=3, control_cents=3 * cents + off)
        self.payments += self.session.batches.record(batch)

    def _give_back(self, payment_id: str, on: date, cents: int, method: PaymentMethod | None) -> None:
        service = self.session.refunds
        parts = service.propose(payment_id, cents)
        draft = RefundDraft(
            payment_id=payment_id, on=on, amount_cents=cents, method=method, reason="Asked", parts=parts
        )
        self.refunds.append(service.refund(draft))
