"""Pledges: promised, changed, written off, cancelled, delivered, and how each stands."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.aging import Aging
from commission_app.domain.allocating import by_rule, proposed_write_off
from commission_app.domain.campaigns import Campaign
from commission_app.domain.cleaning import cleaned
from commission_app.domain.conditions import (
    check_condition_met,
    check_matched,
    check_terms_met,
    earned_cents,
)
from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.dates import month_end
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledge_accounts import PledgeAccount, account_of, accounts_of
from commission_app.domain.pledge_checks import (
    check_cancellation,
    check_change,
    check_correction,
    check_delivery,
    check_pledge,
    check_write_off,
    corrected,
)
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import (
    DeliveryDraft,
    Pledge,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.text import clean
from commission_app.domain.validation import checked_contact, require
from commission_app.errors import NotFoundError, Problem, ValidationError
from commission_app.services import pledge_lists
from commission_app.services.campaigns import may_raise
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order, Page, Place
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.open_years import require_open
from commission_app.services.payments import record_payment
from commission_app.services.pledge_credit import Asked, read_asked, received_to_match
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine, PledgeSort, PledgeTotals
from commission_app.services.pledge_standing import (
    DonorStory,
    Due,
    read_aging,
    read_due,
    read_story,
)
from commission_app.storage.pledge_reading import matched_by_id, read_pledges
from commission_app.storage.rows import row
from commission_app.storage.rows import rows as read_rows
from commission_app.storage.tables import campaigns, contacts, deliveries, pledge_changes, pledges, write_offs
from commission_app.storage.writer import Writer, new_id

_BY_DUE_DAY = Order(PledgeSort.NEXT_DUE)
_ALL = PledgeFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBefore:
    """What the donor had paid on a pledge before it was entered here."""

    received_on: date
    amount_cents: int
    method: PaymentMethod | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeView:
    """A pledge as of a day: its account, every row that touches it, its donor and campaign."""

    account: PledgeAccount
    rows: PledgeRows
    donor: Contact
    campaign: Campaign


@dataclass(frozen=True, slots=True)
class PledgeService:
    """What donors have promised. Balances and states are computed, as of a day where one is given."""

    context: Context

    # ---- Reading ----

    def account(self, pledge_id: str, as_of: date | None = None) -> PledgeView:
        """One pledge as of a day (default: today); raises NotFoundError, also for a pledge made later."""
        with self.context.database.reading() as connection:
            rows = _rows(connection, pledge_id)
            found = account_of(rows, as_of or self.context.present(connection).today)
            if found is None:
                raise NotFoundError("This pledge was made on a later day.")
            return PledgeView(
                account=found,
                rows=rows,
                donor=row(connection, Contact, contacts, rows.pledge.donor_id),
                campaign=row(connection, Campaign, campaigns, rows.pledge.campaign_id),
            )

    def page(
        self,
        chosen: PledgeFilter = _ALL,
        order: Order = _BY_DUE_DAY,
        *,
        limit: int = 200,
        after: Place | None = None,
    ) -> Page[PledgeLine]:
        """A block of the pledges of a filter as of today, in order, behind where another one ended."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            return pledge_lists.page_of_pledges(connection, today, chosen, order, limit=limit, after=after)

    def ids(self, chosen: PledgeFilter = _ALL, order: Order = _BY_DUE_DAY) -> list[str]:
        """The ids of all pledges of a filter, in order."""
        with self.context.database.reading() as connection:
            return pledge_lists.pledge_ids(connection, self.context.present(connection).today, chosen, order)

    def lines(self, ids: Collection[str]) -> list[PledgeLine]:
        """The lines of some pledges as of today, in the order asked for."""
        with self.context.database.reading() as connection:
            return pledge_lists.pledge_lines(connection, self.context.present(connection).today, ids)

    def totals(self, chosen: PledgeFilter = _ALL) -> PledgeTotals:
        """The totals row of a filter as of today, and how many pledges there are in each state."""
        with self.context.database.reading() as connection:
            return pledge_lists.pledge_totals(connection, self.context.present(connection).today, chosen)

    def count(self, chosen: PledgeFilter = _ALL) -> int:
        """How many pledges a filter has as of today."""
        with self.context.database.reading() as connection:
            return pledge_lists.pledge_count(connection, self.context.present(connection).today, chosen)

    def aging(self, as_of: date | None = None, *, by_donor: bool = True) -> Aging:
        """Open balances by age as of a day (default: today), in all and of each donor by name."""
        with self.context.database.reading() as connection:
            day = as_of or self.context.present(connection).today
            return read_aging(connection, day, by_donor=by_donor)

    def due_this_month(self, *, limit: int = 50) -> Due:
        """What is still due from today to the end of the month; what was due before is overdue."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            return read_due(connection, today, today, month_end(today), limit)

    def story(self, donor_id: str, as_of: date | None = None) -> DonorStory:
        """One donor's pledges and payments as of a day (default: today); raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_story(connection, donor_id, as_of or self.context.present(connection).today)

    def accounts(self, as_of: date | None = None) -> list[PledgeAccount]:
        """The accounts of all pledges made by a day (default: today): for reports, not for screens."""
        with self.context.database.reading() as connection:
            day = as_of or self.context.present(connection).today
            return accounts_of(read_pledges(connection).values(), day)

    # ---- Promises ----

    def check(self, draft: PledgeDraft) -> None:
        """Raise ValidationError with everything that is wrong with a pledge as it is being entered."""
        with self.context.database.reading() as connection:
            _require(self.context, connection, draft)

    def record(
        self,
        draft: PledgeDraft,
        *,
        newcomer: ContactDraft | None = None,
        paid_before: Sequence[PaidBefore] = (),
    ) -> str:
        """Record a pledge and return its id; raises ValidationError.

        A `newcomer` is added to the contacts in the same step, in place of the draft's donor. What was
        `paid_before` becomes payments of the donor, each laid on the oldest open instalments.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("recorded a pledge") as writer:
            connection = writer.connection
            if newcomer is not None:
                draft = replace(draft, donor_id=insert_contact(writer, newcomer))
            pledge_id = record_pledge(self.context, writer, draft)
            problems: list[Problem] = []
            for number, earlier in sorted(enumerate(paid_before), key=lambda pair: pair[1].received_on):
                try:
                    _pay_before(self.context, writer, pledge_id, earlier)
                except ValidationError as error:
                    path = f"paid_before[{number}]"
                    problems += [Problem(f"{path}.{one.path}", one.message) for one in error.problems]
            require(problems)
            donor = row(connection, Contact, contacts, draft.donor_id).name
            what = "in kind"
            if draft.amount_cents is not None:
                what = f"of {money_in_words(connection, draft.amount_cents)}"
            writer.what = f"recorded a pledge {what} by {donor}"
            return pledge_id

    def change(self, pledge_id: str, draft: PledgeDraft, *, newcomer: ContactDraft | None = None) -> None:
        """Correct what was typed wrong in a pledge, as long as all that is recorded on it still fits; raises
        ValidationError. A `newcomer` is added to the contacts in the same step, as the donor.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("changed a pledge") as writer:
            connection = writer.connection
            if newcomer is not None:
                draft = replace(draft, donor_id=insert_contact(writer, newcomer))
            draft = cleaned(draft)[0]
            rows = _rows(connection, pledge_id)
            problems = check_correction(draft, rows, is_allowed=may_raise(self.context, connection))
            require(problems + _matched_problems(connection, draft, pledge_id))
            after = corrected(rows.pledge, draft)
            if any(getattr(after, name) != getattr(rows.pledge, name) for name in _OF_ITS_YEAR):
                require_open(connection, {"": rows.pledge.pledged_on})
                require_open(connection, {"pledged_on": draft.pledged_on})
            if after.condition_met_on != rows.pledge.condition_met_on:
                require_open(connection, {"condition": rows.pledge.condition_met_on})
            values = asdict(draft) | {"schedule": draft.schedule}
            values["condition_met_on"] = after.condition_met_on
            del values["key"]
            writer.update(pledges, pledge_id, **values)
            writer.what = f"changed {_whose(connection, _rows(connection, pledge_id))}"

    def change_terms(self, draft: TermsChangeDraft) -> str:
        """Change amount and schedule of a pledge from a day on: what is paid stays, the rest is planned
        anew, the old terms stay in the history. Raises ValidationError.
        """
        with self.context.database.writing("changed the terms of a pledge") as writer:
            draft = cleaned(draft)[0]
            rows = _rows(writer.connection, draft.pledge_id)
            writer.what = f"changed the terms of {_whose(writer.connection, rows)}"
            return _change_terms(writer, draft, rows)

    def meet_condition(
        self, pledge_id: str, on: date | None, new_terms: TermsChangeDraft | None = None
    ) -> None:
        """Say on which day the condition of a pledge was met, or None that it was not after all. What is
        open falls due then; `new_terms` hold from then on, as for a match that earned less than its most.
        Raises ValidationError.
        """
        with self.context.database.writing("met the condition of a pledge") as writer:
            connection = writer.connection
            rows = _rows(connection, pledge_id)
            require(check_condition_met(rows.pledge, on))
            require_open(connection, {"on": rows.pledge.condition_met_on})
            require_open(connection, {"on": on})
            what = "met the condition of" if on else "took back that the condition was met of"
            writer.what = f"{what} {_whose(connection, rows)}"
            writer.update(pledges, pledge_id, condition_met_on=on)
            if new_terms is not None:
                require(check_terms_met(on, new_terms.on))
                _change_terms(writer, replace(cleaned(new_terms)[0], pledge_id=pledge_id), rows)

    def earned_cents(self, pledge_id: str, as_of: date | None = None) -> int:
        """What a matching pledge has earned as of a day (default: today): its percentage of what came in
        from others on the pledge that it matches, or else for its campaign, from its own day to its last,
        without voided payments, less refunds, up to its amount. 0 for a pledge that matches nothing.
        """
        with self.context.database.reading() as connection:
            rows = _rows(connection, pledge_id)
            day = as_of or self.context.present(connection).today
            account, percent = account_of(rows, day), rows.pledge.match_percent
            if account is None or percent is None:
                return 0
            came_in = received_to_match(connection, rows.pledge, day)
            return earned_cents(account.pledged_cents, percent, came_in)

    def asked(self, as_of: date | None = None) -> list[Asked]:
        """Soft credit as of a day (default: today): by name, who asked for what is pledged and received."""
        with self.context.database.reading() as connection:
            return read_asked(connection, as_of or self.context.present(connection).today)

    def write_off(self, draft: WriteOffDraft) -> str:
        """Give up a part of what is open, of chosen instalments or the oldest first; raises
        ValidationError.
        """
        with self.context.database.writing("wrote off a part of a pledge") as writer:
            write_off_id = new_id()
            draft = replace(cleaned(draft)[0], key=draft.key or write_off_id)
            rows = _rows(writer.connection, draft.pledge_id)
            if draft.instalments is None and rows.pledge.kind is PledgeKind.MONEY:
                chosen = proposed_write_off(rows, draft.on, draft.amount_cents)
                if chosen is not None and sum(part.amount_cents for part in chosen) == draft.amount_cents:
                    draft = replace(draft, instalments=chosen)
            require(check_write_off(draft, rows.pledge, rows))
            require_open(writer.connection, {"on": draft.on})
            amount = money_in_words(writer.connection, draft.amount_cents)
            writer.what = f"wrote off {amount} of {_whose(writer.connection, rows)}"
            values = {name: getattr(draft, name) for name in WriteOffDraft.__dataclass_fields__}
            return writer.insert(write_offs, id=write_off_id, **values)

    def cancel(self, pledge_id: str, on: date, reason: str) -> None:
        """Cancel a pledge on which nothing is paid or delivered; raises ValidationError."""
        with self.context.database.writing("cancelled a pledge") as writer:
            rows = _rows(writer.connection, pledge_id)
            reason = clean(reason).text
            require(check_cancellation(rows, on, reason))
            require_open(writer.connection, {"on": on})
            writer.what = f"cancelled {_whose(writer.connection, rows)}"
            writer.update(pledges, pledge_id, cancelled_on=on, cancel_reason=reason)

    def deliver(self, draft: DeliveryDraft) -> str:
        """Record that something promised in kind was delivered; raises ValidationError."""
        with self.context.database.writing("recorded a delivery") as writer:
            draft = cleaned(draft)[0]
            rows = _rows(writer.connection, draft.pledge_id)
            require(check_delivery(draft, rows.pledge, rows))
            require_open(writer.connection, {"on": draft.on})
            writer.what = f"recorded a delivery on {_whose(writer.connection, rows)}"
            return writer.insert(deliveries, **asdict(draft))

    def remove(self, *pledge_ids: str) -> None:
        """Remove pledges that were entered in error, all or none; raises ConflictError where other rows refer
        to one of them.
        """
        with self.context.database.writing("removed pledges") as writer:
            connection = writer.connection
            writer.what = f"removed {len(pledge_ids)} pledges"
            if len(pledge_ids) == 1:
                writer.what = f"removed {_whose(connection, _rows(connection, pledge_ids[0]))}"
            for pledge_id in pledge_ids:
                require_open(connection, {"": _rows(connection, pledge_id).pledge.pledged_on})
                writer.remove(pledges, pledge_id)


