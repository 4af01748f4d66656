"""Tables, fields and kept values in words, for the details of the history."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.contacts import ContactKind
from commission_app.domain.countries import country_name
from commission_app.domain.donor_letters import DonorLetterKind, Sending, Tone, Wordable
from commission_app.domain.inquiries import Channel, ClosedAs, Direction, LetterDirection, ProofKind
from commission_app.domain.meetings import AttendanceState, MeetingKind, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind, TermEnd
from commission_app.domain.money import format_money
from commission_app.domain.open_record.nouns import AttachmentUse
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.schedules import Every, Instalment, Schedule, schedule_text
from commission_app.domain.setting_registry import SPECS
from commission_app.gui import labels
from commission_app.gui.fundraising import letters_words, receipt_words
from commission_app.gui.fundraising import words as money_words
from commission_app.gui.history.sitting_words import SITTING_ENUMS, sitting_words
from commission_app.gui.inquiries import words as inquiry_words
from commission_app.gui.settings.rule_words import section_title, value_text

if TYPE_CHECKING:
    from commission_app.services.history import FieldChange

#: Fields that say nothing to a person: keys of our own, checksums, folded search texts.
HIDDEN: Final = frozenset({"id", "key", "sha256", "search_key", "of_id", "noun", "position"})


def table_words(table: str) -> str:
    """What a table's rows are: Meeting, Agenda item."""
    translate = QCoreApplication.translate
    return {
        "commission": translate("history", "Commission"),
        "staff": translate("history", "Staff"),
        "settings": translate("history", "Rule"),
        "contacts": translate("history", "Contact"),
        "seats": translate("history", "Seat"),
        "terms": translate("history", "Term"),
        "offices": translate("history", "Office"),
        "community_organizations": translate("history", "Community organization"),
        "memberships": translate("history", "Membership"),
        "meetings": translate("history", "Meeting"),
        "attendance": translate("history", "Attendance"),
        "agenda_items": translate("history", "Agenda item"),
        "proceedings": translate("history", "Proceedings"),
        "recesses": translate("history", "Recess"),
        "departures": translate("history", "Departure"),
        "seatings": translate("history", "Seating of an alternate"),
        "recusals": translate("history", "Recusal"),
        "motions": translate("history", "Motion"),
        "votes": translate("history", "Vote"),
        "speakers": translate("history", "Public speaker"),
        "action_items": translate("history", "Action item"),
        "item_notes": translate("history", "Note on an agenda item"),
        "minutes": translate("history", "Minutes"),
        "corrections": translate("history", "Correction of minutes"),
        "posting_copies": translate("history", "Posting copy"),
        "postings": translate("history", "Posting"),
        "attachments": translate("history", "Attachment"),
        "cities": translate("history", "City"),
        "inquiries": translate("history", "Inquiry"),
        "steps": translate("history", "Step of an inquiry"),
        "letters": translate("history", "Letter"),
        "campaigns": translate("history", "Campaign"),
        "pledges": translate("history", "Pledge"),
        "pledge_changes": translate("history", "Change of a pledge"),
        "payments": translate("history", "Payment"),
        "allocations": translate("history", "Part of a payment"),
        "write_offs": translate("history", "Write-off"),
        "deliveries": translate("history", "Delivery in kind"),
        "receipts": translate("history", "Receipt"),
        "statements": translate("history", "Statement"),
        "deposits": translate("history", "Deposit"),
        "deposit_items": translate("history", "Payment in a deposit"),
        "refunds": translate("history", "Refund"),
        "refund_parts": translate("history", "Part of a refund"),
        "donor_letters": translate("history", "Letter to a donor"),
        "wordings": translate("history", "Wording of a paper"),
        "volunteer_hours": translate("history", "Hours of a volunteer"),
        "year_closings": translate("history", "Closing of a year"),
    }.get(table, table.replace("_", " ").capitalize())


