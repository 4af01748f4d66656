"""The terms that end next year, as the list that is due by the end of this one names them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.members import Term
from commission_app.domain.seats import last_day, terms_ending
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.list_pane import ListPane, ListRow
from commission_app.gui.widgets.text import Text


class EndingTerms(QWidget):
    """Name, seat, appointed and last day of each term that ends next year; Enter opens its seat."""

    seat_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._members = desk, desk.session.members
        self._seats: dict[str, str] = {}
        self.year = labels.today().year + 1
        self.words = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.terms = ListPane(self.tr("Terms that end next year"), parent=self)
        self.terms.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.print = Button(self.tr("Print the list"), "secondary", "print", "small", parent=self)
        self.print.clicked.connect(self._open_paper)
        column.addWidget(self.words)
        column.addWidget(self.terms)
        column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Read the terms again."""
        names: dict[str, str] = {}
        seats: dict[str, str] = {}
        terms: list[Term] = []
        for view in self._members.seats():
            for entry in self._members.terms_of(view.seat.id):
                terms.append(entry.term)
                names[entry.term.id], seats[entry.term.id] = entry.holder.name, view.seat.label
        found = terms_ending(terms, self.year)
        self._seats = {term.id: term.seat_id for term in found}
        self.terms.set_rows(
            ListRow(term.id, names[term.id], detail=self._detail(term, seats[term.id])) for term in found
        )
        self.terms.setFixedHeight(max(1, theme.scaled(66) * len(found)))
        rule = self.tr("To be posted by {day} (California Government Code 54972).").format(
            day=labels.day_plain(labels.today().replace(month=12, day=31))
        )
        count = labels.counted(
            len(found),
            self.tr("{count} term ends next year."),
            self.tr("{count} terms end next year."),
        )
        self.words.setText(f"{count} {rule}")

    def _detail(self, term: Term, seat: str) -> str:
        last = last_day(term)
        return self.tr("{seat}, appointed {first}, ends {last}").format(
            seat=seat,
            first=labels.day_field(term.from_on),
            last=labels.day_field(last) if last else "",
        )

    @Slot()
    def _open_paper(self) -> None:
        self._desk.navigate(Place(page="papers", tab="terms-ending"))

    @Slot(object)
    def _open(self, term_id: str) -> None:
        if term_id in self._seats:
            self.seat_wanted.emit(self._seats[term_id])
