"""The agenda check under the preview: what is missing, each line with the way there."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.agenda_check import CheckLine
from commission_app.gui import theme
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.scroll_area import ScrollArea
from commission_app.gui.widgets.text import Hairline, IconLabel, Text

#: The line of an attached report that is older than what it tells: one press attaches it anew.
RENEWED: Final = "treasurer-report"
_MOST_ROWS, _ROW = 4, 37


class CheckRow(QWidget):
    """A line that is not in order."""

    pressed = Signal(object)

    def __init__(self, line: CheckLine, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.text = Text(line.text, "body", wrap=True, parent=self)
        self.button = Button(action, "link", parent=self)
        self.button.setAccessibleName(self.tr("{action}: {line}").format(action=action, line=line.text))
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(9)
        row.addWidget(IconLabel("warning", "warn", 18, self), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self.line)


class _Lines(ScrollArea):
    """As high as its rows, up to four of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def sizeHint(self) -> QSize:
        body = self.widget()
        wanted = body.heightForWidth(self.width()) if body and body.hasHeightForWidth() else 0
        if body is not None and wanted <= 0:
            wanted = body.sizeHint().height()
        return QSize(200, min(wanted, theme.scaled(_ROW) * _MOST_ROWS))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(100, min(self.sizeHint().height(), theme.scaled(_ROW) * 2))


class CheckList(QWidget):
    """How many lines are in order, and the others. `line_pressed` sends the line to go to."""

    line_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("ok", "ok", 16, self)
        self.count = Text("", "chip", "ok", parent=self)
        self._rows: list[CheckRow] = []
        self._lines = _Lines(self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(5)
        head.addWidget(Text(self.tr("Agenda check"), "strong", parent=self), 1)
        head.addWidget(self._icon)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 12, 20, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Agenda check"))

    def set_lines(self, lines: Sequence[CheckLine], addable: Collection[str] = ()) -> None:
        """Show a check; `addable` are the codes whose line a suggestion puts in order."""
        good = sum(line.ok for line in lines)
        self.count.setText(self.tr("{count} in order").format(count=good))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = []
        for line in lines:
            if line.ok:
                continue
            action = self.tr("Add") if line.code in addable else self.tr("Go to")
            if line.code == RENEWED:
                action = self.tr("Attach again")
            row = CheckRow(line, action, body)
            row.pressed.connect(self.line_pressed)
            column.addWidget(Hairline(parent=body))
            column.addWidget(row)
            self._rows.append(row)
        column.addStretch(1)
        self._lines.setWidget(body)
        body.show()
        self._lines.setVisible(bool(self._rows))
        self._lines.updateGeometry()

    def rows(self) -> list[CheckRow]:
        """The lines that are not in order."""
        return list(self._rows)
