"""The menu bar of macOS, which every program has there; on other systems the header has it all."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenuBar, QWidget

from commission_app.gui.actions import Name, WindowActions

_SEPARATOR = None


def wants_menu_bar() -> bool:
    """Whether people look for the menus at the top of the screen."""
    return sys.platform == "darwin"


def menus() -> tuple[tuple[str, tuple[Name | None, ...]], ...]:
    """The menus with their actions; by their roles About, Settings and Quit go into the program’s own."""
    translate = QCoreApplication.translate
    return (
        (
            translate("menus", "File"),
            (
                Name.OPEN_FILE,
                Name.CREATE_FILE,
                _SEPARATOR,
                Name.PRINT,
                Name.BACK_UP,
                Name.ARCHIVE,
                _SEPARATOR,
                Name.GIVE_COPY,
                Name.SEND_BACK,
                Name.LOAD_PARCEL,
                Name.HAND_OVER,
                Name.RECEIVE,
                _SEPARATOR,
                Name.CLOSE_FILE,
                Name.ABOUT,
                Name.SETTINGS,
                Name.QUIT,
            ),
        ),
        (
            translate("menus", "Edit"),
            (Name.UNDO, Name.REDO, _SEPARATOR, Name.NEW, Name.EDIT, Name.REMOVE, _SEPARATOR, Name.FILTER),
        ),
        (
            translate("menus", "Go"),
            (
                Name.SEARCH,
                Name.BACK,
                _SEPARATOR,
                Name.HOME,
                Name.MEETINGS,
                Name.MEMBERS,
                Name.INQUIRIES,
                Name.FUNDRAISING,
                Name.PAPERS,
                Name.HISTORY,
            ),
        ),
        (
            translate("menus", "View"),
            (Name.RUN, Name.FULL_SCREEN, _SEPARATOR, Name.LARGER_TEXT, Name.SMALLER_TEXT, Name.SWITCH_THEME),
        ),
        (translate("menus", "Help"), (Name.HELP, Name.SHORTCUTS)),
    )


def make_menu_bar(actions: WindowActions, parent: QWidget | None = None) -> QMenuBar:
    """A menu bar with every action of the window."""
    bar = QMenuBar(parent)
    for title, names in menus():
        menu = bar.addMenu(title)
        for name in names:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
    return bar
