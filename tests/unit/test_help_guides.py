"""The quick guides: two pages each, with their headings, steps and keys to be read back."""

import io
import re

import pytest
from pypdf import PdfReader

from commission_app import paths
from commission_app.documents import guide
from commission_app.documents.guide_figures import FIGURES
from commission_app.gui.help import roles


@pytest.fixture(scope="module", params=roles.ROLES)
def role(request: pytest.FixtureRequest) -> str:
    """One officer after the other."""
    return str(request.param)


@pytest.mark.parametrize("size", ["letter", "a4"])
def test_a_guide_has_two_pages(role: str, size: str) -> None:
    pdf = guide.draw(role, size)
    assert pdf.pages == 2
    assert not pdf.missing
    width, height = PdfReader(io.BytesIO(pdf.data)).pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == ((612, 792) if size == "letter" else (595, 842))


def test_its_words_can_be_read_and_copied(role: str) -> None:
    reader = PdfReader(io.BytesIO(guide.draw(role).data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    source = paths.resource("help", "guides", f"{role}.md").read_text("utf-8")
    for heading in re.findall(r"^## (.+)$", source, flags=re.MULTILINE):
        assert heading in text
    assert source.splitlines()[0].removeprefix("# ") in text
    assert "Page 2 of 2" in text
    assert "**" not in text
    assert "`" not in text


def test_equal_guides_are_equal_bytes(role: str) -> None:
    assert guide.draw(role).data == guide.draw(role).data


def test_every_figure_is_used_and_every_used_one_exists() -> None:
    used: set[str] = set()
    for each in roles.ROLES:
        source = paths.resource("help", "guides", f"{each}.md").read_text("utf-8")
        used |= set(re.findall(r"^\[figure: (\w+)\]$", source, flags=re.MULTILINE))
    assert used == set(FIGURES)


def test_a_guide_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "_MOST_SPREAD", 0.0)
    monkeypatch.setattr(guide, "_TEXT", guide.sans(20, 40))
    with pytest.raises(guide.GuideError, match="too long"):
        guide.draw("secretary")
