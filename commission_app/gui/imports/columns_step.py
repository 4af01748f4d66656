"""The second step of an import: how the file is read, and what each of its columns holds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import HowRead, ImportTable, fields_of
from commission_app.gui import labels, theme
from commission_app.gui.imports.words import (
    ImportKind,
    encoding_words,
    field_word,
    needed_word,
    separator_words,
)
from commission_app.gui.widgets.fields import CheckField, ChoiceField, Field, RadioField
from commission_app.gui.widgets.text import Elided, Hairline, Paragraph, Text

_EXAMPLES: Final = 4
_LOOKED_AT: Final = 50  # cells from which examples are taken
_LONGEST: Final = 60  # letters of an example
_RING: Final = 4  # pixels around a part, for the ring of the keyboard


class ColumnsStep(QWidget):
    """Choices that take effect at once: `read_anew` sends how the file is to be read, `changed` that
    another column was chosen or a question answered.
    """

    read_anew = Signal(object)
    changed = Signal()

    def __init__(self, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._how = HowRead()
        self.how = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.doubt = Paragraph("", "label", "over", parent=self)
        self.sheet = ChoiceField(self.tr("Sheet"))
        self.encoding = ChoiceField(self.tr("Letters"), encoding_words())
        self.separator = ChoiceField(self.tr("Cells separated by"), separator_words())
        self.has_header = CheckField(self.tr("A row names the columns"))
        self.header_row = ChoiceField(self.tr("Which row"))
        self.day_order = RadioField(
            self.tr("Days like 3/4/2026 are"),
            [(False, self.tr("March 4, month first")), (True, self.tr("April 3, day first"))],
        )
        self.cents = RadioField(
            self.tr("Amounts like 12,50 or 1.250 are"),
            [
                (True, self.tr("12.50 and 1,250.00: the comma comes before the cents")),
                (False, self.tr("written as in the USA: the point comes before the cents")),
            ],
        )
        self.needed = Paragraph("", "label", "over", parent=self)
        self.columns: list[ChoiceField] = []
        self._rows = QVBoxLayout()
        self._lay_out()
        for field in (self.sheet, self.encoding, self.separator, self.has_header, self.header_row):
            field.committed.connect(self._read_anew)
        for question in (self.day_order, self.cents):
            question.hide()
            question.committed.connect(self.changed)

    def _lay_out(self) -> None:
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 12, _RING)
        inner.setSpacing(12)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for field in (self.sheet, self.encoding, self.separator):
            field.setMaximumWidth(theme.scaled(220))
            choices.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        choices.addStretch(1)
        self._rows.setSpacing(0)
        inner.addWidget(self.how)
        inner.addWidget(self.doubt)
        inner.addLayout(choices)
        for part in (self.has_header, self.header_row, self.day_order, self.cents):
            row = QHBoxLayout()
            row.setContentsMargins(0 if part is self.header_row else _RING, 0, 0, 0)
            row.addWidget(part)
            inner.addLayout(row)
        inner.addWidget(self.needed)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    # What is shown

    def show_table(self, table: ImportTable, mapping: Mapping[str, int], source: str) -> None:
        """Show how a list was read, and its columns with what they hold."""
        self._how = table.read
        rows = labels.counted(len(table.lines), self.tr("{count} row"), self.tr("{count} rows"))
        self.how.setText(self.tr("{source}: {rows}.").format(source=source, rows=rows))
        self.doubt.setText(table.doubt)
        self.doubt.setVisible(bool(table.doubt))
        self.sheet.set_choices([(name, name) for name in table.sheets])
        self.sheet.set_value(table.read.sheet)
        self.sheet.setVisible(len(table.sheets) > 1)
        self.encoding.set_value(table.read.encoding)
        self.separator.set_value(table.read.separator)
        for field in (self.encoding, self.separator):
            field.setVisible(table.read.encoding is not None)
        self.has_header.set_value(table.read.has_header)
        told = self.tr("Row {number}: {cells}")
        tops = [(row.number, ", ".join(filter(None, row.cells))[:_LONGEST]) for row in table.tops]
        self.header_row.set_choices([(at, told.format(number=at, cells=cells)) for at, cells in tops])
        self.header_row.set_value(table.read.header_row)
        self.header_row.setVisible(bool(table.read.has_header) and len(table.tops) > 1)
        self._make_columns(table, mapping)
        self._tell_needed()

    def _make_columns(self, table: ImportTable, mapping: Mapping[str, int]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        held = {at: field for field, at in mapping.items()}
        choices: list[tuple[str | None, str]] = [(None, self.tr("Not imported"))]
        choices += [(name, field_word(name)) for name in fields_of(self._kind)]
        self.columns = []
        for at in range(table.width):
            name = table.header[at] if at < len(table.header) else ""
            name = name or self.tr("Column {number}").format(number=at + 1)
            field = ChoiceField("", choices, name=self.tr("What {column} holds").format(column=name))
            field.set_value(held.get(at))
            field.committed.connect(self._chosen)
            self.columns.append(field)
            self._rows.addWidget(Hairline(parent=self))
            self._rows.addWidget(_ColumnRow(name, table.column(at, _LOOKED_AT), field, self))

    def _tell_needed(self) -> None:
        missing = lacking(self._kind, self.mapping())
        words = self.tr("Say which column holds {what}.")
        self.needed.setText(" ".join(words.format(what=needed_word(what)) for what in missing))
        self.needed.setVisible(bool(missing))

    def ask(self, question: str) -> bool:
        """Ask how days (`day_first`) or amounts (`decimal_comma`) are meant; whether that is known."""
        field = self.day_order if question == "day_first" else self.cents
        field.show()
        return field.value() is not None

    def focus_question(self) -> None:
        """Put the keyboard on the question that has no answer yet."""
        for field in self._asked():
            if field.value() is None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def forget_questions(self) -> None:
        """Another list: nothing was asked of it yet."""
        for question in (self.day_order, self.cents):
            question.hide()
            question.set_value(None)

    # What was chosen

    def mapping(self) -> dict[str, int]:
        """Field to column, from 0."""
        return {field.value(): at for at, field in enumerate(self.columns) if field.value()}

    def _asked(self) -> list[RadioField]:
        return [field for field in (self.day_order, self.cents) if field.isVisibleTo(self)]

    def answers(self) -> dict[str, bool | None]:
        """How days and amounts are meant, where that was asked; None lets the list tell."""
        asked = self._asked()
        return {name: value if field in asked else None for name, field, value in self._questions()}

    def meant(self) -> dict[str, bool | None]:
        """How days and amounts are meant in lists like this one, as far as anybody said."""
        return {name: value for name, _, value in self._questions()}

    def _questions(self) -> tuple[tuple[str, RadioField, bool | None], ...]:
        days, cents = self.day_order, self.cents
        return ("day_first", days, days.value()), ("decimal_comma", cents, cents.value())

    def why_not(self) -> str | None:
        """Why the rows cannot be checked yet."""
        if self.needed.isVisibleTo(self):
            return self.needed.text()
        if any(field.value() is None for field in self._asked()):
            return self.tr("Answer the question first.")
        return None

    @Slot()
    def _chosen(self) -> None:
        """A field stands in one column only: another one that held it gives it up."""
        chosen = self.sender()
        if isinstance(chosen, Field):
            for field in self.columns:
                if field is not chosen and field.value() == chosen.value():
                    field.set_value(None)
        self._tell_needed()
        self.changed.emit()

    @Slot()
    def _read_anew(self) -> None:
        how = replace(
            self._how,
            encoding=self.encoding.value() if self.encoding.isVisibleTo(self) else None,
            separator=self.separator.value() if self.separator.isVisibleTo(self) else None,
            sheet=self.sheet.value(),
            has_header=self.has_header.value() if self.sender() is self.has_header else None,
            header_row=self.header_row.value() if self.sender() is self.header_row else None,
        )
        self.read_anew.emit(how)


class _ColumnRow(QWidget):
    """A column: its name, some of what stands in it, and the field that it holds."""

    def __init__(self, name: str, cells: list[str], field: ChoiceField, parent: QWidget) -> None:
        super().__init__(parent)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Elided(name, "medium", parent=self))
        distinct = list(dict.fromkeys(cell[:_LONGEST] for cell in cells))[:_EXAMPLES]
        shown = " · ".join(" ".join(cell.split()) for cell in distinct) or self.tr("Empty")
        words.addWidget(Elided(shown, "meta", "ink-2", self))
        field.setFixedWidth(theme.scaled(240))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 4, 8)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
