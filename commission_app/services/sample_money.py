"""The money of the sample: two campaigns and thirty pledges in every state, around any day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.domain.pledges import DeliveryDraft, PledgeDraft, PledgeKind, WriteOffDraft
from commission_app.domain.schedules import Every, Instalment, Schedule, planned
from commission_app.services import sample_treasury
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.pledges import PaidBefore
from commission_app.services.session import Session

#: The day that the days below are written for.
_DRAWN_ON: Final = date(2026, 9, 17)
_EXCHANGE, _GARDEN = "Student Exchange 2027", "Friendship Garden"
_SOCIETY: Final = "Alder Glen Friendship Society"
#: Takes the money for the garden, to which the society gives: nobody gets a receipt from himself.
_ROTARY: Final = "Rotary Club of Alder Glen"
_ORGANIZATIONS: Final = (_ROTARY, "Alder Glen Garden Club")
_MOST_PAYMENTS: Final = 4
_CHECK = PaymentMethod.CHECK
_DRIVER: Final = "Patricia Kowalczyk"
_QUANTITIES: Final = {"nights": 40, "trees": 24}


@dataclass(frozen=True, slots=True)
class _Promise:
    """A pledge of money: whole dollars, first due day and what was paid; own dates lie days apart."""

    donor: str
    campaign: str
    every: Every
    count: int
    dollars: int
    first: tuple[int, int, int]
    paid: int = 0
    days_between: int = 0


_ONCE, _TWO_WEEKS, _MONTH, _QUARTER, _YEAR, _DATES = (
    Every.ONCE,
    Every.TWO_WEEKS,
    Every.MONTH,
    Every.QUARTER,
    Every.YEAR,
    Every.DATES,
)
_WRITTEN_OFF: Final = _Promise("Сергей Петрович Воробьёв", _EXCHANGE, _QUARTER, 9, 450, (2025, 3, 1), 200)
_PREPAID: Final = _Promise("Nguyễn Thị Minh Khai", _EXCHANGE, _MONTH, 10, 500, (2026, 3, 30), 250)
_CANCELLED: Final = _Promise("George Papadakis", _EXCHANGE, _ONCE, 1, 300, (2026, 8, 1))
_VOIDED: Final = _Promise("Kofi Mensah", _EXCHANGE, _ONCE, 1, 600, (2026, 12, 1))
_OVERPAID: Final = _Promise("Ingrid Sørensen", _GARDEN, _ONCE, 1, 500, (2026, 3, 15))
_BY_FUND: Final = _Promise("Walter Achterberg", _EXCHANGE, _ONCE, 1, 800, (2026, 4, 1))
_CONDITIONAL: Final = _Promise("Leilani Kahananui", _EXCHANGE, _MONTH, 9, 900, (2026, 6, 10), 400)
_PROMISES: Final = (
    # overdue
    _Promise(_ROTARY, _EXCHANGE, _QUARTER, 10, 2_000, (2025, 2, 26), 900),
    _Promise("Dr. Alexandria Montgomery-Featherstonehaugh", _GARDEN, _MONTH, 12, 1_200, (2026, 3, 2), 600),
    _Promise("Grace Okonkwo-Bauer", _EXCHANGE, _ONCE, 1, 350, (2026, 7, 6)),
    _Promise("Bartholomew Fitzgerald-Castellanos", _EXCHANGE, _ONCE, 1, 1_000, (2026, 8, 3), 400),
    _Promise("Oluwaseun Adébáyọ̀", _GARDEN, _ONCE, 1, 500, (2026, 8, 28)),
    _Promise("Yuki Hashimoto 橋本有紀", _EXCHANGE, _ONCE, 1, 350, (2026, 9, 8)),
    # open
    _Promise("Harold Lindqvist", _EXCHANGE, _TWO_WEEKS, 26, 1_300, (2026, 1, 16), 900),
    _PREPAID,
    _Promise("María de los Ángeles Ibáñez Peña", _GARDEN, _MONTH, 6, 300, (2026, 6, 9), 200),
    _Promise("Daniel Lee", _EXCHANGE, _MONTH, 12, 1_200, (2026, 4, 30), 500),
    _Promise("Tomasz Wójcik", _EXCHANGE, _MONTH, 10, 800, (2026, 4, 30), 400),
    _Promise("Marisol Cruz", _EXCHANGE, _MONTH, 10, 700, (2026, 4, 30), 350),
    _Promise("Amina Diallo", _EXCHANGE, _MONTH, 12, 720, (2026, 4, 30), 300),
    _Promise("Siobhán O’Connell", _EXCHANGE, _QUARTER, 4, 1_000, (2026, 4, 15), 500),
    _VOIDED,
    _Promise("Seo-yeon Kang 강서연", _EXCHANGE, _YEAR, 3, 1_200, (2024, 11, 1), 800),
    _Promise("Priyanka Deshpande प्रियांका देशपांडे", _EXCHANGE, _TWO_WEEKS, 20, 800, (2026, 3, 6), 600),
    _Promise("Hüseyin Çağlar", _EXCHANGE, _DATES, 2, 480, (2026, 5, 1), 240, 198),
    _CONDITIONAL,
    # fulfilled
    _Promise(_SOCIETY, _GARDEN, _DATES, 2, 5_000, (2025, 12, 15), 5_000, 182),
    _Promise("Lin Chia-hui 林家慧", _EXCHANGE, _ONCE, 1, 1_000, (2026, 5, 20), 1_000),
    _Promise("Priya Raman", _EXCHANGE, _MONTH, 12, 1_200, (2025, 9, 1), 1_200),
    _BY_FUND,
    _Promise("Alder Glen Garden Club", _GARDEN, _ONCE, 1, 2_400, (2026, 6, 15), 2_400),
    _Promise("Patricia Kowalczyk", _GARDEN, _QUARTER, 4, 1_500, (2025, 11, 1), 1_500),
    _OVERPAID,
    # given up
    _WRITTEN_OFF,
    _CANCELLED,
)


#: What else two pledges say: one waited for something, one matches what others give.
_TERMS: Final[Mapping[_Promise, Mapping[str, Any]]] = {
    _CONDITIONAL: {"condition": "If a host family is found for each student"},
    _VOIDED: {"match_percent": 10},
}
_FUND: Final = "Foothill Community Fund"


def add_money(session: Session, today: date) -> None:
    """Add the campaigns, pledges and payments to a file that has the sample's people, with the treasurer's
    papers and books.
    """
    _Money(session, today).add()


class _Money:
    """Makes the rows, one pledge after the other."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._checks = 1041
        for name in _ORGANIZATIONS:
            session.contacts.add(
                ContactDraft(
                    name=name, kind=ContactKind.ORGANIZATION, address="1 Main Street\nAlder Glen, CA 95000"
                )
            )
        self._donors = {contact.name: contact.id for contact in session.contacts.all()}
        self._campaigns = {
            _EXCHANGE: session.campaigns.add(
                CampaignDraft(
                    name=_EXCHANGE,
                    purpose="Fares and host families for fourteen students and two teachers",
                    goal_cents=2_400_000,
                    from_on=self._day(2025, 2, 1),
                    to_on=self._day(2027, 6, 30),
                )
            ),
            _GARDEN: session.campaigns.add(
                CampaignDraft(
                    name=_GARDEN,
                    purpose="A garden beside the library, planted with our sister city",
                    goal_cents=1_200_000,
                    from_on=self._day(2025, 10, 1),
                    receiver_id=self._donors[_ROTARY],
                )
            ),
        }

    def _day(self, year: int, month: int, day: int) -> date:
        return date(year, month, day) + (self._today - _DRAWN_ON)

    def add(self) -> None:
        ids = {promise: self._promise(promise) for promise in _PROMISES}
        self._prepay(ids[_PREPAID])
        self._bounce(ids[_VOIDED])
        self._overpay(ids[_OVERPAID])
        self._pay_by_fund(ids[_BY_FUND])
        self._session.pledges.meet_condition(ids[_CONDITIONAL], self._day(2026, 6, 4))
        self._session.pledges.write_off(
            WriteOffDraft(
                pledge_id=ids[_WRITTEN_OFF],
                on=self._day(2026, 7, 1),
                amount_cents=25_000,
                reason="Moved abroad; the Commission agreed not to ask again.",
                decided_by="Commission",
            )
        )
        self._session.pledges.cancel(
            ids[_CANCELLED], self._day(2026, 7, 20), "Entered twice by the donor’s bank."
        )
        self._in_kind("Rebecca Stein", _EXCHANGE, "Host family for visiting students", "nights", (12,))
        self._in_kind("Mateus Oliveira", _GARDEN, "Cherry saplings", "trees", (10, 14))
        self._receipt()
        sample_treasury.add(self._session, self._day)

    def _promise(self, promise: _Promise) -> str:
        cents, first = promise.dollars * 100, self._day(*promise.first)
        schedule = Schedule(every=promise.every, count=promise.count, first_on=first)
        if promise.every is _ONCE:
            schedule = Schedule(every=_ONCE, first_on=first)
        elif promise.every is _DATES:
            step = timedelta(days=promise.days_between)
            parts = (
                Instalment(due_on=first + step * n, amount_cents=cents // promise.count)
                for n in range(promise.count)
            )
            schedule = Schedule(every=_DATES, dates=tuple(parts))
        return self._session.pledges.record(
            PledgeDraft(
                donor_id=self._donors[promise.donor],
                campaign_id=self._campaigns[promise.campaign],
                pledged_on=min(first, self._today - timedelta(days=30)) - timedelta(days=30),
                amount_cents=cents,
                schedule=schedule,
                **_TERMS.get(promise, {}),
            ),
            paid_before=self._paid(promise.paid * 100, planned(schedule, cents)),
        )

    def _paid(self, cents: int, parts: Sequence[Instalment]) -> list[PaidBefore]:
        """What is paid, as at most four checks, each for the instalments that are due next."""
        due: list[Instalment] = []
        for part in parts:
            taken = min(cents, part.amount_cents)
            if taken:
                due.append(Instalment(due_on=part.due_on, amount_cents=taken))
                cents -= taken
        size = -(-len(due) // _MOST_PAYMENTS) or 1
        found = []
        for at in range(0, len(due), size):
            group = due[at : at + size]
            found.append(
                PaidBefore(
                    received_on=min(group[0].due_on, self._today),
                    amount_cents=sum(part.amount_cents for part in group),
                    method=_CHECK,
                    reference=self._next_check(),
                )
            )
        return found

    def _next_check(self) -> str:
        self._checks += 7
        return str(self._checks)

    def _prepay(self, pledge_id: str) -> None:
        """A check for the instalment that was due and for the last one."""
        view = self._session.pledges.account(pledge_id)
        parts = (
            next(part for part in view.account.instalments if part.open_cents),
            view.account.instalments[-1],
        )
        self._session.payments.record(
            PaymentDraft(
                payer_id=view.donor.id,
                received_on=self._day(2026, 8, 30),
                amount_cents=sum(part.open_cents for part in parts),
                method=_CHECK,
                reference=self._next_check(),
                allocations=tuple(
                    Allocation(pledge_id=pledge_id, due_on=part.due_on, amount_cents=part.open_cents)
                    for part in parts
                ),
            )
        )

    def _receipt(self) -> None:
        """The receipts of the first year, issued at its end; those of this one wait."""
        self._give_ein(_SOCIETY, "94-1234567")
        self._give_ein(_ROTARY, "94-7654321")
        last = self._day(2025, 12, 31)
        waiting = self._session.receipts.waiting_ids(PaymentFilter(to_on=last))
        self._session.receipts.issue(waiting, last)

    def _give_ein(self, name: str, ein: str) -> None:
        contact = self._session.contacts.all(containing=name)[0]
        values = {each.name: getattr(contact, each.name) for each in fields(ContactDraft)}
        self._session.contacts.change(contact.id, ContactDraft(**{**values, "ein": ein}))

    def _bounce(self, pledge_id: str) -> None:
        """A check that the bank sent back."""
        view, received_on = self._session.pledges.account(pledge_id), self._day(2026, 8, 17)
        service = self._session.payments
        payment_id = service.record(
            PaymentDraft(
                payer_id=view.donor.id,
                received_on=received_on,
                amount_cents=20_000,
                method=_CHECK,
                reference=self._next_check(),
                allocations=service.propose(20_000, received_on, [pledge_id]),
            )
        )
        service.void(payment_id, self._day(2026, 8, 24), "The bank returned the check.")

    def _overpay(self, pledge_id: str) -> None:
        """A check for more than was promised; what was too much goes back at once."""
        view, received_on = self._session.pledges.account(pledge_id), self._day(2026, 3, 15)
        service = self._session.payments
        draft = PaymentDraft(
            payer_id=view.donor.id,
            received_on=received_on,
            amount_cents=55_000,
            method=_CHECK,
            reference=self._next_check(),
            allocations=service.propose(50_000, received_on, [pledge_id]),
        )
        service.record(draft, give_back=5_000, reason="The check was for more than was promised.")

    def _pay_by_fund(self, pledge_id: str) -> None:
        """A pledge that a donor-advised fund pays on its donor's advice."""
        view, received_on = self._session.pledges.account(pledge_id), self._day(2026, 4, 1)
        fund = self._session.contacts.add(ContactDraft(name=_FUND, kind=ContactKind.ORGANIZATION))
        self._session.payments.record(
            PaymentDraft(
                payer_id=fund,
                received_on=received_on,
                amount_cents=80_000,
                method=PaymentMethod.DONOR_ADVISED_FUND,
                adviser_id=view.donor.id,
                allocations=self._session.payments.propose(80_000, received_on, [pledge_id]),
            )
        )

    def _in_kind(self, donor: str, campaign: str, what: str, unit: str, delivered: Sequence[int]) -> None:
        pledge_id = self._session.pledges.record(
            PledgeDraft(
                kind=PledgeKind.IN_KIND,
                donor_id=self._donors[donor],
                campaign_id=self._campaigns[campaign],
                pledged_on=self._day(2026, 3, 10),
                description=what,
                unit=unit,
                quantity=_QUANTITIES[unit],
            )
        )
        for number, count in enumerate(delivered):
            on = self._day(2026, 5, 4) + timedelta(days=21 * number)
            self._session.pledges.deliver(
                DeliveryDraft(pledge_id=pledge_id, on=on, quantity=count, contact_id=self._donors[_DRIVER])
            )
