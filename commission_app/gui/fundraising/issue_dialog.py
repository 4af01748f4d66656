"""Asks before receipts are issued: which papers, to whom, what to know before; what gets none and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import ConflictError, ValidationError
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import Elided, Hairline, IconLabel, Paragraph, Text
from commission_app.services.receipt_papers import ReceiptProposal

#: So many are listed at once; the rest is issued after them.
MOST: Final = 100
_WIDTH: Final = 640
_TO_BOX: Final = 5  # pixels from the upper edge of a check box to a line of text beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A payment, or a delivery in kind, that may get a receipt."""

    id: str
    name: str
    on: date
    what: str  # its amount, or what was given
    in_kind: bool = False


class IssueRow(QWidget):
    """One paper: a box to leave it out, what it is, and what to know; refused ones say why."""

    def __init__(
        self, candidate: Candidate, proposal: ReceiptProposal | None, refused: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.candidate, self.refused = candidate, refused
        self.box = CheckBox("", self)
        self.box.setChecked(proposal is not None)
        self.box.setEnabled(proposal is not None)
        day = labels.day_field(candidate.on)
        name = Elided(candidate.name, "medium", parent=self)
        kind = receipt_words.kind(proposal.kind) if proposal is not None else self.tr("No receipt")
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(name, 1)
        first.addWidget(Text(candidate.what, "body", parent=self))
        column = QVBoxLayout()
        column.setContentsMargins(0, theme.scaled(_TO_BOX), 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(Text(f"{kind} · {day}", "meta", "ink-2", wrap=True, parent=self))
        remarks = [refused] if proposal is None else list(proposal.warnings)
        for remark in remarks:
            line = QHBoxLayout()
            line.setSpacing(6)
            role = "over" if proposal is None else "warn"
            icon = "overdue" if proposal is None else "warning"
            line.addWidget(IconLabel(icon, role, 16, self), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Paragraph(remark, "meta", role, parent=self), 1)
            column.addLayout(line)
        said = [candidate.name, candidate.what, kind, day, *remarks]
        self.box.setAccessibleName(", ".join(filter(None, said)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


#: What waits since a day, or in all, and how many that are where only the first are listed.
Offer = Callable[[date | None], tuple[Sequence[Candidate], int]]


class IssueDialog(Dialog):
    """The question before receipts leave the house. `issued` are the ids of those that were.

    `count` is how many wait where only the first are listed; with `offer` what waits since a day is listed
    anew."""

    def __init__(
        self,
        desk: Desk,
        candidates: Sequence[Candidate],
        count: int = 0,
        parent: QWidget | None = None,
        *,
        offer: Offer | None = None,
    ) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("IssueDialog", "Issue receipts?"),
            translate(
                "IssueDialog",
                "Each gets the next number of the year, and its words are frozen. "
                "It can be voided later, never changed or undone.",
            ),
            doing=translate("IssueDialog", "Issue them"),
            safe=translate("IssueDialog", "Not now"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk, self._receipts, self._offer = desk, desk.session.receipts, offer
        self.issued: list[str] = []
        self.rows: list[IssueRow] = []
        self._left_out: set[str] = set()
        self.on = day_field(self.tr("Dated"), labels.today(), required=True)
        self.on.set_value(labels.today())
        self.wrong = Paragraph("", "label", "over", parent=self)
        self.wrong.hide()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.since = day_field(self.tr("Only what came in since"), labels.today())
        self.since.setVisible(offer is not None)
        self.since.committed.connect(self.list_since)
        days = QHBoxLayout()
        days.setSpacing(16)
        days.addWidget(self.on, 1)
        days.addWidget(self.since, 1)
        self.content.addLayout(days)
        self.content.addLayout(self._links())
        self.add_widget(Room(inside, grows=True))
        self.add_widget(self.wrong)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self._list(candidates, count)
        if len(self.rows) > 1:
            (self.since if offer is not None else self.on).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a day only takes the day: it must not issue them all."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        elif not (is_enter and isinstance(self.focusWidget(), QLineEdit) and self._has_choice()):
            super().keyPressEvent(event)

    def _has_choice(self) -> bool:
        return self._offer is not None or len(self.rows) > 1

    def _links(self) -> QHBoxLayout:
        """Ticking all of them, or none."""
        self.every = Button(self.tr("All"), "link", parent=self)
        self.none = Button(self.tr("None"), "link", parent=self)
        self.every.clicked.connect(self._choose_all)
        self.none.clicked.connect(self._choose_none)
        links = QHBoxLayout()
        links.setSpacing(12)
        for link in (self.every, self.none):
            links.addWidget(link)
        links.addStretch(1)
        return links

    def _list(self, candidates: Sequence[Candidate], count: int) -> None:
        """List what waits; what was left out by hand stays so."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        with self._desk.session.one_view():  # what all of them share is read once
            self.rows = [self._add(candidate) for candidate in candidates]
        if count > len(candidates):
            more = self.tr("{count} more wait for theirs: issue them after these.")
            self._column.addWidget(Text(more.format(count=count - len(candidates)), "meta", "ink-2"))
        if not candidates:
            nothing = self.tr("Nothing since that day waits for a receipt.")
            self._column.addWidget(Text(nothing, "meta", "ink-2"))
        self._column.addStretch(1)
        several = len(self.rows) > 1
        self.every.setVisible(several)
        self.none.setVisible(several)
        self._count()

    @Slot()
    def list_since(self) -> None:
        """List what came in since the day in the field, or everything."""
        if self._offer is not None:
            self._list(*self._offer(self.since.value()))

    @Slot()
    def _choose_all(self) -> None:
        self._choose(chosen=True)

    @Slot()
    def _choose_none(self) -> None:
        self._choose(chosen=False)

    def _choose(self, *, chosen: bool) -> None:
        for row in self.rows:
            row.box.setChecked(chosen and not row.refused)

    def _add(self, candidate: Candidate) -> IssueRow:
        propose = self._receipts.proposal_in_kind if candidate.in_kind else self._receipts.proposal
        proposal, refused = _proposed(propose, candidate.id)
        row = IssueRow(candidate, proposal, refused, self)
        if candidate.id in self._left_out:
            row.box.setChecked(False)
        row.box.toggled.connect(self._count)
        self._column.addWidget(row)
        self._column.addWidget(Hairline(parent=self))
        return row

    def chosen(self, *, in_kind: bool) -> list[str]:
        """The payments, or the deliveries, that are to get theirs."""
        return [
            row.candidate.id for row in self.rows if row.box.isChecked() and row.candidate.in_kind is in_kind
        ]

    @Slot()
    def _count(self) -> None:
        count = sum(row.box.isChecked() for row in self.rows)
        for row in self.rows:
            (self._left_out.discard if row.box.isChecked() else self._left_out.add)(row.candidate.id)
        text = self.tr("Issue {count} receipts").format(count=self.locale().toString(count))
        self.doing.setText(self.tr("Issue the receipt") if count == 1 else text)
        self.doing.set_unavailable(None if count else self.tr("None is chosen."))
        self.doing.restyle()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what stands against it: at the day, or below the list."""
        self.on.set_error(errors.get("on"))
        rest = [message for path, message in errors.items() if path != "on"]
        self.wrong.setText("\n".join(rest))
        self.wrong.setVisible(bool(rest))

    @Slot()
    def confirm(self) -> None:
        """Issue what is chosen: the payments' receipts, then those in kind."""
        problem, day = self.on.problem(), self.on.value()
        self.on.set_error(problem)
        if problem:
            return
        run = self._desk.operations.run
        for in_kind, issue in ((False, self._receipts.issue), (True, self._receipts.issue_in_kind)):
            chosen = self.chosen(in_kind=in_kind)
            done = run(issue, chosen, day, form=self) if chosen else None
            if chosen and done is None:
                return
            if done is not None:
                self.issued += done.value
        self.accept()


def _proposed(propose: Callable[[str], ReceiptProposal], of_id: str) -> tuple[ReceiptProposal | None, str]:
    """What would be issued, or None and why nothing is."""
    try:
        return propose(of_id), ""
    except ValidationError as error:
        return None, " ".join(problem.message for problem in error.problems)
    except ConflictError as error:
        return None, str(error)


def candidates_of(desk: Desk, currency: str, payment_ids: Sequence[str]) -> list[Candidate]:
    """Payments as candidates."""
    return [
        Candidate(
            id=line.id,
            name=line.payer,
            on=line.received_on,
            what=words.money(line.left_cents, currency, sign=True),
        )
        for line in desk.session.payments.lines(payment_ids)
    ]


def candidates_in_kind(desk: Desk, delivery_ids: Sequence[str] | None = None) -> list[Candidate]:
    """Deliveries that wait for a receipt as candidates, or those of them that are named."""
    return [
        Candidate(
            id=line.id,
            name=line.name,
            on=line.on,
            what=f"{line.gift}: {words.quantity(line.quantity, line.unit)}",
            in_kind=True,
        )
        for line in desk.session.receipts.waiting_in_kind()
        if delivery_ids is None or line.id in delivery_ids
    ]
