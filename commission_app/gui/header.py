"""The header: whose file this is, the way to everything (Ctrl+K), help, and who is at the keyboard."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.menus import Menu, key_text
from commission_app.gui.widgets.page_parts import is_narrow
from commission_app.gui.widgets.text import Run, paint_runs, runs_width
from commission_app.gui.widgets.with_focus import Pressed

HEIGHT = 56
_LOGO, _AVATAR, _SEARCH_HEIGHT = 30, 28, 36


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who may be at the keyboard: name and what they are, such as Secretary."""

    name: str
    role: str = ""


def logo_image(data: bytes, media_type: str, side: int) -> QImage:
    """A logo as a square picture of so many device pixels; a null image if it cannot be drawn."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    if media_type == "image/svg+xml":
        renderer = QSvgRenderer(QByteArray(data))
        if not renderer.isValid():
            return QImage()
        size = renderer.defaultSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(image)
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(
            painter,
            QRectF((side - size.width()) / 2, (side - size.height()) / 2, size.width(), size.height()),
        )
        painter.end()
        return image
    picture = QImage.fromData(data)
    if picture.isNull():
        return picture
    picture = picture.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter = QPainter(image)
    painter.drawImage(QPoint((side - picture.width()) // 2, (side - picture.height()) // 2), picture)
    painter.end()
    return image


class _HeaderButton(Pressed, QAbstractButton):
    """What can be pressed in the header: hover, focus ring, Enter."""

    ring_radius = 8

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.notifier().changed.connect(self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    def paint_hover(self, painter: QPainter) -> None:
        """The background under the mouse."""
        if (self.underMouse() or self.isDown()) and self.isEnabled():
            painter.fillPath(painting.rounded(QRectF(self.rect()), 8), theme.colour("chrome-hover"))


class FileButton(_HeaderButton):
    """Logo or initials, and the commission's name; pressed, it opens the menu of files."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._logo: tuple[bytes, str] | None = None
        self._picture: QPixmap | None = None
        self._note = ""
        self.set_name("")
        theme.notifier().changed.connect(self._draw_again)

    def set_name(self, name: str, note: str = "") -> None:
        """Show whose file is open; `note` says that it is open for reading only."""
        self.setText(name)
        self._note = note
        described = self.tr("{name}, files").format(name=name) if name else ""
        self.setAccessibleName(f"{described}. {note}" if note else described)
        self.setToolTip(name)
        self.setEnabled(bool(name))
        self.restyle()

    def set_logo(self, data: bytes | None, media_type: str = "") -> None:
        """Show a logo, or the initials where there is none."""
        self._logo = None if data is None else (data, media_type)
        self._draw_again()
        self.restyle()

    @Slot()
    def _draw_again(self) -> None:
        self._picture = None

    def _runs(self) -> list[Run]:
        return [Run(self.text(), "row-title"), Run(self._note, "meta", "warn", 10)]

    @override
    def sizeHint(self) -> QSize:
        width = 8 + _LOGO + 12 + int(runs_width(self._runs())) + 10
        return QSize(width, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_hover(painter)
        mark = QRectF(8, (self.height() - _LOGO) / 2, _LOGO, _LOGO)
        picture = self._drawn_logo()
        if picture is not None:
            painter.drawPixmap(mark.topLeft(), picture)
        else:
            painting.outline(painter, mark, _LOGO / 2, theme.colour("accent"), 1.5)
            initials = _initials(self.text())
            painting.write(
                painter, mark, initials, "small-strong", "accent", align=Qt.AlignmentFlag.AlignHCenter
            )
        left = mark.right() + 12
        paint_runs(painter, QRectF(left, 0, self.width() - left - 6, self.height()), self._runs())
        painter.end()

    def _drawn_logo(self) -> QPixmap | None:
        if self._logo is None:
            return None
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            data, media_type = self._logo
            if media_type == "image/svg+xml":
                data = _recoloured(data)
            picture = QPixmap.fromImage(logo_image(data, media_type, round(_LOGO * ratio)))
            picture.setDevicePixelRatio(ratio)
            self._picture = picture
        return None if self._picture.isNull() else self._picture


def _recoloured(svg: bytes) -> bytes:
    """A drawing in one ink (black or the paper's blue) in the accent of the theme; others as they are."""
    inks = {found.lower() for found in re.findall(rb"#[0-9A-Fa-f]{3,8}\b", svg)}
    if not inks <= {b"#000", b"#000000", b"#1f3a84"}:
        return svg
    return re.sub(rb"#[0-9A-Fa-f]{3,8}\b", theme.colour("accent").name().encode(), svg)


def _initials(name: str) -> str:
    from commission_app.gui import labels  # with the words of all states, after the first paint

    return labels.initials(name)


class SearchButton(_HeaderButton):
    """Looks like a field and opens the search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._short = False
        self._key = key_text("Ctrl+K")
        self.setText(self.tr("Search records, or type what you want to do"))
        self.setAccessibleName(self.tr("Search"))
        self.setToolTip(self.tr("Search records, or type what you want to do"))
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def set_short(self, short: bool) -> None:
        """Use fewer words in a narrow window."""
        self._short = short
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240 if self._short else 400, theme.scaled(_SEARCH_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillPath(painting.rounded(area, 8), theme.colour("page"))
        painting.outline(painter, area, 8, theme.colour("line-strong"))
        side, high = theme.scaled(18), theme.scaled(20)
        icons.paint(painter, "search", QRectF(12, (area.height() - side) // 2, side, side), "ink-2")
        cap_width = painting.text_width("small", self._key) + 12
        cap = QRectF(area.right() - cap_width - 9, (area.height() - high) // 2, cap_width, high)
        painting.outline(painter, cap, 4, theme.colour("line-strong"))
        painting.write(painter, cap, self._key, "small", "ink-3", align=Qt.AlignmentFlag.AlignHCenter)
        words = self.tr("Search or do") if self._short else self.text()
        painting.write(
            painter, QRectF(side + 19, 0, cap.left() - side - 27, area.height()), words, "body", "ink-3"
        )
        painter.end()


class PersonButton(_HeaderButton):
    """You are Ana Ruiz, Secretary: one button with a menu of people."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sitter: Sitter | None = None

    def set_sitter(self, sitter: Sitter | None) -> None:
        """Show who is at the keyboard, or nobody while no file is open."""
        self._sitter = sitter
        if sitter is not None:
            text = self.tr("You are {name}").format(name=sitter.name)
            self.setText(f"{text}, {sitter.role}" if sitter.role else text)
            self.setAccessibleName(self.text())
            self.setToolTip(self.tr("Who is at the keyboard, for the history"))
        self.setVisible(sitter is not None)
        self.restyle()

    def sitter(self) -> Sitter | None:
        """Who is at the keyboard."""
        return self._sitter

    def _runs(self) -> list[Run]:
        if self._sitter is None:
            return []
        # The translator keeps {name} apart, so that it can be strong.
        before, _, after = self.tr("You are {name}").partition("{name}")
        runs = [
            Run(before.strip(), "body", "ink-2", 4),
            Run(self._sitter.name, "strong", "ink", 4),
            Run(after.strip(), "body", "ink-2", 4),
        ]
        if self._sitter.role:
            runs += [Run("·", "body", "ink-2", 4), Run(self._sitter.role, "body", "ink-2", 4)]
        return [run for run in runs if run.text]

    @override
    def sizeHint(self) -> QSize:
        return QSize(8 + _AVATAR + 9 + int(runs_width(self._runs())) + 1 + 8 + 14 + 8, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sitter is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_hover(painter)
        disc = QRectF(8, (self.height() - _AVATAR) / 2, _AVATAR, _AVATAR)
        painter.fillPath(painting.rounded(disc, _AVATAR / 2), theme.colour("sel"))
        initials = _initials(self._sitter.name)
        painting.write(
            painter, disc, initials, "small-strong", "sel-ink", align=Qt.AlignmentFlag.AlignHCenter
        )
        arrow = QRectF(self.width() - 22, (self.height() - 14) // 2, 14, 14)
        left = disc.right() + 9
        paint_runs(painter, QRectF(left, 0, arrow.left() - left - 6, self.height()), self._runs())
        icons.paint(painter, "down", arrow, "ink-2")
        painter.end()


class Header(QWidget):
    """The row above everything; the search is centred on the window."""

    search_requested = Signal()
    sitter_chosen = Signal(object)
    somebody_wanted = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = FileButton(self)
        self.search = SearchButton(self)
        self.help = Button(kind="ghost", icon="help", name=self.tr("Help for this page (F1)"), parent=self)
        self.person = PersonButton(self)
        self._sitters: tuple[Sitter, ...] = ()
        self._menu = Menu(self)
        self._people = QActionGroup(self)
        self.file.clicked.connect(self._ask_for_menu)
        self.search.clicked.connect(self.search_requested)
        self.person.clicked.connect(self.open_people)
        self._people.triggered.connect(self._choose)
        self.person.set_sitter(None)
        self.search.setEnabled(False)
        self.setTabOrder(self.file, self.search)
        self.setTabOrder(self.search, self.help)
        self.setTabOrder(self.help, self.person)
        theme.notifier().changed.connect(self.place)

    def set_sitters(self, sitters: tuple[Sitter, ...], current: Sitter) -> None:
        """Offer people for the keyboard, and show who is there."""
        self._sitters = sitters
        self.person.set_sitter(current)
        self.place()

    def sitters(self) -> tuple[Sitter, ...]:
        """Who is offered."""
        return self._sitters

    @Slot()
    def place(self) -> None:
        """Put everything where it belongs at this width."""
        self.setFixedHeight(max(HEIGHT, theme.scaled(40)))
        width, middle = self.width(), self.height() // 2
        narrow = is_narrow(self)
        self.search.set_short(narrow)
        search = self.search.sizeHint()
        left = (width - search.width()) // 2
        person = self.person.sizeHint() if self.person.sitter() else QSize(0, 40)
        room = width - 8 - 44 - 8
        person_width = min(person.width(), max(120, room - left - search.width() - 16))
        self.person.setGeometry(width - 8 - person_width, middle - 20, person_width, 40)
        help_size = self.help.sizeHint()
        help_left = (
            self.person.x() - 12 - help_size.width() if person_width else width - 8 - help_size.width()
        )
        self.help.setGeometry(
            help_left, middle - help_size.height() // 2, help_size.width(), help_size.height()
        )
        left = min(left, help_left - 12 - search.width())
        name_width = min(self.file.sizeHint().width(), max(_LOGO + 16, left - 10 - 16))
        if narrow:  # the name has more room when the search moves right of the middle
            wanted = 10 + self.file.sizeHint().width() + 12
            left = max(left, min(wanted, help_left - 12 - search.width()))
            name_width = min(self.file.sizeHint().width(), max(_LOGO + 16, left - 10 - 8))
        self.file.setGeometry(10, middle - 20, name_width, 40)
        self.search.setGeometry(left, middle - search.height() // 2, search.width(), search.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    @Slot()
    def _ask_for_menu(self) -> None:
        self.menu_requested.emit(self.file.mapToGlobal(QPoint(8, self.file.height() + 2)))

    def people_menu(self) -> Menu:
        """The menu of people, as it stands now."""
        self._menu.clear()
        for action in self._people.actions():
            self._people.removeAction(action)
            action.deleteLater()
        current = self.person.sitter()
        for sitter in self._sitters:
            text = self.tr("{name} · {role}").format(name=sitter.name, role=sitter.role)
            action = QAction((text if sitter.role else sitter.name).replace("&", "&&"), self._people)
            action.setCheckable(True)
            action.setChecked(sitter == current)
            action.setData(self._sitters.index(sitter))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.add(self.tr("Somebody else..."), self.somebody_wanted.emit, icon="person")
        return self._menu

    def open_people_at(self, button: QWidget | None) -> None:
        """Offer the people under the button that asked for them, or under the one of the header."""
        if button is None or self.isAncestorOf(button):
            self.open_people()
        else:
            self.people_menu().popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    @Slot()
    def open_people(self) -> None:
        """Offer the people who may be at the keyboard."""
        menu = self.people_menu()
        corner = self.person.mapToGlobal(QPoint(self.person.width(), self.person.height() + 2))
        menu.popup(QPoint(corner.x() - menu.sizeHint().width(), corner.y()))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.sitter_chosen.emit(self._sitters[action.data()])
