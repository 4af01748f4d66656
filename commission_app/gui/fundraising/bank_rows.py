"""The rows of a bank's list with what is proposed for each, and the choice for the selected one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.bank_lines import OPEN_TO_CHOICE, BankMatch, Certainty
from commission_app.domain.contacts import Contact
from commission_app.domain.pledges import PledgeState
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.contact_field import ContactField
from commission_app.gui.imports.judged_rows import JudgedRows
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.services.bank_matching import BankPreview
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine

_OPEN: Final = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_MOST_PLEDGES: Final = 20


@dataclass(frozen=True, slots=True)
class BankNames:
    """What payers, pledges and campaigns of a preview are called, by id."""

    payers: Mapping[str, Contact] = field(default_factory=dict)
    pledges: Mapping[str, PledgeLine] = field(default_factory=dict)
    campaigns: Mapping[str, str] = field(default_factory=dict)


def names_of(desk: Desk, rows: Sequence[BankMatch]) -> BankNames:
    """The names that the rows of a preview need."""
    session = desk.session
    wanted = {row.payer_id for row in rows}
    pledge_ids = list(dict.fromkeys(one for row in rows for one in row.pledge_ids))
    return BankNames(
        payers={one.id: one for one in session.contacts.all() if one.id in wanted},
        pledges={line.id: line for line in session.pledges.lines(pledge_ids)},
        campaigns={one.id: one.name for one in session.campaigns.all()},
    )


class BankRows(JudgedRows[BankMatch, Certainty | None]):
    """What each row is likely to be, and below it who paid the selected row, and for what."""

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(look_words(), parent)
        self._desk, self._currency = desk, currency
        self._names = BankNames()
        self.preview = BankPreview(rows=(), columns={})
        self.payer = ContactField(desk, self.tr("Who paid"))
        self.purpose = ChoiceField(self.tr("For"))
        self.take = Button(self.tr("Record"), "secondary", "check", "small", parent=self)
        self.leave = Button(self.tr("Leave out"), "secondary", "minus", "small", parent=self)
        self.payer.committed.connect(self._payer_chosen)
        self.purpose.committed.connect(self._purpose_chosen)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave)
        self._lay_out()
        self.table.activated.connect(self._turn)

    def _lay_out(self) -> None:
        column = self.set_table(self._columns())
        column.addWidget(self.reason)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.payer, 1)
        fields.addWidget(self.purpose, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.take, self.leave):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        fields.addLayout(buttons)
        column.addLayout(fields)

    def _columns(self) -> list[Column[BankMatch]]:
        return [
            Column(self.tr("What the list says"), _said, width=140, stretch=3, tone=Tone.CONTEXT, wraps=True),
            Column(self.tr("Day"), lambda row: row.line.on, width=112, tone=Tone.CONTEXT, leaves=1),
            Column(
                self.tr("Amount"),
                lambda row: (row.line.cents, row.line.currency),
                self._amount,
                align=Align.RIGHT,
                width=100,
            ),
            Column(self.tr("Who paid"), self._payer_name, width=130, stretch=2, wraps=True),
            Column(
                self.tr("For"),
                self._purpose_name,
                width=120,
                stretch=2,
                tone=Tone.CONTEXT,
                leaves=2,
                wraps=True,
            ),
            Column(self.tr("Match"), _rank, width=140, chip=certainty_chip),
            Column(
                self.tr("Record"), lambda row: row.is_chosen, width=88, chip=_tick_chip, is_sortable=False
            ),
        ]

    def _amount(self, said: tuple[int, str]) -> str:
        cents, currency = said
        if not cents:
            return ""
        return words.money(cents, currency or self._currency, sign=bool(currency))

    def _payer_name(self, row: BankMatch) -> str:
        """Who paid; of a row that cannot be taken, why."""
        if row.certainty in (Certainty.REFUSED, Certainty.LEFT_OUT):
            return row.reason
        payer = self._names.payers.get(row.payer_id or "")
        return payer.name if payer else ""

    def _purpose_name(self, row: BankMatch) -> str:
        if row.pledge_id is not None:
            paid = [self._campaign_of(share.pledge_id) for share in row.shares]
            return ", ".join(paid) or self._campaign_of(row.pledge_id)
        name = self._names.campaigns.get(row.campaign_id or "", "")
        return self.tr("Gift to {campaign}").format(campaign=name) if name else ""

    def _campaign_of(self, pledge_id: str) -> str:
        pledge = self._names.pledges.get(pledge_id)
        return pledge.campaign if pledge else ""

    def _divided(self, row: BankMatch) -> str:
        """How the money is divided, where not all of it is for the pledge that was chosen."""
        if row.pledge_id is None or (len(row.shares) < 2 and not row.credit_cents):
            return ""
        to, credit = self.tr("{amount} to {campaign}"), self.tr("{amount} more than is open, kept as credit")
        parts = [
            to.format(
                amount=words.money(share.cents, self._currency), campaign=self._campaign_of(share.pledge_id)
            )
            for share in row.shares
        ]
        if row.credit_cents:
            parts.append(credit.format(amount=words.money(row.credit_cents, self._currency)))
        return "; ".join(parts) + "."

    # What is shown

    def show_preview(self, preview: BankPreview, names: BankNames) -> None:
        """Show the rows of a list, beginning with one that somebody has to look at."""
        self._names = names
        self.pills.choose(None)
        self._show(preview)
        doubtful = (Certainty.LIKELY, Certainty.UNKNOWN)
        first = next((row for row in preview.rows if row.certainty in doubtful), None)
        if first is not None or preview.rows:
            self.table.select((first or preview.rows[0]).number)

    def _show(self, preview: BankPreview) -> None:
        self.preview = preview
        total = words.money(sum(row.line.cents for row in preview.chosen), self._currency, sign=True)
        text = self.tr("{chosen} of {all} rows are to be recorded, {total}.")
        chosen, count = f"{len(preview.chosen):,}", f"{len(preview.rows):,}"
        self.show_rows(preview.rows, text.format(chosen=chosen, all=count, total=total))

    @override
    def look_of(self, row: BankMatch) -> Certainty:
        return row.certainty

    @override
    def tell_rows(self, chosen: Sequence[BankMatch]) -> None:
        row = chosen[0] if len(chosen) == 1 else None
        may = row is not None and row.certainty in OPEN_TO_CHOICE
        said = [_told(row, self._currency), self._divided(row)] if row is not None else []
        self.reason.setText("\n".join(filter(None, said)))
        self.reason.setVisible(bool(self.reason.text()))
        for part in (self.payer, self.purpose):
            part.setEnabled(may)
        self.payer.take(self._names.payers.get(row.payer_id or "") if row is not None and may else None)
        self._offer(row if may else None)
        self.take.set_unavailable(_why_not_take(chosen))
        self.leave.setEnabled(any(one.is_chosen for one in chosen))

    def _offer(self, row: BankMatch | None) -> None:
        """What the payer's money can be for: the open pledges, or a gift to a campaign."""
        if row is None:
            self.purpose.set_choices([(None, "")])
            return
        choices: list[tuple[tuple[str, str] | None, str]] = []
        for line in self._pledges_of(row):
            due = words.money(line.balance_cents, self._currency)
            text = self.tr("{campaign}, {amount} open")
            choices.append((("pledge", line.id), text.format(campaign=line.campaign, amount=due)))
        gift = self.tr("Gift to {campaign}")
        for campaign_id, name in self._names.campaigns.items():
            choices.append((("gift", campaign_id), gift.format(campaign=name)))
        self.purpose.set_choices([(None, self.tr("Not said")), *choices])
        if row.pledge_id is not None:
            self.purpose.set_value(("pledge", row.pledge_id))
        else:
            self.purpose.set_value(("gift", row.campaign_id) if row.campaign_id else None)

    def _pledges_of(self, row: BankMatch) -> list[PledgeLine]:
        if row.payer_id is None:
            return []
        own = PledgeFilter(donor_id=row.payer_id, states=_OPEN)
        found = {line.id: line for line in self._desk.session.pledges.page(own, limit=_MOST_PLEDGES).rows}
        named = self._names.pledges.get(row.pledge_id or "")
        if named is not None:
            found.setdefault(named.id, named)
        return list(found.values())

    # Decisions

    def _current(self) -> BankMatch | None:
        rows = self.table.selected()
        return rows[0] if len(rows) == 1 and rows[0].certainty in OPEN_TO_CHOICE else None

    @Slot()
    def _payer_chosen(self) -> None:
        """Another payer: for the oldest of their open pledges, until somebody says otherwise."""
        row, payer_id = self._current(), self.payer.value()
        if row is None or payer_id is None or payer_id == row.payer_id:
            return
        contact = self._desk.session.contacts.get(payer_id)
        payers = {**self._names.payers, payer_id: contact}
        pledges = self._pledges_of(row.paid_by(payer_id, None, None))
        only = next(iter(self._names.campaigns)) if len(self._names.campaigns) == 1 else None
        self._names = BankNames(
            payers, {**self._names.pledges, **{one.id: one for one in pledges}}, self._names.campaigns
        )
        pledge_id = pledges[0].id if pledges else None
        self._put(row.paid_by(payer_id, pledge_id, None if pledge_id else only))

    @Slot()
    def _purpose_chosen(self) -> None:
        row, chosen = self._current(), self.purpose.value()
        if row is None or row.payer_id is None:
            return
        kind, found = chosen or ("", None)
        pledge_id = found if kind == "pledge" else None
        self._put(row.paid_by(row.payer_id, pledge_id, found if kind == "gift" else None))

    @Slot()
    def _take(self) -> None:
        self._put(*(row.ticked(True) for row in self.table.selected()))

    @Slot()
    def _leave(self) -> None:
        self._put(*(row.ticked(False) for row in self.table.selected()))

    @Slot(object)
    def _turn(self, row: BankMatch) -> None:
        self._put(row.ticked(not row.is_chosen))

    def _put(self, *rows: BankMatch) -> None:
        """Take decided rows in, each divided as the other chosen ones leave the pledges."""
        found = self._desk.session.bank.shared_out(self.preview, *rows)
        ids = dict.fromkeys(one for row in found for one in row.pledge_ids)
        unknown = [one for one in ids if one not in self._names.pledges]
        lines = {line.id: line for line in self._desk.session.pledges.lines(unknown)}
        pledges = {**self._names.pledges, **lines}
        self._names = BankNames(self._names.payers, pledges, self._names.campaigns)
        self._show(self.preview.with_row(*found))


