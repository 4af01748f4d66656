"""When somebody came and left, as it should have been recorded."""

from commission_app.gui.run.forms import RunForm
from commission_app.gui.widgets.parsed_fields import TimeField


class TimesForm(RunForm):
    """Empty: from the beginning, to the end."""

    def __init__(self, name: str) -> None:
        super().__init__(self.tr("When {name} was there").format(name=name))
        came = TimeField(self.tr("Came"), help_text=self.tr("Empty: from the beginning"))
        gone = TimeField(self.tr("Left"), help_text=self.tr("Empty: to the end"))
        self.add_row(("arrived", came), ("left", gone))
        self.set_actions(self.tr("Correct the times"), self.tr("Cancel"))
