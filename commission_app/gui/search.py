"""Search (Ctrl+K): pages, actions and records by any part of their words, letters without marks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.domain.contacts import ContactKind
from commission_app.domain.money import format_money
from commission_app.domain.text import fold
from commission_app.gui import icons, labels, theme
from commission_app.gui.page import Place
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import Hairline, Run, Text, paint_runs
from commission_app.services.search import Hit, Noun

if TYPE_CHECKING:
    from commission_app.services.session import Session

Index = QModelIndex | QPersistentModelIndex

_WIDTH, _INPUT, _ROW, _MOST = 560, 46, 38, 8
#: The icon, the page and the tab of each noun.
_SHOWN: Final = {
    Noun.CONTACT: ("person", "members", "contacts"),
    Noun.INQUIRY: ("inquiries", "inquiries", ""),
    Noun.CAMPAIGN: ("fundraising", "fundraising", "overview"),
    Noun.ITEM: ("list", "meetings", "agenda"),
    Noun.LETTER: ("mail", "inquiries", ""),
    Noun.PLEDGE: ("gift", "fundraising", "pledges"),
    Noun.PAYMENT: ("payment", "fundraising", "payments"),
}


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that can be found: what it is called, its kind in words, where it leads.

    `target` is a place, or the name of an action. `words` are found as well but not shown."""

    icon: str
    text: str
    kind: str
    target: Place | str
    words: str = ""
    does: bool = False

    @property
    def is_action(self) -> bool:
        """Whether it does something, rather than being something."""
        return self.does or isinstance(self.target, str)


def meeting_entries(session: "Session") -> list[SearchEntry]:
    """The meetings, the nearest first: their names in words are this window's."""
    translate = QCoreApplication.translate
    today = session.context.today().today
    meetings = sorted(session.search.meetings(), key=lambda meeting: abs(meeting.on - today))
    return [
        SearchEntry(
            "meetings",
            translate("search", "{kind} meeting, {day}").format(
                kind=labels.meeting_kind(meeting.kind), day=labels.day_long(meeting.on)
            ),
            translate("search", "Meeting"),
            Place(page="meetings", record_id=meeting.id),
            f"{meeting.on.isoformat()} {meeting.on.year}",
        )
        for meeting in meetings
    ]


def record_entries(session: "Session", text: str) -> list[SearchEntry]:
    """The other records that have every word of a text."""
    hits = session.search.find(text, _MOST)
    currency = session.commission.get().currency or "USD" if any(hit.cents for hit in hits) else ""
    return [_entry(hit, currency) for hit in hits]


def _entry(hit: Hit, currency: str) -> SearchEntry:
    icon, page, tab = _SHOWN[hit.noun]
    if hit.noun is Noun.CONTACT:
        kind = labels.contact_kind(ContactKind.PERSON if hit.is_person else ContactKind.ORGANIZATION)
    elif hit.noun is Noun.ITEM and hit.on:
        kind = labels.day_short(hit.on)
    else:
        kind = _kind(hit.noun)
        if hit.on:
            kind = f"{kind}, {labels.day_short(hit.on)}"
    amount = format_money(hit.cents, currency, sign=True, locale=QLocale().name()) if hit.cents else ""
    text = ", ".join(filter(None, (hit.text, amount, hit.beside)))
    return SearchEntry(
        icon, text, kind, Place(page=page, tab=tab, record_id=hit.opens, part=hit.part), hit.words
    )


def _no_records(_: str) -> list[SearchEntry]:
    return []


def _kind(noun: Noun) -> str:
    translate = QCoreApplication.translate
    return {
        Noun.INQUIRY: translate("search", "Inquiry"),
        Noun.CAMPAIGN: translate("search", "Campaign"),
        Noun.LETTER: translate("search", "Letter"),
        Noun.PLEDGE: translate("search", "Pledge"),
        Noun.PAYMENT: translate("search", "Payment"),
    }[noun]


def found_in(entries: Iterable[SearchEntry], text: str, most: int = _MOST) -> list[SearchEntry]:
    """The entries that have every word typed: those that begin with the first word before the others; records
    first, but the best action second."""
    words = fold(text).split()
    if not words:
        return []
    matching = []
    for place, entry in enumerate(entries):
        shown = fold(entry.text)
        searched = f"{shown} {fold(entry.words)}"
        if all(word in searched for word in words):
            starts = any(part.startswith(words[0]) for part in shown.split())
            matching.append((not shown.startswith(words[0]), not starts, place, entry))
    matching.sort(key=lambda found: found[:3])
    ordered = [found[3] for found in matching]
    records = [entry for entry in ordered if not entry.is_action]
    doing = [entry for entry in ordered if entry.is_action]
    best = [*records[:1], *doing[:1], *records[1:], *doing[1:]]
    return best[:most]