def _why_not_take(rows: Sequence[BankMatch]) -> str | None:
    if any(row.ticked(True).is_chosen and not row.is_chosen for row in rows):
        return None
    if any(row.is_chosen for row in rows):
        return QCoreApplication.translate("bank", "It is to be recorded already.")
    return QCoreApplication.translate("bank", "Say who paid, and for what.")


def certainty_chip(row: BankMatch) -> ChipSpec:
    """How a row stands."""
    return {
        Certainty.SURE: ChipSpec(QCoreApplication.translate("bank", "Sure"), ChipKind.DONE, "ok"),
        Certainty.LIKELY: ChipSpec(QCoreApplication.translate("bank", "Likely"), ChipKind.SOON, "warning"),
        Certainty.UNKNOWN: ChipSpec(QCoreApplication.translate("bank", "Unknown"), ChipKind.PLAIN, "help"),
        Certainty.PRESENT: ChipSpec(
            QCoreApplication.translate("bank", "Already recorded"), ChipKind.QUIET, "ok"
        ),
        Certainty.LEFT_OUT: ChipSpec(
            QCoreApplication.translate("bank", "Not income"), ChipKind.OUTLINE, "minus"
        ),
        Certainty.REFUSED: ChipSpec(QCoreApplication.translate("bank", "Wrong"), ChipKind.OVERDUE, "overdue"),
    }[row.certainty]


