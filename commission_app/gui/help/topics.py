"""The help pages: their order, what they are called, and which of them belongs to a part of the window."""

import functools
import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from commission_app import paths
from commission_app.gui.help import keys

#: The page of a folder's dialogs and pages that `SCREENS` does not name.
FOLDERS: Final = {
    "backups": "backups",
    "copies": "copies",
    "fundraising": "fundraising",
    "home": "home",
    "history": "history",
    "imports": "import",
    "inquiries": "inquiries",
    "meetings": "meetings",
    "members": "members",
    "papers": "papers",
    "settings": "settings",
    "welcome": "start",
}
#: The page of a part of the window, by its folder and class; what is not here takes the one around it.
SCREENS: Final = {
    # pages and their tabs
    "home.HomePage": "home",
    "meetings.MeetingsPage": "meetings",
    "meetings.AgendaTab": "agenda",
    "meetings.PostingTab": "posting",
    "meetings.AttendanceTab": "roll",
    "meetings.MinutesTab": "minutes",
    "meetings.ToDoView": "to-do",
    "meetings.MatterView": "to-do",
    "run.RunScreen": "run",
    "run.PeoplePane": "run",
    "run.ItemPane": "run",
    "run.SidePane": "run",
    "run.VotePart": "votes",
    "run.MotionForm": "votes",
    "members.MembersPage": "members",
    "members.CommissionTab": "members",
    "members.OrganizationsTab": "organizations",
    "members.ContactsTab": "contacts",
    "members.AttendanceTab": "attendance",
    "inquiries.InquiriesPage": "inquiries",
    "inquiries.StepsSection": "steps-and-letters",
    "inquiries.LettersSection": "steps-and-letters",
    "fundraising.FundraisingPage": "fundraising",
    "fundraising.OverviewTab": "fundraising",
    "fundraising.PledgesTab": "pledges",
    "fundraising.PaymentsTab": "payments",
    "fundraising.BatchPage": "batches",
    "fundraising.DepositPage": "batches",
    "fundraising.ReceiptsTab": "receipts",
    "fundraising.InKindTab": "in-kind",
    "fundraising.DonorTab": "donors",
    "fundraising.LetterForm": "letters",
    "history.HistoryPage": "history",
    "settings.SettingsPage": "settings",
    "settings.CommissionPane": "settings",
    "settings.RulesPane": "rules",
    "settings.WordingsPane": "settings",
    "settings.BackupsPane": "backups",
    "settings.AppearancePane": "appearance",
    "settings.AboutPane": "start",
    "settings.ChecksPane": "backups",
    "copies.CopiesPane": "copies",
    "welcome.WelcomePage": "start",
    # dialogs
    "shortcuts.ShortcutsDialog": keys.SLUG,
    "in_use.InUseDialog": "files",
    "somebody.SomebodyDialog": "history",
    "opening_checks.RiskyPlaceDialog": "files",
    "messages.BugReport": "files",
    "meetings.PostDialog": "posting",
    "meetings.VoidDialog": "posting",
    "meetings.VoidMotionDialog": "minutes",
    "meetings.ActionItemDialog": "to-do",
    "fundraising.ReasonDialog": "payments",
    "fundraising.IssueDialog": "receipts",
    "fundraising.BankDialog": "bank",
    "fundraising.YearsDialog": "years",
    "fundraising.CloseYearDialog": "years",
    "fundraising.ReopenYearDialog": "years",
    "fundraising.ReminderDialog": "letters",
    "fundraising.StatementsDialog": "letters",
    "fundraising.StatementCopyDialog": "letters",
    "fundraising.LabelsDialog": "letters",
    "imports.ImportDialog": "import",
}
_HEADING: Final = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Topic:
    """A help page: the name of its file, its title, its headings in their order, and its text in Markdown."""

    slug: str
    title: str
    headings: tuple[str, ...]
    text: str


def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The pages in the order of the list, under the words that stand above them."""
    translate = QCoreApplication.translate
    return (
        (translate("help", "Begin"), ("start", "home", "search", "lists-and-forms")),
        (
            translate("help", "Meetings"),
            ("meetings", "agenda", "posting", "run", "votes", "roll", "minutes", "to-do"),
        ),
        (
            translate("help", "Members"),
            ("members", "organizations", "contacts", "import", "attendance"),
        ),
        (translate("help", "Inquiries"), ("inquiries", "clock", "steps-and-letters")),
        (
            translate("help", "Fundraising"),
            ("fundraising", "pledges", "payments", "batches", "receipts", "in-kind", "letters", "donors"),
        ),
        (
            translate("help", "The record"),
            ("papers", "history", "files", "backups", "copies", "settings", "appearance"),
        ),
        (translate("help", "To look up"), (keys.SLUG, "findings", "rules", "glossary", "open-record")),
    )


def order() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """`groups`, and before the last of them the pages of the folder that none of them names."""
    known = groups()
    named = {slug for _, slugs in known for slug in slugs}
    there = sorted(file.stem for file in paths.resource("help").iterdir() if file.suffix == ".md")
    others = tuple(slug for slug in there if slug not in named)
    more = ((QCoreApplication.translate("help", "More"), others),) if others else ()
    return (*known[:-1], *more, known[-1])


@functools.cache
def topic(slug: str) -> Topic:
    """A page by the name of its file, or the one of all keys; KeyError if there is none."""
    try:
        text = keys.text() if slug == keys.SLUG else _read(slug)
    except FileNotFoundError:
        raise KeyError(slug) from None
    found = [(len(mark), words.replace("`", "")) for mark, words in _HEADING.findall(text)]
    title = next(words for level, words in found if level == 1)
    return Topic(slug, title, tuple(words for level, words in found if level > 1), text)


def _read(slug: str) -> str:
    return paths.resource("help", f"{slug}.md").read_text(encoding="utf-8")


def help_topics() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every page for a search: the name of its file, its title, its headings."""
    pages = (topic(slug) for _, slugs in order() for slug in slugs)
    return tuple((page.slug, page.title, page.headings) for page in pages)


def anchor(heading: str) -> str:
    """The name of a heading in a link: `Post an agenda` is `post-an-agenda`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold().replace("’", "").replace("'", "")).strip("-")


def screen_of(kind: type) -> str:
    """A class as `SCREENS` names it: `meetings.AgendaTab`."""
    return f"{kind.__module__.removeprefix('commission_app.gui.').split('.')[0]}.{kind.__name__}"


def topic_of(widget: QWidget | None) -> str:
    """The page of what a widget stands in; empty where nothing around it has one."""
    while widget is not None:
        if found := topic_of_kind(type(widget)):
            return found
        widget = widget.parentWidget()
    return ""


def topic_of_kind(kind: type) -> str:
    """The page of a class of widgets, or of one it is made from; empty if there is none."""
    for above in kind.__mro__:
        if (found := SCREENS.get(screen_of(above))) is not None:
            return found
    is_whole = issubclass(kind, QDialog) or kind.__name__.endswith("Page")
    return FOLDERS.get(screen_of(kind).split(".")[0], "") if is_whole else ""


def topic_in(page: QWidget) -> str:
    """The help page of what is shown of a window or a page: where the keyboard is, else its open tab."""
    focused = page.focusWidget()
    if focused is not None and focused.isVisible() and topic_of(focused) not in ("", topic_of(page)):
        return topic_of(focused)
    shown = [part for part in page.findChildren(QWidget) if part.isVisible()]
    for kind in (("Tab", "Pane"), ("Page",)):
        for part in shown:
            if type(part).__name__.endswith(kind) and (found := topic_of_kind(type(part))):
                return found
    return topic_of(page)
