"""Check my records: every check with what it found, what to do about it, and the repair that is safe."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import CommissionError
from commission_app.gui import labels
from commission_app.gui.page import Place
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import ScrollPage, Section
from commission_app.gui.widgets.text import IconLabel, Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.verification import CheckResult, Trouble

#: Where what a check found is put right, by what the trouble is about.
_PAGES = {
    "meeting": ("meetings", ""),
    "contact": ("members", "contacts"),
    "seat": ("members", "commission"),
    "community_organization": ("members", "organizations"),
    "inquiry": ("inquiries", ""),
    "pledge": ("fundraising", "pledges"),
    "payment": ("fundraising", "payments"),
    "setting": ("settings", "rules"),
    "commission": ("settings", "commission"),
}


class _OpenButton(Button):
    """Leads to the record that a check names."""

    def __init__(self, trouble: "Trouble", parent: QWidget) -> None:
        super().__init__(parent.tr("Open"), "link", "go-to", parent=parent)
        page, tab = _PAGES[trouble.noun]
        self.place = Place(page=page, tab=tab, record_id=trouble.record_id)


class ChecksPane(Pane):
    """The checks run in the pool when one asks; what is wrong comes first."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.run = Button(self.tr("Check now"), "primary", "check", parent=self)
        self.repair = Button(self.tr("Repair"), "secondary", "undo", parent=self)
        self.repair.set_tip(self.tr("Makes anew what is derived from the record, after a backup."))
        self.words = Paragraph(
            self.tr(
                "Reads the whole file: its pages, its history, the money, terms, meetings and attachments. "
                "It runs by itself once a day and speaks up only when something is wrong."
            ),
            "body",
            "ink-2",
            self,
        )
        self.scroller = ScrollPage(top=12, parent=self)
        self.results: list[CheckResult] = []
        self.sections: list[Section] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(self.repair)
        head.addWidget(self.run)
        holder = QWidget(self)
        holder.setLayout(head)
        self.scroller.column.setSpacing(24)
        self.scroller.column.addWidget(holder)
        self.scroller.column.addStretch(1)
        head.setContentsMargins(0, 8, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scroller)
        self.run.clicked.connect(self.check)
        self.repair.clicked.connect(self.mend)
        self.repair.hide()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "check":
            self.check()

    @Slot()
    def check(self) -> None:
        """Run every check in the pool."""
        self.run.set_unavailable(self.tr("The record is being checked."))
        work = self._desk.session.verification.run
        self._desk.operations.in_background(work, self._have, self._failed, may_cancel=True)

    @Slot()
    def mend(self) -> None:
        """Repair what is derived, after a backup; in the pool."""
        reason = self._desk.operations.read_only_reason()
        if reason is not None:
            self._desk.messages.warn(reason)
            return
        self.repair.set_unavailable(self.tr("A backup is made, then the repair."))
        self._desk.operations.in_background(
            self._desk.session.verification.repair, self._mended, self._failed
        )

    @Slot(object)
    def _mended(self, results: "list[CheckResult]") -> None:
        self._have(results)
        self._desk.messages.done(self.tr("Repaired, after a backup. No entry was changed."), undo=False)
        self._desk.operations.stale.emit()

    @Slot(object)
    def _have(self, results: "list[CheckResult]") -> None:
        self.run.set_unavailable(None)
        self.repair.set_unavailable(self._desk.operations.read_only_reason())
        self.results = results
        wrong = [result for result in results if not result.is_good]
        self.repair.setVisible(any(result.is_repairable for result in wrong))
        for section in self.sections:
            self.scroller.column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self.sections = []
        if wrong:
            self._add(self._wrong(wrong))
        else:
            self._desk.messages.done(self.tr("Checked: everything is in order."), undo=False)
        self._add(self._in_order([result for result in results if result.is_good]))

    def _add(self, section: Section) -> None:
        self.scroller.column.insertWidget(self.scroller.column.count() - 1, section)
        self.sections.append(section)

    def _wrong(self, wrong: "list[CheckResult]") -> Section:
        count = sum(len(result.troubles) for result in wrong)
        section = Section(self.tr("What is wrong"), count, parent=self)
        for result in wrong:
            for trouble in result.troubles:
                section.add(self._trouble(trouble, section), line=True)
        return section

    def _trouble(self, trouble: "Trouble", parent: QWidget) -> QWidget:
        row = QWidget(parent)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(Paragraph(trouble.text, "strong", parent=row))
        if trouble.advice:
            told.addWidget(Paragraph(trouble.advice, "meta", "ink-2", row))
        line = self._line(row, "overdue", "over")
        line.addLayout(told, 1)
        if trouble.noun in _PAGES:
            button = _OpenButton(trouble, row)
            button.clicked.connect(self._open)
            line.addWidget(button)
        return row

    def _in_order(self, good: "list[CheckResult]") -> Section:
        heading = labels.counted(len(good), self.tr("1 check in order"), self.tr("{count} checks in order"))
        section = Section(heading, parent=self)
        for result in good:
            row = QWidget(section)
            self._line(row, "ok", "ok").addWidget(Paragraph(result.text, "body", parent=row), 1)
            section.add(row, line=True)
        return section

    @staticmethod
    def _line(row: QWidget, icon: str, role: str) -> QHBoxLayout:
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 9, 0, 9)
        line.setSpacing(12)
        line.addWidget(IconLabel(icon, role, 18, row))
        return line

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, _OpenButton):
            self._desk.navigate(button.place)

    def _failed(self, error: Exception) -> None:
        self.run.set_unavailable(None)
        self.repair.set_unavailable(None)
        if not isinstance(error, CommissionError):
            raise error
        self._desk.operations.tell(error)
