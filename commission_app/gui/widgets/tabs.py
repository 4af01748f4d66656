"""Tabs under a page title: words on a line, the current one marked in the accent."""

from collections.abc import Sequence
from typing import final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Lit, Ringed

_HEIGHT, _GAP, _TIGHT, _LINE = 40, 24, 16, 2


class _Tab(Lit, Ringed, QAbstractButton):
    """One word; the current one is 600 in ink."""

    ring_radius = 4

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        width = max(painting.text_width("strong", self.text()), painting.text_width("medium", self.text()))
        return QSize(int(width) + 1, theme.scaled(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        current = self.isChecked()
        ink = "ink" if current or self.underMouse() else "ink-2"
        role = "strong" if current else "medium"
        area = QRectF(0, 0, self.width() + 1, self.height() - _LINE)
        painting.write(painter, area, self.text(), role, ink)
        if current:
            mark = QRectF(0, self.height() - _LINE, self.width(), _LINE)
            painting.fill(painter, mark, theme.colour("accent"))
        painter.end()


class Tabs(QWidget):
    """A row of tabs; `changed` sends the number of the current one. Left and Right go along it."""

    changed = Signal(int)

    def __init__(self, texts: Sequence[str] = (), *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._tabs: list[_Tab] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(texts)
        self._group.idToggled.connect(self._toggled)
        theme.notifier().changed.connect(self.restyle)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show other tabs, the first of them current."""
        blocked = self._group.blockSignals(True)
        for tab in self._tabs:
            self._group.removeButton(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = [_Tab(text, self) for text in texts]
        for at, tab in enumerate(self._tabs):
            self._group.addButton(tab, at)
            tab.setVisible(True)
        if self._tabs:
            self._tabs[0].setChecked(True)
            self._sync_focus(0)
        self._group.blockSignals(blocked)
        self._arrange()

    def set_text(self, at: int, text: str) -> None:
        """Rename a tab."""
        self._tabs[at].setText(text)
        self._arrange()

    def set_tab_visible(self, at: int, visible: bool) -> None:
        """Show or hide a tab."""
        self._tabs[at].setVisible(visible)
        self._arrange()

    def texts(self) -> list[str]:
        """The words on the tabs."""
        return [tab.text() for tab in self._tabs]

    def current(self) -> int:
        """The number of the current tab."""
        return self._group.checkedId()

    def set_current(self, at: int) -> None:
        """Make a tab the current one."""
        self._tabs[at].setChecked(True)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        for tab in self._tabs:
            tab.update()
        self._arrange()

    def _arrange(self) -> None:
        """Side by side, a little closer where that does; else in as many lines as it takes."""
        x = y = 0
        shown = [tab for tab in self._tabs if not tab.isHidden()]
        words = sum(tab.sizeHint().width() for tab in shown)
        gap = _GAP if words + _GAP * (len(shown) - 1) <= self.width() else _TIGHT
        for tab in shown:
            size = tab.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + size.height()
            tab.setGeometry(x, y, size.width(), size.height())
            x += size.width() + gap
        self.setFixedHeight(y + theme.scaled(_HEIGHT))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        widths = [tab.sizeHint().width() for tab in self._tabs if not tab.isHidden()]
        return QSize(sum(widths) + _GAP * max(0, len(widths) - 1), theme.scaled(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        widths = [tab.sizeHint().width() for tab in self._tabs if not tab.isHidden()]
        return QSize(max(widths, default=0), theme.scaled(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _sync_focus(self, current: int) -> None:
        for at, tab in enumerate(self._tabs):
            strong = at == current
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)

    @Slot(int, bool)
    def _toggled(self, at: int, checked: bool) -> None:
        if checked:
            self._sync_focus(at)
            self.changed.emit(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        shown = [at for at, tab in enumerate(self._tabs) if not tab.isHidden()]
        if event.key() in steps and self.current() in shown:
            position = shown.index(self.current()) + steps[Qt.Key(event.key())]
            if 0 <= position < len(shown):
                self.set_current(shown[position])
                self._tabs[shown[position]].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = painting.pixel(painter)
        painting.hairline(painter, QPointF(0, self.height() - line), self.width(), theme.colour("line"))
        painter.end()
