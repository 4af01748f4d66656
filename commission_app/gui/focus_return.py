"""Where the keyboard goes when what had it goes away: to what stands near it, never up to the header."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_TAB: Final = Qt.FocusPolicy.TabFocus


class FocusReturn(QObject):
    """Watches over the page of a window. When what has the keyboard is hidden, disabled or deleted, Qt gives
    it to the next one in the window, which after the last one is the first of all, in the header; here it
    stays on the page, or comes back to it: to what had it there, or to what stands nearest to that.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._now: QWidget | None = None
        self._trail: list[QWidget] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self) or not isValid(self._page):  # the focus moves also while a window is taken apart
            return
        window = self._page.window()
        is_lost = self._now is not None and _is_gone(self._now) and window.isActiveWindow()
        if new is None:
            if is_lost and QApplication.activePopupWidget() is None:
                self._stay_near()
        elif new.window() is window:
            self._now = new
            if self._page.isAncestorOf(new):
                self._trail = _up_to(self._page, new)
            elif is_lost:
                self._stay_near()

    def _stay_near(self) -> None:
        """Give the keyboard to what had it on the page, to what follows that in the nearest surroundings, or
        to what comes before it there.
        """
        if not self._trail:
            return
        last, *around = self._trail
        if not _is_gone(last):
            last.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for place in around:
            if isValid(place) and place.isVisible():
                found = _next_in(place, last if isValid(last) else None)
                if found is not None:
                    found.setFocus(Qt.FocusReason.OtherFocusReason)
                    return


def _is_gone(widget: QWidget) -> bool:
    return not isValid(widget) or not widget.isVisible() or not widget.isEnabled()


def _up_to(page: QWidget, widget: QWidget) -> list[QWidget]:
    """A widget with what it stands in, from the inside to the page."""
    found = [widget]
    while found[-1] is not page:
        above = found[-1].parentWidget()
        if above is None:
            break
        found.append(above)
    return found


def _next_in(place: QWidget, gone: QWidget | None) -> QWidget | None:
    """What takes the keyboard in a place: the first after the one that is gone, or else the last before."""
    start = gone if gone is not None else place
    at, last = start.nextInFocusChain(), None
    is_past_end = False
    while at is not None and at is not start:
        is_past_end = is_past_end or at.isWindow()
        takes = at.isVisible() and at.isEnabled() and bool(at.focusPolicy() & _TAB)
        if takes and place.isAncestorOf(at):
            if not is_past_end:
                return at
            last = at
        at = at.nextInFocusChain()
    return last
