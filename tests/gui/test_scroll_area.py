"""A scroll area around what needs more height without the scroll bar than with it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from commission_app.gui.widgets.scroll_area import ScrollArea


class _Fickle(QWidget):
    """High where it is wide, low where it is narrow."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(50, 400 if self.width() > 295 else 100)


def test_what_fits_neither_with_nor_without_the_scroll_bar_ends_somewhere(qtbot: QtBot) -> None:
    area = ScrollArea()
    qtbot.addWidget(area)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(_Fickle())
    area.resize(300, 300)
    area.show()
    qtbot.waitExposed(area)
    area.resize(320, 300)
    assert area.widget().width() >= 295
    assert area.widget().height() >= 100
