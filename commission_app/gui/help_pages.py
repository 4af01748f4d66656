"""Help: short pages from resources/help, opened at the one that belongs to the screen."""

from PySide6.QtCore import QCoreApplication, QUrl, Slot
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QWidget

from commission_app import paths
from commission_app.gui import theme
from commission_app.gui.widgets.list_pane import ListPane, ListRow
from commission_app.gui.widgets.text import Hairline

_WIDTH, _HEIGHT, _LIST = 820, 600, 220


def topics() -> tuple[tuple[str, str], ...]:
    """The help pages: name of the file and title."""
    translate = QCoreApplication.translate
    return (
        ("home", translate("help", "Home")),
        ("meetings", translate("help", "Meetings")),
        ("members", translate("help", "Members")),
        ("inquiries", translate("help", "Inquiries")),
        ("fundraising", translate("help", "Fundraising")),
        ("history", translate("help", "History and undo")),
        ("settings", translate("help", "Settings and rule book")),
        ("files", translate("help", "Files and backups")),
        ("glossary", translate("help", "Words of the commission")),
    )


class HelpWindow(QDialog):
    """Topics at the left, the page at the right; stays beside the program's window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(_WIDTH, _HEIGHT)
        self.list = ListPane(self.tr("Topics"), parent=self)
        self.list.setFixedWidth(theme.scaled(_LIST))
        self.list.set_rows([ListRow(name, title) for name, title in topics()])
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Help"))
        self.text.document().setDocumentMargin(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Hairline(vertical=True, parent=self))
        row.addWidget(self.text, 1)
        self.list.chosen.connect(self._show)
        self.text.anchorClicked.connect(self._follow)
        self._topic = ""
        theme.notifier().changed.connect(self.restyle)

    def topic(self) -> str:
        """The name of the page that is shown."""
        return self._topic

    def open_at(self, name: str) -> None:
        """Show a page; the one about Home for a screen without its own."""
        known = [topic for topic, _ in topics()]
        self.list.select(name if name in known else "home")
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot(object)
    def _show(self, name: object) -> None:
        if not isinstance(name, str):
            return
        self._topic = name
        source = paths.resource("help", f"{name}.md").read_text(encoding="utf-8")
        document = self.text.document()
        document.setDefaultFont(theme.font("body"))
        document.setMarkdown(source, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._space_out(document)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _space_out(self, document: QTextDocument) -> None:
        roles = {1: "title", 2: "heading", 3: "row-title"}
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            form = block.blockFormat()
            level = form.headingLevel()
            form.setTopMargin(18 if level > 1 else 0)
            form.setBottomMargin(8)
            form.setLineHeight(135, 1)
            cursor.setBlockFormat(form)
            if level in roles:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                letters = cursor.charFormat()
                letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                letters.setFont(theme.font(roles[level]))
                cursor.setCharFormat(letters)
            block = block.next()
        cursor.endEditBlock()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            self.list.select(link.path().removesuffix(".md"))

    @Slot()
    def restyle(self) -> None:
        """Draw the page in the fonts in force."""
        self.list.setFixedWidth(theme.scaled(_LIST))
        self._show(self._topic or None)
        self.update()
