"""An open file with all its services: what the window and the commands are given."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from commission_app.domain.commission import Commission
from commission_app.domain.whereabouts import Moved, RiskyPlace
from commission_app.services.context import Context
from commission_app.storage.database import Change, Database

if TYPE_CHECKING:
    from commission_app.services.agendas import AgendaService
    from commission_app.services.attention import AttentionService
    from commission_app.services.backups import BackupService
    from commission_app.services.bank_matching import BankService
    from commission_app.services.batches import BatchService
    from commission_app.services.business import BusinessService
    from commission_app.services.campaign_months import CampaignMonthService
    from commission_app.services.campaigns import CampaignService
    from commission_app.services.cities import CityService
    from commission_app.services.commission import CommissionService
    from commission_app.services.contacts import ContactService
    from commission_app.services.copies import CopyService
    from commission_app.services.deposits import DepositService
    from commission_app.services.donor_letters import DonorLetterService
    from commission_app.services.drafts import DraftService
    from commission_app.services.erasure import ErasureService
    from commission_app.services.first_members import FirstMembers
    from commission_app.services.handover import HandoverService
    from commission_app.services.history import HistoryService
    from commission_app.services.imports import ImportService
    from commission_app.services.inquiries import InquiryService
    from commission_app.services.item_files import ItemFileService
    from commission_app.services.journal import JournalService
    from commission_app.services.labels import LabelService
    from commission_app.services.mailing import MailService
    from commission_app.services.meeting_calendar import CalendarService
    from commission_app.services.meetings import MeetingService
    from commission_app.services.members import MemberService
    from commission_app.services.merging import MergeService
    from commission_app.services.minutes import MinutesService
    from commission_app.services.money_sources import MoneySourceService
    from commission_app.services.organizations import OrganizationService
    from commission_app.services.papers import PaperService
    from commission_app.services.parcels import ParcelService
    from commission_app.services.payments import PaymentService
    from commission_app.services.pledges import PledgeService
    from commission_app.services.postings import PostingService
    from commission_app.services.proceedings import ProceedingsService
    from commission_app.services.receipts import ReceiptService
    from commission_app.services.record import RecordService
    from commission_app.services.refunds import RefundService
    from commission_app.services.search import SearchService
    from commission_app.services.statements import StatementService
    from commission_app.services.verification import VerificationService
    from commission_app.services.volunteers import VolunteerService
    from commission_app.services.wordings import WordingService
    from commission_app.services.years import YearService

__all__ = ["Change", "Program", "Session"]


@dataclass(frozen=True, slots=True)
class Session:
    """One open file. Screens and commands see services and rows, never the database.

    A service is imported when it is first asked for, so that a short command loads only what it uses.
    """

    context: Context
    now: Callable[[], datetime]

    @classmethod
    def of(cls, database: Database, *, on: date | None, now: Callable[[], datetime]) -> "Session":
        """All services of an open database; with `on`, the rules look at that day."""
        return cls(Context(database, on=on, now=now), now)

    @property
    def agendas(self) -> "AgendaService":
        """The agendas."""
        from commission_app.services.agendas import AgendaService

        return AgendaService(self.context)

    @property
    def attention(self) -> "AttentionService":
        """The findings."""
        from commission_app.services.attention import AttentionService

        return AttentionService(self.context)

    @property
    def backups(self) -> "BackupService":
        """The backups of this file."""
        from commission_app.services.backups import BackupService

        return BackupService(self.context, self.now)

    @property
    def bank(self) -> "BankService":
        """The bank's list against what is expected."""
        from commission_app.services.bank_matching import BankService

        return BankService(self.context)

    @property
    def calendar(self) -> "CalendarService":
        """The calendar: for other programs, around holidays, and cancelling."""
        from commission_app.services.meeting_calendar import CalendarService

        return CalendarService(self.context)

    @property
    def cities(self) -> "CityService":
        """The cities, and completion from the atlas."""
        from commission_app.services.cities import CityService

        return CityService(self.context)

    @property
    def campaigns(self) -> "CampaignService":
        """The campaigns."""
        from commission_app.services.campaigns import CampaignService

        return CampaignService(self.context)

    @property
    def campaign_months(self) -> "CampaignMonthService":
        """What came in for the campaigns, month by month."""
        from commission_app.services.campaign_months import CampaignMonthService

        return CampaignMonthService(self.context)

    @property
    def money_sources(self) -> "MoneySourceService":
        """The rows that make each number of money."""
        from commission_app.services.money_sources import MoneySourceService

        return MoneySourceService(self.context)

    @property
    def commission(self) -> "CommissionService":
        """The commission's particulars and its rule book."""
        from commission_app.services.commission import CommissionService

        return CommissionService(self.context)

    @property
    def contacts(self) -> "ContactService":
        """The directory."""
        from commission_app.services.contacts import ContactService

        return ContactService(self.context)

    @property
    def copies(self) -> "CopyService":
        """Reading copies, and what this file says of itself if it is one."""
        from commission_app.services.copies import CopyService

        return CopyService(self.context)

    @property
    def batches(self) -> "BatchService":
        """Entering many payments at once."""
        from commission_app.services.batches import BatchService

        return BatchService(self.context)

    @property
    def deposits(self) -> "DepositService":
        """What was brought to the bank."""
        from commission_app.services.deposits import DepositService

        return DepositService(self.context)

    @property
    def drafts(self) -> "DraftService":
        """What is typed and not saved."""
        from commission_app.services.drafts import DraftService

        return DraftService(self.context)

    @property
    def erasure(self) -> "ErasureService":
        """Erasing people's data."""
        from commission_app.services.erasure import ErasureService

        return ErasureService(self.context)

    @property
    def first_members(self) -> "FirstMembers":
        """The seats of a new file, filled in one step."""
        from commission_app.services.first_members import FirstMembers

        return FirstMembers(self.context)

    @property
    def handover(self) -> "HandoverService":
        """Handing the record over for good."""
        from commission_app.services.handover import HandoverService

        return HandoverService(self.context)

    @property
    def history(self) -> "HistoryService":
        """The change log, undo and redo."""
        from commission_app.services.history import HistoryService

        return HistoryService(self.context)

    @property
    def imports(self) -> "ImportService":
        """Lists from elsewhere."""
        from commission_app.services.imports import ImportService

        return ImportService(self.context)

    @property
    def donor_letters(self) -> "DonorLetterService":
        """Confirmations and reminders to donors."""
        from commission_app.services.donor_letters import DonorLetterService

        return DonorLetterService(self.context)

    @property
    def labels(self) -> "LabelService":
        """Address labels."""
        from commission_app.services.labels import LabelService

        return LabelService(self.context)

    @property
    def statements(self) -> "StatementService":
        """Statements of what donors gave."""
        from commission_app.services.statements import StatementService

        return StatementService(self.context)

    @property
    def inquiries(self) -> "InquiryService":
        """The inquiries with their steps and letters."""
        from commission_app.services.inquiries import InquiryService

        return InquiryService(self.context)

    @property
    def business(self) -> "BusinessService":
        """What goes on from meeting to meeting."""
        from commission_app.services.business import BusinessService

        return BusinessService(self.context)

    @property
    def item_files(self) -> "ItemFileService":
        """The files attached to agenda items."""
        from commission_app.services.item_files import ItemFileService

        return ItemFileService(self.context)

    @property
    def journal(self) -> "JournalService":
        """The journal for the accountant."""
        from commission_app.services.journal import JournalService

        return JournalService(self.context)

    @property
    def mail(self) -> "MailService":
        """Drafts of e-mails."""
        from commission_app.services.mailing import MailService

        return MailService(self.context)

    @property
    def meetings(self) -> "MeetingService":
        """The calendar of meetings."""
        from commission_app.services.meetings import MeetingService

        return MeetingService(self.context)

    @property
    def merging(self) -> "MergeService":
        """Contacts that stand in the file twice."""
        from commission_app.services.merging import MergeService

        return MergeService(self.context)

    @property
    def members(self) -> "MemberService":
        """Seats, terms and offices."""
        from commission_app.services.members import MemberService

        return MemberService(self.context)

    @property
    def minutes(self) -> "MinutesService":
        """The minutes of the meetings."""
        from commission_app.services.minutes import MinutesService

        return MinutesService(self.context)

    @property
    def organizations(self) -> "OrganizationService":
        """The community organizations and their rosters."""
        from commission_app.services.organizations import OrganizationService

        return OrganizationService(self.context)

    @property
    def papers(self) -> "PaperService":
        """The papers."""
        from commission_app.services.papers import PaperService

        return PaperService(self.context)

    @property
    def parcels(self) -> "ParcelService":
        """What comes back from reading copies."""
        from commission_app.services.parcels import ParcelService

        return ParcelService(self.context)

    @property
    def payments(self) -> "PaymentService":
        """The payments."""
        from commission_app.services.payments import PaymentService

        return PaymentService(self.context)

    @property
    def pledges(self) -> "PledgeService":
        """The pledges."""
        from commission_app.services.pledges import PledgeService

        return PledgeService(self.context)

    @property
    def postings(self) -> "PostingService":
        """Posting copies and postings."""
        from commission_app.services.postings import PostingService

        return PostingService(self.context, self.now)

    @property
    def proceedings(self) -> "ProceedingsService":
        """Running a meeting."""
        from commission_app.services.proceedings import ProceedingsService

        return ProceedingsService(self.context)

    @property
    def receipts(self) -> "ReceiptService":
        """The receipts."""
        from commission_app.services.receipts import ReceiptService

        return ReceiptService(self.context)

    @property
    def record(self) -> "RecordService":
        """The open record."""
        from commission_app.services.record import RecordService

        return RecordService(self.context)

    @property
    def refunds(self) -> "RefundService":
        """Money given back."""
        from commission_app.services.refunds import RefundService

        return RefundService(self.context)

    @property
    def search(self) -> "SearchService":
        """Every record by its words."""
        from commission_app.services.search import SearchService

        return SearchService(self.context)

    @property
    def verification(self) -> "VerificationService":
        """The checks of the file."""
        from commission_app.services.verification import VerificationService

        return VerificationService(self.context)

    @property
    def volunteers(self) -> "VolunteerService":
        """The hours of volunteers."""
        from commission_app.services.volunteers import VolunteerService

        return VolunteerService(self.context)

    @property
    def years(self) -> "YearService":
        """The years of the money."""
        from commission_app.services.years import YearService

        return YearService(self.context)

    @property
    def wordings(self) -> "WordingService":
        """The words of the papers to donors."""
        from commission_app.services.wordings import WordingService

        return WordingService(self.context)

    @property
    def path(self) -> Path:
        """The file."""
        return self.context.database.path

    @property
    def may_write(self) -> bool:
        """Whether this session holds the right to write, or only reads."""
        return self.context.database.may_write

    @property
    def who(self) -> str:
        """Who is at the keyboard, for the history."""
        return self.context.database.who

    def one_view(self) -> AbstractContextManager[None]:
        """Read everything in the block as of one moment; nothing can be written in it."""
        return self.context.database.one_view()

    def sit_down(self, name: str) -> None:
        """Somebody else is at the keyboard now."""
        self.context.database.who = name

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call back after each committed change, in the thread that made it."""
        self.context.database.listeners.append(listener)

    def close(self) -> None:
        """Give the right to write back; the session is not used afterwards."""
        self.context.database.close()


class Program(Protocol):
    """What the composition root offers to the window and to the commands."""

    def open_reading(self, path: Path, *, on: date | None = None) -> Session:
        """Open a file without the right to write; raises a StorageError that says why it cannot be."""
        ...

    def open_writing(
        self, path: Path, *, who: str, on: date | None = None, over: bool = False, window: bool = False
    ) -> Session:
        """Open a file and take the right to write, bringing an older file to this version first.

        `over` takes the right from another computer's holder; `window` makes a backup when something
        has changed since the last one. Raises InUseError with the holder's name.
        """
        ...

    def create(self, path: Path, commission: Commission, *, who: str, on: date | None = None) -> None:
        """Make a new file from the rule pack that the commission names; never overwrites."""
        ...

    def needs_upgrade(self, path: Path) -> bool:
        """Whether a file was written by an older version of the program."""
        ...

    def upgrade(self, path: Path, *, who: str, over: bool = False) -> None:
        """Bring an older file to this version, after a backup; the work of `open_writing` that takes long."""
        ...

    def open_preview(self, backup: Path, folder: Path, *, on: date | None = None) -> Session:
        """A backup to be looked at: a copy of it in a folder, opened for reading."""
        ...

    def restore(self, backup: Path, target: Path) -> Path | None:
        """Put a backup in a file's place; the path under which the present file was kept, if any."""
        ...

    def before_restore(self, target: Path) -> Path:
        """The file that the last restore at a place kept aside; raises NotFoundError."""
        ...

    def undo_restore(self, target: Path) -> Path | None:
        """Put the file from before the last restore back; the path of what was there until now."""
        ...

    def before_upgrade(self, path: Path) -> Path:
        """The backup that was made before the last upgrade of a file; raises NotFoundError."""
        ...

    def create_sample(self, path: Path, *, on: date | None = None) -> None:
        """Make the sample of an invented city, alive around a day; never overwrites."""
        ...

    def risk_of(self, path: Path) -> RiskyPlace | None:
        """Why a file should not live where it is; None where it is safe. May be slow on a network."""
        ...

    def move_here(self, path: Path, *, who: str) -> Moved:
        """Move a file that is not open to this computer's own disk; the old one is only renamed."""
        ...

    def try_window(self, session: Session, folder: Path, tell: Callable[[str], None]) -> None:
        """Open the window on a file without a screen, visit every page and print an agenda into `folder`."""
        ...
