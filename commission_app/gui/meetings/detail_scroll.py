"""A part of the detail that scrolls as a whole, with the padding of a detail beside a list."""

from PySide6.QtCore import QMargins, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets.page_parts import ScrollPage
from commission_app.gui.widgets.text import Hairline

_SIDE, _BOTTOM = 24, 28


class DetailScroll(ScrollPage):
    """A scrolling column, 24 from the lines at its sides; the buttons of an open form can stay under it."""

    def __init__(self, *, top: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(top=top, parent=parent)
        self._foot: QWidget | None = None
        theme.notifier().changed.connect(self._place_foot)

    @override
    def padding(self, narrow: bool) -> QMargins:
        return QMargins(_SIDE, self._top, _SIDE, _BOTTOM)

    def dock(self, buttons: QWidget) -> None:
        """Keep buttons in sight under what scrolls, in place of those that were there."""
        self.undock()
        self._foot = QWidget(self)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        column.addWidget(Hairline(parent=self._foot))
        row = QVBoxLayout()
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.addWidget(buttons)
        column.addLayout(row)
        self._foot.show()
        self._place_foot()

    def undock(self) -> None:
        """Put the buttons away that were kept in sight."""
        if self._foot is not None:
            self._foot.hide()
            self._foot.deleteLater()
            self._foot = None
            self._place_foot()

    @Slot()
    def _place_foot(self) -> None:
        height = self._foot.sizeHint().height() if self._foot is not None else 0
        self.setViewportMargins(0, 0, 0, height)
        if self._foot is not None:
            self._foot.setGeometry(0, self.height() - height, self.width(), height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._foot is not None:
            self._place_foot()
