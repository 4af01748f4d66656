"""The words of an import: fields that a column can hold, verdicts of rows, and what was read how."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from commission_app.domain.importing import ColumnUse, ImportPreview, ImportRow, ImportTable, Verdict
from commission_app.gui import labels
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.record_model import shown


class ImportKind(StrEnum):
    """What is imported."""

    CONTACTS = "contacts"
    MEMBERSHIPS = "memberships"
    PLEDGES = "pledges"
    PAYMENTS = "payments"
    BANK = "bank"


class Look(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    NEW = "new"
    PRESENT = "present"
    OPEN = "open"
    WRONG = "wrong"
    LEFT = "left"


def title(kind: ImportKind) -> str:
    """What the window of an import is called."""
    translate = QCoreApplication.translate
    return {
        ImportKind.CONTACTS: translate("import", "Import contacts"),
        ImportKind.MEMBERSHIPS: translate("import", "Import members"),
        ImportKind.PLEDGES: translate("import", "Import pledges"),
        ImportKind.PAYMENTS: translate("import", "Import payments"),
        ImportKind.BANK: translate("import", "Match a bank’s list"),
    }[kind]


def hint(kind: ImportKind) -> tuple[str, str]:
    """What can be pasted, in a sentence and as an example."""
    translate = QCoreApplication.translate
    if kind is ImportKind.PLEDGES:
        text = translate(
            "import", "Cells of a spreadsheet, with their headings. “Paid so far” is brought in too."
        )
        return (
            text,
            "Donor\tDate\tAmount\tSchedule\tPaid so far\nAna Ruiz\t1/15/2026\t1,200.00\tmonthly, 12\t250",
        )
    if kind is ImportKind.PAYMENTS:
        text = translate("import", "Cells of a spreadsheet, with their headings.")
        return text, "Payer\tDate\tAmount\tMethod\tReference\nAna Ruiz\t3/17/2026\t100.00\tcheck\t1042"
    if kind is ImportKind.BANK:
        text = translate("import", "What the bank or the payment service lets you download, with headings.")
        return text, "Date\tDescription\tAmount\n3/17/2026\tZELLE FROM ANA RUIZ\t100.00"
    return (
        translate("import", "One person a line: from a letter, an e-mail or a spreadsheet."),
        "Ana Ruiz <ana@example.org>\nNguyễn Thị Minh Khai",
    )


def field_word(field: str) -> str:
    """What a field of a list is called."""
    translate = QCoreApplication.translate
    return {
        "name": translate("import", "Name"),
        "first_name": translate("import", "First name"),
        "last_name": translate("import", "Last name"),
        "email": translate("import", "E-mail"),
        "phone": translate("import", "Phone"),
        "address": translate("import", "Address"),
        "town": translate("import", "City"),
        "region": translate("import", "State"),
        "postal_code": translate("import", "ZIP code"),
        "language": translate("import", "Language"),
        "kind": translate("import", "Person or organization"),
        "minor": translate("import", "Minor"),
        "ein": translate("import", "EIN"),
        "note": translate("import", "Note"),
        "key": translate("import", "Key"),
        "organization": translate("import", "Community organization"),
        "from": translate("import", "Joined"),
        "to": translate("import", "Ends"),
        "campaign": translate("import", "Campaign"),
        "amount": translate("import", "Amount"),
        "amount_cents": translate("import", "Amount in whole cents"),
        "pledged_on": translate("import", "Day of the pledge"),
        "every": translate("import", "Schedule"),
        "count": translate("import", "How many installments"),
        "first_on": translate("import", "First due on"),
        "paid": translate("import", "Paid before"),
        "paid_on": translate("import", "Paid before on"),
        "description": translate("import", "What, in kind"),
        "unit": translate("import", "Unit, in kind"),
        "quantity": translate("import", "How many, in kind"),
        "received_on": translate("import", "Day of the payment"),
        "method": translate("import", "Method"),
        "reference": translate("import", "Reference, check number"),
        "pledge": translate("import", "Key of the pledge"),
        "details": translate("import", "What the bank says"),
        "money_in": translate("import", "Money in"),
        "money_out": translate("import", "Money out"),
        "fee": translate("import", "Fee"),
        "currency": translate("import", "Currency"),
        "status": translate("import", "Status"),
        "type": translate("import", "Kind of row"),
    }[field]


def needed_word(what: str) -> str:
    """What a list must have and has not."""
    translate = QCoreApplication.translate
    return {
        "name": translate("import", "the name"),
        "amount": translate("import", "the amount"),
        "day": translate("import", "the day of the payment"),
        "day of the pledge": translate("import", "the day of the pledge"),
    }[what]


def verdict_chip(row: ImportRow) -> ChipSpec:
    """What will become of a row: New, Already there, May be the same, Wrong, Left out."""
    translate = QCoreApplication.translate
    if row.verdict is Verdict.REFUSED:
        return ChipSpec(translate("import", "Wrong"), ChipKind.OVERDUE, "overdue")
    if row.verdict is Verdict.PRESENT:
        return ChipSpec(translate("import", "Already there"), ChipKind.QUIET, "ok")
    if row.is_open:
        return ChipSpec(translate("import", "May be the same"), ChipKind.SOON, "warning")
    if row.verdict is Verdict.SIMILAR and row.contact_id is not None:
        return ChipSpec(translate("import", "The same"), ChipKind.ACCENT, "person")
    if not row.is_chosen:
        return ChipSpec(translate("import", "Left out"), ChipKind.OUTLINE, "minus")
    return ChipSpec(translate("import", "New"), ChipKind.DONE, "add")


def look_of(row: ImportRow) -> Look:
    """Under which pill a row is counted."""
    if row.verdict is Verdict.REFUSED:
        return Look.WRONG
    if row.is_open:
        return Look.OPEN
    if row.is_chosen:
        return Look.NEW
    same = row.verdict is Verdict.SIMILAR and row.contact_id is not None
    return Look.PRESENT if row.verdict is Verdict.PRESENT or same else Look.LEFT


def look_words() -> dict[Look, str]:
    """The words on the pills, with {count}."""
    translate = QCoreApplication.translate
    return {
        Look.ALL: translate("import", "All {count}"),
        Look.NEW: translate("import", "To import {count}"),
        Look.PRESENT: translate("import", "Already there {count}"),
        Look.OPEN: translate("import", "May be the same {count}"),
        Look.WRONG: translate("import", "Wrong {count}"),
        Look.LEFT: translate("import", "Left out {count}"),
    }


def row_reason(row: ImportRow) -> str:
    """Why a row has its verdict, in a sentence."""
    if row.verdict is Verdict.SIMILAR and row.message:
        return QCoreApplication.translate("import", "Like {known}.").format(known=row.message)
    return row.message


def row_days(row: ImportRow) -> str:
    """From when until when, as far as the list says."""
    translate = QCoreApplication.translate
    if row.from_on and row.to_on:
        return translate("import", "{first} to {last}").format(
            first=shown(row.from_on), last=shown(row.to_on)
        )
    if row.from_on:
        return translate("import", "from {first}").format(first=shown(row.from_on))
    return translate("import", "to {last}").format(last=shown(row.to_on)) if row.to_on else ""


def totals(preview: ImportPreview) -> str:
    """How many rows are imported, and what is with the others: 20 to import, 1 already there, 1 wrong."""
    translate = QCoreApplication.translate
    undecided = sum(row.is_open for row in preview.rows)
    parts = [translate("import", "{count} to import").format(count=f"{len(preview.chosen):,}")]
    rest = (
        (preview.count(Verdict.PRESENT), translate("import", "{count} already there")),
        (undecided, translate("import", "{count} may be the same as somebody known")),
        (preview.count(Verdict.REFUSED), translate("import", "{count} wrong")),
    )
    parts += [text.format(count=f"{count:,}") for count, text in rest if count]
    return ", ".join(parts) + "."


def doing(count: int) -> str:
    """The words on the button."""
    translate = QCoreApplication.translate
    return labels.counted(
        count, translate("import", "Import {count} row"), translate("import", "Import {count} rows")
    )


def added(kind: ImportKind, count: int) -> str:
    """What came in: 20 members were added."""
    translate = QCoreApplication.translate
    one, many = {
        ImportKind.CONTACTS: (
            translate("import", "{count} contact was added."),
            translate("import", "{count} contacts were added."),
        ),
        ImportKind.MEMBERSHIPS: (
            translate("import", "{count} member was added."),
            translate("import", "{count} members were added."),
        ),
        ImportKind.PLEDGES: (
            translate("import", "{count} pledge was added."),
            translate("import", "{count} pledges were added."),
        ),
        ImportKind.PAYMENTS: (
            translate("import", "{count} payment was added."),
            translate("import", "{count} payments were added."),
        ),
    }[kind]
    return labels.counted(count, one, many)


def left_over(preview: ImportPreview) -> list[tuple[str, Sequence[ImportRow]]]:
    """What did not come in, in words, each with its rows."""
    translate = QCoreApplication.translate
    found: list[tuple[str, Sequence[ImportRow]]] = []
    by_look: dict[Look, list[ImportRow]] = {}
    for row in preview.rows:
        by_look.setdefault(look_of(row), []).append(row)
    for look, one, many in (
        (
            Look.PRESENT,
            translate("import", "{count} row was there already."),
            translate("import", "{count} rows were there already."),
        ),
        (
            Look.OPEN,
            translate("import", "{count} row may be the same as somebody known and was left out."),
            translate("import", "{count} rows may be the same as somebody known and were left out."),
        ),
        (
            Look.LEFT,
            translate("import", "{count} row was left out."),
            translate("import", "{count} rows were left out."),
        ),
        (
            Look.WRONG,
            translate("import", "{count} row was wrong and did not come in."),
            translate("import", "{count} rows were wrong and did not come in."),
        ),
    ):
        if rows := by_look.get(look):
            found.append((labels.counted(len(rows), one, many), rows))
    return found


def read_words(table: ImportTable, columns: Mapping[str, int]) -> str:
    """In which encoding a file was read, and which of its columns are not imported."""
    translate = QCoreApplication.translate
    said = []
    encoding = dict(encoding_words()).get(table.read.encoding or "")
    if encoding is not None:
        said.append(translate("import", "Read as {encoding}.").format(encoding=encoding))
    left = [_column_words(use) for use in table.uses(columns) if use.field is None]
    if left:
        said.append(translate("import", "Not imported: {columns}.").format(columns=", ".join(left)))
    return " ".join(said)


def _column_words(use: ColumnUse) -> str:
    translate = QCoreApplication.translate
    if use.same_as is not None:
        text = translate("import", "{name} (column {number}, named like column {first})")
        return text.format(name=use.name, number=use.number, first=use.same_as)
    return use.name or translate("import", "column {number}").format(number=use.number)


def encoding_words() -> list[tuple[str, str]]:
    """The encodings of CSV files, as they are chosen."""
    translate = QCoreApplication.translate
    return [
        ("utf-8", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", translate("import", "Western (Windows)")),
        ("cp1250", translate("import", "Central European (Windows)")),
        ("iso8859-2", translate("import", "Central European (ISO)")),
        ("mac-roman", translate("import", "Western (Mac)")),
        ("cp437", translate("import", "Western (DOS)")),
    ]


def separator_words() -> list[tuple[str, str]]:
    """What stands between the cells of CSV files, as it is chosen."""
    translate = QCoreApplication.translate
    return [
        (",", translate("import", "Comma")),
        (";", translate("import", "Semicolon")),
        ("\t", translate("import", "Tab")),
        ("|", translate("import", "Bar")),
    ]
