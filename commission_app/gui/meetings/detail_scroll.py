"""A part of the detail that scrolls as a whole, with the padding of a detail beside a list."""

from PySide6.QtCore import QMargins
from typing_extensions import override

from commission_app.gui.widgets.page_parts import ScrollPage

_SIDE, _BOTTOM = 24, 28


class DetailScroll(ScrollPage):
    """A scrolling column, 24 from the lines at its sides."""

    @override
    def padding(self, narrow: bool) -> QMargins:
        return QMargins(_SIDE, self._top, _SIDE, _BOTTOM)
