"""The one list of all keys: those of the window, and those that lists, forms and tabs know themselves."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from commission_app.gui import theme
from commission_app.gui.actions import specs
from commission_app.gui.run.keys import Do, answer_keys, meeting_keys, motion_keys
from commission_app.gui.widgets.chips import KeyCap
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.text import Text

_WIDTH, _HEIGHT, _KEYS = 860, 560, 112
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Where keys work, and what each does there."""

    title: str
    keys: tuple[tuple[str, str], ...]


def groups() -> tuple[KeyGroup, ...]:
    """Every key; within a group, and between a group and the window, no key means two things."""
    translate = QCoreApplication.translate
    return (
        KeyGroup(
            translate("keys", "Everywhere"), tuple((spec.key, spec.text) for spec in specs() if spec.key)
        ),
        KeyGroup(
            translate("keys", "In a list"),
            (
                ("Enter", translate("keys", "Open")),
                ("Ctrl+A", translate("keys", "Select all")),
                ("Ctrl+C", translate("keys", "Copy as a table")),
                ("Shift+F10", translate("keys", "Menu of the row")),
                ("Home", translate("keys", "First row")),
                ("End", translate("keys", "Last row")),
            ),
        ),
        KeyGroup(
            translate("keys", "In a form"),
            (
                ("Enter", translate("keys", "Save")),
                ("Ctrl+Enter", translate("keys", "Save from a text of several lines")),
                ("Alt+Down", translate("keys", "Pick a day, open a list")),
                ("F4", translate("keys", "Pick a day")),
            ),
        ),
        KeyGroup(
            translate("keys", "In a batch of payments"),
            (
                ("Enter", translate("keys", "On to what is to be typed next")),
                ("Down", translate("keys", "In From and For: open the list")),
                ("Ctrl+D", translate("keys", "Repeat the cell above")),
                ("Ctrl+Space", translate("keys", "Split or change the row")),
                ("Ctrl+Del", translate("keys", "Remove the row")),
                ("Ctrl+Enter", translate("keys", "Record the batch")),
            ),
        ),
        KeyGroup(
            translate("keys", "On an agenda, and in any order"),
            (
                ("Enter", translate("keys", "Open the item")),
                ("Alt+Up", translate("keys", "Move up")),
                ("Alt+Down", translate("keys", "Move down")),
                ("Right", translate("keys", "Unfold a section")),
                ("Left", translate("keys", "Fold a section")),
            ),
        ),
        KeyGroup(
            translate("keys", "On the roll"),
            (
                ("P", translate("keys", "Present")),
                ("R", translate("keys", "Remote")),
                ("E", translate("keys", "Excused")),
                ("A", translate("keys", "Absent")),
            ),
        ),
        KeyGroup(
            translate("keys", "While a meeting runs"),
            tuple(
                (key.key, f"{key.words[:1].upper()}{key.words[1:]}")
                for key in meeting_keys()
                if key.do is not Do.UNDO  # it is among those of the window
            ),
        ),
        KeyGroup(
            translate("keys", "While a motion is before the meeting"),
            (
                *((key.key, f"{key.words[:1].upper()}{key.words[1:]}") for key in motion_keys()),
                *answer_keys(),
            ),
        ),
        KeyGroup(
            translate("keys", "In the month of meetings"),
            (
                ("Enter", translate("keys", "Open the meeting")),
                ("N", translate("keys", "New meeting on the day")),
                ("Home", translate("keys", "Today")),
                ("PgUp", translate("keys", "The month before")),
                ("PgDown", translate("keys", "The next month")),
            ),
        ),
        KeyGroup(
            translate("keys", "In the grid of past meetings"),
            (
                ("H", translate("keys", "Held")),
                ("N", translate("keys", "No quorum")),
                ("C", translate("keys", "Cancelled")),
            ),
        ),
    )


class ShortcutsDialog(Dialog):
    """All keys with what they do, by where they work, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("keys", "Keyboard shortcuts"),
            doing=translate("keys", "Close"),
            width=_WIDTH,
            parent=parent,
        )
        everywhere, *others = groups()
        inside = QWidget(self)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        for column in ((everywhere,), tuple(others)):
            side = QVBoxLayout()
            side.setSpacing(20)
            for group in column:
                side.addLayout(self._part(group))
            side.addStretch(1)
            columns.addLayout(side, 1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidget(inside)
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setAccessibleName(translate("keys", "Keyboard shortcuts"))
        self.add_widget(self.scroller)
        self.limit()
        theme.notifier().changed.connect(self.limit)

    @Slot()
    def limit(self) -> None:
        """Stay within the window: what does not fit is scrolled to."""
        window = self.parentWidget()
        width, height = theme.scaled(_WIDTH), theme.scaled(_HEIGHT)
        if window is not None:
            width, height = min(width, window.width() - 40), min(height, window.height() - 200)
        self.setFixedWidth(width)
        self.scroller.setFixedHeight(height)

    def _part(self, group: KeyGroup) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addWidget(Text(group.title, "heading", wrap=True, parent=self), 0, 0, 1, 2)
        for row, (key, text) in enumerate(group.keys, 1):
            grid.addWidget(KeyCap(key_text(key), self), row, 0, Qt.AlignmentFlag.AlignLeft | _TOP)
            grid.addWidget(Text(text, wrap=True, parent=self), row, 1, _TOP)
        grid.setColumnMinimumWidth(0, theme.scaled(_KEYS))
        grid.setColumnStretch(1, 1)
        return grid
