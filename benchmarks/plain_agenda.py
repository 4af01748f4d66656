"""The next agenda as a plain script would print it: plain_agenda.py FILE DAY OUTPUT

Reads the same rows through SQLAlchemy Core and draws the same words in the same fonts with reportlab's own
paragraphs, tables and frames. It knows one commission's rules by heart and checks nothing; only the logo is
left out, which reportlab cannot read."""

import json
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from dateutil.rrule import rrulestr
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from sqlalchemy import Connection, Row, create_engine, select
from sqlalchemy.sql import column, table
from typing_extensions import override

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
INK, INK_2, RULE, HAIR = (HexColor(value) for value in ("#16171A", "#3C3E44", "#1F3A84", "#9A9CA2"))
TITLES = {
    "opening": "Call to order and roll call",
    "pledge": "Pledge of allegiance",
    "alternates": "Seating of alternates",
    "public-forum": "Public forum",
    "announcements": "Announcements and correspondence",
    "conflicts": "Conflicts of interest",
    "approve-agenda": "Approval of the agenda",
    "approve-minutes": "Approval of minutes",
    "reports": "Reports",
    "unfinished-business": "Unfinished business",
    "new-business": "New business",
    "future-items": "Future agenda items and next meeting",
    "adjournment": "Adjournment",
}
ONLY_WITH_ITEMS = {"approve-minutes", "consent", "reports", "unfinished-business", "new-business"}
FORUM = (
    "Anyone may speak for up to three minutes on a subject that is not on this agenda. "
    "By law the Commission may not act on it tonight."
)
TIGHT = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]


def rows_of(connection: Connection, name: str, columns: str, *, order: str = "") -> Sequence[Row[Any]]:
    """All rows of a table."""
    source = table(name, *(column(part) for part in columns.split()))
    statement = select(source)
    return connection.execute(statement.order_by(source.c[order]) if order else statement).all()


def long_day(day: date) -> str:
    """Thursday, September 24, 2026."""
    return f"{day:%A, %B} {day.day}, {day.year}"


def hour(at: datetime) -> str:
    """6:00 PM."""
    return "noon" if (at.hour, at.minute) == (12, 0) else f"{at.hour % 12 or 12}:{at:%M %p}"


def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """A paragraph's style."""
    return ParagraphStyle(name, fontName=name, fontSize=size, leading=leading, textColor=INK, **more)


def register() -> None:
    """The fonts of the paper."""
    for name in (
        "NotoSerif-Regular",
        "NotoSerif-Bold",
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoSans-Italic",
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
        addMapping(name, 0, 0, name)
    pdfmetrics.registerFont(TTFont("wide", str(FONTS / "wqy-microhei.ttc"), subfontIndex=0))
    addMapping("wide", 0, 0, "wide")


def words(text: str) -> str:
    """Markup for a text: what Noto has no letters for is set in the wide font."""
    return re.sub("[\u2e80-\uffdc]+", r'<font name="wide">\g<0></font>', escape(text))


def letterhead(body: Any) -> list[Flowable]:
    """The body's name and city, the address at the right, and the double rule."""
    lines = [*body.address.splitlines(), body.phone, body.email]
    name = Paragraph(words(body.name.removeprefix(body.city).strip()), style("NotoSerif-Bold", 20, 24))
    city = Paragraph(words(f"City of {body.city}, California"), style("NotoSans-Regular", 9.4, 13))
    right = style("NotoSans-Regular", 8.6, 12, alignment=TA_RIGHT)
    address = [Paragraph(words(line), right) for line in lines[:4]]
    return [
        Table([[[name, city], address]], colWidths=[300, 198]),
        HRFlowable(width="100%", thickness=1.9, color=RULE, spaceBefore=2, spaceAfter=1),
        HRFlowable(width="100%", thickness=0.6, color=RULE, spaceBefore=1, spaceAfter=8),
    ]


def members(connection: Connection, day: date, people: dict[str, str]) -> tuple[Flowable, str]:
    """The member block, and who signs."""
    text = day.isoformat()
    seats = rows_of(connection, "seats", "id kind label position", order="position")
    terms = rows_of(connection, "terms", "seat_id contact_id from_on to_on ended_on", order="from_on")
    offices = rows_of(connection, "offices", "title contact_id from_on to_on")
    staff = rows_of(connection, "staff", "contact_id title position", order="position")
    holders = {t.seat_id: t.contact_id for t in terms if t.from_on <= text and not t.ended_on}
    titles = {
        o.contact_id: o.title.replace("-", " ").title()
        for o in offices
        if o.from_on <= text and (o.to_on is None or o.to_on >= text)
    }
    small = style("NotoSans-Regular", 8.9, 12.4)
    bold = style("NotoSans-Bold", 8.9, 12.4)

    def entry(name: str, role: str) -> Flowable:
        parts = [words(name)] if name else []
        parts += [f'<font name="NotoSans-Italic">{words(role)}</font>'] if role else []
        return Paragraph(", ".join(parts), small)

    columns: dict[str, list[Flowable]] = {"regular": [], "alternate": [], "liaison": []}
    for seat in seats:
        holder = holders.get(seat.id)
        if holder is not None:
            role = seat.label if seat.kind == "liaison" else titles.get(holder, "")
            columns[seat.kind].append(entry(people[holder], role))
        elif seat.kind == "regular":
            columns["regular"].append(entry("", f"{seat.label}, vacant"))
    employees = [entry(people[one.contact_id], one.title or "") for one in staff]
    block = Table(
        [
            [
                [Paragraph("Commissioners", bold), *columns["regular"]],
                [Paragraph("Alternates", bold), *columns["alternate"]],
                [
                    Paragraph("Liaisons", bold),
                    *columns["liaison"],
                    Paragraph("Staff", bold),
                    *employees,
                ],
            ]
        ],
        colWidths=[215, 110, 173],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEABOVE", (0, 0), (-1, 0), 0.6, HAIR),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, HAIR),
        ],
    )
    secretary = next(key for key, title in titles.items() if title == "Secretary")
    return block, f"{people[secretary]}, Secretary"


