"""The fields of a form: text, choices, check boxes, read-only values; all with the protocol of `Field`."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Unpack

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

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
    """A field of text that may count its words or characters against a limit."""

    _limit: int | None = None
    _unit: Unit = "characters"

    def _count(self, text: str) -> None:
        if self._limit is None:
            return
        if self._unit == "words":
            count, words = len(text.split()), self.tr("{count} of {limit} words")
        else:
            count, words = len(text), self.tr("{count} of {limit} characters")
        self._aside.setText(words.format(count=count, limit=self._limit))
        self._aside.set_colour("over" if count > self._limit else "ink-2")
        self._aside.setVisible(True)


class TextField(_CountedField):
    """One line of text, stripped at both ends; `limit` counts words or characters beside the label."""

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        limit: int | None = None,
        unit: Unit = "characters",
        **options: Unpack[FieldOptions],
    ) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        self._limit, self._unit = limit, unit
        edit.setPlaceholderText(placeholder)
        edit.textChanged.connect(self._recount)
        edit.textEdited.connect(self._edited)
        edit.editingFinished.connect(self._commit)
        self.set_value("")

    @Slot()
    def _recount(self) -> None:
        self._count(self.edit.text())

    @override
    def value(self) -> str:
        return self.edit.text().strip()

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
        limit: int | None = None,
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
        area.left.connect(self._commit)
        self.set_value("")

    @Slot()
    def _typed(self) -> None:
        self._count(self.area.toPlainText())
        self._edited()

    @override
    def value(self) -> str:
        return self.area.toPlainText().strip()

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
        self.set_value(kept)
        self.box.updateGeometry()

    @override
    def value(self) -> Any:
        at = self.box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    @override
    def _show(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @Slot()
    def _chosen(self) -> None:
        self._edited()
        self._commit()


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
