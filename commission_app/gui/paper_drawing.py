"""A page that is drawn again and again beside the form it comes from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from commission_app.gui.operations import Operations
from commission_app.gui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf

_WAIT: Final = 150  # milliseconds from a key to the drawing of the page


class PaperDrawing(QObject):
    """Draws in the pool what `make` gives, a bound method that says what draws the paper as it stands now;
    None: nothing. What was asked for while it drew is drawn next. `drawn` tells of each page.
    """

    drawn = Signal()

    def __init__(
        self,
        operations: Operations,
        preview: PdfPreview,
        make: Callable[[], Callable[[], "Pdf"] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._operations, self._preview, self._make = operations, preview, make
        self._is_busy = self._is_wanted = False
        #: The page that was drawn last.
        self.pdf: Pdf | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._draw)

    @Slot()
    def follow(self) -> None:
        """Draw again soon; while one types on, every now and then."""
        if not self._timer.isActive():
            self._timer.start()

    def show_now(self) -> None:
        """Draw again at once."""
        self._timer.stop()
        self._draw()

    def tell(self, error: Exception) -> None:
        """Say in the preview why there is no page; the one before is not printed in its place."""
        self.pdf = None
        self._preview.set_error(self.tr("The paper could not be drawn: {reason}").format(reason=error))

    @Slot()
    def _draw(self) -> None:
        if self._is_busy:
            self._is_wanted = True
            return
        work = self._make()
        if work is not None:
            self._is_busy = True
            self._operations.in_background(work, self._take, self._failed)

    def _take(self, pdf: "Pdf") -> None:
        if not isValid(self):  # its form was left meanwhile
            return
        self._is_busy = False
        is_new = self.pdf is None or self.pdf.data != pdf.data
        self.pdf = pdf
        if is_new:
            self._preview.set_pdf(pdf.data)
        self.drawn.emit()
        if self._is_wanted:
            self._is_wanted = False
            self._draw()

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        self.tell(error)