def section(number: str, slug: str, items: Sequence[Any], coming: str) -> list[Flowable]:
    """A section with its items."""
    small = style("NotoSans-Regular", 9.25, 13.2)
    kind_style = style("NotoSans-Regular", 8.9, 15.4, alignment=TA_RIGHT)
    head = style("NotoSerif-Bold", 11, 15.4)
    serif = style("NotoSerif-Regular", 11, 15.4)
    widths = [35, 18, 345, 100]
    top = [
        Paragraph(f"{number}.", style("NotoSerif-Bold", 11, 15.4, alignment=TA_RIGHT)),
        Paragraph(words(TITLES[slug]), head),
        "",
        Paragraph("Action" if slug == "approve-agenda" else "", kind_style),
    ]
    under = FORUM if slug == "public-forum" else coming if slug == "future-items" else ""
    lines: list[list[Any]] = [top]
    if under:
        lines.append(["", Paragraph(words(under), small), "", ""])
    spans = [
        *TIGHT,
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (1, -1), (2, -1)),
        ("RIGHTPADDING", (0, 0), (0, 0), 10),
    ]
    groups = [Table(lines, colWidths=widths, style=spans)]
    for place, item in enumerate(items):
        details = []
        minutes = f"{item.minutes} minutes" if item.minutes else ""
        if item.presenter or minutes:
            details.append(Paragraph(words(", ".join(filter(None, (item.presenter, minutes)))), small))
        if item.recommended_action:
            bold = '<font name="NotoSans-Bold">Recommendation:</font>'
            details.append(Paragraph(f"{bold} {words(item.recommended_action)}", small))
        mark, kind = Paragraph(f"{chr(65 + place)}.", serif), Paragraph(item.kind.capitalize(), kind_style)
        text = [Paragraph(words(item.title), serif), *details]
        groups.append(Table([["", mark, text, kind]], colWidths=widths, style=TIGHT))
    return [KeepTogether(groups[:2]), *groups[2:]]


def end(body: Any, starts: datetime, signer: str) -> list[Flowable]:
    """The notices, and the certificate in its frame."""
    small, bold = style("NotoSans-Regular", 9.5, 13.9), '<font name="NotoSans-Bold">{}</font> {}'
    asked = starts - timedelta(hours=body.accommodation_hours_before)
    posted = starts - timedelta(hours=72)
    part = (
        f"To ask for an accommodation, an interpreter or a copy in another form, ask "
        f"{body.accommodation_contact} at {body.accommodation_phone} or write to {body.email} by "
        f"{long_day(asked)}, at {hour(asked)}."
    )
    notices = (("Taking part.", part), ("Papers.", body.late_papers), ("Speaking.", body.speaking))
    places = "; ".join(json.loads(body.posting_places))
    certificate = (
        f"I posted this agenda at these places: {places}; it was there at least 72 hours before the meeting, "
        f"by {long_day(posted)}, at {hour(posted)}. I declare under penalty of perjury under the laws of "
        "California that this is true."
    )
    label = style("NotoSans-Regular", 8.5, 12)
    signing = Table(
        [[Paragraph(words(f"Signature: {signer}"), label), Paragraph("Date and time of posting", label),
          Paragraph("Copies posted", label)]],
        style=[("LINEABOVE", (0, 0), (-1, 0), 0.6, INK_2)],
    )  # fmt: skip
    frame = Table(
        [
            [
                [
                    Paragraph("Certificate of posting", style("NotoSerif-Bold", 11, 15.4)),
                    Paragraph(words(certificate), small),
                    Spacer(1, 24),
                    signing,
                ]
            ]
        ],
        style=[("BOX", (0, 0), (-1, -1), 0.75, INK)],
    )
    return [
        HRFlowable(width="100%", thickness=1.9, color=RULE, spaceBefore=19, spaceAfter=9),
        *(Paragraph(bold.format(head, words(text)), small) for head, text in notices),
        Spacer(1, 15),
        frame,
    ]


