"""The page of inquiries: the list at the left and one inquiry beside it, or the board by step."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.inquiries.board import Board
from commission_app.gui.inquiries.detail import InquiryDetail
from commission_app.gui.inquiries.header import Wish
from commission_app.gui.inquiries.intake import CloseSheet, InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.pane import InquiriesPane
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.list_page import ListPage
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import EmptyState

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView

_LIST, _NARROW_LIST = 240, 228  # 228: the widest state beside a scroll bar


class InquiriesPage(ListPage):
    """List and detail; forms take the place of the detail until they are saved or left."""

    pane: InquiriesPane
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
        for part in (self.empty, self.detail):
            self.stack.addWidget(part)
        self._connect()
        self.lay_out(self.board)
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
        self.detail.removed.connect(self.forget)
        self.empty.pressed.connect(self.begin_new)

    # What is shown

    @override
    def refresh(self) -> None:
        views = self.desk.session.inquiries.all()
        why = self.desk.operations.keeper_reason()
        self._views = {view.inquiry.id: view for view in views}
        self.pane.set_read_only(why)
        self.board.set_read_only(why)
        self.pane.show_views(views)
        self.board.show_views(views)
        self.select_first()
        self.show_current()

    @override
    def show_current(self) -> None:
        """Show what is selected, unless a form is open."""
        if self._sheet is not None:
            return
        if self.key is None:
            self.stack.setCurrentWidget(self.empty)
            return
        view = self._views.get(self.key)
        if view is None:
            self.key = None
            self.refresh()
            return
        self.detail.show_view(view)
        self.stack.setCurrentWidget(self.detail)

    @Slot(object)
    def _chosen(self, key: str | None) -> None:
        """A filter may hide the inquiry that is shown: it stays."""
        if key is not None and (key != self.key or self._sheet is not None):
            self.key = key
            self.drop_sheet()
            self.show_current()

    @Slot(object)
    def _opened(self, key: str) -> None:
        self.open_record()
        self.detail.header.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def current_id(self) -> str | None:
        """The inquiry that is shown."""
        return self.key

    @Slot(object)
    def open_inquiry(self, inquiry_id: str) -> None:
        """Show an inquiry beside the list."""
        self.show_list()
        if self.pane.select(inquiry_id):
            self.open_record()
            self.key = inquiry_id
            self.drop_sheet()
            self.show_current()

    @Slot()
    def show_board(self) -> None:
        """Show the board by step."""
        self.show_aside(self.board)
        self.board.focus()

    @Slot()
    @override
    def show_list(self) -> None:
        if self.is_board():
            self.faces.setCurrentIndex(0)
            self.pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_board(self) -> bool:
        """Whether the board is shown."""
        return self.faces.currentWidget() is self.board

    @override
    def open_at(self, place: Place) -> None:
        if place.tab == "board":
            self.show_board()
            return
        self.show_list()
        if place.record_id or place.part or place.action:
            self.open_record()
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

    @Slot()
    def begin_new(self) -> None:
        """The form for a new inquiry."""
        why = self.desk.operations.keeper_reason()
        if why is not None:
            self.desk.messages.warn(why)
            return
        self.show_sheet(InquirySheet(self.desk, None))

    @Slot(object, str)
    def _open_form(self, wish: Wish | None, letter_id: str) -> None:
        view = self._views.get(self.key or "")
        if view is None:
            return
        if wish is Wish.CHANGE:
            self.show_sheet(InquirySheet(self.desk, view))
        elif wish is Wish.CLOSE:
            self.show_sheet(CloseSheet(self.desk, view))
        elif wish in (Wish.ANSWER, Wish.WRITE):
            self.show_sheet(ReplySheet(self.desk, view, is_answer=wish is Wish.ANSWER))
        elif wish is None:
            letter = next((each for each in view.letters if each.id == letter_id), None)
            self.show_sheet(LetterSheet(self.desk, view, letter))

    # Keys of the window

    @override
    def new_here(self) -> None:
        self.begin_new()

    @override
    def edit_here(self) -> None:
        why = self.desk.operations.keeper_reason()
        if why is not None:
            self.desk.messages.warn(why)
        elif self._sheet is None and not self.is_board():
            self.detail.do(Wish.CHANGE)

    @override
    def remove_here(self) -> None:
        if self._sheet is None and not self.is_board():
            self.detail.do(Wish.REMOVE)

    @override
    def filter_here(self) -> None:
        if not self.is_board():
            self.go_to_list()
        box = self.board.filter if self.is_board() else self.pane.filter
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    @override
    def print_here(self) -> None:
        if isinstance(self._sheet, ReplySheet):
            self._sheet.print_paper()

    @override
    def fit(self) -> None:
        self.fit_list(_LIST, _NARROW_LIST)