def bold_runs(text: str, typed: str, colour: str = "ink") -> list[Run]:
    """The text with the letters that were typed in 600, where they can be found as they stand."""
    words = sorted(filter(None, typed.split()), key=len, reverse=True)
    low = text.casefold()
    if len(low) != len(text):
        return [Run(text, "body", colour, 0)]
    marked = [False] * len(text)
    for word in words:
        at = low.find(word.casefold())
        if at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
    runs: list[Run] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            runs.append(Run(text[start:at], "strong" if marked[start] else "body", colour, 0))
            start = at
    return runs


#: What finds the records of a text.
Finder = Callable[[str], list[SearchEntry]]


class _Results(QAbstractListModel):
    """What was found."""

    entry_role: Final = int(Qt.ItemDataRole.UserRole) + 1

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[SearchEntry] = []

    def set_entries(self, entries: Sequence[SearchEntry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entries(self) -> list[SearchEntry]:
        """What is shown, from the top."""
        return list(self._entries)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text}, {entry.kind}"
        return entry if role == self.entry_role else None


class _RowDelegate(QStyledItemDelegate):
    """A row of 38: icon of the kind, the text with what was typed in 600, the kind at the right."""

    typed = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.scaled(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_Results.entry_role)
        if not isinstance(entry, SearchEntry):
            return
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillPath(painting.rounded(area, 8), theme.colour("sel"))
        side = theme.scaled(18)
        icon = QRectF(area.left() + 10, area.center().y() - side / 2, side, side)
        icons.paint(painter, entry.icon, icon, "sel-ink" if selected else "ink-2")
        width = painting.text_width("meta", entry.kind)
        kind = QRectF(area.right() - width - 10, area.top(), width + 1, area.height())
        painting.write(painter, kind, entry.kind, "meta", "sel-ink" if selected else "ink-3")
        left = icon.right() + 10
        room = QRectF(left, area.top(), kind.left() - left - 12, area.height())
        paint_runs(painter, room, bold_runs(entry.text, self.typed), "sel-ink" if selected else None)
        painter.restore()


class SearchPopover(Popover):
    """The search under its field: an input of 46 and up to eight rows. `chosen` sends the entry."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[SearchEntry] = []
        self._always: list[SearchEntry] = []
        self._find: Finder = _no_records
        self.edit = LineEdit(self)
        self.edit.setProperty("bare", True)
        self.edit.setPlaceholderText(self.tr("Search records, or type what you want to do"))
        self.edit.setAccessibleName(self.tr("Search"))
        self.edit.add_icon("search", leading=True, tip=self.tr("Search"))
        self.line = Hairline(parent=self)
        self.list = QListView(self)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._results = _Results(self)
        self._delegate = _RowDelegate(self.list)
        self.list.setModel(self._results)
        self.list.setItemDelegate(self._delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 5, 12, 5)
        top.addWidget(self.edit)
        rows = QVBoxLayout()
        rows.setContentsMargins(7, 6, 7, 7)
        rows.addWidget(self.list)
        self.nothing = Text(self.tr("Nothing found"), "body", "ink-2", parent=self)
        self.nothing.setContentsMargins(10, 0, 10, 0)
        rows.addWidget(self.nothing)
        column.addLayout(top)
        column.addWidget(self.line)
        column.addLayout(rows)
        self.edit.textChanged.connect(self._search)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)

    def open(
        self, at: QPoint, entries: Iterable[SearchEntry], always: Iterable[SearchEntry], find: Finder
    ) -> None:
        """Open under a place (the middle of the top edge); `always` is shown before anything is typed, and
        `find` is asked for more with each letter."""
        self._entries, self._always, self._find = list(entries), list(always), find
        self.setFixedWidth(theme.scaled(_WIDTH))
        self.edit.clear()
        self._search()
        self.move(at.x() - self.width() // 2, at.y())
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def found(self) -> list[SearchEntry]:
        """What is listed now, from the top."""
        return self._results.entries()

    @Slot()
    def _search(self) -> None:
        typed = self.edit.text().strip()
        found = found_in([*self._find(typed), *self._entries], typed) if typed else self._always[:_MOST]
        self._delegate.typed = typed
        self._results.set_entries(found)
        if found:
            self.list.setCurrentIndex(self._results.index(0, 0))
        is_missing = bool(typed) and not found
        rows = (len(found) or is_missing) * theme.scaled(_ROW)
        self.list.setFixedHeight(rows)
        self.nothing.setFixedHeight(theme.scaled(_ROW))
        self.list.setVisible(bool(found))
        self.nothing.setVisible(is_missing)
        self.line.setVisible(bool(rows))
        self.setFixedHeight(theme.scaled(_INPUT) + 2 + (rows + 14 if rows else 0))

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(_Results.entry_role)
        if isinstance(entry, SearchEntry):
            self.close()
            self.chosen.emit(entry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        count = self._results.rowCount()
        if event.key() in steps and count:
            row = (self.list.currentIndex().row() + steps[Qt.Key(event.key())]) % count
            self.list.setCurrentIndex(self._results.index(row, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            super().keyPressEvent(event)
