"""What the steps of setting a new file up have in common."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.scroll_area import ScrollArea
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


class SetupStep(ScrollArea):
    """One step: a title, a sentence, what is entered below. `wanted_on`: Enter was pressed in it."""

    wanted_on = Signal()

    def __init__(self, desk: "Desk", title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(4, 40, 12, 16)
        self.column.setSpacing(0)
        self.column.addWidget(PageTitle(title))
        self.column.addSpacing(4)
        self.column.addWidget(Paragraph(sentence, "body", "ink-2"))
        self.column.addSpacing(24)
        self.setWidget(holder)

    def short_name(self) -> str:
        """What the list of steps calls it."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the keyboard on the first field."""

    def is_done(self) -> bool:
        """Whether the file has what is entered here."""
        raise NotImplementedError

    def is_typed(self) -> bool:
        """Whether something is entered that is not saved."""
        return False

    def save(self) -> bool:
        """Save what is entered; False leaves the person here, with the reason under the field."""
        return True
