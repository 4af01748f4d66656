"""A page of tabs: each is made when it is first shown, and puts its buttons into the page's title."""

from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.page_parts import PageTitle, is_narrow
from commission_app.gui.widgets.tabs import Tabs

T = TypeVar("T", bound=Tab)


class TabbedPage(Page, Generic[T]):
    """`keys` are the tabs as a place names them; a page calls `show_tab` for its first one."""

    keys: ClassVar[tuple[str, ...]]

    def __init__(self, desk: Desk, title: str, names: tuple[str, ...], parent: QWidget | None) -> None:
        super().__init__(desk, parent)
        self._made: dict[int, T] = {}
        self._stale: set[int] = set()
        self.title = PageTitle(title, parent=self)
        self.tabs = Tabs(names, name=title, parent=self)
        self._bars = QWidget(self)
        self._actions = QHBoxLayout(self._bars)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self.title.set_actions(self._bars)
        self._stack = QStackedWidget(self)
        self._head = QVBoxLayout()
        self._head.setSpacing(11)
        self._head.addWidget(self.title)
        self._head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self.tabs.changed.connect(self.show_tab)
        self._pad()

    def make(self, key: str) -> T:
        """A tab, its module imported when it is first shown."""
        raise NotImplementedError

    def tab(self) -> T:
        """The tab that is shown."""
        return self._made[self.tabs.current()]

    @Slot(int)
    def show_tab(self, at: int) -> None:
        """Show a tab, its rows read again where they changed while it was away."""
        if at not in self._made:
            self._made[at] = tab = self.make(self.keys[at])
            self._stack.addWidget(tab)
            self._actions.addWidget(tab.bar())
            if tab.beside is not None:
                tab.beside.covered.connect(self._pad)
        else:
            self._made[at].come_back()
            if at in self._stale:
                self._made[at].refresh()
        self._stale.discard(at)
        focused = self.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrange()
        self._pad()

    def shown(self) -> QWidget:
        """The tab, or what stands in its place."""
        return self.tab()

    def arrange(self) -> None:
        """Show the tab, with its buttons in the title."""
        self._stack.setCurrentWidget(self.shown())
        for number, tab in self._made.items():
            tab.bar().setVisible(number == self.tabs.current())

    @Slot()
    def _pad(self) -> None:
        side, top = (28, 18) if is_narrow(self) else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)
        beside = self._made[self.tabs.current()].beside if self.tabs.current() in self._made else None
        self.title.setHidden(beside is not None and beside.needs_all_room())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()

    # What every page offers

    @override
    def refresh(self) -> None:
        self._stale = set(self._made) - {self.tabs.current()}
        self.tab().refresh()

    @override
    def open_at(self, place: Place) -> None:
        if place.tab in self.keys:
            self.tabs.set_current(self.keys.index(place.tab))
        self.tab().open_at(place)

    @override
    def new_here(self) -> None:
        self.tab().new_here()

    @override
    def edit_here(self) -> None:
        self.tab().edit_here()

    @override
    def remove_here(self) -> None:
        self.tab().remove_here()

    @override
    def filter_here(self) -> None:
        self.tab().filter_here()
