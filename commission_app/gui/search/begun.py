"""What Ctrl+K can begin: the work of each page by what people call it, and other words for the pages."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from commission_app.gui.page import Place
from commission_app.gui.search.entries import SearchEntry

if TYPE_CHECKING:
    from commission_app.services.session import Session


def action_entries(session: "Session") -> list[SearchEntry]:
    """What can be begun on a page, by what people call it; only what the file has the records for."""
    following = session.meetings.next()
    found = _on_next_meeting(following.meeting.id) if following is not None else []
    found += [*_on_meetings(), *_on_members()]
    if session.organizations.all():
        found += _on_rosters()
    if session.campaigns.standings():
        found += [*_on_gifts(), *_on_books()]
    return found


def _entry(icon: str, text: str, place: Place, words: str = "") -> SearchEntry:
    key = ":".join(filter(None, ("begin", place.page, place.tab, place.action)))
    doing = QCoreApplication.translate("search", "Action")
    return SearchEntry(icon, text, doing, place, words, key, does=True)


def _on_next_meeting(key: str) -> list[SearchEntry]:
    """The agenda of the next meeting."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "meetings",
            translate("search", "Open the next agenda"),
            Place(page="meetings", tab="agenda", record_id=key),
            translate("search", "agenda items edit"),
        ),
        _entry(
            "papers",
            translate("search", "Post the agenda"),
            Place(page="meetings", tab="agenda", record_id=key, action="post"),
            translate("search", "posting publish notice board deadline"),
        ),
        _entry(
            "print",
            translate("search", "Print the next agenda"),
            Place(page="meetings", tab="preview", record_id=key),
            translate("search", "preview paper pdf"),
        ),
        _entry(
            "add",
            translate("search", "Add an agenda item"),
            Place(page="meetings", tab="agenda", record_id=key, action="add"),
        ),
    ]


def _on_meetings() -> list[SearchEntry]:
    """The meetings of a year, and inquiries."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "meetings",
            translate("search", "Plan the year"),
            Place(page="meetings", action="plan"),
            translate("search", "schedule calendar new meetings"),
        ),
        _entry(
            "meetings",
            translate("search", "Meetings by month"),
            Place(page="meetings", tab="month"),
            translate("search", "calendar month view holidays ics outlook google"),
        ),
        _entry(
            "inquiries",
            translate("search", "Record an inquiry"),
            Place(page="inquiries", action="add"),
            translate("search", "new request city letter"),
        ),
    ]


def _on_members() -> list[SearchEntry]:
    """The commission, contacts and organizations."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "seat",
            translate("search", "Appoint a member"),
            Place(page="members", tab="commission", action="appoint"),
            translate("search", "commissioner seat term"),
        ),
        _entry(
            "seat",
            translate("search", "End a member’s term"),
            Place(page="members", tab="commission"),
            translate("search", "delete remove member commissioner resign vacancy seat"),
        ),
        _entry(
            "person",
            translate("search", "Remove a contact, or erase a person’s data"),
            Place(page="members", tab="contacts"),
            translate("search", "delete member privacy"),
        ),
        _entry(
            "members",
            translate("search", "Add a community organization"),
            Place(page="members", tab="organizations", action="add-organization"),
            translate("search", "association friendship society"),
        ),
        _entry(
            "person",
            translate("search", "Merge two contacts"),
            Place(page="members", tab="contacts", action="look-alikes"),
            translate("search", "duplicates double look alike same person twice combine compare"),
        ),
        _entry(
            "person",
            translate("search", "Add a contact"),
            Place(page="members", tab="contacts", action="add"),
            translate("search", "new person address"),
        ),
        _entry(
            "import",
            translate("search", "Import contacts"),
            Place(page="members", tab="contacts", action="import"),
            translate("search", "list csv excel spreadsheet people addresses"),
        ),
    ]


