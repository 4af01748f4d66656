"""The menu under the commission's name: what can be done with its file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from commission_app.gui.actions import Name
from commission_app.gui.widgets.menus import Menu

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


def file_menu(window: "MainWindow") -> Menu:
    """The menu, made anew each time: a reading copy offers other things than the keeper's file."""
    menu = Menu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    actions = window.actions_by_name
    for group in (
        (Name.OPEN_FILE, Name.CREATE_FILE, Name.BACK_UP, Name.ARCHIVE),
        window.copies.menu(),
        (Name.SHORTCUTS, Name.CLOSE_FILE, Name.QUIT),
    ):
        if not menu.isEmpty():
            menu.addSeparator()
        for name in group:
            action, icon = actions[name], actions.specs[name].icon
            menu.add(action.text(), action.trigger, icon=icon, shortcut=action.shortcut())
    return menu
