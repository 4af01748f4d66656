"""Files with pledges: entered by the services as a person would, or loaded as a record."""

from datetime import date
from typing import Any

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.payments import Allocation, PaymentDraft, PaymentMethod
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.schedules import Every, Instalment, Schedule
from commission_app.services.session import Session

PEOPLE: list[dict[str, Any]] = [
    {"key": "ana", "kind": "person", "name": "Ana Ruiz"},
    {"key": "khai", "kind": "person", "name": "Nguyễn Thị Minh Khai"},
    {"key": "lin", "kind": "person", "name": "Lin Chia-hui 林家慧"},
    {"key": "asca", "kind": "organization", "name": "Alder Glen Sister Cities Association"},
]
CAMPAIGNS: list[dict[str, Any]] = [
    {"key": "youth", "name": "Youth exchange 2027", "goal_cents": 1_200_000, "receiver": "asca"},
    {"key": "garden", "name": "Jardín de la Amistad", "goal_cents": 500_000},
]
MONTHLY = {"every": "month", "count": 12, "first_on": "2026-02-28"}


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def pledge(key: str, cents: int, schedule: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pledge of money by Ana on 1 January 2026, as an entry."""
    given = {"donor": "ana", "campaign": "youth", "pledged_on": "2026-01-01", **more}
    return {"key": key, "kind": "money", "amount_cents": cents, "schedule": schedule, **given}


def payment(key: str, on: str, cents: int, **more: Any) -> dict[str, Any]:
    """A check from Ana, as an entry."""
    return {"key": key, "payer": "ana", "received_on": on, "amount_cents": cents, "method": "check", **more}


def part(pledge_key: str, due_on: str | None, cents: int) -> dict[str, Any]:
    """An allocation."""
    return {"pledge": pledge_key, "due_on": due_on, "amount_cents": cents}


def record(**lists: Any) -> dict[str, Any]:
    """A record with the people and campaigns."""
    return {"contacts": PEOPLE, "campaigns": CAMPAIGNS, **lists}


def instalments(parts: Any) -> tuple[Instalment, ...]:
    """Days with amounts."""
    return tuple(
        Instalment(due_on=day(one["due_on"]), amount_cents=one["amount_cents"]) for one in parts or ()
    )


def schedule(entry: dict[str, Any]) -> Schedule:
    """A schedule from an entry."""
    first_on = entry.get("first_on")
    return Schedule(
        every=Every(entry["every"]),
        count=entry.get("count"),
        first_on=day(first_on) if first_on else None,
        dates=instalments(entry.get("dates")),
    )


class Entering:
    """Enters a record by the services, in order of day; `ids` by list and key."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ids: dict[tuple[str, str], str] = {}

    def enter(self, document: dict[str, Any]) -> None:
        """Every entry with its own use case."""
        for contact in document["contacts"]:
            draft = ContactDraft(**{**contact, "kind": ContactKind(contact["kind"])})
            self.ids["contacts", contact["key"]] = self.session.contacts.add(draft)
        for campaign in document["campaigns"]:
            values = dict(campaign)
            receiver = values.pop("receiver", None)
            receiver_id = self.ids["contacts", receiver] if receiver else None
            draft_of = CampaignDraft(**values, receiver_id=receiver_id)
            self.ids["campaigns", campaign["key"]] = self.session.campaigns.add(draft_of)
        for entry in document.get("pledges", ()):
            self.pledge(entry)
        later: list[tuple[str, int, Any, Any]] = []
        for entry in document.get("payments", ()):
            later.append((entry["received_on"], 1, self.pay, entry))
            if entry.get("voided"):
                later.append((entry["voided"]["on"], 0, self.void, entry))
        later += [(entry["on"], 2, self.write_off, entry) for entry in document.get("write_offs", ())]
        later += [(entry["on"], 2, self.deliver, entry) for entry in document.get("deliveries", ())]
        for entry in document.get("pledges", ()):
            later += [
                (change["on"], 3, self.change, {"pledge": entry["key"], **change})
                for change in entry.get("changes", ())
            ]
            if entry.get("cancelled"):
                later.append((entry["cancelled"]["on"], 4, self.cancel, entry))
        for _, _, enter, entry in sorted(later, key=lambda step: step[:2]):
            enter(entry)

    def pledge(self, entry: dict[str, Any]) -> None:
        """Record a pledge."""
        terms = entry.get("schedule")
        draft = PledgeDraft(
            key=entry["key"],
            kind=PledgeKind(entry["kind"]),
            donor_id=self.ids["contacts", entry["donor"]],
            campaign_id=self.ids["campaigns", entry["campaign"]],
            pledged_on=day(entry["pledged_on"]),
            schedule=schedule(terms) if terms else None,
            **{
                name: entry.get(name)
                for name in ("amount_cents", "description", "unit", "quantity", "estimate_cents")
            },
        )
        self.ids["pledges", entry["key"]] = self.session.pledges.record(draft)

    def pay(self, entry: dict[str, Any]) -> None:
        """Record a payment, by hand or by rule."""
        received_on, campaign = day(entry["received_on"]), entry.get("campaign")
        if "pledge" in entry:
            chosen = [self.ids["pledges", entry["pledge"]]]
            allocations = self.session.payments.propose(
                entry["amount_cents"], received_on, chosen, has_campaign=campaign is not None
            )
        else:
            allocations = tuple(
                Allocation(
                    pledge_id=self.ids["pledges", one["pledge"]],
                    due_on=day(one["due_on"]) if one["due_on"] else None,
                    amount_cents=one["amount_cents"],
                )
                for one in entry.get("allocations", ())
            )
        draft = PaymentDraft(
            key=entry["key"],
            payer_id=self.ids["contacts", entry["payer"]],
            received_on=received_on,
            amount_cents=entry["amount_cents"],
            method=PaymentMethod(entry["method"]),
            reference=entry.get("reference"),
            campaign_id=self.ids["campaigns", campaign] if campaign else None,
            allocations=allocations,
        )
        self.ids["payments", entry["key"]] = self.session.payments.record(draft)

    def void(self, entry: dict[str, Any]) -> None:
        """Void a payment."""
        voided = entry["voided"]
        self.session.payments.void(self.ids["payments", entry["key"]], day(voided["on"]), voided["reason"])

    def write_off(self, entry: dict[str, Any]) -> None:
        """Write off."""
        chosen = entry.get("instalments")
        self.session.pledges.write_off(
            WriteOffDraft(
                key=entry.get("key"),
                pledge_id=self.ids["pledges", entry["pledge"]],
                on=day(entry["on"]),
                amount_cents=entry["amount_cents"],
                reason=entry["reason"],
                decided_by=entry.get("decided_by"),
                instalments=instalments(chosen) if chosen else None,
            )
        )

    def deliver(self, entry: dict[str, Any]) -> None:
        """Record a delivery."""
        pledge_id = self.ids["pledges", entry["pledge"]]
        draft = DeliveryDraft(
            key=entry.get("key"), pledge_id=pledge_id, on=day(entry["on"]), quantity=entry["quantity"]
        )
        self.session.pledges.deliver(draft)

    def change(self, entry: dict[str, Any]) -> None:
        """Change terms."""
        self.session.pledges.change_terms(
            TermsChangeDraft(
                pledge_id=self.ids["pledges", entry["pledge"]],
                on=day(entry["on"]),
                amount_cents=entry["amount_cents"],
                schedule=schedule(entry["schedule"]),
                reason=entry.get("reason"),
            )
        )

    def cancel(self, entry: dict[str, Any]) -> None:
        """Cancel a pledge."""
        cancelled = entry["cancelled"]
        self.session.pledges.cancel(
            self.ids["pledges", entry["key"]], day(cancelled["on"]), cancelled["reason"]
        )
