"""The contacts that look the same, two by two: to be merged, or said to be two."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.contacts import Contact
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.members.merge_dialog import ask_to_merge
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Hairline, Paragraph, Text
from commission_app.services.merging import LikePair

_MOST = 30


class LookAlikes(QWidget):
    """Pairs of contacts with what they have in common; `said_two` when a pair is to be offered no more."""

    said_two = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pairs: list[LikePair] = []
        self.words = Text("", "meta", "ink-2", wrap=True, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.words)
        self._list: QWidget | None = None

    def set_pairs(self, pairs: Sequence[LikePair]) -> None:
        """Show other pairs; of very many the first."""
        if self._list is not None and list(pairs) == self._pairs:
            return
        self._pairs = list(pairs)
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget(self)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for pair in self._pairs[:_MOST]:
            column.addWidget(_Pair(self._desk, pair, self))
            column.addWidget(Hairline(parent=self._list))
        self._column.addWidget(self._list)
        none = self.tr("No two contacts look the same.")
        count = labels.counted(len(pairs), self.tr("{count} pair."), self.tr("{count} pairs."))
        more = self.tr("The first {count} are shown.").format(count=_MOST) if len(pairs) > _MOST else ""
        what = self.tr("Merging makes one contact of two; nothing is merged by itself.")
        others = self.tr(
            "Two others that are one: select both in the list and choose “Merge these two...” in their menu."
        )
        told = (count, more, what) if pairs else (none,)
        self.words.setText(" ".join(filter(None, (*told, others))))


class _Pair(QWidget):
    """Two contacts, why they look the same, and the two answers."""

    def __init__(self, desk: Desk, pair: LikePair, alikes: LookAlikes) -> None:
        super().__init__(alikes)
        self._desk, self._pair, self._alikes = desk, pair, alikes
        both = self.tr("{first} and {second}").format(first=pair.first.name, second=pair.second.name)
        merge = Button(self.tr("Merge..."), "secondary", size="small", parent=self)
        merge.setAccessibleName(self.tr("Merge {both}").format(both=both))
        merge.clicked.connect(self._merge)
        two = Button(self.tr("Not the same"), "quiet", size="small", parent=self)
        two.setAccessibleName(self.tr("{both} are not the same").format(both=both))
        two.clicked.connect(self._say_two)
        two.set_unavailable(desk.operations.keeper_reason())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(merge)
        buttons.addWidget(two)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for contact in (pair.first, pair.second):
            column.addWidget(Paragraph(contact.name, "medium", parent=self))
            column.addWidget(Paragraph(_known(contact), "meta", "ink-2", parent=self))
        column.addWidget(Paragraph(", ".join(map(_reason, pair.reasons)), "meta", "ink-3", parent=self))
        column.addSpacing(4)
        column.addLayout(buttons)

    @Slot()
    def _merge(self) -> None:
        ask_to_merge(self._desk, self._pair.first.id, self._pair.second.id, self.window())

    @Slot()
    def _say_two(self) -> None:
        merging = self._desk.session.merging
        if self._desk.operations.run(merging.say_two, self._pair.first.id, self._pair.second.id) is not None:
            self._alikes.said_two.emit()


def _known(contact: Contact) -> str:
    return " · ".join(filter(None, (contact.email, contact.phone))) or labels.contact_kind(contact.kind)


def _reason(reason: str) -> str:
    translate = QCoreApplication.translate
    return {
        "same name": translate("SimilarPeople", "same name"),
        "similar name": translate("SimilarPeople", "similar name"),
        "same e-mail": translate("SimilarPeople", "same e-mail"),
        "same phone": translate("SimilarPeople", "same phone"),
    }[reason]
