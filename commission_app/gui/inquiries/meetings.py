"""The meetings of an inquiry: each agenda that listed it, the latest first, with what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.gui import labels
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView

_DAY_WIDTH = 132


class MeetingsSection(Section):
    """`opened` sends the id of a meeting, `history_wanted` asks for what each of them decided."""

    opened = Signal(str)
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._shown: object = None
        self.rows: list[MoneyRow] = []
        self.history = Button(self.tr("What was decided"), "link", "history", parent=self)
        self.history.clicked.connect(self._ask)
        self.add_aside(self.history)

    def show_view(self, view: "InquiryView") -> None:
        """Show the agendas that listed an inquiry; without any the section is not there."""
        self.setVisible(bool(view.listed))
        if view.listed == self._shown:
            return
        self._shown = view.listed
        self.clear()
        self.set_heading(self.tr("Meetings"), len(view.listed))
        self.rows = []
        for entry in view.listed:
            words = self.tr("Agenda item {label}").format(label=entry.label)
            chip = labels.outcome(entry.outcome) if entry.outcome else None
            row = MoneyRow(
                labels.day_field(entry.meeting.on),
                words,
                chip=chip,
                record_id=entry.meeting.id,
                day_width=_DAY_WIDTH,
                parent=self,
            )
            row.opened.connect(self.opened)
            self.rows.append(row)
            self.add(row)

    @Slot()
    def _ask(self) -> None:
        self.history_wanted.emit()
