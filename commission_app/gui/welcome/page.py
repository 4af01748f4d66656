"""The welcome page: a whole window without header and sidebar; create, open, or look at a sample."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.help import roles
from commission_app.gui.preferences import Preferences
from commission_app.gui.welcome.tiles import WIDTH, RecentButton, Tile
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.text import Hairline, Paragraph, Surface, Text
from commission_app.gui.widgets.world_map import Place, PlaceKind, WorldMap

_LEFT, _LOGO = 112, 56
_MOST_RECENT: Final = 4
#: The places of the map that says nothing: a city in California and some it might write to.
_PLACES: Final = (
    Place("home", 37.4, -121.9, PlaceKind.HOME),
    Place("tsukuba", 36.2, 140.1, PlaceKind.PLAIN),
    Place("hue", 16.5, 107.6, PlaceKind.PLAIN),
    Place("oslo", 59.9, 30.3, PlaceKind.PLAIN),
    Place("potosi", 22.2, -101.0, PlaceKind.PLAIN),
    Place("auckland", -37.0, 174.8, PlaceKind.PLAIN),
)


class _Seal(QLabel):
    """The program's own mark in the accent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_LOGO, _LOGO)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(QPointF(0, 0), icons.drawing("seal.svg", "accent", QSize(_LOGO, _LOGO), ratio))
        painter.end()


