"""The head of an inquiry: its city, its state in chips, and the one thing to do next."""

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.findings import Level
from commission_app.domain.inquiries import Direction
from commission_app.domain.inquiry_clock import ClockState, Place
from commission_app.gui import labels, theme
from commission_app.gui.inquiries import words
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipSpec
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Paragraph, breakable
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.gui.wishing_head import WishingHead

if TYPE_CHECKING:
    from commission_app.services.inquiry_views import InquiryView

_GAP = 28


class Wish(StrEnum):
    """What the head of an inquiry asks for."""

    LIST = "list"
    AGENDA = "agenda"
    ANSWER = "answer"
    WRITE = "write"
    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"
    ATTACH = "attach"
    HISTORY = "history"
    REMOVE = "remove"


#: The icons of the wishes that buttons carry.
_ICONS: Final = {Wish.LIST: "meetings", Wish.AGENDA: "meetings", Wish.ANSWER: "mail", Wish.WRITE: "mail"}


def wishes_of(view: "InquiryView", goes_to: Place | None) -> tuple[Wish | None, Wish | None]:
    """The thing to do next and the one beside it.

    An inquiry short of time goes on the agenda first; else the answer that is owed is written first.
    """
    write = Wish.ANSWER if words.answer_finding(view) else Wish.WRITE
    closed = view.inquiry.is_closed
    if view.clock is None or not view.clock.is_running:
        listed = Wish.AGENDA if _is_ahead(view) else None
        if view.clock is None and not closed and listed is None and goes_to is not None:
            listed = Wish.LIST
        return (None, write) if closed else (write, listed)
    if _is_ahead(view):
        return write, Wish.AGENDA
    if goes_to is None:
        return write, None
    urgent = view.clock.level is Level.OVERDUE or view.clock.state is not ClockState.OPEN
    return (write, Wish.LIST) if write is Wish.ANSWER and not urgent else (Wish.LIST, write)


def _is_ahead(view: "InquiryView") -> bool:
    return any(entry.meeting.on >= labels.today() for entry in view.listed)


def facts_of(view: "InquiryView") -> str:
    """Where the city lies, who made the first step, and with whom one writes."""
    incoming = view.inquiry.direction is Direction.INCOMING
    who = view.contact.name if view.contact else ""
    translate = QCoreApplication.translate
    if incoming and who:
        text = translate("inquiries", "{country}. Incoming inquiry from {who}")
    elif incoming:
        text = translate("inquiries", "{country}. Incoming inquiry")
    elif who:
        text = translate("inquiries", "{country}. Our own initiative, with {who}")
    else:
        text = translate("inquiries", "{country}. Our own initiative")
    return text.format(country=view.city.country, who=who)


