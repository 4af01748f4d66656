"""What records are called in the history, where a field points to another one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commission_app.domain.setting_registry import SPECS
from commission_app.gui import labels

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
    return names | {line.id: f"{line.donor}, {line.campaign}" for line in session.pledges.lines(pledges)}


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
