"""Every action of the window with its shortcut, in one place: nothing else binds a window-wide key."""

import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

#: Keys that others know for an action.
ALSO: Final[dict[str, tuple[str, ...]]] = {} if sys.platform == "darwin" else {"redo": ("Ctrl+Y",)}
#: Cmd+H hides the program on macOS.
HISTORY_KEY: Final = "Ctrl+Y" if sys.platform == "darwin" else "Ctrl+H"


class Name(StrEnum):
    """What the window can do, wherever it stands."""

    SEARCH = "search"
    HOME = "home"
    MEETINGS = "meetings"
    MEMBERS = "members"
    INQUIRIES = "inquiries"
    FUNDRAISING = "fundraising"
    PAPERS = "papers"
    HISTORY = "history"
    SETTINGS = "settings"
    NEW = "new"
    EDIT = "edit"
    REMOVE = "remove"
    BACK = "back"
    FILTER = "filter"
    PRINT = "print"
    UNDO = "undo"
    REDO = "redo"
    HELP = "help"
    SHORTCUTS = "shortcuts"
    CREATE_FILE = "create-file"
    OPEN_FILE = "open-file"
    CLOSE_FILE = "close-file"
    RUN = "run"
    FULL_SCREEN = "full-screen"
    BACK_UP = "back-up"
    ARCHIVE = "archive"
    GIVE_COPY = "give-copy"
    SEND_BACK = "send-back"
    LOAD_PARCEL = "load-parcel"
    HAND_OVER = "hand-over"
    RECEIVE = "receive"
    LARGER_TEXT = "larger-text"
    SMALLER_TEXT = "smaller-text"
    SWITCH_THEME = "switch-theme"
    ABOUT = "about"
    QUIT = "quit"


