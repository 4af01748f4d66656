"""History: who did what when, what it changed, and taking it back from there."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.setting_registry import SPECS
from commission_app.domain.text import fold
from commission_app.gui import labels
from commission_app.gui.history import field_words
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.page_parts import EmptyState, PageTitle, ScrollPage, is_narrow
from commission_app.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk
    from commission_app.services.history import Action, FieldChange, HistoryEntry

_LIST, _PAGE = 440, 200
EVERYBODY: Final = ""


def record_names(desk: "Desk") -> dict[str, str]:
    """What the records are called that others point to, by their ids."""
    session = desk.session
    names = {contact.id: contact.name for contact in session.contacts.all()}
    names |= {view.seat.id: view.seat.label for view in session.members.seats()}
    names |= {view.organization.id: view.contact.name for view in session.organizations.all()}
    names |= {view.meeting.id: labels.day_long(view.meeting.on) for view in session.meetings.all()}
    names |= {campaign.id: campaign.name for campaign in session.campaigns.all()}
    for view in session.inquiries.all():
        names[view.inquiry.id] = names[view.city.city.id] = view.city.place
    return names


def rule_names(desk: "Desk", entry: "HistoryEntry") -> dict[str, str]:
    """Which setting of the rule book each changed value belongs to."""
    touched = {change.row_id for change in entry.fields if change.table == "settings"}
    names = {
        c.row_id: str(c.new or c.old) for c in entry.fields if c.table == "settings" and c.field == "name"
    }
    if touched - set(names):
        for spec in SPECS:
            names |= {setting.id: spec.name for setting in desk.session.commission.settings_of(spec.name)}
    return names


class EntryDetail(ScrollPage):
    """One action: who, when, what, each field before and after, Undo or why it cannot be."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self.entry: HistoryEntry | None = None
        self.title = Text("", "title", wrap=True)
        self.who = Text("", "body", "ink-2", wrap=True)
        self.chip = Chip("", ChipKind.OUTLINE, "undo")
        self.undo = Button(self.tr("Undo this"), "secondary", "undo", size="small")
        self.reason = Text("", "meta", "ink-2", wrap=True)
        self.fields: list[tuple[str, str, str]] = []
        self._holder: QWidget | None = None
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.who)
        state = QHBoxLayout()
        state.addWidget(self.chip)
        state.addStretch(1)
        head.addLayout(state)
        doing = QHBoxLayout()
        doing.setSpacing(12)
        doing.addWidget(self.undo)
        doing.addWidget(self.reason, 1)
        head.addLayout(doing)
        self.column.addLayout(head)
        self._fields_at = QVBoxLayout()
        self.column.addLayout(self._fields_at)
        self.column.addStretch(1)
        self.undo.clicked.connect(self._undo)

    def show_entry(self, entry: "HistoryEntry") -> None:
        """Show an action."""
        self.entry = entry
        zone = self._desk.session.context.today().zone
        action = entry.action
        self.title.setText(labels.sentence(action.what))
        wall = labels.local(action.at, zone)
        self.who.setText(
            self.tr("{who}, {day}, {time}").format(
                who=action.who, day=labels.day_full(wall.date()), time=labels.time_clock(wall)
            )
        )
        self.chip.set_spec(ChipSpec(self.tr("Undone"), ChipKind.OUTLINE, "undo"))
        self.chip.setVisible(action.undone)
        reason = self._desk.operations.read_only_reason() or entry.reason_not_to_undo
        self.undo.set_unavailable(reason)
        self.undo.setVisible(not action.undone)
        self.reason.setText("" if action.undone else reason or "")
        self._show_fields(entry)

    def _show_fields(self, entry: "HistoryEntry") -> None:
        if self._holder is not None:
            self._fields_at.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, stretch in enumerate((0, 1, 0, 1)):
            grid.setColumnStretch(column, stretch)
        self.fields = []
        self._is_made = all(change.old is None for change in entry.fields)
        last = ""
        for change in self._worth_telling(entry):
            if change.row_id != last:
                last = change.row_id
                row = grid.rowCount()
                grid.setRowMinimumHeight(row, 28)
                grid.addWidget(Text(field_words.table_words(change.table), "heading"), row, 0, 1, 4)
            self._add_field(grid, change)
        self._fields_at.addWidget(self._holder)

    def _add_field(self, grid: QGridLayout, change: "FieldChange") -> None:
        names, zone = self._names, self._desk.session.context.today().zone
        rule = self._rules.get(change.row_id, "")
        old = field_words.value_words(change, change.old, names, zone, rule)
        new = field_words.value_words(change, change.new, names, zone, rule)
        name = field_words.field_words(change.field)
        self.fields.append((name, old, new))
        row, top = grid.rowCount(), Qt.AlignmentFlag.AlignTop
        grid.addWidget(Text(name, "meta", "ink-2"), row, 0, top)
        if self._is_made:
            grid.addWidget(Text(new, "body", wrap=True), row, 1, 1, 3, top)
            return
        before = Text(old or "–", "body", "ink-3" if not old else "ink-2", wrap=True)
        after = Text(new or "–", "body", "ink-3" if not new else "ink", wrap=True)
        before.setAccessibleName(self.tr("before: {value}").format(value=old or self.tr("nothing")))
        after.setAccessibleName(self.tr("after: {value}").format(value=new or self.tr("nothing")))
        arrow = IconLabel("right", "ink-3", 16)
        arrow.setAccessibleName(self.tr("became"))
        grid.addWidget(before, row, 1, top)
        grid.addWidget(arrow, row, 2, top)
        grid.addWidget(after, row, 3, top)

    def _worth_telling(self, entry: "HistoryEntry") -> "list[FieldChange]":
        self._names = record_names(self._desk)
        self._rules = rule_names(self._desk, entry)
        return [
            change
            for change in entry.fields
            if change.field not in field_words.HIDDEN and change.old != change.new
        ][:200]

    @Slot()
    def _undo(self) -> None:
        if self.entry is not None:
            self._desk.operations.undo_action(self.entry.action.id)


