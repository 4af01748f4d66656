"""Address labels, read back from their PDF: where each stands, nothing cut."""

import io

import pytest
from pypdf import PdfReader

from commission_app.documents.labels import draw
from commission_app.domain.labels import SHEETS, LabelPaper
from tests.pdf_words import pages_of

ADDRESS = ("12 Main Street", "Alder Glen, CA 95000")


@pytest.mark.parametrize(("size", "count"), [("letter", 30), ("a4", 21)])
def test_a_full_sheet_turns_the_page_and_the_rest_stands_on_the_next(size: str, count: int) -> None:
    names = [f"Donor{number:02d}" for number in range(count)]
    paper = LabelPaper(
        title="Labels", labels=tuple((name, *ADDRESS) for name in names), page_size=size, start=2
    )
    pdf = draw(paper)
    assert pdf.pages == 2
    texts = pages_of(pdf.data)
    assert names[-1] in texts[1] and names[-1] not in texts[0]
    assert all(name in texts[0] for name in names[:-1])


def test_sheets_fit_their_paper() -> None:
    for size, (width, height) in {"letter": (612, 792), "a4": (595.28, 841.89)}.items():
        sheet = SHEETS[size]
        across = sheet.left + (sheet.columns - 1) * sheet.across + sheet.width
        down = sheet.top + (sheet.rows - 1) * sheet.down + sheet.height
        assert width - across == pytest.approx(sheet.left, abs=0.1)
        assert height - down == pytest.approx(sheet.top, abs=0.1)


def test_a_name_too_long_for_a_label_wraps_or_shrinks_and_is_never_cut() -> None:
    name = " ".join(f"Montgomery{number}-Featherstonehaugh" for number in range(6))
    lines = (name, *(f"Line {number} of a very long address in the far north" for number in range(8)))
    pdf = draw(LabelPaper(title="Labels", labels=(lines,)))
    [page] = PdfReader(io.BytesIO(pdf.data)).pages
    text = "".join(page.extract_text().split())
    assert all("".join(line.split()) in text for line in lines)
    assert pdf.missing == ()
