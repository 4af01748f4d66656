"""Settings, Copies and hand-over: the copies that were given, what comes back, and the next keeper."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.copies.words import mark_words
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState, is_narrow
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk
    from commission_app.services.copies import GivenCopy


class CopiesPane(Pane):
    """The copies given, newest first; the window carries out what the buttons ask for, by name."""

    wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.words = Paragraph("", "body", "ink-2", parent=self)
        self.give = Button(self.tr("Give a copy..."), "primary", "copy", parent=self)
        self.load = Button(self.tr("Load a parcel..."), "secondary", "import", parent=self)
        self.send = Button(self.tr("Send back..."), "primary", "export", parent=self)
        self.hand_over = Button(self.tr("Hand over..."), "secondary", "go-to", parent=self)
        self.table: RecordTable[GivenCopy] = RecordTable(
            (
                Column(self.tr("For"), _to, width=220),
                Column(self.tr("Given"), _at, self._moment, width=220),
                Column(self.tr("File"), _file, width=300, stretch=1, tone=Tone.CONTEXT),
            ),
            key=_key,
            name=self.tr("Reading copies"),
        )
        self.table.set_empty(
            EmptyState(
                "copy",
                self.tr("No copy was given yet"),
                self.tr("The treasurer and the chair can read, print and enter on their own computers."),
            )
        )
        head = Wrapped(WrappingRow(self.give, self.load, self.send, self.hand_over), self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(16)
        self._column.addWidget(self.words)
        self._column.addWidget(head)
        self._column.addWidget(self.table, 1)
        self._column.addStretch(0)
        self.give.clicked.connect(self._give)
        self.load.clicked.connect(self._load)
        self.send.clicked.connect(self._send)
        self.hand_over.clicked.connect(self._hand_over)
        self._pad()

    def _give(self) -> None:
        self.wanted.emit("give")

    def _load(self) -> None:
        self.wanted.emit("load")

    def _send(self) -> None:
        self.wanted.emit("send")

    def _hand_over(self) -> None:
        self.wanted.emit("hand-over")

    def _pad(self) -> None:
        side = 28 if is_narrow(self) else 40
        self._column.setContentsMargins(side, 20, side, 8)

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    def _moment(self, at: datetime) -> str:
        return labels.instant_local(at, self._desk.session.context.today().zone)

    @override
    def refresh(self) -> None:
        session = self._desk.session
        mark = session.copies.mark()
        zone = session.context.today().zone
        is_copy = mark is not None
        self.table.set_rows(session.copies.given())
        self.send.setVisible(is_copy)
        self.table.setVisible(not is_copy)
        for button in (self.give, self.load, self.hand_over):
            button.setVisible(not is_copy)
            button.set_unavailable(self._desk.operations.read_only_reason())
        if mark is not None:
            text = self.tr(
                "{mark}, for {name}. Here you can enter new contacts, pledges, payments, deliveries and "
                "proposals for an agenda, and void a payment. Everything can be read and printed."
            )
            self.words.setText(text.format(mark=mark_words(mark, zone), name=mark.given_to))
        else:
            self.words.setText(
                self.tr(
                    "One person keeps the record. The others get reading copies; "
                    "what they enter comes back as "
                    "a parcel. At the end of the year the record is handed over to the next keeper."
                )
            )


def _key(copy: "GivenCopy") -> str:
    return copy.copy


def _to(copy: "GivenCopy") -> str:
    return copy.to


def _at(copy: "GivenCopy") -> datetime:
    return copy.at


def _file(copy: "GivenCopy") -> str:
    return copy.file
