"""Where a change is seen: the place of the record that an action of the history was about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from commission_app.gui.page import Place

if TYPE_CHECKING:
    from commission_app.services.history import FieldChange
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
    "refunds": ("fundraising", "payments"),
    "receipts": ("fundraising", "receipts"),
    "statements": ("fundraising", "donor"),
    "deposits": ("fundraising", "payments"),
    "donor_letters": ("fundraising", "donor"),
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
    "wordings": Place(page="settings", tab="wordings"),
    "volunteer_hours": Place(page="fundraising", tab="in-kind", action="hours"),
    "year_closings": Place(page="fundraising", tab="overview", action="years"),
}
#: What a page is asked for beside a record.
_ASKED: Final = {"deposits": "deposits"}
_PARTS: Final = frozenset({"agenda_items", "letters"})


def place_of(session: "Session", action_id: int) -> Place:
    """The record that an action was about; the action itself in the history where the record is gone."""
    rows = {change.table: change.row_id for change in reversed(session.history.fields(action_id))}
    for table in (*_SHOWN, *_SET):
        if table in rows and (place := place_of_row(session, table, rows[table])) is not None:
            return place
    return Place(page="history", record_id=str(action_id))


def place_of_row(session: "Session", table: str, row_id: str) -> Place | None:
    """Where a row is seen; None where it is gone or has no page."""
    if table not in _SHOWN:
        return _SET.get(table)
    owner = session.search.owner_of(table, row_id)
    page, tab = _SHOWN[table]
    part = row_id if table in _PARTS else None
    if owner is None:
        return None
    return Place(page=page, tab=tab, record_id=owner, part=part, action=_ASKED.get(table, ""))


def main_row(changes: "Sequence[FieldChange]") -> tuple[str, str] | None:
    """The table and id of what an action was about, there or gone."""
    rows = {change.table: change.row_id for change in reversed(changes)}
    return next(((table, rows[table]) for table in (*_SHOWN, *_SET) if table in rows), None)
