"""The map of the world: where cities stand, arcs, names that do not touch, and pressing a city."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets.world_map import Place, PlaceKind, WorldMap, land, projected

HOME = Place("home", 37.43, -121.9, PlaceKind.HOME, "Alder Glen")
TSUKUBA = Place("tsukuba", 36.08, 140.08, PlaceKind.SISTER, "Tsukuba", "つくば")
OULU = Place("oulu", 65.01, 25.47, PlaceKind.PARTNERSHIP, "Oulu")
TAINAN = Place("tainan", 23.0, 120.2, PlaceKind.INQUIRY, "Tainan", "臺南")
TAIPEI = Place("taipei", 25.03, 121.56, PlaceKind.INQUIRY, "Taipei")
PLACES = [HOME, TSUKUBA, OULU, TAINAN, TAIPEI]


@pytest.fixture(params=["light", "dark"])
def world(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[WorldMap]:
    theme.install(qapp, theme.Scheme(request.param))
    widget = WorldMap()
    qtbot.addWidget(widget)
    widget.resize(1000, 520)
    widget.set_places(PLACES)
    yield widget
    theme.install(qapp, theme.Scheme.LIGHT)


def picture(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("page"))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def test_projection_has_the_pacific_in_the_middle() -> None:
    assert projected(0, 150) == QPointF(500, 260)
    west, east = projected(0, -30 - 0.001), projected(0, -30 + 0.001)
    assert west.x() > 990
    assert east.x() < 10
    assert projected(60, 150).y() == pytest.approx(520 - projected(-60, 150).y())


@pytest.mark.parametrize(("latitude", "longitude"), [(-25, 134), (46, 100), (40, -100), (0, 25), (-10, -55)])
def test_land_lies_where_the_projection_says(latitude: float, longitude: float) -> None:
    assert land().contains(projected(latitude, longitude))


@pytest.mark.parametrize(("latitude", "longitude"), [(0, -150), (-40, 90), (30, -45)])
def test_seas_are_no_land(latitude: float, longitude: float) -> None:
    assert not land().contains(projected(latitude, longitude))


def test_map_paints_land_and_marks(world: WorldMap) -> None:
    image = picture(world)
    assert image.pixelColor(projected(-25, 134).toPoint()) == theme.colour("land")
    assert image.pixelColor(projected(0, -150).toPoint()) == theme.colour("page")
    for place, role in ((TSUKUBA, "accent-fill"), (OULU, "accent-fill"), (TAINAN, "page")):
        assert image.pixelColor(world.point_of(place).toPoint()) == theme.colour(role)
    corner = world.point_of(HOME).toPoint() + QPoint(-6, 6)
    assert image.pixelColor(corner) == theme.colour("ink")


def test_arcs_go_only_to_relationships(world: WorldMap) -> None:
    arcs = {place.key: world.arc_to(place) for place in PLACES}
    assert [key for key, arc in arcs.items() if arc is not None] == ["tsukuba", "oulu"]
    arc = arcs["tsukuba"]
    assert arc is not None
    assert arc.pointAtPercent(0.5).y() < min(world.point_of(HOME).y(), world.point_of(TSUKUBA).y()) - 10


def test_names_do_not_touch(world: WorldMap) -> None:
    labels = world.label_rects()
    assert {place.key for place, _ in labels} == {place.key for place in PLACES}
    assert not any(one.intersects(other) for (_, one), (_, other) in itertools.combinations(labels, 2))
    assert all(QRectF(world.rect()).contains(rect) for _, rect in labels)


def test_press_activates_the_nearest_city(world: WorldMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(world.activated) as pressed:
        place = world.point_of(TSUKUBA).toPoint() + QPoint(3, 3)
        qtbot.mouseClick(world, Qt.MouseButton.LeftButton, pos=place)
    assert pressed.args == ["tsukuba"]
    assert world.tip_at(world.point_of(TAINAN)) == "Tainan 臺南"
    assert world.place_at(QPointF(700, 480)) is None


def test_decorative_map_is_silent(qtbot: QtBot, world: WorldMap) -> None:
    plain = WorldMap(decorative=True)
    qtbot.addWidget(plain)
    plain.resize(754, 392)
    plain.set_places(PLACES)
    assert plain.label_rects() == []
    with qtbot.assertNotEmitted(plain.activated):
        qtbot.mouseClick(plain, Qt.MouseButton.LeftButton, pos=plain.point_of(OULU).toPoint())
    corner = plain.point_of(HOME).toPoint() + QPoint(-6, 6)
    assert picture(plain).pixelColor(corner) == theme.colour("accent-fill")
