"""What a person without a mouse, without sight, or with large text meets in a window: read from its widgets.

Each function takes a window and gives sentences, one for each thing that is wrong there."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import ne
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import EmptyState, FindingRow
from commission_app.gui.widgets.painting import Painted
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import IconLabel, Line

CONTROLS: Final = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractItemView)
#: Pixels that must change when a control gets the focus; the bar of a text cursor alone is fewer.
_RING: Final = 60
_MOST_TABS: Final = 400


def described(widget: QWidget) -> str:
    """A widget in words, for a failing test."""
    chain: list[str] = []
    above: QWidget | None = widget
    while above is not None and len(chain) < 4:
        chain.append(type(above).__name__)
        above = above.parentWidget()
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{'/'.join(reversed(chain))} {widget.accessibleName() or text!r}"


def shown(root: QWidget) -> Iterator[QWidget]:
    """What can be seen of a window, from the back."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root and not widget.visibleRegion().isEmpty():
            yield widget


def spoken(widget: QWidget) -> tuple[str, str]:
    """What a screen reader says: name and description."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return "", ""
    return interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)


def is_stop(widget: QWidget) -> bool:
    """Whether the Tab key stops here."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )


def without_name(root: QWidget) -> list[str]:
    """Controls about which a screen reader says nothing."""
    controls = (w for w in shown(root) if isinstance(w, CONTROLS) or is_stop(w))
    return [described(w) for w in controls if not any(letter.isalnum() for letter in spoken(w)[0])]


def alike(root: QWidget) -> list[str]:
    """Buttons that a screen reader cannot tell apart."""
    said: dict[tuple[str, ...], QWidget] = {}
    found = []
    for widget in shown(root):
        if isinstance(widget, QAbstractButton) and widget.isEnabled():
            other = said.setdefault((*spoken(widget), *_inside(widget)), widget)
            if other is not widget:
                found.append(f"{described(widget)} like {described(other)}")
    return found


def _above(widget: QWidget) -> Iterator[QWidget]:
    """What a widget stands in, from the inside to the window."""
    while (above := widget.parentWidget()) is not None and not widget.isWindow():
        yield above
        widget = above


def _inside(widget: QWidget) -> Iterator[str]:
    """The names of what a widget stands in, which are said before its own."""
    return (above.accessibleName() for above in _above(widget) if above.accessibleName())


def without_content(root: QWidget) -> list[str]:
    """Painted widgets that tell their content to nobody but the eye."""
    painted = (w for w in shown(root) if isinstance(w, Painted))
    return [described(w) for w in painted if not "".join(spoken(w)).strip()]


# The keyboard


def _branches(first: QWidget, second: QWidget) -> tuple[QWidget, QWidget, QWidget]:
    """The lowest widget that holds both, and the child of it towards each."""
    line = [first]
    while (above := line[-1].parentWidget()) is not None:
        line.append(above)
    towards = second
    while True:
        above = towards.parentWidget()
        assert above is not None
        if above in line:
            return above, line[line.index(above) - 1] if above is not first else first, towards
        towards = above


