"""The keys at the foot of the run screen: what can be done now, each with its key, and when it was saved."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.run import lettering
from commission_app.gui.run.keys import Do, RunKey
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.menus import Menu, key_text
from commission_app.gui.widgets.text import Elided, IconLabel, Surface
from commission_app.gui.widgets.with_focus import Lit, Ringed

_HEIGHT, _PADDING, _GAP, _SPACE = 52, 28, 8, 24


class KeyButton(Lit, Ringed, QPushButton):
    """A key and what it does; pressing it does the same."""

    ring_radius = 6

    wanted = Signal(object)

    def __init__(self, key: RunKey, cap: str = "", parent: QWidget | None = None) -> None:
        super().__init__(key.words, parent)
        self.key, self._cap = key, cap or key_text(key.key)
        self.setAccessibleName(self.tr("{what}, key {key}").format(what=key.words, key=self._cap))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font("run-body"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the keyboard where it is
        self.clicked.connect(self._press)

    @Slot()
    def _press(self) -> None:
        self.wanted.emit(self.key)

    @override
    def sizeHint(self) -> QSize:
        words = painting.text_width("run-body", self.text())
        return QSize(
            int(lettering.cap_width(self._cap) + theme.scaled(_GAP) + words) + 2, theme.scaled(_HEIGHT - 16)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        left = lettering.key_cap(painter, QPointF(0, area.center().y()), self._cap) + theme.scaled(_GAP)
        ink = "ink" if self.underMouse() else "ink-2"
        painting.write(painter, area.adjusted(left, 0, 2, 0), self.text(), "run-body", ink)
        painter.end()


class KeyBar(Surface):
    """`wanted` sends what was pressed, `answered` the key of an answer for the line that has the keyboard.
    What does not fit is in the menu of the last key.
    """

    wanted = Signal(object)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("inset", parent)
        self._keys: tuple[RunKey, ...] = ()
        self._people = ""
        self._menu: Menu | None = None
        self.buttons: list[KeyButton] = []
        self._check = IconLabel("check", "ink-3", 16, self)
        self.saved = Elided("", "run-least", "ink-2", self)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.scaled(_SPACE))
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, 0, _PADDING, 0)
        row.setSpacing(6)
        row.addLayout(self._row)
        row.addStretch(1)
        row.addWidget(self._check)
        row.addWidget(self.saved)
        theme.notifier().changed.connect(self._rebuild)
        self._rebuild()

    def show_keys(self, keys: tuple[RunKey, ...], people: str) -> None:
        """Show what can be done now; `people` is the range of the keys of persons, such as 1 to 9."""
        if (keys, people) != (self._keys, self._people):
            self._keys, self._people = keys, people
            self._rebuild()

    def keys(self) -> tuple[RunKey, ...]:
        """What can be done now, shown or in the menu."""
        return self._keys

    def show_saved(self, text: str) -> None:
        """Say when the last change was saved."""
        if text == self.saved.text():
            return
        self.saved.set_text(text)
        self._check.setVisible(bool(text))
        self._fit()

    @Slot()
    def _rebuild(self) -> None:
        self.setFixedHeight(theme.scaled(_HEIGHT))
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for key in self._keys:
            button = KeyButton(key, self._people if key.do is Do.PERSON else "", self)
            button.wanted.connect(self._want)
            self._row.addWidget(button)
            self.buttons.append(button)
        self._fit()

    def _fit(self) -> None:
        """Show as many keys as there is room for; the last one, which lists them all, always."""
        if not self.buttons:
            return
        saved = self.saved.sizeHint().width() + theme.scaled(40)
        room = self.width() - 2 * _PADDING - saved
        gap = self._row.spacing()
        room -= self.buttons[-1].sizeHint().width()
        for button in self.buttons[:-1]:
            room -= button.sizeHint().width() + gap
            button.setVisible(room >= 0)
        self.buttons[-1].show()

    @Slot(object)
    def _want(self, key: RunKey) -> None:
        if key.do is Do.MORE:
            self.open_menu()
        elif key.do is Do.ANSWER:
            self.answered.emit(key.key)
        else:
            self.wanted.emit(key.do)

    def open_menu(self) -> Menu:
        """List what can be done now, with the keys."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        for key in self._keys:
            if key.do is Do.MORE:
                continue
            cap = self._people if key.do is Do.PERSON else key_text(key.key)
            action = menu.addAction(f"{key.words[:1].upper()}{key.words[1:]}\t{cap}")
            action.setData(key.key if key.do is Do.ANSWER else key.do.value)
            action.triggered.connect(self._chosen)
        last = self.buttons[-1]
        above = QPointF(0, -menu.sizeHint().height()).toPoint()
        menu.popup(last.mapToGlobal(above))
        return menu

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        data = str(action.data())
        if data in list(Do):
            self.wanted.emit(Do(data))
        else:
            self.answered.emit(data)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
