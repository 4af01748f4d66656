"""The pages of the open file: imported and made on the first visit, read again when something changed."""

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from commission_app.errors import CommissionError
from commission_app.gui.page import Page

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

#: In `Page.tables`: the page shows something of every table.
EVERY_TABLE: Final = "*"


class PageStack(QStackedWidget):
    """The pages, one of them shown. `made` sends a page after its first visit began; `troubled` sends the
    error of a page that could not read the file: it is read again when it is next shown."""

    made = Signal(object)
    troubled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()

    def open(self, desk: "Desk") -> None:
        """The pages made from now on show this file."""
        self._desk = desk

    def close_all(self) -> None:
        """Put every page away."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._desk = None

    def page(self, name: str) -> Page:
        """A page, imported and made on its first visit; raises what the file says against it."""
        if self._desk is None:
            raise RuntimeError("no file is open")
        if name not in self._pages:
            module = importlib.import_module(f"commission_app.gui.{name}.page")
            page: Page = getattr(module, f"{name.capitalize()}Page")(self._desk)
            self._pages[name] = page
            self._stale.add(name)
            self.made.emit(page)
            self.addWidget(page)
        return self._pages[name]

    def visited(self, name: str) -> Page | None:
        """A page that was made before."""
        return self._pages.get(name)

    def current_page(self) -> Page | None:
        """The page that is shown."""
        page = self.currentWidget()
        return page if isinstance(page, Page) and self._desk is not None else None

    @override
    def minimumSizeHint(self) -> QSize:
        """What the page that is shown needs; those behind it do not count."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    # Reading again

    def outdate(self, names: Iterable[str] | None = None) -> None:
        """These pages (without names: all) read their rows again when they are next shown."""
        self._stale.update(self._pages if names is None else self._pages.keys() & names)

    def outdate_tables(self, tables: frozenset[str]) -> None:
        """The pages that show one of these tables read their rows again when they are next shown."""
        touched = tables | {EVERY_TABLE}
        self.outdate(name for name, page in self._pages.items() if page.tables & touched)

    def is_outdated(self, page: Page) -> bool:
        """Whether a page has to read its rows before it is looked at."""
        return page.name in self._stale

    def refresh(self, page: Page) -> bool:
        """Read a page again; whether the file could be read. If not, the next visit tries it again."""
        self._stale.discard(page.name)
        try:
            page.refresh()
        except CommissionError as error:
            self._stale.add(page.name)
            self.troubled.emit(error)
            return False
        return True
