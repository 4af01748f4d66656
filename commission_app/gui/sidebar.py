"""The sidebar: the pages of the window, with the number of findings on each."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Pressed

WIDTH, NARROW_WIDTH, BARE_WIDTH = 208, 168, 76
_ROW, _LEAST_ROW, _RADIUS, _PADDING, _ICON, _GAP, _NARROW_GAP = 40, 28, 8, 12, 20, 12, 8


@dataclass(frozen=True, slots=True)
class SidebarEntry:
    """A page in the sidebar: its name in places, its title and its icon; `is_last` stands at the bottom."""

    name: str
    title: str
    icon: str
    is_last: bool = False


def entries() -> tuple[SidebarEntry, ...]:
    """The pages there are, in the order of the sidebar."""
    translate = QCoreApplication.translate
    return (
        SidebarEntry("home", translate("pages", "Home"), "home"),
        SidebarEntry("meetings", translate("pages", "Meetings"), "meetings"),
        SidebarEntry("members", translate("pages", "Members"), "members"),
        SidebarEntry("inquiries", translate("pages", "Inquiries"), "inquiries"),
        SidebarEntry("fundraising", translate("pages", "Fundraising"), "fundraising"),
        SidebarEntry("papers", translate("pages", "Papers"), "papers"),
        SidebarEntry("history", translate("pages", "History"), "history", is_last=True),
        SidebarEntry("settings", translate("pages", "Settings"), "settings", is_last=True),
    )


class SidebarButton(Pressed, QAbstractButton):
    """A row of the sidebar: icon, title, and a count without a badge."""

    ring_radius = _RADIUS

    def __init__(self, entry: SidebarEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._count = 0
        self._is_bare = False
        self.setText(entry.title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_count(0)
        theme.notifier().changed.connect(self.restyle)

    def count(self) -> int:
        """How many findings the page has."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many findings the page has."""
        self._count = count
        name = self.tr("{page}, {count} need attention").format(page=self.text(), count=count)
        self.setAccessibleName(name if count else self.text())
        what = self.tr("What is overdue, due soon or missing here; Home lists it.")
        self.setAccessibleDescription(what if count else "")
        self._explain()
        self.update()

    def set_bare(self, bare: bool) -> None:
        """Show the icon and the count alone; the words are in the tooltip."""
        self._is_bare = bare
        self._explain()
        self.restyle()

    def _explain(self) -> None:
        """The tooltip: the title where it is not shown, and what the number counts."""
        parts = [self.accessibleName() if self._count or self._is_bare else "", self.accessibleDescription()]
        self.setToolTip("\n".join(part for part in parts if part))

    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(BARE_WIDTH - 20, theme.scaled(_ROW))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(BARE_WIDTH - 20, theme.scaled(_LEAST_ROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        selected = self.isChecked()
        if selected or self.underMouse() or self.isDown():
            fill = theme.colour("sel" if selected else "chrome-hover")
            painter.fillPath(painting.rounded(area, _RADIUS), fill)
        ink = "sel-ink" if selected else "ink-2"
        if selected:
            bar = QRectF(0, (area.height() - 20) / 2, 3, 20)
            painter.fillPath(painting.rounded(bar, 1.5), theme.colour("accent"))
        side = theme.scaled(_ICON)
        icons.paint(painter, self.entry.icon, QRectF(_PADDING, (self.height() - side) // 2, side, side), ink)
        right = area.right() - _PADDING
        if self._count:
            count = self.locale().toString(self._count)
            width = painting.text_width("label", count)
            at = QRectF(right - width, 0, width + 1, area.height())
            painting.write(painter, at, count, "label", ink)
            right -= width + 3
        if not self._is_bare:
            self._write_title(painter, right, ink)
        painter.end()

    def _write_title(self, painter: QPainter, right: float, ink: str) -> None:
        gap = _GAP if self.width() > theme.scaled(NARROW_WIDTH) else _NARROW_GAP
        left = _PADDING + theme.scaled(_ICON) + gap
        text = QRectF(left, 0, right - left, self.height())
        painting.write(painter, text, self.text(), "strong" if self.isChecked() else "medium", ink)


class Sidebar(QWidget):
    """The pages from top to bottom; `chosen` tells the name of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[SidebarEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, SidebarButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        for entry in entries:
            if entry.is_last and not column.property("filled"):
                column.addStretch(1)
                column.setProperty("filled", True)
            button = SidebarButton(entry, self)
            self.buttons[entry.name] = button
            self._group.addButton(button)
            column.addWidget(button)
        self._group.buttonClicked.connect(self._pressed)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool, *, bare: bool = False) -> None:
        """Take less room in a narrow window; the words stay, unless only the icons have room."""
        for button in self.buttons.values():
            button.set_bare(bare)
        self.setFixedWidth(theme.scaled(BARE_WIDTH if bare else NARROW_WIDTH if narrow else WIDTH))

    def select(self, name: str) -> None:
        """Mark the page that is shown."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show the findings of each page."""
        for name, button in self.buttons.items():
            button.set_count(counts.get(name, 0))

    @Slot(QAbstractButton)
    def _pressed(self, button: SidebarButton) -> None:
        self.chosen.emit(button.entry.name)
