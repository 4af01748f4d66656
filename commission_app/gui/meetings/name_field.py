"""A line of text that offers the names of people the commission knows, and takes any other."""

from collections.abc import Sequence
from typing import Unpack

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter
from typing_extensions import override

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
        self._popup.installEventFilter(self)
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

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the name that is marked; without one it is about what was typed."""
        if watched is self._popup and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not self._popup.selectedIndexes():
                self._popup.hide()
                return True
        return super().eventFilter(watched, event)

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
