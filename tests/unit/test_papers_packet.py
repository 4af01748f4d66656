"""The packet: what is in it, in which order, stamped how, and what is said of a file that cannot be in it."""

import io
import random
import re
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NullObject
from reportlab.pdfgen.canvas import Canvas

from commission_app.documents import packet
from commission_app.documents.attached import why_left_out
from commission_app.documents.printed import draw
from commission_app.domain.packet_paper import PacketFile, PacketPaper
from commission_app.domain.report_paper import FrozenPaper
from tests.unit import paper_samples

PDF = "application/pdf"


def pdf(
    pages: int = 1, *, size: tuple[float, float] = (612, 792), turn: int = 0, word: str = "Body"
) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, size, invariant=1)
    for page in range(1, pages + 1):
        canvas.drawString(72, size[1] / 2, f"{word} {page}")
        canvas.setPageRotation(turn)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(password: str) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    writer.encrypt(password, owner_password="owner")
    writer.write(out)
    return out.getvalue()


def picture(width: int = 40, height: int = 20, *, kind: str = "JPEG", turn: int = 1) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = turn
    Image.new("RGB", (width, height), "red").save(out, kind, exif=exif)
    return out.getvalue()


def file(
    number: int, data: bytes | None, name: str = "paper.pdf", kind: str = PDF, **more: str
) -> PacketFile:
    values: dict[str, Any] = {"item_label": "X.A", "item_title": "Tainan (臺南)"} | more
    return PacketFile(number=number, name=name, type=kind, data=data, **values)


def bound(*files: PacketFile, agenda: bytes | None = None, size: str = "letter") -> PdfReader:
    content = FrozenPaper(pdf(word="Agenda") if agenda is None else agenda)
    paper = PacketPaper(agenda=content, files=files, title="Packet", author="Alder Glen", page_size=size)
    return PdfReader(io.BytesIO(packet.draw(paper).data), strict=True)


def texts(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def outline(
    reader: PdfReader, found: Sequence[Any] | None = None, level: int = 0
) -> list[tuple[int, str, int]]:
    lines = []
    for one in reader.outline if found is None else found:
        if isinstance(one, list):
            lines += outline(reader, one, level + 1)
        else:
            lines.append((level, one.title, reader.get_destination_page_number(one)))
    return lines


def test_agenda_and_attachments_follow_in_order_stamped_and_numbered() -> None:
    found = texts(bound(file(1, pdf(2)), file(2, pdf(word="Other"), item_label="X.B")))
    assert found == [
        "Agenda 1 Packet page 1 of 4",
        "Body 1 Attachment 1, item X.A, page 1 of 2 Packet page 2 of 4",
        "Body 2 Attachment 1, item X.A, page 2 of 2 Packet page 3 of 4",
        "Other 1 Attachment 2, item X.B, page 1 of 1 Packet page 4 of 4",
    ]


def test_bookmarks_lead_to_items_and_attachments() -> None:
    found = bound(
        file(1, pdf(2), "a.pdf"), file(2, pdf(), "b.pdf"), file(3, pdf(), "c.pdf", item_label="XI.A")
    )
    assert outline(found) == [
        (0, "Agenda", 0),
        (0, "X.A Tainan (臺南)", 1),
        (1, "Attachment 1: a.pdf", 1),
        (1, "Attachment 2: b.pdf", 3),
        (0, "XI.A Tainan (臺南)", 4),
        (1, "Attachment 3: c.pdf", 4),
    ]


def test_the_draft_is_drawn_where_nothing_was_posted_and_equal_parts_give_equal_bytes() -> None:
    paper = PacketPaper(
        agenda=paper_samples.agenda(), files=(file(1, pdf()),), title="Packet", author="", page_size="a4"
    )
    data = draw(paper).data
    reader = PdfReader(io.BytesIO(data))
    assert int(reader.pages[0].mediabox.width) == 595
    assert len(reader.pages) == 3
    assert draw(paper).data == data


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (500, 800)), (90, (0, 500)), (180, (0, 0)), (270, (800, 0))]
)
def test_stamps_stand_at_the_upper_right_of_a_page_as_it_is_seen(turn: int, corner: tuple[int, int]) -> None:
    page = bound(file(1, pdf(turn=turn, size=(500, 800)))).pages[1]
    contents = page.get_contents()
    assert contents is not None
    number = r"(-?[\d.]+)"
    drawn = re.findall(
        rf"q {' '.join([number] * 6)} cm 1 g {' '.join([number] * 4)} re", str(contents.get_data())
    )
    a, b, c, d, e, f, x, y, wide, high = map(float, drawn[-1])
    x, y = x + wide, y + high  # the upper right corner of the plate below the words
    assert (a * x + c * y + e, b * x + d * y + f) == pytest.approx(corner, abs=15)