class HistoryPage(Page):
    """Actions by day at the left, the chosen one at the right."""

    name: ClassVar[str] = "history"
    tables: ClassVar[frozenset[str]] = frozenset({"*"})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._actions: list[Action] = []
        self._has_more = False
        self.title = PageTitle(self.tr("History"))
        self.filter = FilterBox(self.tr("Filter by words"), key_text("Ctrl+F"))
        self.person = ChoiceField("", [(EVERYBODY, self.tr("Everybody"))], name=self.tr("By person"))
        self.person.set_value(EVERYBODY)
        self.list = ListPane(self.tr("What was done"))
        self.more = Button(self.tr("Show earlier"), "link", trailing="down")
        self.detail = EntryDetail(desk)
        self.none = EmptyState("history", self.tr("Nothing found"), self.tr("No action has these words."))
        self._lay_out()
        self.list.chosen.connect(self._show)
        self.filter.textChanged.connect(self._fill)
        self.person.changed.connect(self._fill)
        self.more.clicked.connect(self._read_more)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 0, 4, 4)
        column.setSpacing(8)
        filters = QHBoxLayout()
        filters.setContentsMargins(4, 2, 4, 0)
        filters.setSpacing(8)
        filters.addWidget(self.filter, 3)
        filters.addWidget(self.person, 2)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST, 800])
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self._head)
        outer.addWidget(split, 1)
        self._pad()

    def _pad(self) -> None:
        side, top = (28, 20) if is_narrow(self) else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    @override
    def refresh(self) -> None:
        known = max(_PAGE, len(self._actions))
        self._actions = self.desk.session.history.recent(known)
        self._has_more = len(self._actions) == known
        people = sorted({action.who for action in self._actions}, key=str.casefold)
        self.person.set_choices([(EVERYBODY, self.tr("Everybody")), *((who, who) for who in people)])
        if self.person.value() is None:
            self.person.set_value(EVERYBODY)
        self._fill()

    @Slot()
    def _read_more(self) -> None:
        earlier = self.desk.session.history.recent(_PAGE, before=self._actions[-1].id)
        self._actions += earlier
        self._has_more = len(earlier) == _PAGE
        self._fill()

    @Slot()
    def _fill(self) -> None:
        zone = self.desk.session.context.today().zone
        words, who = fold(self.filter.text()).split(), self.person.value() or EVERYBODY
        items: list[Item] = []
        last: date | None = None
        for action in self._actions:
            if who and action.who != who:
                continue
            searched = fold(f"{action.what} {action.who}")
            if not all(word in searched for word in words):
                continue
            wall = labels.local(action.at, zone)
            if wall.date() != last:
                last = wall.date()
                items.append(ListLabel(self._day(last)))
            chip = ChipSpec(self.tr("Undone"), ChipKind.QUIET, "undo") if action.undone else None
            detail = self.tr("{time}, {who}").format(time=labels.time_clock(wall), who=action.who)
            items.append(
                ListRow(action.id, labels.sentence(action.what).rstrip("."), detail=detail, chip=chip)
            )
        self.list.set_rows(items)
        self.list.setVisible(bool(items))
        self.none.setVisible(not items)
        self.more.setVisible(self._has_more)
        if self.list.selected() is None and items:
            first = next(item for item in items if isinstance(item, ListRow))
            self.list.select(first.key)
        else:
            self._show(self.list.selected())

    def _day(self, day: date) -> str:
        if day == labels.today():
            return self.tr("Today")
        return labels.day_long(day)

    @Slot(object)
    def _show(self, key: object) -> None:
        self.detail.setVisible(isinstance(key, int))
        if isinstance(key, int):
            self.detail.show_entry(self.desk.session.history.entry(key))

    @override
    def open_at(self, place: Place) -> None:
        if place.record_id and place.record_id.isdigit():
            self.filter.clear()
            self.list.select(int(place.record_id))

    @override
    def filter_here(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
