"""How a community organization stands: the count against the mark, and the next twelve month ends."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.findings import Level
from commission_app.domain.rosters import RosterCount
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import theme
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.members.roster_words import (
    against_mark,
    ending_people,
    margin_chip,
    outlook,
    roster_explanation,
)
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.explanation import InfoMark
from commission_app.gui.widgets.forecast import ForecastChart
from commission_app.gui.widgets.gauge import Gauge
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Hairline, IconLabel, Line, Paragraph, Run
from commission_app.services.organizations import MembershipView, OrganizationView

_AIR, _SIDES = 8, 600
_ICONS = {Level.OVERDUE: ("overdue", "over"), Level.WARNING: ("warning", "warn")}


class RosterStanding(QWidget):
    """The big figure with its gauge, the forecast, and a sentence on what it means.

    `renewal_wanted` asks for a message to `ending`, the people whose memberships end before the mark is
    missed."""

    rule_wanted = Signal(str)
    renewal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = Chip(parent=self)
        self.mark = InfoMark(parent=self)
        self.mark.rule_wanted.connect(self.rule_wanted)
        self.figure = Line(parent=self)
        self.gauge = Gauge(parent=self)
        self.chart = ForecastChart(large=True, parent=self)
        self.headline = Paragraph("", "strong", parent=self)
        self.text = Paragraph("", "body", "ink-2", parent=self)
        self.ask = Button(self.tr("Ask to renew..."), "secondary", "mail", size="small", parent=self)
        self.ask.clicked.connect(self.renewal_wanted)
        self.ending: list[str] = []
        self._icon = IconLabel("warning", "warn", 20, self)
        self._count = Section("", aside=self.chip, lined=False, parent=self)
        self._count.add_after(self.mark)
        self._count.body.addSpacing(_AIR)
        self._count.add(self.figure)
        self._count.body.addSpacing(_AIR + 8)
        self._count.add(self.gauge)
        self._months = Section(self.tr("Next twelve month ends"), lined=False, parent=self)
        self._months.body.addSpacing(_AIR + 14)
        self._months.add(self.chart)
        self.caption = Paragraph("", "meta", "ink-2", parent=self)
        self._months.body.addSpacing(_AIR)
        self._months.add(self.caption)
        self._outlook = QWidget(self)
        self._lay_out_words()
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._left.addWidget(self._count)
        self._right = QVBoxLayout()
        self._right.setSpacing(14)
        self._right.addWidget(self._months)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(26)
        self._box.addLayout(self._left, 1)
        self._box.addLayout(self._right, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._roster: RosterCount | None = None
        self._is_brief = True
        self.set_side_by_side(False)

    def _lay_out_words(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.text)
        words.addSpacing(_AIR)
        words.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self._outlook)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Hairline(parent=self))
        column.addLayout(row)

    def set_side_by_side(self, side_by_side: bool) -> None:
        """The forecast at the right of the count, where the page is low and there is room for it."""
        self._wants_sides = side_by_side
        self._arrange()

    def _arrange(self) -> None:
        side_by_side = self._wants_sides and self.width() >= theme.scaled(_SIDES)
        if side_by_side == self._is_brief:
            return
        for layout in (self._left, self._right):
            layout.removeWidget(self._outlook)
        (self._left if side_by_side else self._right).addWidget(self._outlook)
        self._is_brief = side_by_side
        self._show_figure()
        self._box.setSpacing(40 if side_by_side else 26)
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_figure(self) -> None:
        if self._roster is not None:
            words = against_mark(self._roster, brief=self._is_brief)
            figure = Run(str(self._roster.active), "figure-large")
            self.figure.set_runs([figure, Run(words, "run-body", gap=12)])

    def show_organization(
        self, view: OrganizationView, roster: Sequence[MembershipView], book: RuleBook, today: date
    ) -> None:
        """Show how an organization stands."""
        count = view.roster
        heading = self.tr("{count} members").format(count=number_word(count.minimum))
        self._count.set_heading(begin(heading))
        self.chip.set_spec(margin_chip(count))
        self.mark.set_explanation(roster_explanation(count, book, today))
        self._roster = count
        self._show_figure()
        self.gauge.set_values(count.active, count.minimum)
        # Twelve empty months say nothing that the count does not say.
        self._months.setVisible(bool(count.active))
        self.chart.set_points(list(count.forecast), count.minimum)
        said = self.tr(
            "Members now and at each month’s end, if nobody joins or renews. The line is at {mark}."
        )
        self.caption.setText(said.format(mark=count.minimum))
        self.ending = ending_people(count, roster, today)
        self.ask.setVisible(bool(self.ending))
        found = outlook(count, roster, today)
        self.headline.setText(found.headline)
        self.text.setText(found.text)
        self._icon.set_icon(*_ICONS.get(found.level, ("ok", "ok")))
