"""The rules that campaigns, pledges and payments of an open record keep, together with what is in the file.

What the file was allowed to record it may also be loaded with: `fundraising.allowed` is not asked here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from commission_app.domain.allocating import by_rule, new_misfits
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.conditions import check_condition_met, check_matched
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund, RefundPart
from commission_app.domain.open_record.money_nouns import (
    CAMPAIGNS,
    DELIVERIES,
    PAYMENTS,
    PLEDGES,
    WRITE_OFFS,
)
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.reading import Entry
from commission_app.domain.open_record.treasury_nouns import REFUNDS
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_checks import (
    check_campaign,
    check_cancellation,
    check_change,
    check_delivery,
    check_payment,
    check_pledge,
    check_voiding,
    check_write_off,
)
from commission_app.domain.pledge_ledger import Misfit
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import Delivery, Pledge, PledgeKind, TermsChange, WriteOff
from commission_app.domain.refund_checks import check_refund, check_refund_voiding
from commission_app.errors import Problem
from commission_app.services.money_words import currency_of
from commission_app.services.record_plan import Added, Plan
from commission_app.storage.pledge_reading import read_payments, read_pledges, read_refunds

#: Paths of the drafts that the open record names otherwise.
_NAMES: Final = {
    "from_on": "from",
    "to_on": "to",
    "receiver_id": "receiver",
    "donor_id": "donor",
    "campaign_id": "campaign",
    "payer_id": "payer",
    "pledge_id": "pledge",
    "payment_id": "payment",
    "matches_id": "matches",
    "adviser_id": "adviser",
}


def check(plan: Plan) -> None:
    """Note every rule that the new entries break, each at its field; give payments that name their pledge
    alone their allocations.
    """
    nouns = (CAMPAIGNS, PLEDGES, PAYMENTS, WRITE_OFFS, DELIVERIES, REFUNDS)
    if any(plan.record.of(noun.name) for noun in nouns):
        _Check(plan).run()


@dataclass
class _Check:
    """The pledges that a record touches: as the file has them, and with what the record adds."""

    plan: Plan
    before: dict[str, PledgeRows] = field(default_factory=dict)
    after: dict[str, PledgeRows] = field(default_factory=dict)
    #: Where each new row stands: its entry and the path before its fields.
    places: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    by_rule: set[str] = field(default_factory=set)
    #: The new payments by their ids.
    payments: dict[str, Payment] = field(default_factory=dict)

    @cached_property
    def currency(self) -> str:
        """The file's, for sentences."""
        return currency_of(self.plan.file.connection)

    def run(self) -> None:
        """Each entry alone, then all of them together."""
        for item in self._sound(CAMPAIGNS):
            self._note(item.entry, check_campaign(CampaignDraft(**self._columns(item))))
        for item in self._sound(PLEDGES):
            self._enter_pledge(item)
        self._read_touched()
        for item in self._sound(WRITE_OFFS):
            self._enter_write_off(item)
        for item in self._sound(DELIVERIES):
            self._enter_delivery(item)
        self._enter_added()
        waiting = [item for item in self._sound(PAYMENTS) if self._enter_payment(item)]
        for item in sorted(waiting, key=lambda one: (one.values["received_on"], one.values["key"])):
            self._enter_by_rule(item)
        self._enter_refunds()
        self._check_matches()
        self._note_misfits()

    # ---- Each entry alone ----

    def _enter_pledge(self, item: Added) -> None:
        values = item.values
        columns = self._columns(item)
        pledge = Pledge(id=item.id, **{name: columns[name] for name in _PLEDGE})
        found = check_pledge(pledge, currency=self.currency)
        if pledge.condition_met_on is not None and not found:
            alone = check_condition_met(pledge, pledge.condition_met_on)
            found += [Problem("condition_met_on", problem.message) for problem in alone]
        changes: list[TermsChange] = []
        for position, change in enumerate(values["changes"]):
            own = TermsChange(id=f"{item.id}/{position}", pledge_id=item.id, position=position, **change)
            found += _below(f"changes[{position}]", check_change(own, pledge))
            if changes and own.on < changes[-1].on:
                message = f"Is before the change of {long_day(changes[-1].on)}; they stand in order of day."
                found.append(Problem(f"changes[{position}].on", message))
            self.places[own.id] = item.entry, f"changes[{position}]."
            changes.append(own)
        cancelled = values["cancelled"]
        if cancelled:
            alone = check_cancellation(PledgeRows(pledge=pledge), *cancelled.values(), required=False)
            found += _below("cancelled", alone)
            pledge = replace(pledge, cancelled_on=cancelled["on"], cancel_reason=cancelled["reason"])
        self._note(item.entry, found)
        if item.entry.sound:
            self.places[item.id] = item.entry, ""
            self.before[item.id] = PledgeRows(
                pledge=replace(pledge, cancelled_on=None, cancel_reason=None), currency=self.currency
            )
            self.after[item.id] = PledgeRows(pledge=pledge, changes=tuple(changes), currency=self.currency)

    def _enter_write_off(self, item: Added) -> None:
        rows = self._rows_of(item.values["pledge"])
        if rows is None:
            return
        row = WriteOff(id=item.id, **self._columns(item))
        self._note(item.entry, check_write_off(row, rows.pledge))
        if item.entry.sound:
            self.places[item.id] = item.entry, ""
            self.after[rows.pledge.id] = replace(rows, write_offs=(*rows.write_offs, row))

    def _enter_delivery(self, item: Added) -> None:
        rows = self._rows_of(item.values["pledge"])
        if rows is None:
            return
        row = Delivery(id=item.id, **self._columns(item))
        self._note(item.entry, check_delivery(row, rows.pledge))
        if item.entry.sound:
            self.places[item.id] = item.entry, ""
            self.after[rows.pledge.id] = replace(rows, deliveries=(*rows.deliveries, row))

    def _enter_payment(self, item: Added) -> bool:
        """Take a payment with its allocations; True for one that names its pledge alone."""
        entry, named = item.entry, item.entry.values.get("pledge")
        if named is not None and item.values["allocations"]:
            self.plan.refuse(entry, "pledge", "Give the pledge or the allocations, not both.")
            return False
        if named is not None:
            rows = self._rows_of(named)
            if rows is not None and rows.pledge.kind is not PledgeKind.MONEY:
                self.plan.refuse(entry, "pledge", "This pledge is in kind.")
            return rows is not None and entry.sound
        self._take(item, self._allocations(item.values["allocations"]))
        return False

    def _enter_by_rule(self, item: Added) -> None:
        values, named = item.values, item.entry.values["pledge"]
        rows = self._rows_of(named)
        if rows is None:
            return
        draft = PaymentDraft(**{**self._columns(item), "allocations": ()})
        found = by_rule(rows, draft, self.before[rows.pledge.id])
        values["allocations"] = [
            {"pledge": named, "due_on": part.due_on, "amount_cents": part.amount_cents} for part in found
        ]
        self.by_rule.add(item.id)
        self._take(item, found)

    def _take(self, item: Added, allocations: tuple[Allocation, ...]) -> None:
        """Check a payment alone and lay it on its pledges."""
        columns = {**self._columns(item), "allocations": allocations}
        payment = Payment(id=item.id, **columns)
        found = check_payment(payment, currency=self.currency)
        voided = item.values["voided"]
        if voided and not found:
            found = _below("voided", check_voiding(payment, *voided.values()))
            payment = replace(payment, voided_on=voided["on"], void_reason=voided["reason"])
        self._note(item.entry, found)
        if item.entry.sound:
            self.places[item.id] = item.entry, ""
            self.payments[item.id] = payment
            self._put(payment)

    def _put(self, payment: Payment) -> None:
        for pledge_id in dict.fromkeys(part.pledge_id for part in payment.allocations):
            rows = self.after.get(pledge_id)
            if rows is not None:
                others = tuple(other for other in rows.payments if other.id != payment.id)
                self.after[pledge_id] = replace(rows, payments=(*others, payment))

    def _enter_refunds(self) -> None:
        """Take the refunds in order of day, each with those of its payment before it."""
        new = [(self._refund(item), item) for item in self._sound(REFUNDS)]
        listed = {row.payment_id for row, _ in new}
        connection = self.plan.file.connection
        payments = {row.id: row for row in read_payments(connection, listed - self.payments.keys())}
        payments |= self.payments
        before: dict[str, list[Refund]] = {}
        for row in read_refunds(connection, of_payments=listed):
            before.setdefault(row.payment_id, []).append(row)
        for row, item in sorted(new, key=lambda one: (one[0].on, one[0].key)):
            payment = payments.get(row.payment_id)
            if payment is None:  # its entry is refused
                continue
            if payment.voided_on is not None and row.voided_on is not None:
                payment = replace(payment, voided_on=None, void_reason=None)
            known = before.setdefault(row.payment_id, [])
            live = replace(row, voided_on=None, void_reason=None)
            others = [one for one in known if one.is_live(row.on)]
            found = check_refund(live, payment, others, today=self.plan.today, currency=self.currency)
            if row.voided_on is not None and not found:
                found = _below("voided", check_refund_voiding(live, row.voided_on, row.void_reason))
            self._note(item.entry, found)
            if item.entry.sound:
                self.places[item.id] = item.entry, ""
                known.append(row)
                self._put_refund(row)

    def _refund(self, item: Added) -> Refund:
        columns = self.plan.columns_of(item)
        parts = tuple(
            RefundPart(
                pledge_id=self.plan.id_of(PLEDGES.name, part["pledge"]), amount_cents=part["amount_cents"]
            )
            for part in item.values["parts"]
        )
        return Refund(id=item.id, **{**columns, "parts": parts})

    def _put_refund(self, refund: Refund) -> None:
        for part in refund.parts:
            rows = self.after.get(part.pledge_id)
            if rows is not None:
                others = tuple(other for other in rows.refunds if other.id != refund.id)
                self.after[part.pledge_id] = replace(rows, refunds=(*others, refund))

    def _check_matches(self) -> None:
        """What new matching pledges match; none leads back to itself."""
        of = {pledge_id: rows.pledge for pledge_id, rows in self.after.items()}
        wanted = {
            row.matches_id for row in of.values() if row.matches_id is not None and row.matches_id not in of
        }
        of |= {key: rows.pledge for key, rows in read_pledges(self.plan.file.connection, wanted).items()}
        others = {row.id: row.matches_id for row in of.values() if row.matches_id is not None}
        for item in self._sound(PLEDGES):
            pledge = of.get(item.id)
            if pledge is not None and pledge.matches_id is not None:
                matched = of.get(pledge.matches_id)
                self._note(item.entry, check_matched(pledge.matches_id, matched, pledge.id, others))

    # ---- What the file has ----

    def _read_touched(self) -> None:
        """The pledges of the file that the record names."""
        keys = {
            key
            for noun in (WRITE_OFFS, DELIVERIES, PAYMENTS, REFUNDS)
            for item in self._sound(noun)
            for key in _named(item)
        }
        ids = {self.plan.id_of(PLEDGES.name, key) for key in keys}
        connection = self.plan.file.connection
        changed = [change.id for change in self.plan.changed if change.noun is PAYMENTS]
        for payment in read_payments(connection, changed):
            ids |= {part.pledge_id for part in payment.allocations}
        given_back = [change.id for change in self.plan.changed if change.noun is REFUNDS]
        for refund in read_refunds(connection, given_back):
            ids |= {part.pledge_id for part in refund.parts}
        ids |= {change.id for change in self.plan.changed if change.noun is PLEDGES}
        found = read_pledges(connection, ids - set(self.after))
        self.before |= found
        self.after |= found

    def _enter_added(self) -> None:
        """Voids of payments and refunds, and cancellations of pledges, that are in the file."""
        entries = {
            (noun, self.plan.id_of(noun.name, entry.key)): entry
            for noun in (PLEDGES, PAYMENTS, REFUNDS)
            for entry in self.plan.record.of(noun.name)
            if entry.key
        }
        connection = self.plan.file.connection
        for change in self.plan.changed:
            entry = entries.get((change.noun, change.id))
            if entry is None or not entry.sound:
                continue
            self.places[change.id] = entry, ""
            if change.noun is PAYMENTS:
                [payment] = read_payments(connection, (change.id,))
                voided = entry.values["voided"]
                voided_too = {one.id for one in self.plan.changed if one.noun is REFUNDS}
                back = read_refunds(connection, of_payments=(change.id,))
                back = [row for row in back if row.id not in voided_too]
                found = check_voiding(payment, *voided.values(), refunds=back, currency=self.currency)
                self._note(entry, _below("voided", found))
                self._put(replace(payment, **change.columns))
            elif change.noun is REFUNDS:
                [refund] = read_refunds(connection, (change.id,))
                found = check_refund_voiding(refund, *entry.values["voided"].values())
                self._note(entry, _below("voided", found))
                self._put_refund(replace(refund, **change.columns))
            elif change.noun is PLEDGES:
                rows = self.after[change.id]
                cancelled = entry.values["cancelled"]
                alone = PledgeRows(pledge=rows.pledge)
                found = check_cancellation(alone, *cancelled.values(), required=False)
                self._note(entry, _below("cancelled", found))
                self.after[change.id] = replace(rows, pledge=replace(rows.pledge, **change.columns))

    # ---- All together ----

    def _note_misfits(self) -> None:
        for pledge_id, rows in self.after.items():
            for misfit in new_misfits(self.before[pledge_id], rows):
                place = self.places.get(misfit.id)
                if place is None:
                    self._note_of_file(pledge_id, misfit)
                    continue
                entry, before = place
                path = "pledge" if misfit.id in self.by_rule else before + misfit.path
                self._note(entry, [Problem(path, misfit.message)])

    def _note_of_file(self, pledge_id: str, misfit: Misfit) -> None:
        """A row of the file that would not fit any more: told at the first entry that touches its pledge."""
        rows = self.after[pledge_id]
        touching = [row.id for row in rows.payments] + [row.id for row in rows.write_offs]
        touching += [*(row.id for row in rows.deliveries), *(row.id for row in rows.refunds), pledge_id]
        row_id = next(row_id for row_id in touching if row_id in self.places)
        entry = self.places[row_id][0]
        path = entry.noun.addable if any(change.id == row_id for change in self.plan.changed) else ""
        message = f"What was recorded already would not fit any more: {misfit.message}"
        self._note(entry, [Problem(path, message)])

    # ---- Rows ----

    def _sound(self, noun: Noun) -> Iterator[Added]:
        return (item for item in self.plan.new(noun) if item.entry.sound)

    def _rows_of(self, key: str) -> PledgeRows | None:
        """A pledge with its rows so far; None where its entry is refused."""
        return self.after.get(self.plan.id_of(PLEDGES.name, key))

    def _columns(self, item: Added) -> dict[str, Any]:
        columns = self.plan.columns_of(item)
        return {name: value for name, value in columns.items() if name not in _OF_LATER}

    def _allocations(self, listed: Iterable[Mapping[str, Any]]) -> tuple[Allocation, ...]:
        ids = self.plan.ids[PLEDGES.name]
        return tuple(
            Allocation(
                pledge_id=ids[part["pledge"]], due_on=part["due_on"], amount_cents=part["amount_cents"]
            )
            for part in listed
        )

    def _note(self, entry: Entry, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.plan.refuse(entry, _NAMES.get(problem.path, problem.path), problem.message)


_PLEDGE: Final = (
    *("key", "kind", "donor_id", "campaign_id", "pledged_on", "amount_cents", "schedule"),
    *("description", "unit", "quantity", "estimate_cents", "asked_by_id", "condition"),
    *("condition_met_on", "match_percent", "matches_id", "match_until"),
)
_OF_LATER: Final = ("cancelled_on", "cancel_reason", "voided_on", "void_reason")


def _below(path: str, problems: Iterable[Problem]) -> list[Problem]:
    return [
        Problem(f"{path}.{problem.path}" if problem.path else path, problem.message) for problem in problems
    ]


def _named(item: Added) -> list[str]:
    """The keys of the pledges that an entry names."""
    one = item.entry.values.get("pledge")
    parts = (*item.values.get("allocations", ()), *item.values.get("parts", ()))
    return [*([one] if one else ()), *(part["pledge"] for part in parts)]
