"""What was voted on the item before: each closed motion with its result, and the way to put it right."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.run.shown import ClosedShown
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Paragraph


class ClosedRow(QWidget):
    """A closed motion; what is void is struck through, with the reason below. `wanted` sends the motion."""

    wanted = Signal(str)

    def __init__(self, shown: ClosedShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.words = Paragraph(shown.text, "run-body", "ink-2", self)
        self.words.set_struck(bool(shown.void))
        self.void = Paragraph(shown.void, "run-least", "ink-2", self)
        self.void.setVisible(bool(shown.void))
        name = self.tr("Correct {motion}").format(motion=shown.name)
        self.correct = Button(self.tr("Correct"), "quiet", size="small", name=name, parent=self)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.words)
        told.addWidget(self.void)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(told, 1)
        row.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignTop)
        self.correct.clicked.connect(self._want)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self.shown.key)


class ClosedMotions(QWidget):
    """The closed motions in their order; `wanted` sends the one that is to be put right."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ClosedRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_motions(self, motions: list[ClosedShown], *, usable: bool) -> None:
        """Show them; nothing is made anew when they are as before."""
        if motions != [row.shown for row in self.rows]:
            for row in self.rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [ClosedRow(shown, self) for shown in motions]
            for row in self.rows:
                row.wanted.connect(self.wanted)
                self._column.addWidget(row)
                row.show()  # now: it gets its width, and its lines their height, before it is measured
        for row in self.rows:
            row.correct.setVisible(usable and not row.shown.void)
        self.setVisible(bool(motions))
