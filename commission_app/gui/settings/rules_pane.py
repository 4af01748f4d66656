"""The rule book: every setting with the value in force, its source and its history."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QMargins, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.campaigns import ONLY_ORGANIZATION, RECEIVER
from commission_app.domain.contacts import ContactKind
from commission_app.domain.setting_registry import SPECS
from commission_app.domain.setting_registry import spec as spec_of
from commission_app.domain.setting_specs import DEFAULT_ORDER, SettingSpec
from commission_app.domain.text import fold
from commission_app.gui import labels
from commission_app.gui.page import Place
from commission_app.gui.settings.page import Pane
from commission_app.gui.settings.rule_words import value_text
from commission_app.gui.settings.value_editors import ValueEditor, day_field, editor_for
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.form_foot import Foot
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.page_parts import ScrollPage, Section, is_narrow
from commission_app.gui.widgets.text import Elided, Paragraph

if TYPE_CHECKING:
    from commission_app.domain.rule_book import RuleBook, Setting
    from commission_app.gui.desk import Desk

_LIST: Final = 340
_SIDE: Final = 28
_INSET: Final = 20  # of the words of a row in a list


def receivers_of(desk: "Desk") -> dict[str, str]:
    """The names of the organizations, which may receive money, by their keys."""
    return {one.key: one.name for one in desk.session.contacts.all(ContactKind.ORGANIZATION)}


class _ValueRow(QWidget):
    """One dated value: what it was, from when, by which source; and a button that takes it out."""

    def __init__(self, setting: "Setting", text: str, current: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        since = self.tr("from the beginning")
        if setting.from_on is not None:
            since = self.tr("from {day}").format(day=labels.day_field(setting.from_on))
        words = [since, setting.source or "", setting.note or ""]
        if current:
            text = self.tr("{value}, in force").format(value=text)
        remove = self.tr("Take this value out of the rule book")
        self.remove = Button(kind="ghost", icon="close", size="small", name=remove, parent=self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Elided(text, "medium", parent=self))
        column.addWidget(Paragraph(". ".join(word.rstrip(".") for word in words if word), "meta", "ink-2"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.addLayout(column, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)


class RuleDetail(ScrollPage):
    """One setting: what it means, an editor for a new value, and the values there were."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self._spec: SettingSpec | None = None
        self._names: dict[str, str] = {}
        self.editor: ValueEditor | None = None
        self.rows: list[_ValueRow] = []
        today = desk.session.context.today().today
        self.heading = Paragraph("", "title")
        self.help = Paragraph("", "body", "ink-2")
        self.from_on = day_field(
            self.tr("In force from"), today, help_text=self.tr("Empty: from the beginning.")
        )
        self.source = TextField(
            self.tr("Source"), placeholder=self.tr("Resolution, law or memorandum, with its day")
        )
        self.note = TextField(self.tr("Note"))
        self.save = Button(self.tr("Set the value"), "primary")
        self.history = Section(self.tr("Values"))
        self._place = QVBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.heading)
        column.addWidget(self.help)
        column.addLayout(self._place)
        for field in (self.from_on, self.source, self.note):
            column.addWidget(field)
        column.addSpacing(8)
        column.addWidget(self.history)
        holder = QWidget()
        holder.setMaximumWidth(560)
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(holder)
        self.column.addStretch(1)
        self.save.clicked.connect(self.set_value)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.save)
        row.addStretch(1)
        self._foot = Foot(self, _SIDE)
        self._foot.hold(buttons)

    @override
    def padding(self, narrow: bool) -> QMargins:
        return QMargins(_SIDE, 20, _SIDE, 28)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.place()

    def name(self) -> str:
        """The name of the setting that is shown."""
        return self._spec.name if self._spec else ""

    def show_setting(self, spec: SettingSpec, book: "RuleBook") -> None:
        """Show a setting; what is being typed for the same one stays."""
        today = self._desk.session.context.today().today
        self._names = receivers_of(self._desk)
        if self._spec is not spec:
            self._spec = spec
            self.heading.setText(spec.label)
            self.help.setText(spec.help)
            self._show_editor(spec, book, today)
            self.verticalScrollBar().setValue(0)
        self._show_values(spec, book, today)
        reason = self._desk.operations.keeper_reason()
        self.save.set_unavailable(reason)

    def _show_editor(self, spec: SettingSpec, book: "RuleBook", today: date) -> None:
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        value = book.value(spec.name, today)
        receivers = self._receivers(value) if spec.name == RECEIVER else {}
        self.editor = editor_for(spec, today, self._sections(book, today), receivers)
        self.editor.set_value(value)
        self._place.addWidget(self.editor)
        self.from_on.set_value(today)
        self.source.set_value("")
        self.note.set_value("")

    def _receivers(self, value: str | None) -> dict[str, str]:
        """Who can receive money, and who does; by key."""
        own = () if value in (None, ONLY_ORGANIZATION) or value in self._names else (value,)
        return {**self._names, **{str(key): str(key) for key in own}}

    def _sections(self, book: "RuleBook", today: date) -> dict[str, str]:
        from commission_app.domain.agenda_sections import StandingSection
        from commission_app.services.files import read_pack

        pack = read_pack(self._desk.session.commission.get().rules)
        slugs = {*DEFAULT_ORDER["regular"], *pack.sections}
        for order in book.value("agenda.order", today).values():
            slugs.update(order)
        return {
            slug: pack.sections[slug].title if slug in pack.sections else StandingSection.of(slug).title
            for slug in slugs
        }

    def _show_values(self, spec: SettingSpec, book: "RuleBook", today: date) -> None:
        current = book.setting(spec.name, today)
        settings = self._desk.session.commission.settings_of(spec.name)
        self.history.clear()
        self.history.set_heading(self.tr("Values"), len(settings) or "")
        self.rows = []
        reason = self._desk.operations.keeper_reason()
        for setting in sorted(settings, key=_from, reverse=True):
            value = value_text(spec, setting.value, self._names)
            row = _ValueRow(setting, value, setting == current, self.history)
            row.remove.clicked.connect(self._remove)
            row.remove.set_unavailable(reason)
            self.rows.append(row)
            self.history.add(row, line=True)
        if current is None:
            text = self.tr("{value}, the program’s own value. Source: {source}.").format(
                value=value_text(spec, spec.default), source=spec.source
            )
            words = Paragraph(text, "meta", "ink-2")
            words.setContentsMargins(0, 8, 0, 8)
            self.history.add(words)

    @Slot()
    def set_value(self) -> None:
        """Write the value entered, in force from the day entered."""
        if self._spec is None or self.editor is None:
            return
        problem = self.editor.problem()
        self.editor.show_error(problem)
        self.from_on.set_error(self.from_on.problem())
        if problem or self.from_on.problem():
            return
        self._desk.operations.run(
            self._desk.session.commission.set_rule,
            self._spec.name,
            self.editor.value(),
            from_on=self.from_on.value(),
            source=self.source.value() or None,
            note=self.note.value() or None,
            form=self,
        )

    def show_errors(self, errors: Any) -> None:
        """What the rules refuse stands under the editor."""
        if self.editor is not None:
            self.editor.show_error(" ".join(errors.values()) or None)

    @Slot()
    def _remove(self) -> None:
        for row in self.rows:
            if row.remove is self.sender():
                self._desk.operations.run(self._desk.session.commission.remove_rule, row.setting.id)
                return


