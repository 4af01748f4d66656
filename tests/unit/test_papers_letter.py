"""A letter on the letterhead, read back from its PDF."""

from dataclasses import replace

import pytest

from commission_app.documents import letter
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.report_paper import Block, Column, Table
from tests.pdf_words import pages_of


def paper(text: str = "Dear Lin Chia-hui,\n\nthank you <b>&amp; all</b>.") -> LetterPaper:
    return LetterPaper(
        body_name="Sister Cities Commission",
        full_name="Alder Glen Sister Cities Commission",
        city_line="City of Alder Glen, California",
        address_lines=("City Hall", "(408) 555-0142"),
        to_lines=("Lin Chia-hui 林家慧", "City of Tainan", "Taiwan"),
        date_line="September 17, 2026",
        subject="Your inquiry of May 12, 2026",
        text=text,
        signer_lines=("Ana Ruiz", "Secretary"),
        footer="Alder Glen Sister Cities Commission, letter of September 17, 2026",
    )


def test_letter_says_everything_in_order_on_one_page() -> None:
    pdf = letter.draw(paper())
    [text] = pages_of(pdf.data)
    wanted = [
        "City of Alder Glen, California",
        "September 17, 2026",
        "Lin Chia-hui 林家慧",
        "City of Tainan",
        "Your inquiry of May 12, 2026",
        "thank you <b>&amp; all</b>.",
        "Sincerely,",
        "Ana Ruiz",
        "Secretary",
    ]
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    assert pdf.missing == () and pdf.data == letter.draw(paper()).data


def test_a_long_letter_goes_on_and_its_closing_stays_together() -> None:
    pages = pages_of(
        letter.draw(paper("One sentence that is said again. " * 20 + "\n\n" + "More. \n\n" * 60)).data
    )
    assert len(pages) > 1
    assert "Sincerely, Ana Ruiz Secretary" in pages[-1]
    assert all("Lin Chia-hui" in page for page in pages)


def test_characters_that_no_font_has_are_told() -> None:
    assert letter.draw(paper("Hello 😀")).missing == ("😀",)


@pytest.mark.parametrize("lines", range(24, 44))
def test_the_signature_of_a_letter_never_stands_alone_on_a_page(lines: int) -> None:
    made = letter.draw(paper("\n\n".join(f"Line {number} of it." for number in range(lines))))
    *_, last = pages_of(made.data)
    assert last.split("Sincerely,")[0].count("of it.") >= 2


@pytest.mark.parametrize("count", range(20, 44))
def test_the_signature_below_a_table_of_a_letter_has_rows_above_it(count: int) -> None:
    rows = tuple((f"Row {number}", "1.00") for number in range(count))
    block = Block(table=Table((Column("What"), Column("Amount", numeric=True)), rows))
    *_, last = pages_of(letter.draw(replace(paper("Short."), blocks=(block,))).data)
    assert last.split("Sincerely,")[0].count("Row ") >= 2
