"""History: who did what when, what it changed, what a record was on a day, and taking it back from there."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import NotFoundError
from commission_app.gui import labels, theme
from commission_app.gui.history.compared import MOST
from commission_app.gui.history.details import HistoryDetail
from commission_app.gui.history.names import record_title
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.page_parts import EmptyState, PageTitle, is_narrow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk
    from commission_app.services.history import Action, HistoryFilter

_LIST, _PAGE = 440, 200
_LOW: Final = 600  # pixels at 100 percent: a window in which the fields would leave no room for the list
EVERYBODY: Final = ""
EVERYTHING: Final = ""
#: How far a row's words stand from the pane's edge.
_INSET = 20


class HistoryPage(Page):
    """Actions by day at the left, the chosen one at the right; of the whole file or of one record."""

    name: ClassVar[str] = "history"
    tables: ClassVar[frozenset[str]] = frozenset({"*"})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._actions: list[Action] = []
        self._has_more = False
        self._record_id: str | None = None
        today = desk.session.context.today().today
        self.title = PageTitle(self.tr("History"))
        self.everything = Button(
            self.tr("Show all"), "secondary", "history", name=self.tr("Show the whole history")
        )
        self.filter = FilterBox(self.tr("Filter by words"), key_text("Ctrl+F"))
        self.narrower = Button("", "icon", "filter", name=self.tr("Who, what and when"))
        self.narrower.setCheckable(True)
        self.person = ChoiceField(self.tr("Who"), [(EVERYBODY, self.tr("Everybody"))])
        self.person.set_value(EVERYBODY)
        self.deed = ChoiceField(self.tr("What"), self._deeds())
        self.deed.set_value(EVERYTHING)
        self.from_on = day_field(self.tr("From"), today)
        self.to_on = day_field(self.tr("Until"), today)
        self.as_it_was = day_field(self.tr("As it was on"), today)
        self.list = ListPane(self.tr("What was done"))
        self.more = Button(self.tr("Show earlier"), "link", trailing="down")
        self.detail = HistoryDetail(desk)
        self.none = EmptyState(
            "history",
            self.tr("Nothing found"),
            self.tr("Nothing of this kind was done."),
            self.tr("Show all"),
        )
        if self.none.button is not None:
            self.none.button.set_kind("secondary")
        self._lay_out()
        self._connect()

    def _deeds(self) -> list[tuple[str, str]]:
        return [
            (EVERYTHING, self.tr("Everything")),
            ("added", self.tr("Added")),
            ("changed", self.tr("Changed")),
            ("removed", self.tr("Removed")),
            ("undone", self.tr("Undone and redone")),
        ]

    def _lay_out(self) -> None:
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setSpacing(8)
        self._filters = QGridLayout()
        self._filters.setHorizontalSpacing(12)
        self._filters.setVerticalSpacing(8)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.filter, 1)
        words.addWidget(self.narrower)
        self._filters.addLayout(words, 0, 0, 1, 2)
        self._fields = (self.person, self.deed, self.from_on, self.to_on)
        for at, field in enumerate(self._fields):
            self._filters.addWidget(field, 1 + at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self._left.addLayout(self._filters)
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.none, 1)
        self._left.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._day_at = QHBoxLayout()
        self._day_at.addWidget(self.as_it_was, 1)
        self._day_at.addStretch(1)
        self._right.addLayout(self._day_at)
        self._right.addWidget(self.detail, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([_LIST, 800])
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        self.title.set_actions(self.everything)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self._head)
        outer.addWidget(self._split, 1)
        self._show_record_parts()
        self._pad()

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.filter.textChanged.connect(self._search)
        for field in (self.person, self.deed, self.from_on, self.to_on):
            field.changed.connect(self._search)
        self.as_it_was.changed.connect(self._show_then)
        self.narrower.toggled.connect(self._pad)
        theme.notifier().changed.connect(self._pad)
        self.more.clicked.connect(self._read_more)
        self.everything.clicked.connect(self.show_all)
        self.none.pressed.connect(self.show_all)

    @Slot()
    def _pad(self) -> None:
        """Titles, filters and the words of the rows begin at the page's padding; in a low window the fields
        are shown when they are asked for.
        """
        is_low = self.window().height() < theme.scaled(_LOW)
        self.narrower.setVisible(is_low)
        for field in self._fields:
            field.setHidden(is_low and not self.narrower.isChecked())
        side, top = (28, 20) if is_narrow(self) else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)
        self._left.setContentsMargins(side - _INSET, 0, 12, 4)
        self._filters.setContentsMargins(_INSET, 2, 8, 0)
        self._day_at.setContentsMargins(side, 2, side, 0)

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    # What is shown

    @override
    def refresh(self) -> None:
        people = self.desk.session.history.people()
        self.person.set_choices([(EVERYBODY, self.tr("Everybody")), *((who, who) for who in people)])
        if self.person.value() is None:
            self.person.set_value(EVERYBODY)
        self._read(max(_PAGE, len(self._actions)))

    def _wanted(self) -> "HistoryFilter":
        from commission_app.services.history import Deed, HistoryFilter

        deed = self.deed.value()
        return HistoryFilter(
            words=self.filter.text(),
            who=self.person.value() or None,
            from_on=None if self.from_on.problem() else self.from_on.value(),
            to_on=None if self.to_on.problem() else self.to_on.value(),
            deed=Deed(deed) if deed else None,
            record_id=self._record_id,
        )

    def _read(self, count: int) -> None:
        self._actions = self.desk.session.history.page(self._wanted(), count)
        self._has_more = len(self._actions) == count
        self._fill()

    @Slot()
    def _search(self) -> None:
        self._read(_PAGE)

    @Slot()
    def _read_more(self) -> None:
        earlier = self.desk.session.history.page(self._wanted(), _PAGE, before=self._actions[-1].id)
        self._actions += earlier
        self._has_more = len(earlier) == _PAGE
        self._fill()

    def _fill(self) -> None:
        zone = self.desk.session.context.today().zone
        items: list[Item] = []
        last: date | None = None
        for action in self._actions:
            wall = labels.local(action.at, zone)
            if wall.date() != last:
                last = wall.date()
                items.append(ListLabel(self._day(last)))
            chip = ChipSpec(self.tr("Undone"), ChipKind.QUIET, "undo") if action.undone else None
            detail = self.tr("{time}, {who}").format(time=labels.time_clock(wall), who=action.who)
            items.append(
                ListRow(
                    action.id,
                    labels.sentence(action.what).rstrip("."),
                    detail=detail,
                    chip=chip,
                    wraps=True,
                )
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
        return self.tr("Today") if day == labels.today() else labels.day_long(day)

    @Slot(object)
    def _show(self, key: object) -> None:
        if self._then() is not None:
            self._show_then()
            return
        self.detail.setVisible(isinstance(key, int))
        if isinstance(key, int):
            self.detail.show_entry(self.desk.session.history.entry(key, most_rows=MOST))

    # One record

    def _then(self) -> date | None:
        """The day on which the record is shown, if one was asked for."""
        if self._record_id is None or self.as_it_was.problem():
            return None
        return self.as_it_was.value()

    @Slot()
    def _show_then(self) -> None:
        day = self._then()
        if day is None or self._record_id is None:
            self._show(self.list.selected())
            return
        self.detail.setVisible(True)
        self.detail.show_record(self._record_id, record_title(self.desk, self._record_id), day)

    def _show_record_parts(self) -> None:
        is_one = self._record_id is not None
        self.everything.setVisible(is_one)
        self.as_it_was.setVisible(is_one)
        title = record_title(self.desk, self._record_id) if self._record_id is not None else ""
        whole = self.tr("History of {name}").format(name=title) if title else self.tr("History of one record")
        self.title.set_text(whole if is_one else self.tr("History"))

    def show_record(self, record_id: str) -> None:
        """Show what was done to one record and what belongs to it."""
        self._record_id = record_id
        self._empty_filters()
        self._show_record_parts()
        self._search()

    @Slot()
    def show_all(self) -> None:
        """Leave the record and every filter."""
        self._record_id = None
        self._empty_filters()
        self._show_record_parts()
        self._search()

    def _empty_filters(self) -> None:
        values: tuple[tuple[Any, Any], ...] = (
            (self.person, EVERYBODY),
            (self.deed, EVERYTHING),
            (self.from_on, None),
            (self.to_on, None),
            (self.as_it_was, None),
        )
        for field, value in values:
            field.set_value(value)
        self.filter.clear()

    @override
    def open_at(self, place: Place) -> None:
        if place.record_id is None:
            return
        if place.record_id.isdigit():
            self.show_all()
            self.list.select(int(place.record_id))
            return
        try:
            self.show_record(place.record_id)
        except NotFoundError:
            self.show_all()
            self.desk.messages.warn(self.tr("The history does not know this record."))
            return
        if place.part is not None:
            self.as_it_was.choose(date.fromisoformat(place.part))

    @override
    def filter_here(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
