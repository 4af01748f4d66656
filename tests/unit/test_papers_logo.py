"""The logo of a letterhead."""

import io

import pytest
from PIL import Image

from commission_app.documents.logo import LogoError, read_logo
from tests.unit.paper_samples import SEAL


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind)
    return out.getvalue()


def svg(inside: str, head: str = 'viewBox="0 0 10 10"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>'.encode()


def test_the_seal_is_read_as_shapes() -> None:
    logo = read_logo(SEAL.read_bytes())
    assert logo.ratio == 1
    assert not logo.picture
    assert len(logo.shapes) == 5
    circle = logo.shapes[0]
    assert circle.segments[0] == ("M", (46.0, 24.0))
    assert [kind for kind, _ in circle.segments] == ["M", "C", "C", "C", "C", "Z"]


def test_paths_are_read_in_absolute_and_relative_steps() -> None:
    logo = read_logo(svg('<path d="m1 1h2v2l-1-1zM5,5 c1 0 1 1 2 1s1 1 2 1 Q 8 8 7 9 t-1-1"/>'))
    segments = logo.shapes[0].segments
    assert segments[:5] == (
        ("M", (1, 1)), ("L", (3, 1)), ("L", (3, 3)), ("L", (2, 2)), ("Z", ()),
    )  # fmt: skip
    assert segments[5:8] == (
        ("M", (5, 5)), ("C", (6, 5, 6, 6, 7, 6)), ("C", (8, 6, 8, 7, 9, 7)),
    )  # fmt: skip
    assert [round(number, 3) for number in segments[8][1]] == [8.333, 7.667, 7.667, 8.333, 7, 9]
    assert segments[9][1][4:] == (6, 8)


def test_transforms_multiply() -> None:
    logo = read_logo(
        svg('<g transform="translate(2 3)"><rect width="1" height="2" transform="scale(2)"/></g>')
    )
    assert logo.shapes[0].matrix == (2, 0, 0, 2, 2, 3)


def test_pictures_are_made_small_enough_to_print() -> None:
    logo = read_logo(picture((3000, 1500), "JPEG"))
    assert logo.ratio == 2
    with Image.open(io.BytesIO(logo.picture)) as image:
        assert image.size == (1200, 600)
    assert read_logo(picture((30, 60), mode="RGBA")).ratio == 0.5


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"GIF89a", "not a PNG, JPEG or SVG"),
        (b"\x89PNG\r\n\x1a\nbroken", "damaged"),
        (picture((200, 200))[:100], "damaged"),
        (b"<svg", "damaged"),
        (svg("<text>City</text>"), '"text"'),
        (svg('<path d="M0 0A1 1 0 0 0 2 2"/>'), '"arc"'),
        (svg('<circle r="2" fill="url(#sun)"/>'), '"url(#sun)"'),
        (svg('<circle r="2" mask="url(#m)"/>'), '"mask"'),
        (svg('<circle r="2"/>', head=""), "how large"),
        (svg(""), "empty"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("<circle r='2'/>"), "plain SVG"),
        (svg("") + b" " * 5_000_001, "5 MB"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(LogoError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        read_logo(data)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(LogoError, match="50 million pixels"):
        read_logo(picture((8000, 7000), mode="1"))