def field_words(field: str) -> str:
    """What a field is: In force from, E-mail."""
    translate = QCoreApplication.translate
    return {
        "from_on": translate("history", "From"),
        "to_on": translate("history", "Until"),
        "ended_on": translate("history", "Ended on"),
        "email": translate("history", "E-mail"),
        "ein": translate("history", "EIN"),
        "contact_id": translate("history", "Contact"),
        "seat_id": translate("history", "Seat"),
        "meeting_id": translate("history", "Meeting"),
        "organization_id": translate("history", "Organization"),
        "continued_from_id": translate("history", "Continued from"),
        "instead_of": translate("history", "Instead of"),
        "posted_at": translate("history", "Posted"),
        "made_at": translate("history", "Made"),
        "voided_on": translate("history", "Voided on"),
        "vacancy_notice_on": translate("history", "Vacancy notice posted"),
        "confirmed_on": translate("history", "Confirmed on"),
        "recommended_action": translate("history", "Recommended action"),
        "hours_before": translate("history", "Hours before"),
        "inquiry_id": translate("history", "Inquiry"),
        "city_id": translate("history", "City"),
        "donor_id": translate("history", "Donor"),
        "payer_id": translate("history", "Payer"),
        "receiver_id": translate("history", "Receiver"),
        "amount_cents": translate("history", "Amount"),
        "goal_cents": translate("history", "Goal"),
        "estimate_cents": translate("history", "Internal estimate"),
        "goods": translate("history", "Goods or services in return"),
        "goods_cents": translate("history", "Value of what was given in return"),
        "asked_by_id": translate("history", "Asked by"),
        "adviser_id": translate("history", "Adviser of the fund"),
        "match_percent": translate("history", "Matches, in percent"),
        "matches_id": translate("history", "Matches the pledge"),
        "match_until": translate("history", "Matches until"),
        "content": translate("history", "What it says"),
        "issued_on": translate("history", "Issued"),
        "delivery_id": translate("history", "Delivery in kind"),
        "closed_by": translate("history", "Closed by"),
        "sending": translate("history", "Sent"),
        "what": translate("history", "What was done"),
        "due_on": translate("history", "Due"),
        "received_on": translate("history", "Received"),
        "follow_up_on": translate("history", "Follow up on"),
        "on": translate("history", "Day"),
        "minor": translate("history", "Under 18"),
        "zone": translate("history", "Time zone"),
        "use": translate("history", "Used as"),
        "type": translate("history", "Kind of file"),
        "copy": translate("history", "Posting copy"),
        "called_at": translate("history", "Called to order"),
        "current_item_id": translate("history", "Current item"),
        "adjourned_at": translate("history", "Adjourned"),
        "from_at": translate("history", "From"),
        "until_at": translate("history", "Until"),
        "left_at": translate("history", "Left"),
        "returned_at": translate("history", "Returned"),
        "amends_id": translate("history", "Motion amended"),
        "minutes_of_id": translate("history", "Approves the minutes of"),
        "moved_at": translate("history", "Moved"),
        "closed_at": translate("history", "Closed"),
        "approved_by_id": translate("history", "Approved by the motion"),
        "due_next_meeting": translate("history", "Due at the next meeting"),
        "began_at": translate("history", "Taken up"),
        "spent_seconds": translate("history", "Seconds spent before"),
        "pulled": translate("history", "Pulled from consent"),
        "added": translate("history", "Added to the agenda because"),
        "late_papers": translate("history", "Where late papers are"),
        "speaking": translate("history", "How to speak"),
        "rules": translate("history", "Rule pack"),
        "void_reason": translate("history", "Reason for voiding"),
        "cancel_reason": translate("history", "Reason for cancelling"),
        "proof_kind": translate("history", "Kind of proof"),
        "proof_text": translate("history", "Proof"),
        "remote_reason": translate("history", "Reason for taking part remotely"),
    }.get(field, field.removesuffix("_on").removesuffix("_id").replace("_", " ").capitalize())


def value_words(
    change: "FieldChange", value: Any, names: Mapping[str, str], zone: ZoneInfo, rule: str = ""
) -> str:
    """A kept value as a person reads it; nothing is an empty text. `rule` names the setting of a value."""
    if value is None or value == "":
        return ""
    if change.field.endswith("_id"):
        return names.get(str(value), QCoreApplication.translate("history", "another record"))
    spec = next((spec for spec in SPECS if spec.name == rule), None)
    if spec is not None and change.field == "name":
        return spec.label
    if spec is not None and change.field == "value":
        return value_text(spec, _decoded(value))
    if change.field.endswith("_cents") and isinstance(value, int):
        return format_money(value, sign=True)
    if change.field == "content":
        return _content_words(_decoded(value))
    if change.field == "schedule":
        return _schedule_words(_decoded(value))
    if change.field == "instalments":
        return _instalment_words(_decoded(value))
    if change.field == "posting_places":
        return _plain(_decoded(value))
    if change.field == "country":
        return country_name(str(value))
    if change.field in ("latitude", "longitude"):
        return f"{value / 1_000_000:.4f}°"
    if change.field == "size":
        return labels.size_text(value)
    if change.field in ("step", "procedure"):
        return names.get(str(value), str(value).replace("-", " ").capitalize())
    if change.table == "agenda_items" and change.field == "section":
        return section_title(str(value), {})
    if isinstance(value, bool) or change.field in _FLAGS:
        translate = QCoreApplication.translate
        return translate("history", "Yes") if value else translate("history", "No")
    return (
        _state_words(change.table, change.field, value)
        or _moment_words(change.field, value, zone)
        or _plain(value)
    )


