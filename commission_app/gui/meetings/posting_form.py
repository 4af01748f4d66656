"""Where, when and by whom a copy was put up: several places are recorded at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import local_instant, parse_day
from commission_app.domain.meetings import PostingCopy
from commission_app.domain.present import Present
from commission_app.errors import ValidationError
from commission_app.gui.meetings.name_field import NameField
from commission_app.gui.widgets.fields import CheckField, ChoiceField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.parsed_fields import DateField, TimeField
from commission_app.gui.widgets.text import Text

_FIELDS = {"place": "other", "posted_at": "day"}


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the places, and the rest that holds for all of them."""

    places: tuple[str, ...]
    by: str
    at: datetime
    copy: int | None


class PostingForm(Form):
    """One box for each of the commission's places and a line for another one."""

    def __init__(
        self,
        places: Sequence[str],
        copies: Sequence[PostingCopy],
        people: Sequence[tuple[str, str]],
        *,
        who: str,
        present: Present,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(boxed=True, parent=parent)
        self._zone: ZoneInfo = present.zone
        self._asks_other = not places
        self.add_widget(Text(self.tr("Record a posting"), "heading", parent=self))
        self.places = [
            CheckField(place, label=self.tr("Where") if not at else "") for at, place in enumerate(places)
        ]
        boxes = QWidget(self)
        column = QVBoxLayout(boxes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.places:
            box.set_value(True)
            column.addWidget(box)
        if places:
            self.add_widget(boxes)
        words = self.tr("Another place") if places else self.tr("Where")
        self.other = self.add("other", TextField(words, required=self._asks_other))
        self.by = self.add("by", NameField(self.tr("Put up by"), people))
        self.day = DateField(
            self.tr("Day"),
            partial(parse_day, today=present.today, near=present.today),
            today=present.today,
            required=True,
        )
        self.time = TimeField(self.tr("Time"), required=True)
        self.copy = ChoiceField(
            self.tr("Which copy"),
            [
                *(
                    (copy.number, self.tr("Copy {number}").format(number=copy.number))
                    for copy in reversed(copies)
                ),
                (None, self.tr("A paper not in this file")),
            ],
        )
        self.add_row(("day", self.day), ("time", self.time), ("copy", self.copy), stretches=(3, 2, 4))
        self.set_actions(self.tr("Record the posting"), self.tr("Cancel"))
        now = present.local
        self.by.set_value(who)
        self.day.set_value(now.date())
        self.time.set_value(now.time().replace(second=0, microsecond=0))
        self.copy.set_value(copies[-1].number if copies else None)

    def entered(self) -> Entered | None:
        """What was entered; None after saying under the fields what is wrong."""
        places = [box.box.text() for box in self.places if box.value()]
        if self.other.value():
            places.append(self.other.value())
        if not places:
            self.show_errors({"place": self.tr("Say where it was put up.")})
            return None
        day, hour = self.day.value(), self.time.value()
        if day is None or hour is None:
            self.show_errors(self.problems())
            return None
        try:
            at = local_instant(datetime.combine(day, hour), self._zone)
        except ValidationError as error:
            self.show_errors({"time": error.problems[0].message})
            return None
        return Entered(tuple(places), self.by.value(), at, self.copy.value())

    @override
    def show_errors(self, errors: Mapping[str, str]) -> None:
        super().show_errors({_FIELDS.get(name, name): message for name, message in errors.items()})