class InquiryHeader(WishingHead):
    """Title with the native spelling, chips, facts; `wished` sends what was pressed."""

    wish_type: ClassVar[type[StrEnum]] = Wish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Button(kind="icon", icon="more", name=self.tr("More")), parent)
        self._view: InquiryView | None = None
        self._first: Wish | None = None
        self._second: Wish | None = None
        self._read_only: str | None = None
        self.title = PageTitle("", parent=self)
        self.facts = Paragraph("", "body", "ink-2", self)
        self.primary = Button("", "primary", parent=self)
        self.second = Button("", "secondary", parent=self)
        self.title.set_actions(self.second, self.primary, self.more)
        self._beside = QWidget(self)
        row = QHBoxLayout(self._beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._below = Wrapped(WrappingRow(), self)
        self.title.set_beside(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self._below)
        column.addWidget(self.facts)
        self._specs: list[ChipSpec] = []
        self._is_below: bool | None = None
        self.primary.clicked.connect(self._press_first)
        self.second.clicked.connect(self._press_second)
        theme.notifier().changed.connect(self._fit)

    def show_view(self, view: "InquiryView", goes_to: Place | None, read_only: str | None) -> None:
        """Show an inquiry; `goes_to` is the meeting that "Put on the agenda" leads to."""
        self._view, self._read_only = view, read_only
        self.title.set_text(view.city.city.name, view.city.city.native_name or "")
        self.facts.setText(breakable(facts_of(view)))
        specs = words.chips_of(view)
        if specs != self._specs:
            self._specs = specs
            self._is_below = None
        self._first, self._second = wishes_of(view, goes_to)
        for button, wish in ((self.primary, self._first), (self.second, self._second)):
            self._dress(button, wish, goes_to)
        self._fit()

    def _dress(self, button: Button, wish: Wish | None, goes_to: Place | None) -> None:
        button.setVisible(wish is not None)
        if wish is None:
            return
        text = {
            Wish.LIST: self.tr("Put on the agenda"),
            Wish.AGENDA: self.tr("Open the agenda"),
            Wish.ANSWER: self.tr("Write the answer"),
            Wish.WRITE: self.tr("Write a letter"),
        }[wish]
        button.setText(text)
        button.set_icon(_ICONS[wish])
        tip = ""
        if wish is Wish.LIST and goes_to is not None:
            day = labels.day_long(goes_to.on)
            tip = self.tr("It goes on the agenda of {day}.").format(day=day)
            if not goes_to.meeting_id:
                tip = self.tr("It goes on the agenda of {day}; the meeting is entered.").format(day=day)
        button.set_tip(tip)
        button.setAccessibleDescription(tip)
        button.set_unavailable(None if wish is Wish.AGENDA else self._read_only)
        button.updateGeometry()

    def wishes(self) -> tuple[Wish | None, Wish | None]:
        """What the two buttons ask for."""
        return self._first, self._second

    def chips(self) -> list[str]:
        """The words of the chips."""
        return [spec.text for spec in self._specs]

    def step_back(self, is_busy: bool) -> None:
        """Leave the primary button to a form that is open."""
        self.primary.set_kind("secondary" if is_busy else "primary")

    # Width

    @Slot()
    def _fit(self) -> None:
        """Chips beside the title, or on a line of their own where there is no room."""
        title, more = self.title.title.sizeHint().width(), self.more.sizeHint().width() + 8
        if self._first is not None:
            self.primary.set_icon(_ICONS[self._first])
            if title + self.primary.sizeHint().width() + more + _GAP > self.width():
                self.primary.set_icon(None)  # the city's name comes before the picture on a button
        first = self.primary.sizeHint().width() + 8 if self._first is not None else 0
        second = self.second.sizeHint().width() + 8 if self._second is not None else 0
        fits = title + first + second + more + _GAP <= self.width()
        self.second.setVisible(self._second is not None and (fits or not first))
        chips = sum(chip.sizeHint().width() + 8 for chip in map(Chip.of, self._specs))
        below = title + chips + first + second + more + _GAP > self.width()
        if below == self._is_below:
            return
        self._is_below = below
        for chip in self.findChildren(Chip):
            chip.hide()
            chip.deleteLater()
        holder = self._below if below else self._beside
        if (row := holder.layout()) is not None:
            for spec in self._specs:
                row.addWidget(Chip.of(spec, holder))
        self._below.setVisible(below)
        self._beside.setVisible(not below)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Actions

    @Slot()
    def _press_first(self) -> None:
        if self._first is not None:
            self.wished.emit(self._first)

    @Slot()
    def _press_second(self) -> None:
        if self._second is not None:
            self.wished.emit(self._second)

    @override
    def fill_menu(self, menu: Menu) -> None:
        why = self._read_only
        self.offer(menu, self.tr("Change the inquiry"), Wish.CHANGE, "draft", unavailable=why)
        if self.second.isHidden() and self._second is not None:
            menu.add(self.second.text(), self._press_second, unavailable=self.second.unavailable_because())
        if Wish.WRITE not in (self._first, self._second):
            self.offer(menu, self.tr("Write a letter"), Wish.WRITE, "mail", unavailable=why)
        self.offer(menu, self.tr("Keep a file with it"), Wish.ATTACH, "attach", unavailable=why)
        menu.addSeparator()
        if self._view is not None and self._view.inquiry.is_closed:
            self.offer(menu, self.tr("Reopen the inquiry"), Wish.REOPEN, "undo", unavailable=why)
        else:
            self.offer(menu, self.tr("Close the inquiry"), Wish.CLOSE, "ok", unavailable=why)
        menu.addSeparator()
        self.offer(menu, self.tr("History of this inquiry"), Wish.HISTORY, "history")
        listed = self.tr("An agenda names it; take it off there first.")
        cannot = why or (listed if self._view is not None and self._view.listed else None)
        self.offer(menu, self.tr("Remove the inquiry"), Wish.REMOVE, "close", unavailable=cannot)
