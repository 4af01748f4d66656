"""An e-mail being drafted: to whom, with what words, and what one has to know before it goes out."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.mailing import SERIAL_MEETINGS, MailDraft, MailFile, addressees
from commission_app.gui import labels, theme
from commission_app.gui.meetings.banner import Banner
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextAreaField, TextField
from commission_app.gui.widgets.list_pane import ListPane, ListRow
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import IconLabel, Paragraph

if TYPE_CHECKING:
    from commission_app.domain.contacts import Contact
    from commission_app.gui.desk import Desk
    from commission_app.services.contacts import ContactService
    from commission_app.services.mailing import MailGroup

_WIDTH: Final = 560
_ROWS: Final = 3
_MOST_NAMES: Final = 5
#: The text grows so far; then it scrolls.
_MOST_LINES: Final = 16


class _Fact(QWidget):
    """A line with its icon."""

    def __init__(self, text: str, icon: str, role: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 18, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(text, parent=self), 1)


class _Recipients(ListPane):
    """The people of a message; Del takes the selected one out."""

    removed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class MailDialog(Dialog):
    """Recipients by completion and groups, subject and text. `draft` is the message to several as blind
    copies; nothing is sent from here.
    """

    def __init__(
        self,
        desk: "Desk",
        *,
        contact_ids: Sequence[str] = (),
        subject: str = "",
        text: str = "",
        files: Sequence[MailFile] = (),
        is_private: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("MailDialog", "Draft an e-mail"),
            translate("MailDialog", "It opens in your mail program, where you read it again and send it."),
            doing=translate("MailDialog", "Save the draft..."),
            safe=translate("MailDialog", "Cancel"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk = desk
        self.files = tuple(files)
        self._people: list[Contact] = []
        self.caution = Banner(parent=self)
        self.who = LookupField(self.tr("To"), partial(_offered, desk.session.contacts), parent=self)
        self.group = Button(self.tr("Add a group"), "secondary", "members", trailing="down", parent=self)
        self.list = _Recipients(self.tr("Recipients"), parent=self)
        self.remove = Button(self.tr("Remove"), "quiet", "minus", "small", parent=self)
        self.note = Paragraph("", "meta", "ink-2", self)
        self.subject = TextField(self.tr("Subject"), required=True, parent=self)
        self.text = TextAreaField(self.tr("Text"), least=4, most=_MOST_LINES, parent=self)
        self._fill(is_private)
        self.subject.set_value(subject)
        self.text.set_value(text)
        self.who.committed.connect(self._add_one)
        self.group.clicked.connect(self._open_groups)
        self.remove.clicked.connect(self.remove_selected)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self.list.chosen.connect(self._show_remove)
        self.list.removed.connect(self.remove_selected)
        self._fit_list()
        theme.notifier().changed.connect(self._fit_list)
        self.add(desk.session.mail.people(contact_ids))
        self.who.setFocus()

    def _fill(self, is_private: bool) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.who, 1)
        row.addWidget(self.group, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self.list)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.note, 1)
        below.addWidget(self.remove)
        column.addLayout(below)
        for widget in (self.caution, self.subject, self.text):
            column.addWidget(widget)
        for file in self.files:
            column.addWidget(_Fact(file.name, "attach", "ink-2"))
        if is_private:
            note = self.tr("This paper names donors or addresses. It is not for the packet.")
            column.addWidget(_Fact(note, "locked", "warn"))
        column.addStretch(1)
        self._room = Room(inside, grows=True)
        self.add_widget(self._room)

    # Who

    def people(self) -> list["Contact"]:
        """Everybody chosen, those without an address too."""
        return list(self._people)

    def add(self, people: Sequence["Contact"]) -> None:
        """Add people who are not there yet."""
        known = {contact.id for contact in self._people}
        self._people += [contact for contact in people if contact.id not in known]
        self._show_people()

    @Slot()
    def _add_one(self) -> None:
        contact_id = self.who.value()
        if contact_id is not None:
            self.who.set_value(None)
            self.add(self._desk.session.mail.people([contact_id]))

    @Slot()
    def _open_groups(self) -> None:
        menu = Menu(self)
        groups = self._desk.session.mail.groups()
        for at, group in enumerate(groups):
            menu.addAction(group_words(group)).setData(at)
        chosen = menu.exec(self.group.mapToGlobal(QPoint(0, self.group.height() + 4)))
        if chosen is not None:
            self.add(groups[chosen.data()].people)
        menu.deleteLater()

    @Slot()
    def remove_selected(self) -> None:
        """Take the selected person out again."""
        key = self.list.selected()
        self._people = [contact for contact in self._people if contact.id != key]
        self._show_people()

    @Slot(object)
    def _show_remove(self, key: str | None) -> None:
        self.remove.setVisible(key is not None)

    def _show_people(self) -> None:
        found = addressees(self._people)
        without = {contact.id for contact in found.without}
        none = self.tr("no e-mail address")
        self.list.set_rows(
            ListRow(contact.id, contact.name, none if contact.id in without else contact.email or "")
            for contact in self._people
        )
        self.list.setVisible(bool(self._people))
        self.remove.setVisible(self.list.selected() is not None)
        why = None if found.reached else self.tr("Choose somebody with an e-mail address first.")
        note = self._note(len(found.reached), [contact.name for contact in found.without])
        self.note.setText(f"{why or ''} {note}".strip())
        self._warn()
        self.doing.set_unavailable(why)
        if self.isVisible():
            self._room.take()

    def _note(self, reached: int, without: list[str]) -> str:
        said = []
        if reached > 1:
            blind = self.tr("{count} people, as blind copies: nobody sees the addresses of the others.")
            said.append(blind.format(count=reached))
        if without:
            left_out = self.tr("Left out, without an e-mail address: {names}.")
            names = ", ".join(without[:_MOST_NAMES])
            more = len(without) - _MOST_NAMES
            if more > 0:
                names = self.tr("{names} and {count} more").format(names=names, count=more)
            said.append(left_out.format(names=names))
        return " ".join(said)

    # The caution

    def is_majority(self) -> bool:
        """Whether the message brings a majority of the commission's members together."""
        return bool(self.caution.text())

    def _warn(self) -> None:
        reached = [contact.id for contact in addressees(self._people).reached]
        together = self._desk.session.mail.members_together(reached)
        if not together.is_majority:
            self.caution.say("")
            return
        text = self.tr("{count} members of the commission together; {needed} are a quorum ({law}).")
        mine = self.tr("With you, {count} members of the commission; {needed} are a quorum ({law}).")
        words = mine if together.with_sender else text
        self.caution.say(words.format(count=together.members, needed=together.needed, law=SERIAL_MEETINGS))

    # The message

    @Slot()
    def confirm(self) -> None:
        """Accept when somebody can be reached, there is a subject, and the caution was understood."""
        problem = self.subject.problem()
        self.subject.set_error(problem)
        if problem is not None or self.doing.unavailable_because() is not None:
            return
        if self.is_majority() and not self._is_one_way():
            return
        self.accept()

    def _is_one_way(self) -> bool:
        question = self.tr("A majority of the commission reads this e-mail")
        meant = self.tr(
            "Members who discuss the commission’s business in a series of messages hold a meeting that the "
            "public cannot attend. One-way information without asking for replies is fine. Blind copies keep "
            "a reply from going to all."
        )
        return self._desk.messages.ask(question, meant, self.tr("Continue"))

    def draft(self) -> MailDraft:
        """The message as it stands; ValidationError when nobody can be reached."""
        ids = [contact.id for contact in self._people]
        return self._desk.session.mail.draft(
            ids, subject=self.subject.value(), text=self.text.value(), files=self.files
        )

    # Room

    @Slot()
    def _fit_list(self) -> None:
        self.list.setFixedHeight(theme.scaled(40) * _ROWS + 2)
        self._room.updateGeometry()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.take()


def group_words(group: "MailGroup") -> str:
    """A group with its number: Commissioners, 6; Alder Glen Friendship Society, 22 members."""
    translate = QCoreApplication.translate
    count = labels.counted(
        len(group.people),
        translate("MailDialog", "{count} person"),
        translate("MailDialog", "{count} people"),
    )
    name = group.organization or {
        "commissioners": translate("MailDialog", "Commissioners"),
        "alternates": translate("MailDialog", "Alternates"),
        "liaisons": translate("MailDialog", "Liaisons"),
        "staff": translate("MailDialog", "Staff"),
    }.get(group.kind, group.kind)
    return translate("MailDialog", "{group}, {people}").format(group=name, people=count)


def _offered(contacts: "ContactService", text: str) -> list[LookupRow]:
    return [LookupRow(one.id, one.name, one.email or "") for one in contacts.all(containing=text)[:50]]
