"""The tray under the outline: what this agenda could still list, each with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.suggestions import Suggestion
from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Elided, Hairline, IconLabel, Line, Run, Surface


class SuggestionRow(QWidget):
    """One suggestion: title, reason, Add, and not to be suggested again."""

    add_pressed = Signal(object)
    dismiss_pressed = Signal(object)
    source_pressed = Signal(object)

    def __init__(self, suggestion: Suggestion, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self.title = Elided(suggestion.title, "medium", parent=self)
        self.reason = Elided(suggestion.reason, "meta", "ink-2", parent=self)
        self.add = Button(self.tr("Add"), "secondary", "add", size="small", parent=self)
        self.add.setAccessibleName(self.tr("Add {title}").format(title=suggestion.title))
        words = self.tr("Do not suggest {title} again").format(title=suggestion.title)
        self.dismiss = Button(kind="ghost", icon="close", size="small", name=words, parent=self)
        self.dismiss.set_tip(self.tr("Do not suggest this again"))
        words = self.tr("Show where {title} comes from").format(title=suggestion.title)
        self.source = Button(kind="ghost", icon="history", size="small", name=words, parent=self)
        self.source.set_tip(self.tr("Show where this comes from"))
        self.source.setVisible(suggestion.from_meeting_id is not None)
        self.source.clicked.connect(self._open_source)
        for button in (self.add, self.dismiss):
            button.setEnabled(may_write)
        self.add.clicked.connect(self._add)
        self.dismiss.clicked.connect(self._dismiss)
        second = QHBoxLayout()
        second.setSpacing(5)
        second.addWidget(IconLabel("info", "ink-3", 15, self))
        second.addWidget(self.reason, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(4)
        row.addLayout(column, 1)
        row.addSpacing(8)
        row.addWidget(self.source)
        row.addWidget(self.dismiss)
        row.addWidget(self.add)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @Slot()
    def _add(self) -> None:
        self.add_pressed.emit(self.suggestion)

    @Slot()
    def _open_source(self) -> None:
        self.source_pressed.emit(self.suggestion)

    @Slot()
    def _dismiss(self) -> None:
        self.dismiss_pressed.emit(self.suggestion)


class SuggestionTray(Surface):
    """Two suggestions or fewer, or all of them; hidden while there is none."""

    add_wanted = Signal(object)
    dismiss_wanted = Signal(object)
    source_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("inset", parent)
        self.setAccessibleName(self.tr("Suggested for this agenda"))
        self._suggestions: Sequence[Suggestion] = ()
        self._shows_all = False
        self._few = 2
        self._may_write = True
        self._heading = Line(parent=self)
        self.toggle = Button("", "link", parent=self)
        self.toggle.clicked.connect(self._toggle)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._heading, 1)
        head.addWidget(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def set_suggestions(self, suggestions: Sequence[Suggestion], *, may_write: bool = True) -> None:
        """Show other suggestions, the most urgent first."""
        if tuple(suggestions) == tuple(self._suggestions) and may_write == self._may_write:
            return
        self._suggestions, self._may_write = tuple(suggestions), may_write
        self._show()

    def set_few(self, few: int) -> None:
        """How many stand there while not all are shown."""
        if few != self._few:
            self._few = few
            self._show()

    def rows(self) -> list[SuggestionRow]:
        """The rows that are shown."""
        found = (self._rows.itemAt(at) for at in range(self._rows.count()))
        return [w for item in found if item and isinstance(w := item.widget(), SuggestionRow)]

    @Slot()
    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self._show()

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        count = len(self._suggestions)
        self._heading.set_runs(
            [Run(self.tr("Suggested for this agenda"), "strong"), Run(str(count), "body", "ink-3", 4)]
        )
        more = count - self._few
        self.toggle.setVisible(more > 0)
        said = self.tr("Show {count} more") if self._few else self.tr("Show {count}")
        self.toggle.setText(self.tr("Show fewer") if self._shows_all else said.format(count=more))
        self.toggle.restyle()
        for suggestion in self._suggestions if self._shows_all else self._suggestions[: self._few]:
            row = SuggestionRow(suggestion, self._may_write, self)
            row.add_pressed.connect(self.add_wanted)
            row.dismiss_pressed.connect(self.dismiss_wanted)
            row.source_pressed.connect(self.source_wanted)
            self._rows.addWidget(Hairline(parent=self))
            self._rows.addWidget(row)
        self.setVisible(count > 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painting.hairline(painter, self.rect().topLeft().toPointF(), self.width(), theme.colour("line"))
        painter.end()