#: The actions that go to the page of their name.
PAGES: Final = frozenset(
    {
        Name.HOME,
        Name.MEETINGS,
        Name.MEMBERS,
        Name.INQUIRIES,
        Name.FUNDRAISING,
        Name.PAPERS,
        Name.HISTORY,
        Name.SETTINGS,
    }
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: what it is called, its key, its icon, and whether it needs an open file. A key that `waits`
    goes to what has the focus first: the window acts on it when nothing there took it.
    """

    name: Name
    text: str
    key: str = ""
    icon: str = ""
    needs_file: bool = True
    waits: bool = False


def specs() -> tuple[ActionSpec, ...]:
    """All actions, in the order in which they are listed."""
    translate = QCoreApplication.translate
    return (
        ActionSpec(Name.SEARCH, translate("actions", "Search and do"), "Ctrl+K", "search"),
        ActionSpec(Name.HOME, translate("actions", "Go to Home"), "Ctrl+1", "home"),
        ActionSpec(Name.MEETINGS, translate("actions", "Go to Meetings"), "Ctrl+2", "meetings"),
        ActionSpec(Name.MEMBERS, translate("actions", "Go to Members"), "Ctrl+3", "members"),
        ActionSpec(Name.INQUIRIES, translate("actions", "Go to Inquiries"), "Ctrl+4", "inquiries"),
        ActionSpec(Name.FUNDRAISING, translate("actions", "Go to Fundraising"), "Ctrl+6", "fundraising"),
        ActionSpec(Name.PAPERS, translate("actions", "Go to Papers"), "Ctrl+7", "papers"),
        ActionSpec(Name.HISTORY, translate("actions", "Go to History"), HISTORY_KEY, "history"),
        ActionSpec(Name.SETTINGS, translate("actions", "Go to Settings"), "Ctrl+,", "settings"),
        ActionSpec(Name.NEW, translate("actions", "New here"), "Ctrl+N", "add"),
        ActionSpec(Name.EDIT, translate("actions", "Edit what is selected"), "F2", "draft", waits=True),
        ActionSpec(
            Name.REMOVE,
            translate("actions", "Remove what is selected, or void it"),
            "Del",
            "close",
            waits=True,
        ),
        ActionSpec(Name.BACK, translate("actions", "Back, or leave a form"), "Esc", "left", waits=True),
        ActionSpec(Name.FILTER, translate("actions", "Filter the list"), "Ctrl+F", "filter"),
        ActionSpec(Name.PRINT, translate("actions", "Print"), "Ctrl+P", "print"),
        ActionSpec(Name.UNDO, translate("actions", "Undo"), "Ctrl+Z", "undo"),
        ActionSpec(Name.REDO, translate("actions", "Redo"), "Ctrl+Shift+Z", "redo"),
        ActionSpec(Name.HELP, translate("actions", "Help for this page"), "F1", "help", needs_file=False),
        ActionSpec(
            Name.SHORTCUTS, translate("actions", "Keyboard shortcuts"), "Ctrl+/", "info", needs_file=False
        ),
        ActionSpec(
            Name.CREATE_FILE, translate("actions", "Create a commission’s file"), "", "add", needs_file=False
        ),
        ActionSpec(
            Name.OPEN_FILE, translate("actions", "Open another file"), "Ctrl+O", "folder", needs_file=False
        ),
        ActionSpec(Name.CLOSE_FILE, translate("actions", "Close this file"), "Ctrl+W", "close"),
        ActionSpec(Name.RUN, translate("actions", "Run the meeting"), "Ctrl+R", "play"),
        ActionSpec(Name.FULL_SCREEN, translate("actions", "Full screen"), "F11", "eye", needs_file=False),
        ActionSpec(Name.BACK_UP, translate("actions", "Back up now"), "", "export"),
        ActionSpec(Name.ARCHIVE, translate("actions", "Save everything as an open folder"), "", "folder"),
        ActionSpec(Name.GIVE_COPY, translate("actions", "Give a reading copy"), "", "copy"),
        ActionSpec(Name.SEND_BACK, translate("actions", "Send back what was entered"), "", "mail"),
        ActionSpec(Name.LOAD_PARCEL, translate("actions", "Load a parcel"), "", "import"),
        ActionSpec(Name.HAND_OVER, translate("actions", "Hand the record over"), "", "go-to"),
        ActionSpec(
            Name.RECEIVE, translate("actions", "Receive a hand-over"), "", "letter-in", needs_file=False
        ),
        ActionSpec(
            Name.LARGER_TEXT, translate("actions", "Larger text"), "Ctrl+=", "zoom-in", needs_file=False
        ),
        ActionSpec(
            Name.SMALLER_TEXT, translate("actions", "Smaller text"), "Ctrl+-", "zoom-out", needs_file=False
        ),
        ActionSpec(Name.SWITCH_THEME, translate("actions", "Light or dark"), "", "theme", needs_file=False),
        ActionSpec(Name.ABOUT, translate("actions", "About Commission App"), "", "info", needs_file=False),
        ActionSpec(Name.QUIT, translate("actions", "Quit"), "Ctrl+Q", "close", needs_file=False),
    )


#: Where macOS wants these in its own menu; all others stay where they are put.
ROLES: Final = {
    Name.ABOUT: QAction.MenuRole.AboutRole,
    Name.SETTINGS: QAction.MenuRole.PreferencesRole,
    Name.QUIT: QAction.MenuRole.QuitRole,
}


class WindowActions(QObject):
    """The actions as objects of the window; `connect_to` gives each its bound method.

    `page_wanted` sends the name of the page that an action goes to."""

    page_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.specs = {spec.name: spec for spec in specs()}
        self._actions: dict[Name, QAction] = {}
        for spec in self.specs.values():
            action = QAction(spec.text, window)
            action.setData(spec.name.value)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(ROLES.get(spec.name, QAction.MenuRole.NoRole))
            if spec.key and not spec.waits:
                action.setShortcuts([QKeySequence(key) for key in (spec.key, *ALSO.get(spec.name, ()))])
            if spec.name in PAGES:
                action.triggered.connect(self._go)
            window.addAction(action)
            self._actions[spec.name] = action

    def __getitem__(self, name: Name) -> QAction:
        return self._actions[name]

    def waiting_for(self, key: Qt.Key) -> QAction | None:
        """The action of a key that nothing with the focus took; Backspace removes on macOS."""
        if key is Qt.Key.Key_Backspace and sys.platform == "darwin":
            key = Qt.Key.Key_Delete
        waiting = (spec for spec in self.specs.values() if spec.waits)
        found = next((spec for spec in waiting if QKeySequence(spec.key) == QKeySequence(key)), None)
        action = self._actions[found.name] if found is not None else None
        return action if action is not None and action.isEnabled() else None

    @Slot()
    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.page_wanted.emit(action.data())

    def connect_to(self, slots: dict[Name, Callable[[], object]]) -> None:
        """Connect each action with the bound method that does it."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)

    def set_file_open(self, is_open: bool) -> None:
        """What needs an open file can be done only while there is one."""
        for name, action in self._actions.items():
            action.setEnabled(is_open or not self.specs[name].needs_file)

    def keep_only(self, names: Collection[Name]) -> None:
        """Only these can be done, until `set_file_open` is called again."""
        for name, action in self._actions.items():
            action.setEnabled(name in names)

    def available(self) -> Iterable[ActionSpec]:
        """What can be done now."""
        return [spec for name, spec in self.specs.items() if self._actions[name].isEnabled()]