class Numbered(Canvas):  # type: ignore[misc]
    """Prints "Page 1 of 2", which needs all pages first."""

    def __init__(self, *arguments: Any, footer: str = "", **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._footer = footer
        self._pages: list[dict[str, Any]] = []

    @override
    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    @override
    def save(self) -> None:
        count = len(self._pages)
        for page in self._pages:
            self.__dict__.update(page)
            self.setFont("NotoSans-Regular", 8.5)
            self.drawString(57, 33, self._footer)
            self.drawRightString(555, 33, f"Page {self._pageNumber} of {count}")
            self.setFont("NotoSans-Bold", 8.5)
            self.drawCentredString(420, 33, "DRAFT")
            self.line(57, 47, 555, 47)
            super().showPage()
        super().save()


def main(path: str, day: str, output: str) -> None:
    """Print the next agenda."""
    register()
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    with engine.connect() as connection:
        body = rows_of(
            connection,
            "commission",
            "name city address phone email accommodation_contact accommodation_phone "
            "accommodation_hours_before speaking late_papers posting_places",
        )[0]
        settings = {
            row.name: json.loads(row.value) for row in rows_of(connection, "settings", "name value from_on")
        }
        meetings = rows_of(connection, "meetings", "id kind starts place state", order="starts")
        meeting = next(row for row in meetings if row.state == "scheduled" and row.starts >= day)
        starts = datetime.fromisoformat(meeting.starts)
        people = {row.id: row.name for row in rows_of(connection, "contacts", "id name")}
        every = rows_of(
            connection,
            "agenda_items",
            "meeting_id section position title kind presenter minutes recommended_action",
            order="position",
        )
        items = [item for item in every if item.meeting_id == meeting.id]
        block, signer = members(connection, starts.date(), people)
    rules = settings["meetings.rule"]["rules"]
    first = starts.replace(month=1, day=1)
    coming = (rrulestr(rule, dtstart=first).after(starts) for rule in rules)
    following = min(day for day in coming if day is not None)
    announced = f"The next regular meeting is on {long_day(following)}, at {hour(following)}."
    centred = {"alignment": TA_CENTER}
    when = f"{long_day(starts)}, {hour(starts)}"
    story: list[Flowable] = [
        NextPageTemplate("later"),
        *letterhead(body),
        Paragraph("Agenda", style("NotoSerif-Bold", 21, 27, **centred)),
        Paragraph("Regular Meeting", style("NotoSerif-Regular", 12, 18, **centred)),
        Paragraph(when, style("NotoSerif-Bold", 12, 18, **centred)),
        Paragraph(words(meeting.place), style("NotoSerif-Regular", 12, 18, **centred)),
        Spacer(1, 8),
        block,
    ]
    number = 0
    for slug in settings["agenda.order"]["regular"]:
        own = [item for item in items if item.section == slug]
        if own or slug not in ONLY_WITH_ITEMS:
            story += section(ROMAN[number], slug, own, announced)
            number += 1
    story += end(body, starts, signer)

    def header(canvas: Any, document: Any) -> None:
        canvas.setFont("NotoSans-Regular", 8.5)
        canvas.drawString(57, 746, body.name)
        canvas.drawRightString(555, 746, when)
        canvas.line(57, 738, 555, 738)

    footer = f"{body.name}, agenda of {starts:%B} {starts.day}, {starts.year}"
    document = BaseDocTemplate(output, pagesize=letter, title=footer, author=body.name, invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("first", [Frame(57, 54, 498, 702, 0, 0, 0, 0)]),
            PageTemplate("later", [Frame(57, 54, 498, 673, 0, 0, 0, 0)], onPage=header),
        ]
    )

    def canvas_maker(*arguments: Any, **more: Any) -> Numbered:
        return Numbered(*arguments, footer=footer, **more)

    document.build(story, canvasmaker=canvas_maker)


if __name__ == "__main__":
    main(*sys.argv[1:])
