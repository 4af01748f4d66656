"""The head of a record: its title with buttons, and a menu of what else can be done with it."""

from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.menus import Menu


class WishingHead(QWidget):
    """`wished` sends what was pressed: a `wish_type`."""

    wish_type: ClassVar[type[StrEnum]]
    wished = Signal(object)

    def __init__(self, more: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.more = more
        self.more.setParent(self)
        self._menu: Menu | None = None
        self.more.clicked.connect(self.open_menu)

    def fill_menu(self, menu: Menu) -> None:
        """Put into the menu what can be done with the record that is shown."""
        raise NotImplementedError

    def offer(
        self, menu: Menu, text: str, wish: StrEnum, icon: str, *, unavailable: str | None = None
    ) -> None:
        """Add an entry that sends a wish."""
        menu.add(text, self._send, icon=icon, unavailable=unavailable).setData(wish)

    def build_menu(self) -> Menu:
        """The menu as it is now."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = Menu(self)
        self.fill_menu(self._menu)
        return self._menu

    @Slot()
    def open_menu(self) -> None:
        """What else can be done with the record."""
        self.build_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    @Slot()
    def _send(self) -> None:
        entry = self.sender()
        if isinstance(entry, QAction):
            self.wished.emit(self.wish_type(entry.data()))