def _from(setting: "Setting") -> date:
    return setting.from_on or date.min


class RulesPane(Pane):
    """The settings at the left, by section; the chosen one at the right."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filter = FilterBox(self.tr("Filter the rules"), key_text("Ctrl+F"))
        self.list = ListPane(self.tr("Rules"))
        self.detail = RuleDetail(desk)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 4, 0)
        column.setSpacing(8)
        self._tools = QHBoxLayout()
        self._tools.addWidget(self.filter)
        self._rows = QHBoxLayout()
        self._rows.addWidget(self.list)
        column.addLayout(self._tools)
        column.addLayout(self._rows, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST, 800])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.list.chosen.connect(self._show)
        self.filter.textChanged.connect(self._fill)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = 28 if is_narrow(self) else 40
        self._tools.setContentsMargins(side, 0, 8, 0)
        self._rows.setContentsMargins(side - _INSET, 0, 0, 0)  # the words of the rows begin at the padding

    @override
    def refresh(self) -> None:
        self._fill()
        if self.list.selected() is None:
            self.list.select(SPECS[0].name)
        else:
            self._show(self.list.selected())

    @Slot()
    def _fill(self) -> None:
        session = self._desk.session
        book, today = session.commission.rule_book(), session.context.today().today
        words = fold(self.filter.text()).split()
        names = receivers_of(self._desk)
        items: list[Item] = []
        section = ""
        for spec in SPECS:
            value = value_text(spec, book.value(spec.name, today), names)
            searched = fold(
                f"{spec.section} {spec.label} {spec.help} {value} {book.source(spec.name, today)}"
            )
            if not all(word in searched for word in words):
                continue
            if spec.section != section:
                section = spec.section
                items.append(ListLabel(section))
            items.append(ListRow(spec.name, spec.label, detail=value))
        self.list.set_rows(items)

    @Slot(object)
    def _show(self, name: object) -> None:
        if isinstance(name, str):
            self.detail.show_setting(spec_of(name), self._desk.session.commission.rule_book())

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "filter":
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filter.selectAll()
        if place.record_id and any(spec.name == place.record_id for spec in SPECS):
            self.filter.clear()
            self.list.select(place.record_id)
