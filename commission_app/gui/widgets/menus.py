"""Menus in the look of the program."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from commission_app.gui import icons, theme, theme_style


class Menu(QMenu):
    """A menu of verbs; what cannot be done says why in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font("body"))
        self.setToolTipsVisible(True)
        if theme_style.popups_are_round():
            self.setProperty("round", True)
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def add(
        self,
        text: str,
        slot: Callable[[], object],
        *,
        icon: str = "",
        shortcut: QKeySequence | QKeySequence.StandardKey | str | None = None,
        unavailable: str | None = None,
    ) -> QAction:
        """Add an entry; `slot` is a bound method. With `unavailable` it is grey and that is why."""
        action = self.addAction(text)
        action.triggered.connect(slot)
        if icon:
            icons.assign(action, icon)
        if shortcut is not None:
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if unavailable is not None:
            action.setEnabled(False)
            action.setToolTip(unavailable)
        return action


def key_text(sequence: QKeySequence | QKeySequence.StandardKey | str) -> str:
    """A shortcut as it stands on a key cap: Ctrl Z."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