def _decoded(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _content_words(plain: Any) -> str:
    """What a frozen paper says first: its subject, its text, and what it lists by name."""
    if not isinstance(plain, dict):
        return _plain(plain)
    facts = (": ".join(map(str, fact)) for fact in plain.get("facts", ()))
    parts = (plain.get("subject"), plain.get("text"), *facts, *plain.get("statements", ()))
    return "\n".join(str(part) for part in parts if part)


def _schedule_words(plain: Any) -> str:
    first_on = plain.get("first_on")
    parts = tuple(_parts(plain.get("dates", ())))
    schedule = Schedule(
        every=Every(plain["every"]),
        count=plain.get("count"),
        first_on=date.fromisoformat(first_on) if first_on else None,
        dates=parts,
    )
    return schedule_text(schedule)


def _pledge_kind(kind: PledgeKind) -> str:
    if kind is PledgeKind.MONEY:
        return QCoreApplication.translate("history", "Money")
    return QCoreApplication.translate("history", "In kind")


def _use_words(use: AttachmentUse) -> str:
    translate = QCoreApplication.translate
    return {
        AttachmentUse.LOGO: translate("history", "Logo"),
        AttachmentUse.ORIGINAL: translate("history", "Original"),
        AttachmentUse.PAPER: translate("history", "Posted paper"),
    }[use]


_Words = Callable[[Any], str]
#: Fields of yes or no, kept as 1 or 0.
_FLAGS: Final = frozenset({"minor", "due_next_meeting", "pulled", "as_corrected"})
#: What the values of an enumeration are called, by table and field.
_ENUMS: Final[Mapping[tuple[str, str], tuple[type[StrEnum], _Words]]] = {
    ("meetings", "state"): (MeetingState, lambda value: labels.meeting_state(value).text),
    ("meetings", "kind"): (MeetingKind, labels.meeting_kind),
    ("attendance", "state"): (AttendanceState, lambda value: labels.attendance_state(value).text),
    ("seats", "kind"): (SeatKind, labels.seat_kind),
    ("contacts", "kind"): (ContactKind, labels.contact_kind),
    ("offices", "title"): (OfficeTitle, labels.office),
    ("terms", "ended"): (TermEnd, labels.term_end),
    ("agenda_items", "kind"): (ItemKind, labels.item_kind),
    ("agenda_items", "outcome"): (Outcome, lambda value: labels.outcome(value).text),
    ("inquiries", "direction"): (Direction, inquiry_words.direction),
    ("inquiries", "channel"): (Channel, inquiry_words.channel),
    ("inquiries", "closed_as"): (ClosedAs, inquiry_words.closed_as),
    ("letters", "direction"): (LetterDirection, inquiry_words.letter_direction),
    ("letters", "channel"): (Channel, inquiry_words.channel),
    ("steps", "proof_kind"): (ProofKind, inquiry_words.proof),
    ("payments", "method"): (PaymentMethod, money_words.method),
    ("refunds", "method"): (PaymentMethod, money_words.method),
    ("receipts", "kind"): (ReceiptKind, receipt_words.kind),
    ("donor_letters", "kind"): (DonorLetterKind, letters_words.kind),
    ("donor_letters", "tone"): (Tone, letters_words.tone),
    ("donor_letters", "sending"): (Sending, letters_words.sending),
    ("wordings", "paper"): (Wordable, letters_words.paper_name),
    ("pledges", "kind"): (PledgeKind, _pledge_kind),
    ("attachments", "use"): (AttachmentUse, _use_words),
    **{place: (kind, sitting_words) for place, kind in SITTING_ENUMS.items()},
}


def _state_words(table: str, field: str, value: Any) -> str:
    kind, words = _ENUMS.get((table, field), (None, str))
    return words(kind(value)) if kind is not None and value in list(kind) else ""


def _moment_words(field: str, value: Any, zone: ZoneInfo) -> str:
    if not isinstance(value, str):
        return ""
    try:
        if field.endswith("_on") or field in ("on", "instead_of"):
            return labels.day_field(date.fromisoformat(value))
        if field in ("starts", "arrived", "left") or field.endswith("_at"):
            at = datetime.fromisoformat(value)
            if field != "starts":
                at = labels.local(at if at.tzinfo else at.replace(tzinfo=UTC), zone)
            return f"{labels.day_field(at.date())}, {labels.time_clock(at)}"
    except ValueError:
        return ""
    return ""


def _instalment_words(plain: Any) -> str:
    return "; ".join(
        f"{labels.day_field(part.due_on)}: {format_money(part.amount_cents, sign=True)}"
        for part in _parts(plain)
    )


def _parts(plain: Any) -> Iterator[Instalment]:
    for part in plain:
        yield Instalment(due_on=date.fromisoformat(part["due_on"]), amount_cents=part["amount_cents"])


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
