"""The drawings of the quick guides: the window, the clock, the posting track, the gauge, bars and seats.

Each stands at `x` and `y` (from the top of its row, in points), is as wide as its column and knows its
height. They are told apart without colour too: filled, ringed, dashed, hatched."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from commission_app.documents.rows import RULE
from commission_app.documents.text import INK, INK_2, Color, Style, fit, sans

_LINE: Final[Color] = (0.81, 0.81, 0.78)
_TRACK: Final[Color] = (0.91, 0.91, 0.89)
_DESK: Final[Color] = (0.95, 0.95, 0.94)
_PALE: Final[Color] = (0.90, 0.925, 0.97)
_AMBER: Final[Color] = (0.70, 0.42, 0.0)
_RED: Final[Color] = (0.77, 0.21, 0.17)
_WHITE: Final[Color] = (1.0, 1.0, 1.0)
_SCALE: Final = 1.12
_SMALL, _STRONG = sans(7.4, 9.5, INK_2), sans(7.4, 9.5).bold()


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc or a ring around a point."""

    x: float
    y: float
    radius: float
    color: Color
    filled: bool
    dashed: bool = False
    width: float = 0.9

    def draw(self, canvas: Any, top: float) -> None:
        """Draw it."""
        canvas.saveState()
        canvas.setLineWidth(self.width)
        canvas.setStrokeColorRGB(*self.color)
        canvas.setFillColorRGB(*(self.color if self.filled else _WHITE))
        if self.dashed:
            canvas.setDash(2, 1.6)
        canvas.circle(self.x, top - self.y, self.radius, stroke=1, fill=1)
        canvas.restoreState()


