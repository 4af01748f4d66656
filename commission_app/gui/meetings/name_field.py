"""A line of text that offers the names of people the commission knows, and takes any other."""

from collections.abc import Sequence
from typing import Unpack

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from commission_app.gui.widgets.choice_controls import PopupDelegate, popup_list
from commission_app.gui.widgets.fields import FieldOptions, TextField
from commission_app.gui.widgets.record_model import folded


class NameField(TextField):
    """Free text with completion: the arrow shows all names, typing narrows them, marks aside."""

    def __init__(
        self, label: str, names: Sequence[tuple[str, str]] = (), **options: Unpack[FieldOptions]
    ) -> None:
        super().__init__(label, **options)
        self._names = list(names)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = popup_list()
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self.edit)
        self._completer.setMaxVisibleItems(8)
        action = self.edit.add_icon("down", tip=self.tr("Show the names"))
        action.triggered.connect(self.open_list)
        self.edit.textEdited.connect(self._narrow)
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index] # overloaded

    def set_names(self, names: Sequence[tuple[str, str]]) -> None:
        """Offer other names, each with what tells who it is."""
        self._names = list(names)

    def offered(self) -> list[str]:
        """What the list shows now."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    @Slot()
    def open_list(self) -> None:
        """Show all names."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill("")
        self._completer.complete()

    def _fill(self, text: str) -> None:
        words = folded(text.strip()).split()
        self._model.clear()
        for name, detail in self._names:
            if all(word in folded(name) for word in words):
                item = QStandardItem(name)
                item.setData(detail, PopupDelegate.detail_role)
                self._model.appendRow(item)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self._fill(text)
        same = self._model.rowCount() == 1 and self.offered()[0] == text.strip()
        if text.strip() and self._model.rowCount() and not same:
            self._completer.complete()
        else:
            self._popup.hide()

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        self.edit.setText(str(index.data()))
        self._edited()
        self._commit()
