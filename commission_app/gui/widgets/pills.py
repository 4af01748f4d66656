"""Pills: small buttons of which one is pressed, for which rows of a list are shown."""

from collections.abc import ItemsView, Mapping, ValuesView
from typing import Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.wrapping import WrappingRow

K = TypeVar("K")


class Pills(QWidget, Generic[K]):
    """A row that wraps, with a pill for each key of `words`, the first one pressed; `after` stands behind
    them. `chosen` sends the key of the pill that somebody pressed.
    """

    chosen = Signal(object)

    def __init__(self, words: Mapping[K, str], *after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pills = {key: Button(text, "pill", size="small", parent=self) for key, text in words.items()}
        self._group = QButtonGroup(self)
        for pill in self._pills.values():
            self._group.addButton(pill)
        self.setLayout(WrappingRow(*self._pills.values(), *after))
        self.choose(next(iter(words)))
        self._group.buttonClicked.connect(self._pressed)

    def __getitem__(self, key: K) -> Button:
        return self._pills[key]

    def items(self) -> ItemsView[K, Button]:
        """The keys with their pills."""
        return self._pills.items()

    def values(self) -> ValuesView[Button]:
        """The pills."""
        return self._pills.values()

    def current(self) -> K:
        """The key of the pill that is pressed."""
        return self._key(self._group.checkedButton())

    def choose(self, key: K) -> None:
        """Press a pill without sending `chosen`."""
        self._pills[key].setChecked(True)

    def say(self, key: K, words: str, *, is_shown: bool) -> None:
        """What a pill says, most often with a count, and whether it is shown."""
        pill = self._pills[key]
        pill.setText(words)
        pill.restyle()
        pill.setVisible(is_shown)

    def _key(self, button: QAbstractButton | None) -> K:
        return next(key for key, pill in self._pills.items() if pill is button)

    @Slot(QAbstractButton)
    def _pressed(self, button: QAbstractButton) -> None:
        self.chosen.emit(self._key(button))
