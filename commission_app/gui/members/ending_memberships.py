"""Asks for the last day of memberships that end together."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.gui import labels
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.dialog import Dialog

_NAMED = 6


class EndMemberships(Dialog):
    """A question with a day; `confirmed` sends it."""

    confirmed = Signal(object)

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        translate = QCoreApplication.translate
        question = labels.counted(
            len(names),
            translate("EndMemberships", "End this membership?"),
            translate("EndMemberships", "End {count} memberships?"),
        )
        body = translate("EndMemberships", "They stay in the record, with this as their last day.")
        doing, safe = translate("EndMemberships", "End"), translate("EndMemberships", "Keep")
        super().__init__(question, body, doing=doing, safe=safe, parent=parent)
        for name in names[:_NAMED]:
            self.add_fact(name, "person", "ink-2")
        if len(names) > _NAMED:
            others = self.tr("and {count} more").format(count=len(names) - _NAMED)
            self.add_fact(others, "members", "ink-2")
        self.day = day_field(self.tr("Last day"), labels.today(), required=True)
        self.day.set_value(labels.today())
        self.add_widget(self.day)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.confirm)
        self.day.setFocus()

    @Slot()
    def confirm(self) -> None:
        """Take the day, where it is one."""
        problem, day = self.day.problem(), self.day.value()
        self.day.set_error(problem)
        if not problem and isinstance(day, date):
            self.confirmed.emit(day)
            self.accept()
