"""The printed agenda, read back from its PDF."""

import io
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commission_app.documents.agenda import AgendaPdf, draw
from commission_app.documents.logo import LogoError
from commission_app.domain.agendas import AgendaPaper, PaperItem, PaperNotice, PaperSection
from tests.unit.paper_samples import PAPERS, agenda, item, person, section

SCRIPTS = {
    "Cyrillic": "Екатеринбург",
    "Chinese": "臺南, 深圳市, 王小明",
    "Japanese": "つくば, 東京",
    "Korean": "서울특별시",
    "Vietnamese": "Nguyễn Thị Minh Khai, Huế",
    "Hindi": "दिल्ली, श्रीनगर",
    "Bengali": "কলকাতা",
    "Thai": "กรุงเทพ, เชียงใหม่",
    "Tamil": "சென்னை",
    "Armenian": "Երևան",
    "Greek": "Θεσσαλονίκη",
}


def read(pdf: AgendaPdf) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.data))


def texts(pdf: AgendaPdf) -> list[str]:
    return [page.extract_text() for page in read(pdf).pages]


def flowing(pdf: AgendaPdf) -> str:
    return re.sub(r"\s+", " ", " ".join(texts(pdf)))


def many(count: int, lines: int = 0, **more: object) -> AgendaPaper:
    """Sections with one item each; an item has so many lines of text."""
    sections = [
        section(str(n), f"Heading {n}", item("A", f"Title {n}", text="\n".join(["Body line"] * lines)))
        for n in range(count)
    ]
    return agenda(sections=tuple(sections), **more)


