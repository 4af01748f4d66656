"""The lists of money: campaigns, pledges, payments, and what is open by age."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commission_app.cli.calls import FILE, Call, command, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.dates import day_text
from commission_app.domain.money import format_money
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import schedule_text

if TYPE_CHECKING:
    from commission_app.domain.pledge_accounts import PledgeAccount
    from commission_app.services.session import Session

_AGES = ("Not due", "1 to 30", "31 to 60", "61 to 90", "91 to 180", "Over 180")


def _money(session: "Session") -> Callable[[int], str]:
    """How amounts are written in the file's currency."""
    return partial(format_money, currency=session.commission.get().currency or "USD")


def _names(session: "Session") -> dict[str, str]:
    return {contact.id: contact.name for contact in session.contacts.all()}


@command("campaigns")
@FILE
@pass_call
def campaigns(call: Call, file: Path) -> None:
    """The campaigns with their goals, and what is pledged, received and overdue."""
    with call.reading(file) as session:
        money = _money(session)
        standings = session.campaigns.standings()
        entries = session.record.by_key("campaigns")
        listed = [{**entries[found.campaign.key], "computed": found.values()} for found in standings]
        document = headed(session, "campaigns", listed)
    rows = [
        [
            found.campaign.name,
            money(found.campaign.goal_cents) if found.campaign.goal_cents else "",
            *map(money, (found.pledged_cents, found.received_cents, found.overdue_cents)),
            found.campaign.key,
        ]
        for found in standings
    ]
    heads = ["Campaign", "Goal", "Pledged", "Received", "Overdue", "Key"]
    call.answer(document, lambda: columns(rows, heads, right=(1, 2, 3, 4)) or ["There are no campaigns yet."])


@command("pledges")
@FILE
@pass_call
def pledges(call: Call, file: Path) -> None:
    """The pledges made by the day, each as it stands, overdue ones by their oldest day first."""
    with call.reading(file) as session:
        money = _money(session)
        accounts = sorted(session.pledges.accounts(), key=_by_due_day)
        entries = session.record.by_key("pledges")
        listed = [
            {**_known_by(entries[found.pledge.key], found.as_of), "computed": _computed(found)}
            for found in accounts
        ]
        document = headed(session, "pledges", listed)
        names = {} if call.as_json else _names(session)
        of = {} if call.as_json else {one.id: one.name for one in session.campaigns.all()}
    heads = ["Donor", "Campaign", "What", "Pledged", "Paid", "Balance", "Next due", "State", "Key"]

    def lines() -> Sequence[str]:
        rows = [_pledge_row(found, names, of, money) for found in accounts]
        return columns(rows, heads, right=(3, 4, 5)) or ["There are no pledges yet."]

    call.answer(document, lines)


def _computed(found: "PledgeAccount") -> dict[str, Any]:
    """The computed values of a pledge; one of money says whether it waits for its condition."""
    is_money = found.pledge.kind is PledgeKind.MONEY
    return {**found.values(), **({"waiting": found.is_waiting} if is_money else {})}


def _known_by(entry: dict[str, Any], as_of: date) -> dict[str, Any]:
    """An entry without what was dated after a day: changes of terms, condition met, cancellation, void."""
    day = as_of.isoformat()
    known = dict(entry)
    if "changes" in entry:
        known["changes"] = [change for change in entry["changes"] if change["on"] <= day]
    for name in ("cancelled", "voided"):
        if entry.get(name) and entry[name]["on"] > day:
            known[name] = None
    if (entry.get("condition_met_on") or day) > day:
        known["condition_met_on"] = None
    return known


def _by_due_day(found: "PledgeAccount") -> tuple[str, Any, str]:
    due_on = found.next_due_on
    return due_on.isoformat() if due_on else "~", found.pledge.pledged_on, found.pledge.key


def _pledge_row(
    found: "PledgeAccount", names: Mapping[str, str], of: Mapping[str, str], money: Callable[[int], str]
) -> list[str]:
    pledge = found.pledge
    if pledge.kind is PledgeKind.MONEY:
        what = schedule_text(found.schedule) if found.schedule else ""
        figures = [money(cents) for cents in _figures(found)]
    else:
        what = f"{pledge.quantity:,} {pledge.unit or ''}".strip() + f", {found.delivered:,} delivered"
        figures = ["", "", ""]
    return [
        names[pledge.donor_id],
        of[pledge.campaign_id],
        what,
        *figures,
        day_text(found.next_due_on) if found.next_due_on else "",
        "conditional" if found.is_waiting else found.state.value,
        pledge.key,
    ]


def _figures(found: "PledgeAccount") -> tuple[int, int, int]:
    return found.pledged_cents, found.paid_cents, found.balance_cents


@command("payments")
@FILE
@pass_call
def payments(call: Call, file: Path) -> None:
    """The payments received by the day, in order of day."""
    with call.reading(file) as session:
        money = _money(session)
        today = session.context.today().today
        back = session.refunds.by_payment(today)
        entries = [
            {
                **_known_by(entry, today),
                "computed": {
                    "gift_cents": _gift(entry),
                    "refunded_cents": back.get(entry["key"], 0),
                },
            }
            for entry in session.record.entries("payments")
            if entry["received_on"] <= today.isoformat()
        ]
        entries.sort(key=lambda entry: (entry["received_on"], entry["key"]))
        document = headed(session, "payments", entries)
        names = {contact.key: contact.name for contact in session.contacts.all()}
    rows = [
        [
            entry["received_on"],
            names[entry["payer"]],
            money(entry["amount_cents"]),
            entry["method"] or "",
            entry["reference"] or "",
            _undone(entry, money),
            entry["key"],
        ]
        for entry in entries
    ]
    heads = ["Received", "Payer", "Amount", "Method", "Reference", "Standing", "Key"]
    call.answer(document, lambda: columns(rows, heads, right=(2,)) or ["There are no payments yet."])


def _undone(entry: Mapping[str, Any], money: Callable[[int], str]) -> str:
    """What became of a payment: voided, or given back."""
    if entry["voided"]:
        return f"voided {entry['voided']['on']}"
    refunded = entry["computed"]["refunded_cents"]
    return f"{money(refunded)} refunded" if refunded else ""


def _gift(entry: Mapping[str, Any]) -> int:
    allocated: int = sum(part["amount_cents"] for part in entry["allocations"])
    return int(entry["amount_cents"]) - allocated


@command("aging")
@FILE
@pass_call
def aging(call: Call, file: Path) -> None:
    """What is open by age, in all and by donor."""
    with call.reading(file) as session:
        money = _money(session)
        found = session.pledges.aging()
        contacts = {contact.id: contact for contact in session.contacts.all()}
        donors = [
            {"contact": contacts[donor_id].key, "buckets": buckets.values()}
            for donor_id, buckets in found.donors
        ]
        document = headed(session, "aging", [])
        document["aging"] = {"buckets": found.total.values(), "donors": donors}
    listed = [(contacts[donor_id].name, buckets) for donor_id, buckets in found.donors]
    rows = [
        [name, *map(money, buckets.cents), money(buckets.total_cents)]
        for name, buckets in (*listed, ("Total", found.total))
    ]
    heads = ["Donor", *_AGES, "Balance"]
    lines = columns(rows, heads, right=tuple(range(1, 8))) if listed else ["Nothing is open."]
    call.answer(document, [f"As of {day_text(found.as_of)}", "", *lines])
