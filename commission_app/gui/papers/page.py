"""The page of the papers: everything printable by who needs it, with the real PDF beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.mailing import MailFile
from commission_app.domain.papers import NothingToPrintError, Option, PaperChoice, PaperKind, Reader
from commission_app.domain.text import fold
from commission_app.gui import theme
from commission_app.gui.meetings.banner import Banner
from commission_app.gui.operations import StoppedError
from commission_app.gui.page import Page, Place
from commission_app.gui.page_stack import EVERY_TABLE
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers import words
from commission_app.gui.papers.attaching import ReportAttacher
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.papers.options import PaperOptions
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.page_parts import NARROW, EmptyState, PageTitle
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Elided, Hairline, Text

if TYPE_CHECKING:
    from commission_app.documents.printed import Printed
    from commission_app.gui.desk import Desk
    from commission_app.services.papers import Offer, Paper, PaperService

_LIST, _NARROW_LIST = 300, 260
_BESIDE: Final = 700  # the buttons stand beside the title from this width on
_WORDS: Final = 480  # from here on all of them have their words
_LEAST: Final = 260  # pixels of the preview, however large the text is
#: The option that a record's id in a place is for.
_RECORDS: Final = (
    Option.ITEM,
    Option.MEETING,
    Option.INQUIRY,
    Option.ORGANIZATION,
    Option.PLEDGE,
    Option.DEPOSIT,
    Option.RECEIPT,
    Option.PAYMENT,
    Option.YEAR,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as it is shown: what it is, its bytes, and what can be chosen for it."""

    paper: "Paper"
    printed: "Printed"
    offers: "Mapping[Option, Sequence[Offer]]"


def _drawn(papers: "PaperService", slug: str, asked: PaperChoice) -> Shown:
    """Read and draw a paper; what draws it is loaded with the first one, away from the window's thread."""
    from commission_app.documents.printed import draw

    paper = papers.paper(slug, asked)
    offers: dict[Option, Sequence[Offer]] = {
        option: papers.offers(slug, option, paper.choice)
        for option in paper.kind.options
        if option is not Option.PLEDGE
    }
    if paper.choice.pledge is not None:
        named = papers.pledge_words(paper.choice.pledge)
        offers[Option.PLEDGE] = [named] if named else []
    return Shown(paper, draw(paper.content), offers)


