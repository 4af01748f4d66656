"""The agenda or the minutes as they print: the real PDF, drawn in the background, following what is typed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.agendas import PostedAgenda
from commission_app.domain.mailing import MailFile
from commission_app.domain.papers import PaperChoice
from commission_app.domain.report_paper import FrozenPaper
from commission_app.errors import NotFoundError
from commission_app.gui.meetings.banner import Banner
from commission_app.gui.paper_drawing import PaperDrawing
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf
    from commission_app.domain.agendas import AgendaPaper
    from commission_app.domain.minutes_paper import MinutesPaper
    from commission_app.gui.desk import Desk


def _drawn(paper: "AgendaPaper | MinutesPaper | FrozenPaper | PostedAgenda") -> "Pdf":
    """The paper; what draws it is loaded with the first one, away from the window's thread. What is frozen
    is shown as it is; where the agenda still prints the same, with the places of its items.
    """
    from commission_app.documents import agenda, minutes
    from commission_app.documents.page import Pdf
    from commission_app.domain.minutes_paper import MinutesPaper

    if isinstance(paper, FrozenPaper):
        return Pdf(paper.data, 0, {})
    if isinstance(paper, PostedAgenda):
        drawn = agenda.draw(paper.paper)
        return drawn if drawn.data == paper.data else Pdf(paper.data, 0, {})
    return minutes.draw(paper) if isinstance(paper, MinutesPaper) else agenda.draw(paper)


class PaperPreview(QWidget):
    """Asks `paper` for the agenda (or the minutes) and draws it; while one is drawn, the next request waits
    its turn. `slug` names the paper among the papers.

    `item_pressed` sends the id of the item that was pressed on the page."""

    item_pressed = Signal(str)
    drawn = Signal()

    def __init__(
        self,
        desk: "Desk",
        paper: "Callable[[], AgendaPaper | MinutesPaper | FrozenPaper | PostedAgenda | None]",
        slug: str = "agenda",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._paper, self._slug = desk, paper, slug
        self._selected: str | None = None
        self._meeting_id, self._file_name = "", "agenda.pdf"
        self._reveal_wanted = False
        self.banner = Banner(parent=self)
        self.view = PdfPreview(self, has_mail=True)
        self._drawing = PaperDrawing(desk.operations, self.view, self._work, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        self._drawing.drawn.connect(self._tell_page)
        self.view.clicked_at.connect(self._pressed_at)
        self.view.print_requested.connect(self.print_paper)
        self.view.save_requested.connect(self.save_paper)
        self.view.mail_requested.connect(self.write_mail)

    def pdf(self) -> "Pdf | None":
        """What was drawn last."""
        return self._drawing.pdf

    def set_meeting(self, meeting_id: str, file_name: str) -> None:
        """Whose paper it is, and the name that Save as PDF proposes."""
        self._meeting_id, self._file_name = meeting_id, file_name

    @Slot()
    def follow(self) -> None:
        """Draw again soon; while one types on, every now and then."""
        self._drawing.follow()

    def show_now(self) -> None:
        """Draw again at once."""
        self._drawing.show_now()

    def select(self, item_id: str | None) -> None:
        """Mark an item on the page and bring it into view."""
        if item_id != self._selected:
            self._selected = item_id
            self._reveal_wanted = True
            self._mark()

    def _work(self) -> "Callable[[], Pdf] | None":
        try:
            paper = self._paper()
        except NotFoundError as error:
            self._drawing.tell(error)
            return None
        return None if paper is None else partial(_drawn, paper)

    @Slot()
    def _tell_page(self) -> None:
        self._warn()
        self._mark()
        self.drawn.emit()

    def _warn(self) -> None:
        pdf = self.pdf()
        missing = pdf.missing if pdf else ()
        sentence = self.tr("No font can print {characters}. The paper would have boxes in their place.")
        self.banner.say(sentence.format(characters=" ".join(missing[:8])) if missing else "")

    def _mark(self) -> None:
        pdf = self.pdf()
        marks = pdf.marks.get(self._selected, ()) if pdf and self._selected else ()
        places = [(mark.page, QRectF(mark.x, mark.y, mark.width, mark.height)) for mark in marks]
        self.view.set_marks(places)
        if places and self._reveal_wanted:
            self.view.reveal(*places[0])
            self._reveal_wanted = False

    @Slot(int, float, float)
    def _pressed_at(self, page: int, x: float, y: float) -> None:
        """Tell the item on whose lines the press was; the smallest one where they overlap."""
        found: list[tuple[float, str]] = []
        for name, marks in (self._drawing.pdf.marks if self._drawing.pdf else {}).items():
            found += [
                (mark.height, name)
                for mark in marks
                if mark.page == page and mark.y <= y <= mark.y + mark.height
            ]
        if found:
            self.item_pressed.emit(min(found)[1])

    @Slot()
    def print_paper(self) -> None:
        """Print what is shown, after the system's dialog."""
        if self._drawing.pdf is not None:
            self._print(self._drawing.pdf)

    def print_other(self, paper: "AgendaPaper") -> None:
        """Print another paper of the meeting than the one that is shown."""
        self._desk.operations.in_background(partial(_drawn, paper), self._print)

    def _print(self, pdf: "Pdf") -> None:
        print_paper(self._desk, pdf.data, self._file_name, self)

    @Slot()
    def save_paper(self) -> None:
        """Save what is shown as a PDF."""
        if self._drawing.pdf is not None:
            save_paper(self._desk, self._drawing.pdf.data, self._file_name, self)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail with the paper: as it was frozen where it was, else as it is shown."""
        if self._drawing.pdf is None:
            return
        paper = self._desk.session.papers.paper(self._slug, PaperChoice(meeting=self._meeting_id))
        data = paper.content.data if isinstance(paper.content, FrozenPaper) else self._drawing.pdf.data
        files = [MailFile(paper.file_name, data)]
        write_mail(self._desk, self.window(), subject=paper.subject, text=paper.text, files=files)