def _on_rosters() -> list[SearchEntry]:
    """The members of an organization."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "members",
            translate("search", "End or remove a membership"),
            Place(page="members", tab="organizations"),
            translate("search", "delete member roster association"),
        ),
        _entry(
            "members",
            translate("search", "Add a membership"),
            Place(page="members", tab="organizations", action="add"),
            translate("search", "new member roster association"),
        ),
        _entry(
            "import",
            translate("search", "Import members"),
            Place(page="members", tab="organizations", action="import"),
            translate("search", "list csv excel roster memberships"),
        ),
    ]


def _on_gifts() -> list[SearchEntry]:
    """What comes in, and the thanks for it."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "fundraising",
            translate("search", "Record a payment"),
            Place(page="fundraising", tab="payments", action="new"),
            translate("search", "new donation gift money check"),
        ),
        _entry(
            "fundraising",
            translate("search", "Enter a batch of payments"),
            Place(page="fundraising", tab="payments", action="batch"),
            translate("search", "envelope checks tape many donations"),
        ),
        _entry(
            "fundraising",
            translate("search", "Make a deposit"),
            Place(page="fundraising", tab="payments", action="deposit"),
            translate("search", "bank slip deposits checks cash"),
        ),
        _entry(
            "fundraising",
            translate("search", "Deposits"),
            Place(page="fundraising", tab="payments", action="deposits"),
            translate("search", "brought to the bank slips"),
        ),
        _entry(
            "fundraising",
            translate("search", "Record a pledge"),
            Place(page="fundraising", tab="pledges", action="new"),
            translate("search", "new pledge promise donor"),
        ),
        _entry(
            "receipt",
            translate("search", "Issue receipts"),
            Place(page="fundraising", tab="receipts", action="issue"),
            translate("search", "acknowledgement tax letter thanks irs number"),
        ),
        _entry(
            "gift",
            translate("search", "Record volunteer hours"),
            Place(page="fundraising", tab="in-kind", action="hours"),
            translate("search", "time given help volunteers"),
        ),
    ]


def _on_books() -> list[SearchEntry]:
    """Letters about money, lists of it, and the year."""
    translate = QCoreApplication.translate
    return [
        _entry(
            "mail",
            translate("search", "Write reminders"),
            Place(page="fundraising", tab="pledges", action="reminders"),
            translate("search", "overdue late pledges letters donors"),
        ),
        _entry(
            "letter-out",
            translate("search", "Issue statements of gifts"),
            Place(page="fundraising", tab="pledges", action="statements"),
            translate("search", "year end tax donors letters"),
        ),
        _entry(
            "import",
            translate("search", "Match a bank’s list"),
            Place(page="fundraising", tab="payments", action="bank"),
            translate("search", "bank's csv statement of account online banking reconcile"),
        ),
        _entry(
            "locked",
            translate("search", "Close the year"),
            Place(page="fundraising", tab="overview", action="years"),
            translate("search", "books accountant reopen final report fiscal"),
        ),
        _entry(
            "export",
            translate("search", "Journal for the accountant"),
            Place(page="fundraising", tab="overview", action="journal"),
            translate(
                "search", "books gnucash quickbooks quicken qif xlsx csv excel bookkeeping ledger export"
            ),
        ),
        _entry(
            "import",
            translate("search", "Import pledges"),
            Place(page="fundraising", tab="pledges", action="import"),
            translate("search", "list csv excel spreadsheet donors"),
        ),
        _entry(
            "import",
            translate("search", "Import payments"),
            Place(page="fundraising", tab="payments", action="import"),
            translate("search", "list csv excel spreadsheet donations bank"),
        ),
    ]


def synonyms() -> dict[str, str]:
    """Other words for the window's own actions, by the name of the action."""
    translate = QCoreApplication.translate
    return {
        "home": translate("search", "overview attention start"),
        "meetings": translate("search", "agenda calendar posting attendance minutes"),
        "members": translate("search", "commissioners seats terms roster contacts people"),
        "inquiries": translate("search", "requests cities letters answers"),
        "fundraising": translate("search", "donations pledges payments campaigns donors money"),
        "history": translate("search", "changes log undo who did"),
        "settings": translate("search", "preferences letterhead rules backups appearance staff"),
        "back-up": translate("search", "backup save copy"),
        "give-copy": translate("search", "copy for the treasurer chair laptop share export"),
        "larger-text": translate("search", "bigger font size zoom big letters"),
        "smaller-text": translate("search", "font size zoom little letters"),
        "archive": translate("search", "export everything folder csv"),
        "print": translate("search", "paper pdf"),
        "undo": translate("search", "take back mistake"),
        "help": translate("search", "manual how to"),
        "shortcuts": translate("search", "keys"),
        "close-file": translate("search", "leave"),
        "papers": translate("search", "print pdf report list"),
        "send-back": translate("search", "parcel keeper return"),
        "load-parcel": translate("search", "import treasurer chair came back"),
        "hand-over": translate("search", "new keeper secretary successor laptop code"),
        "receive": translate("search", "new keeper take over"),
        "switch-theme": translate("search", "dark mode theme appearance"),
    }
