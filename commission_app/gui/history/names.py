"""What records are called in the history, where a field points to another one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from commission_app.domain.money import format_money
from commission_app.domain.setting_registry import SPECS
from commission_app.gui import labels
from commission_app.gui.history.field_words import table_words

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.history import FieldChange


def record_names(desk: "Desk", changes: "Sequence[FieldChange]") -> dict[str, str]:
    """What the records are called that others point to, by their ids; steps and procedures by their slugs."""
    session = desk.session
    names = {contact.id: contact.name for contact in session.contacts.all()}
    names |= {view.seat.id: view.seat.label for view in session.members.seats()}
    names |= {view.organization.id: view.contact.name for view in session.organizations.all()}
    names |= {view.meeting.id: labels.day_long(view.meeting.on) for view in session.meetings.all()}
    names |= {campaign.id: campaign.name for campaign in session.campaigns.all()}
    names |= {view.city.id: view.city.name for view in session.cities.all()}
    for view in session.inquiries.all():
        names[view.inquiry.id] = names[view.city.city.id] = view.city.place
    for procedure in session.inquiries.procedures():
        names[procedure.slug] = procedure.title
        names |= {step.slug: step.title for step in procedure.steps}
    pledges = {side for c in changes if c.field == "pledge_id" for side in (c.old, c.new) if side}
    names |= {line.id: f"{line.donor}, {line.campaign}" for line in session.pledges.lines(pledges)}
    others = {str(side) for c in changes if c.field.endswith("_id") for side in (c.old, c.new) if side}
    return names | _names_by_log(desk, others - names.keys(), names)


def _names_by_log(desk: "Desk", ids: "Collection[str]", names: "Mapping[str, str]") -> dict[str, str]:
    """What other records are called, by what the history knows of them, also of those that are gone."""
    found = {}
    for record_id, (table, values) in desk.session.history.last_known(ids).items():
        parts = [str(values[field]) for field in ("name", "label", "title", "subject") if values.get(field)][
            :1
        ]
        if not parts:
            about = ("payer_id", "donor_id", "contact_id", "city_id", "campaign_id", "meeting_id")
            parts = [names[str(values[field])] for field in about if str(values.get(field)) in names]
            days = ("on", "received_on", "from_on", "adopted_on")
            parts += [labels.day_field(date.fromisoformat(values[day])) for day in days if values.get(day)][
                :1
            ]
            if values.get("amount_cents"):
                parts.append(format_money(values["amount_cents"], sign=True))
        found[record_id] = ", ".join(parts) or table_words(table)
    return found


def rule_names(desk: "Desk", changes: "Sequence[FieldChange]") -> dict[str, str]:
    """Which setting of the rule book each changed value belongs to."""
    touched = {change.row_id for change in changes if change.table == "settings"}
    names = {c.row_id: str(c.new or c.old) for c in changes if c.table == "settings" and c.field == "name"}
    if touched - set(names):
        for spec in SPECS:
            names |= {setting.id: spec.name for setting in desk.session.commission.settings_of(spec.name)}
    return names


def record_title(desk: "Desk", record_id: str) -> str:
    """What a record is called in a title: its own name, else that of whom or what it is about."""
    found = desk.session.history.record_on(record_id, labels.today())
    fields = {change.field: change for change in found.fields}
    told = record_names(desk, ())
    for field in ("name", "label", "title", "subject"):
        if field in fields and (text := fields[field].new or fields[field].old):
            return str(text)
    if record_id in told:
        return told[record_id]
    for field in ("contact_id", "donor_id", "payer_id", "city_id"):
        if field in fields:
            return told.get(str(fields[field].new or fields[field].old), "")
    return ""
