"""How far a batch agrees with its tape, said beside its buttons."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.gui import labels
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.text import IconLabel, Text


@dataclass(frozen=True, slots=True)
class Tally:
    """What is entered so far, in rows and cents; what was counted and what the tape says, None while nobody
    said; and how many rows may be entered twice.
    """

    entered: int
    total: int
    count: int | None
    control: int | None
    doubted: int = 0

    @property
    def agrees(self) -> bool:
        """Whether rows and sum are those of the tape."""
        return self.entered == self.count and self.total == self.control


class Tape(QWidget):
    """A sign and a sentence."""

    def __init__(self, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._currency = currency
        self.sign = IconLabel("pending", "ink-2", 18, self)
        self.words = Text("", "strong", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)

    def tell(self, tally: Tally) -> None:
        """Say how far the rows agree with the tape."""
        text, icon, colour = self._told(tally)
        if tally.doubted:
            twice = self.tr("{count} twice?")
            text = f"{text}; {twice.format(count=tally.doubted)}"
            icon, colour = "warning", "warn"
        self.words.setText(text)
        self.words.set_colour("ink" if colour == "ink-2" else colour)
        self.sign.set_icon(icon, colour)

    def _told(self, tally: Tally) -> tuple[str, str, str]:
        count, control = tally.count, tally.control
        if count is None or control is None:
            one, many = self.tr("{count} payment, {amount}"), self.tr("{count} payments, {amount}")
            text = (one if tally.entered == 1 else many).format(
                count=tally.entered, amount=self._money(tally.total)
            )
            return text, "pending", "ink-2"
        one = self.tr("{entered} of {count} payment, {amount} of {control}: {rest}")
        many = self.tr("{entered} of {count} payments, {amount} of {control}: {rest}")
        text = (one if count == 1 else many).format(
            entered=tally.entered,
            count=count,
            amount=self._money(tally.total),
            control=self._money(control),
            rest=self._rest(count - tally.entered, control - tally.total),
        )
        if tally.agrees:
            return text, "ok", "ok"
        is_wrong = tally.entered >= count or tally.total > control
        return (text, "warning", "warn") if is_wrong else (text, "pending", "ink-2")

    def _rest(self, payments: int, cents: int) -> str:
        if cents:
            text = self.tr("{amount} to go") if cents > 0 else self.tr("{amount} too much")
            return text.format(amount=self._money(abs(cents)))
        if payments > 0:
            return labels.counted(
                payments, self.tr("{count} payment to go"), self.tr("{count} payments to go")
            )
        if payments < 0:
            one, many = self.tr("{count} payment too many"), self.tr("{count} payments too many")
            return labels.counted(-payments, one, many)
        return self.tr("agrees")

    def _money(self, cents: int) -> str:
        return words.money(cents, self._currency, sign=True)
