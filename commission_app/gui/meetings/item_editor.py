"""The editor of an agenda item, opened in place in the outline; its fields are saved when they are left."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.agenda_layout import LetteredItem
from commission_app.domain.agendas import AgendaItem, AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels, theme
from commission_app.gui.meetings.item_files import ItemFiles
from commission_app.gui.meetings.name_field import NameField
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipSpec
from commission_app.gui.widgets.fields import ChoiceField, Field, TextAreaField, TextField
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import IconLabel, Text

_WORDS, _MOST_MINUTES = 20, 480


class DragHandle(IconLabel):
    """Six dots by which the open item is dragged."""

    dragged = Signal(QPoint)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("drag", "ink-3", 16, parent)
        self.setToolTip(self.tr("Drag to move, or press Alt+Up and Alt+Down"))
        self._down_at: QPoint | None = None
        self._is_dragging = False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._down_at, self._is_dragging = event.position().toPoint(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down_at is None:
            return
        far = (event.position().toPoint() - self._down_at).manhattanLength()
        if self._is_dragging or far >= QApplication.startDragDistance():
            self._is_dragging = True
            self.dragged.emit(event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragging, self._down_at, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            self.dropped.emit()

    def stop_drag(self) -> None:
        """Forget a drag that was given up."""
        self._down_at, self._is_dragging = None, False


class ItemEditor(QWidget):
    """An item's fields in an inset box. `edited` while typing, `committed` when a field was left, `opened`
    when another item is shown.

    A new item has no id yet: it is entered with its own button or Enter."""

    edited = Signal()
    committed = Signal()
    opened = Signal()
    outcome_chosen = Signal(object)
    add_wanted = Signal()
    closed = Signal()
    menu_wanted = Signal(QPoint)
    inquiry_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: AgendaItemDraft | None = None
        self._item: AgendaItem | None = None
        self.item_id: str | None = None
        self.handle = DragHandle(self)
        self.label = Text("", "strong", parent=self)
        self.more = Button(kind="ghost", icon="more", size="small", name=self.tr("More for this item"))
        self.title = TextField(self.tr("Title"), limit=_WORDS, unit="words")
        self.kind = ChoiceField(self.tr("Kind"), [(kind, labels.item_kind(kind)) for kind in ItemKind])
        self.presenter = NameField(self.tr("Presented by"))
        self.minutes = NumberField(self.tr("Minutes"), least=0, most=_MOST_MINUTES, step_by=5)
        self.recommended = TextAreaField(self.tr("Recommended action"), limit=RECOMMENDED, least=1, most=6)
        self.text = TextAreaField(
            self.tr("Text"), least=1, most=8, placeholder=self.tr("Printed under the title, if anything")
        )
        outcomes = [(value, labels.outcome(value).text) for value in Outcome]
        self.outcome = ChoiceField(self.tr("Outcome"), [(None, self.tr("Not recorded yet")), *outcomes])
        self.add_text = Button(self.tr("Text under the title"), "quiet", "add", size="small", parent=self)
        self.files = ItemFiles(self)
        self.save = Button(self.tr("Add item"), "secondary", size="small", parent=self)
        self.cancel = Button(self.tr("Cancel"), "quiet", size="small", parent=self)
        self.inquiry = Button(self.tr("Inquiry"), "link", "inquiries", parent=self)
        self.inquiry.set_tip(self.tr("Open the inquiry that this item is about"))
        self._chips = QHBoxLayout()
        self.buttons = QWidget(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.handle)
        head.addWidget(self.label)
        self._chips.setSpacing(8)
        head.addLayout(self._chips)
        head.addWidget(self.inquiry)
        head.addStretch(1)
        head.addWidget(self.more)
        short = QHBoxLayout()
        short.setSpacing(8)
        for field, stretch in ((self.kind, 31), (self.presenter, 50), (self.minutes, 19)):
            short.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addLayout(short)
        column.addWidget(self.recommended)
        column.addWidget(self.text)
        column.addWidget(self.add_text, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.files)
        for part in (self.outcome, self.buttons):
            column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """The keyboard goes through the item as it is read, and only then to the next row."""
        parts = [field.control() for field in self.fields().values()]
        parts += [self.add_text, self.files.add, self.files.report, self.outcome.control()]
        parts += [self.save, self.cancel, self.inquiry, self.more]
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for field in self.fields().values():
            field.changed.connect(self.edited)
            field.committed.connect(self._field_left)
        self.outcome.committed.connect(self._outcome_left)
        self.more.clicked.connect(self._menu)
        self.inquiry.clicked.connect(self._open_inquiry)
        self.add_text.clicked.connect(self._show_text)
        self.save.clicked.connect(self.add_wanted)
        self.cancel.clicked.connect(self.closed)

    def fields(self) -> dict[str, Field]:
        """The fields by the names that the service gives its problems."""
        return {
            "title": self.title,
            "kind": self.kind,
            "presenter": self.presenter,
            "minutes": self.minutes,
            "recommended_action": self.recommended,
            "text": self.text,
        }

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people for "Presented by"."""
        self.presenter.set_names(people)

    # What is shown

    def show_item(self, entry: LetteredItem, chips: Sequence[ChipSpec], *, may_have_outcome: bool) -> None:
        """Show an item; the one that is open already keeps what is being typed."""
        item = entry.item
        same = self.item_id == item.id
        self.item_id = item.id
        values = asdict(item)
        del values["id"]
        self._item, self._draft = item, AgendaItemDraft(**values)
        self.label.setText(entry.label)
        self._show_values(self._draft, keep_typed=same)
        self.outcome.set_value(item.outcome)
        self.outcome.setVisible(may_have_outcome)
        self._set_chips(chips)
        self._show_parts(new=False)
        if not same:
            self.opened.emit()

    def show_new(self, meeting_id: str, section: str, label: str) -> None:
        """Begin an item that is not on the agenda yet."""
        self.item_id = self._item = None
        kind = ItemKind.CONSENT if section == "consent" else ItemKind.DISCUSSION
        self._draft = AgendaItemDraft(meeting_id=meeting_id, section=section, title="", kind=kind)
        self.label.setText(label)
        self._show_values(self._draft, keep_typed=False)
        self.outcome.setVisible(False)
        self._set_chips([])
        self._show_parts(new=True)
        self.opened.emit()

    def take_buttons(self) -> None:
        """Put the buttons of a new item under its fields again."""
        self._column.addWidget(self.buttons)

    def show_above(self, notice: QWidget) -> None:
        """Show something above the first field."""
        self._column.insertWidget(1, notice)

    def _show_parts(self, *, new: bool) -> None:
        self.buttons.setVisible(new)
        self.inquiry.setVisible(self._draft is not None and self._draft.inquiry_id is not None)
        self.files.setVisible(not new)
        self.handle.setVisible(not new)
        self.more.setVisible(not new)

    def _show_values(self, draft: AgendaItemDraft, *, keep_typed: bool) -> None:
        for name, field in self.fields().items():
            if not (keep_typed and field.is_changed()):
                field.set_value(getattr(draft, name))
        if not keep_typed:
            self.text.setVisible(bool(draft.text))
            self.add_text.setVisible(not draft.text)

    @Slot()
    def _show_text(self) -> None:
        self.text.setVisible(True)
        self.add_text.setVisible(False)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_chips(self, chips: Sequence[ChipSpec]) -> None:
        while self._chips.count():
            taken = self._chips.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for spec in chips:
            self._chips.addWidget(Chip.of(spec, self))

    def set_read_only(self, read_only: bool) -> None:
        """Let the fields be read only, for files opened for reading."""
        for field in self.fields().values():
            field.setEnabled(not read_only)
        self.outcome.setEnabled(not read_only)

    # What was entered

    def draft(self) -> AgendaItemDraft | None:
        """The item as it stands in the fields; None if nothing is shown."""
        if self._draft is None:
            return None
        return replace(
            self._draft,
            title=self.title.value(),
            kind=self.kind.value() or self._draft.kind,
            presenter=self.presenter.value() or None,
            minutes=self.minutes.value(),
            recommended_action=self.recommended.value() or None,
            text=self.text.value() or None,
        )

    def as_typed(self) -> AgendaItem | None:
        """The item that is open, as it is being typed."""
        draft = self.draft()
        if self._item is None or draft is None:
            return None
        changed = {name: getattr(draft, name) for name in self.fields()}
        return replace(self._item, **changed)

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field, as a draft keeps it."""
        return {
            name: field.typed()
            for name, field in self.fields().items()
            if self._draft is not None
            and (field.is_entered() if self.item_id is None else field.is_changed() or field.error())
        }

    def bring_back(self, typed: Mapping[str, Any]) -> None:
        """Put what a draft kept into the fields, as if it were being typed now."""
        for name, field in self.fields().items():
            if name in typed:
                field.setVisible(True)
                field.bring_back(typed[name])
        self.add_text.setVisible(self.text.isHidden())

    def reset(self) -> None:
        """Forget what is typed and not saved."""
        if self._draft is not None:
            self._show_values(self._draft, keep_typed=False)

    def is_changed(self) -> bool:
        """Whether the fields say something else than was saved."""
        return self.draft() != self._draft

    def problems(self) -> dict[str, str]:
        """What the fields find wrong by themselves."""
        found = {name: field.problem() for name, field in self.fields().items()}
        if not self.title.value():
            found["title"] = self.tr("The title is missing.")
        return {name: message for name, message in found.items() if message}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Put each message under its field and the focus on the first."""
        first: Field | None = None
        rest = []
        for name, field in self.fields().items():
            field.set_error(errors.get(name))
            if errors.get(name) and first is None:
                first = field
        rest = [message for name, message in errors.items() if name not in self.fields()]
        if rest and not self.title.error():
            self.title.set_error(" ".join(rest))
            first = first or self.title
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self, name: str) -> None:
        """Put the focus on a field by its name; the title if there is none such."""
        field = self.fields().get(name, self.title)
        field.setVisible(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, TextField):
            field.edit.end(False)

    @Slot()
    def _field_left(self) -> None:
        if self.item_id is not None:
            self.committed.emit()

    @Slot()
    def _outcome_left(self) -> None:
        if self.item_id is not None:
            self.outcome_chosen.emit(self.outcome.value())

    @Slot()
    def _open_inquiry(self) -> None:
        if self._draft is not None and self._draft.inquiry_id is not None:
            self.inquiry_wanted.emit(self._draft.inquiry_id)

    @Slot()
    def _menu(self) -> None:
        self.menu_wanted.emit(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.files.consider(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files.take(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item_id is None:
            self.add_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillPath(painting.rounded(area, 10), theme.colour("inset"))
        painting.outline(painter, area, 10, theme.colour("line-strong"))
        bar = QRectF(area.left(), area.top() + 12, 3, area.height() - 24)
        painter.fillPath(painting.rounded(bar, 1.5), theme.colour("accent"))
        painter.end()
