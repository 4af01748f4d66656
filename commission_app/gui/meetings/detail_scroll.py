"""A part of the detail that scrolls as a whole, with the padding of a detail beside a list."""

from PySide6.QtCore import QEvent, QMargins, QObject, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import Foot
from commission_app.gui.widgets.page_parts import ScrollPage

_SIDE, _BOTTOM, _AROUND = 24, 28, 16


class DetailScroll(ScrollPage):
    """A scrolling column, 24 from the lines at its sides; the buttons of an open form can stay under it."""

    def __init__(self, *, top: int = 24, parent: QWidget | None = None) -> None:
        self._opened: Form | None = None
        super().__init__(top=top, parent=parent)
        self._foot = Foot(self, _SIDE)

    @override
    def padding(self, narrow: bool) -> QMargins:
        return QMargins(_SIDE, self._top, _SIDE, _BOTTOM)

    def dock(self, buttons: QWidget) -> None:
        """Keep buttons in sight under what scrolls, in place of those that were there."""
        self.undock()
        self._foot.hold(buttons)

    def undock(self) -> None:
        """Put the buttons away that were kept in sight."""
        self._opened = None
        if (buttons := self._foot.let_go()) is not None:
            buttons.hide()
            buttons.deleteLater()

    def reveal(self, form: Form) -> None:
        """Bring a form into view that was opened in the page; where it is higher than the view, its buttons
        stay in sight under it."""
        self.undock()
        self._opened = form
        form.installEventFilter(self)
        QTimer.singleShot(0, self, self._reveal)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._opened and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._reveal)  # it got its place, or says what is wrong
        return super().eventFilter(watched, event)

    @Slot()
    def _reveal(self) -> None:
        form, inside = self._opened, self.widget()
        if form is None or inside is None:
            return
        self._dock_high()
        if form.height() > self.viewport().height():
            top = form.mapTo(inside, form.rect().topLeft()).y()
            self.verticalScrollBar().setValue(top - _AROUND)
        else:
            self.ensureWidgetVisible(form, 0, _AROUND)

    def _dock_high(self) -> None:
        form = self._opened
        if form is None or form.button_row is None or self._foot.holds() is not None:
            return
        if form.height() > self.viewport().height():
            self._foot.hold(form.button_row)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.place()
        self._dock_high()
