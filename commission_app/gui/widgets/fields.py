"""The fields of a form: text, choices, check boxes, read-only values; all with the protocol of `Field`."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Unpack

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.validation import NAME, TEXT
from commission_app.gui.widgets.choice_controls import CheckBox, ComboBox, RadioButton
from commission_app.gui.widgets.controls import LineEdit, TextArea
from commission_app.gui.widgets.field import Field, FieldOptions

__all__ = [
    "CheckField",
    "ChoiceField",
    "Field",
    "FieldOptions",
    "RadioField",
    "ReadOnlyField",
    "TextAreaField",
    "TextField",
]

Unit = Literal["characters", "words"]


class _CountedField(Field):
    """A field of text that counts: words all the time, characters where a text comes near its limit.

    Words over their limit are a matter of style, characters over theirs a problem; nothing is cut off."""

    _limit: int = 0
    _unit: Unit = "characters"

    def _count(self, text: str) -> None:
        locale = self.locale()
        if self._unit == "words":
            count, words = len(text.split()), self.tr("{count} of {limit} words")
        else:
            count, words = len(text.strip()), self.tr("{count} of {limit} characters")
        self._aside.setText(words.format(count=locale.toString(count), limit=locale.toString(self._limit)))
        self._aside.set_colour("over" if count > self._limit else "ink-2")
        self._aside.setVisible(self._unit == "words" or count * 5 >= self._limit * 4)

    @override
    def problem(self) -> str | None:
        over = len(self.value()) - self._limit
        if self._unit == "characters" and over > 0:
            one = self.tr("This is {count} character too long.")
            many = self.tr("This is {count} characters too long.")
            return (one if over == 1 else many).format(count=self.locale().toString(over))
        return super().problem()

    def _say_removed(self, removed: Sequence[str]) -> None:
        """Say what was taken out of a text that was pasted."""
        text = self.tr("Taken out of the pasted text: {what}.").format(what=", ".join(removed))
        self._set_echo(text if removed else "")


class TextField(_CountedField):
    """One line of text, stripped at both ends; `limit` counts words or characters beside the label.

    Characters that nobody sees are taken out of what is pasted, and that is said."""

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        limit: int = NAME,
        unit: Unit = "characters",
        **options: Unpack[FieldOptions],
    ) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        self._limit, self._unit = limit, unit
        edit.setPlaceholderText(placeholder)
        edit.textChanged.connect(self._recount)
        edit.textEdited.connect(self._typed)
        edit.editingFinished.connect(self._commit)
        self.set_value("")

    @Slot()
    def _recount(self) -> None:
        self._count(self.edit.text())

    @Slot()
    def _typed(self) -> None:
        self._say_removed(self.edit.take_out_unseen())
        self._edited()

    @override
    def value(self) -> str:
        return self.edit.text().strip()

    @override
    def typed(self) -> str:
        return self.edit.text()

    @override
    def _show(self, value: str | None) -> None:
        self.edit.setText(value or "")
        self.edit.show_start()
        self._count(self.edit.text())


class TextAreaField(_CountedField):
    """Several lines of text; grows from `least` to `most` lines."""

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        limit: int = TEXT,
        unit: Unit = "characters",
        least: int = 2,
        most: int = 12,
        **options: Unpack[FieldOptions],
    ) -> None:
        area = TextArea(least, most)
        super().__init__(label, area, **options)
        self.area = area
        self._limit, self._unit = limit, unit
        area.setPlaceholderText(placeholder)
        area.textChanged.connect(self._typed)
        area.pasted.connect(self._pasted)
        area.left.connect(self._commit)
        self.told.connect(area.reveal_soon)
        self.set_value("")

    @Slot()
    def _typed(self) -> None:
        self._count(self.area.toPlainText())
        self._set_echo("")
        self._edited()

    @Slot(object)
    def _pasted(self, removed: tuple[str, ...]) -> None:
        self._say_removed(removed)

    @override
    def value(self) -> str:
        return self.area.toPlainText().strip()

    @override
    def typed(self) -> str:
        return self.area.toPlainText()

    @override
    def _show(self, value: str | None) -> None:
        self.area.setPlainText(value or "")
        self._count(self.area.toPlainText())


class ChoiceField(Field):
    """One of a few values, each with its words; nothing chosen is None and shows the placeholder."""

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[Any, str]] = (),
        *,
        placeholder: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        box = ComboBox()
        super().__init__(label, box, **options)
        self.box = box
        self._values: list[Any] = []
        box.setPlaceholderText(placeholder or self.tr("Choose"))
        self.set_choices(choices)
        box.activated.connect(self._chosen)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other values, keeping the chosen one if it is still among them."""
        kept = self.value() if self._values else None
        self._values = []
        self.box.clear()
        for value, text in choices:
            self._values.append(value)
            self.box.addItem(text)
        begun, given = self._begun, self._given
        self.set_value(kept)
        self._begun, self._given = begun, given
        self.box.updateGeometry()

    @override
    def value(self) -> Any:
        at = self.box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    @override
    def _show(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @override
    def typed(self) -> str | None:
        return None if self.value() is None else str(self.value())

    @override
    def _put(self, typed: Any) -> None:
        self._show(_kept_one(self._values, typed))

    @Slot()
    def _chosen(self) -> None:
        self._edited()
        self._commit()


def _kept_one(values: Iterable[Any], typed: Any) -> Any:
    """The one of some values that a draft kept as text."""
    return next((value for value in values if value is not None and str(value) == typed), None)


class CheckField(Field):
    """Yes or no: a check box with its words at the right; a label above is for a group of them."""

    def __init__(
        self,
        text: str,
        *,
        label: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        box = CheckBox(text)
        options.setdefault("name", text)
        super().__init__(label, box, **options)
        self.box = box
        box.clicked.connect(self._clicked)
        self.set_value(False)

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def _show(self, value: bool | None) -> None:
        self.box.setChecked(bool(value))

    @Slot()
    def _clicked(self) -> None:
        self._edited()
        self._commit()


class RadioField(Field):
    """One of a few values, all of them in view."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[Any, str]],
        **options: Unpack[FieldOptions],
    ) -> None:
        holder = QWidget()
        super().__init__(label, holder, **options)
        self._values = [value for value, _ in choices]
        self.buttons = [RadioButton(text, holder) for _, text in choices]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for button in self.buttons:
            self._group.addButton(button)
            column.addWidget(button)
        if self.buttons:
            holder.setFocusProxy(self.buttons[0])
        self._group.buttonClicked.connect(self._clicked)

    @override
    def value(self) -> Any:
        return next((v for v, b in zip(self._values, self.buttons, strict=True) if b.isChecked()), None)

    @override
    def _show(self, value: Any) -> None:
        self._group.setExclusive(False)
        for held, button in zip(self._values, self.buttons, strict=True):
            button.setChecked(held == value)
        self._group.setExclusive(True)

    @override
    def typed(self) -> str | None:
        return None if self.value() is None else str(self.value())

    @override
    def _put(self, typed: Any) -> None:
        self._show(_kept_one(self._values, typed))

    @Slot()
    def _clicked(self) -> None:
        self._edited()
        self._commit()


class ReadOnlyField(Field):
    """A value that cannot be changed here, with a lock; it can be selected and copied."""

    def __init__(self, label: str, text: str = "", **options: Unpack[FieldOptions]) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        edit.setReadOnly(True)
        edit.add_icon("locked", tip=self.tr("Cannot be changed here"))
        self.set_value(text)

    @override
    def value(self) -> str:
        return self.edit.text()

    @override
    def _show(self, value: str | None) -> None:
        self.edit.setText(value or "")
        self.edit.show_start()