class _Figure:
    """What all drawings share: a pen that counts from their own top left corner."""

    tall = 0.0  # before it is enlarged

    def __init__(self, x: float, y: float, width: float) -> None:
        self.x, self.y, self.width = x, y, width / _SCALE
        self._canvas: Any = None

    @property
    def height(self) -> float:
        """How high it is on the paper."""
        return self.tall * _SCALE

    def draw(self, canvas: Any, top: float) -> None:
        """Draw it; `top` is the upper edge of the row, from the lower edge of the page."""
        self._canvas = canvas
        canvas.saveState()
        canvas.translate(self.x, top - self.y)
        canvas.scale(_SCALE, _SCALE)
        self.paint()
        canvas.restoreState()

    def paint(self) -> None:
        raise NotImplementedError

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        color: Color,
        *,
        radius: float = 0,
        edge: bool = False,
    ) -> None:
        canvas = self._canvas
        canvas.setLineWidth(0.7)
        canvas.setStrokeColorRGB(*_LINE)
        canvas.setFillColorRGB(*color)
        canvas.roundRect(x, -y - height, width, height, radius, stroke=int(edge), fill=1)

    def line(
        self, x: float, y: float, to: tuple[float, float], color: Color, width: float, *, dashed: bool = False
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setLineWidth(width)
        canvas.setStrokeColorRGB(*color)
        if dashed:
            canvas.setDash(3, 2)
        canvas.line(x, -y, to[0], -to[1])
        canvas.restoreState()

    def hatch(self, x: float, y: float, width: float, height: float, color: Color) -> None:
        canvas = self._canvas
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, -y - height, width, height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setLineWidth(0.9)
        canvas.setStrokeColorRGB(*color)
        at = x - height
        while at < x + width:
            canvas.line(at, -y - height, at + height, -y)
            at += 3.2
        canvas.restoreState()

    def disc(self, x: float, y: float, radius: float, color: Color, **look: Any) -> None:
        Disc(x, y, radius, color, **{"filled": True, **look}).draw(self._canvas, 0)

    def text(self, x: float, y: float, words: str, style: Style = _SMALL, align: str = "left") -> None:
        """Words whose line begins at `y`; `align` says where `x` is: left, middle or right."""
        line = fit(words, style, 400)
        shift = {"left": 0.0, "middle": line.width / 2, "right": line.width}[align]
        line.draw(self._canvas, x - shift, -y - style.baseline)

    def flag(self, x: float, y: float, height: float) -> None:
        self.line(x, y, (x, y + height), _AMBER, 1.1)
        self.box(x, y, 7, 5, _AMBER)


class Clock(_Figure):
    """Three meetings for an inquiry: one used, the next, one on the calendar only."""

    tall = 58.0

    def paint(self) -> None:
        y, right = 22.0, self.width - 24
        places = [16 + (right - 16) * step / 3 for step in range(4)]
        self.line(places[0], y, (places[1] + 22, y), INK_2, 1.6)
        self.line(places[1] + 22, y, (places[2], y), _LINE, 1.6)
        self.line(places[2], y, (places[3], y), INK_2, 1, dashed=True)
        self.disc(places[0], y, 6, INK_2, filled=False, width=1.1)
        self.line(places[0] - 3.4, y - 1.8, (places[0], y + 1), INK_2, 0.9)
        self.line(places[0], y + 1, (places[0] + 3.4, y - 1.8), INK_2, 0.9)
        self.disc(places[1], y, 12, INK_2)
        self.disc(places[2], y, 12, RULE, filled=False, width=2)
        self.disc(places[3], y, 12, INK_2, filled=False, dashed=True, width=1.1)
        for number, ink in ((1, _WHITE), (2, RULE), (3, INK_2)):
            style = Style(_STRONG.face, 11, 14, ink)
            self.text(places[number], y - 7, str(number), style, "middle")
        for place in places[2:]:
            self.flag(place - 24, y - 14, 14)
        words = (
            ("it came", ""),
            ("held,", "not discussed"),
            ("next:", "list it here"),
            ("on the", "calendar"),
        )
        for place, (first, second) in zip(places, words, strict=True):
            self.text(place, 37, first, _STRONG if second else _SMALL, "middle")
            self.text(place, 46.5, second, _SMALL, "middle")


class Posting(_Figure):
    """The eight days that end with the meeting."""

    tall = 48.0

    def paint(self) -> None:
        days = ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu")
        step, y = self.width / 8, 18.0
        deadline, meeting = step * 4.75, step * 7.75
        self.box(0, y, self.width, 8, _TRACK, radius=2)
        self.box(0, y, step * 1.4, 8, INK_2, radius=2)
        self.hatch(deadline, y, meeting - deadline, 8, _AMBER)
        self.flag(deadline, y - 7, 17)
        self.box(meeting - 4.5, y - 0.5, 9, 9, RULE, radius=1.5)
        bold_amber = Style(_STRONG.face, 7.4, 9.5, _AMBER)
        self.text(deadline + 10, y - 13, "post by 6 PM", bold_amber)
        for at, day in enumerate(days):
            self.text(step * (at + 0.5), y + 12, day, _STRONG if at in (4, 7) else _SMALL, "middle")
            number = _STRONG if at in (4, 7) else _SMALL
            self.text(step * (at + 0.5), y + 20.5, str(17 + at), number, "middle")


class Gauge(_Figure):
    """22 members and the mark at 20, and the month ends that follow."""

    tall = 62.0

    def paint(self) -> None:
        scale = self.width / 30
        self.box(0, 8, self.width, 8, _TRACK, radius=4)
        self.box(0, 8, scale * 22, 8, RULE, radius=4)
        self.line(scale * 20, 3, (scale * 20, 21), INK, 1.8)
        self.text(scale * 20, 21, "20", _STRONG, "middle")
        self.text(scale * 22 + 3, -3, "22 members", _STRONG)
        months = (2, 2, 1, 1, -1, -1, -1, -1, -2, -2, -3, -3)
        base, step = 44.0, (self.width - 18) / 12
        for at, over in enumerate(months):
            x = at * step + step * 0.2
            if over > 0:
                self.box(x, base - 5 * over, step * 0.6, 5 * over, RULE)
            else:
                self.hatch(x, base, step * 0.6, -5 * over, _RED)
        self.line(0, base, (self.width - 18, base), INK, 1)
        self.text(self.width - 14, base - 5, "20", _STRONG)


class Money(_Figure):
    """Received, pledged, and the rest of the goal."""

    tall = 40.0

    def paint(self) -> None:
        self.text(0, -2, "Student exchange", _STRONG)
        self.text(self.width, -2, "goal $24,000", _SMALL, "right")
        self.box(0, 11, self.width, 9, _TRACK, radius=2.5)
        self.box(self.width * 0.38, 11, self.width * 0.33, 9, _PALE)
        self.hatch(self.width * 0.38, 11, self.width * 0.33, 9, RULE)
        self.box(0, 11, self.width * 0.38, 9, RULE, radius=2.5)
        self.box(0, 27, 8, 6, RULE)
        self.text(12, 25, "$9,100 received")
        self.box(self.width * 0.45, 27, 8, 6, _PALE)
        self.hatch(self.width * 0.45, 27, 8, 6, RULE)
        self.text(self.width * 0.45 + 12, 25, "$17,350 pledged")


class Aging(_Figure):
    """What is open by how long it has been due."""

    tall = 62.0

    def paint(self) -> None:
        rows = (
            ("not due", 0.9, (0.48, 0.57, 0.79), "5,310"),
            ("1 to 30 days", 0.32, _AMBER, "1,200"),
            ("31 to 60", 0.2, _AMBER, "850"),
            ("over 90", 0.26, _RED, "1,100"),
        )
        for at, (words, share, color, amount) in enumerate(rows):
            y = at * 15.0
            self.text(0, y, words)
            self.box(56, y + 1, (self.width - 100) * share, 7.5, color, radius=1.5)
            self.text(self.width, y, amount, _STRONG, "right")


class Quorum(_Figure):
    """Seven seats at the table, four of them taken."""

    tall = 50.0

    def paint(self) -> None:
        step = self.width / 7
        for at in range(7):
            here = at < 4
            self.disc(step * (at + 0.5), 11, 9, RULE if here else INK_2, filled=here, dashed=not here)
            style = Style(_STRONG.face, 8, 11, _WHITE if here else INK_2)
            self.text(step * (at + 0.5), 5.5, str(at + 1), style, "middle")
        self.line(2, 26, (step * 4 - 2, 26), RULE, 1.4)
        bold = Style(_STRONG.face, 8.6, 11, RULE)
        self.text(step * 2, 29, "4 of 7 here, 4 needed: quorum", bold, "middle")
        self.text(step * 5.5, 29, "absent or vacant", _SMALL, "middle")


class Window(_Figure):
    """The window of the program with its five places."""

    tall = 116.0

    def paint(self) -> None:
        width, height = self.width, 84.0
        self.box(0, 0, width, height, _DESK, radius=5, edge=True)
        self.box(50, 16, width - 50, height - 16, _WHITE, radius=0, edge=True)
        self.box(width / 2 - 45, 4, 90, 9, _WHITE, radius=2.5, edge=True)
        self.text(width / 2 - 39, 3.5, "Ctrl + K")
        self.text(width - 6, 3.5, "You are ...", _SMALL, "right")
        for at, name in enumerate(("Home", "Meetings", "Members", "Inquiries", "Fundraising")):
            if not at:
                self.box(3, 19, 44, 10, _PALE, radius=2.5)
            self.text(6, 19 + at * 11.5, name, _STRONG if not at else _SMALL)
        for at, share in enumerate((0.52, 0.44, 0.48)):
            y = 25.0 + at * 14
            self.disc(60, y + 3, 2.6, _RED if not at else _AMBER)
            self.box(67, y, (width - 130) * share * 1.4, 2.6, INK_2)
            self.box(67, y + 4.4, (width - 130) * share, 2, _TRACK)
            self.box(width - 52, y - 1.5, 40, 9, RULE if not at else _WHITE, radius=2.5, edge=bool(at))
        self.box(50, height - 12, width - 50, 12, _DESK, edge=True)
        self.text(56, height - 11, "Saved.  Undo", _STRONG)
        marks = ((47, 24), (width / 2 + 38, 8.5), (width - 48, 8.5), (width - 8, 28), (116, height - 6))
        for number, (x, y) in enumerate(marks, 1):
            self._mark(number, x, y)
        legend = (
            (1, "pages", 0, 0),
            (2, "find and do", 0.3, 0),
            (3, "who you are", 0.65, 0),
            (4, "the button that does it", 0, 1),
            (5, "what was done, and Undo", 0.5, 1),
        )
        for number, words, share, row in legend:
            y = height + 6 + row * 13
            self._mark(number, 5 + width * share, y + 5)
            self.text(13 + width * share, y, words)

    def _mark(self, number: int, x: float, y: float) -> None:
        self.disc(x, y, 5, _AMBER)
        self.text(x, y - 4.8, str(number), Style(_STRONG.face, 7, 9.5, _WHITE), "middle")


FIGURES: Final[dict[str, Callable[[float, float, float], _Figure]]] = {
    "clock": Clock,
    "posting": Posting,
    "gauge": Gauge,
    "money": Money,
    "aging": Aging,
    "quorum": Quorum,
    "window": Window,
}