def look_words() -> dict[Certainty | None, str]:
    """The words on the pills, with {count}."""
    return {
        None: QCoreApplication.translate("bank", "All {count}"),
        Certainty.SURE: QCoreApplication.translate("bank", "Sure {count}"),
        Certainty.LIKELY: QCoreApplication.translate("bank", "Likely {count}"),
        Certainty.UNKNOWN: QCoreApplication.translate("bank", "Unknown {count}"),
        Certainty.PRESENT: QCoreApplication.translate("bank", "Recorded {count}"),
        Certainty.LEFT_OUT: QCoreApplication.translate("bank", "Not income {count}"),
        Certainty.REFUSED: QCoreApplication.translate("bank", "Wrong {count}"),
    }


def _told(row: BankMatch, currency: str) -> str:
    """The whole of a row: where it stands, its reference, its fee, and why it is matched so."""
    line = row.line
    parts = [QCoreApplication.translate("bank", "Line {number}").format(number=line.number)]
    parts += [part for part in (line.name, line.description, line.kind, line.email, line.reference) if part]
    if line.fee_cents:
        fee = words.money(line.fee_cents, currency)
        parts.append(QCoreApplication.translate("bank", "{fee} fee kept by the service").format(fee=fee))
    text = " · ".join(parts)
    if row.certainty in (Certainty.SURE, Certainty.LIKELY) and row.reason:
        return f"{text} · {QCoreApplication.translate('bank', 'What fits')}: {row.reason}."
    return f"{text}\n{row.reason[:1].upper()}{row.reason[1:]}" if row.reason else text


def _tick_chip(row: BankMatch) -> ChipSpec | None:
    if row.is_chosen:
        return ChipSpec(QCoreApplication.translate("bank", "Yes"), ChipKind.ACCENT, "check")
    return ChipSpec(QCoreApplication.translate("bank", "No"), ChipKind.QUIET)


def _said(row: BankMatch) -> str:
    line = row.line
    return " · ".join(filter(None, (line.name, line.description))) or line.kind or line.reference


def _rank(row: BankMatch) -> int:
    return list(Certainty).index(row.certainty)