class WelcomePage(Surface):
    """What is shown while no file is open.

    `created` sends the commission entered and the path of its file; `look_chosen` a theme and a text size;
    `recover_wanted` asks for the files that can be brought back from a backup, `receive_wanted` for the
    folder of a hand-over."""

    open_chosen = Signal()
    sample_chosen = Signal()
    file_chosen = Signal(object)
    created = Signal(object, object)
    help_wanted = Signal()
    topic_wanted = Signal(str)
    recover_wanted = Signal()
    receive_wanted = Signal()
    look_chosen = Signal(object, int)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._preferences = preferences
        self._form: QWidget | None = None
        self.create_tile = Tile(
            "add",
            self.tr("Create the commission’s file"),
            self.tr("Name and city, rules, seats and first members."),
            filled=True,
            parent=self,
        )
        self.open_tile = Tile(
            "folder",
            self.tr("Open a file"),
            self.tr("A .commission file from this computer, a stick or an e-mail."),
            parent=self,
        )
        self.sample_tile = Tile(
            "eye",
            self.tr("Look at a sample"),
            self.tr("Alder Glen, California: an invented city with a busy year."),
            parent=self,
        )
        self.recent: list[RecentButton] = []
        self.map = WorldMap(decorative=True, parent=self)
        self.map.set_places(list(_PLACES))
        self._lay_out()
        self.create_tile.clicked.connect(self.begin_creating)
        self.open_tile.clicked.connect(self.open_chosen)
        self.sample_tile.clicked.connect(self.sample_chosen)
        self.setFocusProxy(self.create_tile)

    # Layout

    def _lay_out(self) -> None:
        self._faces = QStackedWidget(self)
        self._faces.addWidget(self._tiles())
        self._side = QHBoxLayout()
        self._side.setContentsMargins(_LEFT, 0, 24, 0)
        self._side.setSpacing(40)
        self._side.addWidget(self._faces)
        self._side.addWidget(self.map, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._side, 1)
        column.addLayout(self._foot())

    def _tiles(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(4, 24, 4, 8)
        column.setSpacing(0)
        column.addStretch(3)
        column.addWidget(_Seal(holder))
        column.addSpacing(26)
        column.addWidget(
            Paragraph(self.tr("The record of your sister cities commission"), "headline", parent=holder)
        )
        column.addSpacing(10)
        column.addWidget(
            Paragraph(
                self.tr(
                    "Members, meetings, agendas, and every paper they need, in one file on this computer."
                ),
                "lead",
                "ink-2",
                holder,
            )
        )
        column.addSpacing(28)
        for tile in (self.create_tile, self.open_tile, self.sample_tile):
            column.addWidget(tile)
            column.addSpacing(12)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addSpacing(8)
        column.addLayout(self._taking_over(holder))
        column.addSpacing(8)
        column.addLayout(self._guides(holder))
        column.addSpacing(16)
        column.addLayout(self._recent)
        column.addStretch(4)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        return scroll

    def _taking_over(self, holder: QWidget) -> QHBoxLayout:
        """The way in of a new keeper, who has the folder of a hand-over."""
        self.receive_button = Button(self.tr("Receive a hand-over..."), "link", parent=holder)
        self.receive_button.clicked.connect(self.receive_wanted)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Text(self.tr("New keeper"), "meta", "ink-2", parent=holder))
        row.addWidget(self.receive_button)
        row.addStretch(1)
        return row

    def _guides(self, holder: QWidget) -> QHBoxLayout:
        """The quick guide of each officer, a press away."""
        self.guides = {role: Button(roles.title(role), "link", parent=holder) for role in roles.ROLES}
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Text(self.tr("Quick guides"), "meta", "ink-2", parent=holder))
        for role, button in self.guides.items():
            button.setAccessibleName(self.tr("Quick guide: {role}").format(role=roles.title(role)))
            button.clicked.connect(self._open_guide)
            row.addWidget(button)
        row.addStretch(1)
        return row

    @Slot()
    def _open_guide(self) -> None:
        role = next((role for role, button in self.guides.items() if button is self.sender()), None)
        if role is not None:
            self.topic_wanted.emit(role)

    def _foot(self) -> QHBoxLayout:
        self.theme_button = Button("", "ghost", "theme", "small", trailing="down", parent=self)
        self.theme_button.clicked.connect(self._open_themes)
        self.help_button = Button(self.tr("Help"), "ghost", "help", "small", parent=self)
        self.help_button.clicked.connect(self.help_wanted)
        self.recover_button = Button(self.tr("Bring back a file..."), "ghost", "undo", "small", parent=self)
        self.recover_button.clicked.connect(self.recover_wanted)
        self._schemes = QActionGroup(self)
        self._schemes.triggered.connect(self._choose_scheme)
        foot = QHBoxLayout()
        foot.setContentsMargins(_LEFT + 4, 8, 28, 16)
        foot.setSpacing(12)
        words = self.tr("No account and no internet. A backup is kept every day.")
        foot.addWidget(Paragraph(words, "body", "ink-2", parent=self), 1)
        foot.addWidget(self.recover_button)
        foot.addWidget(self.theme_button)
        foot.addWidget(self.help_button)
        self._foot_layout = foot
        self._name_scheme()
        return foot

    # What is shown

    def refresh(self) -> None:
        """Show the tiles, and the recent files as they are now."""
        self.show_tiles()
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        entries = self._preferences.recent()[:_MOST_RECENT]
        self.recent = [RecentButton(entry, self) for entry in entries]
        if self.recent:
            self._recent.addWidget(Text(self.tr("Recent"), "meta", "ink-2", parent=self))
            self._recent.addSpacing(4)
            self._recent.addWidget(Hairline(parent=self))
        for button in self.recent:
            button.clicked.connect(self._open_recent)
            self._recent.addWidget(button)

    @Slot()
    def show_tiles(self) -> None:
        """Leave the form of a new file."""
        if self._form is not None:
            self._faces.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None
        self._faces.setCurrentIndex(0)

    @Slot()
    def begin_creating(self) -> None:
        """Show the form of a new file."""
        from commission_app.gui.welcome.create_form import CreateForm

        if self._form is not None:
            return
        form = CreateForm(self)
        form.created.connect(self.created)
        form.left.connect(self._leave_form)
        self._form = form
        self._faces.addWidget(form)
        self._faces.setCurrentWidget(form)
        form.focus_first()

    @Slot()
    def _leave_form(self) -> None:
        self.show_tiles()
        self.create_tile.setFocus()

    def form(self) -> QWidget | None:
        """The form of a new file, while it is shown."""
        return self._form

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what is wrong with a new file under the fields of its form."""
        from commission_app.gui.welcome.create_form import CreateForm

        if isinstance(self._form, CreateForm):
            self._form.show_errors(errors)

    @Slot()
    def _open_recent(self) -> None:
        button = self.sender()
        if isinstance(button, RecentButton):
            self.file_chosen.emit(Path(button.path))

    # Theme

    def _scheme_names(self) -> dict[theme.Scheme, str]:
        return {
            theme.Scheme.SYSTEM: self.tr("Like the system"),
            theme.Scheme.LIGHT: self.tr("Light"),
            theme.Scheme.DARK: self.tr("Dark"),
        }

    def _name_scheme(self) -> None:
        name = self._scheme_names()[theme.scheme()]
        self.theme_button.setText(name)
        self.theme_button.setAccessibleName(self.tr("Theme: {name}").format(name=name))
        self.theme_button.restyle()

    def theme_menu(self) -> Menu:
        """The menu of themes."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._schemes.actions():
            self._schemes.removeAction(action)
        for scheme, name in self._scheme_names().items():
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(scheme is theme.scheme())
            action.setData(scheme.value)
            self._schemes.addAction(action)
            menu.addAction(action)
        return menu

    @Slot()
    def _open_themes(self) -> None:
        menu = self.theme_menu()
        above = self.theme_button.mapToGlobal(self.theme_button.rect().topLeft())
        menu.popup(above - QPointF(0, menu.sizeHint().height()).toPoint())

    @Slot(QAction)
    def _choose_scheme(self, action: QAction) -> None:
        self.look_chosen.emit(theme.Scheme(action.data()), theme.text_percent())
        self._name_scheme()

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 1200
        left = 40 if narrow else _LEFT
        self._side.setContentsMargins(left - 4, 0, 24, 0)
        self._foot_layout.setContentsMargins(left, 8, 28, 16)
        self._faces.setFixedWidth(min(theme.scaled(WIDTH) + 8, self.width() - left - 28))
        self.map.setVisible(self.width() > left + theme.scaled(WIDTH) + 320)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is not None:
            self._leave_form()
            return
        super().keyPressEvent(event)