_TERMS = ("pledge_id", "on", "amount_cents", "schedule", "reason")
#: What a pledge of a closed year keeps; the rest (who asked, its words, its condition) may still be mended.
_OF_ITS_YEAR = (
    *("donor_id", "campaign_id", "pledged_on", "amount_cents", "schedule", "unit", "quantity"),
    "estimate_cents",
)


def _change_terms(writer: Writer, draft: TermsChangeDraft, rows: PledgeRows) -> str:
    require(check_change(draft, rows.pledge, rows))
    require_open(writer.connection, {"on": draft.on})
    position = max((change.position for change in rows.changes), default=-1) + 1
    values = {name: getattr(draft, name) for name in _TERMS}
    return writer.insert(pledge_changes, **values, position=position)


def record_pledge(context: Context, writer: Writer, draft: PledgeDraft) -> str:
    """Check a pledge and write it within a use case; raises ValidationError."""
    draft = cleaned(draft)[0]
    _require(context, writer.connection, draft)
    values = {name: getattr(draft, name) for name in PledgeDraft.__dataclass_fields__}
    return writer.insert(pledges, **values)


def _require(context: Context, connection: Connection, draft: PledgeDraft) -> None:
    is_allowed, currency = may_raise(context, connection), currency_of(connection)
    problems = check_pledge(draft, is_allowed=is_allowed, currency=currency)
    require(problems + _matched_problems(connection, draft))
    require_open(connection, {"pledged_on": draft.pledged_on})


