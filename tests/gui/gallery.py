"""Every part of the window in its states, to look at: gallery.py [light|dark] [picture.png] [percent]."""

import sys
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from commission_app.errors import ValidationError
from commission_app.gui import theme
from commission_app.gui.widgets.buttons import Button, Kind
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.explanation import Explanation, ExplanationPopover, InfoMark
from commission_app.gui.widgets.fields import (
    CheckField,
    ChoiceField,
    RadioField,
    ReadOnlyField,
    TextAreaField,
    TextField,
)
from commission_app.gui.widgets.focus_ring import FocusRing
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.list_pane import ListLabel, ListPane, ListRow
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.message_bar import MessageBar, MessageKind
from commission_app.gui.widgets.page_parts import EmptyState, FindingRow, PageTitle, Panel, Section
from commission_app.gui.widgets.parsed_fields import DateField, NumberField, TimeField
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.tabs import Tabs
from commission_app.gui.widgets.text import Run, Surface, Text

CHIPS = (
    ("Overdue", ChipKind.OVERDUE, "overdue"),
    ("Last meeting", ChipKind.SOON, "deadline"),
    ("Post by Mon, Sep 21, 6 PM", ChipKind.SOON, "deadline"),
    ("Holdover", ChipKind.SOON, "holdover"),
    ("Ending soon", ChipKind.SOON, "deadline"),
    ("Met at 2 of 3", ChipKind.DONE, "ok"),
    ("Fulfilled", ChipKind.DONE, "ok"),
    ("Approved", ChipKind.DONE, "approved"),
    ("Posted", ChipKind.ACCENT, "posted"),
    ("Sister city", ChipKind.ACCENT, "agreement"),
    ("2 meetings left", ChipKind.PLAIN, "deadline"),
    ("Open", ChipKind.PLAIN, "pending"),
    ("Held", ChipKind.PLAIN, "held"),
    ("No quorum", ChipKind.PLAIN, "no-quorum"),
    ("Draft", ChipKind.OUTLINE, "draft"),
    ("Cancelled", ChipKind.OUTLINE, "cancelled"),
    ("Written off", ChipKind.OUTLINE, "excused"),
    ("Voided", ChipKind.OUTLINE, "void"),
    ("Vacant", ChipKind.DASHED, "vacant"),
    ("Projected", ChipKind.DASHED, "projected"),
    ("Filled", ChipKind.QUIET, "ok"),
)


class Pledge(NamedTuple):
    """A row of the table shown."""

    donor: str
    native: str
    campaign: str
    pledged: int
    balance: int
    due: date | None
    state: ChipSpec


PLEDGES = (
    Pledge(
        "Rotary Club of Alder Glen",
        "",
        "Student Exchange 2027",
        200000,
        110000,
        date(2026, 2, 26),
        ChipSpec("Overdue", ChipKind.OVERDUE, "overdue"),
    ),
    Pledge(
        "Dr. A. Montgomery-Featherstonehaugh",
        "",
        "Friendship Garden",
        120000,
        60000,
        date(2026, 9, 2),
        ChipSpec("Overdue", ChipKind.OVERDUE, "overdue"),
    ),
    Pledge(
        "Nguyễn Thị Minh Khai",
        "",
        "Student Exchange 2027",
        50000,
        15000,
        date(2026, 9, 30),
        ChipSpec("Open", ChipKind.PLAIN, "pending"),
    ),
    Pledge(
        "Lin Chia-hui",
        "林家慧",
        "Friendship Garden",
        100000,
        0,
        None,
        ChipSpec("Fulfilled", ChipKind.DONE, "ok"),
    ),
    Pledge(
        "Sergei Vorobyov",
        "Сергей Воробьёв",
        "Student Exchange 2027",
        45000,
        0,
        None,
        ChipSpec("Written off", ChipKind.OUTLINE, "excused"),
    ),
)


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def pledge_columns() -> list[Column[Pledge]]:
    return [
        Column("Donor", lambda p: p.donor, native=lambda p: p.native, width=230),
        Column("Campaign", lambda p: p.campaign, tone=Tone.CONTEXT, width=150),
        Column("Pledged", lambda p: p.pledged, money, Align.RIGHT, 80),
        Column(
            "Balance",
            lambda p: p.balance,
            money,
            Align.RIGHT,
            80,
            tone=Tone.BOLD,
            colour=lambda p: "" if p.balance else "ink-3",
        ),
        Column("Next due", lambda p: p.due, width=100),
        Column("State", lambda p: p.state.text, chip=lambda p: p.state, width=110),
    ]


def hover(button: Button) -> Button:
    QApplication.sendEvent(button, QEnterEvent(QPointF(4, 4), QPointF(4, 4), QPointF(4, 4)))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    return button


def press(button: Button) -> Button:
    button.setDown(True)
    return button


