"""What needs attention and what is in order."""

from dataclasses import dataclass

from sqlalchemy import Connection

from commission_app.domain.attention import Affairs, findings_of, in_order
from commission_app.domain.findings import Finding
from commission_app.domain.inquiry_attention import inquiry_findings
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import CommunityOrganization, Membership, Seat, Term
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import read_inquiry_affairs
from commission_app.services.meetings import postings_of
from commission_app.services.pledge_standing import read_overdue
from commission_app.services.revisions import changed_copies
from commission_app.storage.rows import rows
from commission_app.storage.tables import community_organizations, meetings, memberships, seats, terms


@dataclass(frozen=True, slots=True)
class AttentionService:
    """The findings of the whole record."""

    context: Context

    def findings(self) -> list[Finding]:
        """Every finding as of the present, the most urgent first."""
        with self.context.database.reading() as connection:
            present = self.context.present(connection)
            return in_order(
                [
                    *findings_of(read_affairs(self.context, connection), present),
                    *inquiry_findings(read_inquiry_affairs(self.context, connection), present),
                    *read_overdue(connection, present.today),
                ]
            )


def read_affairs(context: Context, connection: Connection) -> Affairs:
    """The rows that the findings look at, within a transaction."""
    return Affairs(
        commission=read_commission(connection),
        book=context.rule_book(connection),
        contacts=names(connection),
        seats=tuple(rows(connection, Seat, seats)),
        terms=tuple(rows(connection, Term, terms)),
        organizations=tuple(rows(connection, CommunityOrganization, community_organizations)),
        memberships=tuple(rows(connection, Membership, memberships)),
        meetings=tuple(rows(connection, Meeting, meetings)),
        postings=tuple(posting for posting in postings_of(connection) if posting.voided_on is None),
        revised=changed_copies(connection, context.present(connection)),
    )
