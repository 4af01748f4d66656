"""Where a change is seen: the place of the record that an action of the history was about."""

from typing import TYPE_CHECKING, Final

from commission_app.gui.page import Place

if TYPE_CHECKING:
    from commission_app.services.session import Session

#: Page and tab of each table's rows; where an action changed several tables the first here is what it was
#: about: an inquiry was recorded, not the contact who sent it.
_SHOWN: Final = {
    "postings": ("meetings", "posting"),
    "posting_copies": ("meetings", "posting"),
    "attendance": ("meetings", "attendance"),
    "agenda_items": ("meetings", "agenda"),
    "letters": ("inquiries", ""),
    "steps": ("inquiries", ""),
    "inquiries": ("inquiries", ""),
    "payments": ("fundraising", "payments"),
    "allocations": ("fundraising", "payments"),
    "write_offs": ("fundraising", "pledges"),
    "deliveries": ("fundraising", "pledges"),
    "pledge_changes": ("fundraising", "pledges"),
    "pledges": ("fundraising", "pledges"),
    "instalments": ("fundraising", "pledges"),
    "campaigns": ("fundraising", "overview"),
    "memberships": ("members", "organizations"),
    "community_organizations": ("members", "organizations"),
    "terms": ("members", "commission"),
    "seats": ("members", "commission"),
    "meetings": ("meetings", ""),
    "contacts": ("members", "contacts"),
}
#: What has no page of its own is set there.
_SET: Final = {
    "offices": Place(page="members", tab="commission"),
    "staff": Place(page="settings", tab="commission"),
    "commission": Place(page="settings", tab="commission"),
    "settings": Place(page="settings", tab="rules"),
}
_PARTS: Final = frozenset({"agenda_items", "letters"})


def place_of(session: "Session", action_id: int) -> Place:
    """The record that an action was about; the action itself in the history where the record is gone."""
    rows = {change.table: change.row_id for change in reversed(session.history.fields(action_id))}
    for table, (page, tab) in _SHOWN.items():
        if table not in rows:
            continue
        owner = session.search.owner_of(table, rows[table])
        if owner is not None:
            part = rows[table] if table in _PARTS else None
            return Place(page=page, tab=tab, record_id=owner, part=part)
    for table, place in _SET.items():
        if table in rows:
            return place
    return Place(page="history", record_id=str(action_id))
