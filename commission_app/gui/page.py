"""What every page of the window is given and must offer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the window: a page, one of its tabs, a record by its id, and what to begin there.

    `part` is what to select within the record: an agenda item of a meeting, a letter of an inquiry. `action`
    names what the page should start, such as "post", "appoint" or "add"; empty: nothing.
    """

    page: str
    tab: str = ""
    record_id: str | None = None
    part: str | None = None
    action: str = ""


class Page(QWidget):
    """A sheet on the desk. `tables` names the tables whose changes make it read its rows again."""

    name: ClassVar[str]
    tables: ClassVar[frozenset[str]]

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    @override
    def hasHeightForWidth(self) -> bool:
        """A page takes the height there is: what needs more scrolls within it, not the page as a whole."""
        return False

    def refresh(self) -> None:
        """Read the rows again, keeping selection, scroll position and what is being typed."""
        raise NotImplementedError

    def open_at(self, place: Place) -> None:
        """Show a record or tab of this page, and begin what the place asks for."""

    def new_here(self) -> None:
        """Ctrl+N: begin a new record of the kind shown."""

    def edit_here(self) -> None:
        """F2: edit the record that is selected or open."""

    def remove_here(self) -> None:
        """Del: remove the record that is selected, with Undo; void it with a reason once it is final."""

    def filter_here(self) -> None:
        """Ctrl+F: put the cursor into the list's filter."""

    def print_here(self) -> None:
        """Ctrl+P: print what is shown, where there is paper."""
