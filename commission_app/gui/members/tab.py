"""A tab of a page: its list, the sheet beside it, and what it puts into the page's title."""

from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.errors import NotFoundError
from commission_app.gui.desk import Desk
from commission_app.gui.members.beside import Beside
from commission_app.gui.members.following import RowFollower
from commission_app.gui.page import Place
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.wrapping import WrappingRow

W = TypeVar("W", bound=QWidget)


class Details(Protocol):
    """A record in the sheet."""

    def refresh(self) -> None:
        """Read the record again; raises NotFoundError once it is gone."""


class Tab(QWidget):
    """A tab: its list, its sheet, and the buttons it wants in the page's title, the primary one first.

    While a form with a primary button of its own is open, the tab's primary button steps back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.primary: Button | None = None
        self.beside: Beside | None = None
        self._bar: QWidget | None = None
        self._records: RecordList[Any] | None = None

    def set_list(self, main: QWidget, *, aside: QWidget | None = None, width: int = 332) -> Beside:
        """Lay out the list with a sheet beside it, so many pixels wide at 100 percent."""
        self.beside = Beside(main, aside=aside, width=width, parent=self)
        self.beside.closed.connect(self.sheet_closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.beside)
        return self.beside

    def set_records(
        self, records: RecordList[Any], main: QWidget, *, aside: QWidget | None = None, width: int = 332
    ) -> Beside:
        """Lay out a list of records, within `main`: the sheet shows whichever of them is selected."""
        self._records = records
        beside = self.set_list(main, aside=aside, width=width)
        RowFollower(self, records.table, self.shown_id)
        return beside

    def buttons(self) -> list[Button]:
        """What stands at the right of the page's title."""
        return [self.primary] if self.primary is not None else []

    def bar(self) -> QWidget:
        """The buttons in a row, for the page's title."""
        if self._bar is None:
            self._bar = QWidget(self)
            if self.primary is not None:
                self.primary.set_unavailable(self.why_not_new())
            self._bar.setLayout(WrappingRow(*self.buttons()))
        return self._bar

    def why_not_new(self) -> str | None:
        """Why nothing can be added here, for the primary button."""
        return self.desk.operations.read_only_reason()

    def refresh(self) -> None:
        """Read the rows again, keeping selection and what is being typed."""
        raise NotImplementedError

    def come_back(self) -> None:
        """The tab is shown again after another one."""

    def open_at(self, place: Place) -> None:
        """Show a record, and begin what the place asks for."""

    def new_here(self) -> None:
        """Begin a new record."""

    def edit_here(self) -> None:
        """Edit the record that is selected or open: its details are fields already."""
        if self._records is not None and self.sheet_content() is None:
            self._records.table.open_current()
        if self.beside is not None and self.beside.is_open():
            form = self.beside.sheet.findChild(Form)
            if form is not None:
                form.focus_first()

    def remove_here(self) -> None:
        """Remove what is selected, or void it once it is final."""

    def filter_here(self) -> None:
        """Put the cursor into the filter."""
        if self._records is not None:
            self._records.filter_here()

    def open_sheet(self, title: str, content: QWidget) -> None:
        """Show details or a form in the sheet."""
        if self.beside is None:
            return
        focused = self.focusWidget()
        was_inside = focused is not None and self.beside.sheet.isAncestorOf(focused)
        self.beside.open_sheet(title, content)
        if isinstance(content, Form):
            content.cancelled.connect(self.beside.close_sheet)
            content.focus_first()
        elif was_inside and not self.beside.is_narrow():
            self.focus_record()
        self._settle_primary()

    @Slot()
    def close_sheet(self) -> None:
        """Put away what the sheet shows."""
        if self.beside is not None:
            self.beside.close_sheet()

    @Slot()
    def sheet_closed(self) -> None:
        """Give the title its primary button back."""
        self._settle_primary()
        self.after_sheet()

    def after_sheet(self) -> None:
        """The sheet was closed: put the keyboard back on the list."""
        if self._records is not None:
            shown = self._records.isVisible()
            target: QWidget | None = self._records.table if shown else self.primary
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def record_widget(self) -> QWidget | None:
        """The card, row or list that shows the record in the sheet."""
        return None

    def focus_record(self) -> None:
        """Put the keyboard on the record just made or left, or on the primary button where there is none."""
        record = self.record_widget()
        target = record if record is not None and record.isVisible() else self.primary
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def sheet_content(self) -> QWidget | None:
        """What the sheet shows; None while it is closed."""
        return self.beside.sheet.content() if self.beside is not None and self.beside.is_open() else None

    def content_as(self, kind: type[W]) -> W | None:
        """What the sheet shows, if it is of a kind."""
        content = self.sheet_content()
        return content if isinstance(content, kind) else None

    def shown_id(self) -> str | None:
        """The id of the record in the sheet; None while it shows a form or is closed."""
        return None

    def refresh_details(self, details: Details | None) -> None:
        """Read the record in the sheet again; what is gone leaves it."""
        if details is not None:
            try:
                details.refresh()
            except NotFoundError:
                self.close_sheet()

    def _settle_primary(self) -> None:
        content = self.sheet_content()
        saves = isinstance(content, Form) and content.save is not None
        if self.primary is not None:
            self.primary.set_kind("secondary" if saves else "primary")
