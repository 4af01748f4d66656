"""The columns of the run screen: three, two or one, and which of them is in sight."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.gui import theme
from commission_app.gui.run.item_pane import ItemPane
from commission_app.gui.run.people import PeoplePane
from commission_app.gui.run.side import SidePane
from commission_app.gui.widgets.text import Hairline

_PEOPLE, _NARROW_PEOPLE, _SIDE = 348, 300, 316
_WIDE: Final = 1200  # logical pixels at 100 percent from which on there are three columns
_TWO: Final = 1000  # and two
_ANY: Final = 16_777_215


class Columns(QWidget):
    """People, item and agenda between hairlines. In two columns the agenda opens in place of the people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people, self.item, self.side = PeoplePane(self), ItemPane(self), SidePane(self)
        self._lines = [Hairline(vertical=True, parent=self) for _ in range(2)]
        self._shows_side = self._shows_people = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.people)
        row.addWidget(self._lines[0])
        row.addWidget(self.item, 1)
        row.addWidget(self._lines[1])
        row.addWidget(self.side)

    def is_wide(self) -> bool:
        """Whether there is room for three columns."""
        return self.window().width() >= theme.scaled(_WIDE)

    def is_single(self) -> bool:
        """Whether there is room for one only."""
        return self.window().width() < theme.scaled(_TWO)

    def turn_to_people(self) -> None:
        """Bring the people into sight."""
        self._shows_side, self._shows_people = False, True
        self.fit()

    def turn_to_side(self) -> None:
        """Bring the agenda into sight."""
        self._shows_side, self._shows_people = True, False
        self.fit()

    def turn_to_item(self) -> bool:
        """Bring the item into sight where it is not; whether it was not."""
        was_hidden = not self.item.isVisibleTo(self)
        if was_hidden:
            self._shows_side = self._shows_people = False
            self.fit()
        return was_hidden

    def shows_side(self) -> bool:
        """Whether the agenda is in sight."""
        return self.is_wide() or self._shows_side

    def close_side(self) -> None:
        """Show the people again in place of the agenda."""
        self._shows_side = False
        self.fit()

    def fit(self) -> None:
        """Take the widths and what is in sight from the room there is."""
        wide, single = self.is_wide(), self.is_single()
        if wide:
            self._shows_side = self._shows_people = False
        people, side = (_PEOPLE, _SIDE) if wide else (_NARROW_PEOPLE, _NARROW_PEOPLE)
        for pane, width in ((self.people, theme.scaled(people)), (self.side, theme.scaled(side))):
            pane.setMinimumWidth(0 if single else width)
            pane.setMaximumWidth(_ANY if single else width)
        shows_people = self._shows_people if single else not self._shows_side
        self.people.setVisible(wide or shows_people)
        self.side.setVisible(wide or self._shows_side)
        self.item.setVisible(not single or not (self._shows_side or self._shows_people))
        self._lines[0].setVisible(not single and (wide or shows_people))
        self._lines[1].setVisible(not single and (wide or self._shows_side))
        self.item.set_narrow(not wide, single)
