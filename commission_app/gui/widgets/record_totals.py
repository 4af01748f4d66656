"""The totals under a table, or what is selected in it, each in line with its column."""

from collections.abc import Mapping
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.record_header import PADDING
from commission_app.gui.widgets.record_model import Tone
from commission_app.gui.widgets.record_view import FLAGS, RecordView

TOTALS: Final = 42


class TotalsRow(QWidget):
    """The totals under a table, in line with its columns."""

    def __init__(self, view: RecordView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._texts: dict[int, str] = {}
        view.header.sectionResized.connect(self.restyle)
        view.header.sectionMoved.connect(self.restyle)
        view.horizontalScrollBar().valueChanged.connect(self.restyle)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def set_texts(self, texts: Mapping[int, str]) -> None:
        """The text of each column."""
        self._texts = dict(texts)
        columns = self._view.records.columns
        shown = self._view.header.in_order()
        said = (
            f"{columns[at].header} {text}" if at else text for at, text in self._texts.items() if at in shown
        )
        self.setAccessibleName(", ".join(said))
        self.update()

    def texts(self) -> dict[int, str]:
        """What is shown, by column."""
        return dict(self._texts)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.setFixedHeight(theme.scaled(TOTALS))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.hairline(painter, QPointF(0, 0), self.width(), theme.colour("line-strong"))
        header = self._view.header
        for at, text in self._texts.items():
            if header.isSectionHidden(at):
                continue
            column = self._view.records.columns[at]
            area = QRectF(header.sectionViewportPosition(at), 0, header.sectionSize(at), self.height())
            if at == 0:
                later = [
                    header.sectionViewportPosition(other)
                    for other in self._texts
                    if other and not header.isSectionHidden(other)
                ]
                area.setRight(min(later, default=self.width()))
            bold = column.tone is Tone.BOLD
            role, ink = ("strong" if bold else "body"), ("ink-2" if at == 0 else "ink")
            inner = area.adjusted(PADDING, 0, -PADDING, 0)
            painting.write(painter, inner, text, role, ink, align=FLAGS[column.align])
        painter.end()
