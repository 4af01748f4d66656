"""The strip above the page that says, calmly and always, what a file that is no keeper's own is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Elided, IconLabel, Surface

if TYPE_CHECKING:
    from commission_app.services.session import Session


class CopyBand(Surface):
    """Whose and of when, and the one thing to do about it. Hidden in the keeper's own file.

    `wanted` asks for what the button says: sending back, or typing the code."""

    wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("inset", parent)
        self._icon = IconLabel("copy", "ink-2", 18, self)
        self.words = Elided("", "label", "ink-2", parent=self)
        self.button = Button("", "secondary", size="small", parent=self)
        self.button.clicked.connect(self._pressed)
        self._sends = False
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 6, 28, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self._sends)

    def read(self, session: "Session") -> bool:
        """Read what the open file says of itself; whether it is a reading copy."""
        from commission_app.gui import labels
        from commission_app.gui.copies.words import day_words, mark_words

        zone = session.context.today().zone
        found = session.copies.standing()
        mark, gone, pending = found.mark, found.handed_over, found.pending
        if mark is not None:
            count = found.entered
            text = self.tr("{mark}. Pledges, payments, contacts and agenda proposals can be entered.")
            button = labels.counted(
                count, self.tr("Send back {count} entry..."), self.tr("Send back {count} entries...")
            )
            self._say(
                "copy", text.format(mark=mark_words(mark, zone)), button if count else self.tr("Send back...")
            )
            self._sends = True
        elif gone is not None:
            text = self.tr("Handed over to {name} on {day}. This file is for reading only.")
            self._say("locked", text.format(name=gone[0], day=day_words(gone[1], zone)), "")
        elif pending is not None and session.may_write:
            text = self.tr("The hand-over to {name} was written on {day}. It waits for the code.")
            self._say(
                "deadline",
                text.format(name=pending.to, day=day_words(pending.at, zone)),
                self.tr("Type the code..."),
            )
            self._sends = False
        else:
            self.hide()
        return mark is not None

    def _say(self, icon: str, text: str, button: str) -> None:
        self._icon.set_icon(icon, "ink-2")
        self.words.set_text(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
