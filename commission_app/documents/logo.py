"""The logo of a letterhead: PNG, JPEG, or an SVG of plain shapes, drawn as shapes so that it prints crisp."""

import functools
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from commission_app.errors import CommissionError

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[str, tuple[float, ...]]  # ("M", 2), ("L", 2), ("C", 6) numbers, ("Z", none)

_MOST_PIXELS = 50_000_000
_PRINTED_PIXELS = 600  # at 46 points: over 900 dots an inch
_MOST_BYTES = 5_000_000
_COLORS = {
    "white": (1.0, 1.0, 1.0), "red": (1.0, 0.0, 0.0), "green": (0.0, 0.5, 0.0), "blue": (0.0, 0.0, 1.0),
    "gold": (1.0, 0.843, 0.0), "yellow": (1.0, 1.0, 0.0), "gray": (0.5, 0.5, 0.5), "navy": (0.0, 0.0, 0.5),
}  # fmt: skip
_OWN_COLOR = frozenset(("black", "currentcolor", "#000", "#000000"))
_PASSED_ON = frozenset(
    ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "stroke-miterlimit")
)
_SILENT = frozenset(("title", "desc", "metadata", "defs"))
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


class LogoError(CommissionError):
    """A picture that cannot be used as a logo."""


@dataclass(frozen=True, slots=True)
class _Shape:
    segments: tuple[Segment, ...]
    matrix: Matrix
    paint: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo ready to be drawn; `ratio` is its width divided by its height."""

    ratio: float
    picture: bytes = b""
    shapes: tuple[_Shape, ...] = ()
    box: tuple[float, float, float, float] = (0, 0, 1, 1)

    def draw(self, canvas: Any, x: float, y: float, height: float, color: tuple[float, ...]) -> None:
        """Draw with the lower left corner at (x, y); black lines of an SVG take the colour given."""
        if self.picture:
            from reportlab.lib.utils import ImageReader

            image = ImageReader(io.BytesIO(self.picture))
            canvas.drawImage(image, x, y, height * self.ratio, height, mask="auto")
            return
        left, top, _, box_height = self.box
        scale = height / box_height
        canvas.saveState()
        canvas.transform(scale, 0, 0, -scale, x - left * scale, y + height + top * scale)
        for shape in self.shapes:
            _draw_shape(canvas, shape, color)
        canvas.restoreState()


@functools.lru_cache(maxsize=8)
def read_logo(data: bytes) -> Logo:
    """A logo from the bytes of a file. Raises `LogoError` with a sentence when it cannot be printed."""
    if len(data) > _MOST_BYTES:
        raise LogoError("The logo is larger than 5 MB. Save it smaller and try again.")
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _read_picture(data)
    if b"<svg" in data:
        return _read_drawing(data)
    raise LogoError("The logo is not a PNG, JPEG or SVG file.")


def _read_picture(data: bytes) -> Logo:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise LogoError("The logo has more than 50 million pixels. Save it smaller and try again.")
            image.thumbnail((_PRINTED_PIXELS * 4, _PRINTED_PIXELS))
            plain = image.convert(
                "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoError("The logo is damaged and cannot be read.") from error
    png = io.BytesIO()
    plain.save(png, "PNG")
    return Logo(plain.width / plain.height, picture=png.getvalue())


@dataclass
class _Reader:
    """Collects the shapes of an SVG; whatever it does not know is refused, never left out."""

    shapes: list[_Shape] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    _inherited: list[tuple[Matrix, dict[str, str]]] = field(default_factory=list)
    _silent: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._silent or tag in _SILENT:
            self._silent += 1
            return
        if "style" in attributes:
            pairs = (part.split(":", 1) for part in attributes["style"].split(";") if ":" in part)
            attributes |= {name.strip(): value.strip() for name, value in pairs}
        for name in ("clip-path", "mask", "filter"):
            if attributes.get(name, "none") != "none":
                raise LogoError(_refusal(name))
        matrix, paint = self._inherited[-1] if self._inherited else ((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), {})
        matrix = _multiplied(matrix, _transform(attributes.get("transform", "")))
        paint = paint | {name: value for name, value in attributes.items() if name in _PASSED_ON}
        self._inherited.append((matrix, paint))
        if tag == "svg":
            self._view(attributes)
        elif tag != "g":
            for name in ("fill", "stroke"):
                _color(paint.get(name, "none"), ())
            segments = tuple(_outline(tag, attributes))
            self.shapes.append(_Shape(segments, matrix, paint))

    def end(self, _tag: str) -> None:
        if self._silent:
            self._silent -= 1
        else:
            self._inherited.pop()

    def _view(self, attributes: dict[str, str]) -> None:
        numbers = _numbers(attributes.get("viewBox", ""))
        if len(numbers) != 4:
            size = [_numbers(attributes.get(name, ""))[:1] for name in ("width", "height")]
            numbers = [0, 0, *size[0], *size[1]]
        if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
            raise LogoError("The logo does not say how large it is.")
        self.box = (numbers[0], numbers[1], numbers[2], numbers[3])


def _refuse_entities(*_args: object) -> None:
    raise LogoError("The logo is not a plain SVG file.")


def _read_drawing(data: bytes) -> Logo:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = lambda tag, attributes: reader.start(tag.removeprefix("svg:"), attributes)
    parser.EndElementHandler = reader.end
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, IndexError, RecursionError) as error:
        raise LogoError("The logo is damaged and cannot be read.") from error
    if reader.box is None or not reader.shapes:
        raise LogoError("The logo is empty.")
    return Logo(reader.box[2] / reader.box[3], shapes=tuple(reader.shapes), box=reader.box)


def _refusal(part: str) -> str:
    return f'The logo uses "{part}", which this program cannot draw. Save it as a PNG and try again.'


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _transform(text: str) -> Matrix:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    for name, values in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        n = _numbers(values)
        if name == "matrix":
            step: Matrix = (n[0], n[1], n[2], n[3], n[4], n[5])
        elif name == "translate":
            step = (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
        elif name == "scale":
            step = (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
        elif name == "rotate":
            turn = math.radians(n[0])
            step = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
            if len(n) == 3:
                step = _multiplied(_multiplied((1, 0, 0, 1, n[1], n[2]), step), (1, 0, 0, 1, -n[1], -n[2]))
        else:
            raise LogoError(_refusal(name))
        matrix = _multiplied(matrix, step)
    return matrix


def _outline(tag: str, attributes: Mapping[str, str]) -> Iterator[Segment]:
    def value(name: str) -> float:
        return (_numbers(attributes.get(name, "")) or [0.0])[0]

    if tag == "path":
        yield from _path(attributes.get("d", ""))
    elif tag in ("circle", "ellipse"):
        across, up = (value("r"), value("r")) if tag == "circle" else (value("rx"), value("ry"))
        yield from _ellipse(value("cx"), value("cy"), across, up)
    elif tag == "rect":
        x, y, width, height = value("x"), value("y"), value("width"), value("height")
        across, up = value("rx") or value("ry"), value("ry") or value("rx")
        if across or up:
            raise LogoError(_refusal("rounded rect"))
        yield from (("M", (x, y)), ("L", (x + width, y)), ("L", (x + width, y + height)))
        yield from (("L", (x, y + height)), ("Z", ()))
    elif tag == "line":
        yield from (("M", (value("x1"), value("y1"))), ("L", (value("x2"), value("y2"))))
    elif tag in ("polyline", "polygon"):
        points = _numbers(attributes.get("points", ""))
        for at in range(0, len(points) - 1, 2):
            yield ("L" if at else "M"), (points[at], points[at + 1])
        if tag == "polygon":
            yield "Z", ()
    else:
        raise LogoError(_refusal(tag))


def _ellipse(x: float, y: float, across: float, up: float) -> Iterator[Segment]:
    bend = 0.5522847498
    yield "M", (x + across, y)
    for start in range(4):
        cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[start]
        next_cosine, next_sine = -sine, cosine
        yield (
            "C",
            (
                x + across * (cosine + bend * next_cosine),
                y + up * (sine + bend * next_sine),
                x + across * (next_cosine + bend * cosine),
                y + up * (next_sine + bend * sine),
                x + across * next_cosine,
                y + up * next_sine,
            ),
        )
    yield "Z", ()


def _path(text: str) -> Iterator[Segment]:
    """The path in absolute lines and cubic curves; arcs are refused."""
    x = y = start_x = start_y = 0.0
    control: tuple[str, float, float] = ("", 0.0, 0.0)
    for letter, values in _COMMAND.findall(text):
        command, relative = letter.upper(), letter.islower()
        if command == "Z":
            yield "Z", ()
            x, y, control = start_x, start_y, ("", 0.0, 0.0)
            continue
        if command == "A":
            raise LogoError(_refusal("arc"))
        numbers, count = _numbers(values), _ARGUMENTS[command]
        for at in range(0, len(numbers) - count + 1, count):
            part = numbers[at : at + count]
            if relative:
                part = _absolute(command, part, x, y)
            if command == "M" and at == 0:
                start_x, start_y = part
                yield "M", (part[0], part[1])
            elif command in "MLHV":
                part = [part[0], y] if command == "H" else [x, part[0]] if command == "V" else part
                yield "L", (part[0], part[1])
            else:
                curve, control = _curve(command, part, (x, y), control)
                x, y = curve[4:]
                yield "C", curve
                continue
            x, y = part
            control = ("", 0.0, 0.0)


def _absolute(command: str, part: list[float], x: float, y: float) -> list[float]:
    if command == "V":
        return [part[0] + y]
    return [number + (x, y)[at % 2] for at, number in enumerate(part)]


def _curve(
    command: str, part: list[float], here: tuple[float, float], control: tuple[str, float, float]
) -> tuple[tuple[float, ...], tuple[str, float, float]]:
    x, y = here
    kind = "C" if command in "CS" else "Q"
    if command in "ST":  # the first control point mirrors the last one of the curve before
        before = control[1:] if control[0] == kind else here
        part = [2 * x - before[0], 2 * y - before[1], *part]
    if kind == "C":
        return tuple(part), ("C", part[2], part[3])
    qx, qy, end_x, end_y = part
    curve = (
        x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3,
        end_x + (qx - end_x) * 2 / 3, end_y + (qy - end_y) * 2 / 3, end_x, end_y,
    )  # fmt: skip
    return curve, ("Q", qx, qy)


def _color(text: str, own: tuple[float, ...]) -> tuple[float, ...] | None:
    text = text.strip().lower()
    if text in _OWN_COLOR:
        return own
    if text in ("none", "transparent"):
        return None
    if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", text):
        digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
        return tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    if text in _COLORS:
        return _COLORS[text]
    raise LogoError(_refusal(text))


def _draw_shape(canvas: Any, shape: _Shape, own: tuple[float, ...]) -> None:
    paint = shape.paint
    fill = _color(paint.get("fill", "black"), own)
    stroke = _color(paint.get("stroke", "none"), own)
    canvas.saveState()
    canvas.transform(*shape.matrix)
    if fill:
        canvas.setFillColorRGB(*fill)
    if stroke:
        canvas.setStrokeColorRGB(*stroke)
        canvas.setLineWidth((_numbers(paint.get("stroke-width", "1")) or [1.0])[0])
        canvas.setLineCap({"round": 1, "square": 2}.get(paint.get("stroke-linecap", ""), 0))
        canvas.setLineJoin({"round": 1, "bevel": 2}.get(paint.get("stroke-linejoin", ""), 0))
    path = canvas.beginPath()
    steps: dict[str, Callable[..., None]] = {
        "M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close,
    }  # fmt: skip
    for kind, numbers in shape.segments:
        steps[kind](*numbers)
    rule = 0 if paint.get("fill-rule") == "evenodd" else 1
    canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None), fillMode=rule)
    canvas.restoreState()
