"""The bare controls for choosing: combo box, check box, radio button, and the list that drops down."""

from typing import Final, final

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
        room = min(room, inner.width() / 2)
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


def _mark_area(button: QAbstractButton) -> QRectF:
    side = theme.scaled(_MARK)
    return QRectF(0, (button.height() - side) // 2, side, side)


def _marked_size(button: QAbstractButton) -> QSize:
    width = theme.scaled(_MARK) + 9 + int(painting.text_width("body", button.text())) + 2
    return QSize(width if button.text() else theme.scaled(_MARK), theme.scaled(30))


def _paint_marked_text(painter: QPainter, button: QAbstractButton) -> None:
    left = theme.scaled(_MARK) + 9
    room = QRectF(left, 0, button.width() - left, button.height())
    painting.write(painter, room, button.text(), "body", "ink" if button.isEnabled() else "ink-3")


class CheckBox(Lit, Ringed, QCheckBox):
    """A box of 18 with a check, in a row of 30."""

    ring_radius = 4

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
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
        return _marked_size(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return _marked_size(self)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _mark_area(self)
        if self.checkState() is not Qt.CheckState.Unchecked:
            painter.fillPath(
                painting.rounded(box, 4), theme.colour("accent-fill" if self.isEnabled() else "control")
            )
            name = "check" if self.isChecked() else "minus"
            if self.checkState() is Qt.CheckState.PartiallyChecked:
                name = "minus"
            icons.paint(painter, name, box.adjusted(2, 2, -2, -2), "on-accent")
        else:
            edge = "control" if self.isEnabled() else "line-strong"
            fill = "hover" if self.underMouse() and self.isEnabled() else "page"
            painter.fillPath(painting.rounded(box, 4), theme.colour(fill))
            painting.outline(painter, box, 4, theme.colour(edge))
        _paint_marked_text(painter, self)
        painter.end()


class RadioButton(Ringed, QRadioButton):
    """A disc of 18 with a dot, in a row of 30."""

    ring_radius = 4

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
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
        return _marked_size(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return _marked_size(self)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = _mark_area(self)
        radius = disc.width() / 2
        if self.isChecked():
            fill = "accent-fill" if self.isEnabled() else "control"
            painter.fillPath(painting.rounded(disc, radius), theme.colour(fill))
            hole = disc.width() * 0.28
            dot = disc.adjusted(hole, hole, -hole, -hole)
            painter.fillPath(painting.rounded(dot, radius), theme.colour("on-accent"))
        else:
            edge = "control" if self.isEnabled() else "line-strong"
            painter.fillPath(painting.rounded(disc, radius), theme.colour("page"))
            painting.outline(painter, disc, radius, theme.colour(edge))
        _paint_marked_text(painter, self)
        painter.end()
