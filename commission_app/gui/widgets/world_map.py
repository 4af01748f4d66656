"""The world with the Pacific in the middle: cities as marks, relationships as arcs."""

import functools
import math
import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app import paths
from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.text import Run, native, paint_runs, runs_width

WIDTH, HEIGHT = 1000.0, 520.0  # of the drawing of the land
_MIDDLE, _RADIUS = 150.0, 182.79  # the longitude in the middle, and the drawing's units a radian
_REACH = 14.0


class PlaceKind(StrEnum):
    """What a place on the map is; a plain place is a ring with an arc, as on the welcome page."""

    HOME = "home"
    SISTER = "sister"
    FRIENDSHIP = "friendship"
    PARTNERSHIP = "partnership"
    INQUIRY = "inquiry"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Place:
    """A city by its degrees north and east (negative: south, west); `native` is its own spelling."""

    key: str
    latitude: float
    longitude: float
    kind: PlaceKind
    name: str = ""
    native: str = ""


def projected(latitude: float, longitude: float) -> QPointF:
    """A place in the drawing's 1000 by 520, in the Natural Earth projection centred on 150 east.

    Source: the polynomial of Savric, Jenny, Patterson, Petrovic and Hurni (2011).
    """
    east = math.radians((longitude - _MIDDLE + 180) % 360 - 180)
    p = math.radians(latitude)
    x = east * (0.8707 - 0.131979 * p**2 - 0.013791 * p**4 + 0.003971 * p**10 - 0.001529 * p**12)
    y = p * (1.007226 + 0.015085 * p**2 - 0.044475 * p**6 + 0.028874 * p**8 - 0.005916 * p**10)
    return QPointF(WIDTH / 2 + _RADIUS * x, HEIGHT / 2 - _RADIUS * y)


@functools.cache
def land() -> QPainterPath:
    """The coastline of resources/land.svg: straight lines in the drawing's 1000 by 520."""
    source = paths.resource("land.svg").read_text(encoding="utf-8")
    found = re.search(r' d="([^"]+)"', source)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for ring in found.group(1).split("Z") if found else ():
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
        corners = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if corners:
            path.moveTo(corners[0])
            for corner in corners[1:]:
                path.lineTo(corner)
            path.closeSubpath()
    return path


