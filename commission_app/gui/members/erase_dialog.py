"""Erasing a person's data: what is replaced, what stays, why, and whether the older backups go too."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import CommissionError, ValidationError
from commission_app.gui import theme
from commission_app.gui.backups import words as backup_words
from commission_app.gui.copies.passphrase import fit_height
from commission_app.gui.preferences import Preferences
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextAreaField
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.erasure import ErasurePlan

_HEAD_AND_BUTTONS = 230


class EraseDialog(Dialog):
    """The question, with the reason typed; erases when confirmed, and tells what went wrong in itself."""

    def __init__(self, desk: "Desk", plan: "ErasurePlan", parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Erase the data of {name}?").format(name=plan.contact.name),
            self.tr(
                "Name, e-mail, telephone, address, language and note are replaced everywhere in the file: in "
                "the record, its history, searches and what was typed and not saved. This cannot be undone."
            ),
            doing=self.tr("Erase"),
            safe=self.tr("Cancel"),
            danger=True,
            parent=parent,
        )
        self._desk, self._plan = desk, plan
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(10)
        holder = QWidget()
        holder.setLayout(self._inside)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(holder)
        self.content.addWidget(self._scroll)
        self._tell()
        self.reason = TextAreaField(
            self.tr("Why"),
            required=True,
            least=2,
            most=3,
            help_text=self.tr("Kept in the history. No names."),
        )
        self.active = CheckBox(self.tr("Erase although this person is still active"), self)
        self.active.setVisible(bool(plan.standing))
        self.papers = CheckBox(self.tr("Remove the files kept with this contact"), self)
        self.papers.setChecked(True)
        self.papers.setVisible(bool(plan.papers))
        self.backups = CheckBox(self.tr("Make a new backup, then remove the older ones"), self)
        self.backups.setVisible(bool(plan.backups))
        self.problem = Paragraph("", "label", "over", parent=self)
        self.problem.hide()
        zone = desk.session.context.today().zone
        named = [
            f"{backup_words.moment(one.made_at, zone)}, {backup_words.reason_words(one.reason)}"
            for one in plan.backups
        ]
        for widget in (self.problem, self.reason, self.active, self.papers):
            self._inside.addWidget(widget)
        self._list(self.tr("Files kept with this contact:"), plan.papers)
        self._inside.addWidget(self.backups)
        self._list(self.tr("These backups have the data:"), named)
        title = self.tr("Backups of other copies of this record have it too. Open those to erase it there:")
        self._list(title, plan.other_copies)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.erase)
        self.active.toggled.connect(self._allow)
        self._allow()

    def _tell(self) -> None:
        plan = self._plan
        stays = ", ".join(plan.stays) or self.tr("nothing yet")
        text = self.tr("What they did stays, under “{name}”: {stays}.")
        self._fact(text.format(name=plan.new_name, stays=stays))
        self._fact(self.tr("Posted agendas are public papers and are not changed."))
        self._fact(
            self.tr("Copies on other computers are not changed: ask whoever has one."), "info", "ink-2"
        )
        if plan.standing:
            self._fact(f"{plan.contact.name} {', '.join(plan.standing)}.", "warning", "warn")
        first = self.tr(
            "Change these texts first. Erasing leaves them as they are, and what you change in them later "
            "stays in the history:"
        )
        self._list(first, plan.by_hand)
        self._list(self.tr("These keys have the name and are replaced:"), plan.keys)

    def _fact(self, text: str, icon: str = "ok", role: str = "ok") -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, role, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Paragraph(text, "body"), 1)
        self._inside.addLayout(row)

    def _list(self, title: str, texts: Iterable[str]) -> None:
        listed = list(texts)
        if listed:
            self._inside.addWidget(Text(title, "label", "ink-2", wrap=True))
            lines = [text[:1].upper() + text[1:] for text in listed]
            self._inside.addWidget(Paragraph("\n".join(lines), "meta", "ink-2"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    @Slot()
    def fit(self) -> None:
        """Be as high as what is said, up to a limit; then it scrolls."""
        wanted = self._inside.totalHeightForWidth(theme.scaled(384)) + 8
        below = self.parentWidget()
        room = (below.height() if below is not None else wanted) - theme.scaled(_HEAD_AND_BUTTONS)
        self._scroll.setFixedHeight(max(theme.scaled(120), min(wanted, room)))
        fit_height(self)

    @Slot()
    def _allow(self) -> None:
        may = not self._plan.standing or self.active.isChecked()
        self.doing.set_unavailable(
            None if may else self.tr("This person is still active: confirm that first.")
        )

    @Slot()
    def erase(self) -> None:
        """Erase, if the reason is as it must be; then the backups, if that was wanted."""
        service, plan = self._desk.session.erasure, self._plan
        self.problem.hide()
        try:
            service.erase(
                plan.contact.id,
                self.reason.value() or "",
                although_active=self.active.isChecked(),
                with_papers=self.papers.isChecked(),
            )
            if self.backups.isChecked():
                service.remove_backups(plan.backups)
        except ValidationError as error:
            self.reason.set_error(error.by_field().get("reason", ""))
            self.reason.setFocus()
            return
        except CommissionError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.fit()
            return
        Preferences().forget_person(plan.contact.name)
        self._desk.messages.done(
            self.tr("Erased. What they did stays under “{name}”.").format(name=plan.new_name), undo=False
        )
        self.accept()


def ask_to_erase(desk: "Desk", contact_id: str, parent: QWidget) -> None:
    """Open the question for one person."""
    dialog = EraseDialog(desk, desk.session.erasure.plan(contact_id), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