def _matched_problems(
    connection: Connection, draft: PledgeDraft, pledge_id: str | None = None
) -> list[Problem]:
    if draft.matches_id is None:
        return []
    found = read_rows(connection, Pledge, pledges, pledges.c.id == draft.matches_id)
    return check_matched(draft.matches_id, next(iter(found), None), pledge_id, matched_by_id(connection))


def pay_by_rule(context: Context, writer: Writer, pledge_id: str, draft: PaymentDraft) -> str:
    """Write a payment that names nothing but its pledge within a use case; raises ValidationError."""
    rows = _rows(writer.connection, pledge_id)
    if rows.pledge.kind is not PledgeKind.MONEY:
        raise ValidationError([Problem("pledge", "This pledge is in kind.")])
    return record_payment(context, writer, replace(draft, allocations=by_rule(rows, draft)))


def _pay_before(context: Context, writer: Writer, pledge_id: str, earlier: PaidBefore) -> None:
    donor_id = _rows(writer.connection, pledge_id).pledge.donor_id
    pay_by_rule(context, writer, pledge_id, PaymentDraft(payer_id=donor_id, **asdict(earlier)))


def _rows(connection: Connection, pledge_id: str) -> PledgeRows:
    found = read_pledges(connection, (pledge_id,))
    if not found:
        raise NotFoundError("This record is no longer in the file.")
    return found[pledge_id]


def _whose(connection: Connection, rows: PledgeRows) -> str:
    return f"the pledge by {row(connection, Contact, contacts, rows.pledge.donor_id).name}"
