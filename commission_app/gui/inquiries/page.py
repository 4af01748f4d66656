"""The page of inquiries: the list at the left and one inquiry beside it, or the board by step."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.inquiries.board import Board
from commission_app.gui.inquiries.detail import InquiryDetail
from commission_app.gui.inquiries.header import Wish
from commission_app.gui.inquiries.intake import CloseSheet, InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.pane import InquiriesPane
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.page_parts import NARROW, EmptyState
from commission_app.gui.widgets.text import Hairline

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView

_LIST, _NARROW_LIST = 240, 228  # 228: the widest state beside a scroll bar


class InquiriesPage(Page):
    """List and detail; forms take the place of the detail until they are saved or left."""

    name: ClassVar[str] = "inquiries"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "agenda_items",
            "attachments",
            "cities",
            "contacts",
            "inquiries",
            "letters",
            "meetings",
            "settings",
            "steps",
        }
    )

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._key: str | None = None
        self._sheet: FormSheet | None = None
        self._views: dict[str, InquiryView] = {}
        self.pane = InquiriesPane(self)
        self.detail = InquiryDetail(desk, self)
        self.board = Board(self)
        self.empty = EmptyState(
            "inquiries",
            self.tr("No inquiries yet"),
            self.tr("A first letter from a city abroad, or a city you want to write to."),
            self.tr("Record an inquiry"),
            action_icon="add",
            parent=self,
        )
        self._stack = QStackedWidget(self)
        for part in (self.empty, self.detail):
            self._stack.addWidget(part)
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane)
        row.addWidget(Hairline(vertical=True, parent=beside))
        row.addWidget(self._stack, 1)
        self._forms = QStackedWidget(self)
        self._forms.addWidget(beside)
        self._forms.addWidget(self.board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._forms)
        self._connect()
        theme.notifier().changed.connect(self._fit)
        self._fit()
        self.refresh()

    def _connect(self) -> None:
        pane = self.pane
        pane.chosen.connect(self._chosen)
        pane.opened.connect(self._opened)
        pane.new_wanted.connect(self.begin_new)
        pane.board_wanted.connect(self.show_board)
        self.board.opened.connect(self.open_inquiry)
        self.board.list_wanted.connect(self.show_list)
        self.board.new_wanted.connect(self.begin_new)
        self.detail.form_wanted.connect(self._open_form)
        self.detail.removed.connect(self._forget)
        self.empty.pressed.connect(self.begin_new)

    # What is shown

    @override
    def refresh(self) -> None:
        views = self.desk.session.inquiries.all()
        why = self.desk.operations.read_only_reason()
        self._views = {view.inquiry.id: view for view in views}
        self.pane.set_read_only(why)
        self.board.set_read_only(why)
        self.pane.show_views(views)
        self.board.show_views(views)
        if self._key is None:
            self._key = self.pane.first_key()
            if self._key is not None:
                self.pane.select(self._key)
        self._show_current()

    def _show_current(self) -> None:
        """Show what is selected, unless a form is open."""
        if self._sheet is not None:
            return
        if self._key is None:
            self._stack.setCurrentWidget(self.empty)
            return
        view = self._views.get(self._key)
        if view is None:
            self._key = None
            self.refresh()
            return
        self.detail.show_view(view)
        self._stack.setCurrentWidget(self.detail)

    @Slot(object)
    def _chosen(self, key: str | None) -> None:
        """A filter may hide the inquiry that is shown: it stays."""
        if key is not None and (key != self._key or self._sheet is not None):
            self._key = key
            self._drop_sheet()
            self._show_current()

    @Slot(object)
    def _opened(self, key: str) -> None:
        self.detail.header.primary.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _forget(self) -> None:
        self._key = None
        self.refresh()

    def current_id(self) -> str | None:
        """The inquiry that is shown."""
        return self._key

    @Slot(object)
    def open_inquiry(self, inquiry_id: str) -> None:
        """Show an inquiry beside the list."""
        self.show_list()
        if self.pane.select(inquiry_id):
            self._key = inquiry_id
            self._drop_sheet()
            self._show_current()

    @Slot()
    def show_board(self) -> None:
        """Show the board by step."""
        self._drop_sheet()
        self._show_current()
        self._forms.setCurrentWidget(self.board)
        self.board.focus()

    @Slot()
    def show_list(self) -> None:
        """Show the list with one inquiry beside it."""
        if self.is_board():
            self._forms.setCurrentIndex(0)
            self.pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_board(self) -> bool:
        """Whether the board is shown."""
        return self._forms.currentWidget() is self.board

    @override
    def open_at(self, place: Place) -> None:
        if place.tab == "board":
            self.show_board()
            return
        self.show_list()
        if place.record_id is not None:
            if place.record_id not in self._views:
                self.desk.messages.warn(self.tr("This inquiry is not in the file any more."))
                return
            self.open_inquiry(place.record_id)
        if place.part is not None:
            self.detail.letters.open_letter(place.part)
        if place.action == "add":
            self.begin_new()
        elif place.action == "list":
            self.detail.do(Wish.LIST)
        elif place.action in ("answer", "write", "change", "close"):
            self.detail.do(Wish(place.action))
        elif place.action.startswith("letter "):
            self._open_form(None, place.action.removeprefix("letter "))
        elif place.action.startswith("step "):
            self.detail.steps.open_form(place.action.removeprefix("step "))

    # Forms

    def sheet(self) -> FormSheet | None:
        """The form that is open."""
        return self._sheet

    def _show_sheet(self, sheet: FormSheet) -> None:
        self._drop_sheet()
        self._forms.setCurrentIndex(0)
        self._sheet = sheet
        sheet.saved.connect(self._sheet_saved)
        sheet.left.connect(self.leave_sheet)
        self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)
        sheet.begin()

    def _drop_sheet(self) -> None:
        if self._sheet is not None:
            self._stack.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    @Slot()
    def leave_sheet(self) -> None:
        """Give a form up."""
        self._drop_sheet()
        self._show_current()

    @Slot(str)
    def _sheet_saved(self, inquiry_id: str) -> None:
        self._drop_sheet()
        if inquiry_id:
            self._key = inquiry_id
        self.refresh()
        if self._key is not None:
            self.pane.select(self._key)

    @Slot()
    def begin_new(self) -> None:
        """The form for a new inquiry."""
        why = self.desk.operations.read_only_reason()
        if why is not None:
            self.desk.messages.warn(why)
            return
        self._show_sheet(InquirySheet(self.desk, None))

    @Slot(object, str)
    def _open_form(self, wish: Wish | None, letter_id: str) -> None:
        view = self._views.get(self._key or "")
        if view is None:
            return
        if wish is Wish.CHANGE:
            self._show_sheet(InquirySheet(self.desk, view))
        elif wish is Wish.CLOSE:
            self._show_sheet(CloseSheet(self.desk, view))
        elif wish in (Wish.ANSWER, Wish.WRITE):
            self._show_sheet(ReplySheet(self.desk, view, is_answer=wish is Wish.ANSWER))
        elif wish is None:
            letter = next((each for each in view.letters if each.id == letter_id), None)
            self._show_sheet(LetterSheet(self.desk, view, letter))

    # Keys of the window

    @override
    def new_here(self) -> None:
        self.begin_new()

    @override
    def edit_here(self) -> None:
        if self._sheet is None and not self.is_board():
            self.detail.do(Wish.CHANGE)

    @override
    def remove_here(self) -> None:
        if self._sheet is None and not self.is_board():
            self.detail.do(Wish.REMOVE)

    @override
    def filter_here(self) -> None:
        box = self.board.filter if self.is_board() else self.pane.filter
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    @override
    def print_here(self) -> None:
        if isinstance(self._sheet, ReplySheet):
            self._sheet.print_paper()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._sheet is not None:
            self.leave_sheet()
        elif event.key() == Qt.Key.Key_Escape and self.is_board():
            self.show_list()
        elif event.key() == Qt.Key.Key_Escape:
            self.pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    # Width

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        width = self.window().width()
        base = _LIST if width >= NARROW else _NARROW_LIST
        self.pane.setFixedWidth(max(base, min(theme.scaled(base), width // 4)))
