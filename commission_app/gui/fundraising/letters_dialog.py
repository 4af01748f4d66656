"""What the runs of letters share: choices, the real paper beside them, work that can be stopped."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import CommissionError
from commission_app.exchange.mail_draft import draft_message
from commission_app.exchange.whole_files import write_whole
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.operations import StoppedError
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.room import Room
from commission_app.gui.work_row import WorkRow

if TYPE_CHECKING:
    from commission_app.documents.printed import Content, Printed
    from commission_app.domain.letter_paper import LetterPaper
    from commission_app.domain.mailing import MailDraft

Told = Callable[[int], None]
_BESIDE: Final = 860  # pixels at 100 percent: narrower, the paper stands below the choices
_LEAST: Final = 220


class Rest(QWidget):
    """Gives a widget the height that is left, and asks for that of a few rows."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        inside.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _LEAST)

    @override
    def hasHeightForWidth(self) -> bool:
        return False


class LettersDialog(Dialog):
    """A run of letters. Its kinds fill `choices` and call `work` for what takes a while."""

    def __init__(self, desk: Desk, question: str, body: str, *, doing: str, parent: QWidget | None) -> None:
        super().__init__(
            question,
            body,
            doing=doing,
            safe=QCoreApplication.translate("LettersDialog", "Close"),
            roomy=True,
            parent=parent,
        )
        self.desk = desk
        self._is_over = self._is_drawing = False
        self._wanted: Callable[[], Content] | None = None
        self._is_busy = False
        self.choices = QVBoxLayout()
        self.choices.setSpacing(10)
        self.preview = PdfPreview(self, has_output=False)
        self.beside = Rest(self.preview)
        inside = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(20)
        self._sides.addLayout(self.choices, 1)
        self._sides.addWidget(self.beside, 1)
        self.content.addWidget(Room(inside), 1)
        self.waiting = WorkRow(self.tr("{done} of {all}"), self)
        self.content.addWidget(self.waiting)
        self.finished.connect(self._leave)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(_BESIDE)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)

    # The paper beside

    def show_paper(self, make: "Callable[[], Content] | None") -> None:
        """Draw a paper for the preview in the pool; of several wanted meanwhile the last one."""
        self._wanted = make
        if make is None or self._is_drawing or self._is_over:
            return
        self._is_drawing, self._wanted = True, None
        self.desk.operations.in_background(partial(_draw, make), self._take, self._not_drawn)

    def _take(self, pdf: "Printed") -> None:
        self._is_drawing = False
        if self._is_over:
            return
        self.preview.set_pdf(pdf.data)
        self.show_paper(self._wanted)

    def _not_drawn(self, error: Exception) -> None:
        self._is_drawing = False
        if not self._is_over:
            self.preview.set_error(self.tr("The letter could not be drawn: {reason}").format(reason=error))

    # Work in the pool

    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._is_busy

    def work(self, work: Callable[[Told], Any], done: Callable[[Any], None], count: int) -> None:
        """Do work in the pool with a line that moves and a button that stops it."""
        if self.is_busy():
            return
        self._is_busy, self._done = True, done
        told = self.waiting.begin_counted(count)
        self.show_state()
        self.desk.operations.in_background(partial(work, told), self._finish, self._failed)

    def show_state(self) -> None:
        """Say on the buttons what can be done now."""

    def _finish(self, value: Any) -> None:
        self._end()
        if not self._is_over:
            self._done(value)

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, StoppedError):
            self.desk.messages.info(str(error))
        elif isinstance(error, CommissionError):
            self.desk.operations.tell(error)
        else:
            raise error

    def _end(self) -> None:
        self._is_busy = False
        if not self._is_over:
            self.waiting.end()
            self.show_state()

    @Slot()
    def _leave(self) -> None:
        self._is_over = True
        self.waiting.stop_work()


def _draw(make: "Callable[[], Content]") -> "Printed":
    from commission_app.documents.printed import draw

    return draw(make())


# ---- Files in a folder ----------------------------------------------------------------------------


def write_files(folder: Path, files: Iterable[tuple[str, bytes]], told: Told) -> list[Path]:
    """Write files into a folder under names of their own; all of them, or none where it is stopped."""
    written: list[Path] = []
    try:
        for name, data in files:
            written.append(write_whole(_free(folder / name), data))
            told(len(written))
    except CommissionError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def letter_file(name: str, paper: "LetterPaper") -> tuple[str, bytes]:
    """A letter as a file."""
    from commission_app.documents import letter

    return f"{plain(name)}.pdf", letter.draw(paper).data


def mail_file(name: str, mail: "MailDraft") -> tuple[str, bytes]:
    """An e-mail's draft as a file."""
    return f"{plain(name)}.eml", draft_message(mail)


def plain(text: str) -> str:
    """A name that every file system takes."""
    return re.sub(r"[^\w.-]+", "-", text)[:100].strip("-.") or "letter"


def _free(path: Path) -> Path:
    """The path, or with a number where a file stands there already."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def named(names: Sequence[str], most: int = 5) -> str:
    """The first names of a list, and how many more there are."""
    text = ", ".join(names[:most])
    if len(names) <= most:
        return text
    more = QCoreApplication.translate("LettersDialog", "{names} and {count} more")
    return more.format(names=text, count=len(names) - most)
