"""Reports read back from their PDF: facts and tables on the letterhead, over several pages."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from commission_app.documents import report
from commission_app.documents.printed import draw
from commission_app.domain.report_paper import Block, Column, FrozenPaper, Masthead, ReportPaper, Table
from tests.pdf_words import pages_of
from tests.unit.paper_samples import SEAL

COLUMNS = (Column("Donor"), Column("Pledged on"), Column("Balance", numeric=True))
HEAD = "Donor Pledged on Balance"


def paper(*blocks: Block, **changes: object) -> ReportPaper:
    values: dict[str, object] = {
        "masthead": Masthead(
            body_name="Sister Cities Commission",
            full_name="Alder Glen Sister Cities Commission",
            city_line="City of Alder Glen, California",
            address_lines=("City Hall", "(408) 555-0142"),
            logo=SEAL.read_bytes(),
        ),
        "title": "Open pledges",
        "lines": ("As of September 17, 2026", "3 open pledges"),
        "blocks": blocks,
        "footer": "Alder Glen Sister Cities Commission, open pledges",
        **changes,
    }
    return ReportPaper(**values)  # type: ignore[arg-type]


def table(count: int, name: str = "Ana Ruiz") -> Table:
    rows = tuple((f"{name} {number}", "Sep 1, 2026", f"{number:,}.00") for number in range(1, count + 1))
    return Table(COLUMNS, rows, ("Total", "", "$9,999.00"), none="No pledge is open.")


def test_report_says_everything_in_order() -> None:
    block = Block(
        heading="Friendship Garden",
        facts=(("Members", "22"), ("Forecast", "Falls under 20 on January 1, 2027")),
        text="A text <b>as typed</b> &amp; no markup.",
        table=table(3),
    )
    made = report.draw(
        paper(block, note="A note.", certificate="I certify this.", signer="Ana Ruiz, Secretary")
    )
    [text] = pages_of(made.data)
    wanted = [
        "Sister Cities Commission",
        "Open pledges",
        "As of September 17, 2026",
        "3 open pledges",
        "Friendship Garden",
        "Members 22",
        "Forecast Falls under 20 on January 1, 2027",
        "A text <b>as typed</b> &amp; no markup.",
        HEAD,
        "Ana Ruiz 1 Sep 1, 2026 1.00",
        "Ana Ruiz 3 Sep 1, 2026 3.00",
        "Total $9,999.00",
        "A note.",
        "I certify this.",
        "Signature: Ana Ruiz, Secretary",
        "Page 1 of 1",
    ]
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    assert made.missing == () and made.data == report.draw(paper(block, note="A note.",
        certificate="I certify this.", signer="Ana Ruiz, Secretary")).data  # fmt: skip


def test_three_hundred_rows_repeat_their_head_and_lose_none() -> None:
    found = pages_of(report.draw(paper(Block(heading="All", table=table(300)))).data)
    assert len(found) > 5
    assert all(HEAD in text for text in found)
    everything = " ".join(found)
    assert [everything.count(f"Ana Ruiz {number} Sep") for number in (1, 150, 300)] == [1, 1, 1]
    assert sum(text.count(" Sep 1, 2026") for text in found) == 300
    assert "Ana Ruiz 300" in found[-1] and "Total" in found[-1]


def test_an_empty_table_is_a_sentence_without_a_head() -> None:
    [text] = pages_of(report.draw(paper(Block(table=replace(table(0), total=())))).data)
    assert "No pledge is open." in text
    assert HEAD not in text


def test_long_and_foreign_names_stay_whole_and_money_is_never_broken() -> None:
    names = (
        "Dr. Alexandria Montgomery-Featherstonehaugh of the Friends of the Gardens of Alder Glen",
        "Yuki Hashimoto 橋本有紀",
        "Priyanka Deshpande प्रियंका देशपांडे",
        "W" * 120,
    )
    rows = tuple((name, "a long remark " * 12, "1,000,000,000.00") for name in names)
    made = report.draw(paper(Block(table=Table(COLUMNS, rows))))
    [text] = pages_of(made.data)
    assert "Montgomery-" in text and "Featherstonehaugh" in text and "橋本有紀" in text
    assert text.count("1,000,000,000.00") == 4
    assert text.replace(" ", "").count("W") == 120 + text.count("Wed")
    assert made.missing == ()


def test_a_row_longer_than_a_page_goes_on() -> None:
    rows = (("One", "word " * 6000, "1.00"), ("Two", "short", "2.00"))
    found = pages_of(report.draw(paper(Block(table=Table(COLUMNS, rows)))).data)
    assert len(found) > 1
    assert sum(text.count("word") for text in found) == 6000
    assert "Two" in found[-1]


@pytest.mark.parametrize(("size", "width"), [("letter", 612), ("a4", 595)])
def test_private_papers_are_marked_on_every_page_of_either_size(size: str, width: int) -> None:
    made = report.draw(paper(Block(table=table(80)), mark="Private: not for the packet", page_size=size))
    assert all("Private: not for the packet" in text for text in pages_of(made.data))
    assert int(PdfReader(io.BytesIO(made.data)).pages[0].mediabox.width) == width


def test_a_heading_never_ends_a_page() -> None:
    blocks = [Block(heading=f"Heading {n}", table=table(4, f"Donor {n}")) for n in range(30)]
    for text in pages_of(report.draw(paper(*blocks)).data):
        last = text.split(" Alder Glen Sister Cities Commission, open pledges")[0]
        assert not last.rstrip().endswith(tuple(f"Heading {n}" for n in range(30)))
        assert not last.rstrip().endswith(HEAD)


def test_a_paper_that_left_the_house_is_its_bytes() -> None:
    assert draw(FrozenPaper(b"%PDF-as-posted")).data == b"%PDF-as-posted"
    assert draw(paper()).missing == ()
    assert draw(paper(Block(text="Hello 😀"))).missing == ("😀",)


@pytest.mark.parametrize("count", range(14, 40))
def test_a_place_to_sign_never_stands_alone_on_a_page(count: int) -> None:
    blocks = (
        Block(heading="What was brought", table=table(count)),
        Block(heading="Total", facts=(("Checks", "$9,999.00"),), signer="prepared by"),
        Block(signer="counted by"),
    )
    *_, last = pages_of(report.draw(paper(*blocks)).data)
    assert "Checks $9,999.00" in last
    certified = paper(blocks[0], certificate="I certify this.", signer="Ana Ruiz")
    *_, last = pages_of(report.draw(certified).data)
    assert last.split("I certify this.")[0].count("Sep 1, 2026") >= 1 and "Total $9,999.00" in last
