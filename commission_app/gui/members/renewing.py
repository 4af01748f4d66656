"""Asking members to stay: the e-mail to those whose memberships end before an organization is too small."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from commission_app.gui import labels
from commission_app.services.organizations import MembershipView, OrganizationView


@dataclass(frozen=True, slots=True)
class RenewalLetter:
    """Whom to ask, and the words to begin with."""

    contact_ids: list[str]
    subject: str
    text: str


def renewal_letter(
    view: OrganizationView, roster: Sequence[MembershipView], contact_ids: Sequence[str]
) -> RenewalLetter:
    """The letter to these members. Its readers do not see one another, so it says nothing of one of them that
    is not true of all: between which days their memberships end.
    """
    translate = QCoreApplication.translate
    name = view.contact.name
    asked = [entry for entry in roster if entry.member.id in contact_ids and entry.is_current]
    days = sorted({entry.membership.to_on for entry in asked if entry.membership.to_on is not None})
    if len(days) > 1:
        ends = translate("renewing", "Your membership in {organization} ends between {first} and {last}.")
    else:
        ends = translate("renewing", "Your membership in {organization} ends on {first}.")
    parts = (
        translate("renewing", "Hello,"),
        ends,
        translate(
            "renewing",
            "A community organization of a sister city needs at least {minimum} members, and {organization} "
            "has {active} today. Would you stay with us for another year? A short answer to this e-mail is "
            "enough.",
        ),
        translate("renewing", "Thank you for everything you do."),
    )
    text = "\n\n".join(parts).format(
        organization=name,
        first=labels.day_plain(days[0]) if days else "",
        last=labels.day_plain(days[-1]) if days else "",
        minimum=view.roster.minimum,
        active=view.roster.active,
    )
    subject = translate("renewing", "Your membership in {organization}").format(organization=name)
    return RenewalLetter([entry.member.id for entry in asked], subject, f"{text}\n")
