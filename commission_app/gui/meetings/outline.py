"""The agenda outline: sections that fold, items that move, and the selected item open in place."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection
from commission_app.domain.item_files import NumberedFile
from commission_app.gui.meetings import outline_rows
from commission_app.gui.meetings.item_editor import ItemEditor
from commission_app.gui.meetings.outline_drop import DropGuide
from commission_app.gui.meetings.outline_row import RowWidget
from commission_app.gui.meetings.outline_rows import OutlineRow, RowKind
from commission_app.gui.widgets.chips import ChipSpec
from commission_app.gui.widgets.form_foot import Foot
from commission_app.gui.widgets.scroll_area import ScrollArea


class Outline(ScrollArea):
    """Rows for sections and items. It asks and never changes anything by itself; `may_leave` saves what is
    typed in the open item, and answers False if it has to stay open.

    `editing` tells that the editor was opened or closed. `move_wanted` carries an item's id, a section and a
    position (None: last); the position counts the section without the item."""

    selected = Signal(object)
    editing = Signal(bool)
    move_wanted = Signal(str, str, object)
    remove_wanted = Signal(str)
    add_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, may_leave: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_leave = may_leave
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Agenda outline"))
        self._sections: Sequence[NumberedSection] = ()
        self._chips: Mapping[str, list[ChipSpec]] = {}
        self.files: Mapping[str, Sequence[NumberedFile]] = {}
        self._folds: dict[str, bool] = {}
        self._rows: list[OutlineRow] = []
        self._widgets: dict[str, RowWidget] = {}
        self._current = ""
        self._open: str | None = None
        self._new_in: str | None = None
        self.is_read_only = self.may_have_outcome = False
        self.may_add = True
        self._body = QWidget()
        self.editor = ItemEditor(self._body)
        self._holder = QWidget(self._body)
        self._holder.setVisible(False)
        self._column = QVBoxLayout(self._body)
        self._guide = DropGuide(self, self._body)
        self._foot = Foot(self, 24)
        self._lay_out()
        self._shortcuts = [self._shortcut("Alt+Up", self.move_up), self._shortcut("Alt+Down", self.move_down)]

    def _lay_out(self) -> None:
        held = QHBoxLayout(self._holder)
        held.setContentsMargins(8, 4, 0, 6)
        held.addWidget(self.editor)
        self._column.setContentsMargins(16, 8, 24, 12)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(self._body)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self.editor.handle.dragged.connect(self._editor_dragged)
        self.editor.handle.dropped.connect(self._editor_dropped)

    @Slot(int, int)
    def _make_room(self, least: int, most: int) -> None:
        """Keep the right edge where it is when the scroll bar comes and goes."""
        bar = self.verticalScrollBar().sizeHint().width() if most > least else 0
        self._column.setContentsMargins(16, 8, max(0, 24 - bar), 12)
        if self._new_in is not None:
            self._reveal_later()

    def _shortcut(self, keys: str, slot: object) -> QShortcut:
        found = QShortcut(QKeySequence(keys), self)
        found.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        found.activated.connect(slot)
        return found

    # What is shown

    def set_sections(self, sections: Sequence[NumberedSection], chips: Mapping[str, list[ChipSpec]]) -> None:
        """Show an agenda; `chips` by item id tell what the check found. Folding and selection stay."""
        self._sections, self._chips = sections, chips
        if self._open is not None and self.entry(self._open) is None:
            self._open = None
        self._rebuild()

    def reset(self) -> None:
        """Forget folding, selection and place, for another meeting."""
        self._folds, self._open, self._new_in, self._current = {}, None, None, ""
        self.verticalScrollBar().setValue(0)

    def entry(self, item_id: str) -> LetteredItem | None:
        """The item with an id, if it is on the agenda."""
        return next((e for s in self._sections for e in s.items if e.item.id == item_id), None)

    def open_item(self) -> str | None:
        """The id of the item that is open."""
        return self._open

    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return not self._holder.isHidden()

    def new_in(self) -> str | None:
        """The section in which a new item is being entered."""
        return self._new_in

    def titles(self) -> list[str]:
        """The words of the visible rows from the top, for readers of the screen."""
        return [self._widgets[row.key].title_text() for row in self._rows]

    def row_widget(self, key: str) -> RowWidget | None:
        """The visible row of an item's id, a section's slug or the opening group."""
        return self._widgets.get(key)

    def is_unfolded(self, key: str) -> bool:
        """Whether a section or the opening group shows what is in it."""
        if key in self._folds:
            return self._folds[key]
        section = next((s for s in self._sections if s.slug == key), None)
        return section is not None and outline_rows.is_open_at_first(section)

    def current_section(self) -> str | None:
        """The section of the current row, for a new item; the first business section otherwise."""
        if self._new_in is not None:
            return self._new_in
        if self._open is not None:
            return outline_rows.sections_with(self._sections, self._open)
        row = next((row for row in self._rows if row.key == self._current), None)
        if row is not None and row.section:
            return row.section
        wanted = ("new-business", "business")
        slugs = [section.slug for section in self._sections]
        return next((slug for slug in wanted if slug in slugs), slugs[-1] if slugs else None)

    def _rebuild(self) -> None:
        before, at_value = self._widgets, self.verticalScrollBar().value()
        self._rows = outline_rows.rows_of(self._sections, self.is_unfolded, may_add=self.may_add)
        keys = {row.key for row in self._rows}
        for key, widget in before.items():
            if key not in keys:
                self._column.removeWidget(widget)
                widget.setVisible(False)
                widget.deleteLater()
        self._widgets = {}
        place = 0
        for row in self._rows:
            widget = before.get(row.key) or self._made(row)
            widget.set_row(row, list(self._chips.get(row.key, ())))
            widget.may_drag = not self.is_read_only
            self._widgets[row.key] = widget
            place = self._put(widget, place)
            is_open = row.kind is RowKind.ITEM and row.key == self._open
            is_new = row.kind is RowKind.ADD and row.section == self._new_in
            widget.setVisible(not (is_open or is_new))
            if is_open or is_new:
                place = self._put(self._holder, place)
        shown = self._open in self._widgets or self._new_in is not None
        if shown == self._holder.isHidden():
            self._holder.setVisible(shown)
            self.editing.emit(shown)
        if not shown:
            self._open = None
        self._fill_editor()
        self._roam()
        self._place_buttons()
        self.verticalScrollBar().setValue(at_value)

    def _put(self, widget: QWidget, place: int) -> int:
        """Put a widget at a place of the column, unless it stands there: then the focus is not disturbed."""
        if self._column.indexOf(widget) != place:
            self._column.removeWidget(widget)
            self._column.insertWidget(place, widget)
        return place + 1

    def _made(self, row: OutlineRow) -> RowWidget:
        widget = RowWidget(row, self._body)
        widget.pressed.connect(self._row_pressed)
        widget.dragged.connect(self._drag_to)
        widget.dropped.connect(self._drop_now)
        widget.menu_wanted.connect(self.menu_wanted)
        return widget

    def _fill_editor(self) -> None:
        entry = self.entry(self._open) if self._open else None
        if entry is not None:
            chips = list(self._chips.get(entry.item.id, ()))
            self.editor.show_item(entry, chips, may_have_outcome=self.may_have_outcome)
            self.editor.files.show_files(self.files.get(entry.item.id, ()))

    def _roam(self) -> None:
        """Let Tab reach one row only, the current one; the arrows go on from there."""
        if self._current not in self._widgets and self._rows:
            self._current = self._open or self._rows[0].key
        for key, widget in self._widgets.items():
            wanted = Qt.FocusPolicy.StrongFocus if key == self._current else Qt.FocusPolicy.ClickFocus
            if widget.focusPolicy() is not wanted:
                widget.setFocusPolicy(wanted)

    # Folding and opening

    def unfold(self, key: str, unfolded: bool = True) -> None:
        """Unfold or fold a section or the opening group."""
        if self.is_unfolded(key) != unfolded:
            self._folds[key] = unfolded
            if not unfolded and self._open and outline_rows.sections_with(self._sections, self._open) == key:
                self._set_open(None)
            self._rebuild()

    def select(self, item_id: str | None, *, focus: str | None = None) -> None:
        """Open an item in place, unfolding its section; `focus` names a field to go to."""
        if item_id != self._open and self._open is not None and not self._may_leave():
            return
        if item_id is not None:
            section = outline_rows.sections_with(self._sections, item_id)
            if section is None:
                return
            if section in {s.slug for s in outline_rows.opening_sections(self._sections)}:
                self._folds[outline_rows.OPENING] = True
            self._folds[section] = True
            self._current = item_id
        self._new_in = None
        self._set_open(item_id)
        self._rebuild()
        if item_id is not None:
            self._reveal_later()
            if focus is not None:
                self.editor.focus_field(focus)

    def begin_new(self, meeting_id: str, section: str) -> None:
        """Open an empty editor at the end of a section."""
        if section in {s.slug for s in outline_rows.opening_sections(self._sections)}:
            self._folds[outline_rows.OPENING] = True
        self._folds[section] = True
        title = next(s.title for s in self._sections if s.slug == section)
        self._set_open(None)
        self._new_in = section
        self._current = f"add:{section}"
        self.editor.show_new(meeting_id, section, self.tr("New item in {section}").format(section=title))
        self._rebuild()
        self._reveal_later()
        self.editor.focus_field("title")

    def end_new(self) -> None:
        """Close the empty editor."""
        self._new_in = None
        self._rebuild()

    def _set_open(self, item_id: str | None) -> None:
        if item_id != self._open:
            self._open = item_id
            self.selected.emit(item_id)

    def _reveal_later(self) -> None:
        QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        if not self._holder.isVisible():
            return
        self._place_buttons()
        if self._holder.height() > self.viewport().height():
            self.verticalScrollBar().setValue(self._holder.y())
        else:
            self.ensureWidgetVisible(self._holder, 0, 12)

    def _place_buttons(self) -> None:
        """The buttons of a new item stay in sight under the outline where the editor is higher than it."""
        is_high = self._new_in is not None and self._holder.height() > self.viewport().height()
        is_held = self._foot.holds() is not None
        if is_high and not is_held:
            self._foot.hold(self.editor.buttons)
        elif is_held and self._new_in is None:
            self._foot.let_go()
            self.editor.take_buttons()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.place()
        self._place_buttons()

    def focus_row(self, key: str) -> None:
        """Bring the keyboard to a row."""
        widget = self._widgets.get(key)
        if widget is None or widget.isHidden():
            return
        self._current = key
        self._roam()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        widget.ring()
        self.ensureWidgetVisible(widget, 0, 8)

    def show_row(self, item_id: str) -> None:
        """Unfold what an item stands in and bring the keyboard to its row."""
        section = outline_rows.sections_with(self._sections, item_id)
        if section is not None:
            self._unfold_quietly(section)
            self._rebuild()
            self.focus_row(item_id)

    @Slot(str)
    def _row_pressed(self, key: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return
        self._current = key
        self._activate(row)

    def _activate(self, row: OutlineRow) -> None:
        if row.kind is RowKind.ITEM:
            self.select(row.key, focus="title")
        elif row.kind is RowKind.ADD:
            self.add_wanted.emit(row.section)
        else:
            self.unfold(row.key, not row.is_open)
            self._roam()

    # Keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape and self._guide.spot() is not None:
            self.give_up_drag()
            return
        at = next((n for n, row in enumerate(self._rows) if row.key == self._focused()), None)
        if at is None:
            super().keyPressEvent(event)
            return
        row = self._rows[at]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go({Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0}.get(key, -1), key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space):
            self._activate(row)
            self._keep_focus(row)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and row.kind in (RowKind.SECTION, RowKind.GROUP):
            self.unfold(row.key, key is Qt.Key.Key_Right)
            self._keep_focus(row)
        elif key is Qt.Key.Key_Left and row.section:
            self.focus_row(row.section)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row.kind is RowKind.ITEM:
            self._current = self._rows[max(0, at - 1)].key
            self.remove_wanted.emit(row.key)
            self.focus_row(self._current)
        else:
            super().keyPressEvent(event)

    def _focused(self) -> str:
        return next((key for key, widget in self._widgets.items() if widget.hasFocus()), "")

    def _keep_focus(self, row: OutlineRow) -> None:
        if row.kind in (RowKind.SECTION, RowKind.GROUP):
            self.focus_row(row.key)

    def _go(self, at: int, key: Qt.Key) -> None:
        if key is Qt.Key.Key_End:
            at = len(self._rows) - 1
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        if self._widgets[row.key].isHidden():
            self.editor.focus_field("title")
        else:
            self.focus_row(row.key)

    @Slot()
    def move_up(self) -> None:
        """Move the current item one step up, into the section before at the top."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Move the current item one step down, into the section after at the end."""
        self._move(1)

    def _move(self, direction: int) -> None:
        item_id = self._focused() or self._open
        if item_id is not None:
            self.step(item_id, direction)

    def step(self, item_id: str, direction: int) -> None:
        """Move an item one step up (-1) or down (1)."""
        if self.is_read_only or self.entry(item_id) is None:
            return
        place = outline_rows.step(self._sections, item_id, direction)
        if place is not None:
            had_row = self._focused() == item_id
            self._unfold_quietly(place.section)
            self.move_wanted.emit(item_id, place.section, place.position)
            if had_row:
                self.focus_row(item_id)

    def _unfold_quietly(self, section: str) -> None:
        self._folds[section] = True
        if section in {s.slug for s in outline_rows.opening_sections(self._sections)}:
            self._folds[outline_rows.OPENING] = True

    # Dragging

    @Slot(QPoint)
    def _editor_dragged(self, at: QPoint) -> None:
        if self._open is not None and not self.is_read_only:
            self._drag_to(self._open, at)

    @Slot()
    def _editor_dropped(self) -> None:
        if self._open is not None:
            self._drop_now(self._open)

    @Slot(str, QPoint)
    def _drag_to(self, item_id: str, at: QPoint) -> None:
        """Show where the item would be put down."""
        spots = [
            (self._bottom(row), spot)
            for row, spot in zip(self._rows, outline_rows.slots_below(self._rows), strict=True)
            if spot is not None
        ]
        self._guide.show(at, spots)

    def _bottom(self, row: OutlineRow) -> int:
        widget: QWidget = self._widgets[row.key]
        if widget.isHidden():
            widget = self._holder
        return widget.geometry().bottom() + 1

    @Slot(str)
    def _drop_now(self, item_id: str) -> None:
        spot = self._guide.spot()
        place = outline_rows.landed(self._sections, item_id, spot) if spot else None
        self._guide.end()
        if place is not None:
            self._unfold_quietly(place.section)
            self.move_wanted.emit(item_id, place.section, place.position)

    def give_up_drag(self) -> None:
        """Leave the item where it was."""
        self.editor.handle.stop_drag()
        for widget in self._widgets.values():
            widget.stop_drag()
        self._guide.end()

    def drop_line(self) -> QRect | None:
        """Where the drop line is shown, in the outline's body; None while nothing is dragged."""
        return self._guide.line()
