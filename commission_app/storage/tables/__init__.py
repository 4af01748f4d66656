"""The tables, one module a noun."""

from commission_app.storage.tables.attachments import attachment_bytes, attachments
from commission_app.storage.tables.base import in_record_order, metadata
from commission_app.storage.tables.commission import commission, settings, staff
from commission_app.storage.tables.contacts import contacts
from commission_app.storage.tables.history import actions, changes, drafts, facts
from commission_app.storage.tables.meetings import (
    agenda_items,
    attendance,
    meetings,
    posting_copies,
    postings,
)
from commission_app.storage.tables.members import (
    community_organizations,
    memberships,
    offices,
    seats,
    terms,
)

__all__ = [
    "actions",
    "agenda_items",
    "attachment_bytes",
    "attachments",
    "attendance",
    "changes",
    "commission",
    "community_organizations",
    "contacts",
    "drafts",
    "facts",
    "in_record_order",
    "meetings",
    "memberships",
    "metadata",
    "offices",
    "posting_copies",
    "postings",
    "seats",
    "settings",
    "staff",
    "terms",
]
