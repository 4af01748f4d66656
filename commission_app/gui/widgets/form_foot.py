"""A form where there is little room: the fields scroll, the buttons stay in sight under them."""

from typing import final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets.scroll_area import ScrollArea
from commission_app.gui.widgets.text import Hairline


class _Fields(ScrollArea):
    """As high as what it holds; it scrolls where there is less room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def sizeHint(self) -> QSize:
        inside = self.widget()
        if inside is None:
            return super().sizeHint()
        hint, width = inside.sizeHint(), self.viewport().width()
        if not inside.hasHeightForWidth():
            return hint
        # A text of several lines asks for more than its layout says of a width.
        return QSize(hint.width(), max(inside.heightForWidth(width), inside.minimumSizeHint().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.scaled(80))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Foot(QWidget):
    """Buttons kept in sight under what scrolls in an area, `side` from its edges; the area has to place it
    when it gets another size."""

    def __init__(self, area: QAbstractScrollArea, side: int) -> None:
        super().__init__(area)
        self._area = area
        self._buttons: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        column.addWidget(Hairline(parent=self))
        self._row = QVBoxLayout()
        self._row.setContentsMargins(side, 0, side, 0)
        column.addLayout(self._row)
        self.hide()
        theme.notifier().changed.connect(self.place)

    def holds(self) -> QWidget | None:
        """The buttons that stand here."""
        return self._buttons

    def hold(self, buttons: QWidget) -> None:
        """Keep buttons in sight."""
        self._buttons = buttons
        self._row.addWidget(buttons)
        self.show()
        self.place()

    def let_go(self) -> QWidget | None:
        """Give the buttons back that stood here, and the room they took."""
        buttons, self._buttons = self._buttons, None
        if buttons is not None:
            self._row.removeWidget(buttons)
        self.hide()
        self.place()
        return buttons

    @final
    @Slot()
    def place(self) -> None:
        """Stand at the lower edge of the area as it is now."""
        height = self.sizeHint().height() if self._buttons is not None else 0
        self._area.setViewportMargins(0, 0, 0, height)
        self.setGeometry(0, self._area.height() - height, self._area.width(), height)


class FormScroll(QWidget):
    """What scrolls, and under it the buttons of its form: right after the last field, or where there is less
    room at the lower edge, under a line. `fills`: what scrolls takes all the height there is."""

    def __init__(self, *, fills: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = _Fields(self)
        self._foot: QWidget | None = None
        self._line = Hairline(parent=self)
        self._line.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if fills:
            self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._under = QVBoxLayout()
        self._under.setSpacing(0)
        self._under.addWidget(self._line)
        self._column.addWidget(self.area, 1 if fills else 0)
        self._column.addLayout(self._under)
        if not fills:
            self._column.addStretch(1)
        self.area.verticalScrollBar().rangeChanged.connect(self._draw_line)

    def set_sides(self, left: int, right: int) -> None:
        """How far line and buttons stand in from the edges of what scrolls."""
        self._under.setContentsMargins(left, 0, right, 0)

    def show_widget(self, widget: QWidget) -> None:
        """Show something else, without buttons for now."""
        self.clear()
        self.area.setWidget(widget)
        widget.show()

    def dock(self, buttons: QWidget, left: int = 0) -> None:
        """Keep buttons in sight, `left` pixels from the edge."""
        self._foot = QWidget(self)
        inside = QVBoxLayout(self._foot)
        inside.setContentsMargins(left, 12, left, 12)
        inside.addWidget(buttons)
        self._under.addWidget(self._foot)
        self._foot.show()
        self._draw_line()

    def hide_buttons(self) -> None:
        """Leave the buttons away, where others do their work."""
        if self._foot is not None:
            self._foot.hide()
        self._draw_line()

    def clear(self) -> None:
        """Show nothing."""
        for before in (self.area.takeWidget(), self._foot):
            if before is not None:
                before.hide()
                before.deleteLater()
        self._foot = None
        self._line.hide()

    @Slot()
    def _draw_line(self) -> None:
        bar = self.area.verticalScrollBar()
        has_foot = self._foot is not None and not self._foot.isHidden()
        self._line.setVisible(has_foot and bar.maximum() > bar.minimum())
