"""Settings: the commission, its rule book, backups and checks, appearance, and what this program is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.page_parts import PageTitle, is_narrow
from commission_app.gui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk

TABS: Final = ("commission", "rules", "wordings", "backups", "copies", "checks", "appearance", "about")


class Pane(QWidget):
    """What stands under one tab."""

    def refresh(self) -> None:
        """Read the rows again, keeping what is being typed."""

    def open_at(self, place: Place) -> None:
        """Show what a place names."""


#: A window that is lower than this for its text has no room for the title of the page.
_LOW = 400


class SettingsPage(Page):
    """Tabs with a pane each, made on its first visit.

    `backup_wanted` asks for a backup to be shown or put in the file's place, `copies_wanted` names what
    is done with copies, `look_chosen` asks for another theme and text size: the window does them."""

    name: ClassVar[str] = "settings"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"commission", "settings", "staff", "contacts", "attachments", "meetings", "wordings"}
    )
    backup_wanted = Signal(str, object)
    copies_wanted = Signal(str)
    look_chosen = Signal(object, int)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = PageTitle(self.tr("Settings"))
        self.tabs = Tabs(
            (
                self.tr("Commission"),
                self.tr("Rule book"),
                self.tr("Wording"),
                self.tr("Backups"),
                self.tr("Copies and hand-over"),
                self.tr("Check my records"),
                self.tr("Appearance"),
                self.tr("About"),
            ),
            name=self.tr("Settings"),
        )
        self._panes: dict[str, Pane] = {}
        self._stale: set[str] = set()
        self.stack = QStackedWidget()
        self._head = QVBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.title)
        self._head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.stack, 1)
        self.tabs.changed.connect(self._show_tab)
        self._pad()

    def _pad(self) -> None:
        side, top = (28, 20) if is_narrow(self) else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)
        self.title.setHidden(self.window().height() < theme.scaled(_LOW))

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    def _make(self, name: str) -> Pane:
        from commission_app.gui.copies.pane import CopiesPane
        from commission_app.gui.settings.about_pane import AboutPane
        from commission_app.gui.settings.appearance_pane import AppearancePane
        from commission_app.gui.settings.backups_pane import BackupsPane
        from commission_app.gui.settings.checks_pane import ChecksPane
        from commission_app.gui.settings.commission_pane import CommissionPane
        from commission_app.gui.settings.rules_pane import RulesPane
        from commission_app.gui.settings.wordings_pane import WordingsPane

        makers: dict[str, Callable[[Desk], Pane]] = {
            "commission": CommissionPane,
            "rules": RulesPane,
            "wordings": WordingsPane,
            "backups": BackupsPane,
            "copies": CopiesPane,
            "checks": ChecksPane,
            "appearance": AppearancePane,
            "about": AboutPane,
        }
        pane = makers[name](self.desk)
        if isinstance(pane, BackupsPane):
            pane.wanted.connect(self.backup_wanted)
        if isinstance(pane, CopiesPane):
            pane.wanted.connect(self.copies_wanted)
        if isinstance(pane, AppearancePane):
            pane.look_chosen.connect(self.look_chosen)
        return pane

    def pane(self, name: str) -> Pane:
        """A pane, made on its first visit."""
        if name not in self._panes:
            pane = self._make(name)
            self._panes[name] = pane
            self._stale.add(name)
            self.stack.addWidget(pane)
        return self._panes[name]

    def current(self) -> str:
        """The name of the tab that is shown."""
        return TABS[max(0, self.tabs.current())]

    @Slot()
    def _show_tab(self) -> None:
        name = self.current()
        pane = self.pane(name)
        if name in self._stale:
            self._stale.discard(name)
            pane.refresh()
        self.stack.setCurrentWidget(pane)

    @override
    def refresh(self) -> None:
        self._stale.update(self._panes)
        self._show_tab()

    @override
    def open_at(self, place: Place) -> None:
        if place.tab in TABS:
            self.tabs.set_current(TABS.index(place.tab))
        self._show_tab()
        self.pane(self.current()).open_at(place)

    @override
    def filter_here(self) -> None:
        self.tabs.set_current(TABS.index("rules"))
        self._show_tab()
        self.pane("rules").open_at(Place(page="settings", tab="rules", action="filter"))
