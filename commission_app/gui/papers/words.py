"""The words of the papers page: for whom a paper is, what can be chosen, what an empty one offers."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from commission_app.domain.papers import Option, Reader
from commission_app.gui.page import Place


class FirstStep(NamedTuple):
    """What an empty paper offers: icon, heading, the button's verb (empty: none) and where it leads."""

    icon: str
    heading: str
    action: str
    place: Place | None


def reader(value: Reader) -> str:
    """For the chair, for the secretary, for the treasurer, for everyone."""
    translate = QCoreApplication.translate
    return {
        Reader.CHAIR: translate("papers", "Chair"),
        Reader.SECRETARY: translate("papers", "Secretary"),
        Reader.TREASURER: translate("papers", "Treasurer"),
        Reader.EVERYONE: translate("papers", "Everyone"),
    }[value]


def option(value: Option) -> str:
    """The label of a field."""
    translate = QCoreApplication.translate
    return {
        Option.MEETING: translate("papers", "Meeting"),
        Option.COPY: translate("papers", "Which copy"),
        Option.ITEM: translate("papers", "Agenda item"),
        Option.ORGANIZATION: translate("papers", "Organization"),
        Option.INQUIRY: translate("papers", "Inquiry"),
        Option.LETTER: translate("papers", "Letter"),
        Option.PLEDGE: translate("papers", "Pledge by"),
        Option.TONE: translate("papers", "Tone"),
        Option.CONTACT: translate("papers", "Donor"),
        Option.CAMPAIGN: translate("papers", "Campaign"),
        Option.DEPOSIT: translate("papers", "Deposit"),
        Option.RECEIPT: translate("papers", "Receipt"),
        Option.PAYMENT: translate("papers", "Draft for a payment"),
        Option.YEAR: translate("papers", "Year"),
        Option.FROM: translate("papers", "From"),
        Option.TO: translate("papers", "To"),
        Option.AS_OF: translate("papers", "As of"),
        Option.PUBLIC: translate("papers", "For the packet, without names"),
        Option.MINORS: translate("papers", "With people under 18"),
        Option.START: translate("papers", "First label"),
        Option.SIZE: translate("papers", "Paper"),
    }[value]


def first_step(lacks: str) -> FirstStep:
    """What to do where a paper lacks something to say."""
    translate = QCoreApplication.translate
    return {
        "meetings": FirstStep(
            "meetings",
            translate("papers", "No meeting yet"),
            translate("papers", "Enter the year’s meetings"),
            Place(page="meetings", action="plan"),
        ),
        "items": FirstStep(
            "list",
            translate("papers", "No agenda item yet"),
            translate("papers", "Go to the meetings"),
            Place(page="meetings"),
        ),
        "cancelled": FirstStep("cancelled", translate("papers", "No meeting is cancelled"), "", None),
        "actions": FirstStep("ok", translate("papers", "Nothing to be done"), "", None),
        "postings": FirstStep(
            "posted",
            translate("papers", "Not posted yet"),
            translate("papers", "Go to the posting"),
            Place(page="meetings", tab="posting"),
        ),
        "vacancies": FirstStep("vacant", translate("papers", "No unscheduled vacancy"), "", None),
        "inquiries": FirstStep(
            "inquiries",
            translate("papers", "No inquiry yet"),
            translate("papers", "Record an inquiry"),
            Place(page="inquiries", action="add"),
        ),
        "organizations": FirstStep(
            "members",
            translate("papers", "No organization yet"),
            translate("papers", "Add an organization"),
            Place(page="members", tab="organizations", action="add"),
        ),
        "campaigns": FirstStep(
            "fundraising",
            translate("papers", "No campaign yet"),
            translate("papers", "Add the first campaign"),
            Place(page="fundraising", tab="overview", action="new-campaign"),
        ),
        "pledges": FirstStep(
            "fundraising",
            translate("papers", "No pledge yet"),
            translate("papers", "Go to the pledges"),
            Place(page="fundraising", tab="pledges"),
        ),
        "deposits": FirstStep(
            "fundraising",
            translate("papers", "No deposit yet"),
            translate("papers", "Go to the payments"),
            Place(page="fundraising", tab="payments"),
        ),
        "receipts": FirstStep(
            "fundraising",
            translate("papers", "No receipt yet"),
            translate("papers", "Go to the receipts"),
            Place(page="fundraising", tab="receipts"),
        ),
        "overdue": FirstStep("ok", translate("papers", "No pledge is overdue"), "", None),
        "addresses": FirstStep(
            "members",
            translate("papers", "No addresses yet"),
            translate("papers", "Go to the contacts"),
            Place(page="members", tab="contacts"),
        ),
        "gifts": FirstStep(
            "fundraising",
            translate("papers", "Nothing given then"),
            translate("papers", "Go to the payments"),
            Place(page="fundraising", tab="payments"),
        ),
        "seats": FirstStep(
            "seat",
            translate("papers", "No seats yet"),
            translate("papers", "Go to the seats"),
            Place(page="members", tab="commission"),
        ),
        "contacts": FirstStep(
            "members",
            translate("papers", "No contacts yet"),
            translate("papers", "Go to the contacts"),
            Place(page="members", tab="contacts"),
        ),
    }[lacks]
