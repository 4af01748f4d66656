"""What is asked before a year of the money is closed, and before it is opened again."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.validation import NOTE, RECOMMENDED
from commission_app.domain.years import MoneyYear
from commission_app.gui import labels
from commission_app.gui.widgets.asking_dialog import AskingDialog
from commission_app.gui.widgets.fields import TextAreaField


class _WordsDialog(AskingDialog):
    """A question with a text; `confirmed` sends it."""

    confirmed = Signal(str)
    words: TextAreaField

    def take(self, words: TextAreaField) -> None:
        """The field that stands below the facts."""
        self.words = words
        self.ask(words)

    @override
    def send(self) -> None:
        self.confirmed.emit(self.words.value())


class CloseYearDialog(_WordsDialog):
    """Whether a year is to be closed, with what should be done before; `confirmed` sends a note."""

    def __init__(self, year: MoneyYear, parent: QWidget) -> None:
        every = QCoreApplication.translate("years", "Every payment has its receipt and its deposit.")
        super().__init__(
            QCoreApplication.translate("years", "Close the year {year}?").format(year=year.name),
            QCoreApplication.translate(
                "years",
                "From then on nothing dated in it is entered, changed or voided; a void is dated in the open "
                "year. It can be reopened with a reason.",
            ),
            doing=QCoreApplication.translate("years", "Close the year"),
            safe=QCoreApplication.translate("years", "Not yet"),
            wide=True,
            facts=undone(year) or [every],
            parent=parent,
        )
        note = self.tr("Note, such as who looked the books over")
        self.take(TextAreaField(note, limit=NOTE, least=2, most=4))
        self.doing.setFocus()


class ReopenYearDialog(_WordsDialog):
    """Why a year is opened again; `confirmed` sends the reason."""

    def __init__(self, year: MoneyYear, parent: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("years", "Reopen the year {year}?").format(year=year.name),
            QCoreApplication.translate(
                "years",
                "Its figures may change then. That it was closed, and your reason, stay in the record.",
            ),
            doing=QCoreApplication.translate("years", "Reopen the year"),
            safe=QCoreApplication.translate("years", "Keep it closed"),
            danger=True,
            parent=parent,
        )
        self.take(TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=5))
        self.words.setFocus()


def undone(year: MoneyYear) -> list[tuple[str, str, str]]:
    """What should be done before a year is closed, as facts of a dialog."""
    translate = QCoreApplication.translate
    lacking = (
        (
            year.without_receipt,
            translate("years", "{count} payment has no receipt."),
            translate("years", "{count} payments have no receipt."),
        ),
        (
            year.without_deposit,
            translate("years", "{count} payment is not deposited."),
            translate("years", "{count} payments are not deposited."),
        ),
    )
    return [(labels.counted(count, one, many), "warning", "warn") for count, one, many in lacking if count]