class PapersPage(Page):
    """The list at the left; at the right one paper with its few options, printed, saved or sent from here."""

    name: ClassVar[str] = "papers"
    tables: ClassVar[frozenset[str]] = frozenset({EVERY_TABLE})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._kinds: dict[str, PaperKind] = {}
        self._slug = ""
        self._asked: dict[str, PaperChoice] = {}
        self._shown: Shown | None = None
        self._is_busy = self._is_wanted = self._prints_next = False
        self._build()
        self._connect()
        self._fit()
        self.refresh()

    def _build(self) -> None:
        self.title = PageTitle(self.tr("Papers"), compact=True, parent=self)
        self.filter = FilterBox(self.tr("Filter"), parent=self)
        self.list = ListPane(self.tr("Papers"), parent=self)
        self.nothing = Text(self.tr("No paper matches."), "meta", "ink-2", wrap=True, parent=self)
        self.nothing.setContentsMargins(20, 8, 16, 0)
        self._pane = QWidget(self)
        left = QVBoxLayout(self._pane)
        left.setContentsMargins(0, 16, 0, 8)
        left.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 16, 4)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.filter)
        left.addLayout(head)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        self.paper_title = PageTitle("", compact=True, parent=self)
        self.private = Chip.of(ChipSpec(self.tr("Not for the packet"), ChipKind.SOON, "locked"), self)
        self.says = Elided("", "body", "ink-2", self)
        self.print_button = Button(self.tr("Print..."), "primary", "print", parent=self)
        self._save_text, self._mail_text = self.tr("Save as PDF..."), self.tr("E-mail...")
        self.save_button = Button(self._save_text, "secondary", "pdf", name=self._save_text, parent=self)
        self.mail_button = Button(self._mail_text, "secondary", "mail", name=self._mail_text, parent=self)
        self.options = PaperOptions(self.desk.session.papers, self)
        self.attaching = ReportAttacher(self.desk, self)
        self.banner = Banner(parent=self)
        self.preview = PdfPreview(self, has_output=False)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.preview)
        self.stack.setMinimumHeight(_LEAST)
        self._empty: EmptyState | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.private)
        below.addWidget(self.says, 1)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.paper_title)
        names.addLayout(below)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.print_button, self.save_button, self.mail_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(12)
        self._top.addLayout(names, 1)
        self._top.addLayout(buttons)
        above = self._above = QVBoxLayout()
        above.setSpacing(14)
        above.addLayout(self._top)
        above.addWidget(self.options)
        above.addWidget(self.attaching.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.detail = QWidget(self)
        column = QVBoxLayout(self.detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(Hairline(parent=self.detail))
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._pane)
        row.addWidget(Hairline(vertical=True, parent=self))
        row.addWidget(self.detail, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._refilter)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.options.picked.connect(self._picked)
        self.print_button.clicked.connect(self.print_here)
        self.save_button.clicked.connect(self.save_pdf)
        self.mail_button.clicked.connect(self.write_mail)
        self.preview.print_requested.connect(self.print_here)
        theme.notifier().changed.connect(self._fit)

    # What is shown

    @override
    def refresh(self) -> None:
        kinds = self.desk.session.papers.kinds()
        self._kinds = {kind.slug: kind for kind in kinds}
        self._refilter()
        if self._slug in self._kinds:
            self._draw()
        else:
            self.filter.clear()
            self.list.select(kinds[0].slug)

    @Slot()
    def _refilter(self) -> None:
        """List what has every word typed; what is shown stays."""
        typed = fold(self.filter.text()).split()
        items: list[Item] = []
        for reader in Reader:
            own = [
                ListRow(kind.slug, kind.title, detail=kind.purpose)
                for kind in self._kinds.values()
                if kind.reader is reader
                and all(word in fold(f"{kind.title} {kind.purpose}") for word in typed)
            ]
            if own:
                items += [ListLabel(words.reader(reader)), *own]
        self.list.set_rows(items)
        self.list.select(self._slug)
        self.nothing.setVisible(not items)

    def _go_to_list(self, *, takes_first: bool) -> None:
        """From the filter to the list: to its first paper, or to what is shown where that is listed."""
        stays = not takes_first and self.list.selected() is not None
        if stays or self.list.select_first():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def slug(self) -> str:
        """The kind of the paper that is chosen."""
        return self._slug

    def shown(self) -> Shown | None:
        """The paper that was drawn last; None while it has nothing to say."""
        return self._shown

    @Slot(object)
    def _chosen(self, slug: str | None) -> None:
        if slug is None or slug == self._slug:
            return
        self._slug = slug
        kind = self._kinds[slug]
        self.paper_title.set_text(kind.title)
        self.says.set_text(kind.purpose)
        self.private.setVisible(kind.is_private and not kind.is_for_packet)
        self.attaching.show_paper(None)
        self.options.clear()
        self._draw()

    @Slot(object)
    def _opened(self, slug: str) -> None:
        self.print_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _picked(self, choice: PaperChoice) -> None:
        self._asked[self.slug()] = choice
        self._draw()

    @override
    def open_at(self, place: Place) -> None:
        """`tab` names the paper by its slug, `record_id` what it is about; the action "print" prints it."""
        if place.tab not in self._kinds:
            return
        if place.record_id is not None:
            self._ask_about(place.tab, place.record_id)
        self._prints_next = place.action == "print"
        self.filter.clear()
        if self.slug() == place.tab:
            self._draw()
        else:
            self.list.select(place.tab)

    def _ask_about(self, slug: str, record_id: str) -> None:
        option = next((one for one in _RECORDS if one in self._kinds[slug].options), None)
        if option is not None:
            value = int(record_id) if option is Option.YEAR else record_id
            self._asked[slug] = self._usual(slug).picked(option, value)

    def _usual(self, slug: str) -> PaperChoice:
        """What is shown before anything is chosen: of a paper for the packet its form without names."""
        return PaperChoice(public=self._kinds[slug].is_for_packet)

    def _asks(self, slug: str) -> PaperChoice:
        return self._asked.get(slug) or self._usual(slug)

    # Drawing

    def _draw(self) -> None:
        slug = self.slug()
        if not slug:
            return
        if self._is_busy:
            self._is_wanted = True
            return
        self._is_busy = True
        asked = self._asks(slug)
        work = partial(_drawn, self.desk.session.papers, slug, asked)
        self.desk.operations.in_background(work, self._take, self._failed, may_cancel=True)

    def _take(self, shown: Shown) -> None:
        self._is_busy = False
        if self._draws_again() or shown.paper.kind.slug != self.slug():
            return
        is_new = self._shown is None or self._shown.printed.data != shown.printed.data
        is_other = self._shown is None or self._shown.paper.title != shown.paper.title
        self._shown = shown
        paper = shown.paper
        if is_new or self.stack.currentWidget() is not self.preview:
            self.preview.set_pdf(shown.printed.data)
        if is_other:  # of the same paper with another choice the place that was read stays
            self.preview.go_to_top()
        self._show(self.preview)
        self.says.set_text(paper.title)
        self.private.setVisible(paper.is_private)
        asked = self._asks(paper.kind.slug)
        self.attaching.show_paper(paper)
        self.options.show_choice(paper.kind, asked, paper.choice, shown.offers, is_frozen=paper.is_frozen)
        missing = " ".join(shown.printed.missing[:8])
        sentence = self.tr("No font can print {characters}. The paper has boxes in their place.")
        self.banner.say(sentence.format(characters=missing) if missing else "")
        self._say_usable(None)
        if self._prints_next:
            self._prints_next = False
            self.print_here()

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        if self._draws_again():
            return
        self._shown = None
        self._prints_next = False
        self.banner.say("")
        self._say_usable(self.tr("There is no paper to show yet."))
        if isinstance(error, NothingToPrintError):
            self._show_empty(error)
            return
        if isinstance(error, StoppedError):
            self.preview.set_error(self.tr("Stopped."))
            self._show(self.preview)
            return
        self._asked.pop(self.slug(), None)  # what it was about may be gone
        self.preview.set_error(self.tr("The paper could not be drawn: {reason}").format(reason=error))
        self._show(self.preview)

    def _draws_again(self) -> bool:
        """Whether something else was asked for meanwhile, which is drawn now."""
        if self._is_wanted:
            self._is_wanted = False
            self._draw()
            return True
        return False

    def _say_usable(self, why: str | None) -> None:
        for button in (self.print_button, self.save_button, self.mail_button):
            button.set_unavailable(why)

    def _show_empty(self, error: NothingToPrintError) -> None:
        """Say what is missing, and offer the first step."""
        step = words.first_step(error.lacks)
        empty = EmptyState(step.icon, step.heading, str(error), step.action, parent=self)
        self._place = step.place
        empty.pressed.connect(self._take_first_step)
        self._show(empty)
        self._empty = empty

    @Slot()
    def _take_first_step(self) -> None:
        if self._place is not None:
            self.desk.navigate(self._place)

    def _show(self, widget: QWidget) -> None:
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    # Leaving the house

    @override
    @Slot()
    def print_here(self) -> None:
        if self._shown is not None:
            print_paper(self.desk, self._shown.printed.data, self._shown.paper.file_name, self)

    @Slot()
    def save_pdf(self) -> None:
        """Save what is shown as a PDF."""
        if self._shown is not None:
            save_paper(self.desk, self._shown.printed.data, self._shown.paper.file_name, self)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail with what is shown."""
        if self._shown is not None:
            paper, data = self._shown.paper, self._shown.printed.data
            write_mail(
                self.desk,
                self,
                contact_ids=paper.contact_ids,
                subject=paper.subject,
                text=paper.text,
                files=[MailFile(paper.file_name, data)],
                is_private=paper.is_private,
            )

    @override
    def filter_here(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.filter.hasFocus() and (enters or event.key() == Qt.Key.Key_Down):
            self._go_to_list(takes_first=enters and bool(self.filter.text().strip()))
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
        is_wide = width >= NARROW
        base = _LIST if is_wide else _NARROW_LIST
        self._pane.setFixedWidth(max(base, min(theme.scaled(base), width * 3 // 10)))
        side = 28 if is_wide else 20
        self._above.setContentsMargins(side, 16, side, 14)
        room = self.width() - self._pane.width()
        for button, text in ((self.save_button, self._save_text), (self.mail_button, self._mail_text)):
            button.setText(text if room >= theme.scaled(_WORDS) else "")
        beside = room >= theme.scaled(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)
