"""The two questions about posting: making the copy that leaves the house, and voiding a posting."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from commission_app.domain.agenda_check import CheckLine
from commission_app.domain.meetings import Posting
from commission_app.gui import labels
from commission_app.gui.meetings.durations import span
from commission_app.gui.meetings.void_dialog import VoidingDialog
from commission_app.gui.widgets.dialog import Dialog

_MOST_LINES = 6


class PostDialog(Dialog):
    """Asks before a posting copy is made: how the check stands, and how long before the deadline it is."""

    def __init__(
        self,
        checks: Sequence[CheckLine],
        left: timedelta,
        deadline: datetime,
        *,
        is_revised: bool,
        parent: QWidget | None = None,
    ) -> None:
        open_lines = [line for line in checks if not line.ok]
        warns = bool(open_lines) or left < timedelta()
        super().__init__(
            self._tr_question(is_revised),
            self._tr_body(is_revised),
            doing=self._tr_doing(is_revised, warns),
            safe=self.tr("Cancel"),
            parent=parent,
        )
        good = len(checks) - len(open_lines)
        counted = self.tr("{good} of {all} checks in order").format(good=good, all=len(checks))
        if open_lines:
            self.add_fact(counted, "warning", "warn")
        else:
            self.add_fact(counted)
        for line in open_lines[:_MOST_LINES]:
            self.add_fact(line.text, "warning", "warn")
        if len(open_lines) > _MOST_LINES:
            more = self.tr("{count} more in the agenda check").format(count=len(open_lines) - _MOST_LINES)
            self.add_fact(more, "warning", "warn")
        self._tell_deadline(left, deadline)

    def _tell_deadline(self, left: timedelta, deadline: datetime) -> None:
        if left >= timedelta():
            self.add_fact(self.tr("{span} before the deadline").format(span=span(left)))
            return
        late = self.tr("The deadline was {moment}. This posting is {span} late; the record will say so.")
        self.add_fact(late.format(moment=labels.moment_short(deadline), span=span(left)), "overdue", "over")

    def _tr_question(self, is_revised: bool) -> str:
        return self.tr("Make a revised copy?") if is_revised else self.tr("Post this agenda?")

    def _tr_body(self, is_revised: bool) -> str:
        if is_revised:
            return self.tr(
                "The agenda as it stands is frozen as the next posting copy, marked REVISED with its number "
                "and today’s date. Earlier copies stay in the file. Then say where the new copy was put up."
            )
        return self.tr(
            "The agenda is frozen as the posting copy, without the DRAFT mark, and kept in the file. "
            "A later change is marked REVISED on paper. Then say where and when it was put up."
        )

    def _tr_doing(self, is_revised: bool, warns: bool) -> str:
        if warns:
            return self.tr("Post anyway")
        return self.tr("Make revised copy") if is_revised else self.tr("Post agenda")


class VoidDialog(VoidingDialog):
    """Asks for the reason why a posting is voided."""

    def __init__(self, posting: Posting, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Void the posting at {place}?").format(place=posting.place),
            self.tr("It stays in the record, marked as voided with your reason, and no longer counts."),
            self.tr("Void the posting"),
            parent,
        )
