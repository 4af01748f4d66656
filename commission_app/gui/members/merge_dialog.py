"""Two contacts side by side, to be made one: what stays of what they know differently is chosen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.contacts import Contact
from commission_app.domain.merging import FIELDS, Side
from commission_app.gui import theme
from commission_app.gui.copies.passphrase import fit_height
from commission_app.gui.history.field_words import table_words
from commission_app.gui.widgets.choice_controls import RadioButton
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.text import Hairline, IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.merging import MergePlan

_WIDTH: Final = 480
_HEAD_AND_BUTTONS: Final = 190


class MergeDialog(Dialog):
    """The two contacts and what happens to what they did; merges when confirmed."""

    def __init__(self, desk: "Desk", plan: "MergePlan", parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("MergeDialog", "Make one contact of these two?"),
            doing=QCoreApplication.translate("MergeDialog", "Merge"),
            safe=QCoreApplication.translate("MergeDialog", "Cancel"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk, self._plan = desk, plan
        self.choices: dict[str, QButtonGroup] = {}
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(10)
        holder = QWidget()
        holder.setLayout(self._inside)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(holder)
        self.content.addWidget(self._scroll)
        for obstacle in plan.obstacles:
            self._fact(obstacle, "overdue", "over")
        self._add_fields()
        self._tell()
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.merge)
        reason = desk.operations.keeper_reason()
        self.doing.set_unavailable(self.tr("These two cannot be one.") if plan.obstacles else reason)

    def _add_fields(self) -> None:
        plan = self._plan
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = 0
        for name in FIELDS:
            own, its = _shown(plan.kept, name), _shown(plan.other, name)
            if not (getattr(plan.kept, name) or getattr(plan.other, name)):
                continue
            grid.addWidget(Text(_field_words(name), "label", "ink-2"), row, 0, 1, 2)
            if name in plan.differing:
                self._add_choice(grid, row + 1, name, own, its)
            elif own == its:
                grid.addWidget(Paragraph(own, "body"), row + 1, 0, 1, 2)
            else:
                for column, text in enumerate((own, its)):
                    none = self.tr("nothing")
                    words = Paragraph(text or none, "body", "ink" if text else "ink-3")
                    grid.addWidget(words, row + 1, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Hairline(), row + 3, 0, 1, 2)
            row += 4
        self._inside.addLayout(grid)

    def _add_choice(self, grid: QGridLayout, row: int, name: str, own: str, its: str) -> None:
        group = QButtonGroup(self)
        options = [(Side.KEPT, own), (Side.OTHER, its)]
        for column, (side, text) in enumerate(options):
            option = _Option(f"{_field_words(name)}: {text}", text)
            group.addButton(option.radio, list(Side).index(side))
            grid.addWidget(option, row, column, Qt.AlignmentFlag.AlignTop)
        if name == "note":
            both = _Option(self.tr("Note: both, one below the other"), self.tr("Both, one below the other"))
            group.addButton(both.radio, list(Side).index(Side.BOTH))
            grid.addWidget(both, row + 1, 0, 1, 2)
        usual = Side.BOTH if name == "note" else Side.KEPT
        group.button(list(Side).index(usual)).setChecked(True)
        self.choices[name] = group

    def _tell(self) -> None:
        plan = self._plan
        moved = ", ".join(f"{table_words(name)} ({count})" for name, count in plan.moves.items())
        if plan.obstacles:
            return
        if moved:
            self._fact(self.tr("What goes over to the one contact: {moved}.").format(moved=moved))
        if plan.dropped:
            text = self.tr("What both have in the same way is kept once ({count}).")
            self._fact(text.format(count=plan.dropped))
        self._fact(self.tr("This is one step in the history. Undo brings both back."))

    def _fact(self, text: str, icon: str = "ok", role: str = "ok") -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(text, "body"), 1)
        self._inside.addLayout(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    @Slot()
    def fit(self) -> None:
        """Be as high as what is said, up to a limit; then it scrolls."""
        wanted = self._inside.totalHeightForWidth(theme.scaled(_WIDTH - 56)) + 8
        below = self.parentWidget()
        room = (below.height() if below is not None else wanted) - theme.scaled(_HEAD_AND_BUTTONS)
        self._scroll.setFixedHeight(max(theme.scaled(120), min(wanted, room)))
        fit_height(self)

    def chosen(self) -> dict[str, Side]:
        """Whose value stays, by field."""
        return {name: list(Side)[group.checkedId()] for name, group in self.choices.items()}

    @Slot()
    def merge(self) -> None:
        """Make one contact of the two; what stands against it is told in the message bar."""
        plan = self._plan
        done = self._desk.operations.run(
            self._desk.session.merging.merge, plan.kept.id, plan.other.id, self.chosen()
        )
        if done is not None:
            self.accept()


class _Option(QWidget):
    """A value that can be chosen, in as many lines as it has; a press on its words chooses it too."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.radio = RadioButton(parent=self)
        self.radio.setAccessibleName(name.replace("\n", ", "))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, theme.scaled(5), 0, theme.scaled(5))
        words.addWidget(Paragraph(text, "body", parent=self))
        row.addLayout(words, 1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.setChecked(True)


def _shown(contact: Contact, name: str) -> str:
    value = getattr(contact, name)
    if isinstance(value, bool):
        translate = QCoreApplication.translate
        return translate("MergeDialog", "Yes") if value else translate("MergeDialog", "No")
    return value or ""


def _field_words(name: str) -> str:
    translate = QCoreApplication.translate
    return {
        "name": translate("MergeDialog", "Name"),
        "email": translate("MergeDialog", "E-mail"),
        "phone": translate("MergeDialog", "Phone"),
        "address": translate("MergeDialog", "Address"),
        "language": translate("MergeDialog", "Language"),
        "ein": translate("MergeDialog", "EIN"),
        "minor": translate("MergeDialog", "Under 18"),
        "note": translate("MergeDialog", "Note"),
    }[name]


def ask_to_merge(desk: "Desk", kept_id: str, other_id: str, parent: QWidget) -> None:
    """Open the question for two contacts."""
    dialog = MergeDialog(desk, desk.session.merging.plan(kept_id, other_id), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
