"""What needs attention and what is in order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from commission_app.domain.attention import Affairs, findings_of, in_order
from commission_app.domain.findings import Finding
from commission_app.domain.inquiry_attention import InquiryAffairs, answer_findings, clock_findings
from commission_app.domain.inquiry_clock import Clock
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import CommunityOrganization, Membership, OfficeTitle, Seat, Term
from commission_app.domain.open_business import action_findings, approval_findings
from commission_app.domain.urgency import in_order_for, to_act_on
from commission_app.services.backups import read_backup_finding
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import read_inquiry_affairs
from commission_app.services.meetings import postings_of
from commission_app.services.open_business import read_open_business
from commission_app.services.pledge_standing import read_overdue
from commission_app.services.quiet_findings import quiet_findings
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
            affairs = read_inquiry_affairs(self.context, connection)
            own = read_affairs(self.context, connection)
            return self._findings(connection, own, affairs, affairs.clocks(self.context.present(connection)))

    def pressing(self, office: OfficeTitle | None = None) -> list[Finding]:
        """What somebody can act on, in the order of who is at the keyboard; overdue pledges as one."""
        with self.context.database.reading() as connection:
            present = self.context.present(connection)
            affairs = read_inquiry_affairs(self.context, connection)
            clocks = affairs.clocks(present)
            listed = {inquiry_id for inquiry_id, clock in clocks.items() if _waits(clock)}
            own = replace(read_affairs(self.context, connection), is_brief=True)
            found = self._findings(connection, own, affairs, clocks)
            business = read_open_business(self.context, connection, own.meetings)
            quiet = quiet_findings(connection, present.today, office, business)
            return in_order_for([*to_act_on(found, present.today, listed), *quiet], office)

    def _findings(
        self,
        connection: Connection,
        affairs: Affairs,
        inquiries: InquiryAffairs,
        clocks: Mapping[str, Clock],
    ) -> list[Finding]:
        present = self.context.present(connection)
        business = read_open_business(self.context, connection, affairs.meetings)
        return in_order(
            [
                *findings_of(affairs, present),
                *approval_findings(business),
                *action_findings(business, present),
                *clock_findings(inquiries, present, clocks),
                *answer_findings(inquiries, present),
                *read_overdue(connection, present.today, is_brief=affairs.is_brief),
                *read_backup_finding(connection, self.context.database.path, self.context.now),
            ]
        )


def _waits(clock: Clock) -> bool:
    """Whether the next meeting that can take an inquiry up has it on its agenda."""
    following = clock.listed or clock.goes_to
    return following is not None and following.is_listed


def read_affairs(context: Context, connection: Connection) -> Affairs:
    """The rows that the findings look at, within a transaction."""
    held = tuple(rows(connection, Term, terms))
    organizations = tuple(rows(connection, CommunityOrganization, community_organizations))
    members = tuple(rows(connection, Membership, memberships))
    ids = [term.contact_id for term in held] + [member.contact_id for member in members]
    ids += [organization.contact_id for organization in organizations]
    return Affairs(
        commission=read_commission(connection),
        book=context.rule_book(connection),
        contacts=names(connection, ids),
        seats=tuple(rows(connection, Seat, seats)),
        terms=held,
        organizations=organizations,
        memberships=members,
        meetings=tuple(rows(connection, Meeting, meetings)),
        postings=tuple(posting for posting in postings_of(connection) if posting.voided_on is None),
        revised=changed_copies(connection, context.present(connection)),
    )