def off(button: Button) -> Button:
    button.set_unavailable("The agenda is already posted.")
    return button


def row(*widgets: QWidget, spacing: int = 12) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"": "February 2026 has 28 days. Try 2/28 or “end of feb”."}) from None


def donors(text: str) -> list[LookupRow]:
    rows = [LookupRow(at, pledge.donor, pledge.campaign) for at, pledge in enumerate(PLEDGES)]
    return [found for found in rows if text.casefold() in found.title.casefold()]


class Gallery(Surface):
    """All parts on one page."""

    def __init__(self) -> None:
        super().__init__("page")
        self.focused: list[Button] = []
        self.rings: list[FocusRing] = []
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (left, middle, right):
            column.setSpacing(14)
        self._buttons(left)
        self._fields(left)
        self._chips(left)
        self._bars(middle)
        self._dialog(middle)
        self._explanation(middle)
        self._list(right)
        left.addStretch(1)
        middle.addStretch(1)
        right.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(40)
        top.addLayout(left, 5)
        top.addLayout(middle, 4)
        top.addLayout(right, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(36, 24, 36, 24)
        page.setSpacing(24)
        page.addLayout(top)
        self._table(page)

    def ring(self, button: Button) -> Button:
        self.focused.append(button)
        return button

    def show_rings(self) -> None:
        for button in self.focused:
            self.rings.append(ring := FocusRing(self))
            ring.setWidget(button)

    def _buttons(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Buttons", "heading"))
        for kind, words in (("primary", "Post agenda..."), ("secondary", "Open agenda")):
            which: Kind = "primary" if kind == "primary" else "secondary"
            made = [Button(words, which) for _ in range(5)]
            column.addLayout(row(made[0], hover(made[1]), press(made[2]), self.ring(made[3]), off(made[4])))
        column.addLayout(
            row(
                Button("Add a note", "quiet"),
                hover(Button("Add a note", "quiet")),
                self.ring(Button("Add a note", "quiet")),
                Button(kind="icon", icon="columns", name="Columns"),
                Button(kind="ghost", icon="help", name="Help"),
                Button("Void the payment", "danger"),
            )
        )
        all_of_them = Button("All", "pill")
        all_of_them.setChecked(True)
        column.addLayout(
            row(
                all_of_them,
                Button("Open 14", "pill"),
                Button("Write a letter", "primary", "mail"),
                Button("Show 3 more", "link", trailing="down"),
                Button("Add", "secondary", "add", "small"),
                InfoMark(Explanation("22 members", "Counted")),
            )
        )

    def _fields(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Fields", "heading"))
        donor = ChoiceField("Donor", [(1, "Nguyễn Thị Minh Khai")], required=True)
        donor.set_value(1)
        amount = TextField("Amount", help_text="Typed freely: 1250, $1,250")
        amount.set_value("$1,250.00")
        self.amount = amount
        day = DateField("Date", read_day)
        day.edit.setText("31 Feb 2026")
        day.set_error("February 2026 has 28 days. Try 2/28 or “end of feb”.")
        receipt = ReadOnlyField("Receipt number", "2026-0041", help_text="Given when the receipt is issued")
        by_mail = CheckField("By e-mail", label="Receives notices")
        by_mail.set_value(True)
        gift = RadioField("Kind of gift", [("money", "Money"), ("kind", "In kind")])
        gift.set_value("money")
        title = TextField("Title", limit=20, unit="words")
        title.set_value("Inquiry from Tainan (臺南), Taiwan: discussion and next steps")
        minutes = NumberField("Minutes")
        minutes.set_value(15)
        begins = TimeField("Begins", placeholder="6 PM")
        finder = LookupField("Presented by", donors, create=True, placeholder="Name")
        area = TextAreaField("Recommended action")
        area.set_value("Direct the secretary to invite a representative of Tainan to the October meeting.")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        for at, field in enumerate((donor, amount, day, receipt, by_mail, gift, finder, begins, minutes)):
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)
        form = Form(boxed=True, width=640)
        form.add("title", title)
        form.add("area", area)
        column.addWidget(form)

    def _chips(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Chips", "heading"))
        made = [Chip(*chip) for chip in CHIPS]
        for start, end in ((0, 5), (5, 11), (11, 16), (16, 21)):
            column.addLayout(row(*made[start:end], spacing=10))

    def _bars(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Message bar", "heading"))
        for kind, text, action in (
            (MessageKind.DONE, "Pledge recorded.", ""),
            (MessageKind.WARNING, "Changed elsewhere. The list is fresh again.", ""),
            (MessageKind.FAILURE, "Not saved: the disk is full.", "What to do"),
        ):
            bar = MessageBar()
            bar.set_padding(16)
            bar.set_saved("Saved 9:41 AM")
            bar.tell(kind, text, undo=kind is MessageKind.DONE, action=action)
            column.addWidget(bar)

    def _dialog(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Dialog", "heading"))
        dialog = Dialog(
            "Post this agenda?",
            "It goes on the board at City Hall and on the website. A change is marked REVISED on paper.",
            doing="Post agenda",
            safe="Cancel",
            facts=("11 of 11 checks in order", "4 days 8 hours before the deadline"),
        )
        dialog.setWindowFlags(Qt.WindowType.Widget)
        holder = Panel("page", padding=12)
        holder.column.addWidget(dialog)
        column.addWidget(holder, 0, Qt.AlignmentFlag.AlignLeft)

    def _explanation(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("A number explains itself", "heading"))
        told = Explanation(
            "22 members",
            "Contacts, each once, with a membership that covers September 17, 2026.",
            "At least 20, since October 1, 2024",
            "San José memorandum, 2024",
            "twenty-members",
        )
        popover = ExplanationPopover(told, self, hovering=True)
        popover.setWindowFlags(Qt.WindowType.Widget)
        column.addWidget(popover)
        finding = FindingRow(
            "inquiries",
            [
                Run("Ekaterinburg", "row-title"),
                Run("Екатеринбург", "native-row-title", "ink-2"),
                Run("was not discussed in time", "row-title"),
            ],
            ChipSpec("Overdue 84 days", ChipKind.OVERDUE, "overdue"),
            "Received February 10. Its third meeting was June 25.",
            "Put on the agenda",
            primary=True,
        )
        section = Section("What needs attention", 9)
        section.add_after(InfoMark(told))
        section.add_aside(Button("All inquiries", "link"))
        section.add(finding, line=True)
        column.addWidget(section)

    def _list(self, column: QVBoxLayout) -> None:
        column.addWidget(Text("Empty state", "heading"))
        holder = Panel("page", dashed=True)
        holder.column.addWidget(
            EmptyState(
                "inquiries",
                "No inquiries yet",
                "A first letter from a city abroad, or a city you want to write to.",
                "Record an inquiry",
                action_icon="add",
            )
        )
        column.addWidget(holder)
        self.pane = ListPane("Meetings")
        self.pane.set_rows(
            [
                ListLabel("2026"),
                ListRow(1, "Thu, Oct 22", chip=ChipSpec("Projected", ChipKind.DASHED, "projected")),
                ListRow(2, "Thu, Sep 24", chip=ChipSpec("Draft", ChipKind.OUTLINE, "draft")),
                ListRow(3, "Thu, May 28", chip=ChipSpec("No quorum", ChipKind.PLAIN, "no-quorum")),
                ListLabel("Open, 2"),
                ListRow(
                    4,
                    "Ekaterinburg",
                    "Екатеринбург",
                    colour="over",
                    chip=ChipSpec("Overdue", ChipKind.OVERDUE, "overdue"),
                    two_lines=True,
                ),
                ListRow(5, "Lin Chia-hui", "林家慧", detail="Office of International Relations"),
            ]
        )
        self.pane.select(2)
        self.pane.setMinimumHeight(420)
        column.addWidget(self.pane)

    def _table(self, column: QVBoxLayout) -> None:
        title = PageTitle("Fundraising")
        title.set_text("Tainan", "臺南")
        title.set_beside(Chip("2 meetings left", ChipKind.PLAIN, "deadline"))
        title.set_actions(
            Button("Record a payment", "primary", "payment"),
            Button("New pledge", "secondary", "add"),
            Button(kind="icon", icon="more", name="More"),
        )
        column.addWidget(title)
        column.addWidget(Tabs(["Overview", "Pledges", "Payments", "Receipts", "In kind"]))
        section = Section("Pledges", 30, lined=False)
        section.add_aside(FilterBox("Filter pledges", "Ctrl F"))
        section.add_aside(Button(kind="icon", icon="export", name="Export"))
        table: RecordTable[Pledge] = RecordTable(
            pledge_columns(), lambda p: p.donor, name="Pledges", fit=True
        )
        table.set_rows(PLEDGES)
        table.set_totals({0: "5 pledges, 1 selected", 2: "5,150.00", 3: "1,850.00"})
        table.sort(4)
        table.select("Nguyễn Thị Minh Khai")
        section.add(table)
        column.addWidget(section)


def main() -> None:
    given, standard = sys.argv[1:], ["light", "", "100"]
    scheme, picture, percent = given + standard[len(given) :]
    app = QApplication(sys.argv[:1])
    theme.install(app, theme.Scheme(scheme), int(percent))
    gallery = Gallery()
    gallery.resize(1440, 1250)
    gallery.show()
    for _ in range(5):
        app.processEvents()
    gallery.show_rings()
    gallery.amount.setFocus()
    app.sendEvent(gallery, QEvent(QEvent.Type.WindowActivate))
    app.processEvents()
    if not picture:
        app.exec()
        return
    gallery.grab().save(picture)


if __name__ == "__main__":
    main()
