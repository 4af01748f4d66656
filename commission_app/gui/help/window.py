"""The window of the help: searching and the list at the left, the page or a quick guide at the right."""

from dataclasses import dataclass
from typing import Final, final

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.help import document, guides, roles
from commission_app.gui.help.finding import Hit, find
from commission_app.gui.help.reader import Reader
from commission_app.gui.help.topics import anchor, order, topic
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.text import Hairline, Text

_WIDTH, _HEIGHT, _LIST = 1040, 720, 300
_FIRST: Final = "home"


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the help, or a quick guide; `heading` is the name of a heading in links."""

    slug: str
    heading: str = ""


class HelpWindow(QDialog):
    """Stays beside the window it belongs to; back and forward go along the pages that were shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self._spots: list[Spot] = []
        self._at = -1
        self.search = FilterBox(self.tr("Search the help"), key_text("Ctrl+F"), self)
        self.list = ListPane(self.tr("Help pages"), parent=self)
        self.nothing = Text(self.tr("No page has all these words."), "meta", "ink-2", wrap=True, parent=self)
        self.text = Reader(self)
        self.guide = guides.GuideView(self)
        self.faces = QStackedWidget(self)
        self.faces.addWidget(self.text)
        self.faces.addWidget(self.guide)
        self._side = QWidget(self)
        self._make_bar()
        self._lay_out()
        self._make_keys()
        self._list_pages()
        self.search.textChanged.connect(self._search)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._enter)
        self.text.anchorClicked.connect(self._follow)
        theme.notifier().changed.connect(self.restyle)
        self.setMinimumSize(640, 400)
        wanted = QSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        self.resize(wanted.boundedTo(self.screen().availableSize() * 0.9))
        self.restyle()

    def _make_bar(self) -> None:
        names = (self.tr("Back (Alt+Left)"), self.tr("Forward (Alt+Right)"), self.tr("Print this page"))
        self.back = Button(kind="ghost", icon="left", size="small", name=names[0], parent=self)
        self.forward = Button(kind="ghost", icon="right", size="small", name=names[1], parent=self)
        self.print = Button(kind="ghost", icon="print", size="small", name=names[2], parent=self)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.print.clicked.connect(self.print_page)

    def _lay_out(self) -> None:
        side = QVBoxLayout(self._side)
        side.setContentsMargins(8, 12, 8, 8)
        side.setSpacing(8)
        for part in (self.search, self.nothing, self.list):
            side.addWidget(part)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 8, 12, 8)
        bar.setSpacing(4)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addStretch(1)
        bar.addWidget(self.print)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addLayout(bar)
        page.addWidget(Hairline(parent=self))
        page.addWidget(self.faces, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(Hairline(vertical=True, parent=self))
        row.addLayout(page, 1)

    def _make_keys(self) -> None:
        keys = (
            ("Ctrl+F", self.search.setFocus),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+P", self.print_page),
        )
        for key, slot in keys:
            action = QAction(self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(slot)
            self.addAction(action)

    # Pages

    def topic(self) -> str:
        """The name of the page that is shown."""
        return self._spots[self._at].slug if self._spots else ""

    def open_at(self, slug: str, heading: str = "") -> None:
        """Show a page, at one of its headings; the one about Home where there is no such page."""
        self.search.clear()
        try:
            topic(slug)
        except KeyError:
            if slug not in roles.ROLES:
                slug, heading = _FIRST, ""
        self._go(Spot(slug, heading))
        self.show()
        self.raise_()
        self.activateWindow()

    def _go(self, spot: Spot) -> None:
        if not self._spots or self._spots[self._at] != spot:
            del self._spots[self._at + 1 :]
            self._spots.append(spot)
            self._at = len(self._spots) - 1
        self._show()

    def _show(self) -> None:
        spot = self._spots[self._at]
        if spot.slug in roles.ROLES:
            self.guide.show_guide(spot.slug)
            self.faces.setCurrentWidget(self.guide)
        else:
            self.text.show_page(topic(spot.slug).text, spot.heading, self.search.text())
            self.faces.setCurrentWidget(self.text)
        self.setWindowTitle(self.tr("Help: {title}").format(title=self._title(spot.slug)))
        self.print.setVisible(spot.slug not in roles.ROLES)  # a guide has buttons of its own
        self.back.set_unavailable(None if self._at > 0 else self.tr("This is the first page."))
        last = self._at == len(self._spots) - 1
        self.forward.set_unavailable(self.tr("This is the last page.") if last else None)
        if not self.search.text():
            blocked = self.list.blockSignals(True)
            self.list.select(spot.slug)
            self.list.blockSignals(blocked)

    @staticmethod
    def _title(slug: str) -> str:
        return roles.title(slug) if slug in roles.ROLES else topic(slug).title

    @Slot()
    def go_back(self) -> None:
        """The page before."""
        if self._at > 0:
            self._at -= 1
            self._show()

    @Slot()
    def go_forward(self) -> None:
        """The page that Back came from."""
        if self._at < len(self._spots) - 1:
            self._at += 1
            self._show()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            slug = link.path().removesuffix(".md") or self.topic()
            self._go(Spot(slug, link.fragment()))

    # The list, and searching

    def _list_pages(self) -> None:
        rows: list[Item] = []
        for heading, slugs in order():
            rows.append(ListLabel(heading))
            rows += [ListRow(slug, topic(slug).title) for slug in slugs]
        rows.append(ListLabel(self.tr("Quick guides, to print")))
        rows += [ListRow(role, roles.title(role), icon="pdf") for role in roles.ROLES]
        self.nothing.hide()
        self.list.set_rows(rows)

    @Slot()
    def _search(self) -> None:
        if not self.search.text().strip():
            self._list_pages()
            self.list.select(self.topic())
            return
        hits = find(self.search.text())
        blocked = self.list.blockSignals(True)
        self.list.set_rows(_found(hits))
        self.list.blockSignals(blocked)
        self.nothing.setVisible(not hits)

    @Slot(object)
    def _choose(self, key: object) -> None:
        slug, _, heading = str(key).partition("#")
        if (key is not None and (slug, heading) != (self.topic(), "")) or self.search.text():
            self._go(Spot(slug, heading))

    @Slot(object)
    def _enter(self, key: object) -> None:
        self._choose(key)
        shown = self.guide if self.topic() in roles.ROLES else self.text
        shown.setFocus(Qt.FocusReason.TabFocusReason)

    # Paper

    @Slot()
    def print_page(self) -> None:
        """Print the page that is shown; the system's dialog is the question."""
        if self.topic() in roles.ROLES:
            self.guide.print_guide()
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title(self.topic()))
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            paper = QTextDocument()
            document.fill(paper, topic(self.topic()).text, dark=False)
            paper.print_(printer)

    # Qt

    @final
    @Slot()
    def restyle(self) -> None:
        """Draw the page in the fonts in force."""
        self._fit()
        if self._spots:
            self._show()

    def _fit(self) -> None:
        self._side.setFixedWidth(min(theme.scaled(_LIST), self.width() * 2 // 5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return reading_order.step(self, forward=forward)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_search = self.search.hasFocus()
        if in_search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            first = next((row for row in self.list.rows.items() if isinstance(row, ListRow)), None)
            if first is not None and self.list.selected() is None:
                self.list.select(first.key)
            if event.key() != Qt.Key.Key_Down and first is not None:
                self._enter(self.list.selected())
            return
        super().keyPressEvent(event)


def _found(hits: list[Hit]) -> list[Item]:
    """The places under the titles of their pages, the page of the best place first."""
    rows: list[Item] = []
    for slug in dict.fromkeys(hit.slug for hit in hits):
        rows.append(ListLabel(topic(slug).title))
        for hit in hits:
            if hit.slug == slug:
                key = f"{slug}#{anchor(hit.heading)}" if hit.heading else slug
                rows.append(ListRow(key, hit.heading or hit.title, detail=hit.context or hit.title))
    return rows
