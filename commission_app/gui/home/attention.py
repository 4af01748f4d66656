"""The findings of Home: what needs attention by urgency, and the first steps of a new file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.findings.look import FindingLook
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button, match_widths
from commission_app.gui.widgets.chips import ChipSpec
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.page_parts import EmptyState, FindingRow, Section

SHOWN = 6
_BESIDE = 780  # from this width of the window on a button stands beside its words


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a new file still lacks: what it is, why it matters, and where it is entered. `slug`
    names it among those that were put away.
    """

    icon: str
    title: str
    chip: ChipSpec
    reason: str
    action: str
    place: Place
    slug: str = ""


class _Row(FindingRow):
    """A row that knows where its button leads."""

    def __init__(self, look: FindingLook | Step, primary: bool, parent: QWidget) -> None:
        super().__init__(
            look.icon,
            look.runs if isinstance(look, FindingLook) else look.title,
            look.chip,
            look.reason,
            look.action,
            primary=primary,
            parent=parent,
        )
        self.place = look.place
        self.mark: InfoMark | None = None
        if isinstance(look, FindingLook) and look.finding.source:
            self.mark = InfoMark(_explained(look), self)
            self.add_after_reason(self.mark)
        self.slug = look.slug if isinstance(look, Step) else ""
        self.away: Button | None = None
        if self.slug:
            name = self.tr("Put away: {step}").format(step=look.title)
            self.away = Button("", "ghost", "close", "small", name=name, parent=self)
            self.add_beside(self.away)

    def tell(self, look: FindingLook) -> None:
        """Give another reason; everything else stays as it is, and so does the keyboard."""
        self.reason.set_text(look.reason)
        if self.mark is not None:
            self.mark.set_explanation(_explained(look))


def _explained(look: FindingLook) -> Explanation:
    return Explanation(look.title, look.reason, "", look.finding.source, look.rule_key)


def _but_reason(looks: Sequence[FindingLook]) -> list[FindingLook]:
    return [replace(look, reason="") for look in looks]


def _may_all(_: Place) -> str | None:
    return None


class AttentionList(QWidget):
    """Rows with a button each, as wide as the widest; `wanted` sends the place of the pressed one,
    `put_away` the name of a first step that nobody wants to see any more.

    The first six are shown, the others on request. Without any it says so calmly. `why_not` says of a
    place why what it begins cannot be entered in this file."""

    wanted = Signal(object)
    rule_wanted = Signal(str)
    put_away = Signal(str)

    def __init__(
        self, why_not: Callable[[Place], str | None] = _may_all, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._why_not = why_not
        self._steps: tuple[Step, ...] | None = None
        self._looks: tuple[FindingLook, ...] = ()
        self._all = False
        self.rows: list[_Row] = []
        self._sections: list[QWidget] = []
        self.more: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(24)
        theme.notifier().changed.connect(self._stack)

    def show_findings(self, steps: Sequence[Step], looks: Sequence[FindingLook]) -> None:
        """Show what there is; nothing is built again when it is the same as before."""
        if (tuple(steps), tuple(looks)) == (self._steps, self._looks):
            return
        same_rows = tuple(steps) == self._steps and _but_reason(looks) == _but_reason(self._looks)
        self._steps, self._looks = tuple(steps), tuple(looks)
        if same_rows:
            for row, look in zip(self.rows[len(steps) :], looks, strict=False):  # the first ones are shown
                row.tell(look)
        else:
            self._build()

    def _build(self) -> None:
        for section in self._sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections, self.rows, self.more = [], [], None
        if self._steps:
            self._add_section(self.tr("First steps"), self._steps, len(self._steps))
        shown = self._looks if self._all else self._looks[:SHOWN]
        if shown:
            section = self._add_section(self.tr("What needs attention"), shown, len(self._looks))
            rest = len(self._looks) - len(shown)
            if rest:
                self.more = Button(
                    self.tr("Show {count} more").format(count=rest), "link", trailing="down", parent=section
                )
                self.more.clicked.connect(self.show_all)
                section.body.addSpacing(10)
                section.add(self.more)
        elif not self._steps:
            self._add_calm()
        match_widths([row.button for row in self.rows])
        self._stack()

    @Slot()
    def _stack(self) -> None:
        """With large text in a narrow window the buttons stand under the words."""
        window = self.window().width()
        for row in self.rows:
            row.set_stacked(window < theme.scaled(_BESIDE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def _add_section(self, heading: str, looks: Sequence[FindingLook | Step], count: int) -> Section:
        section = Section(heading, count, parent=self)
        for look in looks:
            reason = self._why_not(look.place)
            is_first = all(row.button.kind() != "primary" for row in self.rows)
            urges = reason is None and not (isinstance(look, FindingLook) and look.is_done_for_now)
            row = _Row(look, primary=is_first and urges, parent=section)
            row.pressed.connect(self._pressed)
            if reason is not None:
                row.button.set_unavailable(reason)
            if row.away is not None:
                row.away.clicked.connect(self._put_away)
            if row.mark is not None:
                row.mark.rule_wanted.connect(self.rule_wanted)
            self.rows.append(row)
            section.add(row, line=True)
        self._sections.append(section)
        self._column.addWidget(section)
        return section

    def _add_calm(self) -> None:
        section = Section(self.tr("What needs attention"), parent=self)
        section.add(
            EmptyState(
                "ok",
                self.tr("Nothing needs attention"),
                self.tr(
                    "Everything due is posted, recorded and filled. The next thing to do will stand here."
                ),
                parent=section,
            )
        )
        self._sections.append(section)
        self._column.addWidget(section)

    def headings(self) -> list[str]:
        """The headings that are shown, for tests and screen readers."""
        return [section.heading.text() for section in self._sections if isinstance(section, Section)]

    @Slot()
    def show_all(self) -> None:
        """Show every finding."""
        self._all = True
        self._build()
        if len(self.rows) > SHOWN:
            self.rows[SHOWN].button.setFocus()

    @Slot()
    def _put_away(self) -> None:
        row = next((row for row in self.rows if row.away is self.sender()), None)
        if row is not None:
            self.put_away.emit(row.slug)

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            self.wanted.emit(row.place)