def test_a_picture_has_a_page_of_its_own_at_its_proportions_turned_as_it_was_taken() -> None:
    reader = bound(
        file(1, picture(400, 200), "wide.jpg", "image/jpeg"),
        file(2, picture(400, 200, turn=6), "tall.jpg", "image/jpeg"),
        file(3, picture(90, 90, kind="PNG"), "plan.png", "image/png"),
    )
    sizes = [(int(page.mediabox.width), int(page.mediabox.height)) for page in reader.pages]
    assert sizes == [(612, 792), (792, 612), (612, 792), (612, 792)]
    assert "wide.jpg" in texts(reader)[1]
    assert len(reader.pages[2].images) == 1


@pytest.mark.parametrize(
    ("name", "kind", "data", "words"),
    [
        ("cut.pdf", PDF, pdf(3)[:700], "This PDF file is damaged"),
        ("none.pdf", PDF, b"", "This PDF file is damaged"),
        ("locked.pdf", PDF, locked("secret"), "locked with a password"),
        ("cut.jpg", "image/jpeg", picture(900, 900)[:900], "This picture is damaged"),
        ("odd.heic", "image/heic", b"ftypheic", "This kind of picture cannot be printed"),
        ("sheet.xlsx", "application/vnd.ms-excel", b"PK", "neither a PDF file nor a picture"),
        ("gone.pdf", PDF, None, "Its bytes are not in the record"),
    ],
)
def test_what_cannot_be_printed_has_a_page_that_says_so(
    name: str, kind: str, data: bytes | None, words: str
) -> None:
    reader = bound(file(1, pdf()), file(2, data, name, kind), file(3, pdf(word="After")))
    found = texts(reader)
    assert len(found) == 4
    assert name in found[2] and "This file is not printed in the packet." in found[2]
    assert words in found[2]
    assert "Attachment 2, item X.A, page 1 of 1 Packet page 3 of 4" in found[2]
    assert found[3].startswith("After 1")


def test_a_file_that_breaks_while_its_pages_are_taken_is_told_too() -> None:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf(2))), io.BytesIO()
    writer.pages[1][NameObject("/Resources")] = NullObject()
    writer.pages[1][NameObject("/MediaBox")] = NullObject()
    writer.write(out)
    found = texts(bound(file(1, out.getvalue(), "odd.pdf"), file(2, pdf(word="After"))))
    assert "This PDF file is damaged and cannot be read." in found[1]
    assert len(found) == 3 and found[2].startswith("After 1")


def test_files_that_are_damaged_anyhow_never_stop_a_packet() -> None:
    drawn, whole = random.Random(7), pdf(3)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(drawn.choice((1, 5, 30))):
            at = drawn.randrange(len(data))
            data[at : at + drawn.randrange(30)] = drawn.randbytes(drawn.randrange(10))
        found = bound(file(1, bytes(data)), file(2, whole))
        last = " ".join(found.pages[-1].extract_text().split())
        assert "Body 3 Attachment 2, item X.A, page 3 of 3" in last


def test_nothing_that_a_page_would_run_is_taken_over() -> None:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
    writer.root_object[NameObject("/OpenAction")] = action
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    writer.write(out)
    assert b"JavaScript" in out.getvalue()
    paper = PacketPaper(agenda=FrozenPaper(pdf()), files=(file(1, out.getvalue()),), title="", author="")
    assert b"JavaScript" not in packet.draw(paper).data


def test_a_file_that_is_only_kept_from_changes_is_printed() -> None:
    assert texts(bound(file(1, locked(""))))[1].startswith("Body 1")


def test_a_huge_picture_is_told_from_its_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commission_app.documents.attached.MOST_PIXELS", 100)
    assert "60 million pixels" in why_left_out("big.png", "image/png", picture(20, 20, kind="PNG"))
    assert not why_left_out("small.png", "image/png", picture(10, 10, kind="PNG"))


def test_long_and_foreign_names_are_shortened_in_the_stamps_alone() -> None:
    title = "Ein sehr langer Titel مرحبا بالعالم " * 60
    reader = bound(file(1, b"x", "臺南 " * 40 + ".bin", "application/octet-stream", item_title=title))
    assert len(reader.pages) == 2
    assert max(len(text) for _, text, _ in outline(reader)) <= 300
