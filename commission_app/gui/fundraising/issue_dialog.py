"""Asks before receipts are issued: which papers, to whom, what to know before; what gets none and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.errors import ConflictError, ValidationError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import Elided, Hairline, IconLabel, Paragraph, Text
from commission_app.services.receipt_papers import ReceiptProposal

#: So many are listed at once; the rest is issued after them.
MOST: Final = 100
_WIDTH: Final = 640


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
        row.setContentsMargins(0, 8, 4, 8)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class IssueDialog(Dialog):
    """The question before receipts leave the house. `issued` are the ids of those that were."""

    def __init__(
        self, desk: Desk, candidates: Sequence[Candidate], count: int = 0, parent: QWidget | None = None
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
        self._desk, self._receipts = desk, desk.session.receipts
        self.issued: list[str] = []
        self.on = day_field(self.tr("Dated"), labels.today(), required=True)
        self.on.set_value(labels.today())
        self.wrong = Paragraph("", "label", "over", parent=self)
        self.wrong.hide()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        with desk.session.one_view():  # what all of them share is read once
            self.rows = [self._add(candidate) for candidate in candidates]
        if count > len(candidates):
            more = self.tr("{count} more wait for theirs: issue them after these.")
            self._column.addWidget(Text(more.format(count=count - len(candidates)), "meta", "ink-2"))
        self._column.addStretch(1)
        self.add_widget(self.on)
        self.add_widget(Room(inside, grows=True))
        self.add_widget(self.wrong)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self._count()

    def _add(self, candidate: Candidate) -> IssueRow:
        propose = self._receipts.proposal_in_kind if candidate.in_kind else self._receipts.proposal
        proposal, refused = _proposed(propose, candidate.id)
        row = IssueRow(candidate, proposal, refused, self)
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
            what=words.money(line.amount_cents, currency, sign=True),
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
