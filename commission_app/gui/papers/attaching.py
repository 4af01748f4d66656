"""From a paper onto an agenda: the treasurer's report is attached to the treasurer's item in one press."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.intake import KeptFile
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.buttons import Button

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.item_files import ReportPlace
    from commission_app.services.papers import Paper


class ReportAttacher(QObject):
    """The button that attaches the report shown to the agenda of its meeting, in its form for the packet."""

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place: ReportPlace | None = None
        self.button = Button("", "secondary", "attach", parent=parent)
        self.button.hide()
        self.button.clicked.connect(self._draw)

    def show_paper(self, paper: "Paper | None") -> None:
        """Offer to attach the paper that is shown, where it is the report for a meeting."""
        self._place = None
        has_agenda = paper is not None and paper.kind.is_for_packet
        self.button.setVisible(has_agenda)
        if paper is None or paper.choice.meeting is None or not has_agenda:
            return
        day = words.day(self._desk.session.meetings.get(paper.choice.meeting).meeting.on)
        self._place = self._desk.session.item_files.report_place(paper.choice.meeting)
        again = self._place is not None and self._place.is_attached
        once, anew = self.tr("Attach to the agenda of {day}"), self.tr("Attach again to the agenda of {day}")
        text = anew if again else once
        self.button.setText(text.format(day=day))
        self.button.set_tip(self.tr("One page without names, as the record stands now."))
        self.button.set_unavailable(self._why_not())

    def _why_not(self) -> str | None:
        if self._place is None:
            return self.tr("This agenda has no item for the treasurer. Add one first.")
        if self._place.is_locked:
            return self.tr("The minutes of this meeting are approved.")
        return self._desk.operations.keeper_reason()

    @Slot()
    def _draw(self) -> None:
        if self._place is not None:
            work = partial(self._desk.session.item_files.treasurer_report, self._place.item_id)
            self._desk.operations.in_background(work, partial(_attach, self._desk, self._place))


def _attach(desk: "Desk", place: "ReportPlace", file: KeptFile) -> None:
    files = desk.session.item_files
    desk.operations.run(files.renew_report if place.is_attached else files.attach, place.item_id, file)