PAPERS_TO_COMPARE = {
    "regular": agenda(),
    "special-a4-draft": agenda(
        mark="DRAFT",
        page_size="a4",
        logo=None,
        kind_line="Special Meeting",
        notice="The Chair has called a special meeting. Only the business below may be considered.",
        alternates=(),
        sections=(
            section("1", "Opening"),
            section("2", "Public forum", text="On the noticed items only."),
            section(
                "3",
                "Business",
                item("A", "Visit of the Mayor of Oulu", "Action", minutes=1, text="First.\nSecond."),
                item("B", "", ""),
            ),
            section("4", "Adjournment"),
        ),
    ),
    "revised": agenda(mark="REVISED No. 2, September 22, 2026", notices=(), certificate=""),
    "scripts": agenda(
        sections=(
            section(
                "I",
                "Names in their own letters",
                *(item("A", f"{script}: {name}", presenter=name) for script, name in SCRIPTS.items()),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", PAPERS_TO_COMPARE)
def test_the_paper_reads_as_before(name: str, request: pytest.FixtureRequest) -> None:
    pages = texts(draw(PAPERS_TO_COMPARE[name]))
    found = "".join(f"--- page {number} ---\n{text}\n" for number, text in enumerate(pages, 1))
    reference = PAPERS / f"agenda-{name}.txt"
    if request.config.getoption("--rewrite-papers", default=False):
        reference.write_text(found, encoding="utf-8")
    assert found == reference.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_print_in_their_own_letters(script: str) -> None:
    name = SCRIPTS[script]
    pdf = draw(agenda(sections=(section("I", name, item("A", name, presenter=name)),)))
    assert flowing(pdf).count(name) == 3
    assert pdf.missing == ()


@pytest.mark.parametrize("name", ["القاهرة", "חיפה"])
def test_right_to_left_names_print_every_letter(name: str) -> None:
    pdf = draw(agenda(sections=(section("I", "Visit", item("A", f"Visit to {name}, in June")),)))
    assert pdf.missing == ()
    assert f"Visit to {name}" in flowing(pdf)


def test_a_missing_character_is_reported_and_the_rest_is_printed() -> None:
    pdf = draw(agenda(sections=(section("I", "Party 😀 time"),)))
    assert pdf.missing == ("😀",)
    assert "Party 😀 time" in flowing(pdf)


def test_markup_is_printed_as_typed() -> None:
    typed = (
        '<b>bold</b> & AT&T &amp; <img src="file:///etc/passwd"/> <a href="http://example.org">x</a> %s {0}'
    )
    body = item("A", typed, typed, presenter=typed, recommended_action=typed, text=typed)
    pdf = draw(
        agenda(
            body_name=typed, place_line=typed, notice=typed, certificate=typed,
            commissioners=(person(typed, typed),), notices=(PaperNotice(head=typed, text=typed),),
            sections=(section("I", typed, body, text=typed),),
        )
    )  # fmt: skip
    plain = re.sub(r"\s+", "", "".join(texts(pdf)))
    assert plain.count(re.sub(r"\s+", "", typed)) >= 12
    for page in read(pdf).pages:
        assert "/Annots" not in page
        assert len(page.images) == 0


def test_equal_papers_are_equal_bytes() -> None:
    first = draw(agenda()).data
    draw(PAPERS_TO_COMPARE["scripts"])
    assert draw(agenda()).data == first
    assert draw(agenda(signer="Daniel Lee")).data != first


def test_another_process_prints_the_same_bytes() -> None:
    program = (
        "import hashlib; from commission_app.documents.agenda import draw; "
        "from tests.unit.paper_samples import agenda; print(hashlib.sha256(draw(agenda()).data).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=PAPERS.parents[2],
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1


def test_the_pdf_says_what_it_is() -> None:
    reader = read(draw(agenda()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Alder Glen Sister Cities Commission, agenda of September 24, 2026"
    assert reader.metadata.author == "Alder Glen Sister Cities Commission"
    assert reader.metadata.subject == "Regular Meeting, Thursday, September 24, 2026, 6:00 PM"
    assert reader.root_object["/Lang"] == "en-US"
    assert str(reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]).lower() == "true"


def test_sections_and_items_are_in_the_outline() -> None:
    reader = read(draw(agenda()))
    outline = reader.outline
    sections = [entry.title for entry in outline if not isinstance(entry, list)]
    assert sections[0] == "I. Call to order and roll call"
    assert sections[-1] == "XIII. Adjournment"
    assert len(sections) == 13
    nested = [entry.title for entries in outline if isinstance(entries, list) for entry in entries]
    assert "A. Inquiry from Tainan (臺南), Taiwan: discussion and next steps" in nested
    (ekaterinburg,) = [
        e for part in outline if isinstance(part, list) for e in part if "Ekaterinburg" in e.title
    ]
    assert reader.get_destination_page_number(ekaterinburg) == 1


@pytest.mark.parametrize(("name", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_pages_have_the_size_asked_for(name: str, size: tuple[float, float]) -> None:
    pdf = draw(many(40, page_size=name))
    boxes = {tuple(float(value) for value in page.mediabox[2:]) for page in read(pdf).pages}
    assert boxes == {size}


def test_every_page_is_numbered_and_all_but_the_first_have_a_header() -> None:
    pdf = draw(many(60, 2, mark="DRAFT"))
    pages = texts(pdf)
    assert pdf.pages == len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert text.endswith(f"agenda of September 24, 2026 DRAFT Page {number} of {pdf.pages}")
        assert ("Thursday, September 24, 2026, 6:00 PM" in text.splitlines()[0]) is (number > 1)


def test_only_a_draft_says_so() -> None:
    assert "DRAFT" not in flowing(draw(agenda(mark="")))
    revised = texts(draw(agenda(mark="REVISED No. 2, September 22, 2026")))
    assert all(text.startswith("REVISED No. 2, September 22, 2026") for text in revised)
    assert all("DRAFT" not in text for text in revised)


def body_lines(text: str) -> list[str]:
    """The lines of a page between header and footer."""
    lines = [line for line in text.splitlines() if not line.startswith("Alder Glen Sister Cities Commission")]
    return lines[:-1] if lines[-1].startswith("Page ") else lines


def check_breaks(pdf: AgendaPdf) -> None:
    pages = [body_lines(text) for text in texts(pdf)]
    for page in pages[:-1]:
        assert not re.match(r"\d+\. Heading", page[-1]), "a section's heading ends a page"
        assert not re.match(r"A\. Title", page[-1]) or page[-1].endswith("alone Information")
    for before, page in itertools.pairwise(pages):
        first = page[0]
        if re.match(r"\d+\. Heading", first):
            ended = next(line for line in reversed(before) if re.match(r"\d+\. Heading", line))
            goes_on = first.endswith("(continued)")
            assert goes_on is (first.removesuffix(" (continued)") == ended.removesuffix(" (continued)"))
        else:
            assert re.match(r"Taking part|Papers\.|Speaking|Certificate|Copies", first), first


@st.composite
def papers(draw_from: st.DrawFn) -> AgendaPaper:
    line = (
        "Some words of a body that is neither short nor long, to fill the line, more or less, as they come. "
    )
    sections = []
    for number in range(draw_from(st.integers(1, 14))):
        items = []
        for place in range(draw_from(st.integers(0, 4))):
            size = draw_from(st.sampled_from([0, 0, 1, 2, 4, 9, 30, 90]))
            title = f"Title {place}" + (" alone" if not size else "")
            items.append(item("A", title, text=line * size))
        text = line * draw_from(st.sampled_from([0, 0, 1, 3, 40]))
        heading = f"Heading {number} " + "of business " * draw_from(st.sampled_from([0, 0, 4]))
        if items or text:
            sections.append(section(str(number), heading.strip(), *items, text=text))
    return agenda(
        sections=tuple(sections) or (section("0", "Heading 0", item("A", "Title alone")),),
        page_size=draw_from(st.sampled_from(["letter", "a4"])),
    )


@settings(max_examples=settings().max_examples // 5)
@given(papers())
def test_headings_are_never_left_alone(paper: AgendaPaper) -> None:
    check_breaks(draw(paper))


@pytest.mark.parametrize("lines", range(1, 12))
def test_short_items_are_never_parted(lines: int) -> None:
    pdf = draw(many(30, lines))
    for n in range(30):
        assert [mark.page for mark in pdf.marks[f"item-A-Title {n}"]] == [
            pdf.marks[f"heading-{n}"][0].page
        ], "an item stands on one page with its section's heading"


def test_the_certificate_is_kept_together() -> None:
    for count in range(12, 24):
        pages = texts(draw(many(count)))
        assert sum("Certificate of posting" in text and "Copies posted" in text for text in pages) == 1


def placed(page: pypdf.PageObject) -> Iterator[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = []

    def keep(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append((text.strip(), matrix[4], matrix[5]))

    page.extract_text(visitor_text=keep)
    yield from found


def test_marks_enclose_the_lines_of_their_item() -> None:
    pdf = draw(agenda())
    (mark,) = pdf.marks["item-B-Inquiry from"]
    assert mark.page == 1
    page = read(pdf).pages[1]
    height = float(page.mediabox.height)
    inside = " ".join(
        text for text, x, y in placed(page)
        if mark.x <= x <= mark.x + mark.width and mark.y <= height - y <= mark.y + mark.height
    )  # fmt: skip
    assert inside.startswith("B.")
    assert "Екатеринбург" in inside
    assert inside.endswith("Attachment 5")
    assert [mark.page for mark in pdf.marks["unfinished-business"]] == [0, 1]


def test_an_item_longer_than_a_page_is_marked_on_each() -> None:
    pdf = draw(many(1, 150))
    assert [mark.page for mark in pdf.marks["item-A-Title 0"]] == [0, 1, 2, 3]


@pytest.mark.parametrize("paste", ["word " * 200_000, "x" * 1_000_000])
def test_a_megabyte_pasted_is_printed_whole(paste: str) -> None:
    pdf = draw(agenda(sections=(section("I", "Pasted", item("A", "Paste", text=paste)),)))
    assert pdf.pages > 50
    marks = pdf.marks["item-A-Paste"]
    assert [mark.page for mark in marks] == list(range(marks[-1].page + 1))
    printed = "".join(read(pdf).pages[page].extract_text() for page in (1, marks[-1].page))
    assert paste[:30] in printed


def test_vacant_seats_and_offices_stand_in_the_member_block() -> None:
    text = flowing(draw(agenda()))
    assert "Ana Ruiz, Secretary" in text
    assert "Daniel Lee Seat 7, vacant Alternates" in text


def test_long_names_wrap_and_lose_nothing() -> None:
    name = "Dr. Alexandria Montgomery-Featherstonehaugh-Okonkwo-Lindqvist de la Fuente y Etxeberria"
    pdf = draw(
        agenda(commissioners=(person(name, "Chair"),), alternates=(person(name),), staff=(person(name),))
    )
    assert flowing(pdf).replace("- ", "-").count(name) == 3


def test_a_logo_that_cannot_be_printed_is_said() -> None:
    with pytest.raises(LogoError):
        draw(agenda(logo=b"<svg><text/></svg>"))


@pytest.mark.parametrize(
    ("details", "printed"),
    [
        ({"minutes": 1}, "1 minute"),
        ({"presenter": "Ann"}, "Ann"),
        ({"presenter": "Ann", "minutes": 5, "attachments": (7,)}, "Ann, 5 minutes. Attachment 7"),
        (
            {"recommended_action": "Go.", "attachments": (1, 2, 3)},
            "Recommendation: Go. Attachments 1, 2 and 3",
        ),
        ({"text": "Why?", "attachments": (4, 5)}, "Why? Attachments 4 and 5"),
        ({}, ""),
    ],
)
def test_the_small_print_of_an_item(details: dict[str, object], printed: str) -> None:
    one = section("I", "Only", PaperItem(id="1", letter="A", title="Title", kind="Action", **details))  # type: ignore[arg-type]
    text = flowing(draw(agenda(sections=(one,))))
    assert f"A. Title Action {printed}".strip() + " Taking part." in text


def test_a_section_without_title_prints_nothing() -> None:
    empty = PaperSection(slug="x", number="I", title="")
    assert "I." not in flowing(draw(agenda(sections=(empty,), certificate="", notices=())))
