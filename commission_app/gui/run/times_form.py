"""When somebody came and left, as it should have been recorded."""

from datetime import time

from commission_app.domain.dates import parse_time_near
from commission_app.gui.run.forms import RunForm
from commission_app.gui.widgets.parsed_fields import TimeField


class TimesForm(RunForm):
    """Empty: from the beginning, to the end."""

    def __init__(self, name: str, starts: time) -> None:
        super().__init__(self.tr("When {name} was there").format(name=name))
        self._starts = starts
        came = TimeField(self.tr("Came"), self._read, help_text=self.tr("Empty: from the beginning"))
        gone = TimeField(self.tr("Left"), self._read, help_text=self.tr("Empty: to the end"))
        self.add_row(("arrived", came), ("left", gone))
        self.set_actions(self.tr("Correct the times"), self.tr("Cancel"))

    def _read(self, text: str) -> time:
        return parse_time_near(text, self._starts)
