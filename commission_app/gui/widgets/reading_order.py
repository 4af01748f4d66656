"""Where the Tab key goes: what stands higher comes first, then what stands further left, column by column.

A window hands its steps to `step`, so that a page needs no list of its controls in their order."""

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

Block = tuple[QRect, QWidget]


def is_stop(widget: QWidget) -> bool:
    """Whether the Tab key stops at a widget: it takes the focus itself, is shown and can be used."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isVisible()
        and widget.isEnabled()
    )


def stops(root: QWidget) -> list[QWidget]:
    """Where the Tab key stops inside a widget, in the order of reading."""
    found = [root] if is_stop(root) and not root.isWindow() else []
    blocks = [(child.geometry(), child) for child in root.children() if _is_part(child)]
    for block in _in_order(blocks):
        found += stops(block)
    return found


def step(root: QWidget, *, forward: bool) -> bool:
    """Move the focus to the next stop of a window, or the one before, and bring it into view.

    False where nothing takes the focus; after the last stop comes the first."""
    order = stops(root)
    if not order:
        return False
    focused: QWidget | None = root.focusWidget()
    while focused is not None and focused not in order:
        focused = focused.parentWidget()
    if focused is None:
        target = order[0 if forward else -1]
    else:
        target = order[(order.index(focused) + (1 if forward else -1)) % len(order)]
    bring_into_view(target)
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area around a widget so that it can be seen."""
    above: QWidget | None = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 24, 24)
        above = above.parentWidget()


def _is_part(child: object) -> TypeGuard[QWidget]:
    return isinstance(child, QWidget) and child.isVisible() and not child.isWindow()


def _in_order(blocks: Sequence[Block]) -> Iterator[QWidget]:
    """Cut into rows, each row into columns, each column into rows again."""
    if len(blocks) < 2:
        yield from (widget for _, widget in blocks)
        return
    rows = _cut([(rect.top(), rect.bottom(), (rect, widget)) for rect, widget in blocks])
    if len(rows) > 1:
        for row in rows:
            yield from _in_order(row)
        return
    columns = _cut([(rect.left(), rect.right(), (rect, widget)) for rect, widget in blocks])
    if len(columns) > 1:
        for column in columns:
            yield from _in_order(column)
        return
    yield from (widget for _, widget in sorted(blocks, key=_corner))


def _corner(block: Block) -> tuple[int, int]:
    return block[0].top(), block[0].left()


def _cut(spans: list[tuple[int, int, Block]]) -> list[list[Block]]:
    """Groups of spans that overlap, in their order."""
    groups: list[list[Block]] = []
    end = 0
    for start, stop, block in sorted(spans, key=lambda span: span[:2]):
        if not groups or start > end:
            groups.append([])
            end = stop
        groups[-1].append(block)
        end = max(end, stop)
    return groups
