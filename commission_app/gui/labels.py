"""The words of the window: days and times as they are read, and a name and a chip for every state.

Days carry their year only when it is not the one that the window looks from (`look_from`)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from commission_app import clock
from commission_app.domain.action_items import ActionState
from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.contacts import ContactKind
from commission_app.domain.findings import Level
from commission_app.domain.meetings import AttendanceState, MeetingKind, MeetingState
from commission_app.domain.members import OfficeTitle, SeatKind, SeatState, TermEnd
from commission_app.domain.posting import PostingStanding, PostingState
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


class _From:
    """The day that the window looks from; None is the computer's today."""

    today: date | None = None


def look_from(today: date | None) -> None:
    """Read days from here on: what is today, and therefore this year, on the commission's calendar."""
    _From.today = today


def today() -> date:
    """The day that the window looks from."""
    return _From.today or clock.now().astimezone().date()


def _day(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def day_short(day: date) -> str:
    """For chips and lists: Mon, Sep 21; with its year when that is not this one."""
    if day.year == today().year:
        return _day(day, QCoreApplication.translate("labels", "ddd, MMM d"))
    return _day(day, QCoreApplication.translate("labels", "ddd, MMM d, yyyy"))


def day_long(day: date) -> str:
    """For titles: Thursday, September 24; with its year when that is not this one."""
    if day.year == today().year:
        return _day(day, QCoreApplication.translate("labels", "dddd, MMMM d"))
    return day_full(day)


def day_full(day: date) -> str:
    """In full, always with the year: Thursday, September 24, 2026."""
    return _day(day, QCoreApplication.translate("labels", "dddd, MMMM d, yyyy"))


def day_plain(day: date) -> str:
    """In a sentence, without the weekday: September 24; with its year when that is not this one."""
    if day.year == today().year:
        return _day(day, QCoreApplication.translate("labels", "MMMM d"))
    return _day(day, QCoreApplication.translate("labels", "MMMM d, yyyy"))


def day_field(day: date) -> str:
    """In tables and fields, always with the year: Sep 24, 2026."""
    return _day(day, QCoreApplication.translate("labels", "MMM d, yyyy"))


def time_short(at: time | datetime) -> str:
    """6 PM, 6:30 PM; in the reader's own way where hours are counted to 24."""
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    if at.minute == 0 and "AP" in pattern.upper():
        pattern = QCoreApplication.translate("labels", "h AP")
    return locale.toString(QTime(at.hour, at.minute), pattern).replace("\u202f", " ")


def time_clock(at: time | datetime) -> str:
    """With its minutes: 6:00 PM."""
    pattern = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return QLocale().toString(QTime(at.hour, at.minute), pattern).replace("\u202f", " ")


def place_inside(place: str) -> str:
    """A place without its street address: City Hall, Committee Room."""
    parts = place.split(", ")
    street = next((at for at, part in enumerate(parts) if at and part[:1].isdigit()), len(parts))
    return ", ".join(parts[:street])


def moment_short(at: datetime) -> str:
    """A local moment in a chip: Mon, Sep 21, 6 PM."""
    return QCoreApplication.translate("labels", "{day}, {time}").format(
        day=day_short(at), time=time_short(at)
    )


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant on the wall clock of a zone, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


def instant_local(at: datetime, zone: ZoneInfo) -> str:
    """An instant on the commission's wall clock: 9:41 AM today, Wed, Sep 16, 9:41 AM on other days."""
    wall = local(at, zone)
    if wall.date() == today():
        return time_clock(wall)
    return QCoreApplication.translate("labels", "{day}, {time}").format(
        day=day_short(wall), time=time_clock(wall)
    )


def sentence(what: str) -> str:
    """What was done, as the history keeps it, as a sentence: Recorded a letter to Tainan."""
    what = what.strip()
    return f"{what[:1].upper()}{what[1:]}{'' if what.endswith('.') else '.'}" if what else ""


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: `one` for exactly one, else `many`; both carry {count}."""
    return (one if count == 1 else many).format(count=QLocale().toString(count))


def days(count: int) -> str:
    """1 day, 77 days."""
    translate = QCoreApplication.translate
    return counted(count, translate("labels", "{count} day"), translate("labels", "{count} days"))


def initials(name: str) -> str:
    """The two letters of a person or a body: AR for Ana Ruiz, titles and particles left out."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isupper() and not word.endswith(".")]
    words = words or name.split()
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()


def size_text(size: int) -> str:
    """The size of a file: 1.2 MB."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def meeting_kind(kind: MeetingKind) -> str:
    """Regular, Special, Emergency."""
    translate = QCoreApplication.translate
    return {
        MeetingKind.REGULAR: translate("labels", "Regular"),
        MeetingKind.SPECIAL: translate("labels", "Special"),
        MeetingKind.EMERGENCY: translate("labels", "Emergency"),
    }[kind]


def meeting_state(state: MeetingState) -> ChipSpec:
    """Scheduled, Held, No quorum, Cancelled."""
    translate = QCoreApplication.translate
    return {
        MeetingState.SCHEDULED: ChipSpec(translate("labels", "Scheduled"), ChipKind.PLAIN, "pending"),
        MeetingState.HELD: ChipSpec(translate("labels", "Held"), ChipKind.PLAIN, "held"),
        MeetingState.NO_QUORUM: ChipSpec(translate("labels", "No quorum"), ChipKind.PLAIN, "no-quorum"),
        MeetingState.CANCELLED: ChipSpec(translate("labels", "Cancelled"), ChipKind.OUTLINE, "cancelled"),
    }[state]


def projected() -> ChipSpec:
    """A meeting that the calendar names and the file does not have yet."""
    return ChipSpec(QCoreApplication.translate("labels", "Projected"), ChipKind.DASHED, "projected")


def draft() -> ChipSpec:
    """An agenda or minutes that have not left the house."""
    return ChipSpec(QCoreApplication.translate("labels", "Draft"), ChipKind.OUTLINE, "draft")


def action_state(state: ActionState) -> ChipSpec:
    """Where an action item stands: Open, Overdue, Done."""
    translate = QCoreApplication.translate
    return {
        ActionState.OPEN: ChipSpec(translate("labels", "Open"), ChipKind.PLAIN, "pending"),
        ActionState.OVERDUE: ChipSpec(translate("labels", "Overdue"), ChipKind.OVERDUE, "overdue"),
        ActionState.DONE: ChipSpec(translate("labels", "Done"), ChipKind.DONE, "ok"),
    }[state]


def voided() -> ChipSpec:
    """A posting that was taken back with a reason."""
    return ChipSpec(QCoreApplication.translate("labels", "Voided"), ChipKind.OUTLINE, "void")


def posting_state(standing: PostingStanding) -> ChipSpec:
    """Where an agenda stands: Draft, Post by ..., Posted, Posted late, Not posted."""
    translate = QCoreApplication.translate
    if standing.state is PostingState.DUE:
        by = translate("labels", "Post by {moment}").format(moment=moment_short(standing.deadline_local))
        return ChipSpec(by, ChipKind.SOON, "deadline")
    return {
        PostingState.NOT_DUE: draft(),
        PostingState.POSTED: ChipSpec(translate("labels", "Posted"), ChipKind.ACCENT, "posted"),
        PostingState.LATE: ChipSpec(translate("labels", "Posted late"), ChipKind.PLAIN, "info"),
        PostingState.MISSED: ChipSpec(translate("labels", "Not posted"), ChipKind.OVERDUE, "overdue"),
    }[standing.state]


def seat_kind(kind: SeatKind) -> str:
    """Regular member, Alternate, Liaison."""
    translate = QCoreApplication.translate
    return {
        SeatKind.REGULAR: translate("labels", "Regular member"),
        SeatKind.ALTERNATE: translate("labels", "Alternate"),
        SeatKind.LIAISON: translate("labels", "Liaison"),
    }[kind]


def seat_state(state: SeatState) -> ChipSpec:
    """Filled, Ending soon, Holdover, Vacant."""
    translate = QCoreApplication.translate
    return {
        SeatState.FILLED: ChipSpec(translate("labels", "Filled"), ChipKind.QUIET, "ok"),
        SeatState.ENDING_SOON: ChipSpec(translate("labels", "Ending soon"), ChipKind.SOON, "deadline"),
        SeatState.HOLDOVER: ChipSpec(translate("labels", "Holdover"), ChipKind.SOON, "holdover"),
        SeatState.VACANT: ChipSpec(translate("labels", "Vacant"), ChipKind.DASHED, "vacant"),
    }[state]


def office(title: OfficeTitle) -> str:
    """Chair, Vice Chair, Secretary, Treasurer."""
    translate = QCoreApplication.translate
    return {
        OfficeTitle.CHAIR: translate("labels", "Chair"),
        OfficeTitle.VICE_CHAIR: translate("labels", "Vice Chair"),
        OfficeTitle.SECRETARY: translate("labels", "Secretary"),
        OfficeTitle.TREASURER: translate("labels", "Treasurer"),
    }[title]


def term_end(end: TermEnd) -> str:
    """How a term ended: Expired, Resigned, Removed, Died, Moved to another seat."""
    translate = QCoreApplication.translate
    return {
        TermEnd.EXPIRED: translate("labels", "Expired"),
        TermEnd.RESIGNED: translate("labels", "Resigned"),
        TermEnd.REMOVED: translate("labels", "Removed"),
        TermEnd.DIED: translate("labels", "Died"),
        TermEnd.MOVED_SEAT: translate("labels", "Moved to another seat"),
    }[end]


def attendance_state(state: AttendanceState) -> ChipSpec:
    """Present, Remote, Excused, Absent."""
    translate = QCoreApplication.translate
    return {
        AttendanceState.PRESENT: ChipSpec(translate("labels", "Present"), ChipKind.QUIET, "ok"),
        AttendanceState.REMOTE: ChipSpec(translate("labels", "Remote"), ChipKind.PLAIN, "remote"),
        AttendanceState.EXCUSED: ChipSpec(translate("labels", "Excused"), ChipKind.OUTLINE, "excused"),
        AttendanceState.ABSENT: ChipSpec(translate("labels", "Absent"), ChipKind.PLAIN, "absent"),
    }[state]


def item_kind(kind: ItemKind) -> str:
    """Information, Discussion, Action, Consent, Closed session."""
    translate = QCoreApplication.translate
    return {
        ItemKind.INFORMATION: translate("labels", "Information"),
        ItemKind.DISCUSSION: translate("labels", "Discussion"),
        ItemKind.ACTION: translate("labels", "Action"),
        ItemKind.CONSENT: translate("labels", "Consent"),
        ItemKind.CLOSED: translate("labels", "Closed session"),
    }[kind]


def outcome(value: Outcome) -> ChipSpec:
    """What became of an item: Discussed, Continued, Withdrawn, Referred, Approved, Failed."""
    translate = QCoreApplication.translate
    return {
        Outcome.DISCUSSED: ChipSpec(translate("labels", "Discussed"), ChipKind.PLAIN, "check"),
        Outcome.CONTINUED: ChipSpec(translate("labels", "Continued"), ChipKind.PLAIN, "go-to"),
        Outcome.WITHDRAWN: ChipSpec(translate("labels", "Withdrawn"), ChipKind.OUTLINE, "close"),
        Outcome.REFERRED: ChipSpec(translate("labels", "Referred"), ChipKind.PLAIN, "right"),
        Outcome.APPROVED: ChipSpec(translate("labels", "Approved"), ChipKind.DONE, "approved"),
        Outcome.FAILED: ChipSpec(translate("labels", "Failed"), ChipKind.PLAIN, "close"),
    }[value]


def contact_kind(kind: ContactKind) -> str:
    """Person, Organization."""
    translate = QCoreApplication.translate
    if kind is ContactKind.PERSON:
        return translate("labels", "Person")
    return translate("labels", "Organization")


def level(value: Level) -> ChipSpec:
    """The urgency of a finding: Overdue, Soon, For information, In order."""
    translate = QCoreApplication.translate
    return {
        Level.OVERDUE: ChipSpec(translate("labels", "Overdue"), ChipKind.OVERDUE, "overdue"),
        Level.WARNING: ChipSpec(translate("labels", "Soon"), ChipKind.SOON, "deadline"),
        Level.INFO: ChipSpec(translate("labels", "For information"), ChipKind.PLAIN, "info"),
        Level.OK: ChipSpec(translate("labels", "In order"), ChipKind.DONE, "ok"),
    }[value]
