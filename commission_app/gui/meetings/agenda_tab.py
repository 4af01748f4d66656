"""The agenda of one meeting: outline, tray and check, and what each of their buttons does."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.agenda_check import CheckLine, words_in
from commission_app.domain.agendas import AgendaItem, AgendaPaper, PostedAgenda
from commission_app.domain.meetings import MeetingState
from commission_app.domain.suggestions import Suggestion
from commission_app.errors import NotFoundError
from commission_app.gui import labels, theme
from commission_app.gui.drafts import DraftKeeper
from commission_app.gui.meetings.banner import Banner
from commission_app.gui.meetings.check_list import RENEWED, CheckList
from commission_app.gui.meetings.item_files import FileAttacher
from commission_app.gui.meetings.outline import Outline
from commission_app.gui.meetings.preview import PaperPreview
from commission_app.gui.meetings.suggestion_tray import SuggestionTray
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.text import Hairline

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.agendas import AgendaView

_LOW, _LOWEST = 520, 300  # below them the tray leaves the outline more room, and nearly all
_FIELDS = {"recommended-action": "recommended_action"}
_SUGGESTED = {"minutes-listed": "minutes"}


class Shown(StrEnum):
    """What the preview of a posted agenda shows."""

    POSTED = "posted"
    NEXT = "next"


class PreviewPane(QWidget):
    """The preview with the check below it; above it, once a posted agenda was changed, which of the two it
    shows."""

    def __init__(self, preview: PaperPreview, checks: CheckList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {Shown.POSTED: self.tr("Posting copy"), Shown.NEXT: self.tr("Next revision")}
        self.which: Pills[Shown] = Pills(words, parent=self)
        self.which.setContentsMargins(20, 8, 20, 8)
        self.which.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.which)
        column.addWidget(preview, 1)
        self._line, self._checks = Hairline(parent=self), checks
        column.addWidget(self._line)
        column.addWidget(checks)

    def set_checked(self, checked: bool) -> None:
        """The check is for an agenda that is still being made."""
        self._line.setVisible(checked)
        self._checks.setVisible(checked)


class AgendaTab(QWidget):
    """Outline and tray; `pane` holds preview and check, which stand beside it or in a tab of their own.

    `meeting_wanted` asks for the form of the meeting's place, time or notice."""

    meeting_wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: AgendaView | None = None
        self._shown = Shown.POSTED
        self._is_changed: bool | None = None  # since the last posting copy; None: not known yet
        self._menu: Menu | None = None
        self._menu_item = ""
        self.notice = Banner(parent=self)
        self.outline = Outline(self._may_leave, self)
        self.tray = SuggestionTray(self)
        self.preview = PaperPreview(desk, self.paper)
        self.checks = CheckList()
        self.pane = PreviewPane(self.preview, self.checks)
        self.drafts = DraftKeeper(desk, self.outline.editor)
        self.files = FileAttacher(desk, self.outline.editor.files, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.outline, 1)
        column.addWidget(self.tray)
        self._connect()

    def _connect(self) -> None:
        outline, editor = self.outline, self.outline.editor
        outline.selected.connect(self._selected)
        outline.move_wanted.connect(self._move)
        outline.remove_wanted.connect(self.remove)
        outline.add_wanted.connect(self.begin_new)
        outline.menu_wanted.connect(self._open_menu)
        editor.opened.connect(self._begin_draft)
        editor.edited.connect(self.drafts.note)
        editor.edited.connect(self.preview.follow)
        editor.committed.connect(self._save)
        editor.outcome_chosen.connect(self._record_outcome)
        editor.add_wanted.connect(self._add_new)
        editor.closed.connect(self.close_editor)
        editor.menu_wanted.connect(self._open_editor_menu)
        editor.inquiry_wanted.connect(self._open_inquiry)
        self.preview.item_pressed.connect(self.go_to)
        self.pane.which.chosen.connect(self._show_which)
        self.tray.add_wanted.connect(self._add_suggestion)
        self.tray.dismiss_wanted.connect(self._dismiss)
        self.tray.source_wanted.connect(self._open_source)
        self.checks.line_pressed.connect(self._go_to_line)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        few = 2 if self.height() >= theme.scaled(_LOW) else 1 if self.height() >= theme.scaled(_LOWEST) else 0
        self.tray.set_few(few)

    # What is shown

    def show_agenda(self, view: "AgendaView", *, file_name: str) -> None:
        """Show a meeting's agenda; of the same meeting, selection and typing stay."""
        meeting = view.meeting
        is_open = meeting.state is MeetingState.SCHEDULED
        if self._view is None or self._view.meeting.id != view.meeting.id:
            self.outline.reset()
            self._is_changed = None
            self._choose(Shown.POSTED)
            self.pane.which.hide()
        elif is_open and view.copies == self._view.copies and view.sections != self._view.sections:
            self._choose(Shown.NEXT)
        self._view = view
        read_only = self._desk.operations.read_only_reason() is not None
        today = self._desk.session.context.today().today
        self.outline.is_read_only = read_only
        self.outline.may_add = is_open and not read_only
        self.outline.may_have_outcome = meeting.on <= today and meeting.state is not MeetingState.CANCELLED
        self.outline.editor.set_people(self._people())
        self.outline.editor.set_read_only(read_only)
        self.outline.editor.files.set_read_only(self._desk.operations.keeper_reason())
        self.outline.files = view.files
        self.outline.set_sections(view.sections, self._chips(view))
        self.tray.set_suggestions(view.suggestions if is_open else (), may_write=not read_only)
        self.pane.set_checked(is_open)
        codes = {suggestion.code for suggestion in view.suggestions}
        self.checks.set_lines(view.checks, {line for line, code in _SUGGESTED.items() if code in codes})
        self.preview.set_meeting(meeting.id, file_name)
        self.notice.say(self._posted_notice(view))
        self.preview.select(self.outline.open_item())
        self.preview.show_now()

    @Slot(object)
    def _open_source(self, suggestion: Suggestion) -> None:
        """Show where a suggestion comes from: the matter so far, else its meeting."""
        if suggestion.from_item_id is not None:
            self._desk.navigate(Place(page="meetings", tab="matter", part=suggestion.from_item_id))
        else:
            meeting_id = suggestion.from_meeting_id
            self._desk.navigate(Place(page="meetings", tab="minutes", record_id=meeting_id))

    @Slot(str)
    def _open_inquiry(self, inquiry_id: str) -> None:
        self._desk.navigate(Place(page="inquiries", record_id=inquiry_id))

    def _posted_notice(self, view: "AgendaView") -> str:
        if not view.copies or view.meeting.state is not MeetingState.SCHEDULED:
            return ""
        if view.meeting.on <= self._desk.session.context.today().today:
            return ""
        return self.tr("A posting copy was made. What you change now goes into a new copy, marked REVISED.")

    def _people(self) -> list[tuple[str, str]]:
        """Members with their offices or seats, then staff with their titles."""
        session = self._desk.session
        found = [
            (seat.holder.name, ", ".join(labels.office(title) for title in seat.offices) or seat.seat.label)
            for seat in session.members.seats()
            if seat.holder is not None
        ]
        for member in session.commission.get().staff:
            found.append((session.contacts.get(member.contact_id).name, member.title or self.tr("Staff")))
        return found

    def _chips(self, view: "AgendaView") -> dict[str, list[ChipSpec]]:
        found: dict[str, list[ChipSpec]] = {}
        for section in view.sections:
            for entry in section.items:
                chips = []
                if entry.item.continued_from_id is not None:
                    chips.append(ChipSpec(self.tr("Continued"), ChipKind.PLAIN, "go-to"))
                if entry.item.outcome is not None:
                    chips.append(labels.outcome(entry.item.outcome))
                if files := len(view.files.get(entry.item.id, ())):
                    words = labels.counted(files, self.tr("1 file"), self.tr("{count} files"))
                    chips.append(ChipSpec(words, ChipKind.PLAIN, "attach"))
                found[entry.item.id] = chips
        for line in view.checks:
            is_open = view.meeting.state is MeetingState.SCHEDULED
            if is_open and not line.ok and line.item_id in found:
                found[line.item_id].append(self._check_chip(line))
        return found

    def _check_chip(self, line: CheckLine) -> ChipSpec:
        entry = self._entry(line.item_id)
        words = {
            "title-length": self.tr("{count} words").format(count=words_in(entry.title) if entry else 0),
            "recommended-action": self.tr("No recommendation"),
            "special-added": self.tr("Added after posting"),
            "unprintable": self.tr("Cannot be printed"),
        }
        return ChipSpec(words.get(line.code, self.tr("Check")), ChipKind.SOON, "warning")

    def _entry(self, item_id: str | None) -> AgendaItem | None:
        sections = self._view.sections if self._view else ()
        return next((e.item for s in sections for e in s.items if e.item.id == item_id), None)

    def paper(self) -> AgendaPaper | PostedAgenda | None:
        """The last posting copy, or the agenda as it would print now, with what is being typed."""
        if self._view is None:
            return None
        editor = self.outline.editor
        typed = editor.as_typed() if self.outline.open_item() else None
        if typed is not None and not typed.title:
            typed = None
        if typed is not None and editor.is_changed():
            self._choose(Shown.NEXT)
        meeting_id = self._view.meeting.id
        try:
            posted = None
            if self._shown is Shown.POSTED:
                posted = self._desk.session.postings.posted(meeting_id)
            return posted or self._desk.session.agendas.paper(meeting_id, typed=typed)
        except NotFoundError:  # removed since it was shown
            return None

    def set_changed(self, is_changed: bool) -> None:
        """Whether the agenda is another one than its last posting copy. What was changed here is shown; the
        copy where nothing was, or where it was changed before.
        """
        was_changed, self._is_changed = self._is_changed, is_changed
        self.pane.which.setVisible(is_changed)
        if is_changed and was_changed is False:
            self._show_which(Shown.NEXT)
        elif not is_changed:
            self._show_which(Shown.POSTED)

    @Slot(object)
    def _show_which(self, which: Shown) -> None:
        if which is not self._shown:
            self._choose(which)
            self.preview.show_now()

    def _choose(self, which: Shown) -> None:
        self._shown = which
        self.pane.which.choose(which)

    def print_draft(self) -> None:
        """Print the agenda as it stands, whatever the preview shows."""
        if self._view is not None:
            self.preview.print_other(self._desk.session.agendas.paper(self._view.meeting.id))

    # Selecting and saving

    @Slot()
    def _begin_draft(self) -> None:
        """What is typed in the editor is kept for the item that it shows."""
        draft, item_id = self.outline.editor.draft(), self.outline.editor.item_id
        self.files.set_item(item_id, draft.title if draft is not None else "")
        if draft is None:
            return
        if item_id is None:
            key, what = f"new-item:{draft.meeting_id}:{draft.section}", self.tr("a new agenda item")
            action = f"new-item {draft.section}"
        else:
            key, action = f"item:{item_id}", f"item {item_id}"
            what = self.tr("the agenda item “{title}”").format(title=draft.title)
        place = Place(page="meetings", tab="agenda", record_id=draft.meeting_id, action=action)
        self.drafts.begin(key, what, place)

    def open_for(self, action: str) -> None:
        """Open the item, or a new one in the section, that an action names."""
        verb, _, name = action.partition(" ")
        if verb == "item":
            self.outline.select(name, focus="title")
        elif verb == "new-item" and self.outline.may_add:
            self.begin_new(name)

    @Slot(object)
    def _selected(self, item_id: str | None) -> None:
        self.preview.select(item_id)

    @Slot(str)
    def go_to(self, item_id: str) -> None:
        """Open an item, if it is one."""
        if self._entry(item_id) is not None:
            self.outline.select(item_id)

    def _may_leave(self) -> bool:
        """Save what is typed; False if that is not possible and the editor has to stay."""
        return self.outline.open_item() is None or self._save()

    @Slot()
    def _save(self) -> bool:
        editor = self.outline.editor
        draft = editor.draft()
        if editor.item_id is None or draft is None or not editor.is_changed():
            return True
        problems = editor.problems()
        if problems:
            editor.show_errors(problems)
            return False
        done = self._desk.operations.run(
            self._desk.session.agendas.change, editor.item_id, draft, form=editor
        )
        return done is not None

    @Slot(object)
    def _record_outcome(self, outcome: object) -> None:
        item_id = self.outline.editor.item_id
        if item_id is not None:
            self._desk.operations.run(self._desk.session.agendas.record_outcome, item_id, outcome)

    @Slot()
    def close_editor(self) -> None:
        """Save and close the editor; an item without a title keeps the one it had."""
        editor, item_id = self.outline.editor, self.outline.open_item()
        if self.outline.new_in() is not None:
            section = self.outline.new_in()
            self.drafts.tell_kept()
            self.outline.end_new()
            self.outline.focus_row(f"add:{section}")
            return
        if item_id is None:
            return
        if not self._save():
            editor.reset()
        self.outline.select(None)
        self.outline.focus_row(item_id)
        self.preview.follow()

    # Adding, moving, removing

    @Slot(str)
    def begin_new(self, section: str) -> None:
        """Open an empty editor at the end of a section."""
        if self._view is not None and self._may_leave():
            self.outline.begin_new(self._view.meeting.id, section)

    def new_here(self) -> None:
        """A new item in the section where the keyboard is."""
        section = self.outline.current_section()
        if section is not None and self.outline.may_add:
            self.begin_new(section)

    @Slot()
    def _add_new(self) -> None:
        editor = self.outline.editor
        draft, problems = editor.draft(), editor.problems()
        if draft is None or problems:
            editor.show_errors(problems)
            return
        done = self._desk.operations.run(self._desk.session.agendas.add, draft, form=editor)
        if done is not None:
            self.outline.end_new()
            self._read_again()
            self.outline.select(done.value, focus="recommended_action")

    def _read_again(self) -> None:
        if self._view is not None:
            view = self._desk.session.agendas.agenda(self._view.meeting.id)
            self._view = view
            self.outline.files = view.files
            self.outline.set_sections(view.sections, self._chips(view))
            is_open = view.meeting.state is MeetingState.SCHEDULED
            self.tray.set_suggestions(view.suggestions if is_open else ())

    @Slot(object)
    def _add_suggestion(self, suggestion: Suggestion) -> None:
        done = self._desk.operations.run(self._desk.session.agendas.add_suggestion, suggestion)
        if done is not None:
            self._read_again()
            self.outline.show_row(done.value)

    @Slot(object)
    def _dismiss(self, suggestion: Suggestion) -> None:
        done = self._desk.operations.run(self._desk.session.agendas.dismiss_suggestion, suggestion)
        if done is not None:
            self._desk.messages.info(
                self.tr("“{title}” is not suggested again.").format(title=suggestion.title)
            )
            self._read_again()

    @Slot(str, str, object)
    def _move(self, item_id: str, section: str, position: int | None) -> None:
        if self._may_leave():
            self._desk.operations.run(self._desk.session.agendas.move, item_id, section, position)

    @Slot(str)
    def remove(self, item_id: str) -> None:
        """Take an item off the agenda; the message bar has Undo."""
        if self.outline.open_item() == item_id:
            self.outline.editor.reset()
            self.outline.select(None)
        self._desk.operations.run(self._desk.session.agendas.remove, item_id)

    # Menu

    @Slot(QPoint)
    def _open_editor_menu(self, at: QPoint) -> None:
        self._open_menu(self.outline.open_item() or "", at)

    @Slot(str, QPoint)
    def _open_menu(self, item_id: str, at: QPoint) -> None:
        if self._view is None or self._entry(item_id) is None:
            return
        self.build_menu(item_id).popup(at)

    def build_menu(self, item_id: str) -> Menu:
        """The menu of an item."""
        self._menu_item = item_id
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        why = self._desk.operations.read_only_reason()
        menu.add(self.tr("Edit"), self._menu_edit, shortcut="F2")
        menu.add(self.tr("Move up"), self._menu_up, icon="up", shortcut="Alt+Up", unavailable=why)
        menu.add(self.tr("Move down"), self._menu_down, icon="down", shortcut="Alt+Down", unavailable=why)
        sections = Menu(menu)
        sections.setTitle(self.tr("Move to"))
        for section in self._view.sections if self._view else ():
            sections.addAction(section.title).setData(section.slug)
        sections.triggered.connect(self._menu_section)
        sections.setEnabled(why is None)
        menu.addMenu(sections)
        menu.addSeparator()
        menu.add(self.tr("History of this matter"), self._menu_matter, icon="history")
        menu.add(self.tr("Remove from the agenda"), self._menu_remove, shortcut="Del", unavailable=why)
        return menu

    @Slot()
    def _menu_matter(self) -> None:
        self._desk.navigate(Place(page="meetings", tab="matter", part=self._menu_item))

    @Slot()
    def _menu_edit(self) -> None:
        self.outline.select(self._menu_item, focus="title")

    @Slot()
    def _menu_up(self) -> None:
        self.outline.step(self._menu_item, -1)

    @Slot()
    def _menu_down(self) -> None:
        self.outline.step(self._menu_item, 1)

    @Slot(QAction)
    def _menu_section(self, action: QAction) -> None:
        self._move(self._menu_item, str(action.data()), None)

    @Slot()
    def _menu_remove(self) -> None:
        self.remove(self._menu_item)

    # Check

    @Slot(object)
    def _go_to_line(self, line: CheckLine) -> None:
        """Go where a line of the check is put in order."""
        if line.item_id is not None and line.code == RENEWED:
            self.files.renew_report(line.item_id)
            return
        if line.item_id is not None:
            self.outline.select(line.item_id, focus=_FIELDS.get(line.code, "title"))
            return
        code = _SUGGESTED.get(line.code)
        found = [s for s in (self._view.suggestions if self._view else ()) if s.code == code]
        if found:
            self._add_suggestion(found[-1])  # of all minutes that wait, the last held meeting's
        elif line.code == "minutes-listed":
            self.begin_new("approve-minutes")
        elif line.code in ("place", "special-notice"):
            self.meeting_wanted.emit("place" if line.code == "place" else "notice")
        elif line.code == "accommodation":
            self._desk.navigate(Place(page="settings", tab="commission", action="accommodation"))
        else:
            self._desk.navigate(Place(page="settings", tab="rules", record_id="agenda.order"))
