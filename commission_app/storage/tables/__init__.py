"""The tables, one module a noun."""

from commission_app.storage.tables.attachments import attachment_bytes, attachments
from commission_app.storage.tables.base import in_record_order, metadata
from commission_app.storage.tables.commission import commission, settings, staff
from commission_app.storage.tables.contacts import contacts
from commission_app.storage.tables.history import actions, changes, drafts, facts
from commission_app.storage.tables.inquiries import cities, inquiries, letters, steps
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
from commission_app.storage.tables.pledges import (
    allocations,
    campaigns,
    deliveries,
    instalments,
    payments,
    pledge_changes,
    pledge_figures,
    pledges,
    write_offs,
)
from commission_app.storage.tables.proceedings import (
    action_items,
    corrections,
    departures,
    item_notes,
    minutes,
    motions,
    proceedings,
    recesses,
    recusals,
    seatings,
    speakers,
    votes,
)

__all__ = [
    "action_items",
    "actions",
    "agenda_items",
    "allocations",
    "attachment_bytes",
    "attachments",
    "attendance",
    "campaigns",
    "changes",
    "cities",
    "commission",
    "community_organizations",
    "contacts",
    "corrections",
    "deliveries",
    "departures",
    "drafts",
    "facts",
    "in_record_order",
    "inquiries",
    "instalments",
    "item_notes",
    "letters",
    "meetings",
    "memberships",
    "metadata",
    "minutes",
    "motions",
    "offices",
    "payments",
    "pledge_changes",
    "pledge_figures",
    "pledges",
    "posting_copies",
    "postings",
    "proceedings",
    "recesses",
    "recusals",
    "seatings",
    "seats",
    "settings",
    "speakers",
    "staff",
    "steps",
    "terms",
    "votes",
    "write_offs",
]
