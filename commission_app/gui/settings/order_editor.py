"""The order of business: the sections of an agenda by kind of meeting, dragged or moved by keys."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.domain.meetings import MeetingKind
from commission_app.gui import labels, theme
from commission_app.gui.settings.rule_words import section_title
from commission_app.gui.settings.value_editors import ErrorLine, ValueEditor
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import PopupDelegate
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.tabs import Tabs

_SLUG: Final = int(Qt.ItemDataRole.UserRole)


class SectionList(QListWidget):
    """Sections in their order; dragged, or moved with Alt+Up and Alt+Down, removed with Del."""

    moved = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(PopupDelegate(self))
        self.setAccessibleName(self.tr("Sections in their order"))
        self.setProperty("popup", True)
        self.model().rowsMoved.connect(self._rows_moved)

    @Slot(QModelIndex, int, int, QModelIndex, int)
    def _rows_moved(self) -> None:
        self.moved.emit()

    def step(self, direction: int) -> None:
        """Move the selected section up or down."""
        row = self.currentRow()
        target = row + direction
        if row < 0 or not 0 <= target < self.count():
            return
        item = self.takeItem(row)
        self.insertItem(target, item)
        self.setCurrentRow(target)
        self.moved.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.viewport().rect())
            painting.outline(painter, area, 6, theme.colour("accent"), 2)
            painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class OrderEditor(ValueEditor):
    """One list for each kind of meeting; `titles` are the known sections' titles by slug."""

    def __init__(self, titles: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._order: dict[str, list[str]] = {}
        self._kinds = [kind.value for kind in MeetingKind]
        self.tabs = Tabs([labels.meeting_kind(kind) for kind in MeetingKind], name=self.tr("Kind of meeting"))
        self.list = SectionList(self)
        self.up = Button(kind="icon", icon="up", size="small", name=self.tr("Move up (Alt+Up)"))
        self.down = Button(kind="icon", icon="down", size="small", name=self.tr("Move down (Alt+Down)"))
        self.remove = Button(
            kind="icon", icon="close", size="small", name=self.tr("Remove the section (Del)")
        )
        self.add = ChoiceField("", name=self.tr("Add a section"), placeholder=self.tr("Add a section"))
        self.error = ErrorLine(self)
        self._lay_out()
        self.setFocusProxy(self.list)
        self.tabs.changed.connect(self._show_kind)
        self.list.moved.connect(self._take_order)
        self.list.remove_wanted.connect(self.remove_section)
        self.up.clicked.connect(self._step_up)
        self.down.clicked.connect(self._step_down)
        self.remove.clicked.connect(self.remove_section)
        self.add.changed.connect(self._add_section)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.up, self.down, self.remove):
            buttons.addWidget(button)
        buttons.addWidget(self.add, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.tabs)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addWidget(self.error)

    def kind(self) -> str:
        """The kind of meeting that is shown."""
        return self._kinds[max(0, self.tabs.current())]

    def shown(self) -> list[str]:
        """The titles that are shown, in order."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    @override
    def value(self) -> dict[str, list[str]]:
        return {kind: list(slugs) for kind, slugs in self._order.items() if slugs}

    @override
    def set_value(self, value: Any) -> None:
        self._order = {kind: list(slugs) for kind, slugs in (value or {}).items()}
        self._show_kind()

    @override
    def show_error(self, message: str | None) -> None:
        self.error.say(message or "")

    @Slot()
    def _show_kind(self) -> None:
        slugs = self._order.get(self.kind(), [])
        row = self.list.currentRow()
        self.list.clear()
        for slug in slugs:
            item = QListWidgetItem(section_title(slug, self._titles))
            item.setData(_SLUG, slug)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), len(slugs) - 1))
        self.list.setFixedHeight(theme.scaled(34) * max(4, len(slugs)) + 10)
        rest = sorted(set(self._titles) - set(slugs), key=self._title)
        self.add.set_choices([(slug, section_title(slug, self._titles)) for slug in rest])
        self.add.set_value(None)
        self.add.setEnabled(bool(rest))

    def _title(self, slug: str) -> str:
        return section_title(slug, self._titles).casefold()

    @Slot()
    def _take_order(self) -> None:
        self._order[self.kind()] = [self.list.item(row).data(_SLUG) for row in range(self.list.count())]
        self.changed.emit()

    @Slot()
    def _step_up(self) -> None:
        self.list.step(-1)

    @Slot()
    def _step_down(self) -> None:
        self.list.step(1)

    @Slot()
    def remove_section(self) -> None:
        """Take the selected section out of the order."""
        row = self.list.currentRow()
        if row >= 0 and self.list.count() > 1:
            self._order[self.kind()].pop(row)
            self._show_kind()
            self.changed.emit()

    @Slot()
    def _add_section(self) -> None:
        slug = self.add.value()
        if slug is None:
            return
        slugs = self._order.setdefault(self.kind(), [])
        slugs.insert(len(slugs) - 1 if slugs and slugs[-1] == "adjournment" else len(slugs), slug)
        self._show_kind()
        self.list.setCurrentRow(slugs.index(slug))
        self.changed.emit()