def _place(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


def against_reading(way: list[QWidget]) -> list[str]:
    """Steps of the Tab key that go back: up, or to the left on the same height, and not into a column."""
    found = []
    for before, after in itertools.pairwise(way):
        if before.isAncestorOf(after) or after.isAncestorOf(before):
            continue
        base, one, two = _branches(before, after)
        first, second = _place(one, base), _place(two, base)
        up = second.bottom() <= first.top() and second.left() < first.right()
        left = (
            second.right() <= first.left() and second.top() < first.bottom() and first.top() < second.bottom()
        )
        if up or left:
            found.append(f"{described(before)} -> {described(after)}")
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """Controls that neither Tab stops at nor the arrows of a neighbour reach."""
    found = []
    for widget in shown(root):
        if not isinstance(widget, CONTROLS) or not widget.isEnabled() or is_stop(widget):
            continue
        proxy = widget.focusProxy()
        if (proxy is not None and is_stop(proxy)) or isinstance(widget.parentWidget(), QLineEdit):
            continue
        if any(is_stop(above) for above in _above(widget)) or _only_tells(widget):
            continue
        family = widget.parentWidget()
        near = family.children() if family is not None else []
        if not any(type(other) is type(widget) and is_stop(other) for other in near if other is not widget):
            found.append(described(widget))
    return found


def _only_tells(widget: QWidget) -> bool:
    """A row that stands for nothing to open; a list whose keys the line above it passes on."""
    if isinstance(widget, MoneyRow):
        return not widget.record_id
    window = widget.window()
    return isinstance(widget, QAbstractItemView) and isinstance(window, Popover)


@dataclass
class Walk:
    """Where the Tab key came, and the stops on which nothing showed it."""

    reached: list[QWidget]
    unseen: list[str]


def tab_through(root: QWidget) -> Walk:
    """Press Tab until it comes round, and look at each stop."""
    walk = Walk([], [])
    if (focused := root.focusWidget()) is not None:
        focused.clearFocus()
    for _ in range(_MOST_TABS):
        QTest.keyClick(root.focusWidget() or root, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is None or widget.window() is not root:
            walk.unseen.append(f"the focus left the window after {walk.reached[-1:]}")
            return walk
        if widget in walk.reached:
            return walk
        walk.reached.append(widget)
        if _changed_by_focus(root, widget) < _RING:
            walk.unseen.append(described(widget))
    walk.unseen.append("the Tab key never came round")
    return walk


def _changed_by_focus(root: QWidget, widget: QWidget) -> int:
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-8, -8, 8, 8) & root.rect()
    if area.isEmpty():
        return 0
    with_focus = root.grab(area).toImage()
    widget.clearFocus()
    without = root.grab(area).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return different(with_focus, without)


def different(one: QImage, two: QImage) -> int:
    """How many pixels of two pictures of one size differ."""
    if one.size() != two.size():
        return max(one.width() * one.height(), 1)
    first, second = (_pixels(image.convertToFormat(QImage.Format.Format_RGB32)) for image in (one, two))
    return sum(map(ne, first, second))


def _pixels(picture: QImage) -> memoryview:
    """The pixels of a picture of 32 bits each, as numbers."""
    return memoryview(bytes(picture.constBits())).cast("I")


# Reading


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2.2."""
    return _luminance(colour.rgb())


@cache
def _luminance(rgb: int) -> float:
    channels = (part / 255 for part in rgb.to_bytes(4, "big")[1:])
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(root: QWidget) -> list[str]:
    """Words whose strongest pixel stands less than 4.5 to 1 against the ground around them."""
    picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for widget in shown(root):
        if not isinstance(widget, QLabel | QAbstractButton) or not any(map(str.isalnum, widget.text())):
            continue
        area = widget.visibleRegion().boundingRect()
        if area.height() < widget.height() or area.width() < 8:
            continue
        area.translate(widget.mapTo(root, QPoint(0, 0)))
        best = _strongest(picture.copy(area & picture.rect()))
        if best < 4.5:
            found.append(f"{best:.1f} {described(widget)}")
    return found


def _strongest(picture: QImage) -> float:
    counts = Counter(_pixels(picture))
    ground = QColor(max(counts, key=counts.__getitem__))
    lights = {_luminance(pixel): pixel for pixel in counts}
    return max(contrast(ground, QColor(lights[end(lights)])) for end in (min, max))


# Large text


def cut(root: QWidget) -> list[str]:
    """Words that have less room than they need, or stand where nobody can scroll to."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root:
            continue
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            found += [
                f"{what}: {described(widget)}" for what in (*_short_of(widget), *_outside(widget, root))
            ]
    return found


def _short_of(widget: QWidget) -> Iterator[str]:
    least = widget.minimumSizeHint()
    hint = least if least.isValid() else widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        if needed > widget.height() + 1:
            yield f"{needed} high is needed, {widget.height()} there"
        return
    if isinstance(widget, QLabel) and not widget.text() and not isinstance(widget, IconLabel):
        return
    may_shorten = isinstance(widget, QLineEdit | QComboBox | Line) or bool(widget.toolTip())
    if hint.width() > widget.width() + 1 and not may_shorten:
        yield f"{hint.width()} wide is needed, {widget.width()} there"
    if hint.height() > widget.height() + 1:
        yield f"{hint.height()} high is needed, {widget.height()} there"


def _outside(widget: QWidget, root: QWidget) -> Iterator[str]:
    inner, above = widget, widget.parentWidget()
    area = widget.rect()
    while above is not None and inner is not root:
        area = QRect(inner.mapToParent(area.topLeft()), area.size())
        holder = above.parentWidget()
        if isinstance(holder, QAbstractScrollArea) and holder.viewport() is above:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            scrolls_x = holder.horizontalScrollBarPolicy() != off
            scrolls_y = holder.verticalScrollBarPolicy() != off
            if not scrolls_x and (area.left() < 0 or area.right() > above.width()):
                yield f"beside the view of {type(holder).__name__}"
            if not scrolls_y and (area.top() < 0 or area.bottom() > above.height()):
                yield f"below the view of {type(holder).__name__}"
            return
        if not above.rect().adjusted(-1, -1, 1, 1).contains(area):
            yield f"outside of {type(above).__name__}"
            return
        inner, above = above, holder


def overlapping(root: QWidget) -> list[str]:
    """Words and controls of one parent that lie on each other."""
    found = []
    families: dict[QWidget, list[QWidget]] = {}
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        is_seen = widget.isVisible() and widget.window() is root
        if is_seen and parent is not None and isinstance(widget, (QLabel, *CONTROLS)):
            families.setdefault(parent, []).append(widget)
    for family in families.values():
        for one, two in itertools.combinations(family, 2):
            shared = one.geometry() & two.geometry()
            if shared.width() > 1 and shared.height() > 1:
                found.append(f"{described(one)} on {described(two)}")
    return found


# Buttons


def out_of_sight(root: QWidget) -> list[str]:
    """Primary buttons that are not seen whole without scrolling: of a page, of a form, of a dialog.

    That of the first finding and that of an empty list are parts of what is scrolled through."""
    found = []
    for button in root.findChildren(Button):
        if not button.isVisible() or button.window() is not root or button.kind() != "primary":
            continue
        in_list = isinstance(button.parentWidget(), FindingRow | EmptyState)
        if not in_list and button.visibleRegion().boundingRect() != button.rect():
            found.append(described(button))
    return found
