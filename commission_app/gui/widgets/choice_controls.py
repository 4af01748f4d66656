"""The bare controls for choosing: combo box, check box, radio button, and the list that drops down."""

from typing import TYPE_CHECKING, Final, final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QListView,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.controls import BOX_HEIGHT
from commission_app.gui.widgets.with_focus import Lit, Ringed

Index = QModelIndex | QPersistentModelIndex

_RADIUS: Final = 6
_MARK: Final = 18


class PopupDelegate(QStyledItemDelegate):
    """Rows of a list that drops down: text, and a second text at the right from the role after Qt's.

    While no row is selected, the one with `best_role` is drawn as if it were."""

    detail_role: Final = int(Qt.ItemDataRole.UserRole) + 1
    icon_role: Final = int(Qt.ItemDataRole.UserRole) + 2
    best_role: Final = int(Qt.ItemDataRole.UserRole) + 3

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.scaled(120), theme.scaled(34))

    def width_of(self, index: Index) -> float:
        """How wide a row is with nothing of it cut."""
        text, detail = str(index.data() or ""), str(index.data(self.detail_role) or "")
        icon = theme.scaled(16) + 8 if index.data(self.icon_role) else 0
        own = painting.text_width("body", text) + icon + 24
        return own + (painting.text_width("meta", detail) + 16 if detail else 0)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, state = QRectF(option.rect), option.state
        text, detail = str(index.data() or ""), str(index.data(self.detail_role) or "")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = option.widget
        best = index.data(self.best_role) and isinstance(view, QListView) and not view.selectedIndexes()
        if best or state & QStyle.StateFlag.State_Selected:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("sel"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("hover"))
        inner = area.adjusted(10, 0, -10, 0)
        if icon := index.data(self.icon_role):
            side = theme.scaled(16)
            at = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            icons.paint(painter, str(icon), at, "accent")
            inner.setLeft(inner.left() + side + 8)
        room = painting.text_width("meta", detail) + 12 if detail else 0
        rest = inner.width() - painting.text_width("body", text) - 2
        room = min(room, max(rest, inner.width() / 2))
        painting.write(painter, inner.adjusted(0, 0, -room, 0), text, "body", "accent" if icon else "ink")
        if detail:
            at = QRectF(inner.right() - room + 12, inner.top(), room - 12, inner.height())
            painting.write(painter, at, detail, "meta", "ink-3", align=Qt.AlignmentFlag.AlignRight)
        painter.restore()


def popup_list(parent: QWidget | None = None) -> QListView:
    """The list that drops down from a combo box or a lookup."""
    view = QListView(parent)
    view.setProperty("popup", True)
    view.setItemDelegate(PopupDelegate(view))
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


class ComboBox(QComboBox):
    """A choice that drops down; drawn like a field. The wheel scrolls the page, not the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(popup_list(self))
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.setFont(theme.font("body"))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        widest = max((painting.text_width("body", self.itemText(i)) for i in range(self.count())), default=80)
        return QSize(int(widest) + 10 + theme.scaled(18) + 18, theme.scaled(BOX_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.scaled(80)), theme.scaled(BOX_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        usable = self.isEnabled()
        painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("page" if usable else "inset"))
        if self.property("problem"):
            painting.outline(painter, area, _RADIUS, theme.colour("over"), 2)
        elif self.hasFocus():
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)
        else:
            painting.outline(painter, area, _RADIUS, theme.colour("control" if usable else "line"))
        side = theme.scaled(18)
        arrow = QRectF(area.right() - side - 10, (area.height() - side) // 2, side, side)
        icons.paint(painter, "down", arrow, "ink-2" if usable else "ink-3")
        shown, role = self.currentText(), "ink" if usable else "ink-3"
        if not shown:
            shown, role = self.placeholderText(), "ink-3"
        painting.write(painter, QRectF(10, 0, arrow.left() - 14, area.height()), shown, "body", role)
        painter.end()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.note_reason(event.reason())
        self.update()


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _Marked(Ringed, _Button):
    """A mark of 18 with its words, in a row of 30: mixed in before Qt's button."""

    ring_radius = 4

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = theme.scaled(_MARK) + 9 + int(painting.text_width("body", self.text())) + 2
        return QSize(width if self.text() else theme.scaled(_MARK), theme.scaled(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.scaled(_MARK)
        self.paint_mark(painter, QRectF(0, (self.height() - side) // 2, side, side))
        left = side + 9
        room = QRectF(left, 0, self.width() - left, self.height())
        painting.write(painter, room, self.text(), "body", "ink" if self.isEnabled() else "ink-3")
        painter.end()

    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        """Paint the box or disc, chosen or not."""
        raise NotImplementedError


class CheckBox(Lit, _Marked, QCheckBox):
    """A box with a check, or a dash for some of several."""

    @override
    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        if self.checkState() is not Qt.CheckState.Unchecked:
            fill = "accent-fill" if self.isEnabled() else "control"
            painter.fillPath(painting.rounded(area, 4), theme.colour(fill))
            name = "check" if self.checkState() is Qt.CheckState.Checked else "minus"
            icons.paint(painter, name, area.adjusted(2, 2, -2, -2), "on-accent")
            return
        edge = "control" if self.isEnabled() else "line-strong"
        fill = "hover" if self.underMouse() and self.isEnabled() else "page"
        painter.fillPath(painting.rounded(area, 4), theme.colour(fill))
        painting.outline(painter, area, 4, theme.colour(edge))


class RadioButton(_Marked, QRadioButton):
    """A disc with a dot."""

    @override
    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        radius = area.width() / 2
        if self.isChecked():
            fill = "accent-fill" if self.isEnabled() else "control"
            painter.fillPath(painting.rounded(area, radius), theme.colour(fill))
            hole = area.width() * 0.28
            dot = area.adjusted(hole, hole, -hole, -hole)
            painter.fillPath(painting.rounded(dot, radius), theme.colour("on-accent"))
            return
        edge = "control" if self.isEnabled() else "line-strong"
        painter.fillPath(painting.rounded(area, radius), theme.colour("page"))
        painting.outline(painter, area, radius, theme.colour(edge))
