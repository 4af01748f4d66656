"""The editor below a row of a batch: a part for each pledge, where the rest goes, who a newcomer is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.payments import Allocation
from commission_app.domain.pledges import PledgeState
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.split_editor import SplitEditor
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import Panel
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine

_OPEN = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_MOST_OFFERED, _WIDEST = 40, 480


class BatchSplit(Panel):
    """By rule until a part is typed. `asked` are pledges of others that were added by hand; `pledge_asked`
    tells of one more.
    """

    changed = Signal()
    pledge_asked = Signal(str)

    def __init__(self, desk: Desk, currency: str, parent: QWidget) -> None:
        super().__init__(radius=10, padding=16, parent=parent)
        self._desk, self._currency = desk, currency
        self.asked: list[str] = []
        self._is_made = False
        self._is_new = False
        self._kept_rest: str | None = None

    def _make(self) -> None:
        """The fields, when they are first needed: most rows never open theirs."""
        self._is_made = True
        self.kind = ChoiceField(
            self.tr("The new contact is"), [(kind, labels.contact_kind(kind)) for kind in ContactKind]
        )
        self.kind.set_value(ContactKind.PERSON)
        self.email = TextField(self.tr("E-mail of the new contact"))
        self.parts = SplitEditor(self._currency, self)
        self.rule = Button(self.tr("Pay the oldest installments first instead"), "link", parent=self)
        self.other = LookupField(
            self.tr("Another pledge"), self._find, placeholder=self.tr("Type a donor"), parent=self
        )
        campaigns = self._desk.session.campaigns.all()
        gift = self.tr("a gift to {campaign}")
        rests: list[tuple[str | None, str]] = [(None, self.tr("credit on the first pledge"))]
        rests += [(one.id, gift.format(campaign=one.name)) for one in campaigns]
        self.rest = ChoiceField(self.tr("What no pledge takes is"), rests)
        self.rest.set_value(None)
        holder = QWidget(self)
        holder.setMaximumWidth(theme.scaled(_WIDEST))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.kind, self.email, self.parts, self.other, self.rest, self.rule):
            column.addWidget(part)
        self.column.addWidget(holder)
        holder.show()
        for field in (self.kind, self.email, self.rest):
            field.changed.connect(self.changed)
        self.parts.changed.connect(self.changed)
        self.rule.clicked.connect(self._by_rule)
        self.other.changed.connect(self._add_other)

    def begin(self, newcomer: ContactDraft | None) -> None:
        """Another payer: what was split before is forgotten."""
        self.asked = []
        self._is_new = newcomer is not None
        if self._is_made:
            self.parts.by_hand = False
            self.rest.set_value(None)
        if newcomer is not None and (newcomer.email or newcomer.kind is not ContactKind.PERSON):
            self._ready()
            self.kind.set_value(newcomer.kind)
            self.email.set_value(newcomer.email)

    def _ready(self) -> None:
        if not self._is_made:
            self._make()

    def newcomer(self, named: ContactDraft) -> ContactDraft:
        """The newcomer with what is entered here."""
        if not self._is_made:
            return named
        return replace(named, kind=self.kind.value() or ContactKind.PERSON, email=self.email.value() or None)

    def show_lines(self, lines: Sequence[PledgeLine], parts: Sequence[Allocation]) -> None:
        """Show the pledges, with what the rule gives each of them."""
        if self.isHidden() and not self.is_by_hand():
            return
        self._ready()
        self.parts.set_lines(lines)
        if not self.parts.by_hand:
            cents: dict[str, int] = {}
            for part in parts:
                if part.due_on is not None:
                    cents[part.pledge_id] = cents.get(part.pledge_id, 0) + part.amount_cents
            self.parts.show_cents(cents)
        self.kind.setVisible(self._is_new)
        self.email.setVisible(self._is_new)
        self.parts.setVisible(bool(lines))
        self.rule.setVisible(self.parts.by_hand)
        self.rest.setVisible(bool(lines))

    def is_by_hand(self) -> bool:
        """Whether parts were typed."""
        return self._is_made and self.parts.by_hand

    def cents(self) -> dict[str, int]:
        """What was typed for each pledge."""
        return self.parts.cents() if self._is_made else {}

    def gift_to(self) -> str | None:
        """The campaign that gets what no pledge takes; None: it is credit."""
        return self.rest.value() if self._is_made else None

    def gift_name(self) -> str:
        """The campaign's name."""
        names = {one.id: one.name for one in self._desk.session.campaigns.all()} if self.gift_to() else {}
        return names.get(self.gift_to() or "", "")

    def problems(self) -> bool:
        """Whether a part cannot be read; what is wrong stands under it."""
        return self._is_made and self.parts.problems()

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        parts = list(self.parts.parts)
        if parts and not self._is_new:
            self.focus_part(parts[0])
        else:
            (self.kind if self._is_new else self.other).setFocus()

    def focus_part(self, pledge_id: str) -> None:
        """Put the keyboard on a pledge's part; what stands there can be typed over."""
        part = self.parts.parts.get(pledge_id)
        if part is not None and not self.isHidden():
            part.setFocus(Qt.FocusReason.OtherFocusReason)
            part.edit.selectAll()

    def share(self, cents: Mapping[str, int]) -> None:
        """Share the check out by hand."""
        self._ready()
        self.parts.show_cents(cents)
        self.parts.by_hand = True

    @Slot()
    def _by_rule(self) -> None:
        self.parts.by_hand = False
        self.changed.emit()

    @Slot()
    def _add_other(self) -> None:
        pledge_id = self.other.value()
        if pledge_id:
            if pledge_id not in self.asked:
                self.asked.append(str(pledge_id))
            self.other.set_value(None)
            self.pledge_asked.emit(pledge_id)

    def _find(self, text: str) -> list[LookupRow]:
        found = self._desk.session.pledges.page(
            PledgeFilter(text=text, states=_OPEN), limit=_MOST_OFFERED
        ).rows
        return [
            LookupRow(
                line.id, f"{line.donor}, {line.campaign}", words.money(line.balance_cents, self._currency)
            )
            for line in found
        ]

    # Drafts

    def typed(self) -> dict[str, Any] | None:
        """What a draft keeps; None where nothing is entered here."""
        if not (self.is_by_hand() or self.gift_to() or self.asked):
            return None
        return {
            "asked": self.asked,
            "cents": self.cents() if self.is_by_hand() else {},
            "gift": self.gift_to(),
        }

    def bring_back(self, kept: dict[str, Any] | None) -> None:
        """Show what a draft kept."""
        if kept is None:
            return
        self._ready()
        self.show()
        self.asked = list(kept["asked"])
        self.pledge_asked.emit("")
        self.rest.set_value(kept["gift"])
        if kept["cents"]:
            self.share(kept["cents"])
