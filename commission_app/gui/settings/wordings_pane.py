"""The words of papers to donors: one paper at a time, its real page beside the text."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.wording import MOST_SUBJECT, MOST_TEXT
from commission_app.gui import theme
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising.letters_words import paper_name
from commission_app.gui.page import Place
from commission_app.gui.paper_drawing import PaperDrawing
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import ScrollPage, is_narrow
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Hairline, Paragraph, Text
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf
    from commission_app.gui.desk import Desk
    from commission_app.services.wordings import WordingView

_LEAST, _BESIDE, _FIELD = 620, 820, 480


class WordingEditor(QWidget):
    """Subject and text of one paper, what the program fills in and what it always adds.

    `edited` tells that the page is to be drawn again."""

    edited = Signal()

    def __init__(self, desk: "Desk", view: "WordingView", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.view = desk, view
        self.form = Form()
        self.subject = self.form.add(
            "subject", TextField(self.tr("Subject"), limit=MOST_SUBJECT, required=True)
        )
        self.text = self.form.add(
            "text",
            TextAreaField(
                self.tr("Text"),
                limit=MOST_TEXT,
                least=6,
                most=16,
                required=True,
                help_text=self.tr("An empty line begins a paragraph. Words in braces are filled in."),
            ),
        )
        self._aim: TextField | TextAreaField = self.text
        self.insert = Button(self.tr("Insert a placeholder"), "secondary", icon="add", size="small")
        self.reset = Button(self.tr("Use the program’s words"), "quiet", icon="undo", size="small")
        self.form.add_widget(self._tools())
        self._add_always()
        self.save = self.form.set_actions(self.tr("Save the wording"))
        self.buttons: QWidget = self.form.button_row or self.save
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.set_values({"subject": view.wording.subject, "text": view.wording.text})
        self._set_available()
        self.subject.edit.installEventFilter(self)
        self.text.area.installEventFilter(self)
        self.form.changed.connect(self.edited)
        self.form.submitted.connect(self._save)
        self.insert.clicked.connect(self._offer)
        self.reset.clicked.connect(self._use_ours)
        place = Place(page="settings", tab="wordings", record_id=view.paper.value)
        what = self.tr("the wording of {paper}").format(paper=paper_name(view.paper))
        keep_drafts(desk, self.form, f"wording:{view.paper.value}", what, place)

    def _tools(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(WrappingRow(self.insert, self.reset))
        return holder

    def _add_always(self) -> None:
        """The sentences that no wording takes away, in grey."""
        if not self.view.added:
            return
        self.form.add_heading(self.tr("Always added"))
        for sentence in self.view.added:
            if sentence.when:
                self.form.add_widget(Text(sentence.when, "label", "ink-2", wrap=True))
            self.form.add_widget(Paragraph(sentence.text, "body", "ink-3"))

    def _set_available(self) -> None:
        reason = self._desk.operations.keeper_reason()
        ours = self.tr("These are the program’s words.") if self.view.is_ours else None
        self.reset.set_unavailable(reason or ours)
        if reason is not None:
            self.save.set_unavailable(reason)

    def show_view(self, view: "WordingView") -> None:
        """Show the words as they stand in the record now, unless others are being typed."""
        self.view = view
        if not self.form.is_changed():
            self.form.set_values({"subject": view.wording.subject, "text": view.wording.text})
        self._set_available()
        self.edited.emit()

    def menu(self) -> Menu:
        """What can be inserted."""
        menu = Menu(self)
        for placeholder in self.view.placeholders:
            action = menu.addAction(f"{placeholder.meaning}  {placeholder.braced}")
            action.setData(placeholder.braced)
        menu.triggered.connect(self.put)
        return menu

    @Slot()
    def _offer(self) -> None:
        menu = self.menu()
        menu.exec(self.insert.mapToGlobal(self.insert.rect().bottomLeft()))
        menu.deleteLater()

    @Slot(QAction)
    def put(self, action: QAction) -> None:
        """Insert a placeholder where the cursor stood last."""
        if isinstance(self._aim, TextField):
            self._aim.edit.insert(action.data())
            self.form.changed.emit()
        else:
            self._aim.area.insertPlainText(action.data())
        self._aim.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._aim = self.subject if watched is self.subject.edit else self.text
        return super().eventFilter(watched, event)

    @Slot()
    def _save(self) -> None:
        service, run = self._desk.session.wordings, self._desk.operations.run
        typed = {"subject": self.subject.value(), "text": self.text.value()}
        if run(service.save, self.view.paper, **typed, form=self.form) is not None:
            self.form.set_values(typed)

    @Slot()
    def _use_ours(self) -> None:
        if self._desk.operations.run(self._desk.session.wordings.reset, self.view.paper) is not None:
            self.form.reset()


class WordingsPane(Pane):
    """Chooses a paper, edits its words, and shows the page as it will print."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.editor: WordingEditor | None = None
        self.paper = ChoiceField(self.tr("Paper"), [(each, paper_name(each)) for each in Wordable])
        self.preview = PdfPreview(self, has_output=False)
        self.preview.setMinimumHeight(_LEAST)
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._left.addWidget(self.paper)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(24)
        self._sides.addLayout(self._left, 1)
        self._sides.addWidget(self.preview, 1)
        scroll = ScrollPage(top=20)
        scroll.column.addLayout(self._sides, 1)
        self._foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(Hairline(parent=self))
        column.addLayout(self._foot)
        self._paper = PaperDrawing(self._desk.operations, self.preview, self._drawing, self)
        self.paper.set_value(Wordable.RECEIPT)
        self.paper.changed.connect(self._choose)

    @override
    def refresh(self) -> None:
        if self.editor is None:
            self._choose()
        else:
            self.editor.show_view(self._view())

    @override
    def open_at(self, place: Place) -> None:
        if place.record_id in list(Wordable) and place.record_id != self.paper.value():
            self.paper.set_value(Wordable(place.record_id))
            self._choose()

    def pdf(self) -> "Pdf | None":
        """The page that was drawn last."""
        return self._paper.pdf

    def _view(self) -> "WordingView":
        paper = self.paper.value()
        return next(view for view in self._desk.session.wordings.all() if view.paper is paper)

    @Slot()
    def _choose(self) -> None:
        """Take up another paper; what was typed for the one before is kept as a draft."""
        if self.editor is not None:
            for gone in (self.editor, self.editor.buttons):
                gone.hide()
                gone.deleteLater()
        self.editor = WordingEditor(self._desk, self._view())
        self._left.addWidget(self.editor, 1)
        self._foot.addWidget(self.editor.buttons)
        self.editor.edited.connect(self._paper.follow)
        self._paper.show_now()

    # The page

    def _drawing(self) -> Callable[[], "Pdf"] | None:
        from commission_app.documents import letter

        editor = self.editor
        if editor is None:
            return None
        subject, text = editor.subject.value(), editor.text.value()
        return partial(letter.draw, self._desk.session.wordings.preview(editor.view.paper, subject, text))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = 28 if is_narrow(self) else 40
        self._foot.setContentsMargins(side, 12, side, 12)
        self.paper.setMaximumWidth(theme.scaled(_FIELD))
        beside = self.width() >= theme.scaled(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