class WorldMap(painting.Painted):
    """Places on the land, with an arc from home to each relationship.

    `decorative`: the map of the welcome page, that says nothing: no names, nothing to press.
    """

    activated = Signal(str)

    def __init__(self, decorative: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decorative = decorative
        self._places: list[Place] = []
        self._selected: str | None = None
        self._land: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of the world"))

    def set_places(self, places: list[Place]) -> None:
        """Show other places; of several homes the first has the arcs."""
        self._places = list(places)
        self.setAccessibleDescription("; ".join(place.name for place in places if place.name))
        self.update()

    def select(self, key: str | None) -> None:
        """Put the ring of the selected place around another one, or around none."""
        self._selected = key
        self.update()

    @override
    def restyle(self) -> None:
        self._land = None
        super().restyle()

    # Geometry

    def drawing_rect(self) -> QRectF:
        """Where the drawing stands in the widget: as large as fits, in the middle."""
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        rect = QRectF(0, 0, WIDTH * scale, HEIGHT * scale)
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def point_of(self, place: Place) -> QPointF:
        """Where a place stands in the widget."""
        rect = self.drawing_rect()
        return rect.topLeft() + projected(place.latitude, place.longitude) * rect.width() / WIDTH

    def place_at(self, position: QPointF) -> Place | None:
        """The place nearest to a position, if it is within reach of the mouse."""

        def distance(place: Place) -> float:
            offset = self.point_of(place) - position
            return math.hypot(offset.x(), offset.y())

        nearest = min(self._places, key=distance, default=None)
        return nearest if nearest is not None and distance(nearest) <= _REACH else None

    def arc_to(self, place: Place) -> QPainterPath | None:
        """The arc from home to a relationship; None for home, an inquiry, or without a home."""
        home = next((other for other in self._places if other.kind is PlaceKind.HOME), None)
        if home is None or place.kind in {PlaceKind.HOME, PlaceKind.INQUIRY}:
            return None
        start, end = self.point_of(home), self.point_of(place)
        length = math.hypot(end.x() - start.x(), end.y() - start.y())
        lift = min(max(2 * length / 7, 24), 160)  # the curve rises half as high
        path = QPainterPath(start)
        path.quadTo((start + end) / 2 - QPointF(0, lift), end)
        return path

    def label_rects(self) -> list[tuple[Place, QRectF]]:
        """Where the names stand: beside their marks, moved where they would touch."""
        taken = [QRectF(-9, -9, 18, 18).translated(self.point_of(place)) for place in self._places]
        found: list[tuple[Place, QRectF]] = []
        for place in self._places if not self._decorative else ():
            if not place.name:
                continue
            size = QRectF(0, 0, runs_width(_runs(place)) + 2, theme.line_height("meta"))
            at, gap = self.point_of(place), 20 if place.key == self._selected else 14
            spots = []
            for dy in (0, -12, 12, -20, 20, -32, 32):
                for side in (1, -1):
                    rect = QRectF(size)
                    rect.moveCenter(at + QPointF(0, dy))
                    rect.moveLeft(at.x() + gap) if side > 0 else rect.moveRight(at.x() - gap)
                    spots.append(rect)
            own = QRectF(-9, -9, 18, 18).translated(at)
            inside = [spot for spot in spots if QRectF(self.rect()).contains(spot)] or spots
            free = (s for s in inside if not any(s.intersects(other) for other in taken if other != own))
            chosen = next(free, inside[0])
            taken.append(chosen)
            found.append((place, chosen))
        return found

    @override
    def sizeHint(self) -> QSize:
        return QSize(836, round(836 * HEIGHT / WIDTH))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, round(300 * HEIGHT / WIDTH))

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        painter.drawPixmap(QPointF(0, 0), self._land_picture(painter.device().devicePixelRatio()))
        painter.setPen(QPen(theme.colour("accent"), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in self._places:
            arc = self.arc_to(place)
            if arc is not None:
                painter.drawPath(arc)
        for place in sorted(self._places, key=lambda place: place.kind is PlaceKind.HOME):
            self._draw_place(painter, place)
        for place, rect in self.label_rects():
            paint_runs(painter, rect, _runs(place))

    def _land_picture(self, ratio: float) -> QPixmap:
        size = self.size() * ratio
        if self._land is None or self._land.size() != size:
            self._land = QPixmap(size)
            self._land.setDevicePixelRatio(ratio)
            self._land.fill(Qt.GlobalColor.transparent)
            rect = self.drawing_rect()
            painter = QPainter(self._land)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            placed = QTransform.fromTranslate(rect.left(), rect.top())
            painter.setTransform(placed.scale(rect.width() / WIDTH, rect.height() / HEIGHT), True)
            painter.fillPath(land(), theme.colour("land"))
            painter.end()
        return self._land

    def _draw_place(self, painter: QPainter, place: Place) -> None:
        at = self.point_of(place)
        page, accent, ink = theme.colour("page"), theme.colour("accent"), theme.colour("ink")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent-fill"))
        if place.kind is PlaceKind.HOME:
            self._draw_home(painter, at)
        elif place.kind in {PlaceKind.INQUIRY, PlaceKind.PLAIN}:
            painter.setBrush(page)
            painter.setPen(QPen(ink if place.kind is PlaceKind.INQUIRY else accent, 2.25))
            painter.drawEllipse(at, 5.5, 5.5)
        elif place.kind is PlaceKind.PARTNERSHIP:
            painter.drawPolygon([at + QPointF(*d) for d in ((0, -9), (9, 0), (0, 9), (-9, 0))])
        else:
            painter.drawEllipse(at, 8, 8)
            if place.kind is PlaceKind.FRIENDSHIP:
                painter.setBrush(page)
                painter.drawEllipse(at, 3.5, 3.5)
        if place.key == self._selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 2))
            painter.drawEllipse(at, 14, 14)

    def _draw_home(self, painter: QPainter, at: QPointF) -> None:
        square = QRectF(at.x() - 8, at.y() - 8, 16, 16)
        edge = square.adjusted(-2, -2, 2, 2)
        painter.fillPath(painting.rounded(edge, 5), theme.colour("page"))
        fill = "accent-fill" if self._decorative else "ink"
        painter.fillPath(painting.rounded(square, 3.5), theme.colour(fill))
        if not self._decorative:
            house = ((0, -5), (5, -0.5), (3.5, -0.5), (3.5, 4), (-3.5, 4), (-3.5, -0.5), (-5, -0.5))
            painter.setBrush(theme.colour("page"))
            painter.drawPolygon([at + QPointF(*corner) for corner in house])

    # Events

    @override
    def tip_at(self, position: QPointF) -> str:
        place = None if self._decorative else self.place_at(position)
        return " ".join(part for part in (place.name, place.native) if part) if place else ""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = None if self._decorative else self.place_at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit(place.key)


def _runs(place: Place) -> list[Run]:
    is_related = place.kind is not PlaceKind.INQUIRY
    return [Run(place.name, "label-strong" if is_related else "label"), native(place.native, "meta")]
