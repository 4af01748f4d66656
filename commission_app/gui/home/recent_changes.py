"""The last changes on Home, each leading to the record that it was about."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.gui import labels, theme
from commission_app.gui.home.pressable import Pressable
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Line, Run, Text

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from commission_app.services.backups import Backup
    from commission_app.services.history import Action


class ChangeRow(Pressable):
    """When, who, what: on one line, whole in the tooltip."""

    def __init__(self, action: "Action", when: str, parent: QWidget) -> None:
        what = action.what.rstrip(".")
        whole = f"{when}, {action.who} {what}"
        super().__init__(whole, whole, hovers=True, parent=parent)
        self.action = action
        self.moment = Text(when, "meta", "ink-2", parent=self)
        line = Line([Run(action.who, "strong"), Run(what, "body", "ink-2", 4)], parent=self)
        line.setToolTip("")
        row = QHBoxLayout()
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        row.addWidget(self.moment)
        row.addWidget(line, 1)
        self.column.addLayout(row)


class RecentChanges(Section):
    """The last changes, each with when and who. `opened` sends the id of the one that was pressed;
    `all_wanted` asks for the history. Beside the heading stands when the last good backup was made."""

    opened = Signal(int)
    all_wanted = Signal()
    backups_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", lined=False, parent=parent)
        self.set_heading(self.tr("Recent changes"))
        self.backup = Button("", "link", parent=self)
        self.backup.clicked.connect(self.backups_wanted)
        self.add_aside(self.backup)
        link = Button(self.tr("History"), "link", parent=self)
        link.clicked.connect(self.all_wanted)
        self.add_aside(link)
        self.rows: list[ChangeRow] = []
        self._shown: object = None

    def show_actions(self, actions: "list[Action]", zone: "ZoneInfo") -> None:
        """Show other changes, the newest first."""
        if self._shown == (actions, labels.today(), theme.text_percent()):
            return
        self._shown = (actions, labels.today(), theme.text_percent())
        self.clear()
        self.rows = [ChangeRow(action, _when(action.at, zone), self) for action in actions]
        moments = [painting.text_width("meta", row.moment.text()) for row in self.rows]
        for row in self.rows:
            row.moment.setFixedWidth(int(max(moments)) + 4)
            row.clicked.connect(self._open)
            self.add(row)
        self.setVisible(bool(actions))

    def show_backup(self, newest: "Backup | None", zone: "ZoneInfo") -> None:
        """Tell when the last good backup was made."""
        text = self.tr("No backup yet")
        if newest is not None:
            text = self.tr("Backed up {moment}").format(moment=_when(newest.made_at, zone))
        self.backup.setText(text)

    @Slot()
    def _open(self) -> None:
        row = self.sender()
        if isinstance(row, ChangeRow):
            self.opened.emit(row.action.id)


def _when(at: "datetime", zone: "ZoneInfo") -> str:
    """The time of what was done today, the day of everything else."""
    wall = labels.local(at, zone)
    return labels.time_clock(wall) if wall.date() == labels.today() else labels.day_short(wall)
