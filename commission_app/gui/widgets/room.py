"""Room for what a dialog shows: it scrolls where the screen is low or the text large."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets.scroll_area import ScrollArea

_FRAME: Final = 48  # of the screen's height, for the title bar


class Room(ScrollArea):
    """What scrolls where the screen is low or the text large; `grows`: its dialog follows what is typed."""

    def __init__(self, inside: QWidget, *, grows: bool = False) -> None:
        super().__init__()
        self._grows = grows
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)

    def take(self) -> None:
        """Make the dialog as high as everything inside, as far as the screen goes."""
        self.updateGeometry()
        dialog = self.window()
        if (layout := dialog.layout()) is not None:
            layout.activate()
        most = self.screen().availableGeometry().height() - _FRAME
        dialog.resize(dialog.width(), min(dialog.sizeHint().height(), most))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if self._grows and event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.take()
        return done

    @override
    def sizeHint(self) -> QSize:
        hint, width = self._inside.sizeHint(), self.viewport().width()
        if self.isVisible() and self._inside.hasHeightForWidth():
            return QSize(hint.width(), self._inside.heightForWidth(width))
        return hint

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), theme.scaled(120))
